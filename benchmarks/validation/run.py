"""How fast SHACL engines check reports: Etappe's against the others, in one run. See the README beside this folder."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.validation import cold, parallel, scale, warm, workloads
from benchmarks.validation.processes import Failed
from benchmarks.validation.roster import PEERS_BY_KEY, Missing, Peer, ours
from benchmarks.validation.tables import Summary, cold_table, warm_table
from benchmarks.validation.workloads import WORKLOADS
from rich.console import Console

PARTS = ("warm", "cold", "workers", "scale", "campaign")
SECONDS = 2.0
WORKER_REPORTS = 4000
CAMPAIGN_PEERS = ("pyshacl", "pyrudof")

out = Console(width=None if Console().is_terminal else 120)
progress = Console(stderr=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-validation", description=__doc__)
    parser.add_argument("-n", "--reports", type=int, default=200, help="how many reports the engines check (200)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds of which the median counts (3; three times as many cold)"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long a warm round lasts at least (2)")
    parser.add_argument("--scale", type=int, default=100_000, help="reports of the long run (100000)")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"which parts to run ({','.join(PARTS)})")
    parser.add_argument("--shapes", default=",".join(WORKLOADS), help="which shapes: full, core or both")
    parser.add_argument("--peers", default=",".join(PEERS_BY_KEY), help=f"whom to ask ({','.join(PEERS_BY_KEY)})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return parser.parse_args()


class Run:
    """One run: what was asked for, who is there, and the figures so far."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.ours = ours()
        self.peers: dict[str, Peer] = {}
        self.summary = Summary()
        self.figures: dict[str, object] = {}
        for key in options.peers.split(","):
            try:
                self.peers[key] = PEERS_BY_KEY[key]()
            except Missing as missing:
                out.print(f"Not there: {key} ({missing}).")

    def everything(self) -> None:
        parts = self.options.parts.split(",")
        with progress.status("") as status:

            def tell(words: str) -> None:
                status.update(words)

            for name in self.options.shapes.split(","):
                work = WORKLOADS[name](self.options.reports)
                if "warm" in parts:
                    self.warm(work, list(self.peers.values()), tell)
                if "cold" in parts:
                    self.cold(work, tell)
                if "workers" in parts:
                    self.workers(work, tell)
                if "scale" in parts and name == "full":
                    self.scale(work, tell)
            if "campaign" in parts:
                asked = [peer for key, peer in self.peers.items() if key in CAMPAIGN_PEERS]
                self.warm(workloads.campaign(), asked, tell)
        out.print(self.summary.table())
        if self.options.json:
            self.options.json.write_text(json.dumps(self.figures, indent=1) + "\n")

    def warm(self, work: workloads.Workload, peers: Sequence[Peer], tell: warm.Tell) -> None:
        everyone, reference = [self.ours, *peers], self.peers.get("pyshacl")
        measured = warm.measure(everyone, work, self.options.rounds, self.options.seconds, reference, tell)
        out.print(warm_table(work, measured))
        base = measured[0].ms
        for one in measured[1:]:
            if base and one.ms:
                self.summary.add(f"warm, {work.name}", one.peer.name, one.ms / base, one.peer.goals.get(work.name))
        self.figures[f"warm, {work.name}"] = {
            one.peer.name: {
                "ms": one.rounds,
                "differs": one.differs and asdict(one.differs),
                "differs from ours": one.differs_from_ours and asdict(one.differs_from_ours),
                "failure": one.failure,
            }
            for one in measured
        }

    def cold(self, work: workloads.Workload, tell: cold.Tell) -> None:
        started = cold.measure([self.ours, *self.peers.values()], work, 3 * self.options.rounds, tell)
        out.print(cold_table(work, started))
        for own in (one for one in started if one.peer is self.ours):
            for one in started:
                if own.ms and one.ms and one.peer is not self.ours:
                    goal = one.peer.goals.get("cold")
                    against = f"{one.peer.name}, {one.way}"
                    self.summary.add(f"cold, {work.name}, our {own.way}", against, one.ms / own.ms, goal)
        self.figures[f"cold, {work.name}"] = {
            f"{one.peer.name}, {one.way}": one.failure or one.rounds for one in started
        }

    def workers(self, work: workloads.Workload, tell: parallel.Tell) -> None:
        ratio = parallel.measure(work, self.options.rounds, max(WORKER_REPORTS, len(work.texts)), tell)
        self.summary.add(f"two workers, {work.name}", "one worker", ratio, 1.8)
        self.figures[f"workers, {work.name}"] = ratio

    def scale(self, work: workloads.Workload, tell: scale.Tell) -> None:
        try:
            scaled = scale.measure(self.ours, work, self.options.scale, tell)
        except Failed as failed:
            out.print(f"scale: {failed}")
            return
        out.print(
            f"A report takes {scaled.many_ms:.3f} ms in a run of {scaled.many:,} and {scaled.few_ms:.3f} ms in one of "
            f"{scaled.few:,}; the process takes {scaled.many_memory:.0f} MiB and {scaled.few_memory:.0f} MiB at most."
        )
        what, against = f"time a report at {scaled.many:,}", f"at {scaled.few:,}"
        self.summary.add(what, against, scaled.ratio, 1.1, less=True)
        self.figures["scale"] = asdict(scaled)


if __name__ == "__main__":
    out.print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the run. Two workers need two idle cores.")
    Run(arguments()).everything()
