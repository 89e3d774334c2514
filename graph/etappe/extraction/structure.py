"""A text cut into blocks and sentences, with its language and the day on which it says it appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from etappe.extraction.blocks import blocks_of
from etappe.extraction.date_grammar import MONTH_DE, MONTH_EN, Written, written_dates
from etappe.extraction.model import Block, BlockKind, Span, Text
from etappe.extraction.sentences import sentences_of, word_set

_LANGUAGE_SAMPLE = 20_000
_REACH = 120
_WORD = re.compile(r"[^\W\d_]+")
_GERMAN = word_set(
    "der die das und ist im den dem des mit für auf ein eine einer am zum zur von vom sich nicht auch bei wurde",
    "sind war wird hat haben nach aus wie es als über uhr",
)
_ENGLISH = word_set(
    "the and of to is was were with for on at by from that this his her has have had which its it be are an as",
    "who will",
)
_WHOLE = frozenset({BlockKind.SCHEDULE, BlockKind.ROW, BlockKind.HEADING, BlockKind.DATE_HEADING, BlockKind.CREDIT})
_PUBLISHED = re.compile(
    r"(?:Veröffentlicht|Veröffentlichung(?:sdatum)?|Erschienen|Publiziert|Erstellt|Online\s+seit|"
    r"Posted|Published|Publication\s+date|Press\s+release)\b[^\n.;]{0,25}?\Z|"
    r"(?:Presse(?:mitteilung|information|meldung|info|dienst|erklärung)|Medien(?:mitteilung|information)|"
    r"Meldung|Mitteilung|"
    r"Nachricht|Beitrag|Artikel|Eintrag|Bericht)(?:\s+Nr\.\s?[\d/]+)?\s*(?:vom|,|\||–|-|"
    r":)?\s*(?:[\d/]+\s*(?:vom|\||–|-)\s*)?\Z|"
    r"\b(?:Stand|Datum|Date)\s*:\s*\Z|\((?:pm|ots|red|dpa|epd|jh)\)\s*\Z",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[*_(\s]*(?:[A-ZÄÖÜ][\w./-]*(?:\s(?:[A-ZÄÖÜ(][\w./()-]*|an|am|der|ob|im|in|bei|den|dem|a\.|"
    r"d\.))*(?:,\s(?:Germany|Deutschland|Austria|Switzerland)(?:\s[–—-]\s)?)?,?\s*(?:den\s)?)?[(]?\Z"
)
_PAPER = re.compile(
    r"(?:[A-ZÄÖÜ][\w-]*\s){0,3}(?:[\w-]*(?:[Zz]eitung|[Aa]nzeiger|[Nn]achrichten|[Kk]urier|[Bb]latt|[Bb]ote|[Rr]undschau|"
    r"[Aa]llgemeine|[Ee]cho|[Mm]erkur|[Pp]resse)|Post|Times|Herald|Gazette|News),?\s(?:vom\s)?\Z"
)
_AFTER_DATELINE = re.compile(r"[)]?[*_]*\s*(?:[–—|/:]|-\s|-{2}|\Z)|\)?\.\s*[–-]|\)\s(?=[A-ZÄÖÜ„»])|\.\s(?=[A-ZÄÖÜ„»])")
_DAY_ALONE = re.compile(
    r"[\s,|·•()–-]*(?:\d{1,2}[.:]\d\d\s?(?:Uhr|h)?|von\s[\w .-]{2,40}|by\s[\w .-]{2,40})?[\s,|·•()–-]*\Z"
)
_MONTH = re.compile(rf"{MONTH_DE}|{MONTH_EN}")
_PLACE_AND_DAY = re.compile(
    rf"^[A-ZÄÖÜ][\w./ -]{{2,40}}, (?:den )?\d{{1,2}}\. ?(?:{MONTH_DE}|\d{{1,2}}\.) ?\d{{4}}$", re.MULTILINE
)
_REACH_BELOW = 700
_FROM_TODAY = re.compile(
    r"\b(?:heute|gestern|gestrigen?|heutigen?|(?:am|vergangenen|letzten)\s(?:vergangenen\s|gestrigen\s|heutigen\s)?"
    r"(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)(?:vormittag|nachmittag|abend|morgen|mittag)?)\b"
)


def structured(text: str, metadata: Mapping[str, str]) -> Text:
    """The text with its parts.

    Args:
        text: plain text, NFC, single line feeds.
        metadata: ``published`` and ``language`` win over what the text itself shows.
    """
    language = language_of(text, metadata.get("language"))
    blocks = blocks_of(text, language)
    sentences = tuple(sentence for block in blocks for sentence in _sentences(text, block))
    published = _day(metadata.get("published")) or _stated(text, blocks, language)
    return Text(text, language, blocks, sentences, published, metadata)


def language_of(text: str, stated: str | None = None) -> str:
    """``de`` or ``en``: as stated, else by function words; German where they do not tell."""
    if stated and stated[:2].casefold() in ("de", "en"):
        return stated[:2].casefold()
    words = [word.casefold() for word in _WORD.findall(text[:_LANGUAGE_SAMPLE])]
    german, english = sum(word in _GERMAN for word in words), sum(word in _ENGLISH for word in words)
    return "en" if english > german else "de"


def _sentences(text: str, block: Block) -> list[Span]:
    return [block.span] if block.kind in _WHOLE else sentences_of(text, block.span)


def _day(stated: str | None) -> str | None:
    try:
        return date.fromisoformat((stated or "").strip()[:10]).isoformat()
    except ValueError:
        return None


def _stated(text: str, blocks: Sequence[Block], language: str) -> str | None:
    """The day that a dateline or a note names, else the only date that stands alone, at the top."""
    alone: list[str] = []
    for number, block in enumerate(blocks):
        for written in _written(text, block, language):
            if written.first.year is None or written.last is not None:
                continue
            if is_dateline(text, block, written, top=number < 4):
                return written.first.iso()
            if block.kind is BlockKind.DATE_HEADING and written.weekday is None:
                alone.append(written.first.iso() if number < 4 else "")
    return alone[0] or None if len(alone) == 1 else None


def _written(text: str, block: Block, language: str) -> Iterator[Written]:
    if block.kind is BlockKind.NOISE:
        return
    start, end = block.span.start, min(block.span.end, block.span.start + 400)
    yield from written_dates(text, Span(start, end), language)


def is_dateline(text: str, block: Block, written: Written, *, top: bool) -> bool:
    """Whether a date says when the text appeared: "Schwerin, 12. Juli 2017 –", "Meldung vom 12.07.2017".

    Args:
        top: whether its block is one of the first.
    """
    if block.kind in (BlockKind.SCHEDULE, BlockKind.ROW, BlockKind.CAPTION):
        return False
    before = text[max(block.span.start, written.span.start - _REACH) : written.span.start]
    after = text[written.span.end : min(block.span.end, written.span.end + _REACH)]
    note = _PUBLISHED.search(before[-60:])
    if note is not None and not (note.group().casefold().startswith("dat") and re.match(r"\W{0,3}\d{1,2}[.: ]", after)):
        return True
    if _PAPER.fullmatch(before) and not after.strip(" .)*_"):
        return True
    if _stands_above(text, block, after) or _stands_below(text, block):
        return True
    first_words = len(before) <= 60 and _DATELINE.match(before) is not None
    if first_words and before.strip() and block.kind is BlockKind.PARAGRAPH and _AFTER_DATELINE.match(after):
        return len(after) > 80 or (top and not after.strip(" )*_"))
    return top and not before.strip(" *_|") and "von" in after and _DAY_ALONE.match(after) is not None


def _stands_above(text: str, block: Block, after: str) -> bool:
    """Whether a line is a place and a day from which what follows counts: ``Aurich, 3. Mai 2018`` … ``gestern``."""
    if block.kind is not BlockKind.HEADING or after.strip(" *_") or block.span.end - block.span.start > _REACH:
        return False
    if _PLACE_AND_DAY.fullmatch(block.span.of(text).strip(" *_")) is None:
        return False
    others = _PLACE_AND_DAY.finditer(text)
    if next(others, None) is not None and next(others, None) is not None:
        return False  # a diary
    return _FROM_TODAY.search(text, block.span.end, block.span.end + _REACH_BELOW) is not None


def _stands_below(text: str, block: Block) -> bool:
    """Whether a line in brackets of its own is a place and a day: ``(Aurich, 3. Mai 2018)``."""
    line = block.span.of(text).strip() if block.span.end - block.span.start <= _REACH else ""
    return line[:1] == "(" and line[-1:] == ")" and _PLACE_AND_DAY.fullmatch(line[1:-1]) is not None
