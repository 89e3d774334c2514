"""The process around a Python engine: answers orders on standard input, one line of JSON for each.

Usage: ``python -m benchmarks.validation.peers.worker ENGINE JOB``. A job is a JSON file: ``shapes``, and ``reports`` to
check, all N-Triples. The workers of other languages keep to the same orders:

- ``round SECONDS``: checks all reports, over again until that time has passed; ``{"ms": of one report}``.
- ``written``: checks all reports once; ``{"written": [the validation reports as N-Triples]}``.
- ``stream START COUNT`` (Python only): checks that many generated reports, none of which is kept;
  ``{"ms": of one report, "MiB": most memory taken}``.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Protocol, cast

from benchmarks.validation.generate import reports as generated

Check = Callable[[bytes], bytes]


class Engine(Protocol):
    """What a module beside this one offers."""

    def prepare(self, shapes: bytes) -> Check:
        """Reads the shapes once; the function it returns takes a report and writes its validation report."""


def engine(name: str) -> Engine:
    return cast(Engine, importlib.import_module(f"benchmarks.validation.peers.{name}"))


def run_round(check: Check, texts: list[bytes], seconds: float) -> float:
    """Milliseconds a report, over as many whole passes as the time takes."""
    checked, begin = 0, perf_counter()
    while not checked or perf_counter() - begin < seconds:
        for text in texts:
            check(text)
        checked += len(texts)
    return (perf_counter() - begin) * 1000 / checked


def run_stream(check: Check, start: int, count: int) -> float:
    """Milliseconds a report; making it is not counted."""
    spent = 0.0
    for text in generated(count, start):
        begin = perf_counter()
        check(text)
        spent += perf_counter() - begin
    return spent * 1000 / count


def main() -> None:
    job = json.loads(Path(sys.argv[2]).read_bytes())
    texts = [text.encode() for text in job["reports"]]
    answer: dict[str, object]
    try:
        check = engine(sys.argv[1]).prepare(job["shapes"].encode())
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            match line.split():
                case ["round", seconds]:
                    answer = {"ms": run_round(check, texts, float(seconds))}
                case ["stream", start, count]:
                    answer = {"ms": run_stream(check, int(start), int(count))}
                    answer["MiB"] = getrusage(RUSAGE_SELF).ru_maxrss / 1024
                case _:
                    answer = {"written": [check(text).decode() for text in texts]}
            print(json.dumps(answer), flush=True)
    except Exception as error:  # noqa: BLE001 - whatever it was, the benchmark says it and goes on
        print(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}), flush=True)


if __name__ == "__main__":
    main()
