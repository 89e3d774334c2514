"""An outcome as plain JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from etappe.namespaces import SH
from etappe.validation.formats import render, to_json
from validation.cases import BAD
from validation.formats.samples import BROKEN, FOREIGN, FULL, GOOD, foreign, outcome
from validation.support import BASE, outcome_of


def test_every_finding_has_its_place() -> None:
    checked = outcome_of(BAD["C15"][0])
    document = json.loads(json.dumps(to_json(checked)))
    assert document["report"] == f"{BASE}/id/report/probe"
    assert (document["source"], document["profile"], document["conforms"]) == ("good.yaml", "ingest", False)
    assert document["engine"] == checked.engine
    assert document["accepted"] is None
    (finding,) = document["findings"]
    assert (finding["code"], finding["severity"]) == ("C15", "violation")
    assert set(finding["message"]) == {"de", "en"}
    assert finding["focus"] == f"{BASE}/id/stop/musterstadt-2018"
    assert finding["path"] == "et:reportedWeekday"
    assert finding["value"] == "https://w3id.org/etappe/vocab/friday"
    assert finding["line"] > 1
    assert finding["column"] > 1
    assert finding["shape"] == "https://w3id.org/etappe/shapes#C15"
    assert finding["component"] == SH.SPARQLConstraintComponent.value


def test_a_finding_says_how_to_mend_it() -> None:
    (finding,) = to_json(outcome(FULL))["findings"]
    assert finding["remedies"] == {"de": "Nennen Sie das Land.", "en": "Name the Land."}
    assert finding["snippet"] == "places:\n  husum:\n    in: musterland"


def test_a_finding_without_place_focus_and_value() -> None:
    bare = replace(FULL, focus=None, value=None, position=None, snippet=None)
    (finding,) = to_json(outcome(bare))["findings"]
    assert [finding[key] for key in ("focus", "value", "line", "column", "snippet")] == [None] * 5


def test_a_good_report_has_no_findings() -> None:
    assert to_json(GOOD)["conforms"] is True
    assert to_json(GOOD)["findings"] == []


def test_the_reason_for_which_warnings_were_accepted_is_there() -> None:
    assert to_json(outcome(accepted="stands so in the register"))["accepted"] == "stands so in the register"


def test_a_graph_that_is_no_report_has_no_report() -> None:
    document = to_json(foreign(FOREIGN))
    assert document["report"] is None
    assert document["findings"][0]["message"] == {"": "Less than 1 values"}


def test_an_unreadable_file_never_conforms_and_says_why() -> None:
    good, broken = json.loads(render([("a.yaml", GOOD), ("b.yaml", BROKEN)], "json"))
    assert (broken["source"], broken["conforms"], broken["findings"]) == ("b.yaml", False, [])
    assert broken["error"] == {
        "kind": "ReadingError",
        "message": "the key 'title' stands twice",
        "line": 6,
        "column": 1,
    }
    assert set(good) < set(broken)
