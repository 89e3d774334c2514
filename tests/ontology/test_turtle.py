"""One graph, one text: the canonical Turtle of our files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from etappe import ontology
from etappe.namespaces import ET, RDF, SCHEMA, XSD
from etappe.turtle import canonical
from ontology import terms_in_use as use


def turtle(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE, base_iri="urn:x-test:base")]


def same(left: list[Triple], right: list[Triple]) -> bool:
    sets = []
    for triples in (left, right):
        dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
        sets.append(set(dataset))
    return sets[0] == sets[1]


@pytest.mark.parametrize("path", use.TURTLE, ids=lambda path: str(path.relative_to(use.ONTOLOGY)))
def test_every_file_is_in_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == ontology.formatted(path), "run: python -m etappe.ontology --write"
    assert same(turtle(text), turtle(ontology.formatted(path)))


EVERYTHING = '''
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix et: <https://w3id.org/etappe/ns#> . @prefix s: <https://w3id.org/etappe/shapes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix unused: <urn:unused:> .
s:Stop a sh:NodeShape ; sh:targetClass et:Stop ;
  sh:property [ sh:path et:b ; sh:minCount 1 ; sh:message "eins"@de, "one"@en ],
    [ sh:path ( et:a [ sh:inversePath et:c ] ) ; sh:in ( 1 2.5 true "x" ) ] ;
  sh:sparql [ sh:select """SELECT $this
WHERE { $this et:a "a\\\\\\\\b" }""" ] ; sh:or ( [ sh:class et:Tour ] [ sh:class et:Stop ] ) ; sh:in () .
<urn:x/1> et:a "2017-07-27"^^xsd:date, "01"^^xsd:integer, "yes"^^xsd:boolean, 1e0, <urn:y>, [] .
[] a owl:AllDisjointClasses ; owl:members ( et:Stop et:Tour ) .
et:a-\\~b et:dotted <https://w3id.org/etappe/ns#with.dot>, <https://w3id.org/etappe/ns#> .
'''


def test_order_of_statements_and_names_of_blank_nodes_do_not_matter() -> None:
    triples = turtle(EVERYTHING)
    expected = canonical(triples)
    assert same(turtle(expected), triples)
    for seed in range(5):
        random.Random(seed).shuffle(triples)
        assert canonical(triples) == expected
    assert canonical(turtle(expected)) == expected
    assert canonical(turtle(EVERYTHING)) == expected


def test_what_the_text_looks_like() -> None:
    text = canonical(turtle(EVERYTHING), "A comment\n\nof three lines")
    assert text.startswith("# A comment\n#\n# of three lines\n\nPREFIX et: <")
    assert "unused" not in text
    assert 'sh:select """SELECT $this\nWHERE { $this et:a "a\\\\\\\\b" }"""' in text
    assert "sh:or ([ sh:class et:Tour ] [ sh:class et:Stop ])" in text
    assert "sh:in ()" in text
    assert 'sh:in (1 2.5 true "x")' in text
    assert text.endswith("] .\n")
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_what_cannot_be_written_is_refused() -> None:
    a, b = BlankNode(), BlankNode()
    with pytest.raises(ValueError, match="two places"):
        canonical([Triple(ET.x, ET.p, a), Triple(ET.y, ET.p, a)])
    with pytest.raises(ValueError, match="circle"):
        canonical([Triple(a, ET.p, b), Triple(b, ET.p, a)])
    with pytest.raises(ValueError, match="list"):
        canonical([Triple(ET.x, ET.p, a), Triple(a, RDF.first, ET.y)])
    with pytest.raises(ValueError, match="triple"):
        canonical([Triple(ET.x, ET.p, Triple(ET.x, ET.p, ET.y))])


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from('\n"\\\r\t'), max_size=30)
nodes = st.sampled_from([ET.Stop, ET["a.b"], SCHEMA.name, NamedNode("urn:x"), RDF.type])
literals = (
    texts.map(Literal)
    | st.builds(Literal, texts, datatype=st.sampled_from([XSD.integer, XSD.boolean, XSD.decimal, XSD.date, XSD.double]))
    | st.builds(Literal, texts, language=st.sampled_from(["de", "en", "de-at"]))
)


@given(st.lists(st.builds(Triple, nodes, nodes, nodes | literals), max_size=8))
def test_what_is_written_is_read_back(triples: list[Triple]) -> None:
    text = canonical(triples)
    assert set(turtle(text)) == set(triples)
    assert canonical(turtle(text)) == text


def test_the_command_names_and_mends_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ontology, "folder", lambda name: tmp_path)
    shape = tmp_path / "shapes" / "stop.ttl"
    shape.parent.mkdir()
    shape.write_text("# Rules for stops\n" + EVERYTHING.lstrip(), encoding="utf-8")
    assert ontology.main(["--check"]) == 1
    assert capsys.readouterr().err.splitlines() == ["shapes/stop.ttl: not in form", "context.jsonld: not in form"]
    assert ontology.main(["--write"]) == 0
    assert ontology.main(["--check"]) == 0
    assert shape.read_text(encoding="utf-8").startswith("# Rules for stops\n\nPREFIX")
    with pytest.raises(SystemExit, match="2"):
        ontology.main([])
