"""Cold engines: one process for one file, from its start to its end, as people run a command."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.validation import generate
from benchmarks.validation.roster import BUILD, CHECKOUT, Command, Peer
from benchmarks.validation.workloads import Workload

Tell = Callable[[str], None]


@dataclass
class Started:
    """A way to start an engine, and how long a file took each time (milliseconds)."""

    peer: Peer
    way: str
    command: Command
    rounds: list[float] = field(default_factory=list)
    failure: str | None = None

    @property
    def ms(self) -> float | None:
        return median(self.rounds) if self.rounds and not self.failure else None


def measure(peers: Sequence[Peer], work: Workload, rounds: int, tell: Tell) -> list[Started]:
    """Every way of every engine in each round, on a report without faults. A first round is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "report.nt")
        data.write_bytes(generate.report(0, faulty=0)[0])
        ways = []
        for number, peer in enumerate(peers):
            shapes = Path(folder, f"shapes-{number}.nt")
            shapes.write_bytes(work.shapes_for(peer))
            ways += [Started(peer, way, command(str(shapes), str(data))) for way, command in peer.cold.items()]
        for number in range(rounds + 1):
            tell(f"cold, {work.name}: round {number} of {rounds}")
            for one in ways:
                _start(one, count=number > 0)
    return ways


def _start(one: Started, *, count: bool) -> None:
    if one.failure:
        return
    begin = perf_counter()
    ended = subprocess.run(one.command, cwd=CHECKOUT, env=_environment(), capture_output=True, text=True)
    spent = (perf_counter() - begin) * 1000
    if ended.returncode:
        words = [line.strip(" │╭╮╰╯─") for line in (ended.stderr or ended.stdout).splitlines()]
        said = [line for line in words if line]
        one.failure = f"ended with {ended.returncode}: {said[-1][:120] if said else 'no word'}"
    elif count:
        one.rounds.append(spent)


def _environment() -> dict[str, str]:
    """Every Python engine finds its bytecode, as an installed one does; the round that is not counted writes it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(BUILD / "bytecode")}
