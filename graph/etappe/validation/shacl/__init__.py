"""SHACL: shapes compiled once, graphs checked many times.

A room of its own that knows nothing of reports. ``compile_shapes(turtle).validate(parse_graph(data))`` gives the
standard validation report. What it implements is the recommendation of 20 July 2017: Core whole, and those SPARQL-based
constraints that can be evaluated once for all focus nodes. Whatever it cannot prove it handles raises ``NotHandled``.
"""

from etappe.validation.shacl.graph import Graph, parse_graph
from etappe.validation.shacl.paths import Path, path_at
from etappe.validation.shacl.report import Constraint, Result, ValidationReport, read_report
from etappe.validation.shacl.shapes import Shapes, compile_shapes
from etappe.validation.shacl.support import NotHandled

__all__ = [
    "Constraint",
    "Graph",
    "NotHandled",
    "Path",
    "Result",
    "Shapes",
    "ValidationReport",
    "compile_shapes",
    "parse_graph",
    "path_at",
    "read_report",
]
