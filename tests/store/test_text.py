from __future__ import annotations

import pytest

from etappe.errors import QueryError
from etappe.store.text import form_of, refuse_hostile, unquoted


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("select * {}", "SELECT"),
        ("# ASK\nBASE <http://e/SELECT>\nPREFIX ask: <http://e/>\nCONSTRUCT { } WHERE { }", "CONSTRUCT"),
        ("PREFIX : <http://e/> ASK{}", "ASK"),
        ("  describe <http://e/>", "DESCRIBE"),
        ("nonsense", "SELECT"),
    ],
)
def test_the_form_of_a_query(query: str, form: str) -> None:
    assert form_of(query) == form


def test_quoted_text_is_blanked_and_offsets_stay() -> None:
    text = "ASK { ?s <http://e/> '{' } # {"
    assert len(unquoted(text)) == len(text)
    assert "{" not in unquoted(text)[5:]


def test_brackets_in_quotes_do_not_nest() -> None:
    refuse_hostile("ASK { FILTER(?x = '" + "(" * 1000 + "') }")
    with pytest.raises(QueryError, match="nested"):
        refuse_hostile("ASK { " + "{" * 1000)
