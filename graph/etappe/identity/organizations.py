"""Whether two organisations are one: names legal forms, abbreviations, places; never across a renaming."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from etappe.extraction.names import word_set
from etappe.identity.blocking import Item
from etappe.identity.entities import Entity
from etappe.identity.names import fold, legal_form, sound, without_legal_form
from etappe.identity.people import authorities_differ, equal_ids
from etappe.identity.reasons import Evidence

_FORMS = 12
#: Words that may stand in a name or not, before the name of the Land or town that follows.
_SMALL = word_set("der die das des dem den und fuer in im am an zu zum zur von vom e the of and for a")
_OFFICIAL = word_set("land landes freistaat freistaats freien freie und hansestadt stadt stadtgemeinde")
_BRACKET = re.compile(r"\(([^()]{2,30})\)\s*$")
_OF_LAND = re.compile(
    r"\b(?:staats|landes|senats)?(?:ministerium|ressort|kanzlei|verwaltung|amt|rechnungshof|regierung)\b"
)
_OF_TOWN = re.compile(
    r"(?:stadt|gemeinde|kreis|land)?(?:werke|verwaltung|rat|rathaus|sparkasse|grundschule|museum|bibliothek)"
)
#: Things at hand that share a word from which on it is no key.
_WORD_LIMIT = 40


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    folded: str
    bare: str
    legal: str
    words: tuple[str, ...]  # that tell something

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)


def _form(text: str) -> tuple[_Form, str]:
    """A form of a name and the abbreviation in brackets behind it."""
    bracket = _BRACKET.search(text)
    abbreviation = fold(bracket[1]) if bracket else ""
    folded = fold(text[: bracket.start()] if bracket else text)
    bare = without_legal_form(folded)
    words = tuple(word for word in bare.split() if word not in _SMALL) or tuple(bare.split())
    return _Form(text, folded, bare, legal_form(folded), words), abbreviation


class Organizations:
    """Organisations made ready for comparison, by their place in the sequence.

    Args:
        called: the names of other things, places above all, by name.
    """

    def __init__(self, organizations: Sequence[Entity], called: Mapping[str, Sequence[str]]) -> None:
        self._all = organizations
        self._forms = list[tuple[_Form, ...]]()
        self._short = list[frozenset[str]]()
        self._homes = list[frozenset[str]]()  # words of the places they belong to
        for entity in organizations:
            pairs = [_form(text) for text in entity.names[:_FORMS] if text not in entity.abbreviations]
            self._forms.append(tuple(form for form, _ in pairs))
            short = {abbreviation for _, abbreviation in pairs} | {fold(text) for text in entity.abbreviations}
            short |= {form.folded for form, _ in pairs if re.fullmatch(r"[A-ZÄÖÜ]{2,6}", form.text)}
            self._short.append(frozenset(short - {""}))
            places = {name for name in entity.related if name.startswith("place/")}
            self._homes.append(
                frozenset(w for name in places for text in called.get(name, ()) for w in fold(text).split())
            )
        self._words = Counter(w for forms in self._forms for w in {w for form in forms for w in form.words})

    def item(self, place: int) -> Item:
        """Keys of one organisation."""
        entity = self._all[place]
        keys = [f"id {authority} {value}" for authority, value in sorted(entity.ids)]
        keys += [f"contact {contact}" for contact in sorted(entity.contacts)]
        keys += [f"short {short}" for short in sorted(self._short[place])]
        orders = ("", "")
        for number, form in enumerate(self._forms[place]):
            keys += [f"name {' '.join(sorted(form.words))}", f"sound {sound(form.bare)}"]
            keys += [f"word {word}" for word in form.words if self._words[word] <= _WORD_LIMIT and len(word) > 2]
            if len(form.words) > 1:
                keys.append(f"short {form.initials}")
            # Two words together are rarer than each of them.
            keys += [f"two {a} {b}" for a, b in zip(form.words, form.words[1:], strict=False)]
            if number == 0:
                orders = (" ".join(form.words), " ".join(reversed(form.words)))
        further = sorted({*entity.related, *(place for _, place in entity.seen if place)})
        return Item(tuple(keys), tuple(further), orders)

    def rivals(self, pairs: Mapping[tuple[int, int], Sequence[Evidence]]) -> set[tuple[int, int]]:
        """Pairs in which one name has no legal form, and fits bodies of two different ones."""
        fits: dict[int, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
        for pair, evidence in pairs.items():
            if any(found.code == "ids" for found in evidence):
                continue
            for short, long in (pair, pair[::-1]):
                legal = {form.legal for form in self._forms[long]} - {""}
                if legal and not any(form.legal for form in self._forms[short]):
                    fits[short][min(legal)].add(pair)
        return {pair for forms in fits.values() if len(forms) > 1 for found in forms.values() for pair in found}

    def compare(self, one: int, other: int) -> list[Evidence] | None:
        """What speaks for and against; nothing where it is ruled out."""
        a, b = self._all[one], self._all[other]
        if b.name in a.lineage or a.name in b.lineage or authorities_differ(a, b):
            return None
        legal = [{form.legal for form in self._forms[place]} - {""} for place in (one, other)]
        if all(legal) and not legal[0] & legal[1]:
            return None
        same = a.ids & b.ids
        named = self._names(one, other)
        if named is None and not same:
            return None
        found = [named or Evidence("name-differs", -2.0, (a.label, b.label))]
        if same:
            found.append(equal_ids(same))
        return found + self._context(a, b)

    def _names(self, one: int, other: int) -> Evidence | None:
        homes = self._homes[one] | self._homes[other] | _OFFICIAL
        pairs = [self._pair(a, b, homes) for a in self._forms[one] for b in self._forms[other]]
        found = [evidence for evidence in pairs if evidence]
        short = self._short[one] & self._short[other]
        for x, y in ((one, other), (other, one)):
            for form in self._forms[y]:
                spelt = {form.initials, form.folded}
                if (told := self._short[x] & spelt) and len(min(told)) > 2:
                    found.append(Evidence("name-abbreviation", 0.8, (self._all[x].label, form.text)))
        if short and not found and len(min(short)) > 2:
            found.append(Evidence("name-abbreviation", 0.3, (self._all[one].label, self._all[other].label)))
        return max(found, key=lambda evidence: (evidence.weight, evidence.code), default=None)

    def _pair(self, a: _Form, b: _Form, homes: frozenset[str]) -> Evidence | None:
        values = (a.text, b.text)
        telling = _telling(a.words)
        if _is_everywhere(a, homes) or _is_everywhere(b, homes):
            telling *= 0.2
        if a.folded == b.folded:
            return Evidence("name-same", 2.5 * telling, values)
        if a.bare == b.bare:
            return Evidence("name-legal-form", 2.2 * telling, values)
        ours, theirs = Counter(a.words), Counter(b.words)
        if ours == theirs:
            swapped = tuple(a.words) != tuple(b.words)
            return Evidence("name-swapped" if swapped else "name-same", (1.2 if swapped else 2.3) * telling, values)
        left, right = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
        if not left or not right:
            extra = set(left or right)
            if extra <= homes and len(a.words) > 1 and len(b.words) > 1:
                return Evidence("name-addition", 1.4 * telling, values)
            return None
        if len(left) == len(right) == 1 and _slip(left[0], right[0]):
            known = self._words[left[0]] > 2 and self._words[right[0]] > 2
            twice = OSA.distance(left[0], right[0]) > 1
            return Evidence("name-typo", (-1.0 if known else 0.9 if twice else 1.3) * telling, values)
        joined = "".join(a.words), "".join(b.words)
        if joined[0] == joined[1]:
            return Evidence("name-same", 2.0 * telling, values)
        if OSA.distance(*joined, score_cutoff=1) == 1 and min(map(len, joined)) >= 8 and len(left) + len(right) > 2:
            return Evidence("name-typo", 1.0 * telling, values)
        return None

    def _context(self, a: Entity, b: Entity) -> list[Evidence]:
        found = list[Evidence]()
        if a.reports & b.reports:
            found.append(Evidence("side-by-side", -4.0))
        contacts = a.contacts & b.contacts
        if contacts:
            found.append(Evidence("contact", 2.5, (min(contacts),)))
        related = a.related & b.related
        if related:
            found.append(Evidence("related", 1.0, (min(related),)))
        elif a.related and b.related:
            found.append(Evidence("other-relation", -3.5, (min(a.related), min(b.related))))
        places = {place for _, place in a.seen if place} & {place for _, place in b.seen if place}
        if places:
            found.append(Evidence("place", 1.2, (min(places),)))
        elif a.seen and b.seen:
            found.append(Evidence("nothing-shared", -0.8))
        return found


def _telling(words: Sequence[str]) -> float:
    """How much a name tells: one of one short word tells less."""
    return min(1.0, 0.5 + math.log1p(sum(map(len, words))) / 6)


def _is_everywhere(form: _Form, homes: frozenset[str]) -> bool:
    """Whether every Land or town has a body of that name, and the name does not say which it is."""
    if _OF_LAND.search(form.bare):
        return not any(word in homes - _OFFICIAL for word in form.words)
    return len(form.words) == 1 and _OF_TOWN.fullmatch(form.bare) is not None


def _slip(one: str, other: str) -> bool:
    """Whether two words are one with a letter wrong; numbers and short words never are."""
    if min(len(one), len(other)) < 5 or any(map(str.isdigit, one + other)):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1 or (
        min(len(one), len(other)) >= 10 and OSA.distance(one, other, score_cutoff=2) <= 2
    )
