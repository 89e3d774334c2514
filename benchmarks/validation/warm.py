"""Warm engines: parse a report, validate it, write the validation report. In each round every engine has its turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from benchmarks.validation import agreement
from benchmarks.validation.agreement import Difference, Said
from benchmarks.validation.processes import Failed, Worker, worker
from benchmarks.validation.roster import Peer
from benchmarks.validation.workloads import Workload

WARM_UP = 5  # rounds' worth of seconds: the JVM and node compile what they run often

Tell = Callable[[str], None]


@dataclass
class Measured:
    """An engine's rounds (milliseconds a report) and what it said, or why there is nothing.

    ``differs`` is from the reference.
    """

    peer: Peer
    rounds: list[float] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    differs: Difference | None = None
    differs_from_ours: Difference | None = None
    failure: str | None = None

    @property
    def ms(self) -> float | None:
        return median(self.rounds) if self.rounds and not self.failure else None

    @property
    def spread(self) -> float:
        """How far the rounds lie apart, as a share of their median."""
        return (max(self.rounds) - min(self.rounds)) / median(self.rounds)


def measure(
    peers: Sequence[Peer], work: Workload, rounds: int, seconds: float, reference: Peer | None, tell: Tell
) -> list[Measured]:
    """Rounds of every engine on one workload.

    Args:
        peers: ours first.
        seconds: how long a round lasts at least; it is made of whole passes over all reports.
        reference: the engine whose verdicts the others are held against.
    """
    measured = [Measured(peer) for peer in peers]
    with ExitStack() as stack:
        running: list[tuple[Measured, Worker]] = []
        for one in measured:
            tell(f"{work.name}: {one.peer.name} starts and warms up")
            try:
                started = stack.enter_context(worker(one.peer, work))
                begin = perf_counter()
                one.said = [agreement.read(written) for written in started.written()]
                if (left := WARM_UP * seconds - (perf_counter() - begin)) > 0:
                    started.round(left)
                running.append((one, started))
            except (Failed, SyntaxError) as error:
                one.failure = str(error)
        for number in range(1, rounds + 1):
            for one, started in running:
                if one.failure:
                    continue
                tell(f"{work.name}: round {number} of {rounds}, {one.peer.name}")
                try:
                    one.rounds.append(started.round(seconds))
                except Failed as error:
                    one.failure = str(error)
    _compare(measured, reference)
    return measured


def _compare(measured: Sequence[Measured], reference: Peer | None) -> None:
    truth = next((one.said for one in measured if one.peer is reference), [])
    own = measured[0].said
    for one in measured:
        if truth and one.said and one.peer is not reference:
            one.differs = agreement.compare(truth, one.said)
        if own and one.said and one is not measured[0]:
            one.differs_from_ours = agreement.compare(own, one.said)
