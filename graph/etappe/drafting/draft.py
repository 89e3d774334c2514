"""What was found in a text, as a report file for a person to correct: everything with its words, doubts as comments.

Comments that begin with ``# ?`` ask the reviewer something; ``# known as …?`` names things of the registry that may be
meant. Nothing is taken for known, nobody is put where the text does not say so, and what is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from etappe import __version__
from etappe.drafting.attaching import Joined
from etappe.drafting.belonging import Belonging
from etappe.drafting.company import Company
from etappe.drafting.contact import contact_of
from etappe.drafting.further import further_items
from etappe.drafting.known import known
from etappe.drafting.offices import Office, office_of
from etappe.drafting.pictures import pictures
from etappe.drafting.programme import Programme
from etappe.drafting.publication import imprint_publisher, window
from etappe.drafting.quotes import Quotes
from etappe.drafting.spoken import Spoken
from etappe.drafting.stops import day_of, stops_of
from etappe.drafting.territories import is_territory
from etappe.drafting.things import Ids, Things
from etappe.drafting.yaml_lines import Block, Keys, Value, written
from etappe.extraction.model import Attendance, BlockKind, Extraction, Person, Span, Status
from etappe.registry import Registry

#: How many events, and how many people, one draft holds; a text with more is no report.
MOST = 1000

_BESIDE = re.compile(r"\S+\.(?:txt|md)")
_INITIAL = re.compile(r"(?:[A-ZÄÖÜ]\. ?)+[A-ZÄÖÜ]\w")
_WEB = re.compile(r"https?://[^\s/]\S*")


def draft_of(
    extraction: Extraction,
    *,
    report_id: str,
    source_name: str,
    registry: Registry,
    doubts: Mapping[tuple[str, str], str] | None = None,
    beside: bool = False,
    files: Joined | None = None,
) -> str:
    """A report file in the short form (YAML), in the state *draft*.

    Args:
        report_id: id of the report: small letters, digits and hyphens.
        source_name: name of the file that the text is from.
        registry: where matches are looked for; with the things of accepted reports in it, those are proposed as well.
        doubts: what is to be remarked, by kind (``person``, ``event``, ``organisation``) and name.
        beside: write the name of the text file instead of the text; it has to hold exactly the text extracted from.
        files: photo files joined to the captions of the extraction.
    """
    files = files or Joined(extraction)
    return written(_Draft(files, report_id, source_name, registry, doubts or {}).document(beside))


class _Draft:
    """One draft in the making."""

    def __init__(
        self,
        files: Joined,
        report_id: str,
        source_name: str,
        registry: Registry,
        doubts: Mapping[tuple[str, str], str],
    ) -> None:
        self._files, extraction = files, files.extraction
        self._cut = len(extraction.events) > MOST or len(extraction.people) > MOST
        extraction = replace(extraction, events=extraction.events[:MOST], people=extraction.people[:MOST])
        extraction = replace(extraction, events=(*extraction.events, *further_items(extraction)))
        self._extraction, self._report_id, self._source_name, self._doubts = extraction, report_id, source_name, doubts
        self._quotes = Quotes(extraction.text)
        index = known(registry)
        ids = Ids(index, report_id)
        self._things = Things(extraction, index, self._quotes, ids)
        self._people = {person.name: ids.new("person", person.name) for person in extraction.people}
        self._stops, self._left = stops_of(extraction.events)
        self._programme = Programme(extraction, self._stops, self._things, self._quotes, ids, report_id, self._people)
        self._programme.attend(extraction.people, doubts)
        self._named_publisher: str | None = None
        self._belonging = Belonging(extraction.campaign, self._quotes, ids)
        self._programme.parts = self._belonging.parts(self._stops, self._programme.whereabouts)
        self._spoken = Spoken(extraction, self._quotes, ids)
        self._company = Company(extraction, self._programme, self._things, self._quotes, ids, self._belonging.campaign)

    def document(self, beside: bool) -> Keys:
        """Frame, stops, what they speak of, photos, text."""
        publisher = self._named_publisher = self._publisher()
        stops = self._programme.section()
        people = Keys()
        for person in self._extraction.people:
            people.put(self._people[person.name], self._person(person), self._person_remark(person))
        photos = pictures(
            self._extraction, self._programme, self._things, self._quotes, self._people, self._company, self._files
        )
        keys = self._frame(publisher)
        keys.put("mentions", self._mentions())
        keys.put("campaigns", self._belonging.campaigns(publisher)).put("tours", self._belonging.tours())
        keys.put("stops", stops)
        self._remarks(keys)
        keys.put("people", people)
        keys.put("organizations", self._things.organizations)
        keys.put("posts", self._things.posts)
        keys.put("places", self._things.places)
        elsewhere = self._other_places()
        if elsewhere:
            keys.note(f"? named, but not taken for stops: {', '.join(elsewhere)}")
        keys.put("groups", self._company.groups).put("exhibits", self._company.exhibits)
        keys.put("products", self._spoken.products).put("programmes", self._spoken.programmes)
        keys.put("topics", self._company.topics)
        keys.put("photos", photos).put("claims", self._spoken.claims)
        named = beside and _BESIDE.fullmatch(self._source_name)
        return keys.put("text", self._source_name if named else Block(self._extraction.text.text.strip("\n") + "\n"))

    # --- the frame

    def _frame(self, publisher: str | None) -> Keys:
        text = self._extraction.text
        keys = Keys()
        keys.note(f"A draft made of {self._source_name}.")
        keys.note("Read the text below, correct what is wrong, remove what it does not say, and answer what is asked")
        keys.note("with '# ?'. Then say in “recorded” who you are, and set the status to “reviewed”.")
        keys.put("report", self._report_id).put("title", self._title()).put("language", text.language)
        printed = "" if text.metadata.get("publisher") else "? named in the imprint"
        keys.put("publisher", publisher, printed) if publisher else keys.note("? publisher: the text does not say who")
        self._published(keys)
        address = text.metadata.get("url") or text.metadata.get("address") or ""
        if _WEB.fullmatch(address):
            keys.put("url", address)
        keys.put("status", "draft")
        recorded = Keys().put("with", f"etappe {__version__}, draft from rules")
        keys.put(
            "recorded", recorded, "? by: {id: your-id, name: Your Name}, on: the day; only then it can be taken in"
        )
        if self._cut:
            keys.note(f"? only the first {MOST} events and people are here")
        return keys

    def _title(self) -> str | None:
        text = self._extraction.text
        if title := text.metadata.get("title"):
            return title
        heading = next((block for block in text.blocks if block.kind is BlockKind.HEADING), None)
        words = self._quotes.words(heading.span) if heading is not None else ""
        return words or next((" ".join(line.split())[:160] for line in text.text.split("\n") if line.strip()), None)

    def _publisher(self) -> str | None:
        name = self._extraction.text.metadata.get("publisher") or imprint_publisher(self._extraction)
        if not name or is_territory(name):
            return None
        identifier = self._things.organization(name)
        entry = next(entry for entry in self._things.organizations.entries if entry.key == identifier)
        assert isinstance(entry.value, Keys)
        contact_of(self._extraction, entry.value)
        return identifier

    def _published(self, keys: Keys) -> None:
        day = day_of(self._extraction.text.published)
        ends = [days[1] for stop in self._stops if stop.status is Status.HELD and (days := stop.days())]
        week = window(self._extraction, self._stops) if day is None else None
        if week is not None:
            first, last, words = week
            span = Keys().put("not before", first.isoformat()).put("not after", last.isoformat())
            keys.put("published", span.put("basis", "inferred"), "? the week after the stop, by the words quoted here")
            keys.put("certainty", "stated").put("quote", self._quotes.of(words))
        elif day is None:
            keys.note("? published: the text gives no day")
        elif ends and day < max(ends):
            keys.note(f"? published: {day}, but the stop that is told of was on {max(ends)}")
        else:
            keys.put("published", day.isoformat())

    def _mentions(self) -> list[Value]:
        people: list[Value] = [
            f"person/{self._people[person.name]}"
            for person in self._extraction.people
            if person.attendance is Attendance.MENTIONED and not person.depicted and not person.credited
        ]
        bodies = [
            body
            for body in self._extraction.organisations
            if not self._things.has_used(body) and self._things.is_organisation(body.name)
        ]
        named = [f"organization/{self._things.organization(body.name)}" for body in bodies]
        return [*people, *named, *self._spoken.mentions]

    def _remarks(self, keys: Keys) -> None:
        if self._extraction.contact and self._named_publisher is None:
            imprint = (f"{name} {self._quotes.words(span)}" for name, span in self._extraction.contact.items())
            keys.note(f"? of the publisher: {'; '.join(imprint)}")
        for remark in (*self._belonging.remarks, *self._company.remarks):
            keys.note(remark)
        if not self._stops:
            keys.note("? stops: no event was found; a report needs at least one")
        for person in self._programme.unplaced:
            words = self._quotes.words(person.cue or person.mentions[0])
            keys.note(f"? {person.attendance.value}, but at which stop is not clear: {person.name} (“{words[:120]}”)")
        for event in self._left:
            keys.note(f"? told, but neither day nor place: “{self._quotes.words(event.span)[:160]}”")
        for (kind, name), doubt in self._doubts.items():
            if kind != "person" or name not in self._people:
                keys.note(f"? {kind} {name}: {doubt}")

    def _other_places(self) -> list[str]:
        here = {event.place for event in self._extraction.events}
        return list(dict.fromkeys(place.name for place in self._extraction.places if place.name not in here))[:40]

    # --- people

    def _person(self, person: Person) -> Keys:
        keys = Keys().put("name", person.name)
        printed = dict.fromkeys(self._quotes.words(span) for span in person.mentions[:50])
        if short := [words for words in printed if words != person.name and _INITIAL.match(words)]:
            keys.put("also called", short, "? taken for the same person")
        self._rest(keys, person.mentions, self._quotes.certainty(person.mentions[0]))
        keys.put("affiliation", self._affiliation(person))
        return keys

    def _person_remark(self, person: Person) -> str:
        hint = self._things.hint("person", person.name)
        doubt = self._doubts.get(("person", person.name), "") if person.attendance is Attendance.MENTIONED else ""
        only = "? only mentioned" if person.attendance is Attendance.MENTIONED and not person.depicted else ""
        if person.credited and only:
            only = "? named in a credit line"
        return "; ".join(part for part in (hint, only, f"? {doubt}" if doubt else "") if part)

    def _affiliation(self, person: Person) -> Keys:
        keys = Keys()
        office = office_of(person.role, person.organisation) if person.minister and person.role else None
        self._body(keys, person, office)
        if office is not None and person.role:
            keys.put("post", self._things.post(person.role, office, person.role_span))
        if person.role:
            keys.put("role", office.role if office is not None else self._programme.role_of(person))
            keys.put("title", self._things.printed(person.role, person.role_span))
        if not keys.entries:
            return keys
        keys.put("on", self._programme.day_of(person))
        spans = self._affiliation_spans(person)
        quotes = [quote for span in spans if (quote := self._quotes.of(span)) is not None]
        if quotes:
            keys.put("certainty", self._quotes.certainty(spans[0]))
            keys.put("quote", quotes[0] if len(quotes) == 1 else quotes)
        if person.roles:
            keys.note(f"? also called: {', '.join(person.roles)}")
        return keys

    def _affiliation_spans(self, person: Person) -> list[Span]:
        """The words from name to office and organisation, as far as they stand together."""
        span = person.role_span or person.mentions[0]
        joint = self._quotes.joint(_nearest(person.mentions, span), span) or span
        bodies = self._things.mentions_of(person.organisation)[:20] if person.organisation else ()
        wider = [both for body in bodies if (both := self._quotes.joint(joint, body)) is not None]
        if wider:
            return [min(wider, key=_length)]
        near = ((_nearest(person.mentions, body), body) for body in bodies)
        apart = [both for name, body in near if (both := self._quotes.joint(name, body)) is not None]
        return [joint, min(apart, key=_length)] if apart else [joint]

    def _body(self, keys: Keys, person: Person, office: Office | None) -> None:
        """The organisation; of a minister the ministry. Länder, countries and towns are no organisations."""
        name = person.organisation
        if name is not None and self._things.is_place(name) and not self._things.is_organisation(name):
            keys.note(f"? of: the municipality {name}, as an organisation")
        elif name is not None and not is_territory(name):
            keys.put("of", self._things.organization(name))
            return
        if office is not None and office.ministry is not None:
            keys.put("of", self._things.ministry(office.ministry, office))

    def _rest(self, keys: Keys, spans: tuple[Span, ...], certainty: str) -> None:
        for span in spans[:5]:
            quote = self._quotes.of(span)
            if quote is not None:
                keys.put("certainty", certainty).put("quote", quote)
                return


def _nearest(spans: tuple[Span, ...], to: Span) -> Span:
    return min(spans, key=lambda span: abs(span.start - to.start))


def _length(span: Span) -> int:
    return span.end - span.start
