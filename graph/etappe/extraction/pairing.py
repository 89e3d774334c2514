"""Which place belongs to which day within one statement, and by which word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etappe.extraction.event_words import BACKGROUND, STRONG_CUE, TRAVEL, VISIT_CUE
from etappe.extraction.model import Span
from etappe.extraction.places import Place, Standing
from etappe.extraction.statements import Statement, When, first_in

_STRENGTH = {
    Standing.IN: 0,
    Standing.LINE: 0,
    Standing.TO: 0,
    Standing.BARE: 1,
    Standing.VENUE: 1,
    Standing.BODY: 2,
}


def strongest(stops: Sequence[Place]) -> list[Place]:
    """Without what only belongs to a stronger place: the town of a body, where another place is named."""
    best = min(_STRENGTH[place.standing] for place in stops)
    kept = [place for place in stops if _STRENGTH[place.standing] <= max(best, 1)]
    seen: set[str] = set()
    return [place for place in kept if not (place.mention.name in seen or seen.add(place.mention.name))]  # type: ignore[func-returns-value]


def paired(stops: Sequence[Place], whens: Sequence[When]) -> Iterator[tuple[Place, When | None]]:
    """Each place with its day: the one in brackets behind it, else the last one before it, else the first."""
    if len(stops) == 1 and len(whens) > 1 and all(when.date for when in whens):
        yield from ((stops[0], when) for when in whens)
        return
    behind = len(whens) > 1 and bool(stops) and whens[0].span.start > stops[0].mention.span.start
    for number, place in enumerate(stops):
        before = [when for when in whens if when.span.start < place.mention.span.start]
        after = [when for when in whens if when.span.start > place.mention.span.start]
        if behind:
            following = stops[number + 1].mention.span.start if number + 1 < len(stops) else None
            mine = [when for when in after if following is None or when.span.start < following]
            spare = after or before
            yield place, mine[0] if mine else spare[0] if spare else None
        else:
            chosen = before[-1] if before else (after[0] if after else None)
            yield place, chosen


def cue_of(statement: Statement, place: Place, stops: Sequence[Place]) -> Span | None:
    """Of several stops in a sentence, the word that makes one of them an event: before it, else behind it."""
    if len(stops) == 1:
        return None
    number, offset = stops.index(place), statement.span.start
    first = stops[number - 1].mention.span.end - offset if number else 0
    last = stops[number + 1].mention.span.start - offset if number + 1 < len(stops) else len(statement.main)
    here = place.mention.span.start - offset
    before = list(STRONG_CUE.all(statement.main, first, here))
    found = before[-1] if before else STRONG_CUE.first(statement.main, here, last)
    return Span(offset + found[0], offset + found[1]) if found else None


def travel_to(statement: Statement, stops: Sequence[Place]) -> Span | None:
    """The words of a journey to one of the places."""
    return first_in(TRAVEL, statement) if any(place.standing is Standing.TO for place in stops) else None


def tells_of_how_things_are(statement: Statement, whens: Sequence[When]) -> bool:
    """Whether a sentence without a day tells of how things are, not of what took place."""
    return not whens and BACKGROUND.search(statement.main) is not None and VISIT_CUE.first(statement.main) is None
