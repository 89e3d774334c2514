"""The campaign and the tour of a draft, and the stops that the text puts in them."""

from __future__ import annotations

from dataclasses import dataclass

from etappe.drafting.quotes import Quotes
from etappe.drafting.stops import Stop, Whereabouts
from etappe.drafting.things import Ids
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Campaign, Span


@dataclass(frozen=True)
class Part:
    """What a stop is part of: ``tour`` or ``campaign`` with its id, and the words that say so."""

    key: str
    identifier: str
    words: Span | None
    position: str | None = None


class Belonging:
    """Makes the sections ``campaigns`` and ``tours``."""

    def __init__(self, campaign: Campaign | None, quotes: Quotes, ids: Ids) -> None:
        self._found, self._quotes = campaign or Campaign(), quotes
        self.campaign = ids.new("campaign", self._found.name) if self._found.name else None
        self.tour = ids.new("tour", self._found.tour, ids.report) if self._found.tour else None
        self.remarks: list[str] = []

    def campaigns(self, publisher: str | None) -> Keys:
        """The section ``campaigns``."""
        found = self._found
        if self.campaign is None:
            return Keys()
        keys = Keys().put("name", found.name).put("type", found.kind)
        spans = [found.span] if found.span is not None else []
        if found.owned is not None and publisher is not None:
            keys.put("organizer", publisher, "? only the possessive says whose it is")
            spans.append(found.owned)
        keys.put("certainty", "implied" if len(spans) > 1 else "stated")
        return Keys().put(self.campaign, self._quoted(keys, spans))

    def tours(self) -> Keys:
        """The section ``tours``."""
        found = self._found
        if self.tour is None or found.tour_span is None:
            return Keys()
        keys = Keys().put("name", found.tour).put("campaign", self.campaign).put("certainty", "stated")
        if self.campaign is not None:
            keys.note("? that it is a tour of this campaign")
        remark = "" if found.named else "? it has no name of its own; these are words of the text"
        return Keys().put(self.tour, self._quoted(keys, [found.tour_span]), remark)

    def _quoted(self, keys: Keys, spans: list[Span]) -> Keys:
        quotes: list[Value] = [quote for span in spans if (quote := self._quotes.of(span)) is not None]
        return keys.put("quote", quotes[0] if len(quotes) == 1 else quotes)

    def parts(self, stops: list[Stop], whereabouts: Whereabouts) -> dict[int, Part]:
        """What the stops are part of: the one stop of a text, or the one whose words name tour or campaign."""
        found = self._found
        key, identifier = ("tour", self.tour) if self.tour else ("campaign", self.campaign)
        span = found.position_span or found.tour_span if self.tour else found.joined
        if identifier is None:
            return {}
        spot = (whereabouts.of(span) or whereabouts.named(span)) if span is not None else None
        if spot is None or span is None:
            self.remarks.append(f"? which stops are part of {key}/{identifier}")
            return {}
        parts = {id(spot.stop): Part(key, identifier, self._quotes.around(span), found.position)}
        if len(stops) > 1:
            self.remarks.append(f"? which other stops are part of {key}/{identifier}")
        return parts
