"""A network as GraphML, GEXF, JSON (node-link) or CSV. The same network is always the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO

import networkx as nx  # type: ignore[import-untyped]

from etappe.network.building import Network


def export(network: Network, form: str, measures: Mapping[str, Mapping[str, float]] | None = None) -> bytes:
    """The network in one of ``FORMS``, each edge with the stops and items it rests on.

    Args:
        measures: further values of nodes, by the name of the measure.

    Raises:
        KeyError: there is no such form.
    """
    graph: nx.Graph = nx.Graph()
    for node in sorted(network.graph):
        values = {name: found[node] for name, found in (measures or {}).items()}
        graph.add_node(node, **network.graph.nodes[node], **values)
    for one, other in sorted(tuple(sorted(edge)) for edge in network.graph.edges):
        stops, items = network.stops(one, other), network.items(one, other)
        graph.add_edge(one, other, **network.graph[one][other], stops=" ".join(stops), items=" ".join(items))
    return FORMS[form](graph)


def _graphml(graph: nx.Graph) -> bytes:
    output = BytesIO()
    nx.write_graphml_xml(graph, output, encoding="utf-8")
    return output.getvalue()


def _gexf(graph: nx.Graph) -> bytes:
    text = "\n".join(nx.generate_gexf(graph)) + "\n"
    # The library writes today's date; the same network has to be the same bytes.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode()


def _json(graph: nx.Graph) -> bytes:
    return json.dumps(nx.node_link_data(graph, edges="links"), ensure_ascii=False, indent=1).encode() + b"\n"


def _csv(graph: nx.Graph) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["source", "sourceLabel", "target", "targetLabel", "weight", "shared", "items"])
    for one, other, data in graph.edges(data=True):
        labels = graph.nodes[one]["label"], graph.nodes[other]["label"]
        writer.writerow([one, labels[0], other, labels[1], data["weight"], data["shared"], data["items"]])
    return buffer.getvalue().encode()


FORMS: dict[str, Callable[[nx.Graph], bytes]] = {"graphml": _graphml, "gexf": _gexf, "json": _json, "csv": _csv}
