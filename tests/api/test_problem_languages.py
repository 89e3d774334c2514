"""Problem documents in the language that the client prefers."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("headers", "query", "language", "detail"),
    [
        ({}, "", "en", "there is no question"),
        ({"Accept-Language": "de-AT, en;q=0.5"}, "", "de", "eine Frage "),
        ({"Accept-Language": "fr"}, "", "en", "there is no question"),
        ({}, "?lang=de", "de", "eine Frage "),
    ],
)
def test_problems_speak_the_language_of_the_client(
    client: TestClient, headers: dict[str, str], query: str, language: str, detail: str
) -> None:
    answer = client.get(f"/questions/ministers-at-stops.pdf{query}", headers=headers)
    assert answer.status_code == 404
    assert answer.headers["Content-Language"] == language
    assert answer.json()["detail"].startswith(detail)
    assert int(answer.headers["Content-Length"]) == len(answer.content)


@pytest.mark.parametrize("path", ["/nothing", "/sparql?query=SELECT", "/id/person/niemand"])
def test_members_for_machines_stay(client: TestClient, path: str) -> None:
    english, german = (client.get(path, headers={"Accept-Language": language}).json() for language in ("en", "de"))
    assert german["detail"] != english["detail"]
    assert {**german, "detail": ""} == {**english, "detail": ""}
