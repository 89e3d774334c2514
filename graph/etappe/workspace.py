"""A data folder: archive, store and registry together, locked so that nobody reads while somebody writes.

The store lies in the folder, or on a server. Then the folder holds archive and lock, and the server is written to
through one data folder only.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from etappe import projection
from etappe.archive import IDENTITY, Archive, Event
from etappe.columns import Columns
from etappe.errors import NotFound, StoreUnavailable
from etappe.model import DEFAULT_BASE
from etappe.namespaces import DCTERMS, SCHEMA
from etappe.registry import Registry
from etappe.store import Bindings, LastingStore, Store
from etappe.store.oxigraph import OxigraphStore

#: How long another process is waited for, in seconds.
PATIENCE = 5.0
#: File of the columns in a data folder.
COLUMNS = "columns.sqlite"


class Workspace:
    """An open data folder. Make one with ``open_workspace``.

    Attributes:
        folder, base: where it lies, and the base of its IRIs.
        archive, store: the truth, and what is asked.

    Args:
        lasting: the store that is kept, in the folder or on a server; by default the one that is asked. ``None``: it
            is not up to date, and somebody who only reads leaves it alone.
        server: whether it is on a server, where others may have put data.
        columns: the columns beside the store, where somebody writes.
    """

    def __init__(
        self,
        folder: Path,
        base: str,
        archive: Archive,
        store: Store,
        *,
        lasting: LastingStore | None,
        server: bool = False,
        columns: Columns | None = None,
    ) -> None:
        self.folder = folder
        self.base = base
        self.archive = archive
        self.store = store
        self._kept = lasting
        self._server = server
        self._columns = columns

    @property
    def _lasting(self) -> LastingStore:
        assert self._kept is not None, "only who writes, and has brought it up to date, changes the store"
        return self._kept

    def registry(self) -> Registry:
        """The registry as it stands now."""
        return Registry(self.store.triples(projection.registry_graph(self.base)))

    def project(self, *, first: int) -> None:
        """Bring the store up to the archive, from event number ``first`` on, in one transaction."""
        events = self.archive.events
        fresh = events[first - 1 :]
        graphs = projection.affected_graphs(self.archive, fresh, self.base, renamed=self._renamed(fresh))
        if not self._lasting.atomic:  # until it is done, the store says of itself that it is not filled
            self._say_state(())
        graphs[projection.state_graph(self.base)] = projection.state_triples(self.base, events)
        self._lasting.apply(graphs)
        if self._columns is not None:
            self._columns.apply(graphs, _columns_position(self.base, self.archive))

    @contextmanager
    def columns(self) -> Iterator[Columns]:
        """The columns as they stand now; made from the archive in memory where the file lags or is missing."""
        with ExitStack() as stack:
            kept = stack.enter_context(kept_columns(self.folder, self.base, self.archive))
            if kept is None:
                kept = stack.enter_context(Columns())
                self._fill(kept)
            yield kept

    def _fill(self, columns: Columns) -> None:
        graphs = projection.affected_graphs(self.archive, self.archive.events, self.base)
        columns.apply(graphs, _columns_position(self.base, self.archive), anew=True)

    def _renamed(self, events: Iterable[Event]) -> set[NamedNode]:
        """The graphs that name a thing about whose identity these events decide."""
        names = {name for event in events if event.document == IDENTITY for name in (event.id, event.name)}
        if not names:
            return set()
        ends = names | {self.archive.identity.canonical(name) for name in names} | self._known_as(names)
        things = " ".join(f"<{self.base}/id/{name}>" for name in sorted(ends))
        found = self.store.query(
            f"SELECT DISTINCT ?g {{ VALUES ?thing {{ {things} }} "
            "{ GRAPH ?g { ?thing ?p ?o } } UNION { GRAPH ?g { ?s ?q ?thing } } }"
        )
        assert isinstance(found, Bindings)
        return {row["g"] for row in found if isinstance(row["g"], NamedNode)}

    def _known_as(self, names: set[str]) -> set[str]:
        """What the store still calls things that were replaced when it was last brought up to date."""
        start = f"{self.base}/id/"
        graph = projection.identity_graph(self.base)
        return {
            triple.object.value.removeprefix(start)
            for triple in self.store.triples(graph)
            if isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and triple.subject.value.removeprefix(start) in names
        }

    def catch_up(self) -> None:
        """Bring a store up to date that lags behind, is new, or was made under another base.

        Raises:
            StoreUnavailable: a server holds what does not come from this archive.
        """
        position = self.position()
        if position is None:
            if self._server and self._is_filled():
                raise StoreUnavailable(
                    "the store holds the graph of another data folder, of another base, or of an archive that went "
                    "another way; name another store, or run 'etappe rebuild' to replace what it holds"
                )
            self.refill()
        elif position == 0:
            self.refill()
        elif position < len(self.archive.events):
            self.project(first=position + 1)
        if self._columns is not None and self._columns.position != _columns_position(self.base, self.archive):
            self._fill(self._columns)

    def refill(self) -> None:
        """Make the store anew from the archive. Until the last step the store says of itself that it is not filled.

        Raises:
            StoreUnavailable: a server holds data that Etappe did not put there.
        """
        if self._server and self._is_filled() and not self._lasting.atomic:
            self._say_state(())
        self._lasting.clear()
        self._say_state(())
        state = projection.state_graph(self.base)
        self._lasting.fill(q for q in projection.whole(self.archive, self.base) if q.graph_name != state)
        self._say_state(self.archive.events)

    def position(self) -> int | None:
        """The number of the last event of this archive that the store has taken in.

        Nothing where the store was never filled for this base, or from another archive.
        """
        said = {t.predicate: t.object for t in self._lasting.triples(projection.state_graph(self.base))}
        number, identifier = said.get(SCHEMA.position), said.get(DCTERMS.identifier)
        if not isinstance(number, Literal) or not isinstance(identifier, Literal):
            return None
        events = self.archive.events[: int(number.value)]
        known = len(events) == int(number.value) and projection.last_digest(events) == identifier.value
        return len(events) if known else None

    def _say_state(self, events: Sequence[Event]) -> None:
        self._lasting.apply({projection.state_graph(self.base): projection.state_triples(self.base, events)})

    def _is_filled(self) -> bool:
        """Whether a server holds anything that is ours.

        Raises:
            StoreUnavailable: it holds data, but nothing says that it is ours.
        """
        graphs = self._lasting.graphs()
        if not graphs and self._lasting.query("ASK { ?s ?p ?o }") is False:
            return False
        states = [graph for graph in graphs if graph.value.endswith("/graph/state")]
        if not any(t.predicate == SCHEMA.position for graph in states for t in self._lasting.triples(graph)):
            raise StoreUnavailable(
                "the store holds data that Etappe did not put there and will not remove; "
                "name an empty data set with --store"
            )
        return True

    def differences(self) -> Iterator[str]:
        """A sentence for each way in which archive and store do not agree, or the archive is damaged."""
        faults = list(self.archive.faults())
        yield from faults
        if faults:
            return
        with self.columns() as there, Columns() as fresh:
            self._fill(fresh)
            if there.in_words() != fresh.in_words():
                yield "the columns do not agree with the archive; run 'etappe rebuild'"
        if self._kept is None:
            yield "the store is missing, behind the archive, or made under another base; run 'etappe rebuild'"
            return
        # Both through a store of the same kind, for each keeps numbers and times in a form of its own.
        with OxigraphStore() as expected, OxigraphStore() as there:
            expected.fill(projection.whole(self.archive, self.base))
            there.fill(self._kept.quads())
            for graph in sorted({*expected.graphs(), *there.graphs()}, key=lambda g: g.value):
                found, wanted = set(there.triples(graph)), set(expected.triples(graph))
                if found != wanted:
                    yield (
                        f"{graph.value}: {len(wanted - found)} triples are missing from the store and "
                        f"{len(found - wanted)} should not be there; run 'etappe rebuild'"
                    )


@contextmanager
def open_workspace(
    folder: Path, *, base: str = DEFAULT_BASE, write: bool = False, store: str | None = None
) -> Iterator[Workspace]:
    """A data folder, locked for reading or writing until the block ends.

    A store that lags behind its archive (a process was killed between the two) is brought up to date before anybody
    writes. Readers never write: for them, a graph made from the archive in memory takes its place, as it does for a
    server whose answers are not exact.

    Args:
        store: the address of a server, such as ``sparql+http://host:7878``; by default the store in the folder.

    Raises:
        NotFound: nothing was ever ingested there, and it is opened for reading.
        StoreUnavailable: locked by another process, not writable, full; a server that cannot be reached.
        UsageError: the address cannot be read.
    """
    if not write and not (folder / "archive").is_dir():
        raise NotFound("holds no data yet; begin with 'etappe ingest' or 'etappe demo'", file=folder)
    with _lock(folder, exclusive=write):
        archive = Archive(folder / "archive", writable=write)
        if not write:
            with _up_to_date(folder, base, archive, store) as workspace:
                yield workspace
            return
        with _lasting(folder, store) as opened, Columns(folder / COLUMNS, writable=True) as columns:
            server = store is not None
            workspace = Workspace(folder, base, archive, opened, lasting=opened, server=server, columns=columns)
            workspace.catch_up()
            yield workspace


@contextmanager
def kept_columns(folder: Path, base: str, archive: Archive) -> Iterator[Columns | None]:
    """The columns in a folder, where there are some that say what the archive says.

    Raises:
        StoreUnavailable: the file cannot be read.
    """
    path = folder / COLUMNS
    with ExitStack() as stack:
        kept = stack.enter_context(Columns(path)) if path.is_file() else None
        yield kept if kept is not None and kept.position == _columns_position(base, archive) else None


def _columns_position(base: str, archive: Archive) -> str:
    return f"{base} {projection.last_digest(archive.events)}"


@contextmanager
def _lasting(folder: Path, address: str | None, *, read_only: bool = False) -> Iterator[LastingStore]:
    """The store of the folder, or the one on a server."""
    if address is None:
        with OxigraphStore(folder / "store", read_only=read_only) as store:
            yield store
        return
    from etappe.store.remote import RemoteStore

    with RemoteStore(address) as remote:
        yield remote


@contextmanager
def _up_to_date(folder: Path, base: str, archive: Archive, address: str | None) -> Iterator[Workspace]:
    """The workspace for reading. Where the store lags, or answers inexactly, a graph in memory is asked instead."""
    with ExitStack() as stack:
        kept: LastingStore | None = None
        if address is not None or (folder / "store" / "CURRENT").is_file():
            kept = stack.enter_context(_lasting(folder, address, read_only=True))
            workspace = Workspace(folder, base, archive, kept, lasting=kept, server=address is not None)
            if workspace.position() != len(archive.events):
                kept = None
            elif kept.exact:
                yield workspace
                return
        fresh = stack.enter_context(OxigraphStore())
        fresh.fill(projection.whole(archive, base))
        yield Workspace(folder, base, archive, fresh, lasting=kept)


def rebuild(folder: Path, *, base: str = DEFAULT_BASE, store: str | None = None) -> int:
    """Make the store anew from the archive. Returns the number of quads.

    In the folder, the new one is put in the place of the old one when it is whole. On a server, what was ours is
    removed first.

    Raises:
        NotFound: there is no archive.
        StoreUnavailable: see ``open_workspace``; or the server holds data that Etappe did not put there.
    """
    if not (folder / "archive").is_dir():
        raise NotFound("holds no archive to rebuild from", file=folder)
    with _lock(folder, exclusive=True):
        archive = Archive(folder / "archive", writable=True)
        (folder / COLUMNS).unlink(missing_ok=True)  # made anew by whoever writes or reads next
        count = sum(1 for _ in projection.whole(archive, base))
        if store is not None:
            with _lasting(folder, store) as remote:
                Workspace(folder, base, archive, remote, lasting=remote, server=True).refill()
            return count
        fresh, old = folder / "store.new", folder / "store.old"
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        with OxigraphStore(fresh) as local:
            local.fill(projection.whole(archive, base))
        if (folder / "store").exists():
            (folder / "store").rename(old)
        fresh.rename(folder / "store")
        shutil.rmtree(old, ignore_errors=True)
        return count


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
