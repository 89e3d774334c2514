"""From attendance to networks: pairs that share programme items, counted by distinct stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from etappe.network.attendance import Attendance, Numbers

_PERSON, _ITEM, _STOP, _DAY = 0, 1, 2, 3
Labels = Callable[[set[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Selection:
    """Which items count. ``start`` and ``end`` are days, both included; ``stops``: IRIs, all where there are none."""

    start: date | None = None
    end: date | None = None
    stops: frozenset[str] | None = None

    def of(self, attendance: Attendance, table: Numbers) -> Numbers:
        """The rows of ``presence`` or ``visit`` that count. An item without a day is in no period."""
        keep = np.ones(len(table), dtype=bool)
        if self.start is not None:
            keep &= table[:, _DAY] >= self.start.toordinal()
        if self.end is not None:
            keep &= (table[:, _DAY] <= self.end.toordinal()) & (table[:, _DAY] > 0)
        if self.stops is not None:
            wanted = [number for number, iri in enumerate(attendance.terms) if iri in self.stops]
            keep &= np.isin(table[:, _STOP], wanted)
        return table[keep]


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


def people(attendance: Attendance, selection: Selection = Selection(), *, least: int = 1, label: Labels) -> Network:
    """People who shared programme items.

    Args:
        least: distinct stops that a pair must share.
        label: gives labels for IRIs.
    """
    rows = selection.of(attendance, attendance.presence)
    rows = rows[rows[:, _ITEM] != rows[:, _STOP]]  # at the same stop without a common item is no meeting
    rows = rows[np.lexsort((rows[:, _PERSON], rows[:, _ITEM]))]
    found = [np.empty((0, 4), dtype=np.int32)]
    distance = 1
    while len(rows) > distance and (same := rows[:-distance, _ITEM] == rows[distance:, _ITEM]).any():
        one, other = rows[:-distance][same], rows[distance:][same]
        found.append(np.column_stack((one[:, _PERSON], other[:, _PERSON], one[:, _ITEM], one[:, _STOP])))
        distance += 1
    pairs = np.concatenate(found)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return _network(attendance, pairs, ("person", "person"), least, label)


def organizations(
    attendance: Attendance, selection: Selection = Selection(), *, least: int = 1, label: Labels
) -> Network:
    """People and the organizations that were visited at items where they were present."""
    visits = selection.of(attendance, attendance.visit)
    return _network(attendance, _joined(attendance, selection, visits), ("person", "organization"), least, label)


def topics(attendance: Attendance, selection: Selection = Selection(), *, least: int = 1, label: Labels) -> Network:
    """People and the topics of items where they were present."""
    return _network(attendance, _joined(attendance, selection, attendance.topic), ("person", "topic"), least, label)


def _joined(attendance: Attendance, selection: Selection, others: Numbers) -> Numbers:
    """Rows of person, other, item, stop: joined where the item is the same."""
    rows = selection.of(attendance, attendance.presence)
    rows = rows[np.argsort(rows[:, _ITEM], kind="stable")]
    first = np.searchsorted(rows[:, _ITEM], others[:, 1], "left")
    last = np.searchsorted(rows[:, _ITEM], others[:, 1], "right")
    count = last - first
    which = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
    present = rows[which]
    return np.column_stack(
        (present[:, _PERSON], np.repeat(others[:, 0], count), present[:, _ITEM], present[:, _STOP])
    ).astype(np.int32)


def _network(attendance: Attendance, pairs: Numbers, kinds: tuple[str, str], least: int, label: Labels) -> Network:
    terms = attendance.terms
    size = np.int64(len(terms))
    key = pairs[:, 0].astype(np.int64) * size + pairs[:, 1]
    order = np.argsort(key, kind="stable")
    pairs, key = pairs[order], key[order]
    distinct, start, edge = np.unique(key, return_index=True, return_inverse=True)
    weight = _distinct(edge, pairs[:, 3], len(distinct), size)
    shared = _distinct(edge, pairs[:, 2], len(distinct), size)
    stop = np.append(start[1:], len(pairs))
    graph: nx.Graph = nx.Graph()
    edges: dict[tuple[str, str], slice] = {}
    kept = np.flatnonzero(weight >= least)
    for place, kind in ((0, kinds[0]), (1, kinds[1])):
        graph.add_nodes_from(
            (terms[number], {"kind": kind}) for number in np.unique(pairs[start[kept], place]).tolist()
        )
    heads = pairs[start[kept]][:, :2].tolist()
    numbers = zip(weight[kept].tolist(), shared[kept].tolist(), start[kept].tolist(), stop[kept].tolist(), strict=True)
    for (one, other), (stops, items, begin, end) in zip(heads, numbers, strict=True):
        graph.add_edge(terms[one], terms[other], weight=stops, shared=items)
        edges[terms[one], terms[other]] = slice(begin, end)
    names = label(set(graph))
    nx.set_node_attributes(graph, {iri: names.get(iri, iri) for iri in graph}, "label")
    return Network(graph, edges, pairs, terms)


def _distinct(edge: NDArray[np.int64], values: Numbers, edges: int, size: np.int64) -> NDArray[np.int64]:
    """How many distinct values each edge has."""
    return np.bincount(np.unique(edge.astype(np.int64) * size + values) // size, minlength=edges)
