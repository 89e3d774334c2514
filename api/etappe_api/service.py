"""The running service: what all routes share. Reads go to the backend, writes through one thread in their order."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from starlette.requests import Request as HttpRequest

from etappe.archive import Archive
from etappe.errors import Busy, EtappeError, StoreUnavailable
from etappe.projection import registry_graph, whole
from etappe.registry import Registry
from etappe.store import Store
from etappe.store.oxigraph import OxigraphStore
from etappe.store.readers import Reply, Request
from etappe.workspace import Workspace, open_workspace
from etappe_api.backend import Backend, Embedded, Remote
from etappe_api.keys import Client, Keys
from etappe_api.settings import Settings, Writes
from etappe_api.turns import FairQueries, Turns
from etappe_api.view import View

T = TypeVar("T")

#: Threads in which the library reads for clients, and how many of them one client may always have.
READING, READING_PART = 32, 8

#: Seconds after which a change that another process made (``etappe ingest``) is seen at the latest.
WATCH = 1.0


class State:
    """One state of the data: its number, since when, and what was read from it. Never changes.

    Attributes:
        number: grows with each change.
        since: when it came to be, to the second.
        archive: as it stood then; nothing for a scratch store.
    """

    def __init__(self, number: int, archive: Archive | None) -> None:
        self.number = number
        self.since = datetime.now(UTC).replace(microsecond=0)
        self.archive = archive
        self.registry: Registry | None = None  # once somebody asked for it


class Service:
    """One data folder (and its store) as a service.

    Attributes:
        settings, keys, backend: how it is set up.
        queries: the backend, with clients taking turns.
        state: the present state of the data; changes before a write is acknowledged.
    """

    backend: Backend
    queries: FairQueries
    state: State

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.keys = Keys(settings.keys_file)
        self.scratch: OxigraphStore | None = None
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READING, "reader")
        self._reading = Turns(READING, READING_PART)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watching: asyncio.Task[None] | None = None
        self._closing = False
        self._stamp: tuple[int, int] | None = None

    async def start(self) -> None:
        """Open everything.

        Raises:
            EtappeError: the folder or the store cannot be used.
        """
        self._loop = asyncio.get_running_loop()
        settings = self.settings
        if settings.store is not None:
            from etappe.store.remote import RemoteStore  # SPARQLWrapper is loaded only for those who use it

            remote = RemoteStore(settings.store)
            exact = settings.writes is Writes.OPEN or await asyncio.to_thread(lambda: remote.exact)
        else:
            remote, exact = None, False
        if remote is not None and exact:
            self.backend = Remote(remote, settings.workers, settings.max_memory)
        else:  # a server whose answers are not exact is written to, and not asked
            try:
                self.backend = Embedded(
                    settings.data / "generations", settings.workers, settings.max_memory, settings.max_held
                )
            except OSError as error:
                raise StoreUnavailable(
                    f"cannot be used as a data folder ({(error.strerror or str(error)).lower()})", file=settings.data
                ) from error
        self.queries = FairQueries(self.backend, settings.workers, settings.queries_per_client)
        await self.queries.start()
        if settings.writes is Writes.OPEN:
            if settings.store is None:
                self.scratch = OxigraphStore(settings.data / "scratch")
            self.turn()
        else:
            await self.write(lambda _: None)
            self._watching = asyncio.create_task(self._watch())

    @property
    def closing(self) -> bool:
        """Whether the service is about to end."""
        return self._closing

    def drain(self) -> None:
        """Take no more writes from now on; what was begun is finished."""
        self._closing = True

    async def close(self) -> None:
        """Finish what was begun, refuse what comes, release everything."""
        self.drain()
        self._reading.close()
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        await asyncio.to_thread(self._writer.shutdown)
        if hasattr(self, "queries"):  # else the start failed
            await self.queries.close()
        await asyncio.to_thread(self._readers.shutdown)
        if self.scratch is not None:
            self.scratch.close()

    async def answer(self, request: Request) -> Reply:
        """One query of the SPARQL protocol, under the limits of the service."""
        settings = self.settings
        capped = replace(request, max_bytes=settings.max_answer, max_rows=settings.max_rows)
        return await self.queries.answer(capped)

    async def read(self, work: Callable[[Store], T], client: Client | None = None) -> T:
        """Let the library work on one state of the store, in a thread."""
        timeout = (client.timeout if client else None) or self.settings.timeout
        assert self._loop is not None
        async with self._reading.turn(timeout):
            with self.queries.pin() as pinned:
                view = View(self.queries, self._loop, pinned, timeout)
                return await self._loop.run_in_executor(self._readers, copy_context().run, work, view)

    async def registry(self) -> Registry:
        """The registry as it stands now. Read once for each state."""
        state = self.state
        if state.registry is None:
            state.registry = await self.read(lambda store: Registry(store.triples(registry_graph(self.settings.base))))
        return state.registry

    async def write(self, work: Callable[[Workspace], T]) -> T:
        """Let the library change the data. When this returns, readers see the change.

        Raises:
            Busy: the service is about to end.
            EtappeError: what the work raises; ``StoreUnavailable`` when another process holds the folder too long.
        """
        if self._closing:
            raise Busy("the service is about to end and takes no more writes; send it again later")
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write, work)

    async def write_scratch(self, work: Callable[[OxigraphStore], T]) -> T:
        """The same for a scratch store (``writes=open``), which has no archive."""
        if self._closing:
            raise Busy("the service is about to end and takes no more writes; send it again later")
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write_scratch, work)

    def _write(self, work: Callable[[Workspace], T]) -> T:
        settings = self.settings
        with open_workspace(settings.data, base=settings.base, write=True, store=settings.store) as workspace:
            try:
                return work(workspace)
            finally:
                self.turn(workspace)

    def _write_scratch(self, work: Callable[[OxigraphStore], T]) -> T:
        assert self.scratch is not None
        try:
            return work(self.scratch)
        finally:
            self.turn()

    def turn(self, workspace: Workspace | None = None) -> None:
        """Make what the store holds now the state that is read."""
        if workspace is not None and hasattr(self, "state") and len(workspace.archive.events) == self._events():
            return
        store = workspace.store if workspace is not None else self.scratch
        if isinstance(self.backend, Embedded):
            if isinstance(store, OxigraphStore):
                self.backend.take(store)
            else:
                assert workspace is not None
                self._take_from_archive(self.backend, workspace)
        number = self.state.number + 1 if hasattr(self, "state") else 1
        self.state = State(number, workspace.archive if workspace is not None else None)
        self._stamp = self._log_stamp()

    def _take_from_archive(self, backend: Embedded, workspace: Workspace) -> None:
        """A generation made from the archive, for a server whose own answers are not exact."""
        folder = self.settings.data / "generations" / f"{os.getpid()}-whole"
        shutil.rmtree(folder, ignore_errors=True)
        with OxigraphStore(folder) as store:
            store.fill(whole(workspace.archive, workspace.base))
            backend.take(store)
        shutil.rmtree(folder, ignore_errors=True)

    def _events(self) -> int:
        return len(self.state.archive.events) if self.state.archive is not None else -1

    def _log_stamp(self) -> tuple[int, int] | None:
        try:
            status = (self.settings.data / "archive" / "log.jsonl").stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    async def _watch(self) -> None:
        """See what other processes write into the folder."""
        while True:
            await asyncio.sleep(WATCH)
            if self._log_stamp() != self._stamp:
                with suppress(EtappeError):  # it is still being written; looked at again in a moment
                    await self.write(lambda _: None)


def service_of(request: HttpRequest) -> Service:
    """The service that a request belongs to."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service
