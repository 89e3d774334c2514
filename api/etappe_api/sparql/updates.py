"""``/update``: the update operation of the SPARQL 1.1 Protocol (section 2.2)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import UsageError
from etappe.store.rehearsal import Limits, Update
from etappe_api.routing import PlainRoute
from etappe_api.service import service_of
from etappe_api.settings import Writes
from etappe_api.sparql import gated
from etappe_api.sparql.access import writer_of
from etappe_api.sparql.parameters import (
    FORM,
    Parameters,
    UnsupportedMediaType,
    media_type,
    of_address,
    of_form,
    refuse_long,
    text_of,
)
from etappe_api.sparql.scratch import scratch_of

router = APIRouter(tags=["SPARQL"], route_class=PlainRoute)

UPDATE = "application/sparql-update"

_GRAPHS = {"type": "array", "items": {"type": "string"}}
_PARAMETERS: list[dict[str, Any]] = [
    {"name": name, "in": "query", "description": about, "schema": _GRAPHS}
    for name, about in (
        ("using-graph-uri", "IRI of a graph that the default graph of WHERE is made of."),
        ("using-named-graph-uri", "IRI of a graph that GRAPH can name in WHERE."),
    )
]
_BODY = {
    "required": True,
    "content": {
        UPDATE: {"schema": {"type": "string"}},
        FORM: {"schema": {"type": "object", "required": ["update"], "properties": {"update": {"type": "string"}}}},
    },
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    204: {"description": "Done. Behind the gate, `Link` names the new graphs."},
    **{status: {} for status in (400, 401, 403, 409, 413, 415, 422, 503, 504)},
}


@router.post(
    "/update",
    status_code=204,
    response_class=Response,
    responses=_RESPONSES,
    openapi_extra={"parameters": _PARAMETERS, "requestBody": _BODY},
)
@router.post("/update/", include_in_schema=False)
async def post(request: Request) -> Response:
    """Carry out an update, in a form or as the body itself, if the service takes any."""
    client = writer_of(request)
    service = service_of(request)
    settings = service.settings
    update = await _update_of(request, settings.base, settings.max_query)
    limits = Limits(client.timeout or settings.timeout, settings.max_memory, settings.max_body)
    if settings.writes is Writes.GATED:
        return await gated.update(request, client, update, limits)
    await scratch_of(request).update(update, limits)
    return Response(status_code=204)


async def _update_of(request: Request, base: str, most: int) -> Update:
    kind = media_type(request)
    if kind == FORM:
        parameters = await of_form(request)
    elif kind == UPDATE:
        parameters = Parameters((*of_address(request).pairs, ("update", await text_of(request, most))))
    else:
        raise UnsupportedMediaType(f"send an update as {UPDATE}, or as the field 'update' of a form ({FORM})")
    if parameters.all("query"):
        raise UsageError("the parameter 'query' belongs to /sparql; an update is sent as 'update'")
    sparql = parameters.one("update")
    if sparql is None:
        raise UsageError("there is no update; send it as the parameter 'update'")
    refuse_long(len(sparql.encode()), most)
    using, named = (tuple(parameters.iris(name)) for name in ("using-graph-uri", "using-named-graph-uri"))
    return Update(sparql, f"{base}/update", using, named)
