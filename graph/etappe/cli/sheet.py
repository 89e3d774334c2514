"""One thing on the screen: what is known of it, and from which reports."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode
from rich.console import Console
from rich.markup import escape

from etappe.cli.screen import short, table
from etappe.cli.texts import say
from etappe.namespaces import compact
from etappe.things import Thing


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
