from __future__ import annotations

import pytest
from starlette.requests import Request

from etappe_api.negotiation import NotAcceptable, language_of, media_type_of

OFFERED = ("text/turtle", "application/ld+json", "text/html")


def request(query: str = "", **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw, "query_string": query.encode()})


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("text/turtle;q=0, application/ld+json;q=0, */*;q=0.1", "text/html"),
        ("APPLICATION/LD+JSON", "application/ld+json"),
        ("text/html;charset=utf-8", "text/html"),
        (
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#framed";q=0.9, text/html;q=0.5',
            "application/ld+json",
        ),
    ],
)
def test_the_form_that_is_liked_best(accept: str, media_type: str) -> None:
    assert media_type_of(request(accept=accept), OFFERED) == media_type


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/turtle;q=0"])
def test_no_form_that_is_acceptable(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="text/turtle, application/ld"):
        media_type_of(request(accept=accept), OFFERED)


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "en"),
        ("", "de-DE,de;q=0.9,en;q=0.8", "de"),
        ("", "fr, en;q=0.2, de;q=0.7", "de"),
        ("", "fr", "en"),
        ("", "de-AT, en;q=0.5", "de"),
        ("", "de;q=0, en-GB;q=0.1", "en"),
        ("lang=de", "en", "de"),
        ("lang=xx", "de", "de"),
    ],
)
def test_the_language(query: str, accept: str, language: str) -> None:
    assert language_of(request(query, accept_language=accept)) == language
