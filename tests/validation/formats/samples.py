"""Outcomes to write. Fixture policy: real ones come from the cases of the constraints; what no case has is made here."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from etappe.errors import EtappeError, Position, ReadingError
from etappe.model import Finding, Outcome, Profile, Severity
from etappe.namespaces import XSD
from etappe.validation.formats.results import Result
from validation.cases import BAD
from validation.support import BASE, Case, outcome_of

HOSTILE = '</pre><script>alert("x")</script> ]]> & \' \x00\x0b\x7f\ufffe {n} %s \\'
PROBE = NamedNode(f"{BASE}/id/report/probe")
#: A finding with everything that a finding can have.
FULL = Finding(
    "C08",
    Severity.VIOLATION,
    {"de": "Der Ort führt zu keinem Land.", "en": "The place leads to no Land."},
    focus=NamedNode(f"{BASE}/id/stop/husum-2018"),
    path="schema:location",
    value=Literal("2018-05-14", datatype=XSD.date),
    shape="https://w3id.org/etappe/shapes#C08",
    component="http://www.w3.org/ns/shacl#MinCountConstraintComponent",
    position=Position(25, 12),
    quote="in  Husum",
    remedies={"de": "Nennen Sie das Land.", "en": "Name the Land."},
    snippet="places:\n  husum:\n    in: musterland",
)
WARNING = replace(FULL, code="C09", severity=Severity.WARNING, shape="https://w3id.org/etappe/shapes#C09")
NOTE = replace(FULL, code="C19", severity=Severity.INFO, focus=NamedNode(f"{BASE}/id/person/c-flore"))
#: From foreign shapes: no messages in our languages, a blank focus node, a code that is an IRI, a shape without one.
FOREIGN = Finding(
    "https://other.example/shapes#Name",
    Severity.VIOLATION,
    {"": "Less than 1 values"},
    focus=BlankNode("b0"),
    path="https://other.example/name",
    value=BlankNode("b0"),
    shape="n1f0b",
)
BARE = Finding("plain", Severity.INFO, {})


def outcome(*findings: Finding, source: str = "a.yaml", accepted: str | None = None) -> Outcome:
    return Outcome(PROBE, source, Profile.INGEST, "engine 1", findings, accepted)


def foreign(*findings: Finding, source: str = "foreign.ttl") -> Outcome:
    return Outcome(None, source, Profile.DRAFT, "engine 1", findings)


GOOD = outcome_of(Case("good"))
BROKEN = ReadingError("the key 'title' stands twice", file="b.yaml", position=Position(6, 1))


def several() -> list[Result]:
    """Files of every kind."""
    return [
        ("good.yaml", GOOD),
        ("Berichte/Größe 1.yaml", outcome_of(BAD["C15"][0])),
        ("b.yaml", BROKEN),
        ("empty.yaml", EtappeError("is empty")),
        ("full.yaml", outcome(FULL, WARNING, NOTE, replace(FULL, code="C10"))),
        ("warned.yaml", outcome(WARNING)),
        ("foreign.ttl", foreign(FOREIGN, BARE)),
    ]


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)}


def values(triples: set[Triple], predicate: NamedNode) -> list[object]:
    return [triple.object for triple in triples if triple.predicate == predicate]


#: Text such as files and people produce it; without lone surrogates, which no text file can hold.
strange = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [HOSTILE, "]]>", "<!--", "\u202e", "\r\n", "&amp;", "\U0001f600", "``` **", "{0}"]
)
findings = st.builds(
    Finding,
    code=st.sampled_from(["C08", "O1"]) | strange.filter(bool),
    severity=st.sampled_from(Severity),
    messages=st.dictionaries(st.sampled_from(["de", "en", ""]), strange),
    focus=st.none() | st.builds(Literal, strange) | st.just(PROBE) | st.builds(BlankNode),
    path=st.none() | strange,
    value=st.none()
    | st.builds(Literal, strange)
    | st.just(NamedNode("sh:x"))
    | st.just(Literal("7", datatype=XSD.integer)),
    position=st.none() | st.builds(Position, st.integers(1, 99), st.integers(1, 99)),
    quote=st.none() | strange,
    remedies=st.dictionaries(st.sampled_from(["de", "en"]), strange),
    snippet=st.none() | strange,
)
outcomes = st.builds(
    Outcome,
    report=st.none() | st.just(PROBE),
    source=strange,
    profile=st.sampled_from(Profile),
    engine=strange,
    findings=st.lists(findings, max_size=4).map(tuple),
    accepted=st.none() | strange,
)
errors = st.builds(EtappeError, strange, position=st.none() | st.just(Position(1, 2)))
any_results = st.lists(st.tuples(strange, outcomes | errors), max_size=4)
