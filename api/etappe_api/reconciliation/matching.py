"""From queries to candidates: look up, score, decide. A match is claimed only where nothing else can be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal

from etappe.store import Bindings, Store
from etappe_api.reconciliation.index import Entity, NameIndex
from etappe_api.reconciliation.queries import Query, Wanted
from etappe_api.reconciliation.scoring import (
    AGREES,
    LEAST,
    Asked,
    Likeness,
    agreement,
    asked,
    combined,
    likeness,
)
from etappe_api.reconciliation.values import Reader, Table
from etappe_api.reconciliation.vocabulary import PREFIXES, PROPERTIES, Values

#: Things whose properties are looked at for one query.
MOST_COMPARED = 50


@dataclass(frozen=True)
class Candidate:
    """A thing that may be meant. ``agreements``: by property, 0 to 1, nothing where the value is not known."""

    entity: Entity
    likeness: Likeness | None
    score: float = 0.0
    agreements: Mapping[str, float | None] = field(default_factory=dict)
    identifier: bool = False
    match: bool = False

    @property
    def features(self) -> dict[str, bool | float]:
        """What explains the score."""
        told: dict[str, bool | float] = dict(self.likeness.features) if self.likeness else {}
        if self.identifier:
            told["identifier"] = True
        for property_, found in self.agreements.items():
            if found is not None:
                told[property_] = round(100 * found, 1)
        return told

    @property
    def agrees(self) -> bool:
        """Whether nothing that was asked for is unknown or different."""
        return all(found is not None and found >= AGREES for found in self.agreements.values())

    @property
    def contradicts(self) -> bool:
        """Whether something that was asked for is known to be different."""
        return any(found is not None and found < AGREES for found in self.agreements.values())


class Matcher:
    """Answers the queries of one batch over one state."""

    def __init__(self, store: Store, base: str, index: NameIndex, language: str) -> None:
        self._store, self._base, self._index = store, base, index
        self._reader = Reader(store, base, index, language)

    def answer(self, queries: Mapping[str, Query]) -> dict[str, list[Candidate]]:
        """The candidates of each query, best first."""
        found = {key: self._candidates(query) for key, query in queries.items()}
        needed = self._needed(queries, found)
        return {key: self._ranked(query, found[key], needed) for key, query in queries.items()}

    def _candidates(self, query: Query) -> list[Candidate]:
        identifier = query.text.removeprefix(f"{self._base}/id/")
        named = self._index.get(identifier)
        if named is not None and _fits_type(named, query):
            return [Candidate(named, None, identifier=True)]
        if not query.text:
            return [Candidate(entity, None) for entity in self._with_values(query) if _fits_type(entity, query)]
        text = asked(query.text)
        found = self._by_name(text, query)
        return found[: max(MOST_COMPARED, query.limit)]

    def _by_name(self, text: Asked, query: Query) -> list[Candidate]:
        best: dict[str, Candidate] = {}
        for folded in dict.fromkeys((text.folded, text.bare, text.person.whole)):
            for name in self._index.near(folded):
                entity = self._index.entities[name.entity]
                if not _fits_type(entity, query):
                    continue
                like = likeness(text, name, is_person=entity.is_person)
                known = best.get(entity.id)
                if like.points >= LEAST and (
                    known is None or known.likeness is None or like.points > known.likeness.points
                ):
                    best[entity.id] = Candidate(entity, like)
        return sorted(best.values(), key=lambda one: (-(one.likeness.points if one.likeness else 0), one.entity.id))

    def _with_values(self, query: Query) -> Iterator[Entity]:
        """Things that have a value that is wanted, where no name is given."""
        for property_, wanted in query.properties:
            told = PROPERTIES[property_].patterns.values()
            for pattern in dict.fromkeys(pattern for patterns in told for pattern in patterns):
                for condition in self._conditions(property_, pattern, wanted):
                    answer = self._store.query(f"{PREFIXES} SELECT DISTINCT ?s WHERE {{ {condition} }} LIMIT 1000")
                    assert isinstance(answer, Bindings)
                    for row in answer:
                        subject = row["s"]
                        entity = self._index.get(subject.value.removeprefix(f"{self._base}/id/")) if subject else None
                        if entity is not None:
                            yield entity

    def _conditions(self, property_: str, pattern: str, wanted: Iterable[Wanted]) -> Iterator[str]:
        """The pattern with its value bound to what is wanted, in every reading."""
        for one in wanted:
            if PROPERTIES[property_].values is not Values.THINGS:
                yield f"{pattern} FILTER(STR(?v) = {Literal(one.text)})"
                continue
            names = self._index.named(asked(one.text).folded)
            ids = [one.id] if one.id else [self._index.entities[name.entity].id for name in names]
            for id_ in dict.fromkeys(ids):
                if self._index.get(id_) is not None:
                    yield f"VALUES ?v {{ <{self._base}/id/{id_}> }} {pattern}"

    def _needed(self, queries: Mapping[str, Query], found: Mapping[str, list[Candidate]]) -> Table:
        """The values of all things and properties that have to be compared, read at once."""
        ids: set[str] = set()
        properties: set[str] = set()
        for key, query in queries.items():
            wanted = [name for name, _ in query.properties]
            if asked(query.text).person.hint and any(one.entity.is_person for one in found[key]):
                wanted.append("organization")
            if wanted:
                properties.update(wanted)
                ids.update(one.entity.id for one in found[key])
        return self._reader.values(sorted(ids), sorted(properties))

    def _ranked(self, query: Query, found: list[Candidate], table: Table) -> list[Candidate]:
        hint = asked(query.text).person.hint
        scored = [
            self._scored(one, query, hint, table.get(one.entity.id, {}))
            for one in {c.entity.id: c for c in found}.values()
        ]
        if not query.text:
            scored = [one for one in scored if any(value for value in one.agreements.values())]
        scored.sort(key=lambda one: (-one.score, one.entity.id))
        # Rivals are looked for among all candidates, also those that the limit leaves out.
        return [replace(one, match=_is_match(one, scored)) for one in scored[: query.limit]]

    def _scored(self, one: Candidate, query: Query, hint: str, values: Mapping[str, object]) -> Candidate:
        agreements = {name: self._agreement(wanted, values.get(name)) for name, wanted in query.properties}
        if hint and one.entity.is_person and "organization" not in agreements:
            found = self._agreement((Wanted(hint),), values.get("organization"))
            if found is not None and found >= AGREES:  # brackets may hold anything, so they only speak for somebody
                agreements["organization"] = found
        points = 100.0 if one.identifier else one.likeness.points if one.likeness else None
        score = combined(points, agreements)
        if query.types and query.strict == "should" and not set(query.types) & set(one.entity.types):
            score *= 0.9
        return replace(one, agreements=agreements, score=score)

    def _agreement(self, wanted: Iterable[Wanted], values: object) -> float | None:
        known = list(values) if isinstance(values, list) else []
        return agreement(tuple(wanted), known, {v.id: self._index.get(v.id) for v in known if v.id})


def _fits_type(entity: Entity, query: Query) -> bool:
    if not query.types or query.strict == "should":
        return True
    has = [kind in entity.types for kind in query.types]
    return all(has) if query.strict == "all" else any(has)


def _is_match(one: Candidate, others: list[Candidate]) -> bool:
    """Whether only this one can be meant.

    Its name is the one asked for, nothing that was asked for speaks against it, and of everything else that bears the
    name, or may by its initials, it is known that it is another.
    """
    if one.identifier:
        return not one.contradicts
    if one.likeness is None or not one.likeness.exact or one.contradicts:
        return False
    rivals = [
        other
        for other in others
        if other.entity.id != one.entity.id
        and other.likeness is not None
        and (other.likeness.exact or other.likeness.initials)
    ]
    return not rivals or (one.agrees and bool(one.agreements) and all(other.contradicts for other in rivals))
