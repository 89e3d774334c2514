"""Word documents (.docx): paragraphs, list items and tables in their order, and the core properties."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from etappe.errors import ReadingError, UnsafeInput
from etappe.sources.finishing import finished
from etappe.sources.imprint import is_dateline, tells_contact
from etappe.sources.libraries import needed
from etappe.sources.limits import MAX_MEMBERS, MAX_UNPACKED
from etappe.sources.model import Part, PartKind, SourceText, assembled, one_line, row
from etappe.sources.statements import credible_author, credible_title

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr", f"{_W}rPr", f"{_W}instrText"))
_HEADING = re.compile(r"(?:heading|title|subtitle|überschrift|titel|untertitel)", re.IGNORECASE)
_LIST = re.compile(r"(?:list|liste|aufzählung)", re.IGNORECASE)
_MAX_DEPTH = 100
#: Longest cell of a table that holds data; a longer one arranges the page.
_LONGEST_CELL = 800


def read_word(name: str, data: bytes) -> SourceText:
    """A Word document.

    Raises:
        ReadingError: broken, encrypted, no Word document; as for plain text.
        UnsafeInput: entities, or too large when unpacked.
    """
    check_package(name, data)
    with needed("python-docx", "Word documents", name):
        from docx import Document
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError  # type: ignore[import-untyped, unused-ignore]
    try:
        document = Document(io.BytesIO(data))
        body = _Body(document)
        parts = body.parts()
        core = document.core_properties
        told = {"title": credible_title(core.title), "author": credible_author(core.author)}
    except (
        OpcError,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
    ) as error:
        raise ReadingError("is broken: it cannot be read as a Word document", file=name) from error
    if not told["title"]:
        told["title"] = next((part.text for part in parts[:3] if part.kind is PartKind.HEADING), None)
    return finished(name, assembled(parts), told, body.notes())


def check_package(name: str, data: bytes) -> None:
    """Raise where the package is broken, encrypted, no Word document, a bomb, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnsafeInput(f"grows beyond {MAX_UNPACKED // 2**20} MiB when it is unpacked", file=name)
            if any(member.flag_bits & 1 for member in members):
                raise ReadingError("is encrypted; save it without a password", file=name)
            names = {member.filename for member in members}
            if "[Content_Types].xml" not in names or "word/document.xml" not in names:
                raise ReadingError("is a zip file but no Word document; check which file this is", file=name)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_member(name, package.read(member))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError) as error:
        raise ReadingError("is broken or cut off: it cannot be unpacked", file=name) from error


def _check_member(name: str, data: bytes) -> None:
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data.replace(b"\x00", b"")):
        raise UnsafeInput("declares XML entities, which no Word document needs", file=name)


class _Body:
    """The parts of a document, and what was noticed on the way."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = {style.style_id: style.name or "" for style in document.styles}
        self._repeated = False
        self._tracked = False
        self._boxes: list[Any] = []

    def parts(self) -> list[Part]:
        """Everything in order; of header and foot of the page what tells date or contact."""
        parts = list(self._blocks(self._document.element.body, 0))
        section = self._document.sections[0] if len(self._document.sections) else None
        if section is None:
            return parts
        first = section.different_first_page_header_footer
        header = section.first_page_header if first else section.header
        footer = section.first_page_footer if first else section.footer
        return [*self._edge(header), *parts, *self._edge(footer)]

    def notes(self) -> list[str]:
        """What a reader of the text should know."""
        told = []
        if self._tracked:
            told.append("The document holds tracked changes: insertions are read, deletions are not.")
        if self._repeated:
            told.append("Table cells that span several rows are repeated in each of them.")
        return told

    def _edge(self, edge: Any) -> list[Part]:
        if edge.is_linked_to_previous:
            return []
        parts = list(self._blocks(edge._element, 0))
        return [part for part in parts if tells_contact(part.text) or is_dateline(part.text)]

    def _blocks(self, parent: Any, depth: int) -> Iterator[Part]:
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, depth)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
                yield from self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Part]:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in self._words(paragraph).split("\n"))))
        boxes, self._boxes = self._boxes, []
        style = self._style(paragraph)
        if _HEADING.match(style):
            yield Part(PartKind.HEADING, " ".join(text.split()))
        elif text and (_LIST.match(style) or paragraph.find(f"{_W}pPr/{_W}numPr") is not None):
            yield Part(PartKind.ITEM, text if text[0] in "-–•*" else f"- {text}")
        else:
            yield Part(PartKind.PARAGRAPH, text)
        for box in boxes:  # text boxes, often captions
            yield from self._blocks(box, depth + 1)

    def _style(self, paragraph: Any) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(style.get(f"{_W}val"), "") if style is not None else ""

    def _words(self, element: Any) -> str:
        pieces: list[str] = []
        self._collect(element, pieces, 0)
        return "".join(pieces)

    def _collect(self, element: Any, pieces: list[str], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
        for child in element:
            tag = child.tag
            if tag in _DELETED:
                self._tracked = self._tracked or tag in (f"{_W}del", f"{_W}moveFrom")
            elif tag == f"{_W}t":
                pieces.append(child.text or "")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            elif tag in (f"{_W}tab", f"{_W}ptab"):
                pieces.append("\t")
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            elif tag == f"{_W}txbxContent":
                self._boxes.append(child)
            else:
                self._tracked = self._tracked or tag in (f"{_W}ins", f"{_W}moveTo")
                self._collect(child, pieces, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[Part]:
        rows = [self._cells(line) for line in table.iter(f"{_W}tr") if _nearest(line, f"{_W}tbl") is table]
        if not _holds_data(rows):
            for cells in rows:
                for cell, _, _ in cells:
                    yield from self._blocks(cell, depth + 1)
            return
        above: list[str] = []
        for cells in rows:
            texts: list[str] = []
            for cell, span, continues in cells:
                text = one_line("\n".join(part.text for part in self._blocks(cell, depth + 1)))
                if continues and len(texts) < len(above):
                    text = above[len(texts)]
                    self._repeated = self._repeated or bool(text)
                texts += [text] + [""] * (span - 1)
            above = texts
            yield Part(PartKind.ROW, row(texts))

    def _cells(self, line: Any) -> list[tuple[Any, int, bool]]:
        """Cells with the columns they span, and whether they continue the one above."""
        cells = []
        for cell in line.iter(f"{_W}tc"):
            if _nearest(cell, f"{_W}tr") is not line:
                continue
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = str(span.get(f"{_W}val")) if span is not None else "1"
            continues = merge is not None and merge.get(f"{_W}val") in (None, "continue")
            cells.append((cell, min(int(width), 100) if width.isdecimal() else 1, continues))
        return cells


def _holds_data(rows: list[list[tuple[Any, int, bool]]]) -> bool:
    """Whether a table holds data rather than arranging the page."""
    if max(map(len, rows), default=0) < 2:
        return False
    cells = [cell for line in rows for cell, _, _ in line]
    if any(next(cell.iter(f"{_W}tbl"), None) is not None for cell in cells):
        return False
    return all(sum(len(text.text or "") for text in cell.iter(f"{_W}t")) <= _LONGEST_CELL for cell in cells)


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)
