"""Outcomes as one HTML page that stands alone, for people who have never heard of SHACL."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby

from pyoxigraph import BlankNode

from etappe import __version__
from etappe.errors import EtappeError, Position
from etappe.model import Finding, Outcome, Severity, Term
from etappe.namespaces import compact
from etappe.validation.findings import grouped
from etappe.validation.formats.markup import Content, Markup, join, tag
from etappe.validation.formats.page_style import ICONS, style_sheet
from etappe.validation.formats.page_words import kind_word, say
from etappe.validation.formats.results import Result, Results, told
from etappe.validation.formats.rules import Rule, remedy_of, rules_of

#: States of a file, the worst first; what was not even read cannot be judged.
STATES = ("unreadable", "violation", "warning", "passed")
_GRAVE = (Severity.VIOLATION, Severity.WARNING, Severity.INFO)
_COUNTED = {Severity.VIOLATION: "violations", Severity.WARNING: "warnings", Severity.INFO: "notes"}
_THING = re.compile(r".*/id/([a-z]+)/([^/]+)")


def to_html(results: Results, language: str) -> str:
    """The page. It loads nothing and runs nothing; every value in it is text."""
    pairs = sorted(results, key=lambda pair: STATES.index(state_of(pair[1])))
    language = "de" if language == "de" else "en"
    page = _Page(language, pairs, rules_of(pairs))
    return "<!doctype html>\n" + tag("html", page.head(), page.body(), lang=language) + "\n"


def state_of(result: Outcome | EtappeError) -> str:
    """Which of the states a file is in; a mere note is nothing to object to."""
    if isinstance(result, EtappeError):
        return "unreadable"
    gravest = max((finding.severity for finding in result.findings), default=Severity.INFO)
    return {Severity.VIOLATION: "violation", Severity.WARNING: "warning"}.get(gravest, "passed")


def icon(name: str) -> Markup:
    """A picture beside a word that says the same."""
    use = tag("use", href=f"#icon-{name}")
    return tag("svg", use, class_=f"icon {name}", viewBox="0 0 20 20", aria_hidden="true")


@dataclass(frozen=True)
class _Page:
    """Writes one page."""

    language: str
    pairs: list[Result]
    rules: Mapping[str, Rule]
    anchors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, code in enumerate(self.rules, 1):
            self.anchors[code] = f"rule-{code if re.fullmatch('[A-Za-z0-9]+', code) else f'-{number}'}"

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def head(self) -> Markup:
        style = style_sheet()
        allowed = b64encode(sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
        return tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", f"{self.say('title')} – Etappe"),
            tag("style", Markup(style)),
        )

    def body(self) -> Markup:
        return tag(
            "body",
            _icons(),
            tag("a", self.say("skip"), class_="skip", href="#main"),
            self._top(),
            tag(
                "main", self._summary(), self._by_rule(), self._by_file(), self._findings(), self._reasons(),
                class_="wide", id="main",
            ),
            self._foot(),
        )  # fmt: skip

    def _top(self) -> Markup:
        inner = tag(
            "div",
            tag("p", "Etappe", class_="brand"),
            tag("h1", self.say("title")),
            tag("p", self.say("lead"), class_="lead"),
            class_="wide",
        )
        return tag("header", inner, class_="top")

    def _section(self, name: str, *content: Content) -> Markup:
        """A section under a heading of the second level."""
        return tag("section", tag("h2", self.say(name), id=name), *content, aria_labelledby=name)

    def _summary(self) -> Markup:
        states = Counter(state_of(result) for _, result in self.pairs)
        total, passed = len(self.pairs), states["passed"] + states["warning"]
        key = "no-files" if not total else "all-pass" if passed == total else "some-pass"
        shown = "passed" if passed == total and total else "violation" if total else "info"
        return self._section(
            "summary",
            tag("p", icon(shown), tag("span", self.say(key, n=total, passed=passed)), class_="verdict"),
            tag("p", self.say("pass-means")),
            _bar(states) if total else None,
            tag("dl", *(self._tile(state, states[state]) for state in reversed(STATES)), class_="tiles"),
        )

    def _tile(self, state: str, count: int) -> Markup:
        label = tag("dt", icon(state), tag("span", self.say(f"state.{state}")))
        return tag("div", label, tag("dd", str(count)), class_="tile" if count else "tile none")

    def _by_rule(self) -> Markup | None:
        if not self.rules:
            return None
        found, files = Counter[str](), Counter[str]()
        for _, outcome in self._outcomes():
            found.update(finding.code for finding in outcome.findings)
            files.update({finding.code for finding in outcome.findings})
        rows = [
            tag(
                "tr",
                tag("th", self._link(code), scope="row", class_="code"),
                tag("td", self._demand(rule) or "–", class_="words"),
                tag("td", self._word(self._gravest(code)), class_="state"),
                tag("td", str(found[code]), class_="number"),
                tag("td", str(files[code]), class_="number"),
            )
            for code, rule in sorted(self.rules.items(), key=lambda item: -found[item[0]])
        ]
        return self._section("by-rule", self._table("by-rule", _RULE_HEADS, rows))

    def _gravest(self, code: str) -> Severity:
        return max(f.severity for _, outcome in self._outcomes() for f in outcome.findings if f.code == code)

    def _by_file(self) -> Markup | None:
        if not self.pairs:
            return None
        rows = []
        for number, (name, result) in enumerate(self.pairs, 1):
            counts = Counter(f.severity for f in result.findings) if isinstance(result, Outcome) else None
            shown = tag("code", name)
            told_below = counts is None or counts
            rows.append(
                tag(
                    "tr",
                    tag("th", self._below(shown, number) if told_below else shown, scope="row", class_="words"),
                    tag("td", self._state(state_of(result)), class_="state"),
                    *(_number(counts[severity] if counts is not None else None) for severity in _GRAVE),
                )
            )
        return self._section("by-file", self._table("by-file", _FILE_HEADS, rows))

    def _below(self, name: Markup, number: int) -> Markup:
        return tag("a", name, href=f"#file-{number}")

    def _demand(self, rule: Rule) -> str | None:
        """What a rule demands, beginning with a capital letter; nothing where only its code is known."""
        label = told(rule.labels, self.language)
        return label[:1].upper() + label[1:] if label != rule.code else None

    def _table(self, name: str, heads: tuple[tuple[str, bool], ...], rows: list[Markup]) -> Markup:
        drawn = (tag("th", self.say(key), scope="col", class_="number" if number else None) for key, number in heads)
        table = tag("table", tag("thead", tag("tr", *drawn)), tag("tbody", *rows), aria_labelledby=name)
        return tag("div", table, class_="scroll", tabindex="0", role="group", aria_labelledby=name)

    def _findings(self) -> Markup | None:
        files = [
            self._file(number, name, result)
            for number, (name, result) in enumerate(self.pairs, 1)
            if isinstance(result, EtappeError) or result.findings
        ]
        return self._section("findings", *files) if files else None

    def _file(self, number: int, name: str, result: Outcome | EtappeError) -> Markup:
        anchor = f"file-{number}"
        content = self._error(result) if isinstance(result, EtappeError) else join(*self._things(result))
        accepted = None
        if isinstance(result, Outcome) and result.accepted is not None:
            accepted = tag("p", icon("passed"), f" {self.say('accepted')}: {result.accepted}", class_="accepted")
        head = tag(
            "div",
            tag("h3", tag("code", name), id=f"{anchor}-name"),
            tag("p", self._state(state_of(result)), class_="state"),
            class_="file-head",
        )
        return tag("section", head, accepted, content, class_="file", id=anchor, aria_labelledby=f"{anchor}-name")

    def _error(self, error: EtappeError) -> Markup:
        return tag(
            "div",
            self._finding_head("unreadable", self.say("unreadable"), error.position),
            tag("p", error.message, class_="sentence", lang="en"),
            class_="finding unreadable",
        )

    def _things(self, outcome: Outcome) -> Iterator[Markup]:
        """The findings of each thing under its name: the most basic one, the others folded below it."""
        for _, groups in groupby(grouped(outcome.findings), key=lambda group: str(group[0].focus)):
            listed = list(groups)
            yield tag("h4", self._name(listed[0][0].focus))
            for first, *others in listed:
                yield self._finding(first)
                if others:
                    summary = tag("summary", self.say("follow-ups", n=len(others)))
                    yield tag("details", summary, *map(self._finding, others))

    def _name(self, focus: Term | None) -> Markup:
        if focus is None:
            return join(self.say("whole-file"))
        if isinstance(focus, BlankNode):
            return join(self.say("unnamed"))
        match = _THING.fullmatch(focus.value)
        kind = kind_word(self.language, match[1]) if match else None
        return join(kind, tag("code", match[2]), by=" ") if match and kind else tag("code", compact(focus.value))

    def _finding(self, finding: Finding) -> Markup:
        severity = finding.severity.name.lower()
        remedy = remedy_of(finding, self.rules, self.language)
        said = (
            ("quote", tag("blockquote", " ".join(finding.quote.split())) if finding.quote else None),
            ("remedy", join(remedy) if remedy else None),
            ("snippet", self._snippet(finding.snippet) if finding.snippet else None),
        )
        details = [tag("div", tag("dt", self.say(key)), tag("dd", shown)) for key, shown in said if shown is not None]
        return tag(
            "article",
            self._finding_head(severity, self.say(f"severity.{severity}"), finding.position),
            tag("p", told(finding.messages, self.language) or finding.code, class_="sentence"),
            tag("dl", *details) if details else None,
            tag("p", f"{self.say('rule')} ", tag("span", finding.code), " · ", self._why(finding.code), class_="why"),
            class_=f"finding {severity}",
        )

    def _finding_head(self, look: str, word: str, position: Position | None) -> Markup:
        place = None
        if position is not None:
            words = self.say("place", line=position.line, column=position.column)
            place = tag("span", words, class_="place")
        return tag("p", tag("strong", icon(look), tag("span", word)), place, class_="finding-head")

    def _snippet(self, snippet: str) -> Markup:
        return tag("pre", tag("code", snippet), tabindex="0", role="group", aria_label=self.say("snippet"))

    def _link(self, code: str) -> Markup:
        return tag("a", code, href=f"#{self.anchors[code]}")

    def _why(self, code: str) -> Markup:
        return tag("a", self.say("why"), href=f"#{self.anchors[code]}", aria_label=f"{self.say('why')} ({code})")

    def _reasons(self) -> Markup | None:
        return self._section("reasons", *map(self._reason, self.rules.values())) if self.rules else None

    def _reason(self, rule: Rule) -> Markup:
        demand = self._demand(rule)
        return tag(
            "section",
            tag("h3", tag("code", rule.code), tag("span", demand) if demand else None),
            tag("p", told(rule.reasons, self.language) or self.say("no-reason")),
            class_="rule",
            id=self.anchors[rule.code],
        )

    def _foot(self) -> Markup:
        profiles = dict.fromkeys(outcome.profile.value for _, outcome in self._outcomes())
        engines = dict.fromkeys(outcome.engine for _, outcome in self._outcomes())
        facts = [
            self.say("made-by", version=__version__),
            *(self.say("engine", engine=engine) for engine in engines),
            *(self.say(f"profile.{profile}") for profile in profiles),
        ]
        return tag("footer", tag("p", " · ".join(facts)), class_="wide")

    def _outcomes(self) -> Iterator[tuple[str, Outcome]]:
        return ((name, result) for name, result in self.pairs if isinstance(result, Outcome))

    def _word(self, severity: Severity) -> Markup:
        name = severity.name.lower()
        return join(icon(name), self.say(f"severity.{name}"))

    def _state(self, state: str) -> Markup:
        return join(icon(state), self.say(f"state.{state}"))


#: Heads of the two tables, and whether numbers stand below them.
_RULE_HEADS = (("rule", False), ("demands", False), ("severity", False), ("how-often", True), ("in-files", True))
_FILE_HEADS = (("file", False), ("state", False), *((key, True) for key in _COUNTED.values()))


def _number(count: int | None) -> Markup:
    """A cell with a number; a dash where nothing was counted."""
    return tag("td", "–" if count is None else str(count), class_="number" if count else "number zero")


def _icons() -> Markup:
    symbols = (tag("symbol", Markup(drawn), id=f"icon-{name}", viewBox="0 0 20 20") for name, drawn in ICONS.items())
    return tag("svg", *symbols, class_="icons", aria_hidden="true")


def _bar(states: Mapping[str, int]) -> Markup:
    """How many files are in which state, as lengths; the tiles below say it in numbers."""
    total, left, parts = sum(states.values()), 0.0, []
    for state in reversed(STATES):
        width = 100 * states[state] / total
        if width:
            parts.append(tag("rect", class_=state, x=f"{left:.3f}", y="0", width=f"{width:.3f}", height="1"))
        left += width
    box = {"viewBox": "0 0 100 1", "preserveAspectRatio": "none"}
    return tag("svg", *parts, class_="bar", aria_hidden="true", **box)
