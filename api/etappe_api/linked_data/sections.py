"""What the page of a thing says beside its bare statements: tables, most of them answers of the question catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from etappe.model import Term
from etappe.namespaces import CV, ET, ORG, SCHEMA
from etappe.questions import Table, ask, catalogue, question
from etappe.store import Bindings, Store
from etappe_api.linked_data import queries
from etappe_api.linked_data.entities import Statement
from etappe_api.linked_data.facts import Facts, Source
from etappe_api.linked_data.showing import Names, Shown
from etappe_api.pages.texts import say

#: Questions of the catalogue whose answers stand on a page, with the parameter that takes the thing: those that look
#: only at what belongs to it. All others are offered as links.
ASKED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "organization": (("CQ23", "organization"),),
    "tour": (("CQ01", "tour"),),
    "item": (("CQ11", "item"),),
    "report": (("CQ13", "report"), ("CQ22", "report")),
}
#: Rows of a table on a page; the question has them all.
ROWS = 100

Cells = tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True)
class Row:
    """One row: a list of texts for each column, and what it rests on."""

    cells: Cells
    sources: tuple[tuple[Shown, tuple[Shown, ...]], ...] = ()


@dataclass(frozen=True)
class Section:
    """A table with a heading. ``key``: words of ours (``texts.py``) for the heading, where ``title`` is empty."""

    rows: tuple[Row, ...]
    heads: tuple[str, ...] = ()
    title: str = ""
    key: str = ""
    href: str = ""
    names: tuple[str, ...] = field(default=())


#: Parts of a page are first collected, then shown, when all labels that they need are there.
Draft = Callable[[Names], Section]


def sources_shown(sources: Iterable[Source], names: Names) -> tuple[tuple[Shown, tuple[Shown, ...]], ...]:
    """Reports with their quotes. Quotes are in the language of the report, which its title tells."""
    found = []
    for source in sources:
        report = names.iri(source.iri)
        tag = names.label(source.iri)[1] or "de"
        lang = "" if tag == names.language else tag
        words = [Shown(f"„{' '.join(quote.split())}“", lang) for quote in source.quotes]
        found.append((report, (*words, *(Shown(note) for note in source.notes))))
    return tuple(found)


def asked(store: Store, base: str, iri: str, kind: str, language: str) -> tuple[list[tuple[str, str, Table]], set[str]]:
    """The answers about a thing (name of the question, parameter, table), and every IRI in them."""
    tables = []
    iris: set[str] = set()
    for number, parameter in ASKED.get(kind, ()):
        asking = question(number)
        table = ask(store, base, asking, {parameter: iri}, language, explain=True)
        if table.rows:
            tables.append((asking.name, parameter, table))
            iris |= iris_of(table)
    return tables, iris


def iris_of(table: Table) -> set[str]:
    """Every IRI of an answer and of its explanations."""
    terms = (term for row in table.rows for cell in row.cells for term in cell.terms)
    reports = {reason.report for row in table.rows for reason in row.explanations}
    return {term.value for term in terms if isinstance(term, NamedNode)} | reports


def answered(name: str, parameter: str, table: Table, iri: str, names: Names) -> Section:
    """An answer as a section, without the column of the thing itself and of the report, which stands as the source."""
    shown = [index for index, column in enumerate(table.names) if column not in (parameter, "report")]
    rows = tuple(
        Row(
            tuple(tuple(names.word(term) for term in row.cells[index].terms) for index in shown),
            sources_shown((Source(reason.report, reason.quotes) for reason in row.explanations), names),
        )
        for row in table.rows[:ROWS]
    )
    heads = tuple(table.heads[index] for index in shown)
    return Section(rows, heads, table.title, href=_address(name, parameter, iri))


def _address(name: str, parameter: str, iri: str) -> str:
    return f"/questions/{name}?{urlencode({parameter: '/'.join(iri.rsplit('/', 2)[-2:])})}"


def offered(iri: str, kind: str, language: str) -> tuple[Shown, ...]:
    """Links to every question of the catalogue that takes a thing of that kind."""
    return tuple(
        Shown(question.titles[language], href=_address(question.name, parameter.name, iri))
        for question in catalogue()
        for parameter in [each for each in question.parameters if each.type == kind][:1]
    )


def statements_of(store: Store, nodes: Sequence[Term]) -> Facts:
    """What is said of some nodes, with the words it rests on."""
    if not nodes:
        return Facts(())
    found = store.query(queries.bound("statements", {"?start": [(node,) for node in nodes]}))
    assert isinstance(found, Bindings)
    rows = ((row["s"], row["p"], row["o"], row["g"]) for row in found)
    return Facts(Statement(s.value, p.value, o, g.value) for s, p, o, g in rows if s and p and o and g)


@dataclass(frozen=True)
class Attendance:
    """The stops that a person attended: participation, item, stop and day, and what is said of the participations."""

    rows: tuple[tuple[str, str, str, str], ...]
    facts: Facts

    def section(self, names: Names) -> Section | None:
        """A row for each day at a stop, with the roles and the offices of that day."""
        grouped: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
        for node, item, stop, day in self.rows:
            nodes, items = grouped.setdefault((stop, day), ([], []))
            nodes.append(node)
            items.append(item)
        rows = []
        for (stop, day), (nodes, items) in grouped.items():

            def shown(nodes: list[str], *properties: NamedNode) -> tuple[Shown, ...]:
                terms = dict.fromkeys(term for node in nodes for term in self.facts.values(node, *properties))
                return tuple(names.term(term) for term in terms)

            cells = (
                (names.day(day),) if day else (),
                (names.iri(stop),),
                tuple(names.iri(item) for item in dict.fromkeys(items) if item != stop),
                shown(nodes, CV.role),
                shown(nodes, ET.inCapacityOf, ET.onBehalfOf),
                shown(nodes, ET.certainty),
            )
            sources = dict.fromkeys(source for node in nodes for source in self.facts.sources(node))
            rows.append(Row(cells, sources_shown(sources, names)))
        return (
            Section(tuple(rows), key="attended", names=("day", "stop", "item", "role", "office", "certainty"))
            if rows
            else None
        )


def attendance(store: Store, person: NamedNode) -> Attendance:
    """The stops that a person attended."""
    found = store.query(queries.bound("attended", {"?person": [(person,)]}))
    assert isinstance(found, Bindings)
    rows = [(row["participation"], row["item"], row["stop"], row["day"]) for row in found]
    facts = statements_of(store, list(dict.fromkeys(node for node, *_ in rows if node is not None)))
    texts = tuple((n.value, i.value, s.value, d.value if d else "") for n, i, s, d in rows if n and i and s)
    return Attendance(texts, facts)


def holders(store: Store, organization: NamedNode) -> Facts:
    """The tenures of the posts of an organisation."""
    found = store.query(queries.bound("holders", {"?organization": [(organization,)]}))
    assert isinstance(found, Bindings)
    return statements_of(store, [row["tenure"] for row in found if row["tenure"] is not None])


def offices(facts: Facts, names: Names, *, whose: str) -> Section | None:
    """Tenures and reported affiliations with their validity, newest first.

    Args:
        whose: the person or organisation of the page; the column of the other side is shown.
    """
    tenures = sorted(facts.subjects(ET.Tenure), key=lambda node: _begin(facts, node), reverse=True)
    rows = []
    for node in tenures:
        people = facts.texts(node, ORG.member)
        where = [iri for iri in facts.texts(node, ET.post, ORG.organization) if iri != whose]
        roles = facts.values(node, ET.reportedTitle) or facts.values(node, ORG.role)
        cells = (
            tuple(names.iri(iri) for iri in people if iri != whose),
            tuple(names.iri(iri) for iri in where),
            tuple(names.term(term) for term in roles),
            tuple(period(facts, node, names)),
        )
        rows.append(Row(cells, sources_shown(facts.sources(node), names)))
    if not rows:
        return None
    columns = ("person", "office", "function", "period")
    used = [index for index in range(len(columns)) if any(row.cells[index] for row in rows)]
    slim = tuple(Row(tuple(row.cells[index] for index in used), row.sources) for row in rows)
    return Section(slim, key="offices", names=tuple(columns[index] for index in used))


def _begin(facts: Facts, node: str) -> str:
    return facts.text(node, SCHEMA.startDate, ET.notBefore, ET.attestedOn)


def period(facts: Facts, node: str, names: Names) -> list[Shown]:
    """When a tenure held, in words: known bounds, bounds known roughly, days for which a report attests it."""

    def said(key: str, day: str) -> Shown:
        return Shown(say(names.language, key, day=names.day(day).text))

    parts = []
    if start := facts.text(node, SCHEMA.startDate):
        parts.append(said("from_day", start))
    elif start := facts.text(node, ET.notBefore):
        parts.append(said("from_day_at_earliest", start))
    if end := facts.text(node, SCHEMA.endDate):
        parts.append(said("until_day", end))
    elif end := facts.text(node, ET.notAfter):
        parts.append(said("until_day_at_latest", end))
    elif start:
        parts.append(Shown(say(names.language, "in_office")))
    parts += [said("attested_on", day) for day in facts.texts(node, ET.attestedOn)]
    return parts
