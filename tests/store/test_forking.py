"""Readers that share a generation in memory: they answer what is on disk, and nobody depends on their being there."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from etappe.errors import QueryTimeout, QueryTooLarge
from etappe.store import readers
from etappe.store.fork_server import Child
from etappe.store.forking import read, written
from etappe.store.readers import ReaderPool, Request
from store import pools

T = TypeVar("T")
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . { SELECT ?d { ?d ?e ?f } LIMIT 100 } }"
ENDLESS = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }"
JSON = "application/sparql-results+json"
XSD = "http://www.w3.org/2001/XMLSchema#"
S, P, G = NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode("http://e/g")
VALUES = [
    Literal(""),
    Literal('"\\ \n\r\t\u2028\x00\x7f\U0001f9ed <http://e/>'),
    Literal("e\u0301", language="de-AT"),
    Literal("شارع", language="ar", direction=None),
    *(Literal(text, datatype=NamedNode(XSD + kind)) for kind, text in (
        ("integer", "007"), ("integer", "9" * 40), ("decimal", "1.50"), ("double", "NaN"), ("double", "1e400"),
        ("boolean", "1"), ("dateTime", "2018-05-14T24:00:00+14:00"), ("date", "0000-02-30"), ("gYear", "-0044"),
        ("duration", "P1Y2M3DT4H5M6.7S"), ("dayTimeDuration", "PT0S"), ("string", "x"), ("base64Binary", "=="),
    )),
    Literal("x", datatype=NamedNode("http://e/own-type")),
    NamedNode("http://e/Straße?a=%22&b#ü"),
    NamedNode("urn:uuid:0"),
    BlankNode("a"),
    BlankNode("b.c-d"),
    Triple(S, P, Triple(BlankNode("a"), P, Literal("in it"))),
]  # fmt: skip


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    store = Store(str(tmp_path / "store"))
    for place in (G, BlankNode("graph"), DefaultGraph()):
        for value in VALUES:
            store.add(Quad(S, P, value, place))
    store.add(Quad(BlankNode("a"), P, BlankNode("b.c-d"), G))
    store.add_graph(NamedNode("http://e/empty"))
    store.add_graph(BlankNode("none"))
    store.backup(str(tmp_path / "generation"))
    return tmp_path / "generation"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    store = Store(str(tmp_path / "large store"))
    store.bulk_extend(Quad(NamedNode(f"http://e/{n}"), P, Literal(f"value {n}" * 20), G) for n in range(30_000))
    store.optimize()
    store.backup(str(tmp_path / "large"))
    return tmp_path / "large"


def run(work: Callable[[ReaderPool], Awaitable[T]], **options: int) -> T:
    return pools.run(work, **{"max_held": 2**29, **options})


async def ask(pool: ReaderPool, generation: Path, sparql: str, media_type: str = JSON) -> bytes:
    return (await pool.answer(Request(sparql, media_type, timeout=20), generation)).body


def server(pool: ReaderPool) -> int:
    assert pool._server is not None
    return pool._server._process.pid


def state(reader: readers._Reader) -> str:
    """A letter of the kernel: R, S, T where it is stopped, Z where it has ended; nothing where it is gone."""
    try:
        return Path(f"/proc/{reader._child.process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


async def seen(child: Child) -> None:
    """Wait until the end of that child has come to light."""
    while not child.answers.at_eof():
        await asyncio.sleep(0.01)


def test_everything_comes_into_memory(generation: Path) -> None:
    disk, output = Store.read_only(str(generation)), io.BytesIO()
    written(str(generation), output)
    output.seek(0)
    memory = read(output)
    assert set(memory) == set(disk)
    assert len(memory) == 3 * len(VALUES) + 1
    assert set(memory.named_graphs()) == set(disk.named_graphs())
    assert memory.contains_named_graph(NamedNode("http://e/empty"))
    assert memory.contains_named_graph(BlankNode("none"))


@pytest.mark.parametrize("cut", [0, 3, 100, -5])
def test_what_is_cut_short_is_not_taken_for_the_whole(generation: Path, cut: int) -> None:
    output = io.BytesIO()
    written(str(generation), output)
    with pytest.raises((EOFError, SyntaxError)):
        read(io.BytesIO(output.getvalue()[:cut]))


@pytest.mark.parametrize(
    ("sparql", "media_type"),
    [
        ("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?o", JSON),
        ("SELECT ?s ?o { ?s ?p ?o }", "text/csv"),
        ("SELECT ?g { GRAPH ?g {} } ORDER BY ?g", JSON),
        (
            "SELECT (DATATYPE(?o) AS ?d) (LANG(?o) AS ?l) (?o + 1 AS ?n) (?o < 8 AS ?b) { ?s ?p ?o } ORDER BY ?d ?o",
            JSON,
        ),
        ("SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?o) AS ?d) (SUM(?o) AS ?sum) (MAX(?o) AS ?max) { ?s ?p ?o }", JSON),
        ("CONSTRUCT WHERE { <http://e/s> ?p ?o }", "application/n-triples"),
    ],
)
def test_the_answer_is_that_from_disk(generation: Path, sparql: str, media_type: str) -> None:
    async def work(pool: ReaderPool) -> tuple[bytes, bytes]:
        disk = await ask(pool, generation, sparql, media_type)
        await pool.hold(generation)
        assert pool.held == generation
        return disk, await ask(pool, generation, sparql, media_type)

    disk, memory = run(work)
    assert sorted(disk.split(b"\n")) == sorted(memory.split(b"\n"))


def test_readers_are_not_given_the_same_chance(generation: Path) -> None:
    """A fork copies the state of a random number generator."""
    sparql = "SELECT (STRUUID() AS ?a) (UUID() AS ?b) (STR(RAND()) AS ?c) (STR(BNODE()) AS ?d) { ?s ?p ?o }"

    async def work(pool: ReaderPool) -> list[bytes]:
        await pool.hold(generation)
        return await asyncio.gather(*(ask(pool, generation, sparql, "text/csv") for _ in range(4)))

    seen: list[str] = []
    for answer in run(work, size=4):
        for row in answer.decode().splitlines()[1:]:
            seen += [value for value in row.split(",") if value]
    assert len(seen) == len(set(seen)) >= 4 * 3 * len(VALUES)


def test_what_is_newer_is_read_from_disk_until_it_is_held(generation: Path, large: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <http://e/g> { ?s ?p ?o } }"

    async def work(pool: ReaderPool) -> None:
        await pool.hold(generation)
        assert b'"30000"' in await ask(pool, large, count)
        assert b'"30000"' not in await ask(pool, generation, count)
        first = server(pool)
        await pool.hold(large)
        assert pool.held == large
        assert b'"30000"' in await ask(pool, large, count)
        assert b'"30000"' not in await ask(pool, generation, count)  # whoever began before reads on
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)

    run(work, size=2)


def test_those_at_work_finish_what_they_do(generation: Path, large: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c FILTER(STRLEN(SHA512(CONCAT(STR(?o), STR(?c)))) > 0) } "

    async def work(pool: ReaderPool) -> None:
        await pool.hold(generation)
        first = server(pool)
        running = asyncio.create_task(pool.answer(Request(slow, JSON, timeout=3), large))
        await asyncio.sleep(0.5)
        await pool.hold(large)
        os.kill(first, 0)  # it is there still
        with pytest.raises(QueryTimeout):
            await running
        async with asyncio.timeout(10):
            while first in await children():
                await asyncio.sleep(0.05)

    run(work)


async def children() -> list[int]:
    process = await asyncio.create_subprocess_exec(
        "ps", "-o", "pid=", "--ppid", str(os.getpid()), stdout=asyncio.subprocess.PIPE
    )
    return [int(pid) for pid in (await process.communicate())[0].split()]


@pytest.mark.parametrize("room", [0, 100_000])
def test_what_is_too_large_stays_on_disk(generation: Path, large: Path, room: int) -> None:
    async def work(pool: ReaderPool) -> bytes:
        await pool.hold(large)
        assert pool.held is None
        return await ask(pool, large, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    assert b'"30000"' in run(work, max_held=room)


def test_what_was_held_gives_way_to_what_is_too_large(generation: Path, large: Path) -> None:
    async def work(pool: ReaderPool) -> bytes:
        await pool.hold(generation)
        assert pool.held == generation
        pool._max_held = 0
        await pool.hold(large)
        assert pool.held is None
        return await ask(pool, large, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    assert b'"30000"' in run(work)


def test_memory_that_the_guess_missed_is_refused_too(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etappe.store.readers._size_in_memory", lambda _: 0)

    async def work(pool: ReaderPool) -> bytes:
        await pool.hold(large)
        assert pool.held is None
        return await ask(pool, large, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    assert b'"30000"' in run(work, max_held=2**22)


def test_what_cannot_be_read_stays_on_disk(generation: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        for table in generation.glob("*.sst"):
            os.truncate(table, table.stat().st_size // 2)
        for log in generation.glob("MANIFEST*"):
            os.truncate(log, 10)
        await pool.hold(generation)
        assert pool.held is None

    run(work)


def test_a_query_over_its_limits_ends_alone_and_the_next_is_answered_from_memory(large: Path) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"

    async def work(pool: ReaderPool) -> None:
        await pool.hold(large)
        for _ in range(3):
            with pytest.raises(QueryTimeout):
                await pool.answer(Request(runaway, JSON, timeout=0.3), large)
        with pytest.raises(QueryTooLarge, match="memory"):
            await pool.answer(Request(greedy, JSON), large)
        assert b'"30000"' in await ask(pool, large, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert pool.held == large
        assert pool._server is not None
        assert len(pool._server.children) <= 2

    run(work, size=2, max_memory=2**28)


def test_a_reader_that_is_killed_has_a_successor(generation: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        await pool.hold(generation)
        assert pool._server is not None
        (child,) = pool._server.children
        os.kill(child.process, signal.SIGKILL)
        await seen(child)
        assert json.loads(await ask(pool, generation, "ASK {}"))["boolean"] is True
        assert pool.held == generation

    run(work)


def test_a_server_that_is_killed_has_a_successor(generation: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        await pool.hold(generation)
        assert pool._server is not None
        first, there = server(pool), list(pool._server.children)
        os.kill(first, signal.SIGKILL)
        await asyncio.gather(*map(seen, there))
        assert json.loads(await ask(pool, generation, "ASK {}"))["boolean"] is True
        assert server(pool) != first

    run(work, size=2)


def test_a_query_whose_server_is_killed_is_asked_once_more(large: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        await pool.hold(large)
        query = asyncio.create_task(ask(pool, large, LONG))
        await asyncio.sleep(0.2)
        os.kill(server(pool), signal.SIGKILL)
        assert await query == await ask(pool, large, LONG)

    run(work, size=2)


def test_a_query_that_loses_two_servers_is_refused(large: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        query = asyncio.create_task(ask(pool, large, ENDLESS))
        for _ in range(2):
            before = server(pool)
            await asyncio.sleep(0.2)
            os.kill(before, signal.SIGKILL)
            async with asyncio.timeout(20):
                while server(pool) == before and not query.done():
                    await asyncio.sleep(0.01)
        with pytest.raises(QueryTooLarge):
            await query

    run(work)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_long_query_pauses_while_others_are_asked(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_CORES", 1)

    async def work(pool: ReaderPool) -> None:
        await pool.hold(large)
        alone = await ask(pool, large, LONG)
        query = asyncio.create_task(ask(pool, large, LONG))
        states = set[str]()
        while not query.done():
            await ask(pool, large, "ASK {}")
            states |= {state(reader) for reader in pool._at_work}
        assert "T" in states
        assert await query == alone

    run(work, size=2)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_long_query_does_not_pause_for_another_one(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_CORES", 1)

    async def work(pool: ReaderPool) -> None:
        queries = [asyncio.create_task(ask(pool, large, LONG)) for _ in range(2)]
        await asyncio.sleep(2 * (readers.PATIENCE + readers.PAUSE))
        while not all(query.done() for query in queries):
            assert "T" not in {state(reader) for reader in pool._at_work}
            await asyncio.sleep(0.005)
        await asyncio.gather(*queries)

    run(work, size=2)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_query_that_pauses_ends_at_its_deadline(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "PAUSE", 60.0)
    monkeypatch.setattr(ReaderPool, "_crowded", lambda pool: True)

    async def work(pool: ReaderPool) -> None:
        request = Request(ENDLESS, JSON, timeout=1)
        query = asyncio.create_task(pool.answer(request, large))
        await asyncio.sleep(0.8)
        (reader,) = pool._at_work
        assert state(reader) == "T"
        with pytest.raises(QueryTimeout):
            await query
        assert json.loads(await ask(pool, large, "ASK {}"))["boolean"] is True
        assert state(reader) in ("", "Z")

    run(work)


def test_nobody_outlives_the_pool(generation: Path, large: Path) -> None:
    async def work(pool: ReaderPool) -> list[int]:
        await pool.hold(generation)
        assert pool._server is not None
        there = [server(pool), *(child.process for child in pool._server.children)]
        running = asyncio.create_task(ask(pool, generation, ENDLESS))
        await asyncio.sleep(0)
        await pool.hold(large)
        running.cancel()
        return [*there, server(pool), *(child.process for child in pool._server.children)]

    for pid in run(work, size=2):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_pool_ends_while_it_reads_a_generation(large: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        there = await children()
        holding = asyncio.create_task(pool.hold(large))
        await asyncio.sleep(0.2)
        holding.cancel()
        with pytest.raises(asyncio.CancelledError):
            await holding
        assert len(await children()) == len(there)
        assert json.loads(await ask(pool, large, "ASK {}"))["boolean"] is True

    run(work)
