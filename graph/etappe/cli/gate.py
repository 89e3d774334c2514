"""``validate`` and ``ingest``: many files through the gate, one bad file never stops the others."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from pathlib import Path

from rich.markup import escape

from etappe.admission import Admission, State, admit_all, strictness_of
from etappe.checking import Gate, check
from etappe.cli.screen import err, out, progress
from etappe.cli.telling import tell
from etappe.cli.texts import say
from etappe.cli.verdicts import show_outcome
from etappe.cli.watching import changes
from etappe.errors import EtappeError, NotFound
from etappe.model import Profile
from etappe.projection import registry_graph
from etappe.reading.archives import inputs
from etappe.reading.files import load
from etappe.validation.strictness import read_strictness
from etappe.workspace import open_workspace


def validate_reports(options: Namespace) -> int:
    """Check reports and tell what was found. Returns the exit code; with ``--watch`` only somebody stops it."""
    options.fail_on = options.fail_on or "violation"
    if not options.watch:
        return _validate_once(options)
    for _ in changes(options.paths):
        _validate_once(options)
    return 0


def _validate_once(options: Namespace) -> int:
    files = list(inputs(options.paths))
    results = check(files, _gate(options), workers=options.workers)
    return tell(progress(results, len(files), say(options.lang, "validating"), quiet=options.quiet), options)


def _gate(options: Namespace) -> Gate:
    """What files are held against: the registry of the data folder, if there is one, and how strict the office is.

    The registry comes from the folder, also where the graph is on a server: the archive there is the truth.
    """
    data = Path(options.data)
    strictness = read_strictness(load(Path(options.strict))) if options.strict else strictness_of(data)
    try:
        with open_workspace(data, base=options.base) as workspace:
            known = frozenset(workspace.store.triples(registry_graph(options.base)))
    except NotFound:  # no data yet
        known = frozenset()
    return Gate(known, options.base, Profile(options.profile), strictness, options.deadline)


def ingest_files(
    paths: list[str],
    data: Path,
    base: str,
    language: str,
    by: str,
    accept_warnings: str | None,
    store: str | None = None,
    *,
    quiet: bool,
) -> int:
    """Take files through the gate. Returns the exit code."""
    files = list(inputs(paths))
    counts: Counter[str] = Counter()
    with open_workspace(data, base=base, write=True, store=store) as workspace:
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
