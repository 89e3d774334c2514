"""People, organisations, places and posts of a draft: their ids, what is said of them, and whom they may be."""

from __future__ import annotations

import re
from itertools import zip_longest

from etappe import vocabulary
from etappe.drafting.known import Known
from etappe.drafting.laender import LAENDER
from etappe.drafting.offices import Office
from etappe.drafting.quotes import Quotes
from etappe.drafting.territories import is_territory
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Extraction, Organisation, PlaceMention, Span
from etappe.model import digest
from etappe.reading.values import slug

_LONGEST = 100
_KEY = re.compile(r"\d{8}")
_MINISTRY = re.compile(r"(?:\w*ministerium|Ministerium)\b.*|Ministry\b.*")
_ENDINGS = frozenset(("", "e", "s", "n", "es", "en", "er"))
_FEDERAL = re.compile(r"Bundesministerium\b")


class Ids:
    """Ids that no other thing of the draft has, and that do not mean a thing of the registry by accident."""

    def __init__(self, known: Known, report_id: str) -> None:
        self._known = known
        self.report = report_id
        self._taken: set[str] = set()

    def new(self, kind: str, name: str, of: str = "") -> str:
        """An id made of a name. Where the registry has that id, the id of the report is added to it.

        Args:
            of: whose it is, where things of that name are many: a Land, a report.
        """
        wanted = _slug(name)
        if of and _slug(of) not in wanted:
            wanted = f"{wanted}-{_slug(of)}"
        if f"{kind}/{wanted}" in self._known:
            wanted = f"{wanted}-{self.report}"
        number, free = 1, wanted
        while free in self._taken or f"{kind}/{free}" in self._known:
            number += 1
            free = f"{wanted}-{number}"
        self._taken.add(free)
        return free


def _slug(name: str) -> str:
    """An id of the whole name, for two long names may begin with the same words; only very long ones are cut."""
    whole = "-".join(slug(word) for word in re.split(r"[\s-]+", name) if any(sign.isalnum() for sign in word))
    return f"{whole[:_LONGEST]}-{digest(name)[7:13]}" if len(whole) > _LONGEST else whole or slug(name)


def _other_names(organisation: Organisation) -> list[Value]:
    """Forms that are another name, not the same one inflected."""
    names = [organisation.name, *filter(None, [organisation.abbreviation])]
    first = len(names)
    for form in sorted(organisation.forms, key=len):
        if not any(_inflected(form, name) for name in names):
            names.append(form)
    return list(names[first:])


def _inflected(one: str, other: str) -> bool:
    """Whether each word of one is that of the other, endings aside."""
    pairs = list(zip_longest(one.casefold().split(), other.casefold().split(), fillvalue=""))
    return all(max(a, b, key=len).removeprefix(min(a, b, key=len)) in _ENDINGS for a, b in pairs)


class Things:
    """The sections of a draft that hold things by id. A thing is described when it is first asked for."""

    def __init__(self, extraction: Extraction, known: Known, quotes: Quotes, ids: Ids) -> None:
        self.organizations, self.places, self.posts = Keys(), Keys(), Keys()
        self._known, self._quotes, self._ids = known, quotes, ids
        self._organisations: dict[str, Organisation] = {}
        for organisation in extraction.organisations:
            for name in (organisation.name, *organisation.forms, organisation.abbreviation or ""):
                self._organisations.setdefault(name.casefold(), organisation)
        self._mentions: dict[str, PlaceMention] = {}
        for mention in extraction.places:
            self._mentions.setdefault(mention.name.casefold(), mention)
        self._organization_ids: dict[str, str] = {}
        self._place_ids: dict[str, str] = {}
        self._state_ids: dict[str, str] = {}
        self._post_ids: dict[str, str] = {}

    def hint(self, kind: str, name: str) -> str:
        """Which things of the registry it may be, as a question."""
        found = self._known.like(kind, name)
        return f"known as {' or '.join(found)}?" if found else ""

    # --- organisations

    def organization(self, name: str) -> str:
        """The id of an organisation, by any of its names."""
        organisation = self._organisations.get(name.casefold(), Organisation(name, ()))
        key = organisation.name.casefold()
        if key not in self._organization_ids:
            self._organization_ids[key] = identifier = self._ids.new("organization", organisation.name)
            self.organizations.put(
                identifier, self._organization(organisation), self.hint("organization", organisation.name)
            )
        return self._organization_ids[key]

    def is_organisation(self, name: str) -> bool:
        """Whether the text has an organisation of that name; Länder, countries and towns are none."""
        return name.casefold() in self._organisations and not self.is_place(name) and not is_territory(name)

    def body(self, name: str) -> Organisation | None:
        """The organisation of that name in the text."""
        return self._organisations.get(name.casefold())

    def is_place(self, name: str) -> bool:
        """Whether the text has a municipality of that name."""
        return name.casefold() in self._mentions

    def mentions_of(self, name: str) -> tuple[Span, ...]:
        """Where an organisation stands in the text."""
        organisation = self._organisations.get(name.casefold())
        if organisation is not None:
            return organisation.mentions
        found = self._quotes.first(name)
        return (found,) if found is not None else ()

    def has_used(self, organisation: Organisation) -> bool:
        """Whether it has been asked for."""
        return organisation.name.casefold() in self._organization_ids

    def _organization(self, organisation: Organisation) -> Keys:
        legal = vocabulary.concept("legal-forms", organisation.legal_form or "")
        keys = Keys()
        if _MINISTRY.fullmatch(organisation.name):
            keys.put("kind", "ministry")
        elif legal is not None:
            keys.put("kind", "formal")
        keys.put("name", organisation.name)
        if names := _other_names(organisation):
            keys.put("also called", names, "? taken for the same organisation")
        keys.put("short", organisation.abbreviation)
        if legal is not None:
            keys.put("legal form", organisation.legal_form)
        if _FEDERAL.match(organisation.name):
            keys.put("level", "federal").put("jurisdiction", self.country())
        return self._rests_on(keys, self.mentions_of(organisation.name))

    def ministry(self, name: str, office: Office) -> str:
        """The id of a ministry that the text does not name: worked out from the title of an office."""
        if self.is_organisation(name):
            return self.organization(name)
        key = f"{name.casefold()} {office.land or office.federal}"
        if key not in self._organization_ids:
            self._organization_ids[key] = identifier = self._ids.new("organization", name, self._whose(office))
            keys = Keys().put("kind", "ministry").put("name", name)
            self._competence(keys, office, level=True).put("certainty", "inferred")
            told = "worked out from the title; the text does not name it"
            hint = self.hint("organization", name)
            self.organizations.put(identifier, keys, f"{hint} {told}" if hint else told)
        return self._organization_ids[key]

    # --- places

    def place(self, name: str) -> str:
        """The id of a municipality: that of the registry where key or name can only mean one, else one of the draft."""
        key = name.casefold()
        if key not in self._place_ids:
            self._place_ids[key] = self._place(name)
        return self._place_ids[key]

    def _place(self, name: str) -> str:
        mention = self._mentions.get(name.casefold())
        codes = [code for code in (mention.keys if mention else ()) if _KEY.fullmatch(code)]
        found = self._known.municipality(name) if not codes else None
        if len(codes) == 1:
            found = self._known.of_key(codes[0])
        if found is not None:
            return found.partition("/")[2]
        identifier = self._ids.new("place", name, "" if len(codes) == 1 else self._ids.report)
        keys = Keys().put("kind", "city").put("name", name)
        remark = self.hint("place", name)
        if len(codes) == 1:
            keys.put("ags", codes[0]).put("in", self._state(codes[0][:2]))
        elif codes:
            remark = f"? {len(codes)} municipalities are called so; {remark}".rstrip("; ")
        self.places.put(identifier, self._rests_on(keys, (mention.span,) if mention else ()), remark)
        return identifier

    def site(self, name: str, city: str, span: Span) -> str:
        """The id of a place in a municipality that has no name of its own: “vor dem Markt”."""
        key = f"{name.casefold()} {city.casefold()}"
        if key not in self._place_ids:
            self._place_ids[key] = identifier = self._ids.new("place", name, self._ids.report)
            keys = Keys().put("kind", "site").put("name", name).put("in", self.place(city))
            self.places.put(identifier, self._rests_on(keys, (span,)))
        return self._place_ids[key]

    def _state(self, code: str) -> str | None:
        name = LAENDER.get(code)
        if name is None:
            return None
        found = self._known.of_key(code)
        return found.partition("/")[2] if found else self._declared_state(name)

    def land(self, name: str) -> str:
        """The id of a Land, by its name."""
        code = next(code for code, land in LAENDER.items() if land == name)
        return self._state(code) or self._declared_state(name)

    def country(self) -> str:
        """The id of the federation."""
        found = self._known.place("Deutschland")
        if found is not None:
            return found.partition("/")[2]
        if "Deutschland" not in self._state_ids:
            self._state_ids["Deutschland"] = identifier = self._ids.new("place", "Deutschland")
            self.places.put(identifier, Keys().put("kind", "country").put("name", "Deutschland"))
        return self._state_ids["Deutschland"]

    def _declared_state(self, name: str) -> str:
        if name not in self._state_ids:
            self._state_ids[name] = identifier = self._ids.new("place", name if name != "Berlin" else "Land Berlin")
            self.places.put(identifier, Keys().put("kind", "state").put("name", name))
        return self._state_ids[name]

    # --- posts

    def printed(self, title: str | None, span: Span | None) -> str | None:
        """A title with the Land that the text prints after it; the extraction has the two apart."""
        words = self._quotes.words(span) if span is not None else ""
        return words if title and words.startswith(f"{title} ") else title

    def post(self, title: str, office: Office, span: Span | None) -> str:
        """The id of a post, made of its printed title."""
        key = f"{title.casefold()} {office.land or ''}"
        if key not in self._post_ids:
            self._post_ids[key] = identifier = self._ids.new("post", title, self._whose(office))
            keys = Keys().put("name", self.printed(title, span)).put("role", office.role)
            if office.ministry is not None:
                keys.put("in", self.ministry(office.ministry, office))
            self._competence(keys, office, level=False)
            keys.put("portfolio", list(office.portfolios))
            if office.unknown:
                keys.note(f"? not in the list of portfolios: {', '.join(office.unknown)}")
            self.posts.put(
                identifier,
                self._rests_on(keys, (span,) if span else ()),
                self.hint("post", self.printed(title, span) or title) or self.hint("post", title),
            )
        return self._post_ids[key]

    def _whose(self, office: Office) -> str:
        """What tells an office from others of its title: ministers of two Länder, or of two reports, are two."""
        return office.land or ("Bund" if office.federal else self._ids.report)

    def _competence(self, keys: Keys, office: Office, *, level: bool) -> Keys:
        if office.federal:
            place, word = self.country(), "federal"
        elif office.land:
            place, word = self.land(office.land), "land"
        else:
            return keys
        return (keys.put("level", word) if level else keys).put("jurisdiction", place)

    def _rests_on(self, keys: Keys, spans: tuple[Span, ...]) -> Keys:
        """Certainty and quote of the first of the spans that can be quoted."""
        for span in spans[:5]:
            quote = self._quotes.of(span)
            if quote is not None:
                return keys.put("certainty", self._quotes.certainty(span)).put("quote", quote)
        return keys
