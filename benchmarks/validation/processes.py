"""Engines in processes of their own, so that none pays for another's memory; orders and answers are lines."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.validation.roster import CHECKOUT, Peer
from benchmarks.validation.workloads import Workload


class Failed(Exception):
    """The engine gave up; the message says why."""


class Worker:
    """A process that has read the shapes and waits for orders."""

    def __init__(self, peer: Peer, job: Path, log: Path) -> None:
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                peer.warm(str(job)),
                cwd=CHECKOUT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._answer()

    def round(self, seconds: float) -> float:
        """Milliseconds a report over whole passes, for at least that time."""
        return float(self._ask(f"round {seconds}")["ms"])

    def written(self) -> list[str]:
        """The validation reports."""
        return list(self._ask("written")["written"])

    def stream(self, start: int, count: int) -> tuple[float, float]:
        """Milliseconds a report, and the most memory ever taken in MiB."""
        answer = self._ask(f"stream {start} {count}")
        return float(answer["ms"]), float(answer["MiB"])

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, order: str) -> dict[str, Any]:
        assert self._process.stdin
        try:
            print(order, file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise Failed(self._last_words()) from None
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = next((line for line in self._process.stdout if line.startswith("{")), None)
        if line is None:
            raise Failed(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "it ended without a word"


@contextmanager
def worker(peer: Peer, work: Workload) -> Iterator[Worker]:
    """A worker that ends with the block.

    Raises:
        Failed: it cannot read the shapes.
    """
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder, "job.json")
        texts = [text.decode() for text in work.texts]
        job.write_text(json.dumps({"shapes": work.shapes_for(peer).decode(), "reports": texts}))
        started: Worker | None = None
        try:
            started = Worker(peer, job, Path(folder, "log"))
            yield started
        finally:
            if started:
                started.close()
