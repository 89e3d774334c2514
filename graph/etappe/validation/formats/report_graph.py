"""An outcome as the triples of a standard ``sh:ValidationReport`` (SHACL, section 3.6)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from etappe.model import Finding, Outcome, Severity, Term, digest
from etappe.namespaces import DCTERMS, PREFIXES, RDF, SH, XSD, expand
from etappe.validation.shapes import catalogue

_SEVERITIES = {Severity.VIOLATION: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}
_COMPACT = re.compile(r"([a-z]+):[\w.-]+")
#: An address without the signs of a path, and with one colon: a second one would be that of a second step.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s:^*+?()|<>\"{}\\`]+")


def report_triples(*outcomes: Outcome) -> list[Triple]:
    """The validation reports of outcomes, one after the other. Warnings too count against ``sh:conforms``.

    Blank nodes are called after report and source, so that files of several outcomes can be put together.
    """
    seen: Counter[str] = Counter()
    triples: list[Triple] = []
    for outcome in outcomes:
        about = outcome.report.value if outcome.report is not None else "-"
        label = "v" + digest(f"{about} {outcome.source}".encode("utf-8", "surrogatepass"))[7:19]
        seen[label] += 1
        triples += _report(outcome, label if seen[label] == 1 else f"{label}r{seen[label]}")
    return list(dict.fromkeys(triples))  # results of one shape share the structure of its path


def _report(outcome: Outcome, label: str) -> list[Triple]:
    report = BlankNode(label)
    triples = [
        Triple(report, RDF.type, SH.ValidationReport),
        Triple(report, SH.conforms, Literal("false" if outcome.findings else "true", datatype=XSD.boolean)),
    ]
    if outcome.report is not None:
        triples.append(Triple(report, DCTERMS.subject, outcome.report))
    for number, finding in enumerate(outcome.findings, 1):
        node = BlankNode(f"{label}n{number}")
        triples.append(Triple(report, SH.result, node))
        triples.extend(_result(node, finding, label))
    return triples


def to_turtle(outcome: Outcome) -> str:
    """The validation report in Turtle."""
    return turtle_of([outcome])


def turtle_of(outcomes: Iterable[Outcome]) -> str:
    """Several validation reports in one Turtle file."""
    triples = report_triples(*outcomes)
    prefixes = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _result(node: BlankNode, finding: Finding, label: str) -> list[Triple]:
    shape = catalogue().get(finding.shape or "")
    path = shape.path if shape is not None else None
    single: dict[NamedNode, Term | None] = {
        RDF.type: SH.ValidationResult,
        SH.resultSeverity: _SEVERITIES[finding.severity],
        SH.focusNode: _scoped(finding.focus, label),
        SH.resultPath: path.node if path is not None else _one_predicate(finding.path),
        SH.value: _scoped(finding.value, label),
        SH.sourceShape: _iri(finding.shape),
        SH.sourceConstraintComponent: _iri(finding.component),
        DCTERMS.identifier: Literal(finding.code),
    }
    return [
        *(Triple(node, predicate, value) for predicate, value in single.items() if value is not None),
        *(
            Triple(node, SH.resultMessage, Literal(text, language=tag) if tag else Literal(text))
            for tag, text in finding.messages.items()
        ),
        *(path.structure if path is not None else ()),
    ]


def _scoped(term: Term | None, label: str) -> Term | None:
    """The term; a blank node under a name that no other outcome uses."""
    return BlankNode(f"{label}-{term.value}") if isinstance(term, BlankNode) else term


def _one_predicate(path: str | None) -> NamedNode | None:
    """The predicate of a path that is nothing but one. Other paths of foreign shapes are left to these."""
    if path is None:
        return None
    if (match := _COMPACT.fullmatch(path)) and match[1] in PREFIXES:
        return expand(path)
    return _iri(path) if _ADDRESS.fullmatch(path) else None


def _iri(text: str | None) -> NamedNode | None:
    """The IRI; nothing for a shape without one."""
    try:
        return NamedNode(text) if text else None
    except ValueError:
        return None
