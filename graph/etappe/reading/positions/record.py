"""Statements in the order in which the parser of pyoxigraph states them, with the places they were read at."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Generic, TypeVar

from etappe.errors import Position
from etappe.reading.positions.lines import Places

Place = TypeVar("Place")


def is_blank(node: str) -> bool:
    """Whether a node is a blank node and no IRI."""
    return node.startswith("_:")


class Record(Generic[Place]):
    """First places of subjects and of their predicates; blank nodes are numbered as they turn up in the triples."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str | None], Place] = {}
        self._numbers: dict[str, int] = {}
        self._fresh = count(1)

    def fresh(self) -> str:
        """A blank node without a label."""
        return f"_:[{next(self._fresh)}]"

    def place(self, subject: str, at: Place, predicate: str, predicate_at: Place) -> None:
        """Note where a statement was read."""
        self._places.setdefault((subject, None), at)
        self._places.setdefault((subject, predicate), predicate_at)

    def number(self, *nodes: str | None) -> None:
        """Number the blank nodes of a statement, subject first."""
        for node in nodes:
            if node is not None and is_blank(node):
                self._numbers.setdefault(node, len(self._numbers) + 1)

    def positions(self, position: Callable[[Place], Position]) -> Places:
        """What was noted; the blank nodes are called ``_:1``, ``_:2``."""
        return {
            (f"_:{self._numbers[node]}" if is_blank(node) else node, predicate): position(place)
            for (node, predicate), place in self._places.items()
            if node and (not is_blank(node) or node in self._numbers)
        }
