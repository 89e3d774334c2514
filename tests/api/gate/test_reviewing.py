"""The queue: what waits is accepted or rejected by a person, once, for a reason, and nobody decides on what they did not see."""

from __future__ import annotations

import json

import pytest

from api.gate.conftest import VIOLATION, WARNING, Gate, written
from etappe.workspace import open_workspace

YAML = "application/yaml"


@pytest.fixture
def waiting(gate: Gate) -> Gate:
    """A report waits because of a warning."""
    assert gate.send(written(WARNING), Content_Type=YAML).status_code == 422
    return gate


def archive(gate: Gate):
    return gate.client.app.state.service.state.archive  # type: ignore[attr-defined]


def test_accepting_admits_what_waits_with_its_warnings(waiting: Gate) -> None:
    answer = waiting.decide("probe", reason="Tour ohne Namen")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["by"], answer.json()["reason"]) == (
        "accepted",
        "office",
        "Tour ohne Namen",
    )
    assert waiting.events == [("waiting", "probe"), ("accepted", "probe")]
    before, after = archive(waiting).events
    assert (before.graph, before.source, before.text) == (after.graph, after.source, after.text)
    findings = json.loads(archive(waiting).get(after.outcome))
    assert findings["accepted"] == "Tour ohne Namen"
    assert findings["findings"][0]["line"] == json.loads(archive(waiting).get(before.outcome))["findings"][0]["line"]
    assert waiting.client.get("/reports?state=waiting").json()["total"] == 0
    graph = waiting.client.app.state.service.settings.base + "/graph/report/probe/1"  # type: ignore[attr-defined]
    folder = waiting.client.app.state.service.settings.data  # type: ignore[attr-defined]
    with open_workspace(folder) as workspace:
        assert graph in {name.value for name in workspace.store.graphs()}
        assert list(workspace.differences()) == []


def test_rejecting_takes_it_out_of_the_queue_and_keeps_why(waiting: Gate) -> None:
    answer = waiting.decide("probe", "reject", "kein Bericht")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["reason"]) == ("rejected", "kein Bericht")
    assert waiting.events == [("waiting", "probe"), ("rejected", "probe")]
    assert [e.id for e in archive(waiting).rejected()] == ["probe"]
    assert archive(waiting).waiting() == ()
    listed = waiting.client.get("/reports?state=rejected", headers=waiting.submit).json()["reports"]
    assert [(row["id"], row["by"], row["reason"]) for row in listed] == [("probe", "office", "kein Bericht")]
    folder = waiting.client.app.state.service.settings.data  # type: ignore[attr-defined]
    with open_workspace(folder) as workspace:
        assert list(workspace.differences()) == []


def test_what_was_rejected_stays_so_until_it_changes(waiting: Gate) -> None:
    waiting.decide("probe", "reject", "kein Bericht")
    again = waiting.send(written(WARNING), path="/reports?accept_warnings=doch", Content_Type=YAML)
    assert again.status_code == 409
    assert (again.json()["reports"][0]["state"], again.json()["reports"][0]["reason"]) == ("rejected", "kein Bericht")
    assert len(waiting.events) == 2
    mended = waiting.send(written(), Content_Type=YAML)
    assert mended.status_code == 201
    assert waiting.client.get("/reports/probe").json()["state"] == "accepted"


def test_a_reviewer_may_think_again(waiting: Gate) -> None:
    waiting.decide("probe", "reject", "kein Bericht")
    headers = {**waiting.review, "Content-Type": YAML}
    again = waiting.client.post("/reports?accept_warnings=doch", content=written(WARNING), headers=headers)
    assert again.status_code == 201
    assert archive(waiting).rejected() == ()


def test_violations_can_never_be_accepted(gate: Gate) -> None:
    gate.send(written(VIOLATION), Content_Type=YAML)
    answer = gate.decide("probe")
    assert answer.status_code == 409
    assert "C08" in answer.json()["detail"]
    assert gate.events == [("waiting", "probe")]


def test_a_contradiction_can_never_be_accepted(gate: Gate) -> None:
    gate.send(written(), Content_Type=YAML)
    gate.send(written(("title: Ein Halt", "title: Zwei Halte")), Content_Type=YAML)
    answer = gate.decide("probe")
    assert answer.status_code == 409
    assert "O6" in answer.json()["detail"]
    assert gate.decide("probe", "reject").json()["state"] == "accepted"  # the version that holds


def test_what_the_registry_has_mended_since_can_be_accepted(campaign_gate: Gate) -> None:
    body = written(("place: musterstadt", "place: nirgends"))
    assert campaign_gate.send(body, Content_Type=YAML).status_code == 422
    registry = (
        "registry: mehr\nlanguage: de\nplaces:\n  nirgends: {kind: city, name: Nirgends, in: mecklenburg-vorpommern}\n"
    )
    answer = campaign_gate.client.post(
        "/reports", content=registry, headers={**campaign_gate.review, "Content-Type": YAML}
    )
    assert answer.status_code == 201, answer.text
    decided = campaign_gate.decide("probe")
    assert decided.status_code == 200, decided.text
    assert decided.json()["state"] == "accepted"


def test_a_decision_is_made_once(waiting: Gate) -> None:
    assert waiting.decide("probe").status_code == 200
    for decision in ("accept", "reject"):
        assert waiting.decide("probe", decision).status_code == 409
    assert len(waiting.events) == 2
    assert waiting.decide("nobody").status_code == 404


def test_nobody_decides_on_a_version_they_did_not_see(waiting: Gate) -> None:
    seen = waiting.client.get("/reports/probe", headers=waiting.review).headers["etag"]
    changed = written(WARNING, ("title: Ein Halt", "title: Zwei Halte"))
    assert waiting.send(changed, Content_Type=YAML).status_code == 422
    refused = waiting.decide("probe", If_Match=seen)
    assert refused.status_code == 412
    assert refused.json()["type"].endswith("#precondition-failed")
    now = waiting.client.get("/reports/probe", headers={**waiting.review, "Accept": "text/html"}).headers["etag"]
    assert now != seen
    assert waiting.decide("probe", If_Match=f'"x", {now}').status_code == 200


def test_any_version_that_waits_may_be_meant(waiting: Gate) -> None:
    assert waiting.decide("probe", If_Match="*").status_code == 200
    assert waiting.decide("probe", If_Match="*").status_code == 412


@pytest.mark.parametrize("who", ["read", "submit"])
def test_only_reviewers_decide(waiting: Gate, who: str) -> None:
    body = {"decision": "accept", "reason": "x"}
    answer = waiting.client.post("/reports/probe/decision", json=body, headers=getattr(waiting, who))
    assert answer.status_code == 403
    assert waiting.client.post("/reports/probe/decision", json=body).status_code == 401
    assert len(waiting.events) == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"decision": "accept"}, {"decision": "maybe", "reason": "x"}, {"decision": "accept", "reason": "  "}, []],
)
def test_a_decision_has_a_reason(waiting: Gate, body: object) -> None:
    answer = waiting.client.post("/reports/probe/decision", json=body, headers=waiting.review)
    assert answer.status_code == 422
    assert len(waiting.events) == 1
