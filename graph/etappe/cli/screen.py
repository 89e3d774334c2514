"""What a person sees: tables, things and progress, drawn with rich. Findings are drawn in ``verdicts``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pyoxigraph import Literal, NamedNode
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from etappe.cli.texts import say
from etappe.namespaces import compact
from etappe.things import Thing

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


def show_thing(console: Console, thing: Thing, language: str) -> None:
    """What is known of a thing, and from which reports."""
    console.print(
        f"[bold]{escape(thing.label(thing.iri.value, language))}[/]  [dim]{escape(thing.iri.value)}[/]", soft_wrap=True
    )
    rows = []
    for statement in thing.statements:
        value = statement.value
        name = thing.label(statement.property, language)
        shown = (
            f"{thing.label(value.value, language)}  ({compact(value.value)})"
            if isinstance(value, NamedNode)
            else value.value + (f" @{value.language}" if isinstance(value, Literal) and value.language else "")
        )
        graphs = ", ".join(graph.split("/graph/", 1)[-1] for graph in statement.graphs)
        rows.append(((("← " if statement.incoming else "") + name), short(shown, 140), graphs))
    console.print(table([say(language, key) for key in ("property", "value", "known-from")], rows))
