"""Lines that say who published a text, when, and whom to ask: they lie at the edges of pages and are wanted."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"\b(?:tel|telefon|phone|fax|e-?mail|mail|(?:presse)?kontakt|contacts?|pressestelle|press office|"
    r"pressesprecher\w{0,3}|herausgeber\w{0,3}|verantwortlich|redaktion|v\.\s?i\.\s?s\.\s?d\.\s?p|impressum)\b[^\n]{0,200}?[\d@:]"
    r"|\w@\w|(?:^|[\s·•|,])\d{5}\s[A-ZÄÖÜ][a-zäöüß]",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:veröffentlicht|erschienen|stand|datum|meldung|pressemitteilung|medieninformation|presseinformation|published|"
    r"posted|press release|date|updated?)\b[^\n]{0,60}?\d",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST = 300
_MOST_WORDS = 16


def tells_contact(text: str) -> bool:
    """Whether a line tells whom to ask, or who answers for the text."""
    return len(text) <= _LONGEST * 2 and _CUE.search(text) is not None


def is_dateline(text: str, marked: bool = False) -> bool:
    """Whether a line tells when the text appeared; ``marked`` where its file says it is one."""
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not _YEAR.search(text):
        return False
    return marked or _DATELINE.match(text) is not None
