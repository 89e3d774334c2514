"""The pictures that captions tell of, and how the publisher can be reached."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from etappe.extraction.model import (
    Block,
    BlockKind,
    DateMention,
    DateRole,
    Organisation,
    Person,
    Photo,
    PlaceMention,
    Span,
    Text,
)

_Thing = TypeVar("_Thing")

_LABEL = re.compile(
    r"[*_(\[„\"]*(?P<word>Fotos?|Bild(?:er|unterschrift|text|unterzeile|legende)?|Photos?|Pictures?|Captions?"
    r"|Titelbild|Gruppenbild|Gruppenfoto|BU)"
    r"(?:\s(?:oben|unten|links|rechts|Mitte|above|below|left|right|top"
    r"|bottom)){0,2}(?:\s?\d{1,2})?\s?(?:\([^)\n]{1,40}\)\s?)?:[*_]*\s*"
)
_MANY = re.compile(r"(?:Fotos|Bilder|Photos|Pictures|Captions)\Z")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\([^)\s]*(?:\s+\"(?P<title>[^\"\n]*)\")?\s*\)")
_SHOWS = re.compile(
    r"(?:(?:Das|Unser|Dieses)\s(?:Bild|Foto|Gruppenbild|Gruppenfoto)\s(?:zeigt|entstand)|(?:Auf|Im)\s(?:dem\s"
    r"|unserem\s)?(?:Bild|Foto|Gruppenbild|Gruppenfoto)\b"
    r"|(?:The|Our)\s(?:picture|photo)\sshows|Pictured\b)"
)
_CREDIT_LABEL = re.compile(
    r"[*_(\[]*(?:©|\(c\)|(?:Text|Fotos?|Bild(?:er)?|Photos?|Pictures?|Copyright|Urheber|Quelle|Credits?"
    r"|Fotograf(?:in)?)[^:©\n]{0,30}[:©])\s*(?:©\s*)?",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"(?<=[a-zäöüß]{3})\.\s+(?=[A-ZÄÖÜ])")
_INLINE_CREDIT = re.compile(
    r"(?<![\s(])[\s(]{1,4}(?:(?:Fotos?|Bild(?:er)?|Photos?)\s?:\s(?=[^:\n]{2,80}\Z)|©\s?(?=[^©\n]{2,80}\Z))"
)
_MISSING = re.compile(
    r"\b(?:[Nn]icht\s(?:im|auf\sdem)\s(?:Bild|Foto)|[Ee]s\sfehlt|[Ee]s\sfehlen|[Nn]icht\sabgebildet"
    r"|[Nn]ot\s(?:pictured|in\sthe\spicture))\b"
)
_AT_PLACE = re.compile(r"(?:\b(?:in|bei|nahe|near|at)\s|[\d.]\s?,\s|\)\s?,\s)\Z")
_TRAILING = " \n\t.)]*_"

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[(\[{]\s?(?:at|ät|@)\s?[)\]}]\s?)[\w-]{1,63}(?:(?:\."
    r"|\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?)[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_NUMBER = r"(?P<number>(?:\+\d|\(?0)[\d\s()/.–-]{4,28}\d)"
_PHONE = re.compile(rf"(?<!\w)(?:T|Tel|Telefon|Fon|Phone|Ruf|Durchwahl|Mobil|Telephone)\b\.?\s?:?\s?{_NUMBER}")
_FAX = re.compile(rf"(?<!\w)(?:F|Fax|Telefax)\b\.?\s?:?\s?{_NUMBER}")
_BARE_PHONE = re.compile(rf"(?<![\w+(/.-]){_NUMBER}(?!\w)")
_POSTBOX = re.compile(r"\b(?:Postfach|PF|P\.?O\.?\s?Box)\s(?:\d[\d ]{1,12}\d)")
_TOWN = re.compile(
    r"(?<!\d)(?:D-|A-|CH-)?\d{4,5}[^\S\n][A-ZÄÖÜ][\wäöüß-]+(?:[^\S\n](?:am|an der|im|in|ob der"
    r"|bei)[^\S\n][A-ZÄÖÜ][\w-]+)?"
)
_STREET = re.compile(
    r"[A-ZÄÖÜ][\w.’'-]*(?:[^\S\n][A-ZÄÖÜa-zäöü][\w.’'-]*){0,3}[^\S\n]\d{1,4}[^\S\n]?[a-z]?(?=\s*[,·•|\n]\s*\Z|\s*\Z)"
)
_WEB = re.compile(r"(?<![\w@.])(?:https?://[^\s,;)>\]]+|www\.[\w-]+(?:\.[\w-]+)+(?:/[^\s,;)>\]]*)?)", re.IGNORECASE)
_WEB_LABEL = re.compile(
    r"(?<!\w)(?:Web|Website|Internet|Homepage)\s?:?\s(?P<address>[\w-]+(?:\.[\w-]+)+(?:/[^\s,;)]*)?)", re.IGNORECASE
)


def find_photos(
    source: Text,
    people: Sequence[Person],
    organisations: Sequence[Organisation],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
) -> tuple[Photo, ...]:
    """One picture per part of a caption, with whom and what that part names."""
    credit_lines = [_credit_names(source.text, block.span) for block in source.blocks if block.kind is BlockKind.CREDIT]
    named_people = _Within((mention, person.name) for person in people for mention in person.mentions)
    named_bodies = _Within((mention, body.name) for body in organisations for mention in body.mentions)
    named_dates = _Within((date.span, date) for date in dates)
    named_places = _Within((place.span, place) for place in places)
    photos = []
    for caption, own_credit in _captions(source):
        shown = _without_missing(source.text, caption)
        days = named_dates.things(shown)
        taken = [span for span, _ in named_bodies.of(shown)]
        sites = [place for place in named_places.things(shown) if not any(place.span.within(span) for span in taken)]
        photos.append(
            Photo(
                caption=caption,
                people=tuple(dict.fromkeys(named_people.things(shown))),
                organisations=tuple(dict.fromkeys(named_bodies.things(shown))),
                date=_date(days),
                place=_place(source.text, sites, days, shown),
                credit=own_credit or _credit(credit_lines, caption),
            )
        )
    return tuple(photos)


def _captions(source: Text) -> Iterator[tuple[Span, Span | None]]:
    """The parts of captions, each with the credit that its own line gives."""
    for block in source.blocks:
        if block.kind is BlockKind.CAPTION:
            yield from _parts(source.text, block)
    starts = [block.span.start for block in source.blocks]
    for sentence in source.sentences:
        if _SHOWS.match(source.text, sentence.start, sentence.end):
            around = source.blocks[bisect_right(starts, sentence.start) - 1] if starts else None
            if around and around.kind is BlockKind.PARAGRAPH and sentence.within(around.span):
                yield sentence, None


def _parts(text: str, block: Block) -> Iterator[tuple[Span, Span | None]]:
    span = block.span
    image = _IMAGE.match(text, span.start, span.end)
    if image:
        group = "title" if image["title"] else "alt"
        if image[group]:
            yield Span(image.start(group), image.end(group)), None
        return
    credit: Span | None = None
    inline = _INLINE_CREDIT.search(text, span.start, span.end)
    if inline and inline.start() > span.start:
        credit = _stripped(text, Span(inline.end(), span.end))
        span = Span(span.start, inline.start())
    label = _LABEL.match(text, span.start, span.end)
    start = label.end() if label else span.start
    many = label is not None and _MANY.match(label["word"]) is not None
    for part in _segments(text, Span(start, span.end)) if many else [Span(start, span.end)]:
        stripped = _blanks_off(text, part)
        if stripped.start < stripped.end:
            yield stripped, credit


def _segments(text: str, span: Span) -> Iterator[Span]:
    """Parts between semicolons that stand outside brackets."""
    depth, start = 0, span.start
    for place in range(span.start, span.end):
        sign = text[place]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif sign == ";" and not depth:
            yield Span(start, place)
            start = place + 1
    yield Span(start, span.end)


def _without_missing(text: str, span: Span) -> Span:
    """The caption up to the words that tell who is not in the picture."""
    missing = _MISSING.search(text, span.start, span.end)
    return Span(span.start, missing.start()) if missing else span


class _Within(Generic[_Thing]):
    """Things by the place of their mentions, to be asked which lie in a span."""

    def __init__(self, things: Iterable[tuple[Span, _Thing]]) -> None:
        self._things = sorted(things, key=lambda pair: pair[0])
        self._spans = [span for span, _ in self._things]

    def of(self, span: Span) -> list[tuple[Span, _Thing]]:
        first, last = bisect_left(self._spans, Span(span.start, 0)), bisect_left(self._spans, Span(span.end, 0))
        return [pair for pair in self._things[first:last] if pair[0].within(span)]

    def things(self, span: Span) -> list[_Thing]:
        return [thing for _, thing in self.of(span)]


def _date(dates: Sequence[DateMention]) -> str | None:
    """The day, if the caption gives one and only one."""
    days = {date.start for date in dates if date.role is DateRole.EVENT and not date.end and date.basis != "carried"}
    return days.pop() if len(days) == 1 else None


def _place(text: str, places: Sequence[PlaceMention], dates: Sequence[DateMention], span: Span) -> str | None:
    """The place, if the caption says that it is there, not if it only belongs to an office."""
    found = {
        place.name
        for place in places
        if _AT_PLACE.search(text, max(span.start, place.span.start - 8), place.span.start)
        or _before_date(text, place, dates)
    }
    return found.pop() if len(found) == 1 else None


def _before_date(text: str, place: PlaceMention, dates: Sequence[DateMention]) -> bool:
    """``Soltau, 8. März 2023``."""
    return any(
        text[place.span.end : date.span.start] in (", ", ", am ", " am ")
        for date in dates
        if 0 <= date.span.start - place.span.end < 6
    )


def _credit(credit_lines: Sequence[Span], caption: Span) -> Span | None:
    """The first credit after a caption, else the last of the text."""
    place = bisect_left(credit_lines, Span(caption.end, 0))
    return credit_lines[place] if place < len(credit_lines) else credit_lines[-1] if credit_lines else None


def _credit_names(text: str, span: Span) -> Span:
    label = _CREDIT_LABEL.match(text, span.start, span.end)
    start = label.end() if label else span.start
    sentence = _NEXT_SENTENCE.search(text, start, span.end)
    return _stripped(text, Span(start, sentence.start() if sentence else span.end))


def _stripped(text: str, span: Span) -> Span:
    """Without signs and blanks at its end."""
    start, end = span.start, span.end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return _blanks_off(text, Span(start, end))


def _blanks_off(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def find_contact(source: Text) -> Mapping[str, Span]:
    """What the imprint gives, the first of each: email, phone, fax, address, postbox, web."""
    found: dict[str, Span] = {}
    for part in _imprints(source):
        for kind, span in _contacts(source.text, part):
            found.setdefault(kind, span)
    return found


def _imprints(source: Text) -> list[Span]:
    """The imprint blocks, those without anything between them as one."""
    parts: list[Span] = []
    for block in source.blocks:
        if block.kind is not BlockKind.IMPRINT:
            continue
        if parts and not source.text[parts[-1].end : block.span.start].strip():
            parts[-1] = Span(parts[-1].start, block.span.end)
        else:
            parts.append(block.span)
    return parts


def _contacts(text: str, part: Span) -> Iterator[tuple[str, Span]]:
    if email := _EMAIL.search(text, part.start, part.end):
        yield "email", Span(*email.span())
    fax = _FAX.search(text, part.start, part.end)
    phone = _PHONE.search(text, part.start, part.end) or _bare_phone(text, part, fax)
    if phone:
        yield "phone", Span(*phone.span("number"))
    if fax:
        yield "fax", Span(*fax.span("number"))
    yield from _addresses(text, part)
    if web := _WEB.search(text, part.start, part.end):
        yield "web", _stripped(text, Span(*web.span()))
    elif labelled := _WEB_LABEL.search(text, part.start, part.end):
        yield "web", Span(*labelled.span("address"))


def _bare_phone(text: str, part: Span, fax: re.Match[str] | None) -> re.Match[str] | None:
    """A number with an area code that no word says is something else."""
    for match in _BARE_PHONE.finditer(text, part.start, part.end):
        if (fax is None or match.start("number") != fax.start("number")) and not re.search(
            r"(?:fax|postfach|IBAN|Nr\.?|F)\s?:?\s?\Z", text[max(0, match.start() - 12) : match.start()], re.IGNORECASE
        ):
            return match
    return None


def _addresses(text: str, part: Span) -> Iterator[tuple[str, Span]]:
    box = _POSTBOX.search(text, part.start, part.end)
    if box:
        yield "postbox", Span(*box.span())
    for town in _TOWN.finditer(text, part.start, part.end):
        line = max(part.start, town.start() - 90)
        if box and not text[box.end() : town.start()].strip(" ,·•|\n"):
            yield "address", Span(box.start(), town.end())
            return
        street = None
        for match in _STREET.finditer(text[line : town.start()]):
            street = match
        if street:
            yield "address", Span(line + street.start(), town.end())
            return
