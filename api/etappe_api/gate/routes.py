"""The addresses of the gate."""

from __future__ import annotations

import hashlib
import json
from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Header, Path, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from etappe.admission import Admission
from etappe.archive import Archive
from etappe.errors import NotFound, Refused, UsageError
from etappe.model import Profile
from etappe.namespaces import compact
from etappe_api.access import Reviewer, Submitter, client_of
from etappe_api.gate import answering, holdings, showing
from etappe_api.gate.children import Children
from etappe_api.gate.errors import PreconditionFailed, TooLarge
from etappe_api.gate.forms import MEDIA_TYPES, findings, form_of
from etappe_api.gate.gatekeeper import Gatekeeper, archive_of, gatekeeper_of
from etappe_api.gate.idempotency import Answers
from etappe_api.gate.submissions import ACCEPTED, Submission
from etappe_api.gate.texts import say
from etappe_api.keys import Client, Forbidden, Unauthorized
from etappe_api.linked_data.addresses import link_of
from etappe_api.negotiation import language_of, media_type_of
from etappe_api.pages import render
from etappe_api.problems import MEDIA_TYPE as PROBLEM
from etappe_api.questions.paging import address, link_header, pages
from etappe_api.service import service_of

#: Rows of one page of the list.
PAGE, LARGEST_PAGE = 100, 1000


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What the routes need of the application, for as long as the block lasts."""
    service = app.state.service
    children = Children(max(2, service.settings.workers // 2))
    app.state.gatekeeper = Gatekeeper(service, children)
    app.state.idempotent = Answers()
    try:
        yield
    finally:
        await children.close()


router = APIRouter(tags=["reports"])

_BODY = {
    "requestBody": {
        "required": True,
        "description": "A report in any form that the command line takes, an archive of reports, or a form with "
        "reports, the texts beside them and photos. Of photos only what they say of themselves is told.",
        "content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in ACCEPTED},
    }
}
_FOUND: dict[str, Any] = {"content": {media_type: {} for media_type in MEDIA_TYPES}}
_PROBLEM: dict[str, Any] = {"content": {PROBLEM: {}}}
_READ: dict[int | str, dict[str, Any]] = {
    400: {"description": "An address or a parameter that there is not.", **_PROBLEM},
    401: {"description": "This needs a key.", **_PROBLEM},
    403: {"description": "The key does not allow this.", **_PROBLEM},
    404: {"description": "There is none.", **_PROBLEM},
    406: {"description": "None of the forms is acceptable.", **_PROBLEM},
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"description": "A parameter that there is not.", **_PROBLEM},
    406: {"description": "None of the forms is acceptable.", **_PROBLEM},
    413: {"description": "Too many bytes, or too many reports.", **_PROBLEM},
    415: {"description": "A media type that holds no report.", **_PROBLEM},
    401: _READ[401],
    403: _READ[403],
    503: {"description": "Too much at once, or the data folder is in use.", **_PROBLEM},
}

_Name = Annotated[str, Query(max_length=500, description="Name of the file; its ending tells the form.")]
_Form = Annotated[str, Query(alias="format", max_length=20, description="Form of the findings; else by `Accept`.")]
_Lang = Annotated[Literal["", "de", "en"], Query(description="Language of the findings; else by `Accept-Language`.")]
_Id = Annotated[str, Path(alias="id", max_length=300)]
_Document = Annotated[Literal["report", "registry"], Query(description="A report, or a document of the registry.")]
_Version = Annotated[
    Literal["waiting", "accepted", "superseded", "retracted", "rejected"] | None,
    Query(description="Which version is meant."),
]


@router.post(
    "/validate",
    summary="Check reports; nothing is stored",
    response_class=Response,
    responses={
        200: {"description": "The findings, good or bad.", **_FOUND},
        422: {"description": "A file that cannot be read."},
        **_REFUSED,
    },
    openapi_extra=_BODY,
)
async def validate(
    request: Request,
    profile: Annotated[Profile, Query(description="In a draft, missing facts are warnings.")] = Profile.INGEST,
    name: _Name = "",
    lang: _Lang = "",
    form_: _Form = "",
) -> Response:
    """As `etappe validate`: reports are held against the registry, and registry documents among them join it."""
    del lang, form_
    _known(request, "profile", "name", "lang", "format")
    form, language = form_of(request), language_of(request)
    submission = await _submission(request, name)
    found = await gatekeeper_of(request).validate(submission, profile, form, language)
    return answering.of_validation(found, form)


@router.post(
    "/reports",
    status_code=201,
    summary="Submit reports",
    response_class=Response,
    responses={
        201: {"description": "Accepted; `Location` leads to it.", **_FOUND},
        200: {"description": "Known already: the identical report was accepted before.", **_FOUND},
        409: {"description": "Contradicts what was accepted, or was rejected before; the findings.", **_FOUND},
        422: {"description": "Waits in the queue with its findings, or cannot be read and was not kept.", **_FOUND},
        **_REFUSED,
    },
    openapi_extra=_BODY,
)
async def submit(
    request: Request,
    client: Submitter,
    name: _Name = "",
    lang: _Lang = "",
    form_: _Form = "",
    accept_warnings: Annotated[str, Query(max_length=2000, description="Why warnings are accepted.")] = "",
    etappe_accept_warnings: Annotated[str, Header(max_length=2000, description="The same as a header.")] = "",
    idempotency_key: Annotated[str | None, Header(description="The same key and body get the same answer.")] = None,
) -> Response:
    """What passes is accepted at once; what does not waits in the queue for a decision or for a better version."""
    del lang, form_
    _known(request, "name", "lang", "format", "accept_warnings")
    form, language = form_of(request), language_of(request)
    archive_of(service_of(request))
    submission = await _submission(request, name)
    reason = (accept_warnings or _utf8(etappe_accept_warnings)).strip() or None
    gatekeeper = gatekeeper_of(request)

    async def work() -> tuple[Response, bool]:
        admitted = await gatekeeper.admit(submission, client, reason)
        response = await answering.of_submission(gatekeeper, admitted, form, language)
        return response, any(isinstance(result, Admission) for _, result in admitted.results)

    if idempotency_key is None:
        return (await work())[0]
    answers = request.app.state.idempotent
    assert isinstance(answers, Answers)
    fingerprint = await to_thread(_fingerprint, submission, reason)
    return await answers.once(client.name, idempotency_key, fingerprint, work)


@router.get(
    "/reports",
    summary="Reports and their states",
    response_class=Response,
    responses={200: {"content": {"application/json": {}, "text/html": {}, "text/csv": {}}}, **_READ},
)
async def list_reports(
    request: Request,
    state: Annotated[Literal["", "waiting", "accepted", "superseded", "retracted", "rejected"], Query()] = "",
    document: Annotated[Literal["", "report", "registry"], Query()] = "",
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Every version with its state, the newest first. Who handled it is told to holders of a key that may submit."""
    media_type = media_type_of(request, ("application/json", "text/html", "text/csv"))
    client, language = client_of(request), language_of(request)
    archive = archive_of(service_of(request))
    found = [
        version
        for version in await to_thread(holdings.versions, archive)
        if (not state or version.state == state) and (not document or version.event.document == document)
    ]
    rows = [showing.version_values(version, client) for version in found[offset : offset + limit]]
    values: dict[str, str] = {key: value for key, value in (("state", state), ("document", document)) if value}
    if "lang" in request.query_params:
        values["lang"] = language
    links = pages("/reports", values, limit, offset, len(found))
    headers = {"Link": link_header(links, []), "X-Total-Count": str(len(found)), **_private(client)}
    if media_type == "text/html":
        page = render(
            request,
            "reports.html",
            t=partial(say, language),
            rows=rows,
            state=state,
            states=[(each, address("/reports", {**values, "state": each})) for each in holdings.STATES],
            links=links if len(found) > len(rows) else {},
            first=offset + 1,
            last=offset + len(rows),
            total=len(found),
        )
        page.headers.update(headers)
        return page
    if media_type == "text/csv":
        return Response(showing.rows_as_csv(rows), 200, headers, "text/csv")
    body = {"total": len(found), "offset": offset, "limit": limit, "links": links, "reports": rows}
    return Response(json.dumps(body, ensure_ascii=False), 200, headers, "application/json")


@router.get(
    "/reports/{id}",
    summary="One report",
    response_class=Response,
    responses={
        200: {"content": {"application/json": {}, "text/html": {}}},
        **_READ,
    },
)
async def get_report(
    request: Request,
    identifier: _Id,
    document: _Document = "report",
    state: _Version = None,
) -> Response:
    """Its state, its versions, how many findings, the digest of its file, and where graph, document and text are."""
    media_type = media_type_of(request, ("application/json", "text/html"))
    language = language_of(request)
    values, number = await _report(request, identifier, document, state)
    tag = _tag(number, values["state"], media_type, request)
    headers = {"ETag": tag, **_private(client_of(request))}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if media_type == "application/json":
        return Response(json.dumps(values, ensure_ascii=False), 200, headers, media_type)
    page = render(request, "report.html", t=partial(say, language), report=values)
    page.headers.update(headers)
    return page


@router.get(
    "/reports/{id}/findings",
    summary="The findings of one report",
    response_class=Response,
    responses={200: _FOUND, **_READ},
)
async def get_findings(
    request: Request,
    identifier: _Id,
    document: _Document = "report",
    state: _Version = None,
    form_: _Form = "",
) -> Response:
    """The findings as they were archived. Those of what waits are for holders of a key that may submit."""
    del form_
    form, language = form_of(request), language_of(request)
    archive, version = await _readable(request, identifier, document, state)
    outcome = await to_thread(holdings.outcome_of, archive, version.event)
    body = await gatekeeper_of(request).write_down([(version.event.name, outcome)], form, language)
    return findings(body, form, headers=_private(client_of(request)))


@router.get(
    "/reports/{id}/text",
    summary="The text of one report, with its evidence",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {}, "text/html": {}, "application/json": {}}},
        **_READ,
    },
)
async def get_text(
    request: Request, identifier: _Id, document: _Document = "report", state: _Version = None
) -> Response:
    """The words that quotes stand in; as HTML with the words marked that carry a fact, as JSON with their places."""
    media_type = media_type_of(request, ("text/plain", "text/html", "application/json"))
    archive, version = await _readable(request, identifier, document, state)
    if version.event.text is None:
        raise NotFound(f"{identifier!r} was given without a text")
    text = (await to_thread(archive.get, version.event.text)).decode()
    headers = _private(client_of(request))
    if media_type == "text/plain":
        return PlainTextResponse(text, headers=headers)
    found = await to_thread(holdings.marks, archive, version.event)
    base = service_of(request).settings.base
    if media_type == "application/json":
        evidence = [{"start": m.start, "end": m.end, "exact": text[m.start : m.end], "about": m.about} for m in found]
        return Response(json.dumps({"text": text, "evidence": evidence}, ensure_ascii=False), 200, headers, media_type)
    pieces = [
        (piece, [(compact(thing.removeprefix(f"{base}/id/")), link_of(base, thing)) for thing in things])
        for piece, things in holdings.segments(text, found)
    ]
    page = render(
        request,
        "report_text.html",
        t=partial(say, language_of(request)),
        id=identifier,
        href=showing.path_of(document, identifier),
        pieces=pieces,
    )
    page.headers.update(headers)
    return page


class Decision(BaseModel):
    """A reviewer's decision on what waits."""

    decision: Literal["accept", "reject"]
    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


@router.post(
    "/reports/{id}/decision",
    summary="Accept or reject what waits",
    response_class=Response,
    responses={
        200: {"description": "The report as it stands after the decision.", "content": {"application/json": {}}},
        **_READ,
        409: {"description": "It does not wait (any more), or has violations, which nobody can accept.", **_PROBLEM},
        412: {"description": "Another version waits than `If-Match` names.", **_PROBLEM},
    },
)
async def decide(
    request: Request,
    client: Reviewer,
    identifier: _Id,
    decision: Decision,
    document: _Document = "report",
    if_match: Annotated[str | None, Header(description="The ETag of the report that was decided on.")] = None,
) -> Response:
    """Accepting admits what waits, its warnings accepted for the reason. Rejecting takes it out of the queue."""
    archive = archive_of(service_of(request))
    found = await to_thread(holdings.versions_of, archive, document, identifier)
    waiting = archive.refused(document, identifier)
    if if_match is not None and not _matches(if_match, waiting.number if waiting else 0):
        raise PreconditionFailed(f"{identifier} has changed since; look at it again")
    if waiting is None:
        raise Refused(f"{identifier} does not wait for a decision; it is {holdings.standing(found).state}")
    gatekeeper = gatekeeper_of(request)
    await gatekeeper.decide(waiting, client, accept=decision.decision == "accept", reason=decision.reason.strip())
    values, number = await _report(request, identifier, document, None)
    headers = {"ETag": _tag(number, values["state"], "application/json", request), **_private(client)}
    return Response(json.dumps(values, ensure_ascii=False), 200, headers, "application/json")


async def _report(request: Request, identifier: str, document: str, state: str | None) -> tuple[dict[str, Any], int]:
    service = service_of(request)
    archive = archive_of(service)

    def work() -> tuple[dict[str, Any], int]:
        found = holdings.versions_of(archive, document, identifier)
        version = holdings.standing(found, state)
        base = service.settings.base
        return showing.report_values(archive, base, found, version, client_of(request)), found[0].event.number

    return await to_thread(work)


async def _readable(
    request: Request, identifier: str, document: str, state: str | None
) -> tuple[Archive, holdings.Version]:
    archive = archive_of(service_of(request))
    version = holdings.standing(await to_thread(holdings.versions_of, archive, document, identifier), state)
    client = client_of(request)
    if not holdings.may_read(client, version):
        told = f"what is {version.state} can be read with a key that may submit; ?state=accepted is open"
        raise Unauthorized(told) if client.role is None else Forbidden(told)
    return archive, version


async def _submission(request: Request, name: str) -> Submission:
    most = service_of(request).settings.max_body
    body = await request.body()
    if len(body) > most:
        raise TooLarge(f"the body has more than {most:,} bytes")
    headers = request.headers
    return Submission(body, headers.get("content-type", ""), headers.get("content-disposition", ""), name, most)


def _known(request: Request, *names: str) -> None:
    """Refuse parameters that there are not: one that is misspelt would do nothing, unnoticed."""
    for name in request.query_params:
        if name not in names:
            raise UsageError(f"there is no parameter {name[:100]!r}; there are {', '.join(names)}")


def _fingerprint(submission: Submission, reason: str | None) -> str:
    parts = (submission.content_type, submission.disposition, submission.name, reason or "")
    whole = hashlib.sha256("\0".join(parts).encode("utf-8", "replace") + b"\0\0" + submission.body)
    return whole.hexdigest()


def _utf8(header: str) -> str:
    """A header in UTF-8, which HTTP hands over as Latin-1."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _tag(number: int, state: str, media_type: str, request: Request) -> str:
    """The ETag of a report: the number of the last event about it, and what else its page depends on."""
    inside = "in" if client_of(request).role else "out"
    return f'"{number}-{state}-{media_type.rpartition("/")[2]}-{language_of(request)}-{inside}"'


def _matches(if_match: str, number: int) -> bool:
    """Whether a list of ETags holds one of the version of that number; ``*`` is any that waits."""
    tags = [tag.strip().strip('"') for tag in if_match.split(",")]
    return number > 0 and ("*" in tags or any(tag.partition("-")[0] == str(number) for tag in tags))


def _private(client: Client) -> dict[str, str]:
    """What depends on the key must not be kept for others."""
    return {
        "Cache-Control": "private, no-cache" if client.role else "no-cache",
        "Vary": "Accept, Accept-Language, Authorization",
    }
