"""From the case a German name stands in to the nominative."""

from __future__ import annotations

import re

_ADJECTIVE_ENDING = {"m": "er", "n": "es", "f": "e", "p": "e"}
_INFLECTED = re.compile(
    r"[A-ZÄÖÜ][\w-]*?(?:isch|lich|ig|iert|end|utsch|ein|al|ot|eu|rei|ößt|öher|oh|an|ual|ärzt|obe?r|rün|ung)(e[nrsm]?)"
)


def nominative_adjective(word: str, gender: str) -> str:
    """An adjective before a noun of that gender, without article: ``Sächsischen`` (n) becomes ``Sächsisches``."""
    match = _INFLECTED.fullmatch(word)
    if not match:
        return word
    return word[: match.start(1)] + _ADJECTIVE_ENDING[gender]


def nominative_name(word: str) -> str:
    """A name in apposition: without the genitive ``s`` after an apostrophe."""
    return word.removesuffix("’").removesuffix("'")
