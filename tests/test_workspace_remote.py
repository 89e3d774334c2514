"""A data folder whose graph is on a server: ingested, asked, killed, caught up; the command line over it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from conftest import MINIMAL
from etappe import resources
from etappe.admission import State, admit, admit_all
from etappe.errors import StoreUnavailable
from etappe.projection import state_graph
from etappe.reading.archives import inputs
from etappe.reading.files import load
from etappe.store.remote import RemoteStore
from etappe.workspace import open_workspace, rebuild
from store.servers import Server, free_port, oxigraph, virtuoso

A, P = NamedNode("https://etappe.example/id/topic/a"), NamedNode("https://w3id.org/etappe/ns#p")
EXAMPLES = resources.folder("examples")
Probe = Callable[..., Path]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    start = oxigraph if request.param == "oxigraph" else virtuoso
    with start(tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def empty(server: Server) -> str:
    """The address of a server that holds nothing."""
    with RemoteStore(server.address) as store:
        store.clear()
    return server.address


def etappe(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etappe", *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, "ETAPPE_LANG": "en", **environment},
    )


QUESTIONS = (
    ("CQ01",),
    ("CQ02", "--stop", "stralsund-2017"),
    ("CQ05", "--person", "christian-pegel", "--other", "oscar-schroeder"),
    ("CQ07",),
    ("CQ08",),
    ("CQ16",),
)


def test_every_command_works_over_a_server(tmp_path: Path, empty: str) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    paths = (EXAMPLES / "registry", EXAMPLES / "stralsund")
    done = etappe("ingest", *paths, "--data", there, "--store", empty)
    assert done.returncode == 0, done.stderr
    assert not (there / "store").exists()
    assert etappe("ingest", *paths, "--data", here).returncode == 0
    for question in QUESTIONS:
        words = ("ask", *question, "--format", "csv", "--data")
        over, embedded = etappe(*words, there, "--store", empty), etappe(*words, here)
        assert (over.returncode, over.stdout) == (0, embedded.stdout), over.stderr
    for words in (("show", "christian-pegel"), ("reports",), ("check",), ("rebuild",), ("check",)):
        done = etappe(*words, "--data", there, ETAPPE_STORE=empty)
        assert done.returncode == 0, done.stderr
    assert etappe("query", "--data", there, "--store", empty, "/dev/null").returncode == 2
    assert len(etappe("export", "--data", there, "--store", empty).stdout.splitlines()) > 1000


def test_commands_without_a_server(tmp_path: Path, probe: Probe) -> None:
    data = tmp_path / "data"
    address = f"sparql+http://user:geheim@127.0.0.1:{free_port()}"
    done = etappe("ingest", probe(), "--data", data, "--store", address)
    assert (done.returncode, done.stderr.count("\n"), "geheim" in done.stderr) == (3, 1, False)
    assert etappe("ingest", probe(), "--data", data).returncode == 0
    for words in (("ask", "CQ01"), ("reports",), ("check",), ("rebuild",)):
        done = etappe(*words, "--data", data, "--store", address)
        assert (done.returncode, done.stderr.count("\n"), "geheim" in done.stderr) == (3, 1, False), done.stderr
    assert etappe("reports", "--data", data, "--store", "file:///etc/passwd").returncode == 2
    # These need only the registry, which the archive holds.
    assert etappe("validate", probe(), "--data", data, "--store", address).returncode == 0
    cabinet = EXAMPLES / "tables" / "office-holders-2010.csv"
    done = etappe("registry", cabinet, "--data", data, "--store", address, "-o", tmp_path / "made.yaml")
    assert "unknown to the registry" in done.stderr, done.stderr
    assert etappe("validate", probe(), "--store", "file:///etc/passwd").returncode == 2


def test_a_lagging_server_is_never_asked(tmp_path: Path, empty: str, probe: Probe) -> None:
    data = tmp_path / "data"
    with open_workspace(data, write=True, store=empty) as workspace:
        assert admit(workspace, load(probe()), by="test").state is State.ACCEPTED
    other = probe("b.yaml", ("report: probe", "report: b"), ("war die Tour", "war die große Tour"))
    with open_workspace(data, write=True) as workspace:  # the archive goes on without the server
        admit(workspace, load(other), by="test")
    with open_workspace(data, store=empty) as workspace:
        assert {graph.value.split("/")[-2] for graph in workspace.store.graphs() if "/report/" in graph.value} == {
            "b",
            "probe",
        }
        assert len(list(workspace.differences())) == 1
    with open_workspace(data, write=True, store=empty) as workspace:
        assert list(workspace.differences()) == []


def test_an_archive_that_went_another_way_is_not_taken_for_this_one(tmp_path: Path, empty: str, probe: Probe) -> None:
    """Equally long, but another one: its answers would be another folder's."""
    one, two = tmp_path / "one", tmp_path / "two"
    with open_workspace(one, write=True, store=empty) as workspace:
        admit(workspace, load(probe()), by="test")
    with open_workspace(two, write=True) as workspace:
        admit(workspace, load(probe("b.yaml", ("report: probe", "report: b"))), by="test")
    with open_workspace(two, store=empty) as workspace:
        assert not any("/probe/" in graph.value for graph in workspace.store.graphs())
    with pytest.raises(StoreUnavailable, match="another data folder"), open_workspace(two, write=True, store=empty):
        pass
    with open_workspace(one, store=empty) as workspace:
        assert list(workspace.differences()) == []
    rebuild(two, store=empty)
    with open_workspace(two, store=empty) as workspace:
        assert list(workspace.differences()) == []


def test_what_etappe_did_not_put_there_stays(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, probe: Probe
) -> None:
    with oxigraph(tmp_path_factory.mktemp("foreign")) as server, RemoteStore(server.address) as store:
        store.fill([Quad(A, P, A, A)])
        data = tmp_path / "data"
        with (
            pytest.raises(StoreUnavailable, match="did not put there"),
            open_workspace(data, write=True, store=server.address),
        ):
            pass
        with open_workspace(data, write=True) as workspace:
            admit(workspace, load(probe()), by="test")
        with pytest.raises(StoreUnavailable, match="did not put there"):
            rebuild(data, store=server.address)
        assert list(store.quads()) == [Quad(A, P, A, A)]


def test_damage_is_found_and_mended(tmp_path: Path, empty: str, probe: Probe) -> None:
    data = tmp_path / "data"
    with open_workspace(data, write=True, store=empty) as workspace:
        admit(workspace, load(probe()), by="test")
        graph = next(graph for graph in workspace.store.graphs() if "/report/" in graph.value)
        workspace.store.apply({graph: [Triple(A, P, Literal("x"))]})
    with open_workspace(data, store=empty) as workspace:
        assert len(list(workspace.differences())) == 1
    rebuild(data, store=empty)
    with open_workspace(data, store=empty) as workspace:
        assert list(workspace.differences()) == []


def test_filling_that_was_interrupted_begins_anew(
    tmp_path: Path, empty: str, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    with open_workspace(data, write=True) as workspace:
        admit(workspace, load(probe()), by="test")

    def interrupted(store: RemoteStore, quads: object) -> None:
        store.apply({A: [Triple(A, P, A)]})
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(RemoteStore, "fill", interrupted)
        with pytest.raises(StoreUnavailable, match="gone"), open_workspace(data, write=True, store=empty):
            pass
    with open_workspace(data, store=empty) as workspace:
        assert any("/report/" in graph.value for graph in workspace.store.graphs())
    with open_workspace(data, write=True, store=empty) as workspace:
        assert list(workspace.differences()) == []


def test_a_server_that_is_killed_loses_nothing_that_was_acknowledged(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The server is killed at random moments while reports come in; the next command brings it up to date."""
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    for number in range(200):
        yaml = MINIMAL.replace("report: probe", f"report: r{number}").replace(
            "war die Tour", f"war die Tour Nr. {number}"
        )
        (inbox / f"r{number:04}.yaml").write_text(yaml, encoding="utf-8")
    generator = random.Random(20170728)
    acknowledged: set[str] = set()
    interrupted = 0
    with oxigraph(tmp_path_factory.mktemp("killed")) as server:
        waiting = sorted(inbox.iterdir())
        for _ in range(6):
            timer = threading.Timer(generator.uniform(0.2, 1.0), server.process.kill)
            try:
                with open_workspace(data, write=True, store=server.address) as workspace:
                    timer.start()
                    for _, admission in admit_all(workspace, inputs(waiting), by="test"):
                        acknowledged.add(admission.report.slug)  # type: ignore[union-attr]
            except StoreUnavailable:
                interrupted += 1
            timer.join()
            server.restart()
            with open_workspace(data, write=True, store=server.address) as workspace:
                whole = {event.id for event in workspace.archive.current()}
                assert acknowledged <= whole
                assert list(workspace.differences()) == []
            waiting = [path for path in waiting if f"r{int(path.stem[1:])}" not in whole]
        assert interrupted
        with open_workspace(data, store=server.address) as workspace:
            assert workspace.store.query(f"ASK {{ GRAPH {state_graph(workspace.base)} {{ ?s ?p ?o }} }}") is True
