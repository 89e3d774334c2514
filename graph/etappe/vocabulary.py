"""The closed lists of the ontology, for people: from a word to its concept, from a concept to its labels."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from etappe.namespaces import ETV, SKOS
from etappe.resources import folder

_WORDS = (SKOS.prefLabel, SKOS.altLabel)


@dataclass(frozen=True)
class _Scheme:
    """One list: concepts by the key of each word, and the words themselves as people write them."""

    concepts: dict[str, NamedNode] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def key(word: str) -> str:
    """What remains of a word for comparison: its letters and digits, whatever their case (``e. V.`` is ``eV``)."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(character for character in folded if character.isalnum())


@cache
def _load() -> tuple[dict[str, _Scheme], dict[str, dict[str, str]]]:
    """All schemes by name, and the preferred labels by IRI and language."""
    scheme_of: dict[NamedNode, str] = {}
    words: dict[NamedNode, list[str]] = {}
    labels: dict[str, dict[str, str]] = {}
    for path in sorted((folder("ontology") / "concepts").glob("*.ttl")):
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if quad.predicate == SKOS.inScheme and isinstance(value, NamedNode):
                scheme_of[subject] = value.value.removeprefix(ETV)
            elif quad.predicate in _WORDS and isinstance(value, Literal):
                words.setdefault(subject, []).append(value.value)
                if quad.predicate == SKOS.prefLabel and value.language:
                    labels.setdefault(subject.value, {})[value.language] = value.value
    found: dict[str, _Scheme] = {}
    for concept_iri, name in sorted(scheme_of.items(), key=lambda item: item[0].value):
        scheme = found.setdefault(name, _Scheme())
        for word in (concept_iri.value.removeprefix(ETV), *words.get(concept_iri, ())):
            scheme.concepts[key(word)] = concept_iri
        scheme.words.extend(dict.fromkeys(words.get(concept_iri, ())))
    return found, labels


def schemes() -> tuple[str, ...]:
    """The names of all schemes, sorted."""
    return tuple(sorted(_load()[0]))


def concepts(scheme: str) -> tuple[NamedNode, ...]:
    """The concepts of a scheme, sorted by IRI. An unknown scheme is a ``KeyError``."""
    return tuple(sorted(set(_load()[0][scheme].concepts.values()), key=lambda iri: iri.value))


def concept(scheme: str, word: str) -> NamedNode | None:
    """The concept that a word means: its local name, or a preferred or other label in German or English.

    Case, spaces and punctuation do not matter. An unknown scheme is a ``KeyError``.
    """
    return _load()[0][scheme].concepts.get(key(word))


def suggestions(scheme: str, word: str, limit: int = 3) -> list[str]:
    """The labels of a scheme that are nearest to a word, best first; empty where none is near.

    An unknown scheme is a ``KeyError``.
    """
    from rapidfuzz import fuzz, process  # only when a word is unknown

    near = process.extract(word, _load()[0][scheme].words, scorer=fuzz.WRatio, processor=key, score_cutoff=60, limit=20)
    return list(dict.fromkeys(label for label, _, _ in near))[:limit]


def labels(iri: NamedNode | str) -> dict[str, str]:
    """The preferred label of a concept or scheme by language; empty where the ontology has none."""
    return dict(_load()[1].get(iri if isinstance(iri, str) else iri.value, {}))
