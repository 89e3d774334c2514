"""What things are called, for the sentences people read: labels from the graph, not IRIs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from etappe import vocabulary
from etappe.model import Term
from etappe.namespaces import CV, DCTERMS, DPV, ET, FOAF, ORG, RDFS, SCHEMA, SKOS, compact

_LABELS = (SKOS.prefLabel, FOAF.name, DCTERMS.term("title"), SCHEMA.caption, RDFS.label)
#: Things without a name of their own are called after those they join.
_JOINED = (CV.hasParticipant, ORG.member, ET.depicted, DPV.hasDataSubject)
_LONGEST = 100


class Names:
    """The names of everything in one graph."""

    def __init__(self, graph: Iterable[Triple]) -> None:
        self._labels: dict[Term, dict[NamedNode, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self._joined: dict[Term, dict[NamedNode, Term]] = defaultdict(dict)
        self._events: dict[Term, Term] = {}
        for triple in sorted(graph, key=str):
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if isinstance(subject, Triple):
                continue
            if predicate in _LABELS and isinstance(value, Literal):
                self._labels[subject][predicate].setdefault(value.language or "", value.value)
            elif predicate in _JOINED and isinstance(value, NamedNode):
                self._joined[subject].setdefault(predicate, value)
            elif predicate == CV.hasParticipation and isinstance(value, NamedNode):
                self._events.setdefault(value, subject)

    def of(self, term: Term, language: str) -> str:
        """The name of a node, or the text of a literal, on one line and not too long."""
        name = " ".join(self._name(term, language).split())
        return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"

    def _name(self, term: Term, language: str) -> str:
        if isinstance(term, Literal):
            return term.value
        if label := self._label(term, language):
            return label
        joined = next((self._joined[term][p] for p in _JOINED if p in self._joined.get(term, ())), None)
        event = self._events.get(term)
        parts = [self._label(part, language) or _last_part(part) for part in (joined, event) if part is not None]
        return " – ".join(parts) or _last_part(term)

    def _label(self, term: Term, language: str) -> str | None:
        own = self._labels.get(term, {})
        labels = next((own[predicate] for predicate in _LABELS if predicate in own), None)
        if labels is None and isinstance(term, NamedNode):
            labels = vocabulary.labels(term)
        if not labels:
            return None
        return next(labels[tag] for tag in (language, "", "de", "en", *labels) if tag in labels)


def _last_part(term: Term) -> str:
    """The id of a thing of ours; an address from elsewhere as a whole."""
    if not isinstance(term, NamedNode):
        return term.value
    return (
        term.value.rsplit("/", 1)[1]
        if "/id/" in term.value and compact(term.value) == term.value
        else compact(term.value)
    )
