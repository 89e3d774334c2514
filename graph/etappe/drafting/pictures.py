"""The photos of a draft. Their rights are unknown, and nothing is said about consent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etappe.drafting.attaching import Joined, Said, add_file, doubtful
from etappe.drafting.company import Company
from etappe.drafting.programme import Programme
from etappe.drafting.quotes import Quotes
from etappe.drafting.stops import day_of
from etappe.drafting.things import Things
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Extraction, Photo, Span, Text

_LABEL = re.compile(
    r"(?:Fotos?|Bild(?:er)?|Aufnahmen?|Photos?|Pictures?)[ ](oben|unten|above|top|below)\b", re.IGNORECASE
)
#: How many photos one draft holds.
MOST = 300


def pictures(
    extraction: Extraction,
    programme: Programme,
    things: Things,
    quotes: Quotes,
    people: Mapping[str, str],
    company: Company,
    beside: Joined,
) -> Keys:
    """The section ``photos``."""
    section = Keys()
    for number, photo in enumerate(extraction.photos[:MOST]):
        keys, quoted = _photo(photo, extraction, programme, things, quotes, people, company)
        if (one := beside.files.get(number)) is not None:
            quoted += add_file(keys, photo, one, _said(photo, extraction, programme, quotes))
        elif number in beside.doubts:
            keys.note(doubtful(beside.doubts[number]))
        keys.put("rights", "unknown")
        if quoted:
            keys.put("certainty", "depicted").put("quote", quoted if len(quoted) > 1 else quoted[0])
        section.put(f"p{number + 1}", keys)
    return section


def _said(photo: Photo, extraction: Extraction, programme: Programme, quotes: Quotes) -> Said:
    stop = programme.whereabouts.of_photo(photo)
    days = stop.days() if stop is not None else None
    return Said(
        quotes.words(photo.credit) if photo.credit is not None else None,
        _photographers(extraction, photo.credit) if photo.credit is not None else (),
        (days[0].isoformat(), days[1].isoformat()) if days else None,
    )


def _photo(
    photo: Photo,
    extraction: Extraction,
    programme: Programme,
    things: Things,
    quotes: Quotes,
    people: Mapping[str, str],
    company: Company,
) -> tuple[Keys, list[Value]]:
    keys = Keys().put("caption", quotes.words(photo.caption))
    shown: list[Value] = [f"person/{people[name]}" for name in photo.people if name in people]
    keys.put("shows", [*shown, *company.shown(photo)])
    if photo.organisations:
        bodies = ", ".join(f"organization/{things.organization(name)}" for name in photo.organisations)
        keys.note(f"? named in the caption, perhaps not shown: {bodies}")
    stop = programme.whereabouts.of_photo(photo)
    if photo.caption in programme.talks:
        keys.put("during", f"item/{programme.talks[photo.caption]}")
    elif stop is not None:
        dated = bool(photo.date and stop.days())
        keys.put("during", f"stop/{programme.ids[id(stop)]}", "" if dated else "? the caption gives no day")
    day = day_of(photo.date)
    keys.put("date", day.isoformat() if day else None)
    if photo.place:
        keys.put("place", things.place(photo.place))
    keys.put("placement", _placement(photo.caption, extraction.text))
    _credit(keys, photo, extraction, things, quotes, people)
    quote = quotes.of(photo.caption)
    return keys, [quote] if quote is not None else []


def _placement(caption: Span, text: Text) -> str | None:
    """Where the line of a caption says that its pictures stand."""
    block = text.block_of(caption)
    match = _LABEL.match(text.text, block.span.start, caption.start) if block is not None else None
    return None if match is None else "top" if match[1].casefold() in ("oben", "above", "top") else "below"


def _credit(
    keys: Keys, photo: Photo, extraction: Extraction, things: Things, quotes: Quotes, people: Mapping[str, str]
) -> None:
    if photo.credit is None:
        keys.note("? credit: none was found")
        return
    credit = photo.credit
    keys.put("credit", quotes.words(credit))
    named = _photographers(extraction, credit)
    if len(named) == 1:
        keys.put("photographer", people[named[0]], "? by the custom of credit lines")
    bodies = [body for body in extraction.organisations if any(span.within(credit) for span in body.mentions)]
    if len(bodies) == 1:
        keys.put("credited", things.organization(bodies[0].name))


def _photographers(extraction: Extraction, credit: Span) -> list[str]:
    return [person.name for person in extraction.people if any(span.within(credit) for span in person.credited)]
