"""``match``: pairs that may be one, with their reasons, listed or reviewed; ``registry``: lists of office holders."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode
from rich.prompt import Prompt

from etappe.archive import IDENTITY
from etappe.cli.choices import ProposalFormat
from etappe.cli.screen import err, out, table
from etappe.cli.texts import say
from etappe.errors import EtappeError, NotFound, UsageError
from etappe.identity.deciding import decide
from etappe.identity.decisions import Kind
from etappe.identity.matching import Proposal, propose
from etappe.model import Source
from etappe.questions import best_label, word
from etappe.reading.files import load_bytes
from etappe.tables.errors import Note
from etappe.tables.office_holders import read_holder_mapping, registry_from
from etappe.things import labels
from etappe.workspace import Workspace, open_workspace


def list_proposals(
    kinds: list[str],
    least: float,
    limit: int,
    form: ProposalFormat,
    data: Path,
    base: str,
    language: str,
    store: str | None,
) -> None:
    """Write the likeliest pairs with score and reasons."""
    with open_workspace(data, base=base, store=store) as workspace:
        pairs = list(islice(_proposals(workspace, kinds, least), limit))
        names = _names(workspace, pairs, language)
    if form is ProposalFormat.TABLE:
        heads = [say(language, key) for key in ("score", "pair", "reasons")]
        rows = [
            (f"{pair.score:.2f}", f"{names[pair.one]}\n{names[pair.other]}", _why(pair, language)) for pair in pairs
        ]
        out().print(table(heads, rows) if rows else say(language, "no-rows"))
        return
    records = [
        {
            "one": pair.one,
            "other": pair.other,
            "score": round(pair.score, 4),
            "reasons": [
                {"weight": round(reason.weight, 2), "words": reason.words(language)} for reason in pair.reasons
            ],
        }
        for pair in pairs
    ]
    if form is ProposalFormat.JSON:
        json.dump(records, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(["one", "other", "score", "reasons"])
    writer.writerows([p.one, p.other, f"{p.score:.4f}", _why(p, language).replace("\n", "; ")] for p in pairs)


def review_proposals(
    kinds: list[str], least: float, limit: int, data: Path, base: str, language: str, store: str | None, *, by: str
) -> None:
    """Show one pair after the other and take what a person decides about it."""
    with open_workspace(data, base=base, write=True, store=store) as workspace:
        pairs = list(islice(_proposals(workspace, kinds, least), limit))
        names = _names(workspace, pairs, language)
        for number, pair in enumerate(pairs, 1):
            identity = workspace.archive.identity
            if pair.one in identity.merged or pair.other in identity.merged:
                continue  # an earlier decision of this review
            out().print(f"\n{number}/{len(pairs)}  {pair.score:.2f}", style="bold", markup=False)
            out().print(f"1 {names[pair.one]}\n2 {names[pair.other]}\n{_why(pair, language)}", markup=False)
            answer = Prompt.ask(say(language, "review"), choices=["1", "2", "d", "s", "q"], default="s", console=out())
            if answer == "q":
                return
            if answer == "s":
                continue
            reason = Prompt.ask(say(language, "why"), console=out(), default=say(language, "reviewed"))
            old, kept = (pair.other, pair.one) if answer == "1" else (pair.one, pair.other)
            kind = Kind.DIFFERENT if answer == "d" else Kind.MERGE
            try:
                decide(workspace, kind, old, kept, by=by, reason=reason)
            except EtappeError as error:
                err().print(error.said(language), markup=False)


def list_decisions(data: Path, base: str, language: str, store: str | None) -> None:
    """All decisions about identity, in their order."""
    with open_workspace(data, base=base, store=store) as workspace:
        rows = [
            (word(event.kind, language), event.id, event.name, event.at, event.by, event.reason or "")
            for event in workspace.archive.events
            if event.document == IDENTITY
        ]
    heads = ["", "", "", *(say(language, key) for key in ("since", "by", "why"))]
    out().print(table(heads, rows) if rows else say(language, "no-rows"))


def draft_registry(path: Path, mapping: Path | None, data: Path, base: str, output: Path | None, language: str) -> int:
    """Make a registry document of a list of office holders. Returns the exit code: 1 when a row could not be taken."""
    failed = False

    def told(problem: EtappeError) -> None:
        nonlocal failed
        failed = failed or type(problem) is not Note
        err().print(problem.said(language), markup=False)

    try:
        with open_workspace(data, base=base) as workspace:
            registry = workspace.registry()
    except NotFound:  # no data yet
        registry = None
    kinds = {".csv": "text/csv", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    if path.suffix.lower() not in kinds:
        raise UsageError("is neither CSV nor XLSX", file=path)
    source = Source(path.name, kinds[path.suffix.lower()], load_bytes(path))
    known = (
        read_holder_mapping(Source(mapping.name, "application/json", load_bytes(mapping)))
        if mapping is not None
        else None
    )
    text = registry_from(source, known, registry, base, told=told)
    if output is None:
        sys.stdout.write(text)
    else:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"cannot be written ({(error.strerror or str(error)).lower()})", file=output) from error
        err().print(str(output), markup=False)
    return int(failed)


def _proposals(workspace: Workspace, kinds: list[str], least: float) -> Iterable[Proposal]:
    return propose(workspace.store, workspace.base, kinds, workspace.archive.identity, least=least)


def _names(workspace: Workspace, pairs: list[Proposal], language: str) -> dict[str, str]:
    things = {name: NamedNode(f"{workspace.base}/id/{name}") for pair in pairs for name in (pair.one, pair.other)}
    known = labels(workspace.store, set(things.values()))
    return {name: f"{best_label(known.get(iri.value, {}), language)} ({name})" for name, iri in things.items()}


def _why(pair: Proposal, language: str) -> str:
    return "\n".join(f"{reason.weight:+.1f} {reason.words(language)}" for reason in pair.reasons)
