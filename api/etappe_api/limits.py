"""What is refused before anybody looks closer: addresses that nobody means, and more requests than can be served."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from etappe.errors import Busy, EtappeError
from etappe_api.problems import problem_of

_CONTROL = re.compile("[\x00-\x1f\x7f]")
#: Answered always, so that whoever watches the service sees it under load.
_FREE = ("/health", "/ready", "/metrics")


class BadAddress(EtappeError):
    """An address with characters that no address here has."""


class AddressTooLong(EtappeError):
    """An address that is longer than it may be."""

    http_status = 414


class Limits:
    """ASGI layer around all that works.

    Args:
        max_address: bytes of path and query string.
        requests: how many may be at work at once.
    """

    def __init__(self, app: ASGIApp, *, max_address: int, requests: int) -> None:
        self._app, self._max_address, self._requests = app, max_address, requests
        self._working = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        error: EtappeError | None = None
        if len(scope.get("raw_path") or path) + len(scope["query_string"]) > self._max_address:
            error = AddressTooLong(f"the address has more than {self._max_address:,} bytes; send a long query by POST")
        elif _CONTROL.search(path):
            error = BadAddress("the path holds control characters")
        elif self._working >= self._requests and path not in _FREE:
            error = Busy("too many requests are at work at once; send it again later")
        if error is not None:
            await problem_of(error)(scope, receive, send)
            return
        self._working += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._working -= 1
