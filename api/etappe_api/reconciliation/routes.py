"""The addresses of the reconciliation service."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import NotFound, UsageError
from etappe.store import Store
from etappe_api.access import client_of
from etappe_api.caching import cacheable
from etappe_api.negotiation import language_of
from etappe_api.pages import render
from etappe_api.reconciliation.index import Entity, NameIndex, build
from etappe_api.reconciliation.manifest import (
    described,
    facts_of,
    manifest,
    property_record,
    type_record,
    types_of,
)
from etappe_api.reconciliation.matching import Candidate, Matcher
from etappe_api.reconciliation.names import fold
from etappe_api.reconciliation.queries import Extension, batch_of, extension_of
from etappe_api.reconciliation.values import Reader, Table, Value
from etappe_api.reconciliation.vocabulary import PROPERTIES, TYPES, Values
from etappe_api.service import Service, service_of

router = APIRouter(tags=["reconciliation"])

#: Suggestions on one page, and how far a cursor reaches.
PAGE, FARTHEST = 20, 2000

_Json = Annotated[str | None, Query(description="A JSON object, as the specification describes it.")]
_Prefix = Annotated[str, Query(max_length=300, description="What was typed so far.")]
_Cursor = Annotated[int, Query(ge=0, le=FARTHEST, description="Suggestions to skip.")]

_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:0;padding:.75rem;color:#222;background:#fff}"
    "h1{font-size:1.1rem;margin:0}p{margin:0 0 .5rem;color:#555}dl{margin:0}dt{font-weight:600}dd{margin:0 0 .25rem}"
)
# To be shown within pages of others (section 5), and unable to do anything there but open the thing's own page.
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors *"
)


_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                }
            }
        },
    }
}


class Indexes:
    """The index of names for the present state, built by whoever needs it first."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._number = -1
        self._index = NameIndex()

    async def current(self, service: Service) -> NameIndex:
        """The index of the present state."""
        async with self._lock:
            number = service.state.number
            if number != self._number:
                base = service.settings.base
                self._index = await service.read(lambda store: build(store, base))
                self._number = number
            return self._index


async def _index(request: Request) -> NameIndex:
    state = request.app.state
    if not hasattr(state, "name_indexes"):
        state.name_indexes = Indexes()
    index = await state.name_indexes.current(service_of(request))
    assert isinstance(index, NameIndex)
    return index


@router.get("/reconcile", summary="Manifest, queries or data extension")
async def get_reconcile(request: Request, queries: _Json = None, extend: _Json = None) -> Response:
    """Without parameters the manifest; with ``queries`` their candidates; with ``extend`` values of things."""
    if queries is None and extend is None:
        # Not kept: its addresses depend on the host that the client called.
        origin = str(request.base_url).rstrip("/")
        return _json(
            manifest(origin, service_of(request).settings.base, language_of(request)), {"Cache-Control": "no-cache"}
        )
    cacheable(request)
    return await _answer(request, queries, extend)


@router.post("/reconcile", summary="Queries or data extension", openapi_extra=_FORM)
async def post_reconcile(request: Request) -> Response:
    """The same as a form with ``queries`` or ``extend``."""
    async with request.form() as form:
        queries, extend = form.get("queries"), form.get("extend")
    if not isinstance(queries, str | None) or not isinstance(extend, str | None):
        raise UsageError("'queries' and 'extend' are texts, not files")
    if queries is None and extend is None:
        raise UsageError("a form with 'queries' or 'extend' is needed")
    return await _answer(request, queries, extend)


@router.get("/reconcile/extend", summary="Values of things", include_in_schema=False)
async def get_extend(request: Request, extend: _Json = None) -> Response:
    """Data extension at an address of its own."""
    if extend is None:
        raise UsageError("'extend' is needed")
    cacheable(request)
    return await _answer(request, None, extend)


@router.post("/reconcile/extend", summary="Values of things", include_in_schema=False)
async def post_extend(request: Request) -> Response:
    """Data extension at an address of its own."""
    return await post_reconcile(request)


async def _answer(request: Request, queries: str | None, extend: str | None) -> Response:
    if queries is not None and extend is not None:
        raise UsageError("'queries' and 'extend' are two requests")
    service, language = service_of(request), language_of(request)
    base, client = service.settings.base, client_of(request)
    if queries is not None:
        batch = batch_of(queries)
        index = await _index(request)

        def match(store: Store) -> dict[str, Any]:
            found = Matcher(store, base, index, language).answer(batch)
            facts = _facts(
                Reader(store, base, index, language), [one.entity for some in found.values() for one in some]
            )
            return {key: {"result": [_candidate(one, facts, language) for one in some]} for key, some in found.items()}

        return _json(await service.read(match, client))
    extension = extension_of(extend or "")
    index = await _index(request)

    def values(store: Store) -> Table:
        return Reader(store, base, index, language).values(extension.ids, extension.properties)

    return _json(_extended(extension, await service.read(values, client), language))


def _facts(reader: Reader, entities: Sequence[Entity]) -> Table:
    wanted = dict.fromkeys(name for entity in entities for name in facts_of(entity))
    return reader.values([entity.id for entity in entities], wanted)


def _described(entity: Entity, facts: Table, language: str) -> str:
    known = facts.get(entity.id, {})
    told = {name: list(dict.fromkeys(value.text for value in known.get(name, ()))) for name in facts_of(entity)}
    return described(entity, told, language)


def _candidate(one: Candidate, facts: Table, language: str) -> dict[str, Any]:
    return {
        "id": one.entity.id,
        "name": one.entity.label(language),
        "description": _described(one.entity, facts, language),
        "type": types_of(one.entity, language),
        "score": round(one.score, 2),
        "features": [{"id": name, "value": value} for name, value in one.features.items()],
        "match": one.match,
    }


def _extended(extension: Extension, table: Table, language: str) -> dict[str, Any]:
    meta = []
    for name in extension.properties:
        record: dict[str, Any] = dict(property_record(PROPERTIES[name], language))
        range_ = PROPERTIES[name].range
        if range_:
            record["type"] = {"id": range_, "name": TYPES[range_].names[language]}
        meta.append(record)

    def cell(id_: str, name: str) -> list[dict[str, str]]:
        values = table.get(id_, {}).get(name, ())
        return [_value(value, PROPERTIES[name].values) for value in values[: extension.most[name] or None]]

    return {
        "meta": meta,
        "rows": {id_: {name: cell(id_, name) for name in extension.properties} for id_ in extension.ids},
    }


def _value(value: Value, kind: Values) -> dict[str, str]:
    if value.id is not None:
        return {"id": value.id, "name": value.text}
    if kind is Values.DATES and len(value.text) == 10:
        return {"date": f"{value.text}T00:00:00Z"}  # the schema of data extension wants a time
    return {"str": value.text}


@router.get("/reconcile/properties", summary="Properties that things of a type can have")
async def get_properties(
    request: Request,
    type_: Annotated[str, Query(alias="type", max_length=200, description="Id of a type.")],
    limit: Annotated[int | None, Query(ge=1, description="Properties at most.")] = None,
) -> Response:
    """Property proposals for data extension (section 7.2)."""
    if type_ not in TYPES:
        raise NotFound(f"there is no type {type_!r}; there are: {', '.join(TYPES)}")
    cacheable(request)
    language = language_of(request)
    fitting = [property_record(item, language) for item in PROPERTIES.values() if item.applies_to(type_)]
    document: dict[str, Any] = {"type": type_, "properties": fitting[:limit]}
    if limit is not None:
        document["limit"] = limit
    return _json(document)


@router.get("/reconcile/suggest/entity", summary="Things whose name begins so")
async def suggest_entity(request: Request, prefix: _Prefix, cursor: _Cursor = 0) -> Response:
    """Suggestions of things (section 6); an id suggests itself."""
    service, language = service_of(request), language_of(request)
    base, index = service.settings.base, await _index(request)
    named = index.get(prefix.removeprefix(f"{base}/id/"))
    folded = fold(prefix)
    found = [named] if named else index.beginning_with(folded, cursor + PAGE)[cursor:] if folded else []
    reader = await service.read(lambda store: _facts(Reader(store, base, index, language), found), client_of(request))
    cacheable(request)
    result = [
        {
            "id": entity.id,
            "name": entity.label(language),
            "description": _described(entity, reader, language),
            "notable": types_of(entity, language),
        }
        for entity in found
    ]
    return _json({"result": result})


@router.get("/reconcile/suggest/type", summary="Types whose name begins so")
async def suggest_type(request: Request, prefix: _Prefix, cursor: _Cursor = 0) -> Response:
    """Suggestions of types (section 6)."""
    cacheable(request)
    language = language_of(request)
    fitting = [type_record(kind, language) for kind in TYPES.values() if _begins(prefix, kind.id, kind.names)]
    return _json({"result": fitting[cursor : cursor + PAGE]})


@router.get("/reconcile/suggest/property", summary="Properties whose name begins so")
async def suggest_property(request: Request, prefix: _Prefix, cursor: _Cursor = 0) -> Response:
    """Suggestions of properties (section 6)."""
    cacheable(request)
    language = language_of(request)
    fitting = [property_record(item, language) for item in PROPERTIES.values() if _begins(prefix, item.id, item.names)]
    return _json({"result": fitting[cursor : cursor + PAGE]})


def _begins(prefix: str, id_: str, names: Mapping[str, str]) -> bool:
    """Whether the id, or a word of a name, begins so. An empty prefix begins all."""
    folded = fold(prefix)
    forms = [fold(name) for name in names.values()]
    return id_.startswith(prefix) or any(
        form.startswith(folded) or any(word.startswith(folded) for word in form.split()) for form in forms
    )


@router.get("/reconcile/preview", summary="A thing in a small frame")
async def get_preview(
    request: Request, id_: Annotated[str, Query(alias="id", max_length=500, description="Kind and slug.")]
) -> Response:
    """A small page about a thing, to be embedded (section 5).

    It says no more than tells the thing apart, and shows no picture: whether one may be shown depends on rights and
    consent, which a preview has no room to explain.
    """
    service, language = service_of(request), language_of(request)
    base, index = service.settings.base, await _index(request)
    entity = index.get(id_)
    if entity is None:
        raise NotFound(f"nothing is known as {id_!r}")
    facts = await service.read(lambda store: _facts(Reader(store, base, index, language), [entity]), client_of(request))
    known = facts.get(entity.id, {})
    rows = [
        (PROPERTIES[name].names[language], list(dict.fromkeys(value.text for value in known.get(name, ())))[:5])
        for name in facts_of(entity)
    ]
    cacheable(request)
    page = render(
        request,
        "preview.html",
        name=entity.label(language),
        kind=types_of(entity, language)[0]["name"],
        facts=[(name, values) for name, values in rows if values],
        address=f"/id/{entity.id}",
        style=Markup(_STYLE),  # noqa: S704 - our own constant
    )
    page.headers["Content-Security-Policy"] = _POLICY
    return page


def _json(document: object, headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, 200, dict(headers or {}), "application/json")
