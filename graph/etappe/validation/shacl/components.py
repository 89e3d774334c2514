"""The constraint components of SHACL Core, one function each, in the order of section 4 of the recommendation.

A function is called once, while shapes are compiled, with the shape that declares its parameter and the value of that.
What it returns is called for every report:

* ``each_value``: whether a value node violates the constraint;
* ``value_set``: the value nodes that violate it, where it speaks about all of them; ``None`` is a result without value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from etappe.namespaces import XSD
from etappe.validation.shacl.graph import Graph
from etappe.validation.shacl.literals import compare, language_matches, well_formed
from etappe.validation.shacl.regex import matcher
from etappe.validation.shacl.support import NotHandled, Term, sh

Violates = Callable[[Graph, Term], bool]
Violating = Callable[[Graph, Term, Sequence[Term]], Iterable[Term | None]]
Conforms = Callable[[Graph, Term], bool]


class Declaring(Protocol):
    """The shape that declares a parameter, while it is compiled."""

    @property
    def node(self) -> Term:
        """Its node in the shapes graph."""

    @property
    def graph(self) -> Graph:
        """The shapes graph."""

    def parameter(self, name: str) -> Term | None:
        """The value of another parameter of this shape that may be given once."""

    def shape(self, node: Term) -> Conforms:
        """Whether a node conforms to another shape."""


class Component:
    """One constraint component: its IRI, and how a parameter of it is compiled."""

    __slots__ = ("each_value", "iri", "only_properties", "value_set")

    def __init__(
        self,
        iri: NamedNode,
        each_value: Callable[[Declaring, Term], Violates] | None = None,
        value_set: Callable[[Declaring, Term], Violating | None] | None = None,
        only_properties: bool = False,
    ) -> None:
        self.iri = iri
        self.each_value = each_value
        self.value_set = value_set
        self.only_properties = only_properties


#: Parameter to component.
COMPONENTS: dict[NamedNode, Component] = {}
#: Parameters of which a shape has at most one value; among them are those of components with several parameters.
ONCE = frozenset(
    map(
        sh,
        "datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength "
        "pattern languageIn uniqueLang in qualifiedMinCount qualifiedMaxCount".split(),
    )
)

_EachValue = Callable[[Declaring, Term], Violates]
_ValueSet = Callable[[Declaring, Term], "Violating | None"]


def each_value(parameter: str) -> Callable[[_EachValue], _EachValue]:
    """Registers a component that judges one value node at a time."""

    def register(function: _EachValue) -> _EachValue:
        COMPONENTS[sh(parameter)] = Component(iri_of(parameter), each_value=function)
        return function

    return register


def value_set(parameter: str, *, only_properties: bool = False) -> Callable[[_ValueSet], _ValueSet]:
    """Registers a component that judges the value nodes together."""

    def register(function: _ValueSet) -> _ValueSet:
        COMPONENTS[sh(parameter)] = Component(iri_of(parameter), value_set=function, only_properties=only_properties)
        return function

    return register


def iri_of(parameter: str) -> NamedNode:
    """The component that a parameter belongs to: ``minCount`` to ``sh:MinCountConstraintComponent``."""
    return sh(f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent")


# 4.1 Value type


@each_value("class")
def class_(_: Declaring, class_: Term) -> Violates:
    """4.1.1: each value is an instance of the class."""
    return lambda graph, value: value not in graph.instances(class_)


@each_value("datatype")
def datatype(_: Declaring, datatype: Term) -> Violates:
    """4.1.2: each value is a literal of the datatype, and well formed."""
    if not isinstance(datatype, NamedNode):
        raise NotHandled("a sh:datatype that is no IRI")

    def violates(graph: Graph, value: Term) -> bool:
        return not isinstance(value, Literal) or value.datatype != datatype or not well_formed(value)

    return violates


_NODE_KINDS: dict[Term, tuple[type, ...]] = {
    sh("IRI"): (NamedNode,),
    sh("BlankNode"): (BlankNode,),
    sh("Literal"): (Literal,),
    sh("BlankNodeOrIRI"): (BlankNode, NamedNode),
    sh("BlankNodeOrLiteral"): (BlankNode, Literal),
    sh("IRIOrLiteral"): (NamedNode, Literal),
}


@each_value("nodeKind")
def node_kind(_: Declaring, kind: Term) -> Violates:
    """4.1.3: each value is an IRI, blank node or literal, as said."""
    if kind not in _NODE_KINDS:
        raise NotHandled(f"the sh:nodeKind {kind}")
    kinds = _NODE_KINDS[kind]
    return lambda graph, value: not isinstance(value, kinds)


# 4.2 Cardinality


@value_set("minCount", only_properties=True)
def min_count(_: Declaring, count: Term) -> Violating | None:
    """4.2.1: there are at least so many values."""
    least = integer(count)
    if least <= 0:
        return None
    return lambda graph, focus, values: (None,) if len(values) < least else ()


@value_set("maxCount", only_properties=True)
def max_count(_: Declaring, count: Term) -> Violating:
    """4.2.2: there are at most so many values."""
    most = integer(count)
    return lambda graph, focus, values: (None,) if len(values) > most else ()


# 4.3 Value range


@each_value("minExclusive")
def min_exclusive(_: Declaring, bound: Term) -> Violates:
    """4.3.1: each value is greater than the bound; one that cannot be compared is not."""
    return lambda graph, value: compare(value, bound) != 1


@each_value("minInclusive")
def min_inclusive(_: Declaring, bound: Term) -> Violates:
    """4.3.2: each value is the bound or greater."""
    return lambda graph, value: compare(value, bound) not in (0, 1)


@each_value("maxExclusive")
def max_exclusive(_: Declaring, bound: Term) -> Violates:
    """4.3.3: each value is less than the bound."""
    return lambda graph, value: compare(value, bound) != -1


@each_value("maxInclusive")
def max_inclusive(_: Declaring, bound: Term) -> Violates:
    """4.3.4: each value is the bound or less."""
    return lambda graph, value: compare(value, bound) not in (0, -1)


# 4.4 Strings


@each_value("minLength")
def min_length(_: Declaring, length: Term) -> Violates:
    """4.4.1: each value is no blank node and has at least so many characters."""
    least = integer(length)
    return lambda graph, value: isinstance(value, BlankNode) or len(value.value) < least


@each_value("maxLength")
def max_length(_: Declaring, length: Term) -> Violates:
    """4.4.2: each value is no blank node and has at most so many characters."""
    most = integer(length)
    return lambda graph, value: isinstance(value, BlankNode) or len(value.value) > most


@each_value("pattern")
def pattern(shape: Declaring, pattern: Term) -> Violates:
    """4.4.3: each value is no blank node and matches the regular expression."""
    flags = shape.parameter("flags")
    matches = matcher(string(pattern), string(flags) if flags is not None else "")
    return lambda graph, value: isinstance(value, BlankNode) or not matches(value.value)


@each_value("languageIn")
def language_in(shape: Declaring, ranges: Term) -> Violates:
    """4.4.4: each value has a language that one of the ranges matches."""
    allowed = [string(language) for language in shape.graph.items(ranges)]

    def violates(graph: Graph, value: Term) -> bool:
        tag = value.language if isinstance(value, Literal) else None
        return tag is None or not any(language_matches(tag, language) for language in allowed)

    return violates


@value_set("uniqueLang", only_properties=True)
def unique_lang(_: Declaring, wanted: Term) -> Violating | None:
    """4.4.5: no two values have the same language; one result for each language that is repeated."""
    if not is_true(wanted):
        return None

    def violating(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterable[None]:
        tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
        return [None for tag in dict.fromkeys(tags) if tags.count(tag) > 1] if len(tags) > 1 else ()

    return violating


# 4.5 Property pairs


@value_set("equals")
def equals(_: Declaring, other: Term) -> Violating:
    """4.5.1: the values are those of the other property."""
    predicate = iri(other)

    def violating(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterable[Term]:
        others = graph.objects(focus, predicate)
        return [v for v in values if v not in others] + [v for v in others if v not in values]

    return violating


@value_set("disjoint")
def disjoint(_: Declaring, other: Term) -> Violating:
    """4.5.2: no value is one of the other property."""
    predicate = iri(other)

    def violating(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterable[Term]:
        others = graph.objects(focus, predicate)
        return [v for v in values if v in others]

    return violating


@value_set("lessThan", only_properties=True)
def less_than(_: Declaring, other: Term) -> Violating:
    """4.5.3: each value is less than each of the other property; a result for each pair where it is not."""
    return _ordered(iri(other), (-1,))


@value_set("lessThanOrEquals", only_properties=True)
def less_than_or_equals(_: Declaring, other: Term) -> Violating:
    """4.5.4: each value is less than each of the other property, or equal."""
    return _ordered(iri(other), (-1, 0))


def _ordered(predicate: NamedNode, right: tuple[int, ...]) -> Violating:
    return lambda graph, focus, values: [
        value for value in values for other in graph.objects(focus, predicate) if compare(value, other) not in right
    ]


# 4.6 Logic


@each_value("not")
def not_(shape: Declaring, other: Term) -> Violates:
    """4.6.1: no value conforms to the shape."""
    return shape.shape(other)


@each_value("and")
def and_(shape: Declaring, others: Term) -> Violates:
    """4.6.2: each value conforms to all shapes."""
    shapes = [shape.shape(other) for other in shape.graph.items(others)]
    return lambda graph, value: not all(conforms(graph, value) for conforms in shapes)


@each_value("or")
def or_(shape: Declaring, others: Term) -> Violates:
    """4.6.3: each value conforms to at least one shape."""
    shapes = [shape.shape(other) for other in shape.graph.items(others)]

    def violates(graph: Graph, value: Term) -> bool:
        for conforms in shapes:
            if conforms(graph, value):
                return False
        return True

    return violates


@each_value("xone")
def xone(shape: Declaring, others: Term) -> Violates:
    """4.6.4: each value conforms to exactly one shape."""
    shapes = [shape.shape(other) for other in shape.graph.items(others)]
    return lambda graph, value: sum(conforms(graph, value) for conforms in shapes) != 1


# 4.7 Shapes. sh:property is no judgement of its own: its results are those of the other shape (see shapes.py).


@each_value("node")
def node(shape: Declaring, other: Term) -> Violates:
    """4.7.1: each value conforms to the node shape."""
    if shape.graph.objects(other, _PATH):
        raise NotHandled(f"the value {other} of sh:node is a property shape")
    conforms = shape.shape(other)
    return lambda graph, value: not conforms(graph, value)


@value_set("qualifiedMinCount")
def qualified_min_count(shape: Declaring, count: Term) -> Violating | None:
    """4.7.3: at least so many values conform to the qualified value shape."""
    qualified = _qualified(shape)
    if qualified is None:
        return None
    least = integer(count)
    return lambda graph, focus, values: (None,) if sum(qualified(graph, v) for v in values) < least else ()


@value_set("qualifiedMaxCount")
def qualified_max_count(shape: Declaring, count: Term) -> Violating | None:
    """4.7.3: at most so many values conform to the qualified value shape."""
    qualified = _qualified(shape)
    if qualified is None:
        return None
    most = integer(count)
    return lambda graph, focus, values: (None,) if sum(qualified(graph, v) for v in values) > most else ()


def _qualified(shape: Declaring) -> Conforms | None:
    """Whether a value conforms to the qualified value shape and, where these are disjoint, to no sibling shape.

    Nothing where there is no such shape: a component counts only with all its mandatory parameters.
    """
    own = shape.parameter("qualifiedValueShape")
    if own is None:
        return None
    if shape.parameter("path") is None:
        raise NotHandled(f"sh:qualifiedValueShape on the node shape {shape.node}")
    conforms = shape.shape(own)
    if not is_true(shape.parameter("qualifiedValueShapesDisjoint")):
        return conforms
    found = dict.fromkeys(
        sibling
        for parent in shape.graph.subjects(_PROPERTY, shape.node)
        for property_ in shape.graph.objects(parent, _PROPERTY)
        for sibling in shape.graph.objects(property_, _QUALIFIED)
        if sibling != own
    )
    siblings = [shape.shape(sibling) for sibling in found]
    return lambda graph, value: conforms(graph, value) and not any(other(graph, value) for other in siblings)


_PATH, _PROPERTY, _QUALIFIED = sh("path"), sh("property"), sh("qualifiedValueShape")


# 4.8 Other


@value_set("hasValue")
def has_value(_: Declaring, wanted: Term) -> Violating:
    """4.8.2: this is one of the values."""
    return lambda graph, focus, values: () if wanted in values else (None,)


@each_value("in")
def in_(shape: Declaring, members: Term) -> Violates:
    """4.8.3: each value is a member of the list."""
    allowed = frozenset(shape.graph.items(members))
    return lambda graph, value: value not in allowed


# 4.8.1, sh:closed, is in shapes.py: its results have paths of their own.


# Values of parameters


def integer(term: Term) -> int:
    """The value of an ``xsd:integer``."""
    if isinstance(term, Literal) and term.datatype == XSD.integer and well_formed(term) and len(term.value) < 19:
        return int(term.value)
    raise NotHandled(f"{term}, where a whole number belongs")


def is_true(term: Term | None) -> bool:
    """Whether a parameter is ``true``. Another way to write that value does not count (W3C test uniqueLang-002).

    Raises:
        NotHandled: it is not a boolean at all.
    """
    if term is not None and not (isinstance(term, Literal) and term.datatype == XSD.boolean and well_formed(term)):
        raise NotHandled(f"{term}, where true or false belongs")
    return term is not None and term.value == "true"


def string(term: Term) -> str:
    """The text of an ``xsd:string``."""
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return term.value
    raise NotHandled(f"{term}, where a text belongs")


def iri(term: Term) -> NamedNode:
    """An IRI."""
    if isinstance(term, NamedNode):
        return term
    raise NotHandled(f"{term}, where an IRI belongs")
