"""How programme items are called: after what the text says of them."""

from __future__ import annotations

import re

from etappe.extraction.model import Organisation, Span

_DATIVE = re.compile(
    r"\b(?:(?P<joined>[Bb]eim|[Zz]um|[Vv]om)"
    r"|(?:[Bb]ei|[Mm]it|[Vv]on|[Zz]u|[Aa]us|[Nn]ach|[Ii]n|[Vv]or|[Aa]n) (?P<article>der|dem|den)) $"
)
_FEMININE = frozenset(("GmbH", "AG", "UG", "KG", "SE", "OHG", "GbR", "eG"))
_AT = re.compile(
    r"\b(?:[Bb]ei|[Bb]eim|[Zz]ur|[Zz]um|[Zz]u|[Ii]m|[Ii]ns|[Ii]n|at|to)"
    r"(?: (?:der|dem|den|das|die|the))? (?:[Ff]irma )?[„“\"»]?$"
)
#: “Staatssekretär im …”: an office, with what it is in.
_OFFICE_IN = re.compile(
    r"(?:sekretär|minister|leiter|chef|sprecher|führer|vorstand|vorsitzende[rn]?|präsident|direktor|dirigent|referent"
    r"|mitarbeiter|professor|beauftragte[rn]?|manager)(?:in|en|s)?"
    r"(?: (?:im|in|bei|beim|des|der|vom|von))(?: (?:der|dem|den))? [„“\"»]?$",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"\b(?P<venue>(?:vor|auf|an|in) (?:dem|der|den) [A-ZÄÖÜ][\w-]{2,40})(?: [A-ZÄÖÜ][\w-]{2,40}){0,2}(?![\w-])"
)


def at_whom(text: str, name: str, organisation: Organisation | None) -> str:
    """“bei der Möwenwerk GmbH”: with the article that the text gives, or that the legal form has."""
    found: list[tuple[int, str]] = []
    for mention in organisation.mentions[:50] if organisation is not None else ():
        words = " ".join(mention.of(text).split())
        before = _DATIVE.search(text, max(0, mention.start - 10), mention.start)
        if before is None or not _fits(words, before["article"]):
            continue
        found.append((len(words), f"beim {words}" if before["joined"] else f"bei {before['article']} {words}"))
    if found:
        length, said = max(found)
        if length >= len(name) * 2 // 3:
            return said
    legal = (organisation.legal_form or "") if organisation is not None else ""
    return f"bei der {name}" if legal.split(" ")[0] in _FEMININE else f"bei {name}"


def is_at(text: str, body: Organisation, within: Span, *, visit: bool) -> bool:
    """Whether the words tell of something at an organisation, not of the office that somebody has in it.

    Args:
        visit: whether the words speak of a visit; otherwise “bei”, “zu” or “in” has to stand before the organisation.
    """
    for mention in body.mentions[:200]:
        if mention.within(within):
            before = text[max(within.start, mention.start - 80) : mention.start]
            if not _OFFICE_IN.search(before) and (visit or _AT.search(before)):
                return True
    return False


def _fits(words: str, article: str | None) -> bool:
    """Whether article and form can be a dative: “den” goes with a plural in -n."""
    return article != "den" or words.split(" ", 1)[0].endswith("n")


def venue(text: str) -> str | None:
    """Where something stood, in the words of the text: “vor dem Markt”."""
    match = _VENUE.search(text)
    return match[0] if match is not None else None
