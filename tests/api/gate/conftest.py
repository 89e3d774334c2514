"""A service over nothing, and one over the campaign, with keys. Reports are the minimal one of the tests, changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conftest import MINIMAL
from etappe_api.app import create_app
from etappe_api.keys import Role
from etappe_api.settings import Settings


def written(*replace: tuple[str, str], id: str = "probe") -> str:  # noqa: A002 - as the report calls it
    """The minimal report, changed."""
    text = MINIMAL.replace("report: probe", f"report: {id}")
    for old, new in replace:
        assert old in text, old
        text = text.replace(old, new)
    return text


#: Changes that make the minimal report one with a violation (C08), and one with a warning.
VIOLATION = ("place: musterstadt", "place: nirgends")
WARNING = ("    tour: mustertour\n", "")


@dataclass
class Gate:
    """A running service with a key of each kind."""

    client: TestClient
    submit: dict[str, str]
    review: dict[str, str]
    read: dict[str, str]

    def send(self, body: str | bytes, *, path: str = "/reports", **headers: str):
        return self.client.post(
            path, content=body, headers={**self.submit, **{k.replace("_", "-"): v for k, v in headers.items()}}
        )

    def decide(self, identifier: str, decision: str = "accept", reason: str = "geprüft", **headers: str):
        return self.client.post(
            f"/reports/{identifier}/decision",
            json={"decision": decision, "reason": reason},
            headers={**self.review, **{k.replace("_", "-"): v for k, v in headers.items()}},
        )

    @property
    def events(self) -> list[tuple[str, str]]:
        return [(event.kind, event.id) for event in self.client.app.state.service.state.archive.events]  # type: ignore[attr-defined]


def gate_over(client: TestClient) -> Gate:
    keys = client.app.state.service.keys  # type: ignore[attr-defined]

    def key(name: str, role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {keys.create(name, role)}"}

    return Gate(client, key("partner", Role.SUBMIT), key("office", Role.REVIEW), key("reader", Role.READ))


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A service over an empty folder."""
    with TestClient(create_app(Settings(data=tmp_path / "data", workers=2)), raise_server_exceptions=False) as client:
        yield gate_over(client)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """The same, for tests that leave nothing behind."""
    folder = tmp_path_factory.mktemp("still") / "data"
    with TestClient(create_app(Settings(data=folder, workers=2)), raise_server_exceptions=False) as client:
        yield gate_over(client)


@pytest.fixture
def campaign_gate(serving: Callable[..., TestClient]) -> Gate:
    """A service over the campaign."""
    return gate_over(serving())
