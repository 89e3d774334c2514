"""Pages of an answer and the links between them (RFC 8288). Every link is percent-encoded as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from etappe_api.questions.forms import ANSWERS


def address(path: str, values: Mapping[str, object]) -> str:
    """A path of this service with a query."""
    return f"{path}?{urlencode(values)}" if values else path


def pages(path: str, values: Mapping[str, object], limit: int, offset: int, total: int) -> dict[str, str]:
    """The addresses of the first, previous, next and last page, where there are such.

    Pages are counted from ``offset``, so that following ``next`` never shows a row twice nor leaves one out.

    >>> list(pages("/questions/x", {}, limit=10, offset=10, total=25))
    ['first', 'prev', 'next', 'last']
    """
    ahead = offset % limit
    last = ahead + max(0, total - 1 - ahead) // limit * limit if total > ahead else 0
    found = {"first": 0, "last": last}
    if offset > 0:
        found["prev"] = min(max(0, offset - limit), last)
    if offset + limit < total:
        found["next"] = offset + limit
    order = ("first", "prev", "next", "last")
    return {
        relation: address(path, {**values, "limit": limit, "offset": found[relation]})
        for relation in order
        if relation in found
    }


def alternates(path: str, values: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Address, media type and name of the same answer in each form."""
    return [(address(f"{path}.{form.suffix}", values), form.media_type, form.name) for form in ANSWERS]


def link_header(links: Mapping[str, str], others: list[tuple[str, str, str]]) -> str:
    """The value of ``Link``."""
    parts = [f'<{target}>; rel="{relation}"' for relation, target in links.items()]
    parts += [f'<{target}>; rel="alternate"; type="{media_type}"' for target, media_type, _ in others]
    return ", ".join(parts)
