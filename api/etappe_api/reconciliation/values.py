"""The values that things have for properties, from one state of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from etappe.model import Term
from etappe.store import Bindings, Store
from etappe.things import labels
from etappe_api.reconciliation.index import NameIndex
from etappe_api.reconciliation.vocabulary import PREFIXES, PROPERTIES, Property, Values


@dataclass(frozen=True)
class Value:
    """A value: text, a day (``2017-07-28``), or a thing by its id and its name."""

    text: str
    id: str | None = None


#: By id of the thing, then by property; sorted.
Table = Mapping[str, Mapping[str, Sequence[Value]]]


class Reader:
    """Reads values for things of one state."""

    def __init__(self, store: Store, base: str, index: NameIndex, language: str) -> None:
        self._store, self._base, self._index, self._language = store, base, index, language

    def values(self, ids: Iterable[str], properties: Iterable[str]) -> Table:
        """The values of properties (ids of ``PROPERTIES``) for things; things that nobody knows have none."""
        known = {f"{self._base}/id/{id_}": id_ for id_ in ids if self._index.get(id_) is not None}
        table: dict[str, dict[str, list[Value]]] = defaultdict(dict)
        if not known:
            return table
        for property_ in properties:
            for subject, value in self._pairs(PROPERTIES[property_], known):
                table[known[subject]].setdefault(property_, []).append(value)
        return table

    def _pairs(self, property_: Property, iris: Mapping[str, str]) -> list[tuple[str, Value]]:
        branches = list(self._branches(property_, iris))
        if not branches:
            return []
        answer = self._store.query(f"{PREFIXES} SELECT DISTINCT ?s ?v WHERE {{ {' UNION '.join(branches)} }}")
        assert isinstance(answer, Bindings)
        pairs = [(row["s"].value, row["v"]) for row in answer if row["s"] is not None and row["v"] is not None]
        if property_.values is Values.THINGS:
            things = {term for _, term in pairs if isinstance(term, NamedNode)}
            names = self._names(things)
            found = {(s, Value(names[t.value], self._id(t.value))) for s, t in pairs if isinstance(t, NamedNode)}
        elif property_.values is Values.DATES:
            found = {(s, Value(term.value[:10])) for s, term in pairs}
        else:
            found = {(s, Value(term.value)) for s, term in self._in_language(pairs)}
        return sorted(found, key=lambda pair: (pair[0], pair[1].text, pair[1].id or ""))

    def _branches(self, property_: Property, iris: Mapping[str, str]) -> Iterator[str]:
        """A part of the query for each pattern: the things it is for stand in it, so that it begins with them."""
        for kind, patterns in property_.patterns.items():
            fitting = []
            for iri, id_ in iris.items():
                entity = self._index.get(id_)
                if entity is not None and (kind == "*" or kind in entity.types):
                    fitting.append(f"<{iri}>")
            if fitting:
                yield from (f"{{ VALUES ?s {{ {' '.join(fitting)} }} {pattern} }}" for pattern in patterns)

    def _in_language(self, pairs: list[tuple[str, Term]]) -> list[tuple[str, Literal | NamedNode]]:
        """Of texts in several languages those in ours, where there are any."""
        ours = {s for s, term in pairs if isinstance(term, Literal) and term.language == self._language}
        return [
            (s, term)
            for s, term in pairs
            if isinstance(term, NamedNode)
            or (isinstance(term, Literal) and (s not in ours or term.language in (None, self._language)))
        ]

    def _names(self, things: set[NamedNode]) -> dict[str, str]:
        found = {}
        unknown = set()
        for thing in things:
            entity = self._index.get(self._id(thing.value))
            if entity is None:
                unknown.add(thing)
            else:
                found[thing.value] = entity.label(self._language)
        told = labels(self._store, unknown)
        for thing in unknown:
            known = told.get(thing.value, {})
            found[thing.value] = next(
                (known[tag] for tag in (self._language, "de", "en", "", *known) if tag in known),
                thing.value.rsplit("/", 1)[-1],
            )
        return found

    def _id(self, iri: str) -> str:
        return iri.removeprefix(f"{self._base}/id/")
