"""The forms of answers: which media types a query can be answered in, and the short names that ``format=`` takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from etappe.errors import UsageError
from etappe_api.negotiation import NotAcceptable, media_type_of

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES = "text/turtle", "application/n-triples"
JSON_LD, RDF_XML = "application/ld+json", "application/rdf+xml"

#: For each form of a query; who says nothing gets the first. CSV and TSV are not defined for a boolean
#: (SPARQL 1.1 Query Results CSV and TSV Formats, section 2).
BOOLEAN = (_JSON, _XML)
SOLUTIONS = (_JSON, _XML, _CSV, _TSV)
GRAPH = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)

#: Short names, for ``format=`` and as suffixes of the address.
NAMES: Mapping[str, tuple[str, ...]] = {
    "json": (_JSON, JSON_LD),
    "xml": (_XML, RDF_XML),
    "csv": (_CSV,),
    "tsv": (_TSV,),
    "ttl": (TURTLE,),
    "turtle": (TURTLE,),
    "nt": (N_TRIPLES,),
    "ntriples": (N_TRIPLES,),
    "jsonld": (JSON_LD,),
    "rdf": (RDF_XML,),
    # What SPARQLWrapper calls them.
    "n3": (TURTLE,),
    "json-ld": (JSON_LD,),
    "rdf+xml": (RDF_XML,),
}
#: Other names for the same bytes.
_ALIASES: Mapping[str, tuple[str, ...]] = {
    _JSON: ("application/json",),
    _XML: ("application/xml", "text/xml"),
    TURTLE: ("application/x-turtle", "text/n3"),
    N_TRIPLES: ("text/plain",),
    RDF_XML: ("application/xml", "text/xml"),
    JSON_LD: ("application/json",),
}


def offered(form: str) -> tuple[str, ...]:
    """The media types for a form of query, as ``etappe.store.text.form_of`` names it."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        return GRAPH
    return BOOLEAN if form == "ASK" else SOLUTIONS


def name_in(names: Sequence[str]) -> str | None:
    """What ``format=`` says. Some clients (SPARQLWrapper) give it more than once: the first that there is counts."""
    return next((name for name in names if name.lower() in (*NAMES, *SOLUTIONS, *GRAPH)), names[0] if names else None)


def chosen(request: Request, types: Sequence[str], name: str | None) -> tuple[str, str]:
    """The form of the answer, and the name under which the client knows it (``application/json``).

    Args:
        types: what there is, the preferred one first.
        name: what ``format=`` or the suffix says; without it, ``Accept`` decides (RFC 9110, section 12.5.1).

    Raises:
        UsageError: there is no such format.
        NotAcceptable: the answer cannot have that form.
    """
    if name is not None:
        named = NAMES.get(name.lower(), (name.lower(),))
        if not any(one in (*SOLUTIONS, *GRAPH) for one in named):
            raise UsageError(f"there is no format {name[:60]!r}; there are {', '.join(NAMES)}")
        fitting = next((one for one in types if one in named), None)
        if fitting is None:
            raise NotAcceptable(f"this answer has no format {name[:60]!r}; it has {', '.join(types)}")
        return fitting, fitting
    names = {one: one for one in types}
    for canonical in types:
        for alias in _ALIASES.get(canonical, ()):
            names.setdefault(alias, canonical)
    # A charset in Accept is out of use, but the W3C's own tests send one.
    names.update({f"{one}; charset=utf-8": canonical for one, canonical in tuple(names.items())})
    best = media_type_of(request, tuple(names))
    return names[best], best.partition(";")[0]
