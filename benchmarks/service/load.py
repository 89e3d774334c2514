"""Load on a server: wrk with eight connections, and a client of our own where single answers must be looked at."""

from __future__ import annotations

import re
import statistics
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass(frozen=True)
class Load:
    """What wrk measured: requests a second, the 99th percentile in seconds, answers that were no success."""

    rate: float
    p99: float
    failed: int


def wrk(
    url: str, seconds: int, *, accept: str = "application/sparql-results+json", connections: int = CONNECTIONS
) -> Load:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", f"Accept: {accept}", url]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", shown)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", shown)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", shown)
    assert rate and p99, shown
    return Load(float(rate[1]), float(p99[1]) * _UNITS[p99[2]], int(failed[1]) if failed else 0)


def ask(url: str, timeout: float = 60) -> tuple[int, float, bytes]:
    """Status, seconds, body of one request."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(urllib.request.Request(url), timeout=timeout) as answer:
            return answer.status, time.perf_counter() - start, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, time.perf_counter() - start, error.read()


def memory_of(process: int) -> int:
    """Bytes of memory that all that descends from a process holds together; what is shared counts once (Linux)."""
    shown = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = dict(map(int, line.split()) for line in shown.splitlines())
    found, grown = set[int](), {process}
    while grown:
        grown = {child for child, parent in parents.items() if parent in grown}
        found |= grown
    return sum(_share(child) for child in found)


def _share(process: int) -> int:
    with suppress(OSError):  # it has ended
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


class Watch(threading.Thread):
    """The largest memory that all that descends from a process held while the block ran."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._end = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._end.wait(0.02):
            self.most = max(self.most, memory_of(self._process))

    def __enter__(self) -> Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self.join()


def median(loads: list[Load]) -> Load:
    return Load(
        statistics.median(load.rate for load in loads),
        statistics.median(load.p99 for load in loads),
        max(load.failed for load in loads),
    )
