"""Rows of text files: heading, encodings, delimiters, and what is passed over."""

from __future__ import annotations

import codecs

import pytest

from tables.support import COLUMNS, mapping, read, table

HEAD = "Datum;Ort;Termin;Firmen\n"
ROW = "12.10.2016;Köln;Gespräch;Erfunden GmbH\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_titles(delimiter: str) -> None:
    text = "Ein Titel, der länger ist; und noch einer\n" + (HEAD + ROW).replace(";", delimiter)
    found, errors, _ = read(table(text))
    assert not errors
    assert [cell.text for cell in found[0].cells] == ["12.10.2016", "Köln", "Gespräch", "Erfunden GmbH"]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ((HEAD + ROW).encode(), None),
        (codecs.BOM_UTF8 + (HEAD + ROW).encode(), None),
        ((HEAD + ROW).encode("utf-16"), "UTF-16"),
        ((HEAD + ROW).encode("utf-16-le"), "UTF-16-LE"),
        ((HEAD + ROW).encode("cp1252"), "Windows-1252"),
        ((HEAD + ROW).replace("\n", "\r\n").encode(), None),
        ((HEAD + ROW).replace("\n", "\r").encode(), None),
    ],
)
def test_encodings_are_found_and_told(data: bytes, note: str | None) -> None:
    found, errors, notes = read(table(data))
    assert not errors
    assert found[0].cells[1].text == "Köln"
    assert found[0].number == 2
    assert (note in notes[0]) if note else not notes


def test_a_row_is_numbered_by_the_line_where_it_begins() -> None:
    text = HEAD + '12.10.2016;Köln;"Gespräch\nüber zwei Zeilen";A\n' + ROW
    found, _, _ = read(table(text))
    assert [row.number for row in found] == [2, 4]
    assert found[0].cells[2].text == "Gespräch über zwei Zeilen"


def test_the_heading_may_stand_below_other_lines() -> None:
    found, errors, _ = read(table("Termine 2016;;;\n;;;\n" + HEAD + ROW + HEAD + ROW))
    assert not errors
    assert found[0].caption == ("Termine 2016",)
    assert [row.number for row in found] == [4, 6]  # a heading that is repeated is no row


def test_cells_are_filled_down_and_say_so() -> None:
    columns = [{**COLUMNS[0], "fillDown": True}, {**COLUMNS[1], "fillDown": True}, *COLUMNS[2:4]]
    text = HEAD + ROW + ";;;Zweite AG\n13.10.2016;;;Dritte AG\n"
    found, errors, _ = read(table(text), mapping(columns))
    assert not errors
    assert (found[1].cells[0].text, found[1].cells[0].carried) == ("12.10.2016", 2)
    assert found[2].cells[1].text == ""  # the place belonged to the other day


def test_nil_returns_and_remarks_are_passed_over_with_a_note() -> None:
    text = HEAD + "Nil return;;;\n;;Fehlanzeige;\nZweites Quartal;;;\n;;;\n" + ROW
    found, errors, notes = read(table(text))
    assert not errors
    assert len(found) == 1
    assert ["nil return" in note for note in notes] == [True, True, False]
    assert "t.csv:4: holds only 'Zweites Quartal'" in notes[2]


def test_a_row_with_too_many_cells_does_not_stop_the_others() -> None:
    found, errors, _ = read(table(HEAD + "12.10.2016;Köln;A; B;C\n" + ROW))
    assert len(found) == 1
    assert errors == [
        "t.csv:2: has 5 cells below 4 titles; a cell with the delimiter in it needs quotation marks",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b";;;\n;;;\n", "is empty"),
        (b"Datum;Firmen\n1.1.2016;A\n", "has no column 'Ort'; its heading has 'Datum', 'Firmen'"),
        (b"Datum;Datum;Ort\n", "column 'Datum': stands twice"),
        (b";".join(b"c%d" % number for number in range(1000)) + b"\n", "more than 256 columns"),
        (b"Datum;Ort\n" + b";" * 900 + b"x\n", "more than 256 columns"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" * 50, "binary"),
        (b"%PDF-1.4 Datum;Ort", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old workbook"),
        (b"PK\x03\x04rest", "no XLSX workbook"),
        ("Datum;Ort\nÄ \x81".encode("latin-1"), "neither UTF-8 nor Windows-1252"),
        (b'Datum;Ort\n1.1.2016;"A GmbH\n2.1.2016;B AG\n', "t.csv:2: opens a quotation mark that is never closed"),
        (b'Datum;Ort\n1.1.2016;"' + b"x\n" * 9_000, "quotation mark that is never closed"),
        (b'Datum;Ort\n1.1.2016;"' + b"x\n" * 90_000, "quotation mark may not be closed"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(data: bytes, told: str) -> None:
    found, errors, _ = read(table(data))
    assert not found
    assert len(errors) == 1
    assert told in errors[0]
    assert errors[0].startswith("t.csv")
    assert "\n" not in errors[0]


def test_an_encoding_that_the_mapping_names() -> None:
    data = (HEAD + ROW).encode("cp850")
    found, _, notes = read(table(data), mapping(dialect={"encoding": "cp850"}))
    assert found[0].cells[1].text == "Köln"
    assert not notes
    _, errors, _ = read(table(data), mapping(dialect={"encoding": "klingon"}))
    assert "'klingon'" in errors[0]


def test_rows_to_skip() -> None:
    found, _, _ = read(table("Datum;Ort;alt;\n" + HEAD + ROW), mapping(dialect={"skipRows": 1, "delimiter": ";"}))
    assert found[0].number == 3


def test_a_table_without_rows_says_so() -> None:
    found, errors, notes = read(table(HEAD))
    assert (found, errors) == ([], [])
    assert "has no rows below its heading" in notes[0]


def test_a_quotation_mark_that_is_not_closed_loses_no_row_before_it() -> None:
    found, errors, _ = read(table("sep=;\n" + HEAD + ROW + '13.10.2016;Köln;"Gespräch;A\n' + ROW))
    assert [row.number for row in found] == [3]
    assert found[0].caption == ()
    assert errors == ["t.csv:4: opens a quotation mark that is never closed; close it"]
    closed, errors, _ = read(table(HEAD + '12.10.2016;Köln;Gespräch;"A GmbH"'))
    assert (len(closed), errors) == (1, [])
