"""A reader: what a process that ``forking.py`` forks does until it is ended."""

from __future__ import annotations

import json
from typing import IO, Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    serialize,
)

from etappe.messages import receive, send
from etappe.namespaces import PREFIXES
from etappe.store.oxigraph import syntax_error


class _TooLarge(Exception):
    pass


class _Capped:
    """Collects what a serialiser writes, and stops it at a number of bytes or rows."""

    def __init__(self, max_bytes: int, max_rows: int, separator: bytes) -> None:
        self._parts: list[bytes] = []
        self._bytes, self._rows = max_bytes, max_rows
        self._separator = separator
        self._tail = b""

    def write(self, data: bytes) -> int:
        self._bytes -= len(data)
        if self._bytes < 0:
            raise _TooLarge("the answer has more bytes than it may; narrow the query, or page with LIMIT and OFFSET")
        # A separator may be split between two writes.
        joined = self._tail + data
        self._rows -= joined.count(self._separator)
        self._tail = joined[-(len(self._separator) - 1) :] if len(self._separator) > 1 else b""
        if self._rows < 0:
            raise _TooLarge("the answer has more rows than it may; narrow the query, or page with LIMIT and OFFSET")
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None: ...

    def value(self) -> bytes:
        return b"".join(self._parts)


# What stands once a row in each form and never within a value. In CSV a line break may stand within a value.
_SOLUTIONS = {
    "application/sparql-results+json": (QueryResultsFormat.JSON, b'"}},{"'),
    "application/sparql-results+xml": (QueryResultsFormat.XML, b"<result>"),
    "text/csv": (QueryResultsFormat.CSV, b"\r\n"),
    "text/tab-separated-values": (QueryResultsFormat.TSV, b"\n"),
}
_GRAPHS = {
    "text/turtle": (RdfFormat.TURTLE, b" .\n"),
    "application/n-triples": (RdfFormat.N_TRIPLES, b"\n"),
    "application/rdf+xml": (RdfFormat.RDF_XML, b"</rdf:Description>"),
    "application/ld+json": (RdfFormat.JSON_LD, b'"@id"'),
}


class Snapshot:
    """The generation that is open. Another one is opened when a query names it.

    Args:
        held: path and store of a generation that is in memory already.
    """

    def __init__(self, held: tuple[str, Store] | None = None) -> None:
        self._held = held
        self._path = ""
        self._store: Store | None = None

    def at(self, path: str) -> Store:
        """The store at that path.

        Raises:
            OSError: it cannot be read.
        """
        if self._held is not None and path == self._held[0]:
            return self._held[1]
        if self._store is None or path != self._path:
            self._store = None
            self._store, self._path = Store.read_only(path), path
        return self._store


def _answer(snapshot: Snapshot, details: dict[str, Any], sparql: str) -> bytes:
    if details.get("update"):
        Store().update(sparql, base_iri=details["base"])
        return b""
    dataset = details["default_graphs"] or details["named_graphs"]
    found = snapshot.at(details["path"]).query(
        sparql,
        base_iri=details["base"],
        use_default_graph_as_union=not dataset,
        default_graph=[NamedNode(graph) for graph in details["default_graphs"]] if dataset else None,
        named_graphs=[NamedNode(graph) for graph in details["named_graphs"]] if dataset else None,
    )
    media_type = details["media_type"]
    if isinstance(found, QueryBoolean | QuerySolutions):
        if media_type not in _SOLUTIONS:
            raise ValueError(f"{media_type} cannot carry the answer to a SELECT or ASK query")
        form, separator = _SOLUTIONS[media_type]
        if isinstance(found, QueryBoolean):
            return found.serialize(format=form) or b""
        output = _Capped(details["max_bytes"], details["max_rows"], separator)
        found.serialize(output, format=form)  # type: ignore[arg-type]
        return output.value()
    if media_type not in _GRAPHS:
        raise ValueError(f"{media_type} cannot carry the answer to a CONSTRUCT or DESCRIBE query")
    rdf_form, separator = _GRAPHS[media_type]
    output = _Capped(details["max_bytes"], details["max_rows"], separator)
    serialize(found, output, format=rdf_form, prefixes=PREFIXES)  # type: ignore[arg-type]
    return output.value()


def serve(questions: IO[bytes], answers: IO[bytes], snapshot: Snapshot) -> None:
    """Answer until the other side is gone."""
    while True:
        try:
            details, sparql = receive(questions)
        except EOFError:
            return
        try:
            send(answers, b"done", _answer(snapshot, json.loads(details), sparql.decode()))
        except SyntaxError as error:
            position, problem = syntax_error(error)
            place = (str(position.line), str(position.column)) if position else ("", "")
            send(answers, b"query", *(text.encode() for text in (f"the query cannot be parsed: {problem}", *place)))
        except _TooLarge as error:
            send(answers, b"large", str(error).encode())
        except OSError as error:
            send(answers, b"store", f"the store cannot be read: {error}".encode())
        except (RuntimeError, ValueError) as error:
            send(answers, b"query", f"the query cannot be answered: {error}".encode(), b"", b"")
