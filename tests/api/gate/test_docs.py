"""The documentation names every address, form and limit of the gate and of the questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from etappe.validation.formats import FORMATS
from etappe_api import gate, questions
from etappe_api.gate.submissions import ACCEPTED
from etappe_api.questions.forms import ANSWERS
from etappe_api.questions.parameters import COMMON

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return {name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("gate", "api-questions")}


def test_every_address_of_the_gate_is_told(told: dict[str, str]) -> None:
    for route in gate.router.routes:
        for method in route.methods - {"HEAD"}:  # type: ignore[attr-defined]
            assert f"`{method} {route.path}`" in told["gate"]  # type: ignore[attr-defined]


def test_every_form_is_told(told: dict[str, str]) -> None:
    for name, form in FORMATS.items():
        assert f"`{name}`" in told["gate"]
        assert f"`{form.media_type}`" in told["gate"]
    for media_type in ACCEPTED:
        assert media_type in told["gate"]
    for answer in ANSWERS:
        assert f"`.{answer.suffix}`" in told["api-questions"]
        for media_type in (answer.media_type, *answer.others):
            assert f"`{media_type}`" in told["api-questions"]


def test_every_parameter_of_all_questions_is_told(told: dict[str, str]) -> None:
    assert questions.router.routes
    for name in COMMON:
        assert f"`{name}`" in told["api-questions"]
