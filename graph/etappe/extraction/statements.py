"""Sentences, lines and rows with what was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etappe.extraction.event_words import AUXILIARY, PARTICIPLE_LAST, QUOTED, SUBORDINATE, Cue
from etappe.extraction.model import Block, BlockKind, Span
from etappe.extraction.places import Place, Standing

_HOUR = re.compile(r"[\s•*-]*(?:ca\. |ab |um )?\d{1,2}[.:]\d\d(?!\d)")
_POSTCODE = re.compile(r"[\s•*-]*(?:(?:in|[Oo]rt:|[Ww]o:)\s)?(?:D-)?\d{5}\s")
_PIECE = re.compile(r"(?:, |; |: | [–—] )")


@dataclass(frozen=True)
class When:
    """A day told of: a date, or words for a day that nobody can date (``date`` is nothing)."""

    span: Span
    date: str | None
    end: str | None = None
    basis: str = "relative"

    @property
    def days(self) -> int:
        """How many days it spans, roughly; one where it has no end."""
        if self.date is None or self.end is None:
            return 1
        first, last = self.date[-5:].split("-"), self.end[-5:].split("-")
        return (int(last[0]) - int(first[0])) * 31 + int(last[1]) - int(first[1]) + 1


@dataclass(frozen=True)
class Statement:
    """A sentence, line or row with what was found in it; ``main`` masks speech and clauses on the side with blanks."""

    span: Span
    block: Block
    words: str
    main: str
    whens: tuple[When, ...]
    places: tuple[Place, ...]
    organisations: tuple[tuple[Span, str], ...]

    def is_main(self, span: Span) -> bool:
        """Whether words are in the main clause and no speech."""
        start = span.start - self.span.start
        return bool(self.main[start : start + span.end - span.start].strip())


def lines_of(text: str, span: Span) -> Iterator[Span]:
    """The lines in a span that are not empty."""
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip()))
        start += len(line)


def _blank(words: str) -> str:
    return re.sub(r"[^\n]", " ", words)


def main_clause(words: str) -> str:
    """A sentence with its speech and its clauses on the side made blank."""
    words = QUOTED.sub(lambda found: _blank(found[0]) if len(found[0]) > 40 else found[0], words)
    kept: list[str] = []
    position = 0
    for cut in [*(found.end() for found in _PIECE.finditer(words)), len(words)]:
        piece = words[position:cut]
        aside = words[:position].endswith(", ") and _is_aside(piece, words[:position])
        kept.append(_blank(piece) if aside else piece)
        position = cut
    return "".join(kept)


def heads_an_item(statement: Statement) -> bool:
    """Whether a line under the heading of a day, with no end of a sentence, begins with a place or a time of day."""
    place = statement.places[0].mention.span.start if statement.places else statement.span.end
    lead = statement.words[: place - statement.span.start]
    opening = (len(lead) < 4 or _POSTCODE.fullmatch(lead) is not None) and statement.places[0].standing is Standing.LINE
    short = len(statement.words) < 160 and statement.words[-1] not in ".!?"
    return (
        short and statement.block.kind is not BlockKind.DATE_HEADING and (opening or bool(_HOUR.match(statement.words)))
    )


def _is_aside(piece: str, before: str) -> bool:
    """Whether what follows a comma is a clause on the side, and no further part of an enumeration."""
    found = SUBORDINATE.match(piece)
    if found is None:
        return False
    enumerated = piece[found.end() : found.end() + 1].isupper()
    return not (enumerated and PARTICIPLE_LAST.search(piece) and AUXILIARY.search(before))


def cue_in(cue: Cue, statement: Statement) -> Span | None:
    """The first words in the main clause that are such a cue."""
    found = cue.first(statement.main)
    return Span(statement.span.start + found[0], statement.span.start + found[1]) if found else None


def first_in(pattern: re.Pattern[str], statement: Statement) -> Span | None:
    """The first words in the main clause that a pattern fits."""
    found = pattern.search(statement.main)
    return Span(statement.span.start + found.start(), statement.span.start + found.end()) if found else None


def clause_around(statement: Statement, span: Span) -> str:
    """The words between the commas around a place."""
    start, end = span.start - statement.span.start, span.end - statement.span.start
    first = max((found.end() for found in _PIECE.finditer(statement.main, 0, start)), default=0)
    following = _PIECE.search(statement.main, end)
    return statement.main[first : following.start() if following else len(statement.main)]
