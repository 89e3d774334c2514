"""Our own terms: complete in two languages, inside OWL 2 RL, with the metadata that readers of ontologies look for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from etappe.namespaces import DCTERMS, ET, ETV, ORG, OWL, PREFIXES, RDF, RDFS, SCHEMA, SH, SKOS, VANN, compact
from etappe.ontology import ONTOLOGY, VERSION, ontology_triples, read
from ontology import terms_in_use as use

OWN = list(read(use.ONTOLOGY / "etappe.ttl"))
TERMS = sorted({t.subject for t in OWN if isinstance(t.subject, NamedNode) and t.subject.value.startswith(ET)}, key=str)
AXIOM_FILES = [path for path in use.TURTLE if "shapes" not in path.parts]
LANGUAGES = ["de", "en"]
OF_ANYTHING = {ET.certainty, ET.evidence, ET.notBefore, ET.notAfter}

KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype}
OWL_TYPES = KINDS | {OWL.Ontology, OWL.AllDisjointClasses}
OWL_PREDICATES = {OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.members}
RDFS_PREDICATES = {RDFS.label, RDFS.comment, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.isDefinedBy, RDFS.seeAlso}


def values(subject: NamedNode, predicate: NamedNode) -> list[NamedNode | BlankNode | Literal | Triple]:
    return [t.object for t in OWN if t.subject == subject and t.predicate == predicate]


def kind(term: NamedNode) -> NamedNode:
    (found,) = values(term, RDF.type)
    assert isinstance(found, NamedNode)
    return found


def test_the_terms_of_the_design_are_there() -> None:
    kinds = [kind(term) for term in TERMS]
    assert kinds.count(OWL.Class) == 18
    assert kinds.count(RDFS.Datatype) == 4
    assert len(kinds) == 18 + 4 + 40
    assert {ET.statedStops, ET.condition, ET.consentBy, ET.draftSeverity, ET.remedy, ET.snippet} <= set(TERMS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: compact(term.value))
def test_a_term_is_labelled_defined_and_placed(term: NamedNode) -> None:
    assert kind(term) in KINDS
    assert values(term, RDFS.isDefinedBy) == [ONTOLOGY]
    for predicate in (RDFS.label, SKOS.definition):
        texts = {v.language: v.value for v in values(term, predicate) if isinstance(v, Literal)}
        assert sorted(texts) == LANGUAGES == sorted(v.language for v in values(term, predicate))
        assert all(texts.values())
    note = values(term, SKOS.scopeNote)
    assert sorted(v.language for v in note) in ([], LANGUAGES)
    if kind(term) != OWL.Class:
        assert term.value.removeprefix(ET)[0].islower() or kind(term) == RDFS.Datatype
    if kind(term) not in (OWL.Class, RDFS.Datatype):
        assert bool(values(term, SCHEMA.domainIncludes)) is (term not in OF_ANYTHING)
        assert values(term, SCHEMA.rangeIncludes)


def test_labels_do_not_repeat() -> None:
    for language in LANGUAGES:
        for wanted in ({OWL.Class}, KINDS - {OWL.Class}):
            labels = [
                v.value.casefold()
                for term in TERMS
                if kind(term) in wanted
                for v in values(term, RDFS.label)
                if v.language == language
            ]
            assert len(labels) == len(set(labels))


def test_metadata() -> None:
    assert values(ONTOLOGY, RDF.type) == [OWL.Ontology]
    assert values(ONTOLOGY, OWL.versionInfo) == [Literal(VERSION)]
    assert values(ONTOLOGY, OWL.versionIRI) == [NamedNode(f"{ONTOLOGY.value}/{VERSION}")]
    for predicate in (DCTERMS.term("title"), DCTERMS.description):
        assert sorted(v.language for v in values(ONTOLOGY, predicate)) == LANGUAGES
    for predicate in (DCTERMS.created, DCTERMS.modified):
        (date,) = values(ONTOLOGY, predicate)
        assert compact(date.datatype.value) == "xsd:date"
    assert values(ONTOLOGY, DCTERMS.license) == [NamedNode("https://creativecommons.org/licenses/by/4.0/")]
    assert values(ONTOLOGY, VANN.preferredNamespacePrefix) == [Literal("et")]
    assert values(ONTOLOGY, VANN.preferredNamespaceUri) == [Literal(PREFIXES["et"])]
    assert values(ONTOLOGY, DCTERMS.creator)
    assert len(values(ONTOLOGY, DCTERMS.references)) > 5
    assert values(ONTOLOGY, SH.suggestedShapesGraph) == [NamedNode("https://w3id.org/etappe/shapes")]


def test_reused_terms_have_a_label_in_each_language() -> None:
    reused = list(read(use.ONTOLOGY / "reused-labels.ttl"))
    assert {t.predicate for t in reused} == {RDFS.label}, "labels only: the meaning is defined elsewhere"
    subjects = {t.subject for t in reused}
    for subject in subjects:
        assert sorted(t.object.language for t in reused if t.subject == subject) == LANGUAGES
    named = {iri for iri in use.in_context() if use.namespace_of(iri) and not iri.startswith((ET, ETV))}
    skipped = {"xsd", "rdf"}
    missing = {iri for iri in named if use.namespace_of(iri) not in skipped} - {s.value for s in subjects}
    assert not missing


def outside_owl_rl(triples: Iterable[Triple]) -> list[Triple]:
    """The triples that OWL 2 RL does not know, or not in that position."""
    graph = list(triples)
    lists = {t.object for t in graph if t.predicate == OWL.members}
    while more := {t.object for t in graph if t.predicate == RDF.rest and t.subject in lists} - lists:
        lists |= more
    found = []
    for triple in graph:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if predicate in (RDF.first, RDF.rest):
            good = subject in lists and (predicate == RDF.rest or isinstance(value, NamedNode))
        elif predicate == RDF.type:
            good = isinstance(value, NamedNode) and (not value.value.startswith(OWL) or value in OWL_TYPES)
            good = good and (isinstance(subject, NamedNode) or value == OWL.AllDisjointClasses)
        elif predicate.value.startswith(OWL):
            good = predicate in OWL_PREDICATES and (predicate == OWL.members) == isinstance(value, BlankNode)
        elif predicate.value.startswith(RDFS):
            good = predicate in RDFS_PREDICATES and isinstance(subject, NamedNode) and not isinstance(value, BlankNode)
        else:
            good = isinstance(subject, NamedNode) and isinstance(value, (NamedNode, Literal))
            good = good and not (
                isinstance(value, NamedNode) and value.value.startswith((OWL, RDF)) and value != RDF.langString
            )
        if not good:
            found.append(triple)
    return found


@pytest.mark.parametrize("path", AXIOM_FILES, ids=lambda path: path.name)
def test_axioms_stay_inside_owl_rl(path: Path) -> None:
    assert not outside_owl_rl(read(path))


@pytest.mark.parametrize(
    "axiom",
    [
        "et:Stop rdfs:subClassOf [ owl:onProperty et:visited ; owl:someValuesFrom org:Organization ] .",
        "et:Stop owl:equivalentClass et:Tour .",
        "et:visited rdfs:domain et:Visit .",
        "et:visited a owl:FunctionalProperty .",
        "et:Stop owl:disjointUnionOf ( et:Visit et:Tour ) .",
        "[] a owl:AllDisjointClasses ; owl:members ( [ a owl:Class ] et:Tour ) .",
        "et:a owl:sameAs et:b .",
        "et:visited a owl:ReflexiveProperty .",
    ],
)
def test_an_axiom_outside_owl_rl_is_found(axiom: str) -> None:
    head = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("et", "org", "owl", "rdfs"))
    assert outside_owl_rl(quad.triple for quad in parse(head + axiom, format=RdfFormat.TURTLE))


def test_subproperties_are_of_one_kind() -> None:
    annotations = {SKOS.altLabel}
    data = {DCTERMS.date}
    for term in TERMS:
        for upper in values(term, RDFS.subPropertyOf):
            expected = OWL.AnnotationProperty if upper in annotations else OWL.ObjectProperty
            assert kind(term) == (OWL.DatatypeProperty if upper in data else expected), compact(term.value)


def test_roots_are_disjoint_and_no_class_is_below_two_of_them() -> None:
    axiom = next(t.subject for t in OWN if t.object == OWL.AllDisjointClasses)
    assert isinstance(axiom, BlankNode)
    roots = {t.object for t in OWN if t.predicate == RDF.first}
    assert len(roots) == 11
    above = {t: set(values(t, RDFS.subClassOf)) for t in TERMS if kind(t) == OWL.Class}
    for term in above:
        reached, waiting = set(), [term]
        while waiting:
            reached.add(upper := waiting.pop())
            waiting.extend(above.get(upper, ()))
        assert len(reached & roots) == 1, compact(term.value)


def test_the_store_gets_terms_concepts_and_labels_but_no_alignments() -> None:
    triples = ontology_triples()
    assert ontology_triples() is triples
    assert Triple(ET.Stop, RDF.type, OWL.Class) in triples
    assert Triple(ETV.minister, SKOS.inScheme, ETV.roles) in triples
    assert Triple(ORG.Post, RDFS.label, Literal("Amt", language="de")) in triples
    assert not [t for t in triples if t.predicate == RDFS.seeAlso]
    assert not [t for t in triples if t.subject == SCHEMA.superEvent and t.predicate != RDFS.label]
