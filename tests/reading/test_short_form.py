"""The short form: what it says, and what a person is told who writes it wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from conftest import MINIMAL
from etappe.errors import ReadingError, UnsafeInput
from etappe.model import Document, Report, Source, digest
from etappe.namespaces import CV, DCTERMS, ET, ETV, FOAF, OA, ORG, PROV, RDF, SCHEMA, SKOS, XSD
from etappe.reading import read, read_source
from etappe.reading.files import MAX_BYTES
from etappe.registry import Registry

BASE = "https://etappe.example/id"
Make = Callable[..., Report]


def iri(tail: str) -> NamedNode:
    return NamedNode(f"{BASE}/{tail}")


def objects(report: Report, subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {t.object for t in report.triples if t.subject == subject and t.predicate == predicate}


def test_the_minimal_report(report: Make) -> None:
    made = report()
    assert made.iri == iri("report/probe")
    assert made.document is Document.REPORT
    assert made.text is not None and made.text.startswith("Am 14. Mai")
    assert objects(made, made.iri, DCTERMS.term("title")) == {Literal("Ein Halt in Musterstadt", language="de")}
    assert objects(made, made.iri, ET.sourceDigest) == {Literal(digest(made.text))}
    assert objects(made, made.iri, DCTERMS.publisher) == {iri("organization/herausgeber")}
    assert objects(made, iri("extraction/probe.probe.pruefer"), PROV.wasAssociatedWith) == set()
    (extraction,) = objects(made, made.iri, PROV.wasGeneratedBy)
    assert objects(made, extraction, PROV.wasAssociatedWith) == {iri("agent/pruefer")}  # type: ignore[arg-type]


def test_shared_things_keep_their_id_and_local_ones_carry_the_reports(report: Make) -> None:
    made = report()
    item, part = iri("item/probe.rundgang"), iri("participation/probe.rundgang.anna-beispiel.guest")
    assert Triple(item, SCHEMA.superEvent, iri("stop/musterstadt-2018")) in made.triples
    assert Triple(item, CV.hasParticipation, part) in made.triples
    assert Triple(part, CV.hasParticipant, iri("person/anna-beispiel")) in made.triples
    assert Triple(part, ET.presence, ETV.present) in made.triples


def test_a_quote_becomes_evidence_with_offsets(report: Make) -> None:
    made = report()
    (evidence,) = objects(made, iri("participation/probe.rundgang.anna-beispiel.guest"), ET.evidence)
    assert isinstance(evidence, NamedNode)
    start, end = (next(iter(objects(made, NamedNode(evidence.value + "#position"), p))) for p in (OA.start, OA.end))
    assert isinstance(start, Literal) and isinstance(end, Literal) and made.text is not None
    assert made.text[int(start.value) : int(end.value)] == "Anna Beispiel war Gast"


def test_a_quote_may_cross_a_line_end(report: Make) -> None:
    made = report(MINIMAL, ("Musterstadt. Anna Beispiel war", "Musterstadt. Anna Beispiel\n  war"))
    exact = {t.object.value for t in made.triples if t.predicate == OA.exact and isinstance(t.object, Literal)}
    assert exact == {"Anna Beispiel\nwar Gast"}


@pytest.mark.parametrize(
    ("quote", "found"), [("Musterstadt", 0), ("{words: Musterstadt, prefix: Tour in}", 1), ("nicht da", 0)]
)
def test_only_a_quote_that_stands_once_has_offsets(report: Make, quote: str, found: int) -> None:
    yaml = MINIMAL.replace("in Musterstadt. Anna", "in Musterstadt. In Musterstadt war Anna Beispiel. Anna")
    made = report(yaml, ("quote: Anna Beispiel war Gast", f"quote: {quote}"))
    assert sum(t.predicate == OA.start for t in made.triples) == found


def test_dates_ranges_and_windows(report: Make) -> None:
    made = report(MINIMAL, ("date: 2018-05-14\n    programme", "date: 2018-05-14/2018-05-15\n    programme"))
    stop = iri("stop/musterstadt-2018")
    assert objects(made, stop, SCHEMA.startDate) == {Literal("2018-05-14", datatype=XSD.date)}
    assert objects(made, stop, SCHEMA.endDate) == {Literal("2018-05-15", datatype=XSD.date)}
    window = report(
        MINIMAL,
        ("published: 2018-05-20", "published: {not before: 2018-05-18, not after: 2018-05-20, basis: erschlossen}"),
    )
    assert objects(window, window.iri, ET.notAfter) == {Literal("2018-05-20", datatype=XSD.date)}
    assert objects(window, window.iri, ET.dateBasis) == {ETV.inferred}


@pytest.mark.parametrize("word", ["guest", "Gast", "GAST"])
def test_closed_words_are_taken_in_both_languages(report: Make, word: str) -> None:
    made = report(MINIMAL, ("role: guest", f"role: {word}"))
    assert any(t.predicate == CV.role and t.object == ETV.guest for t in made.triples)


def test_labels_in_two_languages(report: Make) -> None:
    made = report(MINIMAL, ("name: Rundgang", "name: {de: Rundgang, en: Tour}"))
    assert objects(made, iri("item/probe.rundgang"), SKOS.prefLabel) == {
        Literal("Rundgang", language="de"),
        Literal("Tour", language="en"),
    }


def test_items_below_items_variants_and_order(report: Make) -> None:
    made = report(
        MINIMAL,
        (
            "        present:",
            "        programme: [{name: Gespräch im Hof, kind: exchange, date: 2018-05-14}]\n        present:",
        ),
        ("id: rundgang\n", "kind: visit\n        visited: herausgeber\n"),
    )
    visit, talk = iri("item/probe.herausgeber"), iri("item/probe.gespraech-im-hof")
    assert Triple(visit, RDF.type, ET.Visit) in made.triples
    assert Triple(talk, RDF.type, ET.Exchange) in made.triples
    assert Triple(talk, SCHEMA.superEvent, visit) in made.triples


def test_an_affiliation_is_an_attested_tenure(report: Make) -> None:
    made = report(
        MINIMAL,
        (
            "{name: Anna Beispiel}",
            "{name: Anna Beispiel, affiliation: {of: herausgeber, role: Geschäftsführerin, title: Chefin, on: 2018-05-14}}",
        ),
    )
    tenure = iri("affiliation/probe.anna-beispiel.herausgeber.geschaeftsfuehrerin")
    assert Triple(tenure, ORG.member, iri("person/anna-beispiel")) in made.triples
    assert Triple(tenure, ORG.role, ETV["managing-director"]) in made.triples
    assert Triple(tenure, ET.attestedOn, Literal("2018-05-14", datatype=XSD.date)) in made.triples


def test_the_same_participant_twice_keeps_two_nodes(report: Make) -> None:
    line = "          - {who: anna-beispiel, role: guest, certainty: stated, quote: Anna Beispiel war Gast}\n"
    made = report(MINIMAL, (line, line + line))
    assert len([t for t in made.triples if t.predicate == CV.hasParticipation]) == 2


def test_sections_may_be_lists(report: Make) -> None:
    made = report(
        MINIMAL, ("tours:\n  mustertour: {name: Mustertour}", "tours:\n  - {id: mustertour, name: Mustertour}")
    )
    assert made.triples == report().triples


def test_names_are_looked_up_in_the_registry(report: Make) -> None:
    place = iri("place/musterstadt")
    registry = Registry([Triple(place, SKOS.prefLabel, Literal("Musterstadt", language="de"))])
    yaml = re.sub(r"  musterstadt: .*\n", "", MINIMAL).replace("place: musterstadt", "place: Musterstadt")
    made = report(yaml, registry=registry)
    assert objects(made, iri("stop/musterstadt-2018"), SCHEMA.location) == {place}


def test_positions_lead_back_to_the_line(report: Make) -> None:
    made = report()
    lines = MINIMAL.splitlines()
    subject = iri("participation/probe.rundgang.anna-beispiel.guest").value
    assert "anna-beispiel, role" in lines[made.positions[subject, CV.role.value].line - 1]
    assert lines[made.positions[made.iri.value, DCTERMS.issued.value].line - 1].startswith("published")


def test_a_registry_document(report: Make) -> None:
    made = report("registry: mv\nlanguage: de\ntitle: Register\npeople:\n  a-b: {name: A B, source: Amtsblatt}\n")
    assert made.document is Document.REGISTRY
    assert Triple(iri("person/a-b"), FOAF.name, Literal("A B")) in made.triples


WRONG = {
    "german-date": (("date: 2018-05-14\n    programme", "date: 14.05.2018\n    programme"), "write '14.05.2018' as 2018-05-14", 22),
    "no-such-day": (("published: 2018-05-20", "published: 2018-02-30"), "not a day of the calendar", 5),
    "range-for-a-day": (("published: 2018-05-20", "published: 2018-05-01/2018-05-20"), "one day, not a range", 5),
    "date-key": (("published: 2018-05-20", "published: {nicht vor: 2018-05-20}"), "a date has no key 'nicht vor'", 5),
    "unknown-key": (("    place: musterstadt", "    plaec: musterstadt"), "no key 'plaec'; did you mean 'place'?", 21),
    "unknown-key-far": (("    place: musterstadt", "    xyzzy: musterstadt"), "known are about, absent", 21),
    "unknown-word": (("role: guest", "role: Gasst"), "'Gasst' is not a word of the list 'roles'; nearest are: ", 28),
    "unknown-kind": (("kind: city", "kind: stadt"), "'stadt' is no kind of place; known are site, city", 12),
    "unknown-choice": (("    place: musterstadt", "    status: bald"), "'bald' is no status; known are scheduled", 21),
    "bad-id": (("  anna-beispiel: {", "  Anna Beispiel: {"), "cannot be an id; use small letters, digits and hyphens, such as 'anna-beispiel'", 14),
    "id-twice": (("- id: rundgang", "- {id: rundgang, name: Zwei}\n      - id: rundgang"), "given to two things", 25),
    "empty-value": (("title: Ein Halt in Musterstadt", "title:"), "'title' has no value", 2),
    "blank-text": (("title: Ein Halt in Musterstadt", "title: '  '"), "an empty text says nothing", 2),
    "list-for-one": (("published: 2018-05-20", "published: [2018-05-20, 2018-05-21]"), "takes one value, not a list", 5),
    "scalar-for-thing": (("  anna-beispiel: {name: Anna Beispiel}", "  anna-beispiel: Anna"), "a thing with keys of its own", 14),
    "section-scalar": (("tours:\n  mustertour: {name: Mustertour}", "tours: keine"), "holds a list of things by id", 15),
    "mapping-for-text": (("language: de", "language: {de: ja}"), "a single word or text", 3),
    "language-code": (("language: de", "language: Deutsch"), "is not a language code", 3),
    "language-key": (("name: Rundgang", "name: {Deutsch: Rundgang}"), "is not a language code", 25),
    "javascript": (("published:", "url: javascript:alert(1)\npublished:"), "not a web address", 5),
    "bad-iri": (("published:", "url: 'https://e.example/<x>'\npublished:"), "is not an IRI", 5),
    "quote-form": (("quote: Anna Beispiel war Gast", "quote: {text: Anna}"), "a quote is a text, or a mapping with 'words' and 'prefix'", 28),
    "inline-without-id": (("publisher: {id: herausgeber, name", "publisher: {name"), "needs an 'id'", 4),
    "unknown-name": (("who: anna-beispiel", "who: Anna Beispeil"), "nothing is known here as 'Anna Beispeil'", 28),
    "yes-or-no": (("people:", "groups:\n  kinder: {name: Kinder, minors: vielleicht}\npeople:"), "takes yes or no", 14),
    "number": (("people:", "posts:\n  amt: {name: Amt, seats: zwei}\npeople:"), "takes a whole number", 14),
    "key-twice": (("title: Ein", "title: Zwei\ntitle: Ein"), "stands twice (first in line 2)", 3),
    "anchor": (("title: Ein Halt", "title: &t Ein Halt"), "an anchor or alias", 2),
    "tag": (("title: Ein Halt", "title: !!python/name:os.system Ein Halt"), "uses the tag", 2),
    "list-as-key": (("title: Ein Halt in Musterstadt", "[a, b]: c"), "a key must be a word", 2),
    "two-documents": (("title: Ein", "---\ntitle: Ein"), "two documents", 2),
    "not-yaml": (("title: Ein", "title: 'Ein"), "is not YAML", None),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_a_person_is_told(report: Make, name: str) -> None:
    change, sentence, line = WRONG[name]
    with pytest.raises(ReadingError) as caught:
        report(MINIMAL, change)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("probe.yaml")
    assert "\n" not in str(caught.value)
    if line is not None:
        assert caught.value.position is not None
        assert caught.value.position.line == line


def test_an_ambiguous_name_asks_which(report: Make) -> None:
    places = [iri("place/neustadt-1"), iri("place/neustadt-2")]
    registry = Registry(Triple(place, SKOS.prefLabel, Literal("Neustadt", language="de")) for place in places)
    with pytest.raises(ReadingError, match="may be place/neustadt-1, place/neustadt-2; write which one"):
        report(MINIMAL, ("place: musterstadt", "place: Neustadt"), registry=registry)
    made = report(MINIMAL, ("place: musterstadt", "place: place/neustadt-2"), registry=registry)
    assert objects(made, iri("stop/musterstadt-2018"), SCHEMA.location) == {places[1]}


def test_an_alias_bomb_is_refused_before_it_grows(report: Make) -> None:
    bomb = "report: x\na0: &a0 [lol]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
    )
    with pytest.raises(UnsafeInput, match="anchor or alias"):
        report(bomb)


def test_deep_nesting_is_refused(report: Make) -> None:
    with pytest.raises(ReadingError, match="nested deeper"):
        report("report: x\na: " + "[" * 200 + "]" * 200)


def test_not_a_mapping(report: Make) -> None:
    for text, sentence in (
        ("- a\n- b\n", "must begin with keys"),
        ("# nothing\n", "nothing but comments"),
        ("x: 1\n", "single word"),
    ):
        with pytest.raises(ReadingError, match=sentence):
            report(text)


BYTES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "binary": (b"report: x\x00\x01", "binary data"),
    "latin-1": ("report: x\ntitle: Küste\n".encode("latin-1"), "is not UTF-8: line 2 holds the byte 0xfc"),
    "too-large": (b"#" * (MAX_BYTES + 1), "larger than 20 MiB"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_report(tmp_path: Path, name: str) -> None:
    data, sentence = BYTES[name]
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    with pytest.raises(ReadingError, match=re.escape(sentence)) as caught:
        read(path)
    assert caught.value.exit_code == 2
    assert str(path) in str(caught.value)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(report: Make) -> None:
    data = b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode()
    assert read_source(Source("probe.yaml", "application/yaml", data)).triples == report().triples


def test_decomposed_letters_are_composed(report: Make) -> None:
    made = report(MINIMAL, ("title: Ein Halt in Musterstadt", "title: Ku\u0308ste"))
    assert objects(made, made.iri, DCTERMS.term("title")) == {Literal("Küste", language="de")}


def test_a_text_beside_the_report(tmp_path: Path) -> None:
    yaml, _, _ = MINIMAL.partition("text: |")
    (tmp_path / "r.yaml").write_text(yaml + "text: worte.txt\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"'worte.txt' is not there"):
        read(tmp_path / "r.yaml")
    (tmp_path / "worte.txt").write_text("Worte", encoding="utf-8")
    assert read(tmp_path / "r.yaml").text == "Worte"


@pytest.mark.parametrize("name", ["../geheim.txt", "/etc/geheim.txt"])
def test_a_text_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "r.yaml").write_text(f"report: x\ntext: {name}\n")
    with pytest.raises(ReadingError, match="lies outside the folder"):
        read(inner / "r.yaml")


def test_a_text_that_is_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "text.txt").symlink_to(tmp_path / "geheim.txt")
    (inner / "r.yaml").write_text("report: x\ntext: text.txt\n")
    with pytest.raises(ReadingError, match="lies outside the folder"):
        read(inner / "r.yaml")


def test_a_file_that_is_gone_or_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no such file"):
        read(tmp_path / "gone.yaml")
    with pytest.raises(ReadingError, match=r"the ending '.docx' is not one"):
        read(tmp_path / "x.docx")
