"""From results to what people read: whose fault, in which order, in which words, at which line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode

from etappe.errors import Position
from etappe.model import Document, Finding, Severity
from etappe.namespaces import XSD
from etappe.registry import Registry
from etappe.validation.findings import BASIC_FIRST, grouped, ordered, quotes
from etappe.validation.graph import validated_triples
from etappe.validation.names import Names
from etappe.validation.reports import validate
from etappe.validation.shacl import Graph
from etappe.validation.shapes import catalogue
from validation.cases import BAD
from validation.support import BASE, Case, outcome_of, registry_with, report_of, turtle

FOCUS = NamedNode(f"{BASE}/id/stop/a")
OTHER = NamedNode(f"{BASE}/id/stop/b")


def finding(
    code: str, focus: NamedNode = FOCUS, severity: Severity = Severity.VIOLATION, line: int | None = None
) -> Finding:
    return Finding(code, severity, {"de": code, "en": code}, focus, position=Position(line) if line else None)


def test_order_is_that_of_the_file_then_gravity_then_the_most_basic() -> None:
    findings = [
        finding("C35", severity=Severity.WARNING, line=9),
        finding("C07", line=9),
        finding("C06", line=9),
        finding("C11", line=9),
        finding("C10", line=9),
        finding("C38", OTHER, line=2),
    ]
    for mixed in (findings, findings[::-1]):
        assert [f.code for f in ordered(mixed)] == ["C38", "C06", "C07", "C10", "C11", "C35"]


def test_a_thing_stands_where_its_first_finding_does() -> None:
    findings = [finding("C06", line=8), finding("C07", line=3), finding("C06", OTHER, line=5)]
    assert [(f.focus, f.code) for f in ordered(findings)] == [(FOCUS, "C06"), (FOCUS, "C07"), (OTHER, "C06")]


def test_repetitions_are_told_once() -> None:
    assert len(ordered([finding("C06"), finding("C06")])) == 1


def test_the_basic_codes_exist() -> None:
    assert set(BASIC_FIRST) <= {shape.code for shape in catalogue().values()} | {"O1", "O2", "O6"}
    assert len(set(BASIC_FIRST)) == len(BASIC_FIRST)


def test_follow_ups_are_folded_under_the_most_basic_finding_of_a_thing() -> None:
    groups = grouped([finding("C07"), finding("C06"), finding("C09", severity=Severity.WARNING), finding("C06", OTHER)])
    assert [[f.code for f in group] for group in groups] == [["C06", "C07"], ["C09"], ["C06"]]
    assert grouped([]) == []


def test_one_wrong_date_is_one_group() -> None:
    case = Case(
        "year-slip",
        drop=("<stop/musterstadt-2018> schema:startDate", "<stop/musterstadt-2018> schema:location"),
        add='<stop/musterstadt-2018> schema:startDate "14.05.2018" .',
    )
    (group,) = [group for group in grouped(outcome_of(case).findings) if group[0].severity is Severity.VIOLATION]
    assert [f.code for f in group] == ["C06", "C08", "C08", "C08"]


def test_faults_of_the_registry_are_not_held_against_a_report() -> None:
    broken = Registry(
        triple
        for triple in registry_with(()).slice([NamedNode(f"{BASE}/id/post/digitalminister-musterland")])
        if not triple.predicate.value.endswith(("jurisdiction", "prefLabel", "name"))
    )
    outcome = validate(report_of(Case("good")), broken)
    own = {triple.subject for triple in report_of(Case("good")).triples}
    assert {f.focus for f in outcome.findings} <= own
    assert not {"C22", "C41", "C44"} & {f.code for f in outcome.findings}


def test_a_registry_document_replaces_what_the_registry_said_before() -> None:
    old = Registry(
        turtle(
            '<place/x> a schema:City ; skos:prefLabel "Alter Name"@de ; schema:containedInPlace <place/y> .'
            '<place/y> a schema:State ; skos:prefLabel "Land"@de .'
        )
    )
    triples = turtle('<place/x> a schema:City ; skos:prefLabel "Neuer Name"@de ; schema:containedInPlace <place/y> .')
    report = replace(report_of(Case("good")), triples=triples)
    assert "C41" in {f.code for f in validate(report, old).findings}
    corrected = replace(report, document=Document.REGISTRY)
    assert validate(corrected, old).findings == ()
    assert turtle('<place/y> skos:prefLabel "Land"@de .') <= validated_triples(corrected, old)


def test_position_is_that_of_the_property_or_else_of_the_thing() -> None:
    case = Case("weekday", edit=(("    weekday: monday", "    weekday: friday"),))
    (found,) = outcome_of(case).findings
    report = report_of(case)
    assert found.position == report.positions[found.focus.value, "https://w3id.org/etappe/ns#reportedWeekday"]
    assert report.source.data.decode().splitlines()[found.position.line - 1].strip() == "weekday: friday"
    (missing,) = [f for f in outcome_of(BAD["C17"][1]).findings if f.code == "C17"]
    assert missing.position is not None
    added = [f for f in outcome_of(BAD["C25"][1]).findings if f.focus == NamedNode(f"{BASE}/id/person/neu")]
    assert {f.position for f in added} == {None}


def test_finding_carries_the_words_that_the_thing_rests_on() -> None:
    (found,) = [f for f in outcome_of(BAD["C23"][0]).findings if f.code == "C23"]
    assert found.quote == "Danach kam Mara Muster, Ministerin für Digitales, zum Gespräch"
    assert outcome_of(BAD["C02"][0]).findings[0].quote is None


def test_quotes_of_a_thing_with_several_are_the_first() -> None:
    triples = turtle(
        "<a> et:evidence <e2>, <e1> . <e1> oa:hasSelector <e1#q> . <e2> oa:hasSelector <e2#q> . "
        '<e1#q> oa:exact "eins" . <e2#q> oa:exact "zwei" . <b> et:evidence <e3> .'
    )
    found = quotes(triples)
    assert found[NamedNode(f"{BASE}/id/a")] == "eins"
    assert NamedNode(f"{BASE}/id/b") not in found


def test_counting_results_name_what_stands_there_or_say_that_nothing_does() -> None:
    (found,) = [f for f in outcome_of(BAD["C40"][0]).findings if f.code == "C40"]
    assert found.value is None
    assert "https://www.wikidata.org/entity/Q42" in found.messages["de"]
    nothing = [f for f in outcome_of(BAD["C08"][0]).findings if f.shape and f.shape.endswith("municipality")]
    assert "keine Angabe" in nothing[0].messages["de"]
    assert "nothing given" in nothing[0].messages["en"]


@pytest.mark.parametrize(
    ("node", "language", "name"),
    [
        ("<person/anna>", "de", "Anna Beispiel"),
        ("<participation/p>", "de", "Anna Beispiel – Rundgang"),
        ("<participation/p>", "en", "Anna Beispiel – tour of the house"),
        ("<participation/q>", "de", "unbekannt"),
        ("<tenure/t>", "de", "Anna Beispiel"),
        ("<photo/lang>", "de", "x" * 99 + "…"),
        ("<place/namenlos>", "de", "namenlos"),
        ("<place/englisch>", "de", "Cologne"),
        ("etv:guest", "de", "Gast"),
        ("etv:guest", "en", "guest"),
        ("et:Stop", "de", "et:Stop"),
        ("<https://www.wikidata.org/entity/Q42>", "de", "https://www.wikidata.org/entity/Q42"),
    ],
)
def test_names(node: str, language: str, name: str) -> None:
    names = Names(
        Graph(
            turtle(
                '<person/anna> foaf:name "Anna Beispiel" . '
                '<item/r> skos:prefLabel "Rundgang"@de, "tour of the house"@en ; cv:hasParticipation <participation/p> . '
                "<participation/p> cv:hasParticipant <person/anna> . <participation/q> cv:hasParticipant <person/unbekannt> . "
                f'<tenure/t> org:member <person/anna> . <photo/lang> schema:caption "{"x" * 300}"@de . '
                '<place/englisch> skos:prefLabel "Cologne"@en .'
            )
        )
    )
    (triple,) = turtle(f"{node} rdfs:seeAlso 1 .")
    assert names.of(triple.subject, language) == name


def test_names_of_literals_are_on_one_line() -> None:
    assert Names(Graph(())).of(Literal("zwei\n  Zeilen"), "de") == "zwei Zeilen"
    assert Names(Graph(())).of(Literal("2018-05-14", datatype=XSD.date), "en") == "2018-05-14"
