"""Scratch services, empty before each test: over the embedded store, or in front of a SPARQL server.

``scratch`` is the embedded one. ``anywhere`` is each of them in turn; a server that is not installed is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse
from starlette.testclient import TestClient

from etappe_api.app import create_app
from etappe_api.settings import Settings
from store.servers import oxigraph, virtuoso


@pytest.fixture(scope="module", params=["embedded", "oxigraph", "virtuoso"])
def services(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("scratch")
    with ExitStack() as stack:
        store = None
        if request.param != "embedded":
            start = oxigraph if request.param == "oxigraph" else virtuoso
            store = stack.enter_context(start(folder)).address
        yield stack.enter_context(_service(folder / "data", store))


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with _service(tmp_path_factory.mktemp("scratch") / "data", None) as client:
        yield client


def _service(folder: object, store: str | None) -> TestClient:
    settings = {"data": folder, "store": store, "workers": 1, "writes": "open", "base": "http://testserver"}
    app = create_app(Settings(**settings, rate=0, rate_writes=0))  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def anywhere(services: TestClient) -> TestClient:
    return emptied(services)


@pytest.fixture
def scratch(embedded: TestClient) -> TestClient:
    return emptied(embedded)


def emptied(client: TestClient) -> TestClient:
    answer = client.post("/update", content="DROP ALL", headers={"Content-Type": "application/sparql-update"})
    assert answer.status_code == 204, answer.text
    return client


def same(one: bytes | str, other: bytes | str, *, base: str | None = None) -> bool:
    """Whether two Turtle documents say the same, whatever their blank nodes are called."""
    return _canonical(one, base) == _canonical(other, base)


def _canonical(document: bytes | str, base: str | None) -> set[Quad]:
    dataset = Dataset(parse(document, RdfFormat.TURTLE, base_iri=base))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)
