"""``revise``, ``retract``, ``merge``, ``unmerge``, ``different``: decisions of a person, each with its reason."""

from __future__ import annotations

from pathlib import Path

from etappe.admission import State, admit
from etappe.cli.screen import err, out
from etappe.cli.texts import say
from etappe.cli.verdicts import show_outcome
from etappe.errors import EtappeError, UsageError
from etappe.identity.deciding import decide
from etappe.identity.decisions import Kind
from etappe.model import Document
from etappe.reading.archives import inputs
from etappe.retracting import retract
from etappe.workspace import open_workspace


def revise_files(
    paths: list[str],
    data: Path,
    base: str,
    language: str,
    store: str | None,
    *,
    by: str,
    reason: str,
    accept_warnings: str | None,
) -> int:
    """Let files take the place of what was accepted under their ids. Returns the exit code."""
    failed = 0
    with open_workspace(data, base=base, write=True, store=store) as workspace:
        for item in inputs(paths):
            try:
                admission = admit(
                    workspace, item.load(), by=by, accept_warnings=accept_warnings, revision=_said(reason)
                )
            except EtappeError as error:
                err().print(error.said(language), markup=False)
                failed = max(failed, error.exit_code)
                continue
            if admission.state is State.WAITING:
                show_outcome(out(), item.name, admission.outcome, language)
                failed = max(failed, 1)
                continue
            revision = admission.event.revision if admission.event is not None else 1
            out().print(say(language, f"revised.{admission.state.value}", name=admission.report.slug, n=revision))
    return failed


def retract_document(
    name: str, data: Path, base: str, language: str, store: str | None, *, by: str, reason: str, registry: bool
) -> None:
    """Take an accepted report or registry document back."""
    document = Document.REGISTRY if registry else Document.REPORT
    with open_workspace(data, base=base, write=True, store=store) as workspace:
        event = retract(workspace, name, by=by, reason=_said(reason), document=document)
    out().print(say(language, "retracted", name=event.id, n=event.revision))


def decide_identity(
    kind: Kind, one: str, other: str, data: Path, base: str, language: str, store: str | None, *, by: str, reason: str
) -> None:
    """Decide that two things are one, are not, or take such a decision back."""
    with open_workspace(data, base=base, write=True, store=store) as workspace:
        event = decide(workspace, kind, one, other, by=by, reason=_said(reason))
    out().print(say(language, f"decided.{kind.value}", old=event.id, kept=event.name), markup=False)


def _said(reason: str) -> str:
    if not reason.strip():
        raise UsageError("a decision needs its reason: --reason '…'")
    return reason.strip()
