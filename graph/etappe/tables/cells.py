"""Cells as they come out of a file, before anybody asks what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from etappe.tables.errors import Note, TableError

#: More columns than this no list has; it is a damaged file or one of another kind.
MAX_COLUMNS = 256
#: Characters of one cell.
MAX_CELL = 10_000

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a cell.

    Attributes:
        text: as a reader sees it, in one line; empty where nothing stands there.
        day: the day of a date cell; month: whether it shows only month and year.
        number: of a numeric cell.
        fault: why the cell cannot be taken.
    """

    text: str = ""
    day: date | None = None
    month: bool = False
    number: float | None = None
    fault: str | None = None


EMPTY = Value()


@dataclass(slots=True)
class Line:
    """One row of a sheet: its number in the file and its values; ``across`` where one cell spans several columns."""

    number: int
    values: list[Value]
    across: bool = False


@dataclass
class Sheet:
    """One table: its name for errors, its own name within a workbook, and its rows as they are read."""

    file: str
    name: str | None
    lines: Iterator[Line]
    told: list[TableError | Note] = field(default_factory=list)
    epoch: date = date(1899, 12, 30)
    is_text: bool = True


def clean(text: str) -> str:
    """Text in one line, NFC, without control characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(_CONTROLS.sub(" ", text).split())
