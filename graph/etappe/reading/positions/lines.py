"""From offsets to lines and columns, and the lines that merely look as if they named a thing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from etappe.errors import Position

_LINE_END = re.compile(r"\r\n?|\n")
_WORD = re.compile(r"[^\s<>\"',;()\[\]]+")
_LAST_PART = re.compile(r"[/:]")

Places = dict[tuple[str, str | None], Position]


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> Position:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)


def by_last_part(text: str, subjects: Iterable[str]) -> Places:
    """The first word that is the IRI of each subject or the last part of it: a guess, for RDF/XML."""
    wanted: dict[str, str] = {}
    for iri in sorted(subjects):
        wanted.update({iri: iri, iri.rsplit("/", 1)[-1] or iri: iri})
    found: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        named = wanted.get(word) or wanted.get(_LAST_PART.split(word)[-1])
        if named is not None:
            found.setdefault(named, match.start())
    lines = Lines(text)
    return {(iri, None): lines.at(offset) for iri, offset in found.items()}
