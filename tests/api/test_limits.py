"""Rates, turns, and how many at once: what one client does is not paid by another."""

from __future__ import annotations

import asyncio
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etappe.errors import Busy
from etappe_api.bodies import BodyTooLarge, Broken, unpacked
from etappe_api.limits import Limits
from etappe_api.rates import CLIENTS, Bucket, Rates
from etappe_api.turns import ASKING, Turns


def test_tokens_come_back_with_time():
    bucket = Bucket(60, 0.0)
    assert [bucket.take(0.0) >= 0 for _ in range(61)] == [True] * 60 + [False]
    assert bucket.wait() == pytest.approx(1.0)
    assert bucket.take(0.5) < 0
    assert bucket.take(1.0) >= 0
    assert bucket.take(1.0) < 0
    assert sum(bucket.take(1e9) >= 0 for _ in range(100)) == 60  # never more than its size


@given(st.integers(1, 100), st.lists(st.floats(0, 1000), max_size=300))
def test_in_no_stretch_of_time_more_than_size_and_what_came_back(size, times):
    bucket, taken = Bucket(size, 0.0), []
    for now in sorted(times):
        if bucket.take(now) >= 0:
            taken.append(now)
        assert bucket.wait() >= 0
    for i, first in enumerate(taken):
        for j in range(i, len(taken)):
            assert j - i + 1 <= size + (taken[j] - first) * size / 60 + 1e-6


def test_who_asks_too_often_is_told_when_to_come_again(serving, key_for):
    client = serving(empty=True, rate=3, rate_writes=1)
    answers = [client.get("/docs") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[0].headers["ratelimit-policy"] == '"requests";q=3;w=60'
    assert 1 <= int(answers[3].headers["retry-after"]) <= 20
    assert answers[3].json()["type"].endswith("#too-many-requests")
    assert client.get("/health").status_code == 200
    assert client.get("/docs", headers=key_for(client, "read")).status_code == 200  # a client of its own
    posts = [client.post("/reports") for _ in range(2)]
    assert posts[0].status_code != 429
    assert posts[1].status_code == 429
    assert "writes" in posts[1].json()["detail"]


def test_a_query_by_post_is_no_write(serving):
    client = serving(empty=True, rate=100, rate_writes=1)
    answers = [client.post("/sparql") for _ in range(3)]
    assert all(answer.headers["ratelimit-policy"].startswith('"requests"') for answer in answers)


def test_a_rate_of_nothing_is_no_limit(serving):
    client = serving(empty=True, rate=0)
    assert "ratelimit" not in client.get("/docs").headers


def test_only_so_many_clients_are_remembered():
    async def app(scope, receive, send):
        pass

    layer = Rates(app, rate=1, rate_writes=1)

    async def ask(who: str) -> None:
        ASKING.set(who)
        scope = {"type": "http", "path": "/x", "method": "GET", "headers": [], "state": {"headers": ()}}
        await layer(scope, None, discard)  # type: ignore[arg-type]

    async def discard(message):
        pass

    async def crowd() -> None:
        for number in range(CLIENTS + 10):
            await ask(str(number))

    asyncio.run(crowd())
    assert len(layer._buckets) == CLIENTS


def test_more_requests_than_can_be_served_are_told_to_come_again():
    async def run() -> list[int]:
        release = asyncio.Event()
        statuses: list[int] = []

        async def app(scope, receive, send):
            await release.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message):
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                if message["status"] == 503:
                    assert (b"retry-after", b"5") in message["headers"]

        layer = Limits(app, max_address=1000, requests=2)
        scope = {"type": "http", "path": "/x", "query_string": b"", "method": "GET", "headers": []}
        tasks = [asyncio.create_task(layer(dict(scope), None, send)) for _ in range(3)]  # type: ignore[arg-type]
        tasks.append(asyncio.create_task(layer({**scope, "path": "/health"}, None, send)))  # type: ignore[arg-type]
        while len(statuses) < 1:
            await asyncio.sleep(0)
        release.set()
        await asyncio.gather(*tasks)
        await layer(dict(scope), None, send)  # type: ignore[arg-type]
        return statuses

    assert asyncio.run(run()) == [503, 200, 200, 200, 200]


class Crowd:
    """Clients that take a turn and keep it until they are told to leave. Runs on one loop, step by step."""

    def __init__(self, places: int, part: int) -> None:
        self.turns = Turns(places, part)
        self.working: list[str] = []
        self._leave: dict[str, list[asyncio.Event]] = {}

    async def come(self, who: str, timeout: float = 60.0) -> asyncio.Task[None]:
        async def work() -> None:
            ASKING.set(who)
            async with self.turns.turn(timeout):
                event = asyncio.Event()
                self._leave.setdefault(who, []).append(event)
                self.working.append(who)
                await event.wait()
                self.working.remove(who)

        task = asyncio.create_task(work())
        await self.settle()
        return task

    async def leave(self, who: str) -> None:
        self._leave[who].pop(0).set()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)


def test_one_client_may_have_all_but_one_place_while_nobody_waits():
    async def run() -> None:
        crowd = Crowd(4, 2)
        tasks = [await crowd.come("a") for _ in range(5)]
        assert crowd.working == ["a"] * 3
        tasks.append(await crowd.come("b"))
        assert crowd.working == ["a"] * 3 + ["b"]  # at once
        for task in tasks:
            task.cancel()

    asyncio.run(run())


def test_those_below_their_part_come_first():
    async def run() -> None:
        crowd = Crowd(2, 1)
        tasks = [await crowd.come(who) for who in "abaac"]
        assert crowd.working == ["a", "b"]
        await crowd.leave("b")
        assert crowd.working == ["a", "c"]  # though three of a came before
        assert crowd.turns.waiting == 2
        await crowd.leave("a")
        assert crowd.working == ["c", "a"]
        for task in tasks:
            task.cancel()

    asyncio.run(run())


def test_who_waits_too_long_is_sent_away_and_takes_no_place():
    async def run() -> None:
        crowd = Crowd(1, 1)
        first = await crowd.come("a")
        with pytest.raises(Busy):
            await (await crowd.come("b", timeout=0.01))
        gone = await crowd.come("c")
        gone.cancel()
        await crowd.settle()
        assert crowd.turns.waiting == 0
        await crowd.leave("a")
        last = await crowd.come("d")
        assert crowd.working == ["d"]
        assert crowd.turns.working == 1
        first.cancel()
        last.cancel()

    asyncio.run(run())


def test_when_the_service_ends_nobody_waits_on():
    async def run() -> None:
        crowd = Crowd(1, 1)
        first = await crowd.come("a")
        waits = await crowd.come("b")
        crowd.turns.close()
        with pytest.raises(Busy, match="about to end"):
            await waits
        with pytest.raises(Busy):
            await (await crowd.come("c"))
        first.cancel()

    asyncio.run(run())


@given(st.integers(1, 4), st.integers(1, 3), st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_no_place_is_lost_and_none_is_given_twice(places, part, steps):
    async def run() -> None:
        crowd = Crowd(places, part)
        tasks = []
        for who, comes in steps:
            if comes:
                tasks.append(await crowd.come(who))
            elif who in crowd.working:
                await crowd.leave(who)
            assert len(crowd.working) == crowd.turns.working <= places
            if crowd.turns.waiting:  # then no place is free for anybody below its part
                assert crowd.turns.working >= places - 1
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert crowd.turns.working == crowd.turns.waiting == 0

    asyncio.run(run())


@given(st.binary(max_size=2000), st.integers(0, 2000), st.sampled_from(["gzip", "deflate"]), st.booleans())
def test_unpacking_gives_back_what_was_packed_or_says_that_it_is_too_much(data, most, encoding, raw):
    window = 31 if encoding == "gzip" else -15 if raw else 15
    packer = zlib.compressobj(wbits=window)
    packed = packer.compress(data) + packer.flush()
    if len(data) > most:
        with pytest.raises(BodyTooLarge):
            unpacked(packed, encoding, most)
    else:
        assert unpacked(packed, encoding, most) == data


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_unpacking_anything_ends_in_a_sentence(data, encoding):
    try:
        assert len(unpacked(data, encoding, 1000)) <= 1000
    except (Broken, BodyTooLarge) as error:
        assert error.message
