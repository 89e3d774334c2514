"""People of one name, initials, companies: on a small store made for it, since the campaign has no namesakes."""

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from etappe.namespaces import ET, FOAF, ORG, RDF, SKOS
from etappe.store.oxigraph import OxigraphStore
from etappe_api.reconciliation.index import build
from etappe_api.reconciliation.matching import Matcher
from etappe_api.reconciliation.queries import Query, Wanted

BASE = "https://etappe.example"


def thing(kind, slug):
    return NamedNode(f"{BASE}/id/{kind}/{slug}")


def person(slug, name, *others, of=None):
    iri = thing("person", slug)
    yield Triple(iri, RDF.type, FOAF.Person)
    yield Triple(iri, FOAF.name, Literal(name))
    yield from (Triple(iri, SKOS.altLabel, Literal(other)) for other in others)
    if of:
        tenure = thing("affiliation", slug)
        yield Triple(tenure, ORG.member, iri)
        yield Triple(tenure, ORG.organization, thing("organization", of))


def company(slug, name, short=None):
    iri = thing("organization", slug)
    yield Triple(iri, RDF.type, ORG.Organization)
    yield Triple(iri, SKOS.prefLabel, Literal(name, language="de"))
    if short:
        yield Triple(iri, ET.abbreviation, Literal(short))


@pytest.fixture(scope="module")
def matcher():
    with OxigraphStore() as store:
        triples = [
            *person("anna-mueller", "Anna Müller", of="digitack"),
            *person("anna-mueller-2", "Anna Müller", of="boreus"),
            *person("christina-flore", "Christina Flore", "C. Flore", of="bbb"),
            *person("carl-flore", "Carl Flore"),
            *person("jan-weber", "Jan Weber", of="digitack"),
            *person("jan-weber-2", "Jan Weber"),
            *person("oscar-schroeder", "Oscar Schröder"),
            *company("digitack", "Digitack GmbH"),
            *company("boreus", "Rechenzentrum Boreus"),
            *company("bbb", "Breitbandbüro des Bundes", "BBB"),
            *company("kran-gmbh", "Kran GmbH"),
            *company("kran-ag", "Kran AG"),
        ]
        store.apply({NamedNode(f"{BASE}/graph/registry"): triples})
        yield Matcher(store, BASE, build(store, BASE), "de")


def best(matcher, text, *properties, **more):
    wanted = tuple((name, (Wanted(value),)) for name, value in properties)
    return matcher.answer({"q": Query(text, properties=wanted, **more)})["q"]


def ids(found):
    return [one.entity.id for one in found]


def matches(found):
    return [one.entity.id for one in found if one.match]


def test_two_people_of_one_name_are_never_guessed_between(matcher):
    found = best(matcher, "Anna Müller")
    assert ids(found)[:2] == ["person/anna-mueller", "person/anna-mueller-2"]
    assert not matches(found)


def test_not_even_when_only_one_is_asked_for(matcher):
    found = best(matcher, "Anna Müller", limit=1)
    assert len(found) == 1
    assert not matches(found)


def test_a_property_tells_them_apart(matcher):
    found = best(matcher, "Anna Mueller", ("organization", "Rechenzentrum Boreus"))
    assert ids(found)[0] == "person/anna-mueller-2"
    assert matches(found) == ["person/anna-mueller-2"]
    assert found[0].features["organization"] == 100.0
    assert found[0].score > found[1].score


def test_what_is_not_known_of_a_namesake_does_not_tell_them_apart(matcher):
    found = best(matcher, "Jan Weber", ("organization", "Digitack"))
    assert ids(found)[0] == "person/jan-weber"
    assert not matches(found)


def test_a_property_that_contradicts_prevents_a_match(matcher):
    found = best(matcher, "Oscar Schröder")
    assert matches(found) == ["person/oscar-schroeder"]
    found = best(matcher, "Christina Flore", ("organization", "Digitack"))
    assert ids(found)[0] == "person/christina-flore"
    assert not matches(found)


def test_initials_that_fit_two_people_match_neither(matcher):
    found = best(matcher, "C. Flore")
    assert set(ids(found)[:2]) == {"person/christina-flore", "person/carl-flore"}
    assert not matches(found)
    by_id = {one.entity.id: one.features for one in found}
    assert by_id["person/carl-flore"]["initials"] is True
    assert by_id["person/christina-flore"]["alternative_name"] is True


def test_the_bracket_behind_a_name_speaks_for_somebody(matcher):
    found = best(matcher, "C. Flore (BBB)")
    assert ids(found)[0] == "person/christina-flore"
    assert found[0].features["organization"] == 100.0


@pytest.mark.parametrize("text", ["Oskar Schröder", "Oscar Schroder", "Oscar Schörder"])
def test_what_is_nearly_the_name_is_found_and_no_match(matcher, text):
    found = best(matcher, text)
    assert ids(found)[0] == "person/oscar-schroeder"
    assert 50 < found[0].score < 95
    assert not found[0].match


@pytest.mark.parametrize("text", ["oscar schroeder", "Dr. Oscar Schröder", "Schröder, Oscar"])
def test_the_same_name_in_another_spelling_is_a_match(matcher, text):
    assert matches(best(matcher, text)) == ["person/oscar-schroeder"]


def test_legal_forms_may_be_missing_but_two_different_ones_are_two_companies(matcher):
    assert matches(best(matcher, "Digitack")) == ["organization/digitack"]
    assert not matches(best(matcher, "Kran"))
    assert matches(best(matcher, "Kran AG")) == ["organization/kran-ag"]
    assert not matches(best(matcher, "Digitack AG"))


def test_an_abbreviation_is_a_name(matcher):
    found = best(matcher, "BBB")
    assert matches(found) == ["organization/bbb"]
    assert found[0].features["abbreviation"] is True


def test_an_id_or_iri_finds_its_thing(matcher):
    for text in ("person/jan-weber-2", f"{BASE}/id/person/jan-weber-2"):
        found = best(matcher, text)
        assert (ids(found), found[0].score, found[0].match) == (["person/jan-weber-2"], 100, True)


def test_types_narrow(matcher):
    assert ids(best(matcher, "Kran", types=("person",))) == []
    assert ids(best(matcher, "Kran", types=("organization",), limit=1)) == ["organization/kran-ag"]
    assert ids(best(matcher, "Kran", types=("organization", "person"), strict="all")) == []
    assert ids(best(matcher, "Kran AG", types=("person",), strict="should"))[0] == "organization/kran-ag"


def test_properties_alone_find_things_that_have_them(matcher):
    found = best(matcher, "", ("organization", "Digitack"))
    assert set(ids(found)) == {"person/anna-mueller", "person/jan-weber"}
    assert not matches(found)


def test_ids_as_values_are_compared_as_ids(matcher):
    query = Query("Anna Müller", properties=(("organization", (Wanted("", "organization/digitack"),)),))
    assert matches(matcher.answer({"q": query})["q"]) == ["person/anna-mueller"]


def test_scores_fall_and_are_between_0_and_100(matcher):
    for text in ("Anna Müller", "C. Flore (BBB)", "Kran", "Müller"):
        scores = [one.score for one in best(matcher, text)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)


@pytest.mark.parametrize("text", ["zzzz", "💥", "' OR 1=1", '"} SERVICE <http://x/> {', "\\", "<script>", "a" * 1000])
def test_hostile_text_finds_nothing_and_harms_nothing(matcher, text):
    assert best(matcher, text) == []
    assert best(matcher, "", ("organization", text), ("ags", text)) == []
