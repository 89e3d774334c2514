"""A scratch store on a SPARQL server.

An update is carried out on a copy in a process of our own, and only the graphs that it changes are sent: the union of
all graphs, which the server keeps for ``RemoteStore``, stays right.

Every update reads the whole store. That is meant for scratch stores, which are small.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from etappe.store.rehearsal import Limits, Update, rehearse
from etappe.store.remote import RemoteStore
from etappe_api.service import Service
from etappe_api.sparql.scratch import GraphName, refuse_closing

Change = Mapping[NamedNode, Iterable[Triple]]


class RemoteScratch:
    """See ``Scratch``. The server's default graph is the union; what is written to the default graph has a name."""

    def __init__(self, service: Service) -> None:
        settings = service.settings
        assert settings.store is not None
        self._service, self._folder = service, settings.data
        self._store = RemoteStore(settings.store)
        self._unnamed = NamedNode(f"{settings.base}/graph/default")
        self._lock = asyncio.Lock()

    async def update(self, update: Update, limits: Limits) -> None:
        """See ``Scratch``."""

        def change() -> Change:
            self._folder.mkdir(parents=True, exist_ok=True)
            there = (self._local(quad) for quad in self._store.quads())
            changes = rehearse(there, update, self._folder, limits, changes=True)
            return {NamedNode(name) if name else self._unnamed: triples for name, triples in changes.items()}

        await self._write(change)

    async def put(self, graph: GraphName, triples: Iterable[Triple], *, merge: bool = False) -> None:
        """See ``Scratch``."""
        name = graph if isinstance(graph, NamedNode) else self._unnamed
        await self._write(lambda: {name: [*(self._store.triples(name) if merge else ()), *triples]})

    async def default(self) -> list[Triple]:
        """See ``Scratch``."""
        return await asyncio.to_thread(lambda: list(self._store.triples(self._unnamed)))

    async def _write(self, change: Callable[[], Change]) -> None:
        refuse_closing(self._service)
        async with self._lock:
            await asyncio.to_thread(lambda: self._store.apply(change()))
            self._service.turn()

    def _local(self, quad: Quad) -> Quad:
        if quad.graph_name != self._unnamed:
            return quad
        return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
