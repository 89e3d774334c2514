"""What a reader answers, asked in this process: the same code runs in a process of its own in test_readers.py."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from etappe.messages import receive, send
from etappe.store.oxigraph import OxigraphStore
from etappe.store.reading import Snapshot, serve

P, G = NamedNode("a:p"), NamedNode("a:g")
JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    with OxigraphStore(tmp_path / "store") as store:
        store.fill([Quad(NamedNode(f"a:{n}"), P, Literal(f"{n}\n"), G) for n in range(5)])
    return tmp_path / "store"


def asked(path: Path, *queries: tuple[str, str], **limits: Any) -> list[list[bytes]]:
    """The answers to queries that come one after the other, each with the form that is wanted."""
    questions, answers = io.BytesIO(), io.BytesIO()
    for sparql, media_type in queries:
        details = {
            "path": str(path),
            "media_type": media_type,
            "default_graphs": [],
            "named_graphs": [],
            "base": None,
            "max_bytes": 10_000,
            "max_rows": 100,
            **limits,
        }
        send(questions, json.dumps(details).encode(), sparql.encode())
    questions.seek(0)
    serve(questions, answers, Snapshot())
    answers.seek(0)
    return [receive(answers) for _ in queries]


def test_each_form_of_query_has_its_forms_of_answer(generation: Path) -> None:
    table, yes, graph, lines = asked(
        generation,
        ("SELECT ?s ?o { ?s <a:p> ?o }", CSV),
        ("ASK { <a:1> ?p ?o }", JSON),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", TURTLE),
        ("DESCRIBE <a:1>", "application/n-triples"),
    )
    assert table[0] == yes[0] == graph[0] == lines[0] == b"done"
    assert len(list(csv.reader(io.StringIO(table[1].decode(), newline="")))) == 6
    assert json.loads(yes[1])["boolean"] is True
    assert len(list(parse(graph[1], format=RdfFormat.TURTLE))) == 5
    assert len(list(parse(lines[1], format=RdfFormat.N_TRIPLES))) == 1


def test_the_dataset_of_the_protocol_is_used(generation: Path) -> None:
    query = ("SELECT ?s { ?s ?p ?o }", JSON)
    ((_, whole),) = asked(generation, query)
    ((_, none),) = asked(generation, query, default_graphs=["a:other"])
    ((_, named),) = asked(generation, ("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", JSON), named_graphs=["a:g"])
    assert [len(json.loads(body)["results"]["bindings"]) for body in (whole, none, named)] == [5, 0, 5]


@pytest.mark.parametrize(
    ("sparql", "media_type", "limits", "status", "words"),
    [
        ("SELECT ?s { ?s ?p ?o }", CSV, {"max_rows": 3}, b"large", "more rows"),
        ("SELECT ?s { ?s ?p ?o }", JSON, {"max_bytes": 50}, b"large", "more bytes"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples", {"max_rows": 3}, b"large", "more rows"),
        ("SELECT ?s {", JSON, {}, b"query", "cannot be parsed"),
        ("SELECT ?s { ?s ?p ?o }", TURTLE, {}, b"query", "cannot carry the answer to a SELECT"),
        ("DESCRIBE <a:1>", CSV, {}, b"query", "cannot carry the answer to a CONSTRUCT"),
        ("INSERT DATA {", "", {"update": True}, b"query", "cannot be parsed"),
    ],
)
def test_what_cannot_be_answered_is_told_and_the_next_one_is_answered(
    generation: Path, sparql: str, media_type: str, limits: dict[str, Any], status: bytes, words: str
) -> None:
    told, ((_, body),) = asked(generation, (sparql, media_type), **limits)[0], asked(generation, ("ASK {}", JSON))
    assert told[0] == status
    assert words in told[1].decode()
    assert json.loads(body)["boolean"] is True


def test_an_update_that_parses_changes_nothing(generation: Path) -> None:
    assert asked(generation, ("INSERT DATA { <a:x> <a:p> 1 }", ""), update=True) == [[b"done", b""]]
    ((_, body),) = asked(generation, ("ASK { <a:x> ?p ?o }", JSON))
    assert json.loads(body)["boolean"] is False


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    ((status, text),) = asked(tmp_path / "none", ("ASK {}", JSON))
    assert (status, text.decode().split(":")[0]) == (b"store", "the store cannot be read")
