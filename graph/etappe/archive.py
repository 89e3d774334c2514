"""The archive: what was accepted, in which words, by whom and when. It is the truth; the store is made from it.

``objects/`` holds bytes by their digest, ``log.jsonl`` one event a line, each with the digest of the line before.
Objects and log are flushed to disk before an event counts; a line without its end was never acknowledged and is cut
off.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from etappe.errors import EtappeError, StoreUnavailable
from etappe.model import digest

_START = "sha256:" + "0" * 64


@dataclass(frozen=True)
class Event:
    """One line of the log. Everything but ``name`` and ``reason`` is an id or a digest of an object.

    Attributes:
        number: position in the log, from 1.
        kind: ``accepted`` or ``waiting`` (refused by the gate).
        document: ``report`` or ``registry``; ``id``: its slug; ``revision``: from 1.
        source, graph, text, outcome: digests of the file, its triples (sorted N-Triples), its text, the findings.
        base: base of the IRIs in the triples.
        previous: digest of the line before.
    """

    kind: str
    document: str
    id: str
    revision: int
    name: str
    media_type: str
    source: str
    graph: str
    text: str | None
    outcome: str
    base: str
    at: str
    by: str
    reason: str | None = None
    number: int = 0
    previous: str = _START


class Archive:
    """The archive in a folder. One process writes at a time; the caller holds the lock.

    Args:
        folder: made when it is missing and ``writable``.

    Raises:
        StoreUnavailable: the folder cannot be read or written.
        EtappeError: the log is damaged.
    """

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        self._folder = folder
        self._log = folder / "log.jsonl"
        self._writable = writable
        try:
            if writable:
                (folder / "objects").mkdir(parents=True, exist_ok=True)
                self._cut_torn_line()
            data = self._log.read_bytes() if self._log.exists() else b""
        except OSError as error:
            raise _unavailable(folder, error) from error
        self._events: list[Event] = []
        self._last = _START
        self._accepted: dict[tuple[str, str], Event] = {}
        self._waiting: dict[tuple[str, str], Event] = {}
        self._texts: dict[str, Event] = {}
        self._parse(data)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events in order."""
        return tuple(self._events)

    def accepted(self, document: str, identifier: str) -> Event | None:
        """The event that holds the accepted revision of a document."""
        return self._accepted.get((document, identifier))

    def current(self) -> tuple[Event, ...]:
        """The events of all accepted documents, each with its last revision."""
        return tuple(self._accepted.values())

    def waiting(self) -> tuple[Event, ...]:
        """The events of documents that were refused and not accepted since, each with its last version."""
        return tuple(self._waiting.values())

    def refused(self, document: str, identifier: str) -> Event | None:
        """The event of the refused version of a document that waits."""
        return self._waiting.get((document, identifier))

    def with_text(self, text: str) -> Event | None:
        """The event of the accepted report that was made from the text of that digest."""
        return self._texts.get(text)

    def put(self, data: bytes) -> str:
        """Keep bytes; returns their digest. They are on disk when this returns."""
        name = digest(data)
        path = self._path(name)
        try:
            if not path.exists():
                path.parent.mkdir(exist_ok=True)
                _write(path, data)
        except OSError as error:
            raise _unavailable(self._folder, error) from error
        return name

    def get(self, name: str) -> bytes:
        """The bytes of that digest.

        Raises:
            EtappeError: they are missing or were altered.
        """
        try:
            data = self._path(name).read_bytes()
        except OSError as error:
            raise EtappeError(f"the archive has lost the object {name}; restore it from a backup") from error
        if digest(data) != name:
            raise EtappeError(f"the archived object {name} was altered; restore it from a backup")
        return data

    def append(self, event: Event) -> Event:
        """Add an event to the log. When this returns, it is on disk; when it raises, it never happened."""
        numbered = replace(event, number=len(self._events) + 1, previous=self._last)
        line = json.dumps(asdict(numbered), ensure_ascii=False, sort_keys=True).encode() + b"\n"
        try:
            size = self._log.stat().st_size if self._log.exists() else 0
            with self._log.open("ab") as log:
                try:
                    log.write(line)
                    log.flush()
                    os.fsync(log.fileno())
                except OSError:
                    os.truncate(self._log, size)
                    raise
            if size == 0:
                _flush_folder(self._folder)
        except OSError as error:
            raise _unavailable(self._folder, error) from error
        self._take_in(numbered, line)
        return numbered

    def faults(self) -> Iterator[str]:
        """A sentence for each object that is missing or altered; the chain of the log is checked on opening."""
        for event in self._events:
            for name in (event.source, event.graph, event.text, event.outcome):
                if name is not None:
                    try:
                        self.get(name)
                    except EtappeError as error:
                        yield f"{event.document} {event.id}: {error.message}"

    def _path(self, name: str) -> Path:
        value = name.removeprefix("sha256:")
        return self._folder / "objects" / value[:2] / value[2:]

    def _parse(self, data: bytes) -> None:
        for number, line in enumerate(data.splitlines(keepends=True), 1):
            if not line.endswith(b"\n"):
                break
            try:
                event = Event(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise EtappeError(
                    f"line {number} of the log cannot be read; restore it from a backup", file=self._log
                ) from error
            if event.previous != self._last:
                raise EtappeError(f"the log was altered before line {number}; restore it from a backup", file=self._log)
            self._take_in(event, line)

    def _take_in(self, event: Event, line: bytes) -> None:
        self._events.append(event)
        self._last = digest(line)
        key = (event.document, event.id)
        if event.kind == "waiting":
            self._waiting[key] = event
            return
        self._waiting.pop(key, None)
        self._accepted[key] = event
        if event.text is not None and event.document == "report":
            self._texts[event.text] = event

    def _cut_torn_line(self) -> None:
        if self._log.exists():
            data = self._log.read_bytes()
            whole = data.rfind(b"\n") + 1
            if whole != len(data):
                os.truncate(self._log, whole)


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)
    _flush_folder(path.parent.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unavailable(folder: Path, error: OSError) -> StoreUnavailable:
    reasons = {
        errno.ENOSPC: "the disk is full; make room and try again",
        errno.EDQUOT: "the disk quota is used up; make room and try again",
        errno.EROFS: "the disk is read-only; name another folder with --data",
        errno.EACCES: "it may not be written; name another folder with --data or change its rights",
        errno.EPERM: "it may not be written; name another folder with --data or change its rights",
        errno.ENOTDIR: "a file stands where a folder is needed; name another folder with --data",
        errno.EEXIST: "a file stands where a folder is needed; name another folder with --data",
    }
    return StoreUnavailable(reasons.get(error.errno or 0, error.strerror or str(error)), file=folder)
