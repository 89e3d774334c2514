"""What is known of one thing: its triples by CONSTRUCT, and its statements with the graphs that make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import NotFound
from etappe.model import Term
from etappe.store import Bindings, Graph, Store
from etappe_api.linked_data import queries

#: How many pointers to a thing stand on one page of its document.
POINTERS = 100

_HEAD, _TAIL = "CONSTRUCT {", "} WHERE {"


@dataclass(frozen=True)
class Statement:
    """One statement of one named graph; the graph of a report or the registry."""

    subject: str
    property: str
    value: Term
    graph: str


@dataclass(frozen=True)
class Entity:
    """One page of the document of a thing.

    Attributes:
        iri, document: IRIs of the thing and of its document.
        page: from 1 on; each page holds all that is said of the thing and up to 100 pointers to it.
        more: whether another page follows.
        starts: the thing, and the nodes that exist only to say something of it.
        pointers: subject and property of each triple that points to it, on this page.
    """

    iri: NamedNode
    document: NamedNode
    page: int
    more: bool
    starts: tuple[NamedNode, ...]
    pointers: tuple[tuple[NamedNode, NamedNode], ...]

    def _values(self) -> Mapping[str, list[queries.Row]]:
        others = [node for node in dict.fromkeys(node for node, _ in self.pointers) if node != self.iri]
        return {
            "?start": [(node,) for node in self.starts],
            "?s ?p ?o": [(node, name, self.iri) for node, name in self.pointers],
            "?s": [(node,) for node in others],
            "?document ?thing": [(self.document, self.iri)],
            "?document ?pointer": [(self.document, node) for node in others],
            "?document": [(self.document,)],
        }

    def triples(self, store: Store) -> tuple[Triple, ...]:
        """The triples of the document; those that name one of ``starts`` first, so that a tree meets these first."""
        found = store.query(queries.bound("entity", self._values()))
        assert isinstance(found, Graph)
        first = set(self.starts)
        return tuple(sorted(set(found.triples), key=lambda triple: (triple.object not in first, str(triple))))

    def statements(self, store: Store) -> list[Statement]:
        """The same triples, but for those of the document itself, each with the graph that it stands in."""
        query = queries.bound("entity", self._values())
        head, _, pattern = query.partition(_HEAD)
        pattern = pattern.partition(_TAIL)[2]
        rows = store.query(f"{head}SELECT DISTINCT ?s ?p ?o ?g WHERE {{{pattern}")
        assert isinstance(rows, Bindings)
        return list(_statements(rows))


def _statements(rows: Bindings) -> Iterable[Statement]:
    for row in rows:
        subject, name, value, graph = row["s"], row["p"], row["o"], row["g"]
        if isinstance(subject, NamedNode) and isinstance(name, NamedNode) and isinstance(graph, NamedNode):
            assert value is not None
            yield Statement(subject.value, name.value, value, graph.value)


def entity(store: Store, iri: NamedNode, document: NamedNode, page: int = 1) -> Entity:
    """One page of the document of a thing.

    Raises:
        NotFound: nothing is said of the thing and nothing points to it, or there is no such page.
    """
    found = store.query(queries.bound("pointers", {"?thing": [(iri,)]}, offset=(page - 1) * POINTERS))
    assert isinstance(found, Bindings)
    rows = [(row["node"], row["property"], row["whole"]) for row in found]
    if not rows and (page > 1 or not is_known(store, iri)):
        raise NotFound(f"nothing is known of {iri.value}" if page == 1 else f"{iri.value} has no page {page}")
    pointers: list[tuple[NamedNode, NamedNode]] = []
    starts: dict[NamedNode, None] = {iri: None}
    for node, name, whole in rows[:POINTERS]:
        assert isinstance(node, NamedNode) and isinstance(name, NamedNode) and isinstance(whole, Literal)
        pointers.append((node, name))
        if whole.value == "true":
            starts[node] = None
    return Entity(iri, document, page, len(rows) > POINTERS, tuple(starts), tuple(pointers))


def is_known(store: Store, iri: NamedNode) -> bool:
    """Whether anything is said of a thing or points to it."""
    return bool(store.query(f"ASK {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} }}"))
