"""Who was at the same programme items, as GraphML."""

from __future__ import annotations

from pyoxigraph import NamedNode

from etappe.errors import QueryTooLarge
from etappe.network import Selection, export, from_store, people
from etappe.store import Store
from etappe.things import labels
from etappe_api.feeds.stops import label_of

MEDIA_TYPE = "application/graphml+xml"
#: Pairs of people in one network. More are refused, never left out.
MOST_PAIRS = 500_000


def graphml(store: Store, language: str, stops: frozenset[str] | None = None) -> bytes:
    """People who were at the same programme items, of some stops or of all; see ``etappe.network``.

    Raises:
        QueryTooLarge: too many pairs for one network.
    """

    def label(iris: set[str]) -> dict[str, str]:
        names = labels(store, {NamedNode(iri) for iri in iris})
        return {iri: label_of(iri, names, language) for iri in iris}

    found = people(from_store(store), Selection(stops=stops), label=label)
    if found.graph.number_of_edges() > MOST_PAIRS:
        raise QueryTooLarge(
            f"more than {MOST_PAIRS} pairs of people met; narrow it with 'tour', 'from', 'to' or 'land'"
        )
    return export(found, "graphml")
