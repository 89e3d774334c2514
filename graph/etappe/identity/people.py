"""Whether two people are one: their names, and what they have in common or cannot have."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from etappe.extraction.names import PARTICLES, known_given, sex_of
from etappe.identity.blocking import Item
from etappe.identity.commonness import INITIAL, Commonness, full_given
from etappe.identity.entities import Affiliation, Entity
from etappe.identity.names import PersonName, fold, person, sound, without_legal_form
from etappe.identity.reasons import Evidence

#: Forms of one person's name that are looked at.
_FORMS = 12
# A name counts as much as it is rare; this is where it says nothing by itself.
_NEUTRAL, _MOST, _FEWEST = 12.0, 3.5, -3.5
# By so much a pair must be ahead of another that a short name fits as well.
_AHEAD = 2.0
_DAYS_NEAR, _DAYS_AT_ONCE, _DAYS_FAR = 60, 200, 40 * 365


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a name, made ready for comparison."""

    text: str
    name: PersonName
    parts: tuple[str, ...]  # of the surname, without particles
    given: tuple[str, ...]
    tokens: tuple[str, ...]

    @property
    def core(self) -> str:
        return " ".join(self.parts)


def _form(text: str) -> _Form:
    name = person(text)
    parts = tuple(part for part in name.surname.split() if part not in PARTICLES) or tuple(name.surname.split())
    return _Form(text, name, parts, name.given, tuple(sorted((*name.given, *name.surname.split()))))


class People:
    """People made ready for comparison, by their place in the sequence.

    Args:
        called: the names of other things, organisations above all, by name.
    """

    def __init__(self, people: Sequence[Entity], called: Mapping[str, Sequence[str]]) -> None:
        self._people = people
        self._called = called
        self._forms = [tuple(_form(text) for text in entity.names[:_FORMS]) for entity in people]
        self._common = Commonness(
            (forms[0].given[0] if forms[0].given else "", forms[0].parts) for forms in self._forms
        )
        self._organizations = [entity.organizations for entity in people]
        self._posts = [entity.posts for entity in people]
        self._places = [entity.places for entity in people]
        self._sizes = Counter(name for group in (self._organizations, self._places) for own in group for name in own)
        self._hints = [_hints(entity) for entity in people]

    # --- what they are found by

    def item(self, place: int) -> Item:
        """Keys of one person."""
        entity = self._people[place]
        keys = [f"id {authority} {value}" for authority, value in sorted(entity.ids)]
        further = [*self._organizations[place], *self._posts[place], *self._places[place]]
        orders = ("", "")
        for number, form in enumerate(self._forms[place]):
            keys.append("name " + " ".join(form.tokens))
            given = full_given(form.given[0]) if form.given else ""
            sounds = [sound(part) for part in (*form.parts, *form.name.born.split())]
            for heard in sounds:
                if given:
                    keys += [f"surname {heard} {letter}" for letter in dict.fromkeys((given[0], form.given[0][0]))]
                keys += [f"in {heard} {organization}" for organization in self._organizations[place]]
            if len(given) > 1:
                keys += [f"of {sound(given)} {organization}" for organization in self._organizations[place]]
                further.append(f"given {sound(given)}")
            if number == 0:
                orders = (f"{form.core} {given}", f"{form.core[::-1]} {given}")
        return Item(tuple(keys), tuple(sorted(set(further))), orders)

    # --- comparison

    def rivals(self, pairs: Mapping[tuple[int, int], Sequence[Evidence]]) -> set[tuple[int, int]]:
        """Pairs in which one name is short, and fits another person of another given name about as well, or better."""
        full: dict[int, dict[str, dict[tuple[int, int], float]]] = defaultdict(lambda: defaultdict(dict))
        for pair, evidence in pairs.items():
            if not any(found.code in ("name-initials", "name-surname") for found in evidence):
                continue
            weight = math.fsum(found.weight for found in evidence)
            for short, long in (pair, pair[::-1]):
                forms = [form.given[0] for form in self._forms[long] if form.given and len(form.given[0]) > 1]
                if forms and all(not form.given or form.name.has_initials for form in self._forms[short]):
                    full[short][min(map(full_given, forms))][pair] = weight
        found = set[tuple[int, int]]()
        for names in full.values():
            best = {given: max(weights.values()) for given, weights in names.items()}
            for given, weights in names.items():
                others = max((weight for name, weight in best.items() if name != given), default=-math.inf)
                found |= {pair for pair, weight in weights.items() if weight < others + _AHEAD}
        return found

    def compare(self, one: int, other: int) -> list[Evidence] | None:
        """What speaks for and against; nothing where it is ruled out."""
        a, b = self._people[one], self._people[other]
        if authorities_differ(a, b):
            return None
        same = a.ids & b.ids
        if a.born and b.born and not a.born & b.born:
            return None
        named = self._names(one, other)
        if named is None and not same:
            return None
        found = named or [Evidence("name-differs", -2.0, (a.label, b.label))]
        ours, theirs = self._generations(one), self._generations(other)
        if ours and theirs and not ours & theirs:
            return None
        if bool(ours) != bool(theirs):
            found.append(Evidence("generation", -8.0))
        if same:
            found.append(equal_ids(same))
        for_it = self._shared(one, other)
        against = self._conflicts(one, other, shared=bool(for_it))
        if named and _needs_context(named) and not same and not for_it:
            return None
        return found + for_it + against

    def _generations(self, place: int) -> set[str]:
        return {form.name.generation for form in self._forms[place] if form.name.generation}

    def _names(self, one: int, other: int) -> list[Evidence] | None:
        """The best of all pairs of forms."""
        best: list[Evidence] | None = None
        for a in self._forms[one]:
            for b in self._forms[other]:
                found = self._pair(a, b)
                if found and (best is None or sum(e.weight for e in found) > sum(e.weight for e in best)):
                    best = found
        return best

    def _pair(self, a: _Form, b: _Form) -> list[Evidence] | None:
        values = (a.text, b.text)
        if a.tokens == b.tokens and a.name.surname != b.name.surname:
            base = min(self._rarity(form) for form in (a, b)) if a.given and b.given else 0.0
            return [Evidence("name-swapped", _clipped(base) - 0.3, values)]
        surname = self._surnames(a, b)
        if surname is None:
            return None
        given = self._given(a, b)
        if given is None:
            return None
        (code, rare, fewer), (given_code, given_rare, given_fewer) = surname, given
        told = given_code if code == "name-same" else code
        weight = _clipped(rare + given_rare) - fewer - given_fewer
        if code != "name-same" and given_code != "name-same":
            weight -= 1.0  # two deviations at once
        found = [Evidence(told, weight, values)]
        if rare + given_rare < _NEUTRAL - 1.5 and given_code == code == "name-same":
            found = [Evidence(told, 0.0, values), Evidence("name-common", weight)]
        return found

    def _rarity(self, form: _Form) -> float:
        surname = max((self._common.surname(part) for part in form.parts), default=0.0)
        return surname + (self._common.given(form.given[0]) if form.given else 0.0)

    def _surnames(self, a: _Form, b: _Form) -> tuple[str, float, float] | None:
        """Code, how rare what they share is, and what is taken off for the difference."""
        common = self._common
        rare = {part: common.surname(part) for part in (*a.parts, *b.parts)}
        if a.name.surname == b.name.surname:
            return "name-same", max(rare.values(), default=0.0), 0.0
        if a.core == b.core:
            return "name-particle", max(rare.values(), default=0.0), 0.5
        for x, y in ((a, b), (b, a)):
            if x.name.born and x.name.born == y.name.surname:
                return "name-born", common.surname(y.core), 0.3
        distance = OSA.distance(a.core, b.core, score_cutoff=2)
        least = min(len(a.core), len(b.core))
        near = (distance == 1 and least >= 4) or (distance == 2 and least >= 9)
        alike = distance <= 2 and least >= 4 and sound(a.core) == sound(b.core)
        if near or alike:
            # Two spellings that are both names are mostly two families.
            attested = common.is_attested(a.core) and common.is_attested(b.core)
            fewer = (1.4 if alike else 1.3) + (2.5 if attested else 0.0)
            return "name-sound" if alike else "name-typo", min(rare.values()), fewer
        shared = set(a.parts) & set(b.parts)
        if shared and {len(a.parts), len(b.parts)} != {1} and (shared == set(a.parts) or shared == set(b.parts)):
            return "name-double", max(rare[part] for part in shared), 2.0
        return None

    def _given(self, a: _Form, b: _Form) -> tuple[str, float, float] | None:
        if not a.given or not b.given:
            return ("name-surname", 0.0, 0.5) if a.given or b.given else ("name-same", 0.0, 0.5)
        first, second = a.given, b.given
        if first == second:
            if a.name.has_initials:
                return "name-initials", INITIAL, 0.5
            return "name-same", self._common.given(first[0]), 0.0
        if _initials_agree(first, second):
            full = [name for name in (first[0], second[0]) if len(name) > 1]
            if len(full) == 2 and full[0] == full[1]:
                return "name-part", self._common.given(full[0]), 0.8
            return "name-initials", INITIAL, 1.0
        small, large = sorted((first, second), key=len)
        if set(small) < set(large) and all(len(name) > 1 for name in small):
            return "name-part", self._common.given(small[0]), 0.8 if small[0] == large[0] else 1.5
        if full_given(first[0]) == full_given(second[0]):
            return "name-short", self._common.given(first[0]), 0.5
        x, y = " ".join(first), " ".join(second)
        distance = OSA.distance(x, y, score_cutoff=1)
        if distance <= 1 and min(len(x), len(y)) >= 4 and not _two_names(first[0], second[0]):
            return "name-typo", min(self._common.given(first[0]), self._common.given(second[0])), 1.0
        return None

    def _shared(self, one: int, other: int) -> list[Evidence]:
        a, b = self._people[one], self._people[other]
        found = list[Evidence]()
        posts = self._posts[one] & self._posts[other]
        if posts:
            found.append(Evidence("post", 3.0, (min(posts),)))
        bodies = self._organizations[one] & self._organizations[other]
        if bodies:
            rarest = min(bodies, key=lambda name: (self._sizes[name], name))
            found.append(Evidence("organization", self._telling(rarest, 0.6, 3.2), (rarest,)))
            roles = _roles(a.affiliations, bodies) & _roles(b.affiliations, bodies)
            if roles and not posts:
                found.append(Evidence("role", 0.5, (min(roles),)))
        places = self._places[one] & self._places[other]
        if places:
            rarest = min(places, key=lambda name: (self._sizes[name], name))
            found.append(Evidence("place", self._telling(rarest, 0.3, 1.5), (rarest,)))
            if any(abs(x - y) <= _DAYS_NEAR for x, p in a.seen for y, q in b.seen if p == q and p and x and y):
                found.append(Evidence("time", 0.3))
        for x, y in ((one, other), (other, one)):
            told = self._hints[x] and self._hints[x] & self._names_of(self._organizations[y])
            if told:
                found.append(Evidence("hint", 0.4 if bodies else 2.0, (min(told),)))
                break
        contacts = a.contacts & b.contacts
        if contacts:
            found.append(Evidence("contact", 2.5, (min(contacts),)))
        return found

    def _names_of(self, organizations: frozenset[str]) -> set[str]:
        return {without_legal_form(fold(name)) for body in organizations for name in self._called.get(body, ())}

    def _telling(self, name: str, factor: float, most: float) -> float:
        """How much it tells that two share something: the less, the more people have it."""
        return max(0.3, min(most, factor * math.log((len(self._people) + 50) / (self._sizes[name] + 1))))

    def _conflicts(self, one: int, other: int, *, shared: bool) -> list[Evidence]:
        a, b = self._people[one], self._people[other]
        found = list[Evidence]()
        if a.reports & b.reports:
            found.append(Evidence("side-by-side", -5.0))
        apart = _at_once(a.affiliations, b.affiliations)
        if apart:
            found.append(Evidence(apart, -7.0 if apart == "other-role" else -1.5))
        ours_at, theirs_at = _places_by_day(a), _places_by_day(b)
        if any(not ours_at[day] & theirs_at[day] for day in ours_at.keys() & theirs_at.keys()):
            found.append(Evidence("two-places", -1.5))
        ours, theirs = _span(a), _span(b)
        if ours and theirs and max(ours[0] - theirs[1], theirs[0] - ours[1]) > _DAYS_FAR:
            found.append(Evidence("far-apart", -2.0))
        if not shared and (a.affiliations or a.seen) and (b.affiliations or b.seen):
            found.append(Evidence("nothing-shared", -1.2))
        return found


def _clipped(rare: float) -> float:
    return max(_FEWEST, min(_MOST, rare - _NEUTRAL))


def _needs_context(named: Sequence[Evidence]) -> bool:
    """Names that tell too little by themselves: a double name and half of it, a surname alone."""
    return any(found.code in ("name-double", "name-surname") for found in named)


def authorities_differ(a: Entity, b: Entity) -> bool:
    """Whether an authority has different identifiers for them."""
    if not a.ids or not b.ids:
        return False
    both = {authority for authority, _ in a.ids} & {authority for authority, _ in b.ids}
    return not both <= {authority for authority, _ in a.ids & b.ids}


def equal_ids(same: Iterable[tuple[str, str]]) -> Evidence:
    """The evidence of identifiers that agree."""
    return Evidence("ids", 8.0, (", ".join(f"{authority} {value}" for authority, value in sorted(same)),))


def _initials_agree(first: Sequence[str], second: Sequence[str]) -> bool:
    pairs = list(zip(first, second, strict=False))
    with_initial = any(1 in (len(x), len(y)) for x, y in pairs) or any(
        len(name) == 1 for name in (*first[len(pairs) :], *second[len(pairs) :])
    )
    return with_initial and all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs)


def _two_names(first: str, second: str) -> bool:
    """Whether two given names that look alike are two names (Christian, Christina), and no slip of the pen."""
    one, other = first.capitalize(), second.capitalize()
    return (known_given(one) and known_given(other)) or {sex_of(one), sex_of(other)} == {"f", "m"}


def _roles(affiliations: frozenset[Affiliation], bodies: frozenset[str]) -> set[str]:
    return {a.role for a in affiliations if a.role and a.organization in bodies}


def _at_once(ours: frozenset[Affiliation], theirs: frozenset[Affiliation]) -> str | None:
    """Whether they did different things at one time."""
    differ = None
    for a in ours:
        for b in theirs:
            if a.first is None or a.last is None or b.first is None or b.last is None:
                continue
            if a.first - _DAYS_AT_ONCE > b.last or b.first - _DAYS_AT_ONCE > a.last:
                continue
            if a.organization == b.organization or (a.post and a.post == b.post):
                if a.role and b.role and a.role != b.role:
                    differ = "other-role"
                    continue
                return None
            if a.organization and b.organization:
                differ = differ or "other-organization"
    return differ


def _places_by_day(entity: Entity) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for day, place in entity.seen:
        if day and place:
            found[day].add(place)
    return found


def _span(entity: Entity) -> tuple[int, int] | None:
    days = [day for day, _ in entity.seen if day]
    days += [day for a in entity.affiliations for day in (a.first, a.last) if day and day < 3_000_000]
    return (min(days), max(days)) if days else None


def _hints(entity: Entity) -> set[str]:
    """What stands in brackets behind the names of a person, folded."""
    return {without_legal_form(fold(person(name).hint)) for name in entity.names} - {""}
