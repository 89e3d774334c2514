"""The whole data set as N-Quads, streamed: a child process reads one generation while others go on.

No limit of queries holds here; instead there are few dumps at once, each with a deadline, and none is kept in memory.
"""

from __future__ import annotations

import asyncio
import gzip
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing, asynccontextmanager, suppress
from io import BytesIO
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from etappe.errors import Busy, StoreUnavailable
from etappe_api.service import Service

#: Dumps that run at once, and seconds that one may take: a slow client must not hold a generation for ever.
AT_ONCE = 2
DEADLINE = 3600.0
_CHILD = Path(__file__).with_name("dumping.py")
_CHUNK, _AHEAD = 2**18, 4  # bytes of a part; parts that are made before they are sent


class Dumps:
    """The dumps of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._running = 0

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._running >= AT_ONCE:
            raise Busy("other dumps are being made; try again later")
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1

    async def stream(self, *, zipped: bool) -> AsyncGenerator[bytes, None]:
        """The parts of the dump. It ends with an error, never early: who reads it sees that it is not whole.

        Raises:
            Busy: enough dumps run.
            StoreUnavailable: the state cannot be read.
            TimeoutError: the client took it too slowly.
        """
        parts: asyncio.Queue[bytes | None] = asyncio.Queue(_AHEAD)
        # A task of its own: a client who stops reading holds a generation until the deadline, not longer.
        maker = asyncio.create_task(self._make(parts, zipped))
        try:
            while (part := await parts.get()) is not None:
                yield part
            await maker
        finally:
            maker.cancel()
            await asyncio.wait([maker])
            if not maker.cancelled():
                maker.exception()  # told above, or of no interest to a client who is gone

    async def _make(self, parts: asyncio.Queue[bytes | None], zipped: bool) -> None:
        try:
            async with self._place(), asyncio.timeout(DEADLINE):
                with self._service.backend.pin() as generation:
                    made = self._of_server(zipped) if generation is None else self._of(generation, zipped)
                    async with aclosing(made):
                        async for part in made:
                            await parts.put(part)
                await parts.put(None)
        except BaseException:
            while not parts.empty():
                parts.get_nowait()
            parts.put_nowait(None)  # the reader wakes up, and learns of the error from this task
            raise

    async def _of(self, generation: Path, zipped: bool) -> AsyncGenerator[bytes, None]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # its folder must not come before the standard library
            str(_CHILD),  # as a file, for as a module it would import the whole service
            str(generation),
            str(self._service.settings.max_memory),
            "gz" if zipped else "plain",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        try:
            while part := await process.stdout.read(_CHUNK):
                yield part
            if await process.wait() != 0:
                raise StoreUnavailable("the state that was to be dumped cannot be read")
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.communicate()  # a pipe that still holds something would keep wait() from returning

    async def _of_server(self, zipped: bool) -> AsyncGenerator[bytes, None]:
        """From a SPARQL server, graph by graph. What is written meanwhile may or may not be in it."""
        for graph in await self._service.read(lambda store: store.graphs()):
            triples = await self._service.read(lambda store, graph=graph: list(store.triples(graph)))  # type: ignore[misc]
            lines = await asyncio.to_thread(_lines, triples, graph)
            # Members of a gzip file may follow one another (RFC 1952, section 2.2).
            yield gzip.compress(lines, mtime=0) if zipped else lines


def _lines(triples: Iterable[Triple], graph: NamedNode) -> bytes:
    output = BytesIO()
    quads = (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    serialize(quads, output, RdfFormat.N_QUADS)
    return output.getvalue()
