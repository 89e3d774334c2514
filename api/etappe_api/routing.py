"""Routes of functions that read the request themselves."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response


class PlainRoute(APIRoute):
    """A route whose function takes the request and nothing else: no parameter is read for it beforehand.

    It is described like any other. What FastAPI would read costs more than the rest of a short query.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """See ``APIRoute``."""
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return handler
