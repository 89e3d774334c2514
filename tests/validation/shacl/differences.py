"""Where pySHACL 0.40.1 is known to answer otherwise than the recommendation: one name for each reason.

Each name is told in ``docs/shacl.md`` with an example and the paragraph that decides. What pySHACL would say is computed
by putting its own primitives (how two literals compare, whether a literal is well formed, …) in the place of ours, but
only where a reason applies. The results must then be the same, so nothing else can hide behind a known difference.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Variable
from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent
from pyshacl.rdfutil.compare import compare_literal

from etappe.namespaces import XSD
from etappe.validation.shacl import Graph, components, paths
from etappe.validation.shacl.components import COMPONENTS, Component, Declaring, Violates, Violating, iri_of
from etappe.validation.shacl.literals import compare, language_matches, value, well_formed
from etappe.validation.shacl.sparql import Query, _written
from etappe.validation.shacl.support import Term, sh
from validation.shacl.support import Rows, compiled

#: What an exception of pySHACL says, and the reason for it.
RAISED = {
    r"Cannot use sh:lessThan(OrEquals)? to compare a BlankNode": "less-than-blank",
    r"decimal\.InvalidOperation": "nan",
    r"'<=?' not supported between instances of 'Literal'": "ill-typed-order",
}


@dataclass
class Reasons:
    """The reasons that were needed so far."""

    found: set[str] = field(default_factory=set)

    def choose(self, reason: str | None, ours: object, theirs: object) -> object:
        """What pySHACL says, where there is a reason for it; else what we say."""
        if reason is None or ours == theirs:
            return ours
        self.found.add(reason)
        return theirs


def adjudicated(shapes: bytes, data: Graph, theirs: Rows) -> frozenset[str] | None:
    """The reasons why pySHACL found this and not what we found; nothing where they do not explain it."""
    reasons = Reasons()
    with _as_pyshacl(reasons), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib takes NotImplemented for true
        try:
            found = compiled(shapes, data)
        except (ArithmeticError, TypeError):  # of two literals that pySHACL did not compare, as it had seen enough
            return None
    if found != theirs:
        # Do only SPARQL-based constraints differ, and do we find the same when each focus node is bound beforehand?
        # Then it is not our way of asking that differs, but what rdflib and Oxigraph take for true.
        differing = {row[3] for row in (found - theirs) + (theirs - found)}
        if differing != {_SPARQL} or one_by_one(shapes, data) != compiled(shapes, data):
            return None
        reasons.found.add("sparql-order")
    return frozenset(reasons.found)


_SPARQL = str(sh("SPARQLConstraintComponent"))


def one_by_one(shapes: bytes, data: Graph) -> Rows:
    """What the compiled engine finds when it asks each query for each node, with ``$this`` bound beforehand (5.3)."""
    with patch.object(Query, "solutions", _bound_beforehand):
        return compiled(shapes, data)


def _bound_beforehand(query: Query, graph: Graph) -> dict[Term, list[dict[str, Term]]]:
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in graph.triples())
    found: dict[Term, list[dict[str, Term]]] = {}
    objects = {value for facts in graph.facts.values() for values in facts.values() for value in values}
    for node in {*graph.facts, *objects}:
        answer = store.query(query.text, prefixes=query.prefixes, substitutions={Variable("this"): node})
        assert isinstance(answer, QuerySolutions)
        names, written = [variable.value for variable in answer.variables], _written(graph)
        solutions = [
            {name: written.get(term, [term])[0] for name in names if (term := one[name]) is not None} for one in answer
        ]
        if solutions:
            found[node] = [{**solution, "this": node} for solution in solutions]
    return found


def why_raised(error: Exception) -> str | None:
    """The reason why pySHACL raised this; nothing where it is not known."""
    return next((reason for text, reason in RAISED.items() if re.search(text, f"{error!r} {error}")), None)


@contextmanager
def _as_pyshacl(reasons: Reasons) -> Iterator[None]:
    """The compiled engine with the primitives of pySHACL."""
    emulated = {
        **{name: _range(reasons, right) for name, right in _RANGES.items()},
        "datatype": Component(iri_of("datatype"), each_value=_datatype(reasons)),
        "minLength": Component(iri_of("minLength"), each_value=_min_length(reasons)),
        "pattern": Component(iri_of("pattern"), each_value=_pattern(reasons)),
        "languageIn": Component(iri_of("languageIn"), each_value=_language_in(reasons)),
        "lessThan": _less_than(reasons, "lessThan", (-1,)),
        "lessThanOrEquals": _less_than(reasons, "lessThanOrEquals", (-1, 0)),
    }
    with (
        patch.dict(COMPONENTS, {sh(name): component for name, component in emulated.items()}),
        patch.object(paths._Reader, "walk", _inverse(reasons)),
        patch.object(rdflib, "NORMALIZE_LITERALS", False),
    ):
        yield


# Comparisons

_RANGES = {
    "minExclusive": (1,),
    "minInclusive": (0, 1),
    "maxExclusive": (-1,),
    "maxInclusive": (-1, 0),
}


def why_compared_otherwise(left: Term, right: Term) -> str | None:
    """The reason why pySHACL may order two terms otherwise."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return "less-than-iri"
    one, other = value(left), value(right)
    if one is None or other is None:
        return "ill-typed-order"
    if left.language or right.language:
        return "language-order"
    if one[0] != other[0]:
        return "mixed-order"
    if one[0] == "other":
        return "unordered-datatype"
    return _why_ordered_otherwise(one[0], left, right)


def _why_ordered_otherwise(kind: str, left: Literal, right: Literal) -> str | None:
    texts = (left.value, right.value)
    if "NaN" in texts:
        return "nan"
    if XSD.float in (left.datatype, right.datatype):
        return "float"
    if {left.datatype, right.datatype} == {XSD.decimal, XSD.double}:
        return "decimal-double"
    if kind not in ("date", "dateTime", "time"):
        return None
    if any(_FAR_YEAR.match(text) for text in texts):
        return "far-years"
    if any(_ZONE.search(text) for text in texts):
        return "time-zones"
    return "end-of-day" if any(_END_OF_DAY.search(text) for text in texts) else None


_FAR_YEAR = re.compile(r"-|0000-|\d{5}")
_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_END_OF_DAY = re.compile("(^|T)24:")


def to_rdflib(term: Term) -> rdflib.term.Identifier:
    """The term as rdflib reads it from Turtle."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(
        term.value, datatype=None if term.datatype == XSD.string else rdflib.URIRef(term.datatype.value)
    )


def their_comparison(left: Term, right: Term) -> int | None:
    """As in pySHACL's ``value_range_constraints``."""
    one, other = to_rdflib(left), to_rdflib(right)
    if not isinstance(one, rdflib.Literal) or not isinstance(other, rdflib.Literal):
        return None
    if isinstance(one.value, str) != isinstance(other.value, str):
        return None
    try:
        order: int = compare_literal(one, other)  # type: ignore[no-untyped-call]
    except (TypeError, NotImplementedError):
        return None
    return order


def _range(reasons: Reasons, right: tuple[int, ...]) -> Component:
    def declared(_: Declaring, bound: Term) -> Violates:
        def violates(graph: Graph, term: Term) -> bool:
            ours = compare(term, bound) in right
            if not isinstance(term, Literal):
                return True
            return not reasons.choose(why_compared_otherwise(term, bound), ours, their_comparison(term, bound) in right)

        return violates

    name = next(name for name, orders in _RANGES.items() if orders == right)
    return Component(iri_of(name), each_value=declared)


def their_less_than(left: Term, right: Term, *, or_equals: bool) -> bool:
    """As in pySHACL's ``property_pair_constraints``."""
    one, other = (_bare(to_rdflib(term)) for term in (left, right))
    if isinstance(one, str) != isinstance(other, str):
        return False
    return bool(one <= other if or_equals else one < other)  # type: ignore[operator]


def _bare(term: rdflib.term.Identifier) -> object:
    if isinstance(term, rdflib.Literal):
        return term.value if isinstance(term.value, str) else _NotText(term)
    return str(term)


class _NotText:
    """A literal that is no ``str`` for ``isinstance``, though rdflib's are."""

    def __init__(self, literal: rdflib.Literal) -> None:
        self._literal = literal

    def __lt__(self, other: _NotText) -> bool:
        return bool(self._literal < other._literal)

    def __le__(self, other: _NotText) -> bool:
        return bool(self._literal <= other._literal)


def _less_than(reasons: Reasons, name: str, right: tuple[int, ...]) -> Component:
    def declared(_: Declaring, other: Term) -> Violating:
        predicate = components.iri(other)

        def allowed(left: Term, compared: Term) -> object:
            theirs = their_less_than(left, compared, or_equals=0 in right)
            return reasons.choose(why_compared_otherwise(left, compared), compare(left, compared) in right, theirs)

        def violating(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterable[Term]:
            return [v for v in values for other in graph.objects(focus, predicate) if not allowed(v, other)]

        return violating

    return Component(iri_of(name), value_set=declared, only_properties=True)


# Other constraints

_DATATYPE = DatatypeConstraintComponent.__new__(DatatypeConstraintComponent)


#: Datatypes of which pySHACL takes every text.
_UNCHECKED = frozenset(
    [
        "dateTimeStamp",
        "gYear",
        "gYearMonth",
        "gMonth",
        "gMonthDay",
        "gDay",
        "base64Binary",
        "normalizedString",
        "token",
        "language",
        "Name",
        "NCName",
        "NMTOKEN",
        "QName",
    ]
)
_NUMBERS = frozenset(
    [
        "integer",
        "decimal",
        "float",
        "double",
        "byte",
        "short",
        "int",
        "long",
        "unsignedByte",
        "unsignedShort",
        "unsignedInt",
        "unsignedLong",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
    ]
)


def why_formed_otherwise(literal: Literal) -> str | None:
    """The reason why pySHACL may judge the lexical form of a literal otherwise."""
    kind, text = literal.datatype.value.removeprefix(XSD), literal.value
    if kind in _UNCHECKED:
        return "unchecked-datatype"
    if kind.lower().endswith("duration"):
        return "duration-forms"
    if kind in ("date", "dateTime", "time"):
        return "far-years" if _FAR_YEAR.match(text) else "end-of-day" if _END_OF_DAY.search(text) else "iso-8601"
    if kind in ("long", "unsignedLong") and re.fullmatch(r"-?\d+", text, re.ASCII):
        return "integer-bounds"
    return "python-numbers" if kind in _NUMBERS else None


def they_accept(literal: Literal) -> bool:
    """As in pySHACL's ``value_constraints``."""
    read = to_rdflib(literal)
    assert isinstance(read, rdflib.Literal)
    if read.ill_typed:
        return False
    return bool(_DATATYPE._assert_actual_datatype(read, rdflib.URIRef(literal.datatype.value)))  # type: ignore[no-untyped-call]


def _datatype(reasons: Reasons) -> Callable[[Declaring, Term], Violates]:
    def declared(_: Declaring, datatype: Term) -> Violates:
        def violates(graph: Graph, term: Term) -> bool:
            if not isinstance(term, Literal) or term.datatype != datatype:
                return True
            return not reasons.choose(why_formed_otherwise(term), well_formed(term), they_accept(term))

        return violates

    return declared


def _min_length(reasons: Reasons) -> Callable[[Declaring, Term], Violates]:
    def declared(_: Declaring, length: Term) -> Violates:
        least = components.integer(length)

        def violates(graph: Graph, term: Term) -> bool:
            if isinstance(term, BlankNode):
                return bool(reasons.choose("min-length-zero", True, least > 0))
            return len(term.value) < least

        return violates

    return declared


def _pattern(reasons: Reasons) -> Callable[[Declaring, Term], Violates]:
    def declared(shape: Declaring, pattern: Term) -> Violates:
        ours = components.pattern(shape, pattern)
        assert isinstance(pattern, Literal)
        theirs = re.compile(pattern.value)

        def violates(graph: Graph, term: Term) -> bool:
            if isinstance(term, BlankNode):
                return True
            reason = "dollar" if term.value.endswith("\n") and "$" in pattern.value else None
            return bool(reasons.choose(reason, ours(graph, term), theirs.search(term.value) is None))

        return violates

    return declared


def _language_in(reasons: Reasons) -> Callable[[Declaring, Term], Violates]:
    def declared(shape: Declaring, ranges: Term) -> Violates:
        allowed = [components.string(language).lower() for language in shape.graph.items(ranges)]

        def violates(graph: Graph, term: Term) -> bool:
            if not isinstance(term, Literal) or not term.language:
                return True
            tag = term.language.lower()
            ours = any(language_matches(tag, language) for language in allowed)
            theirs = bool({"*", tag, tag.partition("-")[0]} & set(allowed))
            longer = any("-" in language and tag.startswith(f"{language}-") for language in allowed)
            return not reasons.choose("language-range" if longer else None, ours, theirs)

        return violates

    return declared


def _inverse(reasons: Reasons) -> Callable[..., paths.Walk]:
    """Paths walked backwards, where pySHACL takes the steps of a sequence in their own order."""
    walk = paths._Reader.walk

    def reading(reader: paths._Reader, node: Term, inverted: bool = False, depth: int = 0) -> paths.Walk:
        right = walk(reader, node, inverted, depth)
        if not inverted or isinstance(node, NamedNode) or reader._parts(node, depth)[0] != paths._FIRST:
            return right
        wrong = paths._sequence([reader.walk(part, True, depth + 1) for part in reader._parts(node, depth)[1]])

        def walked(graph: Graph, start: Term) -> Sequence[Term]:
            ours, theirs = right(graph, start), wrong(graph, start)
            if set(ours) == set(theirs):
                return ours
            reasons.found.add("inverse-sequence")
            return theirs

        return walked

    return reading
