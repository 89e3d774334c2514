"""Every store that there is. Servers run once for each test process and are emptied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etappe.store import LastingStore
from etappe.store.oxigraph import OxigraphStore
from etappe.store.remote import RemoteStore
from store.servers import Server, oxigraph, virtuoso


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "generic", "virtuoso"])
def remote(request: pytest.FixtureRequest) -> Iterator[RemoteStore]:
    """A remote store, empty. ``generic`` is the server of ``oxigraph`` spoken to as one that nobody knows."""
    if request.param == "virtuoso":
        address = request.getfixturevalue("virtuoso_server").address
    else:
        address = request.getfixturevalue("oxigraph_server").address
    if request.param == "generic":
        address += "/query?profile=generic"
    with RemoteStore(address, pauses=()) as opened:
        opened.clear()
        yield opened


@pytest.fixture(params=["memory", "disk", "oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LastingStore]:
    """Every store, empty."""
    if request.param in ("memory", "disk"):
        with OxigraphStore(None if request.param == "memory" else tmp_path / "store") as opened:
            yield opened
        return
    server = request.getfixturevalue(f"{request.param}_server")
    with RemoteStore(server.address, pauses=()) as remote:
        remote.clear()
        yield remote
