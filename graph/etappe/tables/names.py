"""Names in cells: parts of a list, what a printed name means in the registry, whether it can be a person's."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from etappe import vocabulary
from etappe.namespaces import FOAF, RDF, SCHEMA, SKOS
from etappe.reading.values import is_id, slug
from etappe.registry import Registry

_FORMS = (
    r"g?GmbH(?: ?(?:&|und) ?Co\.? ?KG(?:aA)?)?|AG(?: ?& ?Co\.? ?KG)?|SE(?: ?& ?Co\.? ?KG)?|KGaA|KG|OHG|GbR|eG"
    r"|e\. ?V\.|eV|AöR|A\.? ?ö\.? ?R\.?|K\.? ?d\.? ?ö\.? ?R\.?|UG|VVaG|mbH|Ltd\.?|Limited|plc|PLC|LLP|LLC|Inc\.?"
    r"|Corp\.?|Corporation|CIC|S\.?A\.?|S\.?p\.?A\.?|B\.?V\.?|N\.?V\.?|Oy|AB|A/S|ApS|S\.?à\.?r\.?l\.?"
)
_LEGAL_FORM = re.compile(rf"(?:^|\s)(?P<form>{_FORMS})$")
_ONLY_FORM = re.compile(rf"(?:{_FORMS})", re.IGNORECASE)
_BODY = re.compile(
    r"(?:(?:verband|verein|stiftung|gesellschaft|ministerium|behörde|agentur|universität|hochschule|institut|kammer"
    r"|gewerkschaft|bundesamt|landesamt|stadtwerke|genossenschaft|ausschuss|kommission|fraktion|botschaft|initiative)(?:e?[ns])?\b"
    r"|\b(?:association|union|federation|council|university|institute|foundation|trust|society|committee|commission|embassy"
    r"|group|company|ministry|department|agency|authority|alliance|network|forum|chamber|bank|college)\b)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:(?:the\s)?(?:rt\.?|right)\shon(?:ourable|\.)?\s(?:the\s)?|herrn?\s|frau\s|mrs?\.?\s|ms\.?\s|miss\s|hon\.\s)+",
    re.I,
)
_AFTER = re.compile(r"(?:,?\s(?:MP|MdB|MdL|MSP|QC|KC|CBE|OBE|MBE))+$")
_DEGREES = re.compile(r"(?:(?:prof|dr|dipl|ing|med|jur|h\.\s?c)\.?(?:-\w+\.?)?\s)+", re.IGNORECASE)
_PARTICLES = frozenset(
    ("von", "vom", "van", "der", "den", "de", "del", "della", "di", "da", "du", "la", "le", "zu", "zur", "zum", "ter")
)
_WORD = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|[ODLd]['’]\w+)")
_PART = re.compile(r"(?P<name>[^(]+?)\s*\((?P<rest>[^()]+)\)$")
_MANY = re.compile(
    r"(?:(?:die|mehrere|verschiedene|diverse|weitere|various|several|other|the|\d+)\s)*"
    r"(?:vertreter\w*|mitglieder\w*|mitarbeit\w*|beschäftigte\w*|bürger(?:innen)?|anwohner\w*|schüler\w*|studierende\w*"
    r"|unternehme[nr]\w*|verbände\w*|verbänden|teilnehmende\w*|delegation\w*|representatives?|members|employees|staff"
    r"|students|pupils|residents|delegates|stakeholders|businesses|companies|organisations|various|diverse|verschiedene)\b",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"\b(?:vorsitzende[rn]?|\w*präsident(?:in)?|\w*geschäftsführer(?:in)?|leiter(?:in)?|sprecher(?:in)?|vorstand|inhaber(?:in)?"
    r"|chief executive|ceo|chair(?:man|woman|person)?|director|head|president|secretary|manager)\b",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(
    r"\b(?:abgesagt|abgesetzt|entfallen|entfiel|fiel aus|ausgefallen|storniert|verschoben|cancell?ed|postponed"
    r"|called off|vertreten durch|vertreten von|in vertretung|represented by|did not (?:attend|take place)"
    r"|unable to attend|fand nicht statt|nicht teilgenommen|nicht anwesend|abwesend|entschuldigt|apologies"
    r"|absent|tbc|t\.b\.c\.|tba|angefragt|ohne minister\w*|without the minister)(?!\w)",
    re.IGNORECASE,
)


class WrongName(ValueError):
    """A name that cannot be taken; its text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as printed: without salutation, and apart from it what stands behind it."""

    name: str
    rest: str | None = None


@lru_cache(maxsize=8192)
def doubt(text: str) -> str | None:
    """The words that leave open whether something took place, or who was there; nothing where there are none."""
    match = _DOUBTFUL.search(text)
    return match[0] if match else None


def parts(text: str, separators: tuple[str, ...]) -> list[str]:
    """The entries of a list; ``Inc.`` and the like stay with the name before them."""
    found = [text]
    for separator in separators:
        found = [part for piece in found for part in piece.split(separator)]
    joined = list[str]()
    for part in (part.strip(" ,;") for part in found):
        if joined and _ONLY_FORM.fullmatch(part):
            joined[-1] = f"{joined[-1]}, {part}"
        elif part:
            joined.append(part)
    return joined


@lru_cache(maxsize=8192)
def legal_form(name: str) -> str | None:
    """The legal form that a name ends in, as the closed list has it; nothing where it is not in there."""
    match = _LEGAL_FORM.search(name)
    return match["form"] if match and vocabulary.concept("legal-forms", match["form"]) is not None else None


@lru_cache(maxsize=8192)
def is_body(name: str) -> bool:
    """Whether a name says by itself that it is one of an organisation."""
    return _LEGAL_FORM.search(name) is not None or _BODY.search(name) is not None


def is_many(name: str) -> bool:
    """Whether a name is one of several people or bodies that are not named."""
    return _MANY.match(name) is not None


def is_function(name: str) -> bool:
    """Whether a name tells what somebody is, and perhaps not who."""
    return _FUNCTION.search(name) is not None


def is_titled(text: str) -> bool:
    """Whether a name is printed as that of a person: with a salutation or a degree."""
    return _SALUTATION.match(text) is not None or _DEGREES.match(text) is not None or _AFTER.search(text) is not None


def is_personal(name: str) -> bool:
    """Whether a name has the form of a person's: two to six words in capitals, particles apart, no digits."""
    words = without_degrees(name).split()
    if not 2 <= len(words) <= 6 or is_body(name):
        return False
    named = [word for word in words if word.lower() not in _PARTICLES]
    return len(named) >= 2 and all(_WORD.fullmatch(word) and not re.search(r"\d", word) for word in named)


@lru_cache(maxsize=8192)
def printed(text: str) -> Printed:
    """A person's name and what stands behind it in brackets or after a comma."""
    plain = _SALUTATION.sub("", text, count=1) if _SALUTATION.match(text) else text
    rest = None
    if match := _PART.fullmatch(plain):
        plain, rest = match["name"], match["rest"].strip()
    elif "," in plain and not _AFTER.search(plain):
        head, _, tail = plain.partition(",")
        plain, rest = head, tail.strip() or None
    return Printed(_AFTER.sub("", plain).strip(), rest)


def without_degrees(name: str) -> str:
    """A person's name without "Dr." and the like."""
    return _DEGREES.sub("", name, count=1)


@lru_cache(maxsize=8192)
def new_id(name: str, *, scope: str = "") -> str:
    """An id for something that the registry does not know.

    Names of the same letters share it; what ``slug`` would lose tells them apart.

    Args:
        scope: what is put behind it, where the same name elsewhere may be somebody else.
    """
    short = slug(name)
    lossless = re.fullmatch(r"[\w\s.,'’\"()&/-]*", name) and len(short) < 58 and short != "x"
    if not lossless or not name.translate(_UMLAUTS).isascii():
        short = f"{short[:48].strip('-')}-{hashlib.sha256(vocabulary.key(name).encode()).hexdigest()[:6]}"
    return f"{short}-{scope}" if scope else short


_UMLAUTS = str.maketrans(dict.fromkeys("äöüßÄÖÜ–’“”„", "a"))


class Known:
    """What the registry knows by name, kept once it is looked up."""

    def __init__(self, registry: Registry, base: str) -> None:
        self._registry = registry
        self._base = base
        self._found: dict[tuple[str, str], str | None] = {}
        self._municipal: dict[str, bool] = {}

    def id(self, kind: str, name: str) -> str | None:
        """How a report names the thing of that kind and name or id; nothing where there is none.

        Raises:
            WrongName: there are several.
        """
        place = kind, name
        if place not in self._found:
            self._found[place] = self._looked_up(kind, name)
        return self._found[place]

    def _looked_up(self, kind: str, name: str) -> str | None:
        start = f"{self._base}/id/{kind}/"
        found = sorted(iri.value for iri in self._registry.named(name) if iri.value.startswith(start))
        if not found and is_id(name) and NamedNode(start + name) in self._registry:
            found = [start + name]
        if len(found) > 1:
            choices = ", ".join(iri.removeprefix(start) for iri in found)
            raise WrongName(f"{name!r} may be {choices}; write which one")
        if not found:
            return None
        short = found[0].removeprefix(start)
        return short if is_id(short) else found[0]

    def taken(self, kind: str, identifier: str) -> bool:
        """Whether the registry gives that id to something."""
        return NamedNode(f"{self._base}/id/{kind}/{identifier}") in self._registry

    def in_municipality(self, identifier: str) -> bool:
        """Whether a place of the registry is a municipality or lies in one."""
        if identifier not in self._municipal:
            iri = identifier if "/" in identifier else f"{self._base}/id/place/{identifier}"
            triples = self._registry.slice([NamedNode(iri)])
            self._municipal[identifier] = any(t.predicate == RDF.type and t.object == SCHEMA.City for t in triples)
        return self._municipal[identifier]

    def names(self, kind: str, identifier: str) -> list[str]:
        """The names that the registry gives to a thing."""
        iri = NamedNode(identifier if "/" in identifier else f"{self._base}/id/{kind}/{identifier}")
        labels = (FOAF.name, SKOS.prefLabel, SKOS.altLabel)
        return sorted(
            t.object.value
            for t in self._registry.slice([iri])
            if t.subject == iri and t.predicate in labels and isinstance(t.object, Literal)
        )
