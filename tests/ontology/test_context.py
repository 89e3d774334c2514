"""The JSON-LD context says the same as the table of keys, to two processors that know nothing of Etappe."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from etappe import vocabulary
from etappe.context import EXTRA_KEYS, RENAMED, context, type_words, word_of
from etappe.namespaces import CV, DCTERMS, ET, ETV, FOAF, ORG, PROV, RDF, SCHEMA, SKOS, XSD, expand
from etappe.ontology import VERSION, context_text
from etappe.reading.keys import KINDS, REGISTRY, REGISTRY_SECTIONS, REPORT, REPORT_SECTIONS, Form, Key, Kind, every_key
from ontology import terms_in_use as use

FILE = use.ONTOLOGY / "context.jsonld"
CONTEXT = json.loads(FILE.read_text(encoding="utf-8"))["@context"]
IT, OTHER = NamedNode("https://etappe.example/id/x/it"), NamedNode("https://etappe.example/id/x/other")

# rdflib's own JSON-LD parser uses a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:.*ConjunctiveGraph.*:DeprecationWarning")

Case = tuple[Any, NamedNode | Literal]


def triples(node: dict[str, Any], language: str | None = "de") -> set[Triple]:
    document = json.dumps({"@context": [CONTEXT, {"@language": language}], **node})
    found = {quad.triple for quad in parse(document, format=RdfFormat.JSON_LD)}
    second = rdflib.Graph().parse(data=document, format="json-ld").serialize(format="nt")
    assert found == {quad.triple for quad in parse(second, format=RdfFormat.N_TRIPLES)}, "two processors disagree"
    return found


def cases(key: Key) -> list[Case]:
    """Values as a report writes them, with the term each of them means."""
    if key.form is Form.TEXT:
        return [("Rügen", Literal("Rügen", language="de")), ({"en": "Rugia"}, Literal("Rugia", language="en"))]
    if key.form is Form.STRING:
        return [("Rügen", Literal("Rügen"))]
    if key.form in (Form.DATE, Form.DATES):
        return [("2017-07-28", Literal("2017-07-28", datatype=XSD.date))]
    if key.form is Form.YES:
        return [(True, Literal("true", datatype=XSD.boolean))]
    if key.form is Form.NUMBER:
        return [(3, Literal("3", datatype=XSD.integer))]
    if key.form is Form.CODE:
        return [("13073088", Literal("13073088", datatype=expand(key.datatype or "")))]
    if key.choices:
        return [(word, expand(name)) for word, name in key.choices.items()]
    if key.form is Form.CONCEPT:
        concepts = vocabulary.concepts(key.scheme or "")
        return [(iri.value.removeprefix(ETV), iri) for iri in concepts] + [
            (f"etv:{iri.value.removeprefix(ETV)}", iri) for iri in concepts
        ]
    return [(OTHER.value, OTHER), ({"id": OTHER.value}, OTHER)]


def keys_by_class() -> list[tuple[str, str, Key]]:
    return [
        (word, name, key)
        for kind in (REPORT, REGISTRY, *KINDS.values())
        for word, name in type_words(kind).items()
        for key in (*kind.keys, *EXTRA_KEYS)
    ]


def test_the_file_is_what_the_table_says() -> None:
    assert FILE.read_text(encoding="utf-8") == context_text(), "run: python -m etappe.ontology --write"
    document = json.loads(FILE.read_text(encoding="utf-8"))
    assert document == {"version": VERSION, "@context": context()}
    assert not [value for value in json.dumps(document).split('"') if value in {"@import", "@base"}]


@pytest.mark.parametrize(
    ("word", "name", "key"), keys_by_class(), ids=lambda value: value.name if isinstance(value, Key) else value
)
def test_every_key_of_every_class_means_its_property(word: str, name: str, key: Key) -> None:
    # One document for all values of the key: a node each.
    nodes, expected = [], set()
    for number, (value, term) in enumerate(cases(key)):
        subject = NamedNode(f"{IT.value}-{number}")
        nodes.append({"id": subject.value, "type": word, word_of(key): value})
        expected.add(Triple(subject, RDF.type, expand(name)))
        predicate = expand(key.property)
        if key.inverse:
            assert isinstance(term, NamedNode)
            expected.add(Triple(term, predicate, subject))
        else:
            expected.add(Triple(subject, predicate, term))
    assert triples({"@graph": nodes}) == expected


def test_every_key_is_covered() -> None:
    covered = {(key.name, key.property) for _, _, key in keys_by_class()}
    assert {(key.name, key.property) for _, key in every_key()} <= covered
    assert RENAMED == {"type": "event type"}, "only what JSON-LD needs for itself has another word"


@pytest.mark.parametrize(
    ("kind", "section"),
    [(kind, s) for kind, sections in ((REPORT, REPORT_SECTIONS), (REGISTRY, REGISTRY_SECTIONS)) for s in sections],
    ids=lambda value: value.name,
)
def test_a_section_takes_whole_things(kind: Kind, section: Any) -> None:
    (word, name), thing = next(iter(type_words(kind).items())), next(iter(type_words(KINDS[section.kind]).items()))
    found = triples({"id": IT.value, "type": word, section.name: [{"id": OTHER.value, "type": thing[0]}]})
    expected = {Triple(IT, RDF.type, expand(name)), Triple(OTHER, RDF.type, expand(thing[1]))}
    if section.property:
        ends = (OTHER, IT) if section.inverse else (IT, OTHER)
        expected.add(Triple(ends[0], expand(section.property), ends[1]))
    assert found == expected


def test_two_sections_without_a_link_do_not_displace_each_other() -> None:
    report = {
        "id": IT.value,
        "people": [{"id": "urn:x:a", "type": "Person"}],
        "stops": [{"id": "urn:x:b", "type": "Stop"}],
    }
    assert triples(report) == {
        Triple(NamedNode("urn:x:a"), RDF.type, FOAF.Person),
        Triple(NamedNode("urn:x:b"), RDF.type, ET.Stop),
    }


def test_a_concept_is_never_taken_for_a_key_or_a_class() -> None:
    clashes = {"present", "press", "draft", "place", "visit"}
    found = triples({"id": IT.value, "presence": sorted(clashes)})
    assert found == {Triple(IT, ET.presence, ETV[word]) for word in clashes}


def test_a_nested_thing_does_not_inherit_the_words_of_the_outer_one() -> None:
    found = triples(
        {
            "id": IT.value,
            "type": "Person",
            "name": "Anna Beispiel",
            "affiliation": {
                "id": OTHER.value,
                "type": "Tenure",
                "of": {"id": "urn:x:o", "type": "Organization", "name": "Amt"},
            },
        }
    )
    assert Triple(IT, FOAF.name, Literal("Anna Beispiel")) in found
    assert Triple(NamedNode("urn:x:o"), SKOS.prefLabel, Literal("Amt", language="de")) in found
    assert Triple(OTHER, ORG.organization, NamedNode("urn:x:o")) in found
    assert Triple(OTHER, ORG.member, IT) in found


def test_a_report_in_json_ld() -> None:
    base = "https://etappe.example/id/"
    report = {
        "@context": [CONTEXT, {"@language": "de", "@base": base}],
        "id": "report/probe",
        "type": "Report",
        "title": "Besuch in Stralsund",
        "language": "de",
        "publisher": "organization/buero",
        "not before": "2017-07-31",
        "status": "draft",
        "people": [{"id": "person/pegel", "type": "Person", "name": "Christian Pegel"}],
        "exhibits": [{"id": "exhibit/mobil", "type": ["Exhibit", "Vehicle"], "name": "Informationsmobil"}],
        "claims": [{"id": "claim/probe.1", "type": "Claim", "text": "Es lohnt sich", "certainty": "stated"}],
        "stops": [
            {
                "id": "stop/stralsund",
                "type": "Stop",
                "name": {"de": "Stralsund", "en": "Stralsund"},
                "date": "2017-07-27",
                "end date": "2017-07-28",
                "event type": "company-visit",
                "sequence": "opening",
                "exhibits": "exhibit/mobil",
                "programme": [
                    {
                        "id": "item/probe.austausch",
                        "type": "Exchange",
                        "status": "scheduled",
                        "present": {
                            "id": "participation/probe.1",
                            "type": "Participation",
                            "who": "person/pegel",
                            "role": "guest",
                            "presence": "present",
                            "office": "post/minister",
                            "title": "Minister",
                        },
                    }
                ],
            }
        ],
    }

    def iri(local: str) -> NamedNode:
        return NamedNode(base + local)

    def de(text: str) -> Literal:
        return Literal(text, language="de")

    def day(text: str) -> Literal:
        return Literal(text, datatype=XSD.date)

    rep, stop, item, part = map(
        iri, ("report/probe", "stop/stralsund", "item/probe.austausch", "participation/probe.1")
    )
    assert {quad.triple for quad in parse(json.dumps(report), format=RdfFormat.JSON_LD)} == {
        Triple(rep, RDF.type, ET.Report),
        Triple(rep, DCTERMS.term("title"), de("Besuch in Stralsund")),
        Triple(rep, DCTERMS.language, Literal("de")),
        Triple(rep, DCTERMS.publisher, iri("organization/buero")),
        Triple(rep, ET.notBefore, day("2017-07-31")),
        Triple(rep, ET.reviewStatus, ETV.draft),
        Triple(iri("person/pegel"), RDF.type, FOAF.Person),
        Triple(iri("person/pegel"), FOAF.name, Literal("Christian Pegel")),
        Triple(iri("exhibit/mobil"), RDF.type, ET.Exhibit),
        Triple(iri("exhibit/mobil"), RDF.type, SCHEMA.Vehicle),
        Triple(iri("exhibit/mobil"), SKOS.prefLabel, de("Informationsmobil")),
        Triple(iri("claim/probe.1"), RDF.type, SCHEMA.Claim),
        Triple(iri("claim/probe.1"), SCHEMA.text, de("Es lohnt sich")),
        Triple(iri("claim/probe.1"), ET.certainty, ETV.stated),
        Triple(iri("claim/probe.1"), PROV.wasQuotedFrom, rep),
        Triple(stop, RDF.type, ET.Stop),
        Triple(stop, SKOS.prefLabel, de("Stralsund")),
        Triple(stop, SKOS.prefLabel, Literal("Stralsund", language="en")),
        Triple(stop, SCHEMA.startDate, day("2017-07-27")),
        Triple(stop, SCHEMA.endDate, day("2017-07-28")),
        Triple(stop, DCTERMS.type, ETV["company-visit"]),
        Triple(stop, ET.sequenceRole, ETV.opening),
        Triple(stop, ET.exhibits, iri("exhibit/mobil")),
        Triple(item, RDF.type, ET.Exchange),
        Triple(item, SCHEMA.superEvent, stop),
        Triple(item, SCHEMA.eventStatus, SCHEMA.EventScheduled),
        Triple(item, CV.hasParticipation, part),
        Triple(part, RDF.type, ET.Participation),
        Triple(part, CV.hasParticipant, iri("person/pegel")),
        Triple(part, CV.role, ETV.guest),
        Triple(part, ET.presence, ETV.present),
        Triple(part, ET.inCapacityOf, iri("post/minister")),
        Triple(part, ET.reportedTitle, de("Minister")),
    }
