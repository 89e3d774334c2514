"""pySHACL, the reference engine. This module alone knows rdflib; it is only imported when something is validated.

Data comes as Turtle text: given a ``pyoxigraph.Store``, pySHACL 0.40.1 compares plain strings wrongly. The shapes are
parsed once, and their SPARQL is prepared once instead of for every focus node. Nothing is imported, fetched, inferred.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from etappe.errors import EngineError
from etappe.model import Term
from etappe.validation.findings import Result

NAME = f"pySHACL {pyshacl.__version__}"

_ONE_AT_A_TIME = Lock()  # pySHACL keeps state in its shapes while it validates
_log = logging.getLogger(__name__)
_log.setLevel(logging.ERROR)
# rdflib logs ill-typed literals with a traceback; findings say it better. Handlers of the application hear it.
logging.getLogger("rdflib").addHandler(logging.NullHandler())


class _PreparingGraph(Graph):
    """A graph that parses each query text once."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Any:
    return prepareQuery(text)


@cache
def _shapes(shapes: bytes) -> ShapesGraph:
    parsed = ShapesGraph(Graph().parse(data=shapes, format="turtle"), False, _log)
    assert parsed.shapes is not None  # reading the property parses the shapes
    return parsed


def run(data: bytes, shapes: bytes) -> list[Result]:
    """Validate one graph.

    Args:
        data: the graph as Turtle.
        shapes: the shapes graph as Turtle.

    Raises:
        EngineError: the engine gave up, for whatever reason; nothing is known about the data.
    """
    try:
        with _ONE_AT_A_TIME:
            return _validate(data, shapes)
    except Exception as error:  # whatever went wrong, it must never look like "conforms"
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise EngineError(f"the report was not checked, because {NAME} failed: {reason}") from error


def _validate(data: bytes, shapes: bytes) -> list[Result]:
    parsed = _shapes(shapes)
    graph = _PreparingGraph(bind_namespaces="none").parse(data=data, format="turtle")
    options = {"inplace": True, "advanced": False, "inference": "none", "use_js": False, "logger": _log}
    validator = Validator(DataGraph.from_rdflib(graph), shacl_graph=parsed.graph, options=options)
    validator.shacl_graph = parsed
    conforms, outcome, _ = validator.run()  # type: ignore[no-untyped-call]
    results = [_result(outcome, node) for node in outcome.objects(None, SH.result)]
    if bool(conforms) == bool(results):
        raise RuntimeError("its verdict and its results contradict each other")
    return results


def _result(outcome: Graph, node: Node) -> Result:
    facts = dict(outcome.predicate_objects(node))
    path, value, constraint = facts.get(SH.resultPath), facts.get(SH.value), facts.get(SH.sourceConstraint)
    return Result(
        focus=_term(facts[SH.focusNode]),
        path=str(path) if isinstance(path, URIRef) else None,
        value=_term(value) if value is not None else None,
        shape=str(facts[SH.sourceShape]),
        constraint=str(constraint) if isinstance(constraint, URIRef) else None,
        component=str(facts[SH.sourceConstraintComponent]),
        severity=str(facts[SH.resultSeverity]),
    )


def _term(node: Node) -> Term:
    if isinstance(node, RdflibLiteral):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(node.datatype)) if node.datatype else Literal(str(node))
    return BlankNode(str(node)) if isinstance(node, BNode) else NamedNode(str(node))
