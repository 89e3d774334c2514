"""An outcome as JSON and as a standard validation report."""

from __future__ import annotations

import json
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from etappe.namespaces import DCTERMS, RDF, SH, XSD
from etappe.validation.serialise import to_json, to_turtle
from validation.cases import BAD
from validation.support import BASE, Case, outcome_of


def graph(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)}


def values(triples: set[Triple], predicate: NamedNode) -> list[object]:
    return [triple.object for triple in triples if triple.predicate == predicate]


def test_json_has_every_finding_with_its_place() -> None:
    outcome = outcome_of(BAD["C15"][0])
    document = json.loads(json.dumps(to_json(outcome)))
    assert document["report"] == f"{BASE}/id/report/probe"
    assert (document["source"], document["profile"], document["conforms"]) == ("good.yaml", "ingest", False)
    assert document["engine"].startswith("pySHACL ")
    (finding,) = document["findings"]
    assert (finding["code"], finding["severity"]) == ("C15", "violation")
    assert set(finding["message"]) == {"de", "en"}
    assert finding["focus"] == f"{BASE}/id/stop/musterstadt-2018"
    assert finding["path"] == "et:reportedWeekday"
    assert finding["value"] == "https://w3id.org/etappe/vocab/friday"
    assert finding["line"] > 1
    assert finding["column"] > 1
    assert finding["shape"] == "https://w3id.org/etappe/shapes#C15"
    assert finding["component"] == SH.SPARQLConstraintComponent.value


def test_json_of_a_finding_without_place_focus_and_value() -> None:
    outcome = outcome_of(BAD["C15"][0])
    bare = replace(outcome.findings[0], focus=None, value=None, position=None)
    (finding,) = to_json(replace(outcome, findings=(bare,)))["findings"]
    assert [finding[key] for key in ("focus", "value", "line", "column")] == [None, None, None, None]


def test_good_report_as_json_and_turtle() -> None:
    outcome = outcome_of(Case("good"))
    assert to_json(outcome)["conforms"] is True
    assert to_json(outcome)["findings"] == []
    triples = graph(to_turtle(outcome))
    assert values(triples, SH.conforms) == [Literal("true", datatype=XSD.boolean)]
    assert values(triples, SH.result) == []


def test_turtle_is_a_validation_report_as_the_standard_wants_it() -> None:
    outcome = outcome_of(BAD["C15"][0])
    triples = graph(to_turtle(outcome))
    assert values(triples, SH.conforms) == [Literal("false", datatype=XSD.boolean)]
    (result,) = values(triples, SH.result)
    about = {(t.predicate, t.object) for t in triples if t.subject == result}
    assert (RDF.type, SH.ValidationResult) in about
    assert (SH.resultSeverity, SH.Violation) in about
    assert (SH.focusNode, NamedNode(f"{BASE}/id/stop/musterstadt-2018")) in about
    assert (SH.resultPath, NamedNode("https://w3id.org/etappe/ns#reportedWeekday")) in about
    assert (SH.sourceConstraintComponent, SH.SPARQLConstraintComponent) in about
    assert (DCTERMS.identifier, Literal("C15")) in about
    assert {o.language for p, o in about if p == SH.resultMessage} == {"de", "en"}


def test_warnings_alone_do_not_conform_in_the_standard_but_do_not_stop_a_report() -> None:
    outcome = outcome_of(BAD["C12"][0])
    assert outcome.conforms
    triples = graph(to_turtle(outcome))
    assert values(triples, SH.conforms) == [Literal("false", datatype=XSD.boolean)]
    assert set(values(triples, SH.resultSeverity)) == {SH.Warning}


def test_paths_of_several_steps_are_left_to_the_source_shape() -> None:
    triples = graph(to_turtle(outcome_of(BAD["C03"][2])))
    assert values(triples, SH.resultPath) == []
    assert values(triples, SH.sourceShape) == [NamedNode("https://w3id.org/etappe/shapes#C03-agent")]


def test_checks_in_code_name_a_component_too() -> None:
    case = Case("quote", edit=(("quote: Otto Probe empfing die Gäste", "quote: steht nirgends"),))
    triples = graph(to_turtle(outcome_of(case)))
    assert NamedNode("https://w3id.org/etappe/shapes#O1") in values(triples, SH.sourceConstraintComponent)


def test_several_outcomes_in_one_file_stay_apart() -> None:
    first, second = outcome_of(BAD["C15"][0]), outcome_of(Case("good"))
    together = graph(to_turtle(first) + "\n" + to_turtle(replace(second, source="other.yaml")))
    assert len([t for t in together if t.object == SH.ValidationReport]) == 2
    assert len(values(together, SH.conforms)) == 2


def test_same_outcome_same_text() -> None:
    outcome = outcome_of(BAD["C20"][0])
    assert to_turtle(outcome) == to_turtle(replace(outcome))
