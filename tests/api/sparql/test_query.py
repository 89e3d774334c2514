"""The query operation beyond the W3C's suite: forms of the answer, limits, wrong use, and the page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from etappe_api.sparql.page import EXAMPLE, FORMATS

QUERY = {"Content-Type": "application/sparql-query"}
SELECT, ASK = "SELECT ?s { ?s ?p ?o } LIMIT 2", "ASK {}"
CONSTRUCT = "CONSTRUCT WHERE { ?s a ?o } LIMIT 2"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv;q=0.5, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ASK, "text/xml", "text/xml; charset=utf-8"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "text/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/n-triples; charset=utf-8", "application/n-triples"),
    ],
)
def test_the_form_of_the_answer(client: TestClient, query: str, accept: str, kind: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind), answer.text
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [(SELECT, "text/turtle"), (ASK, "text/csv"), (CONSTRUCT, "text/csv"), (SELECT, "*/*;q=0"), (ASK, "image/png")],
)
def test_a_form_that_the_answer_cannot_have(client: TestClient, query: str, accept: str) -> None:
    answer = client.post("/sparql", content=query, headers={**QUERY, "Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", FORMATS)
def test_names_of_forms_go_before_accept(client: TestClient, name: str) -> None:
    query = SELECT if name in ("json", "csv", "tsv", "xml") else CONSTRUCT
    headers = {"Accept": "image/png"}
    by_parameter = client.get("/sparql", params={"query": query, "format": name}, headers=headers)
    by_suffix = client.get(f"/sparql.{name}", params={"query": query}, headers=headers)
    by_post = client.post(f"/sparql?format={name}", content=query, headers={**QUERY, **headers})
    for answer in (by_suffix, by_post):
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == by_parameter.headers["content-type"]
        assert answer.content == by_parameter.content


def test_wrong_names_of_forms(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": SELECT, "format": "exe"}).status_code == 400
    assert client.get("/sparql", params={"query": SELECT, "format": "ttl"}).status_code == 406
    assert client.get("/sparql.csv", params={"query": CONSTRUCT}).status_code == 406


def test_the_same_with_and_without_a_slash(client: TestClient) -> None:
    for path in ("/sparql", "/sparql/"):
        for answer in (
            client.get(path, params={"query": ASK}),
            client.post(path, data={"query": ASK}),
            client.post(path, content=ASK, headers=QUERY),
        ):
            assert answer.json()["boolean"] is True


def test_an_answer_is_not_sent_again_while_the_data_stay(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": SELECT})
    again = client.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    head = client.head("/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "struuid ()"])
def test_an_answer_of_the_moment_is_not_kept(client: TestClient, call: str) -> None:
    answers = [client.get("/sparql", params={"query": f"SELECT ({call} AS ?x) {{}}"}) for _ in range(2)]
    assert "etag" not in answers[0].headers
    assert answers[0].text != answers[1].text


def test_a_graph_of_ours_as_the_dataset(client: TestClient) -> None:
    base = "https://etappe.example"
    query = "ASK { ?s a <https://w3id.org/etappe/ns#Report> }"
    for graph, found in ((f"{base}/graph/report/stralsund-2017/1", True), (f"{base}/graph/registry", False)):
        answer = client.get("/sparql", params={"query": query, "default-graph-uri": graph})
        assert answer.json()["boolean"] is found
    named = {"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": f"{base}/graph/none"}
    assert client.get("/sparql", params=named).json()["boolean"] is False


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("GET", "?query=ASK{}&query=ASK{}", None, None, 400),
        ("GET", "?query=", None, None, 400),
        ("GET", "?update=CLEAR+ALL", None, None, 400),
        ("GET", "?query=ASK{}&default-graph-uri=relative", None, None, 400),
        ("GET", "?query=ASK{}&named-graph-uri=http://e/%0D%0AX-Evil:1", None, None, 400),
        ("GET", "?query=%FF%FE", None, None, 400),
        ("GET", "?query=ASK%00{}", None, None, 400),
        ("GET", "?query=ASK{}&timeout=soon", None, None, 400),
        ("GET", "?query=ASK{}&timeout=nan", None, None, 400),
        ("GET", "?query=ASK{}&timeout=-1", None, None, 400),
        ("GET", "?" + "a&" * 1500, None, None, 400),
        ("POST", "?query=ASK{}", b"ASK {}", "application/sparql-query", 400),
        ("POST", "", b"query=ASK{}&update=CLEAR+ALL", "application/x-www-form-urlencoded", 400),
        ("POST", "", b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 400),
        ("POST", "", b"CLEAR ALL", "application/sparql-update", 400),
        ("POST", "", b"query=%C3%28", "application/x-www-form-urlencoded", 400),
        ("POST", "", b"", "application/x-www-form-urlencoded", 400),
        ("POST", "", b"ASK { ?s ?p '\xff' }", "application/sparql-query", 400),
        ("POST", "", b"ASK {}\x00", "application/sparql-query", 400),
        ("POST", "", b"ASK {}", "application/sparql-query; charset=latin-1", 415),
        ("POST", "", b"ASK {}", "application/json", 415),
        ("POST", "", b"ASK {}", None, 415),
        ("POST", "", b"CLEAR ALL", "application/sparql-query", 400),
        ("POST", "", b"ASK { SERVICE <http://127.0.0.1:9/> {} }", "application/sparql-query", 400),
        ("PUT", "?query=ASK{}", b"", None, 405),
        ("DELETE", "", None, None, 405),
    ],
)
def test_wrong_use(
    client: TestClient, method: str, path: str, body: bytes | None, kind: str | None, status: int
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = client.request(method, "/sparql" + path.replace("{}", "%7B%7D"), content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "x-evil" not in answer.headers


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_a_query_of_ten_megabytes(client: TestClient, path: str) -> None:
    query = "ASK { ?s ?p '" + "x" * 10_000_000 + "' }"
    assert client.post(path, content=query, headers=QUERY).status_code == 413
    assert client.post(path, data={"query": query}).status_code == 413


@pytest.mark.parametrize("opening", ["{", "(", "["])
def test_ten_thousand_brackets(client: TestClient, opening: str) -> None:
    answer = client.post("/sparql", content=f"ASK {{ {opening * 10_000}", headers=QUERY)
    assert answer.status_code == 400 and "nested" in answer.json()["detail"]


@pytest.mark.parametrize(
    "text",
    ['"' + '\\"' * 400_000, "'''" + "\\'''" * 200_000, "<a" * 400_000, "WHERE " * 150_000, "service:x " * 90_000],
)
def test_text_that_could_keep_an_expression_busy(client: TestClient, text: str) -> None:
    assert client.post("/sparql", content=text, headers=QUERY).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "ASK { ?s ?p ?o FILTER REGEX('" + "a" * 30 + "!', '^(a+)+$') FILTER(false) }",
    ],
    ids=["count", "order", "rows", "expression"],
)
def test_a_query_that_would_run_for_ever(client: TestClient, query: str) -> None:
    answer = client.post("/sparql?timeout=1", content=query, headers=QUERY)
    assert answer.status_code in (200, 422, 504)
    if answer.status_code == 200:  # Oxigraph's expressions are automata and do not explode
        assert "REGEX" in query and answer.json()["boolean"] is False
    assert client.post("/sparql", content=ASK, headers=QUERY).json()["boolean"] is True


def test_timeout_cannot_be_longer_than_the_limit(
    serving: Callable[..., TestClient], key_for: Callable[[TestClient, str], dict[str, str]]
) -> None:
    client = serving(timeout=0.4)
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = client.get("/sparql", params={"query": query, "timeout": "1000"})
    assert answer.status_code == 504 and "0.4 seconds" in answer.json()["detail"]
    service = client.app.state.service  # type: ignore[attr-defined]
    from etappe_api.keys import Role

    key = service.keys.create("patient", Role.READ, timeout=0.7)
    answer = client.get(
        "/sparql", params={"query": query, "timeout": "1000"}, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 504 and "0.7 seconds" in answer.json()["detail"]


def test_the_page_for_people(client: TestClient) -> None:
    for language, title in (("de", "SPARQL-Abfrage"), ("en", "SPARQL query")):
        answer = client.get("/sparql", headers={"Accept": "text/html", "Accept-Language": language})
        assert answer.status_code == 200 and title in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert client.get(f"/sparql.csv?query={quote(EXAMPLE)}").text.count("\n") > 5


def test_the_description_names_our_graphs(client: TestClient) -> None:
    answer = client.get("/sparql", params={"format": "nt"})
    assert answer.headers["content-type"] == "application/n-triples"
    assert "<https://etappe.example/graph/registry>" in answer.text
    assert "SPARQL11Update" not in answer.text
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql.csv").status_code == 400


def test_writes_are_off(client: TestClient) -> None:
    answers = [
        client.post("/update", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}),
        client.post("/update", data={"update": "CLEAR ALL"}),
        client.put("/graphs?default", content="<a:b> <a:c> 1 .", headers={"Content-Type": "text/turtle"}),
        client.post("/graphs", content="<a:b> <a:c> 1 .", headers={"Content-Type": "text/turtle"}),
        client.delete("/graph/registry"),
    ]
    for answer in answers:
        assert answer.status_code == 403 and "ETAPPE_WRITES" in answer.json()["detail"]
    assert client.get("/update").status_code == 405


def test_graphs_can_be_read(client: TestClient) -> None:
    direct = client.get("/graph/registry", headers={"Accept": "application/n-triples"})
    graph = "https://etappe.example/graph/registry"
    indirect = client.get("/graphs", params={"graph": graph}, headers={"Accept": "application/n-triples"})
    assert direct.status_code == 200 and direct.content == indirect.content
    assert client.get("/graph/registry", headers={"If-None-Match": direct.headers["etag"]}).status_code == 200
    default = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert set(direct.text.splitlines()) <= set(default.text.splitlines())
    for path, status in (
        ("/graph/none", 404),
        ("/graph/../id/person/x", 404),
        ("/graphs", 400),
        ("/graphs?graph=x", 400),
        ("/graphs?graph=a:b&default", 400),
        ("/graph/registry?graph=a:b", 400),
        ("/graph/%0D%0AX-Evil:%201", 400),
    ):
        answer = client.get(path)
        assert answer.status_code == status, path
        assert "x-evil" not in answer.headers
