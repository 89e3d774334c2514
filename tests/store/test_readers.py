"""Readers over a small store: what they answer, what they refuse, and that one bad query costs nobody else an answer."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from etappe.errors import Busy, EtappeError, QueryError, QueryTimeout, QueryTooLarge
from etappe.store.generations import Generations
from etappe.store.oxigraph import OxigraphStore
from etappe.store.readers import ReaderPool, Request
from store.pools import run

JSON = "application/sparql-results+json"
#: Eight million digests, one after the other, in little memory.
ENDLESS = """SELECT (COUNT(*) AS ?n) {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i
  FILTER(STRLEN(SHA512(CONCAT(STR(?a), STR(?d), STR(?g)))) > 200)
}"""


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    graphs = [NamedNode("http://e/g/1"), NamedNode("http://e/g/2")]
    with OxigraphStore(tmp_path / "store") as store:
        store.fill(
            Quad(
                NamedNode(f"http://e/{n}"), NamedNode("http://e/p"), Literal(f'"}}}},{{" <result>\n{n}'), graphs[n % 2]
            )
            for n in range(200)
        )
        store.backup(tmp_path / "generation")
    return tmp_path / "generation"


def answer(generation: Path, sparql: str, media_type: str = JSON, **options: object) -> bytes:
    async def work(pool: ReaderPool) -> bytes:
        return (await pool.answer(Request(sparql, media_type, **options), generation)).body  # type: ignore[arg-type]

    return run(work)


def test_the_default_graph_is_the_union_unless_a_dataset_is_named(generation: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    def number(sparql: str, **dataset: object) -> str:
        return str(json.loads(answer(generation, sparql, **dataset))["results"]["bindings"][0]["n"]["value"])

    assert number(count) == "200"
    assert number(count, default_graphs=("http://e/g/1",)) == "100"
    assert number(count, named_graphs=("http://e/g/1",)) == "0"
    assert number(named, named_graphs=("http://e/g/1",)) == "100"


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("ASK {}", "text/turtle"),
        ("SELECT * {}", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", JSON),
    ],
)
def test_a_form_that_cannot_carry_the_answer_is_an_error(generation: Path, query: str, media_type: str) -> None:
    with pytest.raises(QueryError, match="cannot carry"):
        answer(generation, query, media_type)


@pytest.mark.parametrize(
    "media_type",
    [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_an_answer_at_its_limit_of_rows_passes_and_one_above_is_refused(generation: Path, media_type: str) -> None:
    query = "SELECT ?s ?o { ?s ?p ?o }"
    assert answer(generation, query, media_type, max_rows=401)
    with pytest.raises(QueryTooLarge, match="rows"):
        answer(generation, query, media_type, max_rows=150)


def test_what_looks_like_rows_within_a_value_counts_only_once(generation: Path) -> None:
    for media_type in (JSON, "application/sparql-results+xml", "text/tab-separated-values"):
        assert answer(generation, "SELECT ?o { ?s ?p ?o }", media_type, max_rows=201)


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples", "application/ld+json"])
def test_graphs_have_limits_too(generation: Path, media_type: str) -> None:
    with pytest.raises(QueryTooLarge, match="bytes"):
        answer(generation, "CONSTRUCT WHERE { ?s ?p ?o }", media_type, max_bytes=100)


def test_a_syntax_error_says_where(generation: Path) -> None:
    with pytest.raises(QueryError) as caught:
        answer(generation, "SELECT *\n{ ?s ?p }")
    assert caught.value.position is not None
    assert caught.value.position.line == 2


def test_a_query_over_its_deadline_is_stopped_and_the_next_is_answered(generation: Path) -> None:
    async def work(pool: ReaderPool) -> bytes:
        with pytest.raises(QueryTimeout):
            await pool.answer(Request(ENDLESS, JSON, timeout=0.3), generation)
        return (await pool.answer(Request("ASK {}", JSON), generation)).body

    assert json.loads(run(work))["boolean"] is True


def test_a_query_that_eats_memory_ends_alone(generation: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"

    async def work(pool: ReaderPool) -> bytes:
        with pytest.raises(QueryTooLarge, match="memory"):
            await pool.answer(Request(query, JSON), generation)
        return (await pool.answer(Request("ASK {}", JSON), generation)).body

    assert json.loads(run(work, max_memory=256 * 1024**2))["boolean"] is True


def test_whoever_finds_no_free_reader_in_time_is_told_to_come_again(generation: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        hog = asyncio.create_task(pool.answer(Request(ENDLESS, JSON, timeout=20), generation))
        await asyncio.sleep(0.1)
        with pytest.raises(Busy):
            await pool.answer(Request("ASK {}", JSON, timeout=0.2), generation)
        hog.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hog
        assert (await pool.answer(Request("ASK {}", JSON), generation)).body

    run(work)


def test_no_reader_outlives_its_pool(generation: Path) -> None:
    async def work(pool: ReaderPool) -> list[int]:
        await pool.answer(Request("ASK {}", JSON), generation)
        assert pool._server is not None
        return [child.process for child in pool._server.children]

    for pid in run(work, size=2):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "not allowed"),
        ("SELECT * { SERVICE ?x { ?s ?p ?o } }", "not allowed"),
        ("LOAD <http://127.0.0.1:9/>", "not allowed"),
        ("SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }", "nested"),
        ("SELECT * { FILTER(" + "!" * 300_000 + "1) }", "nested too deeply"),
        ("INSERT DATA { <http://e/a> <http://e/b> 1 }", "cannot be parsed"),
        ("ASK { FILTER(?x = '\udc80') }", "no text"),
    ],
)
def test_hostile_queries_are_refused(generation: Path, query: str, reason: str) -> None:
    with pytest.raises(EtappeError, match=reason):
        answer(generation, query)


def test_updates_are_only_parsed() -> None:
    async def work(pool: ReaderPool) -> None:
        await pool.check_update("INSERT DATA { <a> <b> 1 }", "http://e/")
        with pytest.raises(QueryError, match="cannot be parsed"):
            await pool.check_update("INSERT DATA { ?x <http://e/b> 1 }", None)
        with pytest.raises(QueryError, match="not allowed"):
            await pool.check_update("LOAD <http://127.0.0.1:9/>", None)

    run(work)


def test_a_reader_cannot_open_a_socket() -> None:
    import subprocess
    import sys

    code = (
        "from etappe.store.sandbox import deny_network; import socket\n"
        "if deny_network():\n"
        "    try: socket.socket(); print('open')\n"
        "    except PermissionError: print('denied')\n"
        "else: print('no seccomp here')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("denied", "no seccomp here")
    if sys.platform == "linux":
        assert done.stdout.strip() == "denied"


def test_readers_see_the_generation_they_are_given(tmp_path: Path) -> None:
    graph = NamedNode("http://e/g")
    triple = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("1"), graph).triple

    with OxigraphStore(tmp_path / "store") as store:
        generations = Generations(tmp_path / "generations")
        generations.take(store)

        async def work(pool: ReaderPool) -> list[bool]:
            seen = []
            with generations.current() as before:
                store.apply({graph: [triple]})
                generations.take(store)
                for path in (before, None):
                    with generations.current() as now:
                        reply = await pool.answer(Request("ASK { ?s ?p ?o }", JSON), path or now)
                        seen.append(json.loads(reply.body)["boolean"])
                assert before.exists()
            assert not before.exists()
            return seen

        assert run(work) == [False, True]
        generations.close()
    assert list((tmp_path / "generations").iterdir()) == []


def test_generations_that_a_dead_process_left_are_removed(tmp_path: Path) -> None:
    (tmp_path / "999999999-1").mkdir(parents=True)
    (tmp_path / f"{os.getpid()}-7").mkdir()
    Generations(tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == [f"{os.getpid()}-7"]
