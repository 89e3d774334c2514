"""The tables that the run prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.validation.cold import Started
from benchmarks.validation.warm import Measured
from benchmarks.validation.workloads import Workload
from rich.table import Table

#: In how many reports an engine says something else than the reference, or than ours.
DIFFERENCES = ("verdicts ≠ pySHACL", "results ≠ pySHACL", "results ≠ ours")


def warm_table(work: Workload, measured: Sequence[Measured]) -> Table:
    """Time a report, ratio and agreement of each engine; the first one is ours."""
    table = _table(f"Warm, {work.name}: {len(work.texts)} reports, parsed, validated, validation report written")
    table.add_column("engine", no_wrap=True)
    for head in ("ms a report", "ours is faster", "rounds apart", *DIFFERENCES):
        table.add_column(head, justify="right")
    base = measured[0].ms
    for one in measured:
        if one.ms is None:
            table.add_row(one.peer.name, "n/a", one.failure, style="dim")
            continue
        differs = one.differs
        table.add_row(
            one.peer.name,
            f"{one.ms:.3f}",
            f"{one.ms / base:.1f} x" if base and one is not measured[0] else "",
            f"{one.spread:.0%}",
            str(differs.verdicts) if differs else "",
            str(differs.results) if differs else "",
            str(one.differs_from_ours.results) if one.differs_from_ours else "",
        )
    return table


def cold_table(work: Workload, started: Sequence[Started]) -> Table:
    """Time a file, and the ratio to each of our own ways."""
    ways = [one for one in started if one.peer is started[0].peer]
    table = _table(f"Cold, {work.name}: one process for one file")
    table.add_column("engine", no_wrap=True)
    table.add_column("started as")
    table.add_column("ms", justify="right")
    for own in ways:
        table.add_column(f"our {own.way} is faster", justify="right")
    for one in started:
        if one.ms is None:
            table.add_row(one.peer.name, f"{one.way}: {one.failure}", "n/a", style="dim")
            continue
        ratios = [f"{one.ms / own.ms:.1f} x" if own.ms and one not in ways else "" for own in ways]
        table.add_row(one.peer.name, one.way, f"{one.ms:.0f}", *ratios)
    return table


@dataclass
class Summary:
    """Measured ratios beside their goals."""

    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def add(self, what: str, against: str, ratio: float, goal: float | None = None, *, less: bool = False) -> None:
        """A ratio; ``less``: it may be at most the goal, else it is to be at least the goal."""
        verdict = ""
        if goal is not None:
            verdict = "met" if (ratio <= goal if less else ratio >= goal) else "NOT MET"
        bound = "" if goal is None else f"{'<=' if less else '>='} {goal:g}"
        self.rows.append((what, against, f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}", bound, verdict))

    def table(self) -> Table:
        table = _table("Ratios: how many times faster ours is")
        for head in ("what", "against", "ratio", "goal", ""):
            table.add_column(head, justify="right" if head in ("ratio", "goal") else "left")
        before = None
        for row in self.rows:
            if before not in (None, row[0]):
                table.add_section()
            before = row[0]
            table.add_row(*row)
        return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold")
