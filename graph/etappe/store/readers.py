"""Queries run where they can be killed: child processes on snapshots of the embedded store.

Oxigraph can stop no query that it has begun. So each reader is a process of its own that opens a generation (a
snapshot, ``generations.py``) for reading, has a memory cap and may open no socket. A query that takes too long ends
with its process, and a fresh reader takes the place. Readers are forked from a process that may hold a generation in
memory (``fork_server.py``): there, queries take a fifth of the time that they take on disk.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from etappe.errors import Busy, Position, QueryError, QueryTimeout, QueryTooLarge, StoreUnavailable
from etappe.messages import packed, receive_async
from etappe.store import forking
from etappe.store.fork_server import Child, ForkServer
from etappe.store.text import refuse_hostile


@dataclass(frozen=True)
class Request:
    """One query of the SPARQL 1.1 Protocol.

    Attributes:
        media_type: the exact form of the answer; it must fit the form of the query.
        default_graphs, named_graphs: the dataset that the protocol names (section 2.1.4); without any, the default
            graph is the union of all graphs.
        base: what relative IRIs of the query are resolved against.
        timeout: seconds, from the moment it is handed over.
        max_bytes, max_rows: how large the answer may be. A larger one is refused, never cut short.
    """

    sparql: str
    media_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None
    timeout: float = 30.0
    max_bytes: int = 64 * 1024 * 1024
    max_rows: int = 1_000_000


@dataclass(frozen=True)
class Reply:
    """A whole answer, serialised."""

    media_type: str
    body: bytes = field(repr=False)


#: Seconds after which a running query steps back behind those of others.
PATIENCE = 0.1
#: Seconds that it runs and pauses by turns from then on, where the others have no cores to themselves. The lowest
#: priority alone is not enough: a core that runs it takes no work off a busy one.
TURN, PAUSE = 0.02, 0.08
_CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _Reader:
    """One child process. It answers one query at a time.

    Args:
        crowded: whether queries of others need the cores.
    """

    def __init__(self, server: ForkServer, child: Child, crowded: Callable[[], bool]) -> None:
        self.server = server
        self.patient = False
        self._child = child
        self._crowded = crowded
        self._next: asyncio.TimerHandle | None = None
        self._ended = False

    @property
    def usable(self) -> bool:
        # Priority cannot be raised again, so whoever stepped back answers no further query.
        gone = self._ended or not self.server.alive or self._child.answers.at_eof()
        return not gone and not self.patient

    async def ask(self, message: bytes, timeout: float) -> list[bytes]:
        """Raises ``TimeoutError`` or ``EOFError``; the reader is of no use any more then."""
        self._later(PATIENCE, self._step_back)
        try:
            self._child.questions.write(message)
            async with asyncio.timeout(timeout):
                return await receive_async(self._child.answers)
        except BaseException as error:
            self.end()
            if isinstance(error, ConnectionError):
                raise EOFError from error
            raise
        finally:
            if self._next is not None:
                self._next.cancel()

    def end(self) -> None:
        self._ended = True
        self.server.end(self._child)

    def _step_back(self) -> None:
        self.patient = True
        self.server.tell(self._child, forking.STEP_BACK)
        self._later(TURN, self._pause)

    def _pause(self) -> None:
        if self._crowded():
            self.server.tell(self._child, forking.PAUSE)
            self._later(PAUSE, self._resume)
        else:
            self._later(TURN, self._pause)

    def _resume(self) -> None:
        self.server.tell(self._child, forking.RESUME)
        self._later(TURN, self._pause)

    def _later(self, seconds: float, what: Callable[[], None]) -> None:
        self._next = asyncio.get_running_loop().call_later(seconds, what)


class ReaderPool:
    """Readers that share the queries among them. Used from one event loop.

    Args:
        size: queries that run at once.
        max_memory: bytes that one reader may take (``RLIMIT_DATA``).
        max_held: bytes that a generation may take in memory, where all readers share it; 0 for none.
    """

    def __init__(self, size: int = 4, *, max_memory: int = 2 * 1024**3, max_held: int = 0) -> None:
        self._size = size
        self._max_memory, self._max_held = max_memory, max_held
        self._server: ForkServer | None = None
        self._servers: set[ForkServer] = set()  # with those whose readers are still at work
        self._changing = asyncio.Lock()
        self._idle: asyncio.Queue[_Reader] = asyncio.Queue()
        self._at_work: set[_Reader] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._opened: Path | None = None  # what was asked last
        self._closed = False

    async def start(self) -> None:
        """Start the readers. Raises ``StoreUnavailable``."""
        await self._change()

    async def close(self) -> None:
        """End all readers."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(server.close() for server in self._servers))

    @property
    def held(self) -> Path | None:
        """The generation over which queries are answered from memory."""
        return self._server.held if self._server is not None and self._server.alive else None

    async def hold(self, generation: Path) -> None:
        """From now on, answer queries over this generation from memory, if there is room for it.

        Raises:
            StoreUnavailable: there is none, and none for new readers either.
        """
        async with self._changing:
            if _size_in_memory(generation) <= self._max_held:
                with suppress(StoreUnavailable):
                    await self._change(generation)
                    return
            if self.held is not None:  # it is old now, and takes room
                await self._change()

    async def answer(self, request: Request, generation: Path) -> Reply:
        """The whole answer to a query over one generation.

        Raises:
            QueryError: it does not parse, is an update, or calls other servers.
            QueryTimeout: it took longer than it may and was stopped.
            QueryTooLarge: its answer, or the memory it needs, is larger than it may.
            Busy: no reader became free in time.
        """
        refuse_hostile(request.sparql)
        self._opened = generation
        parts = await self._ask(_message(request, generation), request.timeout)
        return Reply(request.media_type, parts[0])

    async def check_update(self, update: str, base: str | None) -> None:
        """Whether an update parses: it is run over nothing, in a process that may end on it.

        Raises:
            QueryError: it does not.
        """
        refuse_hostile(update)
        await self._ask(packed(json.dumps({"update": True, "base": base}).encode(), update.encode()), 30.0)

    async def _ask(self, message: bytes, timeout: float) -> list[bytes]:
        until = monotonic() + timeout
        try:
            status, *parts = await self._heard(message, until)
        except TimeoutError as error:
            raise QueryTimeout(
                f"the query took longer than {timeout:g} seconds and was stopped; narrow it, or add LIMIT"
            ) from error
        except EOFError as error:
            raise QueryTooLarge(
                "the query needed more memory than it may, or is nested too deeply; it was stopped, narrow it"
            ) from error
        if status == b"done":
            return parts
        raise _ERRORS[status](parts)

    async def _heard(self, message: bytes, until: float, *, again: bool = True) -> list[bytes]:
        """What a reader says. Whose server was killed gets another one, once: the query need not be the reason."""
        reader = await self._free(until)
        self._at_work.add(reader)
        try:
            return await reader.ask(message, until - monotonic())
        except EOFError:
            if not again or not await reader.server.lost():
                raise
        finally:
            self._at_work.discard(reader)
            self._give_back(reader)
        return await self._heard(message, until, again=False)

    async def _free(self, until: float) -> _Reader:
        while True:
            try:
                reader = self._idle.get_nowait()
            except asyncio.QueueEmpty:
                try:
                    async with asyncio.timeout(until - monotonic()):
                        reader = await self._idle.get()
                except TimeoutError as error:
                    raise Busy("too many long queries run at once; try again later") from error
            if reader.usable:
                return reader
            self._give_back(reader)

    def _give_back(self, reader: _Reader) -> None:
        server = reader.server
        if reader.usable and server is self._server:
            self._idle.put_nowait(reader)
            return
        reader.end()
        if server is self._server:
            self._begin(self._succeed(server))
        elif not server.children:
            self._begin(self._retire(server))

    async def _succeed(self, server: ForkServer) -> None:
        """A reader in the place of one that ended, as long as readers come from this server."""
        while server is self._server:
            try:
                fresh = await self._forked(server)
            except StoreUnavailable:  # the machine has no room for it at the moment, or the server was killed
                await asyncio.sleep(1)
                if not server.alive:
                    await self._restart(server)
                continue
            self._give_back(fresh)
            return

    async def _restart(self, server: ForkServer) -> None:
        async with self._changing:
            if server is self._server:
                with suppress(StoreUnavailable):
                    await self._change()

    async def _change(self, generation: Path | None = None) -> None:
        """From now on, readers come from a new server; those at work finish what they do."""
        server = await ForkServer.start(self._max_memory, generation, self._max_held)
        self._servers.add(server)
        try:
            fresh = await asyncio.gather(*(self._forked(server) for _ in range(self._size)))
        except BaseException:
            await self._retire(server)
            raise
        before, self._server = self._server, server
        while not self._idle.empty():
            self._idle.get_nowait().end()
        for reader in fresh:
            self._idle.put_nowait(reader)
        if before is not None and not before.children:
            await self._retire(before)

    async def _retire(self, server: ForkServer) -> None:
        await server.close()
        self._servers.discard(server)

    async def _forked(self, server: ForkServer) -> _Reader:
        reader = _Reader(server, await server.fork(), self._crowded)
        if self._opened is not None:
            with suppress(EOFError, TimeoutError):
                await reader.ask(_message(_OPENING, self._opened), _OPENING.timeout)
        return reader

    def _crowded(self) -> bool:
        brisk = sum(not reader.patient for reader in self._at_work)
        return brisk >= max(1, _CORES - 1)  # whoever serves the clients needs one too

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        if self._closed:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


#: Lets a fresh reader open the store before somebody waits for it.
_OPENING = Request("ASK {}", "application/sparql-results+json", timeout=5.0)


def _message(request: Request, generation: Path) -> bytes:
    details = {
        "path": str(generation),
        "media_type": request.media_type,
        "default_graphs": request.default_graphs,
        "named_graphs": request.named_graphs,
        "base": request.base,
        "max_bytes": request.max_bytes,
        "max_rows": request.max_rows,
    }
    try:
        query = request.sparql.encode()
    except UnicodeEncodeError as error:
        raise QueryError("the query holds characters that are no text") from error
    return packed(json.dumps(details).encode(), query)


def _size_in_memory(generation: Path) -> int:
    """About how many bytes a generation will take in memory: twice what it takes on disk (measured)."""
    return 2 * sum(file.stat().st_size for file in generation.iterdir())


def _query_error(parts: list[bytes]) -> QueryError:
    message, line, column = (part.decode() for part in parts)
    return QueryError(message, position=Position(int(line), int(column)) if line else None)


_ERRORS: dict[bytes, Callable[[list[bytes]], Exception]] = {
    b"query": _query_error,
    b"large": lambda parts: QueryTooLarge(parts[0].decode()),
    b"store": lambda parts: StoreUnavailable(parts[0].decode()),
}
