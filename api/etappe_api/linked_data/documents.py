"""``/id/{kind}/{slug}`` and ``/doc/{kind}/{slug}``: things, and the documents about them in every form.

A thing is not its document, so its address answers 303 (Cool URIs for the Semantic Web, section 4.2); the old address
of a thing that was merged with another answers 308 for good.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from etappe.errors import NotFound
from etappe.store import Store
from etappe_api.caching import cacheable
from etappe_api.linked_data import forms, json_ld, schema_org
from etappe_api.linked_data.addresses import parts_of, path_of, thing_iri
from etappe_api.linked_data.entities import entity, is_known
from etappe_api.linked_data.forms import Form
from etappe_api.linked_data.identity import successor
from etappe_api.linked_data.page import thing_page
from etappe_api.linked_data.tabular import entity_csv
from etappe_api.negotiation import language_of
from etappe_api.pages import render
from etappe_api.service import service_of

router = APIRouter(tags=["linked data"])

Page = Annotated[int, Query(ge=1, le=100_000, description="Page of what points to the thing.")]

#: The list that a thing of a kind stands in.
LISTS = {"person": "people", "organization": "organizations", "stop": "stops", "photo": "photos"}
_NEGOTIATED = {"Vary": "Accept, Accept-Language"}


@dataclass(frozen=True)
class _Place:
    """What an address names: a thing, and a form where the address has a suffix; where it moved to."""

    kind: str
    slug: str
    form: Form | None
    iri: NamedNode
    moved: tuple[str, str] | None


def _find(store: Store, base: str, kind: str, name: str) -> _Place:
    """The thing that an address names. A name that ends like a form may be a slug as well; the thing decides.

    Raises:
        NotFound: nothing is known under that address.
    """
    slug, form = forms.with_suffix(forms.DOCUMENT, name)
    for candidate, suffix in dict.fromkeys(((slug, form), (name, None))):
        iri = thing_iri(base, kind, candidate)
        if (new := successor(store, base, iri)) and (moved := parts_of(base, new.value)):
            return _Place(kind, candidate, suffix, iri, moved)
        if is_known(store, iri):
            return _Place(kind, candidate, suffix, iri, None)
    raise NotFound(f"nothing is known at this address: there is no {kind} {slug!r}")


def _redirect(request: Request, room: str, place: _Place, status: int) -> Response:
    kind, slug = place.moved or (place.kind, place.slug)
    address = path_of(room, kind, slug)
    suffix = f".{place.form.suffix}" if place.form else ""
    query = f"?{request.url.query}" if request.url.query else ""
    links = forms.alternates(path_of("doc", kind, slug), forms.DOCUMENT)
    response = RedirectResponse(address + suffix + query, status, {**_NEGOTIATED, "Link": ", ".join(links)})
    if status == 308:
        response.headers["Link"] = f'<{address}>; rel="successor-version", {response.headers["Link"]}'
    return response


@router.get("/id/{kind}/{name}", status_code=303, response_class=Response, responses={308: {}, 404: {}})
async def thing(request: Request, kind: str, name: str) -> Response:
    """A thing. 303 to its document; 308 to the thing that took its place."""
    service = service_of(request)
    thing_iri(service.settings.base, kind, name)
    place = await service.read(lambda store: _find(store, service.settings.base, kind, name))
    if place.moved:
        return _redirect(request, "id", place, 308)
    return _redirect(request, "doc", place, 303)


@router.get("/doc/{kind}/{name}", response_class=Response, responses={308: {}, 404: {}, 406: {}})
async def document(request: Request, kind: str, name: str, page: Page = 1) -> Response:
    """The document of a thing: by suffix (.ttl .jsonld .nt .rdf .html .csv) or as Accept says."""
    service = service_of(request)
    base = service.settings.base
    thing_iri(base, kind, name)
    place = await service.read(lambda store: _find(store, base, kind, name))
    if place.moved:
        return _redirect(request, "doc", place, 308)
    form = place.form or forms.negotiated(request, forms.DOCUMENT)
    cacheable(request)
    iri, address = place.iri, path_of("doc", kind, place.slug)
    root = NamedNode(f"{base}/doc/{kind}/{place.slug}")
    if form is forms.HTML:
        return await _html(request, place, root, page, address)

    def work(store: Store) -> tuple[bytes | str, bool]:
        found = entity(store, iri, root, page)
        if form is forms.CSV:
            return entity_csv(store, base, found, language_of(request)), found.more
        triples = found.triples(store)
        if form is forms.JSON_LD:
            return json.dumps(json_ld.framed(triples, root), ensure_ascii=False, indent=1), found.more
        return forms.written(triples, form), found.more

    body, more = await service.read(work)
    return forms.answer(body, form, _headers(place, form, address, page, more=more))


async def _html(request: Request, place: _Place, root: NamedNode, page: int, address: str) -> Response:
    service = service_of(request)
    base, language = service.settings.base, language_of(request)
    view = await service.read(
        lambda store: thing_page(store, base, entity(store, place.iri, root, page), place.kind, language)
    )
    response = render(
        request,
        "thing.html",
        view=view,
        kind=place.kind,
        listed=LISTS.get(place.kind),
        address=address,
        permalink=path_of("id", place.kind, place.slug),
        forms=forms.DOCUMENT,
        report=f"/reports/{place.slug}" if place.kind == "report" else None,
        block=schema_org.embedded(view.block) if view.block else None,
    )
    response.headers.update(_headers(place, forms.HTML, address, page, more=view.more))
    return response


def _headers(place: _Place, form: Form, address: str, page: int, *, more: bool) -> dict[str, str]:
    links = [f'<{path_of("id", place.kind, place.slug)}>; rel="describes"', *forms.alternates(address, forms.DOCUMENT)]
    own = f"{address}.{form.suffix}"
    if page > 1:
        links.append(f'<{own}?page={page - 1}>; rel="prev"')
    if more:
        links.append(f'<{own}?page={page + 1}>; rel="next"')
    return {**_NEGOTIATED, "Link": ", ".join(links), "Content-Location": own + (f"?page={page}" if page > 1 else "")}
