"""Stops as iCalendar (RFC 5545). Folding and escaping are the library's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from etappe import __version__
from etappe_api.feeds.stops import Stop

MEDIA_TYPE = "text/calendar"


def as_calendar(stops: Iterable[Stop], name: str) -> bytes:
    """A calendar of all stops that have a day; those without one cannot stand in a calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Etappe//Etappe {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)  # RFC 7986, section 5.1
    for stop in stops:
        if stop.start is not None and stop.end is not None:
            calendar.add_component(_event(stop))
    return bytes(calendar.to_ical())


def _event(stop: Stop) -> Event:
    assert stop.start is not None and stop.end is not None
    # Without METHOD, DTSTAMP says when the information was last revised (section 3.8.7.2).
    revised = stop.admitted or datetime.combine(stop.start, time(), UTC)
    event = Event()
    event.add("uid", stop.iri)
    event.add("dtstamp", revised.astimezone(UTC))
    event.add("dtstart", stop.start)
    event.add("dtend", stop.end + timedelta(days=1))  # the day after the last one (section 3.6.1)
    event.add("summary", stop.label)
    event.add("status", stop.status.value)
    event.add("transp", "TRANSPARENT")  # it blocks nobody's day
    event.add("url", stop.iri)
    if stop.place_label:
        event.add("location", stop.place_label)
    if stop.tour_label:
        event.add("description", stop.tour_label)
    if stop.position is not None:
        event.add("geo", (stop.position.latitude, stop.position.longitude))
    return event
