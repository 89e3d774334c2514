"""SERVICE to allowed addresses: another Etappe that runs as a process of its own, and servers that misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.running import running
from etappe_api.app import create_app
from etappe_api.settings import Settings

HERE = "INSERT DATA { GRAPH <a:g> { <a:s> <a:name> 'Ada' . <a:t> <a:name> 'Bob' } }"
THERE = 'INSERT DATA { GRAPH <a:g> { <a:s> <a:age> 36 . <a:u> <a:age> 7 . <a:s> <a:note> "it\'s } \\"so\\""@en } }'
UPDATE = {"Content-Type": "application/sparql-update"}


@contextmanager
def asking(folder: Path, *allowed: str) -> Iterator[Callable[..., object]]:
    settings = Settings(data=folder, workers=1, writes="open", allow_service=allowed)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        assert client.post("/update", content=HERE, headers=UPDATE).status_code == 204

        def ask(query: str, **parameters: str):  # type: ignore[no-untyped-def]
            return client.get("/sparql", params={"query": query, "format": "csv", **parameters})

        yield ask


@contextmanager
def server(status: int, headers: dict[str, str], body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that gives everybody the same answer, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}/sparql", asked
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def test_an_allowed_address_is_asked_and_joined(tmp_path: Path) -> None:
    with running(tmp_path / "there", tmp_path / "log", workers=1, writes="open") as there:
        assert there.request("POST", "/update", THERE, UPDATE).status == 204
        address = f"{there.address}/sparql"
        with asking(tmp_path / "here", address) as ask:
            prefix = "PREFIX a: <a:> "
            query = f"{prefix} SELECT ?n ?age {{ ?s a:name ?n . SERVICE <{address}> {{ ?s a:age ?age }} }}"
            answer = ask(query)
            assert answer.text.split() == ["n,age", "Ada,36"], answer.text
            assert "etag" not in answer.headers  # the other server changes when it likes
            optional = (
                f"SELECT ?n ?a {{ ?s <a:name> ?n OPTIONAL {{ SERVICE <{address}> {{ ?s <a:age> ?a }} }} }} ORDER BY ?n"
            )
            assert ask(optional).text.split() == ["n,a", "Ada,36", "Bob,"]
            odd = f"SELECT ?n {{ SERVICE <{address}> {{ ?s <a:note> ?n FILTER(STR(?n) != '}}') }} }}"
            assert "it's } " in ask(odd).text
            assert ask(f"SELECT * {{ SERVICE <{address}> {{ <a:s> <a:age> 36 }} }}").status_code == 200
            assert (
                ask(f"ASK {{ SERVICE <{address}> {{ <a:s> <a:age> 37 }} }}", format="json").json()["boolean"] is False
            )
            assert ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p }} }}").status_code == 502


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/other> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <ALLOWED> { ?s ?p ?o } }",
        "SELECT * { SERVICE <ALLOWED> { ?s ?p ?o SERVICE <ALLOWED> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <ALLOWED> { ?s ?p ?o } } }",
        "PREFIX : <ALLOWED> SELECT * { SERVICE: { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <ALLOWED> { ?s ?p ?o } }",
        "SELECT * { SERVICE <ALLOWED> { ?s ?p ?o }",
        "SELECT * { " + "SERVICE <ALLOWED> { ?s ?p ?o } " * 5 + "}",
        "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    ],
)
def test_other_calls_are_refused_and_nobody_is_asked(tmp_path: Path, query: str) -> None:
    with server(200, {}, b"") as (address, asked), asking(tmp_path / "data", address, "file:///etc/passwd") as ask:
        answer = ask(query.replace("ALLOWED", address))
        assert answer.status_code == 400, answer.text
        assert asked == []


@pytest.mark.parametrize(
    ("status", "headers", "body", "answered"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>", 502),
        (200, {}, b'{"head": {}, "boolean": true}', 502),
        (200, {}, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"bnode","value":"b"}}]}}', 400),
        (200, {}, b" " * (5 * 1024**2), 422),
        (500, {}, b"", 502),
        (302, {"Location": "http://127.0.0.1:9/"}, b"", 502),
        (307, {"Location": "/elsewhere"}, b"", 502),
    ],
)
def test_servers_that_misbehave(
    tmp_path: Path, status: int, headers: dict[str, str], body: bytes, answered: int
) -> None:
    with server(status, headers, body) as (address, asked), asking(tmp_path / "data", address) as ask:
        answer = ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
        assert answer.status_code == answered, answer.text
        assert asked == ["/sparql"]


def test_updates_call_nobody(tmp_path: Path) -> None:
    with server(200, {}, b"") as (address, asked):
        settings = Settings(data=tmp_path / "data", workers=1, writes="open", allow_service=(address,))
        with TestClient(create_app(settings)) as client:
            for update in (
                f"LOAD <{address}>",
                f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            ):
                assert client.post("/update", content=update, headers=UPDATE).status_code == 400
        assert asked == []
