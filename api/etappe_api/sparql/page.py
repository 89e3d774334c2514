"""The page with a form for queries. It works without scripts; the form sends a plain GET."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from etappe_api.negotiation import language_of
from etappe_api.pages import render
from etappe_api.service import service_of
from etappe_api.sparql.texts import say

EXAMPLE = """\
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?stop ?name ?date WHERE {
  ?stop a et:Stop ; skos:prefLabel ?name ; schema:startDate ?date .
}
ORDER BY ?date
LIMIT 100
"""
#: Names of ``forms.NAMES`` that the form offers.
FORMATS = ("json", "csv", "tsv", "xml", "ttl", "nt", "jsonld", "rdf")


def page(request: Request) -> Response:
    """The page, in the language of the request."""
    settings, language = service_of(request).settings, language_of(request)

    def words(key: str, **values: object) -> str:
        return say(language, key, **values)

    limits = words("limits", seconds=f"{settings.timeout:g}", rows=settings.max_rows)
    return render(
        request,
        "sparql.html",
        t=words,
        example=EXAMPLE,
        formats=FORMATS,
        limits=limits,
        endpoint=f"{settings.base}/sparql",
    )
