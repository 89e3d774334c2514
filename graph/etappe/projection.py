"""From the archive to the graphs of a store: which triples stand in which named graph."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import asdict

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from etappe.archive import IDENTITY, Archive, Event
from etappe.model import Document, digest
from etappe.namespaces import DCTERMS, PROV, RDF, SCHEMA, VOID, XSD
from etappe.ontology import ontology_triples


def canonical(triples: Iterable[Triple]) -> bytes:
    """Triples as sorted N-Triples: the same set is always the same bytes."""
    lines = (serialize([triple], format=RdfFormat.N_TRIPLES) for triple in set(triples))
    return b"".join(sorted(line or b"" for line in lines))


def archived_triples(archive: Archive, event: Event, base: str) -> list[Triple]:
    """The triples of an archived document under a base."""
    quads = parse(archive.get(event.graph), format=RdfFormat.N_TRIPLES)
    return [rebased(quad.triple, event.base, base) for quad in quads]


def rebased(triple: Triple, old: str, new: str) -> Triple:
    """The triple with IRIs below one base moved below another."""
    if old == new:
        return triple

    def move(term: object) -> object:
        if isinstance(term, NamedNode) and term.value.startswith(old + "/"):
            return NamedNode(new + term.value[len(old) :])
        return term

    return Triple(move(triple.subject), triple.predicate, move(triple.object))  # type: ignore[arg-type]


def registry_graph(base: str) -> NamedNode:
    """The graph of the curated registry."""
    return NamedNode(f"{base}/graph/registry")


def ontology_graph(base: str) -> NamedNode:
    """The graph of ontology and concept schemes."""
    return NamedNode(f"{base}/graph/ontology")


def ontology_statements() -> list[Triple]:
    """What the ontology graph holds: statements about terms. Axioms over lists (blank nodes) answer no question."""
    return [t for t in ontology_triples() if not any(isinstance(term, BlankNode) for term in (t.subject, t.object))]


def state_graph(base: str) -> NamedNode:
    """The graph that says up to which event of the archive the store has come."""
    return NamedNode(f"{base}/graph/state")


def report_graph(base: str, event: Event) -> NamedNode:
    """The graph of one revision of a report."""
    return NamedNode(f"{base}/graph/report/{event.id}/{event.revision}")


def admission_triples(base: str, event: Event) -> list[Triple]:
    """What a report graph says of itself: derived from which report, admitted when, by whom, with which reason."""
    graph = report_graph(base, event)
    triples = [
        Triple(graph, RDF.type, PROV.Entity),
        Triple(graph, PROV.wasDerivedFrom, NamedNode(f"{base}/id/report/{event.id}")),
        Triple(graph, PROV.generatedAtTime, Literal(event.at, datatype=XSD.dateTime)),
        Triple(graph, DCTERMS.identifier, Literal(event.source)),
    ]
    if event.reason:
        triples.append(Triple(graph, DCTERMS.description, Literal(event.reason)))
    return triples


def state_triples(base: str, events: Sequence[Event]) -> list[Triple]:
    """The state graph after these events: how many they are, and which was the last."""
    graph = state_graph(base)
    return [
        Triple(graph, RDF.type, VOID.Dataset),
        Triple(graph, SCHEMA.position, Literal(str(len(events)), datatype=XSD.integer)),
        Triple(graph, DCTERMS.identifier, Literal(last_digest(events))),
    ]


def last_digest(events: Sequence[Event]) -> str:
    """What tells archives apart that have come equally far: each event holds the digest of the one before."""
    return digest(json.dumps(asdict(events[-1]), sort_keys=True).encode() if events else b"")


def identity_graph(base: str) -> NamedNode:
    """The graph of decisions about identity that hold."""
    return NamedNode(f"{base}/graph/identity")


def identity_triples(archive: Archive, base: str) -> list[Triple]:
    """What each replaced thing was replaced by."""
    start = f"{base}/id/"
    return [
        Triple(NamedNode(start + old), DCTERMS.isReplacedBy, NamedNode(start + kept))
        for old, kept in archive.identity.replaced.items()
    ]


def affected_graphs(
    archive: Archive, events: Iterable[Event], base: str, *, renamed: Container[NamedNode] = ()
) -> dict[NamedNode, list[Triple]]:
    """Each graph that the events change, with all it holds after them.

    Args:
        renamed: further graphs that are to be made anew, because something in them has another name now.
    """
    identity = archive.identity
    graphs: dict[NamedNode, list[Triple]] = {}
    registry_changed = registry_graph(base) in renamed

    for event in events:
        if event.document == IDENTITY:
            graphs[identity_graph(base)] = identity_triples(archive, base)
        elif event.kind not in ("accepted", "retracted"):
            continue
        elif event.document == Document.REGISTRY.value:
            registry_changed = True
        else:
            graphs.update((NamedNode(f"{base}/graph/report/{name}"), []) for name in event.supersedes)
            graphs[report_graph(base, event)] = []
    for event in archive.current():
        if event.document == Document.REPORT.value and (
            (graph := report_graph(base, event)) in graphs or graph in renamed
        ):
            triples = identity.apply(archived_triples(archive, event, base), base)
            graphs[graph] = [*triples, *admission_triples(base, event)]
    if registry_changed:
        registry: set[Triple] = set()
        for event in archive.current():
            if event.document == Document.REGISTRY.value:
                registry.update(identity.apply(archived_triples(archive, event, base), base))
        graphs[registry_graph(base)] = list(registry)
    return graphs


def whole(archive: Archive, base: str) -> Iterator[Quad]:
    """Every quad that a store made from this archive holds."""
    graphs = affected_graphs(archive, archive.events, base)
    graphs[ontology_graph(base)] = ontology_statements()
    graphs[state_graph(base)] = state_triples(base, archive.events)
    for graph, triples in graphs.items():
        for triple in set(triples):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
