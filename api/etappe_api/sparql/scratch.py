"""Writing without a gate (``writes=open``): a store of its own that anybody who may can fill as they like."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from pyoxigraph import DefaultGraph, NamedNode, Triple
from starlette.requests import Request as HttpRequest

from etappe.errors import Busy
from etappe.store.oxigraph import OxigraphStore
from etappe.store.rehearsal import Limits, Update, rehearse
from etappe.store.sandbox import deny_network
from etappe_api.service import Service, service_of

#: A named graph, or the default graph that the store has beside them.
GraphName = NamedNode | DefaultGraph


class Scratch(Protocol):
    """A store that takes what comes."""

    async def update(self, update: Update, limits: Limits) -> None:
        """Carry out an update, wholly or not at all. Raises what ``rehearse`` raises."""

    async def put(self, graph: GraphName, triples: Iterable[Triple], *, merge: bool = False) -> None:
        """Give a graph these triples, in place of what it holds or beside that. None: it is gone."""

    async def default(self) -> list[Triple]:
        """The default graph without the named ones."""


class EmbeddedScratch:
    """The scratch store in the data folder."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def update(self, update: Update, limits: Limits) -> None:
        """See ``Scratch``."""
        folder = self._service.settings.data

        def work(store: OxigraphStore) -> None:
            rehearse(store, update, folder, limits, changes=False)
            _offline(
                lambda: store.update(
                    update.sparql, base=update.base, using=update.using, using_named=update.using_named
                )
            )

        await self._service.write_scratch(work)

    async def put(self, graph: GraphName, triples: Iterable[Triple], *, merge: bool = False) -> None:
        """See ``Scratch``."""
        update = putting(graph, triples, merge=merge)
        await self._service.write_scratch(lambda store: store.update(update))

    async def default(self) -> list[Triple]:
        """See ``Scratch``."""
        store = self._service.scratch
        assert store is not None
        return await asyncio.to_thread(lambda: list(store.triples(DefaultGraph())))


def scratch_of(request: HttpRequest) -> Scratch:
    """The scratch store of the service."""
    service = service_of(request)
    if service.settings.store is None:
        return EmbeddedScratch(service)
    state = request.app.state
    if not hasattr(state, "remote_scratch"):
        from etappe_api.sparql.remote_scratch import RemoteScratch  # loaded only for those who use it

        state.remote_scratch = RemoteScratch(service)
    found: Scratch = state.remote_scratch
    return found


def putting(graph: GraphName, triples: Iterable[Triple], *, merge: bool) -> str:
    """The update that puts triples into a graph."""
    named = isinstance(graph, NamedNode)
    drop = [] if merge else [f"DROP SILENT GRAPH {graph}" if named else "DROP DEFAULT"]
    lines = " .\n".join(f"{t.subject} {t.predicate} {t.object}" for t in triples)
    insert = [f"INSERT DATA {{ GRAPH {graph} {{ {lines} }} }}" if named else f"INSERT DATA {{ {lines} }}"]
    return " ;\n".join([*drop, *(insert if lines else [])])


def refuse_closing(service: Service) -> None:
    """See that the service still takes writes.

    Raises:
        Busy: it is about to end.
    """
    if service.closing:
        raise Busy("the service is about to end and takes no more writes; send it again later")


def _offline(work: Callable[[], None]) -> None:
    """Do work in a thread that can open no socket: what ``LOAD SILENT`` hides must not happen either."""
    raised: list[BaseException] = []

    def run() -> None:
        deny_network()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed on to the caller
            raised.append(error)

    worker = threading.Thread(target=run)
    worker.start()
    worker.join()
    if raised:
        raise raised[0]
