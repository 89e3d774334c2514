"""Outcomes on the screen: each file with its findings by rule, and a summary of many files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from etappe.cli.screen import short, table
from etappe.cli.texts import say
from etappe.errors import EtappeError
from etappe.model import Finding, Outcome, Severity
from etappe.validation.findings import by_rule
from etappe.validation.formats.results import told
from etappe.validation.formats.rules import remedy_of, rules_of

_SIGNS = {Severity.VIOLATION: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFO: ("i", "blue")}
_COUNTED = ((Severity.VIOLATION, "violations"), (Severity.WARNING, "warnings"), (Severity.INFO, "notes"))
_INDENT = " " * 13


def show_outcome(console: Console, path: str, outcome: Outcome, language: str) -> None:
    """One file: a line that says whether it passes, then its findings by rule, the gravest and most basic first."""
    counts = Counter(finding.severity for finding in outcome.findings)
    mark = "[green]✓[/]" if outcome.conforms else "[red]✗[/]"
    words = [say(language, key, n=counts[s]) for s, key in _COUNTED if counts[s]] or [say(language, "no-findings")]
    console.print(f"{mark} [bold]{escape(path)}[/]  {', '.join(words)}", soft_wrap=True)
    rules = rules_of([(path, outcome)])
    for groups in by_rule(outcome.findings):
        first = groups[0][0]
        sign, colour = _SIGNS[first.severity]
        label = rules[first.code].labels.get(language, first.code)
        said = f"  {escape(label)}" if label != first.code else ""
        console.print(f"\n  [{colour}]{sign}[/] [bold]{escape(first.code)}[/]{said}", soft_wrap=True)
        before = ""
        for group in groups:
            remedy = remedy_of(group[0], rules, language)
            _show_group(console, group, language, remedy if remedy != before else "")
            before = remedy
    if outcome.findings:
        console.print()


def _show_group(console: Console, group: tuple[Finding, ...], language: str, remedy: str) -> None:
    """The first finding of a thing at length; those that follow from it as codes."""
    first, *rest = group
    place = f"{first.position.line}:{first.position.column}" if first.position else "–"
    console.print(f"  {place:>9}  {escape(told(first.messages, language))}", soft_wrap=True)
    if first.quote:
        console.print(f"{_INDENT}„{escape(short(first.quote))}“", style="dim", soft_wrap=True)
    if remedy:
        console.print(f"{_INDENT}[cyan]→[/] {escape(remedy)}", soft_wrap=True)
        for line in (first.snippet or "").splitlines():
            console.print(f"{_INDENT}    {escape(line)}", style="cyan", soft_wrap=True)
    if rest:
        codes = ", ".join(dict.fromkeys(finding.code for finding in rest))
        console.print(f"{_INDENT}{say(language, 'follow-ups', n=len(rest), codes=codes)}", style="dim", soft_wrap=True)


def show_summary(console: Console, results: Sequence[tuple[str, Outcome | EtappeError]], language: str) -> None:
    """Two tables: how often each rule was broken and in how many files, and which files have findings."""
    findings = Counter[str]()
    files = Counter[str]()
    for _, result in results:
        if isinstance(result, Outcome):
            codes = [finding.code for finding in result.findings]
            findings.update(codes)
            files.update(set(codes))
    if findings:
        rules = rules_of(results)
        rows = [
            (code, rules[code].labels.get(language, code), str(count), str(files[code]))
            for code, count in sorted(findings.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        console.print()
        console.print(table([say(language, key) for key in ("rule", "demands", "findings", "files")], rows))
    files_found = [row for name, result in results if (row := _summed(name, result, language))]
    if files_found:
        console.print()
        heads = (say(language, "file"), *(say(language, key, n=2).partition(" ")[2] for _, key in _COUNTED[:2]), "")
        console.print(table(heads, files_found))


def _summed(name: str, result: Outcome | EtappeError, language: str) -> tuple[str, ...] | None:
    if isinstance(result, EtappeError):
        return name, "", "", say(language, "unreadable")
    counts = Counter(finding.severity for finding in result.findings)
    if not counts:
        return None
    return name, *(str(counts[severity] or "") for severity, _ in _COUNTED[:2]), ""
