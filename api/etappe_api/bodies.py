"""Bodies of requests: received whole, within a time and a size, and unpacked, before a route sees them."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etappe.errors import Busy, EtappeError
from etappe_api.problems import problem_of

#: Where ``max_query`` holds.
_QUERIES = ("/sparql", "/sparql/", "/update", "/update/")
#: Encodings that are unpacked (RFC 9110, section 8.4.1).
_ENCODINGS = ("gzip", "x-gzip", "deflate")
#: Bodies of the largest size that may lie in memory at once.
_AT_ONCE = 8
#: Seconds and bytes for which the rest of a refused body is still taken in, so that the client reads the answer.
_LINGER, _LINGER_SILENCE, _LINGER_BYTES = 5.0, 0.3, 64 * 1024**2


class BodyTooLarge(EtappeError):
    """A body with more bytes than it may have, as sent or unpacked."""

    http_status = 413


class BodyTooSlow(EtappeError):
    """A body that did not arrive in time."""

    http_status = 408


class UnknownEncoding(EtappeError):
    """A ``Content-Encoding`` that is not unpacked here."""

    http_status = 415


class Broken(EtappeError):
    """A body that is not what its ``Content-Encoding`` says."""


class _Gone(Exception):
    """The client left before its body was complete."""


@dataclass
class _Held:
    """Bytes that one request holds in memory."""

    size: int = 0


class Bodies:
    """ASGI layer: hands the application bodies that are whole, unpacked and not too large.

    Args:
        max_query: bytes of a body for ``/sparql`` and ``/update``.
        max_body: bytes of any other body.
        timeout: seconds in which a whole body must arrive.
    """

    def __init__(self, app: ASGIApp, *, max_query: int, max_body: int, timeout: float) -> None:
        self._app, self._max_query, self._max_body, self._timeout = app, max_query, max_body, timeout
        self._room = _AT_ONCE * max(max_body, max_query)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or not _announced(scope):
            await self._app(scope, receive, send)
            return
        held = _Held()
        try:
            try:
                body = await self._receive(scope, receive, held)
            except _Gone:
                scope["state"]["gone"] = True
                return
            except EtappeError as error:
                await _refuse(error, scope, receive, send)
                return
            await self._app(_plain(scope, len(body)), _whole(body, receive), send)
        finally:
            self._room += held.size

    async def _receive(self, scope: Scope, receive: Receive, held: _Held) -> bytes:
        encoding = _encoding(scope)
        most = self._max_query if scope["path"] in _QUERIES else self._max_body
        if _length(scope) > most:
            raise _too_large(most)
        parts: list[bytes] = []
        more = True
        try:
            async with asyncio.timeout(self._timeout):
                while more:
                    part, more = await _part(receive)
                    parts.append(part)
                    self._hold(held, len(part))
                    if held.size > most:
                        raise _too_large(most)
        except TimeoutError as error:
            raise BodyTooSlow(f"the body did not arrive within {self._timeout:g} seconds") from error
        body = b"".join(parts)
        if encoding:
            body = await asyncio.to_thread(unpacked, body, encoding, most)
            self._hold(held, len(body))
        return body

    def _hold(self, held: _Held, size: int) -> None:
        held.size += size
        self._room -= size
        if self._room < 0:
            raise Busy("too many large bodies are on their way at once; send it again later")


def unpacked(data: bytes, encoding: str, most: int) -> bytes:
    """What was packed by gzip or deflate; deflate with or without the header of zlib.

    Raises:
        BodyTooLarge: more than ``most`` bytes come out; no more than that is ever held.
        Broken: it is damaged or incomplete.
    """
    if encoding == "deflate":
        raw = not (len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0)
        return _unpacked(data, -zlib.MAX_WBITS if raw else zlib.MAX_WBITS, most)
    return _unpacked(data, 16 + zlib.MAX_WBITS, most)


def _unpacked(data: bytes, window: int, most: int) -> bytes:
    parts: list[bytes] = []
    left = most
    while data:
        packed = zlib.decompressobj(window)
        try:
            parts.append(packed.decompress(data, left + 1))
        except zlib.error as error:
            raise Broken(f"the body cannot be unpacked: {error}") from error
        left -= len(parts[-1])
        if left < 0:
            raise _too_large(most)
        if not packed.eof:
            raise Broken("the body cannot be unpacked: its end is missing")
        data = packed.unused_data  # gzip allows several members, one after the other
    return b"".join(parts)


def _too_large(most: int) -> BodyTooLarge:
    return BodyTooLarge(f"the body has more than the {most:,} bytes that it may have here")


def _announced(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip() != b"0")
        for name, value in scope["headers"]
    )


def _length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.strip().isdigit():
            return int(value[:20])
    return 0


def _encoding(scope: Scope) -> str:
    values = [
        value.decode("latin-1").strip().lower() for name, value in scope["headers"] if name == b"content-encoding"
    ]
    named = [value for value in values if value not in ("", "identity")]
    if not named:
        return ""
    if len(named) > 1 or named[0] not in _ENCODINGS:
        raise UnknownEncoding(f"a body in the encoding {', '.join(named)!r} is not read here; send gzip or deflate")
    return str(named[0])


def _waits(scope: Scope) -> bool:
    """Whether the client sends nothing before it is told to (RFC 9110, section 10.1.1)."""
    return any(name == b"expect" for name, _ in scope["headers"])


async def _part(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise _Gone
    return message.get("body", b""), message.get("more_body", False)


async def _refuse(error: EtappeError, scope: Scope, receive: Receive, send: Send) -> None:
    response = problem_of(error)
    response.headers["Connection"] = "close"  # what is still on its way is not the next request
    if isinstance(error, UnknownEncoding):
        response.headers["Accept-Encoding"] = "gzip, deflate"  # RFC 9110, section 15.5.16
    if isinstance(error, BodyTooLarge | UnknownEncoding) and not _waits(scope):
        await _linger(receive)
    await response(scope, receive, send)


async def _linger(receive: Receive) -> None:
    """A connection that is closed while the client still writes would be reset, and the answer lost."""
    taken = 0
    try:
        async with asyncio.timeout(_LINGER):
            more = True
            while more and taken < _LINGER_BYTES:
                async with asyncio.timeout(_LINGER_SILENCE):
                    part, more = await _part(receive)
                taken += len(part)
    except (TimeoutError, _Gone):
        return


def _plain(scope: Scope, length: int) -> Scope:
    """The scope as if the body had been sent whole and unpacked."""
    dropped = (b"content-encoding", b"content-length", b"transfer-encoding")
    headers = [(name, value) for name, value in scope["headers"] if name not in dropped]
    scope["headers"] = [*headers, (b"content-length", str(length).encode())]
    return scope


def _whole(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def give() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give
