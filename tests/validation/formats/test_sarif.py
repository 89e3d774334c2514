"""Outcomes as SARIF. Its structure was also held against the official schema (2.1.0-rtm.5), which is not kept here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from etappe import __version__
from etappe.errors import Position
from etappe.model import Outcome, Severity
from etappe.validation.formats import Results, render, to_sarif
from etappe.validation.formats.sarif import uri_of
from validation.cases import BAD
from validation.formats.samples import BROKEN, FOREIGN, FULL, NOTE, WARNING, any_results, foreign, outcome, several
from validation.support import outcome_of


def run(results: Results, language: str = "en") -> dict[str, Any]:
    document = json.loads(json.dumps(to_sarif(results, language)))
    assert document["version"] == "2.1.0"
    (found,) = document["runs"]
    return dict(found)


def fingerprints(checked: Outcome) -> list[str]:
    return [result["partialFingerprints"]["etappe/v1"] for result in run([("a.yaml", checked)])["results"]]


def well_formed(found: dict[str, Any]) -> None:
    """What the standard demands of the parts that we write."""
    rules = found["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"] is not None
        assert rule["help"]["text"] is not None
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    suppressed = ["suppressions" in result for result in found["results"]]
    assert all(suppressed) or not any(suppressed)
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"(file://)?[\w.~/%-]*", place["artifactLocation"]["uri"], re.ASCII)
        if "region" in place:
            assert place["region"]["startLine"] >= 1
            assert place["region"]["startColumn"] >= 1
    (invocation,) = found["invocations"]
    assert invocation["executionSuccessful"] is not bool(invocation["toolExecutionNotifications"])


def test_the_tool_says_who_it_is() -> None:
    found = run(several())
    driver = found["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("etappe", __version__)
    assert driver["informationUri"] == "https://w3id.org/etappe"
    assert found["columnKind"] == "unicodeCodePoints"
    well_formed(found)


def test_a_rule_is_explained_in_both_languages() -> None:
    (rule,) = run([("a.yaml", outcome_of(BAD["C15"][0]))])["tool"]["driver"]["rules"]
    assert rule["id"] == "C15"
    assert rule["shortDescription"]["text"] == "the printed weekday fits the first day"
    assert rule["fullDescription"]["text"].startswith("The cheapest guard")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["tags"] == ["linked-data", "SHACL"]
    for text in rule["help"].values():
        english, german = text.index("How to mend it"), text.index("So beheben Sie es")
        assert english < german
    turned = run([("a.yaml", outcome_of(BAD["C15"][0]))], "de")["tool"]["driver"]["rules"][0]["help"]["text"]
    assert turned.startswith("C15: der gedruckte Wochentag passt zum ersten Tag.")


def test_a_rule_without_a_shape_and_a_foreign_rule() -> None:
    quote = replace(FULL, code="O1", shape=None)
    foreign_rule, ours = run([("a", outcome(quote)), ("b", foreign(FOREIGN))])["tool"]["driver"]["rules"][::-1]
    assert ours["properties"]["tags"] == ["linked-data", "check in code"]
    assert ours["shortDescription"]["text"] == "every quote stands in the text, at its place"
    assert foreign_rule["shortDescription"]["text"] == FOREIGN.code
    assert foreign_rule["defaultConfiguration"] == {"level": "error"}
    assert "fullDescription" not in foreign_rule


def test_a_result_has_place_thing_and_remedy() -> None:
    (result,) = run([("Berichte/Größe 1.yaml", outcome(FULL))])["results"]
    assert (result["ruleId"], result["level"]) == ("C08", "error")
    assert result["message"]["text"] == "The place leads to no Land. Name the Land."
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "Berichte/Gr%C3%B6%C3%9Fe%201.yaml"},
        "region": {"startLine": 25, "startColumn": 12, "snippet": {"text": "in  Husum"}},
    }
    focus = "https://etappe.example/id/stop/husum-2018"
    assert location["logicalLocations"] == [
        {"name": "husum-2018", "fullyQualifiedName": focus, "kind": "object"},
        {"name": "schema:location", "fullyQualifiedName": f"{focus} schema:location", "kind": "property"},
    ]


def test_without_a_place_the_file_alone_is_named() -> None:
    (result,) = run([("a.yaml", outcome(replace(FULL, position=None, focus=None)))])["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}}}]


def test_levels_follow_severity() -> None:
    results = run([("a.yaml", outcome(FULL, WARNING, NOTE))])["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
    assert not any("suppressions" in result for result in results)


def test_fingerprints_stay_when_lines_move_and_differ_between_findings() -> None:
    first = outcome(FULL, WARNING)
    moved = outcome(replace(FULL, position=Position(99, 3)), replace(WARNING, position=None))
    assert fingerprints(first) == fingerprints(moved)
    assert len(set(fingerprints(first))) == 2
    assert len(set(fingerprints(outcome(FULL, FULL)))) == 2
    assert fingerprints(foreign(FOREIGN)) == fingerprints(foreign(replace(FOREIGN, focus=None, value=None)))


def test_accepted_warnings_are_suppressed_with_the_reason() -> None:
    pairs = [("a.yaml", outcome(FULL, WARNING, accepted="stands so in the register")), ("b.yaml", outcome(WARNING))]
    found = [result["suppressions"] for result in run(pairs)["results"]]
    assert found == [[], [{"kind": "external", "justification": "stands so in the register"}], []]


def test_unreadable_files_are_notifications() -> None:
    found = run([("b.yaml", BROKEN), ("a.yaml", outcome())])
    (invocation,) = found["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"] == {"text": "the key 'title' stands twice"}
    place = notification["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "b.yaml"}, "region": {"startLine": 6, "startColumn": 1}}
    assert found["results"] == []
    assert [artifact["location"]["uri"] for artifact in found["artifacts"]] == ["b.yaml", "a.yaml"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/ü.yaml", "a%20b/%C3%BC.yaml"),
        ("/tmp/ä.yaml", "file:///tmp/%C3%A4.yaml"),
        ("./a.yaml", "a.yaml"),
        ("../a.yaml", "../a.yaml"),
        ("a:b#c?d%.yaml", "a%3Ab%23c%3Fd%25.yaml"),
        ("caf\udce9.yaml", "caf%E9.yaml"),
        ("\ud800.yaml", "%3F.yaml"),
    ],
)
def test_names_of_files_become_addresses(name: str, uri: str) -> None:
    assert uri_of(name) == uri


def test_addresses_lead_back_to_the_file() -> None:
    assert unquote(uri_of("Berichte/Größe 1%.yaml")) == "Berichte/Größe 1%.yaml"


def test_help_is_text_and_no_markdown_of_the_finding() -> None:
    hostile = replace(FOREIGN, code="*x*", severity=Severity.WARNING, remedies={"en": "[a](https://b.example) <img>"})
    (rule,) = run([("a", foreign(hostile))])["tool"]["driver"]["rules"]
    assert "\\[a\\](https://b.example) \\<img\\>" in rule["help"]["markdown"]


@settings(deadline=None)
@given(any_results)
def test_any_results_can_be_written(results: Results) -> None:
    well_formed(json.loads(render(results, "sarif"))["runs"][0])
