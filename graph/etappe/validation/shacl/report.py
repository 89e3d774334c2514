"""The validation report (section 3.6 of the recommendation), as objects and as RDF."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from etappe.namespaces import RDF, XSD
from etappe.validation.shacl.graph import Graph
from etappe.validation.shacl.paths import Path, path_at
from etappe.validation.shacl.support import NotHandled, sh

if TYPE_CHECKING:
    from etappe.validation.shacl.support import Term

_TYPE = RDF.type
_REPORT, _CONFORMS, _RESULTS = sh("ValidationReport"), sh("conforms"), sh("result")
_RESULT, _FOCUS, _VALUE, _PATH = sh("ValidationResult"), sh("focusNode"), sh("value"), sh("resultPath")
_SHAPE, _COMPONENT, _SEVERITY = sh("sourceShape"), sh("sourceConstraintComponent"), sh("resultSeverity")
_MESSAGE, _CONSTRAINT = sh("resultMessage"), sh("sourceConstraint")
_TRUE, _FALSE = Literal("true", datatype=XSD.boolean), Literal("false", datatype=XSD.boolean)


class Constraint:
    """A constraint of a shape: all that its results have in common.

    Attributes:
        shape: the shape that states it.
        component: IRI of the constraint component.
        severity: IRI.
        messages: what people are told; literals, mostly one per language.
        source: node of a SPARQL-based constraint.
    """

    __slots__ = ("component", "messages", "severity", "shape", "source")

    def __init__(
        self,
        shape: Term,
        component: NamedNode,
        severity: Term,
        messages: tuple[Literal, ...] = (),
        source: Term | None = None,
    ) -> None:
        self.shape = shape
        self.component = component
        self.severity = severity
        self.messages = messages
        self.source = source


if TYPE_CHECKING:
    from typing import NamedTuple

    class Result(NamedTuple):
        """One ``sh:ValidationResult``.

        Attributes:
            focus, value: nodes of the data graph.
            path: where the shape has one.
            messages: where they differ from those of the constraint.
        """

        focus: Term
        path: Path | None
        value: Term | None
        constraint: Constraint
        messages: tuple[Literal, ...] | None = None

else:
    Result = namedtuple("Result", "focus path value constraint messages", defaults=(None,))


class ValidationReport:
    """The results of one data graph."""

    __slots__ = ("results",)

    def __init__(self, results: tuple[Result, ...]) -> None:
        self.results = results

    @property
    def conforms(self) -> bool:
        """Whether there is no result, of whatever severity (section 3.6.1.1)."""
        return not self.results

    def triples(self) -> Iterator[Triple]:
        """The report as RDF, with the structure of its paths."""
        report = BlankNode()
        yield Triple(report, _TYPE, _REPORT)
        yield Triple(report, _CONFORMS, _FALSE if self.results else _TRUE)
        paths: dict[int, Path] = {}
        for focus, path, value, constraint, messages in self.results:
            node = BlankNode()
            yield Triple(report, _RESULTS, node)
            yield Triple(node, _TYPE, _RESULT)
            yield Triple(node, _FOCUS, focus)
            yield Triple(node, _SEVERITY, constraint.severity)
            yield Triple(node, _COMPONENT, constraint.component)
            yield Triple(node, _SHAPE, constraint.shape)
            if path is not None:
                yield Triple(node, _PATH, path.node)
                paths[id(path)] = path
            if value is not None:
                yield Triple(node, _VALUE, value)
            if constraint.source is not None:
                yield Triple(node, _CONSTRAINT, constraint.source)
            for message in constraint.messages if messages is None else messages:
                yield Triple(node, _MESSAGE, message)
        for path in paths.values():
            yield from path.structure

    def to_bytes(self, format: RdfFormat = RdfFormat.TURTLE) -> bytes:  # noqa: A002
        """The report in a standard form."""
        prefixes = None
        if format in (RdfFormat.TURTLE, RdfFormat.TRIG):
            prefixes = {"sh": "http://www.w3.org/ns/shacl#", "xsd": str(XSD)}
        return serialize(self.triples(), format=format, prefixes=prefixes) or b""


def read_report(graph: Graph) -> ValidationReport:
    """The report that a graph describes, as another engine wrote it.

    Raises:
        NotHandled: it is none, or contradicts itself.
    """
    reports = graph.subjects(_TYPE, _REPORT)
    if len(reports) != 1:
        raise NotHandled(f"{len(reports)} validation reports")
    results = tuple(_read_result(graph, node) for node in graph.objects(reports[0], _RESULTS))
    conforms = graph.object(reports[0], _CONFORMS)
    if not isinstance(conforms, Literal) or (conforms.value in ("true", "1")) == bool(results):
        raise NotHandled("a validation report whose verdict and results contradict each other")
    return ValidationReport(results)


def _read_result(graph: Graph, node: Term) -> Result:
    focus, path, shape = graph.object(node, _FOCUS), graph.object(node, _PATH), graph.object(node, _SHAPE)
    component, severity = graph.object(node, _COMPONENT), graph.object(node, _SEVERITY)
    if focus is None or severity is None or not isinstance(component, NamedNode):
        raise NotHandled("a validation result without focus node, severity or component")
    messages = tuple(text for text in graph.objects(node, _MESSAGE) if isinstance(text, Literal))
    constraint = Constraint(shape or component, component, severity, messages, graph.object(node, _CONSTRAINT))
    return Result(focus, path_at(graph, path) if path is not None else None, graph.object(node, _VALUE), constraint)
