"""The store as the library sees it from a request: one state, read only, each query in a reader with its deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from etappe.store import Answer, Bindings, Graph
from etappe.store.readers import Request
from etappe.store.text import form_of
from etappe_api.backend import Backend


class View:
    """A ``Store`` that cannot be written. Use it in a thread, never on the event loop.

    Args:
        pinned: the state that all its queries see.
        timeout: seconds that each query may take.
    """

    def __init__(self, backend: Backend, loop: asyncio.AbstractEventLoop, pinned: Path | None, timeout: float) -> None:
        self._backend, self._loop, self._pinned, self._timeout = backend, loop, pinned, timeout

    def query(self, sparql: str) -> Answer:
        """See ``Store.query``; also ``QueryTimeout``, ``QueryTooLarge``, ``Busy``."""
        if form_of(sparql) in ("CONSTRUCT", "DESCRIBE"):
            return Graph(
                tuple(quad.triple for quad in parse(self._bytes(sparql, "application/n-triples"), RdfFormat.N_TRIPLES))
            )
        found = parse_query_results(self._bytes(sparql, "application/sparql-results+json"), QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            return bool(found)
        names = tuple(variable.value for variable in found.variables)
        return Bindings(names, tuple(tuple(solution[name] for name in names) for solution in found))

    def graphs(self) -> Sequence[NamedNode]:
        """See ``Store.graphs``."""
        found = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
        assert isinstance(found, Bindings)
        return [row["g"] for row in found if isinstance(row["g"], NamedNode)]

    def triples(self, graph: NamedNode) -> Iterable[Triple]:
        """See ``Store.triples``."""
        found = self.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        assert isinstance(found, Graph)
        return found.triples

    def quads(self) -> Iterable[Quad]:
        """See ``Store.quads``."""
        return (Quad(t.subject, t.predicate, t.object, graph) for graph in self.graphs() for t in self.triples(graph))

    def apply(self, replace: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Never: what enters goes through the gate."""
        raise NotImplementedError

    def clear(self) -> None:
        """Never."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is held."""

    def _bytes(self, sparql: str, media_type: str) -> bytes:
        request = Request(sparql, media_type, timeout=self._timeout)
        future = asyncio.run_coroutine_threadsafe(self._backend.answer(request, self._pinned), self._loop)
        return future.result().body
