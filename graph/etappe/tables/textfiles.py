"""Tables as text (CSV and its relatives): encoding, delimiter, quotes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from etappe import vocabulary
from etappe.model import Source
from etappe.tables.cells import EMPTY, MAX_CELL, Line, Sheet, Value, clean
from etappe.tables.errors import Note, TableError
from etappe.tables.mapping import Mapping

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", ";", "\t", "|")
#: What a spreadsheet program writes for itself: “sep=;”.
_SEPARATOR = re.compile(r"sep=[,;|\t]?")
_BEGINNING = 64 * 1024
_NO_TEXT = "holds binary data, not text; check which file this is"
_BINARY = {
    b"\xd0\xcf\x11\xe0": "is an old workbook (.xls) or one with a password; save it as .xlsx without a password",
    b"%PDF": "is a PDF file, not a table; ask the publisher for the list as CSV or XLSX",
    b"PK\x03\x04": "is a packed file but no XLSX workbook; save the list as XLSX or CSV",
}


def text_sheet(source: Source, mapping: Mapping) -> Sheet:
    """The table in a text file.

    Raises:
        TableError: binary data, an unknown encoding, bytes that are not of the encoding.
    """
    name = PurePath(source.name).name
    text, told = _decoded(source.data, name, mapping.encoding)
    delimiter = mapping.delimiter or _delimiter(text, mapping)
    return Sheet(name, None, _lines(text, name, delimiter, mapping.quote), [*told])


def _decoded(data: bytes, name: str, wanted: str | None) -> tuple[str, list[Note]]:
    for beginning, message in _BINARY.items():
        if data.startswith(beginning):
            raise TableError(message, file=name)
    if not data.strip():
        raise TableError("is empty; a table begins with the titles of its columns", file=name)
    encoding = wanted or _marked(data)
    if encoding is None and b"\x00" in data:
        raise TableError(_NO_TEXT, file=name)
    if encoding is None:
        try:
            return _text(data, "utf-8", name), []
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        text = _text(data, encoding, name)
    except LookupError as error:
        raise TableError(f"has an encoding that is unknown here: {encoding!r}", file=name) from error
    except UnicodeError as error:
        what = "neither UTF-8 nor Windows-1252" if encoding == "cp1252" and wanted is None else f"not {encoding}"
        raise TableError(f"is {what}; save it as UTF-8", file=name) from error
    if encoding in ("utf-8", "utf-8-sig") or wanted is not None:
        return text, []
    shown = "Windows-1252, for it is not UTF-8" if encoding == "cp1252" else encoding.upper()
    return text, [Note(f"was read as {shown}; say 'encoding' in the mapping if that is wrong", file=name)]


def _marked(data: bytes) -> str | None:
    """The encoding that the first bytes tell, or nothing."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    start = data[:_BEGINNING]
    even, odd = start[::2], start[1::2]
    if odd and odd.count(0) > len(odd) * 0.7 and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) > len(even) * 0.7 and not odd.count(0):
        return "utf-16-be"
    return None


def _text(data: bytes, encoding: str, name: str) -> str:
    text = data.decode(encoding)
    controls = sum(map(text[:_BEGINNING].count, map(chr, (0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17))))
    if "\x00" in text or controls > 8:
        raise TableError(_NO_TEXT, file=name)
    return text


def _delimiter(text: str, mapping: Mapping) -> str:
    """The delimiter under which the most titles of the mapping are found, and then the most cells."""
    known = {vocabulary.key(title) for column in mapping.columns for title in column.titles}
    best, chosen = (-1, -1), ","
    for delimiter in _DELIMITERS:
        found = (0, 0)
        try:
            for number, cells in enumerate(csv.reader(_physical(text[:_BEGINNING]), delimiter=delimiter)):
                if number >= 50:
                    break
                hits = sum(vocabulary.key(cell) in known for cell in cells)
                found = max(found, (hits, len(cells)))
        except csv.Error:
            pass
        if found > best:
            best, chosen = found, delimiter
    return chosen


def _physical(text: str) -> Iterable[str]:
    """The lines of a text, with their ends, as an editor counts them."""
    return io.StringIO(text, newline=None)


def _lines(text: str, name: str, delimiter: str, quote: str) -> Iterator[Line]:
    ended = False

    def lines() -> Iterator[str]:
        nonlocal ended
        yield from _physical(text)
        ended = True

    reader = csv.reader(lines(), delimiter=delimiter, quotechar=quote)
    number = 1
    try:
        for cells in reader:
            if ended:  # a row that asked for more lines than there are
                raise TableError("opens a quotation mark that is never closed; close it", file=name, row=number)
            if number > 1 or not _SEPARATOR.fullmatch("".join(cells)):
                yield Line(number, [_value(cell) for cell in cells])
            number = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            f"cannot be read on ({error}); a quotation mark may not be closed", file=name, row=number
        ) from (error)


def _value(cell: str) -> Value:
    if not cell:
        return EMPTY
    if len(cell) > MAX_CELL:
        return Value(fault=f"is longer than {MAX_CELL} characters; a quotation mark may not be closed")
    return Value(clean(cell))
