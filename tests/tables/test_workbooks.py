"""XLSX workbooks: dates, merged cells, formulas, sheets, and what attacks look like."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest

from etappe.model import Source
from tables.support import COLUMNS, mapping, read, workbook

HEAD: list[Any] = ["Datum", "Ort", "Termin", "Firmen"]
ROW: list[Any] = [datetime(2016, 10, 12), "Köln", "Gespräch", "Erfunden GmbH"]


def test_values_and_numbers_of_rows() -> None:
    found, errors, notes = read(workbook([["Termine 2016"], [], HEAD, ROW, [], [42656, "Bonn", None, 12.5]]))
    assert not errors + notes
    assert [(row.file, row.number) for row in found] == [("t.xlsx!Blatt 1", 4), ("t.xlsx!Blatt 1", 6)]
    assert found[0].cells[0].value.day == date(2016, 10, 12)
    assert found[1].cells[3].text == "12.5"
    assert found[0].caption == ("Termine 2016",)


def test_a_date_that_shows_only_its_month_is_a_month() -> None:
    found, errors, _ = read(
        workbook([HEAD, [datetime(2012, 10, 1), "Köln"], ROW], formats={"A2": "mmm-yy", "A3": 'ddd" den "dd/mm/yyyy'})
    )
    assert not errors
    assert [row.cells[0].value.month for row in found] == [True, False]
    assert found[0].cells[0].text == "2012-10"


def test_a_date_without_a_year_is_not_guessed() -> None:
    _, errors, _ = read(workbook([HEAD, ROW], formats={"A2": "d-mmm"}))
    assert errors == [
        "t.xlsx!Blatt 1:2: column 'Datum': shows no year (as 'd-mmm'), so that 2016-10-12 may be a guess; show it"
    ]


def test_merged_cells_are_filled_downwards_and_told() -> None:
    lines = [HEAD, ROW, [None, None, "Zweites", None], [datetime(2016, 10, 13), "Bonn", "Drittes", None]]
    found, errors, notes = read(workbook(lines, merge=("A2:A3", "B2:B3")))
    assert not errors
    assert "has merged cells (2)" in notes[0]
    assert [row.cells[1].text for row in found] == ["Köln", "Köln", "Bonn"]
    assert found[1].cells[0].value.day == date(2016, 10, 12)


def test_a_heading_across_the_columns_is_no_row() -> None:
    found, _, notes = read(workbook([HEAD, ["Nur erfunden", None, None, None], ROW], merge=("A2:D2",)))
    assert len(found) == 1
    assert "holds only 'Nur erfunden'" in notes[-1]


def test_a_formula_without_a_value_is_told_and_the_next_row_read() -> None:
    found, errors, _ = read(workbook([HEAD, ["=TODAY()", "Köln"], ROW]))
    assert len(found) == 1
    assert errors == [
        "t.xlsx!Blatt 1:2: column 'Datum': holds a formula without a value; open the file in a spreadsheet program and "
        "save it again"
    ]


def test_an_error_in_a_cell() -> None:
    _, errors, _ = read(workbook([HEAD, [datetime(2016, 1, 1), "#REF!"]]))
    assert "column 'Ort': holds the error #REF!" in errors[0]


def test_several_sheets() -> None:
    book = workbook([HEAD, ROW], [], [["Etwas", "anderes"]], [HEAD, ROW])
    found, errors, notes = read(book)
    assert not errors
    assert [row.file for row in found] == ["t.xlsx!Blatt 1", "t.xlsx!Blatt 4"]
    assert "t.xlsx!Blatt 2: was passed over: is empty" in notes[0]
    assert "t.xlsx!Blatt 3: was passed over: has no column 'Datum'" in notes[1]
    found, errors, notes = read(book, mapping(sheet="Blatt 4"))
    assert len(found) == 1
    assert not errors + notes
    _, errors, _ = read(book, mapping(sheet="Blatt 2"))
    assert "Blatt 2: is empty" in errors[0]
    _, errors, _ = read(book, mapping(sheet="Anhang"))
    assert errors == ["t.xlsx: has no sheet 'Anhang'; its sheets are 'Blatt 1', 'Blatt 2', 'Blatt 3', 'Blatt 4'"]


def test_an_empty_workbook() -> None:
    found, errors, _ = read(workbook([]))
    assert not found
    assert errors == ["t.xlsx!Blatt 1: is empty; a table begins with the titles of its columns"]


def test_a_thousand_columns() -> None:
    _, errors, _ = read(workbook([[f"c{number}" for number in range(1000)]]))
    assert "more than 256 columns" in errors[0]


def _with_part(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Source:
    held = io.BytesIO(workbook([HEAD, ROW]).data)
    with zipfile.ZipFile(held, "a", method) as archive:
        archive.writestr(name, content)
    return Source("t.xlsx", "x", held.getvalue())


def _damaged(data: bytes) -> bytes:
    at = data.index(b"xl/worksheets/sheet1.xml") + 40
    return data[:at] + bytes(200) + data[at + 200 :]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (lambda: _with_part("xl/media/a.xml", bytes(40 * 2**20)), "far more than a list holds"),
        (lambda: _with_part("xl/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "declares a document type"),
        (lambda: Source("t.xlsx", "x", _damaged(workbook([HEAD, ROW]).data)), "cannot be read as a workbook"),
        (lambda: Source("t.xlsx", "x", workbook([HEAD, ROW]).data[:-300]), "no XLSX workbook"),
    ],
)
def test_a_dangerous_or_damaged_workbook(source: Any, told: str) -> None:
    found, errors, _ = read(source())
    assert not found
    assert len(errors) == 1
    assert told in errors[0]


def test_a_cell_in_the_last_row_does_not_last() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([HEAD, ROW]).data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b'<row r="2"', b'<row r="999999999"').replace(b'r="A2"', b'r="A999999999"')
            new.writestr(name, data)
    found, errors, _ = read(Source("t.xlsx", "x", held.getvalue()))
    assert not found
    assert errors


def test_columns_by_other_titles() -> None:
    columns = [{**COLUMNS[0], "titles": ["Tag", "datum "]}, COLUMNS[1]]
    found, errors, _ = read(workbook([["DATUM", "Ort:"], ROW[:2]]), mapping(columns))
    assert not errors
    assert len(found) == 1
