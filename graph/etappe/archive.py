"""The archive: what was accepted, in which words, by whom and when. It is the truth; the store is made from it.

``objects/`` holds bytes by their digest, ``log.jsonl`` one event a line, each with the digest of the line before.
Objects and log are flushed to disk before an event counts; a line without its end was never acknowledged and is cut
off.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from etappe.errors import EtappeError, StoreUnavailable
from etappe.identity.decisions import Decision, Identity, Kind
from etappe.model import digest

_START = "sha256:" + "0" * 64
#: ``Event.document`` of decisions about identity.
IDENTITY = "identity"


@dataclass(frozen=True)
class Event:
    """One line of the log. Everything but ``name`` and ``reason`` is an id or a digest of an object.

    Attributes:
        number: position in the log, from 1.
        kind: ``accepted``, ``waiting`` (refused by the gate), ``rejected`` (a person decided against what waited),
            ``retracted`` (what was accepted left the answers); or a decision about identity: ``merge``, ``unmerge``,
            ``different``.
        document: ``report`` or ``registry``; ``id``: its slug; ``revision``: from 1. For decisions ``identity``, the
            thing that is replaced, 1; ``name`` is the thing that stays.
        source, graph, text, outcome: digests of the file, its triples (sorted N-Triples), its text, the findings. For
            decisions all of the same object, which says what was decided.
        supersedes: reports that leave the answers with this one, each with its revision: ``id/revision``.
        base: base of the IRIs in the triples.
        previous: digest of the line before.
        more: how many events follow that were written in the same commit. All of a commit count, or none.
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
    supersedes: tuple[str, ...] = ()
    number: int = 0
    previous: str = _START
    more: int = 0


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
        self._last = _START
        self._reset()
        self._parse(data)

    def _reset(self) -> None:
        self._events: list[Event] = []
        self._accepted: dict[tuple[str, str], Event] = {}
        self._waiting: dict[tuple[str, str], Event] = {}
        self._rejected: dict[tuple[str, str], Event] = {}
        self._texts: dict[str, Event] = {}
        self._decisions: list[Decision] = []
        self._revisions: dict[tuple[str, str], int] = {}

    @property
    def events(self) -> tuple[Event, ...]:
        """All events in order."""
        return tuple(self._events)

    def accepted(self, document: str, identifier: str) -> Event | None:
        """The event that holds the accepted revision of a document."""
        return self._accepted.get((document, identifier))

    def next_revision(self, document: str, identifier: str) -> int:
        """The number that the next revision of a document has. 1 for one that was never accepted."""
        return self._revisions.get((document, identifier), 0) + 1

    def current(self) -> tuple[Event, ...]:
        """The events of all accepted documents, each with its last revision."""
        return tuple(self._accepted.values())

    def waiting(self) -> tuple[Event, ...]:
        """The events of documents that were refused and not accepted since, each with its last version."""
        return tuple(self._waiting.values())

    def refused(self, document: str, identifier: str) -> Event | None:
        """The event of the refused version of a document that waits."""
        return self._waiting.get((document, identifier))

    def rejected(self) -> tuple[Event, ...]:
        """The events of documents that a person rejected and that did not come again since."""
        return tuple(self._rejected.values())

    def rejection(self, document: str, identifier: str) -> Event | None:
        """The event by which a document was rejected, if nothing came of it since."""
        return self._rejected.get((document, identifier))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions about identity, in their order."""
        return tuple(self._decisions)

    @property
    def identity(self) -> Identity:
        """What follows from all decisions about identity."""
        return Identity(self._decisions)

    def until(self, moment: str) -> Archive:
        """The archive as it stood at a moment (ISO 8601 in UTC, as in ``Event.at``), for reading."""
        earlier = copy(self)
        earlier._writable = False
        earlier._reset()
        for event in self._events:
            if event.at <= moment:
                earlier._settle(event)
        return earlier

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
        return self.append_all([event])[0]

    def append_all(self, events: Sequence[Event]) -> list[Event]:
        """The same for several events, which happen together or not at all."""
        numbered: list[tuple[Event, bytes]] = []
        previous = self._last
        for at, event in enumerate(events, 1):
            number = len(self._events) + at
            event = replace(event, number=number, previous=previous, more=len(events) - at)
            line = json.dumps(asdict(event), ensure_ascii=False, sort_keys=True).encode() + b"\n"
            previous = digest(line)
            numbered.append((event, line))
        try:
            size = self._log.stat().st_size if self._log.exists() else 0
            with self._log.open("ab") as log:
                try:
                    log.write(b"".join(line for _, line in numbered))
                    log.flush()
                    os.fsync(log.fileno())
                except OSError:
                    os.truncate(self._log, size)
                    raise
            if size == 0:
                _flush_folder(self._folder)
        except OSError as error:
            raise _unavailable(self._folder, error) from error
        for event, line in numbered:
            self._take_in(event, line)
        return [event for event, _ in numbered]

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
        for number, line in enumerate(data[: _acknowledged(data)].splitlines(keepends=True), 1):
            try:
                event = Event(**_values(line))
            except (ValueError, TypeError) as error:
                raise EtappeError(
                    f"line {number} of the log cannot be read; restore it from a backup", file=self._log
                ) from error
            if event.previous != self._last:
                raise EtappeError(f"the log was altered before line {number}; restore it from a backup", file=self._log)
            self._take_in(event, line)

    def _take_in(self, event: Event, line: bytes) -> None:
        self._last = digest(line)
        self._settle(event)

    def _settle(self, event: Event) -> None:
        """What an event changes about the present state."""
        self._events.append(event)
        if event.document == IDENTITY:
            self._decisions.append(Decision(Kind(event.kind), event.id, event.name))
            return
        key = (event.document, event.id)
        self._waiting.pop(key, None)
        self._rejected.pop(key, None)
        if event.kind in ("waiting", "rejected"):
            (self._waiting if event.kind == "waiting" else self._rejected)[key] = event
            return
        self._leave(key)
        for superseded in event.supersedes:
            self._leave(("report", superseded.rsplit("/", 1)[0]))
        if event.kind == "accepted":
            self._accepted[key] = event
            self._revisions[key] = event.revision
            if event.text is not None and event.document == "report":
                self._texts[event.text] = event

    def _leave(self, key: tuple[str, str]) -> None:
        before = self._accepted.pop(key, None)
        if before is not None and before.text is not None:
            self._texts.pop(before.text, None)

    def _cut_torn_line(self) -> None:
        if self._log.exists():
            data = self._log.read_bytes()
            whole = _acknowledged(data)
            if whole != len(data):
                os.truncate(self._log, whole)


def _values(line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    return {**values, "supersedes": tuple(values.get("supersedes", ()))}


def _acknowledged(log: bytes) -> int:
    """How many bytes of a log count: up to the last commit of which every line has its end."""
    whole = log.rfind(b"\n") + 1
    while whole:
        start = log.rfind(b"\n", 0, whole - 1) + 1
        try:
            more = json.loads(log[start:whole]).get("more", 0)
        except (ValueError, AttributeError):  # damaged, which is told where the lines are read
            break
        if not more:
            break
        whole = start
    return whole


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
