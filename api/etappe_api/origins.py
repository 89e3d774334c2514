"""Pages of any site may read what the service answers (CORS, Fetch Standard, section 3.2)."""

from __future__ import annotations

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_EXPOSED = (
    "Content-Disposition",
    "Content-Location",
    "ETag",
    "Last-Modified",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
    "X-Total-Count",
)
_HEADERS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", ", ".join(_EXPOSED).encode()),
)


class Origins:
    """ASGI layer: tells every client that any page may read the answer, whoever asks; so answers do not vary by it.

    Browsers that ask beforehand whether they may send a request are answered by Starlette's layer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._preflight = CORSMiddleware(
            app, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], max_age=86400
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "http":
            if scope["method"] == "OPTIONS" and any(name == b"origin" for name, _ in scope["headers"]):
                await self._preflight(scope, receive, send)
                return
            scope["state"]["headers"] += _HEADERS
        await self._app(scope, receive, send)
