"""Answers are kept as long as the data does not change. ETag, 304 and Last-Modified come from here for all of them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etappe_api.logs import route_of

if TYPE_CHECKING:
    from etappe_api.service import Service

Key = tuple[bytes, ...]

#: Request headers that an answer may depend on (``Vary``).
_VARY = (b"accept", b"accept-language")


def cacheable(request: Request) -> None:
    """Say that the answer to this request depends on nothing but its address, what it accepts, and the data."""
    request.scope["state"]["cacheable"] = True


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes
    route: str


class AnswerCache:
    """ASGI layer around all routes. Keeps whole 200 answers to GET that were marked ``cacheable``.

    Args:
        size: bytes of bodies that are kept; the least recently used go first.
    """

    def __init__(self, app: ASGIApp, service: Service, size: int) -> None:
        self._app, self._service, self._size = app, service, size
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._number = -1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        state = self._service.state
        if state.number != self._number:
            self._kept.clear()
            self._bytes, self._number = 0, state.number
        accepts = [value for header in scope["headers"] if header[0] in _VARY for value in header]
        key: Key = (scope.get("raw_path") or scope["path"].encode(), scope["query_string"], *accepts)
        answer = self._kept.get(key)
        if answer is None:
            answer = await self._ask(scope, receive, send)
            if answer is None:
                return
            self._keep(key, answer, state.number)
        else:
            self._kept.move_to_end(key)
            scope["state"]["cached"] = answer.route
        await _send(scope, send, answer)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> _Answer | None:
        """The answer of the routes; nothing where it went to the client at once, because it is not to be kept."""
        started: Message | None = None
        parts: list[bytes] = []
        passed = False
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope

        async def take(message: Message) -> None:
            nonlocal started, passed
            if message["type"] == "http.response.start":
                kept = message["status"] == 200 and scope["state"].get("cacheable")
                started, passed = message, not kept
            if passed:
                if scope["method"] == "HEAD" and message["type"] == "http.response.body":
                    message = {**message, "body": b""}
                await send(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self._app(inner, receive, take)
        if inner is not scope:
            scope["route"] = inner.get("route")
        if passed or started is None:
            return None
        body = b"".join(parts)
        etag = b'"' + hashlib.sha256(body).hexdigest()[:24].encode() + b'"'
        headers: list[tuple[bytes, bytes]] = [
            (name, value)
            for name, value in started["headers"]
            if name not in (b"etag", b"last-modified", b"content-length")
        ]
        names = {name for name, _ in headers}
        if b"vary" not in names:
            headers.append((b"vary", b"Accept, Accept-Language"))
        if b"cache-control" not in names:
            headers.append((b"cache-control", b"no-cache"))
        since = format_datetime(self._service.state.since, usegmt=True).encode()
        headers += [(b"etag", etag), (b"last-modified", since), (b"content-length", b"%d" % len(body))]
        return _Answer(200, tuple(headers), body, etag, route_of(inner))

    def _keep(self, key: Key, answer: _Answer, number: int) -> None:
        # An answer that was begun before the data changed must not be kept for the new data.
        if number != self._service.state.number or number != self._number or len(answer.body) > self._size // 8:
            return
        self._kept[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._size:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body)


async def _send(scope: Scope, send: Send, answer: _Answer) -> None:
    if _unchanged(dict(scope["headers"]), answer):
        headers = [(name, value) for name, value in answer.headers if name not in (b"content-type", b"content-length")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body"})
        return
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})


def _unchanged(sent: Mapping[bytes, bytes], answer: _Answer) -> bool:
    """Whether the client has this answer already (RFC 9110, section 13.2.2)."""
    known, since = sent.get(b"if-none-match"), sent.get(b"if-modified-since")
    if known is not None:
        return any(tag.strip().removeprefix(b"W/") in (answer.etag, b"*") for tag in known.split(b","))
    if since is None:
        return False
    modified = dict(answer.headers)[b"last-modified"]
    try:
        return parsedate_to_datetime(modified.decode()) <= parsedate_to_datetime(since.decode("latin-1"))
    except ValueError:
        return False
