import pytest

from etappe.identity.names import fold, legal_form, person, sound, without_legal_form


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


@pytest.mark.parametrize(
    ("text", "generation"),
    [
        ("Karl Beispiel jun.", "jun"),
        ("Karl Beispiel, sen.", "sen"),
        ("Karl Beispiel (junior)", "jun"),
        ("Dr. Karl Beispiel d. Ä.", "sen"),
        ("Karl Beispiel", ""),
        ("Karl Junghans", ""),
        ("Karla Sen", ""),
    ],
)
def test_the_generation_is_no_part_of_a_name(text, generation):
    found = person(text)
    assert found.generation == generation
    assert len(found.given) == 1


def test_the_name_at_birth_is_kept_apart():
    name = person("Anna Beispiel (geb. Flöre)")
    assert (name.whole, name.born) == ("anna beispiel", "floere")
    assert person("Anna Beispiel, geborene Flore").born == "flore"


@pytest.mark.parametrize(
    ("one", "other"), [("Meier", "Mayr"), ("Schmidt", "Schmitt"), ("Philipp", "Filip"), ("Müller", "Mueller")]
)
def test_names_that_sound_alike_have_one_key(one, other):
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(
    ("word", "key"),
    [("mueller", "657"), ("schmidt", "862"), ("wikipedia", "3412"), ("breschnew", "17863"), ("heinz", "068"), ("", "")],
)
def test_the_key_is_that_of_koelner_phonetik(word, key):
    assert sound(word) == key


@pytest.mark.parametrize(
    ("name", "form"), [("Digitack GmbH", "gmbh"), ("Lötspitze e. V.", "ev"), ("Lötspitze eV", "ev"), ("Stadt", "")]
)
def test_a_legal_form_has_one_spelling(name, form):
    assert legal_form(fold(name)) == form
