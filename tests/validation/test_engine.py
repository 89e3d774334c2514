"""The reference engine: it answers, or says that it could not. It never says "conforms" by accident."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from etappe.errors import EngineError
from etappe.namespaces import XSD
from etappe.validation import pyshacl_engine as engine
from etappe.validation import validate
from etappe.validation.graph import as_turtle, validation_graph
from etappe.validation.shapes import shapes_graph
from validation.support import Case, outcome_of, registry_with, report_of

SHAPE = b"""
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX ex: <urn:ex:>
ex:shape a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:part .
ex:part a sh:PropertyShape ; sh:path ex:p ; sh:nodeKind sh:IRI ; sh:severity sh:Info .
ex:long a sh:PropertyShape ; sh:targetSubjectsOf ex:q ; sh:path ( ex:q ex:q ) ; sh:minCount 1 .
ex:other a sh:NodeShape ; sh:targetSubjectsOf ex:r ; sh:sparql ex:query .
ex:query a sh:SPARQLConstraint ; sh:select "SELECT $this { $this <urn:ex:r> ?any }" .
"""


def test_results_carry_the_terms_of_the_data() -> None:
    data = b"PREFIX ex: <urn:ex:> ex:a ex:p 'text', 'Wort'@de, 7, _:b . ex:b ex:q ex:c . ex:c ex:r 1 ."
    results = engine.run(data, SHAPE)
    parts = [result for result in results if result.shape == "urn:ex:part"]
    assert {result.value for result in parts if not isinstance(result.value, BlankNode)} == {
        Literal("text"),
        Literal("Wort", language="de"),
        Literal("7", datatype=XSD.integer),
    }
    assert len(parts) == 4
    assert {(result.focus, result.path) for result in parts} == {(NamedNode("urn:ex:a"), "urn:ex:p")}
    assert {result.severity.rpartition("#")[2] for result in parts} == {"Info"}
    (long,) = [result for result in results if result.shape == "urn:ex:long"]
    assert (long.path, long.value) == (None, None)
    (other,) = [result for result in results if result.shape == "urn:ex:other"]
    assert other.constraint == "urn:ex:query"
    assert other.component.endswith("SPARQLConstraintComponent")


def test_nothing_to_say_is_an_empty_list() -> None:
    assert engine.run(b"<urn:ex:a> <urn:ex:p> <urn:ex:b> .", SHAPE) == []
    assert engine.run(b"", shapes_graph()) == []


def test_broken_data_is_no_verdict() -> None:
    with pytest.raises(EngineError, match="was not checked"):
        engine.run(b"this is no Turtle", SHAPE)


def test_broken_shapes_are_no_verdict() -> None:
    broken = SHAPE.replace(b"?any }", b"?any ")
    with pytest.raises(EngineError, match="pySHACL"):
        engine.run(b"<urn:ex:c> <urn:ex:r> 1 .", broken)


@pytest.mark.parametrize("error", [RuntimeError("boom\nsecond line"), RecursionError(), TypeError("x < y")])
def test_whatever_the_engine_raises_is_no_verdict(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(self: Any) -> None:
        raise error

    monkeypatch.setattr(engine.Validator, "run", fail)
    with pytest.raises(EngineError) as caught:
        validate(report_of(Case("good")), registry_with(()))
    assert caught.value.__cause__ is error
    assert "second line" not in str(caught.value)
    assert str(caught.value).endswith(("boom", "RecursionError", "x < y"))


@pytest.mark.parametrize("verdict", [True, False])
def test_a_verdict_that_contradicts_its_results_is_no_verdict(monkeypatch: pytest.MonkeyPatch, verdict: bool) -> None:
    run = engine.Validator.run

    def contradict(self: Any) -> tuple[bool, Any, str]:
        _, results, text = run(self)
        return verdict, results, text

    monkeypatch.setattr(engine.Validator, "run", contradict)
    data = b"<urn:ex:a> <urn:ex:p> 7 ." if verdict else b""
    with pytest.raises(EngineError, match="contradict"):
        engine.run(data, SHAPE)


STRANGE = (
    '"NaN"^^xsd:double',
    '"2018-02-30"^^xsd:date',
    '"-0001-01-01"^^xsd:date',
    '"P1Y"^^xsd:duration',
    '"x"@de',
    "true",
    '"2018-05-14T00:00:00Z"^^xsd:dateTime',
    '"99999999999999999999"^^xsd:integer',
    '"b"^^<urn:x>',
    "<urn:x>",
)


@pytest.mark.parametrize("value", STRANGE)
def test_strange_values_anywhere_are_findings_but_never_a_failure(value: str) -> None:
    """Each property of the good report also gets a value of a wrong kind."""
    pairs = sorted({(str(t.subject), str(t.predicate)) for t in report_of(Case("good")).triples})
    outcome = outcome_of(
        Case("strange", add=" ".join(f"{subject} {predicate} {value} ." for subject, predicate in pairs))
    )
    assert {"C06", "C20"} & {finding.code for finding in outcome.findings}


def test_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    data = b"<urn:ex:o> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://example.org/x> ."
    assert engine.run(data, SHAPE + data) == []


def test_threads_get_the_same_verdict() -> None:
    case = Case("friday", edit=(("weekday: monday", "weekday: friday"),))
    data = as_turtle(validation_graph(report_of(case), registry_with(())))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [result.shape for result in engine.run(data, shapes_graph())], range(6)))
    assert {tuple(shapes) for shapes in found} == {("https://w3id.org/etappe/shapes#C15",)}


def test_rdflib_is_loaded_only_when_something_is_validated() -> None:
    code = "import sys, etappe.validation, etappe.validation.serialise; print('rdflib' in sys.modules, 'rich' in sys.modules)"
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment()
    )
    assert output.stdout.split() == ["False", "False"]


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
