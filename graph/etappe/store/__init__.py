"""What a store must do, in one place. ``oxigraph`` is the embedded one, ``remote`` any SPARQL 1.1 server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

from etappe.model import Term


@dataclass(frozen=True)
class Bindings:
    """The answer to a SELECT query: variables in order, one tuple a solution, ``None`` where nothing is bound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[Mapping[str, Term | None]]:
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Graph:
    """The answer to CONSTRUCT or DESCRIBE."""

    triples: tuple[Triple, ...]


Answer = Bindings | Graph | bool


class Store(Protocol):
    """A set of named graphs. The default graph of every query is the union of all of them.

    Every method raises ``StoreUnavailable`` when the store cannot be reached.
    """

    def query(self, sparql: str) -> Answer:
        """Answer a read-only query. ``QueryError`` when it does not parse, updates, or calls SERVICE."""

    def graphs(self) -> Sequence[NamedNode]:
        """The names of all graphs, sorted. A graph without triples does not exist."""

    def triples(self, graph: NamedNode) -> Iterable[Triple]:
        """All triples of one graph; none if it is not there."""

    def apply(self, replace: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace whole graphs in one transaction: all of them or none. No triples means: drop the graph.

        A ``LastingStore`` that is not ``atomic`` refuses what it cannot keep before it changes anything, and replaces
        in the order of the mapping.
        """

    def quads(self) -> Iterable[Quad]:
        """Everything, in no particular order."""

    def clear(self) -> None:
        """Remove everything."""

    def close(self) -> None:
        """Release locks and files; the store is not used afterwards."""


class LastingStore(Store, Protocol):
    """A store that a graph is kept in: made from an archive, and brought up to date with it."""

    @property
    def atomic(self) -> bool:
        """Whether ``apply`` happens wholly or not at all even if the store dies meanwhile."""

    @property
    def exact(self) -> bool:
        """Whether it answers every query as the standard says, or refuses it."""

    def fill(self, quads: Iterable[Quad]) -> None:
        """Add many quads to an empty store, the quads of a graph one after the other. In no transaction."""


__all__ = ["Answer", "Bindings", "Graph", "LastingStore", "Literal", "Store"]
