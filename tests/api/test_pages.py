"""Pages for people: well formed, in German and English, safe whatever the data says, with schema.org blocks."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import html5rdf
import pytest
from lxml import etree
from pyoxigraph import Literal, NamedNode, Triple

from api.linked_data.support import BASE, THINGS, thing
from etappe import resources
from etappe.admission import State, admit_all
from etappe.namespaces import DPV, ET, ETV, FOAF, RDF, SCHEMA, SKOS
from etappe.questions import ask, question
from etappe.reading.archives import inputs
from etappe.workspace import open_workspace
from etappe_api.pages.texts import _TEXTS, say

HTML = "http://www.w3.org/1999/xhtml"
PAGES = (
    *(f"/doc/{name}.html" for name in THINGS),
    "/",
    "/people.html",
    "/organizations.html",
    "/stops.html",
    "/photos.html",
    "/ontology.html",
    "/vocab.html",
    "/shapes.html",
)


def _page(client, address: str, language: str = "en"):
    """A page, held to the parser of the HTML standard: any parse error is a failure."""
    answer = client.get(address, params={"lang": language}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    parser = html5rdf.HTMLParser(tree=html5rdf.getTreeBuilder("lxml"), strict=True)
    return parser.parse(answer.text).getroot()


def _all(tree, path: str) -> list:
    return tree.xpath(path, namespaces={"h": HTML})


def _text(node) -> str:
    return " ".join("".join(node.itertext()).split())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_well_formed_and_have_the_frame(client, address, language):
    tree = _page(client, address, language)
    assert _all(tree, "/h:html/@lang") == [language]
    assert len(_all(tree, "//h:h1")) == 1
    assert len(_all(tree, "//h:main[@id='content']")) == 1
    assert _all(tree, "//h:a[@class='skip']/@href") == ["#content"]
    assert _all(tree, "//h:nav[contains(@class, 'languages')]//h:a/@hreflang") == ["de", "en"]
    identifiers = _all(tree, "//@id")
    assert len(identifiers) == len(set(identifiers))
    for element in _all(tree, "//h:script"):
        assert element.get("type") == "application/ld+json"
    levels = [int(element.tag[-1]) for element in tree.iter() if re.search(r"\}h[1-6]$", str(element.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_links_lead_to_this_service_or_to_the_web(client, address):
    tree = _page(client, address)
    for href in _all(tree, "//@href"):
        assert re.match(r"(/[^/]|/$|#|https?://|mailto:|tel:|\?)", href), href
        assert not href.startswith(BASE), "an address under our base is a path, so that it works on any host"
    assert not _all(tree, "//h:img | //h:iframe | //h:object | //@style | //@onclick")


def test_pages_forbid_everything_that_they_do_not_use(client):
    policy = client.get("/people.html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "script-src" not in policy


def test_our_links_within_a_page_work(client):
    """Every path of a thing that a page links to is there."""
    for address in ("/doc/person/christian-pegel.html", "/doc/stop/stralsund-2017.html"):
        paths = {href for href in _all(_page(client, address), "//h:a/@href") if href.startswith(("/id/", "/doc/"))}
        assert len(paths) > 5
        for path in paths:
            assert client.get(path, follow_redirects=False).status_code in (200, 303), path


def test_a_chosen_language_stays_chosen(client):
    german = _page(client, "/doc/person/christian-pegel.html", "de")
    own = [href for href in _all(german, "//h:main//h:a/@href") if href.startswith("/id/stop")]
    assert own
    assert all("lang=de" in href for href in own)
    answer = client.get("/people.html", headers={"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"})
    assert answer.headers["content-language"] == "de"
    assert "?lang" not in "".join(re.findall(r'href="(/id/[^"]+)"', answer.text))


def test_a_person_has_offices_with_dates_and_stops_attended(client):
    text = _text(_all(_page(client, "/doc/person/christian-pegel.html", "de"), "//h:main")[0])
    assert "seit 14. Januar 2014; bis 1. November 2016" in text
    assert "spätestens bis 31. Dezember 2021" in text
    assert (
        "28. Juli 2017 Stralsund, 27.-28.07.2017 Austausch am Informationsmobil Gast "
        "Minister für Energie, Infrastruktur und Digitalisierung"
    ) in text
    assert "Als Gast im Informationsmobil und daneben begrüßte es Christian Pegel" in text


def test_a_stop_has_its_programme_in_order_with_offices_of_that_day(client):
    tree = _page(client, "/doc/stop/stralsund-2017.html", "en")
    order = [_text(item) for item in _all(tree, "//h:ol[@class='programme']/h:li/h:h3")]
    assert order == [
        "Informationsmobil in front of the Strelapark",
        "Visit to Digitack GmbH",
        "Visit to the Stadtwerke Stralsund",
        "Visit to the Boreus data centre",
    ]
    (pegel,) = (li for li in _all(tree, "//h:ul[@class='participants']/h:li") if "Christian Pegel" in _text(li)[:20])
    assert "in office as: Minister für Energie, Infrastruktur und Digitalisierung" in _text(pegel)
    assert "(attested on that day)" in _text(pegel)
    assert "Breitband@Mittelstand zu Gast" in _text(pegel)


def test_each_programme_has_the_items_and_the_order_of_the_catalogue(client):
    """The page orders by a query of its own, which looks at one stop only; CQ07 says what the order is."""
    service = client.app.state.service
    table = client.portal.call(service.read, lambda store: ask(store, BASE, question("CQ07"), {}))
    expected: dict[str, list[str]] = {}
    for row in table.rows:
        cells = dict(zip(table.names, row.cells, strict=True))
        items = expected.setdefault(cells["stop"].terms[0].value, [])
        if cells["item"].terms[0].value not in items:
            items.append(cells["item"].terms[0].value)
    assert len(expected) > 5
    stops = [item["id"] for item in client.get("/stops.json").json()["items"]]
    for stop in stops:
        tree = _page(client, stop.removeprefix(BASE).replace("/id/", "/doc/") + ".html")
        links = _all(tree, "//h:main//h:section/h:ol[@class='programme']/h:li/h:h3/h:a/@href")
        shown = [BASE + href.partition("?")[0] for href in links]
        assert shown == expected.get(stop, []), stop


def test_a_page_offers_what_can_be_asked_about_the_thing(client):
    links = _all(_page(client, "/doc/person/christian-pegel.html"), "//h:a/@href")
    assert "/questions/office-on-day?person=person%2Fchristian-pegel&lang=en" in links
    assert "/questions/persons-named?person=person%2Fchristian-pegel&lang=en" in links
    assert not [link for link in links if link.startswith("/questions/programme-of-stop?")]
    for link in links:
        if link.startswith("/questions/"):
            name, _, query = link.removeprefix("/questions/").partition("?")
            assert not query or {p.name for p in question(name).parameters} >= {query.partition("=")[0]} - {"lang"}


def test_names_in_another_language_are_marked(client):
    tree = _page(client, "/doc/person/christian-pegel.html", "en")
    marked = {_text(node) for node in _all(tree, "//h:main//*[@lang='de']")}
    assert "Minister für Energie, Infrastruktur und Digitalisierung des Landes Mecklenburg-Vorpommern" in marked
    german = _page(client, "/doc/person/christian-pegel.html", "de")
    assert not _all(german, "//h:main//*[@lang='de']")


def test_a_photo_tells_rights_and_credit_first_and_shows_no_picture(client):
    tree = _page(client, "/doc/photo/stralsund-2017.p1.html", "en")
    headings = [_text(node) for node in _all(tree, "//h:main//h:h2")]
    assert headings[0] == "Rights, credit, consent"
    rights = _text(_all(tree, "//h:section[contains(@class, 'rights')]")[0])
    assert "BBB/Andreas Silberbach" in rights
    assert "The picture is not shown" in rights
    cleared = _page(client, "/doc/photo/rostock-2018-netzbuero.leuchttuerme.html", "en")
    links = _all(cleared, "//h:section[contains(@class, 'rights')]//h:a/@href")
    assert "https://bilder.example/netzfahrt/2018/rostock-leuchttuerme.jpg" in links


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_picture_without_rights_or_consent_has_no_link_even_if_it_has_an_address(serving, withdrawn):
    """The gate lets no such photo in; should one get in otherwise, the page still does not lead to it."""
    client = serving(empty=True, writes="open")
    photo, consent, stop, holder = thing("photo/r.p"), thing("consent/r.c"), thing("stop/s"), thing("organization/o")
    address, report = NamedNode("https://bilder.example/p.jpg"), thing("report/r")
    statements = [
        Triple(photo, RDF.type, ET.Photo),
        Triple(photo, SCHEMA.contentUrl, address),
        Triple(photo, SCHEMA.caption, Literal("Bild", language="de")),
        Triple(photo, SCHEMA.copyrightHolder, holder),
        Triple(photo, SCHEMA.license, NamedNode("https://creativecommons.org/licenses/by/4.0/")),
        Triple(photo, ET.takenDuring, stop),
        Triple(photo, ET.consent, consent),
        Triple(stop, RDF.type, ET.Stop),
        Triple(report, RDF.type, ET.Report),
        Triple(report, SCHEMA.associatedMedia, photo),
        Triple(photo, ET.rightsStatus, ETV["rights-granted"] if withdrawn else ETV["rights-unknown"]),
        Triple(consent, DPV.hasConsentStatus, DPV.ConsentWithdrawn if withdrawn else DPV.ConsentGiven),
    ]
    graph = NamedNode(f"{BASE}/graph/report/r/1")
    client.portal.call(client.app.state.service.write_scratch, lambda store: store.apply({graph: statements}))
    tree = _page(client, "/doc/photo/r.p.html")
    assert address.value not in _all(tree, "//@href")
    (block,) = _all(tree, "//h:script/text()")
    assert address.value not in block


EVIL = """<script>alert(1)</script><img src=x onerror="alert(2)">'--></title></script>&amp;"""


@pytest.fixture
def hostile(serving, tmp_path: Path):
    """A service over a report whose names are HTML, which came in through the gate."""
    examples = resources.folder("examples")
    folder = tmp_path / "inbox"
    folder.mkdir()
    text = (examples / "stralsund" / "stralsund.yaml").read_text(encoding="utf-8")
    written = json.dumps(EVIL)
    for old in (
        "name: 'Stralsund, 27.-28.07.2017'",
        "name: MyFoodHero",
        "name: Oscar Schröder",
        "name: Boreus Rechenzentrum GmbH",
    ):
        assert text.count(old) == 1
        text = text.replace(old, f"name: {written}")
    text = text.replace("title: Breitband@Mittelstand zu Gast bei Unternehmen in Stralsund", f"title: {written}")
    (folder / "stralsund.yaml").write_text(text, encoding="utf-8")
    (folder / "stralsund.txt").write_bytes((examples / "stralsund" / "stralsund.txt").read_bytes())
    with open_workspace(tmp_path / "data", write=True) as workspace:
        paths = [str(examples / "registry"), str(folder / "stralsund.yaml")]
        for name, admission in admit_all(workspace, inputs(paths), by="test", accept_warnings="test"):
            assert getattr(admission, "state", None) is State.ACCEPTED, (name, admission)
    return serving(empty=True)


@pytest.mark.parametrize(
    "address",
    [
        "/doc/stop/stralsund-2017.html",
        "/doc/person/oscar-schroeder.html",
        "/doc/organization/boreus.html",
        "/doc/report/stralsund-2017.html",
        "/doc/item/stralsund-2017.boreus.html",
        "/doc/photo/stralsund-2017.p1.html",
        "/people.html",
        "/stops.html",
        "/organizations.html",
    ],
)
def test_html_in_names_is_text(hostile, address):
    tree = _page(hostile, address)
    assert EVIL in "".join(tree.itertext())
    assert not _all(tree, "//h:img | //@onerror")
    for script in _all(tree, "//h:script"):
        assert script.get("type") == "application/ld+json"
        assert json.loads(script.text)["@context"] == "https://schema.org"


def test_links_that_would_run_a_script_are_text(serving):
    client = serving(empty=True, writes="open")
    evil = [
        NamedNode(iri)
        for iri in (
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>".replace("<", "%3C").replace(">", "%3E"),
            "JAVASCRIPT:alert(1)",
            "vbscript:x",
            "file:///etc/passwd",
        )
    ]
    person = thing("person/x")
    statements = [Triple(person, RDF.type, FOAF.Person), Triple(person, FOAF.name, Literal("X"))]
    statements += [Triple(person, name, iri) for iri in evil for name in (SCHEMA.sameAs, SCHEMA.url, RDF.type)]
    statements += [Triple(iri, SKOS.prefLabel, Literal("harmless", language="en")) for iri in evil]
    graph = NamedNode(f"{BASE}/graph/report/r/1")
    client.portal.call(client.app.state.service.write_scratch, lambda store: store.apply({graph: statements}))
    tree = _page(client, "/doc/person/x.html")
    assert "harmless" in _text(_all(tree, "//h:main")[0])
    assert not [href for href in _all(tree, "//@href") if re.match(r"(?i)(javascript|data|vbscript|file):", href)]
    assert "sameAs" not in json.loads(_all(tree, "//h:script/text()")[0])


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("person/christian-pegel", "Person"),
        ("organization/breitbandbuero-des-bundes", "Organization"),
        ("organization/ministerium-energie-infrastruktur-digitalisierung-mv", "GovernmentOrganization"),
        ("stop/stralsund-2017", "Event"),
        ("item/stralsund-2017.digitack", "Event"),
        ("tour/kueste-mv-2017", "Event"),
        ("photo/stralsund-2017.p1", "Photograph"),
        ("report/stralsund-2017", "Report"),
        ("place/mecklenburg-vorpommern", "Place"),
    ],
)
def test_search_engines_find_schema_org(client, name, type_):
    (text,) = _all(_page(client, f"/doc/{name}.html", "de"), "//h:script/text()")
    block = json.loads(text)
    assert block["@context"] == "https://schema.org"
    assert block["@type"] == type_
    assert block["@id"] == f"{BASE}/id/{name}"
    assert block.get("name") or block.get("description") or block.get("headline")


def test_a_stop_in_schema_org_has_dates_place_and_parts(client):
    (text,) = _all(_page(client, "/doc/stop/stralsund-2017.html", "de"), "//h:script/text()")
    block = json.loads(text)
    assert (block["startDate"], block["endDate"]) == ("2017-07-27", "2017-07-28")
    assert block["location"][0]["name"] == "Stralsund"
    assert len(block["subEvent"]) == 4


def test_a_page_names_its_other_forms(client):
    tree = _page(client, "/doc/person/christian-pegel.html")
    found = dict(
        zip(
            _all(tree, "//h:link[@rel='alternate'][@type]/@type"),
            _all(tree, "//h:link[@rel='alternate'][@type]/@href"),
            strict=True,
        )
    )
    assert found["text/turtle"] == "/doc/person/christian-pegel.ttl"
    assert found["application/ld+json"] == "/doc/person/christian-pegel.jsonld"
    assert _all(tree, "//h:link[@rel='canonical']/@href") == ["/id/person/christian-pegel"]
    crumbs = [_text(item) for item in _all(tree, "//h:nav[@class='crumbs']//h:li")]
    assert crumbs == ["Start", "People", "Christian Pegel"]


def test_the_style_sheet_is_served_and_nothing_beside_it(client):
    answer = client.get("/static/etappe.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in answer.text
    assert ":focus-visible" in answer.text
    assert "url(" not in answer.text
    for name in ("nothing.css", "..%2frendering.py", "%2e%2e/rendering.py", "rendering.py"):
        assert client.get(f"/static/{name}").status_code == 404
    etree.fromstring(client.get("/static/etappe.svg").content)


def test_words_are_there_in_both_languages():
    for key, texts in _TEXTS.items():
        assert all(texts), key
        fields = [set(re.findall(r"\{(\w+)\}", text)) for text in texts]
        assert fields[0] == fields[1], key
    assert say("de", "page_of", page=1, pages=2) == "Seite 1 von 2"
