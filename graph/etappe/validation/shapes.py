"""The shapes as data: their bytes for an engine, and by shape IRI what people are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from etappe.model import Profile, Severity, Term
from etappe.namespaces import DCTERMS, ET, RDF, RDFS, SH, compact
from etappe.resources import folder

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
        path: its path as SPARQL writes it, with compact names; ``steps``: how that path begins.
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
    path: str | None = None
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
    graph = _Graph()
    named = (node for node in graph.subjects(DCTERMS.identifier) if isinstance(node, NamedNode))
    return {node.value: _shape(graph, node) for node in sorted(named, key=lambda node: node.value)}


class _Graph:
    """The shapes graph by subject and predicate."""

    def __init__(self) -> None:
        self._facts: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        for quad in parse(shapes_graph(), format=RdfFormat.TURTLE):
            self._facts[quad.subject, quad.predicate].append(quad.object)

    def subjects(self, predicate: NamedNode) -> list[Term]:
        return [subject for subject, found in self._facts if found == predicate]

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        return self._facts.get((subject, predicate), [])

    def one(self, subject: Term, predicate: NamedNode) -> Term | None:
        return next(iter(self.objects(subject, predicate)), None)

    def texts(self, subject: Term, predicate: NamedNode) -> dict[str, str]:
        found = (term for term in self.objects(subject, predicate) if isinstance(term, Literal))
        return {literal.language: literal.value for literal in found if literal.language}

    def items(self, head: Term | None) -> list[Term]:
        """The members of an RDF list."""
        members: list[Term] = []
        while head is not None and head != RDF.nil:
            members.extend(self.objects(head, RDF.first))
            head = self.one(head, RDF.rest)
        return members


def _shape(graph: _Graph, node: NamedNode) -> Shape:
    identifier = graph.one(node, DCTERMS.identifier)
    severity = graph.one(node, SH.severity)
    if not isinstance(identifier, Literal) or severity not in SEVERITIES:
        raise ValueError(f"{compact(node.value)} lacks a code or a severity")
    path, snippet = graph.one(node, SH.path), graph.one(node, ET.snippet)
    return Shape(
        iri=node.value,
        code=identifier.value,
        labels=graph.texts(node, RDFS.label),
        messages=graph.texts(node, SH.message),
        reasons=graph.texts(node, RDFS.comment),
        severity=SEVERITIES[severity],
        draft=SEVERITIES[graph.one(node, ET.draftSeverity) or severity],
        path=_path(graph, path) if path is not None else None,
        steps=tuple(_steps(graph, path)) if path is not None else (),
        only_gathers=bool(graph.objects(node, SH.property)) and not any(graph.objects(node, own) for own in _OWN),
        remedies=graph.texts(node, ET.remedy),
        snippet=snippet.value if isinstance(snippet, Literal) else None,
    )


#: The constraints that our shapes state beside ``sh:property``.
_OWN = (SH.path, SH["or"], SH["not"], SH.sparql)
_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def _path(graph: _Graph, node: Term) -> str:
    """A SHACL path (section 2.3.1) in the notation of SPARQL."""
    if isinstance(node, NamedNode):
        return compact(node.value)
    if sequence := graph.items(node):
        return "/".join(_path(graph, step) for step in sequence)
    if inverse := graph.one(node, SH.inversePath):
        return f"^{_path(graph, inverse)}"
    if choices := graph.items(graph.one(node, SH.alternativePath)):
        return f"({'|'.join(_path(graph, choice) for choice in choices)})"
    for predicate, sign in _REPEATED.items():
        if inner := graph.one(node, predicate):
            return f"{_path(graph, inner)}{sign}"
    raise ValueError("a path of the shapes is not well formed")


def _steps(graph: _Graph, node: Term, inverse: bool = False) -> list[Step]:
    """The predicates with which a path can begin."""
    if isinstance(node, NamedNode):
        return [Step(node, inverse)]
    if sequence := graph.items(node):
        return _steps(graph, sequence[0], inverse)
    if turned := graph.one(node, SH.inversePath):
        return _steps(graph, turned, not inverse)
    if choices := graph.items(graph.one(node, SH.alternativePath)):
        return [step for choice in choices for step in _steps(graph, choice, inverse)]
    inner = next(term for predicate in _REPEATED for term in graph.objects(node, predicate))
    return _steps(graph, inner, inverse)
