"""The start page, and the lists of people, organisations, stops and photos: HTML, JSON, CSV; fifty to a page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Query
from pyoxigraph import Literal, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import NotFound
from etappe.model import Term
from etappe.namespaces import ET, FOAF, ORG
from etappe.questions import catalogue
from etappe.store import Bindings, Store
from etappe_api.caching import cacheable
from etappe_api.linked_data import forms, queries
from etappe_api.linked_data.forms import Form
from etappe_api.linked_data.showing import Names, Shown
from etappe_api.linked_data.tabular import csv_text
from etappe_api.negotiation import language_of
from etappe_api.pages import render
from etappe_api.service import service_of

router = APIRouter(tags=["linked data"])

#: Things on one page of a list.
SIZE = 50

#: Each list with its class and the columns that it shows. For photos, rights and credit come before the words.
LISTS: Mapping[str, tuple[NamedNode, tuple[str, ...]]] = {
    "people": (FOAF.Person, ("name", "office")),
    "organizations": (ORG.Organization, ("name", "kind")),
    "stops": (ET.Stop, ("day", "until", "name", "place")),
    "photos": (ET.Photo, ("rights", "credit", "name", "day", "place")),
}
#: Questions that the start page offers.
_FIRST_QUESTIONS = ("CQ01", "CQ05", "CQ07", "CQ16", "CQ28")

Page = Annotated[int, Query(ge=1, le=100_000)]


@dataclass(frozen=True)
class Listing:
    """One page of a list: for each thing its IRI and the texts of each column."""

    name: str
    columns: tuple[str, ...]
    total: int
    page: int
    rows: tuple[tuple[str, tuple[tuple[Shown, ...], ...]], ...]

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty list has one."""
        return max(1, ceil(self.total / SIZE))


def counts(store: Store) -> dict[str, int]:
    """How many people, organisations, stops, photos and reports there are."""
    found = store.query(queries.text("counts"))
    assert isinstance(found, Bindings)
    rows = {row["list"].value: int(row["number"].value) for row in found if row["list"] and row["number"]}
    return {name: rows.get(name, 0) for name in (*LISTS, "reports")}


def listing(store: Store, base: str, name: str, page: int, language: str) -> Listing:
    """One page of a list.

    Raises:
        NotFound: there is no such page.
    """
    class_, columns = LISTS[name]
    total = counts(store)[name]
    found = store.query(queries.bound("list", {"?class": [(class_,)]}, offset=(page - 1) * SIZE))
    assert isinstance(found, Bindings)
    things = [row["thing"] for row in found if isinstance(row["thing"], NamedNode)]
    if not things and page > 1:
        raise NotFound(f"the list of {name} has no page {page}")
    values = _columns(store, things)
    iris = {term.value for cells in values.values() for cell in cells.values() for term in cell if _is_iri(term)}
    names = Names(store, base, language, {*iris, *(thing.value for thing in things)})

    def cell(thing: str, column: str) -> tuple[Shown, ...]:
        if column == "name":
            return (names.iri(thing),)
        return tuple(names.term(term) for term in values[thing][column])

    rows = tuple((thing.value, tuple(cell(thing.value, column) for column in columns)) for thing in things)
    return Listing(name, columns, total, page, rows)


def _is_iri(term: Term) -> bool:
    return isinstance(term, NamedNode)


def _columns(store: Store, things: list[NamedNode]) -> dict[str, dict[str, list[Term]]]:
    values: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    found = store.query(queries.bound("columns", {"?thing": [(thing,) for thing in things]}))
    assert isinstance(found, Bindings)
    for row in found:
        thing, column, value = row["thing"], row["column"], row["value"]
        assert thing is not None and isinstance(column, Literal) and value is not None
        values[thing.value][column.value].append(value)
    return values


async def _listed(request: Request, name: str, form: Form | None, page: int) -> Response:
    form = form or forms.negotiated(request, forms.LIST)
    service, language = service_of(request), language_of(request)
    base = service.settings.base
    found = await service.read(lambda store: listing(store, base, name, page, language))
    cacheable(request)
    links = forms.alternates(f"/{name}", forms.LIST)
    if page > 1:
        links.append(f'</{name}.{form.suffix}?page={page - 1}>; rel="prev"')
    if page < found.pages:
        links.append(f'</{name}.{form.suffix}?page={page + 1}>; rel="next"')
    headers = {"Vary": "Accept, Accept-Language", "Link": ", ".join(links)}
    if form is forms.HTML:
        response = render(request, "list.html", listing=found, forms=forms.LIST)
        response.headers.update(headers)
        return response
    body = _json(found) if form is forms.JSON else _csv(found)
    return forms.answer(body, form, {**headers, "Content-Language": language})


def _json(found: Listing) -> str:
    items = [
        {"id": iri, **{column: _plain(cell, column) for column, cell in zip(found.columns, cells, strict=True)}}
        for iri, cells in found.rows
    ]
    more = f"/{found.name}.json?page={found.page + 1}" if found.page < found.pages else None
    document = {"total": found.total, "page": found.page, "pages": found.pages, "next": more, "items": items}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _plain(cell: tuple[Shown, ...], column: str) -> str | list[str]:
    texts = [shown.day or shown.text for shown in cell]
    return texts[0] if column == "name" else texts


def _csv(found: Listing) -> str:
    rows = ((iri, *("; ".join(s.day or s.text for s in cell) for cell in cells)) for iri, cells in found.rows)
    return csv_text(("id", *found.columns), rows)


def _route(name: str, form: Form | None) -> Callable[[Request, int], Awaitable[Response]]:
    async def listed(request: Request, page: Page = 1) -> Response:
        return await _listed(request, name, form, page)

    listed.__name__ = f"{name}_{form.suffix}" if form else name
    listed.__doc__ = f"The list of {name}, fifty to a page" + (f", as {form.name}." if form else ".")
    return listed


for _name in LISTS:
    router.add_api_route(f"/{_name}", _route(_name, None), response_class=Response, responses={404: {}, 406: {}})
    for _form in forms.LIST:
        path = f"/{_name}.{_form.suffix}"
        router.add_api_route(path, _route(_name, _form), response_class=Response, responses={404: {}})


@router.get("/", response_class=Response, include_in_schema=False)
async def start(request: Request) -> Response:
    """The start page: how much there is, and where to begin."""
    forms.negotiated(request, (forms.HTML,))
    numbers = await service_of(request).read(counts)
    cacheable(request)
    questions = [question for question in catalogue() if question.id in _FIRST_QUESTIONS]
    return render(request, "start.html", numbers=numbers, questions=questions)
