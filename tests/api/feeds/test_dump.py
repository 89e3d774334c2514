import asyncio
import gzip

import pytest
from pyoxigraph import RdfFormat, Store, parse

from etappe.errors import Busy
from etappe_api.feeds import dump
from etappe_api.feeds.dump import Dumps


def everything(client):
    return set(client.portal.call(client.app.state.service.read, lambda store: list(store.quads())))


def test_the_dump_has_every_quad(client):
    answer = client.get("/dump.nq")
    assert answer.headers["content-type"] == "application/n-quads"
    assert answer.headers["content-disposition"] == 'attachment; filename="dump.nq"'
    quads = list(parse(answer.content, RdfFormat.N_QUADS))
    assert len(quads) == len(set(quads)) > 1000
    assert set(quads) == everything(client)


def test_the_compressed_dump_is_the_same(client):
    answer = client.get("/dump.nq.gz")
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers  # it is a file that is compressed, not an answer
    assert gzip.decompress(answer.content) == client.get("/dump.nq").content


def test_one_state_gives_the_same_bytes_and_the_same_tag(client):
    for address in ("/dump.nq", "/dump.nq.gz"):
        one, other = client.get(address), client.get(address)
        assert one.content == other.content
        assert one.headers["etag"] == other.headers["etag"]
        known = client.get(address, headers={"If-None-Match": one.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
    assert client.get("/dump.nq").headers["etag"] != client.get("/dump.nq.gz").headers["etag"]


def test_another_state_has_another_tag(serving, submit):
    client = serving(empty=True)
    before = client.get("/dump.nq.gz")
    submit(client, "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund}")
    after = client.get("/dump.nq.gz", headers={"If-None-Match": before.headers.get("etag", "")})
    assert after.status_code == 200
    assert len(gzip.decompress(after.content)) > len(gzip.decompress(before.content))


def test_ranges_are_not_served(client):
    answer = client.get("/dump.nq", headers={"Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert answer.headers["accept-ranges"] == "none"


def test_a_scratch_store_is_dumped(serving):
    client = serving(empty=True, writes="open")
    assert client.get("/dump.nq").content == b""


def test_a_dump_can_be_loaded_into_another_store(client, tmp_path):
    store = Store()
    store.bulk_load(gzip.decompress(client.get("/dump.nq.gz").content), RdfFormat.N_QUADS)
    assert len(store) == len(everything(client))


def in_service(client, work):
    return client.portal.call(work, Dumps(client.app.state.service))


def test_the_state_that_a_dump_began_with_is_kept_until_it_ends(serving, submit, monkeypatch):
    client = serving(empty=True)
    monkeypatch.setattr(dump, "_CHUNK", 1000)
    whole = client.get("/dump.nq").content
    service = client.app.state.service
    dumps = Dumps(service)

    async def first():
        parts = dumps.stream(zipped=False)
        return parts, await anext(parts)

    parts, beginning = client.portal.call(first)
    submit(client, "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund}")

    async def rest():
        return b"".join([part async for part in parts])

    assert beginning + client.portal.call(rest) == whole
    assert client.get("/dump.nq").content != whole


def test_dumps_at_once_are_limited_and_places_come_back(client):
    async def work(dumps):
        running = [dumps.stream(zipped=False) for _ in range(dump.AT_ONCE)]
        for parts in running:
            await anext(parts)
        with pytest.raises(Busy):
            await anext(dumps.stream(zipped=False))
        for parts in running:
            await parts.aclose()
        return [part async for part in dumps.stream(zipped=False)]

    assert in_service(client, work)


def test_a_client_who_stops_reading_holds_nothing_beyond_the_deadline(client, monkeypatch):
    monkeypatch.setattr(dump, "_CHUNK", 1000)
    monkeypatch.setattr(dump, "DEADLINE", 0.0)

    async def work(dumps):
        parts = dumps.stream(zipped=False)
        with pytest.raises(TimeoutError):
            while True:
                await anext(parts)
        return dumps._running

    assert in_service(client, work) == 0


def test_the_child_of_a_dump_ends_with_it(client, monkeypatch):
    monkeypatch.setattr(dump, "_CHUNK", 1000)
    started = []
    original = asyncio.create_subprocess_exec

    async def noted(*arguments, **more):
        started.append(await original(*arguments, **more))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)

    async def work(dumps):
        parts = dumps.stream(zipped=False)
        await anext(parts)
        await parts.aclose()

    in_service(client, work)
    assert [process.returncode is not None for process in started] == [True]


def test_a_state_that_cannot_be_read_is_a_problem(serving, monkeypatch):
    client = serving(empty=True)
    monkeypatch.setattr(dump.sys, "executable", "/bin/false")
    answer = client.get("/dump.nq.gz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_server_is_dumped_graph_by_graph(client):
    async def work(dumps):
        plain = b"".join([part async for part in dumps._of_server(False)])
        return plain, b"".join([part async for part in dumps._of_server(True)])

    plain, zipped = in_service(client, work)
    assert set(parse(plain, RdfFormat.N_QUADS)) == everything(client)
    assert gzip.decompress(zipped) == plain
