"""Which form and which language of an answer a client gets (RFC 9110, section 12)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from starlette.requests import Request
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header

from etappe.errors import EtappeError

LANGUAGES = ("en", "de")


class NotAcceptable(EtappeError):
    """None of the forms that there are is acceptable to the client."""

    http_status = 406


def media_type_of(request: Request, offered: Sequence[str]) -> str:
    """The offered media type that the client likes best; the first one where it says nothing.

    Raises:
        NotAcceptable: it accepts none of them.
    """
    accept = ",".join(request.headers.getlist("accept"))
    best = _best(accept, tuple(offered))
    if best is None:
        raise NotAcceptable(f"{accept!r} accepts none of the forms that there are: {', '.join(offered)}")
    return best


@lru_cache(maxsize=1024)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    if not accept.strip():
        return offered[0]
    # What we offer has no parameters; a client that names some, such as a charset, gets it without.
    bare = re.sub(r";\s*(?!q\s*=)[^,;]*", "", accept)
    return parse_accept_header(bare, MIMEAccept).best_match(offered)


def language_of(request: Request) -> str:
    """``de`` or ``en``: what ``?lang=`` says, else what the browser prefers, else English."""
    wanted = request.query_params.get("lang")
    if wanted in LANGUAGES:
        return wanted
    return _language(request.headers.get("accept-language", ""))


@lru_cache(maxsize=1024)
def _language(accept: str) -> str:
    liked = parse_accept_header(accept, LanguageAccept)
    known = ((tag.split("-")[0].lower(), quality) for tag, quality in liked)  # the best first
    return next((tag for tag, quality in known if tag in LANGUAGES and quality > 0), LANGUAGES[0])
