import pytest

from etappe_api.reconciliation.names import fold, person, without_legal_form


@pytest.mark.parametrize("text", ["Schröder", "SCHROEDER", "Schroeder", "schro\u0308der"])
def test_umlauts_are_spelt_out(text):
    assert fold(text) == "schroeder"


def test_accents_fall_but_letters_that_tell_names_apart_stay():
    assert fold("José Weiß") == "jose weiss"
    assert fold("Bauer") != fold("Baur")


@pytest.mark.parametrize(
    "text",
    [
        "Christina Flore",
        "Dr. Christina Flore",
        "Prof. Dr. Christina Flore",
        "Frau Christina Flore",
        "Ministerin Christina Flore",
        "Flore, Christina",
        "Christina Flore, Geschäftsführerin",
    ],
)
def test_titles_forms_of_address_and_offices_are_no_part_of_a_name(text):
    assert person(text).whole == "christina flore"


def test_brackets_behind_a_name_are_a_hint():
    name = person("C. Flore (BBB)")
    assert (name.given, name.surname, name.hint) == (("c",), "flore", "BBB")


def test_particles_begin_the_surname():
    assert person("Ursula von der Leyen").surname == "von der leyen"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("C. Flore", "Christina Flore", True),
        ("Christina Flore", "C. M. Flore", True),
        ("C. Flore", "Anna Flore", False),
        ("C. Flore", "Christina Flor", False),
        ("Christina Flore", "Christiane Flore", False),
        ("Flore", "Christina Flore", False),
    ],
)
def test_initials_agree_or_do_not(one, other, same):
    assert person(one).may_be(person(other)) is same
    assert person(other).may_be(person(one)) is same


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Digitack GmbH", "digitack"),
        ("Müller GmbH & Co. KG", "mueller"),
        ("Lötspitze e. V.", "loetspitze"),
        ("Deichfunk eG", "deichfunk"),
        ("AG", "ag"),
        ("Stadtwerke Stralsund", "stadtwerke stralsund"),
    ],
)
def test_legal_forms_can_be_left_aside(name, bare):
    assert without_legal_form(fold(name)) == bare


@pytest.mark.parametrize("text", ["", "...", "(", "((((", ",", "Dr.", "\x00", "😀", "a" * 10_000, "Dr. " * 5_000])
def test_any_text_can_be_taken_apart(text):
    assert isinstance(person(text).whole, str)
    assert isinstance(fold(text), str)
