"""What the registry knows by name: proposed as a match, never taken for one."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from etappe.namespaces import ET, FOAF, RDF, SCHEMA, SKOS
from etappe.registry import Registry

_LABELS = frozenset({SKOS.prefLabel, SKOS.altLabel, FOAF.name, ET.abbreviation})
_NEAR = 88.0


class Known:
    """Names and keys of a registry, by kind of thing. Things are told as ``person/christian-pegel``."""

    def __init__(self, registry: Registry) -> None:
        self._things: set[str] = set()
        self._by_name: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._cities: set[str] = set()
        for triple in registry.triples():
            if not isinstance(triple.subject, NamedNode) or "/id/" not in triple.subject.value:
                continue
            thing = triple.subject.value.rsplit("/id/", 1)[1]
            self._things.add(thing)
            if triple.predicate in _LABELS and isinstance(triple.object, Literal):
                self._by_name[thing.partition("/")[0]][triple.object.value.casefold()].add(thing)
            elif triple.predicate == SKOS.notation and isinstance(triple.object, Literal):
                if triple.object.datatype == ET.AGS:
                    self._by_key[triple.object.value].add(thing)
            elif triple.predicate == RDF.type and triple.object == SCHEMA.City:
                self._cities.add(thing)

    def __contains__(self, thing: str) -> bool:
        return thing in self._things

    def of_key(self, key: str) -> str | None:
        """The one place of that municipality key."""
        found = self._by_key.get(key, set())
        return next(iter(found)) if len(found) == 1 else None

    def municipality(self, name: str) -> str | None:
        """The one municipality of exactly that name."""
        found = self._by_name["place"].get(name.casefold(), set())
        return next(iter(found)) if len(found) == 1 and found <= self._cities else None

    def place(self, name: str) -> str | None:
        """The one place of exactly that name."""
        found = self._by_name["place"].get(name.casefold(), set())
        return next(iter(found)) if len(found) == 1 else None

    def like(self, kind: str, name: str) -> list[str]:
        """Things of a kind whose name is like that one, best first, at most three."""
        names = self._by_name[kind]
        folded = name.casefold()
        if folded in names:
            return sorted(names[folded])[:3]
        near = process.extract(folded, names.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=3)
        return list(dict.fromkeys(thing for key, _, _ in near for thing in sorted(names[key])))[:3]


@lru_cache(maxsize=4)
def known(registry: Registry) -> Known:
    """The index of a registry, made once."""
    return Known(registry)
