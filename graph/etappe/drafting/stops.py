"""Events of a text as stops with programme items, and at which of them somebody was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from etappe.drafting.spans import Parts
from etappe.extraction.model import Event, Extraction, Photo, Span, Status


@dataclass
class Stop:
    """Events in one place on one day or on days that follow each other.

    Attributes:
        joined: events that say no place, or no day, of their own; that they belong here follows from the rest.
    """

    place: str | None
    events: list[Event] = field(default_factory=list)
    joined: list[Event] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """Held if any of its events was, otherwise announced if any is."""
        found = {event.status for event in self.events}
        return next(status for status in (Status.HELD, Status.ANNOUNCED, Status.CANCELLED) if status in found)

    def days(self) -> tuple[date, date] | None:
        """Its first and last day, where days with a year are known."""
        found = [day for event in self.all() for day in days_of(event)]
        return (min(found), max(found)) if found else None

    def all(self) -> list[Event]:
        """All its events in the order of the text."""
        return sorted((*self.events, *self.joined), key=lambda event: event.span)


def day_of(text: str | None) -> date | None:
    """The day that an ISO date means; nothing where it is none, or lacks the year."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def days_of(event: Event) -> list[date]:
    """First and last day of an event, as far as they are known and in order."""
    first, last = day_of(event.date), day_of(event.date_end)
    if first is None:
        return []
    return [first, last] if last is not None and last >= first else [first]


def stops_of(events: Iterable[Event]) -> tuple[list[Stop], list[Event]]:
    """The stops in the order of their days, and events of which neither day nor place is known."""
    told = sorted(dict.fromkeys(events), key=lambda event: event.span)
    stops: list[Stop] = []
    by_place: dict[str, list[Event]] = {}
    for event in told:
        if event.place and event.date:
            by_place.setdefault(event.place, []).append(event)
    for place, here in by_place.items():
        stops.extend(_runs(place, here))
    left = []
    for event in told:
        if event.place and event.date:
            continue
        home = _home(event, stops) if event.place or event.date else None
        if home is not None:
            home.joined.append(event)
        elif event.place or event.date:
            stops.append(Stop(event.place, [event]))
        else:
            left.append(event)
    if len(stops) == 1:
        stops[0].joined.extend(left)
        left = []
    elif not stops and left:
        stops, left = [Stop(None, left)], []
    return sorted(stops, key=_order), left


def _runs(place: str, events: list[Event]) -> list[Stop]:
    """Events of one place cut where a day lies between them, or where what was ends and what is announced begins."""
    dated = sorted((event for event in events if days_of(event)), key=lambda event: (days_of(event)[0], event.span))
    found: list[Stop] = []
    for event in dated:
        days = found[-1].days() if found else None
        first = days_of(event)[0]
        same_day = days is not None and days[0] <= first <= days[1]
        follows = days is not None and first <= days[1] + timedelta(days=1) and event.status is found[-1].status
        if same_day or follows:
            found[-1].events.append(event)
        else:
            found.append(Stop(place, [event]))
    yearless: dict[str, Stop] = {}
    for event in events:
        if not days_of(event):
            yearless.setdefault(str(event.date), Stop(place)).events.append(event)
    return [*found, *yearless.values()]


def _home(event: Event, stops: list[Stop]) -> Stop | None:
    """The one stop that an event without day or without place can belong to."""
    if event.place:
        fits = [stop for stop in stops if stop.place == event.place]
        return fits[0] if len(fits) == 1 and fits[0].status is event.status else None
    days = days_of(event)
    fits = [stop for stop in stops if days and (own := stop.days()) and own[0] <= days[0] and days[-1] <= own[1]]
    return fits[0] if len(fits) == 1 and fits[0].place else None


def _order(stop: Stop) -> tuple[date, Span]:
    days = stop.days()
    return (days[0] if days else date.max, stop.all()[0].span)


@dataclass(frozen=True)
class Spot:
    """Where somebody was: an event of a stop, or a stop of which the event is not known; then perhaps the day."""

    stop: Stop
    event: Event | None = None
    day: str | None = None


class Whereabouts:
    """Finds the stop or event that words of the text speak of. Nothing is carried from one event to the next."""

    def __init__(self, extraction: Extraction, stops: list[Stop]) -> None:
        self._parts = Parts(extraction.text)
        self._photos = extraction.photos
        self._places, self._source = extraction.places, extraction.text.text
        self._stops = stops
        self._spots = [Spot(stop, event) for stop in stops for event in stop.all()]

    def admit(self, spot: Spot) -> None:
        """Take in an item that is no event of a stop of its own."""
        self._spots.append(spot)

    def of(self, span: Span, mentions: Iterable[Span] = ()) -> Spot | None:
        """The event whose words these are; else the stop, where only one can be meant.

        Args:
            mentions: where the one stands whom the words tell of.
        """
        around = [spot for spot in self._spots if spot.event and span.within(spot.event.span)]
        if around:
            shortest = min(_length(spot.event) for spot in around)
            return _one_of([spot for spot in around if _length(spot.event) == shortest])
        sentence = self._parts.sentence_of(span)
        told = [spot for spot in self._spots if sentence and spot.event and _meet(spot.event.span, sentence)]
        if told:
            return _one_of(told)
        photo = self.photo_of(span, mentions)
        if photo is not None:
            stop, day = self.of_photo(photo), day_of(photo.date)
            return Spot(stop, None, day.isoformat() if day else None) if stop is not None else None
        block = self._parts.block_of(span)
        near = [spot for spot in self._spots if block and spot.event and _meet(spot.event.span, block.span)]
        stops = {id(spot.stop): spot.stop for spot in near or self._spots}
        return Spot(next(iter(stops.values()))) if len(stops) == 1 else None

    def named(self, span: Span) -> Spot | None:
        """The one stop in whose place the sentence of the words says that it was (“in Anklam”)."""
        sentence = self._parts.sentence_of(span)
        here = [place for place in self._places if sentence is not None and place.span.within(sentence)]
        if any(self._source[max(0, place.span.start - 3) : place.span.start].lower() != "in " for place in here):
            return None
        names = {place.name for place in here}
        fits = [stop for stop in self._stops if stop.place in names]
        return Spot(fits[0]) if len(fits) == 1 and len(names) == 1 else None

    def photo_of(self, span: Span, mentions: Iterable[Span]) -> Photo | None:
        """The photo that words tell of: they stand in its caption, or the caption in them."""
        named = [mention for mention in mentions if mention.within(span)]
        for photo in self._photos:
            inside = span.within(photo.caption) or any(mention.within(photo.caption) for mention in named)
            if inside and _meet(span, photo.caption):
                return photo
        return None

    def of_photo(self, photo: Photo) -> Stop | None:
        """The one stop that a photo can be of."""
        day = day_of(photo.date)
        fits = []
        for stop in self._stops:
            days = stop.days()
            if photo.place and stop.place and photo.place != stop.place:
                continue
            if photo.date and not (day and days and days[0] <= day <= days[1]):
                continue
            if stop.status is Status.HELD:
                fits.append(stop)
        return fits[0] if len(fits) == 1 else None


def _one_of(spots: list[Spot]) -> Spot | None:
    """The one event, or the one stop of several."""
    if len(spots) == 1:
        return spots[0]
    return Spot(spots[0].stop) if len({id(spot.stop) for spot in spots}) == 1 else None


def _length(event: Event | None) -> int:
    return event.span.end - event.span.start if event else 0


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
