"""``validate`` and ``ingest``: many files through the gate, one bad file never stops the others."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pyoxigraph import Triple
from rich.markup import escape

from etappe.admission import Admission, State, admit_all, check
from etappe.cli.options import FailOn, FindingFormat, ProfileName
from etappe.cli.screen import err, out, progress, show_outcome
from etappe.cli.texts import say
from etappe.errors import EtappeError, NotFound
from etappe.model import Outcome, Profile, Severity
from etappe.projection import registry_graph
from etappe.reading import report_files
from etappe.validation.serialise import to_json, to_turtle
from etappe.workspace import open_workspace

_SEVERITIES = {FailOn.VIOLATION: Severity.VIOLATION, FailOn.WARNING: Severity.WARNING}


def validate_files(
    paths: list[str],
    data: Path,
    base: str,
    language: str,
    profile: ProfileName,
    format_: FindingFormat,
    fail_on: FailOn,
    *,
    quiet: bool,
) -> int:
    """Check files and show their findings as they come. Returns the exit code."""
    files = list(report_files(paths))
    outcomes = check(files, _registry(data, base), base=base, profile=Profile(profile.value))
    failed, unreadable = 0, 0
    collected: list[Outcome] = []
    for path, result in progress(outcomes, len(files), say(language, "validating"), quiet=quiet):
        if isinstance(result, EtappeError):
            unreadable += 1
            err().print(f"etappe: {result}", markup=False, soft_wrap=True)
            continue
        failed += bool(result.at_least(_SEVERITIES[fail_on]))
        if format_ is FindingFormat.TEXT:
            show_outcome(out(), str(path), result, language)
        else:
            collected.append(result)
    if format_ is FindingFormat.JSON:
        print(json.dumps([to_json(outcome) for outcome in collected], ensure_ascii=False, indent=2))  # noqa: T201
    elif format_ is FindingFormat.TURTLE:
        print("\n".join(to_turtle(outcome) for outcome in collected))  # noqa: T201
    if not quiet:
        err().print(say(language, "checked", n=len(files), passed=len(files) - failed - unreadable))
    return 2 if unreadable else int(failed > 0)


def ingest_files(
    paths: list[str], data: Path, base: str, language: str, by: str, accept_warnings: str | None, *, quiet: bool
) -> int:
    """Take files through the gate. Returns the exit code."""
    files = list(report_files(paths))
    counts: Counter[str] = Counter()
    with open_workspace(data, base=base, write=True) as workspace:
        results = admit_all(workspace, files, by=by, accept_warnings=accept_warnings)
        for _, admission in progress(results, len(files), say(language, "ingesting"), quiet=quiet):
            if isinstance(admission, EtappeError):
                counts["unreadable"] += 1
                err().print(f"etappe: {admission}", markup=False, soft_wrap=True)
                continue
            counts[admission.state.value] += 1
            show_admission(admission, language)
    if not quiet:
        names = ("accepted", "known", "waiting", "unreadable")
        err().print(say(language, "ingested", **{name: counts[name] for name in names}))
    return 2 if counts["unreadable"] else int(counts["waiting"] > 0)


def show_admission(admission: Admission, language: str, name: str | None = None) -> None:
    """One line for what was taken in or known; the findings of what waits."""
    if admission.state is not State.WAITING:
        out().print(
            f"[green]✓[/] {say(language, 'state.' + admission.state.value)}: {escape(name or admission.path)}",
            soft_wrap=True,
        )
        return
    show_outcome(out(), name or admission.path, admission.outcome, language)
    if admission.outcome.conforms:
        out().print(f"  {say(language, 'accept-hint')}", style="dim", markup=False, soft_wrap=True)


def _registry(data: Path, base: str) -> list[Triple]:
    """The registry of the data folder; none where there is no data yet."""
    try:
        with open_workspace(data, base=base) as workspace:
            return list(workspace.store.triples(registry_graph(base)))
    except NotFound:
        return []
