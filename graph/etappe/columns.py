"""Who was where, as columns beside the store: numbers in one SQLite file, for networks and heavy sums.

One row says that a person was present at a programme item of a stop. It is derived from one report graph, by the rules
that the questions follow: presence is stated or depicted, goes up to the items above and never down, and what was
announced or called off is none. Like the store, the columns are a projection of the archive and can be made anew.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Self

from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import StoreUnavailable
from etappe.namespaces import CV, ET, ETV, SCHEMA

_CERTAIN = frozenset({ETV.stated, ETV.depicted})
_SCHEMA = """
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE part (
  graph TEXT NOT NULL, kind TEXT NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (graph, kind)
) WITHOUT ROWID;
CREATE TABLE state (only_row INTEGER PRIMARY KEY CHECK (only_row = 0), position TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Presence:
    """A person at an item of a stop. ``item`` is the stop where no item is named; ``post``: in which capacity."""

    person: str
    item: str
    stop: str
    day: date | None
    role: str | None
    post: str | None


@dataclass(frozen=True)
class Visit:
    """An organization that was visited at an item of a stop."""

    organization: str
    item: str
    stop: str
    day: date | None


@dataclass(frozen=True)
class Topic:
    """A topic of an item or a stop."""

    topic: str
    item: str
    stop: str


Row = Presence | Visit | Topic
_NAMES = {kind.__name__.lower(): [field.name for field in fields(kind)] for kind in (Presence, Visit, Topic)}
#: Numbers in a row of each table.
WIDTHS = {kind: len(names) for kind, names in _NAMES.items()}


def derived(triples: Iterable[Triple]) -> Iterator[Row]:
    """The rows of one report graph."""
    values: dict[NamedNode, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            values[triple.subject][triple.predicate.value].append(triple.object)
    graph = _Graph(values)
    yield from graph.presences()
    yield from graph.visits()
    yield from graph.topics()


class _Graph:
    def __init__(self, values: Mapping[NamedNode, Mapping[str, list[NamedNode | Literal]]]) -> None:
        self._values = values

    def presences(self) -> Iterator[Presence]:
        seen = set()
        for item in self._values:
            for participation in self._all(item, CV.hasParticipation):
                if ETV.present not in self._all(participation, ET.presence):
                    continue
                if _CERTAIN.isdisjoint(self._all(participation, ET.certainty)):
                    continue
                people = [p.value for p in self._all(participation, CV.hasParticipant) if "/id/person/" in p.value]
                role, post = self._one(participation, CV.role), self._one(participation, ET.inCapacityOf)
                for above, stop in self._upwards(item):
                    for person in people:
                        row = Presence(person, above.value, stop.value, self._day(above), role, post)
                        if row not in seen:
                            seen.add(row)
                            yield row

    def visits(self) -> Iterator[Visit]:
        for item in self._values:
            for organization in self._all(item, ET.visited):
                for above, stop in self._upwards(item)[:1]:
                    yield Visit(organization.value, above.value, stop.value, self._day(above))

    def topics(self) -> Iterator[Topic]:
        for item in self._values:
            for topic in self._all(item, SCHEMA.about):
                for above, stop in self._upwards(item)[:1]:
                    yield Topic(topic.value, above.value, stop.value)

    def _upwards(self, item: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
        """The item and the items above it, each with its stop; nothing where any of them did not take place."""
        chain, waiting = [], [item]
        while waiting:
            event = waiting.pop()
            if event in chain:
                continue
            chain.append(event)
            if any(status != SCHEMA.EventRescheduled for status in self._all(event, SCHEMA.eventStatus)):
                return []
            waiting.extend(self._all(event, SCHEMA.superEvent))
        stops = [event for event in chain if "/id/stop/" in event.value]
        return [(event, stop) for stop in stops for event in chain if "/id/item/" in event.value or event == item]

    def _all(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        found = self._values.get(subject, {}).get(predicate.value, ())
        return [value for value in found if isinstance(value, NamedNode)]

    def _one(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        return min((value.value for value in self._all(subject, predicate)), default=None)

    def _day(self, event: NamedNode) -> date | None:
        for value in self._values.get(event, {}).get(SCHEMA.startDate.value, ()):
            with suppress(ValueError):
                return date.fromisoformat(value.value)
        return None


class Columns:
    """The columns of one data folder.

    Args:
        path: the file, made when it is missing and ``writable``; ``None`` keeps everything in memory.

    Raises:
        StoreUnavailable: the file cannot be opened, or is none of ours.
    """

    def __init__(self, path: Path | None = None, *, writable: bool = False) -> None:
        self._path = path
        if path is None:
            address, writable = ":memory:", True
        else:
            address = f"file:{path.absolute().as_posix().replace('?', '%3f').replace('#', '%23')}"
            address += "" if writable else "?mode=ro"
        try:
            self._database = sqlite3.connect(address, uri=True)
            if writable and not self._database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                self._database.executescript(_SCHEMA)
            self._database.execute("SELECT 1 FROM state")
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @property
    def position(self) -> str | None:
        """What they were brought up to, in the words of ``apply``."""
        row = self._database.execute("SELECT position FROM state").fetchone()
        return str(row[0]) if row else None

    def apply(self, graphs: Mapping[NamedNode, Iterable[Triple]], position: str, *, anew: bool = False) -> None:
        """Replace the rows of whole graphs, all or none. ``anew``: there were no others.

        Raises:
            StoreUnavailable: the file cannot be written.
        """
        try:
            with self._database:
                if anew:
                    self._database.execute("DELETE FROM part")
                    self._database.execute("DELETE FROM term")
                for graph, triples in graphs.items():
                    self._replace(graph.value, derived(triples) if "/graph/report/" in graph.value else ())
                self._database.execute("INSERT OR REPLACE INTO state VALUES (0, ?)", (position,))
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def blobs(self, kind: str) -> bytes:
        """All rows of a table (``presence``, ``visit``, ``topic``) as 32-bit numbers, ``WIDTHS[kind]`` to a row.

        The columns are those of the dataclass of that name; a thing is given by the number of its term, a day as its
        proleptic ordinal, and what is not known as 0.
        """
        parts = self._database.execute("SELECT rows FROM part WHERE kind = ? ORDER BY graph", (kind,))
        return b"".join(part for (part,) in parts)

    def terms(self) -> list[str]:
        """IRIs by their number; number 0 stands for nothing."""
        found = [""]
        for number, iri in self._database.execute("SELECT id, iri FROM term ORDER BY id"):
            found.extend("" for _ in range(number - len(found)))
            found.append(iri)
        return found

    def in_words(self) -> dict[tuple[str, str], list[tuple[str | int, ...]]]:
        """All rows by graph and table, sorted, with IRIs instead of numbers: the same columns are the same words."""
        terms = self.terms()
        found = {}
        for graph, kind, part in self._database.execute("SELECT graph, kind, rows FROM part"):
            numbers, width = array("i", part), WIDTHS[kind]
            found[graph, kind] = sorted(
                tuple(
                    number if name == "day" else terms[number]
                    for name, number in zip(_NAMES[kind], numbers[start : start + width], strict=True)
                )
                for start in range(0, len(numbers), width)
            )
        return found

    def _replace(self, graph: str, rows: Iterable[Row]) -> None:
        self._database.execute("DELETE FROM part WHERE graph = ?", (graph,))
        numbers: dict[str, array[int]] = {}
        for row in rows:
            kind = type(row).__name__.lower()
            numbers.setdefault(kind, array("i")).extend(self._numbers(row))
        self._database.executemany(
            "INSERT INTO part VALUES (?, ?, ?)", [(graph, kind, found.tobytes()) for kind, found in numbers.items()]
        )

    def _numbers(self, row: Row) -> Iterator[int]:
        for value in vars(row).values():
            if value is None:
                yield 0
            elif isinstance(value, date):
                yield value.toordinal()
            else:
                yield self._number(value)

    def _number(self, iri: str) -> int:
        found = self._database.execute("SELECT id FROM term WHERE iri = ?", (iri,)).fetchone()
        if found is None:
            found = self._database.execute("INSERT INTO term (iri) VALUES (?) RETURNING id", (iri,)).fetchone()
        return int(found[0])

    def _unavailable(self, error: sqlite3.Error) -> StoreUnavailable:
        return StoreUnavailable(
            f"the columns cannot be used ({error}); 'etappe rebuild' makes them anew", file=self._path
        )
