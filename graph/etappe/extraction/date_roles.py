"""What a date is the date of, by the words beside it."""

from __future__ import annotations

import re

from etappe.extraction.model import Block, BlockKind, DateRole, Span

_REACH = 70
_DEADLINE_BEFORE = re.compile(
    r"(?:\bbis(?:\s+(?:zum|spätestens|einschließlich|inklusive|inkl\.|voraussichtlich))*|"
    r"\bspätestens(?:\s+(?:am|bis|zum))*|"
    r"\b(?:by|until|till|no later than|not later than))(?:\s+(?:den|dem|the))?(?:\s+\w+tag,?(?:\s+(?:den|"
    r"dem))?)?\s*\Z",
    re.IGNORECASE,
)
_DEADLINE_BESIDE = re.compile(
    r"(?:Anmelde|Bewerbungs|Einsende|Redaktions|Abgabe|Melde|Nenn|Antrags|Teilnahme)(?:schluss|frist|ende)|\bFrist\b|"
    r"\bStichtag|\b[Dd]eadline\b|closing date|(?:anmelden|bewerben|einreichen|eingereicht|abgeben)\b[^.]{0,40}\bbis\b"
)
_OTHER_BEFORE = re.compile(
    r"(?:\bseit(?:\s+dem)?|\bsince(?:\s+the)?|\bgeboren(?:\s+am)?|\bgeb\.|[*†]|\bborn(?:\s+on)?|"
    r"\bgegründet(?:\s+am)?|"
    r"\bGründung(?:\s+\w+)?\s+am|\bfounded(?:\s+on)?|\bzum|mit\s+Wirkung\s+(?:vom|zum)|wahl(?:en)?\s+(?:am|vom)|"
    r"rückwirkend\s+zum|"
    r"(?:gesetz\w*|verordnung|richtlinie|beschluss\w*|urteil\w*|erlass\w*|vertrag\w*|schreiben|brief\w*|"
    r"antrag\w*|satzung|"
    r"bescheid\w*|fassung|rechnung|dekret\w*|erklärung)(?:\s+\S{1,20}){0,2}\s+vom|\bnach\s+dem|\bvor\s+dem)"
    r"(?:\s+(?:den|dem))?\s*\Z",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"[^.;]{0,40}?\b(?:in\s+Kraft|gegründet|geboren|verstorben|gestorben|gilt|gelten|(?:im|ins)\s+Amt|"
    r"aufgehoben|born|founded|"
    r"came\s+into\s+force|took\s+office)\b"
)
_ARTICLE_BEFORE = re.compile(
    r"(?:(?:Presse|Medien)(?:mitteilung|information|meldung|bericht)\w*|\bAusgabe|\bMeldung|\bArtikel|\bBeitrag|"
    r"\bBericht\w*)"
    r"(?:\s+\S{1,20}){0,2}\s+vom\s*\Z|\bberichte(?:t|ten)\s+(?:wir\s+)?(?:bereits\s+|schon\s+)?(?:am|vom)\s*\Z|"
    r"\bveröffentlicht(?:\s+am)?\s*\Z|\bStand\s*:?\s*\Z|\bpublished\s+on\s*\Z",
    re.IGNORECASE,
)
_NOT_TOLD = frozenset({BlockKind.IMPRINT, BlockKind.CREDIT, BlockKind.NOISE})


def role_of(text: str, block: Block, sentence: Span, span: Span) -> DateRole:
    """Of a date that is no dateline: event, unless the words beside it show something else."""
    before = text[max(sentence.start, span.start - _REACH) : span.start]
    after = text[span.end : min(sentence.end, span.end + _REACH)]
    if _ARTICLE_BEFORE.search(before):
        return DateRole.PUBLICATION
    if _DEADLINE_BEFORE.search(before) or _DEADLINE_BESIDE.search(before + after):
        return DateRole.DEADLINE
    if block.kind in _NOT_TOLD or _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        return DateRole.OTHER
    return DateRole.EVENT
