"""From an engine's results to findings for people: code, sentence in both languages, place in the file, order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from etappe.model import Finding, Profile, Report, Severity, Term
from etappe.namespaces import DCTERMS, ET, FOAF, OA, RDFS, SCHEMA, SKOS, compact
from etappe.validation.pyshacl_engine import Result
from etappe.validation.shapes import Shape

_NAMES = (SKOS.prefLabel, FOAF.name, DCTERMS.term("title"), SCHEMA.caption, RDFS.label)
#: Codes in the order in which they should be mended: form before facts, facts before comparisons.
_BASIC_FIRST = ("O2", "O1", "O6", "C42", "C40", "C06", "C41", "C03", "C01", "C02", "C04", "C20", "C21", "C30", "C33", "C08", "C07")


class Reader:
    """Reads the results of one report."""

    def __init__(self, report: Report, merged: Iterable[Triple], shapes: Mapping[str, Shape], profile: Profile) -> None:
        self._report = report
        self._shapes = shapes
        self._profile = profile
        self._own = {triple.subject for triple in report.triples}
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        self._quotes: dict[str, str] = {}
        evidence: dict[str, str] = {}
        exact: dict[str, str] = {}
        for triple in sorted(merged, key=str):
            if triple.predicate in _NAMES and isinstance(triple.object, Literal):
                self._names[triple.subject.value].setdefault(triple.object.language or "", triple.object.value)
            elif triple.predicate == ET.evidence and isinstance(triple.object, NamedNode):
                evidence.setdefault(triple.subject.value, triple.object.value)
            elif triple.predicate == OA.exact and isinstance(triple.object, Literal):
                exact[triple.subject.value.partition("#")[0]] = triple.object.value
        self._quotes = {node: exact[source] for node, source in evidence.items() if source in exact}

    def finding(self, result: Result) -> Finding | None:
        """The finding of a result; nothing where it is about something that the report does not describe."""
        if result.focus not in self._own:
            return None
        shape = self._shapes[result.shape]
        constraint = self._shapes.get(result.constraint or "", shape)
        severity = shape.severity or result.severity
        if self._profile is Profile.DRAFT:
            severity = constraint.draft_severity or shape.draft_severity or severity
        messages = constraint.messages or shape.messages
        return Finding(
            code=shape.code,
            severity=severity,
            messages={language: self._filled(text, result, language) for language, text in messages.items()},
            focus=result.focus,
            path=compact(result.path) if result.path else None,
            value=result.value,
            shape=result.shape,
            component=result.component,
            position=self._position(result),
            quote=self._quotes.get(result.focus.value),
        )

    def _position(self, result: Result):  # type: ignore[no-untyped-def]
        positions, focus = self._report.positions, result.focus.value
        return positions.get((focus, result.path)) or positions.get((focus, None))

    def _filled(self, text: str, result: Result, language: str) -> str:
        values = {"this": result.focus, "value": result.value if result.value is not None else result.focus}
        return re.sub(r"\{[?$](this|value)\}", lambda m: self._name(values[m[1]], language), text)

    def _name(self, term: Term, language: str) -> str:
        if isinstance(term, Literal):
            return term.value
        names = self._names.get(term.value, {})
        for tag in (language, "", "de", "en", *names):
            if tag in names:
                return names[tag]
        return compact(term.value) if compact(term.value) != term.value else "/".join(term.value.rsplit("/", 2)[-2:])


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions; in the order of the file, and of one thing the most basic first."""
    unique = {(f.code, f.focus, f.path, f.value, f.messages.get("de")): f for f in findings}
    first_line: dict[Term | None, int] = {}
    for finding in unique.values():
        line = finding.position.line if finding.position else 0
        first_line[finding.focus] = min(line, first_line.get(finding.focus, line))
    return tuple(
        sorted(unique.values(), key=lambda f: (first_line[f.focus], str(f.focus), _rank(f), f.code, str(f.value)))
    )


def _rank(finding: Finding) -> tuple[int, int]:
    basic = _BASIC_FIRST.index(finding.code) if finding.code in _BASIC_FIRST else len(_BASIC_FIRST)
    return (-finding.severity if finding.severity is not Severity.VIOLATION else -3, basic)


def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """The findings of one thing together: the most basic one, then those that may follow from it.

    Only the first of a group needs to be shown at length; a warning never hides behind a violation of another kind.
    """
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in ordered(findings):
        groups.setdefault((str(finding.focus), finding.severity), []).append(finding)
    return [tuple(group) for group in groups.values()]
