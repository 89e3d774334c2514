"""The photos of a draft. Their rights are unknown, and nothing is said about consent."""

from __future__ import annotations

from collections.abc import Mapping

from etappe.drafting.company import Company
from etappe.drafting.programme import Programme
from etappe.drafting.quotes import Quotes
from etappe.drafting.stops import day_of
from etappe.drafting.things import Things
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Extraction, Photo

#: How many photos one draft holds.
MOST = 300


def pictures(
    extraction: Extraction,
    programme: Programme,
    things: Things,
    quotes: Quotes,
    people: Mapping[str, str],
    company: Company,
) -> Keys:
    """The section ``photos``."""
    section = Keys()
    for number, photo in enumerate(extraction.photos[:MOST], 1):
        section.put(f"p{number}", _photo(photo, extraction, programme, things, quotes, people, company))
    return section


def _photo(
    photo: Photo,
    extraction: Extraction,
    programme: Programme,
    things: Things,
    quotes: Quotes,
    people: Mapping[str, str],
    company: Company,
) -> Keys:
    keys = Keys().put("caption", quotes.words(photo.caption))
    shown: list[Value] = [f"person/{people[name]}" for name in photo.people if name in people]
    keys.put("shows", [*shown, *company.shown(photo)])
    if photo.organisations:
        bodies = ", ".join(f"organization/{things.organization(name)}" for name in photo.organisations)
        keys.note(f"? named in the caption, perhaps not shown: {bodies}")
    stop = programme.whereabouts.of_photo(photo)
    if stop is not None:
        dated = bool(photo.date and stop.days())
        keys.put("during", f"stop/{programme.ids[id(stop)]}", "" if dated else "? the caption gives no day")
    day = day_of(photo.date)
    keys.put("date", day.isoformat() if day else None)
    if photo.place:
        keys.put("place", things.place(photo.place))
    _credit(keys, photo, extraction, things, quotes, people)
    keys.put("rights", "unknown")
    quote = quotes.of(photo.caption)
    if quote is not None:
        keys.put("certainty", "depicted").put("quote", quote)
    return keys


def _credit(
    keys: Keys, photo: Photo, extraction: Extraction, things: Things, quotes: Quotes, people: Mapping[str, str]
) -> None:
    if photo.credit is None:
        keys.note("? credit: none was found")
        return
    credit = photo.credit
    keys.put("credit", quotes.words(credit))
    named = [person.name for person in extraction.people if any(span.within(credit) for span in person.credited)]
    if len(named) == 1:
        keys.put("photographer", people[named[0]], "? by the custom of credit lines")
    bodies = [body for body in extraction.organisations if any(span.within(credit) for span in body.mentions)]
    if len(bodies) == 1:
        keys.put("credited", things.organization(bodies[0].name))
