"""The cache around a counting application: what is kept, for how long, and what a client is told about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from etappe_api.caching import AnswerCache, cacheable


class Counting:
    """An application whose answer counts how often it was really asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.during = lambda: None
        self.service = SimpleNamespace(state=SimpleNamespace(number=1, since=datetime(2024, 5, 1, tzinfo=UTC)))
        inner = Starlette(
            routes=[Route("/kept", self.kept), Route("/not-kept", self.not_kept), Route("/bad", self.bad)]
        )
        self.client = TestClient(AnswerCache(inner, self.service, 4000))  # type: ignore[arg-type]

    async def kept(self, request: Request) -> Response:
        request.scope.setdefault("state", {})
        cacheable(request)
        self.asked += 1
        self.during()
        return PlainTextResponse(
            f"{request.headers.get('accept')} {self.asked} " + "x" * int(request.query_params.get("n", 0))
        )

    async def not_kept(self, request: Request) -> Response:
        self.asked += 1
        return PlainTextResponse(str(self.asked))

    async def bad(self, request: Request) -> Response:
        cacheable(request)
        self.asked += 1
        return PlainTextResponse("no", 404)


@pytest.fixture
def counting() -> Iterator[Counting]:
    yield Counting()


def test_the_same_request_is_answered_once(counting: Counting) -> None:
    first, second = (counting.client.get("/kept", headers={"Accept": "text/plain"}) for _ in range(2))
    assert first.text == second.text
    assert counting.asked == 1
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["last-modified"] == "Wed, 01 May 2024 00:00:00 GMT"
    assert first.headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    ("path", "headers"), [("/kept", {"Accept": "a/b"}), ("/kept", {"Accept-Language": "de"}), ("/kept?x=1", {})]
)
def test_another_request_is_another_answer(counting: Counting, path: str, headers: dict[str, str]) -> None:
    counting.client.get("/kept")
    counting.client.get(path, headers=headers)
    assert counting.asked == 2


def test_a_change_of_the_data_empties_the_cache(counting: Counting) -> None:
    counting.client.get("/kept")
    counting.service.state = SimpleNamespace(number=2, since=datetime(2024, 5, 2, tzinfo=UTC))
    assert counting.client.get("/kept").headers["last-modified"] == "Thu, 02 May 2024 00:00:00 GMT"
    assert counting.asked == 2


def test_an_answer_that_was_begun_before_a_change_is_not_kept(counting: Counting) -> None:
    def change() -> None:
        counting.service.state = SimpleNamespace(number=2, since=datetime(2024, 5, 2, tzinfo=UTC))
        counting.during = lambda: None

    counting.during = change
    counting.client.get("/kept")
    counting.client.get("/kept")
    assert counting.asked == 2


@pytest.mark.parametrize("path", ["/not-kept", "/bad"])
def test_what_is_not_marked_or_no_success_is_not_kept(counting: Counting, path: str) -> None:
    for _ in range(2):
        answer = counting.client.get(path)
    assert counting.asked == 2
    assert "etag" not in answer.headers


def test_who_has_the_answer_gets_304(counting: Counting) -> None:
    etag = counting.client.get("/kept").headers["etag"]
    for headers in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Wed, 01 May 2024 00:00:00 GMT"},
    ):
        answer = counting.client.get("/kept", headers=headers)
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer.headers["etag"] == etag
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": "Wed, 01 May 2024 00:00:00 GMT"},
        {"If-Modified-Since": "Tue, 30 Apr 2024 00:00:00 GMT"},
        {"If-Modified-Since": "nonsense"},
    ):
        assert counting.client.get("/kept", headers=headers).status_code == 200


def test_head_is_get_without_its_body(counting: Counting) -> None:
    whole = counting.client.get("/kept")
    head = counting.client.head("/kept")
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert counting.asked == 1
    assert counting.client.head("/not-kept").content == b""


def test_the_least_recently_used_answers_go_first(counting: Counting) -> None:
    for n in range(400, 420):
        counting.client.get(f"/kept?n={n}")
    asked = counting.asked
    counting.client.get("/kept?n=419")
    assert counting.asked == asked
    counting.client.get("/kept?n=400")
    assert counting.asked == asked + 1


def test_an_answer_that_is_too_large_is_sent_but_not_kept(counting: Counting) -> None:
    for _ in range(2):
        assert len(counting.client.get("/kept?n=3000").text) > 3000
    assert counting.asked == 2


def test_two_lines_of_accept_are_not_taken_for_one_of_them(counting: Counting) -> None:
    counting.client.get("/kept", headers=[("Accept", "text/turtle"), ("Accept", "text/csv")])
    for line in ("text/turtle", "text/csv"):
        counting.client.get("/kept", headers=[("Accept", line)])
    assert counting.asked == 3
