"""One entry point for all forms."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest

from etappe.errors import UsageError
from etappe.model import Finding, Severity
from etappe.validation.formats import FORMATS, render
from etappe.validation.formats.rules import rules_of
from etappe.validation.shapes import catalogue
from validation.formats.samples import FULL, WARNING, outcome, several


def test_every_form_takes_the_same_files_once() -> None:
    assert set(FORMATS) == {"json", "turtle", "json-ld", "sarif", "junit", "html"}
    for form in FORMATS:
        assert render(iter(several()), form, "de") == render(several(), form, "de")


def test_every_form_ends_its_last_line() -> None:
    assert all(render(several(), form).endswith("\n") for form in FORMATS)


def test_json_keeps_the_order_of_the_files() -> None:
    assert [entry["source"] for entry in json.loads(render(several(), "json"))][2:4] == ["b.yaml", "empty.yaml"]


def test_what_fails_is_a_choice() -> None:
    results = [("a.yaml", outcome(WARNING))]
    assert fromstring(render(results, "junit")).get("failures") == "0"
    assert fromstring(render(results, "junit", "de", Severity.WARNING)).get("failures") == "1"


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="'pdf'; there are json, turtle"):
        render([], "pdf")


def test_names_that_are_no_text_can_be_printed_in_every_form() -> None:
    for form in FORMATS:
        render([("caf\udce9.yaml", outcome(FULL, source="caf\udce9.yaml"))], form).encode()


def test_every_rule_of_ours_is_explained_in_both_languages() -> None:
    codes = {shape.code for shape in catalogue().values()} | {"O1", "O2", "O4", "O6", "O7"}
    findings = [Finding(code, Severity.VIOLATION, {"de": "x", "en": "x"}) for code in codes]
    rules = rules_of([("a.yaml", outcome(*findings))])
    assert list(rules) == sorted(codes)
    for rule in rules.values():
        assert set(rule.labels) == set(rule.reasons) == {"de", "en"}, rule.code
