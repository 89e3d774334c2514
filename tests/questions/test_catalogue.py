"""The catalogue: complete headers, parameters that are only values, answers that can be explained, forms that are standard."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, parse_query_results

from etappe.errors import NotFound, UsageError
from etappe.model import DEFAULT_BASE
from etappe.namespaces import FOAF
from etappe.questions import Cell, Question, Row, Table, ask, bound_query, catalogue, question, table_of
from etappe.questions.catalogue import TYPES
from etappe.questions.formats import heads_and_texts, serialise
from etappe.store import Bindings
from etappe.store.oxigraph import OxigraphStore

every_question = pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)
VALUES = {"person": "christian-pegel", "other": "oscar-schroeder", "day": "2017-07-28", "publisher": "netzbuero-nord"}
PEGEL = {"person": "christian-pegel"}


@every_question
def test_the_header_is_complete_in_both_languages(entry: Question) -> None:
    assert re.fullmatch(r"CQ\d\d", entry.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.name)
    assert set(entry.users) <= {"analyst", "partner", "validator"}
    assert entry.users
    assert all(entry.titles[language].endswith("?") for language in ("de", "en"))
    for part in (*entry.parameters, *entry.columns):
        assert part.labels["de"]
        assert part.labels["en"]
    assert {parameter.type for parameter in entry.parameters} <= set(TYPES)


@every_question
def test_an_answer_does_not_depend_on_the_order_in_which_a_store_holds_its_triples(
    entry: Question, campaign: OxigraphStore
) -> None:
    if entry.compares:
        pytest.skip("asked of an archive")
    backwards = OxigraphStore()
    for graph in reversed(campaign.graphs()):
        backwards.apply({graph: sorted(campaign.triples(graph), key=str, reverse=True)})
    given = {parameter.name: VALUES[parameter.name] for parameter in entry.parameters if parameter.required}
    expected, found = (ask(store, DEFAULT_BASE, entry, given, "en", explain=True) for store in (campaign, backwards))
    assert found == expected


@every_question
def test_the_query_binds_its_parameters_and_names_its_basis(entry: Question, stralsund: OxigraphStore) -> None:
    blocks = re.findall(r"VALUES \(([^()]*)\) \{ \(([^()]*)\) \}", entry.sparql)
    bound: set[str] = set()
    for variables, values in blocks:
        bound |= set(variables.replace("?", "").split())
        assert set(values.split()) == {"UNDEF"}
    days = {"since", "until"} if entry.compares else set()
    around = {"change", "why"} if entry.compares else set()
    assert bound - {"language"} == {parameter.name for parameter in entry.parameters} - days
    answer = stralsund.query(entry.sparql)
    assert isinstance(answer, Bindings)
    assert set(answer.variables) == {column.name for column in entry.columns} - around | {"basis"}


@every_question
def test_optional_stands_after_what_is_required(entry: Question) -> None:
    """Oxigraph never reorders OPTIONAL: a triple pattern after it costs dearly."""
    depth_of_optional: list[int] = []
    depth = 0
    for line in entry.sparql.splitlines():
        line = line.strip()
        if depth in depth_of_optional and re.match(r"\?\w+ (a |[a-z]+:)", line):
            pytest.fail(f"a pattern after OPTIONAL: {line}")
        if line.startswith("OPTIONAL"):
            depth_of_optional.append(depth)
        depth += line.count("{") - line.count("}")
        depth_of_optional = [d for d in depth_of_optional if d <= depth]
        if line.startswith("} UNION"):
            depth_of_optional = [d for d in depth_of_optional if d < depth]


def test_a_question_is_found_by_number_and_name() -> None:
    assert question("CQ01") is question("1") is question("cq01") is question("ministers-at-stops")
    with pytest.raises(NotFound, match="nearest are: ministers-at-stops"):
        question("minister-at-stop")
    with pytest.raises(NotFound, match="lists them all"):
        question("999")


WRONG = {
    "unknown": ("CQ04", PEGEL | {"stpo": "x"}, "no parameter 'stpo'; it has: person, stop"),
    "none to give": ("CQ25", {"x": "y"}, "it has: stop, tour"),
    "missing": ("CQ04", {}, r"needs --person \(person\)"),
    "date": ("CQ01", {"from": "28.07.2017"}, "takes a date such as 2017-07-28"),
    "kind": ("CQ04", {"person": "Stralsund"}, "a person is asked for"),
    "other kind": ("CQ04", {"person": "Digitack GmbH"}, "a person is asked for; 'Digitack GmbH' is"),
    "nobody": ("CQ04", {"person": "Christian Pegl"}, "nearest are: Christian Pegel"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_parameters_are_told_so(stralsund: OxigraphStore, name: str) -> None:
    number, parameters, sentence = WRONG[name]
    with pytest.raises(UsageError, match=sentence):
        ask(stralsund, DEFAULT_BASE, question(number), parameters)


@pytest.mark.parametrize(
    "form",
    ["christian-pegel", "person/christian-pegel", "Christian Pegel", f"{DEFAULT_BASE}/id/person/christian-pegel"],
)
def test_a_thing_is_named_in_several_ways(stralsund: OxigraphStore, form: str) -> None:
    assert len(ask(stralsund, DEFAULT_BASE, question("CQ04"), {"person": form}).rows) == 5


@pytest.mark.parametrize(
    "value", ['x" } DROP ALL #', "x> ) } SELECT * { (<x", "UNDEF) } ?s ?p ?o . VALUES (?x) { (1", "{}", "\\u0022"]
)
def test_a_value_is_nothing_but_a_value(stralsund: OxigraphStore, value: str) -> None:
    for name in ("person", "stop", "land", "from"):
        with pytest.raises(UsageError):
            ask(stralsund, DEFAULT_BASE, question("CQ01"), {name: value})


def test_a_hostile_name_in_the_graph_stays_a_name() -> None:
    name = 'Eve" } ; DROP ALL # {'
    iri = NamedNode(f"{DEFAULT_BASE}/id/person/eve")
    store = OxigraphStore()
    from pyoxigraph import Triple

    graph = NamedNode(f"{DEFAULT_BASE}/graph/report/x/1")
    store.apply(
        {
            graph: [
                Triple(iri, FOAF.name, Literal(name)),
                Triple(iri, FOAF.knows, FOAF.Person),
                Triple(iri, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), FOAF.Person),
            ]
        }
    )
    text = bound_query(store, DEFAULT_BASE, question("CQ04"), {"person": name})
    assert f"VALUES (?person ?stop) {{ ({iri} UNDEF) }}" in text
    assert ask(store, DEFAULT_BASE, question("CQ04"), {"person": name}).rows == ()


def test_dates_bound_on_both_sides(campaign: OxigraphStore) -> None:
    def days(**parameters: str) -> list[str]:
        return [row.cells[4].text for row in ask(campaign, DEFAULT_BASE, question("CQ01"), parameters).rows]

    everything = days()
    assert days(**{"from": "2018-01-01", "to": "2018-12-31"}) == [day for day in everything if day.startswith("2018")]
    assert days(**{"from": "2017-07-28", "to": "2017-07-28"}) == ["2017-07-28"]
    assert days(land="mecklenburg-vorpommern") == ["2017-07-28"]


def test_heads_and_labels_in_german(stralsund: OxigraphStore) -> None:
    table = ask(stralsund, DEFAULT_BASE, question("CQ07"), {}, "de")
    assert table.title == "Was war das Programm, der Reihe nach?"
    assert table.heads[2] == "Tageszeit"
    assert [cell.text for cell in table.rows[0].cells][2:5] == [
        "nicht angegeben",
        "Informationsmobil vor dem Strelapark",
        "öffentliche Vorführung",
    ]


def test_an_explanation_names_report_words_and_certainty(stralsund: OxigraphStore) -> None:
    (row,) = ask(stralsund, DEFAULT_BASE, question("CQ01"), {}, "en", explain=True).rows
    (reason,) = row.explanations
    assert reason.report == f"{DEFAULT_BASE}/id/report/stralsund-2017"
    assert reason.certainty == "stated"
    assert reason.quotes[0].startswith("Als Gast im Informationsmobil")
    boreus = ask(stralsund, DEFAULT_BASE, question("CQ04"), PEGEL, "en", explain=True).rows[-1]
    assert boreus.explanations == ()


@pytest.fixture
def table() -> Table:
    person = NamedNode("https://etappe.example/id/person/a")
    return Table(
        "T",
        ("who", "n", "several", "said"),
        ("Who", "N", "Several", "Said"),
        (
            Row(
                (
                    Cell((person,), 'A | "B"'),
                    Cell((Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),), "1"),
                    Cell((person, FOAF.name), "A; name"),
                    Cell((Literal("a\tb\n<c>", language="de"),), "a\tb\n<c>"),
                )
            ),
            Row((Cell((), ""), Cell((), ""), Cell((), ""), Cell((), ""))),
        ),
    )


def test_json_xml_and_tsv_are_read_by_others(table: Table) -> None:
    for form, results in (
        ("json", QueryResultsFormat.JSON),
        ("xml", QueryResultsFormat.XML),
        ("tsv", QueryResultsFormat.TSV),
    ):
        solutions = parse_query_results(serialise(table, form).encode(), format=results)
        names = [variable.value for variable in solutions.variables]
        assert names == ["who", "whoLabel", "n", "several", "severalLabel", "said"]
        first, second = list(solutions)
        assert first["who"] == table.rows[0].cells[0].terms[0]
        assert first["whoLabel"] == Literal('A | "B"')
        assert first["said"] == Literal("a\tb\n<c>", language="de")
        assert first["n"].value == "1"
        assert second["who"] is None


def test_csv_is_plain_values(table: Table) -> None:
    heads, first, second = list(csv.reader(io.StringIO(serialise(table, "csv"), newline="")))
    assert heads == ["who", "whoLabel", "n", "several", "severalLabel", "said"]
    assert first[5] == "a\tb\n<c>"
    assert second == [""] * 6


def test_markdown_escapes_what_means_something_there(table: Table) -> None:
    lines = serialise(table, "markdown").splitlines()
    assert lines[0] == "| Who | N | Several | Said |"
    assert lines[2] == '| A \\| "B" | 1 | A; name | a b &lt;c&gt; |'


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "markdown"])
def test_explanations_travel_in_every_form(stralsund: OxigraphStore, form: str) -> None:
    text = serialise(ask(stralsund, DEFAULT_BASE, question("CQ01"), {}, explain=True), form)
    assert "Als Gast im Informationsmobil" in text
    assert "stated" in text


def test_control_signs_do_not_break_xml() -> None:
    table = Table("", ("x",), ("x",), (Row((Cell((Literal("a\x01b"),), "a\x01b"),)),))
    ElementTree.fromstring(serialise(table, "xml"))
    json.loads(serialise(table, "json"))


def test_free_sparql_gets_labels(stralsund: OxigraphStore) -> None:
    answer = stralsund.query("SELECT ?p ?n ?none { ?p <http://xmlns.com/foaf/0.1/name> ?n } ORDER BY ?n LIMIT 1")
    assert isinstance(answer, Bindings)
    (row,) = table_of(stralsund, answer, "de").rows
    assert [cell.text for cell in row.cells] == ["Andreas Silberbach", "Andreas Silberbach", ""]


def test_heads_of_explanations_only_where_there_are_some(stralsund: OxigraphStore) -> None:
    heads = ("report", "certainty", "quote")
    plain = ask(stralsund, DEFAULT_BASE, question("CQ01"), {})
    assert len(heads_and_texts(plain, heads)[0]) == 5
    explained = ask(stralsund, DEFAULT_BASE, question("CQ01"), {}, explain=True)
    assert heads_and_texts(explained, heads)[0][-3:] == list(heads)
