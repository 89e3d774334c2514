"""Which pairs are looked at: those that share a key, and neighbours in sorted order. Never all of them.

The work grows as n log n: a block has a bounded number of members. A larger one is divided by further keys, and its
members are compared with their neighbours; that this happened is told (``Bounded``), for a pair may be missed by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Members of a block that are compared each with each.
LIMIT = 40
#: Neighbours on either side that a thing is compared with in sorted order.
WINDOW = 3


@dataclass(frozen=True, slots=True)
class Item:
    """What one thing is found by.

    Attributes:
        keys: things that share one are compared. further: keys that divide blocks that are too large.
        orders: one text for each sorted order.
    """

    keys: tuple[str, ...]
    further: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounded:
    """A block that was too large: its key, its members, and how many blocks it was divided into by further keys."""

    key: str
    members: int
    parts: int


class Blocks:
    """The pairs to look at among some things, which are named by their place in the sequence.

    Attributes:
        bounded: blocks that were not compared each with each, the largest first.
    """

    def __init__(self, items: Sequence[Item], *, limit: int = LIMIT, window: int = WINDOW) -> None:
        self._blocks: list[list[int]] = []
        self._of: list[list[int]] = [[] for _ in items]  # the blocks of each thing
        self._near: dict[int, set[int]] = defaultdict(set)
        bounded = list[Bounded]()
        for key, members in _shared((place, item.keys) for place, item in enumerate(items)):
            if len(members) <= limit:
                self._add(members)
                continue
            parts = _shared((place, items[place].further) for place in members)
            small = [inner for _, inner in parts if len(inner) <= limit]
            for inner in small:
                self._add(inner)
            for large in [members, *(inner for _, inner in parts if len(inner) > limit)]:
                self._neighbours(sorted(large, key=lambda place: (items[place].orders, place)), window)
            bounded.append(Bounded(key, len(members), len(parts)))
        for number in range(max((len(item.orders) for item in items), default=0)):
            ordered = sorted(
                (place for place, item in enumerate(items) if len(item.orders) > number),
                key=lambda place: (items[place].orders[number], place),
            )
            self._neighbours(ordered, window)
        self.bounded = tuple(sorted(bounded, key=lambda block: (-block.members, block.key)))

    def partners(self, place: int) -> list[int]:
        """The things behind it in the sequence that it is to be compared with, in order."""
        found = {other for block in self._of[place] for other in self._blocks[block] if other > place}
        return sorted(found | self._near.get(place, set()))

    def _add(self, members: list[int]) -> None:
        for member in members:
            self._of[member].append(len(self._blocks))
        self._blocks.append(members)

    def _neighbours(self, ordered: Sequence[int], window: int) -> None:
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + window]:
                self._near[min(one, other)].add(max(one, other))


def _shared(keyed: Iterable[tuple[int, Iterable[str]]]) -> list[tuple[str, list[int]]]:
    """Keys that several things have, with these things, in the order of their first."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, keys in keyed:
        for key in dict.fromkeys(keys):
            found[key].append(place)
    return [(key, members) for key, members in found.items() if len(members) > 1]
