"""Lists and the start page."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from api.linked_data.support import BASE, rows, thing
from etappe.namespaces import FOAF, RDF
from etappe_api.linked_data.lists import LISTS, SIZE


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_every_form(client, name):
    document = client.get(f"/{name}").json()
    assert document["total"] == len(document["items"]) > 0
    assert len(rows(client.get(f"/{name}.csv").text)) == document["total"]
    page = client.get(f"/{name}", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert client.get(f"/{name}.html").text == page.text.replace(f"/{name}?lang", f"/{name}.html?lang").replace(
        f'<a href="/{name}" aria-current="page">', f'<a href="/{name}">'
    )
    assert client.get(f"/{name}", headers={"Accept": "image/png"}).status_code == 406


def test_stops_are_listed_by_day(client):
    days = [item["day"][0] for item in client.get("/stops.json").json()["items"]]
    assert days == sorted(days)
    assert days[0] == "2017-07-27"


def test_photos_say_rights_and_credit_before_anything_else(client):
    items = client.get("/photos.json?lang=en").json()["items"]
    assert all(list(item)[:3] == ["id", "rights", "credit"] for item in items)
    assert "<img" not in client.get("/photos.html").text


def test_a_list_is_paged_with_links(serving):
    client = serving(empty=True, writes="open")
    people = [thing(f"person/p{number:03}") for number in range(2 * SIZE + 1)]
    statements = [Triple(node, RDF.type, FOAF.Person) for node in people]
    statements += [Triple(node, FOAF.name, Literal(node.value[-4:])) for node in people]
    graph = NamedNode(f"{BASE}/graph/report/r/1")
    client.portal.call(client.app.state.service.write_scratch, lambda store: store.apply({graph: statements}))
    # The classes of the ontology are not in a scratch store, and the list needs none of them here.
    seen: list[str] = []
    address: str | None = "/people.json"
    while address:
        answer = client.get(address)
        document = answer.json()
        assert document["total"] == len(people)
        seen += [item["id"] for item in document["items"]]
        assert document["next"] == answer.links.get("next", {}).get("url")
        address = document["next"]
    assert seen == [node.value for node in people]
    assert client.get("/people.json?page=4").status_code == 404
    assert "Page 2 of 3" in client.get("/people.html?page=2&lang=en").text


def test_an_empty_store_has_empty_lists_and_a_start_page(serving):
    client = serving(empty=True, writes="open")
    assert client.get("/people").json() == {"total": 0, "page": 1, "pages": 1, "next": None, "items": []}
    assert "Hier ist noch nichts." in client.get("/stops.html?lang=de").text
    assert client.get("/", headers={"Accept": "text/html"}).status_code == 200


def test_the_start_page_counts_and_leads_on(client):
    page = client.get("/", headers={"Accept": "text/html", "Accept-Language": "de"})
    for name in (*LISTS, "reports"):
        assert f'href="/{name}"' in page.text
    total = client.get("/people.json").json()["total"]
    assert f"<strong>{total}</strong> Personen" in page.text
    assert "Welche Minister besuchten welche Stationen?" in page.text
