"""pySHACL, the reference engine, for what the compiled one leaves to it. This module alone knows pySHACL and rdflib.

It gets graphs that are read here, literals as they are written: pySHACL 0.40.1 would open a text that looks like an
address or a path, and given a ``pyoxigraph.Store`` it compares plain strings wrongly. Shapes are parsed once, and their
SPARQL is prepared once instead of for every focus node. Nothing is imported or fetched.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import pyshacl
import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

NAME = f"pySHACL {pyshacl.__version__}"

_ADVANCED = tuple(URIRef(f"{SH}{name}") for name in ("target", "rule", "expression", "values"))
_QUERIES = tuple(URIRef(f"{SH}{name}") for name in ("select", "ask", "construct", "update"))
_SCRIPTS = tuple(URIRef(f"{SH}{name}") for name in ("js", "jsFunctionName", "jsLibrary"))

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


def run(data: bytes, shapes: bytes) -> bytes:
    """Validate one graph. Not safe in threads: pySHACL keeps state in its shapes. Raises whatever pySHACL raises.

    Args:
        data, shapes: N-Triples.

    Returns:
        the validation report as N-Triples.
    """
    parsed = _shapes(shapes)
    advanced = any((None, predicate, None) in parsed.graph for predicate in _ADVANCED)
    options = {"inplace": True, "advanced": advanced, "inference": "none", "use_js": False, "logger": _log}
    graph = _loaded(data, _PreparingGraph(bind_namespaces="none"))
    validator = Validator(DataGraph.from_rdflib(graph), shacl_graph=parsed.graph, options=options)
    validator.shacl_graph = parsed
    conforms, report, _ = validator.run()  # type: ignore[no-untyped-call]
    if bool(conforms) == ((None, SH.result, None) in report):
        raise RuntimeError("its verdict and its results contradict each other")
    written: bytes = report.serialize(format="nt", encoding="utf-8")
    return written


@lru_cache(maxsize=4)
def _shapes(text: bytes) -> ShapesGraph:
    graph = _loaded(text, Graph())
    if any((None, predicate, None) in graph for predicate in _SCRIPTS):
        raise ValueError("the shapes use SHACL-JS, which is not run here")
    if (None, URIRef(f"{SH}entailment"), None) in graph:
        raise ValueError("the shapes ask for an entailment regime (sh:entailment), which nobody does here")
    for predicate in _QUERIES:
        if any("service" in str(query).lower() for query in graph.objects(None, predicate)):
            raise ValueError("the shapes use SERVICE, which could fetch from anywhere")
    parsed = ShapesGraph(graph, False, _log)
    assert parsed.shapes is not None  # reading the property parses the shapes
    return parsed


def _loaded(text: bytes, graph: Graph) -> Graph:
    normalize = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        return graph.parse(data=text, format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
