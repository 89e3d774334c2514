"""Schemathesis over the whole description: whatever the description allows, and much that it does not, ends in an answer.

Operations are read from the description when tests are collected, so a route that is added later is tested by itself.
Examples follow from the operation, not from chance; the service is a process of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode, checks

from api.running import Running, running
from etappe_api.app import create_app
from etappe_api.keys import Keys, Role
from etappe_api.settings import Settings

#: For each operation. Enough to reach each parameter in several ways; all together they take a minute.
EXAMPLES = 5

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
#: Answers that say, truly, that this cannot be done now.
_HONEST = (503, 504)

description = create_app(Settings(data=Path("nowhere"))).openapi()
schema = schemathesis.openapi.from_dict(description)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


def body_types() -> set[str]:
    """Media types of bodies that Schemathesis does not know."""
    operations = [operation for path in description["paths"].values() for operation in path.values()]
    types = {kind for operation in operations for kind in operation.get("requestBody", {}).get("content", {})}
    known = ("json", "yaml", "xml", "text/", "multipart/", "x-www-form-urlencoded", "octet-stream")
    return {kind for kind in types if not any(word in kind for word in known)}


def as_bytes(_: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


if body_types():
    schemathesis.serializer(*sorted(body_types()))(as_bytes)


@pytest.fixture(scope="module")
def fuzzed(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("fuzzed")
    data = Path(shutil.copytree(campaign, folder / "data"))
    key = Keys(data / "keys.json").create("fuzzer", Role.ADMIN)
    limits = {"rate": 0, "rate_writes": 0, "timeout": 2, "writes": "gated"}
    with running(data, folder / "log", "--workers", "2", **limits) as service:
        yield service, {"Authorization": f"Bearer {key}"}
        assert service.get("/ready").status == 200
        assert [line for line in service.lines() if line["event"] == "fault"] == []


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_ends_in_an_answer_as_described(case, fuzzed):
    service, key = fuzzed
    answer = case.call(base_url=service.address, headers=key)
    if answer.status_code not in _HONEST:
        case.validate_response(answer, checks=CHECKS)
