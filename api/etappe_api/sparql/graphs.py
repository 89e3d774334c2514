"""``/graphs``: the SPARQL 1.1 Graph Store HTTP Protocol, with the graph in a parameter or in the address itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter
from pyoxigraph import BlankNode, DefaultGraph, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import NotFound, UsageError
from etappe.store.readers import Request as Query
from etappe_api.access import client_of
from etappe_api.caching import cacheable
from etappe_api.linked_data import forms as documents
from etappe_api.routing import PlainRoute
from etappe_api.service import Service, service_of
from etappe_api.settings import Writes
from etappe_api.sparql import forms, gated
from etappe_api.sparql.access import writer_of
from etappe_api.sparql.parameters import address, iri_of, of_address
from etappe_api.sparql.payloads import FORMATS, MULTIPART, triples_of
from etappe_api.sparql.scratch import GraphName, scratch_of

router = APIRouter(tags=["graph store"], route_class=PlainRoute)

_WHICH: list[dict[str, Any]] = [
    {"name": "graph", "in": "query", "description": "IRI of the graph.", "schema": {"type": "string"}},
    {
        "name": "default",
        "in": "query",
        "description": "Instead of `graph`: the default graph.",
        "allowEmptyValue": True,
        "schema": {"type": "string"},
    },
]
_BODY = {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in (*FORMATS, MULTIPART)}}
_FAULTS: dict[int | str, dict[str, Any]] = {s: {} for s in (400, 401, 403, 404, 409, 413, 415, 422, 503)}
_CHANGED: dict[int | str, dict[str, Any]] = {
    201: {"description": "A new graph; `Location` is its address."},
    204: {"description": "The graph was changed."},
    **_FAULTS,
}


@router.get("/graphs", response_class=Response, responses={404: {}, 406: {}}, openapi_extra={"parameters": _WHICH})
@router.get("/graphs/", include_in_schema=False)
@router.get("/graphs/{path:path}", include_in_schema=False)
@router.get("/graph/{path:path}", include_in_schema=False)
async def get(request: Request) -> Response:
    """The triples of a graph."""
    service, graph = service_of(request), _graph_of(request)
    form, shown = forms.chosen(request, forms.GRAPH, forms.name_in(of_address(request).all("format")))
    headers = {"Vary": "Accept"}
    if isinstance(graph, DefaultGraph) and service.settings.writes is Writes.OPEN:
        written = next(one for one in documents.GRAPH if one.media_type == form)
        triples = await scratch_of(request).default()
        if written is documents.TURTLE and any(
            isinstance(term, BlankNode) for t in triples for term in (t.subject, t.object)
        ):
            written = documents.N_TRIPLES  # which is Turtle, too
        return Response(documents.written(triples, written), media_type=shown, headers=headers)
    pattern = "?s ?p ?o" if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ ?s ?p ?o }}"
    timeout = client_of(request).timeout or service.settings.timeout
    if isinstance(graph, NamedNode) and not await exists(service, graph, timeout):
        raise NotFound(f"there is no graph {graph.value}")
    reply = await service.answer(Query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", form, timeout=timeout))
    cacheable(request)
    return Response(reply.body, media_type=shown, headers=headers)


@router.put(
    "/graphs",
    status_code=204,
    response_class=Response,
    responses=_CHANGED,
    openapi_extra={"parameters": _WHICH, "requestBody": _BODY},
)
@router.put("/graphs/", include_in_schema=False)
@router.put("/graphs/{path:path}", include_in_schema=False)
@router.put("/graph/{path:path}", include_in_schema=False)
async def put(request: Request) -> Response:
    """Put triples in the place of what a graph holds."""
    client, service, graph = writer_of(request), service_of(request), _graph_of(request)
    triples = await triples_of(request, _base(service, graph))
    if service.settings.writes is Writes.GATED:
        return await gated.put(request, client, graph, triples)
    new = await _is_new(service, graph)
    await scratch_of(request).put(graph, triples)
    return _changed(graph, new=new)


@router.post(
    "/graphs",
    status_code=204,
    response_class=Response,
    responses=_CHANGED,
    openapi_extra={"parameters": _WHICH, "requestBody": _BODY},
)
@router.post("/graphs/", include_in_schema=False)
@router.post("/graphs/{path:path}", include_in_schema=False)
@router.post("/graph/{path:path}", include_in_schema=False)
async def post(request: Request) -> Response:
    """Add triples to a graph; without a graph, make a new one, whose address is in `Location`."""
    client, service = writer_of(request), service_of(request)
    made = not _is_named(request)
    graph = NamedNode(f"{service.settings.base}/graphs/{uuid4()}") if made else _graph_of(request)
    triples = await triples_of(request, _base(service, graph))
    if service.settings.writes is Writes.GATED:
        return await gated.post(request, client, None if made else graph, triples)
    new = made or await _is_new(service, graph)
    await scratch_of(request).put(graph, triples, merge=True)
    return _changed(graph, new=new)


@router.delete(
    "/graphs", status_code=204, response_class=Response, responses=_FAULTS, openapi_extra={"parameters": _WHICH}
)
@router.delete("/graphs/", include_in_schema=False)
@router.delete("/graphs/{path:path}", include_in_schema=False)
@router.delete("/graph/{path:path}", include_in_schema=False)
async def delete(request: Request) -> Response:
    """Remove a graph."""
    client, service, graph = writer_of(request), service_of(request), _graph_of(request)
    if isinstance(graph, NamedNode) and await _is_new(service, graph):
        raise NotFound(f"there is no graph {graph.value}")
    if service.settings.writes is Writes.GATED:
        return await gated.put(request, client, graph, [])
    await scratch_of(request).put(graph, [])
    return Response(status_code=204)


async def exists(service: Service, graph: NamedNode, timeout: float) -> bool:
    """Whether a graph holds anything; one that holds nothing does not exist here."""
    ask = Query(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}", "application/sparql-results+json", timeout=timeout)
    return b"true" in (await service.answer(ask)).body


async def _is_new(service: Service, graph: GraphName) -> bool:
    return isinstance(graph, NamedNode) and not await exists(service, graph, service.settings.timeout)


def _is_named(request: Request) -> bool:
    """Whether the request says which graph it is about."""
    parameters = of_address(request)
    return bool(parameters.all("graph") or parameters.all("default") or _direct(request))


def _graph_of(request: Request) -> GraphName:
    """The graph that a request is about: by parameter (section 4.2), or by its own address (section 4.1).

    Raises:
        UsageError: it names none, or more than one, or one that is no IRI.
    """
    parameters, direct = of_address(request), _direct(request)
    graph = parameters.one("graph")
    if sum((graph is not None, bool(parameters.all("default")), bool(direct))) != 1:
        raise UsageError("name one graph: ?graph=IRI, ?default, or the address of the graph itself")
    if direct:
        return iri_of(service_of(request).settings.base + direct, "the address")
    return DefaultGraph() if graph is None else iri_of(graph, "graph")


def _direct(request: Request) -> str:
    """The path of the request as it was sent, where it is the address of a graph; else nothing."""
    raw: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    path = raw.decode("latin-1").partition("?")[0]
    return "" if path.rstrip("/") == "/graphs" else path


def _base(service: Service, graph: GraphName) -> str:
    return graph.value if isinstance(graph, NamedNode) else f"{service.settings.base}/graphs"


def _changed(graph: GraphName, *, new: bool) -> Response:
    if new and isinstance(graph, NamedNode):
        return Response(status_code=201, headers={"Location": address(graph.value)})
    return Response(status_code=204)
