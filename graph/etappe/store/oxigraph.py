"""The embedded store: Oxigraph through pyoxigraph, on disk or in memory. Conversion only; rules live elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

from etappe.errors import Position, QueryError, StoreUnavailable
from etappe.store import Answer, Bindings, Graph
from etappe.store.text import refuse_hostile, with_dataset


class OxigraphStore:
    """A ``Store`` in this process.

    Args:
        path: folder of the store, made when it is missing; ``None`` keeps everything in memory.
        read_only: open an existing store for reading. No writer may be at work at the same time.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        try:
            if path is not None and read_only:
                self._store = pyoxigraph.Store.read_only(str(path))
            else:
                self._store = pyoxigraph.Store(str(path) if path else None)
        except OSError as error:
            raise StoreUnavailable(f"the store cannot be opened: {error}", file=path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def atomic(self) -> bool:
        """See ``LastingStore.atomic``."""
        return True

    @property
    def exact(self) -> bool:
        """See ``LastingStore.exact``."""
        return True

    def query(self, sparql: str) -> Answer:
        """See ``Store.query``."""
        refuse_hostile(sparql)
        try:
            found = self._store.query(sparql, use_default_graph_as_union=True)
            if isinstance(found, QuerySolutions):
                names = tuple(variable.value for variable in found.variables)
                return Bindings(names, tuple(tuple(solution[name] for name in names) for solution in found))
            if isinstance(found, QueryTriples):
                return Graph(tuple(found))
            assert isinstance(found, QueryBoolean)
            return bool(found)
        except SyntaxError as error:
            position, problem = syntax_error(error)
            raise QueryError(f"the query cannot be parsed: {problem}", position=position) from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error
        except OSError as error:
            raise StoreUnavailable(f"the store cannot be read: {error}") from error

    def graphs(self) -> Sequence[NamedNode]:
        """See ``Store.graphs``."""
        named = (graph for graph in self._store.named_graphs() if isinstance(graph, NamedNode))
        return sorted(
            (g for g in named if next(self._store.quads_for_pattern(None, None, None, g), None)), key=lambda g: g.value
        )

    def triples(self, graph: NamedNode | DefaultGraph) -> Iterable[Triple]:
        """See ``Store.triples``. The default graph is that of the store alone, without the named ones."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph))

    def apply(self, replace: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """See ``Store.apply``."""
        lines = ["DROP SILENT GRAPH " + str(graph) for graph in replace]
        quads = [
            f"GRAPH {graph} {{ {' . '.join(f'{t.subject} {t.predicate} {t.object}' for t in triples)} }}"
            for graph, triples in replace.items()
        ]
        try:
            self._store.update(" ;\n".join([*lines, f"INSERT DATA {{ {' '.join(quads)} }}"]))
        except OSError as error:
            raise StoreUnavailable(f"the store cannot be written: {error}") from error

    def update(
        self,
        sparql: str,
        *,
        base: str | None = None,
        using: Sequence[NamedNode] = (),
        using_named: Sequence[NamedNode] = (),
    ) -> None:
        """Carry out a SPARQL update, wholly or not at all. For scratch stores and throw-away copies.

        Nothing stops it once it is begun, and a hostile one can end the process: run it where that does no harm.

        Args:
            base: what its relative IRIs are resolved against.
            using, using_named: the dataset of the protocol (SPARQL 1.1 Protocol, section 2.2.3).

        Raises:
            QueryError: it does not parse, calls other servers, names a dataset twice, or cannot be carried out.
            StoreUnavailable: the store cannot be written.
        """
        refuse_hostile(sparql)
        try:
            self._store.update(with_dataset(sparql, using, using_named), base_iri=base)
        except SyntaxError as error:
            position, problem = syntax_error(error)
            raise QueryError(f"the update cannot be parsed: {problem}", position=position) from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the update cannot be carried out: {error}") from error
        except OSError as error:
            raise StoreUnavailable(f"the store cannot be written: {error}") from error

    def fill(self, quads: Iterable[Quad]) -> None:
        """See ``LastingStore.fill``. They are flushed to disk."""
        try:
            self._store.bulk_extend(quads)
            self._store.flush()
        except OSError as error:
            raise StoreUnavailable(f"the store cannot be written: {error}") from error

    def quads(self) -> Iterable[Quad]:
        """See ``Store.quads``."""
        return self._store.quads_for_pattern(None, None, None)

    def clear(self) -> None:
        """See ``Store.clear``."""
        self._store.clear()

    def backup(self, folder: Path) -> None:
        """Make a snapshot: a folder that can be opened like this one. Files are shared by hard links."""
        try:
            self._store.backup(str(folder))
        except (OSError, RuntimeError) as error:
            raise StoreUnavailable(f"the store cannot be copied: {error}", file=folder) from error

    def close(self) -> None:
        """See ``Store.close``."""
        # pyoxigraph releases the folder when the last reference goes.
        del self._store


def syntax_error(error: SyntaxError) -> tuple[Position | None, str]:
    """Position and problem of a parser's message such as ``error at 2:10: expected …``."""
    message = " ".join(str(error.msg).split())
    message = message if len(message) <= 200 else message[:199] + "…"
    match = re.fullmatch(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    return (Position(int(match[1]), int(match[2])), match[3]) if match else (None, message)
