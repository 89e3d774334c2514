"""The catalogue over HTTP: the library's answers in every form, parameters that are values, pages, documents."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from starlette.testclient import TestClient

from etappe.answering import answer
from etappe.model import DEFAULT_BASE
from etappe.questions import Question, Table, bound_query, catalogue, question
from etappe.questions.formats import serialise
from etappe.workspace import open_workspace
from etappe_api.questions.forms import ANSWERS
from etappe_api.questions.paging import pages
from etappe_api.questions.parameters import COMMON, LONGEST

every_question = pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)

MINISTERS = "/questions/ministers-at-stops"
#: A value for each parameter that must be given.
VALUES = {
    "person": "christian-pegel",
    "other": "oscar-schroeder",
    "day": "2017-07-28",
    "since": "2017-07-28",
    "publisher": "netzbuero-nord",
}
HOSTILE = (
    '" } DROP ALL #',
    "' . ?s ?p ?o } #",
    "UNDEF) } VALUES (?person ?land) { (UNDEF",
    "<http://x> } INSERT DATA { <a:b> <a:b> <a:b> } #",
    '\\u0022\\"\n}\r\n{ ?x ?y ?z }',
    "${7*7}{{7*7}}%s",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "https://etappe.example/id/person/x> <y",
)


def required(entry: Question) -> dict[str, str]:
    return {parameter.name: VALUES[parameter.name] for parameter in entry.parameters if parameter.required}


@cache
def of_library(campaign: Path, number: str, language: str = "en", *, explain: bool = False) -> Table:
    entry = question(number)
    with open_workspace(campaign) as workspace:
        archive, store = workspace.archive, workspace.store
        return answer(archive, store, DEFAULT_BASE, entry, required(entry), language, explain=explain, folder=campaign)


# --- the answers are those of the library


@every_question
def test_every_form_is_the_answer_of_the_library(client: TestClient, campaign: Path, entry: Question) -> None:
    language = "en" if int(entry.id[2:]) % 2 else "de"
    expected = of_library(campaign, entry.id, language, explain=True)
    forms = [form for form in ANSWERS if form.library]
    for form in forms:
        query = {**required(entry), "lang": language, "explain": "true"}
        got = client.get(f"/questions/{entry.name}.{form.suffix}", params=query)
        assert got.status_code == 200, got.text
        assert got.text == serialise(expected, form.library)
        assert got.headers["content-type"].partition(";")[0] == form.media_type


@every_question
def test_plain_json_holds_every_cell(client: TestClient, campaign: Path, entry: Question) -> None:
    expected = of_library(campaign, entry.id)
    got = client.get(f"/questions/{entry.name}", params=required(entry)).json()
    assert got["total"] == len(expected.rows) == len(got["rows"])
    for row, library_row in zip(got["rows"], expected.rows, strict=True):
        for column, cell in zip(entry.columns, library_row.cells, strict=True):
            found = row["cells"][column.name]
            found = found if column.many else [found] if found else []
            assert [item.get("iri", item.get("value")) for item in found] == [term.value for term in cell.terms]
            assert "; ".join(item["label"] for item in found) == cell.text


@every_question
def test_the_page_has_a_table_where_there_are_rows(client: TestClient, campaign: Path, entry: Question) -> None:
    page = client.get(f"/questions/{entry.name}", params=required(entry), headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert ("<table>" in page.text) is bool(of_library(campaign, entry.id).rows)


@every_question
def test_the_sparql_text_is_the_bound_query(client: TestClient, campaign: Path, entry: Question) -> None:
    got = client.get(f"/questions/{entry.name}.rq", params=required(entry) | {"lang": "de"})
    with open_workspace(campaign) as workspace:
        assert got.text == bound_query(workspace.store, DEFAULT_BASE, entry, required(entry), "de")
    accepted = client.get(
        f"/questions/{entry.name}",
        params=required(entry) | {"lang": "de"},
        headers={"Accept": "application/sparql-query"},
    )
    assert accepted.text == got.text
    assert accepted.headers["content-type"] == "application/sparql-query"


def test_explanations_come_when_they_are_asked_for(client: TestClient) -> None:
    query = {"person": "christian-pegel", "explain": "true"}
    (row,) = client.get(MINISTERS, params=query).json()["rows"]
    (reason,) = row["explanations"]
    assert reason["report"] == f"{DEFAULT_BASE}/id/report/stralsund-2017"
    assert any("Pegel" in said for said in reason["quotes"])
    assert "explanations" not in client.get(MINISTERS, params={"person": "christian-pegel"}).json()["rows"][0]


# --- which form


@pytest.mark.parametrize("form", ANSWERS, ids=lambda form: form.suffix)
def test_suffix_format_and_accept_lead_to_the_same_form(client: TestClient, form) -> None:
    query = {"lang": "en", "person": "christian-pegel"}
    by_suffix = client.get(f"{MINISTERS}.{form.suffix}", params=query)
    by_accept = client.get(MINISTERS, params=query, headers={"Accept": form.media_type})
    by_parameter = client.get(MINISTERS, params=query | {"format": form.suffix})
    assert by_suffix.status_code == by_accept.status_code == by_parameter.status_code == 200
    types = {answer.headers["content-type"] for answer in (by_suffix, by_accept, by_parameter)}
    assert {media_type.partition(";")[0] for media_type in types} == {form.media_type}
    if form.suffix not in ("html", "json"):
        assert by_suffix.content == by_accept.content == by_parameter.content


def test_a_browser_gets_a_page_and_a_program_json(client: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get(MINISTERS, headers={"Accept": browser}).headers["content-type"].startswith("text/html")
    assert client.get(MINISTERS, headers={"Accept": "*/*"}).headers["content-type"] == "application/json"
    xml = client.get(MINISTERS, headers={"Accept": "application/xml"})
    assert xml.headers["content-type"].partition(";")[0] == "application/xml"
    assert client.get(MINISTERS, headers={"Accept": "image/png"}).status_code == 406


def test_standard_readers_understand_the_standard_forms(client: TestClient) -> None:
    body = client.get(f"{MINISTERS}.srj").content
    solutions = parse_query_results(body, QueryResultsFormat.JSON)
    count = sum(1 for _ in solutions)
    assert count == len(list(csv.DictReader(io.StringIO(client.get(f"{MINISTERS}.csv").text)))) > 1
    triples = list(parse(client.get(f"{MINISTERS}.ttl").content, RdfFormat.TURTLE))
    rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    assert sum(1 for t in triples if t.predicate.value == f"{rs}solution") == count
    indexes = sorted(int(t.object.value) for t in triples if t.predicate.value == f"{rs}index")
    assert indexes == list(range(1, count + 1))


# --- names and parameters


def test_a_number_leads_to_the_name(client: TestClient) -> None:
    moved = client.get("/questions/CQ01.csv?person=J%C3%BCrgen%0D%0AX:%20y", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"] == f"{MINISTERS}.csv?person=J%C3%BCrgen%0D%0AX%3A+y"
    assert client.get("/questions/1").json()["question"] == "ministers-at-stops"


def test_an_unknown_question_names_the_nearest(client: TestClient) -> None:
    answer = client.get("/questions/minister-at-stop")
    assert answer.status_code == 404
    assert "ministers-at-stops" in answer.json()["detail"]
    assert client.get("/questions/%2e%2e%2fkeys.json").status_code == 404


WRONG = {
    "unknown": ({"persn": "x"}, "it has: person, land, stop, tour, from, to, lang"),
    "twice": ([("person", "a"), ("person", "b")], "given twice"),
    "too long": ({"person": "x" * (LONGEST + 1)}, f"more than {LONGEST}"),
    "no date": ({"from": "28.07.2017"}, "takes a date such as"),
    "no language": ({"lang": "fr"}, "de"),
    "no limit": ({"limit": "0"}, "from 1"),
    "no number": ({"limit": "1e3"}, "from 1"),
    "other digits": ({"offset": "٣"}, "from 0"),
    "below": ({"offset": "-1"}, "from 0"),
    "no flag": ({"explain": "maybe"}, "true or false"),
    "no form": ({"format": "pdf"}, "there are json, html"),
    "another kind": ({"person": "stop/stralsund-2017"}, "a person is asked for"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_parameters_are_told(client: TestClient, case: str) -> None:
    parameters, told = WRONG[case]
    answer = client.get(MINISTERS, params=parameters)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]


def test_a_name_of_nothing_is_not_found(client: TestClient) -> None:
    answer = client.get(MINISTERS, params={"person": "Christian Pegl"})
    assert answer.status_code == 404
    assert "Christian Pegel" in answer.json()["detail"]


def test_a_required_parameter_is_asked_for(client: TestClient) -> None:
    assert client.get("/questions/items-of-person").status_code == 400
    page = client.get("/questions/items-of-person", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert " required>" in page.text
    assert "<table>" not in page.text


def test_empty_fields_of_a_form_count_as_not_given(client: TestClient) -> None:
    empty = client.get(MINISTERS, params={"person": "", "land": " ", "from": "", "limit": "", "lang": ""})
    assert empty.json()["total"] == client.get(MINISTERS).json()["total"]


def test_no_question_has_a_parameter_that_all_have() -> None:
    assert not {parameter.name for entry in catalogue() for parameter in entry.parameters} & set(COMMON)


# --- hostile values


def state_of(client: TestClient) -> tuple[int, object]:
    return client.app.state.service.state.number, client.get(MINISTERS).json()["rows"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_only_a_value(client: TestClient, value: str) -> None:
    before = state_of(client)
    for name in ("person", "from", "stop"):
        answer = client.get(MINISTERS, params={name: value})
        assert answer.status_code in (400, 404), answer.text
        page = client.get(MINISTERS, params={name: value}, headers={"Accept": "text/html"})
        assert page.status_code == answer.status_code
        assert "<script>alert" not in page.text
    assert state_of(client) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.text(st.characters(exclude_categories=["Cs"]), max_size=60), name=st.sampled_from(["person", "tour", "to"])
)
@example(value="\x00", name="person")
@example(value='"', name="person")
def test_any_text_is_only_a_value(client: TestClient, value: str, name: str) -> None:
    answer = client.get(f"{MINISTERS}?{urlencode({name: value})}")
    if not value.strip():
        assert answer.json()["total"] > 1
    elif answer.status_code == 200:  # a day, or the name of a thing of this kind
        assert answer.json()["parameters"] == {name: value}
    else:
        assert answer.status_code in (400, 404), answer.text


def test_a_value_that_names_something_stands_in_the_query_as_a_term(client: TestClient) -> None:
    by_name = client.get(f"{MINISTERS}.rq", params={"person": "Christian Pegel"}).text
    assert f"{{ (<{DEFAULT_BASE}/id/person/christian-pegel> UNDEF" in by_name


# --- pages of an answer


def links_of(header: str) -> dict[str, str]:
    return {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="(first|prev|next|last)"', header)}


@pytest.mark.parametrize("limit", [1, 3, 4, 10, 11])
def test_following_next_gives_every_row_once(client: TestClient, limit: int) -> None:
    whole = client.get(MINISTERS).json()["rows"]
    rows: list[object] = []
    address: str | None = f"{MINISTERS}?limit={limit}"
    seen = []
    while address:
        answer = client.get(address)
        assert answer.headers["x-total-count"] == str(len(whole))
        rows += answer.json()["rows"]
        links = links_of(answer.headers["link"])
        assert answer.json()["links"] == links
        seen.append(address)
        address = links.get("next")
    assert rows == whole
    assert client.get(links["last"]).json()["rows"] == answer.json()["rows"]
    assert client.get(links["first"]).json()["rows"] == whole[:limit]
    if len(seen) > 1:
        assert client.get(links["prev"]).json()["rows"] == client.get(seen[-2]).json()["rows"]


def test_without_a_limit_there_are_no_pages(client: TestClient) -> None:
    assert links_of(client.get(MINISTERS).headers["link"]) == {}


def test_links_keep_what_was_asked(client: TestClient) -> None:
    links = links_of(client.get(f"{MINISTERS}.csv?from=2018-01-01&lang=de&limit=2").headers["link"])
    assert links["next"] == f"{MINISTERS}.csv?from=2018-01-01&lang=de&limit=2&offset=2"


def test_beyond_the_end_there_are_no_rows_but_a_way_back(client: TestClient) -> None:
    answer = client.get(f"{MINISTERS}?limit=4&offset=4000")
    assert answer.json()["rows"] == []
    links = links_of(answer.headers["link"])
    assert "next" not in links
    assert client.get(links["prev"]).json()["rows"]


@given(st.integers(1, 50), st.integers(0, 300), st.integers(0, 200))
def test_pages_stay_within_the_answer(limit: int, offset: int, total: int) -> None:
    found = {rel: int(target.rpartition("=")[2]) for rel, target in pages("/x", {}, limit, offset, total).items()}
    assert found["first"] == 0
    assert 0 <= found["last"] <= max(0, total - 1)
    assert ("next" in found) is (offset + limit < total)
    assert found.get("next", total) <= max(total, found["last"])
    assert found.get("prev", 0) < max(offset, 1)


def test_a_page_for_people_is_short(client: TestClient) -> None:
    page = client.get(f"{MINISTERS}?limit=3&offset=3", headers={"Accept": "text/html"}).text
    assert page.count("<tr>") == 1 + 3
    assert 'rel="next"' in page
    assert 'rel="prev"' in page


# --- caching


def test_answers_are_cached_until_the_data_changes(client: TestClient) -> None:
    first = client.get(f"{MINISTERS}.csv")
    assert first.headers["last-modified"]
    again = client.get(f"{MINISTERS}.csv", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(f"{MINISTERS}.csv")
    assert (head.headers["etag"], head.content) == (first.headers["etag"], b"")
    assert "Accept-Language" in first.headers["vary"]


def test_a_foreign_host_does_not_get_into_kept_pages(client: TestClient) -> None:
    page = client.get(MINISTERS, headers={"Accept": "text/html", "Host": "evil.example"})
    assert "evil.example" not in page.text


# --- pages for people


def test_the_page_has_the_form_sentence_links_and_lines_for_programs(client: TestClient) -> None:
    query = {"person": "christian-pegel", "lang": "de", "explain": "true"}
    page = client.get(MINISTERS, params=query, headers={"Accept": "text/html"}).text
    assert 'value="christian-pegel"' in page
    assert 'name="from" type="date"' in page
    assert '<a href="/id/person/christian-pegel">Christian Pegel</a>' in page
    assert "Eine Antwort: Person Christian Pegel" in page
    assert "<q>" in page
    assert "curl -H" in page
    assert "urllib.request" in page
    assert "VALUES (?person" in page
    assert "<script" not in page


def test_the_list_of_questions_is_in_the_language_of_the_reader(client: TestClient) -> None:
    page = client.get("/questions", headers={"Accept": "text/html", "Accept-Language": "de"}).text
    for entry in catalogue():
        assert f'<a href="/questions/{entry.name}">' in page
        assert entry.titles["de"] in page


def test_the_catalogue_says_all_of_every_question(client: TestClient) -> None:
    listed = client.get("/questions").json()["questions"]
    assert [entry["id"] for entry in listed] == [entry.id for entry in catalogue()]
    for found, entry in zip(listed, catalogue(), strict=True):
        assert [p["name"] for p in found["parameters"]] == [p.name for p in entry.parameters]
        assert {p["type"] for p in found["parameters"]} == {p.type for p in entry.parameters}
        assert all(set(c["label"]) == {"de", "en"} for c in found["columns"])
        assert client.get(found["sparql"] + "?" + urlencode(required(entry))).status_code == 200


# --- OpenAPI


@every_question
def test_openapi_types_every_parameter(client: TestClient, entry: Question) -> None:
    described = client.get("/openapi.json").json()["paths"][f"/questions/{entry.name}"]["get"]
    parameters = {parameter["name"]: parameter for parameter in described["parameters"]}
    assert list(parameters) == [*(parameter.name for parameter in entry.parameters), *COMMON]
    for parameter in entry.parameters:
        found = parameters[parameter.name]
        assert found["required"] is parameter.required
        assert (found["schema"].get("format") == "date") is (parameter.type == "date")
    assert set(described["responses"]["200"]["content"]) == {form.media_type for form in ANSWERS}


@every_question
def test_json_answers_fit_their_schema(client: TestClient, entry: Question) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    described = client.get("/openapi.json").json()["paths"][f"/questions/{entry.name}"]["get"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(client.get(f"/questions/{entry.name}", params=required(entry)).json(), schema)


# --- a service with hostile data


def test_html_in_labels_is_text(serving: Callable[..., TestClient], tmp_path: Path) -> None:
    running = serving()
    value = quote("<img src=x onerror=alert(1)>")
    page = running.get(f"{MINISTERS}?person={value}", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<img" not in page.text
    assert "&lt;img" in page.text
    assert json.loads(running.get(f"{MINISTERS}?person={value}").text)["status"] == 404
