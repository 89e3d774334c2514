"""The forms of a document: their suffixes and media types, how triples are written, and the headers that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from etappe.ontology import canonical
from etappe_api.negotiation import media_type_of


@dataclass(frozen=True)
class Form:
    """One form of a document. ``suffix`` has no dot; ``name`` is what a link to it is called."""

    suffix: str
    media_type: str
    name: str


TURTLE = Form("ttl", "text/turtle", "Turtle")
JSON_LD = Form("jsonld", "application/ld+json", "JSON-LD")
N_TRIPLES = Form("nt", "application/n-triples", "N-Triples")
RDF_XML = Form("rdf", "application/rdf+xml", "RDF/XML")
HTML = Form("html", "text/html", "HTML")
CSV = Form("csv", "text/csv", "CSV")
JSON = Form("json", "application/json", "JSON")

#: Who says nothing (``*/*``) gets the first: browsers ask for HTML, programs often for nothing in particular.
DOCUMENT = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML, CSV)
GRAPH = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
DESCRIPTION = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)
LIST = (JSON, HTML, CSV)

_SYNTAX = {
    JSON_LD: RdfFormat.JSON_LD,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
}


def with_suffix(offered: Sequence[Form], name: str) -> tuple[str, Form | None]:
    """A name without the suffix of one of the forms, and that form; the name as it is where it has none.

    >>> with_suffix(DOCUMENT, "christian-pegel.ttl")[0]
    'christian-pegel'
    >>> with_suffix(DOCUMENT, "stralsund-2017.p1")
    ('stralsund-2017.p1', None)
    """
    stem, _, suffix = name.rpartition(".")
    form = next((form for form in offered if form.suffix == suffix), None)
    return (stem, form) if stem and form else (name, None)


def negotiated(request: Request, offered: Sequence[Form]) -> Form:
    """The form that the client likes best (RFC 9110, section 12.5.1).

    Raises:
        NotAcceptable: it accepts none of them.
    """
    media_type = media_type_of(request, [form.media_type for form in offered])
    return next(form for form in offered if form.media_type == media_type)


def written(triples: Iterable[Triple], form: Form) -> bytes:
    """Triples in one of the RDF forms; the same set is always the same bytes. JSON-LD comes expanded."""
    if form is TURTLE:
        return canonical(triples).encode()
    return serialize(sorted(set(triples), key=str), format=_SYNTAX[form]) or b""


def answer(body: bytes | str, form: Form, headers: Mapping[str, str] | None = None) -> Response:
    """A whole answer in a form."""
    return Response(body, media_type=form.media_type, headers=dict(headers or {}))


def alternates(address: str, offered: Sequence[Form]) -> list[str]:
    """Values of ``Link`` (RFC 8288) for the forms of the document at a percent-encoded path."""
    return [f'<{address}.{form.suffix}>; rel="alternate"; type="{form.media_type}"' for form in offered]
