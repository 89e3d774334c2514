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
    read = _Reader(shapes)
    return Path(node, read.sparql(node)[0], read.walk(node), tuple(_structure(shapes, node)))


class _Reader:
    """Reads the nodes of paths. Inversion is carried down to the predicates, where it is a look-up."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes

    def walk(self, node: Term, inverted: bool = False, depth: int = 0) -> Walk:
        """The function that walks the path at a node, or walks it backwards."""
        if isinstance(node, NamedNode):
            predicate = node
            if inverted:
                return lambda graph, at: graph.subjects(predicate, at)
            return lambda graph, at: graph.objects(at, predicate)
        kind, parts = self._parts(node, depth)
        if kind == _INVERSE:
            return self.walk(parts[0], not inverted, depth + 1)
        walks = [self.walk(part, inverted, depth + 1) for part in parts]
        if kind == _FIRST:
            return _sequence(walks[::-1] if inverted else walks)
        if kind == _ALTERNATIVE:
            return lambda graph, at: _all(walk(graph, at) for walk in walks)
        return _repeated(walks[0], _REPEATED[kind])

    def sparql(self, node: Term, depth: int = 0) -> tuple[str, int]:
        """The path in SPARQL, and how loosely it binds: 0 an IRI, 1 with a sign, 2 a sequence, 3 alternatives."""
        if isinstance(node, NamedNode):
            return f"<{node.value}>", 0
        kind, parts = self._parts(node, depth)
        loosest = {_FIRST: 1, _ALTERNATIVE: 2}.get(kind, 0)
        texts = []
        for part in parts:
            text, level = self.sparql(part, depth + 1)
            texts.append(text if level <= loosest else f"({text})")
        if kind == _FIRST:
            return "/".join(texts), 2
        if kind == _ALTERNATIVE:
            return "|".join(texts), 3
        return (f"^{texts[0]}" if kind == _INVERSE else texts[0] + _REPEATED[kind]), 1

    def _parts(self, node: Term, depth: int) -> tuple[NamedNode, Sequence[Term]]:
        """Which kind of path a node is, and the nodes of the paths it is made of."""
        if depth > 50:
            raise NotHandled("a path leads back to itself")
        facts = self._shapes.facts.get(node, {})
        for kind in _KINDS:  # of several, the first counts (W3C tests path-strange-001 and -002)
            if kind not in facts:
                continue
            if kind not in (_FIRST, _ALTERNATIVE):
                return kind, [self._one(facts[kind])]
            members = self._shapes.items(node if kind == _FIRST else self._one(facts[kind]))
            if len(members) < 2:
                raise NotHandled("a sequence or alternative path has fewer than two members")
            return kind, members
        raise NotHandled(f"{node} is not a path")

    @staticmethod
    def _one(values: Sequence[Term]) -> Term:
        if len(values) > 1:
            raise NotHandled("a part of a path has two values")
        return values[0]


_KINDS = (_FIRST, _ALTERNATIVE, _INVERSE, *_REPEATED)


def _sequence(walks: Sequence[Walk]) -> Walk:
    def walk(graph: Graph, node: Term) -> Sequence[Term]:
        reached: Sequence[Term] = (node,)
        for step in walks:
            reached = step(graph, reached[0]) if len(reached) == 1 else _all(step(graph, at) for at in reached)
        return reached

    return walk


def _repeated(step: Walk, sign: str) -> Walk:
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

    return once if sign == "?" else often


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
