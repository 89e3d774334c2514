"""Which words of a text describe pictures, and which name who took them."""

from __future__ import annotations

import re

from etappe.extraction.model import BlockKind, Span, Text

_LABEL = (
    r"(?:Text\s?(?:und|/|&)\s?)?(?:Foto(?:s|grafie|graf|grafin|credits?|nachweis|quelle)?"
    r"|Bild(?:er|nachweis|quelle|rechte|autor)?|Aufnahmen?|Fotograf(?:in)?|Photos?|Credits?|Picture|Quelle|Copyright)"
)
_CREDIT = re.compile(
    rf"(?:(?<!ein )(?<![\w-])(?:Symbol|Archiv)?{_LABEL}(?:\s?(?:und|/|&)\s?(?:Text|Bild"
    rf"|Grafik))?(?:\s\([\w. ]+\))?\s?[:|]\s?|©\s?"
    rf"|(?<!\w)Photo(?:s)? by\s)(?P<who>[^\n:;]{{2,70}}?)(?=[.)]?\s*(?:\n|$)|[.;]\s|\))"
)
_TELLS = re.compile(
    r"\b(?:im|am|bei|beim|mit|vor|auf|zur|zum|in|während|nach|an|der|die|das|den|dem|wird|ist|sind|hat|zeigt|with|at|during)\b"
    r"|\((?:ganz )?(?:[lr]\b|links|rechts|Mitte|\d\.|Archiv)"
    r"|\b[\w-]*(?:[Mm]inister|meister|[Ll]eiter|führer|[Pp]räsident|sekretär|[Rr]at|rätin|[Dd]irektor|[Ss]precher|[Cc]hef)(?:in)?\s[A-ZÄÖÜ]"
)
_SLASH_CREDIT = re.compile(r"\((?P<who>[^\s()/][^()/\n]{1,40}/\s?[^()/\n]{2,40})\)\s*$", re.MULTILINE)
_CAPTION = re.compile(
    r"(?<![\w-])(?:v\.\s?l\.|v\.\s?r\.|v\.\s?[lr]\.\s?n\.\s?[lr]\.|vlnr\b|[Vv]on links|[Vv]on rechts"
    r"|Foto(?:s)? (?:oben|unten|links|rechts)|(?:Bild|Foto|Aufnahme|Bilder) zeigen?t?\b|[Ii]m Bild\b"
    r"|Auf dem (?:Bild|Foto)"
    r"|Bildunterschrift|Bildlegende|Bildtext|Gruppenbild|\(left to right|left to right|from left\b)"
    r"|^(?:Foto|Bild|Photo|Bildzeile)s?(?:\s\([^)\n]{1,20}\))?:"
    r"|\(\s?(?:ganz\s)?(?:l|r|li|re|\d\.\s?v\.\s?[lr])\.\s?\)|\((?:ganz |vorne |hinten )?(?:links"
    r"|rechts|Mitte|left|right)\)",
    re.MULTILINE,
)
_OLD = re.compile(r"Archiv|Symbol|Illustration|Portr[aä]t|Porträt|file photo", re.IGNORECASE)


def credit_spans(source: Text) -> list[Span]:
    """The names in credit lines, without the label."""
    text = source.text
    spans = [
        Span(match.start("who"), match.end("who"))
        for match in _CREDIT.finditer(text)
        if not _TELLS.search(match["who"])
    ]
    spans += [Span(match.start("who"), match.end("who")) for match in _SLASH_CREDIT.finditer(text)]
    spans += [
        block.span
        for block in source.blocks
        if block.kind is BlockKind.CREDIT and not _TELLS.search(block.span.of(text))
    ]
    return sorted(spans)


def caption_spans(source: Text) -> list[Span]:
    """Captions: their blocks, and sentences that say where in a picture somebody is."""
    spans = [block.span for block in source.blocks if block.kind is BlockKind.CAPTION]
    spans += [
        block.span
        for block in source.blocks
        if block.kind is BlockKind.CREDIT and _TELLS.search(block.span.of(source.text))
    ]
    for sentence in source.sentences:
        words = sentence.of(source.text)
        if _CAPTION.search(words):
            spans.append(sentence)
    return sorted(spans)


def is_old_picture(words: str) -> bool:
    """Whether a caption says that the picture is from an archive, or shows nobody at the event."""
    return bool(_OLD.search(words))
