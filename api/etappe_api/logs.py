"""What happened: one line of JSON for each request on standard error, and the traceback of each fault.

Lines hold neither queries nor bodies nor addresses of people: the route's template instead of the path, the id of
the key instead of a name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
import re
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import Any

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etappe.errors import Busy, EtappeError
from etappe_api.leaving import Left
from etappe_api.problems import on_fault, problem_of

#: Request ids that are taken over. Others, such as long ones or those with line breaks, are replaced.
_SAFE = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
#: Holds where an answer has no policy of its own: nothing in it is loaded or run.
_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
#: Routes whose requests are not worth a line each.
_QUIET = ("/health", "/ready", "/metrics")

Observe = Callable[[str, str, int, float, bool], None]


class _StandardError:
    """Writes lines. A log that nobody takes must not end a request."""

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    info = warning = error = msg


#: Made once, for making one takes longer than writing a line.
_encode = json.JSONEncoder(ensure_ascii=False, default=repr).encode

_PROCESSORS: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.ExceptionRenderer(),
    structlog.processors.JSONRenderer(serializer=lambda line, **_: _encode(line)),
]


def _logger() -> Any:
    wrapper = structlog.make_filtering_bound_logger(logging.INFO)
    return structlog.wrap_logger(_StandardError(), processors=_PROCESSORS, wrapper_class=wrapper).bind()


class RequestLog:
    """ASGI layer around everything: gives each request an id, writes its line, adds the headers that all answers have.

    Args:
        observe: told of each request: method, route, status, seconds, whether the answer was kept already.
        addresses: whether lines hold the network (not the whole address) that a request came from.
    """

    def __init__(self, app: ASGIApp, *, observe: Observe, addresses: bool = False) -> None:
        self._app, self._observe, self._addresses = app, observe, addresses
        self._log = _logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        identifier = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = identifier
        state["headers"] = ((b"x-request-id", identifier.encode()), *_SECURITY)
        status = size = 0

        async def take(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                state["started"] = True
                headers = [*message["headers"], *state["headers"]]
                if _POLICY[0] not in dict(headers):
                    headers.append(_POLICY)
                message = {**message, "headers": headers}
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, take)
        finally:
            seconds = perf_counter() - began
            route = route_of(scope)
            self._observe(scope["method"], route, status, seconds, "cached" in state)
            if route not in _QUIET or status >= 400:
                self._write(scope, route, status, seconds, size)

    def _write(self, scope: Scope, route: str, status: int, seconds: float, size: int) -> None:
        state = scope["state"]
        client = state.get("client")
        line: dict[str, Any] = {
            "id": state["request_id"],
            "method": scope["method"] if scope["method"].isalpha() and len(scope["method"]) < 20 else "other",
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "bytes": size,
        }
        if client is not None and client.id is not None:
            line["key"] = client.id
        if self._addresses and scope.get("client"):
            line["network"] = network(scope["client"][0])
        if not status:
            line["outcome"] = "client gone" if state.get("gone") else "aborted"
        self._log.info("request", **line)


class Faults:
    """ASGI layer around all that works: what nobody expected becomes a problem document, and its traceback a line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = _logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except EtappeError as error:  # from a layer; those of routes became answers already
            await self._answer(problem_of(error), scope, receive, send)
        except asyncio.CancelledError:  # the time for ending is over
            if not scope["state"].get("started"):
                await problem_of(Busy("the service had to end before this was done; send it again later"))(
                    scope, receive, send
                )
            raise
        except _CutShortError:
            raise
        except Left:
            pass
        except Exception as error:  # noqa: BLE001 - the boundary of the service
            self._log.error("fault", id=scope["state"].get("request_id"), route=route_of(scope), exc_info=error)
            await self._answer(await on_fault(Request(scope), error), scope, receive, send)

    async def _answer(self, response: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["state"].get("started"):
            raise _CutShortError  # the server closes the connection, so that nobody takes the part for the whole
        await response(scope, receive, send)


class _CutShortError(Exception):
    """An answer that failed after it had begun."""


def route_of(scope: Scope) -> str:
    """The template of the route that a request was led to, such as ``/id/{kind}/{slug}``; ``-`` where there is none."""
    cached = scope["state"].get("cached")
    if cached is not None:
        return str(cached)
    route = scope.get("route")
    template = getattr(route, "path", None)
    if template is not None:
        return str(template)
    if "endpoint" not in scope:
        return "-"
    path = str(scope["path"])
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(str(value), f"{{{name}}}") if str(value) else path
    return path


def network(address: str) -> str:
    """The network of an address, by which no person is known: /24, or /48 of IPv6."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return "-"
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SAFE.fullmatch(value):
            return str(value.decode())
    return secrets.token_hex(8)


def configure() -> None:
    """Let what libraries log (uvicorn, asyncio) come out as lines of JSON too, from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_PROCESSORS],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("uvicorn.access").disabled = True
