"""The example campaign is ingested once a session into a folder that nobody changes; who writes gets a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etappe import resources
from etappe.admission import State, admit_all
from etappe.reading.archives import inputs
from etappe.workspace import open_workspace
from etappe_api.app import create_app
from etappe_api.keys import Keys, Role
from etappe_api.settings import Settings


@pytest.fixture(scope="session")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example campaign."""
    folder = tmp_path_factory.mktemp("campaign")
    examples = resources.folder("examples")
    paths = [str(examples / name) for name in ("registry", "stralsund", "tours")]
    with open_workspace(folder, write=True) as workspace:
        for name, admission in admit_all(workspace, inputs(paths), by="test"):
            assert getattr(admission, "state", None) is State.ACCEPTED, (name, admission)
    return folder


@pytest.fixture(scope="module")
def client(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over the campaign that nobody writes to."""
    folder = tmp_path_factory.mktemp("read") / "data"
    shutil.copytree(campaign, folder)
    with TestClient(create_app(Settings(data=folder, workers=2)), raise_server_exceptions=False) as running:
        yield running


@pytest.fixture
def serving(campaign: Path, tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """Start a service of one's own: ``serving(writes="gated")`` over a copy of the campaign, ``empty=True`` over nothing."""
    with ExitStack() as stack:

        def start(*, empty: bool = False, **settings: object) -> TestClient:
            folder = tmp_path / "data"
            if not empty:
                shutil.copytree(campaign, folder)
            app = create_app(Settings(data=folder, workers=2, **settings))
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield start


@pytest.fixture
def key_for() -> Callable[[TestClient, str], dict[str, str]]:
    """Headers with a new key of a role: ``key_for(client, "submit")``."""

    def make(client: TestClient, role: str) -> dict[str, str]:
        keys: Keys = client.app.state.service.keys  # type: ignore[attr-defined]
        return {"Authorization": f"Bearer {keys.create(f'test {role}', Role(role))}"}

    return make
