"""The stops of a draft with their programme, and who was there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from etappe.drafting.belonging import Part
from etappe.drafting.exchanges import Talk, talks_of
from etappe.drafting.further import part_of_day
from etappe.drafting.naming import at_whom, is_at, venue
from etappe.drafting.offices import office_of, role_word
from etappe.drafting.quotes import Quotes
from etappe.drafting.stops import Spot, Stop, Whereabouts, day_of, days_of
from etappe.drafting.territories import is_territory
from etappe.drafting.things import Ids, Things
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Attendance, Event, Extraction, Person, Span, Status

PRESENCE = {
    Attendance.PRESENT: "present",
    Attendance.REPRESENTED: "represented",
    Attendance.ANNOUNCED: "announced",
    Attendance.INVITED: "invited",
    Attendance.ABSENT: "absent",
}
_STATUS = {Status.ANNOUNCED: "scheduled", Status.CANCELLED: "cancelled"}
_BASIS = {"relative": "inferred", "weekday": "inferred", "no-year": "inferred", "carried": "implied"}
_ROLES = (
    ("guest", re.compile(r"\b(?:als|war|waren|was|were|zu)\s(?:\w+\s)?(?:Ehreng|[Gg])(?:ast|äste|uests?)\b")),
    ("opener", re.compile(r"\beröffnete|\beröffnet\b|\bopened\b")),
    ("speaker", re.compile(r"\bGrußwort|\bVortrag\b|\breferierte|\bkeynote\b", re.IGNORECASE)),
    ("moderator", re.compile(r"\bmoderierte?\b|\bmoderated\b")),
    ("signatory", re.compile(r"\bunterzeichnete|\bunterschrieb|\bsigned\b")),
)
_FOLLOWS = re.compile(r"(?:Der|Die|Das|Ein|Eine|Beim|Zum)? ?[Aa]nschließend|Im Anschluss\b|Danach\b")
_VISIT = re.compile(r"[Bb]esuch|[Bb]esichtig|zu Gast|[Rr]undgang|[Ff]ührung|[Vv]isit|tour", re.IGNORECASE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(
    r"\b(?:(Montag|Monday)|(Dienstag|Tuesday)|(Mittwoch|Wednesday)|(Donnerstag|Thursday)|(Freitag|Friday)"
    r"|(Samstag|Sonnabend|Saturday)|(Sonntag|Sunday))\b"
)
_TITLES = {"de": ("Besuch bei {}", "Termin in {}", "Termin"), "en": ("Visit to {}", "Event in {}", "Event")}


@dataclass
class _Here:
    """What stands at one stop or item: participations by list, and remarks."""

    lists: dict[str, list[Value]] = field(default_factory=dict)
    shown: dict[str, list[Value]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class Programme:
    """Makes the section ``stops``."""

    def __init__(
        self,
        extraction: Extraction,
        stops: list[Stop],
        things: Things,
        quotes: Quotes,
        ids: Ids,
        report_id: str,
        people: Mapping[str, str],
    ) -> None:
        self._extraction, self._stops, self._things, self._quotes = extraction, stops, things, quotes
        self._people, self._ids = people, ids
        self.whereabouts = Whereabouts(extraction, stops)
        self.ids = {id(stop): ids.new("stop", self._stop_id(stop, report_id)) for stop in stops}
        self.spots: dict[str, Spot | None] = {}
        self._here: dict[int, _Here] = {}
        self.unplaced: list[Person] = []
        self.parts: dict[int, Part] = {}
        self._talks = talks_of(extraction, self.whereabouts)
        self.talks: dict[Span, str] = {}
        self._talking = {id(talk.event) for talk in self._talks}

    def join(self, spot: Spot, entry: Keys) -> None:
        """Put a group among those who were there."""
        self._at(spot).lists.setdefault("present", []).append(entry)

    def add(self, spot: Spot, key: str, reference: str) -> None:
        """Put an exhibit or a topic where the words say."""
        self._at(spot).shown.setdefault(key, []).append(reference)

    def _stop_id(self, stop: Stop, report_id: str) -> str:
        """Place and first day; the report, where one of them is not known."""
        days = stop.days()
        place = self._things.place(stop.place) if stop.place else report_id
        if days:
            return f"{place}-{days[0].isoformat()}"
        return f"{place}-{report_id}" if stop.place else f"{report_id}-stop"

    def attend(self, people: Iterable[Person], doubts: Mapping[tuple[str, str], str]) -> None:
        """Put everybody where the words that tell of them say so."""
        told = list(people)
        for person in told:
            if person.attendance is Attendance.MENTIONED:
                continue
            spot = self.spots[person.name] = self.whereabouts.of(person.cue or person.mentions[0], person.mentions)
            if spot is None:
                self.unplaced.append(person)
                continue
            here = self._at(spot)
            listed, remark = self._list_of(person, spot)
            entry = self._participation(person, told, talking=id(spot.event) in self._talking)
            if remark:
                entry.note(remark)
            if doubt := doubts.get(("person", person.name)):
                entry.note(f"? {doubt}")
            here.lists.setdefault(listed, []).append(entry)
        self._also_named(told)

    def section(self) -> Keys:
        """All stops by id."""
        section = Keys()
        for stop in self._stops:
            section.put(self.ids[id(stop)], self._stop(stop))
        return section

    # --- stops and items

    def _stop(self, stop: Stop) -> Keys:
        events = stop.all()
        first = min(stop.events, key=lambda event: (event.date is None, event.date or "", event.span))
        keys = Keys().put("name", _name(stop, self._language))
        part = self.parts.get(id(stop))
        if part is not None:
            keys.put(part.key, part.identifier).put("sequence", part.position)
        if stop.place:
            keys.put("place", self._things.place(stop.place))
        keys.put("date", _date(stop.events)).put("status", _STATUS.get(stop.status))
        self._weekday(keys, first)
        self._rest(keys, first, more=part.words if part is not None else None)
        if here := self._here.get(id(stop)):
            self._attendance(keys, here, "" if len(events) < 2 else "? at which programme item")
        names: set[str] = set()
        items: list[Value] = []
        before: tuple[Event, str] | None = None
        for event in events:
            item, identifier = self._item(event, stop, names, before)
            items.append(item)
            before = event, identifier
        items += [self._talk(talk) for talk in self._talks if talk.stop is stop and talk.within is None]
        return keys.put("programme", items)

    def _talk(self, talk: Talk) -> Keys:
        """An exchange as an item of its own; whoever “er” was taken for is asked about."""
        event, exchange = talk.event, talk.exchange
        identifier = self._ids.new("item", event.title or "")
        self.talks[exchange.span] = identifier
        keys = Keys().put("id", identifier).put("kind", "exchange")
        name = event.title
        if talk.within is not None and len(talk.within.hosts) == 1:
            host = talk.within.hosts[0]
            body = self._things.body(host)
            where = at_whom(self._extraction.text.text, body.name if body else host, body)
            name = f"{name} {where}" if self._language == "de" else f"{name} at {host}"
            if not talk.said:
                keys.note("? that it was part of this visit is not said outright")
        keys.put("name", name)
        city = event.place or talk.stop.place
        if exchange.venue is not None and city:
            keys.put("place", self._things.site(self._quotes.words(exchange.venue), city, exchange.venue))
        keys.put("date", _date([event]))
        self._rest(keys, event)
        for span, person in exchange.taken:
            quote = self._quotes.of(exchange.span, exchange.cue)
            if person in self._people and quote is not None:
                entry = Keys().put("who", self._people[person], f"? “{self._quotes.words(span)}” is taken for {person}")
                entry.put("role", "interlocutor").put("certainty", self._quotes.certainty(exchange.span))
                self._at(Spot(talk.stop, event)).lists.setdefault("present", []).insert(0, entry.put("quote", quote))
        if here := self._here.get(id(event)):
            self._attendance(keys, here)
        return keys

    def _item(self, event: Event, stop: Stop, names: set[str], before: tuple[Event, str] | None) -> tuple[Keys, str]:
        title = self._title(event, stop, names)
        identifier = self._ids.new("item", title)
        keys = Keys().put("id", identifier)
        showing = self._showing(event)
        visited = self._visited(event)
        if visited is not None:
            keys.put("kind", "visit")
        elif showing:
            keys.put("kind", "showing")
        keys.put("name", title)
        if event in stop.joined:
            missing = "day" if event.place and not event.date else "place" if event.date else "day and place"
            keys.note(f"? that it belongs to this stop: its {missing} is not said")
        if event.place and event.place != stop.place:
            keys.put("place", self._things.place(event.place))
        elif showing and stop.place and event.place:
            keys.put("place", self._things.site(showing[1], stop.place, event.span))
        implied = visited is not None and self._is_implied(event)
        if visited is not None:
            keys.put("visited", self._things.organization(visited))
            if implied:
                keys.note("? that it was a visit is not said outright")
        elif len(event.hosts) == 1:
            keys.note(f"? visited: perhaps {event.hosts[0]}")
        elif event.hosts:
            bodies = ", ".join(self._things.organization(host) for host in event.hosts)
            keys.note(f"? visited: one of {bodies}; write one item for each")
        keys.put("date", _date([event])).put("status", _STATUS.get(event.status))
        if event.date and not days_of(event):
            keys.note(f"? date: the text gives no year ({event.date.lstrip('-')})")
        words = event.span.of(self._extraction.text.text)
        keys.put("part of day", part_of_day(words))
        if before is not None and before[0].date == event.date and _FOLLOWS.match(words):
            keys.put("after", before[1])
        if len(set(stop.days() or ())) > 1:
            self._weekday(keys, event)
        self._rest(keys, event, implied=implied)
        if visited is not None and event.status is Status.HELD:
            self._host(visited, event)
        if here := self._here.get(id(event)):
            self._attendance(keys, here)
        keys.put("programme", [self._talk(talk) for talk in self._talks if talk.within is event])
        return keys, identifier

    def _is_implied(self, event: Event) -> bool:
        """Whether a visit that was held is told of without the word."""
        words = event.span.of(self._extraction.text.text)
        return event.status is Status.HELD and _VISIT.search(words) is None

    def _host(self, visited: str, event: Event) -> None:
        """Whoever is visited is there as host; who came is another matter."""
        if (quote := self._quotes.of(event.span, event.cue)) is not None:
            entry = Keys().put("who", f"organization/{self._things.organization(visited)}").put("role", "host")
            entry.put("certainty", self._quotes.certainty(event.span)).put("quote", quote)
            self._here.setdefault(id(event), _Here()).lists.setdefault("present", []).insert(0, entry)

    def _visited(self, event: Event) -> str | None:
        """The one organisation that was visited; nothing where the words may name it for another reason."""
        if len(event.hosts) != 1 or is_territory(event.hosts[0]) or self._things.is_place(event.hosts[0]):
            return None
        body = self._things.body(event.hosts[0])
        visit = not self._is_implied(event)
        if body is None or not any(mention.within(event.span) for mention in body.mentions[:200]):
            return event.hosts[0] if visit else None
        return event.hosts[0] if is_at(self._extraction.text.text, body, event.span, visit=visit) else None

    def _showing(self, event: Event) -> tuple[str, str] | None:
        """The vehicle that was shown, and where it stood, if the words of the event say both."""
        if event.hosts or event.title:
            return None
        source = self._extraction.text.text
        where = venue(event.span.of(source))
        for thing in self._extraction.exhibits:
            if where and thing.vehicle and any(span.within(event.span) for span in thing.mentions[:50]):
                return thing.name, where
        return None

    def _title(self, event: Event, stop: Stop, names: set[str]) -> str:
        visit, at, plain = _TITLES[self._language]
        place = event.place or stop.place
        wanted = event.title or (at.format(place) if place else plain)
        host = self._visited(event) or (event.hosts[0] if len(event.hosts) > 1 else None)
        if host is not None and " " not in (event.title or ""):
            body = self._things.body(host)
            name = body.name if body is not None else host
            if self._language == "de":
                wanted = f"Besuch {at_whom(self._extraction.text.text, name, body)}"
            else:
                wanted = visit.format(name)
        elif showing := self._showing(event):
            wanted = " ".join(showing)
        number, name = 1, wanted
        while name in names:
            number += 1
            name = f"{wanted} ({number})"
        names.add(name)
        return name

    @property
    def _language(self) -> str:
        return "en" if self._extraction.text.language == "en" else "de"

    def _rest(self, keys: Keys, event: Event, *, more: Span | None = None, implied: bool = False) -> None:
        quote = self._quotes.of(event.span, event.cue)
        other = self._quotes.of(more) if more is not None else None
        if quote is not None:
            both = [quote, other] if other is not None and other != quote else None
            keys.put("certainty", "implied" if implied else self._quotes.certainty(event.span))
            keys.put("quote", both or quote)
        else:
            keys.note("? quote: the words stand in the text several times")

    def _weekday(self, keys: Keys, event: Event) -> None:
        """The weekday printed just before an explicit date; where it does not fit, a remark."""
        day = day_of(event.date)
        if day is None or event.basis != "explicit":
            return
        for mention in self._extraction.dates:
            if mention.start != event.date or not mention.span.within(event.span):
                continue
            source = self._extraction.text.text
            found = list(_WEEKDAY.finditer(source[max(event.span.start, mention.span.start - 16) : mention.span.end]))
            if found and found[-1].lastindex:
                printed = _WEEKDAYS[found[-1].lastindex - 1]
                if printed == _WEEKDAYS[day.weekday()]:
                    keys.put("weekday", printed)
                else:
                    keys.note(f"? the text says {printed}, but {event.date} is a {_WEEKDAYS[day.weekday()]}")
            return

    def _attendance(self, keys: Keys, here: _Here, doubt: str = "") -> None:
        for key, things in here.shown.items():
            keys.put(key, list(dict.fromkeys(str(thing) for thing in things)), doubt)
        for name in PRESENCE.values():
            keys.put(name, here.lists.get(name, []))
        for remark in here.remarks:
            keys.note(remark)

    # --- participations

    def _at(self, spot: Spot) -> _Here:
        return self._here.setdefault(id(spot.event) if spot.event is not None else id(spot.stop), _Here())

    def _list_of(self, person: Person, spot: Spot) -> tuple[str, str]:
        """The list that somebody stands in, and what is doubtful about it."""
        status = spot.event.status if spot.event is not None else spot.stop.status
        if person.attendance is Attendance.PRESENT and status is not Status.HELD:
            return "announced", f"? the words speak of somebody who is there, but this is only {status.value}"
        if spot.event is not None or len(spot.stop.all()) < 2:
            return PRESENCE[person.attendance], ""
        cue = person.cue or person.mentions[0]
        photo = self.whereabouts.photo_of(cue, person.mentions)
        return PRESENCE[person.attendance], self.which_item(spot, photo.caption if photo is not None else cue)

    def which_item(self, spot: Spot, words: Span) -> str:
        """The question at which item of a stop somebody was, with those visited there whom the words name."""
        around = self._quotes.sentence(words) or words
        of_day = [event for event in spot.stop.all() if not spot.day or spot.day in map(str, days_of(event))]
        hosts = dict.fromkeys(host for event in of_day for host in event.hosts)
        named = [host for host in hosts if any(span.within(around) for span in self._things.mentions_of(host)[:200])]
        day = f" of {spot.day}" if spot.day else ""
        return f"? at which programme item{day}" + (f"; these words name {', '.join(named)}" if named else "")

    def _participation(self, person: Person, people: list[Person], *, talking: bool = False) -> Keys:
        cue = person.cue or person.mentions[0]
        role, alone = ("interlocutor", True) if talking else self._role(person, cue, people)
        keys = Keys().put("who", self._people[person.name], "" if role else "? role")
        if alone:
            keys.put("role", role)
        if person.minister and person.role:
            office = office_of(person.role, person.organisation)
            keys.put("office", self._things.post(person.role, office, person.role_span))
        keys.put("title", self._things.printed(person.role, person.role_span))
        quotes = self._presence_quotes(person, cue)
        if quotes:
            keys.put("certainty", self._quotes.certainty(cue)).put("quote", quotes[0] if len(quotes) == 1 else quotes)
        else:
            keys.note("? certainty and quote: the words stand in the text several times")
        if role and not alone:
            keys.note(f"? role: {role}")
        return keys

    def _presence_quotes(self, person: Person, cue: Span) -> list[Value]:
        photo = self.whereabouts.photo_of(cue, person.mentions)
        if photo is not None:
            cue = Span(max(cue.start, photo.caption.start), min(cue.end, photo.caption.end))
        nearest = min(person.mentions, key=lambda span: (not span.within(cue), abs(span.start - cue.start)))
        joint = cue if nearest.within(cue) else self._quotes.joint(nearest, cue)
        spans = [joint] if joint is not None else [nearest, self._quotes.around(cue)]
        return [quote for span in spans if (quote := self._quotes.of(span, nearest)) is not None]

    def _role(self, person: Person, cue: Span, people: list[Person]) -> tuple[str | None, bool]:
        """What the cue says somebody was there, and whether the sentence speaks of nobody else."""
        sentence = self._quotes.sentence(cue)
        words = self._quotes.words(sentence if sentence is not None and _close(sentence, cue) else cue)
        role = next((role for role, pattern in _ROLES if pattern.search(words)), None)
        if role is None or sentence is None:
            return role, False
        others = any(span.within(sentence) for other in people if other is not person for span in other.mentions)
        return role, not others

    def _also_named(self, people: list[Person]) -> None:
        named: dict[int, list[str]] = {}
        for person in people:
            own = self.spots.get(person.name)
            for span in person.mentions[:50]:
                spot = self.whereabouts.of(span)
                if spot is None or spot.event is None or not span.within(spot.event.span):
                    continue
                here = own is not None and own.stop is spot.stop and own.event in (None, spot.event)
                if not here or (own is not None and own.event is None and len(spot.stop.all()) > 1):
                    self._at(spot)
                    named.setdefault(id(spot.event), []).append(person.name)
        for key, names in named.items():
            self._here[key].remarks.append(f"? named here, which is no presence: {', '.join(dict.fromkeys(names))}")

    def day_of(self, person: Person) -> str | None:
        """The day on which the text attests the office or work of somebody."""
        spot = self.spots.get(person.name)
        if spot is None or spot.event is None:
            return spot.day if spot is not None else None
        days = days_of(spot.event)
        return days[0].isoformat() if len(days) == 1 else None

    def role_of(self, person: Person) -> str | None:
        """The word of the list *roles* for the office or work of somebody."""
        return role_word(person.role)


def _close(sentence: Span, cue: Span) -> bool:
    return sentence.end - sentence.start <= 2 * (cue.end - cue.start) + 200


def _name(stop: Stop, language: str) -> str:
    days = stop.days()
    place = stop.place or ("Station" if language == "de" else "Stop")
    if days is None:
        return place
    first, last = days
    if language == "en":
        return f"{place}, {first} to {last}" if first != last else f"{place}, {first}"
    start = f"{first:%d.%m.%Y}"
    return f"{place}, {start} bis {last:%d.%m.%Y}" if first != last else f"{place}, {start}"


def _date(events: Iterable[Event]) -> Value | None:
    """The days of events together; with what they rest on, where it is not the text itself."""
    dated = [(event, days_of(event)) for event in events]
    days = [day for _, found in dated for day in found]
    if not days:
        return None
    first, last = min(days), max(days)
    text = f"{first}/{last}" if first != last else str(first)
    bases = {_basis_of(day, dated) for day in (first, last)} - {None}
    if not bases:
        return text
    return Keys().put("on", text).put("basis", "inferred" if "inferred" in bases else "implied")


def _basis_of(day: date, dated: list[tuple[Event, list[date]]]) -> str | None:
    """What a day rests on: nothing where one of the events gives it explicitly."""
    bases = [_BASIS.get(event.basis) for event, days in dated if day in days]
    return None if None in bases else "implied" if "implied" in bases else "inferred"
