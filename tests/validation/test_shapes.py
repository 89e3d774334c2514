"""The shapes files themselves: complete, bilingual, and within what every SHACL engine is asked to do."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery

from etappe.model import Severity
from etappe.namespaces import DCTERMS, ET, OWL, PREFIXES, RDF, RDFS, SH, SHAPES, compact, compact_path
from etappe.ontology import read
from etappe.resources import folder
from etappe.validation.shapes import Step, catalogue, shapes_graph

FILES = sorted((folder("ontology") / "shapes").glob("*.ttl"))
TRIPLES: list[Triple] = [triple for path in FILES for triple in read(path)]
SHAPE_TYPES = (SH.NodeShape, SH.PropertyShape)
NAMED = sorted({t.subject for t in TRIPLES if t.predicate == RDF.type and t.object in SHAPE_TYPES}, key=str)
TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def objects(subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in TRIPLES if t.subject == subject and t.predicate == predicate]


def queries() -> dict[str, str]:
    """Each SELECT query by the shape that it belongs to."""
    found = {}
    for triple in TRIPLES:
        if triple.predicate == SH.sparql:
            (text,) = objects(triple.object, SH.select)
            found[compact(triple.subject.value)] = text.value
    return found


QUERIES = queries()


@pytest.mark.parametrize(
    "shape", NAMED, ids=lambda shape: compact(shape.value) if isinstance(shape, NamedNode) else "_"
)
def test_a_shape_is_complete(shape: NamedNode) -> None:
    assert isinstance(shape, NamedNode)
    (code,) = objects(shape, DCTERMS.identifier)
    assert re.fullmatch(r"C\d\d[a-z]?", code.value)
    assert compact(shape.value).partition("-")[0] == f"s:{code.value}"
    for predicate in (RDFS.label, SH.message):
        texts = objects(shape, predicate)
        assert sorted(text.language for text in texts) == ["de", "en"]
        assert all(text.value.strip() == text.value for text in texts)
    placeholders = {frozenset(PLACEHOLDER.findall(text.value)) for text in objects(shape, SH.message)}
    assert len(placeholders) == 1, "German and English name different things"
    assert placeholders.pop() <= {"{$this}", "{?value}"}
    assert all(text.value.endswith((".", "?", "}.")) for text in objects(shape, SH.message))
    assert len(objects(shape, SH.severity)) == 1
    assert objects(shape, ET.draftSeverity) in ([], [SH.Warning])
    if (SHAPES + code.value) == shape.value:
        assert sorted(text.language for text in objects(shape, RDFS.comment)) == ["de", "en"]


def test_every_code_has_a_shape_of_that_name() -> None:
    assert {SHAPES + shape.code for shape in catalogue().values()} <= set(catalogue())


def test_whatever_can_be_the_source_of_a_result_has_an_iri() -> None:
    named = set(NAMED)
    for triple in TRIPLES:
        if triple.predicate in TARGETS:
            assert triple.subject in named
        if triple.predicate == SH.property and triple.subject in named:
            assert triple.object in named
    assert not [shape for shape in NAMED if isinstance(shape, BlankNode)]


def test_parts_have_a_target_through_their_whole() -> None:
    parts = {t.object for t in TRIPLES if t.predicate == SH.property and t.subject in NAMED}
    targeted = {t.subject for t in TRIPLES if t.predicate in TARGETS}
    assert set(NAMED) == parts | targeted


@pytest.mark.parametrize("shape", sorted(QUERIES))
def test_a_query_asks_no_more_than_every_engine_gives(shape: str) -> None:
    query = QUERIES[shape]
    prefixes = {key: str(value) for key, value in PREFIXES.items()}
    prepareQuery(query, initNs=prefixes)
    Store().query("".join(f"PREFIX {key}: <{value}>\n" for key, value in prefixes.items()) + query)
    head, body = query.split("WHERE {", 1)
    assert set(re.findall(r"[?$]\w+", head)) <= {"$this", "?value"}
    assert body.split()[0] == "$this", "the first triple pattern binds $this"
    assert not re.search(r"\b(VALUES|MINUS|SERVICE|GRAPH|UNION)\b", query)
    assert query.count("SELECT") == 1
    assert not re.search(r"[<>]=", query), "rdflib takes incomparable values for equal there"
    outside = re.sub(r"FILTER NOT EXISTS \{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", body)
    assert "$this" in outside
    after_optional = outside.rpartition("OPTIONAL")[2].partition("}")[2] if "OPTIONAL" in outside else ""
    assert "?" not in re.sub(r"(FILTER|BIND)\(.*\)", "", after_optional), "a triple pattern follows OPTIONAL"


def test_the_prefixes_of_queries_are_declared_once_and_are_ours() -> None:
    owners = {t.subject for t in TRIPLES if t.predicate == SH.declare}
    assert owners == {NamedNode("https://w3id.org/etappe/shapes")}
    declared = {}
    for node in objects(*owners, SH.declare):
        (prefix,), (namespace,) = objects(node, SH.prefix), objects(node, SH.namespace)
        declared[prefix.value] = namespace.value
    assert declared.items() <= {key: str(value) for key, value in PREFIXES.items()}.items()
    used = {
        prefix for query in QUERIES.values() for prefix in re.findall(r"\b([a-z]+):\w", re.sub(r'"[^"]*"', "", query))
    }
    assert used == set(declared)
    assert {t.object for t in TRIPLES if t.predicate == SH.prefixes} == owners


HOSTILE = (
    "A" * 3000 + "!",
    "A." * 1500 + " ",
    "A. " * 1000 + "\n",
    "a@" + "a." * 1500 + "!",
    "A. " + "von " * 700,
    "1" * 3000,
)
PATTERNS = sorted({triple.object.value for triple in TRIPLES if triple.predicate == SH.pattern})


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_cannot_run_away(pattern: str) -> None:
    """In a process of its own, since a pattern that backtracks for ever cannot be stopped here."""
    code = "import re, sys; [re.search(sys.argv[1], text) for text in sys.argv[2:]]"
    subprocess.run([sys.executable, "-c", code, pattern, *HOSTILE], check=True, timeout=30)


def test_no_shape_imports_or_targets_beyond_the_data() -> None:
    assert not [t for t in TRIPLES if t.predicate in (OWL.imports, SH.rule, SH.js, SH.target)]


def test_catalogue_reads_paths_in_the_notation_of_sparql() -> None:
    shapes = {compact(iri): shape for iri, shape in catalogue().items()}

    def path_of(name: str) -> str | None:
        path = shapes[name].path
        return compact_path(path.sparql) if path is not None else None

    assert path_of("s:C01-title") == "dcterms:title"
    assert path_of("s:C03-agent") == "prov:wasGeneratedBy/prov:wasAssociatedWith"
    assert path_of("s:C09") == "schema:superEvent+"
    assert path_of("s:C20-event") == "^cv:hasParticipation"
    assert path_of("s:C33") == "foaf:depicts|et:hasDepiction/et:depicted"
    assert path_of("s:C31") is None
    assert shapes["s:C20-event"].steps == (Step(PREFIXES["cv"].hasParticipation, inverse=True),)
    assert [compact(step.predicate.value) for step in shapes["s:C33"].steps] == ["foaf:depicts", "et:hasDepiction"]
    assert [compact(step.predicate.value) for step in shapes["s:C09"].steps] == ["schema:superEvent"]
    assert [code for code in ("s:C01", "s:C08", "s:C44", "s:C09") if shapes[code].only_gathers] == ["s:C01", "s:C08"]
    assert shapes["s:C09"].severity is Severity.WARNING


def test_shapes_graph_is_one_turtle_text() -> None:
    ours = len({quad.triple for quad in parse(shapes_graph(), format=RdfFormat.TURTLE)})
    assert ours == len(Graph().parse(data=shapes_graph(), format="turtle"))
    assert ours > 1000


def test_catalogue_knows_remedies_and_snippets() -> None:
    shapes = {compact(iri): shape for iri, shape in catalogue().items()}
    assert shapes["s:C01-language"].snippet == "language: de"
    assert sorted(shapes["s:C01-language"].remedies) == ["de", "en"]
    assert (shapes["s:C15"].snippet, shapes["s:C01"].remedies) == (None, {})


def test_a_shape_has_one_remedy_in_each_language_and_one_snippet() -> None:
    for predicate, languages in ((ET.remedy, ["de", "en"]), (ET.snippet, [None])):
        for subject in {t.subject for t in TRIPLES if t.predicate == predicate}:
            assert sorted(text.language for text in objects(subject, predicate)) == languages


def test_messages_are_literals_with_a_language() -> None:
    assert all(isinstance(t.object, Literal) and t.object.language for t in TRIPLES if t.predicate == SH.message)
