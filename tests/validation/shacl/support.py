"""Runs both engines on Turtle and makes their results comparable.

A row is what one result says: focus node, path in SPARQL, value, component, severity, source shape. Blank nodes are alike,
because every engine gives them names of its own; language tags are compared without regard to case.
"""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from unittest.mock import patch

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from etappe.namespaces import SH
from etappe.validation import pyshacl_engine
from etappe.validation.shacl import Graph, Result, compile_shapes, parse_graph, read_report
from etappe.validation.shacl.paths import Path
from etappe.validation.shacl.support import Term

Row = tuple[str | None, ...]
Rows = Counter[Row]

PREFIXES = """\
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX ex: <urn:ex:>
"""


#: rdflib warns, with tracebacks, about the odd literals that are meant to be odd.
_log = logging.getLogger("rdflib.term")


def turtle(text: str) -> bytes:
    """Turtle with the prefixes that every test may use."""
    return (PREFIXES + text).encode()


def graph(text: str, base: Graph | None = None) -> Graph:
    """A graph from such Turtle."""
    return Graph(parse_graph(turtle(text)).triples(), base)


def shown(term: Term | None) -> str | None:
    """A term for comparison."""
    if isinstance(term, BlankNode):
        return "_:"
    if isinstance(term, Literal) and term.language:
        return str(Literal(term.value, language=term.language.lower()))
    return None if term is None else str(term)


def row(
    focus: Term | None,
    path: Path | None,
    value: Term | None,
    component: Term | None,
    severity: Term | None,
    shape: Term,
) -> Row:
    source = str(shape) if isinstance(shape, NamedNode) else None
    return (shown(focus), path.sparql if path else None, shown(value), shown(component), shown(severity), source)


def rows(results: Iterable[Result]) -> Rows:
    """What results say, each as often as it is said."""
    return Counter(
        row(r.focus, r.path, r.value, r.constraint.component, r.constraint.severity, r.constraint.shape)
        for r in results
    )


def compiled(shapes: bytes, data: Graph) -> Rows:
    """What the compiled engine finds."""
    return rows(compile_shapes(shapes).validate(data).results)


def pyshacl(shapes: bytes, data: Graph) -> Rows:
    """What pySHACL finds, in this process."""
    with (
        warnings.catch_warnings(),
        patch.object(rdflib, "NORMALIZE_LITERALS", False),
        patch.object(_log, "disabled", True),
    ):
        warnings.simplefilter("ignore")
        report = pyshacl_engine.run(_as_written(data), _shapes_as_written(shapes))
    return rows(read_report(parse_graph(report, RdfFormat.N_TRIPLES)).results)


def _as_written(any_graph: Graph) -> bytes:
    """N-Triples, which are Turtle: a bare ``007`` rdflib reads as ``7``. It takes short texts without # for file names."""
    return b"# RDF\n" + any_graph.to_bytes(RdfFormat.N_TRIPLES)


@lru_cache(maxsize=4)
def _shapes_as_written(shapes: bytes) -> bytes:
    return _as_written(parse_graph(shapes))  # blank nodes get their names once, so that pySHACL can keep the shapes


def component_names(found: Rows) -> set[str]:
    """The names of the components that occur, such as ``LessThan``."""
    return {(row[3] or "").removeprefix(f"<{SH}").removesuffix("ConstraintComponent>") for row in found}


def only_in(left: Rows, right: Rows) -> str:
    """What one has and the other lacks, for the message of a failed test."""
    return "\n".join(f"  {count} × {row}" for row, count in (left - right).items()) or "  nothing"
