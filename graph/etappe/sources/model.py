"""What is read from a source, and the parts that a text is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Any

from etappe.model import digest


@dataclass(frozen=True)
class SourceText:
    """The text of a source and what its file says of it.

    Attributes:
        text: NFC, single line feeds; headings, list items (``- item``) and table rows (``| a | b |``) on lines of their
            own, paragraphs separated by blank lines. A plain text file that needed no repair is left as it is.
        metadata: ``title``, ``published`` (ISO date), ``publisher``, ``author``, ``language`` (``de`` or ``en``),
            ``url``, and ``notes``: one sentence a line about what was repaired or left out. Unknown ones are missing.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Digest of the text."""
        return digest(self.text)

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences about what was repaired or left out."""
        return tuple(self.metadata.get("notes", "").splitlines())


@dataclass(frozen=True)
class PhotoFile:
    """What the file of a photo says of it. The picture itself is not kept.

    Attributes:
        name, digest: the file; ``media_type``, ``width``, ``height``: the picture, in pixels.
        creators: photographers; ``credit``: the line to print; ``rights``: the copyright notice.
        taken: ISO date, with the time where it is known.
        people: persons shown, as the file names them.
        place: town; ``venue``: where in the town.
        origins: field to ``XMP``, ``IPTC`` or ``EXIF``.
        notes: sentences about what was left out, or where the file contradicts itself.
    """

    name: str
    digest: str
    media_type: str
    width: int
    height: int
    caption: str | None = None
    headline: str | None = None
    credit: str | None = None
    creators: tuple[str, ...] = ()
    rights: str | None = None
    usage_terms: str | None = None
    taken: str | None = None
    people: tuple[str, ...] = ()
    place: str | None = None
    venue: str | None = None
    country: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class PartKind(Enum):
    """What a part of a text is; rows, and list items, follow one another without a blank line."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Part:
    """One part of a text, without blank lines in it. ``origin`` is where a reader found it, in its own terms."""

    kind: PartKind
    text: str
    origin: Any = field(default=None, repr=False, compare=False)


def assembled(parts: Iterable[Part]) -> str:
    """The parts as one text."""
    parts = [part for part in parts if part.text]
    if not parts:
        return ""
    pieces = [parts[0].text]
    for before, part in pairwise(parts):
        together = before.kind is part.kind and part.kind in (PartKind.ITEM, PartKind.ROW)
        pieces += ["\n" if together else "\n\n", part.text]
    return "".join(pieces)


def one_line(text: str) -> str:
    """The lines of a table cell as one; two that are things of their own, such as two names, stay apart by ``;``."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    joined = ""
    for line in filter(None, lines):
        own = joined[-1:].isalnum() and joined.split()[-1][0].isupper() and line[0].isupper()
        joined += ("; " if own else " " if joined else "") + line
    return joined


def row(cells: Iterable[str]) -> str:
    """A row of a table as one line; nothing where all cells are empty."""
    texts = [" ".join(cell.split()).replace("|", "/") for cell in cells]
    return f"| {' | '.join(texts)} |" if any(texts) else ""
