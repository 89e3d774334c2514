"""What is taken from the answer of a language model: facts of our schema that stand in the text.

A fact needs a quote that stands in the text, blanks aside, and a name that stands in that quote; a day counts only as
the quote gives it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from etappe.errors import EtappeError
from etappe.extraction.model import Span

#: Most facts of one kind that are taken from an answer.
MAX_FACTS = 500

_LONGEST = 400  # characters of a quote; of a name or role a quarter of it
_SHORTEST = 3
_WORDS = {"attended": ("true", "announced", "false", "mentioned"), "status": ("held", "announced", "cancelled")}

_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_KINDS = {
    "events": {"date": _TEXT, "date_end": _TEXT, "place": _TEXT, "status": {"enum": list(_WORDS["status"])}},
    "persons": {
        "name": {"type": "string"},
        "role": _TEXT,
        "organisation": _TEXT,
        "attended": {"enum": list(_WORDS["attended"])},
    },
    "organisations": {"name": {"type": "string"}},
}


def _listed(properties: dict[str, Any]) -> dict[str, Any]:
    every = properties | {"quote": {"type": "string"}}
    item = {"type": "object", "properties": every, "required": list(every), "additionalProperties": False}
    return {"type": "array", "items": item}


#: JSON Schema of the answer: the facts of the scorer, each with a quote.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {name: _listed(properties) for name, properties in _KINDS.items()},
    "required": list(_KINDS),
    "additionalProperties": False,
}


class ModelError(EtappeError):
    """The language model did not answer, or not in a form that can be read. The draft from rules stands as it is."""

    exit_code = 3
    http_status = 502


@dataclass(frozen=True)
class Proposal:
    """A fact that a model proposed and whose words stand in the text.

    Attributes:
        kind: ``event``, ``person`` or ``organisation``.
        values: as in the facts of the scorer, only what the text bears out.
        quote: where its words stand; ``span``: where its name stands, or, of an event, its quote.
    """

    kind: str
    values: Mapping[str, str]
    quote: Span
    span: Span


def anchored(text: str, answer: object) -> list[Proposal]:
    """The facts of an answer that are of our schema and whose quote stands in the text."""
    if not isinstance(answer, dict):
        raise ModelError("the language model answered with something that is not a list of facts")
    anchor = _Anchor(text)
    found: list[Proposal] = []
    for kind in _KINDS:
        items = answer.get(kind)
        for item in items[:MAX_FACTS] if isinstance(items, list) else ():
            proposal = anchor.proposal(kind.removesuffix("s"), item) if isinstance(item, dict) else None
            if proposal is not None and proposal not in found:
                found.append(proposal)
    return found


class _Anchor:
    """Looks up words in a text, whatever the blanks and line ends between them."""

    def __init__(self, text: str) -> None:
        self._text = text
        kept = [match.span() for match in re.finditer(r"\S+", text)]
        self._plain = " ".join(text[start:end] for start, end in kept)
        self._places: list[int] = []
        for start, end in kept:
            self._places.extend(range(start, end))
            self._places.append(end)

    def find(self, words: str, within: Span | None = None) -> Span | None:
        """Where the words first stand, as whole words."""
        wanted = " ".join(words.split())
        begin = bisect_left(self._places, within.start) if within is not None else 0
        at = self._plain.find(wanted, begin) if len(wanted) >= _SHORTEST else -1
        while at >= 0:
            span = Span(self._places[at], self._places[at + len(wanted) - 1] + 1)
            if within is not None and span.end > within.end:
                return None
            whole = _edge(self._text, span.start - 1, span.start) and _edge(self._text, span.end - 1, span.end)
            if whole:
                return span
            at = self._plain.find(wanted, at + 1)
        return None

    def proposal(self, kind: str, item: Mapping[str, object]) -> Proposal | None:
        words = item.get("quote")
        quote = self.find(words) if isinstance(words, str) and len(words) <= _LONGEST else None
        if quote is None:
            return None
        if kind == "event":
            return self._event(item, quote)
        name = item.get("name")
        span = self.find(name, quote) if isinstance(name, str) and len(name) <= _LONGEST // 4 else None
        if span is None or not isinstance(name, str):
            return None
        values = {"name": " ".join(name.split())}
        if kind == "person":
            if " " not in values["name"]:
                return None  # a surname alone may be anybody's
            values |= self._said(item, "role", quote) | self._said(item, "organisation", None) | _word(item, "attended")
        return Proposal(kind, values, quote, span)

    def _event(self, item: Mapping[str, object], quote: Span) -> Proposal | None:
        values = self._said(item, "place", quote)
        days = set(_days(quote.of(self._text)))
        for name in ("date", "date_end"):
            day = item.get(name)
            if isinstance(day, str) and day in days:
                values[name] = day
        if "date" not in values:
            values.pop("date_end", None)
        if not values:
            return None
        return Proposal("event", values | _word(item, "status"), quote, quote)

    def _said(self, item: Mapping[str, object], name: str, within: Span | None) -> dict[str, str]:
        value = item.get(name)
        if not isinstance(value, str) or len(value) > _LONGEST // 4 or self.find(value, within) is None:
            return {}
        return {name: " ".join(value.split())}


def _edge(text: str, before: int, after: int) -> bool:
    """Whether a word begins or ends between two places."""
    return not (before >= 0 and after < len(text) and text[before].isalnum() and text[after].isalnum())


def _word(item: Mapping[str, object], name: str) -> dict[str, str]:
    value = item.get(name)
    return {name: value} if isinstance(value, str) and value in _WORDS[name] else {}


_MONTHS = (
    ("januar", "jänner", "january"),
    ("februar", "february"),
    ("märz", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("dezember", "december"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NUMERIC = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_NAMED = re.compile(rf"\b(\d{{1,2}})\.?\s({'|'.join(_MONTH_OF)})\b(?:,?\s(\d{{4}}))?", re.IGNORECASE)
_ENGLISH = re.compile(rf"\b({'|'.join(_MONTH_OF)})\s(\d{{1,2}})\b(?:,?\s(\d{{4}}))?", re.IGNORECASE)


def _days(words: str) -> Iterator[str]:
    """The days that words give explicitly, as ISO dates, without a year where they have none."""
    plain = " ".join(words.split())
    for match in _ISO.finditer(plain):
        yield match[0]
    for match in _NUMERIC.finditer(plain):
        yield _iso(match[3], int(match[2]), int(match[1]))
    for match in _NAMED.finditer(plain):
        yield _iso(match[3], _MONTH_OF[match[2].lower()], int(match[1]))
    for match in _ENGLISH.finditer(plain):
        yield _iso(match[3], _MONTH_OF[match[1].lower()], int(match[2]))


def _iso(year: str | None, month: int, day: int) -> str:
    return f"{year or '-'}-{month:02}-{day:02}"
