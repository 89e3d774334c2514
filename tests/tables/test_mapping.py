"""The mapping file: what is understood, and what is told of the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from etappe.errors import ReadingError
from etappe.model import Source
from etappe.tables import read_mapping
from tables.support import COLUMNS, SETTINGS, mapping


def test_columns_in_the_style_of_csv_on_the_web() -> None:
    found = mapping(
        [
            {
                "titles": {"de": ["Datum"], "en": "Date"},
                "datatype": {"base": "date", "format": "d/M/yyyy"},
                "propertyUrl": "https://w3id.org/etappe/table#date",
                "null": "-",
                "fillDown": True,
                "dc:description": "passed over",
            }
        ]
    )
    column = found.columns[0]
    assert (column.name, column.titles, column.meaning) == ("Datum", ("Datum", "Date"), "date")
    assert (column.formats, column.fill_down, column.nulls) == (("d/M/yyyy",), True, frozenset({"-"}))
    assert found.held
    assert found.roles["minister"] == "interlocutor"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tableschema": {}}, "did you mean 'tableSchema'"),
        ({"tableSchema": {}}, "needs 'columns'"),
        ({"tableSchema": {"columns": [{"titles": "Ort", "propertyUrl": "place"}]}}, "no column means 'date'"),
        ({"tableSchema": {"columns": [*COLUMNS, COLUMNS[0]]}}, "two columns are called 'date'"),
        ({"tableSchema": {"columns": [{"title": "Datum"}]}}, "did you mean 'titles'"),
        ({"tableSchema": {"columns": [{"titles": "Datum", "propertyUrl": "day"}]}}, "takes one of date"),
        ({"etappe": {**SETTINGS, "status": "maybe"}}, "one of held, scheduled"),
        ({"etappe": {key: value for key, value in SETTINGS.items() if key != "status"}}, "needs 'status'"),
        ({"etappe": {key: value for key, value in SETTINGS.items() if key != "publisher"}}, "needs 'publisher'"),
        ({"etappe": {**SETTINGS, "published": "20.12.2018"}}, "2018-12-20"),
        ({"etappe": {**SETTINGS, "recorded": {"by": "redaktion"}}}, "'by' of 'recorded'"),
        ({"etappe": {**SETTINGS, "roles": {"minister": "king"}}}, "not a role"),
        ({"etappe": {**SETTINGS, "id": "Liste 1"}}, "beginning of ids"),
        ({"etappe": {**SETTINGS, "url": "javascript:1"}}, "not a web address"),
        ({"dialect": {"delimiter": "ab"}}, "single character"),
        ({"dialect": {"skipRows": "two"}}, "number of rows"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(change: dict[str, Any], told: str) -> None:
    data = {"tableSchema": {"columns": COLUMNS}, "etappe": SETTINGS, **change}
    with pytest.raises(ReadingError, match=told) as caught:
        read_mapping(Source("m.json", "application/json", json.dumps(data).encode()))
    assert str(caught.value).startswith("m.json: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"{", "is not JSON"),
        (b"[]", "in braces"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b"[" * 100_000, "not a mapping|not JSON"),
        (b"\x00\x01", "binary"),
    ],
)
def test_no_mapping(text: bytes, told: str) -> None:
    with pytest.raises(ReadingError, match=told):
        read_mapping(Source("m.json", "application/json", text))
