"""The statements of a document, to be asked by subject and property, with the reports and quotes they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from etappe.model import Term
from etappe.namespaces import DCTERMS, ET, OA, PROV, RDF
from etappe_api.linked_data.entities import Statement


@dataclass(frozen=True)
class Source:
    """Why something holds: a report, the registry (IRI of its graph), and the words that say it."""

    iri: str
    quotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _order(statement: Statement) -> tuple[str, bool, str, str, str]:
    """By subject, its classes first; then by property, value and graph."""
    is_class = statement.property == RDF.type.value
    return statement.subject, not is_class, statement.property, str(statement.value), statement.graph


class Facts:
    """An index over statements, each once and in one order, so that the same data always makes the same page."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements = tuple(sorted(set(statements), key=_order))
        self._by_subject: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            self._by_subject[statement.subject].append(statement)

    def of(self, subject: str) -> list[Statement]:
        """What is said of a subject."""
        return self._by_subject.get(subject, [])

    def values(self, subject: str, *properties: NamedNode) -> list[Term]:
        """The values of properties, each once, in the order of the properties."""
        names = [name.value for name in properties]
        found = [s.value for name in names for s in self.of(subject) if s.property == name]
        return list(dict.fromkeys(found))

    def texts(self, subject: str, *properties: NamedNode) -> list[str]:
        """The same as plain text: lexical forms and IRIs."""
        return [term.value for term in self.values(subject, *properties)]

    def text(self, subject: str, *properties: NamedNode) -> str:
        """The first of them, or nothing."""
        return next(iter(self.texts(subject, *properties)), "")

    def types(self, subject: str) -> set[str]:
        """The classes of a subject."""
        return set(self.texts(subject, RDF.type))

    def subjects(self, class_: NamedNode) -> list[str]:
        """The subjects of a class, sorted."""
        return sorted(subject for subject in self._by_subject if class_.value in self.types(subject))

    def graphs(self, subject: str) -> list[str]:
        """The named graphs that speak of a subject."""
        return list(dict.fromkeys(statement.graph for statement in self.of(subject)))

    def source(self, subject: str, graph: str) -> Source:
        """Which report a graph holds, and the words on which it rests what it says of a subject."""
        report = self.text(graph, PROV.wasDerivedFrom)
        evidence = [s.value.value for s in self.of(subject) if s.property == ET.evidence.value and s.graph == graph]
        selectors = [node for item in evidence for node in self.texts(item, OA.hasSelector)]
        quotes = [quote for node in selectors for quote in self.texts(node, OA.exact)]
        own = [s for s in self.of(subject) if s.property == DCTERMS.source.value and s.graph == graph]
        notes = [s.value.value for s in own if isinstance(s.value, Literal)]
        return Source(report or graph, tuple(dict.fromkeys(quotes)), tuple(notes))

    def sources(self, subject: str) -> list[Source]:
        """One source for each graph that speaks of a subject."""
        return [self.source(subject, graph) for graph in self.graphs(subject)]
