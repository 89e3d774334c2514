"""Updates on throw-away copies, in processes that may end on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from etappe.errors import QueryError, QueryTimeout, QueryTooLarge
from etappe.store.oxigraph import OxigraphStore
from etappe.store.rehearsal import Limits, Update, rehearse
from etappe.store.rehearsing import carry_out

LIMITS = Limits(timeout=60, max_memory=1024**3, max_change=1024**2)
A, B, P = NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:p")
QUADS = [Quad(A, P, Literal(1), A), Quad(B, P, Literal(2), B), Quad(B, P, Literal(3), DefaultGraph())]


@pytest.fixture
def store(tmp_path: Path) -> OxigraphStore:
    store = OxigraphStore(tmp_path / "store")
    store.fill(QUADS)
    return store


def update(sparql: str) -> Update:
    return Update(sparql, "http://e.example/")


def test_only_the_copy_changes_and_the_changed_graphs_are_told(store: OxigraphStore, tmp_path: Path) -> None:
    for state in (store, iter(QUADS)):
        sparql = (
            "DROP GRAPH <a:a> ; INSERT DATA { <a:b> <a:p> 4 } ; DELETE { GRAPH <a:b> { ?s ?p 9 } } WHERE { ?s ?p 3 }"
        )
        changes = rehearse(state, update(sparql), tmp_path, LIMITS, changes=True)
        assert {name: len(triples) for name, triples in changes.items()} == {"": 2, "a:a": 0}
    assert set(store.quads()) == set(QUADS)
    assert rehearse(store, update("CLEAR ALL"), tmp_path, LIMITS, changes=False) == {}
    assert not list(tmp_path.glob("rehearsal-*"))


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("INSERT DATA {", "cannot be parsed"),
        ("DROP GRAPH <a:none>", "a:none"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD is not allowed"),
    ],
)
def test_what_fails_there_is_told(store: OxigraphStore, tmp_path: Path, sparql: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        rehearse(store, update(sparql), tmp_path, LIMITS, changes=True)


def test_what_takes_too_much_is_stopped(store: OxigraphStore, tmp_path: Path) -> None:
    many = " . ".join(f"<a:{number}> <a:p> {number}" for number in range(3000))
    store.update(f"INSERT DATA {{ {many} }}")
    endless = update("INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f = ?i - 0.5) }")
    with pytest.raises((QueryTimeout, QueryTooLarge)):
        rehearse(store, endless, tmp_path, Limits(1.0, 512 * 1024**2, 1024), changes=False)
    with pytest.raises(QueryTooLarge, match="changes more"):
        rehearse(store, update("DELETE DATA { <a:1> <a:p> 1 }"), tmp_path, Limits(60, 1024**3, 1024), changes=True)


def test_what_the_process_does_on_the_copy(store: OxigraphStore, tmp_path: Path) -> None:
    store.backup(tmp_path / "copy")
    details = {
        "path": str(tmp_path / "copy"),
        "base": None,
        "using": ["a:b"],
        "using_named": [],
        "changes": True,
        "max_change": 10_000,
    }
    names, quads = carry_out(details, "DELETE { GRAPH <a:b> { ?s ?p ?o } } WHERE { ?s ?p ?o }", b"")
    assert (json.loads(names), quads) == (["a:b"], b"")
    names, quads = carry_out({**details, "using": []}, "INSERT DATA { GRAPH <a:n> { <a:a> <a:p> 1 } }", b"")
    assert (json.loads(names), quads.count(b"\n")) == (["a:n"], 1)
    assert carry_out({**details, "changes": False}, "CLEAR ALL", b"") == (b"[]", b"")
    dump = serialize(QUADS, format=RdfFormat.N_QUADS)
    elsewhere = {**details, "path": str(tmp_path / "none"), "using": []}
    assert dump is not None
    names, quads = carry_out(elsewhere, "CLEAR DEFAULT", dump)
    assert json.loads(names) == [""]
    with pytest.raises(QueryTooLarge, match="changes more than it may"):
        carry_out({**elsewhere, "max_change": 10}, "INSERT DATA { GRAPH <a:n> { <a:a> <a:p> 1 } }", dump)
