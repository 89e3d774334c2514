"""How common a name is: in Germany, as far as the most common ones go, and among the people at hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from etappe.extraction.names import known_given
from etappe.identity.names import fold


def _lines(name: str) -> list[str]:
    """The lines of a word list beside this module, without remarks."""
    text = (Path(__file__).parent / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


_FIRST = 0.0095  # share of people who bear the first of them
_COMMON = {fold(name): _FIRST / rank**0.6 for rank, name in enumerate(_lines("surnames.txt"), 1)}
_RARE_SURNAME, _RARE_GIVEN, _KNOWN_GIVEN = 1e-5, 1e-3, 5e-3
#: The same initial. A shared initial tells as much as that.
INITIAL = -math.log(0.08)
#: People at hand from which on their names are counted.
_ENOUGH = 500

_SHORT = {fold(short): fold(full) for short, full in map(str.split, _lines("short-names.txt"))}


def full_given(given: str) -> str:
    """What a folded given name is short for, or in another spelling; else itself."""
    return _SHORT.get(given, given)


class Commonness:
    """How likely it is that anybody bears a name, as ``-ln p``: the more, the rarer.

    Args:
        people: given name and surname (parts of it) of all people at hand, folded.
    """

    def __init__(self, people: Iterable[tuple[str, Iterable[str]]] = ()) -> None:
        self._given = Counter[str]()
        self._surnames = Counter[str]()
        self._people = 0
        for given, parts in people:
            self._people += 1
            self._given[given] += 1
            self._surnames.update(parts)

    def surname(self, part: str) -> float:
        """Of a surname, or of a part of a double one."""
        return -math.log(max(_COMMON.get(part, _RARE_SURNAME), self._share(self._surnames[part])))

    def given(self, name: str) -> float:
        """Of a given name."""
        known = _KNOWN_GIVEN if known_given(name.capitalize()) else _RARE_GIVEN
        return -math.log(max(known, self._share(self._given[name])))

    def is_attested(self, part: str) -> bool:
        """Whether a surname is one that several people bear, and so hardly a slip of the pen."""
        return part in _COMMON or (self._people >= _ENOUGH and self._surnames[part] > 3)

    def _share(self, count: int) -> float:
        # One thing under two names must not make its own name common.
        return (count - 2) / self._people if self._people >= _ENOUGH and count > 2 else 0.0
