"""An update is first carried out on a throw-away copy of the store, in a process that can be killed.

Nothing stops an update that Oxigraph has begun, and a hostile one ends its process. What takes too long, needs too
much memory or fails, fails there. The gate also learns from it which graphs change, and what they would hold.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from etappe.errors import Position, QueryError, QueryTimeout, QueryTooLarge
from etappe.messages import packed, receive
from etappe.store.oxigraph import OxigraphStore
from etappe.store.text import refuse_hostile


@dataclass(frozen=True)
class Update:
    """An update of the SPARQL 1.1 Protocol (section 2.2).

    Attributes:
        base: what its relative IRIs are resolved against.
        using, using_named: the dataset of its WHERE clauses.
    """

    sparql: str
    base: str
    using: tuple[NamedNode, ...] = ()
    using_named: tuple[NamedNode, ...] = ()


@dataclass(frozen=True)
class Limits:
    """Seconds, bytes of memory, and bytes of changed graphs that an update may take."""

    timeout: float
    max_memory: int
    max_change: int


#: What changed graphs hold afterwards, by their names; the default graph has an empty name.
Changes = Mapping[str, tuple[Triple, ...]]


def rehearse(
    state: OxigraphStore | Iterable[Quad], update: Update, folder: Path, limits: Limits, *, changes: bool
) -> Changes:
    """Carry out an update on a copy. Call it where nobody else writes to the store.

    Args:
        state: a store on disk, or all quads of one that lies elsewhere.
        folder: on the file system of the store; the copy lies in it for a while.
        changes: whether the changed graphs are wanted; to find them, the copy is read through twice.

    Raises:
        QueryError: it does not parse, calls other servers, or cannot be carried out.
        QueryTimeout, QueryTooLarge: it takes more than it may.
    """
    refuse_hostile(update.sparql)
    with tempfile.TemporaryDirectory(dir=folder, prefix="rehearsal-") as temporary:
        copy, dump = Path(temporary) / "store", b""
        if isinstance(state, OxigraphStore):
            state.backup(copy)
        else:
            dump = serialize(state, format=RdfFormat.N_QUADS) or b""
        details = {
            "path": str(copy),
            "base": update.base,
            "using": [graph.value for graph in update.using],
            "using_named": [graph.value for graph in update.using_named],
            "changes": changes,
            "max_change": limits.max_change,
        }
        names, quads = _run(packed(json.dumps(details).encode(), update.sparql.encode(), dump), limits)
    found: dict[str, list[Triple]] = {name: [] for name in json.loads(names)}
    for quad in parse(quads, format=RdfFormat.N_QUADS):
        found["" if isinstance(quad.graph_name, DefaultGraph) else _name(quad.graph_name)].append(quad.triple)
    return {name: tuple(triples) for name, triples in found.items()}


def _name(graph: object) -> str:
    return graph.value if isinstance(graph, NamedNode) else str(graph)


def _run(message: bytes, limits: Limits) -> tuple[bytes, bytes]:
    command = [sys.executable, "-m", "etappe.store.rehearsing", str(limits.max_memory)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            input=message,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeout(
            f"the update took longer than {limits.timeout:g} seconds and was stopped; nothing was changed"
        ) from error
    try:
        status, *parts = receive(io.BytesIO(done.stdout))
    except EOFError as error:
        raise QueryTooLarge(
            "the update needed more memory than it may, or is nested too deeply; nothing was changed"
        ) from error
    if status != b"done":
        raise _ERRORS[status](parts)
    return parts[0], parts[1]


def _query_error(parts: list[bytes]) -> QueryError:
    message, line, column = (part.decode() for part in parts)
    return QueryError(message, position=Position(int(line), int(column)) if line else None)


_ERRORS: dict[bytes, Callable[[list[bytes]], Exception]] = {
    b"query": _query_error,
    b"large": lambda parts: QueryTooLarge(parts[0].decode()),
}
