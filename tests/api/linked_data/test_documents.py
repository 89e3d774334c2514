"""Documents of things: which form whom, redirects, conditions, hostile addresses, and what stands in them."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from api.linked_data.support import BASE, THINGS, rows, thing, triples
from etappe.namespaces import CV, DCTERMS, ET, FOAF, OA, PROV, RDF, SKOS
from etappe_api.linked_data.entities import POINTERS

PEGEL = "/doc/person/christian-pegel"
TURTLE, JSON_LD, HTML = "text/turtle", "application/ld+json", "text/html"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        ("text/turtle", TURTLE),
        ("application/ld+json", JSON_LD),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/csv", "text/csv"),
        ("text/html", HTML),
        ("TEXT/HTML", HTML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", HTML),
        ("text/turtle;q=0.5, application/ld+json;q=0.6", JSON_LD),
        ("application/ld+json;q=0.1, */*;q=0.05", JSON_LD),
        ("text/*", TURTLE),
        ("text/*;q=0.3, text/html;q=0.7, */*;q=0.5", HTML),
        ("text/turtle;q=0, text/*", HTML),
        ("text/turtle;q=0, */*", JSON_LD),
        ("image/png, application/*;q=0.2", JSON_LD),
        ("text/html;q=0.9, text/turtle;q=0.9", TURTLE),
    ],
)
def test_the_form_that_is_liked_best_is_answered(client, accept, expected):
    headers = {} if accept is None else {"Accept": accept}
    answer = client.get(PEGEL, headers={"Accept": "*/*", **headers})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "accept" in answer.headers["vary"].lower()
    assert answer.headers["content-location"].startswith(f"{PEGEL}.")


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/turtle;q=0", "application/json", "nonsense"])
def test_what_cannot_be_answered_is_406(client, accept):
    answer = client.get(PEGEL, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.json()["status"] == 406


def test_a_suffix_decides_whatever_is_accepted(client):
    answer = client.get(f"{PEGEL}.nt", headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("application/n-triples")


def test_a_thing_is_not_its_document(client):
    answer = client.get("/id/person/christian-pegel", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, PEGEL)
    assert "Accept" in answer.headers["vary"]
    assert f'<{PEGEL}.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]
    followed = client.get("/id/person/christian-pegel", headers={"Accept": JSON_LD})
    assert followed.headers["content-type"] == JSON_LD


def test_suffix_and_language_survive_the_redirect(client):
    answer = client.get("/id/stop/stralsund-2017.html?lang=de", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/stop/stralsund-2017.html?lang=de")


def test_a_document_links_to_its_forms_and_to_the_thing(client):
    link = client.get(f"{PEGEL}.ttl").headers["link"]
    assert '</id/person/christian-pegel>; rel="describes"' in link
    for suffix in ("ttl", "jsonld", "nt", "rdf", "html", "csv"):
        assert f"<{PEGEL}.{suffix}>" in link


@pytest.mark.parametrize("room", ["id", "doc"])
@pytest.mark.parametrize("name", ["person/nobody", "person/nobody.ttl", "nothing/at-all", "person/christian-pegel.exe"])
def test_what_is_not_known_is_404(client, room, name):
    answer = client.get(f"/{room}/{name}", follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("room", ["id", "doc"])
@pytest.mark.parametrize(
    "name",
    [
        "person/..%2fx",
        "person/%2e%2e",
        "person/..",
        "..%2f..%2fetc/passwd",
        "person/a%00b",
        "person/a%0d%0aSet-Cookie:%20x=1",
        "person/%3Cscript%3E",
        "person/a%20b",
        "person/a%22%3E%20a%20?s",
        "person/" + "x" * 5000,
        "person/" + "%C3%A4" * 300,
        "PERSON/christian-pegel",
        "person/%7D%20UNION%20%7B",
    ],
)
def test_hostile_addresses_reach_nothing(client, room, name):
    answer = client.get(f"/{room}/{name}", follow_redirects=False)
    assert answer.status_code in (400, 404, 414)
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt", "rdf", "html", "csv"])
def test_an_unchanged_document_is_304(client, form):
    first = client.get(f"{PEGEL}.{form}")
    tag = first.headers["etag"]
    assert first.headers["last-modified"]
    again = client.get(f"{PEGEL}.{form}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    since = client.get(f"{PEGEL}.{form}", headers={"If-Modified-Since": first.headers["last-modified"]})
    assert since.status_code == 304


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt", "rdf", "html", "csv"])
def test_a_document_is_made_the_same_way_each_time(client, serving, form):
    """The tag of a document must not change with the process that made it."""
    other = serving()
    assert other.get(f"{PEGEL}.{form}").headers["etag"] == client.get(f"{PEGEL}.{form}").headers["etag"]


def test_head_has_the_headers_of_get_and_no_body(client):
    whole = client.get(f"{PEGEL}.ttl")
    head = client.head(f"{PEGEL}.ttl")
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-length", "link", "vary"):
        assert head.headers[name] == whole.headers[name]
    assert client.head("/id/person/nobody").status_code == 404


def test_browsers_of_other_pages_may_read_everything(client):
    answer = client.get(PEGEL, headers={"Origin": "https://partner.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"]
    assert all(name in exposed for name in ("ETag", "Last-Modified", "Link", "Location"))


@pytest.mark.parametrize("name", THINGS)
def test_each_kind_of_thing_has_a_document_in_every_form(client, name):
    turtle = triples(client.get(f"/doc/{name}.ttl").content, "ttl")
    assert any(thing(name) in (triple.subject, triple.object) for triple in turtle)
    for form in ("nt", "rdf", "jsonld"):
        assert triples(client.get(f"/doc/{name}.{form}").content, form) == turtle, form
    table = rows(client.get(f"/doc/{name}.csv").text)
    assert table
    assert set(table[0]) == {"property", "value", "label", "language", "report"}
    for language in ("de", "en"):
        page = client.get(f"/doc/{name}.html?lang={language}")
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text


def test_json_ld_has_a_fixed_shape(client):
    document = client.get(f"{PEGEL}.jsonld").json()
    assert document["@context"] == "/context.jsonld"
    assert document["id"] == f"{BASE}{PEGEL}"
    (person,) = document["foaf:primaryTopic"]
    assert (person["id"], person["type"], person["name"]) == (
        f"{BASE}/id/person/christian-pegel",
        ["Person"],
        ["Christian Pegel"],
    )
    (participation,) = (node for node in document["foaf:topic"] if "Participation" in node.get("type", ()))
    assert participation["who"] == [person["id"]]
    assert participation["certainty"] == ["stated"]
    assert participation["office"][0]["name"]["de"]
    assert {word["id"] for word in document["dcterms:references"]} >= {"etv:stated", "etv:present", "etv:guest"}

    def lists_only(node: object) -> None:
        if isinstance(node, dict) and "@value" not in node:
            for key, value in node.items():
                assert key in ("id", "@context") or isinstance(value, list | dict), key
                for item in value if isinstance(value, list) else [value]:
                    lists_only(item)

    lists_only(document)


def test_a_json_ld_client_of_any_make_can_read_it(client):
    """The context is read from the address that the document names, relative to where the document came from."""
    from pyld import jsonld

    def load(url: str, options: object) -> dict[str, object]:
        assert url == "http://testserver/context.jsonld"
        return {
            "contentType": JSON_LD,
            "contextUrl": None,
            "documentUrl": url,
            "document": json.loads(client.get("/context.jsonld").text),
        }

    url = f"http://testserver{PEGEL}.jsonld"
    expanded = jsonld.expand(client.get(f"{PEGEL}.jsonld").json(), {"documentLoader": load, "base": url})
    assert expanded[0]["@id"] == f"{BASE}{PEGEL}"


def test_a_document_says_where_its_statements_come_from(client):
    found = triples(client.get(f"{PEGEL}.ttl").content, "ttl")
    document, graph = NamedNode(f"{BASE}{PEGEL}"), NamedNode(f"{BASE}/graph/report/stralsund-2017/1")
    report = thing("report/stralsund-2017")
    assert Triple(document, FOAF.primaryTopic, thing("person/christian-pegel")) in found
    assert {t.object for t in found if t.subject == document and t.predicate == PROV.wasDerivedFrom} == {
        graph,
        NamedNode(f"{BASE}/graph/registry"),
    }
    assert Triple(graph, PROV.wasDerivedFrom, report) in found
    assert any(t.subject == report and t.predicate == DCTERMS.term("title") for t in found)
    quotes = {t.object.value for t in found if t.predicate == OA.exact and isinstance(t.object, Literal)}
    assert any(quote.startswith("Als Gast im Informationsmobil") for quote in quotes)


def test_a_document_has_what_points_to_the_thing_and_names_what_it_names(client):
    found = triples(client.get(f"{PEGEL}.ttl").content, "ttl")
    participation = thing("participation/stralsund-2017.austausch.christian-pegel.guest")
    item = thing("item/stralsund-2017.austausch")
    assert Triple(participation, CV.hasParticipant, thing("person/christian-pegel")) in found
    assert Triple(item, CV.hasParticipation, participation) in found
    assert any(t.subject == item and t.predicate == SKOS.prefLabel for t in found)
    post = thing("post/minister-energie-infrastruktur-digitalisierung-mv")
    assert any(t.subject == post and t.predicate == SKOS.prefLabel for t in found)


def test_csv_tells_property_value_label_language_and_report(client):
    table = rows(client.get(f"{PEGEL}.csv?lang=en").text)
    named = {row["property"]: row for row in table}
    assert named["foaf:name"]["value"] == "Christian Pegel"
    assert named["rdf:type"]["label"] == "person"
    assert named["rdf:type"]["language"] == "en"
    assert named["^cv:hasParticipant"]["report"] == f"{BASE}/id/report/stralsund-2017"


def test_pointers_are_paged(serving):
    """More things point to it than stand on one page; every one of them stands on one page only."""
    client = serving(empty=True, writes="open")
    many = [NamedNode(f"{BASE}/id/topic/t{number:04}") for number in range(2 * POINTERS + 50)]
    graph = NamedNode(f"{BASE}/graph/report/many/1")
    statements = [Triple(node, SKOS.broader, thing("topic/all")) for node in many]
    service = client.app.state.service
    client.portal.call(service.write_scratch, lambda store: store.apply({graph: statements}))
    seen: list[str] = []
    address: str | None = "/doc/topic/all.nt"
    while address:
        answer = client.get(address)
        found = triples(answer.content, "nt")
        seen += [t.subject.value for t in found if t.predicate == SKOS.broader]
        address = answer.links.get("next", {}).get("url")
    assert sorted(seen) == sorted(node.value for node in many)
    assert client.get("/doc/topic/all.nt?page=9").status_code == 404
    assert client.get("/doc/topic/all.nt?page=0").status_code == 422
    page = client.get("/doc/topic/all.html?page=2").text
    assert 'rel="next"' in page
    assert 'rel="prev"' in page


def test_a_slug_may_end_like_a_form(serving):
    client = serving(empty=True, writes="open")
    graph = NamedNode(f"{BASE}/graph/report/odd/1")
    statements = [Triple(thing("topic/table.csv"), RDF.type, SKOS.Concept)]
    service = client.app.state.service
    client.portal.call(service.write_scratch, lambda store: store.apply({graph: statements}))
    assert triples(client.get("/doc/topic/table.csv", headers={"Accept": TURTLE}).content, "ttl") >= set(statements)
    assert triples(client.get("/doc/topic/table.csv.nt").content, "nt") >= set(statements)


def test_a_document_changes_with_the_data(serving):
    client = serving(empty=True, writes="open")
    graph, node = NamedNode(f"{BASE}/graph/report/r/1"), thing("topic/wind")
    service = client.app.state.service

    def say(text: str) -> str:
        statements = [Triple(node, SKOS.prefLabel, Literal(text, language="de")), Triple(node, RDF.type, ET.Topic)]
        client.portal.call(service.write_scratch, lambda store: store.apply({graph: statements}))
        answer = client.get("/doc/topic/wind.ttl")
        assert text in answer.text
        return answer.headers["etag"]

    assert say("Wind") != say("Sturm")
