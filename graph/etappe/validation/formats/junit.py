"""Outcomes as JUnit XML, which build servers show as tests: a suite for each file, a case for each rule found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from etappe.errors import EtappeError, Position
from etappe.model import Finding, Outcome, Severity
from etappe.validation.formats.results import Results, counts_as_failure, told
from etappe.validation.formats.rules import Rule, remedy_of, rules_of

#: Characters that XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONFORMS = {"de": "nichts zu beanstanden", "en": "nothing to object to"}
_READABLE = {"de": "lesbar", "en": "readable"}
_SEVERITIES = {
    Severity.VIOLATION: {"de": "Verstoß", "en": "violation"},
    Severity.WARNING: {"de": "Warnung", "en": "warning"},
    Severity.INFO: {"de": "Hinweis", "en": "note"},
}
_ACCEPTED = {"de": "Warnungen angenommen", "en": "warnings accepted"}
_MEND = {"de": "So beheben Sie es", "en": "How to mend it"}


def to_junit(results: Results, language: str, fail_on: Severity = Severity.VIOLATION) -> str:
    """The XML text. Findings below ``fail_on`` stand in ``system-out`` and fail nothing."""
    pairs = list(results)
    rules = rules_of(pairs)
    root = Element("testsuites", name="etappe")
    for name, result in pairs:
        suite = SubElement(root, "testsuite", name=xml_text(name))
        if isinstance(result, EtappeError):
            _error(suite, name, result, language)
        else:
            _cases(suite, name, result, rules, language, fail_on)
        _count(suite, suite)
    _count(root, root)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def _count(element: Element, within: Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        element.set(name, str(sum(1 for _ in within.iter(tag))))


def _case(suite: Element, file: str, name: str, position: Position | None = None) -> Element:
    case = SubElement(suite, "testcase", classname=xml_text(file), name=xml_text(name), file=xml_text(file))
    if position is not None:
        case.set("line", str(position.line))
    return case


def _error(suite: Element, file: str, error: EtappeError, language: str) -> None:
    case = _case(suite, file, told(_READABLE, language), error.position)
    detail = SubElement(case, "error", type=type(error).__name__, message=xml_text(error.message))
    place = f"{error.position.line}:{error.position.column}: " if error.position else ""
    detail.text = xml_text(f"{place}{error.message}")


def _cases(
    suite: Element, file: str, outcome: Outcome, rules: Mapping[str, Rule], language: str, fail_on: Severity
) -> None:
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        by_code[finding.code].append(finding)
    if not by_code:
        _case(suite, file, told(_CONFORMS, language))
    for code, findings in by_code.items():
        label = told(rules[code].labels, language)
        place = next((finding.position for finding in findings if finding.position), None)
        case = _case(suite, file, code if label == code else f"{code} {label}", place)
        failing = [finding for finding in findings if counts_as_failure(finding, outcome, fail_on)]
        others = [finding for finding in findings if not counts_as_failure(finding, outcome, fail_on)]
        if failing:
            gravest = max(finding.severity for finding in failing)
            message = xml_text(told(failing[0].messages, language) or code)
            failure = SubElement(case, "failure", type=gravest.name.lower(), message=message)
            failure.text = _told(failing, rules, language)
        if others:
            note = f"\n\n{told(_ACCEPTED, language)}: {outcome.accepted}" if outcome.accepted is not None else ""
            SubElement(case, "system-out").text = xml_text(_told(others, rules, language) + note)


def _told(findings: Iterable[Finding], rules: Mapping[str, Rule], language: str) -> str:
    return xml_text("\n\n".join(_paragraph(finding, rules, language) for finding in findings))


def _paragraph(finding: Finding, rules: Mapping[str, Rule], language: str) -> str:
    place = f"{finding.position.line}:{finding.position.column}: " if finding.position else ""
    severity = told(_SEVERITIES[finding.severity], language)
    lines = [f"{place}{severity}: {told(finding.messages, language) or finding.code}"]
    if finding.quote:
        lines.append(f"    „{' '.join(finding.quote.split())}“")
    if remedy := remedy_of(finding, rules, language):
        lines.append(f"    {told(_MEND, language)}: {remedy}")
    if finding.snippet:
        lines += [f"        {line}" for line in finding.snippet.splitlines()]
    return "\n".join(lines)
