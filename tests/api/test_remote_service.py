"""The service in front of SPARQL servers: the same answers as over its own store, also where a server's are not exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conftest import MINIMAL
from etappe_api.app import create_app
from etappe_api.settings import Settings
from store.servers import oxigraph, virtuoso

QUESTION = "/questions/participations.csv"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    start = oxigraph if request.param == "oxigraph" else virtuoso
    (tmp_path / "server").mkdir()
    with start(tmp_path / "server") as server:
        settings = Settings(data=tmp_path / "remote", workers=2, store=server.address)
        with TestClient(create_app(settings), raise_server_exceptions=False) as client:
            yield client


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=tmp_path / "own", workers=2))) as client:
        yield client


def test_what_is_submitted_is_answered_as_over_the_own_store(remote, embedded, key_for) -> None:
    for client in (remote, embedded):
        answer = client.post(
            "/reports", content=MINIMAL, headers={"Content-Type": "application/yaml", **key_for(client, "submit")}
        )
        assert answer.status_code == 201, answer.text
    assert "Anna Beispiel" in remote.get(QUESTION).text
    assert remote.get(QUESTION).text == embedded.get(QUESTION).text
    documents = [client.get("/doc/person/anna-beispiel.nt").text.splitlines() for client in (remote, embedded)]
    ours, theirs = ({line for line in lines if "generatedAtTime" not in line} for lines in documents)
    assert ours == theirs
    assert remote.get("/stops.geojson").json() == embedded.get("/stops.geojson").json()
    counts = [
        client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"}).text
        for client in (remote, embedded)
    ]
    assert all(int(count.split()[1]) > 100 for count in counts)
