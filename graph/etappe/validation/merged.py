"""The graph that is validated: the report, what the registry knows of the things it names, and the class tree.

SHACL validates one graph (section 3.4.1 says how targets look at it); graph names are not part of it.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, Triple

from etappe.model import Report
from etappe.namespaces import RDFS, SKOS
from etappe.ontology import ontology_triples
from etappe.registry import Registry

_TREE = (RDFS.subClassOf, SKOS.broader, SKOS.inScheme)


def validation_graph(report: Report, registry: Registry) -> frozenset[Triple]:
    """Report, registry slice, class tree and concept hierarchies."""
    named = {term for t in report.triples for term in (t.subject, t.object) if isinstance(term, NamedNode)}
    return report.triples | registry.slice(named) | class_tree()


@cache
def class_tree() -> frozenset[Triple]:
    """The subclass and broader-concept statements of the ontology, and which scheme a concept stands in."""
    return frozenset(triple for triple in ontology_triples() if triple.predicate in _TREE)
