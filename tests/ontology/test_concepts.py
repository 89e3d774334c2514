"""The concept schemes: complete, unambiguous, and reachable by the words people write."""

from __future__ import annotations

import doctest
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from etappe import vocabulary
from etappe.namespaces import ETV, RDF, RDFS, SKOS
from etappe.ontology import ONTOLOGY, read
from etappe.reading.keys import PRESENCE_KEYS, every_key
from ontology import terms_in_use as use

SIZES = {
    "certainty": 6, "event-types": 6, "government-levels": 4, "group-kinds": 6, "legal-forms": 13, "parts-of-day": 4,
    "placements": 3, "portfolios": 17, "presence": 5, "review-status": 4, "rights-status": 4, "roles": 23,
    "sequence-roles": 4, "weekdays": 7,
}  # fmt: skip


@pytest.mark.parametrize("scheme", SIZES)
def test_a_scheme_is_complete(scheme: str) -> None:
    triples = set(read(use.ONTOLOGY / "concepts" / f"{scheme}.ttl"))
    facts: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        facts[triple.subject][triple.predicate].append(triple.object)
    head = facts.pop(ETV[scheme])
    assert head[RDF.type] == [SKOS.ConceptScheme]
    assert len(facts) == SIZES[scheme]
    for term, about in [(ETV[scheme], head), *facts.items()]:
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert sorted(text.language for text in about[predicate]) == ["de", "en"], term
        assert about[RDFS.isDefinedBy] == [ONTOLOGY]
    for concept, about in facts.items():
        assert about[RDF.type] == [SKOS.Concept]
        assert about[SKOS.inScheme] == [ETV[scheme]]
        assert set(about[SKOS.broader]) <= facts.keys()
        assert bool(about[SKOS.topConceptOf]) is not bool(about[SKOS.broader]), concept
        assert (concept in head[SKOS.hasTopConcept]) is bool(about[SKOS.topConceptOf])
    for language in ("de", "en"):
        words: dict[str, NamedNode] = {}
        for concept, about in facts.items():
            for text in (*about[SKOS.prefLabel], *about[SKOS.altLabel]):
                if text.language == language:
                    assert words.setdefault(text.value.casefold(), concept) == concept, text
                    assert text.value == text.value.strip()


def test_the_files_are_the_schemes_and_every_scheme_of_a_key_is_there() -> None:
    assert set(vocabulary.schemes()) == set(SIZES) == {path.stem for path in (use.ONTOLOGY / "concepts").glob("*.ttl")}
    assert {key.scheme for _, key in every_key() if key.scheme} <= set(SIZES)
    assert all(vocabulary.concept("presence", word) == ETV[word] for word in PRESENCE_KEYS.values())


@pytest.mark.parametrize("scheme", SIZES)
def test_every_word_leads_to_its_own_concept_alone(scheme: str) -> None:
    triples = list(read(use.ONTOLOGY / "concepts" / f"{scheme}.ttl"))
    concepts = {t.subject for t in triples if t.predicate == SKOS.inScheme}
    assert set(vocabulary.concepts(scheme)) == concepts
    for triple in triples:
        if triple.subject in concepts and triple.predicate in (SKOS.prefLabel, SKOS.altLabel):
            assert vocabulary.concept(scheme, triple.object.value) == triple.subject, triple.object
            assert vocabulary.concept(scheme, f" {triple.object.value.upper()} ") == triple.subject
            assert triple.object.value in vocabulary.suggestions(scheme, triple.object.value)
    for concept in concepts:
        assert vocabulary.concept(scheme, concept.value.removeprefix(ETV)) == concept


@pytest.mark.parametrize(
    ("scheme", "word", "local"),
    [
        ("roles", "Geschäftsführerin", "managing-director"),
        ("roles", "Ministerin", "minister"),
        ("roles", "Minister-President", "minister-president"),
        ("roles", "Oberbürgermeisterin", "mayor"),
        ("legal-forms", "e.V.", "ev"),
        ("legal-forms", "GmbH & Co. KG", "gmbh-co-kg"),
        ("legal-forms", "Anstalt des öffentlichen Rechts", "aoer"),
        ("group-kinds", "Presse", "group-press"),
        ("group-kinds", "trade visitors", "group-trade-visitors"),
        ("rights-status", "ungeklärt", "rights-unknown"),
        ("rights-status", "unknown", "rights-unknown"),
        ("sequence-roles", "Auftakt", "opening"),
        ("government-levels", "Bund", "federal"),
        ("government-levels", "Land", "land"),
        ("weekdays", "Sonnabend", "saturday"),
        ("parts-of-day", "Nachmittag", "afternoon"),
    ],
)
def test_words_people_write(scheme: str, word: str, local: str) -> None:
    assert vocabulary.concept(scheme, word) == ETV[local]


def test_ministers_presidents_are_ministers() -> None:
    triples = set(read(use.ONTOLOGY / "concepts" / "roles.ttl"))
    narrower = {t.subject for t in triples if t.predicate == SKOS.broader and t.object == ETV.minister}
    assert narrower == {ETV["minister-president"], ETV["acting-minister"]}


def test_a_wrong_word_is_answered_with_the_nearest_right_ones() -> None:
    assert vocabulary.concept("roles", "Geschaeftsfürer") is None
    assert vocabulary.suggestions("roles", "Geschaeftsfürer")[0] == "Geschäftsführer"
    assert vocabulary.suggestions("sequence-roles", "Auftackt") == ["Auftakt"]
    assert len(vocabulary.suggestions("roles", "Minster", limit=2)) == 2
    assert vocabulary.suggestions("weekdays", "xqz") == []
    assert vocabulary.concept("weekdays", "") is None


def test_an_unknown_scheme_is_an_error_not_an_empty_answer() -> None:
    for call in (vocabulary.concept, vocabulary.suggestions):
        with pytest.raises(KeyError):
            call("role", "guest")
    with pytest.raises(KeyError):
        vocabulary.concepts("role")


def test_labels_of_concepts_and_schemes() -> None:
    assert vocabulary.labels(ETV["group-press"]) == {"de": "Presse", "en": "press"}
    assert vocabulary.labels(ETV.gmbh.value) == {"de": "GmbH", "en": "GmbH"}
    assert set(vocabulary.labels(ETV.roles)) == {"de", "en"}
    assert vocabulary.labels("https://etappe.example/id/person/x") == {}
    vocabulary.labels(ETV.gmbh)["de"] = "changed by a caller"
    assert vocabulary.labels(ETV.gmbh)["de"] == "GmbH"


@given(st.sampled_from(sorted(SIZES)), st.text(max_size=40))
def test_any_word_has_an_answer(scheme: str, word: str) -> None:
    found = vocabulary.concept(scheme, word)
    assert found is None or found in vocabulary.concepts(scheme)
    assert all(vocabulary.concept(scheme, label) for label in vocabulary.suggestions(scheme, word))


def test_the_examples_of_the_documentation_run() -> None:
    path = use.CHECKOUT / "docs" / "ontology.md"
    result = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert result.attempted == 3
    assert result.failed == 0
