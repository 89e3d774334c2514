"""Our engine in one worker process and in two.

They have the reports, as they would have the files. Told chunk by chunk which to check, they send back what they wrote.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.pool import Pool
from statistics import median
from time import perf_counter

from benchmarks.validation.peers.worker import Check, engine
from benchmarks.validation.workloads import Workload

Tell = Callable[[str], None]

CHUNK = 25

_check: Check
_texts: tuple[bytes, ...]


def _open(shapes: bytes, texts: tuple[bytes, ...]) -> None:
    global _check, _texts
    _check, _texts = engine("ours").prepare(shapes), texts


def _work(chunk: slice) -> list[bytes]:
    return [_check(text) for text in _texts[chunk]]


def measure(work: Workload, rounds: int, reports: int, tell: Tell) -> float:
    """How many times as many reports a second two workers check; the pools take turns.

    Args:
        reports: how many reports a round has at least.
    """
    engine("ours").prepare(work.shapes)  # a pool would start failing workers for ever
    chunks = [slice(start, start + CHUNK) for start in range(0, len(work.texts), CHUNK)]
    chunks *= -(-reports // len(work.texts))
    spawn, given = multiprocessing.get_context("spawn"), (work.shapes, work.texts)
    with spawn.Pool(1, _open, given) as one, spawn.Pool(2, _open, given) as two:
        times: dict[Pool, list[float]] = {one: [], two: []}
        for number in range(rounds + 1):
            tell(f"workers, {work.name}: round {number} of {rounds}")
            for pool, spent in times.items():
                begin = perf_counter()
                pool.map(_work, chunks, 1)
                spent.append(perf_counter() - begin)
        return median(times[one][1:]) / median(times[two][1:])  # the first round warmed them up
