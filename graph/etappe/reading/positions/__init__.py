"""Where in a file each statement was read: line and column by subject, and by subject and predicate.

A report has been parsed by then; this reads its text once more, and only when a finding asks for a place. Blank nodes
are called ``_:1``, ``_:2`` in the order in which they turn up in the triples of pyoxigraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from etappe.errors import Position
from etappe.reading.positions import jsonld, turtle
from etappe.reading.positions.lines import Places, by_last_part
from etappe.reading.positions.scan import scan
from etappe.reading.tree import Node

__all__ = ["LazyPositions", "Places", "by_last_part", "positions", "positions_in_tree"]

_TURTLE = frozenset({"text/turtle", "application/trig", "application/n-triples", "application/n-quads"})


def positions(text: str, media_type: str, base: str) -> Places:
    """The first place of each subject, and of each predicate of it, in any RDF text; nothing for an unknown type.

    Args:
        text: Turtle, TriG, N-Triples, N-Quads or JSON-LD; what is not valid is passed over, never refused.
        base: the IRI that relative IRIs are resolved against.

    Returns:
        Positions by ``(subject, None)`` and ``(subject, predicate)``.
    """
    if media_type in _TURTLE:
        return turtle.places(text, base)
    tree = scan(text) if media_type == "application/ld+json" else None
    return positions_in_tree(tree, base) if tree is not None else {}


def positions_in_tree(tree: Node, base: str) -> Places:
    """The same for JSON-LD that was read as YAML."""
    return jsonld.places(tree, base)


class LazyPositions(Mapping[tuple[str, str | None], Position]):
    """Positions that are looked for when the first one is asked for."""

    def __init__(self, compute: Callable[[], Places]) -> None:
        self._compute = compute

    @cached_property
    def _places(self) -> Places:
        return self._compute()

    def __getitem__(self, key: tuple[str, str | None]) -> Position:
        return self._places[key]

    def __iter__(self) -> Iterator[tuple[str, str | None]]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
