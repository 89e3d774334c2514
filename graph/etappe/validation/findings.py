"""From an engine's results to findings for people: code, sentence in both languages, place in the file, order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import Position
from etappe.model import Finding, Profile, Report, Severity, Term
from etappe.namespaces import ET, OA, compact_path
from etappe.validation.names import Names
from etappe.validation.shacl import Graph, Result
from etappe.validation.shapes import Shape, catalogue

#: Codes in the order in which faults should be mended: form, then facts, then comparisons; the rest follow by code.
BASIC_FIRST = (
    "O6", "O2", "O1", "C40", "C42", "C06", "C41", "C20", "C21", "C33", "C01", "C02", "C03", "C04", "C30", "C08", "C13",
    "C07",
)  # fmt: skip
_NOTHING = {"de": "keine Angabe", "en": "nothing given"}
_PLACEHOLDER = re.compile(r"\{[?$](this|value)\}")


def findings(report: Report, graph: Graph, results: Iterable[Result], profile: Profile) -> Iterator[Finding]:
    """The findings about things that the report describes; what is only in the registry is not held against it."""
    reader: _Reader | None = None
    for result in results:
        reader = reader or _Reader(report, graph, profile)
        if result.focus in reader.own:
            yield reader.finding(result, _shape(result))


def _shape(result: Result) -> Shape:
    shape = result.constraint.shape
    assert isinstance(shape, NamedNode)
    return catalogue()[shape.value]


class _Reader:
    """Reads the results of one report."""

    def __init__(self, report: Report, graph: Graph, profile: Profile) -> None:
        self.own = {triple.subject for triple in report.triples}
        self._profile = profile
        self._positions = report.positions
        self._graph = graph
        self._names = Names(graph)
        self._quotes = quotes(report.triples)

    def finding(self, result: Result, shape: Shape) -> Finding:
        return Finding(
            code=shape.code,
            severity=shape.severity_in(self._profile),
            messages={
                language: self._filled(text, result, shape, language) for language, text in shape.messages.items()
            },
            focus=result.focus,
            path=compact_path(shape.path.sparql) if shape.path is not None else None,
            value=result.value,
            shape=shape.iri,
            component=result.constraint.component.value,
            position=self._position(result.focus, shape),
            quote=self._quotes.get(result.focus),
            remedies={
                language: self._filled(text, result, shape, language) for language, text in shape.remedies.items()
            },
            snippet=shape.snippet,
        )

    def _position(self, focus: Term, shape: Shape) -> Position | None:
        predicates = [step.predicate.value for step in shape.steps if not step.inverse]
        places = (self._positions.get((focus.value, predicate)) for predicate in (*predicates, None))
        return next((place for place in places if place), None)

    def _filled(self, text: str, result: Result, shape: Shape, language: str) -> str:
        def name(match: re.Match[str]) -> str:
            if match[1] == "this":
                return self._names.of(result.focus, language)
            values = [result.value] if result.value is not None else self._values(result.focus, shape)
            return ", ".join(self._names.of(value, language) for value in values) or _NOTHING[language]

        return _PLACEHOLDER.sub(name, text)

    def _values(self, focus: Term, shape: Shape) -> list[Term]:
        """What stands at the path, for results that name no value of their own because they count."""
        found = [
            self._graph.subjects(step.predicate, focus) if step.inverse else self._graph.objects(focus, step.predicate)
            for step in shape.steps
        ]
        return [term for terms in found for term in sorted(terms, key=str)]


def quotes(triples: Iterable[Triple]) -> Mapping[Term, str]:
    """The words of the report that each node rests on; of several, those whose IRI comes first."""
    exact: dict[Term, str] = {}
    links: dict[NamedNode, list[tuple[Term, Term]]] = {OA.hasSelector: [], ET.evidence: []}
    wanted = {OA.exact, *links}
    for subject, predicate, value in sorted((t for t in triples if t.predicate in wanted), key=str):
        if predicate == OA.exact and isinstance(value, Literal):
            exact[subject] = value.value
        elif predicate in links:
            links[predicate].append((subject, value))
    for predicate in (OA.hasSelector, ET.evidence):
        for subject, target in links[predicate]:
            if target in exact:
                exact.setdefault(subject, exact[target])
    return exact


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions; things in the order of the file, violations first, and of one thing the most basic first."""
    unique = {(f.code, f.focus, f.path, f.value, f.shape, f.messages.get("de")): f for f in found}.values()
    first: dict[Term | None, tuple[int, int]] = {}
    for finding in unique:
        place = (finding.position.line, finding.position.column) if finding.position else (0, 0)
        first[finding.focus] = min(place, first.get(finding.focus, place))
    return tuple(
        sorted(
            unique,
            key=lambda f: (first[f.focus], str(f.focus), -f.severity, _rank(f.code), f.shape or "", str(f.value)),
        )
    )


def _rank(code: str) -> tuple[int, str]:
    return (BASIC_FIRST.index(code) if code in BASIC_FIRST else len(BASIC_FIRST), code)


def grouped(found: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """The findings of one thing together: the most basic one, then those that may follow from it.

    Only the first of a group needs to be shown at length. Warnings and violations of one thing are groups of their own,
    so that neither hides the other.
    """
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in ordered(found):
        groups.setdefault((str(finding.focus), finding.severity), []).append(finding)
    return [tuple(group) for group in groups.values()]


def by_rule(found: Iterable[Finding]) -> list[tuple[tuple[Finding, ...], ...]]:
    """The groups of ``grouped`` that begin with a breach of the same rule: gravest and most basic rules first."""
    rules: dict[tuple[str, str | None], list[tuple[Finding, ...]]] = {}
    for group in grouped(found):
        rules.setdefault((group[0].code, group[0].shape), []).append(group)
    return sorted(map(tuple, rules.values()), key=lambda groups: (-groups[0][0].severity, _rank(groups[0][0].code)))
