"""Writing without a gate: updates and the graph store on a scratch service."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etappe_api.app import create_app
from etappe_api.keys import Role
from etappe_api.settings import Settings

UPDATE, TURTLE = {"Content-Type": "application/sparql-update"}, {"Content-Type": "text/turtle"}


def count(client: TestClient, pattern: str = "?s ?p ?o") -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    return int(client.get("/sparql.csv", params={"query": query}).text.split()[1])


@pytest.mark.parametrize("path", ["/update", "/update/", "/sparql"])
def test_an_update_is_seen_when_it_is_acknowledged(scratch: TestClient, path: str) -> None:
    for number in range(3):
        answer = scratch.post(path, content=f"INSERT DATA {{ <a:{number}> <a:p> 1 }}", headers=UPDATE)
        assert answer.status_code == 204
        assert count(scratch) == number + 1
    assert scratch.post(path, data={"update": "DELETE WHERE { ?s ?p ?o }"}).status_code == 204
    assert count(scratch) == 0


def test_an_update_happens_wholly_or_not_at_all(scratch: TestClient) -> None:
    answer = scratch.post("/update", content="INSERT DATA { <a:b> <a:c> 1 } ; DROP GRAPH <a:none>", headers=UPDATE)
    assert answer.status_code == 400 and "a:none" in answer.json()["detail"]
    assert count(scratch) == 0


def test_the_dataset_of_the_protocol(scratch: TestClient) -> None:
    data = "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } GRAPH <a:h> { <a:s> <a:p> 2 } }"
    assert scratch.post("/update", content=data, headers=UPDATE).status_code == 204
    copy = "INSERT { GRAPH <a:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert scratch.post("/update?using-graph-uri=a:h", content=copy, headers=UPDATE).status_code == 204
    assert count(scratch, "GRAPH <a:copy> { ?s ?p 2 }") == count(scratch, "GRAPH <a:copy> { ?s ?p ?o }") == 1
    for clause in (
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
    ):
        for parameter in ("using-graph-uri", "using-named-graph-uri"):
            answer = scratch.post("/update", content=clause, params={parameter: "a:h"}, headers=UPDATE)
            assert answer.status_code == 400 and "USING or WITH" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", UPDATE, 204),  # no operation is an update, too (SPARQL 1.1 Update, section 4)
        (b"INSERT DATA {", UPDATE, 400),
        (b"ASK {}", UPDATE, 400),
        (b"INSERT DATA { <a:b> <a:c> '\xff' }", UPDATE, 400),
        (b"INSERT DATA { <a:b> <a:c> '\x00' } \x00", UPDATE, 400),
        (b"CLEAR ALL", {"Content-Type": "application/sparql-update; charset=utf-16"}, 415),
        (b"CLEAR ALL", {}, 415),
        (b"CLEAR ALL", {"Content-Type": "application/sparql-query"}, 415),
        (b"update=CLEAR+ALL&query=ASK{}", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        (b"update=CLEAR+ALL&using-graph-uri=x", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        (b"LOAD <http://127.0.0.1:9/>", UPDATE, 400),
        (b"LOAD SILENT <http://127.0.0.1:9/>", UPDATE, 400),
        (b"PREFIX : <http://127.0.0.1:9/> LOAD:x", UPDATE, 400),
        (b"# x\rLOAD <http://127.0.0.1:9/>", UPDATE, 400),
        (b"INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", UPDATE, 400),
        (b"INSERT DATA { <a:b> <a:c> '" + b"x" * 10_000_000 + b"' }", UPDATE, 413),
        (b"INSERT {} WHERE " + b"{" * 10_000, UPDATE, 400),
    ],
)
def test_wrong_updates(scratch: TestClient, body: bytes, headers: dict[str, str], status: int) -> None:
    answer = scratch.post("/update", content=body, headers=headers)
    assert answer.status_code == status, answer.text[:500]
    assert count(scratch) == 0


def test_an_update_that_would_run_for_ever_stops(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path / "data", workers=1, writes="open", timeout=1.5))
    with TestClient(app) as client:
        data = " . ".join(f"<a:{number}> <a:p> {number}" for number in range(2000))
        assert client.post("/update", content=f"INSERT DATA {{ {data} }}", headers=UPDATE).status_code == 204
        endless = "INSERT { ?a <a:q> ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f = ?i - 1) }"
        answer = client.post("/update", content=endless, headers=UPDATE)
        assert answer.status_code in (422, 504), answer.text
        assert count(client) == 2000
        assert not list((tmp_path / "data").glob("rehearsal-*"))


@pytest.mark.parametrize(
    "chain", ["1" + "+1" * 200_000, "!" * 100_000 + "true", "-" * 100_000 + "1", "(" * 150 + "1" + ")" * 150]
)
def test_an_update_that_would_end_its_process(scratch: TestClient, chain: str) -> None:
    update = f"INSERT {{ <a:b> <a:c> ?x }} WHERE {{ BIND({chain} AS ?x) }}"
    assert scratch.post("/update", content=update, headers=UPDATE).status_code in (204, 400, 422)
    assert scratch.post("/update", content="CLEAR ALL", headers=UPDATE).status_code == 204


def test_a_new_graph_and_a_changed_one(scratch: TestClient) -> None:
    assert scratch.put("/graphs/x", content="<> <a:p> 1 .", headers=TURTLE).status_code == 201
    assert scratch.put("/graphs/x", content="<> <a:p> 2 .", headers=TURTLE).status_code == 204
    assert scratch.post("/graphs/x", content="<> <a:p> 3 .", headers=TURTLE).status_code == 204
    subject = "<http://testserver/graphs/x>"
    assert count(scratch, f"GRAPH {subject} {{ {subject} <a:p> ?o }}") == 2
    made = scratch.post("/graphs", content="[] <a:p> [ <a:q> 1 ] .", headers=TURTLE)
    assert made.status_code == 201
    assert scratch.get(made.headers["location"]).status_code == 200
    assert scratch.delete(made.headers["location"]).status_code == 204
    assert scratch.get(made.headers["location"]).status_code == 404


def test_blank_nodes_of_two_documents_stay_apart(scratch: TestClient) -> None:
    for _ in range(2):
        assert scratch.post("/graphs/x", content="_:b <a:p> 1 .", headers=TURTLE).status_code in (201, 204)
    assert count(scratch) == 2


def test_the_default_graph_is_one_of_its_own_here(scratch: TestClient) -> None:
    assert scratch.put("/graphs/x", content="<a:s> <a:p> 1 .", headers=TURTLE).status_code == 201
    assert scratch.put("/graphs?default", content="<a:s> <a:p> 2 .", headers=TURTLE).status_code == 204
    lines = scratch.get("/graphs?default", headers={"Accept": "application/n-triples"}).text.splitlines()
    assert len(lines) == 1 and '"2"' in lines[0]
    assert count(scratch) == 2  # a query sees all graphs
    assert scratch.delete("/graphs?default").status_code == 204
    assert count(scratch) == 1


NESTED = "<a:b> <a:c> " + "[ <a:d> " * 10_000 + "1" + " ]" * 10_000 + " ."
LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><rdf:RDF/>'


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/turtle", "<a:b> <a:c> ", 400),
        ("text/turtle", b"<a:b> <a:c> '\xff' .", 400),
        ("text/turtle", NESTED, 201),
        ("text/turtle", "<a:b> <a:c> " + "<<( <a:d> <a:e> " * 10_000, 400),
        ("application/n-triples", "<a:b> <a:c> <<( <a:d> <a:e> <a:f> )>> .", 400),
        ("application/rdf+xml", LAUGHS, 400),
        ("application/rdf+xml", "<rdf:RDF>", 400),
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/", "@id": "a:b"}', 400),
        ("application/ld+json", "[" * 10_000, 400),
        ("application/trig", "GRAPH <a:g> { <a:b> <a:c> 1 }", 415),
        ("text/html", "<a:b> <a:c> 1 .", 415),
        (None, "<a:b> <a:c> 1 .", 415),
        ("multipart/form-data", "x", 400),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--\r\n", 415),
    ],
)
def test_wrong_payloads(scratch: TestClient, kind: str | None, body: str | bytes, status: int) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = scratch.put("/graphs/x", content=body, headers=headers)
    assert answer.status_code == status, answer.text[:500]


@pytest.mark.parametrize(
    ("graph", "location"),
    [
        ("http://e.example/\r\nX-Evil: 1", None),
        ("http://e.example/%0D%0AX-Evil: 1", None),
        ("http://e.example/%0D%0AX-Evil:1", "http://e.example/%0D%0AX-Evil:1"),
        ("http://e.example/fähre", "http://e.example/f%C3%A4hre"),
        ("http://e.example/\x00", None),
    ],
)
def test_nothing_is_smuggled_into_location(scratch: TestClient, graph: str, location: str | None) -> None:
    answer = scratch.put("/graphs", params={"graph": graph}, content="<a:b> <a:c> 1 .", headers=TURTLE)
    assert (answer.status_code, answer.headers.get("location")) == (201 if location else 400, location)
    assert "x-evil" not in answer.headers


def test_a_page_of_another_site_writes_nothing(scratch: TestClient) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = scratch.post("/update", data={"update": "INSERT DATA { <a:b> <a:c> 1 }"}, headers=headers)
        assert answer.status_code == 403
    assert count(scratch) == 0


def test_with_keys_a_scratch_store_needs_one_of_the_role_admin(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path / "data", workers=1, writes="open"))) as client:
        keys = client.app.state.service.keys  # type: ignore[attr-defined]
        for role, status in ((Role.SUBMIT, 403), (Role.ADMIN, 204)):
            key = {"Authorization": f"Bearer {keys.create('test', role)}"}
            assert client.post("/update", content="CLEAR ALL", headers={**UPDATE, **key}).status_code == status
        assert client.post("/update", content="CLEAR ALL", headers=UPDATE).status_code == 401


def test_beyond_this_machine_a_scratch_store_needs_a_key(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", workers=1, writes="open", host="0.0.0.0")
    with TestClient(create_app(settings)) as client:
        assert client.post("/update", content="CLEAR ALL", headers=UPDATE).status_code == 401
