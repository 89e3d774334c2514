"""What Virtuoso 7 cannot do, question by question: the reason why a folder whose graph it holds is not asked there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etappe import resources
from etappe.admission import admit_all
from etappe.errors import QueryError, QueryTooLarge
from etappe.questions import ask, catalogue, question
from etappe.questions.formats import serialise
from etappe.reading.archives import inputs
from etappe.store.remote import RemoteStore
from etappe.workspace import Workspace, open_workspace, rebuild
from store.servers import Server, virtuoso

PARAMETERS = {
    "CQ04": {"person": "christian-pegel"},
    "CQ05": {"person": "christian-pegel", "other": "oscar-schroeder"},
    "CQ06": {"person": "christian-pegel", "day": "2017-07-28"},
    "CQ27": {"person": "christian-pegel"},
}
TRANSITIVE = "compiler: a property path with * in a place where neither end is bound"
COMPILER = "compiler: an internal error, or SQL of its own that it cannot parse"
REFUSED = {
    "CQ01": TRANSITIVE,
    "CQ03": TRANSITIVE,
    "CQ05": COMPILER,
    "CQ06": COMPILER,
    "CQ11": TRANSITIVE,
    "CQ28": TRANSITIVE,
}
WRONG = {
    "CQ04": "rows are missing",
    "CQ07": "items have the number 1 that come later: OPTIONAL in a subquery finds nothing",
    "CQ08": "items have the number 1 that come later: OPTIONAL in a subquery finds nothing",
    "CQ09": "rows are missing",
    "CQ13": "lists are in another order, and a day that is not stated can come back as /",
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
        yield RemoteStore(server.address)


@pytest.mark.parametrize("number", [entry.id for entry in catalogue()])
def test_each_question_put_to_virtuoso_itself(filled: RemoteStore, embedded: Workspace, number: str) -> None:
    entry, parameters = question(number), PARAMETERS.get(number, {})
    if number in REFUSED:
        with pytest.raises(QueryError, match="Virtuoso 37000"):
            ask(filled, embedded.base, entry, parameters)
        return
    here = serialise(ask(embedded.store, embedded.base, entry, parameters), "csv")
    there = serialise(ask(filled, embedded.base, entry, parameters), "csv")
    assert (sorted(there.splitlines()) != sorted(here.splitlines())) == (number in WRONG)


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
