"""The shapes as data: their bytes for an engine, and by shape IRI what people are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode

from etappe.model import Profile, Severity, Term
from etappe.namespaces import DCTERMS, ET, RDF, RDFS, SH, compact
from etappe.resources import folder
from etappe.validation.shacl import Graph, Path, parse_graph, path_at

SEVERITIES: dict[Term | None, Severity] = {
    SH.Info: Severity.INFO,
    SH.Warning: Severity.WARNING,
    SH.Violation: Severity.VIOLATION,
}


@dataclass(frozen=True)
class Step:
    """The first step of a path: a predicate, walked forward or backward."""

    predicate: NamedNode
    inverse: bool = False


@dataclass(frozen=True)
class Shape:
    """What a shape tells people.

    Attributes:
        code: the constraint it belongs to; several shapes share one.
        labels, messages, reasons: by language; reasons only at the first shape of a code.
        severity, draft: how grave a result is, and how grave in a draft.
        path: its path; ``steps``: how that path begins.
        only_gathers: it holds other shapes and no constraint of its own, so no result ever comes from it.
        remedies: how to mend the report file, by language; none at a shape that only gathers others.
        snippet: where a fact is missing, the smallest piece of a report file in the short form that would supply it.
    """

    iri: str
    code: str
    labels: Mapping[str, str]
    messages: Mapping[str, str]
    reasons: Mapping[str, str]
    severity: Severity
    draft: Severity
    path: Path | None = None
    steps: tuple[Step, ...] = ()
    only_gathers: bool = False
    remedies: Mapping[str, str] = field(default_factory=dict)
    snippet: str | None = None

    def severity_in(self, profile: Profile) -> Severity:
        """How grave a result of this shape is under a profile."""
        return self.draft if profile is Profile.DRAFT else self.severity


@cache
def shapes_graph() -> bytes:
    """All shape files together, as Turtle."""
    return b"\n".join(path.read_bytes() for path in sorted((folder("ontology") / "shapes").glob("*.ttl")))


@cache
def catalogue() -> Mapping[str, Shape]:
    """Every shape that has a code, by IRI."""
    graph = parse_graph(shapes_graph())
    named = [node for node in graph.facts if isinstance(node, NamedNode) and graph.objects(node, DCTERMS.identifier)]
    return {node.value: _shape(graph, node) for node in sorted(named, key=lambda node: node.value)}


def _shape(graph: Graph, node: NamedNode) -> Shape:
    identifier = graph.object(node, DCTERMS.identifier)
    severity = graph.object(node, SH.severity)
    if not isinstance(identifier, Literal) or severity not in SEVERITIES:
        raise ValueError(f"{compact(node.value)} lacks a code or a severity")
    path, snippet = graph.object(node, SH.path), graph.object(node, ET.snippet)
    return Shape(
        iri=node.value,
        code=identifier.value,
        labels=_texts(graph, node, RDFS.label),
        messages=_texts(graph, node, SH.message),
        reasons=_texts(graph, node, RDFS.comment),
        severity=SEVERITIES[severity],
        draft=SEVERITIES[graph.object(node, ET.draftSeverity) or severity],
        path=path_at(graph, path) if path is not None else None,
        steps=tuple(_steps(graph, path)) if path is not None else (),
        only_gathers=bool(graph.objects(node, SH.property)) and not any(graph.objects(node, own) for own in _OWN),
        remedies=_texts(graph, node, ET.remedy),
        snippet=snippet.value if isinstance(snippet, Literal) else None,
    )


#: The constraints that our shapes state beside ``sh:property``.
_OWN = (SH.path, SH["or"], SH["not"], SH.sparql)


def _texts(graph: Graph, node: Term, predicate: NamedNode) -> dict[str, str]:
    found = (term for term in graph.objects(node, predicate) if isinstance(term, Literal))
    return {literal.language: literal.value for literal in found if literal.language}


def _steps(graph: Graph, node: Term, inverse: bool = False) -> list[Step]:
    """The predicates with which a path can begin."""
    if isinstance(node, NamedNode):
        return [Step(node, inverse)]
    if graph.objects(node, RDF.first):
        return _steps(graph, graph.items(node)[0], inverse)
    if turned := graph.object(node, SH.inversePath):
        return _steps(graph, turned, not inverse)
    if choices := graph.object(node, SH.alternativePath):
        return [step for choice in graph.items(choices) for step in _steps(graph, choice, inverse)]
    inner = next(term for predicate in _REPEATED for term in graph.objects(node, predicate))
    return _steps(graph, inner, inverse)


_REPEATED = (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)
