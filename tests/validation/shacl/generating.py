"""Hypothesis strategies: shapes from the grammar of SHACL Core, and small graphs for them to judge.

Everything is Turtle, so that a failed example can be read and pasted. Shapes are well formed: what the recommendation
leaves undefined is a matter of ``test_edge_cases``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from validation.shacl.support import turtle

Draw = Callable[[st.SearchStrategy[Any]], Any]


@dataclass(frozen=True)
class Case:
    """A shapes graph and a data graph, as Turtle without prefixes."""

    shapes: str
    data: str

    @property
    def shapes_bytes(self) -> bytes:
        return turtle(self.shapes)


PREDICATES = ("ex:p", "ex:q", "ex:r")
CLASSES = ("ex:A", "ex:B", "ex:C")
NODES = ("ex:a", "ex:b", "ex:c", "_:x", "_:y")


def typed(datatype: str, *texts: str) -> list[str]:
    return [f'"{text}"^^{datatype}' for text in texts]


STRINGS = ['"a"', '"ab"', '""', '"A b"', '"b\\n"', '"ä1"', '"\\U0001F600"']
TAGGED = ['"a"@de', '"a"@en', '"b"@DE', '"b"@de-AT', '"c"@de-Latn-DE', '"Z"@en-GB']
NUMBERS = [
    *("0", "1", "-1", "7", "99999999999999999999"),
    *("1.0", "1.50", "-0.5", "0.1", "99999999999999999999.5"),
    *("0e0", "1e0", "1.5e0", "1e-1", "1e308"),
    *typed("xsd:integer", "007", "+1", "-0"),
    *typed("xsd:double", "NaN", "INF", "-INF"),
    *typed("xsd:float", "1.1", "NaN", "1.5"),
    *typed("xsd:byte", "1", "127"),
    *typed("xsd:nonNegativeInteger", "7"),
]
BOOLEANS = ["true", "false", *typed("xsd:boolean", "1")]
DATES = typed("xsd:date", "2020-01-01", "2020-01-02", "2019-12-31", "2020-02-29", "2020-01-01Z", "2020-01-01+14:00")
TIMES = typed(
    "xsd:dateTime",
    *("2020-01-01T00:00:00", "2020-01-01T00:00:00.5", "2020-01-02T12:00:00", "2019-12-31T24:00:00"),
    *("2020-01-01T00:00:00Z", "2020-01-01T02:00:00+02:00", "2020-01-03T00:00:00Z", "2020-01-01T13:00:00Z"),
)
ODD = [
    *typed("xsd:integer", "x", "1.0"),
    *typed("xsd:byte", "300"),
    *typed("xsd:boolean", "2"),
    *typed("xsd:date", "2020-02-30", "heute"),
    *typed("xsd:dateTime", "2020-01-01"),
    *typed("xsd:decimal", "1e0"),
    *typed("ex:odd", "1", "a"),
]
RARE = [
    *typed("xsd:time", "12:00:00", "24:00:00", "12:00:00Z", "13:00:00+02:00"),
    *typed("xsd:gYear", "2020", "20"),
    *typed("xsd:duration", "P1Y", "PT1.5S", "P"),
    *typed("xsd:date", "-0044-03-15", "12020-01-01"),
    *typed("xsd:long", "9223372036854775807", "9223372036854775808"),
    *typed("xsd:anyURI", "urn:ex:a"),
    *typed("xsd:language", "de", "de_DE"),
]
KINDS = (STRINGS, TAGGED, NUMBERS, BOOLEANS, DATES, TIMES, ODD, RARE)
DATATYPES = (
    *("xsd:string", "rdf:langString", "xsd:integer", "xsd:decimal", "xsd:double", "xsd:float", "xsd:byte"),
    *("xsd:boolean", "xsd:date", "xsd:dateTime", "xsd:time", "xsd:gYear", "xsd:duration", "xsd:long", "ex:odd"),
)
#: One kind of value is what most properties have; ranges and comparisons then mean something.
literals = st.sampled_from(KINDS).flatmap(st.sampled_from)
_PATTERNS = ("^a", "b$", "^ab$", "[ab]", "^[A-Z]", "a.b", "^.?$", "x|a", "^(a|b)*$", "1", "", "^urn:", "a+b?")


# Data

predicates = st.sampled_from(PREDICATES)
_subjects = st.sampled_from((*NODES, "ex:a", "ex:a", "ex:b"))


@st.composite
def data_graphs(draw: Draw) -> str:
    # Values of one graph are mostly of few kinds.
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2))
    values = st.sampled_from([value for kind in kinds for value in kind])
    fact = st.tuples(_subjects, predicates, st.one_of(values, values, st.sampled_from(NODES), literals))
    facts = draw(st.lists(fact, min_size=draw(st.sampled_from((0, 4, 8))), max_size=14))
    types = draw(st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(CLASSES)), max_size=4))
    trees = draw(st.lists(st.tuples(st.sampled_from(CLASSES), st.sampled_from(CLASSES)), max_size=2))
    return "\n".join(
        [f"{subject} {predicate} {value} ." for subject, predicate, value in facts]
        + [f"{node} a {class_} ." for node, class_ in types]
        + [f"{sub} rdfs:subClassOf {super_} ." for sub, super_ in trees]
    )


# Paths


def _repeated(paths: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(paths, min_size=2, max_size=3).map(" ".join)
    return st.one_of(
        lists.map("( {} )".format),
        lists.map("[ sh:alternativePath ( {} ) ]".format),
        paths.map("[ sh:inversePath {} ]".format),
        paths.map("[ sh:zeroOrMorePath {} ]".format),
        paths.map("[ sh:oneOrMorePath {} ]".format),
        paths.map("[ sh:zeroOrOnePath {} ]".format),
    )


paths = st.one_of(
    predicates,
    predicates,
    st.recursive(st.sampled_from((*PREDICATES, "rdf:type")), _repeated, max_leaves=4),
)


# Shapes


def _list(values: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most).map(lambda items: f"( {' '.join(items)} )")


_counts = st.integers(0, 3).map(str)
_flags = st.sampled_from(("true", "false"))
_terms = st.one_of(literals, st.sampled_from(("ex:a", "ex:b", "ex:A")))
_KINDS_OF_NODES = (
    "sh:IRI",
    "sh:BlankNode",
    "sh:Literal",
    "sh:BlankNodeOrIRI",
    "sh:BlankNodeOrLiteral",
    "sh:IRIOrLiteral",
)
_ONCE = {
    "sh:datatype": st.sampled_from(DATATYPES),
    "sh:nodeKind": st.sampled_from(_KINDS_OF_NODES),
    "sh:minLength": _counts,
    "sh:maxLength": _counts,
    "sh:minExclusive": literals,
    "sh:minInclusive": literals,
    "sh:maxExclusive": literals,
    "sh:maxInclusive": literals,
    "sh:pattern": st.sampled_from(_PATTERNS).map('"{}"'.format),
    "sh:languageIn": _list(st.sampled_from(('"de"', '"en"', '"de-AT"', '"DE"', '"*"', '"de-Latn"'))),
    "sh:in": _list(_terms),
}
_OFTEN = {
    "sh:class": st.sampled_from(CLASSES),
    "sh:equals": predicates,
    "sh:disjoint": predicates,
    "sh:hasValue": _terms,
}
_ONLY_PROPERTIES = {
    "sh:minCount": _counts,
    "sh:maxCount": _counts,
    "sh:uniqueLang": _flags,
    "sh:lessThan": predicates,
    "sh:lessThanOrEquals": predicates,
}
_NESTING = ("sh:not", "sh:node", "sh:property", "sh:and", "sh:or", "sh:xone")


@dataclass(frozen=True)
class Later:
    """The named shapes that a shape may refer to: only later ones, so that none is recursive."""

    nodes: tuple[str, ...]
    properties: tuple[str, ...]


def _nested(draw: Draw, depth: int, later: Later, kinds: str = "np") -> str:
    """A shape as the value of a parameter: a named one, or one in brackets."""
    kind = draw(st.sampled_from(kinds))
    names = later.nodes if kind == "n" else later.properties
    if names and draw(st.integers(0, 3)) == 0:
        return str(draw(st.sampled_from(names)))
    return f"[ {_body(draw, depth - 1, later, is_property=kind == 'p')} ]"


def _body(draw: Draw, depth: int, later: Later, *, is_property: bool) -> str:
    """What a shape says, as predicates and objects."""
    said: list[str] = []
    if is_property:
        said.append(f"sh:path {draw(paths)}")
    once = {**_ONCE, **(_ONLY_PROPERTIES if is_property else {})}
    for parameter in draw(st.lists(st.sampled_from(sorted(once)), max_size=2, unique=True)):
        said.append(f"{parameter} {draw(once[parameter])}")
    for parameter in draw(st.lists(st.sampled_from(sorted(_OFTEN)), max_size=1)):
        said.append(f"{parameter} {', '.join(draw(st.lists(_OFTEN[parameter], min_size=1, max_size=2)))}")
    if depth > 0:
        for parameter in draw(st.lists(st.sampled_from(_NESTING), max_size=2)):
            said.append(f"{parameter} {_nesting(draw, parameter, depth, later)}")
    if is_property and depth > 0 and draw(st.integers(0, 5)) == 0:
        said.extend(_qualified(draw, depth, later))
    if draw(st.integers(0, 5)) == 0:
        said.append(f"sh:closed {draw(_flags)}")
        if draw(st.booleans()):
            said.append(f"sh:ignoredProperties {draw(_list(st.sampled_from((*PREDICATES, 'rdf:type'))))}")
    if draw(st.integers(0, 3)) == 0:
        said.append(f"sh:severity {draw(st.sampled_from(('sh:Info', 'sh:Warning', 'sh:Violation', 'ex:Grave')))}")
    if draw(st.integers(0, 9)) == 0:
        said.append(f"sh:deactivated {draw(_flags)}")
    if draw(st.integers(0, 9)) == 0:
        said.append('sh:message "Nein"@de, "No"@en')
    return " ; ".join(said)


def _nesting(draw: Draw, parameter: str, depth: int, later: Later) -> str:
    if parameter in ("sh:and", "sh:or", "sh:xone"):
        members = [_nested(draw, depth, later) for _ in range(draw(st.integers(1, 3)))]
        return f"( {' '.join(members)} )"
    kinds = {"sh:property": "p", "sh:node": "n"}.get(parameter, "np")
    members = [_nested(draw, depth, later, kinds) for _ in range(draw(st.integers(1, 2)))]
    return ", ".join(members)


def _qualified(draw: Draw, depth: int, later: Later) -> list[str]:
    least = draw(st.lists(_counts, max_size=1))
    most = draw(st.lists(_counts, min_size=0 if least else 1, max_size=1))
    said = [f"sh:qualifiedValueShape {_nested(draw, depth, later)}"]
    said += [f"sh:qualifiedMinCount {count}" for count in least]
    said += [f"sh:qualifiedMaxCount {count}" for count in most]
    if draw(st.booleans()):
        said.append(f"sh:qualifiedValueShapesDisjoint {draw(_flags)}")
    return said


_TARGETS = {
    "sh:targetNode": st.sampled_from(("ex:a", "ex:a", "ex:b", "ex:none", '"a"', "1", '"b"@de')),
    "sh:targetClass": st.sampled_from(CLASSES),
    "sh:targetSubjectsOf": predicates,
    "sh:targetObjectsOf": predicates,
}


def _targets(draw: Draw, least: int) -> list[str]:
    kinds = draw(st.lists(st.sampled_from(sorted(_TARGETS)), min_size=least, max_size=2))
    return [f"{kind} {draw(_TARGETS[kind])}" for kind in kinds]


@st.composite
def shapes_graphs(draw: Draw) -> str:
    """Two to four named shapes: each may refer to those before it; the last one has a target."""
    nodes: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    found: list[str] = []
    count = draw(st.integers(1, 3))
    for number in range(count):
        is_property = draw(st.integers(0, 2)) == 0
        name = f"ex:S{number}"
        body = _body(draw, 2, Later(nodes, properties), is_property=is_property)
        said = [body] if body else []
        said += _targets(draw, 1 if number == count - 1 else 0)
        if draw(st.integers(0, 5)) == 0 and f"ex:{'ABC'[number]} a rdfs:Class" not in found:
            name = f"ex:{'ABC'[number]}"
            said.append("a rdfs:Class")
        said.append(f"a sh:{'Property' if is_property else 'Node'}Shape")
        found.append(f"{name} {' ; '.join(said)} .")
        if is_property:
            properties += (name,)
        else:
            nodes += (name,)
    return "\n".join(found)


cases = st.builds(Case, shapes_graphs(), data_graphs())
