"""Which date governs which words of a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta

from etappe.extraction.date_resolution import UNTOLD, Found, full_day
from etappe.extraction.model import Block, BlockKind, DateMention, DateRole, Span, Text

_CLAUSE_END = re.compile(r"[,;:–—]\s|\s(?:und|sowie|and)\s")
_PART_END = re.compile(r";\s")
_ADJACENT = re.compile(r"[\s,(]{0,3}(?:(?:am|vom|den|on|ist\sam|war\sam|auf\sden)\s)?\Z")
_PART_OF_DAY = r"(?:Vormittag|Mittag|Nachmittag|Abend|Morgen)"
_GOES_ON = re.compile(
    rf"[\"„“»*_\s]*(?:(?:schon|noch|bereits|gleich|und|doch)\s)?(?:(?:am|gegen)\s(?:frühen\s|"
    rf"späten\s)?(?:{_PART_OF_DAY}|Rande|Ende|Schluss)|"
    r"mittags|abends|nachmittags|vormittags|morgens|nachts|anschließend|danach|dann|später|zuvor|zunächst|"
    r"zuerst|vorher|"
    r"zu[mr]\s(?:Abschluss|Auftakt|Schluss|Ende|Begrüßung|Eröffnung|Abschied)|im\s(?:Anschluss|Laufe)|"
    r"den\s(?:Abschluss|Auftakt|Anfang|Schlusspunkt)|(?:beim?|der|die|das|bei\sder)\s(?:anschließende|"
    r"abschließende)[nmrs]?|"
    r"weiter\s(?:ging|nach|zu)|von\sdort|um\s[\w.:]{1,6}\suhr|nach\sde[mr]\s\w{1,30}|"
    r"in\sthe\s(?:morning|afternoon|evening)|afterwards|later|then|subsequently|at\snoon)\b",
    re.IGNORECASE,
)
_PLACE_LINE = re.compile(r"[*_]*[A-ZÄÖÜ][^.!?,;:\n]{1,40}\.[*_]*")
_GOES_ON_INSIDE = re.compile(
    rf"\b(?:[Aa]nschließend|[Dd]anach|[Ii]m\sAnschluss|[Aa]m\s{_PART_OF_DAY}|mittags|abends|nachmittags|später|"
    r"abschließende[nmr]?|anschließende[nmr]?|zum\sAbschluss|in\sthe\s(?:afternoon|evening)|afterwards|later)\b"
)


class Anchors:
    """The governing date of each sentence, and of the clauses of one that has several."""

    def __init__(self, source: Text, found: Sequence[Found]) -> None:
        self._source, self._text, self._found = source, source.text, found
        self._starts = [sentence.start for sentence in source.sentences]
        self._found_starts = [one.span.start for one in found]
        self._governing = self._governed()

    def of(self, span: Span) -> DateMention | None:
        """The event date that governs some words."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0 or span.start >= self._source.sentences[number].end:
            return None
        sentence = self._source.sentences[number]
        told = [one for one in self._in(sentence) if _tells(one)]
        return self._chosen(sentence, span, told) if told else self._governing[number]

    def _in(self, span: Span) -> Sequence[Found]:
        return self._found[bisect_left(self._found_starts, span.start) : bisect_left(self._found_starts, span.end)]

    def _chosen(self, sentence: Span, span: Span, told: Sequence[Found]) -> DateMention | None:
        """Of several dates of a sentence, that within the words, that right after them, or that of their clause."""
        if self._kind(sentence) is BlockKind.CAPTION:
            part = self._part(sentence, span, _PART_END)
            told = [one for one in told if one.span.within(part)]
        if not told:
            return None
        inside = [one for one in told if one.span.within(span)]
        after = next((one for one in told if one.span.start >= span.end), None)
        if inside or len(told) == 1:
            return (inside or told)[0].mention
        between = self._text[span.end : after.span.start] if after is not None else ","
        if after is not None and "," not in between and _ADJACENT.match(between):
            return after.mention
        before = [one for one in told if one.span.start < span.start]
        clause = self._part(sentence, span, _CLAUSE_END)
        near = [one for one in told if one.span.within(clause)]
        preceding = [one for one in near if one.span.start < span.start]
        beside = [after] if after is not None and _ADJACENT.match(between) else []
        return (preceding[-1:] or near[:1] or beside or before[-1:] or told[:1])[0].mention

    def _part(self, sentence: Span, span: Span, end: re.Pattern[str]) -> Span:
        """The part of a sentence between two ends that holds the first of some words."""
        start, stop = sentence.start, sentence.end
        for match in end.finditer(
            self._text, max(sentence.start, span.start - 2000), min(sentence.end, span.end + 2000)
        ):
            if match.end() <= span.start:
                start = match.end()
            elif match.start() >= span.end:
                stop = match.start()
                break
        return Span(start, stop)

    def _kind(self, span: Span) -> BlockKind | None:
        number = bisect_right(self._source.blocks, span.start, key=lambda block: block.span.start) - 1
        return self._source.blocks[number].kind if number >= 0 else None

    # What goes on from where

    def _governed(self) -> list[DateMention | None]:
        governing: list[DateMention | None] = []
        day: DateMention | None = None  # of the heading above
        items = False  # whether a programme stands under it
        row: DateMention | None = None
        last: DateMention | None = None  # told in prose
        entry = False  # whether a day heads what stands here
        number = 0
        for block in self._source.blocks:
            sentences: list[Span] = []
            while number < len(self._starts) and self._starts[number] < block.span.end:
                sentences.append(self._source.sentences[number])
                number += 1
            first = self._first_told(block.span)
            own = first.mention if first else None
            if block.kind is BlockKind.DATE_HEADING:
                day, items, row, last, entry = own, False, None, own, True
                governing += [own] * len(sentences)
            elif block.kind is BlockKind.ROW:
                row = own if first else (row or day if any(map(str.isdigit, block.span.of(self._text))) else row)
                governing += [row] * len(sentences)
            elif block.kind is BlockKind.SCHEDULE:
                items = True
                governing += [own if first else day] * len(sentences)
            elif block.kind is BlockKind.PARAGRAPH:
                told, last = self._prose(sentences, None if items else day, last)
                governing += self._led(sentences, told, entry=entry)
            else:
                if block.kind is BlockKind.HEADING and items:
                    day, items = None, False
                governing += [self._alone(block, sentence) for sentence in sentences]
        return governing

    def _first_told(self, span: Span) -> Found | None:
        return next((one for one in self._in(span) if _tells(one)), None)

    def _alone(self, block: Block, sentence: Span) -> DateMention | None:
        first = None if block.kind in UNTOLD else self._first_told(sentence)
        return first.mention if first else None

    def _prose(
        self, sentences: Sequence[Span], day: DateMention | None, last: DateMention | None
    ) -> tuple[list[DateMention | None], DateMention | None]:
        """The governing dates of the sentences of a paragraph, and the day that a later one may go on from."""
        governing: list[DateMention | None] = []
        current = day
        for sentence in sentences:
            found = self._in(sentence)
            told = [one for one in found if _tells(one)]
            if told:
                current = told[-1].mention
                last = current if current is None or _carries(current) else None
                governing.append(told[0].mention)
                current = last
                continue
            if self._goes_on(sentence):
                current = last or day
            elif found:
                governing.append(None)
                continue
            governing.append(current)
        return governing, last

    def _led(
        self, sentences: Sequence[Span], governing: list[DateMention | None], *, entry: bool
    ) -> list[DateMention | None]:
        """The same, where the place a report is from and the first words of an entry belong to what follows them."""
        days = [one for sentence in sentences for one in self._in(sentence) if _tells(one)]
        ahead = next((number for number, mention in enumerate(governing) if mention is not None), 0)
        if len(sentences) > 1 and not self._in(sentences[0]) and _PLACE_LINE.fullmatch(sentences[0].of(self._text)):
            governing[0] = governing[1]
        if entry and len(days) == 1 and not any(self._in(sentence) for sentence in sentences[:ahead]):
            governing[:ahead] = [governing[ahead]] * ahead
        return governing

    def _goes_on(self, sentence: Span) -> bool:
        if _GOES_ON.match(self._text, sentence.start, sentence.end):
            return True
        return _GOES_ON_INSIDE.search(self._text, sentence.start, min(sentence.end, sentence.start + 600)) is not None


def _tells(found: Found) -> bool:
    """Whether it is the date of an event, or words for a certain day that the text leaves open."""
    return found.firm if found.mention is None else found.mention.role is DateRole.EVENT


def _carries(mention: DateMention) -> bool:
    """Whether what follows may go on from it: a day or two, not the days of a tour."""
    if mention.end is None:
        return True
    first, last = full_day(mention.start), full_day(mention.end)
    if first is None or last is None:
        return mention.start[2:4] == mention.end[2:4] and int(mention.end[-2:]) - int(mention.start[-2:]) == 1
    return last - first <= timedelta(1)
