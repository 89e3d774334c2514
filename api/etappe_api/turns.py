"""Readers are shared fairly: while others wait, no client has more than its part of them at work."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from time import monotonic

from etappe.errors import Busy, QueryTimeout
from etappe.store.readers import Reply, Request
from etappe_api.backend import Backend

#: Who asks in this task: the id of a key, or an address. Threads and tasks that a request starts inherit it.
ASKING: ContextVar[str] = ContextVar("asking", default="service")

#: How many may wait; who comes then is sent away at once.
QUEUE = 1000


class Turns:
    """Places that clients take in turn. Used from one event loop.

    A client below its part takes any free place. One that has its part may take more, as long as nobody waits and
    one place stays free for the next who comes.

    Args:
        places: how many may be at work at once.
        part: how many of them one client may always have.
    """

    def __init__(self, places: int, part: int) -> None:
        self._free = places
        self._part = part
        self._has: Counter[str] = Counter()
        self._waiting: deque[tuple[str, asyncio.Future[None]]] = deque()
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @property
    def working(self) -> int:
        """How many places are taken."""
        return self._has.total()

    @asynccontextmanager
    async def turn(self, timeout: float) -> AsyncIterator[None]:
        """A place for as long as the block lasts.

        Raises:
            Busy: none became free within ``timeout`` seconds, too many wait already, or the service ends.
        """
        who = ASKING.get()
        if self._free > 0 and (self._has[who] < self._part or (self._free > 1 and not self._waiting)):
            self._take(who)
        else:
            await self._wait(who, timeout)
        try:
            yield
        finally:
            self._free += 1
            self._has[who] -= 1
            if not self._has[who]:
                del self._has[who]
            self._call()

    def close(self) -> None:
        """Send away all who wait, and all who come."""
        self._closed = True
        for _, called in self._waiting:
            if not called.done():
                called.set_exception(Busy("the service is about to end; send it again later"))

    def _take(self, who: str) -> None:
        self._free -= 1
        self._has[who] += 1

    async def _wait(self, who: str, timeout: float) -> None:
        if self._closed or len(self._waiting) >= QUEUE:
            raise Busy("too many requests wait already; try again later")
        called = asyncio.get_running_loop().create_future()
        entry = (who, called)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(timeout):
                await called
        except BaseException as error:
            if entry in self._waiting:
                self._waiting.remove(entry)
            elif called.done() and not called.cancelled() and called.exception() is None:  # called and left at once
                self._free += 1
                self._has[who] -= 1
                self._call()
            if isinstance(error, TimeoutError):
                raise Busy("too many long queries run at once; try again later") from error
            raise

    def _call(self) -> None:
        """Give free places to those who wait: first to those below their part, in the order in which they came."""
        for below in (True, False):
            for entry in tuple(self._waiting):
                if self._free < (1 if below else 2):
                    break
                who, called = entry
                if below and self._has[who] >= self._part:
                    continue
                self._waiting.remove(entry)
                if not called.done():
                    self._take(who)
                    called.set_result(None)


class FairQueries:
    """A backend whose queries take turns. Everything else is the backend's.

    Attributes:
        turns: who works and who waits.
        refused, timed_out: how many queries found no place, and how many took too long.
    """

    def __init__(self, backend: Backend, places: int, part: int) -> None:
        self._backend = backend
        self.turns = Turns(places, part)
        self.refused = 0
        self.timed_out = 0

    @property
    def held(self) -> bool:
        """See ``Backend``."""
        return self._backend.held

    async def start(self) -> None:
        """See ``Backend``."""
        await self._backend.start()

    async def close(self) -> None:
        """See ``Backend``."""
        self.turns.close()
        await self._backend.close()

    def pin(self) -> AbstractContextManager[Path | None]:
        """See ``Backend``."""
        return self._backend.pin()

    async def answer(self, request: Request, pinned: Path | None = None) -> Reply:
        """See ``Backend``. The time that the query waits for its turn counts."""
        began = monotonic()
        try:
            async with self.turns.turn(request.timeout):
                left = request.timeout - (monotonic() - began)
                return await self._backend.answer(replace(request, timeout=max(left, 0.001)), pinned)
        except Busy:
            self.refused += 1
            raise
        except QueryTimeout:
            self.timed_out += 1
            raise QueryTimeout(
                f"the query took longer than {request.timeout:g} seconds and was stopped; narrow it, or add LIMIT"
            ) from None

    async def check_update(self, update: str, base: str | None) -> None:
        """See ``Backend``."""
        await self._backend.check_update(update, base)
