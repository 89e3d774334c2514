"""Does a report take longer in a long run? One process checks them all; next to it, fresh ones check a thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import mean

from benchmarks.validation.processes import worker
from benchmarks.validation.roster import Peer
from benchmarks.validation.workloads import Workload

Tell = Callable[[str], None]

FEW = 1000
STRETCHES = 10


@dataclass(frozen=True)
class Scaled:
    """Milliseconds a report and most memory (MiB), for many reports and for few."""

    many: int
    few: int
    many_ms: float
    few_ms: float
    many_memory: float
    few_memory: float

    @property
    def ratio(self) -> float:
        return self.many_ms / self.few_ms


def measure(peer: Peer, work: Workload, many: int, tell: Tell) -> Scaled:
    """A long run in stretches. Before each a fresh process checks a thousand: the machine's moods meet both alike."""
    work = replace(work, texts=())  # the reports are made as they are needed
    stretch = many // STRETCHES
    few = min(FEW, stretch)
    long, short, memory = [], [], 0.0
    with worker(peer, work) as lasting:
        for number in range(STRETCHES):
            tell(f"scale: {number * stretch} of {many} reports")
            with worker(peer, work) as fresh:
                ms, memory = fresh.stream(number * stretch, few)
                short.append(ms)
            ms, most = lasting.stream(number * stretch, stretch)
            long.append(ms)
    return Scaled(many, few, mean(long), mean(short), most, memory)
