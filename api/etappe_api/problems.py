"""Errors as problem documents (RFC 9457). Status and sentence come from the error; nobody else decides them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from etappe.errors import EtappeError
from etappe.sentences import in_language
from etappe_api.negotiation import language_of

MEDIA_TYPE = "application/problem+json"
_NAMES = "https://w3id.org/etappe/problems#"
#: What belongs to a status wherever it comes from (RFC 9110, sections 10.2.3 and 11.6.1).
_HEADERS: Mapping[int, Mapping[str, str]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": 'Bearer realm="etappe"'},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "5"},
}


def problem(
    status: int, detail: str, *, kind: str = "", headers: Mapping[str, str] | None = None, **members: Any
) -> Response:
    """A problem document. ``kind`` names it, such as ``query-timeout``; further members are extensions."""
    document = {
        "type": _NAMES + kind if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **members,
    }
    return _Problem(document, status, dict(headers or {}))


class _Problem(Response):
    """A problem document in the language of whom it is sent to."""

    def __init__(self, document: dict[str, Any], status: int, headers: dict[str, str]) -> None:
        self._document = document
        super().__init__(_dumped(document), status, {"Content-Language": "en", **headers}, MEDIA_TYPE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "http" and (language := language_of(Request(scope))) != "en":
            document = {**self._document, "detail": in_language(self._document["detail"], language)}
            self.body = _dumped(document)
            self.headers["Content-Length"] = str(len(self.body))
            self.headers["Content-Language"] = language
        await super().__call__(scope, receive, send)


def _dumped(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def problem_of(error: EtappeError) -> Response:
    """The problem document of an error."""
    place = {"line": error.position.line, "column": error.position.column} if error.position else {}
    headers = dict(_HEADERS.get(error.http_status, {}))
    return problem(error.http_status, error.message, kind=_kind(error), headers=headers, **place)


def _kind(error: EtappeError) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()


async def on_error(_: Request, error: Exception) -> Response:
    """An error that a person can mend."""
    assert isinstance(error, EtappeError)
    return problem_of(error)


async def on_http(_: Request, error: Exception) -> Response:
    """What the routing refuses: no such page, wrong method."""
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), headers=error.headers)


async def on_parameters(_: Request, error: Exception) -> Response:
    """Parameters that do not fit their description."""
    assert isinstance(error, RequestValidationError)
    faults = [
        {"where": "/".join(str(part) for part in fault["loc"]), "message": fault["msg"]} for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['where']}: {fault['message']}" for fault in faults)
    return problem(422, detail, kind="parameters", faults=faults)


async def on_fault(_: Request, error: Exception) -> Response:
    """A fault of our own. What it was stands in the log, not in the answer."""
    del error
    return problem(500, "a fault in the service itself; the log has the details under this request's id", kind="fault")
