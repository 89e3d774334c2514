"""A service whose deadline never decides a test: some questions take long on a busy machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etappe_api.app import create_app
from etappe_api.settings import Settings


@pytest.fixture(scope="module")
def client(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over the campaign that nobody writes to."""
    folder = tmp_path_factory.mktemp("read") / "data"
    shutil.copytree(campaign, folder)
    with TestClient(
        create_app(Settings(data=folder, workers=2, timeout=300)), raise_server_exceptions=False
    ) as running:
        yield running
