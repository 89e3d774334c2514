"""Sums and networks over many reports, in one run against SPARQL engines. See benchmarks/README.md."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyoxigraph
from benchmarks.many.peers import Maplib, NotThere, Virtuoso
from benchmarks.synthetic import PREFIXES, Campaign
from pyoxigraph import NamedNode, RdfFormat
from rich.console import Console
from rich.table import Table

from etappe.columns import Columns
from etappe.network import from_columns, most_shared, people, people_by_organization

out = Console(width=None if Console().is_terminal else 120)
Sums = list[tuple[str, str, int]]
_P = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
MOST_SHARED = f"""{_P}SELECT ?one ?other (COUNT(DISTINCT ?stop) AS ?stops) WHERE {{
  ?item schema:superEvent ?stop ; cv:hasParticipation ?first , ?second .
  ?first cv:hasParticipant ?one ; et:presence etv:present ; et:certainty etv:stated .
  ?second cv:hasParticipant ?other ; et:presence etv:present ; et:certainty etv:stated .
  FILTER(STR(?one) < STR(?other))
}} GROUP BY ?one ?other ORDER BY DESC(?stops) ?one ?other LIMIT 20"""
BY_ORGANIZATION = f"""{_P}SELECT ?organization ?year (COUNT(DISTINCT ?person) AS ?people) WHERE {{
  ?item et:visited ?organization ; schema:startDate ?day ; cv:hasParticipation ?participation .
  ?participation cv:hasParticipant ?person ; et:presence etv:present ; et:certainty etv:stated .
  BIND(YEAR(?day) AS ?year)
}} GROUP BY ?organization ?year"""
PAIRS = f"""{_P}SELECT ?one ?other (COUNT(DISTINCT ?stop) AS ?stops) WHERE {{
  ?item schema:superEvent ?stop ; cv:hasParticipation ?first , ?second .
  ?first cv:hasParticipant ?one ; et:presence etv:present ; et:certainty etv:stated .
  ?second cv:hasParticipant ?other ; et:presence etv:present ; et:certainty etv:stated .
  FILTER(STR(?one) < STR(?other))
}} GROUP BY ?one ?other"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-many", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000, help="size of the synthetic campaign (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the median counts (3)")
    parser.add_argument(
        "--peers", default="virtuoso,maplib,embedded", help="who else is asked (virtuoso,maplib,embedded)"
    )
    return parser.parse_args()


def timed(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """The median of some rounds in seconds, and what came out."""
    seconds = []
    found = None
    for _ in range(rounds):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), found


def columns_of(quads: Path, folder: Path) -> Columns:
    """The columns as admission makes them, from the report graphs of a file."""
    columns = Columns(folder / "columns.sqlite", writable=True)
    graphs: dict[NamedNode, list[pyoxigraph.Triple]] = {}
    parts = 0
    for graph, triples in _graphs(quads):
        graphs[graph] = triples
        if len(graphs) == 5_000:
            columns.apply(graphs, str(parts := parts + 1))
            graphs = {}
    columns.apply(graphs, "all")
    return columns


def _graphs(quads: Path) -> Iterator[tuple[NamedNode, list[pyoxigraph.Triple]]]:
    """Graphs one after the other; the file holds the quads of a report together."""
    name: NamedNode | None = None
    triples: list[pyoxigraph.Triple] = []
    for quad in pyoxigraph.parse(path=str(quads), format=RdfFormat.N_QUADS):
        assert isinstance(quad.graph_name, NamedNode)
        if quad.graph_name != name:
            if name is not None:
                yield name, triples
            name, triples = quad.graph_name, []
        triples.append(quad.triple)
    if name is not None:
        yield name, triples


def main() -> None:
    options = arguments()
    goals = Table("what", "against", "ours", "theirs", "ratio", "goal", title=f"{options.reports:,} synthetic reports")

    def goal(what: str, against: str, ours: float, theirs: float, most: float) -> None:
        ratio = ours / theirs
        sign = "✓" if ratio <= most else "✗"
        goals.add_row(what, against, f"{ours:.3f} s", f"{theirs:.3f} s", f"{ratio:.3f}", f"at most {most:g} {sign}")

    with tempfile.TemporaryDirectory(prefix="etappe-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        quads = folder / "campaign.nq"
        with quads.open("w", encoding="utf-8") as file:
            file.writelines(Campaign(options.reports).lines())
        columns = stack.enter_context(columns_of(quads, folder))
        reading, attendance = timed(lambda: from_columns(columns), options.rounds)
        out.print(f"Reading the columns from disk takes {reading:.3f} s; peers have read their data before, too.")
        ours = {
            "co-attendance, top 20": timed(lambda: most_shared(attendance), options.rounds),
            "people by organization and year": timed(lambda: people_by_organization(attendance), options.rounds),
        }
        questions = dict(zip(ours, (MOST_SHARED, BY_ORGANIZATION), strict=True))
        for peer, make, most in (("virtuoso", Virtuoso, 0.1), ("maplib", Maplib, 0.25)):
            if peer not in options.peers.split(","):
                continue
            try:
                asked = stack.enter_context(make(quads, folder))
            except NotThere as missing:
                out.print(f"Not there: {missing}.")
                continue
            for what, sparql in questions.items():
                seconds, rows = timed(lambda asked=asked, sparql=sparql: asked.rows(sparql), options.rounds)
                agree(what, peer, ours[what][1], rows)
                goal(what, peer, ours[what][0], seconds, most)
        if "embedded" in options.peers.split(","):
            seconds, network = timed(lambda: people(attendance, label=lambda _: {}), options.rounds)
            store = pyoxigraph.Store(str(folder / "store"))
            store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
            theirs, pairs = timed(lambda: embedded(store, PAIRS), 1)
            edges = [(*sorted(edge[:2]), edge[2]) for edge in network.graph.edges(data="weight")]
            agree("network of all people", "SPARQL pairs, embedded", edges, pairs)
            goal("network of all people", "SPARQL pairs, embedded", seconds, theirs, 0.05)
    out.print(goals)


def embedded(store: pyoxigraph.Store, sparql: str) -> Sums:
    found = store.query(sparql, use_default_graph_as_union=True)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [(row[0].value, row[1].value, int(row[2].value)) for row in found]


def agree(what: str, peer: str, ours: Sums, theirs: Sums) -> None:
    """Both must have the same answer, or the times mean nothing."""
    if sorted(map(tuple, ours)) != sorted(map(tuple, theirs)):
        only = sorted(set(map(tuple, ours)) ^ set(map(tuple, theirs)))[:4]
        out.print(f"{what}: {peer} answers otherwise ({len(ours)} and {len(theirs)} rows), such as {only}")


if __name__ == "__main__":
    main()
