"""What things are called, for the sentences people read: labels from the graph, not IRIs."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from etappe import vocabulary
from etappe.model import Term
from etappe.namespaces import CV, DCTERMS, DPV, ET, FOAF, ORG, RDFS, SCHEMA, SKOS, compact
from etappe.validation.shacl import Graph

_LABELS = (SKOS.prefLabel, FOAF.name, DCTERMS.term("title"), SCHEMA.caption, RDFS.label)
#: Things without a name of their own are called after those they join.
_JOINED = (CV.hasParticipant, ORG.member, ET.depicted, DPV.hasDataSubject)
_LONGEST = 100


class Names:
    """The names of everything in one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def of(self, term: Term, language: str) -> str:
        """The name of a node, or the text of a literal, on one line and not too long."""
        name = " ".join(self._name(term, language).split())
        return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"

    def _name(self, term: Term, language: str) -> str:
        if isinstance(term, Literal):
            return term.value
        if label := self._label(term, language):
            return label
        objects, subjects = self._graph.objects, self._graph.subjects
        joined = next((found for p in _JOINED if (found := _first(objects(term, p))) is not None), None)
        event = _first(subjects(CV.hasParticipation, term))
        parts = [self._label(part, language) or _last_part(part) for part in (joined, event) if part is not None]
        return " – ".join(parts) or _last_part(term)

    def _label(self, term: Term, language: str) -> str | None:
        own = self._graph.facts.get(term, {})
        texts = next((own[predicate] for predicate in _LABELS if predicate in own), ())
        labels = {
            text.language or "": text.value
            for text in sorted(texts, key=str, reverse=True)
            if isinstance(text, Literal)
        }
        if not labels and isinstance(term, NamedNode):
            labels = dict(vocabulary.labels(term))
        if not labels:
            return None
        return next(labels[tag] for tag in (language, "", "de", "en", *labels) if tag in labels)


def _first(terms: Iterable[Term]) -> NamedNode | None:
    return min((term for term in terms if isinstance(term, NamedNode)), key=str, default=None)


def _last_part(term: Term) -> str:
    """The id of a thing of ours; an address from elsewhere as a whole."""
    if not isinstance(term, NamedNode):
        return term.value
    return (
        term.value.rsplit("/", 1)[1]
        if "/id/" in term.value and compact(term.value) == term.value
        else compact(term.value)
    )
