"""What a result says where its shape has no ``sh:message``, in German and English."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from etappe.namespaces import compact
from etappe.validation.shacl.graph import Graph
from etappe.validation.shacl.support import NotHandled, Term

_TEXTS = {
    "class": ("ist keine Instanz von {}", "is not an instance of {}"),
    "datatype": ("ist kein gültiges Literal vom Datentyp {}", "is not a well-formed literal of datatype {}"),
    "nodeKind": ("ist nicht von der Art {}", "is not of node kind {}"),
    "minCount": ("weniger als {} Werte", "fewer than {} values"),
    "maxCount": ("mehr als {} Werte", "more than {} values"),
    "minExclusive": ("ist nicht größer als {}", "is not greater than {}"),
    "minInclusive": ("ist kleiner als {}", "is less than {}"),
    "maxExclusive": ("ist nicht kleiner als {}", "is not less than {}"),
    "maxInclusive": ("ist größer als {}", "is greater than {}"),
    "minLength": ("ist kürzer als {} Zeichen", "is shorter than {} characters"),
    "maxLength": ("ist länger als {} Zeichen", "is longer than {} characters"),
    "pattern": ("passt nicht zum Muster {}", "does not match the pattern {}"),
    "languageIn": ("hat keine der Sprachen {}", "has none of the languages {}"),
    "uniqueLang": ("mehrere Werte in derselben Sprache", "several values in the same language"),
    "equals": ("steht nur bei einer der Eigenschaften, die mit {} gleich sein sollen", "differs from the values of {}"),
    "disjoint": ("steht auch bei {}", "is also a value of {}"),
    "lessThan": ("ist nicht kleiner als der Wert von {}", "is not less than the value of {}"),
    "lessThanOrEquals": ("ist größer als der Wert von {}", "is greater than the value of {}"),
    "not": ("erfüllt {}, was es nicht soll", "conforms to {}, which it must not"),
    "and": ("erfüllt nicht alle verlangten Shapes", "does not conform to all shapes demanded"),
    "or": ("erfüllt keine der verlangten Shapes", "conforms to none of the shapes demanded"),
    "xone": (
        "erfüllt nicht genau eine der verlangten Shapes",
        "does not conform to exactly one of the shapes demanded",
    ),
    "node": ("erfüllt {} nicht", "does not conform to {}"),
    "qualifiedMinCount": (
        "weniger als {} Werte erfüllen die verlangte Shape",
        "fewer than {} values conform to the shape demanded",
    ),
    "qualifiedMaxCount": (
        "mehr als {} Werte erfüllen die verlangte Shape",
        "more than {} values conform to the shape demanded",
    ),
    "closed": ("diese Eigenschaft ist hier nicht vorgesehen", "this property is not allowed here"),
    "hasValue": ("der Wert {} fehlt", "the value {} is missing"),
    "in": ("ist keiner der Werte {}", "is none of the values {}"),
    "sparql": ("verletzt eine Regel in SPARQL", "violates a constraint in SPARQL"),
}
_MOST_SHOWN = 8


def default_messages(graph: Graph, parameter: str, value: Term) -> tuple[Literal, ...]:
    """A sentence about a constraint for each language; ``value`` is that of its parameter."""
    shown = _shown(graph, value)
    return tuple(
        Literal(text.format(shown), language=language)
        for text, language in zip(_TEXTS[parameter], ("de", "en"), strict=True)
    )


def _shown(graph: Graph, value: Term) -> str:
    if isinstance(value, NamedNode):
        return compact(value.value)
    if isinstance(value, Literal):
        return value.value
    assert isinstance(value, BlankNode)
    try:
        members = graph.items(value)
    except NotHandled:
        return "…"
    shown = ", ".join(_shown(graph, member) for member in members[:_MOST_SHOWN])
    return shown + (", …" if len(members) > _MOST_SHOWN else "")
