"""What the printed title of an office says: function, portfolio, Land or federation, and the ministry behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etappe import vocabulary
from etappe.drafting.laender import LAENDER, land_in

_MINISTER = re.compile(r"\b(?:Bundes|Landes|Staats)?(?P<field>[A-ZÄÖÜa-zäöüß-]*?)[Mm]inister(?:in)?\b")
_DOMAIN = re.compile(r"\b[\w-]*[Mm]inister(?:in)?\s+(?P<word>für|der|des)\s+(?P<domain>.+)")
_OF_LAND = re.compile(
    r"(?:,|\s)\s*(?:in|im|von|(?:des|der|vom)\s+(?:Landes|Freistaats|Freistaates|Bundes|Freien|Bundesrepublik))\b.*"
)
_HEAD = re.compile(r"(?P<head>.+?)\s+(?:für|der|des|von|vom|im|in|bei|beim|of|for|at)\s")
_OF_STATE = re.compile(r"Land |Freistaat |.*[Mm]inisterium|.*[Ss]taatskanzlei|" + "|".join(LAENDER.values()))
_AND = re.compile(r",\s*|\s+und\s+|\s+sowie\s+|\s+and\s+")
_ARTICLE = re.compile(r"(?:(?:den|die|das|der|des)\s+)")

#: First parts of compounds that are not spelt like the portfolio: Innenminister, Finanzministerin.
_STEMS = {
    "innen": "interior",
    "finanz": "finance",
    "sozial": "social-affairs",
    "bau": "building",
    "agrar": "agriculture",
    "kultus": "education",
    "digital": "digitalisation",
}


@dataclass(frozen=True)
class Office:
    """The office of a minister or head of government.

    Attributes:
        role: a word of the list *roles*; ``portfolios``: words of that list.
        unknown: parts of the portfolio that the list does not have.
        land: name of the Land; ``federal``: whether it is an office of the federation.
        ministry: name of the ministry, worked out from the title.
    """

    role: str
    portfolios: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    land: str | None = None
    federal: bool = False
    ministry: str | None = None


def role_word(title: str | None) -> str | None:
    """The word of the list *roles* that a printed title is, or begins with."""
    if not title:
        return None
    head = _HEAD.match(title)
    for words in (title, head["head"] if head else ""):
        found = vocabulary.concept("roles", words) if words else None
        if found is not None:
            return found.value.rsplit("/", 1)[-1]
    return None


def office_of(title: str, organisation: str | None) -> Office:
    """What the title of a minister says."""
    federal = title.startswith("Bundes") or re.search(r"\bdes Bundes\b|\bder Bundesrepublik\b", title) is not None
    land = (
        None
        if federal
        else land_in(title) or (land_in(organisation) if organisation and _OF_STATE.match(organisation) else None)
    )
    if "präsident" in title.casefold() or "minister-president" in title.casefold():
        return Office("minister-president", land=land)
    domain = _DOMAIN.search(title)
    if domain is not None:
        words = _without_land(domain["domain"])
        portfolios, unknown = _portfolios(_AND.split(words))
        level = "Bundesministerium" if federal else "Ministerium"
        ministry = f"{level} {domain['word']} {words}" if words else None
        return Office("minister", portfolios, unknown, land, federal, ministry)
    match = _MINISTER.search(title)
    portfolios, unknown = _portfolios([match["field"].strip("-")] if match else [])
    return Office("minister", portfolios, unknown, land, federal)


def _without_land(words: str) -> str:
    words = _OF_LAND.sub("", words).strip(" ,")
    for name in LAENDER.values():
        words = words.removesuffix(name).strip(" ,")
    return words


def _portfolios(parts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found, unknown = list[str](), list[str]()
    for part in parts:
        word = _ARTICLE.sub("", part, count=1).strip()
        if not word:
            continue
        concept = vocabulary.concept("portfolios", word) or vocabulary.concept("portfolios", word.removesuffix("s"))
        if concept is not None:
            found.append(concept.value.rsplit("/", 1)[-1])
        elif word.casefold() in _STEMS:
            found.append(_STEMS[word.casefold()])
        else:
            unknown.append(word)
    return tuple(dict.fromkeys(found)), tuple(unknown)
