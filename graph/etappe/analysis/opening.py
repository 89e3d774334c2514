"""``etappe.open``: a data folder or a service, asked in the same words."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from etappe.analysis.answers import Answer
from etappe.answering import answer
from etappe.errors import EtappeError, NotFound, QueryError, UsageError
from etappe.model import DEFAULT_BASE, Term
from etappe.questions import Cell, Question, Row, Table, catalogue, question, table_of, word
from etappe.store import Bindings, Graph
from etappe.store.address import Address, Auth
from etappe.store.text import form_of
from etappe.store.transport import Response, Transport

if TYPE_CHECKING:
    from etappe.things import Thing
    from etappe.workspace import Workspace

#: Bytes that the answer of a service may have.
MAX_ANSWER = 256 * 1024**2


class KnowledgeGraph(ABC):
    """A graph that can be asked. Make one with ``etappe.open``; every call sees the newest data and holds no lock."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the block. Nothing is held between two calls."""
        return

    @property
    def questions(self) -> tuple[Question, ...]:
        """The catalogue of questions."""
        return catalogue()

    @abstractmethod
    def ask(self, name: str, /, **parameters: str) -> Answer:
        """Answer a question of the catalogue.

        Args:
            name: its name or number, such as ``ministers-at-stops`` or ``CQ01``.
            parameters: as on the command line: ``land="MV"``, ``from_="2018-01-01"`` (for ``from``, which is a word of
                Python).

        Raises:
            UsageError: an unknown, missing or ill-typed parameter.
            NotFound: no such question, or no such thing.
            StoreUnavailable: the folder is locked, or the service cannot be reached.
        """

    @abstractmethod
    def query(self, sparql: str) -> Answer | tuple[Triple, ...] | bool:
        """Answer SPARQL: a table for SELECT, triples for CONSTRUCT and DESCRIBE, a truth value for ASK.

        Raises:
            QueryError: it does not parse or is not allowed.
        """


class Folder(KnowledgeGraph):
    """The graph of a data folder, or of the server that belongs to it."""

    def __init__(self, folder: Path, base: str, language: str, store: str | None) -> None:
        super().__init__(language)
        self._folder, self._base, self._store = folder, base, store
        with self._opened():
            pass

    def ask(self, name: str, /, **parameters: str) -> Answer:
        """See ``KnowledgeGraph.ask``."""
        entry = question(name)
        with self._opened() as workspace:
            archive, store, named = workspace.archive, workspace.store, _named(parameters)
            return Answer(answer(archive, store, self._base, entry, named, self.language, folder=self._folder))

    def query(self, sparql: str) -> Answer | tuple[Triple, ...] | bool:
        """See ``KnowledgeGraph.query``."""
        with self._opened() as workspace:
            found = workspace.store.query(sparql)
            if isinstance(found, Bindings):
                return Answer(table_of(workspace.store, found, self.language))
            return found.triples if isinstance(found, Graph) else found

    def show(self, name: str) -> Thing:
        """What is known of a thing, given by IRI, slug or name."""
        from etappe.things import describe, find

        with self._opened() as workspace:
            return describe(workspace.store, find(workspace.store, self._base, name))

    def _opened(self) -> AbstractContextManager[Workspace]:
        from etappe.workspace import open_workspace

        return open_workspace(self._folder, base=self._base, store=self._store)

    def __repr__(self) -> str:
        return f"<Etappe, folder {self._folder}>"


class Service(KnowledgeGraph):
    """The graph behind a service of Etappe.

    Args:
        address: where it is, such as ``https://data.example``.
        key: for services whose reading is not open.
    """

    def __init__(self, address: str, language: str, key: str | None, timeout: float) -> None:
        super().__init__(language)
        self._address, self._timeout = address.rstrip("/"), timeout
        parts = urlsplit(self._address)
        to = Address(f"{parts.scheme}://{parts.netloc}", parts.path, password=key or "")
        self._transport = Transport(to, Auth.BEARER if key else Auth.NONE)
        self._get("/health", "application/json")

    def ask(self, name: str, /, **parameters: str) -> Answer:
        """See ``KnowledgeGraph.ask``."""
        entry = question(name)
        words = urlencode({**_named(parameters), "lang": self.language})
        body = self._get(f"/questions/{entry.name}?{words}", "application/sparql-results+json")
        names = tuple(column.name for column in entry.columns)
        heads = tuple(column.labels[self.language] for column in entry.columns)
        return Answer(_table(body, entry.titles[self.language], names, heads, self.language))

    def query(self, sparql: str) -> Answer | tuple[Triple, ...] | bool:
        """See ``KnowledgeGraph.query``. Things are given by their IRI."""
        words = urlencode({"query": sparql})
        if form_of(sparql) in ("CONSTRUCT", "DESCRIBE"):
            body = self._get("/sparql", "application/n-triples", words.encode())
            return tuple(quad.triple for quad in parse(body, RdfFormat.N_TRIPLES))
        body = self._get("/sparql", "application/sparql-results+json", words.encode())
        found = parse_query_results(body, QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            return bool(found)
        names = tuple(variable.value for variable in found.variables)
        return Answer(_table(body, "", names, names, self.language))

    def __repr__(self) -> str:
        return f"<Etappe, service {self._address}>"

    def _get(self, path: str, media_type: str, form: bytes | None = None) -> bytes:
        request = Request(self._address + path, form, {"Accept": media_type})  # noqa: S310 - http, see open_graph
        answer = self._transport.send(request, timeout=self._timeout, max_bytes=MAX_ANSWER, repeat=True)
        if answer.status != 200:
            raise _refused(answer)
        return answer.body


def open_graph(
    where: str | PathLike[str],
    *,
    base: str = DEFAULT_BASE,
    language: str = "en",
    store: str | None = None,
    key: str | None = None,
    timeout: float = 60.0,
) -> KnowledgeGraph:
    """Open a data folder (a path) or a service (an ``http`` address) for questions. Exported as ``etappe.open``.

    Args:
        base, store: of a data folder, as on the command line.
        language: of labels and titles, ``de`` or ``en``.
        key, timeout: for a service; seconds.

    Raises:
        NotFound: the folder holds no data.
        StoreUnavailable: the folder is locked, or the service cannot be reached.
    """
    if language not in ("de", "en"):
        raise UsageError(f"the language is 'de' or 'en', not {language!r}")
    place = str(where)
    if place.startswith(("http://", "https://")):
        return Service(place, language, key, timeout)
    return Folder(Path(place), base, language, store)


def _named(parameters: dict[str, str]) -> dict[str, str]:
    return {name.removesuffix("_"): str(value) for name, value in parameters.items()}


def _table(body: bytes, title: str, names: tuple[str, ...], heads: tuple[str, ...], language: str) -> Table:
    """A table from SPARQL results in JSON, in which ``xLabel`` is the label of ``x``."""
    found = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    labelled = {variable.value for variable in found.variables}
    rows = []
    for solution in found:
        cells = []
        for name in names:
            term = solution[name] if name in labelled else None
            label = solution[f"{name}Label"] if f"{name}Label" in labelled else None
            shown = label if label is not None else term
            cells.append(
                Cell(
                    _things(term, labelled=label is not None), word(shown.value, language) if shown is not None else ""
                )
            )
        rows.append(Row(tuple(cells)))
    return Table(title, names, heads, tuple(rows))


def _things(term: Term | None, *, labelled: bool) -> tuple[Term, ...]:
    """The terms of a cell. Several things come as one text of IRIs, beside their labels."""
    if term is None:
        return ()
    parts = term.value.split() if labelled and not isinstance(term, NamedNode) else []
    if parts and all("://" in part for part in parts):
        return tuple(NamedNode(part) for part in parts)
    return (term,)


def _refused(answer: Response) -> EtappeError:
    try:
        detail = str(json.loads(answer.body)["detail"])
    except (ValueError, KeyError, TypeError):
        detail = answer.said or f"the service answered with status {answer.status}"
    if answer.status == 404:
        return NotFound(detail)
    return QueryError(detail) if answer.status >= 500 or answer.status == 422 else UsageError(detail)
