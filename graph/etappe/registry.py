"""The curated registry as a room of its own: who holds which post, where a place lies, what a name means.

Built from registry documents or from the registry graph of a store; it answers look-ups by name and cuts the slice that
one report needs for validation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from etappe.namespaces import ET, FOAF, ORG, SKOS

_LABELS = frozenset({SKOS.prefLabel, SKOS.altLabel, FOAF.name, ET.abbreviation})
_DATED = frozenset({ET.post, ORG.member})  # tenures are found from the post and from the person


class Registry:
    """An immutable index over registry triples."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._by_subject: dict[NamedNode, list[Triple]] = defaultdict(list)
        self._tenures: dict[NamedNode, set[NamedNode]] = defaultdict(set)
        self._by_name: dict[str, set[NamedNode]] = defaultdict(set)
        for triple in triples:
            if not isinstance(triple.subject, NamedNode):
                continue
            self._by_subject[triple.subject].append(triple)
            if triple.predicate in _DATED and isinstance(triple.object, NamedNode):
                self._tenures[triple.object].add(triple.subject)
            if triple.predicate in _LABELS and isinstance(triple.object, Literal):
                self._by_name[triple.object.value.casefold()].add(triple.subject)

    def __contains__(self, iri: NamedNode) -> bool:
        return iri in self._by_subject

    def triples(self) -> Iterator[Triple]:
        """All that it holds."""
        return (triple for triples in self._by_subject.values() for triple in triples)

    def named(self, name: str) -> frozenset[NamedNode]:
        """The things of that name, other name or abbreviation, whatever the case of its letters."""
        return frozenset(self._by_name.get(name.casefold(), ()))

    def names(self) -> list[str]:
        """All names, case-folded and sorted, for suggestions."""
        return sorted(self._by_name)

    def slice(self, iris: Iterable[NamedNode]) -> set[Triple]:
        """What the registry says of these things, of all they lead to, and of the tenures of their posts and people."""
        found: set[Triple] = set()
        waiting, seen = list(iris), set()
        while waiting:
            iri = waiting.pop()
            if iri in seen:
                continue
            seen.add(iri)
            waiting.extend(self._tenures.get(iri, ()))
            for triple in self._by_subject.get(iri, ()):
                found.add(triple)
                if isinstance(triple.object, NamedNode):
                    waiting.append(triple.object)
        return found
