"""The rows of a list, each with its heading, its number and the meaning of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from etappe import vocabulary
from etappe.errors import EtappeError
from etappe.model import Source
from etappe.tables.cells import EMPTY, MAX_COLUMNS, Line, Sheet, Value
from etappe.tables.errors import Note, TableError
from etappe.tables.mapping import Column, Mapping
from etappe.tables.textfiles import text_sheet
from etappe.tables.workbooks import is_workbook, workbook_sheets

#: Rows in which the heading is looked for.
_SEARCHED = 40
#: Characters of what stands above the heading that become part of each source text.
_CAPTION = 1_000
_NIL = re.compile(
    r"nil(?:[\s-]returns?)?|no (?:external )?(?:meetings|engagements|entries)\b.{0,80}|nothing to (?:report|declare)"
    r"|fehlanzeige|keine (?:externen )?(?:termine|treffen|gespräche|einträge)\b.{0,80}",
    re.IGNORECASE,
)
_BLANK = frozenset({"", "-", "–", "—", "./.", "n/a", "n.a.", "none", "keine", "keiner", "entfällt", "null"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: the title above it, its value, and the row it was carried down from, if any."""

    title: str
    value: Value
    carried: int | None = None
    blank: bool = False  # whether what stands there says as much as an empty cell

    @property
    def text(self) -> str:
        """What it says, in one line; empty where it says nothing."""
        return "" if self.blank else self.value.text


@dataclass(frozen=True)
class Row:
    """One row that tells of something.

    Attributes:
        file: name of the table; for a workbook, with the sheet behind ``!``.
        number: the row in the file, from 1. For text, the line where it begins.
        cells: every cell of the row, in order; by column of the mapping in ``columns`` (their places in ``cells``).
        caption: what stands above the heading, line by line.
        epoch: day zero of numbers that are dates; nothing for text files.
    """

    file: str
    number: int
    cells: tuple[Cell, ...]
    columns: tuple[tuple[Column, int], ...] = field(repr=False)
    caption: tuple[str, ...] = field(repr=False)
    epoch: date | None = field(default=None, repr=False)

    def of(self, meaning: str) -> list[tuple[Column, int]]:
        """The columns of that meaning with the places of their cells."""
        return [(column, place) for column, place in self.columns if column.meaning == meaning]

    def error(self, message: str, place: int | None = None) -> TableError:
        """An error about this row, or about one of its cells."""
        title = self.cells[place].title if place is not None else None
        return TableError(message, file=self.file, row=self.number, column=title)

    def note(self, message: str, place: int | None = None) -> Note:
        """A note about this row, or about one of its cells."""
        title = self.cells[place].title if place is not None else None
        return Note(message, file=self.file, row=self.number, column=title)


def rows(source: Source, mapping: Mapping) -> Iterator[Row | EtappeError]:
    """The rows of a CSV file or an XLSX workbook.

    Yields:
        rows that tell of something; errors of rows, and of a whole table where it cannot be read; notes (``Note``) on
        what was passed over. Nothing is raised for what stands in the file.
    """
    try:
        found = False
        sheets = workbook_sheets(source, mapping) if is_workbook(source.data) else iter([text_sheet(source, mapping)])
        failures = list[TableError]()
        for sheet in sheets:
            yield from sheet.told
            headed = _headed(sheet, mapping)
            if isinstance(headed, TableError):
                failures.append(headed)
                continue
            found = True
            yield from headed.rows()
        named = bool(mapping.sheets) or not found
        for failure in failures:  # of several sheets, one without the columns is passed over
            yield failure if named else Note(f"was passed over: {failure.message}", file=failure.file or source.name)
    except TableError as error:
        yield error


def _headed(sheet: Sheet, mapping: Mapping) -> _Table | TableError:
    """The table below its heading, or why there is none."""
    first, best, hits = list[Line](), None, 0
    below: Iterator[Line] = sheet.lines
    try:
        for line in sheet.lines:
            if line.number <= mapping.skip:
                first.append(line)
                continue
            if len(line.values) > MAX_COLUMNS:
                return TableError(f"has more than {MAX_COLUMNS} columns; a list has far fewer", file=sheet.file)
            places, _ = _places(line, mapping)
            first.append(line)
            if len(places) > hits:
                best, hits = len(first) - 1, len(places)
            if len(places) == len(mapping.columns) or len(first) >= _SEARCHED + mapping.skip:
                break
    except TableError as error:
        if best is None:
            return error
        below = _broken_off(error)  # after the rows that could be read
    if not any(value.text for line in first for value in line.values):
        return TableError("is empty; a table begins with the titles of its columns", file=sheet.file)
    if best is None:
        best = next(number for number, line in enumerate(first) if any(value.text for value in line.values))
    heading = first[best]
    places, twice = _places(heading, mapping)
    missing = next((c for c in mapping.columns if c.required and c.name not in places), None)
    if twice is not None:
        return TableError("stands twice in the heading; keep one", file=sheet.file, row=heading.number, column=twice)
    if missing is not None:
        return _missing(missing, heading, sheet)
    return _Table(sheet, mapping, heading, places, first[:best], chain(first[best + 1 :], below))


def _broken_off(error: TableError) -> Iterator[Line]:
    yield from ()
    raise error


def _places(line: Line, mapping: Mapping) -> tuple[dict[str, int], str | None]:
    """Where the columns of the mapping stand in a heading, and a title that stands twice."""
    keys = [vocabulary.key(value.text) for value in line.values]
    places, twice = dict[str, int](), None
    for column in mapping.columns:
        for title in (*column.titles, column.name):
            key = vocabulary.key(title)
            if key in keys:
                places[column.name] = keys.index(key)
                twice = line.values[keys.index(key)].text if keys.count(key) > 1 else twice
                break
    return places, twice


def _missing(column: Column, heading: Line, sheet: Sheet) -> TableError:
    others = f" (or {', '.join(map(repr, column.titles[1:4]))})" if len(column.titles) > 1 else ""
    shown = ", ".join(repr(value.text[:40]) for value in heading.values if value.text) or "nothing"
    return TableError(
        f"has no column {column.titles[0]!r}{others}; its heading has {shown[:300]}; correct 'titles' in the mapping, "
        "or say 'required': false there",
        file=sheet.file,
    )


class _Table:
    """The rows below a heading."""

    def __init__(
        self,
        sheet: Sheet,
        mapping: Mapping,
        heading: Line,
        places: dict[str, int],
        above: list[Line],
        below: Iterator[Line],
    ) -> None:
        self._sheet = sheet
        self._titles = [value.text for value in heading.values]
        known = [(column, places[column.name]) for column in mapping.columns if column.name in places]
        self._columns = tuple(sorted(known, key=lambda pair: pair[1]))
        self._below = below
        self._caption = _caption(above)
        self._carried: dict[int, Cell] = {}

    def rows(self) -> Iterator[Row | EtappeError]:
        """Each row in turn."""
        empty = True
        try:
            for line in self._below:
                found = self._row(line)
                if found is not None:
                    empty = False
                    yield found
            if empty:
                yield Note("has no rows below its heading", file=self._sheet.file)
        except TableError as error:  # the file cannot be read on
            yield error

    def _row(self, line: Line) -> Row | EtappeError | None:
        shown = [place for place, value in enumerate(line.values) if value.text or value.fault]
        if not shown:
            return None
        row = self._as_row(line, fill=False)
        if len(line.values) > MAX_COLUMNS:
            return row.error(f"has more than {MAX_COLUMNS} columns; a list has far fewer")
        if self._repeats_heading(line):
            return None
        if any(_NIL.fullmatch(line.values[at].text) for _, at in self._columns if at < len(line.values)):
            return row.note("says that there was nothing ('nil return'); it was passed over")
        if len(shown) == 1 and self._is_section(line, shown[0]):
            self._carried.clear()
            return row.note(
                f"holds only {line.values[shown[0]].text[:60]!r}; it was passed over as a heading or remark"
            )
        extra = next((place for place in shown if place >= len(self._titles)), None)
        if extra is not None and self._sheet.is_text:
            return row.error(
                f"has {len(line.values)} cells below {len(self._titles)} titles; a cell with the delimiter in it needs "
                "quotation marks"
            )
        row = self._as_row(line, fill=True)
        for _, place in self._columns:
            fault = row.cells[place].value.fault
            if fault:
                return row.error(fault, place)
        return row

    def _repeats_heading(self, line: Line) -> bool:
        return [value.text for value in line.values] == self._titles

    def _is_section(self, line: Line, place: int) -> bool:
        """Whether a single cell is a heading or remark between the rows, not a row of which most is carried down."""
        column = next((column for column, at in self._columns if at == place), None)
        filled = any(column.fill_down for column, _ in self._columns)
        return line.across or column is None or not filled or column.fill_down

    def _as_row(self, line: Line, *, fill: bool) -> Row:
        width = max(len(self._titles), len(line.values))
        values = [*line.values, *([EMPTY] * (width - len(line.values)))]
        titles = [*self._titles, *([""] * (width - len(self._titles)))]
        cells = [Cell(title, value) for title, value in zip(titles, values, strict=True)]
        for column, place in self._columns if fill else ():
            cells[place] = self._meant(column, place, cells[place], line.number)
        return Row(
            self._sheet.file,
            line.number,
            tuple(cells),
            self._columns,
            self._caption,
            None if self._sheet.is_text else self._sheet.epoch,
        )

    def _meant(self, column: Column, place: int, cell: Cell, number: int) -> Cell:
        """The cell, or what its emptiness means: the cell above, or nothing."""
        if column.fill_down:
            if not cell.text and not cell.value.fault:
                above = self._carried.get(place)
                return cell if above is None else above
            before = self._carried.get(place)
            if before is not None and before.text != cell.text:  # the cells to the right belonged to the one above
                self._carried = {at: carried for at, carried in self._carried.items() if at < place}
            self._carried[place] = Cell(cell.title, cell.value, number)
        if cell.text.casefold() in _BLANK or cell.text.casefold() in column.nulls:
            return Cell(cell.title, cell.value, cell.carried, blank=True)
        return cell


def _caption(above: list[Line]) -> tuple[str, ...]:
    """What stands above a heading, as far as it is short."""
    left, kept = _CAPTION, list[str]()
    for line in above:
        text = " | ".join(dict.fromkeys(value.text for value in line.values if value.text))
        if text and len(text) <= left:
            kept.append(text)
            left -= len(text)
    return tuple(kept)
