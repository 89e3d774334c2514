"""What is told of several times becomes one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etappe.extraction.model import Event, Status

_MOST_RANGES = 50
_MOST_ALIKE = 50


@dataclass(frozen=True)
class Found:
    """An event and what decides whether it is one of its own.

    Attributes:
        timeless: its sentence has no word for a time and nothing to take one from.
        further: its sentence goes on to something else of the same day.
    """

    event: Event
    timeless: bool
    further: bool


def settled(found: Sequence[Found]) -> list[Event]:
    """One event per day, place and bodies visited; what says less gives way to what says more."""
    dated = {one.event.date for one in found if one.event.place}
    placed = {one.event.place for one in found if one.event.date}
    ranges = [one.event for one in found if one.event.date_end][:_MOST_RANGES]
    kept: list[Event] = []
    numbers: dict[tuple[str | None, str | None], list[int]] = {}
    for one in found:
        event = one.event
        if event.place is None and event.date in dated and not event.hosts:
            continue
        if (one.timeless and event.place in placed) or any(_covers(other, event) for other in ranges):
            continue
        alike = numbers.setdefault((event.date, event.place), [])
        same = next((number for number in alike[:_MOST_ALIKE] if _same(kept[number], one)), None)
        if same is None:
            alike.append(len(kept))
            kept.append(event)
        else:
            kept[same] = _joined(kept[same], event)
    return kept


def _covers(longer: Event, event: Event) -> bool:
    """Whether an event is only a day of a longer one at its place."""
    if longer is event or event.place not in (longer.place, None) or event.date is None or event.hosts:
        return False
    if longer.date is None or longer.date_end is None or event.date_end == longer.date_end:
        return False
    return longer.date <= event.date <= longer.date_end


def _same(other: Event, one: Found) -> bool:
    """Whether an event has been told of before: its day and place, unless it goes on to another body or occasion."""
    event = one.event
    if event.hosts:
        return bool(set(event.hosts) & set(other.hosts))
    return not (one.further and event.title and other.title and event.title != other.title)


def _joined(first: Event, second: Event) -> Event:
    hosts = (*first.hosts, *(host for host in second.hosts if host not in first.hosts))
    status = Status.HELD if Status.HELD in (first.status, second.status) else first.status
    return replace(
        first, hosts=hosts, date_end=first.date_end or second.date_end, status=status, title=first.title or second.title
    )
