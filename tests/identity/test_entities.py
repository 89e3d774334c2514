from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import NamedNode

from conftest import MINIMAL
from etappe.identity.decisions import Decision, Identity, Kind
from etappe.identity.entities import Entity, external, gather
from etappe.identity.matching import propose
from etappe.model import DEFAULT_BASE, Source
from etappe.reading import read_source
from etappe.store.oxigraph import OxigraphStore

REGISTRY = """\
registry: probe
title: Probe
source: erfunden
organizations:
  alt: {name: Altes Büro, short: AB, email: Post@Buero.example, same as: https://www.wikidata.org/wiki/Q1}
  neu: {name: Neues Büro}
  jung: {name: Junges Büro}
  amt: {kind: ministry, name: Amt}
posts:
  leitung: {name: Leitung des Amts, role: minister, in: amt}
changes:
  eins: {name: Aus Alt wird Neu, before: alt, after: neu}
  zwei: {name: Aus Neu wird Jung, before: neu, after: jung}
people:
  anna-beispiel: {name: Anna Beispiel, same as: ["https://d-nb.info/gnd/118540238", "https://anna.example/"]}
tenures:
  eins: {who: anna-beispiel, post: leitung, from: 2018-01-01, until: 2018-12-31}
"""
OTHER = (
    ("report: probe", "report: zweiter"),
    ("anna-beispiel: {name: Anna Beispiel}", "a-beispiel: {name: Anna Beispiel, affiliation: [{of: jung, role: guest, on: 2018-05-14}]}"),
    ("who: anna-beispiel,", "who: a-beispiel,"),
    ("musterstadt-2018:", "halt-2018:"),
)  # fmt: skip


def document(text: str, *replace: tuple[str, str], registry=None):
    for old, new in replace:
        assert old in text, old
        text = text.replace(old, new)
    return read_source(Source("p.yaml", "application/yaml", text.encode()), registry=registry)


@pytest.fixture
def store() -> OxigraphStore:
    opened = OxigraphStore()
    opened.apply(
        {
            NamedNode(f"{DEFAULT_BASE}/graph/registry"): document(REGISTRY).triples,
            NamedNode(f"{DEFAULT_BASE}/graph/report/probe/1"): document(MINIMAL).triples,
            NamedNode(f"{DEFAULT_BASE}/graph/report/zweiter/1"): document(MINIMAL, *OTHER).triples,
        }
    )
    return opened


def things(store: OxigraphStore) -> dict[str, Entity]:
    return {entity.name: entity for entity in gather(store, DEFAULT_BASE).entities}


def test_a_person_with_all_that_tells_it_apart(store):
    anna = things(store)["person/anna-beispiel"]
    assert anna.names == ("Anna Beispiel",)
    assert anna.ids == {("gnd", "118540238")}
    assert anna.organizations == {"organization/amt"}
    assert anna.posts == {"post/leitung"}
    assert anna.seen == {(date(2018, 5, 14).toordinal(), "place/musterstadt")}
    assert anna.reports == {f"{DEFAULT_BASE}/graph/report/probe/1"}
    tenure = next(iter(anna.affiliations))
    assert (tenure.role, tenure.first, tenure.last) == (
        None,
        date(2018, 1, 1).toordinal(),
        date(2018, 12, 31).toordinal(),
    )


def test_renamed_organisations_know_each_other_over_any_number_of_changes(store):
    found = things(store)
    assert found["organization/alt"].lineage == {"organization/neu", "organization/jung"}
    assert found["organization/amt"].lineage == frozenset()


def test_people_belong_to_a_renamed_organisation_as_to_one(store):
    member = things(store)["person/a-beispiel"]
    assert member.organizations == {"organization/alt"}
    assert set(gather(store, DEFAULT_BASE).called["organization/alt"]) == {
        "Altes Büro",
        "AB",
        "Neues Büro",
        "Junges Büro",
    }


def test_an_organisation_with_abbreviation_contact_and_number(store):
    body = things(store)["organization/alt"]
    assert (body.names, body.abbreviations) == (("Altes Büro", "AB"), ("AB",))
    assert body.contacts == {"post@buero.example"}
    assert body.ids == {("wikidata", "Q1")}


def test_places_and_stops(store):
    found = things(store)
    assert found["place/musterstadt"].related == {"place/musterland", "place/deutschland"}
    assert found["place/musterstadt"].types == {"City"}
    assert found["stop/halt-2018"].seen == {(date(2018, 5, 14).toordinal(), "place/musterstadt")}


def test_only_the_kinds_asked_for(store):
    assert {entity.kind for entity in gather(store, DEFAULT_BASE, ["place"]).entities} == {"place"}


def test_pairs_of_a_store(store):
    found = {(pair.one, pair.other): pair for pair in propose(store, DEFAULT_BASE)}
    assert ("person/a-beispiel", "person/anna-beispiel") in found
    assert ("stop/halt-2018", "stop/musterstadt-2018") in found
    decided = Identity([Decision(Kind.DIFFERENT, "person/anna-beispiel", "person/a-beispiel")])
    left = {(pair.one, pair.other) for pair in propose(store, DEFAULT_BASE, identity=decided)}
    assert left == set(found) - {("person/a-beispiel", "person/anna-beispiel")}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://d-nb.info/gnd/118540238", ("gnd", "118540238")),
        ("http://d-nb.info/gnd/11854-X", ("gnd", "11854-X")),
        ("http://www.wikidata.org/entity/Q42", ("wikidata", "Q42")),
        ("https://viaf.org/viaf/75121530", ("viaf", "75121530")),
        ("https://sws.geonames.org/2826595/", ("geonames", "2826595")),
        ("https://anna.example/gnd/1", None),
        ("", None),
    ],
)
def test_identifiers_of_authorities(address, found):
    assert external(address) == found
