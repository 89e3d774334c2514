"""An RDF graph as indexes of pyoxigraph terms: the data graph, and the shapes graph while it is compiled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from threading import Lock
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from etappe.namespaces import RDF, RDFS
from etappe.validation.shacl.support import NotHandled, Term

if TYPE_CHECKING:
    Facts = dict[NamedNode, list[Term]]

_TYPE, _SUBCLASS = RDF.type, RDFS.subClassOf
_FIRST, _REST, _NIL = RDF.first, RDF.rest, RDF.nil
_NOTHING: tuple[Term, ...] = ()


class Graph:
    """A graph, indexed once and never changed.

    Attributes:
        facts: subject to predicate to objects.
        base: a graph that this one includes, such as class trees that thousands of reports share.
        memo: room for what is worked out once per graph, such as the answers to a query.
        lock: held while the graph is validated, since indexes and answers are made then.
    """

    __slots__ = ("_instances", "_inverse", "_own", "_predicates", "_quads", "base", "facts", "lock", "memo")

    def __init__(self, triples: Iterable[Triple | Quad], base: Graph | None = None) -> None:
        facts: dict[Any, dict[NamedNode, list[Any]]] = {}  # pyoxigraph's triples could hold triple terms
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            of_subject = facts.get(subject)
            if of_subject is None:
                facts[subject] = {predicate: [value]}
                continue
            values = of_subject.get(predicate)
            if values is None:
                of_subject[predicate] = [value]
            elif len(values) > _MANY or value not in values:  # long lists lose their repetitions below
                values.append(value)
        for of_subject in facts.values():
            for predicate, values in of_subject.items():
                if len(values) > _MANY:
                    of_subject[predicate] = list(dict.fromkeys(values))
        self._own = facts
        self._quads: list[Quad] | None = None
        self.base = base
        self.facts: dict[Term, Facts] = facts if base is None else _joined(base.facts, facts)
        self.memo: dict[object, Any] = {}
        self.lock = Lock()
        self._inverse: dict[NamedNode, dict[Term, list[Term]]] = {}
        self._predicates: Set[NamedNode] | None = None
        self._instances: dict[Term, Collection[Term]] = {}

    def objects(self, subject: Term, predicate: NamedNode) -> Sequence[Term]:
        """The values of a property, each once."""
        facts = self.facts.get(subject)
        return facts.get(predicate, _NOTHING) if facts is not None else _NOTHING

    def object(self, subject: Term, predicate: NamedNode) -> Term | None:
        """The value of a property that has at most one.

        Raises:
            NotHandled: it has several.
        """
        values = self.objects(subject, predicate)
        if len(values) > 1:
            raise NotHandled(f"{subject} has {len(values)} values of <{predicate.value}>, where one is allowed")
        return values[0] if values else None

    @property
    def predicates(self) -> Set[NamedNode]:
        """Every predicate."""
        if self._predicates is None:
            self._predicates = {predicate for facts in self.facts.values() for predicate in facts}
        return self._predicates

    def inverse(self, predicate: NamedNode) -> Mapping[Term, list[Term]]:
        """From the values of a property to what has them."""
        index = self._inverse.get(predicate)
        if index is None:
            index = self._inverse[predicate] = {}
            for subject, facts in self.facts.items():
                for value in facts.get(predicate, _NOTHING):
                    if value in index:
                        index[value].append(subject)
                    else:
                        index[value] = [subject]
        return index

    def subjects(self, predicate: NamedNode, value: Term) -> Sequence[Term]:
        """What has that value of a property."""
        return self.inverse(predicate).get(value, _NOTHING)

    def instances(self, class_: Term) -> Collection[Term]:
        """The SHACL instances of a class: of itself or of a subclass according to this graph (section 1.1)."""
        found = self._instances.get(class_)
        if found is None:
            by_type = self.inverse(_TYPE)
            found = self._instances[class_] = dict.fromkeys(
                instance for sub in self._subclasses(class_) for instance in by_type.get(sub, _NOTHING)
            ).keys()
        return found

    def _subclasses(self, class_: Term) -> Iterable[Term]:
        below = self.inverse(_SUBCLASS)
        found, waiting = {class_: None}, [class_]
        while below and waiting:
            for sub in below.get(waiting.pop(), _NOTHING):
                if sub not in found:
                    found[sub] = None
                    waiting.append(sub)
        return found

    def items(self, head: Term) -> list[Term]:
        """The members of a list.

        Raises:
            NotHandled: it is not well formed.
        """
        members: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL:
            first, rest = self.objects(head, _FIRST), self.objects(head, _REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise NotHandled(f"the list at {head} is not well formed")
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return members

    def own_quads(self, graph: NamedNode | DefaultGraph) -> Iterable[Quad]:
        """What it states beyond its base, as quads of a graph."""
        if self._quads is not None and isinstance(graph, DefaultGraph):
            return self._quads
        base = self.base
        return (
            Quad(subject, predicate, value, graph)
            for subject, facts in self._own.items()
            for predicate, values in facts.items()
            for value in values
            if base is None or value not in base.objects(subject, predicate)
        )

    def triples(self) -> Iterator[Triple]:
        """All that it states, base included."""
        for subject, facts in self.facts.items():
            for predicate, values in facts.items():
                for value in values:
                    yield Triple(subject, predicate, value)  # type: ignore[arg-type]  # no literal here

    def to_bytes(self, format: RdfFormat = RdfFormat.TURTLE) -> bytes:  # noqa: A002
        """The graph as text."""
        return serialize(self.triples(), format=format) or b""

    def __len__(self) -> int:
        return sum(len(values) for facts in self.facts.values() for values in facts.values())


#: Up to this length a list is searched for repetitions as it grows.
_MANY = 16


def _joined(base: dict[Term, Facts], own: dict[Term, Facts]) -> dict[Term, Facts]:
    joined = {**base, **own}
    for subject in base.keys() & own.keys():
        facts = {predicate: list(values) for predicate, values in base[subject].items()}
        for predicate, values in own[subject].items():
            facts[predicate] = list(dict.fromkeys((*facts.get(predicate, ()), *values)))
        joined[subject] = facts
    return joined


def parse_graph(data: bytes, format: RdfFormat = RdfFormat.TURTLE, base: str | None = None) -> Graph:  # noqa: A002
    """A graph from bytes. Named graphs are taken together. Literals are kept as written, also ill-typed ones.

    Raises:
        SyntaxError: with ``lineno`` and ``offset``.
    """
    quads = list(parse(data, format=format, base_iri=base, lenient=True))
    graph = Graph(quads)
    if not format.supports_datasets:
        graph._quads = quads  # as they are, a store takes them in at once
    return graph
