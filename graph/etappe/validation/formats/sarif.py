"""Outcomes as SARIF 2.1.0, which code hosts and editors show beside the lines of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from pyoxigraph import BlankNode

from etappe import __version__
from etappe.errors import EtappeError, Position
from etappe.model import Finding, Outcome, Severity, Term, digest
from etappe.namespaces import ET
from etappe.validation.formats.results import Results, told
from etappe.validation.formats.rules import Rule, remedy_of, rules_of

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MEND = {"de": "So beheben Sie es", "en": "How to mend it"}

Values = dict[str, Any]


def to_sarif(results: Results, language: str) -> Values:
    """One run over all files. Files that could not be read are notifications of the tool, not results."""
    pairs = list(results)
    rules = rules_of(pairs)
    outcomes = [(name, outcome) for name, outcome in pairs if isinstance(outcome, Outcome)]
    errors = [_notification(name, error) for name, error in pairs if isinstance(error, EtappeError)]
    found = [result for name, outcome in outcomes for result in _results(name, outcome, rules, language)]
    if not any(result["suppressions"] for result in found):  # the standard wants them at all results or at none
        found = [{key: value for key, value in result.items() if key != "suppressions"} for result in found]
    driver = {
        "name": "etappe",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": ET.rpartition("/")[0],
        "rules": [_rule(rule, language) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not errors, "toolExecutionNotifications": errors}],
        "artifacts": [_artifact(uri) for uri in dict.fromkeys(uri_of(name) for name, _ in pairs)],
        "results": found,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def uri_of(name: str) -> str:
    """The address of a file: relative where its name is, percent-encoded; the bytes of the name where it is no text."""
    path = PurePosixPath(name)
    try:
        encoded = quote(str(path).encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # no name that a file system gave
        encoded = quote(str(path).encode("utf-8", "replace"))
    return f"file://{encoded}" if path.is_absolute() else encoded


def _artifact(uri: str) -> Values:
    return {"location": {"uri": uri}, "roles": ["analysisTarget"]}


def _rule(rule: Rule, language: str) -> Values:
    described: Values = {
        "id": rule.code,
        "shortDescription": {"text": told(rule.labels, language)},
        "help": _help(rule, language),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["linked-data", "check in code" if rule.in_code else "SHACL"]},
    }
    if reason := told(rule.reasons, language):
        described["fullDescription"] = {"text": reason}
    return described


def _help(rule: Rule, language: str) -> Values:
    """How to mend a breach, in both languages, that of the reader first."""
    text, markdown = list[str](), list[str]()
    for tag in sorted(_MEND, key=lambda tag: tag != language):
        label, reason = rule.labels.get(tag, rule.code), rule.reasons.get(tag)
        ways = [remedy[tag] for remedy in rule.remedies if tag in remedy]
        text += [f"{rule.code}: {label}.", *([reason] if reason else [])]
        markdown += [f"**{_plain(rule.code)}: {_plain(label)}**\n", *([f"{_plain(reason)}\n"] if reason else [])]
        if ways:
            text += [f"{_MEND[tag]}:", *(f"- {way}" for way in ways)]
            markdown += [f"{_MEND[tag]}:\n", *(f"- {_plain(way)}" for way in ways), ""]
        text.append("")
    return {"text": "\n".join(text).strip(), "markdown": "\n".join(markdown).strip()}


def _plain(text: str) -> str:
    """Text in which Markdown finds no mark."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~" else sign for sign in " ".join(text.split()))


def _results(name: str, outcome: Outcome, rules: Mapping[str, Rule], language: str) -> Iterator[Values]:
    index = {code: number for number, code in enumerate(rules)}
    seen: Counter[str] = Counter()
    for finding in outcome.findings:
        fingerprint = _fingerprint(outcome, finding)
        seen[fingerprint] += 1
        accepted = outcome.accepted if finding.severity is Severity.WARNING else None
        yield {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(finding, rules, language)},
            "locations": [_location(name, finding)],
            "partialFingerprints": {"etappe/v1": f"{fingerprint}:{seen[fingerprint]}"},
            "suppressions": [{"kind": "external", "justification": accepted}] if accepted is not None else [],
        }


def _message(finding: Finding, rules: Mapping[str, Rule], language: str) -> str:
    sentences = (told(finding.messages, language) or finding.code, remedy_of(finding, rules, language))
    return " ".join(sentence for sentence in sentences if sentence)


def _location(name: str, finding: Finding) -> Values:
    location: Values = {"physicalLocation": _place(name, finding.position, finding.quote)}
    logical = []
    if finding.focus is not None:
        focus = _name(finding.focus)
        logical.append({"name": focus.rpartition("/")[2] or focus, "fullyQualifiedName": focus, "kind": "object"})
        if finding.path:
            logical.append({"name": finding.path, "fullyQualifiedName": f"{focus} {finding.path}", "kind": "property"})
    if logical:
        location["logicalLocations"] = logical
    return location


def _name(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _place(name: str, position: Position | None, quoted: str | None = None) -> Values:
    place: Values = {"artifactLocation": {"uri": uri_of(name)}}
    if position is not None:
        place["region"] = {"startLine": position.line, "startColumn": position.column}
        if quoted:
            place["region"]["snippet"] = {"text": quoted}
    return place


def _fingerprint(outcome: Outcome, finding: Finding) -> str:
    """What stays the same when lines move: what is wrong with which thing. Blank nodes are called anew at each read."""
    report = outcome.report.value if outcome.report is not None else ""
    nodes = [
        "" if term is None or isinstance(term, BlankNode) else str(term) for term in (finding.focus, finding.value)
    ]
    parts = (report, finding.code, finding.shape or finding.component or "", *nodes, finding.path or "")
    return digest("\n".join(parts).encode("utf-8", "surrogatepass")).removeprefix("sha256:")[:32]


def _notification(name: str, error: EtappeError) -> Values:
    return {
        "level": "error",
        "message": {"text": error.message},
        "locations": [{"physicalLocation": _place(name, error.position)}],
    }
