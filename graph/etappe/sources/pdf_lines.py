"""Lines of a PDF page, and paragraphs from lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject


@dataclass(frozen=True)
class Line:
    """A line of a page.

    Attributes:
        y: height above the foot of the page; nothing where it is not known.
        size: of its letters, in points.
    """

    text: str
    y: float | None = None
    size: float = 0.0

    def saying(self, text: str) -> Line:
        """The same line with other words."""
        return replace(self, text=text)


def lines_of(page: PageObject) -> list[Line]:
    """The lines of a page as the file orders them."""
    lines: list[Line] = []
    current: list[str] = []
    place: list[tuple[float, float]] = []

    def end_line() -> None:
        text = "".join(current).strip("\r ")
        if text:
            lines.append(Line(text, *(place[0] if place else (None, 0.0))))
        current.clear()
        place.clear()

    def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        for index, piece in enumerate(text.split("\n")):
            if index:
                end_line()
            if piece.strip() and not place:
                place.append((_height(cm, tm), abs(float(size or 0)) * _scale(cm, tm)))
            current.append(piece)

    page.extract_text(visitor_text=visit)
    end_line()
    return lines


def _height(cm: Any, tm: Any) -> float:
    return float(tm[4]) * float(cm[1]) + float(tm[5]) * float(cm[3]) + float(cm[5])


def _scale(cm: Any, tm: Any) -> float:
    return abs(float(tm[3]) * float(cm[3])) or 1.0


_END = re.compile(r"[.!?:…][\"“”«»’')\]]*$")
_ITEM = re.compile(r"(?:[•▪■►‣*–-]|\d{1,2}[.)])\s+\S")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_LOWER = re.compile(r"([a-zäöüßéèáàç]+)(?![\w-])")
#: After these words a hyphen stands for a part that is left out: "Energie- und Wasserwerke".
_ELLIPSIS = frozenset(("und", "oder", "bzw", "sowie", "bis", "als", "noch", "and", "or", "to"))
_LONGEST_WORD = 80
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: A gap of this many usual ones separates paragraphs.
_WIDE = 1.35
#: A line shorter than this share of the usual length may be the last one of a paragraph.
_SHORT = 0.75


def joined_paragraphs(pages: list[list[Line]]) -> tuple[str, int]:
    """The lines of all pages as paragraphs, and how many divided words were joined."""
    words = Counter(word.casefold() for line in chain.from_iterable(pages) for word in _WORD.findall(line.text))
    usual = _usual_length([line for page in pages for line in page])
    paragraphs: list[str] = []
    divided = 0
    before: Line | None = None
    for page in pages:
        gap = _usual_gap(page)
        for index, line in enumerate(page):
            if before is None or _begins(before, line, usual, gap if index else None, paragraphs[-1]):
                paragraphs.append(line.text)
            else:
                paragraphs[-1], joined = _joined(paragraphs[-1], line.text, words)
                divided += joined
            before = line
    return _laid_out(paragraphs), divided


def _laid_out(paragraphs: list[str]) -> str:
    pieces: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        if index:
            both = _ITEM.match(paragraph) and _ITEM.match(paragraphs[index - 1])
            pieces.append("\n" if both else "\n\n")
        pieces.append(re.sub(r"^[•▪■►‣*–]\s+", "- ", paragraph))
    return "".join(pieces)


def _begins(before: Line, line: Line, usual: float, gap: float | None, paragraph: str) -> bool:
    """Whether a line begins a new paragraph. ``gap`` is the usual one of the page, nothing at its first line."""
    if _ITEM.match(line.text):
        return True
    if gap is None:  # over the page: a sentence goes on, or it does not
        goes_on = line.text[0].islower() or _DIVIDED.search(before.text) or len(before.text) >= usual * _SHORT
        return bool(_END.search(before.text)) or not goes_on
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size):
        return True
    if before.y is not None and line.y is not None and gap:
        space = before.y - line.y
        if space > gap * _WIDE or space < -gap:  # further down, or the next column
            return bool(space > 0 or _END.search(before.text) or not line.text[0].islower())
    if _DIVIDED.search(before.text) or line.text[0].islower():
        return False
    short = len(before.text) < usual * _SHORT
    return short and (bool(_END.search(before.text)) or len(paragraph) < usual * _SHORT)


def _usual_length(lines: list[Line]) -> float:
    """How long a full line is: as long as the longer half."""
    lengths = sorted(len(line.text) for line in lines)
    return float(median(lengths[len(lengths) // 2 :])) if lengths else 0.0


def _usual_gap(page: list[Line]) -> float:
    gaps = [
        before.y - line.y
        for before, line in pairwise(page)
        if before.y is not None and line.y is not None and before.y - line.y > 1
    ]
    if not gaps:
        return 0.0
    counts = Counter(round(gap) for gap in gaps)
    most = max(counts.values())
    return float(min(gap for gap, count in counts.items() if count == most))


def _joined(before: str, after: str, words: Counter[str]) -> tuple[str, bool]:
    """Two lines of one paragraph as one; whether a divided word was put together."""
    match = _DIVIDED.search(before[-_LONGEST_WORD:])
    if match is None:
        return f"{before} {after}", False
    start = len(before) - 1
    lower = _LOWER.match(after)
    if before[-1] == "\u2010":
        return before[:start] + after, True
    if lower is None:  # "Nordrhein-" and "Westfalen"
        return before + after, False
    if lower[1] in _ELLIPSIS:
        return f"{before} {after}", False
    whole, hyphened = match[1] + lower[1], f"{match[1]}-{lower[1]}"
    if words[hyphened.casefold()] and not words[whole.casefold()]:
        return before + after, False
    if not words[whole.casefold()] and words[match[1].casefold()] > 1 and match[1].islower():
        return before + after, False  # "well-" and "known": the part is a word of its own
    return before[:start] + after, True
