"""The service against its peers, in one run: requests a second, deadlines, neighbours. See benchmarks/README.md."""

from __future__ import annotations

import argparse
import asyncio
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph
import uvloop
from benchmarks.service import servers
from benchmarks.service.load import Load, Watch, ask, median, wrk
from benchmarks.service.servers import NotThere, Server
from benchmarks.synthetic import BASE, PREFIXES, Campaign
from rich.console import Console
from rich.table import Table

from etappe.store.readers import ReaderPool, Request

out = Console(width=None if Console().is_terminal else 120)
_P = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
QUERIES = {
    "stops of a tour": _P
    + f"""SELECT ?stop ?day ?label WHERE {{
  ?stop schema:superEvent <{BASE}/id/tour/t1> ; a et:Stop ; schema:startDate ?day ; skos:prefLabel ?label
}} ORDER BY ?day ?stop""",
    "items of a person": _P
    + f"""SELECT ?item ?day ?role WHERE {{
  ?participation cv:hasParticipant <{BASE}/id/person/p7> ; cv:role ?role .
  ?item cv:hasParticipation ?participation ; schema:startDate ?day
}} ORDER BY ?day ?item""",
}
RUNAWAYS = {
    "COUNT over a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ORDER BY over a cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "a deep path": _P + "SELECT * { ?a (schema:superEvent|^schema:superEvent|cv:hasParticipation|^cv:hasParticipation|"
    "cv:hasParticipant|^cv:hasParticipant)* ?b }",
}
DEADLINE = 2.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-service", description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000, help="size of the synthetic campaign (10000)")
    parser.add_argument("--seconds", type=int, default=5, help="how long a round of load lasts (5)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the median counts (3)")
    parser.add_argument("--parts", default="http,readers,runaway", help="which parts to run (http,readers,runaway)")
    return parser.parse_args()


class Run:
    """One run over one campaign in a temporary folder."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options = options
        self.quads, self.data = folder / "campaign.nq", folder / "data"
        with self.quads.open("w", encoding="utf-8") as file:
            file.writelines(Campaign(options.reports).lines())
        self.store = self.data / "scratch"
        self.store.parent.mkdir()
        store = pyoxigraph.Store(str(self.store))
        store.bulk_load(path=str(self.quads), format=pyoxigraph.RdfFormat.N_QUADS)
        store.flush()
        self.peer = folder / "peer"
        store.backup(str(self.peer))
        self.goals = Table("what", "against", "figure", "goal", title="Goals")

    def http(self) -> None:
        """Requests a second with eight connections; every server runs, and takes its turn."""
        with ExitStack() as stack:
            ours = stack.enter_context(servers.etappe(self.data, cache=False))
            # Two services do not share a store: the second one has a copy.
            self.peer_data = self.peer.parent / "second"
            pyoxigraph.Store.read_only(str(self.peer)).backup(str(_made(self.peer_data) / "scratch"))
            cached = stack.enter_context(servers.etappe(self.peer_data, cache=True))
            others = [
                server
                for make in (lambda: servers.oxigraph(self.peer), lambda: servers.rdflib_endpoint(self.quads))
                if (server := _if_there(stack, make))
            ]
            table = Table("query", "server", "requests/s", "p99 ms", "ratio to ours", title="Queries over HTTP")
            for title, sparql in QUERIES.items():
                rates = self._turns([ours, cached, *others], lambda server, q=sparql: server.query(q))
                for server, load in rates.items():
                    table.add_row(
                        title,
                        server,
                        f"{load.rate:,.0f}",
                        f"{load.p99 * 1000:.1f}",
                        f"{load.rate / rates[ours.name].rate:.2f}",
                    )
                for peer, goal in (("oxigraph serve", 0.8), ("rdflib-endpoint", 5.0)):
                    if peer in rates:
                        self._goal(f"uncached SELECT: {title}", peer, rates[ours.name].rate / rates[peer].rate, goal)
                if "oxigraph serve" in rates:
                    self._goal(
                        f"cached SELECT: {title}",
                        "oxigraph serve",
                        rates[cached.name].rate / rates["oxigraph serve"].rate,
                        3.0,
                    )
            out.print(table)
            document = f"{cached.address}/doc/person/p7.ttl"
            status, _, body = ask(document)
            if status == 200:
                plain = stack.enter_context(servers.constant(len(body)))
                rates = self._turns(
                    [cached, plain], lambda server: document if server is cached else server.address + "/"
                )
                self._goal("entity document, cached", plain.name, rates[cached.name].rate / rates[plain.name].rate, 0.9)

    def _turns(self, running: list[Server], url: Callable[[Server], str]) -> dict[str, Load]:
        loads: dict[str, list[Load]] = {server.name: [] for server in running}
        for server in running:
            wrk(url(server), 1)
        for _ in range(self.options.rounds):
            for server in running:
                loads[server.name].append(wrk(url(server), self.options.seconds))
        return {name: median(found) for name, found in loads.items()}

    def readers(self) -> None:
        """A query in a reader process against the same query in this process, both on disk; then in memory."""
        store = pyoxigraph.Store.read_only(str(self.peer))
        for title, sparql in QUERIES.items():
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as the service runs
                here, there, held = runner.run(self._in_both(store, sparql))
            out.print(f"{title}: {held * 1000:.2f} ms in a reader that holds the data")
            self._goal(
                f"query in a reader: {title} ({here * 1000:.2f} ms in process)",
                "in process",
                there / here,
                1.2,
                most=True,
            )

    async def _in_both(self, store: pyoxigraph.Store, sparql: str) -> tuple[float, float, float]:
        pool = ReaderPool(1, max_held=2**40)
        await pool.start()
        request = Request(sparql, "application/sparql-results+json")
        here: list[float] = []
        there: list[float] = []
        for times in range(self.options.rounds * 100):
            start = time.perf_counter()
            found = store.query(sparql, use_default_graph_as_union=True)
            assert isinstance(found, pyoxigraph.QuerySolutions)
            inside = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            middle = time.perf_counter()
            reply = await pool.answer(request, self.peer)
            if times > 10:
                here.append(middle - start)
                there.append(time.perf_counter() - middle)
            assert reply.body == inside
        await pool.hold(self.peer)
        assert pool.held == self.peer
        held: list[float] = []
        for times in range(self.options.rounds * 100):
            start = time.perf_counter()
            reply = await pool.answer(request, self.peer)
            if times > 10:
                held.append(time.perf_counter() - start)
            assert reply.body == inside
        await pool.close()
        return statistics.median(here), statistics.median(there), statistics.median(held)

    def runaway(self) -> None:
        """Queries that never end: when they are ended, what memory they took, and what the neighbours feel."""
        quiet_query = QUERIES["stops of a tour"]
        with servers.etappe(self.data, cache=False, timeout=DEADLINE) as server, Listener() as listener:
            ask(server.query("ASK {}"))
            loads: dict[bool, list[Load]] = {False: [], True: []}
            for disturbed in (False, True):  # what a runaway leaves behind is no calm
                for _ in range(self.options.rounds):
                    loads[disturbed].append(self._neighbour(server, quiet_query, disturbed))
            calm, disturbed = median(loads[False]), median(loads[True])
            self._goal(
                f"neighbours' p99 ({calm.p99 * 1000:.1f} ms alone)",
                "without a runaway",
                disturbed.p99 / calm.p99,
                2.0,
                most=True,
            )
            for title, sparql in RUNAWAYS.items():
                with Watch(server.process) as watch:
                    status, seconds, body = ask(server.query(sparql))
                assert status != 200, (title, body[:200])
                self._goal(
                    f"{title}: ended (status {status})",
                    f"its deadline of {DEADLINE:g} s",
                    seconds,
                    DEADLINE * 1.1,
                    most=True,
                )
                out.print(f"{title}: readers held {watch.most / 1024**2:,.0f} MiB at most")
            for sparql in (f"SELECT * {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}", f"LOAD <{listener.address}>"):
                ask(server.query(sparql))
            self._goal("unsafe outbound requests", "-", listener.calls, 0, most=True)

    def _neighbour(self, server: Server, sparql: str, disturbed: bool) -> Load:
        end = threading.Event()

        def disturb() -> None:
            while not end.is_set():
                ask(server.query(RUNAWAYS["COUNT over a cross product"]))

        hog = threading.Thread(target=disturb, daemon=True)
        if disturbed:
            hog.start()
            time.sleep(0.2)
        try:
            return wrk(server.query(sparql), self.options.seconds, connections=2)
        finally:
            end.set()
            if disturbed:
                hog.join()

    def _goal(self, what: str, against: str, figure: float, goal: float, *, most: bool = False) -> None:
        met = figure <= goal if most else figure >= goal
        sign = "at most" if most else "at least"
        self.goals.add_row(what, against, f"{figure:.2f}", f"{sign} {goal:g} {'✓' if met else '✗'}")


class Listener:
    """Counts who calls an address that nobody may call."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.calls = 0

    def __enter__(self) -> Listener:
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _count(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _if_there(stack: ExitStack, make: Callable[[], object]) -> Server | None:
    try:
        server = stack.enter_context(make())  # type: ignore[arg-type]
    except NotThere as missing:
        out.print(f"Not there: {missing}.")
        return None
    assert isinstance(server, Server)
    return server


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="etappe-bench-") as folder:
        run = Run(options, Path(folder))
        for part in options.parts.split(","):
            getattr(run, part)()
        out.print(run.goals)


if __name__ == "__main__":
    main()
