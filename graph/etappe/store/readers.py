"""Queries run where they can be killed: child processes on snapshots of the embedded store.

Oxigraph can stop no query that it has begun. So each reader is a process of its own that opens a generation (a
snapshot, ``generations.py``) for reading, has a memory cap and may open no socket. A query that takes too long ends
with its process, and a fresh reader takes the place.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Self

from etappe.errors import Busy, Position, QueryError, QueryTimeout, QueryTooLarge, StoreUnavailable
from etappe.messages import packed, receive_async
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
PATIENCE = 0.4


#: Queries allocate and free many small pieces. Where glibc keeps more of them at hand, they take a tenth less time.
_ALLOCATOR = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"}


class _Reader:
    """One child process. It answers one query at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._worn = False

    @classmethod
    async def start(cls, max_memory: int) -> Self:
        """A process that is ready. Raises ``StoreUnavailable``."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "etappe.store.reading",
            str(max_memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2**20,
            env={**_ALLOCATOR, **os.environ},
        )
        assert process.stdout is not None
        try:
            await receive_async(process.stdout)  # nobody has to wait for what it loads
        except EOFError as error:
            raise StoreUnavailable("a process that answers queries could not be started") from error
        return cls(process)

    @property
    def usable(self) -> bool:
        return self._process.returncode is None and not self._worn

    async def ask(self, message: bytes, timeout: float) -> list[bytes]:
        """Raises ``TimeoutError`` or ``EOFError``; the reader is of no use any more then."""
        assert self._process.stdin is not None and self._process.stdout is not None
        slow = asyncio.get_running_loop().call_later(PATIENCE, self._step_back)
        try:
            self._process.stdin.write(message)
            async with asyncio.timeout(timeout):
                return await receive_async(self._process.stdout)
        except BaseException as error:
            self.kill()
            if isinstance(error, ConnectionError):
                raise EOFError from error
            raise
        finally:
            slow.cancel()

    def _step_back(self) -> None:
        with suppress(OSError):
            _step_back(self._process.pid)
            self._worn = True  # priority cannot be raised again, so this reader answers no further query

    def kill(self) -> None:
        self._worn = True
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def gone(self) -> None:
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


class ReaderPool:
    """Readers that share the queries among them. Used from one event loop.

    Args:
        size: queries that run at once.
        max_memory: bytes that one reader may take (``RLIMIT_DATA``).
    """

    def __init__(self, size: int = 4, *, max_memory: int = 2 * 1024**3) -> None:
        self._size = size
        self._max_memory = max_memory
        self._idle: asyncio.Queue[_Reader] = asyncio.Queue()
        self._readers: set[_Reader] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._opened: Path | None = None  # what was asked last
        self._closed = False

    async def start(self) -> None:
        """Start the readers."""
        for reader in await asyncio.gather(*(_Reader.start(self._max_memory) for _ in range(self._size))):
            self._take_in(reader)

    async def close(self) -> None:
        """End all readers."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for reader in self._readers:
            reader.kill()
        await asyncio.gather(*(reader.gone() for reader in self._readers))
        self._readers.clear()

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
        reader = await self._free(until)
        try:
            status, *parts = await reader.ask(message, until - monotonic())
        except TimeoutError as error:
            raise QueryTimeout(
                f"the query took longer than {timeout:g} seconds and was stopped; narrow it, or add LIMIT"
            ) from error
        except EOFError as error:
            raise QueryTooLarge(
                "the query needed more memory than it may, or is nested too deeply; it was stopped, narrow it"
            ) from error
        finally:
            self._give_back(reader)
        if status == b"done":
            return parts
        raise _ERRORS[status](parts)

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
            self._replace(reader)

    def _give_back(self, reader: _Reader) -> None:
        if reader.usable:
            self._idle.put_nowait(reader)
        else:
            self._replace(reader)

    def _replace(self, reader: _Reader) -> None:
        reader.kill()
        if self._closed:
            return
        task = asyncio.get_running_loop().create_task(self._successor(reader))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _successor(self, reader: _Reader) -> None:
        while True:
            try:
                fresh = await _Reader.start(self._max_memory)
                break
            except StoreUnavailable:  # the machine has no room for it at the moment
                await asyncio.sleep(1)
        if self._opened is not None:
            with suppress(EOFError, TimeoutError):
                await fresh.ask(_message(_OPENING, self._opened), _OPENING.timeout)
        self._take_in(fresh)
        await reader.gone()
        self._readers.discard(reader)

    def _take_in(self, reader: _Reader) -> None:
        self._readers.add(reader)
        self._idle.put_nowait(reader)


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


def _step_back(process: int) -> None:
    """Let a process run only where no other wants to."""
    if sys.platform == "linux":
        os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.setpriority(os.PRIO_PROCESS, process, 19)


def _query_error(parts: list[bytes]) -> QueryError:
    message, line, column = (part.decode() for part in parts)
    return QueryError(message, position=Position(int(line), int(column)) if line else None)


_ERRORS: dict[bytes, Callable[[list[bytes]], Exception]] = {
    b"query": _query_error,
    b"large": lambda parts: QueryTooLarge(parts[0].decode()),
    b"store": lambda parts: StoreUnavailable(parts[0].decode()),
}
