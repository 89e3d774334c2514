"""The forms of an answer: suffixes and media types, and which of them a request asks for."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from etappe.errors import UsageError
from etappe_api.negotiation import media_type_of


@dataclass(frozen=True)
class Form:
    """One form.

    Attributes:
        suffix: without a dot; also the value of ``format``.
        library: what ``etappe.questions.formats`` calls it; nothing for the forms that are made here.
        others: further media types under which it is given out.
    """

    suffix: str
    media_type: str
    name: str
    library: str = ""
    others: tuple[str, ...] = ()


JSON = Form("json", "application/json", "JSON")
HTML = Form("html", "text/html", "HTML")
SPARQL = Form("rq", "application/sparql-query", "SPARQL")

#: Who says nothing (``*/*``) gets the first.
ANSWERS = (
    JSON,
    HTML,
    Form("csv", "text/csv", "CSV", "csv"),
    Form("tsv", "text/tab-separated-values", "TSV", "tsv"),
    Form("srj", "application/sparql-results+json", "SPARQL JSON", "json"),
    Form("xml", "application/sparql-results+xml", "SPARQL XML", "xml", ("application/xml", "text/xml")),
    Form("ttl", "text/turtle", "Turtle", "turtle"),
    Form("md", "text/markdown", "Markdown", "markdown"),
    SPARQL,
)
CATALOGUE = (JSON, HTML)


def without_suffix(name: str) -> tuple[str, str]:
    """A name and the suffix behind it; no suffix where it is none of ours.

    >>> without_suffix("ministers-at-stops.csv")
    ('ministers-at-stops', 'csv')
    >>> without_suffix("ministers-at-stops.exe")
    ('ministers-at-stops.exe', '')
    """
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if stem and suffix in {form.suffix for form in ANSWERS} else (name, "")


def form_of(request: Request, offered: tuple[Form, ...], named: str) -> tuple[Form, str]:
    """The form that is asked for, and its media type: by suffix or ``format``, else by ``Accept``.

    Raises:
        UsageError: there is no form of that name.
        NotAcceptable: the client accepts none.
    """
    if named:
        found = next((form for form in offered if form.suffix == named), None)
        if found is None:
            raise UsageError(f"there is no format {named!r}; there are {', '.join(form.suffix for form in offered)}")
        return found, found.media_type
    types = {media_type: form for form in offered for media_type in (form.media_type, *form.others)}
    media_type = media_type_of(request, tuple(types))
    return types[media_type], media_type
