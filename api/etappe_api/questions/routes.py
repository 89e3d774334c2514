"""The addresses of the catalogue: one for each question, and the list of them all."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from etappe.errors import NotFound, QueryError, UsageError
from etappe.questions import Question, bound_query, catalogue, question
from etappe.questions.formats import serialise
from etappe.sentences import in_language
from etappe_api.access import client_of
from etappe_api.caching import cacheable
from etappe_api.negotiation import language_of
from etappe_api.pages import render
from etappe_api.questions import describing, showing
from etappe_api.questions.answers import Answer, answer
from etappe_api.questions.forms import ANSWERS, CATALOGUE, HTML, JSON, SPARQL, Form, form_of, without_suffix
from etappe_api.questions.paging import address, alternates, link_header, pages
from etappe_api.questions.parameters import PAGE, Asked, asked
from etappe_api.questions.plain import answer_values, question_values
from etappe_api.questions.texts import say
from etappe_api.service import service_of

router = APIRouter(tags=["questions"])


@router.get(
    "/questions",
    summary="The catalogue",
    response_class=Response,
    responses={200: {"content": {form.media_type: {} for form in CATALOGUE}}},
)
async def list_questions(request: Request) -> Response:
    """All questions with their parameters and columns, German and English."""
    return _catalogue(request, "")


@router.get("/questions.json", include_in_schema=False)
async def list_questions_json(request: Request) -> Response:
    """The same, always JSON."""
    return _catalogue(request, JSON.suffix)


@router.get("/questions.html", include_in_schema=False)
async def list_questions_html(request: Request) -> Response:
    """The same, always HTML."""
    return _catalogue(request, HTML.suffix)


def _catalogue(request: Request, suffix: str) -> Response:
    form, _ = form_of(request, CATALOGUE, suffix)
    cacheable(request)
    if form is HTML:
        return render(
            request, "questions.html", questions=catalogue(), t=partial(say, language_of(request)), address=address
        )
    return Response(
        _dumped({"questions": [question_values(entry) for entry in catalogue()]}), media_type=JSON.media_type
    )


def _route(entry: Question) -> Callable[[Request], Awaitable[Response]]:
    async def ask_question(request: Request) -> Response:
        return await _answer(request, entry, "")

    return ask_question


for _entry in catalogue():
    router.add_api_route(
        f"/questions/{_entry.name}",
        _route(_entry),
        methods=["GET"],
        summary=_entry.titles["en"],
        description=f"{_entry.id} · {_entry.titles['de']}",
        operation_id="ask_" + _entry.name.replace("-", "_"),
        response_class=Response,
        responses=describing.responses(_entry),
        openapi_extra={"parameters": describing.parameters(_entry)},
    )


@router.get("/questions/{name}", include_in_schema=False)
async def ask_by_name(request: Request, name: str) -> Response:
    """A question by its number, or in the form that a suffix names."""
    stem, suffix = without_suffix(name)
    entry = question(stem)
    if entry.name != stem:
        path = f"/questions/{entry.name}{'.' if suffix else ''}{suffix}"
        return RedirectResponse(address(path, dict(request.query_params)), 308)
    return await _answer(request, entry, suffix)


async def _answer(request: Request, entry: Question, suffix: str) -> Response:
    form, media_type = form_of(request, ANSWERS, suffix or request.query_params.get("format", ""))
    if form is HTML:
        return await _page(request, entry, suffix)
    given, language, service = asked(request, entry), language_of(request), service_of(request)
    base, client, archive = service.settings.base, client_of(request), service.state.archive
    if form is SPARQL:
        query = await service.read(lambda store: bound_query(store, base, entry, given.values, language), client)
        cacheable(request)
        return Response(query, media_type=media_type, headers={"Content-Disposition": _named(entry, form)})
    found = await service.read(
        lambda store: answer(store, archive, service.settings, entry, given, language, limit=given.limit, sparql=False),
        client,
    )
    links = _links(entry, given, found, suffix)
    headers = {
        "Content-Language": language,
        "Link": link_header(links, _others(entry, given)),
        "X-Total-Count": str(found.total),
    }
    cacheable(request)
    if form is JSON:
        body = _dumped(answer_values(entry, given, found, language, links))
    else:
        body = serialise(found.table, form.library)
        headers["Content-Disposition"] = _named(entry, form)
    return Response(body, media_type=media_type, headers=headers)


async def _page(request: Request, entry: Question, suffix: str) -> Response:
    """The form, and the answer beneath it; what is wrong with a value is said on the page."""
    service, language = service_of(request), language_of(request)
    path, archive = f"/questions/{entry.name}", service.state.archive
    names = [parameter.name for parameter in entry.parameters]
    values = {name: request.query_params[name] for name in names if name in request.query_params}
    context: dict[str, Any] = {
        "question": entry,
        "t": partial(say, language),
        "fields": showing.fields(entry, values, language),
        "lang_given": request.query_params.get("lang", ""),
        "explain": False,
        "answer": None,
        "error": "",
    }
    try:
        given = asked(request, entry)
        context["explain"] = given.explain
        if any(parameter.required and parameter.name not in given.values for parameter in entry.parameters):
            cacheable(request)
            return render(request, "question.html", **context)
        limit = given.limit or PAGE
        found = await service.read(
            lambda store: answer(store, archive, service.settings, entry, given, language, limit=limit, sparql=True),
            client_of(request),
        )
    except QueryError:
        raise
    except (UsageError, NotFound) as error:
        context["error"] = in_language(error.message, language)
        return render(request, "question.html", status=error.http_status, **context)
    links = _links(entry, given, found, suffix)
    others = _others(entry, given)
    cacheable(request)
    response = render(
        request,
        "question.html",
        **{
            **context,
            "answer": showing.shown(service.settings, found, language),
            "asked_for": showing.asked_for(entry, given, language),
            "links": links,
            "others": others,
            "url": showing.origin(service.settings) + address(path, _kept(given)),
        },
    )
    response.headers["Link"] = link_header(links, others)
    response.headers["X-Total-Count"] = str(found.total)
    return response


def _links(entry: Question, given: Asked, found: Answer, suffix: str) -> dict[str, str]:
    if found.limit is None:
        return {}
    path = f"/questions/{entry.name}{'.' if suffix else ''}{suffix}"
    values = {
        name: value for name, value in {**given.values, **given.common}.items() if name not in ("limit", "offset")
    }
    return pages(path, values, found.limit, found.offset, found.total)


def _kept(given: Asked) -> dict[str, str]:
    """The parameters that stay when only the form changes."""
    return {**given.values, **{name: value for name, value in given.common.items() if name != "format"}}


def _others(entry: Question, given: Asked) -> list[tuple[str, str, str]]:
    return alternates(f"/questions/{entry.name}", _kept(given))


def _named(entry: Question, form: Form) -> str:
    """The name under which a browser saves the answer."""
    return f'inline; filename="{entry.name}.{form.suffix}"'


def _dumped(values: object) -> str:
    return json.dumps(values, ensure_ascii=False)
