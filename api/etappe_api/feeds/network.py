"""Who was at the same programme items, as GraphML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]
from pyoxigraph import NamedNode

from etappe.errors import QueryTooLarge
from etappe.store import Bindings, Store
from etappe.things import labels
from etappe_api.feeds.stops import label_of

MEDIA_TYPE = "application/graphml+xml"
#: Pairs of people in one network. More are refused, never left out.
MOST_PAIRS = 500_000

_PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX etv: <https://w3id.org/etappe/vocab/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <https://schema.org/>
"""

# The question who-met-whom (CQ28) in parts: rows are fetched and joined here, since SPARQL joins pairs far slower.
# Only what is stated or depicted of named people counts.
_PRESENT = """
SELECT DISTINCT ?person ?event ?graph WHERE {
  ?participation et:presence etv:present ;
    et:certainty ?certainty ;
    cv:hasParticipant ?person .
  FILTER(?certainty IN (etv:stated, etv:depicted))
  ?person a foaf:Person .
  GRAPH ?graph { ?event cv:hasParticipation ?participation }
}"""
_PARENTS = "SELECT ?graph ?event ?parent WHERE { GRAPH ?graph { ?event schema:superEvent ?parent } }"
_NOT_HELD = """
SELECT ?graph ?event WHERE {
  GRAPH ?graph { ?event schema:eventStatus ?status }
  FILTER(?status != schema:EventRescheduled)
}"""
_STOPS = "SELECT DISTINCT ?stop WHERE { ?stop a et:Stop }"


class _Events:
    """The tree of events, and what of it did not take place."""

    def __init__(self, store: Store) -> None:
        self.stops = {stop for (stop,) in _rows(store, _STOPS, "stop")}
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._parents_in: dict[tuple[str, str], set[str]] = defaultdict(set)
        for graph, event, parent in _rows(store, _PARENTS, "graph", "event", "parent"):
            self._parents[event].add(parent)
            self._parents_in[graph, event].add(parent)
        self._not_held = set(_rows(store, _NOT_HELD, "graph", "event"))

    def above(self, event: str) -> set[str]:
        """The event and all that it belongs to."""
        return _closure(event, lambda one: self._parents.get(one, ()))

    def held(self, event: str, graph: str) -> bool:
        """Whether a report tells of it, and of all that it belongs to, as of something that took place."""
        told = _closure(event, lambda one: self._parents_in.get((graph, one), ()))
        return not any((graph, one) in self._not_held for one in told)


def _closure(start: str, parents: Callable[[str], Iterable[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = set(parents(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def _rows(store: Store, query: str, *names: str) -> Iterator[tuple[str, ...]]:
    answer = store.query(_PREFIXES + query)
    assert isinstance(answer, Bindings)
    for row in answer:
        yield tuple(term.value for name in names if (term := row[name]) is not None)


def _attendance(store: Store) -> dict[tuple[str, str], set[str]]:
    """Who was at which item of which stop. Presence goes up: who was at an item was at the items above it."""
    events = _Events(store)
    present: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person, event, graph in _rows(store, _PRESENT, "person", "event", "graph"):
        if events.held(event, graph):
            for item in events.above(event) - events.stops:
                for stop in events.above(item) & events.stops:
                    present[stop, item].add(person)
    return present


def read_network(store: Store, language: str, stops: frozenset[str] | None = None) -> nx.Graph:
    """People who were at the same programme items, of some stops or of all.

    Nodes are IRIs with ``label`` and ``iri``; edges have ``weight`` (distinct stops), ``shared`` (distinct items), and
    the ``stops`` and ``items`` themselves as IRIs between blanks. People who met nobody are left out.

    Raises:
        QueryTooLarge: too many pairs for one network.
    """
    met: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for (stop, item), people in _attendance(store).items():
        if stops is not None and stop not in stops:
            continue
        for pair in combinations(sorted(people), 2):
            at, of = met.setdefault(pair, (set(), set()))
            at.add(stop)
            of.add(item)
            if len(met) > MOST_PAIRS:
                raise QueryTooLarge(
                    f"more than {MOST_PAIRS} pairs of people met; narrow it with 'tour', 'from', 'to' or 'land'"
                )
    return _graph(store, met, language)


def _graph(store: Store, met: dict[tuple[str, str], tuple[set[str], set[str]]], language: str) -> nx.Graph:
    people = sorted({iri for pair in met for iri in pair})
    names = labels(store, {NamedNode(iri) for iri in people})
    graph: nx.Graph = nx.Graph()
    for iri in people:
        graph.add_node(iri, label=label_of(iri, names, language), iri=iri)
    for (person, other), (stops, items) in sorted(met.items()):
        graph.add_edge(
            person,
            other,
            weight=len(stops),
            shared=len(items),
            stops=" ".join(sorted(stops)),
            items=" ".join(sorted(items)),
        )
    return graph


def as_graphml(graph: nx.Graph) -> bytes:
    """The network as GraphML; the same network is always the same bytes."""
    output = BytesIO()
    nx.write_graphml_xml(graph, output, encoding="utf-8")
    return output.getvalue()
