"""Any RDF against any shapes: Etappe as a general SHACL validator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from etappe.errors import EngineError, Position, ReadingError, UnsafeInput
from etappe.model import Finding, Outcome, Profile, Severity, Source, Term
from etappe.namespaces import OWL, RDFS, SH, compact, compact_path
from etappe.reading.files import text_of
from etappe.validation import engine
from etappe.validation.findings import ordered
from etappe.validation.shacl import Graph, Result, ValidationReport

_SEVERITIES: dict[Term, Severity] = {SH.Info: Severity.INFO, SH.Warning: Severity.WARNING}
_TARGETS = tuple(SH[name] for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target"))


@dataclass(frozen=True)
class GraphFile:
    """A file and the RDF in it. Named graphs are taken together."""

    source: Source
    quads: tuple[Quad, ...]

    @property
    def base(self) -> str:
        """What relative IRIs in it are resolved against."""
        return _base(self.source)

    def blank_nodes(self) -> Mapping[Term, str]:
        """Its blank nodes as ``_:1``, ``_:2``, in the order in which they turn up."""
        names: dict[Term, str] = {}
        for quad in self.quads:
            for term in (quad.subject, quad.object):
                if isinstance(term, BlankNode) and term not in names:
                    names[term] = f"_:{len(names) + 1}"
        return names


def _base(source: Source) -> str:
    return "file:///" + quote(source.name.lstrip("/"), safe="/")


def read_graph(source: Source) -> GraphFile:
    """The RDF of a file.

    Raises:
        ReadingError: it is no RDF, with line and column.
        UnsafeInput: it would need something to be fetched.
    """
    form = RdfFormat.from_media_type(source.media_type)
    if form is None:
        raise ReadingError("is none of Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD", file=source.name)
    try:
        quads = parse(text_of(source).encode(), format=form, base_iri=_base(source), lenient=True)
        return GraphFile(source, tuple(quads))
    except SyntaxError as error:
        position = Position(error.lineno, error.offset or 1) if error.lineno else None
        message = re.sub("Parser error.*?: ", "", error.msg)
        raise ReadingError(f"is not {form.name}: {message}", file=source.name, position=position) from error
    except ValueError as error:
        raise UnsafeInput(str(error), file=source.name) from error


def read_shapes(sources: Sequence[Source]) -> bytes:
    """Shapes files together, as one graph in Turtle.

    Raises:
        ReadingError: one of them cannot be read.
        UnsafeInput: one imports an ontology that is not among them; nothing is ever fetched.
    """
    files = [read_graph(source) for source in sources]
    graph = Graph(quad for file in files for quad in file.quads)
    for file in files:
        for quad in file.quads:
            imported = quad.object
            if quad.predicate != OWL.imports or imported in graph.facts or imported in (SH, NamedNode(SH.rstrip("#"))):
                continue
            raise UnsafeInput(
                f"imports {imported}, which is not fetched; give its file with another --shapes, or leave that out",
                file=file.source.name,
            )
    return graph.to_bytes()


def has_targets(shapes: bytes) -> bool:
    """Whether these shapes say what is to be checked."""
    graph = Graph(parse(shapes, format=RdfFormat.TURTLE))
    return any(target in graph.predicates for target in _TARGETS) or bool(graph.instances(RDFS.Class))


def check_graph(
    source: Source, shapes: bytes, *, deadline: float = engine.DEADLINE
) -> tuple[Outcome, ValidationReport]:
    """Validate the graph in a file.

    Args:
        shapes: Turtle, as ``read_shapes`` makes it.
        deadline: seconds.

    Returns:
        the outcome, whose findings know their places in the file, and the standard validation report.

    Raises:
        ReadingError: the file is no RDF.
        EngineError: it was not checked.
    """
    file = read_graph(source)
    try:
        report, name = engine.check(Graph(file.quads), shapes, deadline=deadline)
    except EngineError as error:
        raise EngineError(error.message, file=source.name) from error
    found = ordered(_findings(file, report.results)) if report.results else ()
    return Outcome(None, source.name, Profile.INGEST, name, found), report


def _findings(file: GraphFile, results: Iterable[Result]) -> Iterable[Finding]:
    from etappe.reading.positions import positions  # only when there is something to tell

    places = positions(text_of(file.source), file.source.media_type, file.base)
    blank = file.blank_nodes()
    for result in results:
        constraint, path = result.constraint, result.path
        messages = constraint.messages if result.messages is None else result.messages
        shape = constraint.shape
        focus = blank.get(result.focus, result.focus.value)
        predicate = path.predicate.value if path is not None and path.predicate is not None else None
        yield Finding(
            code=compact(shape.value) if isinstance(shape, NamedNode) else _component(constraint.component),
            severity=_SEVERITIES.get(constraint.severity, Severity.VIOLATION),
            messages={message.language or "": message.value for message in messages} or {"": "–"},
            focus=result.focus,
            path=compact_path(path.sparql) if path is not None else None,
            value=result.value,
            shape=shape.value if isinstance(shape, NamedNode) else None,
            component=constraint.component.value,
            position=places.get((focus, predicate)) or places.get((focus, None)),
        )


def _component(component: NamedNode) -> str:
    """What a constraint component is called for short: ``minCount``."""
    name = component.value.rpartition("#")[2].removesuffix("ConstraintComponent")
    return name[:1].lower() + name[1:]
