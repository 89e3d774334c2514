"""The names of all things, made ready for look-up once for each state of the data.

A query is never compared with every name: its words lead, exactly or nearly, to words that occur in names, and these to
the names they occur in.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from heapq import nlargest

from pyoxigraph import Literal, NamedNode
from rapidfuzz import process
from rapidfuzz.distance import OSA

from etappe.store import Bindings, Store
from etappe_api.reconciliation.names import fold, person, without_legal_form
from etappe_api.reconciliation.vocabulary import PREFIXES, TYPES, with_broader

#: Names that are scored for one query, and names that a single word may lead to.
MOST_SCORED, MOST_OF_A_WORD = 300, 20_000
_NEAR = 0.74  # of two words; one wrong letter in four
_NEAREST = 12
_SHORTEST = 3  # shorter words are compared exactly only


class Kind(Enum):
    """How a name belongs to its thing."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    ABBREVIATION = "abbreviation"


_KINDS = {"skos:prefLabel": Kind.PREFERRED, "foaf:name": Kind.PREFERRED, "skos:altLabel": Kind.ALTERNATIVE}
_KINDS |= {"et:abbreviation": Kind.ABBREVIATION}


@dataclass
class Entity:
    """A thing. ``id``: kind and slug; ``labels``: preferred names by language; ``names``: all names."""

    id: str
    types: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, Kind] = field(default_factory=dict)

    @property
    def is_person(self) -> bool:
        """Whether its names are those of a person."""
        return "person" in self.types

    def label(self, language: str) -> str:
        """The name in that language, else in German, English or any, else any other name."""
        for tag in (language, "", "de", "en", *self.labels):
            if tag in self.labels:
                return self.labels[tag]
        return next(iter(self.names), self.id)


@dataclass(frozen=True)
class Name:
    """One name of one thing. ``folded``: comparable; a person's without titles; ``bare``: without legal form."""

    entity: int
    text: str
    kind: Kind
    folded: str
    bare: str


class NameIndex:
    """An immutable index of things by their names."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self.entities = list(entities)
        self._by_id = {entity.id: entity for entity in self.entities}
        self.names = [name for number, entity in enumerate(self.entities) for name in _names(number, entity)]
        self._exact: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._words: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, name in enumerate(self.names):
            for form in {name.folded, name.bare}:
                self._exact[form].append(number)
            for word in set(name.folded.split()):
                self._words[word].append(number)
        self._sorted_words = sorted(self._words)
        self._sorted_names = sorted((name.folded, number) for number, name in enumerate(self.names))
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        self._endings: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted_words:
            if len(word) >= _SHORTEST:
                self._beginnings[word[:2]].append(word)
                self._endings[word[-3:]].append(word)

    def get(self, identifier: str) -> Entity | None:
        """The thing of that id."""
        return self._by_id.get(identifier)

    def named(self, folded: str) -> Iterator[Name]:
        """The names that are exactly that, legal forms aside."""
        return (self.names[number] for number in self._exact.get(folded, ()))

    def near(self, folded: str) -> list[Name]:
        """The names that may be meant, those first that share the rarest words."""
        shared: Counter[int] = Counter()
        for word in dict.fromkeys(folded.split()[:12]):
            for known, likeness in self._near_words(word):
                holders = self._words[known]
                if len(holders) <= MOST_OF_A_WORD:
                    weight = likeness * math.log(1 + len(self.names) / len(holders))
                    for number in holders:
                        shared[number] += weight  # type: ignore[assignment]
        numbers = [number for number, _ in nlargest(MOST_SCORED, shared.items(), key=lambda item: (item[1], -item[0]))]
        exact = [number for number in self._exact.get(folded, ()) if number not in shared]
        return [self.names[number] for number in (*exact[:MOST_SCORED], *numbers)]

    def beginning_with(self, folded: str, most: int) -> list[Entity]:
        """Things with a name, or else a word in a name, that begins so; at most that many, in a fixed order."""
        found: dict[int, None] = {}
        start = bisect_left(self._sorted_names, (folded, 0))
        for name, number in self._sorted_names[start:]:
            if not name.startswith(folded) or len(found) >= most:
                break
            found.setdefault(self.names[number].entity)
        if len(found) < most:
            for word in self._sorted_words[bisect_left(self._sorted_words, folded) :]:
                if not word.startswith(folded) or len(found) >= most:
                    break
                for number in self._words[word]:
                    found.setdefault(self.names[number].entity)
        return [self.entities[number] for number in list(found)[:most]]

    def _near_words(self, word: str) -> Iterator[tuple[str, float]]:
        """Known words that are or may be that word, with their likeness from 0 to 1. Typing errors spare either end."""
        if len(word) < _SHORTEST:
            if word in self._words:
                yield word, 1.0
            return
        block = {*self._beginnings.get(word[:2], ()), *self._endings.get(word[-3:], ())}
        scorer = OSA.normalized_similarity
        for known, likeness, _ in process.extract(
            word, sorted(block), scorer=scorer, score_cutoff=_NEAR, limit=_NEAREST
        ):
            yield known, likeness


def _names(number: int, entity: Entity) -> Iterator[Name]:
    for text, kind in entity.names.items():
        folded = person(text).whole if entity.is_person else fold(text)
        if folded:
            yield Name(number, text, kind, folded, folded if entity.is_person else without_legal_form(folded))


def build(store: Store, base: str) -> NameIndex:
    """The index of all things of our types below the base, from one state of the store."""
    start = f"{base}/id/"
    entities: dict[str, Entity] = {}
    classes: dict[str, set[str]] = defaultdict(set)
    for kind in TYPES.values():
        for row in _rows(store, f"SELECT DISTINCT ?s {{ VALUES ?class {{ {' '.join(kind.classes)} }} ?s a ?class }}"):
            if row["s"].startswith(start):
                classes[row["s"].removeprefix(start)].update(with_broader(kind.id))
        for predicate, form in _KINDS.items():
            query = (
                f"SELECT DISTINCT ?s ?l {{ VALUES ?class {{ {' '.join(kind.classes)} }} ?s a ?class ; {predicate} ?l }}"
            )
            for row in _rows(store, query):
                if row["s"].startswith(start):
                    identifier = row["s"].removeprefix(start)
                    entity = entities.setdefault(identifier, Entity(identifier))
                    text = " ".join(row["l"].split())
                    if form is Kind.PREFERRED:
                        entity.names[text] = form
                        entity.labels.setdefault(row["language"], text)
                    else:
                        entity.names.setdefault(text, form)
    for identifier, entity in entities.items():
        entity.types = tuple(kind for kind in TYPES if kind in classes[identifier])
        entity.labels = dict(sorted(entity.labels.items()))
        entity.names = dict(sorted(entity.names.items(), key=lambda item: (item[1] is not Kind.PREFERRED, item[0])))
    return NameIndex(entities[identifier] for identifier in sorted(entities))


def _rows(store: Store, query: str) -> Iterator[Mapping[str, str]]:
    answer = store.query(PREFIXES + query)
    assert isinstance(answer, Bindings)
    for row in answer:
        subject, label = row["s"], row.get("l")
        if isinstance(subject, NamedNode):
            found = {"s": subject.value, "l": "", "language": ""}
            if isinstance(label, Literal):
                found |= {"l": label.value, "language": label.language or ""}
            yield found
