"""Clients that leave before they are answered: what is at work for them ends."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.requests import Request

#: Seconds after which somebody looks whether the client is still there; most answers are there before.
_SOON = 0.5


class Left(Exception):
    """The client is gone, and so is the need for an answer."""


class WhileConnected:
    """A block that is cancelled when the client leaves: ``async with WhileConnected(request): …``.

    The body of the request must have been read.

    Raises:
        Left: the client did.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._left = False

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_SOON, self._begin)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self._left and isinstance(error, asyncio.CancelledError) and self._task.uncancel() == 0:
            self._request.scope["state"]["gone"] = True
            raise Left from error

    def _begin(self) -> None:
        self._watching = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self._left = True
        self._task.cancel()
