from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from etappe.archive import Archive, Event
from etappe.errors import EtappeError, StoreUnavailable


def event(archive: Archive, identifier: str = "a", kind: str = "accepted", text: str | None = None) -> Event:
    kept = archive.put(identifier.encode())
    return Event(
        kind, "report", identifier, 1, "a.yaml", "application/yaml", kept, kept, text, kept, "https://e.example",
        "2018-01-01T00:00:00+00:00", "somebody",
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", writable=True)


def test_events_are_read_back_in_order(archive: Archive, tmp_path: Path) -> None:
    first, second = archive.append(event(archive, "a")), archive.append(event(archive, "b"))
    again = Archive(tmp_path / "archive")
    assert again.events == (first, second)
    assert [e.number for e in again.events] == [1, 2]
    assert again.get(first.source) == b"a"


def test_a_waiting_document_leaves_the_queue_when_it_is_accepted(archive: Archive) -> None:
    archive.append(event(archive, "a", "waiting"))
    assert [e.id for e in archive.waiting()] == ["a"]
    accepted = archive.append(event(archive, "a"))
    assert archive.waiting() == ()
    assert archive.accepted("report", "a") == accepted
    assert archive.current() == (accepted,)


def test_a_rejected_document_leaves_the_queue_until_it_comes_again(archive: Archive, tmp_path: Path) -> None:
    archive.append(event(archive, "a", "waiting"))
    rejected = archive.append(event(archive, "a", "rejected"))
    assert archive.waiting() == archive.current() == ()
    assert archive.rejected() == (rejected,)
    assert Archive(tmp_path / "archive").rejection("report", "a") == rejected
    again = archive.append(event(archive, "a", "waiting"))
    assert (archive.rejected(), archive.rejection("report", "a"), archive.waiting()) == ((), None, (again,))


def test_a_rejection_leaves_what_was_accepted_before(archive: Archive) -> None:
    accepted = archive.append(event(archive, "a"))
    archive.append(event(archive, "a", "waiting"))
    archive.append(event(archive, "a", "rejected"))
    assert archive.accepted("report", "a") == accepted
    archive.append(event(archive, "a"))
    assert archive.rejected() == ()


def test_a_report_is_found_by_its_text(archive: Archive) -> None:
    text = archive.put(b"text")
    kept = archive.append(event(archive, text=text))
    assert archive.with_text(text) == kept
    assert archive.with_text("sha256:0") is None


def test_a_torn_line_was_never_acknowledged(archive: Archive, tmp_path: Path) -> None:
    kept = archive.append(event(archive))
    log = tmp_path / "archive" / "log.jsonl"
    with log.open("ab") as file:
        file.write(b'{"kind": "accep')
    assert Archive(tmp_path / "archive").events == (kept,)
    writable = Archive(tmp_path / "archive", writable=True)
    added = writable.append(event(writable, "b"))
    assert Archive(tmp_path / "archive").events == (kept, added)


@pytest.mark.parametrize("change", [(b'"somebody"', b'"somebodx"'), (b'{"at"', b"{at")])
def test_a_log_that_was_altered_is_refused(archive: Archive, tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    archive.append(event(archive))
    archive.append(event(archive, "b"))
    log = tmp_path / "archive" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(*change, 1))
    with pytest.raises(EtappeError, match=r"line \d"):
        Archive(tmp_path / "archive")


def test_altered_and_lost_objects_are_named(archive: Archive, tmp_path: Path) -> None:
    kept = archive.append(event(archive))
    assert list(archive.faults()) == []
    path = next(p for p in (tmp_path / "archive" / "objects").rglob("*") if p.is_file())
    path.write_bytes(b"other")
    assert "was altered" in next(archive.faults())
    path.unlink()
    assert "has lost" in next(archive.faults())
    with pytest.raises(EtappeError, match="has lost"):
        archive.get(kept.source)


def test_a_full_disk_leaves_the_log_as_it_was(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = archive.append(event(archive))
    fresh = event(archive, "b")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnavailable, match="disk is full"):
        archive.append(fresh)
    with pytest.raises(StoreUnavailable, match="disk is full"):
        archive.put(b"something new")
    monkeypatch.undo()
    assert Archive(tmp_path / "archive").events == (kept,)
    assert not list((tmp_path / "archive").rglob("*.tmp"))


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("")
    with pytest.raises(StoreUnavailable, match="a file stands where"):
        Archive(tmp_path / "archive", writable=True)


def test_events_of_one_commit_are_all_there_or_none(archive: Archive, tmp_path: Path) -> None:
    first = archive.append(event(archive, "a"))
    several = archive.append_all([event(archive, name) for name in ("b", "c", "d")])
    assert [(e.number, e.more) for e in several] == [(2, 2), (3, 1), (4, 0)]
    log = tmp_path / "archive" / "log.jsonl"
    data = log.read_bytes()
    assert Archive(tmp_path / "archive").events == (first, *several)
    lines = data.splitlines(keepends=True)
    for kept in (b"".join(lines[:2]), b"".join(lines[:3]), data[:-1], data[: len(lines[0]) + 5]):
        log.write_bytes(kept)
        assert Archive(tmp_path / "archive").events == (first,)  # a reader leaves the file alone
        assert log.read_bytes() == kept
        writable = Archive(tmp_path / "archive", writable=True)
        assert writable.events == (first,) and log.read_bytes() == lines[0]
