"""Whether it lives, and whether it answers, are two questions."""

from __future__ import annotations

import asyncio
import shutil

import pytest

from etappe.errors import StoreUnavailable
from etappe_api.health import Readiness


def test_a_service_that_answers_is_ready(client):
    assert client.get("/health").json() == {"status": "ok"}
    answer = client.get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "generation": 1}
    assert client.head("/ready").status_code == 200


def test_a_service_whose_store_is_gone_lives_and_is_not_ready(serving, tmp_path):
    client = serving()
    shutil.rmtree(tmp_path / "data" / "generations")
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["type"].endswith("#not-ready")
    assert client.get("/health").status_code == 200


def test_a_service_that_ends_is_not_ready(serving):
    client = serving(empty=True)
    client.app.state.service.drain()
    assert "about to end" in client.get("/ready").json()["detail"]
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize("answers", [True, False])
def test_the_store_is_asked_once_however_many_ask(answers):
    class Backend:
        asked = 0

        async def answer(self, request):
            self.asked += 1
            await asyncio.sleep(0)
            if not answers:
                raise StoreUnavailable("it is gone")

    class Service:
        closing = False
        backend = Backend()

    async def run() -> list[str | None]:
        readiness = Readiness(Service())  # type: ignore[arg-type]
        return await asyncio.gather(*(readiness.fault() for _ in range(100)))

    assert set(asyncio.run(run())) == {None if answers else "it is gone"}
    assert Service.backend.asked == 1
