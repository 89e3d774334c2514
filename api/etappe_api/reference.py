"""The description of the API: complete at ``/openapi.json``, readable at ``/docs`` without any other host."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import HTMLResponse, Response

from etappe.errors import NotFound
from etappe_api.problems import MEDIA_TYPE

router = APIRouter(include_in_schema=False)

_FOLDER = files("etappe_api") / "pages" / "static" / "swagger-ui"
#: What the page loads. Nothing else in the folder is served.
_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "start.js": "text/javascript",
    "LICENSE": "text/plain",
}
#: Swagger UI sets styles from its script and draws its icons from data: addresses.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Etappe: the API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="reference"><noscript><p>This page needs scripts; the description itself is at
<a href="/openapi.json">/openapi.json</a>.</p></noscript></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_TAGS = [
    {"name": "operation", "description": "Whether the service lives and answers, and figures about it."},
]
_ABOUT = """\
Reading is open unless this service is set up otherwise. Everything else needs a key, sent as `Authorization: Bearer …`
or `X-API-Key: …`; keys are made with `etappe keys create`. A wrong key is refused everywhere.

Every error is a problem document (RFC 9457). `429` and `503` say in `Retry-After` when to come again; `RateLimit`
says how many requests are left. Each answer has an `X-Request-ID`; send one of your own and it is taken over.
Bodies may be packed with gzip or deflate (`Content-Encoding`).
"""
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Some kinds have further members.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Names the kind of problem."},
        "title": {"type": "string", "description": "The phrase of the status."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "A sentence: what is wrong, and how to mend it."},
        "line": {"type": "integer", "minimum": 1, "description": "Where in what was sent."},
        "column": {"type": "integer", "minimum": 1},
        "faults": {
            "type": "array",
            "description": "Parameters that do not fit their description.",
            "items": {
                "type": "object",
                "required": ["where", "message"],
                "properties": {"where": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_EXAMPLES: dict[str, dict[str, Any]] = {
    "401": {
        "type": "https://w3id.org/etappe/problems#unauthorized",
        "title": "Unauthorized",
        "status": 401,
        "detail": "this needs a key with the role 'submit'; send it as 'Authorization: Bearer …'",
    },
    "403": {
        "type": "https://w3id.org/etappe/problems#forbidden",
        "title": "Forbidden",
        "status": 403,
        "detail": "the key of 'press office' has the role 'read'; this needs 'submit'",
    },
    "422": {
        "type": "https://w3id.org/etappe/problems#parameters",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "query/limit: Input should be greater than or equal to 1",
        "faults": [{"where": "query/limit", "message": "Input should be greater than or equal to 1"}],
    },
    "429": {
        "type": "https://w3id.org/etappe/problems#too-many-requests",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "more than 120 writes a minute; send the next one in 3 seconds",
    },
    "default": {
        "type": "https://w3id.org/etappe/problems#busy",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "too many long queries run at once; try again later",
    },
}
_TITLES = {
    "401": "No key, or one that is not valid.",
    "403": "A key that does not allow this.",
    "422": "Parameters that do not fit their description.",
    "429": "More requests than one client may send in a minute.",
    "default": "Any other problem.",
}


def describe(app: FastAPI) -> None:
    """Let ``/openapi.json`` say all that is true of every operation: problems, keys, limits."""

    @cache
    def description() -> dict[str, Any]:
        document: dict[str, Any] = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.description,
            description=_ABOUT,
            routes=app.routes,
            tags=_TAGS,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
            servers=[{"url": "/"}],
        )
        components = document.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        schemas["Problem"] = _PROBLEM
        components["responses"] = {_name(status): _response(status) for status in _EXAMPLES}
        for path in document["paths"].values():
            for operation in path.values():
                _add_problems(operation)
        return document

    app.openapi = description  # type: ignore[method-assign]


def _add_problems(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    statuses = ["429", "default"]
    if "HTTPValidationError" in str(responses.get("422")):
        del responses["422"]
        statuses.append("422")
    if operation.get("security"):
        statuses += ["401", "403"]
    for status, response in responses.items():
        if status >= "400":
            described = response.setdefault("content", {}).setdefault(MEDIA_TYPE, {})
            described.setdefault("schema", {"$ref": "#/components/schemas/Problem"})
    for status in statuses:
        responses.setdefault(status, {"$ref": f"#/components/responses/{_name(status)}"})


def _name(status: str) -> str:
    return "Problem" if status == "default" else f"Problem{status}"


def _response(status: str) -> dict[str, Any]:
    headers: dict[str, Any] = {
        "X-Request-ID": {"description": "Under which the log knows it.", "schema": {"type": "string"}}
    }
    if status in ("429", "default"):
        headers["Retry-After"] = {"description": "Seconds to wait, where waiting helps.", "schema": {"type": "integer"}}
    if status == "401":
        headers["WWW-Authenticate"] = {"description": "`Bearer`", "schema": {"type": "string"}}
    return {
        "description": _TITLES[status],
        "headers": headers,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": _EXAMPLES[status]}},
    }


@router.get("/docs")
async def page() -> HTMLResponse:
    """The description as a page."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})


@router.get("/docs/{name}")
async def asset(name: str) -> Response:
    """One of the files that the page loads.

    Raises:
        NotFound: the page loads no file of that name.
    """
    if name not in _FILES:
        raise NotFound("there is no such file")
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(_content(name), media_type=_FILES[name], headers=headers)


@cache
def _content(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()
