"""From attendance to networks: pairs that share programme items, counted by distinct stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx  # type: ignore[import-untyped]
import numpy as np

from etappe.network.attendance import ALL, Attendance, Numbers, Selection
from etappe.network.sums import Shared, people_with, people_with_people

Labels = Callable[[set[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Network:
    """An undirected network and what its edges rest on.

    Attributes:
        graph: nodes are IRIs with ``kind`` and ``label``; edges have ``weight`` (distinct stops) and ``shared``
            (distinct items).
    """

    graph: nx.Graph
    _edges: Mapping[tuple[str, str], slice]
    _pairs: Numbers
    _terms: Sequence[str]

    def items(self, one: str, other: str) -> tuple[str, ...]:
        """The programme items that an edge rests on, sorted.

        Raises:
            KeyError: there is no such edge.
        """
        return self._behind(one, other, 2)

    def stops(self, one: str, other: str) -> tuple[str, ...]:
        """The stops that an edge rests on, sorted.

        Raises:
            KeyError: there is no such edge.
        """
        return self._behind(one, other, 3)

    def _behind(self, one: str, other: str, column: int) -> tuple[str, ...]:
        found = self._edges[(one, other) if (one, other) in self._edges else (other, one)]
        return tuple(sorted({self._terms[number] for number in self._pairs[found, column]}))


def people(attendance: Attendance, selection: Selection = ALL, *, least: int = 1, label: Labels) -> Network:
    """People who shared programme items.

    Args:
        least: distinct stops that a pair must share.
        label: gives labels for IRIs.
    """
    return _network(attendance, people_with_people(attendance, selection), ("person", "person"), least, label)


def organizations(attendance: Attendance, selection: Selection = ALL, *, least: int = 1, label: Labels) -> Network:
    """People and the organizations that were visited at items where they were present."""
    shared = people_with(attendance, selection.of(attendance, attendance.visit), selection)
    return _network(attendance, shared, ("person", "organization"), least, label)


def topics(attendance: Attendance, selection: Selection = ALL, *, least: int = 1, label: Labels) -> Network:
    """People and the topics of items where they were present."""
    shared = people_with(attendance, attendance.topic, selection)
    return _network(attendance, shared, ("person", "topic"), least, label)


def _network(attendance: Attendance, shared: Shared, kinds: tuple[str, str], least: int, label: Labels) -> Network:
    terms = attendance.terms
    graph: nx.Graph = nx.Graph()
    edges: dict[tuple[str, str], slice] = {}
    kept = np.flatnonzero(shared.stops >= least)
    pairs = shared.pairs[kept]
    for place, kind in enumerate(kinds):
        graph.add_nodes_from((terms[number], {"kind": kind}) for number in np.unique(pairs[:, place]).tolist())
    figures = (shared.stops[kept], shared.items[kept], shared.start[kept], shared.start[kept + 1])
    for (one, other), (stops, items, begin, end) in zip(pairs.tolist(), np.column_stack(figures).tolist(), strict=True):
        graph.add_edge(terms[one], terms[other], weight=stops, shared=items)
        edges[terms[one], terms[other]] = slice(begin, end)
    names = label(set(graph))
    nx.set_node_attributes(graph, {iri: names.get(iri, iri) for iri in graph}, "label")
    return Network(graph, edges, shared.rows, terms)
