import json

import pytest

from etappe import resources
from etappe.admission import State, admit_all
from etappe.reading.archives import inputs


def found(client, text):
    answer = client.post("/reconcile", data={"queries": json.dumps({"q": {"query": text}})})
    return [one["id"] for one in answer.json()["q"]["result"]]


@pytest.fixture
def registry_only(serving):
    running = serving(empty=True)
    ingest(running, "registry")
    return running


def ingest(running, name):
    service = running.app.state.service
    paths = [str(resources.folder("examples") / name)]

    def work(workspace):
        return [admission.state for _, admission in admit_all(workspace, inputs(paths), by="test")]

    states = running.portal.call(service.write, work)
    assert states and set(states) == {State.ACCEPTED}


def test_what_was_just_accepted_is_found(registry_only):
    assert "person/oscar-schroeder" not in found(registry_only, "Oscar Schröder")
    ingest(registry_only, "stralsund")
    assert found(registry_only, "Oscar Schröder") == ["person/oscar-schroeder"]


def test_labels_with_markup_are_text_in_previews(serving, tmp_path):
    running = serving(empty=True)
    label = '<script>alert(1)</script>" onload="x'
    (tmp_path / "bad.yaml").write_text(
        f"registry: bad\ntitle: Bad\nlanguage: de\norganizations:\n  bad: {{name: '{label}', source: test}}\n", "utf-8"
    )
    service = running.app.state.service

    def work(workspace):
        return list(admit_all(workspace, inputs([str(tmp_path / "bad.yaml")]), by="test"))

    ((_, admission),) = running.portal.call(service.write, work)
    assert getattr(admission, "state", None) is State.ACCEPTED, admission
    page = running.get("/reconcile/preview", params={"id": "organization/bad"})
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
