from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from conftest import yaml_files
from etappe import resources
from etappe.checking import Gate
from etappe.errors import EtappeError, ReadingError
from etappe.model import DEFAULT_BASE, Outcome, Severity, Source
from etappe.namespaces import ET, SCHEMA
from etappe.questions import ask, question
from etappe.reading import read, read_source
from etappe.reading.archives import Input
from etappe.registry import Registry
from etappe.store.oxigraph import OxigraphStore
from etappe.tables import Note
from etappe.tables.office_holders import read_holder_mapping, registry_from
from tables.support import table

HEAD = "id,name,position,start_date,end_date,type\n"
REGISTRY = """\
registry: kleines
title: Kleines Register
source: erfunden
places:
  musterland: {kind: state, name: Musterland, source: erfunden}
  anderland: {kind: state, name: Anderland, source: erfunden}
organizations:
  ministerium-a: {kind: ministry, name: Ministerium A, jurisdiction: musterland, source: erfunden}
  ministerium-b: {kind: ministry, name: Ministerium B, jurisdiction: anderland, source: erfunden}
posts:
  amt-a: {name: Ministerin für A, role: minister, in: ministerium-a, jurisdiction: musterland, source: erfunden}
  amt-b: {name: Minister für B, role: minister, in: ministerium-b, jurisdiction: anderland, source: erfunden}
people:
  anna-alt: {name: Anna Alt, source: erfunden}
tenures:
  alt-a: {who: anna-alt, post: amt-a, from: 2001-01-01, until: 2002-01-01, source: erfunden}
"""


def known() -> Registry:
    return Registry(read_source(Source("r.yaml", "application/yaml", REGISTRY.encode())).triples)


def drafted(text: str, how: dict[str, Any] | None = None) -> tuple[str, list[str], list[str]]:
    """Document, errors and notes."""
    told = list[EtappeError]()
    mapping = read_holder_mapping(Source("m.json", "application/json", json.dumps(how).encode())) if how else None
    document = registry_from(table(text), mapping, known(), told=told.append)
    errors = [str(error) for error in told if not isinstance(error, Note)]
    return document, errors, [str(note) for note in told if isinstance(note, Note)]


def tenures(*lines: str) -> list[dict[str, str]]:
    """The dates of each tenure of a list with EveryPolitician's columns, read back as RDF."""
    document, errors, _ = drafted(HEAD + "\n".join(lines))
    assert errors == []
    return dates_in(document)


def dates_in(document: str) -> list[dict[str, str]]:
    read_back = read_source(Source("d.yaml", "application/yaml", document.encode()), registry=known())
    names = {SCHEMA.startDate: "from", SCHEMA.endDate: "until", ET.notBefore: "not before", ET.notAfter: "not after"}
    found: dict[str, dict[str, str]] = {}
    for triple in read_back.triples:
        subject = triple.subject
        if isinstance(subject, NamedNode) and "/tenure/" in subject.value:
            dates = found.setdefault(subject.value, {})
            if triple.predicate in names and isinstance(triple.object, Literal):
                dates[names[triple.predicate]] = triple.object.value
    return [found[name] for name in sorted(found)]


def test_columns_of_everypolitician_are_known():
    document, errors, notes = drafted(HEAD + "312be337-8ee6,Bert Neu,Minister für B,2005-11-22,2009-10-28,cabinet\n")
    assert (errors, notes) == ([], [])
    assert 'bert-neu: {name: "Bert Neu", source: "t.csv, row 2"}' in document
    assert (
        'bert-neu-amt-b: {who: "bert-neu", post: "amt-b", from: 2005-11-22, until: 2009-10-28, source: "t.csv, row 2"}'
        in document
    )


@pytest.mark.parametrize(
    "text",
    [
        "Name,Amt,Ministerium,Land,von,bis\nBert Neu,Minister,Ministerium B,Anderland,22.11.2005,28.10.2009\n",
        "Name;Amt;von;bis\nBert Neu;Minister für B;22.11.2005;28.10.2009\n",
        "Person;Funktion;Ressort;seit;bis\nBert Neu;Minister;Ministerium B;22.11.2005;28.10.2009\n",
        "person,office,area,start,end\nBert Neu,Minister für B,Anderland,2005-11-22,2009-10-28\n",
        "name,position,start_date,end_date\nBert Neu,Ministerin für B,2005-11-22T00:00:00Z,2009-10-28T00:00:00Z\n",
    ],
)
def test_other_headings_english_and_german(text):
    document, errors, _ = drafted(text)
    assert errors == []
    assert 'post: "amt-b", from: 2005-11-22, until: 2009-10-28' in document


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2005-11-22", "", {"from": "2005-11-22"}),
        ("2005-11-22", "heute", {"from": "2005-11-22"}),
        ("2005", "", {"from": "2005-12-31", "not before": "2005-01-01"}),
        ("2005-11", "", {"from": "2005-11-30", "not before": "2005-11-01"}),
        ("November 2005", "", {"from": "2005-11-30", "not before": "2005-11-01"}),
        ("2005-11-22", "2009", {"from": "2005-11-22", "until": "2009-01-01", "not after": "2009-12-31"}),
        (
            "2005",
            "2009-02",
            {"from": "2005-12-31", "not before": "2005-01-01", "until": "2009-02-01", "not after": "2009-02-28"},
        ),
        ("2005-05-02", "2005", {"from": "2005-05-02", "until": "2005-05-02", "not after": "2005-12-31"}),
        ("2005", "2005-05-02", {"from": "2005-05-02", "until": "2005-05-02", "not before": "2005-01-01"}),
        ("2005", "2005", {"not before": "2005-01-01", "not after": "2005-12-31"}),
    ],
)
def test_open_and_imprecise_dates(start, end, expected):
    assert tenures(f"1,Bert Neu,Minister für B,{start},{end},cabinet") == [expected]


def test_a_row_without_a_start_is_told():
    document, errors, notes = drafted(HEAD + "1,Bert Neu,Minister für B,,2009-10-28,cabinet\n")
    assert errors == []
    assert "until: 2009-10-28" in document
    assert "from:" not in document
    assert notes == ["t.csv:2: column 'start_date': has no start; the tenure confirms no day"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "1,Bert Neu,Minister für B,2009-10-28,2005-11-22,cabinet",
            "t.csv:2: column 'end_date': ends on 2005-11-22, before it begins on 2009-10-28; correct one",
        ),
        (
            "1,Bert Neu,Minister für C,2005-11-22,,cabinet",
            "t.csv:2: column 'position': names the post 'Minister für C', unknown to the registry; nearest is "
            "'Minister für B'; add it there, or say under 'posts' of the mapping what is meant",
        ),
        ("1,,Minister für B,2005-11-22,,cabinet", "t.csv:2: column 'name': is empty; a tenure needs a person"),
        (
            "1,Bert Neu,Minister für B,gestern,,cabinet",
            "t.csv:2: column 'start_date': 'gestern' is not understood as a date; write it as 2017-07-28 or 28.07.2017",
        ),
        (
            "1,Bert Neu,Minister für B,,,cabinet",
            "t.csv:2: column 'start_date': says neither when it began nor when it ended; give at least one",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_go_on(row, message):
    document, errors, _ = drafted(f"{HEAD}{row}\n2,Clara Fein,Minister für B,2010-01-01,,cabinet\n")
    assert errors == [message]
    assert document.count("who:") == 1


def test_an_end_in_the_year_of_a_later_start_is_no_contradiction():
    assert len(tenures("1,Bert Neu,Minister für B,2009-10-28,2009,cabinet")) == 1


def test_a_missing_column_is_named():
    with pytest.raises(EtappeError, match="has no column 'name'"):
        drafted("id,position,start_date\n1,Minister für B,2005\n")


def test_a_table_without_a_usable_row_is_an_error():
    with pytest.raises(EtappeError, match="unknown to the registry"):
        drafted(HEAD + "1,Bert Neu,Kanzler,2005,,cabinet\n")


def test_the_same_row_twice_counts_once():
    document, errors, notes = drafted(HEAD + "1,Bert Neu,Minister für B,2005,2009,cabinet\n" * 2)
    assert errors == []
    assert notes == ["t.csv:3: says the same as row 2; it was passed over"]
    assert document.count("who:") == 1


def test_a_person_twice_in_one_post_is_two_tenures():
    found = tenures(
        "1,Bert Neu,Minister für B,2005-01-01,2006-01-01,cabinet", "1,Bert Neu,Minister für B,2008-01-01,,cabinet"
    )
    assert [dates["from"] for dates in found] == ["2005-01-01", "2008-01-01"]


def test_a_person_twice_in_one_post_at_once_is_refused():
    _, errors, _ = drafted(
        f"{HEAD}1,Bert Neu,Minister für B,2005-01-01,2007-01-01,cabinet\n1,Bert Neu,Minister für B,2006-01-01,,cabinet\n"
    )
    assert errors == [
        "t.csv:3: column 'name': has 'Bert Neu' in this post while row 2 has so too; correct the times, or give ids if "
        "they are two people"
    ]


def test_two_people_of_one_name_are_told_apart_by_id():
    document, errors, _ = drafted(
        f"{HEAD}x1,Bert Neu,Minister für B,2005-01-01,2007-01-01,c\nx2,Bert Neu,Ministerin für A,2005-01-01,,c\n"
    )
    assert errors == []
    assert "bert-neu-x1: {name" in document
    assert "bert-neu-x2: {name" in document


def test_two_posts_at_once_without_an_id_leave_open_whether_it_is_one_person():
    text = "name,position,start_date,end_date\nBert Neu,Minister für B,2005,2008\nBert Neu,Ministerin für A,2005,2008\n"
    _, errors, _ = drafted(text)
    assert errors == [
        "t.csv:3: column 'name': 'Bert Neu' is in another post in row 2 at the same time; say by an id in a column of its "
        "own whether they are one person"
    ]


def test_one_post_after_the_other_is_one_person():
    text = "name,position,start_date,end_date\nBert Neu,Minister für B,2005,2008\nBert Neu,Ministerin für A,2009,\n"
    document, errors, _ = drafted(text)
    assert errors == []
    assert document.count("bert-neu: {name") == 1


def test_a_row_without_an_id_among_namesakes_is_refused():
    _, errors, _ = drafted(
        f"{HEAD}x1,Bert Neu,Minister für B,2005-01-01,2006-01-01,c\nx2,Bert Neu,Ministerin für A,2005-01-01,2006-01-01,c\n"
        ",Bert Neu,Minister für B,2009-01-01,,c\n"
    )
    assert errors == [
        "t.csv:4: column 'name': 'Bert Neu' has no id and may be any of several people of that name (row 2, row 3); give "
        "the id"
    ]


def test_numbers_of_wikidata_become_references():
    document, _, _ = drafted(HEAD + "Q42,Bert Neu,Minister für B,2005,,c\n")
    assert 'same as: "https://www.wikidata.org/entity/Q42"' in document


def test_a_number_of_wikidata_finds_the_person_of_the_registry_under_any_name():
    numbered = REGISTRY.replace("{name: Anna Alt,", "{name: Anna Alt, same as: http://www.wikidata.org/entity/Q7,")
    registry = Registry(read_source(Source("r.yaml", "application/yaml", numbered.encode())).triples)
    text = registry_from(table(HEAD + "Q7,Anna Neu,Minister für B,2005,,c\n"), None, registry)
    assert 'who: "anna-alt"' in text


def test_a_namesake_of_the_registry_is_told_apart_by_another_id():
    document, _, _ = drafted(f"{HEAD}x1,Anna Alt,Minister für B,2005,,c\nx2,Anna Alt,Ministerin für A,2005,,c\n")
    assert "anna-alt-x1" in document
    assert "anna-alt-x2" in document


def test_who_is_in_the_registry_is_not_described_again():
    document, errors, _ = drafted(HEAD + ",Anna Alt,Ministerin für A,2005-01-01,,c\n")
    assert errors == []
    assert 'who: "anna-alt"' in document
    assert "people:" not in document


def test_a_tenure_of_the_registry_is_not_entered_again():
    document, _, notes = drafted(
        f"{HEAD},Anna Alt,Ministerin für A,2001,2002,c\n,Clara Fein,Ministerin für A,2003,,c\n"
    )
    assert notes == [
        "t.csv:2: has 'Anna Alt', who was taken for person/anna-alt of the registry",
        "t.csv:2: is in the registry already as tenure/alt-a; it was passed over",
    ]
    assert document.count("who:") == 1


COLUMNS = [
    {"name": "Wer", "propertyUrl": "etappe:person"},
    {"name": "Was", "propertyUrl": "etappe:post"},
    {"name": "Von", "propertyUrl": "etappe:start", "datatype": {"base": "date", "format": "d/M/yyyy"}},
    {"name": "Art", "propertyUrl": "etappe:type"},
]


def test_a_mapping_says_what_columns_and_posts_mean():
    how = {
        "tableSchema": {"columns": COLUMNS},
        "etappe": {
            "id": "liste",
            "source": "Amtsblatt",
            "types": ["Kabinett"],
            "posts": {
                "B-Minister": "amt-b",
                "C-Minister": {
                    "id": "amt-c",
                    "name": "Minister für C",
                    "role": "minister",
                    "jurisdiction": "anderland",
                },
            },
        },
    }
    text = "Wer,Was,Von,Art\nBert Neu,B-Minister,3/4/2005,Kabinett\nClara Fein,C-Minister,3/4/2005,Kabinett\nX Y,B-Minister,3/4/2001,Botschaft\n"
    document, errors, notes = drafted(text, how)
    assert errors == []
    assert notes == ["t.csv:4: is of the type 'Botschaft', which the mapping leaves out"]
    assert document.startswith("registry: liste\n")
    assert 'amt-c: {"source": "Amtsblatt", "name": "Minister für C"' in document
    assert 'post: "amt-b", from: 2005-04-03, source: "Amtsblatt; t.csv, row 2"' in document


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"tableSchema": {"columns": COLUMNS[1:]}}, "no column means 'person'"),
        ({"tableSchema": {"columns": [*COLUMNS, COLUMNS[0]]}}, "two columns mean 'person'"),
        ({"tableSchema": {"columns": [{"name": "x", "propertyUrl": "etappe:date"}]}}, "takes one of id, person"),
        ({"tableSchema": {"columns": COLUMNS}, "etappe": {"nix": 1}}, "no key 'nix'"),
        ({"tableSchema": {"columns": COLUMNS}, "etappe": {"posts": {"x": 3}}}, "the post 'x'"),
        ({"tableSchema": {"columns": COLUMNS}, "etappe": {"id": "A B"}}, "cannot be the id"),
        ({}, "'tableSchema' takes keys"),
    ],
)
def test_a_wrong_mapping_is_refused(how, message):
    with pytest.raises(ReadingError, match=message):
        read_holder_mapping(Source("m.json", "application/json", json.dumps(how).encode()))


_BOUNDS = st.sampled_from(["2005", "2006", "2005-06", "2005-06-15", "2006-01-01", "2004-12"])


@given(_BOUNDS, st.one_of(st.just(""), _BOUNDS))
def test_what_is_certain_lies_within_what_is_possible(start, end):
    try:
        found = dates_in(drafted(f"{HEAD}1,Bert Neu,Minister für B,{start},{end},c\n")[0])[0]
    except EtappeError:
        return
    order = [found.get(key) for key in ("not before", "from", "until", "not after")]
    told = [day for day in order if day]
    assert told == sorted(told)


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=4))
def test_any_table_is_taken_or_told(cells):
    text = HEAD + "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in cells)
    try:
        drafted(text)
    except EtappeError as error:
        assert str(error)


# --- the example


@pytest.fixture(scope="module")
def example() -> tuple[str, Registry, OxigraphStore]:
    """The example list as a document, the registry with it, and a store of both."""
    examples = resources.folder("examples")
    triples = {triple for path in yaml_files(examples / "registry") for triple in read(path).triples}
    before = Registry(triples)
    name = examples / "tables" / "office-holders-2010"
    mapping = read_holder_mapping(Source("m.json", "application/json", name.with_suffix(".json").read_bytes()))
    told = list[EtappeError]()
    text = registry_from(
        Source("office-holders-2010.csv", "text/csv", name.with_suffix(".csv").read_bytes()),
        mapping,
        before,
        told=told.append,
    )
    assert told == []
    triples |= read_source(Source("d.yaml", "application/yaml", text.encode()), registry=before).triples
    store = OxigraphStore()
    store.apply({NamedNode(f"{DEFAULT_BASE}/graph/registry"): triples})
    return text, Registry(triples), store


def test_the_example_passes_the_gate(example):
    text, registry, _ = example
    outcome = Gate(frozenset(registry.triples())).check(
        Input("liste.yaml", lambda: Source("liste.yaml", "application/yaml", text.encode()))
    )
    assert isinstance(outcome, Outcome), outcome
    assert outcome.at_least(Severity.VIOLATION) == ()
    # The two people of one name are asked about; the list tells them apart by id.
    assert {finding.code for finding in outcome.at_least(Severity.WARNING)} == {"C25"}


@pytest.mark.parametrize(
    ("person", "day", "confirmed"),
    [
        ("wiebke-osterloh", "2008-12-31", False),  # before the year
        ("wiebke-osterloh", "2009-07-01", False),  # in it: possible, not certain
        ("wiebke-osterloh", "2009-12-31", True),  # its last day
        ("wiebke-osterloh", "2011-05-05", True),
        ("wiebke-osterloh", "2012-06-01", True),  # the first day of the month in which it ended
        ("wiebke-osterloh", "2012-06-15", False),
        ("wiebke-osterloh", "2012-07-01", False),
        ("hinnerk-petersdotter-erf-0002", "2012-06-11", False),
        ("hinnerk-petersdotter-erf-0002", "2012-06-12", True),
        ("hinnerk-petersdotter-erf-0002", "2017-07-02", True),
        ("hinnerk-petersdotter-erf-0002", "2017-07-03", False),
        ("gudrun-sandvoss", "2010-06-01", True),
        ("gudrun-sandvoss", "2012-06-01", False),  # between her two tenures
        ("gudrun-sandvoss", "2014-06-01", True),
        ("bruno-kattwinkel", "2011-06-01", True),
        ("bruno-kattwinkel", "2012-06-01", False),
    ],
)
def test_only_days_that_the_whole_range_covers_are_confirmed(example, person, day, confirmed):
    _, _, store = example
    answer = ask(store, DEFAULT_BASE, question("CQ06"), {"person": person, "day": day}, "en")
    states = [row.cells[4].text for row in answer.rows]
    assert ("confirmed" in states) is confirmed, states
