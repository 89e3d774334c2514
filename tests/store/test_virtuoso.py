"""What Virtuoso 7 cannot do: the reason why a folder whose graph it holds is not asked there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from etappe import resources
from etappe.admission import admit_all
from etappe.errors import QueryError, QueryTooLarge
from etappe.questions import Question, ask, catalogue
from etappe.questions.formats import serialise
from etappe.reading.archives import inputs
from etappe.store.remote import RemoteStore
from etappe.workspace import Workspace, open_workspace, rebuild
from store.servers import Server, virtuoso

VALUES = {
    "person": "christian-pegel",
    "other": "oscar-schroeder",
    "day": "2017-07-28",
    "publisher": "breitbandbuero-des-bundes",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    examples = resources.folder("examples")
    with open_workspace(folder, write=True) as workspace:
        for _ in admit_all(workspace, inputs([examples / "registry", examples / "stralsund"]), by="test"):
            pass
    return folder


@pytest.fixture(scope="module")
def embedded(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def filled(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        rebuild(folder, store=server.address)
        yield RemoteStore(f"{server.address}?timeout=5")


def outcome(server: RemoteStore, embedded: Workspace, entry: Question) -> str:
    parameters = {parameter.name: VALUES[parameter.name] for parameter in entry.parameters if parameter.required}
    here = serialise(ask(embedded.store, embedded.base, entry, parameters), "csv")
    try:
        there = serialise(ask(server, embedded.base, entry, parameters), "csv")
    except QueryError:
        return "refused"
    return "the same" if sorted(there.splitlines()) == sorted(here.splitlines()) else "wrong"


def test_of_the_questions_virtuoso_refuses_some_and_answers_some_wrongly(
    filled: RemoteStore, embedded: Workspace
) -> None:
    outcomes = Counter(outcome(filled, embedded, entry) for entry in catalogue() if entry.compares is None)
    assert outcomes["the same"] > 10
    assert outcomes["refused"] > 0
    assert outcomes["wrong"] > 0, "then its answers could be used: see exact in profiles.py"


def test_rows_that_the_server_leaves_out_are_missed(
    tmp_path_factory: pytest.TempPathFactory, embedded: Workspace
) -> None:
    with virtuoso(tmp_path_factory.mktemp("short"), rows=100) as server:
        store = RemoteStore(server.address)
        store.fill(sorted(embedded.store.quads(), key=lambda quad: str(quad.graph_name)))
        with pytest.raises(QueryTooLarge, match="left rows out"):
            store.query("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("sparql", "sentence"),
    [
        ("SELECT * { GRAPH <urn:g:1> { ?s ?p ?o } GRAPH ?g { ?o ?q ?r } }", "beside GRAPH with a variable"),
        ("PREFIX g: <urn:g:> SELECT * { GRAPH g:1 { ?s ?p ?o } }", "name of a graph in full"),
        ("SELECT * { ?s <urn:p>* ?o }", "transitive start not given"),
    ],
)
def test_what_it_answers_wrongly_is_refused(virtuoso_server: Server, sparql: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        RemoteStore(virtuoso_server.address).query(sparql)
