"""Answers as they were at a moment, and what changed in them since, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time

from pyoxigraph import Literal, NamedNode

from etappe.archive import IDENTITY, Archive, Event
from etappe.errors import NotFound, UsageError
from etappe.model import Document
from etappe.projection import whole
from etappe.questions import Cell, Question, Row, Table, ask, bound_query, explained, question, word
from etappe.store import Bindings, Store
from etappe.store.oxigraph import OxigraphStore

#: Heads of the columns that a comparison adds.
_HEADS = {"de": ("Änderung", "Grund"), "en": ("change", "why")}
#: Parameters of a question that compares two days.
_DAYS = ("since", "until")


def moment(text: str) -> str:
    """A moment as the archive writes it: ``2026-11-25`` means the end of that day in UTC.

    Raises:
        UsageError: it is neither a day nor a day with a time.
    """
    try:
        if len(text) == len("2026-11-25"):
            found = datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        else:
            found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no moment; write a day such as 2026-11-25, or 2026-11-25T14:00:00") from error
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def answer(
    archive: Archive,
    store: Store,
    base: str,
    entry: Question,
    parameters: Mapping[str, str],
    language: str = "en",
    *,
    explain: bool = False,
) -> Table:
    """Answer a question that compares two days (CQ46).

    Raises:
        UsageError: see ``ask``.
    """
    assert entry.compares is not None
    unknown = sorted(set(parameters) - {parameter.name for parameter in entry.parameters})
    if unknown or "since" not in parameters:
        bound_query(store, base, entry, parameters, language)  # says what is wrong
    days = [moment(parameters[name]) if name in parameters else None for name in _DAYS]
    assert days[0] is not None
    rest = {name: value for name, value in parameters.items() if name not in _DAYS}
    table = compare(archive, base, question(entry.compares), rest, language, since=days[0], until=days[1])
    table = replace(table, title=entry.titles[language])
    return explained(store, table, language) if explain else table


@contextmanager
def as_of(archive: Archive, base: str, at: str) -> Iterator[Store]:
    """The graph as it was at a moment (see ``moment``), in memory."""
    with OxigraphStore() as store:
        store.fill(whole(archive.until(at), base))
        yield store


def compare(
    archive: Archive,
    base: str,
    entry: Question,
    parameters: Mapping[str, str],
    language: str = "en",
    *,
    since: str,
    until: str | None = None,
) -> Table:
    """What changed in an answer between two moments: rows that came and went, and the events that made them.

    Args:
        since, until: moments (see ``moment``); without the later one, up to now.
    """
    later = archive.until(until) if until is not None else archive
    events = [event for event in later.events if event.at > since]
    with OxigraphStore() as then, OxigraphStore() as now:
        then.fill(whole(archive.until(since), base))
        now.fill(whole(later, base))
        before = _answer(then, base, entry, parameters, language)
        after = _answer(now, base, entry, parameters, language)
        if before is None and after is None:
            ask(now, base, entry, parameters, language)  # says what is not known on either day
        before, after = before or _nothing(entry, language), after or _nothing(entry, language)
        gone, come = _only(before, after), _only(after, before)
        rows = [_change("gone", row, then, events, base, language) for row in gone]
        rows += [_change("come", row, now, events, base, language) for row in come]
    change, why = _HEADS[language]
    return Table(after.title, ("change", *after.names, "why"), (change, *after.heads, why), tuple(rows))


def _answer(store: Store, base: str, entry: Question, parameters: Mapping[str, str], language: str) -> Table | None:
    """The answer of one day; nothing where a thing that is asked about was not known yet, or not any more."""
    try:
        return ask(store, base, entry, parameters, language)
    except NotFound:
        return None


def _nothing(entry: Question, language: str) -> Table:
    heads = tuple(column.labels[language] for column in entry.columns)
    return Table(entry.titles[language], tuple(column.name for column in entry.columns), heads, ())


def _only(table: Table, other: Table) -> list[Row]:
    """Rows of one answer that the other does not have."""
    known = Counter(row.cells for row in other.rows)
    found = []
    for row in table.rows:
        if known[row.cells]:
            known[row.cells] -= 1
        else:
            found.append(row)
    return found


def _change(kind: str, row: Row, store: Store, events: list[Event], base: str, language: str) -> Row:
    reasons = _reasons(row, store, events, base)
    why = "; ".join(
        f"{word(event.kind, language)} {event.id} ({event.at[:10]}{f', {event.reason}' if event.reason else ''})"
        for event in reasons
    )
    reason = Cell((Literal(why),), why, (why,)) if why else Cell((), "")
    said = word(kind, language)
    cells = (Cell((Literal(kind),), said, (said,)), *row.cells, reason)
    return Row(cells, row.basis)


def _reasons(row: Row, store: Store, events: list[Event], base: str) -> list[Event]:
    """The events since then that are about the reports a row rests on; else those about registry and identity."""
    graphs = set()
    if row.basis:
        nodes = " ".join(f"<{node}>" for node in row.basis)
        found = store.query(f"SELECT DISTINCT ?g {{ VALUES ?node {{ {nodes} }} GRAPH ?g {{ ?node ?p ?o }} }}")
        assert isinstance(found, Bindings)
        graphs = {cell["g"].value for cell in found if isinstance(cell["g"], NamedNode)}
    start = f"{base}/graph/report/"
    named = {graph.removeprefix(start).rsplit("/", 1)[0] for graph in graphs if graph.startswith(start)}
    own = [
        event
        for event in events
        if event.document == Document.REPORT.value
        and event.kind in ("accepted", "retracted")
        and (event.id in named or named & {name.rsplit("/", 1)[0] for name in event.supersedes})
    ]
    others = (Document.REGISTRY.value, IDENTITY)
    return own or [event for event in events if event.document in others and event.kind != "waiting"]
