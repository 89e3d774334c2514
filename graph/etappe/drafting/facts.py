"""What was found in a text in the form that the scorer of the practice reports compares with gold annotations."""

from __future__ import annotations

from typing import Any

from etappe.extraction.model import Attendance, Event, Extraction, Person, Status

_STATUS = {Status.HELD: "held", Status.ANNOUNCED: "announced", Status.CANCELLED: "cancelled"}
_ATTENDED = {
    Attendance.PRESENT: "true",
    Attendance.REPRESENTED: "false",
    Attendance.ANNOUNCED: "announced",
    Attendance.INVITED: "announced",
    Attendance.ABSENT: "false",
    Attendance.MENTIONED: "mentioned",
}


def facts_of(extraction: Extraction) -> dict[str, Any]:
    """The prediction: ``events``, ``persons`` and ``organisations``, as values of JSON."""
    return {
        "events": [_event(event) for event in extraction.events],
        "persons": [_person(person) for person in extraction.people if not _only_credited(person)],
        "organisations": list(dict.fromkeys(body.name for body in extraction.organisations)),
    }


def _only_credited(person: Person) -> bool:
    """Whether somebody is only named as photographer: no person that the report is about."""
    return person.role is None and bool(person.credited) and set(person.mentions) <= set(person.credited)


def _event(event: Event) -> dict[str, str | None]:
    return {
        "date": event.date,
        "date_end": event.date_end,
        "place": event.place,
        "status": _STATUS[event.status],
    }


def _person(person: Person) -> dict[str, str | None]:
    """A person. Whether they are a minister on that day is unknown where no role is given."""
    minister = "true" if person.minister else "false" if person.role else "unknown"
    return {
        "name": person.name,
        "role": person.role,
        "organisation": person.organisation,
        "attended": _ATTENDED[person.attendance],
        "is_minister_on_that_day": minister,
    }
