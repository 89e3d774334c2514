"""``/sparql``: the query operation of the SPARQL 1.1 Protocol (section 2.1), and the description of the service."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import UsageError
from etappe.store.readers import Request as Query
from etappe.store.text import changing, form_of
from etappe_api.access import client_of
from etappe_api.caching import cacheable
from etappe_api.leaving import WhileConnected
from etappe_api.linked_data import forms as documents
from etappe_api.routing import PlainRoute
from etappe_api.service import Service, service_of
from etappe_api.settings import Writes
from etappe_api.sparql import description, federation, forms, updates
from etappe_api.sparql.page import page
from etappe_api.sparql.parameters import (
    FORM,
    Parameters,
    UnsupportedMediaType,
    media_type,
    of_address,
    of_form,
    refuse_long,
    text_of,
    values,
)

router = APIRouter(tags=["SPARQL"], route_class=PlainRoute)

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


def _parameter(name: str, about: str, kind: str = "string", *, many: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": kind}
    return {
        "name": name,
        "in": "query",
        "description": about,
        "schema": {"type": "array", "items": schema} if many else schema,
    }


_DATASET = [
    _parameter("default-graph-uri", "IRI of a graph that the default graph is made of.", many=True),
    _parameter("named-graph-uri", "IRI of a graph that GRAPH can name.", many=True),
    _parameter("timeout", "Seconds that the query may take, up to the limit of the service.", "number"),
    _parameter("format", f"Form of the answer, before Accept: {', '.join(forms.NAMES)}."),
]
_ANSWER: dict[str, Any] = {
    "description": "The whole answer.",
    "content": {name: {"schema": {"type": "string"}} for name in (*forms.SOLUTIONS, *forms.GRAPH)},
}
_RESPONSES: dict[int | str, dict[str, Any]] = {200: _ANSWER, 400: {}, 406: {}, 413: {}, 422: {}, 503: {}, 504: {}}
_BODY = {
    "required": True,
    "content": {
        QUERY: {"schema": {"type": "string"}},
        FORM: {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
    },
}


@router.get(
    "/sparql",
    response_class=Response,
    responses=_RESPONSES,
    openapi_extra={
        "parameters": [_parameter("query", "The query. Without it, the service describes itself."), *_DATASET]
    },
)
@router.get("/sparql/", include_in_schema=False)
async def get(request: Request) -> Response:
    """Ask a query, or, without one, read the description of the service (in a browser: a form for queries)."""
    return await _get(request, None)


@router.get("/sparql.{suffix}", include_in_schema=False)
async def get_as(request: Request) -> Response:
    """The same with the form of the answer in the address: ``/sparql.csv?query=…``."""
    return await _get(request, request.path_params["suffix"])


@router.post(
    "/sparql",
    response_class=Response,
    responses={**_RESPONSES, 415: {}},
    openapi_extra={"parameters": _DATASET, "requestBody": _BODY},
)
@router.post("/sparql/", include_in_schema=False)
async def post(request: Request) -> Response:
    """Ask a query, in a form or as the body itself."""
    service = service_of(request)
    kind = media_type(request)
    if kind == FORM:
        parameters = await of_form(request)
        if parameters.all("update") and not parameters.all("query"):
            return await _update(request)
        return await _answer(request, parameters, forms.name_in(parameters.all("format")))
    if kind == UPDATE:
        return await _update(request)
    if kind != QUERY:
        raise UnsupportedMediaType(f"send a query as {QUERY}, or as the field 'query' of a form ({FORM})")
    text = await text_of(request, service.settings.max_query)
    parameters = Parameters((*of_address(request).pairs, ("query", text)))
    return await _answer(request, parameters, forms.name_in(parameters.all("format")))


async def _get(request: Request, suffix: str | None) -> Response:
    parameters = of_address(request)
    name = suffix or forms.name_in(parameters.all("format"))
    if parameters.all("query") or parameters.all("update"):
        return await _answer(request, parameters, name)
    offered = tuple(
        form for form in documents.DESCRIPTION if name is None or form.media_type in forms.NAMES.get(name, ())
    )
    if not offered:
        raise UsageError("there is no query; send it as the parameter 'query'")
    form = documents.negotiated(request, offered) if name is None else offered[0]
    cacheable(request)
    service = service_of(request)
    if form is documents.HTML:
        return page(request)
    triples = await service.read(lambda store: description.description(store, service.settings), client_of(request))
    return documents.answer(documents.written(triples, form), form, {"Vary": "Accept"})


async def _update(request: Request) -> Response:
    if service_of(request).settings.writes is Writes.OFF:
        raise UsageError("/sparql takes queries; updates go to /update, where the service allows them")
    return await updates.post(request)


async def _answer(request: Request, parameters: Parameters, name: str | None) -> Response:
    service = service_of(request)
    query = query_of(service, parameters)
    kind, shown = forms.chosen(request, forms.offered(form_of(query.sparql)), name)
    client = client_of(request)
    timeout = parameters.seconds(client.timeout or service.settings.timeout)
    began = monotonic()
    sparql = await federation.resolved(query.sparql, service.settings.allow_service, timeout)
    left = timeout if sparql is query.sparql else max(timeout - (monotonic() - began), 0.001)
    async with WhileConnected(request):
        reply = await service.answer(replace(query, sparql=sparql, media_type=kind, timeout=left))
    if sparql is query.sparql and not changing(sparql):
        cacheable(request)
    return Response(reply.body, media_type=shown, headers={"Vary": "Accept"})


def query_of(service: Service, parameters: Parameters) -> Query:
    """The query that the parameters make, its form not yet decided.

    Raises:
        UsageError: there is not exactly one query, or an update; an IRI is none.
        TooLong: it has more bytes than it may.
    """
    if parameters.all("update"):
        raise UsageError("the parameter 'update' belongs into a POST to /update")
    sparql = parameters.one("query")
    if sparql is None:
        raise UsageError("there is no query; send it as the parameter 'query'")
    refuse_long(len(sparql.encode()), service.settings.max_query)
    return Query(
        sparql,
        "",
        values(parameters.iris("default-graph-uri")),
        values(parameters.iris("named-graph-uri")),
        base=f"{service.settings.base}/sparql",
    )
