"""What no client of good will sends, against the service as a process of its own. Status and connection are looked at raw."""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from api.running import Running, received, running

#: Short times, small sizes: what takes a minute in service takes half a second here.
IMPATIENT = {"head_time": 0.5, "body_time": 0.5, "max_body": 100_000, "max_query": 50_000, "rate": 0, "rate_writes": 0}
HOST = b"Host: x\r\n"


@pytest.fixture(scope="module")
def impatient(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(campaign, folder / "data")
    with running(folder / "data", folder / "log", "--workers", "2", probes=True, **IMPATIENT) as service:
        yield service
        assert service.get("/ready").status == 200  # whatever was done to it
        assert not [line for line in service.lines() if line["event"] == "fault"]


@pytest.fixture
def own(campaign: Path, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    with ExitStack() as stack:

        def start(**settings: object) -> Running:
            shutil.copytree(campaign, tmp_path / "data", dirs_exist_ok=True)
            settings = {"workers": 1, **settings}
            return stack.enter_context(
                running(tmp_path / "data", tmp_path / f"log{len(list(tmp_path.iterdir()))}", probes=True, **settings)
            )

        yield start


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def problem(answer: bytes) -> dict[str, object]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    document = json.loads(body)
    assert document["status"] == status(answer)
    return document


def test_a_head_that_does_not_end_is_given_up(impatient):
    answer = impatient.raw(b"GET /health HTTP/1.1\r\n" + HOST + b"X-Slow:")
    assert problem(answer)["status"] == 408
    assert b"connection: close" in answer


def test_a_head_that_trickles_is_given_up(impatient):
    with impatient.connect() as connection:
        connection.settimeout(0.05)
        answer = b""
        head = iter(b"GET /health HTTP/1.1\r\n" + HOST + b"X-Slow: " + b"x" * 1000)
        while not answer:
            connection.sendall(bytes([next(head)]))
            try:
                answer = connection.recv(65536)
            except TimeoutError:
                continue
    assert status(answer) == 408


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"\r\n\r\n\r\n"])
def test_a_connection_on_which_nothing_is_asked_is_closed(impatient, sent):
    assert impatient.raw(sent) in (b"",) or status(impatient.raw(sent)) == 408


def test_the_time_for_the_head_begins_anew_with_each_request(impatient):
    with impatient.connect() as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n")
        first = b""
        while b"ok" not in first:
            first += connection.recv(65536)
        connection.sendall(b"GET /health HT")
        assert status(first) == 200
        assert status(received(connection)) == 408


def test_an_endless_head_is_refused(impatient):
    field = b"X-Field: " + b"x" * 1000 + b"\r\n"
    assert status(impatient.raw(b"GET /health HTTP/1.1\r\n" + HOST + field * 200)) == 431


def test_an_endless_field_is_refused(impatient):
    assert status(impatient.raw(b"GET /health HTTP/1.1\r\n" + HOST + b"X-Field: " + b"x" * 400_000)) == 431


def test_a_long_address_is_refused(impatient):
    assert problem(impatient.raw(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"))["status"] == 414
    assert status(impatient.raw(b"GET /?" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n")) == 414


@pytest.mark.parametrize("framing", [b"Content-Length: 1000\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_that_does_not_end_is_given_up(impatient, framing):
    answer = impatient.raw(b"POST /probe/echo HTTP/1.1\r\n" + HOST + framing + b"\r\n5\r\nhello\r\n")
    assert problem(answer)["detail"] == "the body did not arrive within 0.5 seconds"
    assert status(answer) == 408
    assert b"connection: close" in answer


def test_a_client_that_leaves_in_the_middle_of_its_body_is_forgotten(own):
    service = own(rate=0)
    with service.connect() as connection:
        connection.sendall(b"POST /probe/echo HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\nhalf")
    assert service.get("/probe/read").status == 200
    service.stop()
    outcomes = [line.get("outcome") for line in service.lines() if line["event"] == "request"]
    assert outcomes.count("client gone") == 1


def test_a_body_with_too_large_a_length_is_refused_before_it_is_read(impatient):
    head = (
        b"POST /probe/echo HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999\r\nExpect: 100-continue\r\n\r\n"
    )
    answer = impatient.raw(head)
    assert problem(answer)["status"] == 413
    assert b"100 Continue" not in answer


def test_a_client_that_waits_is_told_to_go_on(impatient):
    with impatient.connect() as connection:
        head = b"POST /probe/echo HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nExpect: 100-continue\r\n"
        connection.sendall(head + b"Connection: close\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"hello")
        assert b'"bytes":5' in received(connection)


def test_who_sends_too_much_reads_why(impatient):
    """Though the whole body is sent before the answer is read, the connection is not reset."""
    answer = impatient.request("POST", "/probe/echo", b"x" * 5_000_000)
    assert answer.status == 413
    assert "100,000" in answer.json()["detail"]


def test_chunks_are_counted(impatient):
    chunk = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    answer = impatient.raw(
        b"POST /probe/echo HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 40 + b"0\r\n\r\n"
    )
    assert status(answer) == 413


def test_queries_have_a_size_of_their_own(impatient):
    as_query = {"Content-Type": "application/sparql-query"}
    assert impatient.request("POST", "/sparql", b"x" * 50_001, as_query).status == 413
    assert impatient.request("POST", "/sparql", b"x" * 10_000_000, as_query).status == 413
    assert impatient.request("POST", "/probe/echo", b"x" * 50_001).status == 200


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("gzip", lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:])),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
def test_packed_bodies_are_unpacked(impatient, encoding, pack):
    data = b"a report of some length " * 100
    answer = impatient.request("POST", "/probe/echo", pack(data), {"Content-Encoding": encoding}).json()
    assert answer["bytes"] == len(data)
    assert answer["length"] == str(len(data))


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_bomb_does_not_go_off(impatient, encoding, pack):
    bomb = pack(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    answer = impatient.request("POST", "/probe/echo", bomb, {"Content-Encoding": encoding})
    assert answer.status == 413


def test_a_bomb_of_many_members_does_not_go_off(impatient):
    answer = impatient.request("POST", "/probe/echo", gzip.compress(b"\0" * 50_000) * 3, {"Content-Encoding": "gzip"})
    assert answer.status == 413


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("br", b"x", 415),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), 415),
        ("gzip", b"not packed", 400),
        ("gzip", gzip.compress(b"its end is missing" * 100)[:-9], 400),
        ("deflate", b"\xff\xff\xff", 400),
    ],
    ids=["unknown", "packed twice", "not packed", "cut short", "not deflated"],  # gzip writes the time down
)
def test_encodings_that_are_not_read(impatient, encoding, body, expected):
    answer = impatient.request("POST", "/probe/echo", body, {"Content-Encoding": encoding})
    assert answer.status == expected
    assert answer.json()["status"] == expected
    assert (answer.headers.get("accept-encoding") == "gzip, deflate") is (expected == 415)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: 0x5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Bad\0Name: x\r\n",
        b"X: a\0b\r\n",
        b": nameless\r\n",
        b"no colon\r\n",
    ],
)
def test_no_request_is_smuggled(impatient, head):
    """A body whose end is in doubt ends the connection; what lies in it is never answered (RFC 9112, section 11.2)."""
    smuggled = b"0\r\n\r\nGET /probe/kept/smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
    answer = impatient.raw(b"POST /probe/echo HTTP/1.1\r\n" + HOST + head + b"\r\n" + smuggled)
    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"smuggled" not in answer


@pytest.mark.parametrize(
    "line",
    [
        b"GET",
        b"GET /health HTTP/9.9",
        b"GET /health HTTP/1.1 more",
        b"G\xc3\x84T /health HTTP/1.1",
        b"GET health HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0",
        b"GET /\xff\xfe HTTP/1.1",
        b"GET /a b HTTP/1.1",
    ],
)
def test_what_is_no_request_is_refused(impatient, line):
    answer = impatient.raw(line + b"\r\n" + HOST + b"Connection: close\r\n\r\n")
    assert 400 <= status(answer) < 500
    problem(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/id/person/%00",
        "/id/person/a%0d%0aSet-Cookie:%20a=b",
        "/id/person/..%2f..%2f..%2fetc%2fpasswd",
        "/id/person/%2e%2e/%2e%2e/etc/passwd",
        "/docs/..%2f..%2f..%2fapp.py",
        "/docs/%2e%2e/app.py",
        "/docs/README.md",
        "/docs//etc/passwd",
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e/%2e%2e/app.py",
        "/doc/person/..\\..\\windows",
        "/%ff%fe",
        "/%F0%9F%92%A9",
        "/%",
        "/%zz",
        "//evil.example/%2f..",
        "/\\evil.example",
        "/reports/" + "../" * 50,
        "/questions/%7B%7B7*7%7D%7D",
        "/" + "a/" * 10_000,
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_paths_that_lead_nowhere(impatient, method, path):
    answer = impatient.raw(f"{method} {path} HTTP/1.1\r\n".encode() + HOST + b"Connection: close\r\n\r\n")
    assert 400 <= status(answer) < 500
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"\nset-cookie" not in head
    assert b"x-content-type-options: nosniff" in head
    assert b"root:" not in answer
    assert b"create_app" not in answer


def test_request_ids_are_taken_over_only_where_they_are_harmless(impatient):
    assert impatient.get("/health", X_Request_ID="a.b-C_1").headers["x-request-id"] == "a.b-C_1"
    for bad in ("x" * 65, 'a"b', "a b", "<script>", "ä"):
        head = (
            f"GET /health HTTP/1.1\r\nX-Request-ID: {bad}\r\nConnection: close\r\n".encode("latin-1") + HOST + b"\r\n"
        )
        answer = impatient.raw(head)
        assert status(answer) == 200
        assert bad.encode("latin-1") not in answer


def test_a_reader_that_does_not_read_is_cut_off(impatient):
    with impatient.connect() as connection:
        connection.sendall(b"GET /probe/big?size=60000000 HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        while not cut(impatient):
            pass
        assert len(received(connection)) < 60_000_000


def cut(service: Running) -> bool:
    """Whether the service has no other connection any more than the one that asks."""
    done = Path(f"/proc/{service.process.pid}/net/tcp").read_text()
    local = f"0100007F:{service.port:04X}"
    return not [line for line in done.splitlines()[1:] if line.split()[1] == local and line.split()[3] == "01"]


def test_a_slow_reader_that_goes_on_is_served(impatient):
    with impatient.connect() as connection:
        connection.sendall(b"GET /probe/big?size=3000000 HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        size = 0
        while part := connection.recv(100_000):
            size += len(part)
    assert size > 3_000_000


def test_a_thousand_connections(own):
    """Some are told to come again; once they are gone, everybody is answered."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1100:
        pytest.skip("needs 1,100 open files: ulimit -Hn")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1100), hard))
    service = own(connections=100, rate=0)
    try:
        with ExitStack() as stack:
            crowd = [stack.enter_context(service.connect()) for _ in range(1000)]
            answers = []
            for connection in crowd[:300]:
                try:
                    connection.sendall(b"GET /health HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
                    answers.append(received(connection))
                except (ConnectionError, BrokenPipeError):
                    answers.append(b"")
            told = [answer for answer in answers if answer]
            assert {status(answer) for answer in told} <= {200, 503}
            crowded = [answer for answer in told if status(answer) == 503]
            assert crowded
            assert all(b"retry-after: 5" in answer.lower() for answer in crowded)
            assert "come again" in str(problem(crowded[0])["detail"])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert service.get("/ready").status == 200


def test_forwarded_addresses_are_believed_of_configured_proxies_only(own):
    def statuses(service: Running) -> list[int]:
        return [service.get("/docs", X_Forwarded_For=f"203.0.113.{n}").status for n in range(4)]

    assert statuses(own(rate=2)) == [200, 200, 429, 429]
    assert statuses(own(rate=2, proxies="127.0.0.1")) == [200, 200, 200, 200]
    assert statuses(own(rate=2, proxies="192.0.2.1, 192.0.2.2")) == [200, 200, 429, 429]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE " + "{" * 10_000 + "}" * 10_000,
        "SELECT (" + "(" * 10_000 + "1" + ")" * 10_000 + " AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER regex(" + '"a"' * 20 + ', "^(a+)+$") }',
        'SELECT * { FILTER regex("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$") }',
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT \0 { }",
    ],
)
@pytest.mark.parametrize("path", ["/probe/query?timeout=3", "/sparql?timeout=3"])
def test_queries_that_mean_harm_end_in_an_answer(impatient, path, query):
    answer = impatient.request("POST", path, query.encode(), {"Content-Type": "application/sparql-query"})
    assert answer.status in (200, 400, 422, 504), answer.body
    assert impatient.get("/ready").status == 200


def test_a_runaway_query_is_ended_and_others_are_answered_meanwhile(impatient):
    runaway = "/probe/query?timeout=2&q=SELECT%20(COUNT(*)%20AS%20?n)%20%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
    with impatient.connect() as connection:
        connection.sendall(f"GET {runaway} HTTP/1.1\r\n".encode() + HOST + b"Connection: close\r\n\r\n")
        assert impatient.get("/probe/query?q=ASK%7B%7D").status == 200
        answer = received(connection)
    assert status(answer) == 504
    assert problem(answer)["type"].endswith("#query-timeout")


def test_a_query_whose_client_left_is_ended(own):
    service = own(workers=1)
    (reader,) = service.readers()
    runaway = "/sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
    with service.connect() as connection:
        connection.sendall(f"GET {runaway} HTTP/1.1\r\n".encode() + HOST + b"\r\n")
        time.sleep(1)
    assert (
        service.get("/sparql?query=ASK%7B%7D&timeout=15").status == 200
    )  # the only reader is free, or another is there
    assert service.readers() != [reader]
    assert [line for line in service.lines() if line.get("outcome") == "client gone"]
