"""An outcome as JSON and as a standard ``sh:ValidationReport``."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from etappe.model import Finding, Outcome, Severity, Term, digest
from etappe.namespaces import DCTERMS, PREFIXES, RDF, SH, XSD, expand

_SEVERITIES = {Severity.VIOLATION: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}
_ONE_PREDICATE = re.compile(r"[a-z]+:\w+")


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, ready for ``json.dumps``."""
    return {
        "report": outcome.report.value,
        "source": outcome.source,
        "conforms": outcome.conforms,
        "profile": outcome.profile.value,
        "engine": outcome.engine,
        "findings": [_finding(finding) for finding in outcome.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.position
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": dict(finding.messages),
        "focus": finding.focus.value if finding.focus is not None else None,
        "path": finding.path,
        "value": finding.value.value if finding.value is not None else None,
        "shape": finding.shape,
        "component": finding.component,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "quote": finding.quote,
    }


def to_turtle(outcome: Outcome) -> str:
    """The outcome as ``sh:ValidationReport`` (SHACL, section 3.6), where warnings too count against ``sh:conforms``.

    Blank nodes are called after report and source, so that several outcomes can stand in one file.
    """
    label = "v" + digest(f"{outcome.report.value} {outcome.source}")[7:19]
    report = BlankNode(label)
    triples = [
        Triple(report, RDF.type, SH.ValidationReport),
        Triple(report, SH.conforms, Literal("false" if outcome.findings else "true", datatype=XSD.boolean)),
        Triple(report, DCTERMS.subject, outcome.report),
    ]
    for number, finding in enumerate(outcome.findings, 1):
        node = BlankNode(f"{label}n{number}")
        triples.append(Triple(report, SH.result, node))
        triples.extend(_result(node, finding))
    prefixes = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _result(node: BlankNode, finding: Finding) -> list[Triple]:
    one_predicate = finding.path is not None and _ONE_PREDICATE.fullmatch(finding.path)
    single: dict[NamedNode, Term | None] = {
        RDF.type: SH.ValidationResult,
        SH.resultSeverity: _SEVERITIES[finding.severity],
        SH.focusNode: finding.focus,
        SH.resultPath: expand(finding.path) if finding.path is not None and one_predicate else None,
        SH.value: finding.value,
        SH.sourceShape: NamedNode(finding.shape) if finding.shape else None,
        SH.sourceConstraintComponent: NamedNode(finding.component) if finding.component else None,
        DCTERMS.identifier: Literal(finding.code),
    }
    return [
        *(Triple(node, predicate, value) for predicate, value in single.items() if value is not None),
        *(Triple(node, SH.resultMessage, Literal(text, language=tag)) for tag, text in finding.messages.items()),
    ]
