from __future__ import annotations

import pytest

from etappe.identity.matching import LEAST
from identity.support import codes, day, entity, proposals, score

NI, SH = "place/niedersachsen", "place/schleswig-holstein"
CALLED = {NI: ("Niedersachsen",), SH: ("Schleswig-Holstein",)}


def bodies(first: str, second: str, one=None, other=None) -> float:
    found = proposals(
        entity("organization/a", first, **(one or {})), entity("organization/b", second, **(other or {})), called=CALLED
    )
    return found[0].score if found else 0.0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Digitack GmbH", "Digitack"),
        ("Lötspitze e. V.", "Loetspitze eV"),
        ("Stadtwerke Musterstadt GmbH", "Stadtwerke Musterstadt"),
        ("Breitbandbüro des Bundes", "Breitbandbuero des Bundes"),
        ("Breitband Büro des Bundes", "Breitbandbüro des Bundes"),
        ("Leuchtfeuer Netzbau GmbH", "Leuchtfeuer Netzbauu GmbH"),
    ],
)
def test_spellings_and_legal_forms_are_one(first, second):
    assert bodies(first, second) >= LEAST


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Digitack GmbH", "Digitack AG"),
        ("Stadtwerke Husum", "Stadtwerke Heide"),
        ("Grundschule 12 Musterstadt", "Grundschule 13 Musterstadt"),
        ("Ministerium für Energie und Digitalisierung", "Ministerium für Energie und Landesentwicklung"),
    ],
)
def test_other_bodies_are_never_proposed(first, second):
    assert bodies(first, second) == 0


def test_abbreviation_and_name():
    assert "name-abbreviation" in codes(
        entity("organization/a", "Breitbandbüro des Bundes (BBB)"),
        entity("organization/b", "BBB"),
    )
    same = {"contacts": ["info@bbb.example"]}
    short = score(entity("organization/a", "BBB", **same), entity("organization/b", "Beispiel Büro Bremen", **same))
    assert short >= LEAST


def test_ministries_of_two_laender_are_two():
    ours, theirs = {"related": [NI]}, {"related": [SH]}
    assert bodies("Ministerium für Netze", "Ministerium für Netze", ours, theirs) < 0.5
    assert bodies("Ministerium für Netze", "Ministerium für Netze", ours, ours) >= LEAST
    assert bodies("Ministerium für Netze", "Ministerium für Netze des Landes Niedersachsen", ours, ours) >= LEAST


def test_a_ministry_without_its_land_may_be_that_of_any():
    assert bodies("Ministerium für Netze", "Ministerium für Netze") < LEAST
    assert bodies("Stadtwerke", "Stadtwerke") < LEAST


def test_a_name_without_legal_form_that_fits_two_companies_is_doubtful():
    plain, ours = entity("organization/a", "Digitack"), entity("organization/b", "Digitack GmbH")
    assert score(plain, ours) >= LEAST
    found = proposals(plain, ours, entity("organization/c", "Digitack AG"))
    assert [pair.score < LEAST for pair in found] == [True, True]


def test_what_was_renamed_is_not_the_same():
    same = {"ids": [("wikidata", "Q1")]}
    before = entity("organization/a", "Wattrechen GmbH", lineage=["organization/b"], **same)
    assert proposals(before, entity("organization/b", "Wattrechen GmbH", **same)) == []


def test_identifiers_forbid_and_carry():
    assert bodies("Digitack", "Digitack", {"ids": [("lei", "X1")]}, {"ids": [("lei", "X2")]}) == 0
    assert bodies("Digitack", "Ganz anders", {"ids": [("lei", "X1")]}, {"ids": [("lei", "X1")]}) >= LEAST


def test_named_side_by_side_they_are_two():
    assert bodies("Digitack GmbH", "Digitack", {"reports": ["r"]}, {"reports": ["r"]}) < LEAST


# --- places and stops


def test_places_of_one_name_are_one_where_they_lie_in_one():
    kreis, land = {"place/kreis", NI}, {NI}
    one = entity("place/a", "Neustadt", related=kreis, types=["City"])
    assert score(one, entity("place/b", "Stadt Neustadt", related=kreis, types=["City"])) >= LEAST
    assert score(one, entity("place/b", "Neustadt", related={"place/x", SH}, types=["City"])) < 0.3
    assert score(one, entity("place/b", "Neustadt", related=land, types=["City"])) >= LEAST


def test_town_and_district_are_two():
    one = entity("place/a", "Rostock", related=[NI], types=["City"])
    assert proposals(one, entity("place/b", "Rostock", related=[NI], types=["AdministrativeArea"])) == []


def test_official_keys_forbid_and_carry():
    one = entity("place/a", "Neustadt", ids=[("ags", "01")])
    assert proposals(one, entity("place/b", "Neustadt", ids=[("ags", "02")])) == []
    assert score(one, entity("place/b", "Neustadt i. H.", ids=[("ags", "01")])) >= LEAST


def test_a_place_is_not_what_it_lies_in():
    assert proposals(entity("place/a", "Bremen"), entity("place/b", "Bremen", related=["place/a"])) == []


def test_stops_are_one_by_day_and_place():
    seen = [(day("2018-05-14"), "place/ort")]
    one = entity("stop/a", "Musterstadt", seen=seen)
    assert score(one, entity("stop/b", "Halt in Musterstadt", seen=seen)) >= LEAST
    assert proposals(one, entity("stop/b", "Musterstadt", seen=[(day("2018-05-15"), "place/ort")])) == []
    assert score(one, entity("stop/b", "Musterstadt", seen=[(day("2018-05-14"), "place/x")])) < 0.3


def test_stops_of_two_tours_on_one_day_are_two():
    seen = [(day("2018-05-14"), "place/ort")]
    one = entity("stop/a", "Musterstadt", seen=seen, related=["tour/a"])
    assert score(one, entity("stop/b", "Anderes", seen=seen, related=["tour/b"])) < LEAST
