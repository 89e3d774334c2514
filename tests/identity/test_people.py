from __future__ import annotations

import pytest

from etappe.identity.entities import Affiliation
from etappe.identity.matching import LEAST
from identity.support import BOARD, codes, day, entity, people, proposals

AT_BOARD = {"affiliations": [BOARD]}


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Christina Flore", "Christina Flore", "name-same"),
        ("Christina Flore", "Dr. Christina Flore", "name-same"),
        ("Christina Flöre", "Christina Floere", "name-same"),
        ("Christina Flore", "Ministerin Christina Flore", "name-same"),
        ("Christina Flore", "Flore, Christina", "name-same"),
        ("Christina Flore", "Flore Christina", "name-swapped"),
        ("Christina Maria Flore", "Christina Flore", "name-part"),
        ("Hans Flore", "Johannes Flore", "name-short"),
        ("Christina Floremann", "Christina Florepann", "name-typo"),
        ("Christina Pflohre", "Christina Pflore", "name-sound"),
        ("Ursula von der Pflohre", "Ursula Pflohre", "name-particle"),
        ("Anna Flore", "Anna Beispiel, geb. Flore", "name-born"),
    ],
)
def test_forms_of_a_rare_name_are_proposed_by_themselves(first, second, reason):
    assert people(first, second) >= LEAST
    assert reason in codes(entity("person/a", first), entity("person/b", second))


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Christina Flore", "C. Flore", "name-initials"),
        ("Christina Flore", "Christina Flore-Beispiel", "name-double"),
        ("Christina Flore", "Frau Flore", "name-surname"),
        ("Thomas Müller", "Thomas Müller", "name-common"),
    ],
)
def test_names_that_tell_little_need_something_in_common(first, second, reason):
    assert people(first, second) < LEAST
    assert people(first, second, AT_BOARD, AT_BOARD) > people(first, second)
    assert reason in codes(entity("person/a", first, **AT_BOARD), entity("person/b", second, **AT_BOARD))


def test_a_bracket_that_names_the_organisation_makes_initials_enough():
    assert people("Christina Flore", "C. Flore (BBB)", AT_BOARD) >= LEAST
    assert people("Christina Flore", "C. Flore (Beispielboard Büdelsrath)", AT_BOARD) >= LEAST
    assert people("Christina Flore", "C. Flore (XYZ)", AT_BOARD) < LEAST


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Christian Flore", "Christina Flore"),  # one letter, two given names
        ("Anna Flore", "Berta Flore"),
        ("C. Flore", "Anna Flore"),
        ("Christina Flore", "Christina Beispiel"),
        ("Karl Flore sen.", "Karl Flore jun."),
        ("Maria Flore", "Mario Flore"),
    ],
)
def test_other_names_are_never_proposed(first, second):
    same = {"affiliations": [BOARD], "seen": [(day("2018-05-14"), "place/ort")]}
    assert people(first, second, same, same) == 0


def test_two_families_whose_names_sound_alike_are_two():
    assert people("Thomas Meier", "Thomas Meyer") < 0.1


def test_a_common_surname_lowers_the_score():
    assert people("Zacharias Müller", "Zacharias Müller") < people("Zacharias Flore", "Zacharias Flore")


def test_numbers_of_one_authority_that_differ_forbid_a_pair():
    assert people("Christina Flore", "Christina Flore", {"ids": [("gnd", "1")]}, {"ids": [("gnd", "2")]}) == 0
    both = {"ids": [("gnd", "1"), ("wikidata", "Q1")]}
    assert people("Christina Flore", "Christina Flore", both, {"ids": [("gnd", "1"), ("wikidata", "Q2")]}) == 0


def test_numbers_of_two_authorities_say_nothing():
    one, other = {"ids": [("gnd", "1")]}, {"ids": [("wikidata", "Q1")]}
    assert people("Christina Flore", "Christina Flore", one, other) == people("Christina Flore", "Christina Flore")


def test_an_equal_number_carries_even_other_names():
    same = {"ids": [("gnd", "1")]}
    assert people("Christina Flore", "Anna Beispiel", same, same) >= LEAST
    assert {"ids", "name-differs"} <= codes(entity("person/a", "C. X", **same), entity("person/b", "Anna Y", **same))


def test_days_of_birth_that_differ_forbid_a_pair():
    assert people("Christina Flore", "Christina Flore", {"born": ["1950-01-01"]}, {"born": ["1980-01-01"]}) == 0
    assert people("Christina Flore", "Christina Flore", {"born": ["1950-01-01"]}, {"born": ["1950-01-01"]}) >= LEAST


def test_named_side_by_side_in_one_report_they_are_two():
    same = {"reports": ["r1"]}
    assert people("Christina Flore", "Christina Flore", same, same) < 0.3


def test_father_and_son_have_different_roles_at_one_time():
    when = (day("2018-01-01"), day("2018-12-31"))
    one = {"affiliations": [Affiliation("organization/board", None, "chairperson", *when)]}
    other = {"affiliations": [Affiliation("organization/board", None, "spokesperson", *when)]}
    later = (day("2022-01-01"), day("2022-12-31"))
    risen = {"affiliations": [Affiliation("organization/board", None, "spokesperson", *later)]}
    assert people("Karl Flore", "Karl Flore", one, risen) > people("Karl Flore", "Karl Flore", one, other)
    assert people("Karl Flore", "Karl Flore jun.") < LEAST


def test_the_same_post_place_and_time_speak_for_a_pair():
    plain = people("T. Flore", "Thomas Flore")
    post = {"affiliations": [Affiliation(None, "post/minister")]}
    assert people("T. Flore", "Thomas Flore", post, post) > plain
    here = {"seen": [(day("2018-05-14"), "place/ort")]}
    soon = {"seen": [(day("2018-05-20"), "place/ort")]}
    late = {"seen": [(day("2021-05-20"), "place/ort")]}
    assert people("T. Flore", "Thomas Flore", here, soon) > people("T. Flore", "Thomas Flore", here, late) > plain


def test_nobody_is_in_two_places_on_one_day():
    here, there = {"seen": [(day("2018-05-14"), "place/a")]}, {"seen": [(day("2018-05-14"), "place/b")]}
    other = {"seen": [(day("2018-05-15"), "place/b")]}
    assert people("Thomas Flore", "Thomas Flore", here, there) < people("Thomas Flore", "Thomas Flore", here, other)


def test_a_short_name_that_fits_two_people_is_doubtful():
    flores = [entity("person/a", "P. Flore", **AT_BOARD), entity("person/b", "Peter Flore", **AT_BOARD)]
    before = proposals(*flores)[0].score
    brother = entity("person/c", "Paul Flore", **AT_BOARD)
    found = {(p.one, p.other): p for p in proposals(*flores, brother)}
    assert found["person/a", "person/b"].score < before
    assert "ambiguous" in {reason.code for reason in found["person/a", "person/b"].reasons}


def test_other_names_of_a_person_count():
    assert "name-same" in codes(entity("person/a", "Anna Beispiel", "Anna Flore"), entity("person/b", "Anna Flore"))
