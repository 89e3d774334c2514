"""The gate as a whole: what enters, what waits, and that archive and graph stay together."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from etappe import workspace as workspace_module
from etappe.admission import Admission, State, admit, admit_all, archived_report, reject_waiting
from etappe.archive import Archive
from etappe.errors import NotFound, ReadingError, Refused, StoreUnavailable
from etappe.model import DEFAULT_BASE
from etappe.namespaces import SCHEMA
from etappe.projection import registry_graph
from etappe.questions import ask, question
from etappe.reading import read
from etappe.reading.archives import inputs
from etappe.reading.files import load
from etappe.workspace import open_workspace, rebuild

Probe = Callable[..., Path]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def ingest(data: Path, path: Path, **options: str) -> State:
    with open_workspace(data, write=True) as workspace:
        return admit(workspace, load(path), by="test", **options).state


def graphs(data: Path) -> list[str]:
    with open_workspace(data) as workspace:
        return [graph.value.removeprefix(DEFAULT_BASE + "/graph/") for graph in workspace.store.graphs()]


def test_an_accepted_report_is_in_archive_and_graph(data: Path, probe: Probe) -> None:
    assert ingest(data, probe()) is State.ACCEPTED
    assert graphs(data) == ["ontology", "report/probe/1", "state"]
    with open_workspace(data) as workspace:
        (event,) = workspace.archive.current()
        assert (event.id, event.revision, event.by, event.reason) == ("probe", 1, "test", None)
        assert b"Ein Halt in Musterstadt" in workspace.archive.get(event.source)
        assert event.text is not None
        assert workspace.archive.get(event.text).startswith(b"Am 14. Mai")
        assert json.loads(workspace.archive.get(event.outcome))["conforms"] is True
        assert list(workspace.differences()) == []


def test_the_same_report_twice_is_known(data: Path, probe: Probe) -> None:
    assert ingest(data, probe()) is State.ACCEPTED
    assert ingest(data, probe("again.yaml")) is State.KNOWN
    assert len(Archive(data / "archive").events) == 1


def test_a_faulty_report_waits_and_touches_no_graph(data: Path, probe: Probe) -> None:
    assert ingest(data, probe("bad.yaml", ("place: musterstadt", "place: nirgends"))) is State.WAITING
    assert "report/probe/1" not in graphs(data)
    assert [event.id for event in Archive(data / "archive").waiting()] == ["probe"]
    assert ingest(data, probe()) is State.ACCEPTED
    assert Archive(data / "archive").waiting() == ()


def test_a_refused_report_that_comes_again_is_kept_once(data: Path, probe: Probe) -> None:
    bad = probe("bad.yaml", ("place: musterstadt", "place: nirgends"))
    for _ in range(3):
        assert ingest(data, bad) is State.WAITING
    assert len(Archive(data / "archive").events) == 1


def test_warnings_need_a_reason(data: Path, probe: Probe) -> None:
    orphan = probe("w.yaml", ("    tour: mustertour\n", ""))
    assert ingest(data, orphan) is State.WAITING
    assert ingest(data, orphan, accept_warnings="die Tour hat keinen Namen") is State.ACCEPTED
    with open_workspace(data) as workspace:
        assert [event.reason for event in workspace.archive.current()] == ["die Tour hat keinen Namen"]
        assert list(workspace.differences()) == []


def test_a_rejected_version_does_not_queue_again(data: Path, probe: Probe) -> None:
    orphan = probe("w.yaml", ("    tour: mustertour\n", ""))
    ingest(data, orphan)
    with open_workspace(data, write=True) as workspace:
        (waiting,) = workspace.archive.waiting()
        rejected = reject_waiting(workspace, waiting, by="office", reason="kein Bericht")
        with pytest.raises(Refused, match="does not wait any more"):
            reject_waiting(workspace, waiting, by="office", reason="noch einmal")
        assert list(workspace.differences()) == []
    with open_workspace(data, write=True) as workspace:
        again = admit(workspace, load(orphan), by="test")
    assert (again.state, again.event) == (State.WAITING, rejected)
    assert Archive(data / "archive").waiting() == ()
    assert ingest(data, orphan, accept_warnings="doch") is State.ACCEPTED


def test_an_archived_report_is_the_one_that_was_read(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    with open_workspace(data) as workspace:
        (event,) = workspace.archive.current()
        objects = [workspace.archive.get(name) for name in (event.source, event.graph, event.text or "")]
        again = archived_report(event, *objects, registry=workspace.registry(), base=workspace.base)
        moved = archived_report(event, *objects, registry=workspace.registry(), base="https://moved.example")
    assert again.triples == read(probe()).triples
    assert again.positions
    assert moved.iri.value == "https://moved.example/id/report/probe"
    assert not any(t.subject.value.startswith(DEFAULT_BASE) for t in moved.triples)  # type: ignore[union-attr]


def test_the_same_id_with_other_facts_waits(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    other = probe("other.yaml", ("title: Ein Halt", "title: Zwei Halte"))
    with open_workspace(data, write=True) as workspace:
        admission = admit(workspace, load(other), by="test")
    assert admission.state is State.WAITING
    assert [finding.code for finding in admission.outcome.findings] == ["O6"]
    assert "anderen Angaben" in admission.outcome.findings[0].messages["de"]
    assert "report/probe/1" in graphs(data)


def test_the_same_text_with_other_facts_waits(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    other = probe("other.yaml", ("report: probe", "report: anders"))
    with open_workspace(data, write=True) as workspace:
        admission = admit(workspace, load(other), by="test")
    assert admission.state is State.WAITING
    assert admission.outcome.findings[0].code == "O6"
    assert "as the report 'probe'" in admission.outcome.findings[0].messages["en"]


def test_an_unreadable_file_leaves_nothing(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("report: [")
    with pytest.raises(ReadingError):
        ingest(data, path)
    assert Archive(data / "archive").events == ()
    assert not [p for p in (data / "archive").rglob("*") if p.is_file()]


def test_a_registry_document_may_change(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    for number, name in enumerate(("Anna", "Anne"), 1):
        path.write_text(f"registry: r\nlanguage: de\ntitle: R\npeople:\n  a: {{name: {name} Beispiel}}\n")
        assert ingest(data, path) is State.ACCEPTED
        with open_workspace(data) as workspace:
            (event,) = workspace.archive.current()
            assert event.revision == number
            assert workspace.registry().named(f"{name} Beispiel")
            assert list(workspace.differences()) == []
    with open_workspace(data) as workspace:
        assert not workspace.registry().named("Anna Beispiel")


def test_rebuild_gives_the_same_answers(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    with open_workspace(data) as workspace:
        before = set(workspace.store.quads())
    shutil.rmtree(data / "store")
    assert rebuild(data) == len(before)
    with open_workspace(data) as workspace:
        assert set(workspace.store.quads()) == before
        assert list(workspace.differences()) == []
    assert not (data / "store.old").exists()


def test_another_base_moves_every_iri(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    base = "https://data.example"
    rebuild(data, base=base)
    with open_workspace(data, base=base) as workspace:
        assert list(workspace.differences()) == []
        assert not [quad for quad in workspace.store.quads() if DEFAULT_BASE in str(quad)]
        assert len(ask(workspace.store, base, question("CQ11"), {}).rows) == 1
    with open_workspace(data, base=base, write=True) as workspace:
        assert admit(workspace, load(probe("again.yaml")), by="test").state is State.KNOWN


def test_reading_without_data_says_how_to_begin(data: Path) -> None:
    with pytest.raises(NotFound, match="begin with 'etappe ingest'"), open_workspace(data):
        pass
    with pytest.raises(NotFound, match="no archive"):
        rebuild(data)


def test_a_store_that_lags_is_brought_up_to_date(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    shutil.copytree(data / "store", data / "old-store")
    other = probe("b.yaml", ("report: probe", "report: b"), ("war die Tour", "war die große Tour"))
    ingest(data, other)
    shutil.rmtree(data / "store")
    (data / "old-store").rename(data / "store")
    assert "report/b/1" in graphs(data)  # a reader sees it, without writing
    with open_workspace(data, write=True) as workspace:
        assert list(workspace.differences()) == []
    assert "report/b/1" in graphs(data)


def test_a_store_that_was_lost_is_answered_from_the_archive(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    shutil.rmtree(data / "store")
    assert "report/probe/1" in graphs(data)


def test_differences_are_found(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    with open_workspace(data, write=True) as workspace:
        graph = next(g for g in workspace.store.graphs() if g.value.endswith("/probe/1"))
        triples = [t for t in workspace.store.triples(graph) if t.predicate != SCHEMA.superEvent]
        workspace.store.apply({graph: triples})
    with open_workspace(data) as workspace:
        (sentence,) = workspace.differences()
    assert "are missing from the store" in sentence
    assert "etappe rebuild" in sentence
    next(p for p in (data / "archive" / "objects").rglob("*") if p.is_file()).write_bytes(b"x")
    with open_workspace(data) as workspace:
        assert any("was altered" in sentence for sentence in workspace.differences())


def test_a_folder_in_use_is_waited_for_and_then_named(
    data: Path, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(data, probe())
    monkeypatch.setattr(workspace_module, "PATIENCE", 0.1)
    for write in (False, True):
        with (
            open_workspace(data, write=True),
            pytest.raises(StoreUnavailable, match="in use by another process") as caught,
            open_workspace(data, write=write),
        ):
            pass
        assert caught.value.exit_code == 3


def test_two_readers_at_once(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    with open_workspace(data) as one, open_workspace(data) as two:
        assert one.position() == two.position() == 1


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StoreUnavailable, match="cannot be used as a data folder"),
        open_workspace(tmp_path / "file", write=True),
    ):
        pass


def test_a_copy_without_its_lock_can_be_read(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    (data / "lock").unlink()
    assert "report/probe/1" in graphs(data)


def test_a_full_disk_keeps_what_was_there(data: Path, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(data, probe())
    other = probe("b.yaml", ("report: probe", "report: b"), ("war die Tour", "war die große Tour"))

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnavailable, match="disk is full"):
        ingest(data, other)
    monkeypatch.undo()
    with open_workspace(data) as workspace:
        assert [event.id for event in workspace.archive.current()] == ["probe"]
        assert list(workspace.differences()) == []


def write_many(folder: Path, count: int) -> None:
    from conftest import MINIMAL

    folder.mkdir()
    for number in range(count):
        yaml = MINIMAL.replace("report: probe", f"report: r{number}").replace(
            "war die Tour", f"war die Tour Nr. {number}"
        )
        (folder / f"r{number:04}.yaml").write_text(yaml, encoding="utf-8")


# The gate is left open: what is tested is archive and store, and the more commits a second, the harder the test.
INGEST_FOREVER = """
import sys
from pathlib import Path
from etappe import admission
from etappe.model import Outcome, Profile
from etappe.reading.files import load
from etappe.registry import Registry
from etappe.workspace import open_workspace

admission.validate = lambda report, registry, strictness: Outcome(report.iri, report.source.name, Profile.INGEST, "none")
print("ready", flush=True)
with open_workspace(Path(sys.argv[1]), write=True) as workspace:
    for path in sorted(Path(sys.argv[2]).iterdir()):
        admission.admit(workspace, load(path), by="test", registry=Registry())
        print(int(path.stem[1:]), flush=True)
"""


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Fifty times a process that ingests is killed at a random moment; what it had acknowledged is whole, the rest absent."""
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    write_many(inbox, 3000)
    script = tmp_path / "ingest.py"
    script.write_text(INGEST_FOREVER)
    generator = random.Random(20170728)
    acknowledged: set[str] = set()
    for _ in range(50):
        process = subprocess.Popen(
            [sys.executable, str(script), str(data), str(inbox)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        timer = threading.Timer(generator.uniform(0.0, 0.4), process.send_signal, [signal.SIGKILL])
        timer.start()
        output = process.stdout.read()
        process.wait()
        timer.cancel()
        process.stdout.close()
        acknowledged.update(line for line in output.splitlines() if line.isdecimal())
        if not (data / "archive").is_dir():
            continue
        with open_workspace(data, write=True) as workspace:  # the next one to write brings the graph up to date
            whole = {event.id for event in workspace.archive.current()}
            assert {f"r{number}" for number in acknowledged} <= whole
            assert list(workspace.differences()) == []
            named = {graph.value.split("/")[-2] for graph in workspace.store.graphs() if "/report/" in graph.value}
            assert named == whole
    assert len(acknowledged) >= 10


def test_ingesting_under_another_base_moves_what_is_there(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    other = probe("b.yaml", ("report: probe", "report: b"), ("war die Tour", "war die große Tour"))
    base = "https://data.example"
    with open_workspace(data, base=base, write=True) as workspace:
        assert admit(workspace, load(other), by="test").state is State.ACCEPTED
        assert not [quad for quad in workspace.store.quads() if DEFAULT_BASE in str(quad)]
        assert list(workspace.differences()) == []


def test_a_reader_under_another_base_sees_its_own_iris(data: Path, probe: Probe) -> None:
    ingest(data, probe())
    with open_workspace(data, base="https://data.example") as workspace:
        assert not [quad for quad in workspace.store.quads() if DEFAULT_BASE in str(quad)]
    assert "report/probe/1" in graphs(data)


def test_a_corrected_registry_document_replaces_the_dates_it_corrects(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    for until in ("2018-12-31", "2017-12-31"):
        path.write_text(
            "registry: r\nlanguage: de\ntitle: R\npeople:\n  a: {name: Anna Beispiel}\nposts:\n  amt: {name: Amt}\n"
            f"tenures:\n  t: {{who: a, post: amt, from: 2017-01-01, until: {until}}}\n"
        )
        with open_workspace(data, write=True) as workspace:
            ((_, admission),) = admit_all(workspace, inputs([path]), by="test")
        assert isinstance(admission, Admission)
        assert (admission.state, admission.outcome.findings) == (State.ACCEPTED, ())
    with open_workspace(data) as workspace:
        ends = {
            t.object for t in workspace.store.triples(registry_graph(DEFAULT_BASE)) if t.predicate == SCHEMA.endDate
        }
    assert [end.value for end in ends] == ["2017-12-31"]
