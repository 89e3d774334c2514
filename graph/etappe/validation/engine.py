"""Which engine decides: the compiled one, or pySHACL for shapes that the compiled one does not prove it handles.

A graph that is large, and every graph that pySHACL checks, is checked in a process of its own, which is killed after a
deadline.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import RdfFormat

from etappe import __version__
from etappe.errors import EngineError
from etappe.validation.shacl import (
    Graph,
    NotHandled,
    Shapes,
    ValidationReport,
    compile_shapes,
    parse_graph,
    read_report,
)

NAME = f"Etappe {__version__}"
#: Seconds that one graph may take in a process of its own.
DEADLINE = 60.0
#: Triples from which on a graph is checked in a process of its own.
LARGE = 10_000


@lru_cache(maxsize=8)
def compiled(shapes: bytes) -> Shapes | NotHandled:
    """The compiled shapes, or why they are left to pySHACL."""
    try:
        return compile_shapes(shapes)
    except NotHandled as reason:
        return reason


def check(graph: Graph, shapes: bytes, *, deadline: float = DEADLINE) -> tuple[ValidationReport, str]:
    """Validate a graph.

    Args:
        shapes: the shapes graph as Turtle.
        deadline: seconds.

    Returns:
        the report, and the name of the engine that made it.

    Raises:
        SyntaxError: the shapes are no Turtle.
        EngineError: the engine gave up, for whatever reason; nothing is known about the data.
    """
    ours = compiled(shapes)
    if isinstance(ours, NotHandled):
        return _in_process("pyshacl", graph, shapes, deadline)
    if len(graph) >= LARGE:
        return _in_process("compiled", graph, shapes, deadline)
    try:
        return ours.validate(graph), NAME
    except Exception as error:  # whatever went wrong, it must never look like "conforms"
        raise EngineError(f"the report was not checked, because {NAME} failed: {reason(error)}") from error


def _in_process(engine: str, graph: Graph, shapes: bytes, deadline: float) -> tuple[ValidationReport, str]:
    from etappe.validation.process import ask

    text = parse_graph(shapes).to_bytes(RdfFormat.N_TRIPLES)
    name, report = ask(engine, graph.to_bytes(RdfFormat.N_TRIPLES), text, deadline)
    try:
        return read_report(parse_graph(report, RdfFormat.N_TRIPLES)), name
    except (NotHandled, SyntaxError) as error:
        raise EngineError(f"the report was not checked, because {name} answered {error}") from error


def reason(error: BaseException) -> str:
    """The first line of what an error says, or what it is called."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
