"""Outcomes as JUnit XML."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from hypothesis import given, settings

from etappe.errors import EtappeError
from etappe.model import Severity
from etappe.validation.formats import Results, render, to_junit
from etappe.validation.formats.results import Result
from validation.formats.samples import (
    BROKEN,
    FOREIGN,
    FULL,
    GOOD,
    HOSTILE,
    WARNING,
    any_results,
    foreign,
    outcome,
    several,
)


def suites(results: Results, language: str = "en", fail_on: Severity = Severity.VIOLATION) -> list[Element]:
    return list(fromstring(to_junit(results, language, fail_on)))


def only_case(results: Results, fail_on: Severity = Severity.VIOLATION) -> Element:
    (suite,) = suites(results, fail_on=fail_on)
    (case,) = suite
    return case


def test_a_suite_for_each_file_and_a_case_for_each_rule() -> None:
    root = fromstring(to_junit(several(), "en"))
    assert [suite.get("name") for suite in root] == [name for name, _ in several()]
    full = root[4]
    names = [case.get("name") or "" for case in full]
    assert [name.split()[0] for name in names] == ["C08", "C09", "C19", "C10"]
    assert names[0] == "C08 a stop has a place that leads to a municipality and a Land"
    assert (full.get("tests"), full.get("failures"), full.get("errors")) == ("4", "2", "0")
    totals = [sum(int(suite.get(key) or "") for suite in root) for key in ("tests", "failures", "errors")]
    assert [root.get(key) for key in ("tests", "failures", "errors")] == [str(total) for total in totals]


def test_a_file_without_findings_is_a_passing_test() -> None:
    case = only_case([("good.yaml", GOOD)])
    assert (case.get("name"), list(case)) == ("nothing to object to", [])
    assert (case.get("classname"), case.get("file")) == ("good.yaml", "good.yaml")


def test_a_failure_tells_all_findings_of_the_rule() -> None:
    second = replace(FULL, messages={"en": "The second."}, position=None, quote=None, remedies={}, snippet=None)
    case = only_case([("a.yaml", outcome(FULL, second))])
    (failure,) = case
    assert (failure.tag, failure.get("type"), case.get("line")) == ("failure", "violation", "25")
    assert failure.get("message") == "The place leads to no Land."
    assert failure.text == (
        "25:12: violation: The place leads to no Land.\n    „in Husum“\n    How to mend it: Name the Land.\n"
        "        places:\n          husum:\n            in: musterland\n\nviolation: The second."
    )


def test_a_warning_fails_only_where_it_should() -> None:
    results = [("a.yaml", outcome(WARNING))]
    (told,) = only_case(results)
    assert told.tag == "system-out"
    (failure,) = only_case(results, Severity.WARNING)
    assert (failure.tag, failure.get("type")) == ("failure", "warning")


def test_an_accepted_warning_fails_nothing() -> None:
    (told,) = only_case([("a.yaml", outcome(WARNING, accepted="stands so"))], Severity.WARNING)
    assert told.tag == "system-out"
    assert (told.text or "").endswith("warnings accepted: stands so")


def test_a_rule_with_both_kinds_of_finding_tells_both() -> None:
    case = only_case([("a.yaml", outcome(FULL, replace(FULL, severity=Severity.WARNING)))])
    assert [part.tag for part in case] == ["failure", "system-out"]


def test_an_unreadable_file_is_an_error() -> None:
    (suite,) = suites([("b.yaml", BROKEN)], "de")
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    (error,) = suite[0]
    assert (suite[0].get("name"), suite[0].get("line")) == ("lesbar", "6")
    assert (error.tag, error.get("type")) == ("error", "ReadingError")
    assert error.text == "6:1: the key 'title' stands twice"
    assert only_case([("b.yaml", EtappeError("is empty"))])[0].text == "is empty"


def test_both_languages() -> None:
    german = to_junit([("a.yaml", outcome(FULL))], "de")
    assert "Verstoß: Der Ort führt zu keinem Land." in german
    assert "So beheben Sie es: Nennen Sie das Land." in german


def test_foreign_rules_are_called_by_their_code() -> None:
    assert only_case([("f.ttl", foreign(FOREIGN))]).get("name") == FOREIGN.code


def test_what_xml_forbids_is_left_out_and_the_rest_escaped() -> None:
    hostile = replace(FULL, messages={"en": HOSTILE}, quote=HOSTILE, snippet=HOSTILE, remedies={"en": HOSTILE})
    text = render([(HOSTILE + "\ud800", outcome(hostile, accepted=HOSTILE))], "junit")
    assert "<script>" not in text
    failure = fromstring(text)[0][0][0]
    assert failure.get("message") == HOSTILE.replace("\x00\x0b", "").replace("\ufffe", "")


@settings(deadline=None)
@given(any_results)
def test_any_results_can_be_written_and_read(results: list[Result]) -> None:
    text = render(results, "junit", "de", Severity.WARNING)
    assert len(fromstring(text.encode())) == len(results)
