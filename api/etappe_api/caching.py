"""Answers are kept as long as the data does not change. ETag, 304 and Last-Modified come from here for all of them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etappe_api.logs import route_of

if TYPE_CHECKING:
    from etappe_api.service import Service

Key = tuple[str, bytes, bytes, bytes]

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
        accepts = {name: value for name, value in scope["headers"] if name in _VARY}
        raw_path = scope.get("raw_path") or scope["path"].encode()
        key = (
            raw_path.decode("latin-1"),
            scope["query_string"],
            accepts.get(_VARY[0], b""),
            accepts.get(_VARY[1], b""),
        )
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
        etag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
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
        headers += [(b"etag", etag), (b"last-modified", since)]
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
    headers = list(answer.headers)
    if _unchanged(scope, answer):
        headers = [(name, value) for name, value in headers if name != b"content-type"]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body"})
        return
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})


def _unchanged(scope: Scope, answer: _Answer) -> bool:
    """Whether the client has this answer already (RFC 9110, section 13.2.2)."""
    known = since = None
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            known = value
        elif name == b"if-modified-since":
            since = value
    if known is not None:
        return any(tag.strip().removeprefix(b"W/") in (answer.etag, b"*") for tag in known.split(b","))
    if since is None:
        return False
    modified = dict(answer.headers)[b"last-modified"]
    try:
        return parsedate_to_datetime(modified.decode()) <= parsedate_to_datetime(since.decode("latin-1"))
    except ValueError:
        return False
