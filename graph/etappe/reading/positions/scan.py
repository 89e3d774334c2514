"""JSON as the tree that YAML is read into, so that both are walked alike. Nothing is refused, the odd is skipped."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from etappe.errors import Position
from etappe.reading.positions.lines import Lines
from etappe.reading.tree import Mapping, Node, Scalar, Sequence

#: Reports are refused long before; deeper than this nothing is looked for.
MAX_DEPTH = 100
_TOKEN = re.compile(r'(?P<text>"(?:[^"\\]++|\\.)*+"?)|(?P<mark>[\[\]{},])|(?P<word>[^\s"\[\]{},:]+)', re.DOTALL)


@dataclass
class _Open:
    """A list or an object whose end was not reached yet."""

    position: Position
    is_object: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None

    def add(self, node: Node) -> None:
        if not self.is_object:
            self.items.append(node)
        elif self.key is not None:
            self.entries[self.key.value] = (self.key, node)
            self.key = None
        elif isinstance(node, Scalar):
            self.key = node

    def node(self) -> Node:
        if self.is_object:
            return Mapping(tuple(self.entries.values()), self.position)
        return Sequence(tuple(self.items), self.position)


def scan(text: str) -> Node | None:
    """The tree of a JSON text; numbers, ``true`` and ``null`` are plain scalars. Nothing where it never ends."""
    lines = Lines(text)
    stack: list[_Open] = []
    for match in _TOKEN.finditer(text):
        lexeme = match.group()
        if lexeme == ",":
            if stack:
                stack[-1].key = None
            continue
        if lexeme in ("}", "]"):
            if not stack:
                return None
            node: Node = stack.pop().node()
        elif lexeme in ("{", "["):
            if len(stack) >= MAX_DEPTH:
                return None
            stack.append(_Open(lines.at(match.start()), lexeme == "{"))
            continue
        else:
            node = Scalar(_text(lexeme), lines.at(match.start()), lexeme[0] != '"')
        if not stack:
            return node
        stack[-1].add(node)
    return None


def _text(lexeme: str) -> str:
    if lexeme[0] != '"':
        return lexeme
    if "\\" not in lexeme:
        return lexeme[1:-1]
    try:
        return str(json.loads(lexeme, strict=False))
    except ValueError:
        return lexeme[1:-1]
