"""An outcome as JSON and as a standard ``sh:ValidationReport``."""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from etappe.model import Finding, Outcome, Severity
from etappe.namespaces import DCTERMS, PREFIXES, RDF, SH, XSD, expand

_SEVERITIES = {Severity.VIOLATION: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}


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
        "focus": finding.focus.value if finding.focus else None,
        "path": finding.path,
        "value": finding.value.value if finding.value is not None else None,
        "shape": finding.shape,
        "component": finding.component,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "quote": finding.quote,
    }


def to_turtle(outcome: Outcome) -> str:
    """The outcome as ``sh:ValidationReport`` (SHACL, section 3.6). Warnings count against ``sh:conforms`` there."""
    report = BlankNode("report")
    triples = [
        Triple(report, RDF.type, SH.ValidationReport),
        Triple(report, SH.conforms, Literal("false" if outcome.findings else "true", datatype=XSD.boolean)),
        Triple(report, DCTERMS.subject, outcome.report),
    ]
    for number, finding in enumerate(outcome.findings, 1):
        node = BlankNode(f"result{number}")
        triples.append(Triple(report, SH.result, node))
        triples.extend(_result(node, finding))
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


def _result(node: BlankNode, finding: Finding) -> list[Triple]:
    triples = [
        Triple(node, RDF.type, SH.ValidationResult),
        Triple(node, SH.resultSeverity, _SEVERITIES[finding.severity]),
        Triple(node, DCTERMS.identifier, Literal(finding.code)),
        *(Triple(node, SH.resultMessage, Literal(text, language=tag)) for tag, text in finding.messages.items()),
    ]
    if finding.focus is not None:
        triples.append(Triple(node, SH.focusNode, finding.focus))
    if finding.value is not None:
        triples.append(Triple(node, SH.value, finding.value))
    if finding.path is not None:
        path = NamedNode(finding.path) if "://" in finding.path else expand(finding.path)
        triples.append(Triple(node, SH.resultPath, path))
    if finding.shape is not None:
        triples.append(Triple(node, SH.sourceShape, NamedNode(finding.shape)))
    if finding.component is not None:
        triples.append(Triple(node, SH.sourceConstraintComponent, NamedNode(finding.component)))
    return triples
