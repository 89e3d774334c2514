"""One contract over every store."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import QueryError
from etappe.store import Bindings, Graph
from etappe.store.oxigraph import OxigraphStore

A, B, C = (NamedNode(f"https://etappe.example/id/topic/{name}") for name in "abc")
P = NamedNode("https://w3id.org/etappe/ns#p")
G1, G2 = (NamedNode(f"https://etappe.example/graph/{number}") for number in "12")


def test_an_empty_store_has_no_graph_and_no_answer(store: OxigraphStore) -> None:
    assert store.graphs() == []
    assert list(store.triples(G1)) == []
    assert store.query("SELECT ?s ?p ?o { ?s ?p ?o }") == Bindings(("s", "p", "o"), ())
    assert store.query("ASK { ?s ?p ?o }") is False


def test_the_default_graph_is_the_union_of_all(store: OxigraphStore) -> None:
    store.apply({G1: [Triple(A, P, B)], G2: [Triple(B, P, C)]})
    assert store.query(f"ASK {{ {A} {P} {B} . {B} {P} {C} }}") is True
    assert store.graphs() == [G1, G2]


def test_apply_replaces_whole_graphs_and_drops_empty_ones(store: OxigraphStore) -> None:
    store.apply({G1: [Triple(A, P, B)], G2: [Triple(B, P, C)]})
    store.apply({G1: [Triple(A, P, C)], G2: []})
    assert list(store.triples(G1)) == [Triple(A, P, C)]
    assert store.graphs() == [G1]


def test_a_failing_apply_changes_nothing(store: OxigraphStore) -> None:
    store.apply({G1: [Triple(A, P, B)]})

    def torn():  # type: ignore[no-untyped-def]
        yield Triple(A, P, C)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.apply({G1: torn()})
    assert list(store.triples(G1)) == [Triple(A, P, B)]


def test_terms_come_back_as_they_went_in(store: OxigraphStore) -> None:
    values = [Literal('"Zitat"\n\\ {}'), Literal("Straße", language="de"), Literal("2017-07-28", datatype=P), C]
    store.apply({G1: [Triple(A, P, value) for value in values]})
    assert {triple.object for triple in store.triples(G1)} == set(values)
    answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Graph)
    assert {triple.object for triple in answer.triples} == set(values)


def test_rows_are_mappings_with_nothing_for_unbound(store: OxigraphStore) -> None:
    store.apply({G1: [Triple(A, P, B)]})
    answer = store.query("SELECT ?s ?nothing { ?s ?p ?o }")
    assert isinstance(answer, Bindings)
    assert list(answer) == [{"s": A, "nothing": None}]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        'SELECT * { ?s ?p "#" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
        "SELECT * { ?s ?p <http://e/#> . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused(store: OxigraphStore, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        store.query(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE" } # SERVICE',
        "PREFIX x: <http://e/SERVICE> SELECT ?service { ?service a x:SERVICE }",
    ],
)
def test_the_word_service_alone_is_no_call(store: OxigraphStore, query: str) -> None:
    assert isinstance(store.query(query), Bindings)


@pytest.mark.parametrize(
    "update", ["DROP ALL", "INSERT DATA { <http://e/a> <http://e/b> 1 }", "LOAD <http://127.0.0.1:9/>"]
)
def test_a_query_never_writes(store: OxigraphStore, update: str) -> None:
    with pytest.raises(QueryError, match="cannot be parsed|not allowed"):
        store.query(update)
    assert store.graphs() == []


def test_a_broken_query_names_its_place(store: OxigraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        store.query("SELECT *\n{ ?s ?p }")
    assert caught.value.position is not None
    assert caught.value.position.line == 2


def test_an_evaluation_fault_is_a_query_error(store: OxigraphStore) -> None:
    with pytest.raises(QueryError):
        store.query("SELECT ?s { GRAPH ?g { ?s ?p ?o } } GROUP BY ?p")


def test_clear_and_fill(store: OxigraphStore) -> None:
    store.apply({G1: [Triple(A, P, B)]})
    quads = list(store.quads())
    store.clear()
    assert store.graphs() == []
    store.fill(quads)
    assert list(store.quads()) == quads
