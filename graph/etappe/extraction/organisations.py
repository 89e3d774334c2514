"""The bodies that a text names, each with all its mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from etappe.extraction.model import Block, BlockKind, Organisation, Span, Text
from etappe.extraction.organisation_names import namings
from etappe.extraction.organisation_phrases import Naming
from etappe.extraction.organisation_words import INITIALISMS, LEGAL, LONG_FORMS, PARTIES, head_of, word_set

_LEGAL = re.compile(rf"(?<![\w-]){LEGAL.pattern}")
_WORD = re.compile(r"[^\W\d_]\w*|\d+")
_CLASS_WORDS = word_set("firma unternehmen verein betrieb gewerkschaft konzern")
_LINKS = word_set("der die das des dem den für und von vom zu zum zur im in am an")
_LONG_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w]{4,60}(?:-\w+)*(?![\w-])")
_CAPITALS = re.compile(r"(?<![\w.@/-])[A-ZÄÖÜ][A-Za-zÄÖÜ]{0,8}[A-ZÄÖÜ](?![\w@]|\.\w)")
_NOT_SHORT = word_set(
    "MdB MdL MdEP PDF CD TV PC HTML UTC KW GF AB CEO CTO CFO KI IT EDV VR AR LED PV LKW PKW USA WLAN FTTH FTTB MBit"
)


@dataclass
class _Body:
    """Namings that are of one body."""

    namings: list[Naming] = field(default_factory=list)
    abbreviation: str | None = None
    short: list[Span] = field(default_factory=list)

    @cached_property
    def best(self) -> Naming:
        """The naming with the fullest name; read only when all namings are in."""
        return _fullest(self.namings)


def _fullest(namings_of_one: list[Naming]) -> Naming:
    return max(namings_of_one, key=lambda naming: (naming.strength, len(naming.name), -naming.span.start))


def find_organisations(source: Text) -> tuple[Organisation, ...]:
    """The named bodies of a text, in order of their first mention."""
    found = [naming for part in _parts(source) for naming in namings(source.text, part, source.language)]
    bodies = _merged(found)
    _abbreviate(source, bodies)
    _add_short_mentions(source, bodies)
    organisations = [_organisation(body) for body in bodies]
    return tuple(sorted(organisations, key=lambda organisation: min(organisation.mentions)))


def _parts(source: Text) -> list[Span]:
    """What is read: all blocks but navigation and lists of other articles."""
    return [block.span for block in source.blocks if _read(block)]


def _read(block: Block) -> bool:
    return block.kind is not BlockKind.NOISE


def key_of(name: str) -> frozenset[str]:
    """What makes a name the same in another case, order and legal form."""
    words = [word.lower() for word in _WORD.findall(_LEGAL.sub(" ", name))]
    words = [part for word in words for part in LONG_FORMS.get(word, word).split(" ")]
    return frozenset(_stem(word) for word in words if word not in _CLASS_WORDS and word not in _LINKS) or frozenset(
        words
    )


def _stem(word: str) -> str:
    """A word without the endings of its cases: Sächsischen and Sächsisches are one."""
    known = head_of(word.capitalize())
    if known:
        return known[1].lower()
    for ending in ("en", "es", "er", "em", "e", "s", "n"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _merged(found: list[Naming]) -> list[_Body]:
    """Namings with the same words together; short forms with the one longer name that begins with them."""
    bodies: dict[frozenset[str], _Body] = {}
    for naming in found:
        bodies.setdefault(key_of(naming.name), _Body()).namings.append(naming)
    beginnings: dict[str, set[frozenset[str]]] = {}
    for key, body in bodies.items():
        for name in dict.fromkeys(naming.name for naming in body.namings[:20]):
            words = name.split(" ")
            for length in range(1, min(len(words), 8)):
                beginnings.setdefault(" ".join(words[:length]), set()).add(key)
    for key in sorted(bodies, key=len):
        brief = _fullest(bodies[key].namings)
        longer = [other for other in beginnings.get(brief.name, ()) if key < other and other in bodies]
        if len(longer) == 1 and brief.strength < 3:
            bodies[longer[0]].namings.extend(bodies.pop(key).namings)
    return list(bodies.values())


class _Taken:
    """Spans that do not overlap, to be asked whether another lies in one of them."""

    def __init__(self, bodies: list[_Body]) -> None:
        self._spans = sorted(naming.span for body in bodies for naming in body.namings)

    def covers(self, span: Span) -> bool:
        place = bisect_right(self._spans, Span(span.start, 2**62)) - 1
        return place >= 0 and span.within(self._spans[place])


def _abbreviate(source: Text, bodies: list[_Body]) -> None:
    """Abbreviations in brackets after a name, and those that can only be of one of the bodies."""
    owners: dict[str, _Body | None] = {}
    for body in bodies:
        for naming in body.namings:
            if naming.abbreviation and naming.abbreviation not in owners:
                owners[naming.abbreviation] = body
                body.abbreviation = naming.abbreviation
    taken, initials = _Taken(bodies), _Initials(bodies)
    for part in _parts(source):
        for match in _CAPITALS.finditer(source.text, part.start, part.end):
            span = Span(match.start(), match.end())
            if taken.covers(span):
                continue
            if match[0] not in owners:
                owners[match[0]] = initials.owner(match[0])
            owner = owners[match[0]]
            if owner:
                owner.short.append(span)


class _Initials:
    """Which body an abbreviation can be of that the text does not introduce."""

    def __init__(self, bodies: list[_Body]) -> None:
        self._by_ends: dict[tuple[str, str], list[tuple[str, _Body]]] = {}
        for body in bodies:
            words = [word for word in _WORD.findall(_LEGAL.sub(" ", body.best.name)) if word.lower() not in _LINKS]
            if len(words) > 1 and body.abbreviation is None:
                rest = "".join(word[0] for word in words[1:]).upper()
                self._by_ends.setdefault((words[0][0].upper(), rest), []).append((words[0].upper(), body))

    def owner(self, letters: str) -> _Body | None:
        """The only body whose words begin with the letters; the first word may give several of its own."""
        if (
            len(letters) < 3
            or letters in PARTIES
            or letters in INITIALISMS
            or letters in _NOT_SHORT
            or _LEGAL.fullmatch(letters)
        ):
            return None
        letters = letters.upper()
        owners = [
            body
            for cut in range(1, len(letters))
            for first, body in self._by_ends.get((letters[0], letters[cut:]), ())
            if _in_order(letters[:cut], first)
        ]
        if len(owners) != 1 or owners[0].abbreviation:
            return None
        owners[0].abbreviation = letters
        return owners[0]


def _in_order(letters: str, word: str) -> bool:
    place = 0
    for letter in letters:
        place = word.find(letter, place) + 1
        if not place:
            return False
    return True


def _add_short_mentions(source: Text, bodies: list[_Body]) -> None:
    """Later mentions by the distinctive first word: ``Datzestrom`` for ``Datzestrom Projekt GmbH``."""
    shorts: dict[str, _Body | None] = {}
    for body in bodies:
        first = body.best.name.split(" ")[0]
        if len(first) > 4 and " " in body.best.name and (head_of(first) is not None or body.best.strength == 3):
            shorts[first] = None if first in shorts else body
    taken = _Taken(bodies)
    for part in _parts(source):
        for match in _LONG_WORD.finditer(source.text, part.start, part.end):
            word = match[0]
            stems = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n"))
            found = next((shorts[stem] for stem in stems if stem in shorts), None)
            span = Span(match.start(), match.end())
            if found and span.start > found.best.span.start and not taken.covers(span):
                found.short.append(span)


def _organisation(body: _Body) -> Organisation:
    best = body.best
    forms = dict.fromkeys(form for naming in body.namings for form in (naming.name, naming.words) if form != best.name)
    spans = sorted({naming.span for naming in body.namings} - {best.span})
    return Organisation(
        name=best.name,
        mentions=(best.span, *spans, *sorted(set(body.short))),
        forms=tuple(forms),
        abbreviation=body.abbreviation,
        legal_form=best.legal_form,
    )
