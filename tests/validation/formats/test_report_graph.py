"""An outcome as a standard validation report, in Turtle and in JSON-LD."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, parse

from etappe.model import Finding, Outcome, Severity
from etappe.namespaces import DCTERMS, PROV, RDF, SH, XSD
from etappe.validation.formats import Results, render, to_jsonld, to_turtle
from validation.cases import BAD
from validation.formats.samples import (
    BROKEN,
    FOREIGN,
    FULL,
    GOOD,
    any_results,
    foreign,
    outcome,
    outcomes,
    several,
    turtle,
    values,
)
from validation.support import BASE, Case, outcome_of


def canonical(text: str, form: RdfFormat) -> set[str]:
    dataset = Dataset(parse(text.encode(), format=form))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad.triple) for quad in dataset}


def test_good_report() -> None:
    triples = turtle(to_turtle(GOOD))
    assert values(triples, SH.conforms) == [Literal("true", datatype=XSD.boolean)]
    assert values(triples, SH.result) == []


def test_validation_report_as_the_standard_wants_it() -> None:
    triples = turtle(to_turtle(outcome_of(BAD["C15"][0])))
    assert values(triples, SH.conforms) == [Literal("false", datatype=XSD.boolean)]
    (result,) = values(triples, SH.result)
    about = {(t.predicate, t.object) for t in triples if t.subject == result}
    assert (RDF.type, SH.ValidationResult) in about
    assert (SH.resultSeverity, SH.Violation) in about
    assert (SH.focusNode, NamedNode(f"{BASE}/id/stop/musterstadt-2018")) in about
    assert (SH.resultPath, NamedNode("https://w3id.org/etappe/ns#reportedWeekday")) in about
    assert (SH.sourceConstraintComponent, SH.SPARQLConstraintComponent) in about
    assert (DCTERMS.identifier, Literal("C15")) in about
    assert {o.language for p, o in about if p == SH.resultMessage and isinstance(o, Literal)} == {"de", "en"}


def test_warnings_alone_do_not_conform_in_the_standard_but_do_not_stop_a_report() -> None:
    warned = outcome_of(BAD["C12"][0])
    assert warned.conforms
    triples = turtle(to_turtle(warned))
    assert values(triples, SH.conforms) == [Literal("false", datatype=XSD.boolean)]
    assert set(values(triples, SH.resultSeverity)) == {SH.Warning}


def test_paths_of_several_steps_are_written_out() -> None:
    triples = turtle(to_turtle(outcome_of(BAD["C03"][2])))
    assert set(values(triples, RDF.first)) == {PROV.wasGeneratedBy, PROV.wasAssociatedWith}
    assert values(triples, SH.sourceShape) == [NamedNode("https://w3id.org/etappe/shapes#C03-agent")]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("schema:location", "https://schema.org/location"),
        ("https://other.example/name", "https://other.example/name"),
        ("https://a.example/p/foaf:name", None),
        ("et:part/et:part", None),
        ("^foaf:knows", None),
        ("foaf:knows*", None),
        ("(foaf:name|rdfs:label)", None),
        ("https://a.example/p?", None),
        ("name", None),
        ("", None),
    ],
)
def test_only_a_single_predicate_is_a_result_path(path: str, found: str | None) -> None:
    triples = turtle(to_turtle(outcome(replace(FULL, path=path))))
    assert values(triples, SH.resultPath) == ([NamedNode(found)] if found else [])


def test_checks_in_code_name_a_component_too() -> None:
    case = Case("quote", edit=(("quote: Otto Probe empfing die Gäste", "quote: steht nirgends"),))
    triples = turtle(to_turtle(outcome_of(case)))
    assert NamedNode("https://w3id.org/etappe/shapes#O1") in values(triples, SH.sourceConstraintComponent)


def test_a_graph_that_is_no_report_has_no_subject_and_keeps_what_is_no_iri_out() -> None:
    triples = turtle(to_turtle(foreign(FOREIGN)))
    assert values(triples, DCTERMS.subject) == []
    assert values(triples, SH.sourceShape) == []
    assert values(triples, SH.resultMessage) == [Literal("Less than 1 values")]
    assert values(triples, SH.focusNode) == values(triples, SH.value) != [BlankNode("b0")]


def test_several_outcomes_in_one_file_stay_apart() -> None:
    together = turtle(to_turtle(outcome_of(BAD["C15"][0])) + "\n" + to_turtle(replace(GOOD, source="other.yaml")))
    assert len([t for t in together if t.object == SH.ValidationReport]) == 2
    assert len(values(together, SH.conforms)) == 2


def test_blank_nodes_of_several_graphs_stay_apart() -> None:
    pairs = [("a.ttl", foreign(FOREIGN, source="a.ttl")), ("b.ttl", foreign(FOREIGN, source="b.ttl"))]
    assert len(set(values(turtle(render(pairs, "turtle")), SH.focusNode))) == 2


def test_the_same_file_twice_is_two_validation_reports() -> None:
    pairs = [("a.yaml", outcome(FULL)), ("a.yaml", outcome(FULL))]
    assert len(json.loads(render(pairs, "json-ld"))["@graph"]) == 2
    assert len(values(turtle(render(pairs, "turtle")), SH.result)) == 2


def test_same_outcome_same_text() -> None:
    checked = outcome_of(BAD["C20"][0])
    assert to_turtle(checked) == to_turtle(replace(checked))
    assert to_jsonld(checked) == to_jsonld(replace(checked))


def test_a_file_name_that_is_no_text_stops_nothing() -> None:
    assert turtle(to_turtle(outcome(FULL, source="caf\udce9.yaml")))


def test_files_that_were_not_checked_are_in_no_validation_report() -> None:
    pairs: Results = [("b.yaml", BROKEN)]
    assert turtle(render(pairs, "turtle")) == set()
    assert json.loads(render(pairs, "json-ld"))["@graph"] == []


def test_json_ld_is_easy_to_read() -> None:
    document = to_jsonld(outcome(FULL))
    del document["@context"]
    assert document == {
        "type": "sh:ValidationReport",
        "conforms": False,
        "report": f"{BASE}/id/report/probe",
        "result": [
            {
                "type": "sh:ValidationResult",
                "resultSeverity": "sh:Violation",
                "focusNode": f"{BASE}/id/stop/husum-2018",
                "resultPath": "schema:location",
                "value": {"@value": "2018-05-14", "@type": "xsd:date"},
                "sourceShape": "s:C08",
                "sourceConstraintComponent": "sh:MinCountConstraintComponent",
                "code": "C08",
                "resultMessage": {"de": "Der Ort führt zu keinem Land.", "en": "The place leads to no Land."},
            }
        ],
    }


@pytest.mark.parametrize(
    "value",
    [
        Literal("true", datatype=XSD.boolean),
        Literal("1", datatype=XSD.boolean),
        Literal("7", datatype=XSD.integer),
        Literal("x", language="de"),
        Literal("x", datatype=NamedNode("https://other.example/type")),
        NamedNode("schema:looks-like-a-compact-name"),
        NamedNode("urn:x:y"),
        BlankNode("b"),
    ],
)
def test_json_ld_carries_every_kind_of_value(value: NamedNode | BlankNode | Literal) -> None:
    same(outcome(Finding("C08", Severity.INFO, {}, focus=value, value=value)))


def test_json_ld_holds_the_same_triples_as_turtle() -> None:
    pairs = several()
    assert canonical(render(pairs, "json-ld"), RdfFormat.JSON_LD) == canonical(
        render(pairs, "turtle"), RdfFormat.TURTLE
    )


@settings(deadline=None)
@given(outcomes)
def test_json_ld_of_any_outcome_holds_the_same_triples_as_turtle(any_outcome: Outcome) -> None:
    same(any_outcome)


@settings(deadline=None)
@given(any_results)
def test_any_results_can_be_written(results: Results) -> None:
    for form in ("turtle", "json-ld", "json"):
        render(results, form).encode()


def same(checked: Outcome) -> None:
    text = json.dumps(to_jsonld(checked))
    assert canonical(text, RdfFormat.JSON_LD) == canonical(to_turtle(checked), RdfFormat.TURTLE)
