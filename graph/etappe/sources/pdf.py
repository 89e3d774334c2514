"""PDF files with a text layer: lines to paragraphs, words joined that were divided, page headers left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from etappe.errors import ReadingError
from etappe.sources.finishing import finished
from etappe.sources.imprint import is_dateline, tells_contact
from etappe.sources.libraries import needed
from etappe.sources.limits import MAX_PAGES, MAX_TEXT
from etappe.sources.model import SourceText
from etappe.sources.pdf_lines import Line, joined_paragraphs, lines_of
from etappe.sources.statements import credible_author, credible_title

if TYPE_CHECKING:
    from pypdf import PdfReader

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]|\\(cid:\\d{1,6}\\)")
#: Fewer letters on all pages are no text layer but a stamp or a page number.
_LEAST_LETTERS = 20
#: How many lines at each end of a page may be its header or foot.
_EDGE = 4
_NUMBERED = re.compile(
    r"\b(?:seite|page)\s\d{1,3}(?:\s?(?:/|von|of)\s?\d{1,3})?|(?<=\s)[-–]?\s?\d{1,3}\s?[-–]?$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"(?:(?:seite|page|s\.)\s?)?[-–]?\s?\d{1,3}\s?[-–]?(?:\s?(?:/|von|of)\s?\d{1,3})?", re.IGNORECASE
)


def read_pdf(name: str, data: bytes) -> SourceText:
    """A PDF file.

    Raises:
        ReadingError: encrypted, broken, a scan, or of letters that stand for nothing; as for plain text.
    """
    with needed("pypdf", "PDF", name):
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        raise ReadingError("is cut off: the end of the PDF is missing", file=name)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("is encrypted; save it without a password", file=name)
        pages = _pages(name, reader)
        told = _statements(reader)
    except DependencyError as error:
        raise ReadingError("is encrypted; save it without a password", file=name) from error
    except (
        PyPdfError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        OSError,
        RecursionError,
        OverflowError,
        ArithmeticError,
        AssertionError,
        NotImplementedError,
        MemoryError,
    ) as error:
        raise ReadingError("is broken: it cannot be read as a PDF", file=name) from error
    notes = _check(name, pages)
    text, repairs = _text(pages)
    return finished(name, text, told, [*notes, *repairs])


def _pages(name: str, reader: PdfReader) -> list[list[Line]]:
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise ReadingError(f"has {count} pages, a report at most {MAX_PAGES}; cut out the report", file=name)
    pages: list[list[Line]] = []
    size = 0
    for page in reader.pages:
        lines = [line.saying(_readable(line.text)) for line in lines_of(page)]
        pages.append([line for line in lines if line.text])
        size += sum(len(line.text) for line in lines)
        if size > MAX_TEXT:
            raise ReadingError(f"holds more than {MAX_TEXT // 2**20} MiB of text; cut out the report", file=name)
    return pages


def _readable(text: str) -> str:
    """Letters for ligatures, and a hyphen for a soft one at the end of a line, for it divides a word."""
    text = text.rstrip()
    if text.endswith("\u00ad"):
        text = text[:-1] + "\u2010"
    return " ".join(text.translate(_LIGATURES).split())


def _statements(reader: PdfReader) -> dict[str, str | None]:
    info = reader.metadata
    if info is None:
        return {}
    return {"title": credible_title(info.title), "author": credible_author(info.author)}


def _check(name: str, pages: list[list[Line]]) -> list[str]:
    """Raise where there is no usable text layer; otherwise which pages have none."""
    letters = [sum(char.isalpha() for line in page for char in line.text) for page in pages]
    if sum(letters) < _LEAST_LETTERS:
        raise ReadingError("is a scan without a text layer; run OCR first", file=name)
    odd = sum(len(match) for page in pages for line in page for match in _UNREADABLE.findall(line.text))
    if odd * 10 > sum(letters):
        raise ReadingError("has a text layer whose letters stand for nothing; run OCR first", file=name)
    empty = [str(number) for number, count in enumerate(letters, 1) if count == 0]
    return [f"Pages without a text layer: {', '.join(empty)}."] if empty else []


def _text(pages: list[list[Line]]) -> tuple[str, list[str]]:
    repeated = _repeated(pages)
    kept: list[list[Line]] = []
    imprint: dict[str, str] = {}
    dropped = 0
    for page in pages:
        lines = []
        for index, line in enumerate(page):
            at_edge = index < _EDGE or index >= len(page) - _EDGE
            if at_edge and _key(line.text) in repeated:
                dropped += 1
                if tells_contact(line.text) or is_dateline(line.text):
                    imprint.setdefault(_key(line.text), line.text)
            elif not (index in (0, len(page) - 1) and _PAGE_NUMBER.fullmatch(line.text)):
                lines.append(line)
        kept.append(lines)
    text, divided = joined_paragraphs(kept)
    notes = []
    if dropped:
        notes.append(f"Lines left out that stand at the top or foot of several pages: {dropped}.")
    if divided:
        notes.append(f"Words put together that were divided at the end of a line: {divided}.")
    return "\n\n".join(filter(None, (text, "\n".join(imprint.values())))), notes


def _repeated(pages: list[list[Line]]) -> set[str]:
    """Keys of the lines that stand at the edge of at least two pages, and of half of them."""
    if len(pages) < 2:
        return set()
    counts = Counter(key for page in pages for key in {_key(line.text) for line in _edges(page)})
    return {key for key, count in counts.items() if count >= 2 and count * 2 >= len(pages)}


def _edges(page: list[Line]) -> Iterable[Line]:
    return page if len(page) <= _EDGE * 2 else [*page[:_EDGE], *page[-_EDGE:]]


def _key(text: str) -> str:
    """A line without the number of its page. Other numbers count: "10.00 Uhr" may stand on top of a page."""
    return _NUMBERED.sub("#", text).casefold()
