"""The programme of a stop, in order, with who took part in which office on that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from etappe.errors import UsageError
from etappe.model import Term
from etappe.namespaces import ET, FOAF, RDF, SCHEMA
from etappe.questions import Row as Answer
from etappe.questions import Table, ask, question
from etappe.store import Bindings, Store
from etappe_api.linked_data import queries
from etappe_api.linked_data.facts import Source
from etappe_api.linked_data.sections import iris_of, sources_shown, statements_of
from etappe_api.linked_data.showing import Names, Shown

#: For how many office holders of a stop the office is looked up for the day (CQ06).
LOOKED_UP = 40


@dataclass(frozen=True)
class Participant:
    """Somebody at an item. ``status``: what is known of the office on that day, in the words of CQ06."""

    who: Shown
    role: tuple[Shown, ...]
    office: tuple[Shown, ...]
    reported: tuple[Shown, ...]
    behalf: tuple[Shown, ...]
    certainty: tuple[Shown, ...]
    status: tuple[Shown, ...]
    sources: tuple[tuple[Shown, tuple[Shown, ...]], ...]


@dataclass(frozen=True)
class Item:
    """A programme item with its participants and the items below it."""

    item: Shown
    day: tuple[Shown, ...]
    part: tuple[Shown, ...]
    kind: tuple[Shown, ...]
    participants: tuple[Participant, ...]
    items: tuple[Item, ...]
    sources: tuple[tuple[Shown, tuple[Shown, ...]], ...]


class Programme:
    """What the store answers about a stop: CQ11 for participation, CQ06 for the office on a day, the order as CQ07.

    Attributes:
        iris: every IRI that needs a label.
    """

    def __init__(self, store: Store, base: str, stop: NamedNode, language: str) -> None:
        self._stop = stop.value
        asked = {"stop": stop.value}
        self._took_part = ask(store, base, question("CQ11"), asked, language, explain=True)
        self._children = _children(store, stop)
        nodes = {node for row in self._took_part.rows for node in row.basis}
        items = {self._stop, *(child for below in self._children.values() for child in below)}
        self._facts = statements_of(store, [NamedNode(iri) for iri in sorted(nodes | items)])
        self._status = self._offices(store, base, language)
        self.iris = iris_of(self._took_part) | items
        for row in self._took_part.rows:
            for node in row.basis:
                self.iris |= set(self._facts.texts(node, ET.inCapacityOf, ET.onBehalfOf))
        for item in items:
            self.iris |= {*self._facts.types(item), *self._facts.texts(item, ET.partOfDay)}

    def items(self, names: Names) -> tuple[Item, ...]:
        """The items directly below the stop, in order."""
        return tuple(self._item(iri, names) for iri in self._children.get(self._stop, ()))

    def at_large(self, names: Names) -> tuple[Participant, ...]:
        """Who is said to have been at the stop, without a programme item."""
        return self._participants(self._stop, names)

    def _item(self, iri: str, names: Names) -> Item:
        facts = self._facts
        kinds = facts.values(iri, RDF.type)
        return Item(
            names.iri(iri),
            tuple(names.term(term) for term in facts.values(iri, SCHEMA.startDate)),
            tuple(names.term(term) for term in facts.values(iri, ET.partOfDay)),
            tuple(names.term(term) for term in kinds),
            self._participants(iri, names),
            tuple(self._item(child, names) for child in self._children.get(iri, ())),
            sources_shown(facts.sources(iri), names),
        )

    def _participants(self, item: str, names: Names) -> tuple[Participant, ...]:
        found = []
        for row in self._took_part.rows:
            cells = _cells(self._took_part, row)
            if cells["item"][0].value == item:
                found.append(self._participant(row, cells, names))
        return tuple(found)

    def _participant(self, row: Answer, cells: Mapping[str, tuple[Term, ...]], names: Names) -> Participant:
        who = cells["participant"][0].value

        def shown(*properties: NamedNode) -> tuple[Shown, ...]:
            terms = dict.fromkeys(term for node in row.basis for term in self._facts.values(node, *properties))
            return tuple(names.term(term) for term in terms)

        posts = {iri for node in row.basis for iri in self._facts.texts(node, ET.inCapacityOf)}
        days = self._facts.texts(cells["item"][0].value, SCHEMA.startDate)
        statuses = [self._status[key] for day in days for post in posts if (key := (who, day, post)) in self._status]
        return Participant(
            names.iri(who),
            tuple(names.term(term) for term in cells["role"]),
            shown(ET.inCapacityOf),
            shown(ET.reportedTitle),
            shown(ET.onBehalfOf),
            tuple(names.term(term) for term in cells["certainty"]),
            tuple(Shown(text) for text in dict.fromkeys(statuses)),
            sources_shown((Source(reason.report, reason.quotes) for reason in row.explanations), names),
        )

    def _offices(self, store: Store, base: str, language: str) -> dict[tuple[str, str, str], str]:
        """What is known of the offices in which people took part: by person, day and post."""
        wanted: dict[tuple[str, str], None] = {}
        for row in self._took_part.rows:
            cells = _cells(self._took_part, row)
            if any(self._facts.texts(node, ET.inCapacityOf) for node in row.basis):
                for day in self._facts.texts(cells["item"][0].value, SCHEMA.startDate):
                    wanted[cells["participant"][0].value, day] = None
        found: dict[tuple[str, str, str], str] = {}
        for person, day in list(wanted)[:LOOKED_UP]:
            if not _is_person(store, person):
                continue
            try:
                table = ask(store, base, question("CQ06"), {"person": person, "day": day}, language)
            except UsageError:  # a person under another base, whom the question cannot name
                continue
            for row in table.rows:
                cells = _cells(table, row)
                status = row.cells[table.names.index("status")].text
                found.setdefault((person, day, cells["post"][0].value), status)
        return found


def _cells(table: Table, row: Answer) -> dict[str, tuple[Term, ...]]:
    return {name: cell.terms for name, cell in zip(table.names, row.cells, strict=True)}


def _is_person(store: Store, iri: str) -> bool:
    return bool(store.query(f"ASK {{ {NamedNode(iri)} a {FOAF.Person} }}"))


def _children(store: Store, stop: NamedNode) -> dict[str, list[str]]:
    """The items below each event of a stop in order: by day, then by how many items of the same report came before."""
    found = store.query(queries.bound("programme", {"?stop": [(stop,)]}))
    assert isinstance(found, Bindings)
    parents: dict[str, set[str]] = defaultdict(set)
    reports: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    days: dict[str, str] = {}
    for row in found:
        item, parent, day, report = (row[name] for name in ("item", "parent", "day", "report"))
        assert item is not None and parent is not None and day is not None and report is not None
        parents[item.value].add(parent.value)
        reports[item.value].add(report.value)
        days[item.value] = min(day.value, days.get(item.value, day.value))
        if row["before"] is not None:
            before[item.value].add(row["before"].value)

    def number(item: str) -> int:
        others = (top for top in days if stop.value in parents[top] and top != item and reports[top] & reports[item])
        return sum(days[other] < days[item] or other in before[item] for other in others)

    children: dict[str, list[str]] = defaultdict(list)
    for item_iri in sorted(days, key=lambda iri: (days[iri], number(iri), iri)):
        for parent_iri in parents[item_iri]:
            children[parent_iri].append(item_iri)
    return children
