"""POST /validate and POST /reports: every form of input, every form of findings, and what must never be stored."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from api.gate.conftest import VIOLATION, WARNING, Gate, written
from conftest import MINIMAL
from etappe import resources
from etappe.admission import admit
from etappe.cli.validating import run as validate_on_the_command_line
from etappe.model import DEFAULT_BASE, Source
from etappe.reading import read_source
from etappe_api.gate.submissions import ACCEPTED, MAX_REPORTS

EXAMPLES = resources.folder("examples")
YAML = "application/yaml"
#: How the minimal report brings its text.
TEXT = "text: |\n  Am 14. Mai 2018 war die Tour in Musterstadt. Anna Beispiel war Gast beim Rundgang.\n"


def as_rdf(form: RdfFormat) -> bytes:
    """The minimal report in a form of RDF."""
    triples = sorted(read_source(Source("probe.yaml", YAML, MINIMAL.encode(), {})).triples, key=str)
    if form.supports_datasets:
        graph = NamedNode(f"{DEFAULT_BASE}/graph/x")
        return serialize([Quad(t.subject, t.predicate, t.object, graph) for t in triples], format=form) or b""
    return serialize(triples, format=form) or b""


def zipped(**files: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def tarred(**files: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name.replace("__", "."))
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def photo() -> bytes:
    image = Image.new("RGB", (3, 2))
    exif = Image.Exif()
    exif[0x010E] = "Anna Beispiel beim Rundgang"  # ImageDescription
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


# --- what can be sent

RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("media_type", RDF)
def test_every_form_of_rdf_is_read_and_is_the_same_report(still: Gate, media_type: str) -> None:
    body = as_rdf(RDF[media_type])
    checked = still.send(body, path="/validate", Content_Type=media_type)
    assert checked.status_code == 200, checked.text
    (report,) = checked.json()["reports"]
    assert report["report"] == f"{DEFAULT_BASE}/id/report/probe"
    assert {finding["code"] for finding in report["findings"]} <= {"O1"}  # the text with the quotes is not in the RDF
    assert still.events == []


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Content-Type": "application/yaml; charset=UTF-8"}, ""),
        ({"Content-Type": "text/x-yaml"}, ""),
        ({"Content-Type": "application/octet-stream"}, "?name=probe.yaml"),
        ({"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="probe.yml"'}, ""),
        ({"Content-Type": "application/x-www-form-urlencoded"}, ""),
        ({}, ""),
    ],
)
def test_yaml_is_known_by_type_by_name_and_by_how_it_begins(still: Gate, headers: dict[str, str], query: str) -> None:
    answer = still.client.post(f"/validate{query}", content=MINIMAL.encode(), headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["conforms"] is True


@pytest.mark.parametrize(
    ("media_type", "pack"),
    [("application/zip", zipped), ("application/gzip", tarred), ("application/octet-stream", zipped)],
)
def test_archives_bring_several_reports_and_their_texts(gate: Gate, media_type: str, pack) -> None:
    second = written((TEXT, "text: b.txt\n"), id="zweiter")
    body = pack(a__yaml=MINIMAL, b__yaml=second, b__txt="Anna Beispiel war Gast am 14. Mai 2018 in Musterstadt.")
    answer = gate.send(body, path="/reports?name=inbox.zip", Content_Type=media_type)
    assert answer.status_code == 201, answer.text
    assert [(report["id"], report["state"]) for report in answer.json()["reports"]] == [
        ("probe", "accepted"),
        ("zweiter", "accepted"),
    ]
    assert "location" not in answer.headers
    assert answer.json()["reports"][1]["source"].endswith("!/b.yaml")
    assert gate.events == [("accepted", "probe"), ("accepted", "zweiter")]
    assert "am 14. Mai" in gate.client.get("/reports/zweiter/text").text


def test_registry_documents_go_first_and_reports_count_on_them(gate: Gate) -> None:
    names = sorted((EXAMPLES / "registry").glob("*.yaml"))
    files = {path.name.replace(".", "__"): path.read_text() for path in names}
    stralsund = EXAMPLES / "stralsund"
    files |= {f"0{path.name}".replace(".", "__"): path.read_text() for path in stralsund.iterdir()}
    files["0stralsund__yaml"] = files["0stralsund__yaml"].replace("text: stralsund.txt", "text: 0stralsund.txt")
    answer = gate.send(zipped(**files), Content_Type="application/zip")
    assert answer.status_code == 201, answer.text
    assert {report["state"] for report in answer.json()["reports"]} == {"accepted"}
    assert gate.events[-1] == ("accepted", "stralsund-2017")
    assert len(gate.events) == len(names) + 1


def test_a_form_brings_report_text_and_photos(gate: Gate) -> None:
    report = written((TEXT, "text: halt.txt\n"))
    files = [
        ("report", ("probe.yaml", report, YAML)),
        ("text", ("halt.txt", "Anna Beispiel war Gast beim Rundgang.", "text/plain")),
        ("photo", ("bild.jpg", photo(), "image/jpeg")),
    ]
    answer = gate.client.post("/reports", files=files, headers=gate.submit)
    assert answer.status_code == 201, answer.text
    (told,) = answer.json()["photos"]
    assert (told["name"], told["width"], told["height"], told["kept"]) == ("bild.jpg", 3, 2, False)
    assert told["caption"] == "Anna Beispiel beim Rundgang"
    kept = [data.read_bytes() for data in _objects(gate)]
    assert photo() not in kept
    assert gate.client.get("/reports/probe/text").text == "Anna Beispiel war Gast beim Rundgang."


def _objects(gate: Gate):
    folder = gate.client.app.state.service.settings.data / "archive" / "objects"  # type: ignore[attr-defined]
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_form_of_plain_fields_will_do(still: Gate) -> None:
    report = written((TEXT, "text: text.txt\n"))
    fields = {"report": (None, report), "text": (None, "Anna Beispiel war Gast.")}
    assert still.client.post("/validate", files=fields).json()["conforms"] is True


# --- forms of findings

FORMS = {
    "application/json": "json",
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/sarif+json": "sarif",
    "application/xml": "junit",
    "text/html": "html",
}


@pytest.mark.parametrize("media_type", FORMS)
def test_findings_come_in_every_form(gate: Gate, media_type: str) -> None:
    body = written(VIOLATION)
    by_accept = gate.send(body, path="/validate", Accept=media_type, Content_Type=YAML)
    by_name = gate.send(body, path=f"/validate?format={FORMS[media_type]}", Content_Type=YAML)
    submitted = gate.send(body, Accept=media_type, Content_Type=YAML)
    assert by_accept.status_code == by_name.status_code == 200
    assert by_accept.text == by_name.text
    assert by_accept.headers["content-type"].partition(";")[0] == media_type
    assert submitted.status_code == 422
    assert submitted.headers["location"] == "/reports/probe"
    for answer in (by_accept, submitted):
        text = answer.text
        if media_type == "text/turtle":
            assert any(t.predicate.value.endswith("#conforms") for t in parse(text.encode(), RdfFormat.TURTLE))
        elif media_type == "application/xml":
            assert int(ElementTree.fromstring(text).get("failures", "0")) > 0
        elif media_type == "text/html":
            assert text.startswith("<!doctype html>")
            assert "C08" in text
        else:
            assert "C08" in json.dumps(json.loads(text))


def test_findings_are_those_of_the_command_line(
    gate: Gate, tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for path in sorted((EXAMPLES / "bad").glob("*.*")):
        if path.suffix in (".md",):
            continue
        (tmp_path / path.name).write_bytes(path.read_bytes())
        code = validate_on_the_command_line([path.name, "--format", "json", "--data", "none", "--quiet"])
        (expected,) = json.loads(capsys.readouterr().out)
        answer = gate.send(
            path.read_bytes(), path=f"/validate?name={path.name}", Content_Type="application/octet-stream"
        )
        if code == 2:
            assert answer.status_code == 422, (path.name, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert (answer.json()["detail"], answer.json().get("line")) == (
                expected["error"]["message"],
                expected["error"]["line"],
            )
        else:
            assert answer.status_code == 200
            (got,) = answer.json()["reports"]
            assert got == expected, path.name


def test_a_draft_may_lack_facts(still: Gate) -> None:
    body = written(("language: de\n", ""))
    strict = still.send(body, path="/validate", Content_Type=YAML).json()
    draft = still.send(body, path="/validate?profile=draft", Content_Type=YAML).json()
    assert (strict["conforms"], draft["conforms"]) == (False, True)
    assert still.send(body, path="/validate?profile=strict", Content_Type=YAML).status_code == 422


def test_findings_speak_the_language_that_is_asked_for(still: Gate) -> None:
    body = written(VIOLATION)
    german = still.send(body, path="/validate?lang=de", Accept="text/html", Content_Type=YAML).text
    english = still.send(body, path="/validate", Accept="text/html", Accept_Language="en", Content_Type=YAML).text
    assert 'lang="de"' in german
    assert 'lang="en"' in english


def test_html_in_a_report_stays_text(gate: Gate) -> None:
    body = written(("place: musterstadt", 'place: "<script>alert(1)</script>"'))
    for accept in ("text/html", "application/json"):
        answer = gate.send(body, Accept=accept, Content_Type=YAML)
        if accept == "text/html":
            assert "<script" not in answer.text


# --- what becomes of it


def test_a_new_report_is_accepted_and_the_same_again_is_known(gate: Gate) -> None:
    first = gate.send(MINIMAL, Content_Type=YAML)
    assert (first.status_code, first.headers["location"]) == (201, "/reports/probe")
    (told,) = first.json()["reports"]
    assert (told["state"], told["id"], told["revision"], told["conforms"]) == ("accepted", "probe", 1, True)
    again = gate.send(MINIMAL, Content_Type=YAML)
    assert (again.status_code, again.headers["location"]) == (200, "/reports/probe")
    assert again.json()["reports"][0]["state"] == "known"
    assert gate.events == [("accepted", "probe")]
    assert gate.client.get("/reports/probe").json()["digest"] == told["digest"]


def test_a_report_with_a_violation_waits_and_touches_no_graph(gate: Gate) -> None:
    answer = gate.send(written(VIOLATION), Content_Type=YAML)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert "C08" in problem["detail"]
    assert problem["reports"][0]["findings"][0]["line"] > 0
    assert gate.events == [("waiting", "probe")]
    gate.send(written(VIOLATION), Content_Type=YAML)
    assert gate.events == [("waiting", "probe")]


def test_other_facts_under_a_known_id_are_a_conflict(gate: Gate) -> None:
    gate.send(MINIMAL, Content_Type=YAML)
    answer = gate.send(written(("title: Ein Halt", "title: Zwei Halte")), Content_Type=YAML)
    assert answer.status_code == 409
    assert [finding["code"] for finding in answer.json()["reports"][0]["findings"]] == ["O6"]


@pytest.mark.parametrize("way", ["header", "parameter", "header in UTF-8"])
def test_warnings_are_accepted_for_a_reason(gate: Gate, way: str) -> None:
    body = written(WARNING)
    assert gate.send(body, Content_Type=YAML).status_code == 422
    if way == "parameter":
        answer = gate.send(body, path="/reports?accept_warnings=ohne%20Tour", Content_Type=YAML)
    else:
        reason = "ohne Tour" if way == "header" else "für sich".encode()
        headers = {**gate.submit, "Content-Type": YAML, "Etappe-Accept-Warnings": reason}
        answer = gate.client.post("/reports", content=body, headers=headers)
    assert answer.status_code == 201, answer.text
    kept = gate.client.app.state.service.state.archive.accepted("report", "probe")  # type: ignore[attr-defined]
    assert kept.reason == ("für sich" if "UTF-8" in way else "ohne Tour")
    assert kept.by == "partner"
    assert answer.json()["reports"][0]["accepted"] == kept.reason


def test_a_violation_cannot_be_accepted(gate: Gate) -> None:
    answer = gate.send(written(VIOLATION), path="/reports?accept_warnings=doch", Content_Type=YAML)
    assert answer.status_code == 422
    assert gate.events == [("waiting", "probe")]


def test_of_several_the_gravest_counts_and_none_stops_another(gate: Gate) -> None:
    body = zipped(a__yaml=MINIMAL, b__yaml=written(VIOLATION, id="b"), c__yaml="report: [", d__yaml=written(id="d"))
    answer = gate.send(body, Content_Type="application/zip")
    assert answer.status_code == 422
    states = [report["state"] for report in answer.json()["reports"]]
    assert states == ["accepted", "waiting", "unreadable", "waiting"]  # d has the text of a, which has one report (O6)
    assert gate.events == [("accepted", "probe"), ("waiting", "b"), ("waiting", "d")]


# --- what is refused

REFUSED = {
    "unreadable": (b"report: [", {"Content-Type": YAML}, 422),
    "not UTF-8": (b"report: \xff", {"Content-Type": YAML}, 422),
    "binary": (b"\x00\x01", {"Content-Type": YAML}, 422),
    "empty": (b"", {"Content-Type": YAML}, 422),
    "picture": (b"\xff\xd8\xff", {"Content-Type": "image/jpeg"}, 415),
    "nothing known": (b"1234", {}, 415),
    "charset": (b"report: x", {"Content-Type": "application/yaml; charset=utf-16"}, 415),
    "no archive": (b"PK no", {"Content-Type": "application/zip"}, 422),
    "no form": (b"--x", {"Content-Type": "multipart/form-data"}, 422),
    "empty form": (b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 422),
    "remote context": (
        b'{"@context": "http://127.0.0.1:1/c", "@id": "x"}',
        {"Content-Type": "application/ld+json"},
        422,
    ),
    "deep": (b"[" * 100_000, {"Content-Type": "application/ld+json"}, 422),
    "a file of this machine": (written((TEXT, "text: /etc/motd.txt\n")).encode(), {"Content-Type": YAML}, 422),
    "a file beside": (written((TEXT, "text: ../README.md\n")).encode(), {"Content-Type": YAML}, 422),
    "no Accept": (MINIMAL.encode(), {"Content-Type": YAML, "Accept": "image/png"}, 406),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("path", ["/validate", "/reports"])
def test_what_is_no_report_is_refused_and_not_kept(still: Gate, case: str, path: str) -> None:
    body, headers, status = REFUSED[case]
    answer = still.client.post(path, content=body, headers={**still.submit, **headers})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert still.events == []
    assert _objects(still) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300) | st.text(max_size=200).map(str.encode),
    media_type=st.sampled_from([*ACCEPTED, "multipart/form-data; boundary=x", "text/plain", ""]),
    head=st.sampled_from([b"", b"report: x\n", b"--x\r\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"{", b"@prefix a: <a:> ."]),
)
def test_no_bytes_are_a_fault_of_the_service(still: Gate, body: bytes, media_type: str, head: bytes) -> None:
    answer = still.send(head + body, path="/validate", Content_Type=media_type)
    assert answer.status_code in (200, 413, 415, 422), answer.text


@pytest.mark.parametrize("name", ["../../x.yaml", "/etc/x.yaml", "C:\\x.yaml"])
def test_names_in_a_form_lead_nowhere(still: Gate, name: str) -> None:
    body = (
        f'--x\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\nContent-Type: application/yaml\r\n\r\n'
        f"{MINIMAL}\r\n--x--\r\n"
    )
    answer = still.send(body, path="/validate", Content_Type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#unsafe-input")


def test_a_name_cannot_break_a_header_or_a_path(gate: Gate) -> None:
    answer = gate.send(MINIMAL, path="/reports?name=..%2F..%2Fx%0D%0ASet-Cookie:%20a%3Db.yaml", Content_Type=YAML)
    assert answer.status_code == 201
    assert "set-cookie" not in answer.headers
    assert answer.json()["reports"][0]["source"] == "xSet-Cookie: a=b.yaml"


def test_archives_that_lead_out_or_swell_are_refused(still: Gate) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.yaml", MINIMAL)
    answer = still.send(out.getvalue(), Content_Type="application/zip")
    assert answer.status_code == 422
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.yaml", b"#" * 19 * 1024**2)
    assert still.send(bomb.getvalue(), Content_Type="application/zip").status_code in (413, 422)
    assert still.events == []


def test_too_many_reports_are_too_large(still: Gate) -> None:
    body = zipped(**{f"r{number}__yaml": "report: x" for number in range(MAX_REPORTS + 1)})
    assert still.send(body, Content_Type="application/zip").status_code == 413


def test_too_many_bytes_are_too_large(serving, key_for) -> None:
    client = serving(empty=True, max_body=1000)
    for path in ("/validate", "/reports"):
        answer = client.post(path, content=b"#" * 1001, headers={"Content-Type": YAML, **key_for(client, "submit")})
        assert answer.status_code == 413


def test_findings_larger_than_an_answer_are_refused(serving) -> None:
    client = serving(empty=True, max_answer=100)
    answer = client.post("/validate", content=written(VIOLATION), headers={"Content-Type": YAML})
    assert answer.status_code == 413
    assert "findings" in answer.json()["detail"]


def test_a_misspelt_parameter_is_told(still: Gate) -> None:
    answer = still.send(written(WARNING), path="/reports?accept_warning=doch", Content_Type=YAML)
    assert answer.status_code == 400
    assert "accept_warnings" in answer.json()["detail"]
    assert still.events == []


# --- who may


def test_checking_needs_no_key_but_submitting_does(still: Gate) -> None:
    assert still.client.post("/validate", content=MINIMAL, headers={"Content-Type": YAML}).status_code == 200
    assert still.client.post("/reports", content=MINIMAL, headers={"Content-Type": YAML}).status_code == 401
    assert (
        still.client.post("/reports", content=MINIMAL, headers={"Content-Type": YAML, **still.read}).status_code == 403
    )
    assert still.events == []


def test_where_reading_is_closed_checking_is(serving) -> None:
    client = serving(empty=True, read_open=False)
    assert client.post("/validate", content=MINIMAL, headers={"Content-Type": YAML}).status_code == 401


# --- sent again


def test_the_same_key_and_body_get_the_same_answer(gate: Gate) -> None:
    first = gate.send(MINIMAL, Content_Type=YAML, Idempotency_Key="a")
    again = gate.send(MINIMAL, Content_Type=YAML, Idempotency_Key="a")
    assert (first.status_code, first.headers["location"], first.content) == (
        again.status_code,
        again.headers["location"],
        again.content,
    )
    assert first.status_code == 201
    assert gate.send(MINIMAL, Content_Type=YAML, Idempotency_Key="b").status_code == 200


def test_the_same_key_with_another_body_is_refused(gate: Gate) -> None:
    gate.send(MINIMAL, Content_Type=YAML, Idempotency_Key="a")
    answer = gate.send(written(id="other"), Content_Type=YAML, Idempotency_Key="a")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#key-reused")
    assert gate.events == [("accepted", "probe")]


def test_what_failed_may_be_sent_again_under_its_key(gate: Gate) -> None:
    assert gate.send("report: [", Content_Type=YAML, Idempotency_Key="a").status_code == 422
    assert gate.send(MINIMAL, Content_Type=YAML, Idempotency_Key="a").status_code == 201


def test_a_key_belongs_to_a_client(gate: Gate) -> None:
    gate.send(MINIMAL, Content_Type=YAML, Idempotency_Key="a")
    other = gate.client.post(
        "/reports",
        content=written(VIOLATION, id="b"),
        headers={**gate.review, "Idempotency-Key": "a", "Content-Type": YAML},
    )
    assert other.status_code in (409, 422)
    assert "key-reused" not in other.text


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_is_a_short_text(still: Gate, key: str) -> None:
    assert still.send(MINIMAL, Content_Type=YAML, Idempotency_Key=key).status_code == 400


def test_many_at_once_are_each_kept_once(gate: Gate) -> None:
    def send(number: int) -> int:
        body = written(id=f"r{number % 3}").replace("war Gast beim", f"war Gast ({number % 3}) beim")
        return gate.send(body, Content_Type=YAML).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(12)))
    assert sorted(statuses) == [200] * 9 + [201] * 3
    assert sorted(gate.events) == [("accepted", f"r{number}") for number in range(3)]


# --- nothing is left behind


def test_no_file_stays_of_what_was_sent(gate: Gate) -> None:
    gate.send(zipped(a__yaml=MINIMAL), Content_Type="application/zip")
    folder = gate.client.app.state.gatekeeper.children.folder  # type: ignore[attr-defined]
    assert [path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith("registry-")] == []
    assert oct(folder.stat().st_mode)[-3:] == "700"


def test_the_list_in_csv_can_be_read(gate: Gate) -> None:
    gate.send(MINIMAL, Content_Type=YAML)
    rows = list(csv.DictReader(io.StringIO(gate.client.get("/reports", headers={"Accept": "text/csv"}).text)))
    assert [(row["id"], row["state"], row["by"]) for row in rows] == [("probe", "accepted", "")]


def test_a_registry_that_changes_meanwhile_is_checked_against(campaign_gate: Gate) -> None:
    """Between the check and the visit to the writer, a place enters the registry that the report needs."""
    registry = (
        "registry: mehr\nlanguage: de\nplaces:\n  nirgends: {kind: city, name: Nirgends, in: mecklenburg-vorpommern}\n"
    )
    app = campaign_gate.client.app
    service, children = app.state.service, app.state.gatekeeper.children  # type: ignore[attr-defined]
    run, checks = children.run, []

    async def run_and_change(work, *args, **kwargs):
        found = await run(work, *args, **kwargs)
        checks.append([verdict.result.conforms for verdict in found.verdicts])
        if len(checks) == 1:
            source = Source("mehr.yaml", YAML, registry.encode(), {})
            await service.write(lambda workspace: admit(workspace, source, by="somebody else"))
        return found

    children.run = run_and_change
    answer = campaign_gate.send(written(("place: musterstadt", "place: nirgends")), Content_Type=YAML)
    assert checks == [[False], [True]]
    assert answer.status_code == 201
    assert campaign_gate.events[-2:] == [("accepted", "mehr"), ("accepted", "probe")]
