"""RDF files: the same report, and nothing that reaches outside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from etappe.errors import ReadingError, UnsafeInput
from etappe.model import Document, Report, Source
from etappe.namespaces import OA, PREFIXES
from etappe.reading import read, read_source
from etappe.reading.rdf import CONTEXT_IRI

Make = Callable[..., Report]
HEAD = """
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX oa: <http://www.w3.org/ns/oa#>
BASE <https://etappe.example/id/>
"""
GOOD = HEAD + '<report/r> a et:Report ; dcterms:title "T"@de .\n'


def turtle(text: str, name: str = "r.ttl", media_type: str = "text/turtle") -> Report:
    return read_source(Source(name, media_type, text.encode()))


FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("media_type", FORMATS)
def test_every_format_carries_the_same_report(report: Make, media_type: str) -> None:
    made = report()
    data = serialize(made.triples, format=FORMATS[media_type], prefixes=dict(PREFIXES))
    assert data is not None
    again = read_source(Source("r", media_type, data), text=made.text)
    assert again.triples == made.triples
    assert again.text == made.text
    assert again.document is Document.REPORT


def test_json_ld_with_our_context_and_as_yaml() -> None:
    document = {
        "@context": CONTEXT_IRI,
        "id": "https://etappe.example/id/report/r",
        "type": "Report",
        "title": {"de": "Titel"},
    }
    as_json = turtle(json.dumps(document), "r.jsonld", "application/ld+json")
    yaml = f"'@context': {CONTEXT_IRI}\nid: https://etappe.example/id/report/r\ntype: Report\ntitle: {{de: Titel}}\n"
    as_yaml = turtle(yaml, "r.yaml", "application/yaml")
    assert as_json.triples == as_yaml.triples
    assert len(as_json.triples) == 2


def test_yaml_scalars_of_json_ld_have_their_json_types() -> None:
    yaml = (
        "'@context': {'@vocab': 'https://schema.org/'}\n'@id': https://etappe.example/id/report/r\n"
        "'@type': ['https://w3id.org/etappe/ns#Report']\nn: 3\ny: true\ns: '3'\n"
    )
    values = {t.object for t in turtle(yaml, "r.yaml", "application/yaml").triples}
    assert {"3", "true"} <= {getattr(value, "value", "") for value in values}
    assert len(values) == 4  # the type, "3" as integer, "3" as text, true


def test_blank_nodes_get_iris() -> None:
    made = turtle(GOOD + '<report/r> et:evidence [ oa:hasSelector [ oa:exact "Wort" ] ] .')
    assert all(isinstance(term, NamedNode) for t in made.triples for term in (t.subject,))
    assert sum(t.predicate == OA.exact for t in made.triples) == 1
    assert made.triples == turtle(GOOD + '<report/r> et:evidence [ oa:hasSelector [ oa:exact "Wort" ] ] .').triples


def test_the_text_inside_or_beside(tmp_path: Path) -> None:
    inside = turtle(GOOD + '<report/r> schema:text "Die Worte" .')
    assert inside.text == "Die Worte"
    assert len(inside.triples) == 2
    (tmp_path / "r.ttl").write_text(GOOD)
    assert read(tmp_path / "r.ttl").text is None
    (tmp_path / "r.txt").write_text("Die Worte daneben")
    assert read(tmp_path / "r.ttl").text == "Die Worte daneben"


def test_positions_are_lines_of_the_file() -> None:
    made = turtle(GOOD)
    assert made.positions[made.iri.value, None].line == len(GOOD.splitlines())


UNSAFE = {
    "owl:imports": (GOOD + "<report/r> owl:imports <http://127.0.0.1:9/> .", "owl:imports"),
    "ontology": (GOOD + "et:Event a et:Report2 .", "speaks about"),
    "other data": (GOOD + '<https://other.example/x> dcterms:title "x" .', "speaks about"),
    "javascript": (GOOD + "<report/r> schema:url <javascript:alert(1)> .", "javascript:alert"),
    "file": (GOOD + "<report/r> schema:url <file:///etc/passwd> .", "file:///etc/passwd"),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_what_reaches_outside_is_refused(name: str) -> None:
    text, sentence = UNSAFE[name]
    with pytest.raises(UnsafeInput, match=sentence.replace("(", r"\(")):
        turtle(text)


@pytest.mark.parametrize(
    "context",
    ["http://127.0.0.1:9/context.jsonld", ["https://schema.org/"], {"@import": "http://127.0.0.1:9/"}],
)
def test_remote_contexts_are_refused(context: object) -> None:
    document = {"@context": context, "@id": "https://etappe.example/id/report/r"}
    with pytest.raises(UnsafeInput, match="context"):
        turtle(json.dumps(document), "r.jsonld", "application/ld+json")


def test_a_context_deep_inside_is_refused_too() -> None:
    document = {"@id": "https://etappe.example/id/report/r", "x": [{"@context": "http://127.0.0.1:9/"}]}
    with pytest.raises(UnsafeInput, match="only https://w3id"):
        turtle(json.dumps(document), "r.jsonld", "application/ld+json")


def test_xml_entities_are_refused() -> None:
    xml = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rdf:RDF/>'
    with pytest.raises(UnsafeInput, match="XML entities"):
        turtle(xml, "r.rdf", "application/rdf+xml")


BROKEN = {
    "turtle": ("<a> <b>", "r.ttl", "text/turtle", "cannot be parsed"),
    "json": ('{"a": ', "r.jsonld", "application/ld+json", "is not JSON"),
    "deep json": ("[" * 100_000, "r.jsonld", "application/ld+json", "nested too deeply"),
    "deeper than people write": ("[" * 100 + "]" * 100, "r.jsonld", "application/ld+json", "nested too deeply"),
    "xml": ("<rdf", "r.rdf", "application/rdf+xml", "cannot be parsed"),
    "no report": (HEAD + '<stop/x> dcterms:title "x" .', "r.ttl", "text/turtle", "holds no et:Report"),
    "two reports": (GOOD + "<report/s> a et:Report .", "r.ttl", "text/turtle", "holds 2 reports"),
    "nameless report": (HEAD + "[] a et:Report .", "r.ttl", "text/turtle", "needs an IRI such as"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_told_so(name: str) -> None:
    text, file, media_type, sentence = BROKEN[name]
    with pytest.raises(ReadingError, match=sentence) as caught:
        turtle(text, file, media_type)
    assert str(caught.value).startswith(file)
    assert "\n" not in str(caught.value)


def test_a_syntax_error_has_its_line() -> None:
    with pytest.raises(ReadingError) as caught:
        turtle(GOOD + "<report/r> dcterms:title .\n")
    assert caught.value.position is not None
    assert caught.value.position.line == len(GOOD.splitlines()) + 1


def test_named_graphs_are_taken_together() -> None:
    made = turtle(
        HEAD + '<g> { <report/r> a et:Report } <h> { <report/r> dcterms:title "T" }', "r.trig", "application/trig"
    )
    assert len(made.triples) == 2
    assert all(isinstance(t, Triple) for t in made.triples)
