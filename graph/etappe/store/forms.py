"""Media types of answers, and one form made from another."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from etappe.namespaces import PREFIXES

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"

_SOLUTIONS = {
    JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


def fits(media_type: str, *, solutions: bool) -> bool:
    """Whether a media type can carry the answer to SELECT and ASK (``solutions``), or to CONSTRUCT and DESCRIBE."""
    return media_type in (_SOLUTIONS if solutions else _GRAPHS)


def converted(body: bytes, given: str, wanted: str) -> bytes:
    """An answer in another form.

    Raises:
        SyntaxError: it is not well-formed.
    """
    if given in _SOLUTIONS:
        return parse_query_results(body, format=_SOLUTIONS[given]).serialize(format=_SOLUTIONS[wanted]) or b""
    quads = parse(body, format=_GRAPHS[given])
    return serialize((quad.triple for quad in quads), format=_GRAPHS[wanted], prefixes=PREFIXES) or b""
