from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import NotFound, UsageError
from etappe.namespaces import CV, ET, FOAF, RDF, SKOS
from etappe.store.oxigraph import OxigraphStore
from etappe.things import describe, find

BASE = "https://etappe.example"
ANNA, STADT, STADT_ORG = (
    NamedNode(f"{BASE}/id/{tail}") for tail in ("person/anna", "place/stadt", "organization/stadt")
)
G1, G2 = NamedNode(f"{BASE}/graph/1"), NamedNode(f"{BASE}/graph/2")


@pytest.fixture
def filled(store: OxigraphStore) -> OxigraphStore:
    part = NamedNode(f"{BASE}/id/participation/p")
    store.apply(
        {
            G1: [
                Triple(ANNA, RDF.type, FOAF.Person),
                Triple(ANNA, FOAF.name, Literal("Anna Beispiel")),
                Triple(part, RDF.type, ET.Participation),
                Triple(part, CV.hasParticipant, ANNA),
                Triple(STADT, RDF.type, ET.Place),
                Triple(STADT, SKOS.prefLabel, Literal("Musterstadt", language="de")),
                Triple(STADT_ORG, RDF.type, ET.Org),
                Triple(STADT_ORG, ET.abbreviation, Literal("MS")),
            ],
            G2: [Triple(ANNA, FOAF.name, Literal("Anna Beispiel"))],
        }
    )
    return store


@pytest.mark.parametrize("name", ["anna", "person/anna", "Anna Beispiel", "anna beispiel", ANNA.value])
def test_a_thing_is_found_by_iri_slug_or_name(filled: OxigraphStore, name: str) -> None:
    assert find(filled, BASE, name) == ANNA


def test_an_abbreviation_finds_too(filled: OxigraphStore) -> None:
    assert find(filled, BASE, "ms") == STADT_ORG


def test_an_ambiguous_slug_asks_which(filled: OxigraphStore) -> None:
    with pytest.raises(UsageError, match="may be organization/stadt, place/stadt"):
        find(filled, BASE, "stadt")


def test_an_unknown_thing_is_answered_with_the_nearest(filled: OxigraphStore) -> None:
    with pytest.raises(NotFound, match="nearest are: Anna Beispiel"):
        find(filled, BASE, "Anna Beispeil")
    with pytest.raises(NotFound, match="etappe ask"):
        find(filled, BASE, "xyzzy 12")
    with pytest.raises(NotFound):
        find(filled, BASE, "https://etappe.example/id/person/nobody")


@pytest.mark.parametrize("name", ['"} DROP ALL {', "http://x/<y>", "a\\b\n"])
def test_a_hostile_name_is_only_a_name(filled: OxigraphStore, name: str) -> None:
    with pytest.raises(UsageError):
        find(filled, BASE, name)


def test_statements_know_their_graphs_and_direction(filled: OxigraphStore) -> None:
    thing = describe(filled, ANNA)
    (name,) = [s for s in thing.statements if s.property == FOAF.name.value]
    assert name.graphs == (G1.value, G2.value)
    (incoming,) = [s for s in thing.statements if s.incoming]
    assert incoming.property == CV.hasParticipant.value
    assert thing.label(ANNA.value, "en") == "Anna Beispiel"
    assert thing.label(CV.hasParticipant.value, "en") == "cv:hasParticipant"
    assert thing.label(f"{BASE}/id/item/x.y", "de") == "item/x.y"
