"""pySHACL as fast as it gets with its verdicts untouched: shapes parsed once, and kept for every report."""

from __future__ import annotations

import logging
from collections.abc import Callable

from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import Graph

logging.disable(logging.CRITICAL)  # rdflib logs every ill-typed literal with a traceback
_log = logging.getLogger(__name__)


def prepare(shapes: bytes) -> Callable[[bytes], bytes]:
    parsed = ShapesGraph(Graph().parse(data=shapes, format="turtle"), False, _log)
    assert parsed.shapes is not None  # reading the property parses the shapes
    options = {"inplace": True, "advanced": False, "inference": "none", "use_js": False, "logger": _log}

    def check(text: bytes) -> bytes:
        data = DataGraph.from_rdflib(Graph(bind_namespaces="none").parse(data=text, format="nt"))
        validator = Validator(data, shacl_graph=parsed.graph, options=options)
        validator.shacl_graph = parsed
        _, outcome, _ = validator.run()
        return outcome.serialize(format="nt", encoding="utf-8")

    return check
