"""Where queries are answered: readers over generations of the embedded store, or a SPARQL server."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from etappe.store.generations import Generations
from etappe.store.oxigraph import OxigraphStore
from etappe.store.readers import ReaderPool, Reply, Request

if TYPE_CHECKING:
    from etappe.store.remote import RemoteStore


class Backend(Protocol):
    """Answers queries; knows nothing of reports."""

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
    """Reader processes on snapshots.

    Args:
        folder: where the snapshots lie, on the file system of the store.
    """

    def __init__(self, folder: Path, readers: int, max_memory: int) -> None:
        self.generations = Generations(folder)
        self._pool = ReaderPool(readers, max_memory=max_memory)

    async def start(self) -> None:
        """See ``Backend``."""
        await self._pool.start()

    async def close(self) -> None:
        """See ``Backend``."""
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


class Remote:
    """A SPARQL server. Deadlines, sizes and memory are watched as far as HTTP allows."""

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
