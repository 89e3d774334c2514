"""Measures of a network. The heavy ones run in rustworkx; each is a number (or a community) for every node."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import networkx as nx  # type: ignore[import-untyped]
import rustworkx as rx

Values = dict[str, float]


def _degree(graph: nx.Graph) -> Values:
    """With how many others a node is linked."""
    return {node: float(degree) for node, degree in graph.degree()}


def _strength(graph: nx.Graph) -> Values:
    """The same, weighted by distinct stops."""
    return {node: float(degree) for node, degree in graph.degree(weight="weight")}


def _pagerank(graph: nx.Graph) -> Values:
    """PageRank (damping 0.85), edges weighted by distinct stops."""
    if not graph:
        return {}
    number = {node: index for index, node in enumerate(graph)}
    fast: rx.PyDiGraph[str, float] = rx.PyDiGraph()
    fast.add_nodes_from(list(graph))
    for one, other, weight in graph.edges(data="weight", default=1):
        fast.add_edges_from([(number[one], number[other], float(weight)), (number[other], number[one], float(weight))])
    found = rx.pagerank(fast, alpha=0.85, weight_fn=float, tol=1e-10, max_iter=500)
    return {node: found[index] for node, index in number.items()}


def _betweenness(graph: nx.Graph) -> Values:
    """On which part of the shortest paths between others a node lies (Freeman), unweighted, from 0 to 1."""
    fast, nodes = _rustworkx(graph)
    found = rx.betweenness_centrality(fast, normalized=True)
    return {node: found[index] for index, node in enumerate(nodes)}


def _core(graph: nx.Graph) -> Values:
    """The largest k such that the node is in the k-core."""
    fast, nodes = _rustworkx(graph)
    found: dict[int, int] = rx.core_number(fast)  # type: ignore[assignment]
    return {node: float(found[index]) for index, node in enumerate(nodes)}


def _community(graph: nx.Graph) -> Values:
    """The community of a node (Louvain, weighted); 1 is the largest. The same network gives the same communities."""
    if not graph:
        return {}
    ordered: nx.Graph = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted((min(a, b), max(a, b), data) for a, b, data in graph.edges(data=True)))
    found = nx.community.louvain_communities(ordered, weight="weight", seed=1)
    found = sorted(found, key=lambda community: (-len(community), min(community)))
    return {node: float(number) for number, community in enumerate(found, 1) for node in community}


def brokers(graph: nx.Graph, group: Mapping[str, str]) -> Values:
    """How many pairs of one's contacts, of two different groups, are not linked with each other.

    Args:
        group: to which group (organization, Land) a node belongs; who is in none counts for no pair.
    """
    found: Values = {}
    for node in graph:
        known = [other for other in graph[node] if other in group]
        found[node] = float(
            sum(
                1
                for place, one in enumerate(known)
                for other in known[place + 1 :]
                if group[one] != group[other] and not graph.has_edge(one, other)
            )
        )
    return found


def _rustworkx(graph: nx.Graph) -> tuple[rx.PyGraph[str, float], list[str]]:
    nodes = list(graph)
    number = {node: index for index, node in enumerate(nodes)}
    fast: rx.PyGraph[str, float] = rx.PyGraph(multigraph=False)
    fast.add_nodes_from(nodes)
    fast.add_edges_from(
        [(number[a], number[b], float(weight)) for a, b, weight in graph.edges(data="weight", default=1)]
    )
    return fast, nodes


MEASURES: dict[str, Callable[[nx.Graph], Values]] = {
    "degree": _degree,
    "strength": _strength,
    "pagerank": _pagerank,
    "betweenness": _betweenness,
    "core": _core,
    "community": _community,
}


def measure(graph: nx.Graph, name: str) -> Values:
    """One of ``MEASURES`` for every node.

    Raises:
        KeyError: there is none of that name.
    """
    return MEASURES[name](graph)
