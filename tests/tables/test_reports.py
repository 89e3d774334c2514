"""Reports made of rows: they pass the gate, each fact leads back to its cell, and nothing is guessed."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etappe import resources
from etappe.errors import EtappeError
from etappe.model import DEFAULT_BASE, Profile, Report, Severity, Source
from etappe.namespaces import OA
from etappe.reading import read_source
from etappe.registry import Registry
from etappe.tables import Mapping, Note, read_mapping, reports
from etappe.validation.reports import validate
from tables.support import COLUMNS, mapping, table, workbook

EXAMPLES = resources.folder("examples") / "tables"
REGISTRY = """\
registry: probe
title: Register
language: de
source: erfunden
places:
  deutschland: {kind: country, name: Deutschland}
  musterland: {kind: state, name: Musterland, in: deutschland}
  musterstadt: {kind: city, name: Musterstadt, in: musterland}
  nebenstadt: {kind: city, name: Nebenstadt, in: musterland}
organizations:
  ministerium: {kind: ministry, name: Musterministerium, level: land, jurisdiction: musterland}
  netz-gmbh: {name: Netz GmbH, legal form: GmbH}
posts:
  ministeramt: {name: Musterministerin, role: minister, in: ministerium, jurisdiction: musterland, portfolio: [energy]}
people:
  anna-beispiel: {name: Anna Beispiel}
  clara-probe: {name: Clara Probe}
tenures:
  t1: {who: anna-beispiel, post: ministeramt, role: minister, from: 2015-01-01}
"""
HEAD = "Datum|Ort|Termin|Firmen|Gäste|Teilnehmer\n"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(read_source(Source("r.yaml", "application/yaml", REGISTRY.encode())).triples)


def made(source: Source, registry: Registry, how: Mapping | None = None) -> tuple[dict[str, str], list[str], list[str]]:
    """Texts of the reports by id, errors and notes."""
    found: list[tuple[str, str] | EtappeError] = list(reports(source, how or mapping(), registry, DEFAULT_BASE))
    texts = [item for item in found if isinstance(item, tuple)]
    assert len({identifier for identifier, _ in texts}) == len(texts)
    errors = [str(item) for item in found if isinstance(item, EtappeError) and not isinstance(item, Note)]
    return dict(texts), errors, [str(item) for item in found if isinstance(item, Note)]


def accepted(identifier: str, text: str, registry: Registry) -> Report:
    """The report, which passes the gate."""
    report = read_source(Source(f"{identifier}.yaml", "application/yaml", text.encode()), registry=registry)
    assert report.slug == identifier
    found = validate(report, registry, Profile.INGEST).at_least(Severity.VIOLATION)
    assert not found, [finding.messages["en"] for finding in found]
    return report


def one(row: str, registry: Registry, how: Mapping | None = None) -> str:
    texts, errors, _ = made(table(HEAD + row + "\n"), registry, how)
    assert not errors
    ((identifier, text),) = texts.items()
    accepted(identifier, text, registry)
    return text


# --- the examples


@pytest.mark.parametrize(("name", "count", "notes"), [("diary-aarfeld-2018", 4, 2), ("register-thueringen-2019", 4, 2)])
def test_the_examples_pass_the_gate(name: str, count: int, notes: int, example_registry: Registry) -> None:
    source = Source(f"{name}.csv", "text/csv", (EXAMPLES / f"{name}.csv").read_bytes())
    how = read_mapping(Source(f"{name}.json", "application/json", (EXAMPLES / f"{name}.json").read_bytes()))
    texts, errors, told = made(source, example_registry, how)
    assert not errors
    assert (len(texts), len(told)) == (count, notes)
    for identifier, text in texts.items():
        report = accepted(identifier, text, example_registry)
        outcome = validate(report, example_registry, Profile.INGEST)
        assert not outcome.at_least(Severity.WARNING), [finding.messages["en"] for finding in outcome.findings]
        assert "nvented" in text or "rfunden" in text


# --- what a row says


def test_each_fact_leads_back_to_its_cell(registry: Registry) -> None:
    text = one("Mi, 12.10.2016|Musterstadt|Rundgang|Netz GmbH; Neue AG|Jo Muster (Netz GmbH)|", registry)
    assert (
        "  t.csv, row 2\n  Datum | Ort | Termin | Firmen | Gäste | Teilnehmer\n  Mi, 12.10.2016 | Musterstadt |" in text
    )
    assert 'quote: ["Mi, 12.10.2016", "Musterstadt", "Rundgang"]' in text
    assert "weekday: wednesday" in text
    assert '{who: "organization/netz-gmbh", role: "interlocutor", certainty: stated, quote: ' in text
    assert 'neue-ag: {name: "Neue AG", legal form: "AG", certainty: stated, quote: "Neue AG"}' in text
    assert (
        '{who: "person/jo-muster-liste", role: "interlocutor", for: "organization/netz-gmbh", certainty: stated' in text
    )


def test_words_that_stand_twice_are_told_apart(registry: Registry) -> None:
    texts, _, _ = made(table(HEAD + "12.10.2016|Musterstadt|Musterstadt|Netz GmbH|Ort|\n"), registry)
    ((identifier, text),) = texts.items()
    report = accepted(identifier, text, registry)
    starts = {t.object.value for t in report.triples if t.predicate == OA.start}
    assert len(starts) == sum(t.predicate == OA.hasSource for t in report.triples) >= 4


def test_a_diary_names_its_minister_in_its_heading(registry: Registry) -> None:
    how = mapping(title="Termine von Ministerin Anna Beispiel", minister="Anna Beispiel", office="Musterministerin")
    text = one("12.10.2016|Musterstadt|Rundgang|||", registry, how)
    assert (
        'who: "person/anna-beispiel", role: "interlocutor", office: "ministeramt", certainty: stated, quote: "Termine'
        in text
    )


def test_a_heading_that_names_nobody_proves_no_presence(registry: Registry) -> None:
    how = mapping(title="Termine", minister="Anna Beispiel")
    texts, errors, _ = made(table(HEAD + "12.10.2016|Musterstadt|A|||\n13.10.2016|Musterstadt|B|||\n"), registry, how)
    assert not texts
    assert len(errors) == 1
    assert "t.csv: says nowhere above its rows that it is the list of Anna Beispiel" in errors[0]


def test_what_is_planned_is_announced(registry: Registry) -> None:
    how = mapping(status="scheduled", title="Termine von Anna Beispiel", minister="Anna Beispiel")
    text = one("12.10.2019|Musterstadt|Rundgang|Netz GmbH||", registry, how)
    assert "status: scheduled" in text
    assert "announced:" in text
    assert "present:" not in text


@pytest.mark.parametrize(
    "row",
    [
        "12.10.2016|Musterstadt|Rundgang (abgesagt)|Netz GmbH||",
        "12.10.2016|Musterstadt|Meeting cancelled|Netz GmbH||",
        "12.10.2016|Musterstadt|Rundgang, vertreten durch die Staatssekretärin|Netz GmbH||",
        "12.10.2016|Musterstadt|Rundgang verschoben|Netz GmbH||",
    ],
)
def test_what_may_not_have_been_makes_no_report(row: str, registry: Registry) -> None:
    texts, errors, notes = made(table(HEAD + row + "\n"), registry)
    assert not texts
    assert not errors
    assert "t.csv:2: column 'Termin': says " in notes[0]


def test_rows_that_hang_on_a_doubtful_one_are_passed_over_too(registry: Registry) -> None:
    columns = [{**COLUMNS[0], "fillDown": True}, {**COLUMNS[1], "fillDown": True}, *COLUMNS[2:4]]
    text = (
        HEAD + "12.10.2016|Musterstadt|Rundgang abgesagt|Netz GmbH||\n|||Neue AG||\n13.10.2016|Musterstadt|B|A AG||\n"
    )
    texts, _, notes = made(table(text), registry, mapping(columns))
    assert len(texts) == 1
    assert "belongs to row 2" in notes[1]


def test_somebody_excused_is_left_out(registry: Registry) -> None:
    texts, _, notes = made(table(HEAD + "12.10.2016|Musterstadt|A||Clara Probe (entschuldigt); Jo Muster|\n"), registry)
    (text,) = texts.values()
    assert "person/clara-probe" not in text
    assert "person/jo-muster-liste" in text
    assert "says 'entschuldigt' of 'Clara Probe (entschuldigt)'" in notes[0]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("Netz GmbH", "organization/netz-gmbh"),
        ("Ganz Neue Werke AG", "organization/ganz-neue-werke-ag"),
        ("Deutscher Musterverband", "organization/deutscher-musterverband"),
        ("Frau Dr. Eva Muster", "person/eva-muster-liste"),
        ("Eva Muster (Netz GmbH)", "person/eva-muster-liste"),
        ("Clara Probe", "person/clara-probe"),
        ("Vertreter der Gewerkschaften", "group/vertreter-der-gewerkschaften"),
        ("Eva Muster", None),  # or a firm of that name
        ("Blaues Wunder", None),
        ("Vorsitzende des Musterverbands", None),
    ],
)
def test_mixed_lists_say_who_is_certain_and_leave_out_the_rest(
    part: str, wanted: str | None, registry: Registry
) -> None:
    texts, _, notes = made(table(f"{HEAD}12.10.2016|Musterstadt|A|||{part}\n"), registry)
    (text,) = texts.values()
    if wanted is None:
        assert "who:" not in text
        assert f"column 'Teilnehmer': '{part}' may be a person or an organisation, and was left out" in notes[0]
    else:
        assert f'who: "{wanted}"' in text


def test_people_of_the_same_name_in_two_lists_stay_two(registry: Registry) -> None:
    row = "12.10.2016|Musterstadt|A||Jo Muster|"
    assert "person/jo-muster-liste" in one(row, registry)
    assert "person/jo-muster-andere" in one(row, registry, mapping(id="andere"))


def test_an_id_of_the_registry_is_never_given_to_something_else(registry: Registry) -> None:
    text = one("12.10.2016|Musterstadt|A|Netz & GmbH||", registry)
    assert 'netz-gmbh-x: {name: "Netz & GmbH"' in text


def test_long_and_foreign_names_have_ids_of_their_own(registry: Registry) -> None:
    long = "Verband der " + "sehr " * 12 + "langen Namen"
    text = one(f"12.10.2016|Musterstadt|A|{long} Nord; {long} Süd; Σύλλογος; Όμιλος||", registry)
    assert text.count("role:") == 4


# --- places


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("Musterstadt", 'place: "musterstadt"'),
        ("Haus am Markt, Musterstadt", 'in: "musterstadt"'),
        ("Musterstadt (Rathaus)", 'in: "musterstadt"'),
        ("Amtssitz", 'place: "musterstadt"'),
        ("Amtssitz, Saal 3", 'in: "musterstadt"'),
        ("", 'place: "nebenstadt"'),
        ("-", 'place: "nebenstadt"'),
    ],
)
def test_places(printed: str, wanted: str, registry: Registry) -> None:
    how = mapping(place="Nebenstadt", places={"Amtssitz": "Musterstadt"})
    assert wanted in one(f"12.10.2016|{printed}|A|Netz GmbH||", registry, how)


@pytest.mark.parametrize(
    ("printed", "told"),
    [("Irgendwo", "'Irgendwo' is not known"), ("Musterstadt/Nebenstadt", "may lie in musterstadt or nebenstadt")],
)
def test_an_unknown_place_is_told_with_row_and_column(printed: str, told: str, registry: Registry) -> None:
    text = f"{HEAD}12.10.2016|{printed}|A|||\n13.10.2016|Musterstadt|B|||\n"
    texts, errors, _ = made(table(text), registry)
    assert len(texts) == 1
    assert errors[0].startswith("t.csv:2: column 'Ort': the place ")
    assert told in errors[0]


def test_a_place_that_is_none_is_left_to_the_gate(registry: Registry) -> None:
    texts, _, _ = made(table(HEAD + "12.10.2016|Telefon|A|||\n"), registry, mapping(places={"Telefon": None}))
    (text,) = texts.values()
    assert "place:" not in text
    outcome = validate(read_source(Source("a.yaml", "application/yaml", text.encode()), registry=registry), registry)
    assert {finding.code for finding in outcome.at_least(Severity.VIOLATION)} == {"C08"}


# --- dates


def test_a_month_is_a_window_and_stays_a_draft(registry: Registry) -> None:
    columns = [{**COLUMNS[0], "datatype": {"base": "date", "format": "MMM-yy"}}, *COLUMNS[1:]]
    texts, _, _ = made(table(HEAD + "Oct-12|Musterstadt|A|||\n"), registry, mapping(columns))
    (text,) = texts.values()
    assert "date: {not before: 2012-10-01, not after: 2012-10-31, basis: inferred}" in text
    report = read_source(Source("a.yaml", "application/yaml", text.encode()), registry=registry)
    assert {f.code for f in validate(report, registry).at_least(Severity.VIOLATION)} == {"C06"}
    assert validate(report, registry, Profile.DRAFT).conforms


def test_a_wrong_date_does_not_stop_the_others(registry: Registry) -> None:
    texts, errors, _ = made(
        table(HEAD + "31.02.2016|Musterstadt|A|||\n|Musterstadt|B|||\n12.10.2016|Musterstadt|C|||\n"), registry
    )
    assert len(texts) == 1
    assert errors == [
        "t.csv:2: column 'Datum': '31.02.2016' is not a day of the calendar; correct it",
        "t.csv:3: column 'Datum': is empty; without a day there is no report",
    ]


def test_dates_and_numbers_of_a_workbook(registry: Registry) -> None:
    lines: list[list[Any]] = [["Datum", "Ort"], [datetime(2016, 10, 12), "Musterstadt"], [42655, "Musterstadt"]]
    texts, errors, _ = made(workbook([*lines, [2016, "Musterstadt"]]), registry)
    assert [text.count("date: 2016-10-12\n") for text in texts.values()] == [1, 1]
    assert "t.xlsx!Blatt 1:4: column 'Datum': '2016' is not understood" in errors[0]
    for identifier, text in texts.items():
        accepted(identifier, text, registry)


# --- one report for several rows


def test_rows_of_one_meeting_and_of_one_day(registry: Registry) -> None:
    text = HEAD + (
        "12.10.2016|Musterstadt|A|Netz GmbH||\n12.10.2016|Musterstadt|A|Neue AG; Netz GmbH||\n"
        "12.10.2016|Musterstadt|B|Netz GmbH||\n13.10.2016|Musterstadt|B|Netz GmbH||\n"
    )
    for unit, count, stops in (("row", 4, [1, 1, 1, 1]), ("meeting", 3, [1, 1, 1]), ("day", 2, [2, 1])):
        texts, errors, _ = made(table(text), registry, mapping(report=unit))
        assert not errors
        assert len(texts) == count
        assert [item.count("    name: ") for item in texts.values()] == stops
        for identifier, item in texts.items():
            accepted(identifier, item, registry)


def test_ids_stay_when_a_row_is_put_in_before(registry: Registry) -> None:
    before, _, _ = made(table(HEAD + "12.10.2016|Musterstadt|A|||\n" * 2), registry)
    after, _, _ = made(table(HEAD + "11.10.2016|Musterstadt|Neu|||\n" + "12.10.2016|Musterstadt|A|||\n" * 2), registry)
    assert list(after)[1:] == list(before)


# --- the minister's column


def test_ministers_by_row(registry: Registry) -> None:
    columns = [{"titles": "Minister", "propertyUrl": "minister"}, *COLUMNS[:2]]
    head = "Minister|Datum|Ort\n"
    for printed in ("Anna Beispiel, Musterministerin", "Musterministerin, Anna Beispiel", "Rt Hon Anna Beispiel MP"):
        texts, errors, _ = made(
            table(f"{head}{printed}|12.10.2016|Musterstadt\n".replace("|", ";")), registry, mapping(columns)
        )
        assert not errors
        ((identifier, text),) = texts.items()
        assert 'who: "person/anna-beispiel"' in text
        assert ('office: "ministeramt"' in text) == ("," in printed)
        accepted(identifier, text, registry)
    _, errors, _ = made(
        table(head + "|12.10.2016|Musterstadt\nalle|12.10.2016|Musterstadt\n"), registry, mapping(columns)
    )
    assert "t.csv:2: column 'Minister': is empty; name the minister" in errors[0]
    assert "t.csv:3: column 'Minister': 'alle' is not the name of a person" in errors[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"place": "Atlantis"}, "m.json: names the place 'Atlantis'"),
        ({"office": "König"}, "m.json: names the office 'König'"),
        ({"campaign": "unbekannt"}, "m.json: names the campaign 'unbekannt'"),
        ({"publisher": "Niemand"}, "m.json: names the organization 'Niemand'"),
        ({"minister": "niemand"}, "m.json: names the minister 'niemand'"),
    ],
)
def test_what_the_mapping_names_is_known(change: dict[str, Any], told: str, registry: Registry) -> None:
    texts, errors, _ = made(table(HEAD + "12.10.2016|Musterstadt|A|||\n"), registry, mapping(**change))
    assert not texts
    assert errors[0].startswith(told)


# --- any text in any cell


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELL, min_size=4, max_size=4))
def test_whatever_stands_in_a_cell_the_report_can_be_read(cells: list[str], registry: Registry) -> None:
    held = io.StringIO()
    writer = csv.writer(held, delimiter="|", quoting=csv.QUOTE_ALL)
    writer.writerow(HEAD.strip().split("|"))
    writer.writerow(["12.10.2016", "Musterstadt", *(cell.replace("\x00", "") for cell in cells)])
    for identifier, text in made(table(held.getvalue()), registry)[0].items():
        accepted(identifier, text, registry)


def test_many_rows_take_little_time(registry: Registry) -> None:
    text = HEAD + "".join(f"12.10.2016|Musterstadt|A {n}|Netz GmbH; Firma {n} AG|Jo Muster|\n" for n in range(1_000))
    assert len(made(table(text), registry)[0]) == 1_000
