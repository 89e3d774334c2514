"""Property paths (section 2.3.1): from their RDF to a function that walks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from etappe.namespaces import RDF
from etappe.validation.shacl.graph import Graph
from etappe.validation.shacl.support import NotHandled, Term, sh

#: From a node to the nodes at the end of a path, each once.
Walk = Callable[[Graph, Term], Sequence[Term]]

_FIRST = RDF.first
_INVERSE, _ALTERNATIVE = sh("inversePath"), sh("alternativePath")
_REPEATED = {sh("zeroOrMorePath"): "*", sh("oneOrMorePath"): "+", sh("zeroOrOnePath"): "?"}


class Path:
    """A path.

    Attributes:
        node: its node in the shapes graph; the predicate itself where it is a single one.
        sparql: the same in the syntax of SPARQL, with full IRIs.
        structure: the triples of that node, for reports.
        walk: from a node to its value nodes.
    """

    __slots__ = ("node", "sparql", "structure", "walk")

    def __init__(self, node: NamedNode | BlankNode, sparql: str, walk: Walk, structure: tuple[Triple, ...] = ()):
        self.node = node
        self.sparql = sparql
        self.walk = walk
        self.structure = structure

    @property
    def predicate(self) -> NamedNode | None:
        """The predicate, where the path is a single one."""
        return self.node if isinstance(self.node, NamedNode) else None


def path_at(shapes: Graph, node: Term) -> Path:
    """The path that a node of the shapes graph stands for.

    Raises:
        NotHandled: it is none.
    """
    if isinstance(node, Literal):
        raise NotHandled(f"{node} is not a path")
    return Path(node, *_read(shapes, node, 0), tuple(_structure(shapes, node)))


def _read(shapes: Graph, node: Term, depth: int) -> tuple[str, Walk]:
    if isinstance(node, NamedNode):
        return f"<{node.value}>", _predicate(node)
    if depth > 50:
        raise NotHandled("a path leads back to itself")
    facts = shapes.facts.get(node, ())
    for kind, read in _KINDS.items():  # of several, the first counts (W3C tests path-strange-001 and -002)
        if kind in facts:
            return read(shapes, node, kind, depth + 1)
    raise NotHandled(f"{node} is not a path")


def _predicate(predicate: NamedNode) -> Walk:
    return lambda graph, node: graph.objects(node, predicate)


def _sequence(shapes: Graph, node: Term, _: NamedNode, depth: int) -> tuple[str, Walk]:
    steps = [_read(shapes, step, depth) for step in shapes.items(node)]
    if len(steps) < 2:
        raise NotHandled("a sequence path has fewer than two members")
    walks = [walk for _, walk in steps]

    def walk(graph: Graph, node: Term) -> Sequence[Term]:
        reached: Sequence[Term] = (node,)
        for step in walks:
            reached = step(graph, reached[0]) if len(reached) == 1 else _all(step(graph, at) for at in reached)
        return reached

    return "(" + "/".join(text for text, _ in steps) + ")", walk


def _alternative(shapes: Graph, node: Term, kind: NamedNode, depth: int) -> tuple[str, Walk]:
    choices = [_read(shapes, choice, depth) for choice in shapes.items(shapes.objects(node, kind)[0])]
    if len(choices) < 2:
        raise NotHandled("an alternative path has fewer than two members")
    walks = [walk for _, walk in choices]
    return "(" + "|".join(text for text, _ in choices) + ")", lambda graph, node: _all(w(graph, node) for w in walks)


def _inverse(shapes: Graph, node: Term, kind: NamedNode, depth: int) -> tuple[str, Walk]:
    (inner,) = shapes.objects(node, kind)
    text, forward = _read(shapes, inner, depth)
    if isinstance(inner, NamedNode):
        predicate = inner
        return f"(^{text})", lambda graph, node: graph.subjects(predicate, node)

    def backward(graph: Graph, node: Term) -> Sequence[Term]:
        nodes = dict.fromkeys((*graph.nodes(), node))  # an empty path leads back to a node that the graph does not have
        return [at for at in nodes if node in forward(graph, at)]

    return f"(^{text})", backward


def _repeated(shapes: Graph, node: Term, kind: NamedNode, depth: int) -> tuple[str, Walk]:
    text, step = _read(shapes, shapes.objects(node, kind)[0], depth)
    sign = _REPEATED[kind]

    def once(graph: Graph, node: Term) -> Sequence[Term]:
        return _all(((node,), step(graph, node)))

    def often(graph: Graph, node: Term) -> Sequence[Term]:
        found: dict[Term, None] = {node: None} if sign == "*" else {}
        waiting = [node]
        while waiting:
            for reached in step(graph, waiting.pop()):
                if reached not in found:
                    found[reached] = None
                    waiting.append(reached)
        return list(found)

    return f"({text}{sign})", once if sign == "?" else often


_KINDS: dict[NamedNode, Callable[[Graph, Term, NamedNode, int], tuple[str, Walk]]] = {
    _FIRST: _sequence,
    _ALTERNATIVE: _alternative,
    _INVERSE: _inverse,
    **dict.fromkeys(_REPEATED, _repeated),
}


def _all(parts: Iterable[Sequence[Term]]) -> Sequence[Term]:
    return list(dict.fromkeys(term for part in parts for term in part))


def _structure(shapes: Graph, node: Term) -> Iterable[Triple]:
    """The triples of the blank nodes that a path is made of."""
    waiting, seen = [node], set[Term]()
    while waiting:
        at = waiting.pop()
        if not isinstance(at, BlankNode) or at in seen:
            continue
        seen.add(at)
        for predicate, values in shapes.facts.get(at, {}).items():
            yield from (Triple(at, predicate, value) for value in values)
            waiting.extend(values)
