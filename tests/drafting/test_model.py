"""A language model is believed in nothing that does not stand in the text, and waited for no longer than said."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from drafting.texts import TOUR, tour
from etappe.drafting import model
from etappe.drafting.anchoring import SCHEMA, anchored
from etappe.drafting.model import ModelError, Origin, merged, propose
from etappe.errors import UsageError
from etappe.extraction.model import Attendance

HONEST: dict[str, Any] = {
    "events": [
        {
            "date": "2017-07-28",
            "date_end": None,
            "place": "Stralsund",
            "status": "held",
            "quote": "Am Freitag, 28.07.2017,\n besuchte das Team in Stralsund",
        }
    ],
    "persons": [
        {
            "name": "Enno Brandt",
            "role": "Geschäftsführer",
            "organisation": "Möwenwerk GmbH",
            "attended": "true",
            "quote": "Geschäftsführer Enno Brandt entwickelt",
        }
    ],
    "organisations": [{"name": "Netzamt", "quote": "Tilda Sommer (Netzamt)"}],
}

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def endpoint() -> Iterator[Callable[[Answer], str]]:
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.asked = self.rfile.read(int(self.headers["Content-Length"]))
                with suppress(OSError):  # the client has gone
                    answer(self)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/v1"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def telling(content: object, status: int = 200) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        words = content if isinstance(content, str) else json.dumps(content)
        body = json.dumps({"choices": [{"message": {"content": words}}]}).encode()
        raw(body, status)(handler)

    return answer


def raw(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_an_honest_answer_is_taken(endpoint: Callable[[Answer], str]) -> None:
    asked: list[Any] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, handler.headers["Authorization"], json.loads(handler.asked)))  # type: ignore[attr-defined]
        telling(HONEST)(handler)

    found = propose(TOUR, endpoint(answer), "small", key="k", timeout=10)
    assert [proposal.kind for proposal in found] == ["event", "person", "organisation"]
    assert found[0].values == {"date": "2017-07-28", "place": "Stralsund", "status": "held"}
    assert found[1].span.of(TOUR) == "Enno Brandt"
    path, key, body = asked[0]
    assert path == "/v1/chat/completions"
    assert key == "Bearer k"
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert body["messages"][1]["content"] == TOUR


def test_what_does_not_stand_in_the_text_is_dropped(endpoint: Callable[[Answer], str]) -> None:
    lies = {
        "events": [
            {"date": "2018-07-28", "place": "Stralsund", "status": "held", "quote": "Am Freitag, 28.07.2017"},
            {"date": "2017-07-28", "place": "Rostock", "status": "held", "quote": "Das Team besuchte Rostock"},
        ],
        "persons": [
            {"name": "Karl Lüge", "attended": "true", "quote": "Enno Brandt entwickelt"},
            {"name": "Enno Brandt", "attended": "true", "quote": "Enno Brandt eröffnete"},
            {"name": "Brandt", "attended": "true", "quote": "Enno Brandt entwickelt"},
            {
                "name": "Jördis Kalk",
                "role": "Präsidentin",
                "attended": "ganz sicher",
                "quote": "Jördis Kalk, Ministerin",
            },
            {"name": ["Enno"], "quote": 3},
            "Enno Brandt",
        ],
        "organisations": [{"name": "Netz", "quote": "Tilda Sommer (Netzamt)"}, {"name": "Netzamt"}],
        "ministers": [{"name": "Enno Brandt", "quote": "Enno Brandt"}],
    }
    found = propose(TOUR, endpoint(telling(lies)), "small", timeout=10)
    assert [dict(proposal.values) for proposal in found] == [{"name": "Jördis Kalk"}]


@pytest.mark.parametrize(
    "answer",
    [
        telling("{broken"),
        telling("[1, 2]"),
        telling('{"persons": ' + "[" * 100_000),
        raw(b"not json"),
        raw(b"[]"),
        raw(b'{"choices": []}'),
        raw(b'{"choices": [{"message": {"content": null}}]}'),
        raw(b"\xff\xfe"),
        raw(b"", 500),
        raw(b"", 401),
    ],
)
def test_an_answer_of_another_form_is_an_error(endpoint: Callable[[Answer], str], answer: Answer) -> None:
    with pytest.raises(ModelError):
        propose(TOUR, endpoint(answer), "small", timeout=10)


def test_lists_that_are_no_lists_propose_nothing(endpoint: Callable[[Answer], str]) -> None:
    assert propose(TOUR, endpoint(telling({"persons": {"name": "x"}, "events": None})), "small", timeout=10) == []


def test_redirects_are_not_followed(endpoint: Callable[[Answer], str]) -> None:
    reached: list[str] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        reached.append(handler.path)
        telling(HONEST)(handler)

    target = endpoint(elsewhere)
    for status in (301, 302, 307, 308):
        with pytest.raises(ModelError, match="redirects"):
            propose(TOUR, endpoint(raw(b"", status, Location=target)), "small", timeout=10)
    assert reached == []


def test_a_huge_answer_is_not_read_to_its_end(endpoint: Callable[[Answer], str]) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 65536)

    with pytest.raises(ModelError, match="larger"):
        propose(TOUR, endpoint(endless), "small", timeout=20)


@pytest.mark.parametrize("dripping", ["nothing", "headers", "body"])
def test_a_slow_answer_is_cut_off(endpoint: Callable[[Answer], str], dripping: str) -> None:
    gone = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        if dripping == "body":
            handler.send_response(200)
            handler.end_headers()
        elif dripping == "headers":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not gone.wait(0.05):
            if dripping != "nothing":
                handler.wfile.write(b"x")
                handler.wfile.flush()

    try:
        with pytest.raises(ModelError, match="within"):
            propose(TOUR, endpoint(slow), "small", timeout=0.5)
    finally:
        gone.set()


def test_nobody_there() -> None:
    with pytest.raises(ModelError, match="cannot be reached"):
        propose(TOUR, "http://127.0.0.1:9/v1", "small", timeout=5)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("file:///etc/passwd", None),
        ("ftp://host/v1", None),
        ("host/v1", None),
        ("http://user:pass@host/v1", None),
        ("http://host:port/v1", None),
        ("http://host/v1?x=1", None),
        ("http://models.example/v1", "secret"),
    ],
)
def test_addresses_that_are_refused(url: str, key: str | None) -> None:
    with pytest.raises(UsageError) as refused:
        propose(TOUR, url, "small", key=key)
    assert "secret" not in str(refused.value)


def test_a_long_text_is_not_sent() -> None:
    with pytest.raises(UsageError):
        propose("x" * (model.MAX_TEXT + 1), "http://127.0.0.1:9/v1", "small")


def test_explicit_days_only() -> None:
    text = "Am 3. Mai 2020 kam der Bus nach Aurich, am 4.5. nach Leer, on 5 May 2020 to Emden and May 6, 2020 to Jever."
    answer = {
        "events": [
            {"date": date, "place": place, "status": "held", "quote": text}
            for date, place in (
                ("2020-05-03", "Aurich"), ("--05-04", "Leer"), ("2020-05-05", "Emden"), ("2020-05-06", "Jever"),
                ("2020-05-04", "Leer"), ("2020-05-09", "Aurich"),
            )
        ]
    }  # fmt: skip
    found = [proposal.values.get("date") for proposal in anchored(text, answer)]
    assert found == ["2020-05-03", "--05-04", "2020-05-05", "2020-05-06", None, None]


def test_rules_and_model_together_keep_apart_who_found_what() -> None:
    answer = HONEST | {
        "persons": [
            *HONEST["persons"],
            {"name": "Frauke Lüders", "attended": "true", "quote": "wird Oberbürgermeisterin Frauke Lüders die Tour"},
        ],
        "organisations": [*HONEST["organisations"], {"name": "Markt", "quote": "vor dem Markt"}],
    }
    result = merged(tour(), anchored(TOUR, answer))
    both = frozenset({Origin.RULES, Origin.MODEL})
    assert result.origins["person", "Enno Brandt"] == both
    assert result.origins["person", "Tilda Sommer"] == frozenset({Origin.RULES})
    assert result.origins["organisation", "Markt"] == frozenset({Origin.MODEL})
    assert result.origins["event", "2017-07-28 Stralsund"] == both
    assert "was there" in result.doubts["person", "Frauke Lüders"]
    people = {person.name: person for person in result.extraction.people}
    assert people["Frauke Lüders"].attendance is Attendance.ANNOUNCED


def test_the_model_makes_nobody_present() -> None:
    text = TOUR.replace("mit Passanten", "mit Ole Ahrens")
    answer = {
        "persons": [
            {"name": "Ole Ahrens", "role": "Gast", "attended": "true", "quote": "sprach das Team mit Ole Ahrens"}
        ]
    }
    result = merged(tour(), anchored(text, answer))
    found = result.extraction.people[-1]
    assert (found.name, found.attendance, found.role) == ("Ole Ahrens", Attendance.MENTIONED, None)
    assert result.origins["person", "Ole Ahrens"] == frozenset({Origin.MODEL})
