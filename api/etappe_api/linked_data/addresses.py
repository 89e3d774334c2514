"""From IRIs to addresses of this service and back. What stands in a link or a header is made here and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import quote

from pyoxigraph import NamedNode

from etappe.errors import NotFound
from etappe.namespaces import ET, ETV, SHAPES

_KIND = re.compile(r"[a-z]{1,32}")
_SLUG = re.compile(r"(?!\.+$)[\w.~-]{1,200}")
_LINKABLE = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_TERMS = ((ET, "/ontology#"), (ETV, "/vocab#"), (SHAPES, "/shapes#"))


def thing_iri(base: str, kind: str, slug: str) -> NamedNode:
    """The IRI of a thing, ``{base}/id/{kind}/{slug}``.

    Raises:
        NotFound: words that no such IRI can hold: separators, controls, dots alone, more than 200 characters.
    """
    if not _KIND.fullmatch(kind) or not _SLUG.fullmatch(slug):
        raise NotFound("there is nothing at this address; things are at /id/{kind}/{slug}")
    return NamedNode(f"{base}/id/{kind}/{slug}")


def parts_of(base: str, iri: str) -> tuple[str, str] | None:
    """Kind and slug of a thing of this service; nothing for any other IRI."""
    kind, slash, slug = iri.removeprefix(f"{base}/id/").partition("/")
    ours = iri.startswith(f"{base}/id/") and slash and _KIND.fullmatch(kind) and _SLUG.fullmatch(slug)
    return (kind, slug) if ours else None


def path_of(room: str, kind: str, slug: str) -> str:
    """The percent-encoded path of a thing (room ``id``) or of its document (room ``doc``)."""
    return f"/{room}/{kind}/{quote(slug, safe='~')}"


def link_of(base: str, iri: str) -> str | None:
    """Where a link to an IRI leads: a path of this service, the IRI itself, or nowhere.

    Only http, https, mailto and tel are followed: ``javascript:`` and ``data:`` never become links.
    """
    if parts := parts_of(base, iri):
        return path_of("id", *parts)
    if iri.startswith(f"{base}/"):
        return quote(iri.removeprefix(base), safe="/~#?=&%")
    for namespace, page in _TERMS:
        if iri.startswith(namespace):
            return page + quote(iri.removeprefix(namespace), safe="")
    return iri if _LINKABLE.match(iri) else None
