"""What a person sees, drawn with rich: tables and progress. Findings are drawn in ``verdicts``, things in ``sheet``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

T = TypeVar("T")


def out() -> Console:
    """Standard output: results. Lines keep their length where nobody looks at a screen."""
    fixed = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, width=200 if fixed else None)


def err() -> Console:
    """Standard error: messages and progress."""
    return Console(stderr=True, highlight=False)


def progress(items: Iterable[T], total: int, description: str, *, quiet: bool) -> Iterator[T]:
    """The items, with a bar on stderr while they are worked through, where there are several and somebody looks."""
    if quiet or total < 5 or not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        yield from bar.track(items, total=total, description=description)


def short(text: str, most: int = 90) -> str:
    """The text on one line, cut where it is too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    """A plain table; what stands in it is text, never markup."""
    drawn = Table(
        show_edge=False, pad_edge=False, header_style="bold", box=SIMPLE_HEAD if sys.stdout.isatty() else None
    )
    for head in heads:
        drawn.add_column(Text(head), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn
