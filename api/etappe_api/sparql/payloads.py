"""RDF that clients send to the graph store: bytes to triples. Nothing is fetched, and nothing nests without end."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import RdfFormat, Triple, parse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from etappe.errors import Position, UsageError
from etappe.store.text import unquoted
from etappe_api.sparql.parameters import UnsupportedMediaType, media_type

MULTIPART = "multipart/form-data"
FORMATS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_MOST_PARTS = 100
# Entities multiply; triple terms (RDF 1.2) nest, and a parser that builds them ends its process on a few thousand.
_ENTITIES = re.compile(r"<!(DOCTYPE|ENTITY)")
_TRIPLE_XML = re.compile(r"parseType\s*=\s*[\"']Triple")


async def triples_of(request: Request, base: str) -> list[Triple]:
    """The triples in a body, of all parts where it is multipart (Graph Store Protocol, section 5.5).

    Args:
        base: what relative IRIs are resolved against: the IRI of the graph (section 4.1).

    Raises:
        UnsupportedMediaType: it is no RDF graph in a form that is read here.
        UsageError: it cannot be parsed.
    """
    kind = media_type(request)
    if kind != MULTIPART:
        return parsed(await request.body(), kind, base)
    try:
        async with request.form(max_files=_MOST_PARTS, max_fields=_MOST_PARTS) as form:
            found: list[Triple] = []
            for name, part in form.multi_items():
                if not isinstance(part, UploadFile):
                    raise UnsupportedMediaType(f"the part {name[:60]!r} has no file name, so its media type is unknown")
                found += parsed(await part.read(), (part.content_type or "").partition(";")[0].strip().lower(), base)
            return found
    except MultiPartException as error:
        raise UsageError(f"the parts of the body cannot be read: {error.message}") from error


def parsed(data: bytes, kind: str, base: str) -> list[Triple]:
    """The triples of one RDF document. Its blank nodes are new ones, not those of the same label elsewhere.

    Raises:
        UnsupportedMediaType, UsageError: see ``triples_of``.
    """
    form = FORMATS.get(kind)
    if form is None:
        named = f"{kind[:80]!r}" if kind else "a body without a media type"
        raise UnsupportedMediaType(f"{named} is not read here; send {', '.join(FORMATS)}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the body is not UTF-8: byte {error.start + 1} cannot be read") from error
    if form == RdfFormat.RDF_XML:
        refused = "an XML entity or document type" if _ENTITIES.search(text) else ""
        refused = refused or ("a triple term (RDF 1.2)" if _TRIPLE_XML.search(text) else "")
    else:
        refused = "a triple term (RDF 1.2)" if form != RdfFormat.JSON_LD and "<<" in unquoted(text) else ""
    if refused:
        raise UsageError(f"the body holds {refused}, which is not read here")
    try:
        return [quad.triple for quad in parse(text.encode(), format=form, base_iri=base, rename_blank_nodes=True)]
    except SyntaxError as error:
        position = Position(error.lineno, error.offset or 1) if error.lineno else None
        raise UsageError(f"the body cannot be parsed: {str(error.msg)[:200]}", position=position) from error
    except (ValueError, RecursionError, OSError) as error:
        raise UsageError(f"the body cannot be parsed: {str(error)[:200]}") from error
