"""The graph that is validated: what a report says, the slice of the registry it touches, and the trees of terms."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, Triple

from etappe.model import Document, Report
from etappe.namespaces import RDFS, SKOS
from etappe.ontology import ontology_triples
from etappe.registry import Registry
from etappe.validation.shacl import Graph

_TREES = frozenset({RDFS.subClassOf, SKOS.broader, SKOS.inScheme})


@cache
def trees() -> Graph:
    """What shapes need of the ontology: subclasses, broader concepts, and which scheme a concept is in."""
    return Graph(triple for triple in ontology_triples() if triple.predicate in _TREES)


def validation_graph(report: Report, registry: Registry) -> Graph:
    """Everything that a finding about this report may rest on."""
    return Graph(validated_triples(report, registry), trees())


def validated_triples(report: Report, registry: Registry) -> frozenset[Triple]:
    """What the report says, and what the registry knows of the things it names.

    A registry document replaces what the registry says of the same things; else a corrected date or name would stand
    beside the one it corrects. A report adds to the registry.
    """
    named = {
        term for triple in report.triples for term in (triple.subject, triple.object) if isinstance(term, NamedNode)
    }
    known = registry.slice(named)
    if report.document is Document.REGISTRY:
        own = {triple.subject for triple in report.triples}
        known = {triple for triple in known if triple.subject not in own}
    return report.triples | known
