"""Which engine decides, and that a failure is never a verdict."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import RdfFormat

from etappe.errors import EngineError
from etappe.validation import engine, pyshacl_engine
from etappe.validation.graph import validation_graph
from etappe.validation.reports import validate
from etappe.validation.shacl import Shapes, parse_graph, read_report
from etappe.validation.shapes import shapes_graph
from validation.support import Case, outcome_of, registry_with, report_of

SHAPE = b"""
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX ex: <urn:ex:>
ex:shape a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:part .
ex:part a sh:PropertyShape ; sh:path ex:p ; sh:nodeKind sh:IRI ; sh:severity sh:Info .
ex:other a sh:NodeShape ; sh:targetSubjectsOf ex:r ; sh:sparql ex:query .
ex:query a sh:SPARQLConstraint ; sh:select "SELECT $this { { $this <urn:ex:r> ?any } }" .
"""


def test_our_shapes_are_checked_by_the_compiled_engine() -> None:
    assert isinstance(engine.compiled(shapes_graph()), Shapes)
    assert outcome_of(Case("good")).engine == engine.NAME


def test_other_shapes_are_left_to_pyshacl_as_a_whole() -> None:
    report, name = engine.check(parse_graph(b"<urn:ex:a> <urn:ex:p> 7 ; <urn:ex:r> 8 ."), SHAPE)
    assert name == pyshacl_engine.NAME
    assert {result.constraint.shape.value for result in report.results} == {"urn:ex:part", "urn:ex:other"}


@pytest.mark.parametrize("error", [RuntimeError("boom\nsecond line"), RecursionError(), TypeError("x < y")])
def test_whatever_the_engine_raises_is_no_verdict(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Shapes, "validate", fail)
    with pytest.raises(EngineError) as caught:
        validate(report_of(Case("good")), registry_with(()))
    assert caught.value.__cause__ is error
    assert "second line" not in str(caught.value)
    assert str(caught.value).endswith(("boom", "RecursionError", "x < y"))


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


def test_pyshacl_imports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    data = b"<urn:ex:o> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://example.org/x> ."
    texts = [parse_graph(text).to_bytes(RdfFormat.N_TRIPLES) for text in (data, SHAPE + data)]
    report = read_report(parse_graph(pyshacl_engine.run(*texts), RdfFormat.N_TRIPLES))
    assert report.conforms


def test_threads_get_the_same_verdict() -> None:
    case = Case("friday", edit=(("    weekday: monday", "    weekday: friday"),))

    def codes(_: int) -> tuple[str, ...]:
        graph = validation_graph(report_of(case), registry_with(()))
        report, _name = engine.check(graph, shapes_graph())
        return tuple(result.constraint.shape.value for result in report.results)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(codes, range(12))) == {("https://w3id.org/etappe/shapes#C15",)}


def test_validation_loads_neither_rdflib_nor_rich() -> None:
    code = (
        "import sys; from validation.support import Case, outcome_of; from etappe.validation import formats; "
        "assert outcome_of(Case('bad', drop=('<report/probe> dcterms:title',))).findings; "
        "print([name for name in ('rdflib', 'pyshacl', 'rich', 'typer') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert output.stdout.strip() == "[]"
