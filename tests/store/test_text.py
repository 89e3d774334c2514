from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from etappe.errors import QueryError
from etappe.store.text import changing, form_of, refuse_hostile, unquoted, with_dataset


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


CALL = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {CALL} }}",
        f"SELECT * {{ ?s ?p 1{CALL} }}",
        f"SELECT * {{ ?s ?p true{CALL} }}",
        f"SELECT * {{ # a comment ends with its line, also with this one\r{CALL}\n }}",
        f"PREFIX e: <http://e/> SELECT * {{ e:\\' e:p 1 . {CALL} e:\\' e:p 1 }}",
        f'SELECT * {{ VALUES ?x {{ """a" }} {CALL} }}',
        "PREFIX : <http://e/> SELECT * { SERVICE:x { ?a ?b ?c } }",
        "PREFIX SERVICE: <http://e/> PREFIX : <http://e/> SELECT * { SERVICE:x { ?a ?b ?c } }",
        "PREFIX : <http://e/> LOAD:x",
        "LOAD SILENT <http://e/>",
    ],
)
def test_calls_are_found_however_they_are_written(query: str) -> None:
    with pytest.raises(QueryError, match="may call other servers"):
        refuse_hostile(query)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <http://e/> SELECT * { GRAPH service:x { ?service service:load ?o } } # SERVICE",
        "SELECT ?load { ?x <http://SERVICE> 'LOAD' . ?x ?y 'x'@service }",
        "PREFIX e: <http://e/> SELECT * { e:load e:service _:load }",
    ],
)
def test_words_that_call_nobody_are_allowed(query: str) -> None:
    refuse_hostile(query)


def test_a_string_without_an_end_hides_nothing() -> None:
    assert unquoted("ASK { 'a' '''b SERVICE") == "ASK {     '''b SERVICE"


G, N = NamedNode("http://e/g"), NamedNode("http://e/n")


@pytest.mark.parametrize(
    ("update", "then"),
    [
        ("INSERT DATA { <a:b> <a:c> 'WHERE' }", "INSERT DATA { <a:b> <a:c> 'WHERE' }"),
        (
            "INSERT { ?s ?p 1 } WHERE { ?s ?p '}' }",
            f"INSERT {{ ?s ?p 1 }}  USING {G} USING NAMED {N} WHERE {{ ?s ?p '}}' }}",
        ),
        (
            "DELETE WHERE { GRAPH ?g { ?s ?p ?o } } ; CLEAR ALL",
            f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }}  USING {G} USING NAMED {N} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} "
            "; CLEAR ALL",
        ),
        ("PREFIX where: <a:> CLEAR GRAPH where:x", "PREFIX where: <a:> CLEAR GRAPH where:x"),
    ],
)
def test_the_dataset_of_the_protocol_stands_in_each_operation(update: str, then: str) -> None:
    assert with_dataset(update, [G], [N]) == then
    assert with_dataset(update, [], []) == update


@pytest.mark.parametrize("clause", ["USING <a:g>", "USING NAMED <a:g>"])
def test_an_update_with_two_datasets_is_refused(clause: str) -> None:
    for update in (
        f"DELETE {{ ?s ?p ?o }} {clause} WHERE {{ ?s ?p ?o }}",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ):
        with pytest.raises(QueryError, match="USING or WITH"):
            with_dataset(update, [], [N])


def test_questions_of_the_moment() -> None:
    assert changing("SELECT (now() AS ?x) {}")
    assert not changing("SELECT ('NOW()' AS ?x) { ?now ?p ?o }")
