"""Where queries are answered: readers over generations of the embedded store, or a SPARQL server."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from etappe.errors import StoreUnavailable
from etappe.store.generations import Generations
from etappe.store.oxigraph import OxigraphStore
from etappe.store.readers import ReaderPool, Reply, Request

if TYPE_CHECKING:
    from etappe.store.remote import RemoteStore


#: Seconds for which a state must stand before it is taken into memory, and that in times of what the last one took.
SETTLED, CALM = 1.0, 4


class Backend(Protocol):
    """Answers queries; knows nothing of reports."""

    @property
    def held(self) -> bool:
        """Whether the newest state is answered from memory."""

    async def start(self) -> None:
        """Make ready for queries."""

    async def close(self) -> None:
        """Stop what runs and release what is held."""

    def pin(self) -> AbstractContextManager[Path | None]:
        """One state of the store, for as long as the block lasts, where the backend can hold one."""

    async def answer(self, request: Request, pinned: Path | None = None) -> Reply:
        """See ``ReaderPool.answer``. Without ``pinned``, over the newest state."""

    async def check_update(self, update: str, base: str | None) -> None:
        """Refuse an update that does not parse, as ``QueryError``."""


class Embedded:
    """Reader processes on snapshots. A state that stands for a while is taken into memory, if there is room for it.

    Args:
        folder: where the snapshots lie, on the file system of the store.
        max_held: bytes that a state may take in memory; 0 to answer from disk always.
    """

    def __init__(self, folder: Path, readers: int, max_memory: int, max_held: int) -> None:
        self.generations = Generations(folder)
        self._pool = ReaderPool(readers, max_memory=max_memory, max_held=max_held)
        self._holding: asyncio.Task[None] | None = None
        self._hold_states = max_held > 0

    @property
    def held(self) -> bool:
        """See ``Backend``."""
        return self._pool.held is not None and self._pool.held == self.generations.newest

    async def start(self) -> None:
        """See ``Backend``."""
        await self._pool.start()
        if self._hold_states:
            self._holding = asyncio.create_task(self._hold())

    async def close(self) -> None:
        """See ``Backend``."""
        if self._holding is not None:
            self._holding.cancel()
            with suppress(asyncio.CancelledError):
                await self._holding
        await self._pool.close()
        self.generations.close()

    def take(self, store: OxigraphStore) -> None:
        """From now on, answer from the present state of the store."""
        self.generations.take(store)

    def pin(self) -> AbstractContextManager[Path | None]:
        """See ``Backend``."""
        return self.generations.current()

    async def answer(self, request: Request, pinned: Path | None = None) -> Reply:
        """See ``Backend``."""
        if pinned is not None:
            return await self._pool.answer(request, pinned)
        with self.generations.current() as generation:
            return await self._pool.answer(request, generation)

    async def check_update(self, update: str, base: str | None) -> None:
        """See ``Backend``."""
        await self._pool.check_update(update, base)

    async def _hold(self) -> None:
        tried: Path | None = None
        took = 0.0
        while True:
            newest = self.generations.newest
            await asyncio.sleep(max(SETTLED, CALM * took))
            if newest is None or newest == tried or newest != self.generations.newest:
                continue
            began = monotonic()
            with self.generations.current() as tried, suppress(StoreUnavailable):
                await self._pool.hold(tried)
            took = monotonic() - began


class Remote:
    """A SPARQL server. Deadlines, sizes and memory are watched as far as HTTP allows."""

    held = False

    def __init__(self, store: RemoteStore, readers: int, max_memory: int) -> None:
        self._store = store
        self._room = asyncio.Semaphore(readers)
        self._pool = ReaderPool(1, max_memory=max_memory)  # for parsing updates

    async def start(self) -> None:
        """See ``Backend``."""
        await self._pool.start()

    async def close(self) -> None:
        """See ``Backend``."""
        await self._pool.close()

    def pin(self) -> AbstractContextManager[Path | None]:
        """See ``Backend``."""
        return nullcontext()

    async def answer(self, request: Request, pinned: Path | None = None) -> Reply:
        """See ``Backend``."""
        del pinned
        async with self._room:
            return await asyncio.to_thread(self._store.answer, request)

    async def check_update(self, update: str, base: str | None) -> None:
        """See ``Backend``."""
        await self._pool.check_update(update, base)
