"""Templates become responses. Everything is escaped; nothing but our own style sheet is loaded."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from etappe_api.negotiation import language_of
from etappe_api.pages.texts import say

#: No script, no foreign address; a template that needs more says so in its own route.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@cache
def _environment() -> Environment:
    folder = str(files("etappe_api") / "pages" / "templates")
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """A page in the language of the request. Templates see ``lang``, ``say(key, …)`` and the context."""
    language = language_of(request)

    def words(key: str, **values: object) -> str:
        return say(language, key, **values)

    html = _environment().get_template(template).render(lang=language, say=words, path=request.url.path, **context)
    return HTMLResponse(
        html, status, {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Content-Language": language}
    )
