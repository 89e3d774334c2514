"""What the service says of its vocabulary, its rules, its context and its data as a whole."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from api.linked_data.support import BASE, triples
from etappe.namespaces import DCAT, DCTERMS, ET, OWL, RDF, SH, SKOS, VOID
from etappe.ontology import ONTOLOGY, VERSION
from etappe.validation.shapes import catalogue


def _triples(answer, form):
    if form != "jsonld":
        return triples(answer.content, form)
    return {quad.triple for quad in parse(answer.content, RdfFormat.JSON_LD)}


@pytest.mark.parametrize("name", ["ontology", "vocab", "shapes"])
def test_every_form_says_the_same(client, name):
    turtle = _triples(client.get(f"/{name}.ttl"), "ttl")
    sizes = Counter(triple.predicate for triple in turtle)
    for form in ("nt", "rdf", "jsonld"):
        # Blank nodes have other labels each time, so predicates are counted.
        assert Counter(t.predicate for t in _triples(client.get(f"/{name}.{form}"), form)) == sizes
    assert client.get(f"/{name}", headers={"Accept": "text/html"}).headers["content-type"].startswith("text/html")
    assert client.get(f"/{name}").headers["etag"] == client.get(f"/{name}.ttl").headers["etag"]
    assert client.get(f"/{name}.exe").status_code == 404
    assert client.get(f"/{name}", headers={"Accept": "image/png"}).status_code == 406


def test_the_ontology_names_its_version(client):
    found = _triples(client.get("/ontology.ttl"), "ttl")
    versions = {t.object for t in found if t.subject == ONTOLOGY and t.predicate == OWL.versionIRI}
    assert versions == {NamedNode(f"{ONTOLOGY.value}/{VERSION}")}


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_term_has_a_place_on_the_page(client, language):
    page = client.get(f"/ontology.html?lang={language}").text
    terms = {
        t.subject.value.removeprefix(ET)
        for t in _triples(client.get("/ontology.ttl"), "ttl")
        if t.predicate == RDF.type and isinstance(t.subject, NamedNode) and t.subject.value.startswith(ET)
    }
    assert "Stop" in terms
    for term in terms:
        assert f'id="{term}"' in page
    concepts = client.get(f"/vocab.html?lang={language}").text
    for concept in (t.subject for t in _triples(client.get("/vocab.ttl"), "ttl") if t.object == SKOS.Concept):
        assert f'id="{concept.value.rpartition("/")[2]}"' in concepts


def test_each_rule_is_listed_with_its_messages_in_both_languages(client):
    from markupsafe import escape

    page = client.get("/shapes.html").text
    for shape in catalogue().values():
        assert f'id="{shape.code}"' in page
        for message in shape.messages.values():
            assert str(escape(message)) in page
    assert any(t.predicate == SH.message for t in _triples(client.get("/shapes.ttl"), "ttl"))


def test_the_context_is_served(client):
    answer = client.get("/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    document = json.loads(answer.text)
    assert document["version"] == VERSION
    assert document["@context"]["Stop"]["@id"] == "et:Stop"
    assert client.get("/context.jsonld", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
    ],
)
def test_the_data_set_is_described(client, accept, form):
    answer = client.get("/.well-known/void", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    found = _triples(answer, form)
    data = NamedNode(f"{BASE}/.well-known/void#dataset")

    def values(predicate: NamedNode) -> set[str]:
        return {t.object.value for t in found if t.subject == data and t.predicate == predicate}

    assert values(VOID.sparqlEndpoint) == {f"{BASE}/sparql"}
    assert values(VOID.dataDump) == {f"{BASE}/dump.nq.gz"}
    assert len(values(DCTERMS.language)) == 2
    assert len(values(DCTERMS.modified)) == 1
    assert any(t.predicate == DCTERMS.license for t in found)
    assert any(t.predicate == DCAT.endpointURL for t in found)
    assert any(t.object == ET.Stop for t in found)


def test_the_figures_are_those_of_the_store(client):
    found = _triples(client.get("/.well-known/void"), "ttl")
    data = NamedNode(f"{BASE}/.well-known/void#dataset")
    figures = {t.predicate: t.object.value for t in found if t.subject == data and isinstance(t.object, Literal)}
    service = client.app.state.service
    quads = client.portal.call(service.read, lambda store: list(store.quads()))
    assert int(figures[VOID.triples]) == len({quad.triple for quad in quads})
    things = {q.subject for q in quads if q.predicate == RDF.type and q.subject.value.startswith(f"{BASE}/id/")}
    assert int(figures[VOID.entities]) == len(things)
    assert int(figures[VOID.properties]) == len({quad.predicate for quad in quads})
    assert int(figures[VOID.classes]) == len({quad.object for quad in quads if quad.predicate == RDF.type})
