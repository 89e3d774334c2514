"""Where a text says that people talked with each other: in a caption, or in a sentence of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from etappe.extraction.clauses import blanked
from etappe.extraction.groups import elsewhen
from etappe.extraction.model import (
    Attendance,
    BlockKind,
    Event,
    Exchange,
    Group,
    Organisation,
    Person,
    Photo,
    Span,
    Status,
    Text,
)
from etappe.extraction.pronouns import continued
from etappe.extraction.status import tense

_SHOWN = re.compile(r"\bim (?:Gespräch|Austausch|Dialog) mit\b|\bin (?:conversation|talks) with\b")
_TOLD = re.compile(
    r"\btausch(?:te|ten)\b[^;]{0,240}\baus\b"
    r"|\bkam(?:en)?\b[^;]{0,160}\bins Gespräch\b|\bunterhielt(?:en)?\b[^;]{0,20}\bsich\b"
)
_NOT = re.compile(
    r"\b(?:nicht|kein\w*|wollte[n]?|sollte[n]?|hatte[n]?|würde[n]?|[Pp]er Video|[Oo]nline|[Dd]igital|[Tt]elefonisch)\b"
)
_AT = re.compile(
    r"\b(?:in den (?:Räumen|Räumlichkeiten|Büros|Hallen) |auf dem (?:Gelände|Hof|Campus) )(?:der|des|von) (?:Firma )?$"
    r"|\b(?:vor|bei|in) (?:dem|den|der) (?:Firma )?$"
)
_LONGEST = 1_500


def find_exchanges(
    source: Text,
    people: tuple[Person, ...],
    groups: tuple[Group, ...],
    organisations: tuple[Organisation, ...],
    photos: tuple[Photo, ...],
    events: tuple[Event, ...],
) -> tuple[Exchange, ...]:
    """The exchanges, in the order of the text. What is an event already is none."""
    shown = _shown(source, photos, groups, organisations)
    return tuple(sorted((*_told(source, people, groups, events), *shown), key=lambda one: one.span))


def _shown(
    source: Text, photos: tuple[Photo, ...], groups: tuple[Group, ...], organisations: tuple[Organisation, ...]
) -> Iterator[Exchange]:
    for photo in photos:
        cue = _SHOWN.search(source.text, photo.caption.start, photo.caption.end)
        with_whom = len(photo.people) + sum(photo.caption in group.depicted for group in groups)
        if cue is None or with_whom < 2:
            continue
        body, venue = _venue(source.text, photo.caption, organisations)
        span = Span(cue.start(), cue.end())
        yield Exchange(photo.caption, span, photo.people, (), body, venue, photo.date, photo.place, True)


def _venue(text: str, words: Span, organisations: tuple[Organisation, ...]) -> tuple[str | None, Span | None]:
    """The body at whose place something was, and the words that say so: ``in den Räumen der Muster GmbH``."""
    for body in organisations:
        for mention in body.mentions[:200]:
            if mention.within(words):
                at = _AT.search(text, max(words.start, mention.start - 60), mention.start)
                if at is not None:
                    return body.name, Span(at.start(), mention.end)
    return None, None


def _told(
    source: Text, people: tuple[Person, ...], groups: tuple[Group, ...], events: tuple[Event, ...]
) -> Iterator[Exchange]:
    meant = [(span, name) for name, spans in continued(source, people).items() for span in spans]
    starts = [block.span.start for block in source.blocks]
    ordered = sorted(events, key=lambda event: event.span)
    event_starts = [event.span.start for event in ordered]
    for sentence in source.sentences:
        cue = _TOLD.search(source.text, sentence.start, sentence.end)
        if cue is None or sentence.end - sentence.start > _LONGEST:
            continue
        words = blanked(sentence.of(source.text))
        if _NOT.search(words) or elsewhen(words) or tense(words) is not Status.HELD:
            continue
        block = source.blocks[bisect_right(starts, sentence.start) - 1]
        before = ordered[: bisect_right(event_starts, sentence.end)]
        if block.kind is not BlockKind.PARAGRAPH or any(event.span.end > sentence.start for event in before[-5:]):
            continue
        present = [one for one in people if one.attendance is Attendance.PRESENT]
        named = tuple(one.name for one in present if any(span.within(sentence) for span in one.mentions))
        taken = tuple((span, name) for span, name in meant if span.within(sentence))
        talking = [one for one in groups if any(span.within(sentence) for span in one.talking)]
        if len(named) + len(taken) + len(talking) < 2:
            continue
        last = before[-1] if before and before[-1].span.start >= block.span.start else None
        single = last is not None and last.date_end is None and last.status is Status.HELD
        date, place = (last.date, last.place) if last is not None and single else (None, None)
        yield Exchange(sentence, Span(*cue.span()), named, taken, None, None, date, place)
