"""Running ``etappe`` as a user does, and two small reports."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import MINIMAL
from etappe import cli as command_line


class Result:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


Run = Callable[..., Result]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``etappe`` in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("ETAPPE_DATA", "ETAPPE_BASE", "ETAPPE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ETAPPE_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")

    def go(*words: object) -> Result:
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "argv", ["etappe", *map(str, words)])
        status: object = 0
        try:
            command_line.main()
        except SystemExit as ended:
            status = ended.code or 0
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        assert isinstance(status, int)
        return Result(status, out.decode(), err.decode())

    return go


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(MINIMAL.replace("publisher: {id: herausgeber, name: Herausgeber}\n", ""), encoding="utf-8")
    return path
