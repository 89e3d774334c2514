"""The forms of findings over HTTP, and which of them a request asks for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import UsageError
from etappe.validation.formats import FORMATS
from etappe_api.negotiation import media_type_of

JSON = "json"
_TYPES = {form.media_type: name for name, form in FORMATS.items()}
_OTHERS = {"application/vnd.oasis.sarif+json": "sarif", "application/junit+xml": "junit", "text/xml": "junit"}
#: What OpenAPI lists.
MEDIA_TYPES = tuple(_TYPES)
#: The page of findings stands alone: its own style, no script, nothing fetched.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def form_of(request: Request) -> str:
    """The name of the form (a key of ``FORMATS``): what ``format`` says, else by ``Accept``; JSON for who says nothing.

    Raises:
        UsageError: there is no form of that name. ``NotAcceptable``: the client accepts none.
    """
    named = request.query_params.get("format", "")
    if named:
        if named not in FORMATS:
            raise UsageError(f"there is no format {named!r}; there are {', '.join(FORMATS)}")
        return named
    types = _TYPES | _OTHERS
    return types[media_type_of(request, tuple(types))]


def findings(body: str, form: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Findings that were written in a form, as an answer."""
    own = {"Vary": "Accept, Accept-Language"}
    if form == "html":
        own["Content-Security-Policy"] = _POLICY
    return Response(body, status, {**own, **(headers or {})}, FORMATS[form].media_type)
