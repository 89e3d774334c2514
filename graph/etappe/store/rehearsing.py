"""The child process of ``rehearsal.py``: carries out one update on a copy, says what it changed, and ends."""

from __future__ import annotations

import json
import resource
import sys
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse, serialize

from etappe.errors import EtappeError, QueryError, QueryTooLarge
from etappe.messages import receive, send
from etappe.store.oxigraph import OxigraphStore
from etappe.store.sandbox import deny_network, end_with_parent

#: Half of what a thread of the service has: what passes here does not end the service.
_STACK = 4 * 1024**2


def fingerprints(store: OxigraphStore) -> dict[str, tuple[int, int]]:
    """For each graph how many quads it has, and a number that differs when they do.

    Somebody may find other quads with the same number. Then the change is not noticed, and so not made either.
    """
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for quad in store.quads():
        name = _name(quad.graph_name)
        count, number = found[name]
        found[name] = (count + 1, (number + hash(quad)) % 2**64)
    return dict(found)


def _name(graph: object) -> str:
    if isinstance(graph, DefaultGraph):
        return ""
    return graph.value if isinstance(graph, NamedNode) else str(graph)


def carry_out(details: dict[str, Any], update: str, dump: bytes) -> tuple[bytes, bytes]:
    """Names of the graphs that change, as a JSON list, and what they hold afterwards, as N-Quads."""
    copy = Path(details["path"])
    store = OxigraphStore(copy if copy.exists() else None)
    if dump:
        store.fill(parse(dump, format=RdfFormat.N_QUADS))
    before = fingerprints(store) if details["changes"] else {}
    store.update(
        update,
        base=details["base"],
        using=[NamedNode(graph) for graph in details["using"]],
        using_named=[NamedNode(graph) for graph in details["using_named"]],
    )
    if not details["changes"]:
        return b"[]", b""
    after = fingerprints(store)
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    quads = serialize((quad for quad in store.quads() if _name(quad.graph_name) in changed), format=RdfFormat.N_QUADS)
    if len(quads or b"") > details["max_change"]:
        raise QueryTooLarge("the update changes more than it may at once; divide it")
    return json.dumps(changed).encode(), quads or b""


def main() -> None:
    """Answer the one question on the standard input."""
    details, update, dump = receive(sys.stdin.buffer)
    output = sys.stdout.buffer
    try:
        send(output, b"done", *carry_out(json.loads(details), update.decode(), dump))
    except QueryTooLarge as error:
        send(output, b"large", error.message.encode())
    except QueryError as error:
        place = (str(error.position.line), str(error.position.column)) if error.position else ("", "")
        send(output, b"query", *(text.encode() for text in (error.message, *place)))
    except EtappeError as error:
        send(output, b"query", error.message.encode(), b"", b"")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]), int(sys.argv[1])))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent()
    deny_network()
    threading.stack_size(_STACK)
    worker = threading.Thread(target=main)
    worker.start()
    worker.join()
