"""Outcomes as an HTML page."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode

from etappe.errors import EtappeError
from etappe.validation.formats import Results, render, to_html
from etappe.validation.formats.page_style import DARK, LIGHT
from validation.cases import BAD
from validation.formats.samples import (
    BROKEN,
    FOREIGN,
    FULL,
    GOOD,
    HOSTILE,
    NOTE,
    WARNING,
    any_results,
    foreign,
    outcome,
    several,
)
from validation.support import outcome_of

_VOID = {"meta"}


class Page(HTMLParser):
    """Reads a page and holds it to be well formed: every element that is opened is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append((self.open[-1], data))

    @property
    def text(self) -> str:
        return "".join(data for _, data in self.texts)

    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]

    def attributes(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


def page(results: Results, language: str = "en") -> Page:
    return Page(to_html(results, language))


def well_formed(found: Page) -> None:
    levels = found.headings()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - upper <= 1 for upper, deeper in pairwise(levels))
    ids = found.attributes("id")
    assert len(ids) == len(set(ids))
    links = found.attributes("href")
    assert {target.removeprefix("#") for target in links} <= set(ids)
    assert all(target.startswith("#") for target in links)
    assert {name for value in found.attributes("aria-labelledby") for name in value.split()} <= set(ids)
    assert not {tag for tag, _ in found.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not any(name.startswith("on") or name == "style" for _, given in found.tags for name in given)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_well_formed_and_stands_alone(language: str) -> None:
    text = to_html(several(), language)
    found = Page(text)
    well_formed(found)
    assert text.startswith("<!doctype html>\n")
    assert dict(found.tags)["html"] == {"lang": language}
    assert not re.search(r"(?:src|action|data)=|url\(|@import", text)


def test_the_policy_allows_nothing_but_the_style_of_the_page() -> None:
    text = to_html(several(), "en")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    policy = next(given["content"] for _, given in Page(text).tags if "http-equiv" in given)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert b64encode(sha256(style[1].encode()).digest()).decode() in policy


def test_the_summary_counts_files() -> None:
    found = page(several())
    assert "3 of 7 files pass" not in found.text
    assert "2 of 7 files pass" in found.text
    numbers = [data for tag, data in found.texts if tag == "dd" and data.isdigit()]
    assert numbers == ["1", "1", "3", "2"]


@pytest.mark.parametrize(
    ("results", "german", "english"),
    [
        ([], "Keine Dateien geprüft", "No files checked"),
        ([("a", GOOD)], "Die Datei besteht", "The file passes"),
        ([("a", GOOD), ("b", outcome(WARNING))], "Alle 2 Dateien bestehen", "All 2 files pass"),
        ([("a", outcome(FULL))], "Die Datei besteht nicht", "The file does not pass"),
        ([("a", BROKEN), ("b", GOOD)], "1 von 2 Dateien bestehen", "1 of 2 files pass"),
    ],
)
def test_the_verdict(results: Results, german: str, english: str) -> None:
    for language, words in (("de", german), ("en", english)):
        found = page(results, language)
        well_formed(found)
        assert ("span", words) in found.texts


def test_the_worst_files_come_first() -> None:
    found = page([("good", GOOD), ("warned", outcome(WARNING)), ("violated", outcome(FULL)), ("broken", BROKEN)])
    names = [data for tag, data in found.texts if tag == "code" and data in ("broken", "violated", "warned", "good")]
    assert names == ["broken", "violated", "warned", "good", "broken", "violated", "warned"]


def test_a_finding_says_everything_about_itself() -> None:
    found = page([("a.yaml", outcome(FULL))])
    for words in (
        "The place leads to no Land.", "Violation", "Line 25, column 12", "in Husum", "Name the Land.",
        "places:\n  husum:\n    in: musterland", "Stop", "husum-2018", "C08", "Why this rule?",
        "A stop has a place that leads to a municipality and a Land",
        "Otherwise nobody can tell which Länder a tour came to.",
    ):  # fmt: skip
        assert words in [data for _, data in found.texts] or words in found.text, words
    assert "#rule-C08" in found.attributes("href")


def test_a_check_in_code_says_how_to_mend_it() -> None:
    found = page([("a.yaml", outcome(replace(FULL, code="O1", shape=None, remedies={})))])
    assert "Take the words over from the text exactly." in found.text


def test_severity_is_told_by_word_and_shape() -> None:
    found = page([("a.yaml", outcome(FULL, WARNING, NOTE))])
    for word in ("Violation", "Warning", "Note"):
        assert ("span", word) in found.texts
    assert {"#icon-violation", "#icon-warning", "#icon-info"} <= set(found.attributes("href"))


def test_follow_ups_are_folded_under_the_most_basic_finding() -> None:
    text = to_html([("a.yaml", outcome(replace(FULL, code="C05"), FULL))], "de")
    folded = re.search(r"<details>(.*?)</details>", text, re.DOTALL)
    assert folded
    assert "C05" in folded[1]
    assert "C08" not in folded[1]
    assert "1 weiterer Befund zur selben Sache" in folded[1]


def test_an_unreadable_file_says_where_and_why() -> None:
    found = page([("b.yaml", BROKEN), ("c.yaml", EtappeError("is empty"))], "de")
    assert "Zeile 6, Spalte 1" in found.text
    assert "Nicht gelesen, also nicht geprüft" in found.text
    assert ("p", "the key 'title' stands twice") in found.texts


def test_accepted_warnings_show_the_reason() -> None:
    assert "Warnings accepted: stands so" in page([("a", outcome(WARNING, accepted="stands so"))]).text


def test_things_without_a_name_of_ours() -> None:
    elsewhere = replace(FULL, focus=NamedNode("https://other.example/a/b"))
    found = page([("f.ttl", foreign(FOREIGN, replace(FULL, focus=None), elsewhere))], "de")
    well_formed(found)
    assert "Etwas ohne Namen" in found.text
    assert "Die Datei als Ganzes" in found.text
    assert ("code", "https://other.example/a/b") in found.texts
    assert "Less than 1 values" in found.text
    assert "Die Regel stammt aus anderen Shapes" in found.text


def test_values_never_become_markup() -> None:
    hostile = replace(
        FULL, code=HOSTILE, messages={"en": HOSTILE}, quote=HOSTILE, snippet=HOSTILE, remedies={"en": HOSTILE}
    )
    text = render([(HOSTILE + "\udce9", outcome(hostile, accepted=HOSTILE)), ("b", EtappeError(HOSTILE))], "html")
    assert "<script>" not in text
    assert "\x00" not in text
    found = Page(text)
    well_formed(found)
    assert "</pre><script>" in found.text


def test_real_outcomes_make_a_page_in_both_languages() -> None:
    results = [(f"{code}.yaml", outcome_of(cases[0])) for code, cases in BAD.items() if code in ("C01", "C20", "C36")]
    for language, word in (("de", "Warum diese Regeln"), ("en", "Why these rules")):
        found = page(results, language)
        well_formed(found)
        assert word in found.text


@settings(deadline=None, max_examples=50)
@given(any_results)
def test_any_results_make_a_page(results: Results) -> None:
    text = render(results, "html", "de")
    text.encode()
    well_formed(Page(text))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough_to_read(palette: dict[str, str]) -> None:
    for state in ("violation", "warning", "info", "passed", "unreadable"):
        assert contrast(palette[state], palette[f"{state}-soft"]) >= 4.5
        assert contrast(palette["ink"], palette[f"{state}-soft"]) >= 7
        assert contrast(palette[state], palette["paper"]) >= 4.5
        assert contrast(palette[state], palette["ground"]) >= 4.5
    for ground in ("paper", "ground"):
        assert contrast(palette["ink"], palette[ground]) >= 7
        assert contrast(palette["muted"], palette[ground]) >= 4.5
        assert contrast(palette["link"], palette[ground]) >= 4.5
    assert LIGHT.keys() == DARK.keys()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
