"""Columns against the store: on the example campaign and on campaigns that Hypothesis makes up, they say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from etappe import resources
from etappe.admission import admit_all
from etappe.answering import answer
from etappe.columns import Columns, Presence, derived
from etappe.errors import StoreUnavailable
from etappe.identity.deciding import decide
from etappe.identity.decisions import Kind
from etappe.namespaces import CV, ET, ETV, FOAF, RDF, SCHEMA, XSD
from etappe.network import SUMS, from_columns, from_store
from etappe.network.attendance import Attendance, rows_of
from etappe.questions import Table, ask, question
from etappe.reading.archives import inputs
from etappe.retracting import retract
from etappe.store.oxigraph import OxigraphStore
from etappe.workspace import COLUMNS, open_workspace

BASE = "https://e.example"
NAMES = {
    "presence": ("person", "item", "stop", "day", "role", "post"),
    "visit": ("organization", "item", "stop", "day"),
    "topic": ("topic", "item", "stop"),
}


def in_words(attendance: Attendance) -> dict[str, set[tuple[object, ...]]]:
    return {
        kind: {tuple(row.values()) for row in rows_of(getattr(attendance, kind), attendance.terms, names)}
        for kind, names in NAMES.items()
    }


def test_they_follow_every_admission_decision_and_retraction(tmp_path: Path) -> None:
    examples = resources.folder("examples")
    paths = [str(examples / name) for name in ("registry", "stralsund", "tours")]
    with open_workspace(tmp_path / "data", write=True) as workspace:

        def agree() -> dict[str, set[tuple[object, ...]]]:
            with workspace.columns() as columns:
                found = in_words(from_columns(columns))
            assert found == in_words(from_store(workspace.store))
            assert list(workspace.differences()) == []
            return found

        for _ in admit_all(workspace, inputs(paths), by="test"):
            pass
        whole = agree()
        assert len(whole["presence"]) > 40
        decide(workspace, Kind.MERGE, "veit-kremperheide", "enno-groden", by="test", reason="-")
        merged = agree()
        assert merged != whole
        retract(workspace, "stralsund-2017", by="test", reason="-")
        assert len(agree()["presence"]) < len(merged["presence"])
    (tmp_path / "data" / COLUMNS).unlink()
    with open_workspace(tmp_path / "data") as workspace:  # made in memory for who only reads
        agree()
        assert not (tmp_path / "data" / COLUMNS).exists()


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    path = tmp_path / "columns.sqlite"
    path.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(StoreUnavailable, match="rebuild"):
        Columns(path)


def node(kind: str, name: object) -> NamedNode:
    return NamedNode(f"{BASE}/id/{kind}/{name}")


people = st.sampled_from([node("person", "a"), node("person", "b"), node("person", "c"), node("group", "r.g")])
participations = st.tuples(
    st.integers(0, 3),  # item, 0 is the stop
    people,
    st.sampled_from([ETV.present, ETV.absent, ETV.announced]),
    st.sampled_from([ETV.stated, ETV.depicted, ETV.implied]),
)
reports = st.lists(
    st.tuples(
        st.integers(0, 2),  # stop
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), max_size=3),  # item n lies in an earlier one, day
        st.lists(participations, max_size=6),
        st.sampled_from([None, None, SCHEMA.EventScheduled, SCHEMA.EventRescheduled, SCHEMA.EventCancelled]),
    ),
    max_size=4,
)


def graph_of(
    number: int,
    report: tuple[int, list[tuple[int, int]], list[tuple[int, NamedNode, NamedNode, NamedNode]], NamedNode | None],
) -> list[Triple]:
    stop_number, items, present, status = report
    stop = node("stop", stop_number)
    events = [stop]
    triples = [Triple(stop, RDF.type, ET.Stop)]
    if status is not None:
        triples.append(Triple(stop, SCHEMA.eventStatus, status))
    for place, (above, day) in enumerate(items):
        item = node("item", f"r{number}.i{place}")
        triples.append(Triple(item, SCHEMA.superEvent, events[min(above, len(events) - 1)]))
        triples.append(Triple(item, SCHEMA.startDate, Literal(date(2020, 1, day).isoformat(), datatype=XSD.date)))
        triples.append(Triple(item, ET.visited, node("organization", day)))
        triples.append(Triple(item, SCHEMA.about, node("topic", above)))
        events.append(item)
    for place, (where, who, presence, certainty) in enumerate(present):
        participation = node("participation", f"r{number}.p{place}")
        triples += [
            Triple(events[min(where, len(events) - 1)], CV.hasParticipation, participation),
            Triple(participation, CV.hasParticipant, who),
            Triple(participation, ET.presence, presence),
            Triple(participation, ET.certainty, certainty),
        ]
    return triples


@settings(max_examples=60, deadline=None)
@given(reports)
def test_they_say_what_sparql_says(
    campaign: list[
        tuple[int, list[tuple[int, int]], list[tuple[int, NamedNode, NamedNode, NamedNode]], NamedNode | None]
    ],
) -> None:
    graphs = {
        NamedNode(f"{BASE}/graph/report/r{number}/1"): graph_of(number, report)
        for number, report in enumerate(campaign)
    }
    known = [Triple(node("person", name), RDF.type, FOAF.Person) for name in "abc"]
    with OxigraphStore() as store, Columns() as columns:
        store.fill(Quad(t.subject, t.predicate, t.object, graph) for graph, triples in graphs.items() for t in triples)
        store.apply({NamedNode(f"{BASE}/graph/registry"): known})
        columns.apply(graphs, "1")
        assert in_words(from_columns(columns)) == in_words(from_store(store))


def test_presence_goes_up_and_never_down_or_sideways() -> None:
    stop, day, talk, visit = node("stop", "s"), node("item", "day"), node("item", "talk"), node("item", "visit")
    participation, person = node("participation", "p"), node("person", "a")
    triples = [
        Triple(day, SCHEMA.superEvent, stop),
        Triple(talk, SCHEMA.superEvent, day),
        Triple(visit, SCHEMA.superEvent, day),
        Triple(talk, CV.hasParticipation, participation),
        Triple(participation, CV.hasParticipant, person),
        Triple(participation, ET.presence, ETV.present),
        Triple(participation, ET.certainty, ETV.stated),
    ]
    assert {row.item for row in derived(triples) if isinstance(row, Presence)} == {talk.value, day.value}


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"person": "levke-aarfeld"},
        {"tour": "netzfahrt-nord-2018"},
        {"from": "2018-01-01"},
        {"from": "2017-01-01", "to": "2018-06-30"},
        {"to": "2000-01-01"},
    ],
    ids=str,
)
def test_a_question_answered_by_columns_is_answered_as_by_sparql(tmp_path: Path, parameters: dict[str, str]) -> None:
    examples = resources.folder("examples")
    paths = [str(examples / name) for name in ("registry", "stralsund", "tours")]
    with open_workspace(tmp_path / "data", write=True) as workspace:
        for _ in admit_all(workspace, inputs(paths), by="test"):
            pass
        store, base = workspace.store, workspace.base
        for number in SUMS:
            entry = question(number)
            asked = {name: value for name, value in parameters.items() if name in {p.name for p in entry.parameters}}
            summed = answer(workspace.archive, store, base, entry, asked, folder=workspace.folder)
            assert unordered(summed) == unordered(ask(store, base, entry, asked))


def unordered(table: Table) -> list[tuple[object, ...]]:
    """Rows in their order; of a cell or basis with several things, the order means nothing."""
    return [(*(frozenset(cell.terms) for cell in row.cells), frozenset(row.basis)) for row in table.rows]
