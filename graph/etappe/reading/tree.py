"""YAML as a tree that remembers line and column: no anchors, aliases or tags, no key twice.

Every scalar stays text; what it means is decided by the key it stands under, so ``no`` is never ``false`` by accident.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from etappe.errors import Position, ReadingError, UnsafeInput
from etappe.reading.files import normal

MAX_DEPTH = 40


@dataclass(frozen=True)
class Scalar:
    """Text. ``plain`` unless it was quoted or written as a block."""

    value: str
    position: Position
    plain: bool = True


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True)
class Mapping:
    """Keys and values in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    position: Position

    def get(self, key: str) -> Node | None:
        """The value of a key, or nothing."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Scalar | Sequence | Mapping

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def parse(text: str, file: str) -> Mapping:
    """The document as a mapping.

    Raises:
        ReadingError: not YAML, more than one document, not a mapping, a key twice, nested too deeply.
        UnsafeInput: anchors, aliases or tags.
    """
    try:
        events = yaml.parse(text, Loader=_Loader)
        node = _Builder(events, file).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else None
        problem = error.problem or "the text ends too early"
        raise ReadingError(f"is not YAML: {problem}", file=file, position=position) from error
    except yaml.YAMLError as error:
        raise ReadingError(f"is not YAML: {' '.join(str(error).split())}", file=file) from error
    if not isinstance(node, Mapping):
        raise ReadingError("must begin with keys such as 'report: some-id'", file=file, position=node.position)
    return node


class _Builder:
    """Builds the tree from parser events, so that an alias is refused before anything is expanded."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self._events = events
        self._file = file

    def document(self) -> Node:
        next(self._events)  # stream start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise ReadingError("holds nothing but comments", file=self._file)
        node = self._node(next(self._events), 0)
        next(self._events)  # document end
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise ReadingError("holds two documents; write one report a file", file=self._file, position=_at(after))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        position = _at(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnsafeInput(
                "uses an anchor or alias (& or *); write the value out", file=self._file, position=position
            )
        if isinstance(event, yaml.ScalarEvent) and event.tag is None:
            return Scalar(normal(event.value), position, not event.style)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise UnsafeInput(f"uses the tag {tag}; leave it out", file=self._file, position=position)
        if depth >= MAX_DEPTH:
            raise ReadingError(f"is nested deeper than {MAX_DEPTH} levels", file=self._file, position=position)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(position, depth + 1)
        return self._mapping(position, depth + 1)

    def _sequence(self, position: Position, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth))
        return Sequence(tuple(items), position)

    def _mapping(self, position: Position, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth)
            if not isinstance(key, Scalar):
                raise ReadingError("a key must be a word, not a list", file=self._file, position=key.position)
            if key.value in entries:
                first = entries[key.value][0].position.line
                raise ReadingError(
                    f"the key {key.value!r} stands twice (first in line {first}); keep one",
                    file=self._file,
                    position=key.position,
                )
            entries[key.value] = (key, self._node(next(self._events), depth))
        return Mapping(tuple(entries.values()), position)


def _at(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1)
