"""SPARQL Update that replaces whole graphs and keeps the union of all of them, in which each triple stands once.

No server at hand counts a triple once that stands in two graphs when its default graph is made of several. So the
union is a graph of its own: the default graph, or a named one where a server has no default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from etappe.namespaces import RDF, VOID
from etappe.store.profiles import Profile


def replacing(replace: Mapping[NamedNode, Sequence[Triple]], profile: Profile) -> list[str]:
    """The update requests that replace graphs: one, or several where the server cannot take it in one."""
    quads = [Quad(t.subject, t.predicate, t.object, graph) for graph, triples in replace.items() for t in triples]
    drops = " ;\n".join([_shrunk_union(list(replace), profile), *_drops(replace, profile)])
    inserts = list(inserting(quads, profile))
    if not profile.most_triples:
        return [" ;\n".join([drops, *inserts])]
    return [drops, *inserts]


def inserting(quads: Iterable[Quad], profile: Profile, most: int | None = None) -> Iterator[str]:
    """INSERT DATA operations that add quads to their graphs and to the union, each of no more than ``most`` triples."""
    for part in _parts(quads, profile.most_triples if most is None else most):
        named = {name: list(group) for name, group in groupby(part, key=lambda quad: quad.graph_name)}
        graphs = [f"GRAPH {name} {{ {_triples(group)} }}" for name, group in named.items()]
        if profile.index is not None:
            listed = " . ".join(f"{name} {RDF.type} {VOID.Dataset}" for name in named)
            graphs.append(f"GRAPH {profile.index} {{ {listed} }}")
        yield f"INSERT DATA {{ {_in_union(_triples(part), profile)} {' '.join(graphs)} }}"


def clearing(graphs: Iterable[NamedNode], profile: Profile) -> Iterator[str]:
    """The update requests that remove everything that is ours, the last of the graphs last."""
    if profile.union is None:
        yield "DROP ALL"
        return
    for graph in (profile.union, *graphs):
        yield " ;\n".join(_drops([graph], profile))


def _shrunk_union(graphs: list[NamedNode], profile: Profile) -> str:
    """Take from the union what stands in these graphs and in no other."""
    names = " ".join(map(str, graphs))
    others = f"FILTER(?other NOT IN ({', '.join(map(str, graphs))}))"
    if profile.index is not None:
        others = f"GRAPH {profile.index} {{ ?other a {VOID.Dataset} }} {others}"
    return (
        f"DELETE {{ {_in_union('?s ?p ?o', profile)} }} WHERE {{ VALUES ?graph {{ {names} }} "
        f"GRAPH ?graph {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} {others} }} }}"
    )


def _drops(graphs: Iterable[NamedNode], profile: Profile) -> Iterator[str]:
    for graph in graphs:
        yield f"DROP SILENT GRAPH {graph}"
        if profile.index is not None:
            yield f"DELETE DATA {{ GRAPH {profile.index} {{ {graph} {RDF.type} {VOID.Dataset} }} }}"


def _in_union(pattern: str, profile: Profile) -> str:
    return pattern if profile.union is None else f"GRAPH {profile.union} {{ {pattern} }}"


def _triples(quads: Iterable[Quad]) -> str:
    return " . ".join(f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads)


def _parts(quads: Iterable[Quad], most: int) -> Iterator[list[Quad]]:
    """Quads in portions. The blank nodes of a graph stay together: a label means something within one request only."""
    part: list[Quad] = []
    for _, graph in groupby(quads, key=lambda quad: quad.graph_name):
        ordered = sorted(graph, key=lambda quad: not _is_blank(quad))
        for quad in ordered:
            if most and len(part) >= most and not (_is_blank(quad) and part[-1].graph_name == quad.graph_name):
                yield part
                part = []
            part.append(quad)
    if part:
        yield part


def _is_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
