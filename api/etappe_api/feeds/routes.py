"""The addresses of feeds and exports."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from etappe import __version__
from etappe.archive import Archive
from etappe.errors import NotFound, UsageError
from etappe.store import Store
from etappe_api.access import client_of
from etappe_api.caching import cacheable
from etappe_api.feeds import atom, calendar, changes, geojson, network
from etappe_api.feeds.dump import Dumps
from etappe_api.feeds.stops import Selection, Stop, land_of, read_stops
from etappe_api.negotiation import language_of, media_type_of
from etappe_api.service import Service, service_of

T = TypeVar("T")

router = APIRouter(tags=["feeds"])

#: Changes on one page, at most and where nothing is said.
LARGEST_PAGE, PAGE = 1000, 100

_Since = Annotated[
    str | None, Query(max_length=40, description="A day or a moment; what happened since then, oldest first.")
]
_After = Annotated[int | None, Query(ge=0, description="Number of a change; those after it, oldest first.")]
_Before = Annotated[int | None, Query(ge=1, description="Number of a change; those before it, newest first.")]
_Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Changes on one page.")]


@router.get(
    "/changes",
    summary="What changed, as Atom or JSON",
    response_class=Response,
    responses={200: {"content": {atom.ATOM: {}, atom.JSON: {}}}},
)
async def get_changes(
    request: Request, since: _Since = None, after: _After = None, before: _Before = None, limit: _Limit = PAGE
) -> Response:
    """Events of the archive: newest first, or oldest first from ``since`` or ``after`` on. Pages follow by ``Link``."""
    return await _changes(request, media_type_of(request, (atom.ATOM, atom.JSON)), since, after, before, limit)


@router.get("/changes.atom", include_in_schema=False)
async def get_changes_atom(
    request: Request, since: _Since = None, after: _After = None, before: _Before = None, limit: _Limit = PAGE
) -> Response:
    """The same, always Atom."""
    return await _changes(request, atom.ATOM, since, after, before, limit)


@router.get("/changes.json", include_in_schema=False)
async def get_changes_json(
    request: Request, since: _Since = None, after: _After = None, before: _Before = None, limit: _Limit = PAGE
) -> Response:
    """The same, always JSON."""
    return await _changes(request, atom.JSON, since, after, before, limit)


@router.get("/changes/{number}", summary="One change")
async def get_change(request: Request, number: Annotated[int, Path(ge=1)]) -> Response:
    """One event of the archive as JSON."""
    service = service_of(request)
    change = await _in_thread(service, lambda archive: changes.change_of(archive, number))
    cacheable(request)
    record = atom.as_record(change, service.settings.base)
    return Response(json.dumps(record, ensure_ascii=False), media_type=atom.JSON)


async def _changes(
    request: Request, media_type: str, since: str | None, after: int | None, before: int | None, limit: int
) -> Response:
    if before is not None and (since is not None or after is not None):
        raise UsageError("'before' goes backward; it cannot stand beside 'since' or 'after'")
    service = service_of(request)
    start = changes.moment(since) if since is not None else None
    page = await _in_thread(
        service, lambda archive: changes.page_of(archive, since=start, after=after, before=before, limit=limit)
    )
    links = {"self": _address(request)}
    if page.more:
        last = page.changes[-1].number
        turn: dict[str, object] = {"after": last} if page.forward else {"before": last}
        links["next"] = f"{request.url.path}?{urlencode({**turn, 'limit': limit})}"
    cacheable(request)
    headers = {"Link": ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items())}
    base = service.settings.base
    if media_type == atom.ATOM:
        language = language_of(request)
        headers["Content-Language"] = language
        return Response(atom.as_atom(page, base, language, links), 200, headers, atom.ATOM)
    return Response(atom.as_json(page, base, links), 200, headers, atom.JSON)


def _address(request: Request) -> str:
    """Path and query of the request, encoded anew so that nothing in it can end a header."""
    query = urlencode(list(request.query_params.multi_items()))
    return f"{request.url.path}?{query}" if query else request.url.path


async def _in_thread(service: Service, work: Callable[[Archive], T]) -> T:
    return await asyncio.to_thread(work, _archive(service))


def _archive(service: Service) -> Archive:
    archive = service.state.archive
    if archive is None:
        raise NotFound("a scratch store has no archive, so nothing is known of its changes")
    return archive


async def _selection(
    tour: Annotated[str | None, Query(max_length=500, description="A tour: its id, name or IRI.")] = None,
    first: Annotated[date | None, Query(alias="from", description="First day.")] = None,
    last: Annotated[date | None, Query(alias="to", description="Last day.")] = None,
    land: Annotated[str | None, Query(max_length=60, description="A Land: name or code, such as DE-MV.")] = None,
) -> Selection:
    """Which stops are wanted."""
    return Selection(tour, first, last, land_of(land) if land else None)


_Selected = Annotated[Selection, Depends(_selection)]


async def _stops(request: Request, selection: Selection) -> list[Stop]:
    service, language = service_of(request), language_of(request)
    base = service.settings.base
    return await service.read(lambda store: read_stops(store, base, language, selection), client_of(request))


@router.get("/stops.ics", summary="Stops as iCalendar", response_class=Response)
async def get_calendar(request: Request, selection: _Selected) -> Response:
    """All stops that have a day, as all-day events (RFC 5545)."""
    body = calendar.as_calendar(await _stops(request, selection), "Etappe")
    cacheable(request)
    return Response(body, 200, _attached("stops.ics"), calendar.MEDIA_TYPE)


@router.get("/stops.geojson", summary="Stops as GeoJSON", response_class=Response)
async def get_geojson(request: Request, selection: _Selected) -> Response:
    """All stops as features (RFC 7946), with a point where their place is known."""
    body = geojson.as_geojson(await _stops(request, selection))
    cacheable(request)
    return Response(body, 200, None, geojson.MEDIA_TYPE)


@router.get("/network.graphml", summary="Who was at the same programme items, as GraphML", response_class=Response)
async def get_network(request: Request, selection: _Selected) -> Response:
    """People as nodes; edges weigh as many distinct stops as two people met at."""
    service, language = service_of(request), language_of(request)
    base = service.settings.base

    def work(store: Store) -> bytes:
        stops = None
        if selection != Selection():
            stops = frozenset(stop.iri for stop in read_stops(store, base, language, selection))
        return network.graphml(store, language, stops)

    body = await service.read(work, client_of(request))
    cacheable(request)
    return Response(body, 200, _attached("network.graphml"), network.MEDIA_TYPE)


@router.get("/dump.nq", summary="All quads", response_class=StreamingResponse)
async def get_dump(request: Request) -> Response:
    """The whole data set as N-Quads, streamed. Ranges are not served."""
    return await _dump(request, zipped=False)


@router.get("/dump.nq.gz", summary="All quads, compressed", response_class=StreamingResponse)
async def get_dump_zipped(request: Request) -> Response:
    """The whole data set as N-Quads in gzip, streamed. Ranges are not served."""
    return await _dump(request, zipped=True)


async def _dump(request: Request, *, zipped: bool) -> Response:
    service = service_of(request)
    headers = {"Accept-Ranges": "none", "Cache-Control": "no-cache", **_validators(service, zipped=zipped)}
    if "ETag" in headers and _knows(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers |= _attached("dump.nq.gz" if zipped else "dump.nq")
    parts = dumps_of(request).stream(zipped=zipped)
    first = await anext(parts, b"")  # what goes wrong at the start is still an answer of its own
    media_type = "application/gzip" if zipped else "application/n-quads"
    return StreamingResponse(_rejoined(first, parts), 200, headers, media_type)


async def _rejoined(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    async with aclosing(rest):
        yield first
        async for part in rest:
            yield part


def dumps_of(request: Request) -> Dumps:
    """The dumps of the service that a request belongs to."""
    state = request.app.state
    if not hasattr(state, "dumps"):
        state.dumps = Dumps(service_of(request))
    assert isinstance(state.dumps, Dumps)
    return state.dumps


def _validators(service: Service, *, zipped: bool) -> dict[str, str]:
    """What tells one state from another, across restarts: the last event of the archive and our own version."""
    archive = service.state.archive
    if archive is None or not archive.events:
        return {}
    last = archive.events[-1]
    what = f"{last} {service.settings.base} {__version__} {zipped}"
    changed = datetime.fromisoformat(last.at).astimezone(UTC)
    return {
        "ETag": f'W/"{hashlib.blake2b(what.encode(), digest_size=12).hexdigest()}"',
        "Last-Modified": format_datetime(changed, usegmt=True),
    }


def _knows(request: Request, etag: str) -> bool:
    known = ",".join(request.headers.getlist("if-none-match"))
    return any(tag.strip() in (etag, "*") for tag in known.split(","))


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
