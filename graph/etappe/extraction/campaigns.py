"""The campaign and the tour that a text tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from etappe.extraction.model import BlockKind, Campaign, Span, Text

_OPEN, _CLOSE = "„“\"»«‚‘'›‹", "“”\"»«‘’'›‹"
_WORD = r"[A-ZÄÖÜ0-9][\w@&.+/-]{0,40}[\w@&+]"
_QUOTED = rf"[{_OPEN}](?P<quoted>[^{_OPEN}{_CLOSE}\n]{{2,80}})[{_CLOSE}]"
_PLAIN = rf"(?P<plain>{_WORD}(?:[ ]{_WORD}){{0,4}})(?=[ ,.;:)\n]|$)"
_CAMPAIGN = re.compile(
    rf"\b(?P<kind>[\w-]{{0,40}}[Kk]ampagne|[\w-]{{0,40}}[Aa]ktion|[Cc]ampaign)[ ](?:{_QUOTED}|{_PLAIN})"
)
_BEFORE = re.compile(
    rf"[{_OPEN}](?P<quoted>[^{_OPEN}{_CLOSE}\n]{{2,80}})[{_CLOSE}][ -](?P<kind>[Kk]ampagne|campaign)\b"
)
#: What begins a phrase that is no name.
_NO_NAME = re.compile(
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Montag|Dienstag|Mittwoch"
    r"|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Anfang|Mitte|Ende|Station|Halt|Teil|Der|Die|Das|In|Im|Am|Auf|Mit"
    r"|Ein|Eine|Es|Sie|Er|Wir|Und|\d[\d.]*)(?![\w@&-])"
)
#: What follows a name and belongs to the verb: “machte … Station”.
_AFTER_NAME = re.compile(r"[ ](?:Station|Halt|Stopp|Rast|Pause|Premiere|Teil|Gast|Ende|Anfang|Mitte)(?![\w-])")
_PROPER = re.compile(r"[@&+\d]|[a-zäöüß][A-ZÄÖÜ]|[A-ZÄÖÜ]{2}")
_KINDS = (
    ("information-campaign", re.compile(r"\b(?:Informations|Info-?|Aufklärungs)[Kk]ampagne|\binformation campaign\b")),
    ("roadshow", re.compile(r"\b[\w-]{0,30}[Rr]oadshow\b")),
)
_OWNED = re.compile(r"\b(?:unsere[rn]?|our)[ ](?:[a-zäöüß]{2,20}[ ])?(?P<what>[\w-]{0,30}[Kk]ampagne|campaign)\b")

_PART_OF = re.compile(
    r"\b(?:[Ii]m Rahmen|Team|Station|Halt|Stopp|Etappe|Auftakt|Start|Abschluss)[ ](?:der|ihrer|seiner|unserer)"
    r"(?:[ ][a-zäöüß]{2,25}e[nr]){0,2}[ ]$"
)
_SUBJECT = re.compile(r"\b[Dd]ie[ ]$")
_STOPPED = re.compile(
    r"\b(?:machte|war|legte|hielt)\b.{0,200}\b(?:Station|Halt|Stopp|zu Gast)\b|\b(?:stoppte|gastierte|kam|tourte)\b"
)

_TOUR_WORD = r"(?:[A-ZÄÖÜ][\w-]{0,40}-)?(?:[A-ZÄÖÜ][a-zäöüß]{2,30}(?:tour|reise)|Tour|Reise|[\w-]{0,20}[Rr]oadshow)"
_WAY = (
    r"(?P<way>[ ](?:entlang|durch|quer[ ]durch)(?:[ ](?:der|des|die|das|den|dem|ganz))?"
    r"(?:[ ][a-zäöüß]{3,20}e[nrs]?)?[ ][A-ZÄÖÜ][\w-]{1,40}(?:[ ](?:(?:von|und|der|des)[ ])?[A-ZÄÖÜ][\w-]{1,40}){0,2})"
)
_TOUR = (
    rf"(?P<tour>{_TOUR_WORD})(?:[ ][{_OPEN}](?P<quoted>[^{_OPEN}{_CLOSE}\n]{{2,80}})[{_CLOSE}]|{_WAY})?(?![\w-])"
    rf"|[{_OPEN}](?P<first>[^{_OPEN}{_CLOSE}\n]{{2,80}})[{_CLOSE}][ -]Tour\b"
)
_WHOSE = r"(?:der|ihrer|seiner|unserer|einer|dieser)[ ](?:[a-zäöüß]{2,25}e[nr][ ]){0,2}"
_LED = re.compile(
    rf"(?P<lead>\b(?:(?P<opening>(?:[Zz]um|[Dd]en|[Dd]er|[Dd]er[ ]erfolgreiche)[ ](?:Auftakt|Start|Anfang|Beginn))"
    rf"|(?P<closing>(?:[Zz]um|[Dd]en|[Dd]er)[ ](?:Abschluss|Schlusspunkt))"
    rf"|[Ii]m[ ]Rahmen|\b(?:Station|Etappe|Stopp|Halt|Ziel|Haltepunkt)|[Aa]uf)[ ]{_WHOSE})(?:{_TOUR})"
)
_READ = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING))


def find_campaign(source: Text) -> Campaign | None:
    """The campaign and tour of a text; nothing where it tells of neither."""
    blocks = [block.span for block in source.blocks if block.kind in _READ]
    found = _tour(source.text, blocks, _named(source.text, blocks))
    kind = next((word for word, pattern in _KINDS if _first(pattern, source.text, blocks)), None)
    if found.span is not None:
        found = replace(found, joined=_joined(source.text, found.span, blocks))
    owned = _first(_OWNED, source.text, blocks)
    if owned is not None:
        found = replace(found, owned=Span(*owned.span()))
    return replace(found, kind=kind) if found.name or found.tour else None


def _joined(text: str, name: Span, blocks: list[Span]) -> Span | None:
    """The name, where the words before it or the verb beside it say that the campaign was there."""
    block = next((block for block in blocks if name.within(block)), name)
    before = text[max(block.start, name.start - 120) : name.start].rsplit(". ", 1)[-1]
    after = text[name.end : min(block.end, name.end + 120)].split(". ", 1)[0]
    there = _PART_OF.search(before) or (_SUBJECT.search(before) and _STOPPED.search(f"{before} {after}"))
    return name if there else None


def _matches(pattern: re.Pattern[str], text: str, blocks: list[Span]) -> Iterator[re.Match[str]]:
    for block in blocks:
        yield from pattern.finditer(text, block.start, block.end)


def _first(pattern: re.Pattern[str], text: str, blocks: list[Span]) -> re.Match[str] | None:
    return next(_matches(pattern, text, blocks), None)


def _named(text: str, blocks: list[Span]) -> Campaign:
    for pattern in (_CAMPAIGN, _BEFORE):
        for match in _matches(pattern, text, blocks):
            action = match["kind"].casefold().endswith("aktion")
            plain = match.groupdict().get("plain")
            if plain is None:
                return Campaign(" ".join(match["quoted"].split()), Span(*match.span()))
            plain = _AFTER_NAME.split(plain.rstrip("."), maxsplit=1)[0]
            if _NO_NAME.match(plain) or (action and not _PROPER.search(plain)):
                continue  # “Aktion Mensch” may be an organisation
            return Campaign(plain, Span(match.start(), match.start("plain") + len(plain)))
    return Campaign()


def _tour(text: str, blocks: list[Span], campaign: Campaign) -> Campaign:
    """The campaign with its tour: only where words say that what is told of is part of it."""
    for match in _matches(_LED, text, blocks):
        quoted = match["quoted"] or match["first"]
        words = " ".join((match["tour"] or "Tour").split())
        name = (
            " ".join(quoted.split())
            if quoted
            else words + (" ".join(("", *match["way"].split())) if match["way"] else "")
        )
        span = Span(match.start("tour") if match["tour"] else match.start("first") - 1, match.end())
        position = "opening" if match["opening"] else "closing" if match["closing"] else None
        proper = bool(quoted) or "-" in words
        return replace(
            campaign,
            tour=name,
            tour_span=span,
            named=proper,
            position=position,
            position_span=Span(*match.span()) if position else None,
        )
    return campaign
