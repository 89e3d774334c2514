"""Relative IRIs to absolute ones (RFC 3986, section 5.2), as the parser of pyoxigraph does it."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)


def resolve(base: str, reference: str) -> str:
    """The absolute IRI; a reference with a scheme stays as it is written."""
    scheme, authority, path, query, fragment = _parts(reference)
    if scheme is not None:
        return reference
    base_scheme, base_authority, base_path, base_query, _ = _parts(base)
    if base_scheme is None:
        return reference
    if authority is None:
        authority = base_authority
        if not path:
            path, query = base_path or "", base_query if query is None else query
        elif path.startswith("/"):
            path = _without_dots(path)
        else:
            slash = "/" if base_authority is not None and not base_path else ""
            path = _without_dots(slash + (base_path or "")[: (base_path or "").rfind("/") + 1] + path)
    host = "" if authority is None else f"//{authority}"
    return f"{base_scheme}:{host}{path}{query or ''}{fragment or ''}"


def _parts(iri: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    match = _PARTS.fullmatch(iri)
    assert match is not None, "every text has these parts"
    scheme, authority, path, query, fragment = match.groups()
    return scheme, authority, path or "", query, fragment


def _without_dots(path: str) -> str:
    if "." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
