"""GET /reports and what lies beneath it: states, versions, findings, texts with evidence, and who may read what."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.gate.conftest import VIOLATION, Gate, written
from etappe.archive import Archive, Event
from etappe.validation.formats import FORMATS
from etappe_api.gate.holdings import Mark, may_read, segments, standing, versions_of
from etappe_api.keys import Client

YAML = "application/yaml"


def test_the_list_names_every_version_newest_first(client: TestClient) -> None:
    archive = client.app.state.service.state.archive  # type: ignore[attr-defined]
    listed = client.get("/reports").json()
    assert [row["id"] for row in listed["reports"]] == [event.id for event in reversed(archive.events)]
    assert listed["total"] == len(archive.events)
    assert {row["state"] for row in listed["reports"]} == {"accepted"}
    only = client.get("/reports?document=registry").json()["reports"]
    assert {row["document"] for row in only} == {"registry"}
    assert 0 < len(only) < listed["total"]


@pytest.mark.parametrize("limit", [1, 4, 1000])
def test_pages_of_the_list_follow_by_link(client: TestClient, limit: int) -> None:
    whole = client.get("/reports").json()["reports"]
    address, rows = f"/reports?limit={limit}", []
    while address:
        page = client.get(address)
        rows += page.json()["reports"]
        found = re.search(r'<([^>]*)>; rel="next"', page.headers["link"])
        address = found[1] if found else ""
    assert rows == whole


def test_pages_for_people(client: TestClient) -> None:
    listed = client.get("/reports?limit=3&lang=de", headers={"Accept": "text/html"})
    assert listed.text.count("<tr>") == 4
    assert "angenommen" in listed.text
    page = client.get("/reports/stralsund-2017?lang=de", headers={"Accept": "text/html"}).text
    assert 'href="/doc/report/stralsund-2017"' in page
    assert 'href="/reports/stralsund-2017/text"' in page
    assert "<script" not in page


def test_one_report_says_where_everything_is(client: TestClient) -> None:
    report = client.get("/reports/stralsund-2017").json()
    assert (report["state"], report["revision"], report["conforms"]) == ("accepted", 1, True)
    assert report["iri"].endswith("/id/report/stralsund-2017")
    assert report["links"]["document"] == "/doc/report/stralsund-2017"
    assert report["links"]["graph"].endswith("%2Fgraph%2Freport%2Fstralsund-2017%2F1")
    assert client.get(report["links"]["findings"]).status_code == 200
    assert client.get(report["links"]["text"]).status_code == 200
    assert report["by"] is None


def test_a_registry_document_has_an_address_of_its_own(client: TestClient) -> None:
    row = client.get("/reports?document=registry").json()["reports"][0]
    report = client.get(row["href"]).json()
    assert (report["document"], report["id"]) == ("registry", row["id"])
    assert report["links"]["graph"].endswith("%2Fgraph%2Fregistry")


def test_what_was_retracted_says_so(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", writable=True)
    kept = archive.put(b"x")
    for kind, revision in (("accepted", 1), ("accepted", 2), ("retracted", 2), ("waiting", 3)):
        archive.append(
            Event(kind, "report", "a", revision, "a.yaml", "application/yaml", kept, kept, None, kept, "https://e.example",
                  "2018-01-01T00:00:00+00:00", "somebody")
        )  # fmt: skip
    found = versions_of(archive, "report", "a")
    assert [(v.state, v.event.revision) for v in found] == [("waiting", 3), ("retracted", 2), ("superseded", 1)]
    assert standing(found).state == "waiting"
    assert not may_read(Client("anybody", None), standing(found, "retracted"))


def test_unknown_reports_are_not_found(client: TestClient) -> None:
    for address in ("/reports/nobody", "/reports/nobody/text", "/reports/nobody/findings", "/reports/%2e%2e%2fkeys"):
        assert client.get(address).status_code == 404
    assert client.get("/reports/stralsund-2017?state=waiting").status_code == 404
    assert client.get("/reports?state=lost").status_code == 422


def test_a_report_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/reports/stralsund-2017")
    again = client.get("/reports/stralsund-2017", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    german = client.get("/reports/stralsund-2017?lang=de", headers={"Accept": "text/html"})
    assert german.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("form", FORMATS)
def test_archived_findings_come_in_every_form(gate: Gate, form: str) -> None:
    sent = gate.send(written(VIOLATION), path=f"/reports?format={form}", Content_Type=YAML)
    assert sent.status_code == 422
    answer = gate.client.get(f"/reports/probe/findings?format={form}", headers=gate.submit)
    assert answer.status_code == 200
    if form == "json":
        assert answer.json()[0]["findings"] == sent.json()["reports"][0]["findings"]
    else:
        assert answer.text == sent.text


def test_what_nobody_accepted_is_read_only_by_those_who_take_part(gate: Gate) -> None:
    gate.send(written(VIOLATION), Content_Type=YAML)
    for address in ("/reports/probe/findings", "/reports/probe/text"):
        assert gate.client.get(address).status_code == 401
        assert gate.client.get(address, headers=gate.read).status_code == 403
        assert gate.client.get(address, headers=gate.submit).status_code == 200
    outside, inside = (gate.client.get("/reports/probe", headers=headers).json() for headers in ({}, gate.submit))
    assert (outside["state"], outside["by"], outside["file"]) == ("waiting", None, None)
    assert (inside["state"], inside["by"], inside["file"]) == ("waiting", "partner", "report.yaml")
    assert "text" not in outside["links"]
    assert "Authorization" in gate.client.get("/reports/probe").headers["vary"]


def test_the_text_shows_what_rests_on_it(client: TestClient) -> None:
    plain = client.get("/reports/stralsund-2017/text")
    assert plain.headers["content-type"].startswith("text/plain")
    told = client.get("/reports/stralsund-2017/text", headers={"Accept": "application/json"}).json()
    assert told["text"] == plain.text
    assert len(told["evidence"]) > 10
    for mark in told["evidence"]:
        assert told["text"][mark["start"] : mark["end"]] == mark["exact"]
        assert mark["about"]
    assert any(iri.endswith("/id/person/christina-flore") for mark in told["evidence"] for iri in mark["about"])
    page = client.get("/reports/stralsund-2017/text", headers={"Accept": "text/html"}).text
    assert page.count("<mark") > 10
    shown = re.sub(r"<[^>]+>", "", page[page.index("<pre") : page.index("</pre>")])
    assert shown.split() == json.loads(json.dumps(plain.text)).replace("&", "&amp;").split()


def test_html_in_a_text_stays_text(gate: Gate) -> None:
    body = written(("war die Tour in Musterstadt", "war die Tour <script>alert(1)</script> in Musterstadt"))
    assert gate.send(body, Content_Type=YAML).status_code == 201
    page = gate.client.get("/reports/probe/text", headers={"Accept": "text/html"}).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_scratch_store_keeps_no_reports(serving) -> None:
    client = serving(empty=True, writes="open")
    assert client.get("/reports").status_code == 404
    checked = client.post("/validate", content=written(), headers={"Content-Type": YAML})
    assert checked.json()["conforms"] is True


MARKS = st.builds(
    lambda start, length, about: Mark(start, start + length, (about,)),
    st.integers(0, 20),
    st.integers(1, 10),
    st.sampled_from("abc"),
)


@given(st.lists(MARKS, max_size=8))
def test_pieces_make_the_whole_text_and_know_what_covers_them(marks: list[Mark]) -> None:
    text = "".join(chr(65 + place % 26) for place in range(30))
    place = 0
    for piece, things in segments(text, marks):
        assert text[place : place + len(piece)] == piece
        for at in range(place, place + len(piece)):
            assert set(things) == {mark.about[0] for mark in marks if mark.start <= at < mark.end}
        place += len(piece)
    assert place == len(text)
