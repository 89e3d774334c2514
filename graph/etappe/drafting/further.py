"""Programme items that follow on one that was told of with its day: “Nachmittags gab es bei der X …”."""

from __future__ import annotations

import re
from bisect import bisect_right

from etappe.drafting.stops import days_of
from etappe.extraction.model import BlockKind, Event, Extraction, Span, Status
from etappe.extraction.status import tense

PART_OF_DAY = re.compile(
    r"\b(?:(?:[Aa]m|[Gg]egen|[Aa]n diesem)[ ](?:frühen[ ]|späten[ ]|gleichen[ ]|selben[ ])?)"
    r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)?(?P<part>[Nn]achmittag|[Vv]ormittag|[Aa]bend)|Mittag)\b"
    r"|(?<![\w-])(?P<adverb>nachmittag|vormittag|abend|mittag)s\b"
)
_PARTS = {"nachmittag": "afternoon", "vormittag": "morning", "abend": "evening", "mittag": "midday"}
_LEADS = re.compile(
    r"(?:Am (?:frühen |späten )?(?:Nachmittag|Abend|Vormittag|Mittag)|Nachmittags|Anschließend|Danach|Im Anschluss)\b"
)
_AT = re.compile(
    r"\b(?:gab es(?: dann| noch)? (?:bei|in) (?:(?:der|dem|den) )?"
    r"|ging es(?: weiter| dann)? (?:zur |zum |zu (?:der|dem|den) )"
    r"|(?:folgte|stand) (?:\w+ ){0,3}(?:bei|in) (?:(?:der|dem|den) )?)"
)


def part_of_day(words: str) -> str | None:
    """The one part of the day that words name."""
    found = {(match["part"] or match["adverb"] or "mittag").casefold() for match in PART_OF_DAY.finditer(words)}
    return _PARTS[found.pop()] if len(found) == 1 else None


def further_items(extraction: Extraction) -> tuple[Event, ...]:
    """Items of which the text tells only part of the day and the organisation; day and place are those of the stop."""
    text = extraction.text
    bodies = {mention.start: body.name for body in extraction.organisations for mention in body.mentions}
    told = sorted(extraction.events, key=lambda event: event.span)
    starts = [event.span.start for event in told]
    blocks = [block.span for block in text.blocks if block.kind is BlockKind.PARAGRAPH]
    block_starts = [block.start for block in blocks]
    found = []
    for sentence in text.sentences:
        if not _LEADS.match(text.text, sentence.start):
            continue
        number = bisect_right(block_starts, sentence.start) - 1
        at = _AT.search(text.text, sentence.start, sentence.end)
        host = bodies.get(at.end()) if at is not None else None
        index = bisect_right(starts, sentence.start) - 1
        if at is None or host is None or number < 0 or not sentence.within(blocks[number]):
            continue
        following = starts[index + 1] if index + 1 < len(starts) else len(text.text)
        if index < 0 or told[index].span.end > sentence.start or following < sentence.end:
            continue
        before, since = told[index], blocks[max(0, number - 1)].start
        single = len(days_of(before)) == 1 and before.place and before.status is Status.HELD
        if single and before.span.start >= since and tense(sentence.of(text.text)) is Status.HELD:
            found.append(Event(sentence, Span(*at.span()), before.date, before.place, basis="carried", hosts=(host,)))
    return tuple(found)
