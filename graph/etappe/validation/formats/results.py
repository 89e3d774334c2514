"""What every form is made from: files in their order, each with its outcome or the error that kept it from one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etappe.errors import EtappeError
from etappe.model import Finding, Outcome, Severity

#: Name of the file, and its outcome or why it could not be read.
Result = tuple[str, Outcome | EtappeError]
Results = Iterable[Result]

_NEXT_BEST = ("en", "de", "")


def told(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in the next best one; empty where there is none."""
    return next((texts[tag] for tag in (language, *_NEXT_BEST, *texts) if tag in texts), "")


def counts_as_failure(finding: Finding, outcome: Outcome, fail_on: Severity) -> bool:
    """Whether a finding fails its file. A warning that a person accepted does not."""
    accepted = outcome.accepted is not None and finding.severity < Severity.VIOLATION
    return finding.severity >= fail_on and not accepted


def printable(text: str) -> str:
    """Text that can be encoded: what file names hold of bytes that are no text becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
