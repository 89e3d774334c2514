"""An outcome as plain JSON values."""

from __future__ import annotations

from typing import Any

from etappe.errors import EtappeError
from etappe.model import Finding, Outcome


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, ready for ``json.dumps``."""
    return {
        "report": outcome.report.value if outcome.report is not None else None,
        "source": outcome.source,
        "conforms": outcome.conforms,
        "profile": outcome.profile.value,
        "engine": outcome.engine,
        "accepted": outcome.accepted,
        "findings": [_finding(finding) for finding in outcome.findings],
    }


def error_to_json(name: str, error: EtappeError) -> dict[str, Any]:
    """A file that could not be checked, with the keys of an outcome and why."""
    place = error.position
    return {
        "report": None,
        "source": name,
        "conforms": False,
        "profile": None,
        "engine": None,
        "accepted": None,
        "findings": [],
        "error": {
            "kind": type(error).__name__,
            "message": error.message,
            "line": place.line if place else None,
            "column": place.column if place else None,
        },
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
        "remedies": dict(finding.remedies),
        "snippet": finding.snippet,
    }
