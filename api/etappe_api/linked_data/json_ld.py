"""Triples as framed JSON-LD under our own context, in one shape whatever the data; docs/linked-data.md describes it.

The context is read from the ontology; nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pyld import jsonld  # type: ignore[import-untyped]
from pyoxigraph import Literal, NamedNode, Triple

from etappe.namespaces import RDF, XSD
from etappe.ontology import context_text

#: The address of the context as answers name it; relative, so that it leads to the service that gave the answer.
CONTEXT = "/context.jsonld"
_LOCAL = "https://w3id.org/etappe/context.jsonld"

Document = dict[str, Any]


@cache
def _context() -> Document:
    found: Document = json.loads(context_text())
    return found


def _load(url: str, _: Mapping[str, Any] | None = None) -> Document:
    if url != _LOCAL:
        raise jsonld.JsonLdError(f"no context but our own is loaded, least of all {url}", "jsonld.LoadDocumentError")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": _context()}


def framed(triples: Iterable[Triple], root: NamedNode) -> Document:
    """The triples as a tree from one node. Each node stands in full where the tree first comes to it, else as its id.

    Every triple must be reachable from the root; those that are not are left out (JSON-LD 1.1 Framing, section 4.1).
    Properties are walked in the order of their IRIs, so the words of closed lists (``dcterms:references`` of the
    document) come first and are only named further down. A graph only names its report, which may be what the
    document is about.
    """
    graphs = {"@id": {}, "prov:wasDerivedFrom": {"@embed": "@never"}}
    frame = {"@context": _LOCAL, "@id": root.value, "prov:wasDerivedFrom": graphs}
    options = {"documentLoader": _load, "omitGraph": True, "embed": "@once", "compactArrays": False}
    (tree,) = jsonld.frame(_expanded(triples), frame, options)["@graph"]
    return {"@context": CONTEXT, **_even(tree)}


def to_n_quads(document: Document) -> str:
    """A framed document as N-Quads again; its context is resolved locally."""
    found: str = jsonld.to_rdf(
        {**document, "@context": _LOCAL}, {"documentLoader": _load, "format": "application/n-quads"}
    )
    return found


def _expanded(triples: Iterable[Triple]) -> list[Document]:
    """Triples in expanded form, with the datatypes that they have (no native numbers)."""
    nodes: dict[str, Document] = {}
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        node = nodes.setdefault(triple.subject.value, {"@id": triple.subject.value})
        value = triple.object
        if triple.predicate == RDF.type and isinstance(value, NamedNode):
            node.setdefault("@type", []).append(value.value)
        else:
            node.setdefault(triple.predicate.value, []).append(_value(value))
    return list(nodes.values())


def _value(term: object) -> Document:
    if not isinstance(term, Literal):
        assert isinstance(term, NamedNode)
        return {"@id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _even(node: Any) -> Any:
    """Lists also where compaction writes a single value: for ``type`` and within maps of languages."""
    if isinstance(node, list):
        return [_even(item) for item in node]
    if not isinstance(node, dict) or "@value" in node:
        return node
    if "id" not in node:  # a map of languages: every node has an id
        return {tag: texts if isinstance(texts, list) else [texts] for tag, texts in node.items()}
    even = {key: _even(value) for key, value in node.items()}
    if isinstance(even.get("type"), str):
        even["type"] = [even["type"]]
    return even
