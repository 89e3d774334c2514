"""Who published a report, and within which days, where it names neither outright."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etappe.drafting.stops import Stop, days_of
from etappe.extraction.model import BlockKind, Extraction, Span, Status

_LAST_WEEK = re.compile(r"\b(?:[Ii]n der )?(?:[Vv]ergangene|[Ll]etzte|[Vv]orige)[nr]? Woche\b|\b[Ll]ast week\b")
_OTHERS = re.compile(
    r"\b(?:Presse|An|Rück|Ansprech|Kontakt|Agentur|Anmeld|Foto|Bild|Text|Redaktion|Grafik)\w*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{3}|\bT(?:el)?\b|@|\(at\)")


def imprint_publisher(extraction: Extraction) -> str | None:
    """The organisation that alone fills the first line of an imprint, with address or telephone after it."""
    text = extraction.text
    lines = [block for block in text.blocks if block.kind is BlockKind.IMPRINT]
    if not lines:
        return None
    first = lines[0]
    words = first.span.of(text.text)
    line = Span(first.span.start, first.span.start + len(words.split("\n", 1)[0].rstrip()))
    rest = text.text[line.end : lines[-1].span.end]
    if not _NUMBER.search(rest) or _is_of_others(extraction, first.span):
        return None
    if extraction.contact and not any(first.span.start <= span.start for span in extraction.contact.values()):
        return None
    for body in extraction.organisations:
        if any(mention == line for mention in body.mentions):
            return body.name
    return None


def _is_of_others(extraction: Extraction, imprint: Span) -> bool:
    """Whether the line before says that it is the address of a press office, an agency, a place to register."""
    before = [block for block in extraction.text.blocks if block.span.end <= imprint.start][-1:]
    kinds = (BlockKind.CREDIT, BlockKind.CAPTION)
    words = before[0].span.of(extraction.text.text) if before and before[0].kind not in kinds else ""
    return len(words) < 60 and _OTHERS.match(words) is not None


def window(extraction: Extraction, stops: list[Stop]) -> tuple[date, date, Span] | None:
    """First and last day of the week after the stops, where the text calls theirs the last week; with its words."""
    source = extraction.text
    told = [
        event for stop in stops if stop.status is Status.HELD for event in stop.all() if event.status is Status.HELD
    ]
    days = [day for event in told for day in days_of(event) if event.basis in ("explicit", "carried")]
    weeks = {day - timedelta(days=day.weekday()) for day in days}
    if len(weeks) != 1 or not any(event.basis == "explicit" for event in told):
        return None
    for block in source.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            match = _LAST_WEEK.search(source.text, block.span.start, block.span.end)
            if match is not None:
                monday = weeks.pop() + timedelta(days=7)
                return monday, monday + timedelta(days=6), Span(*match.span())
    return None
