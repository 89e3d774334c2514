"""Small tables and mappings, written in the test that needs them."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl

from etappe.errors import EtappeError
from etappe.model import Source
from etappe.tables import Mapping, Note, Row, read_mapping, rows

COLUMNS: list[dict[str, Any]] = [
    {"name": "date", "titles": ["Datum", "Date"], "propertyUrl": "date"},
    {"name": "place", "titles": ["Ort"], "propertyUrl": "place"},
    {"name": "event", "titles": ["Termin"], "propertyUrl": "event", "required": False},
    {"name": "bodies", "titles": ["Firmen"], "propertyUrl": "organisations", "separator": ";", "required": False},
    {"name": "people", "titles": ["Gäste"], "propertyUrl": "persons", "separator": ";", "required": False},
    {"name": "mixed", "titles": ["Teilnehmer"], "propertyUrl": "participants", "separator": ";", "required": False},
]
SETTINGS: dict[str, Any] = {
    "id": "liste",
    "status": "held",
    "language": "de",
    "publisher": {"id": "herausgeber", "name": "Herausgeber"},
    "published": "2018-12-20",
    "campaign": {"id": "kampagne", "name": "Kampagne"},
    "recorded": {"by": {"id": "redaktion", "name": "Redaktion"}},
}


def mapping(columns: list[dict[str, Any]] | None = None, title: str | None = None, **changes: Any) -> Mapping:
    """The mapping of the columns above; ``dialect`` and settings of the reports as ``changes``."""
    dialect = changes.pop("dialect", {})
    settings = {key: value for key, value in (SETTINGS | changes).items() if value is not None}
    data: dict[str, Any] = {"tableSchema": {"columns": columns or COLUMNS}, "etappe": settings, "dialect": dialect}
    if title:
        data["dc:title"] = title
    return read_mapping(Source("m.json", "application/json", json.dumps(data).encode()))


def table(text: str | bytes, name: str = "t.csv") -> Source:
    return Source(name, "text/csv", text.encode() if isinstance(text, str) else text)


def workbook(*sheets: list[list[Any]], merge: tuple[str, ...] = (), formats: dict[str, str] | None = None) -> Source:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, content in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Blatt {number}")
        for line in content:
            sheet.append(line)
        for area in merge if number == 1 else ():
            sheet.merge_cells(area)
        for cell, form in (formats or {}).items() if number == 1 else ():
            sheet[cell].number_format = form
    held = io.BytesIO()
    book.save(held)
    return Source("t.xlsx", "application/octet-stream", held.getvalue())


def read(source: Source, how: Mapping | None = None) -> tuple[list[Row], list[str], list[str]]:
    """Rows, errors and notes."""
    found: list[Row | EtappeError] = list(rows(source, how or mapping()))
    good = [row for row in found if isinstance(row, Row)]
    errors = [str(row) for row in found if isinstance(row, EtappeError) and not isinstance(row, Note)]
    return good, errors, [str(row) for row in found if isinstance(row, Note)]
