"""Connections as uvicorn knows them, with the limits it leaves out: slow and endless heads, slow readers, crowds."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, cast

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from etappe.errors import Busy
from etappe_api.problems import MEDIA_TYPE, problem_of

#: Bytes that are held back for what is written next.
_GATHERED = 16 * 1024
#: Bytes that a slow reader must take in each period, or it is cut off.
_LEAST = 16 * 1024


@dataclass(frozen=True)
class ConnectionLimits:
    """Limits of one connection, and of all of them.

    Attributes:
        most: connections that are served; more are told to come again.
        head: seconds in which the head of a request must arrive; also the period in which a reader must show progress.
        max_address, max_head: bytes of the request line's address, and of the whole head.
    """

    most: int
    head: float
    max_address: int
    max_head: int


class _Gathering:
    """A transport that sends what is written in one turn of the event loop together: a head and its body.

    Everything but writing and closing is the transport's.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)
        self._size += len(data)
        if self._size > _GATHERED:  # so that whoever writes much at once is made to wait
            self._send()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._held:
            held, self._held, self._size = self._held, [], 0
            self._transport.writelines(held)


class _HeadRefusedError(Exception):
    """Ends the parser; what is answered stands in the connection."""


class Connection(HttpToolsProtocol):
    """One connection. ``limits`` is set by ``connections``."""

    limits: ClassVar[ConnectionLimits]

    _head_timer: asyncio.TimerHandle | None = None
    _reader_timer: asyncio.TimerHandle | None = None
    _head_size = 0
    _begun = _in_head = False
    _refusal: HTTPStatus | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See ``asyncio.Protocol``."""
        super().connection_made(cast(asyncio.Transport, _Gathering(transport, self.loop)))
        if len(self.connections) > 2 * self.limits.most:  # not even an answer
            transport.abort()
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """See ``asyncio.Protocol``."""
        self._stop_timers()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """See ``asyncio.Protocol``."""
        if self.transport.is_closing():  # answered already; what comes now is read by nobody
            return
        super().data_received(data)
        if self.transport.is_closing():
            return
        # A head that came whole needs no timer; line breaks before a request begin nothing.
        if self._head_timer is None and (self._in_head or self._idle()):
            self._await_head()
        if self._head_timer is not None:
            self._head_size += len(data)  # an endless header has no callback
            if self._head_size > 2 * self.limits.max_head:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """See httptools."""
        self._head_size = 0
        self._begun = self._in_head = True
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """See httptools."""
        super().on_url(url)
        if len(self.url) > self.limits.max_address:
            self._refusal = HTTPStatus.REQUEST_URI_TOO_LONG
            raise _HeadRefusedError

    def on_header(self, name: bytes, value: bytes) -> None:
        """See httptools."""
        self._head_size += len(name) + len(value) + 4
        if self._head_size > self.limits.max_head:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise _HeadRefusedError
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """See httptools."""
        self._in_head = False
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
        if len(self.connections) > self.limits.most:
            self.app = _crowded
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what the parser refused."""
        del msg
        self._refuse(self._refusal or HTTPStatus.BAD_REQUEST)

    def pause_writing(self) -> None:
        """See ``asyncio.Protocol``."""
        super().pause_writing()
        self._watch_reader(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """See ``asyncio.Protocol``."""
        if self._reader_timer is not None:
            self._reader_timer.cancel()
            self._reader_timer = None
        super().resume_writing()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _idle(self) -> bool:
        return self.timeout_keep_alive_task is None and not self._answering()

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(self.limits.head, self._head_late)

    def _head_late(self) -> None:
        self._head_timer = None
        if self.transport.is_closing():
            return
        if self._answering():  # the one that follows is late, the one before is not
            self._await_head()
        elif self._begun:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _watch_reader(self, before: int) -> None:
        self._reader_timer = self.loop.call_later(self.limits.head, self._check_reader, before)

    def _check_reader(self, before: int) -> None:
        left = self.transport.get_write_buffer_size()
        if before - left < _LEAST:
            self.transport.abort()
        else:
            self._watch_reader(left)

    def _stop_timers(self) -> None:
        for timer in (self._head_timer, self._reader_timer):
            if timer is not None:
                timer.cancel()
        self._head_timer = self._reader_timer = None

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer without the application, and close."""
        if self.transport.is_closing():
            return
        if not (self._answering() and self.cycle.response_started):
            body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status.value}).encode()
            head = (
                f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
                f"content-length: {len(body)}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        if self._answering():  # whoever works on it learns that nobody waits any more
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()


def connections(limits: ConnectionLimits) -> type[Connection]:
    """The class of connections with these limits, for uvicorn's ``http=``."""
    return type("LimitedConnection", (Connection,), {"limits": limits})


async def _crowded(scope: Scope, receive: Receive, send: Send) -> None:
    response = problem_of(Busy("there are too many connections; come again in a moment"))
    response.headers["Connection"] = "close"
    await response(scope, receive, send)
