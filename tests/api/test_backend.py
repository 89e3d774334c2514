"""The embedded store behind the service: a state that stands for a while is answered from memory."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from etappe.store.oxigraph import OxigraphStore
from etappe.store.readers import Request
from etappe_api import backend
from etappe_api.backend import Embedded

COUNT = Request("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "application/sparql-results+json")


@pytest.fixture
def store(tmp_path: Path) -> OxigraphStore:
    return OxigraphStore(tmp_path / "store")


def run(folder: Path, work: Callable[[Embedded], Awaitable[None]], *, max_held: int = 2**29) -> None:
    async def main() -> None:
        embedded = Embedded(folder / "generations", 1, 2**30, max_held)
        await embedded.start()
        try:
            await work(embedded)
        finally:
            await embedded.close()

    asyncio.run(main())
    assert list((folder / "generations").iterdir()) == []


def write(store: OxigraphStore, embedded: Embedded, number: int) -> None:
    store.apply({NamedNode(f"a:{number}"): [Quad(NamedNode("a:s"), NamedNode("a:p"), Literal(number)).triple]})
    embedded.generations.take(store)


async def counted(embedded: Embedded) -> int:
    reply = await embedded.answer(COUNT)
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


async def held(embedded: Embedded) -> None:
    async with asyncio.timeout(60):
        while not embedded.held:
            await asyncio.sleep(0.01)


def test_a_new_state_is_seen_at_once_and_held_when_it_stands(store: OxigraphStore, tmp_path: Path) -> None:
    async def work(embedded: Embedded) -> None:
        for number in range(1, 4):
            write(store, embedded, number)
            assert not embedded.held
            assert await counted(embedded) == number
            await held(embedded)
            assert await counted(embedded) == number

    run(tmp_path, work)


def test_while_it_changes_nothing_is_held(store: OxigraphStore, tmp_path: Path) -> None:
    async def work(embedded: Embedded) -> None:
        for number in range(1, 30):
            write(store, embedded, number)
            await asyncio.sleep(0.1)
            assert embedded._pool.held is None
        await held(embedded)
        assert await counted(embedded) == 29

    run(tmp_path, work)


def test_nothing_is_held_where_nothing_may_be(store: OxigraphStore, tmp_path: Path) -> None:
    async def work(embedded: Embedded) -> None:
        write(store, embedded, 1)
        await asyncio.sleep(3 * backend.SETTLED)
        assert not embedded.held
        assert await counted(embedded) == 1

    run(tmp_path, work, max_held=0)


def test_what_ended_with_its_server_is_not_taken_into_memory_again_until_it_changes(
    store: OxigraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine may have ended it for want of memory."""
    monkeypatch.setattr(backend, "SETTLED", 0.1)

    async def work(embedded: Embedded) -> None:
        write(store, embedded, 1)
        await held(embedded)
        assert embedded._pool._server is not None
        os.kill(embedded._pool._server._process.pid, signal.SIGKILL)
        async with asyncio.timeout(60):
            while embedded.held:
                await asyncio.sleep(0.01)
        assert await counted(embedded) == 1
        await asyncio.sleep(0.5)
        assert not embedded.held
        write(store, embedded, 2)
        await held(embedded)

    run(tmp_path, work)
