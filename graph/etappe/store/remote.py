"""A ``Store`` on a SPARQL 1.1 server. Requests are written by SPARQLWrapper and sent by ``transport``.

The union of all graphs is kept on the server as a graph of its own (``updates``). What is peculiar to a kind of server
stands in ``profiles``.
"""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Self, TypeVar
from urllib.parse import urlencode

import pyoxigraph
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from SPARQLWrapper import INSERT, POST, SELECT, SPARQLWrapper

from etappe import __version__
from etappe.errors import QueryError, QueryTimeout, QueryTooLarge, StoreUnavailable
from etappe.namespaces import VOID
from etappe.store import Answer, Bindings, Graph
from etappe.store.address import Address, Auth, read_address
from etappe.store.forms import JSON, N_TRIPLES, converted, fits
from etappe.store.oxigraph import syntax_error
from etappe.store.profiles import WHOLE, Dataset, Profile, profile_named, profile_of
from etappe.store.readers import Reply, Request
from etappe.store.text import refuse_hostile
from etappe.store.transport import PAUSES, Response, Transport
from etappe.store.updates import clearing, inserting, replacing

#: Bytes of an answer that are read into memory.
MAX_BYTES = 256 * 1024 * 1024
#: Triples that ``fill`` sends at once.
PORTION = 5000
_AGENT = f"etappe/{__version__}"

T = TypeVar("T")


class RemoteStore:
    """A ``Store`` on a server. Nothing is sent before it is used. Several threads may use it.

    Args:
        address: such as ``sparql+http://host:7878``; see docs/stores.md.
        max_bytes: how large an answer may be. A larger one is refused, never cut short.
        pauses: seconds between the attempts to reach the server for reading.

    Raises:
        UsageError: the address cannot be read.
    """

    def __init__(self, address: str, *, max_bytes: int = MAX_BYTES, pauses: tuple[float, ...] = PAUSES) -> None:
        self.address = read_address(address)
        self._max_bytes = max_bytes
        self._pauses = pauses
        self._union_is_right = False
        self._foreign: tuple[str, ...] | None = None
        self._lock = threading.Lock()

    @cached_property
    def profile(self) -> Profile:
        """What is peculiar to the server: as its address says, or as it says itself."""
        if self.address.profile is not None:
            return profile_named(self.address.profile)
        url = f"{self.address.root}{self.address.path or '/'}"
        request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 - http or https
        # Any answer will do, also an error: what counts is the name in its header.
        answer = Transport(self.address, Auth.NONE, pauses=self._pauses).send(
            request, timeout=self.address.timeout, max_bytes=self._max_bytes, repeat=True
        )
        return profile_of(answer.headers.get("server", ""))

    @property
    def atomic(self) -> bool:
        """See ``LastingStore.atomic``."""
        return self.profile.atomic

    @property
    def exact(self) -> bool:
        """See ``LastingStore.exact``."""
        return self.profile.exact

    @cached_property
    def _transport(self) -> Transport:
        return Transport(self.address, _auth(self.address, self.profile), pauses=self._pauses)

    @cached_property
    def _query_url(self) -> str:
        return self.address.root + (self.address.path or self.profile.query)

    @cached_property
    def _update_url(self) -> str:
        path = self.profile.update_path(self.address.path or self.profile.query)
        return self.address.root + (self.address.update or path)

    @cached_property
    def _graphs_url(self) -> str | None:
        path = self.address.graphs or self.profile.graphs
        return self.address.root + path if path else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(self, sparql: str) -> Answer:
        """See ``Store.query``; also ``QueryTimeout`` and ``QueryTooLarge``."""
        form = _parsed(sparql)
        self._check_union()
        return self._ask(self.profile.over_union(sparql, self._not_ours()), form)

    def answer(self, request: Request) -> Reply:
        """One query of the SPARQL 1.1 Protocol, answered in exactly the media type that is asked for.

        What the server writes is passed on as it is, where it writes that form as its standard says. ``max_rows`` is
        not looked at: ``max_bytes`` bounds the answer.

        Raises:
            QueryError: it does not parse, is an update, calls other servers, or cannot be answered in that form.
            QueryTimeout: it took longer than it may.
            QueryTooLarge: its answer is larger than it may be.
            StoreUnavailable: the server cannot be reached.
        """
        form = _parsed(request.sparql, request.base)
        if not fits(request.media_type, solutions=form is not QueryTriples):
            raise QueryError(f"{request.media_type} cannot carry the answer to this form of query")
        sparql = f"BASE <{request.base}>\n{request.sparql}" if request.base else request.sparql
        dataset = Dataset(request.default_graphs, request.named_graphs)
        if dataset == WHOLE:
            self._check_union(request.timeout)
            sparql = self.profile.over_union(sparql, self._not_ours())
        else:
            dataset = self.profile.over_dataset(sparql, dataset)
        own = JSON if form is not QueryTriples else N_TRIPLES
        wanted = request.media_type if request.media_type in self.profile.media_types else own
        response = self._fetch(sparql, wanted, dataset, timeout=request.timeout, max_bytes=request.max_bytes)
        if response.status == 406:
            wanted = own
            response = self._fetch(sparql, wanted, dataset, timeout=request.timeout, max_bytes=request.max_bytes)
        body = self._expect(response, wanted)
        if wanted != request.media_type:
            body = self._readable(lambda: converted(body, wanted, request.media_type))
        if len(body) > request.max_bytes:
            raise QueryTooLarge(f"the answer has more than {request.max_bytes:,} bytes; narrow the query")
        return Reply(request.media_type, body)

    def graphs(self) -> Sequence[NamedNode]:
        """See ``Store.graphs``."""
        if self.profile.index is None:
            sparql = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
        else:
            sparql = f"SELECT DISTINCT ?g WHERE {{ GRAPH {self.profile.index} {{ ?g a {VOID.Dataset} }} }}"
        answer = self._ask(sparql, QuerySolutions)
        assert isinstance(answer, Bindings)
        return sorted((g for (g,) in answer.rows if isinstance(g, NamedNode)), key=lambda g: g.value)

    def triples(self, graph: NamedNode) -> Iterable[Triple]:
        """See ``Store.triples``. Through the graph store, where the server has one."""
        if self._graphs_url is None:
            answer = self._ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}", QueryTriples)
            assert isinstance(answer, Graph)
            return answer.triples
        request = urllib.request.Request(  # noqa: S310 - the scheme was read from the address
            f"{self._graphs_url}?{urlencode({'graph': graph.value})}",
            headers={"Accept": N_TRIPLES, "User-Agent": _AGENT},
        )
        response = self._send(request, repeat=True)
        return () if response.status == 404 else self._triples(self._expect(response, N_TRIPLES))

    def apply(self, replace: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """See ``Store.apply``. A server that is not ``atomic`` gets several requests, one after the other."""
        graphs = {graph: tuple(dict.fromkeys(triples)) for graph, triples in replace.items()}
        self._refuse_unkept(term for triples in graphs.values() for t in triples for term in (t.subject, t.object))
        if graphs:
            for update in replacing(graphs, self.profile):
                self._update(update)
            self._check_union()

    def fill(self, quads: Iterable[Quad]) -> None:
        """See ``LastingStore.fill``."""
        given = list(quads)
        self._refuse_unkept(term for quad in given for term in (quad.subject, quad.object))
        for update in inserting(given, self.profile, self.profile.most_triples or PORTION):
            self._update(update)
        self._check_union()

    def quads(self) -> Iterable[Quad]:
        """See ``Store.quads``."""
        for graph in self.graphs():
            for triple in self.triples(graph):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def clear(self) -> None:
        """See ``Store.clear``. Of a server that others share, what is ours."""
        for update in clearing(self.graphs() if self.profile.index else (), self.profile):
            self._update(update)
        self._union_is_right = False

    def close(self) -> None:
        """See ``Store.close``. No connection outlives its request."""

    def _check_union(self, timeout: float | None = None) -> None:
        """Make sure, once, that the server shows each triple once in the union.

        Raises:
            StoreUnavailable: it does not.
        """
        if self._union_is_right or self.profile.union is not None:
            return
        answer = self._ask(_TIMES, QuerySolutions, timeout)
        assert isinstance(answer, Bindings) and isinstance(answer.rows[0][0], Literal)
        times = int(answer.rows[0][0].value)
        if times > 1:
            raise StoreUnavailable(
                f"{self.address.shown} joins its graphs itself and counts a triple of two graphs twice; "
                "start it without that (oxigraph serve: without --union-default-graph)"
            )
        if times == 1:
            self._union_is_right = True
        elif self._ask("ASK { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }", QueryBoolean, timeout):
            raise StoreUnavailable(
                f"{self.address.shown} holds data that Etappe did not put there; name an empty data set with --store"
            )

    def _not_ours(self) -> tuple[str, ...]:
        """Graphs that a query must not see, on a server that has others beside ours."""
        if self.profile.index is None:
            return ()
        with self._lock:
            if self._foreign is None:
                answer = self._ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", QuerySolutions)
                assert isinstance(answer, Bindings)
                ours = {graph.value for graph in self.graphs()} | {str(self.profile.union)[1:-1]}
                there = {graph.value for (graph,) in answer.rows if graph is not None}
                self._foreign = tuple(sorted(there - ours | {self.profile.index.value}))
            return self._foreign

    def _ask(self, sparql: str, form: type, timeout: float | None = None) -> Answer:
        """Send a query as it is, and read the answer."""
        if form is QueryTriples:
            return Graph(tuple(self._triples(self._expect(self._fetch(sparql, N_TRIPLES, timeout=timeout), N_TRIPLES))))
        body = self._expect(self._fetch(sparql, JSON, timeout=timeout), JSON)

        def read() -> Bindings | bool:
            found = parse_query_results(body, format=QueryResultsFormat.JSON)
            if isinstance(found, QueryBoolean):
                return bool(found)
            names = tuple(variable.value for variable in found.variables)
            received = self.profile.received
            return Bindings(
                names,
                tuple(
                    tuple(None if (term := row[name]) is None else received(term) for name in names) for row in found
                ),
            )

        return self._readable(read)

    def _fetch(
        self,
        sparql: str,
        media_type: str,
        dataset: Dataset = WHOLE,
        *,
        timeout: float | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        message = _message(self._query_url, SELECT, sparql)
        for graph in dataset.default_graphs:
            message.addParameter("default-graph-uri", graph)
        for graph in dataset.named_graphs:
            message.addParameter("named-graph-uri", graph)
        message.addCustomHttpHeader("Accept", media_type)
        return self._send(message.written(), timeout=timeout, max_bytes=max_bytes, repeat=True)

    def _update(self, update: str) -> None:
        message = _message(self._update_url, INSERT, update)
        message.addCustomHttpHeader("Accept", "*/*")
        self._foreign = None
        try:
            response = self._send(message.written())
        except QueryTimeout as error:
            raise StoreUnavailable(
                f"{self.address.shown} took longer than {self.address.timeout:g} seconds to write; "
                "the next command brings it up to date; allow more with timeout="
            ) from error
        if not 200 <= response.status < 300:
            said = f": {response.said}" if response.said else ""
            raise StoreUnavailable(f"{self.address.shown} refused the update ({response.status}){said}")

    def _send(
        self,
        request: urllib.request.Request,
        *,
        timeout: float | None = None,
        max_bytes: int | None = None,
        repeat: bool = False,
    ) -> Response:
        response = self._transport.send(
            request, timeout=timeout or self.address.timeout, max_bytes=max_bytes or self._max_bytes, repeat=repeat
        )
        if response.status in (401, 403):
            raise StoreUnavailable(
                f"{self.address.shown} does not accept user and password ({response.status}); "
                "check them and auth= in the address"
            )
        return response

    def _expect(self, response: Response, media_type: str) -> bytes:
        """The body of a whole answer in that media type."""
        shown, said = self.address.shown, f": {response.said}" if response.said else ""
        if self.profile.gave_up(response.said):
            raise QueryTimeout(f"the server gave up the query{said}; narrow it, or add LIMIT")
        if self.profile.blames_query(response.status, response.said):
            raise QueryError(f"the query cannot be answered{said}")
        if response.status == 406:
            raise QueryError(f"{shown} cannot answer this query as {media_type}")
        if response.status != 200:
            raise StoreUnavailable(
                f"{shown} answered {response.status}{said}; check the path of the query endpoint in the address"
            )
        if self.profile.cut_short and self.profile.cut_short in response.headers:
            raise QueryTooLarge("the server left rows out of its answer; narrow the query, or raise the server's limit")
        if response.media_type != media_type:
            raise StoreUnavailable(
                f"{shown} answers with {response.media_type or 'no media type'} instead of {media_type}; "
                "is it a SPARQL endpoint?"
            )
        return response.body

    def _triples(self, body: bytes) -> list[Triple]:
        received = self.profile.received

        def read() -> list[Triple]:
            quads = parse(body, format=RdfFormat.N_TRIPLES)
            return [Triple(q.subject, q.predicate, received(q.object)) for q in quads]

        return self._readable(read)

    def _readable(self, read: Callable[[], T]) -> T:
        """What a parser makes of an answer."""
        try:
            return read()
        except (SyntaxError, ValueError) as error:
            raise StoreUnavailable(f"{self.address.shown} sent an answer that cannot be read: {error}") from error

    def _refuse_unkept(self, terms: Iterable[object]) -> None:
        for term in terms:
            if (reason := self.profile.refusal(term)) is not None:
                raise StoreUnavailable(f"{reason}: {str(term)[:80]}; keep this data in another store")


class _Message(SPARQLWrapper):
    """A request of the SPARQL 1.1 Protocol, written but not sent.

    SPARQLWrapper's own way of sending installs an opener for the whole process, follows redirects with the password in
    hand, and reads without end.
    """

    def __init__(self, url: str, kind: str) -> None:
        self._kind = kind
        super().__init__(url, updateEndpoint=url, agent=_AGENT)

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002, N802
        # The original searches the text with expressions that some texts keep busy for ever.
        return self._kind

    def written(self) -> urllib.request.Request:
        return self._createRequest()


def _message(url: str, kind: str, text: str) -> _Message:
    message = _Message(url, kind)
    message.setMethod(POST)
    message.setOnlyConneg(True)
    message.setQuery(text)
    return message


def _parsed(sparql: str, base: str | None = None) -> type:
    """The form of a query that is well-formed and asks for nothing hostile.

    Some servers carry out an update that is sent as a query.
    """
    refuse_hostile(sparql)
    try:
        return type(pyoxigraph.Store().query(sparql, base_iri=base))
    except SyntaxError as error:
        position, problem = syntax_error(error)
        raise QueryError(f"the query cannot be parsed: {problem}", position=position) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _auth(address: Address, profile: Profile) -> Auth:
    if address.auth is not None:
        return address.auth
    return profile.auth if address.user else Auth.NONE


#: How often a triple of some named graph stands in the default graph.
_TIMES = "SELECT (COUNT(*) AS ?n) WHERE { { SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } ?s ?p ?o }"
