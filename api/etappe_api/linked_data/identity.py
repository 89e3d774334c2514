"""What became of a thing that was merged with another: the identity graph says ``dcterms:isReplacedBy``."""

from __future__ import annotations

from pyoxigraph import NamedNode

from etappe.store import Bindings, Store

_QUERY = """
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?new {{
  GRAPH {graph} {{
    {old} dcterms:isReplacedBy+ ?new
    FILTER NOT EXISTS {{ ?new dcterms:isReplacedBy ?further }}
  }}
}} ORDER BY ?new LIMIT 1
"""


def identity_graph(base: str) -> NamedNode:
    """The graph of decisions about duplicates."""
    return NamedNode(f"{base}/graph/identity")


def successor(store: Store, base: str, iri: NamedNode) -> NamedNode | None:
    """The thing that an old IRI stands for now, at the end of the chain; nothing where it was never merged.

    A chain that leads back to itself has no end, and so no successor.
    """
    found = store.query(_QUERY.format(graph=identity_graph(base), old=iri))
    assert isinstance(found, Bindings)
    new = found.rows[0][0] if found.rows else None
    return new if isinstance(new, NamedNode) else None
