"""Places of statements in JSON-LD, written as JSON or as YAML.

Walks the tree in the order in which pyoxigraph states the triples, so that blank nodes get the same numbers. What is
not understood is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from etappe.errors import Position
from etappe.namespaces import RDF
from etappe.reading.positions.lines import Places
from etappe.reading.positions.record import Record, is_blank
from etappe.reading.positions.terms import Context, Contexts, Term
from etappe.reading.tree import Mapping, Node, Scalar, Sequence

_TYPE, _FIRST, _REST = (RDF[name].value for name in ("type", "first", "rest"))
_MAPS = frozenset({"@index", "@id", "@type"})
_NO_TERM = Term(None)

#: Called with a node (nothing: a literal) and its place, before what the node says itself.
Link = Callable[[str | None, Position], None]


class _Entry(NamedTuple):
    """A key of a node object that means something: an IRI or a keyword."""

    iri: str
    term: Term
    key: Scalar
    value: Node


def places(tree: Node, base: str) -> Places:
    """Positions of subjects and of their predicates."""
    return _Walker(base).walk(tree).positions(lambda position: position)


class _Walker:
    def __init__(self, base: str) -> None:
        self._contexts = Contexts(base)
        self._record: Record[Position] = Record()

    def walk(self, tree: Node) -> Record[Position]:
        self._value(tree, self._contexts.initial, _NO_TERM, None)
        return self._record

    def _value(self, value: Node, active: Context, term: Term, link: Link | None, name: Scalar | None = None) -> None:
        """A value of a property, or without ``link`` a node that stands for itself; ``name``: its key in an id map."""
        if isinstance(value, Sequence):
            for item in value.items:
                self._value(item, active, term, link)
        elif isinstance(value, Scalar):
            if link is not None and not _is_null(value):
                link(_reference(value, active, term), value.position)
        else:
            self._object(value, active, term, link, name)

    def _object(self, value: Mapping, active: Context, term: Term, link: Link | None, name: Scalar | None) -> None:
        outer = active
        entries = list(_entries(value, active))
        kinds = {entry.iri: entry for entry in entries}
        if term.context is not ...:  # pyoxigraph goes back to the previous context below such a value only
            active = self._contexts.scoped(active, term)
        elif active.previous is not None and "@value" not in kinds and [*kinds] != ["@id"]:
            active = active.previous
        local = next((item for key, item in value.entries if key.value == "@context"), None)
        if local is not None:
            active = self._contexts.apply(active, _plain(local))
        if active is not outer:
            entries = list(_entries(value, active))
            kinds = {entry.iri: entry for entry in entries}
        if "@value" in kinds:
            if link is not None and not _is_null(kinds["@value"].value):
                link(None, value.position)
        elif "@list" in kinds:
            if link is not None:
                self._list(kinds["@list"].value, active, replace(term, containers=frozenset()), link)
        elif "@set" in kinds:
            self._value(kinds["@set"].value, active, term, link)
        else:
            self._node(value, entries, active, link, name)

    def _list(self, value: Node, active: Context, term: Term, link: Link) -> None:
        """A list; a list inside it is one where the term says so, else its items are taken up."""
        position, cell = value.position, ""

        def item_link(item: str | None, at: Position) -> None:
            nonlocal position, cell
            made = self._record.fresh()
            if cell:
                self._state(cell, position, _REST, position, made)
                position = at
            else:
                link(made, position)
            cell = made
            self._state(cell, position, _FIRST, at, item)

        for item in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(item, Sequence) and "@list" in term.containers:
                self._list(item, active, term, item_link)
            else:
                self._value(item, active, term, item_link)
        if cell:
            self._state(cell, position, _REST, position, None)
        else:
            link(None, position)

    def _node(
        self, value: Mapping, entries: list[_Entry], active: Context, link: Link | None, name: Scalar | None
    ) -> None:
        types = [item for entry in entries if entry.iri == "@type" for item in _scalars(entry.value)]
        inner = active
        for item in sorted(types, key=lambda item: item.value):
            scoped = self._contexts.scoped(active, active.term(item.value), propagate=False)
            inner = scoped if scoped is not active else inner  # to pyoxigraph, the last of several classes counts
        if inner is not active:
            entries = list(_entries(value, inner))
        identifiers = [item for entry in entries if entry.iri == "@id" for item in _scalars(entry.value)]
        written = identifiers[0] if identifiers else name
        node = inner.resolve(written.value) if written is not None else self._record.fresh()
        at = written.position if written is not None else value.position
        if link is not None:
            link(node, at)
        for entry in entries:
            if entry.iri == "@type":
                for item in _scalars(entry.value):
                    self._state(node, at, _TYPE, entry.key.position, inner.expand(item.value))
        self._properties(node, at, sorted(entries, key=lambda entry: entry.iri == "@graph"), inner)

    def _properties(self, node: str, at: Position, entries: Iterable[_Entry], active: Context) -> None:
        for entry in entries:
            if entry.iri in ("@included", "@graph"):
                self._value(entry.value, active, _NO_TERM, None)
            elif entry.iri == "@reverse" and isinstance(entry.value, Mapping):
                for inner in _entries(entry.value, active):
                    self._property(node, at, inner, active, reverse=not inner.term.reverse)
            elif entry.iri == "@nest":
                for item in entry.value.items if isinstance(entry.value, Sequence) else (entry.value,):
                    if isinstance(item, Mapping):
                        self._properties(node, at, _entries(item, active), active)
            else:
                self._property(node, at, entry, active, reverse=entry.term.reverse)

    def _property(self, node: str, at: Position, entry: _Entry, active: Context, *, reverse: bool) -> None:
        if ":" not in entry.iri or is_blank(entry.iri) or entry.term.coercion == "@json":
            return

        def forward(value: str | None, _: Position) -> None:
            self._state(node, at, entry.iri, entry.key.position, value)

        def backward(value: str | None, position: Position) -> None:
            if value is not None:
                self._state(value, position, entry.iri, position, node)

        term, value, link = entry.term, entry.value, backward if reverse else forward
        if "@list" in term.containers and not (isinstance(value, Mapping) and _holds(value, active, "@list")):
            if not (isinstance(value, Scalar) and _is_null(value)):
                self._list(value, active, term, link)
        elif isinstance(value, Mapping) and "@language" in term.containers:
            for _, text in value.entries:
                self._value(text, active, _NO_TERM, link)
        elif isinstance(value, Mapping) and "@graph" in term.containers:
            self._value(value, active, term, None)
        elif isinstance(value, Mapping) and term.containers & _MAPS:
            for key, item in value.entries:
                self._value(item, active, term, link, key if "@id" in term.containers else None)
        else:
            self._value(value, active, term, link)

    def _state(self, subject: str, at: Position, predicate: str, predicate_at: Position, value: str | None) -> None:
        self._record.place(subject, at, predicate, predicate_at)
        self._record.number(subject, value)


def _entries(value: Mapping, active: Context) -> Iterator[_Entry]:
    for key, item in value.entries:
        iri = active.expand(key.value)
        if iri is not None:
            yield _Entry(iri, active.term(key.value) or _NO_TERM, key, item)


def _holds(value: Mapping, active: Context, keyword: str) -> bool:
    return any(entry.iri == keyword for entry in _entries(value, active))


def _scalars(value: Node) -> list[Scalar]:
    items = value.items if isinstance(value, Sequence) else (value,)
    return [item for item in items if isinstance(item, Scalar)]


def _reference(value: Scalar, active: Context, term: Term) -> str | None:
    """The node that a string names; nothing where it is a literal."""
    if term.coercion not in ("@id", "@vocab"):
        return None
    return (active.expand(value.value) if term.coercion == "@vocab" else None) or active.resolve(value.value)


def _is_null(value: Node) -> bool:
    return isinstance(value, Scalar) and value.plain and value.value == "null"


def _plain(node: Node) -> Any:
    """A context as JSON values."""
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if node.plain and node.value in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[node.value]
    return node.value
