"""Networks of a small campaign that can be counted by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etappe.network import (
    FORMS,
    MEASURES,
    Attendance,
    Selection,
    brokers,
    export,
    measure,
    organizations,
    people,
    topics,
)

#: Who was where: person, item, stop, day of May 2020.
WHERE = [
    ("anna", "talk", "north", 1),
    ("bert", "talk", "north", 1),
    ("carl", "talk", "north", 1),
    ("anna", "tour", "north", 2),
    ("bert", "tour", "north", 2),
    ("anna", "fair", "south", 9),
    ("bert", "fair", "south", 9),
    ("dora", "south", "south", 9),  # at the stop only: met nobody
    ("anna", "south", "south", 9),
]


def attendance(where: list[tuple[str, str, str, int]] = WHERE) -> Attendance:
    terms = ["", *sorted({word for row in where for word in row[:3]} | {"works", "fibre"})]
    number = {term: place for place, term in enumerate(terms)}
    rows = [(number[p], number[i], number[s], date(2020, 5, d).toordinal(), 0, 0) for p, i, s, d in where]
    visits = [(number["works"], number[i], number["north"], 0) for i in ("talk",) if i in number]
    themes = [(number["fibre"], number[i], number["north"]) for i in ("talk", "tour") if i in number]
    return Attendance(
        np.array(rows, dtype=np.int32).reshape(-1, 6),
        np.array(visits, dtype=np.int32).reshape(-1, 4),
        np.array(themes, dtype=np.int32).reshape(-1, 3),
        terms,
    )


def label(iris: set[str]) -> Mapping[str, str]:
    return {iri: iri.title() for iri in iris}


def edges(graph: nx.Graph) -> dict[tuple[str, str], tuple[int, int]]:
    return {tuple(sorted(pair)): (data["weight"], data["shared"]) for *pair, data in graph.edges(data=True)}


def test_people_are_linked_by_items_and_weighed_by_stops() -> None:
    network = people(attendance(), label=label)
    assert edges(network.graph) == {("anna", "bert"): (2, 3), ("anna", "carl"): (1, 1), ("bert", "carl"): (1, 1)}
    assert network.items("bert", "anna") == ("fair", "talk", "tour")
    assert network.graph.nodes["anna"] == {"kind": "person", "label": "Anna"}
    with pytest.raises(KeyError):
        network.items("anna", "dora")


def test_a_pair_can_be_asked_to_share_more_stops() -> None:
    assert edges(people(attendance(), least=2, label=label).graph) == {("anna", "bert"): (2, 3)}


@pytest.mark.parametrize(
    ("selection", "pair"),
    [
        (Selection(start=date(2020, 5, 2)), (2, 2)),
        (Selection(end=date(2020, 5, 2)), (1, 2)),
        (Selection(date(2020, 5, 2), date(2020, 5, 2)), (1, 1)),
        (Selection(stops=frozenset({"south"})), (1, 1)),
        (Selection(stops=frozenset({"nowhere"})), None),
    ],
)
def test_only_what_is_selected_counts(selection: Selection, pair: tuple[int, int] | None) -> None:
    found = edges(people(attendance(), selection, label=label).graph)
    assert found.get(("anna", "bert")) == pair


def test_people_and_organizations_and_topics() -> None:
    works = organizations(attendance(), label=label).graph
    assert edges(works) == {("anna", "works"): (1, 1), ("bert", "works"): (1, 1), ("carl", "works"): (1, 1)}
    assert works.nodes["works"]["kind"] == "organization"
    fibre = topics(attendance(), label=label).graph
    assert edges(fibre)[("anna", "fibre")] == (1, 2)


def test_nobody_there_is_an_empty_network() -> None:
    for build in (people, organizations, topics):
        network = build(attendance([]), label=label)
        assert len(network.graph) == 0
        for name in MEASURES:
            assert measure(network.graph, name) == {}
        for form in FORMS:
            assert export(network, form)


def test_measures_agree_with_networkx() -> None:
    chance = np.random.default_rng(1)
    graph: nx.Graph = nx.Graph()
    for one, other in chance.integers(0, 25, (60, 2)):
        if one != other:
            graph.add_edge(str(one), str(other), weight=int(chance.integers(1, 5)))
    assert measure(graph, "degree") == {node: float(n) for node, n in graph.degree()}
    assert measure(graph, "strength") == {node: float(n) for node, n in graph.degree(weight="weight")}
    assert measure(graph, "core") == {node: float(n) for node, n in nx.core_number(graph).items()}
    assert measure(graph, "betweenness") == pytest.approx(nx.betweenness_centrality(graph))
    values, vectors = np.linalg.eig(nx.google_matrix(graph).T)
    stationary = np.real(vectors[:, np.argmax(np.real(values))])
    expected = dict(zip(graph, stationary / stationary.sum(), strict=True))
    assert measure(graph, "pagerank") == pytest.approx(expected, abs=1e-6)


def test_communities_do_not_depend_on_the_order_of_edges() -> None:
    graph = nx.relaxed_caveman_graph(6, 5, 0.1, seed=3)
    named: nx.Graph = nx.relabel_nodes(graph, str)
    turned: nx.Graph = nx.Graph()
    turned.add_edges_from(reversed([(b, a) for a, b in named.edges]))
    assert measure(named, "community") == measure(turned, "community")
    assert max(measure(named, "community").values()) > 2


def test_brokers_link_people_of_different_groups_that_do_not_know_each_other() -> None:
    graph = nx.Graph([("m", "a"), ("m", "b"), ("m", "c"), ("a", "b")])
    assert brokers(graph, {"a": "x", "b": "y", "c": "y"}) == {"m": 1.0, "a": 0.0, "b": 0.0, "c": 0.0}


def test_exports_are_read_by_others_and_always_the_same() -> None:
    network = people(attendance(), label=label)
    values = {"degree": measure(network.graph, "degree")}
    for form in FORMS:
        assert export(network, form, values) == export(people(attendance(WHERE[::-1]), label=label), form, values)
    read = nx.read_graphml(BytesIO(export(network, "graphml", values)))
    assert read.nodes["anna"]["degree"] == 2.0
    assert read["anna"]["bert"]["items"] == "fair talk tour"
    assert set(nx.read_gexf(BytesIO(export(network, "gexf"))).nodes) == {"anna", "bert", "carl"}
    assert len(nx.node_link_graph(json.loads(export(network, "json")), edges="links").edges) == 3
    rows = list(csv.DictReader(io.StringIO(export(network, "csv").decode())))
    assert [(row["sourceLabel"], row["targetLabel"], row["weight"]) for row in rows] == [
        ("Anna", "Bert", "2"),
        ("Anna", "Carl", "1"),
        ("Bert", "Carl", "1"),
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 4), st.integers(0, 1)), max_size=30))
def test_pairs_are_those_that_counting_finds(where: list[tuple[str, int, int]]) -> None:
    rows = sorted({(person, f"i{item}.{stop}", f"s{stop}", 1) for person, item, stop in where})
    expected: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for one, item, stop, _ in rows:
        for other, item_2, _, _ in rows:
            if one < other and item == item_2:
                stops, items = expected.setdefault((one, other), (set(), set()))
                stops.add(stop)
                items.add(item)
    found = people(attendance(rows), label=label)
    assert edges(found.graph) == {pair: (len(stops), len(items)) for pair, (stops, items) in expected.items()}
    for (one, other), (_, items) in expected.items():
        assert found.items(one, other) == tuple(sorted(items))
