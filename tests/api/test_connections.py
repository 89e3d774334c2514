"""Connections in this process; test_hostile.py has the service as a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
import uvicorn
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from etappe_api.connections import ConnectionLimits, connections

LIMITS = ConnectionLimits(most=2, head=0.3, max_address=200, max_head=1_000)
HEAD = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"
Client = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/slow":
        await asyncio.sleep(0.5)
    if scope["path"] == "/large":
        body = (b"x" * 10_000 for _ in range(2_000))
        await StreamingResponse(body)(scope, receive, send)
        return
    await PlainTextResponse(scope["path"])(scope, receive, send)


def served(talk: Callable[[Client], Awaitable[None]]) -> None:
    """Let a client talk to a server with these limits."""

    async def run() -> None:
        config = uvicorn.Config(app, lifespan="off", log_config=None)
        config.load()
        state, kind = ServerState(), connections(LIMITS)
        server = await asyncio.get_running_loop().create_server(
            lambda: kind(config=config, server_state=state, app_state={}), "127.0.0.1", 0
        )
        async with server:
            port = server.sockets[0].getsockname()[1]
            open_ones = []

            async def connect() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
                open_ones.append(await asyncio.open_connection("127.0.0.1", port))
                return open_ones[-1]

            async with asyncio.timeout(20):
                await talk(connect)
            for _, writer in open_ones:
                writer.close()
                with suppress(ConnectionError):
                    await writer.wait_closed()

    asyncio.run(run())


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_requests_on_one_connection_are_answered_in_their_order() -> None:
    async def talk(connect: Client) -> None:
        reader, writer = await connect()
        writer.write(HEAD % b"slow" + HEAD % b"b")
        for path in (b"/slow", b"/b"):
            head = await reader.readuntil(b"\r\n\r\n")
            assert status(head) == 200
            assert await reader.readexactly(len(path)) == path
        await asyncio.sleep(0)
        writer.write(HEAD % b"c")
        assert (await reader.readuntil(b"/c")).endswith(b"/c")

    served(talk)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ((b"GET / HTTP/1.1\r\nHo", b"st"), 408),
        ((HEAD % (b"a" * 300),), 414),
        ((b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_200 + b"\r\n\r\n",), 431),
        ((b"GET / HTTP/1.1\r\nX: " + b"a" * 2_500,), 431),
        ((b"nonsense\r\n\r\n",), 400),
    ],
)
def test_heads_that_are_refused(sent: tuple[bytes, ...], expected: int) -> None:
    async def talk(connect: Client) -> None:
        reader, writer = await connect()
        for part in sent:
            writer.write(part)
            await asyncio.sleep(0.1)
        answer = await reader.read()
        assert status(answer) == expected
        assert b"application/problem+json" in answer

    served(talk)


def test_a_connection_on_which_nothing_comes_is_closed() -> None:
    async def talk(connect: Client) -> None:
        reader, _ = await connect()
        assert await reader.read() == b""

    served(talk)


def test_crowds_are_sent_away() -> None:
    async def talk(connect: Client) -> None:
        for _ in range(2):
            await connect()
        reader, writer = await connect()
        writer.write(HEAD % b"a")
        assert status(await reader.read()) == 503
        more = [await connect() for _ in range(3)]
        assert await more[-1][0].read() == b""  # not even an answer

    served(talk)


def test_large_answers_go_to_who_reads_and_others_are_cut_off() -> None:
    async def talk(connect: Client) -> None:
        reader, writer = await connect()
        writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert len(await reader.read()) > 20_000_000
        lazy, other = await connect()
        other.write(HEAD % b"large")
        await asyncio.sleep(1.5)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await lazy.readexactly(20_000_000)

    served(talk)
