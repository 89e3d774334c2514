"""Templates become responses. Everything is escaped; nothing but our own style sheet is loaded."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from etappe_api.negotiation import LANGUAGES, language_of
from etappe_api.pages.texts import say

#: No script, no foreign address; a template that needs more says so in its own route. A block of JSON-LD in a
#: ``script`` element is data, which no policy forbids (CSP 3, section 4.2.3 concerns scripts that would be run).
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: What the pages call their languages, each in itself.
LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}


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


def language_links(request: Request) -> list[tuple[str, str, str]]:
    """The same page in each language: code, name of the language in itself, address."""
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    path = quote(request.url.path, safe="/~")
    return [
        (code, LANGUAGE_NAMES[code], f"{path}?{urlencode([*others, ('lang', code)])}") for code in reversed(LANGUAGES)
    ]


def with_language(address: str, language: str) -> str:
    """A path of this service with the language added; any other address as it is.

    >>> with_language("/id/person/x#top", "de")
    '/id/person/x?lang=de#top'
    """
    if not address.startswith("/"):
        return address
    path, hash_, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={language}{hash_}{fragment}"


def render(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """A page in the language of the request.

    Templates see ``lang``, ``say(key, …)``, ``path``, ``languages`` (see ``language_links``), ``to(address)`` for links
    to other pages (they keep a language that the reader chose), and the context.
    """
    language = language_of(request)
    chosen = request.query_params.get("lang") in LANGUAGES

    def words(key: str, **values: object) -> str:
        return say(language, key, **values)

    def to(address: str) -> str:
        return with_language(address, language) if chosen else address

    html = (
        _environment()
        .get_template(template)
        .render(
            lang=language,
            say=words,
            path=request.url.path,
            languages=language_links(request),
            to=to,
            **context,
        )
    )
    return HTMLResponse(
        html, status, {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Content-Language": language}
    )
