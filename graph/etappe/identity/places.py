"""Whether two places, or two stops, are one: names, what they lie in, official keys; day and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from etappe.identity.blocking import Item
from etappe.identity.entities import Entity
from etappe.identity.names import fold, sound
from etappe.identity.people import authorities_differ, equal_ids
from etappe.identity.reasons import Evidence

#: What may stand before the name of a town and is no part of it. District and town are two things.
_TITLE = re.compile(
    r"^(?:(?:hanse und universitaets|hanse|universitaets|landeshaupt|kreis|gross)?stadt|gemeinde|markt|ortschaft"
    r"|bundesstadt|stadtgemeinde|freistaat|land|freie hansestadt|freie und hansestadt)\s+(?=\w)"
)
_TYPES = {"Place": 0, "City": 1, "AdministrativeArea": 2, "State": 3, "Country": 4}


def _names(entity: Entity) -> tuple[str, ...]:
    folded = [fold(text) for text in entity.names]
    return tuple(dict.fromkeys(_TITLE.sub("", name) for name in folded if name))


def _same(ours: Sequence[str], theirs: Sequence[str], a: Entity, b: Entity) -> Evidence | None:
    """How the names fit best."""
    values = (a.label, b.label)
    if set(ours) & set(theirs):
        return Evidence("name-same", 1.0, values)
    for x in ours:
        for y in theirs:
            small, large = sorted((x.split(), y.split()), key=len)
            if small and len(small) < len(large) and large[: len(small)] == small:
                return Evidence("name-addition", -0.8, values)
            if min(len(x), len(y)) >= 5 and not re.search(r"\d", x + y) and OSA.distance(x, y, score_cutoff=1) <= 1:
                return Evidence("name-typo", -0.3, values)
    return None


class Places:
    """Places made ready for comparison."""

    def __init__(self, places: Sequence[Entity], called: Mapping[str, Sequence[str]]) -> None:  # noqa: ARG002
        self._all = places
        self._names = [_names(entity) for entity in places]
        self._parents = Counter(parent for entity in places for parent in entity.related)

    def item(self, place: int) -> Item:
        """Keys of one place."""
        entity = self._all[place]
        keys = [f"id {authority} {value}" for authority, value in sorted(entity.ids)]
        names = self._names[place]
        keys += [f"name {name}" for name in names] + [f"sound {sound(name)}" for name in names]
        keys += [f"first {name.split()[0]}" for name in names]
        first = names[0] if names else ""
        return Item(tuple(keys), tuple(sorted(entity.related)), (first, first[::-1]))

    def rivals(self, pairs: object) -> set[tuple[int, int]]:  # noqa: ARG002
        """None: their names are not shortened so that they fit several."""
        return set()

    def compare(self, one: int, other: int) -> list[Evidence] | None:
        """What speaks for and against; nothing where it is ruled out."""
        a, b = self._all[one], self._all[other]
        if authorities_differ(a, b) or a.name in b.related or b.name in a.related:
            return None
        levels = [{_TYPES[name] for name in entity.types if name in _TYPES and name != "Place"} for entity in (a, b)]
        if all(levels) and not levels[0] & levels[1]:
            return None
        same = a.ids & b.ids
        named = _same(self._names[one], self._names[other], a, b)
        if named is None and not same:
            return None
        found = [named or Evidence("name-differs", -2.0, (a.label, b.label))]
        if same:
            found.append(equal_ids(same))
        if levels[0] != levels[1]:
            # What is no town may be a hall of that name in it.
            found.append(Evidence("other-type", -1.0, (_kind(a), _kind(b))))
        shared = a.related & b.related
        if shared:
            nearest = min(shared, key=lambda name: (self._parents[name], name))
            few = self._parents[nearest] <= max(3, len(self._all) // 20)
            found.append(Evidence("related", 2.0 if few else 0.8, (nearest,)))
        if a.related and b.related and not _nested(a.related, b.related):
            values = (min(a.related - b.related), min(b.related - a.related))
            found.append(Evidence("other-relation", -4.0, values))
        if a.reports & b.reports:
            found.append(Evidence("side-by-side", -3.0))
        return found


def _nested(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one knows no parent that the other does not have."""
    return ours <= theirs or theirs <= ours


def _kind(entity: Entity) -> str:
    return min(entity.types, default="Place")


class Stops:
    """Stops made ready for comparison."""

    def __init__(self, stops: Sequence[Entity], called: Mapping[str, Sequence[str]]) -> None:  # noqa: ARG002
        self._all = stops
        self._names = [_names(entity) for entity in stops]

    def item(self, place: int) -> Item:
        """Keys of one stop: day and place, or day and name."""
        entity = self._all[place]
        keys = [f"id {authority} {value}" for authority, value in sorted(entity.ids)]
        for day, where in sorted(entity.seen):
            keys.append(f"day {day} {where}")
            keys += [f"day {day} {sound(name)}" for name in self._names[place]]
        first = self._names[place][0] if self._names[place] else ""
        return Item(tuple(keys), tuple(sorted(entity.related)), (first,))

    def rivals(self, pairs: object) -> set[tuple[int, int]]:  # noqa: ARG002
        """None: their names are not shortened so that they fit several."""
        return set()

    def compare(self, one: int, other: int) -> list[Evidence] | None:
        """What speaks for and against; nothing where it is ruled out. Stops of different days are two."""
        a, b = self._all[one], self._all[other]
        if authorities_differ(a, b) or a.name in b.related or b.name in a.related:
            return None
        ours, theirs = {day for day, _ in a.seen if day}, {day for day, _ in b.seen if day}
        if ours and theirs and not (min(ours) <= max(theirs) and min(theirs) <= max(ours)):
            return None
        same = a.ids & b.ids
        found = list[Evidence]()
        if named := _same(self._names[one], self._names[other], a, b):
            found.append(Evidence(named.code, 1.0 if named.code == "name-same" else 0.3, named.values))
        if same:
            found.append(equal_ids(same))
        here, there = {place for _, place in a.seen if place}, {place for _, place in b.seen if place}
        if here & there:
            found.append(Evidence("place", 1.2, (min(here & there),)))
        elif here and there:
            found.append(Evidence("other-place", -4.0, (min(here), min(there))))
        if ours and theirs:
            found.append(Evidence("days", 1.2))
        if not named and not same and not here & there:
            return None
        shared = a.related & b.related
        tours = [{name for name in entity.related if name.startswith("tour/")} for entity in (a, b)]
        if shared:
            found.append(Evidence("related", 0.8, (min(shared),)))
        if all(tours) and not tours[0] & tours[1]:
            found.append(Evidence("other-relation", -2.0, (min(tours[0]), min(tours[1]))))
        if a.reports & b.reports:
            found.append(Evidence("side-by-side", -5.0))
        return found
