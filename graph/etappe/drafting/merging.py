"""Rules and a language model together: what the rules found stays as it is; the model adds, and asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from etappe.drafting.anchoring import Proposal
from etappe.extraction.model import Event, Extraction, Organisation, Person, Status


class Origin(Enum):
    """Who found a fact."""

    RULES = "rules"
    MODEL = "model"


@dataclass(frozen=True)
class Merged:
    """An extraction with what a model added to it.

    Attributes:
        origins: who found what, by kind and name (of an event: its date and place); both, if both did.
        doubts: where the model says something else than the rules, to be asked of the reviewer, by kind and name.
    """

    extraction: Extraction
    origins: Mapping[tuple[str, str], frozenset[Origin]]
    doubts: Mapping[tuple[str, str], str] = field(default_factory=dict)


def merged(extraction: Extraction, proposals: list[Proposal]) -> Merged:
    """What rules and model found together. What the rules found stays as it is; the model adds, and asks.

    A person that only the model found counts as mentioned, and an event that only it found is added with its day and
    place; both carry a doubt that says so.
    """
    merging = _Merging(extraction)
    for proposal in proposals:
        if proposal.kind == "person":
            merging.person(proposal)
        elif proposal.kind == "organisation":
            merging.organisation(proposal)
        else:
            merging.event(proposal)
    return merging.result()


def event_name(event: Event) -> str:
    """How an event is told from others where it has no name: its day and its place."""
    return f"{event.date or '?'} {event.place or '?'}"


class _Merging:
    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._people = list(extraction.people)
        self._organisations = list(extraction.organisations)
        self._events = list(extraction.events)
        self._origins: dict[tuple[str, str], set[Origin]] = {}
        self._doubts: dict[tuple[str, str], list[str]] = {}
        for kind, names in (
            ("person", [person.name for person in self._people]),
            ("organisation", [body.name for body in self._organisations]),
            ("event", [event_name(event) for event in self._events]),
        ):
            for name in names:
                self._origins[kind, name] = {Origin.RULES}

    def person(self, proposal: Proposal) -> None:
        name, said = proposal.values["name"], proposal.values.get("attended", "mentioned")
        person = next((person for person in self._people if person.name.casefold() == name.casefold()), None)
        if person is None:
            person = Person(
                name,
                (proposal.span,),
                role=proposal.values.get("role"),
                organisation=proposal.values.get("organisation"),
            )
            self._people.append(person)
            self._doubt("person", name, "found by the language model only")
        self._origins.setdefault(("person", person.name), set()).add(Origin.MODEL)
        own = _ATTENDED[person.attendance.value]
        if said not in ("mentioned", own):
            words = " ".join(proposal.quote.of(self._extraction.text.text).split())
            self._doubt("person", person.name, f"the language model reads “{words}” as {_READ[said]}")
        for part in ("role", "organisation"):
            theirs, ours = proposal.values.get(part), getattr(person, part)
            if theirs and not ours:
                self._doubt("person", person.name, f"the language model gives as {part}: {theirs}")

    def organisation(self, proposal: Proposal) -> None:
        name = proposal.values["name"]
        same = name.casefold()
        body = next((b for b in self._organisations if same in {form.casefold() for form in (b.name, *b.forms)}), None)
        if body is None:
            body = Organisation(name, (proposal.span,))
            self._organisations.append(body)
            self._doubt("organisation", name, "found by the language model only")
        self._origins.setdefault(("organisation", body.name), set()).add(Origin.MODEL)

    def event(self, proposal: Proposal) -> None:
        date, place = proposal.values.get("date"), proposal.values.get("place")
        event = next((event for event in self._events if (event.date, event.place) == (date, place)), None)
        if event is None and (date is None or place is None):
            return  # half an event is one that the rules may have whole
        if event is None:
            status = Status(proposal.values.get("status", "announced"))
            event = Event(proposal.quote, proposal.quote, date, place, proposal.values.get("date_end"), status=status)
            self._events.append(event)
            self._doubt("event", event_name(event), "found by the language model only")
        self._origins.setdefault(("event", event_name(event)), set()).add(Origin.MODEL)

    def result(self) -> Merged:
        extraction = replace(
            self._extraction,
            people=tuple(self._people),
            organisations=tuple(self._organisations),
            events=tuple(self._events),
        )
        origins = {thing: frozenset(found) for thing, found in self._origins.items()}
        return Merged(extraction, origins, {thing: "; ".join(told) for thing, told in self._doubts.items()})

    def _doubt(self, kind: str, name: str, told: str) -> None:
        self._doubts.setdefault((kind, name), []).append(told)


_ATTENDED = {
    "present": "true",
    "represented": "false",
    "absent": "false",
    "announced": "announced",
    "invited": "announced",
    "mentioned": "mentioned",
}
_READ = {"true": "was there", "announced": "was to come", "false": "was not there"}
