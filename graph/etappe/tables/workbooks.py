"""Tables in XLSX workbooks, through openpyxl: values only, never a formula computed, a link followed or a macro run."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice, zip_longest
from pathlib import PurePath
from typing import Any, NoReturn
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from etappe.model import Source
from etappe.tables.cells import EMPTY, MAX_CELL, MAX_COLUMNS, Line, Sheet, Value, clean
from etappe.tables.errors import Note, TableError
from etappe.tables.mapping import Mapping

#: All parts of a workbook together, unpacked.
MAX_UNPACKED = 128 * 2**20
#: How many times its packed size a part may have; below ``SMALL`` bytes nobody asks.
MAX_RATIO = 200
SMALL = 4 * 2**20
#: Parts of a workbook, and rows of a sheet.
MAX_PARTS = 2_000
MAX_ROWS = 1_048_576
#: Cells beyond the columns that a list may have, empty ones with a format mostly, in all rows together.
MAX_STRAY = 20_000_000

_NO_VALUE = "holds a formula without a value; open the file in a spreadsheet program and save it again"
_CHUNK = 2**18
_OVERLAP = 128
_BATCH = 64
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,60}?\bref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_FAR = re.compile(rb"\sr=\"[A-Z]{4}")  # a column that no workbook has
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s>/]")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    MemoryError,
)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an XLSX workbook, whatever the name of the file."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/workbook") for name in archive.namelist())
    except _UNREADABLE:
        return False


def workbook_sheets(source: Source, mapping: Mapping) -> Iterator[Sheet]:
    """The sheets of a workbook that the mapping names, or all.

    Raises:
        TableError: damaged, larger than the limits, with a document type, or without a sheet of that name.
    """
    file = PurePath(source.name).name
    parts = _Parts(source.data, file)
    with _told(file), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = _opened(source.data, values=True)
        formulas = _opened(source.data, values=False) if any(part.formulas for part in parts.found.values()) else None
    names = [sheet.title for sheet in values.worksheets]
    for name in mapping.sheets:
        if name not in names:
            raise TableError(f"has no sheet {name!r}; its sheets are {', '.join(map(repr, names[:20]))}", file=file)
    for name in mapping.sheets or names:
        yield _sheet(values[name], formulas[name] if formulas else None, parts, file, values.epoch)


def _opened(data: bytes, *, values: bool) -> Any:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _sheet(values: Any, formulas: Any, parts: _Parts, file: str, epoch: datetime) -> Sheet:
    name = f"{file}!{values.title}"
    part = parts.found.get(values._worksheet_path.lstrip("/"), _Part())
    told = list[TableError | Note]()
    if part.merged:
        told.append(Note(f"has merged cells ({len(part.merged)}); each row below takes their value", file=name))
    lines = _filled(_lines(values, formulas if part.formulas else None, name), part.merged)
    return Sheet(name, values.title, lines, told, epoch.date(), is_text=False)


# --- the packed file, looked at before openpyxl does


class _Part:
    """What the XML of one part holds that openpyxl would not tell when it reads row by row."""

    def __init__(self) -> None:
        self.merged: list[tuple[int, int, int, int]] = []
        self.formulas = False


class _Parts:
    """All parts of a workbook, unpacked once to count their bytes and to look for what must not be there."""

    def __init__(self, data: bytes, file: str) -> None:
        self.found: dict[str, _Part] = {}
        self._left = MAX_UNPACKED
        self._file = file
        with _told(file), zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_PARTS:
                raise TableError(f"has more than {MAX_PARTS} parts; a list has far fewer", file=file)
            for member in members:
                self.found[member.filename.lstrip("/")] = self._looked_at(archive, member)

    def _looked_at(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> _Part:
        part, size, before = _Part(), 0, b""
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._left -= len(chunk)
                if self._left < 0 or (size > SMALL and size > member.compress_size * MAX_RATIO):
                    self._refuse(f"unpacks to far more than a list holds ({member.filename})")
                text = before + chunk
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    self._refuse(f"declares a document type ({member.filename}), which no workbook does")
                if "worksheets/" in member.filename:
                    self._note(part, text)
                before = text[max(text.rfind(b"<"), len(text) - _OVERLAP, 0) :]
        part.merged = sorted(set(part.merged))
        return part

    def _note(self, part: _Part, text: bytes) -> None:
        """Keep what a piece of a sheet says of merged cells and formulas."""
        if _FAR.search(text):
            self._refuse("has a cell in a column that no workbook has")
        part.formulas = part.formulas or _FORMULA.search(text) is not None
        for match in _MERGED.finditer(text):
            left, top, right, bottom = range_boundaries(match[1].decode())
            part.merged.append((int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)))

    def _refuse(self, message: str) -> NoReturn:
        raise TableError(f"{message}; it may be an attack, and is not opened", file=self._file)


@contextmanager
def _told(file: str) -> Iterator[None]:
    """What openpyxl and zipfile raise, as one sentence."""
    try:
        yield
    except TableError:
        raise
    except _UNREADABLE as error:
        raise TableError(
            "cannot be read as a workbook; open it in a spreadsheet program and save it again", file=file
        ) from (error)


# --- rows


def _lines(values: Any, formulas: Any, file: str) -> Iterator[Line]:
    values.reset_dimensions()
    rows = values.iter_rows()
    beside: Iterator[Any] | None = None
    if formulas is not None:
        formulas.reset_dimensions()
        beside = formulas.iter_rows()
    number = stray = 0
    while True:
        with _told(file), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            batch = list(islice(rows, _BATCH))
            formula_batch = list(islice(beside, _BATCH)) if beside is not None else []
        if not batch:
            return
        for row, others in zip_longest(batch, formula_batch[: len(batch)], fillvalue=()):
            number += 1
            stray += max(0, len(row) - MAX_COLUMNS)
            if number > MAX_ROWS or stray > MAX_STRAY:
                raise TableError(f"has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns", file=file)
            if row and (found := _values(row, others)):
                yield Line(number, found)


def _values(row: Sequence[Any], formulas: Sequence[Any]) -> list[Value]:
    """The values of a row up to the last that is not empty."""
    found = [_value(cell) for cell in row]
    for place, cell in enumerate(formulas):
        if cell.data_type == "f" and place < len(found) and not found[place].text:
            found[place] = Value(fault=_NO_VALUE)
    while found and found[-1] is EMPTY:
        found.pop()
    return found


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None or value == "":
        return EMPTY
    if isinstance(value, str):
        if cell.data_type == "e":
            return Value(fault=f"holds the error {value}; correct it in the workbook")
        if len(value) > MAX_CELL:
            return Value(fault=f"is longer than {MAX_CELL} characters")
        text = clean(value)
        return Value(text) if text else EMPTY
    if isinstance(value, bool):
        return Value(str(value).upper())
    if isinstance(value, datetime | date):
        return _date(value, str(cell.number_format))
    if isinstance(value, time):
        return Value(value.isoformat("minutes"))
    if isinstance(value, int | float):
        return Value(f"{value:.15g}", number=float(value))
    return Value(clean(str(value)))


def _date(value: date, number_format: str) -> Value:
    """A date cell by what it shows: a day, or only month and year."""
    day = value.date() if isinstance(value, datetime) else value
    shown = _QUOTED.sub("", number_format.split(";")[0]).lower()
    if "y" in shown and "m" in shown and "d" not in shown:
        return Value(f"{day:%Y-%m}", day.replace(day=1), month=True)
    if "d" in shown and "m" in shown and "y" not in shown:
        return Value(
            day.isoformat(),
            fault=f"shows no year (as {number_format!r}), so that {day.isoformat()} may be a guess; show it",
        )
    return Value(day.isoformat(), day)


def _filled(lines: Iterator[Line], merged: list[tuple[int, int, int, int]]) -> Iterator[Line]:
    """The rows, with the value of each merged block repeated downwards in its first column."""
    if not merged:
        yield from lines
        return
    starts: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for block in merged:
        starts[block[1]].append(block)
    open_blocks: dict[int, tuple[int, Value]] = {}  # column -> last row and value
    for line in lines:
        for left, top, right, bottom in starts.get(line.number, ()):
            line.across = line.across or right > left
            if bottom > top and left <= len(line.values):
                open_blocks[left] = bottom, line.values[left - 1]
        for column, (bottom, value) in list(open_blocks.items()):
            if line.number > bottom:
                del open_blocks[column]
                continue
            line.values.extend([EMPTY] * (column - len(line.values)))
            if not line.values[column - 1].text:
                line.values[column - 1] = value
        yield line
