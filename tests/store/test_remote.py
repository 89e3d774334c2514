"""Servers that are gone, slow, hostile or mistaken, and the protocol as it is passed through."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from etappe.errors import QueryError, QueryTimeout, QueryTooLarge, StoreUnavailable
from etappe.namespaces import XSD
from etappe.store.readers import Request
from etappe.store.remote import RemoteStore
from store.servers import Server, free_port, oxigraph

JSON = "application/sparql-results+json"
ASK = "ASK { ?s ?p ?o }"
A, P = NamedNode("https://etappe.example/id/topic/a"), NamedNode("https://w3id.org/etappe/ns#p")
G1, G2 = (NamedNode(f"https://etappe.example/graph/{number}") for number in "12")

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Pretender

    def do_POST(self) -> None:
        self.server.seen.append({name.lower(): value for name, value in self.headers.items()})
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            self.server.answers.pop(0)(self) if len(self.server.answers) > 1 else self.server.answers[0](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST  # noqa: N815

    def say(self, status: int, body: bytes = b"", media_type: str = JSON, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class Pretender(ThreadingHTTPServer):
    """A server that answers as a test wants. ``done`` is set when the test is over."""

    daemon_threads = False

    def __init__(self, answers: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.seen, self.done = answers, list[dict[str, str]](), threading.Event()

    def store(self, user: str = "", options: str = "", **arguments: object) -> RemoteStore:
        address = f"sparql+http://{user}127.0.0.1:{self.server_port}/query?profile=generic{options}"
        return RemoteStore(address, **{"pauses": (), **arguments})  # type: ignore[arg-type]


@contextmanager
def pretending(*answers: Answer) -> Iterator[Pretender]:
    server = Pretender(list(answers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        server.shutdown()
        thread.join()
        server.server_close()


def numbers(*values: int) -> Answer:
    """An answer that every question of these tests takes: one number, or true."""
    rows = [{"n": {"type": "literal", "datatype": XSD + "integer", "value": str(value)}} for value in values]
    return lambda handler: handler.say(
        200, json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": rows}}).encode()
    )


def test_nobody_is_there() -> None:
    store = RemoteStore(f"sparql+http://user:geheim@127.0.0.1:{free_port()}", pauses=(0.0,))
    with pytest.raises(StoreUnavailable, match=r"cannot be reached .*is the server running") as caught:
        store.query(ASK)
    assert "geheim" not in str(caught.value)


def test_a_name_that_leads_nowhere() -> None:
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        RemoteStore("sparql+http://nowhere.invalid/", pauses=()).query(ASK)


def test_too_slow_an_answer_is_given_up() -> None:
    with pretending(lambda handler: handler.server.done.wait()) as server:
        with pytest.raises(QueryTimeout, match=r"longer than 0.2 seconds"):
            server.store(options="&timeout=0.2").query(ASK)
        with pytest.raises(QueryTimeout):
            server.store().answer(Request(ASK, JSON, timeout=0.2))
        server.done.set()


def test_an_answer_that_trickles_is_given_up() -> None:
    def trickle(handler: Handler) -> None:
        handler.say(200, b"", Content_Length="1000000")
        while not handler.server.done.wait(0.05):
            handler.wfile.write(b" ")

    with pretending(trickle) as server, pytest.raises(QueryTimeout):
        server.store(options="&timeout=0.3").query(ASK)


def test_writing_that_takes_too_long_is_no_fault_of_a_query() -> None:
    with pretending(lambda handler: handler.server.done.wait()) as server:
        with pytest.raises(StoreUnavailable, match="the next command brings it up to date"):
            server.store(options="&timeout=0.2").apply({G1: []})
        assert len(server.seen) == 1
        server.done.set()


def test_too_large_an_answer_is_refused() -> None:
    with pretending(numbers(*range(1000))) as server:
        with pytest.raises(QueryTooLarge, match="more than 100 bytes"):
            server.store(max_bytes=100).query(ASK)
        with pytest.raises(QueryTooLarge):
            server.store().answer(Request("SELECT * { ?s ?p ?o }", JSON, ("u:g",), max_bytes=100))


def test_a_web_page_is_no_answer() -> None:
    page = lambda handler: handler.say(200, b"<html>Welcome</html>", "text/html; charset=utf-8")  # noqa: E731
    with pretending(page) as server, pytest.raises(StoreUnavailable, match=r"text/html instead of .*is it a SPARQL"):
        server.store().query(ASK)


def test_a_web_page_for_an_error_is_not_repeated() -> None:
    page = lambda handler: handler.say(404, b"<html>geheim</html>", "text/html")  # noqa: E731
    with pretending(page) as server, pytest.raises(StoreUnavailable, match="answered 404; check the path") as caught:
        server.store().query(ASK)
    assert "html" not in str(caught.value)


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"head": {}}', b'{"head": {"vars": ["n"]}, "results": {"bindings": [', b"\xff"]
)
def test_an_answer_that_cannot_be_read(body: bytes) -> None:
    with (
        pretending(lambda handler: handler.say(200, body)) as server,
        pytest.raises(StoreUnavailable, match="sent an answer that cannot be read"),
    ):
        server.store().query(ASK)


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    def torn(handler: Handler) -> None:
        handler.say(200, b"<u:a> <u:b> <u:c> .\n", "application/n-triples", Content_Length="1000")
        handler.close_connection = True

    with pretending(torn) as server, pytest.raises(StoreUnavailable, match="broke off"):
        server.store().triples(G1)


def test_an_answer_without_an_end_is_no_answer() -> None:
    def endless(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/n-triples\r\n\r\n<u:a> <u:b> <u:c> .\n")
        handler.close_connection = True

    with pretending(endless) as server, pytest.raises(StoreUnavailable, match="does not say where its answer ends"):
        server.store().triples(G1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with pretending(numbers(1)) as other:
        target = f"http://geheim@127.0.0.1:{other.server_port}/"
        with pretending(lambda handler: handler.say(status, Location=target)) as server:
            for auth in ("basic", "digest", "bearer"):
                with pytest.raises(StoreUnavailable, match=r"redirects to 127.0.0.1, which is not followed") as caught:
                    server.store("user:geheim@", f"&auth={auth}").query(ASK)
                assert "geheim" not in str(caught.value)
        assert other.seen == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_reading_is_tried_again(status: int) -> None:
    busy = lambda handler: handler.say(status)  # noqa: E731
    with pretending(busy, busy, numbers(1)) as server:
        server.store(pauses=(0.0, 0.0)).graphs()
        assert len(server.seen) == 3
    with pretending(busy) as server, pytest.raises(StoreUnavailable, match="is busy"):
        server.store(pauses=(0.0, 0.0)).graphs()
    assert len(server.seen) == 3


def test_writing_is_never_tried_again() -> None:
    with pretending(lambda handler: handler.say(503)) as server, pytest.raises(StoreUnavailable):
        server.store(pauses=(0.0, 0.0)).apply({G1: [Triple(A, P, A)]})
    assert len(server.seen) == 1


def test_how_the_server_learns_who_asks() -> None:
    with pretending(numbers(1)) as server:
        for user, options in (("", ""), ("user:pa%3Ass@", ""), (":token@", "&auth=bearer")):
            server.store(user, options).graphs()
    assert [seen.get("authorization") for seen in server.seen] == [None, "Basic dXNlcjpwYTpzcw==", "Bearer token"]


def test_digest_answers_a_challenge() -> None:
    ask = lambda handler: handler.say(401, WWW_Authenticate='Digest realm="r", nonce="n", qop="auth", algorithm=MD5')  # noqa: E731
    with pretending(ask, numbers(1)) as server:
        server.store("user:geheim@", "&auth=digest").graphs()
    first, second = server.seen
    assert "authorization" not in first
    assert second["authorization"].startswith('Digest username="user"')


def test_another_kind_of_authentication_is_named() -> None:
    ask = lambda handler: handler.say(401, WWW_Authenticate='Basic realm="r"')  # noqa: E731
    with pretending(ask) as server, pytest.raises(StoreUnavailable, match="check them and auth=") as caught:
        server.store("user:geheim@", "&auth=digest").graphs()
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_password_is_told_and_not_shown(status: int) -> None:
    with (
        pretending(lambda handler: handler.say(status)) as server,
        pytest.raises(StoreUnavailable, match=r"does not accept user and password") as caught,
    ):
        server.store("user:geheim@").graphs()
    assert "geheim" not in str(caught.value)
    assert len(server.seen) == 1


def test_a_wrong_password_at_virtuoso(virtuoso_server: Server) -> None:
    store = RemoteStore(virtuoso_server.address.replace("dba:dba", "dba:geheim"), pauses=())
    with pytest.raises(StoreUnavailable, match="does not accept user and password") as caught:
        store.apply({G1: [Triple(A, P, A)]})
    assert "geheim" not in str(caught.value)


def test_what_a_server_says_is_cut_and_printable() -> None:
    words = b"no\r\n\x1b[31m " + b"x" * 1000
    with pretending(lambda h: h.say(500, words, "text/plain")) as server, pytest.raises(StoreUnavailable) as caught:
        server.store().query(ASK)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_the_header_of_the_server_says_what_it_is(oxigraph_server: Server, virtuoso_server: Server) -> None:
    assert RemoteStore(oxigraph_server.address).profile.name == "oxigraph"
    assert RemoteStore(virtuoso_server.address).profile.name == "virtuoso"
    with pretending(numbers(1)) as server:
        assert RemoteStore(f"sparql+http://127.0.0.1:{server.server_port}").profile.name == "generic"


def test_a_server_that_joins_its_graphs_itself_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        oxigraph(tmp_path_factory.mktemp("joined"), "--union-default-graph") as server,
        pytest.raises(StoreUnavailable, match="without --union-default-graph"),
    ):
        RemoteStore(server.address).apply({G1: [Triple(A, P, A)]})


def test_the_whole_contract_of_one_server_that_nobody_knows(remote: RemoteStore) -> None:
    remote.fill([Quad(A, P, A, G1), Quad(A, P, A, G2)])
    assert remote.graphs() == [G1, G2]
    assert list(remote.triples(G1)) == [Triple(A, P, A)]
    assert list(remote.triples(A)) == []
    remote.apply({G1: []})
    assert remote.query(ASK) is True
    remote.clear()
    assert remote.query(ASK) is False


FORMS = {
    JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


def test_the_protocol_is_passed_through_in_every_form(remote: RemoteStore) -> None:
    remote.apply({G1: [Triple(A, P, Literal("Straße", language="de"))]})
    for media_type, form in FORMS.items():
        reply = remote.answer(Request("SELECT ?s ?o { ?s ?p ?o }", media_type))
        (row,) = parse_query_results(reply.body, format=form)  # type: ignore[misc]
        assert (reply.media_type, row["s"], row["o"]) == (media_type, A, Literal("Straße", language="de"))
        assert bool(parse_query_results(remote.answer(Request(ASK, media_type)).body, format=form)) is True
    csv = remote.answer(Request("SELECT ?s ?o { ?s ?p ?o }", "text/csv")).body.decode()
    assert csv.replace('"', "").split() == ["s,o", f"{A.value},Straße"]
    for media_type, rdf in GRAPHS.items():
        reply = remote.answer(Request("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", media_type))
        (quad,) = parse(reply.body, format=rdf)
        assert quad.triple == Triple(A, P, Literal("Straße", language="de"))


def test_a_dataset_of_the_protocol(remote: RemoteStore) -> None:
    remote.apply({G1: [Triple(A, P, A)], G2: [Triple(G2, P, A)]})

    def subjects(sparql: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> set[str]:
        body = remote.answer(Request(sparql, JSON, default, named)).body
        return {row["s"]["value"] for row in json.loads(body)["results"]["bindings"]}

    assert subjects("SELECT ?s { ?s ?p ?o }") == {A.value, G2.value}
    assert subjects("SELECT ?s { ?s ?p ?o }", (G1.value,)) == {A.value}
    assert subjects("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", (G1.value,)) == set()
    assert subjects("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", (G1.value,), (G2.value,)) == {G2.value}
    assert subjects("SELECT ?s { ?s ?p ?o }", (), (G2.value,)) == set()


def test_relative_names_are_resolved_against_the_base(remote: RemoteStore) -> None:
    remote.apply({G1: [Triple(A, P, A)]})
    request = Request("ASK { <topic/a> ?p ?o }", JSON, base="https://etappe.example/id/")
    assert json.loads(remote.answer(request).body)["boolean"] is True


@pytest.mark.parametrize(
    ("sparql", "media_type", "sentence"),
    [
        ("DROP ALL", JSON, "cannot be parsed"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON, "SERVICE is not allowed"),
        ("SELECT * { ?s ?p ?o }", "text/turtle", "cannot carry"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/csv", "cannot carry"),
    ],
)
def test_what_no_server_is_sent(sparql: str, media_type: str, sentence: str) -> None:
    with pretending(numbers(1)) as server, pytest.raises(QueryError, match=sentence):
        server.store().answer(Request(sparql, media_type))
    assert server.seen == []
