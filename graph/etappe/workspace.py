"""A data folder: archive, store and registry together, locked so that nobody reads while somebody writes."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Literal, Quad

from etappe import projection
from etappe.archive import Archive
from etappe.errors import NotFound, StoreUnavailable
from etappe.model import DEFAULT_BASE
from etappe.namespaces import SCHEMA
from etappe.registry import Registry
from etappe.store.oxigraph import OxigraphStore

#: How long another process is waited for, in seconds.
PATIENCE = 5.0


class Workspace:
    """An open data folder. Make one with ``open_workspace``.

    Attributes:
        folder, base: where it lies, and the base of its IRIs.
        archive, store: the truth, and what is made from it.
    """

    def __init__(
        self, folder: Path, base: str, archive: Archive, store: OxigraphStore, *, in_place: bool = True
    ) -> None:
        self.folder = folder
        self.base = base
        self.archive = archive
        self.store = store
        self._in_place = in_place  # whether this is the store of the folder, not one made from the archive for now

    def registry(self) -> Registry:
        """The registry as it stands now."""
        return Registry(self.store.triples(projection.registry_graph(self.base)))

    def project(self, *, first: int) -> None:
        """Bring the store up to the archive, from event number ``first`` on, in one transaction."""
        events = self.archive.events
        graphs = projection.affected_graphs(self.archive, events[first - 1 :], self.base)
        graphs[projection.state_graph(self.base)] = projection.state_triples(self.base, len(events))
        self.store.apply(graphs)

    def catch_up(self) -> None:
        """Bring a store up to date that lags behind, is new, or was made under another base."""
        position = self.position()
        if position is None:
            self.store.clear()
            self.store.fill(projection.whole(self.archive, self.base))
        elif position < len(self.archive.events):
            self.project(first=position + 1)

    def position(self) -> int | None:
        """The number of the last event that the store has taken in; nothing where it was never filled for this base."""
        for triple in self.store.triples(projection.state_graph(self.base)):
            if triple.predicate == SCHEMA.position and isinstance(triple.object, Literal):
                return int(triple.object.value)
        return None

    def differences(self) -> Iterator[str]:
        """A sentence for each way in which archive and store do not agree, or the archive is damaged."""
        faults = list(self.archive.faults())
        yield from faults
        if faults:
            return
        if not self._in_place:
            yield "the store is missing, behind the archive, or made under another base; run 'etappe rebuild'"
            return
        # Through a store of its own, for Oxigraph keeps numbers and times in their canonical form.
        with OxigraphStore() as fresh:
            fresh.fill(projection.whole(self.archive, self.base))
            for graph in sorted({*fresh.graphs(), *self.store.graphs()}, key=lambda g: g.value):
                there, expected = set(self.store.triples(graph)), set(fresh.triples(graph))
                if there != expected:
                    yield (
                        f"{graph.value}: {len(expected - there)} triples are missing from the store and "
                        f"{len(there - expected)} should not be there; run 'etappe rebuild'"
                    )


@contextmanager
def open_workspace(folder: Path, *, base: str = DEFAULT_BASE, write: bool = False) -> Iterator[Workspace]:
    """A data folder, locked for reading or writing until the block ends.

    A store that lags behind its archive (a process was killed between the two) is brought up to date first.

    Raises:
        NotFound: nothing was ever ingested there, and it is opened for reading.
        StoreUnavailable: locked by another process, not writable, full.
    """
    if not write and not (folder / "archive").is_dir():
        raise NotFound("holds no data yet; begin with 'etappe ingest' or 'etappe demo'", file=folder)
    with _lock(folder, exclusive=write):
        archive = Archive(folder / "archive", writable=write)
        if not write:
            with _up_to_date(folder, base, archive) as workspace:
                yield workspace
            return
        with OxigraphStore(folder / "store") as store:
            workspace = Workspace(folder, base, archive, store)
            workspace.catch_up()
            yield workspace


@contextmanager
def _up_to_date(folder: Path, base: str, archive: Archive) -> Iterator[Workspace]:
    """The workspace for reading. A lagging store is answered from memory, so that reading never writes."""
    if (folder / "store" / "CURRENT").is_file():
        with OxigraphStore(folder / "store", read_only=True) as store:
            workspace = Workspace(folder, base, archive, store)
            if workspace.position() == len(archive.events):
                yield workspace
                return
    with OxigraphStore() as store:
        store.fill(projection.whole(archive, base))
        yield Workspace(folder, base, archive, store, in_place=False)


def rebuild(folder: Path, *, base: str = DEFAULT_BASE) -> int:
    """Make the store anew from the archive and put it in the place of the old one. Returns the number of quads."""
    if not (folder / "archive").is_dir():
        raise NotFound("holds no archive to rebuild from", file=folder)
    with _lock(folder, exclusive=True):
        archive = Archive(folder / "archive", writable=True)
        fresh, old = folder / "store.new", folder / "store.old"
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        quads: list[Quad] = list(projection.whole(archive, base))
        with OxigraphStore(fresh) as store:
            store.fill(quads)
        if (folder / "store").exists():
            (folder / "store").rename(old)
        fresh.rename(folder / "store")
        shutil.rmtree(old, ignore_errors=True)
        return len(quads)


@contextmanager
def _lock(folder: Path, *, exclusive: bool) -> Iterator[None]:
    try:
        if exclusive:
            folder.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT if exclusive else os.O_RDONLY
        path = folder / "lock"
        descriptor = os.open(path, flags) if exclusive or path.exists() else None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreUnavailable(
            f"cannot be used as a data folder ({reason}); name another with --data", file=folder
        ) from error
    if descriptor is None:  # a copy of a data folder without its lock, such as on read-only media
        yield
        return
    try:
        _wait(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH, folder)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, kind: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreUnavailable(
                    "is in use by another process; wait for it, or name another folder with --data", file=folder
                ) from None
            time.sleep(0.05)
