"""A web page as parts in the order of its elements, tables as rows. Which are the report is decided elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from etappe.errors import ReadingError
from etappe.sources.limits import MAX_ELEMENTS
from etappe.sources.model import Part, PartKind, one_line, row

#: An element of lxml, which has no types.
Element = Any

_BLANKS = re.compile(r"\s+")
_MAX_DEPTH = 180


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split("|"))


_BLOCKS = _tags(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h1|h2|h3|h4|h5|h6|header|hgroup|hr|legend|li|main|nav|ol|p|pre|search|section|summary|"
    "table|tbody|td|tfoot|th|thead|tr|ul|html"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = _tags(
    "script|style|noscript|template|head|iframe|object|embed|svg|math|canvas|audio|video|map|select|option|"
    "textarea|button|input|datalist"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:[;\s]|px|$)", re.IGNORECASE)
_CONSENT = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|cmp|onetrust|usercentrics|didomi|gdpr|dsgvo)", re.IGNORECASE)
#: Longest cell of a table that holds data; a longer one arranges the page.
_LONGEST_CELL = 800
_MOST_SPAN = 50


@dataclass
class Place:
    """Where in the page a part stands, and how much of it leads elsewhere."""

    element: Element
    linked: float = 0.0
    own: str = ""  # text without what a cell of an earlier row adds


def unseen(element: Element) -> bool:
    """Whether nobody reads it: code, controls, hidden elements, cookie banners."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (style := element.get("style")) and _HIDDEN.search(style):
        return True
    if element.tag in ("html", "body", "main", "article"):
        return False
    return any(_CONSENT.search(value) for key in ("id", "class") if (value := element.get(key)))


def check_tree(root: Element, walk: Any, name: str) -> None:
    """Raise ``ReadingError`` where elements are too many or nested too deeply; ``walk`` is ``lxml.etree.iterwalk``."""
    depth = 0
    for count, (event, _) in enumerate(walk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise ReadingError(f"is nested deeper than {_MAX_DEPTH} levels; check which page this is", file=name)
        if count > MAX_ELEMENTS * 2:
            raise ReadingError(f"has more than {MAX_ELEMENTS} elements; save the page with the report only", file=name)


def without_unseen(root: Element) -> None:
    """Take out of the tree what nobody reads."""
    for element in list(root.iter()):
        if element is not root and unseen(element):
            parent = element.getparent()
            if parent is not None:
                _remove(element, parent)


def without_layout_tables(root: Element) -> None:
    """Turn tables that arrange the page into plain blocks."""
    for table in reversed(list(root.iter("table"))):  # the inner ones first
        if not _holds_data(table):
            table.tag = "div"
            for part in (*_rows(table), *table.iterchildren("thead", "tbody", "tfoot")):
                part.tag = "div"
                for cell in _cells(part):
                    cell.tag = "div"


def _remove(element: Element, parent: Element) -> None:
    """Without the text that follows it."""
    tail = element.tail
    before = element.getprevious()
    parent.remove(element)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


class Walk:
    """Collects the parts of a tree that holds nothing unseen and no tables for layout."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.repeated = False  # whether cells were repeated that span several rows
        self._buffer: list[str] = []
        self._linked = 0
        self._bullets: list[str] = []

    def page(self, root: Element) -> list[Part]:
        """The parts of a page."""
        self._element(root, False)
        self._flush(root)
        return self.parts

    def _element(self, element: Element, link: bool) -> None:
        tag = element.tag
        if tag == "br":
            self._buffer.append("\n")
        elif tag == "table":
            self._flush(element.getparent())
            self._table(element)
        elif tag in _BLOCKS:
            self._flush(element.getparent())
            if tag == "li":
                self._bullets.append("- ")
            self._inside(element, link)
            self._flush(element)
            if tag == "li":
                self._bullets.pop()
        else:
            self._inside(element, link or (tag == "a" and not _to_person(element)))

    def _inside(self, element: Element, link: bool) -> None:
        preserved = element.tag == "pre"
        self._say(element.text, link, preserved)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, link)
            self._say(child.tail, link, preserved)

    def _say(self, text: str | None, link: bool, preserved: bool) -> None:
        if text:
            self._buffer.append(text if preserved else _BLANKS.sub(" ", text))
            self._linked += len(text.strip()) if link else 0

    def _flush(self, element: Element) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._buffer).split("\n"))
        text = "\n".join(filter(None, lines))
        linked, self._linked = self._linked, 0
        self._buffer.clear()
        if not text:
            return
        place = Place(element, min(1.0, linked / len(text)), text)
        heading = element is not None and element.tag in _HEADINGS
        kind = PartKind.HEADING if heading else PartKind.ITEM if self._bullets else PartKind.PARAGRAPH
        if kind is PartKind.ITEM:
            text, self._bullets[-1] = self._bullets[-1] + text, ""
        self.parts.append(Part(kind, " ".join(text.split()) if heading else text, place))

    def _table(self, table: Element) -> None:
        for caption in table.iterchildren("caption"):
            self._inside(caption, False)
            self._flush(caption)
        above: dict[int, tuple[str, int]] = {}  # column to what spans down from above, and for how many rows yet
        for line in _rows(table):
            cells, above = self._cells(line, above)
            own = " ".join(_words(cell) for cell in _cells(line))
            if text := row(cells):
                links = sum(len(_words(a)) for a in line.iter("a") if not _to_person(a))
                self.parts.append(Part(PartKind.ROW, text, Place(line, min(1.0, links / max(1, len(own))), own)))

    def _cells(self, line: Element, above: dict[int, tuple[str, int]]) -> tuple[list[str], dict[int, tuple[str, int]]]:
        cells: list[str] = []
        below: dict[int, tuple[str, int]] = {}

        def from_above() -> None:
            while (spanning := above.get(len(cells))) and spanning[1]:
                self.repeated = self.repeated or bool(spanning[0])
                below[len(cells)] = (spanning[0], spanning[1] - 1)
                cells.append(spanning[0])

        for cell in _cells(line):
            from_above()
            text, down = _words(cell), _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if down > 1:
                    below[len(cells)] = (text, down - 1)
                cells.append(text)
                text = ""
        from_above()
        return cells, below


def _to_person(link: Element) -> bool:
    return str(link.get("href", "")).lower().startswith(("mailto:", "tel:"))


def _holds_data(table: Element) -> bool:
    """Whether a table holds data rather than arranging the page."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "form"), None) is not None:
        return False
    lines = [_cells(line) for line in _rows(table)]
    if max((len(cells) for cells in lines), default=0) < 2:
        return False
    return all(len(_words(cell)) <= _LONGEST_CELL for cells in lines for cell in cells)


def _rows(table: Element) -> list[Element]:
    lines: list[Element] = []
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        lines += [child] if child.tag == "tr" else child.iterchildren("tr")
    return lines


def _cells(line: Element) -> list[Element]:
    return list(line.iterchildren("td", "th"))


def _words(element: Element) -> str:
    pieces: list[str] = []
    _collect(element, pieces)
    return one_line("".join(pieces))


def _collect(element: Element, pieces: list[str]) -> None:
    pieces.append(_BLANKS.sub(" ", element.text or ""))
    for child in element:
        apart = "\n" if child.tag == "br" or child.tag in _BLOCKS else ""
        pieces.append(apart)
        if isinstance(child.tag, str):
            _collect(child, pieces)
        pieces += [apart, _BLANKS.sub(" ", child.tail or "")]


def _span(cell: Element, key: str) -> int:
    value = str(cell.get(key, "1")).strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1
