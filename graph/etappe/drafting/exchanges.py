"""Exchanges as items of a programme: below the visit they were part of, else at the stop."""

from __future__ import annotations

from dataclasses import dataclass

from etappe.drafting.stops import Spot, Stop, Whereabouts, days_of
from etappe.extraction.model import Event, Exchange, Extraction, Status

_NAMES = {"de": ("Gespräch", "Austausch"), "en": ("Conversation", "Exchange")}
#: How many exchanges one draft holds.
MOST = 100


@dataclass(frozen=True)
class Talk:
    """An exchange as an item; ``within`` is the visit it was part of, ``said`` whether the words name that place."""

    exchange: Exchange
    event: Event
    stop: Stop
    within: Event | None = None
    said: bool = False


def talks_of(extraction: Extraction, whereabouts: Whereabouts) -> tuple[Talk, ...]:
    """The exchanges of which the text says at which stop they were; they are made known to ``whereabouts``."""
    talks = []
    for exchange in extraction.exchanges[:MOST]:
        spot = whereabouts.of(exchange.span)
        if spot is None or spot.event is not None or spot.stop.status is not Status.HELD:
            continue
        names = _NAMES["en" if extraction.text.language == "en" else "de"]
        basis = "explicit" if exchange.depicted else "carried"
        event = Event(
            exchange.span, exchange.cue, exchange.date, exchange.place, None, basis, title=names[not exchange.depicted]
        )
        bodies = {exchange.at} if exchange.at else _of_those_talking(extraction, exchange)
        visits = [one for one in spot.stop.all() if set(one.hosts) & bodies and days_of(one) == days_of(event) != []]
        within = visits[0] if len(visits) == 1 else None
        talks.append(Talk(exchange, event, spot.stop, within, exchange.at is not None))
    for talk in talks:
        whereabouts.admit(Spot(talk.stop, talk.event))
    return tuple(talks)


def _of_those_talking(extraction: Extraction, exchange: Exchange) -> set[str]:
    return {
        group.organisation
        for group in extraction.groups
        if group.organisation is not None and any(span.within(exchange.span) for span in group.talking)
    }
