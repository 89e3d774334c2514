"""``network``: who met whom, as a table of people, or as a file for other programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from etappe.cli.screen import err, out, table
from etappe.cli.texts import say
from etappe.errors import NotFound, UsageError
from etappe.questions import best_label
from etappe.things import find, labels
from etappe.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etappe.network import Network

#: Rows that a table shows.
SHOWN = 25


@dataclass(frozen=True)
class Wanted:
    """What the command was asked for.

    ``of``: people, organizations or topics. ``basis``: a pair whose common items are shown.
    """

    of: str
    form: str
    measures: list[str]
    start: str | None
    end: str | None
    least: int
    basis: tuple[str, str] | None
    output: Path | None


def show_network(wanted: Wanted, data: Path, base: str, language: str, store: str | None, *, quiet: bool) -> None:
    """Build the network and show or write it.

    Raises:
        UsageError: the extra ``network`` is not installed; an unknown measure; a day that is none.
    """
    with _installed(), open_workspace(data, base=base, store=store) as workspace:
        from etappe import network

        unknown = [name for name in wanted.measures if name not in network.MEASURES]
        if unknown:
            raise UsageError(f"there is no measure {unknown[0]!r}; there are: {', '.join(network.MEASURES)}")
        build = {"people": network.people, "organizations": network.organizations, "topics": network.topics}[wanted.of]
        selection = network.Selection(_day(wanted.start), _day(wanted.end))
        with workspace.columns() as columns:
            attendance = network.from_columns(columns)

        def label(iris: set[str]) -> Mapping[str, str]:
            known = labels(workspace.store, {NamedNode(iri) for iri in iris})
            return {iri: best_label(known.get(iri, {}), language) or iri for iri in iris}

        found = build(attendance, selection, least=wanted.least, label=label)
        if wanted.basis is not None:
            _show_basis(found, workspace, wanted.basis, language)
            return
        names = wanted.measures or (["strength", "community"] if wanted.form == "table" else [])
        measures = {name: network.measure(found.graph, name) for name in names}
        if wanted.form == "table":
            _show(found, measures, language, quiet=quiet)
        else:
            _write(network.export(found, wanted.form, measures), wanted.output)


@contextmanager
def _installed() -> Iterator[None]:
    try:
        import numpy  # noqa: F401
        import rustworkx  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "networks need numpy and rustworkx; install them with: pip install 'etappe[network]'"
        ) from error
    yield


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise UsageError(f"a day is written as 2017-07-28, not {text!r}") from error


def _show(network: Network, measures: Mapping[str, Mapping[str, float]], language: str, *, quiet: bool) -> None:
    graph = network.graph
    order = next(iter(measures.values()))
    nodes = sorted(graph, key=lambda node: (-order[node], graph.nodes[node]["label"]))
    heads = ["", *(say(language, f"measure.{name}") for name in measures)]
    rows = [
        (graph.nodes[node]["label"], *(f"{found[node]:.4g}" for found in measures.values())) for node in nodes[:SHOWN]
    ]
    out().print(table(heads, rows) if rows else say(language, "no-rows"))
    if not quiet:
        words = say(language, "network", nodes=len(graph), edges=graph.number_of_edges())
        err().print(words, markup=False)


def _show_basis(network: Network, workspace: Workspace, pair: tuple[str, str], language: str) -> None:
    one, other = (find(workspace.store, workspace.base, name).value for name in pair)
    try:
        items = network.items(one, other)
    except KeyError as error:
        raise NotFound(f"{pair[0]} and {pair[1]} share no programme item here") from error
    known = labels(workspace.store, {NamedNode(item) for item in items})
    out().print(table(["", ""], [(best_label(known.get(item, {}), language), item) for item in items]))


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise UsageError(f"cannot be written ({(error.strerror or str(error)).lower()})", file=output) from error
    err().print(str(output), markup=False)
