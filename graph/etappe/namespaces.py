"""The namespaces Etappe uses, and compact names for IRIs. No term is looked up anywhere: a namespace is a string."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode


class Namespace(str):
    """A namespace IRI; ``FOAF.name`` and ``FOAF["name"]`` are the term's ``NamedNode``."""

    __slots__ = ()

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return NamedNode(self + name)

    def __getitem__(self, name: object) -> NamedNode:  # type: ignore[override]
        return NamedNode(f"{self}{name}")

    def term(self, name: str) -> NamedNode:
        """The term of that local name, also where the name is a method of ``str`` (``title``, ``format``)."""
        return NamedNode(self + name)


ET = Namespace("https://w3id.org/etappe/ns#")
ETV = Namespace("https://w3id.org/etappe/vocab/")
SHAPES = Namespace("https://w3id.org/etappe/shapes#")

RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
CV = Namespace("http://data.europa.eu/m8g/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
DPV = Namespace("https://w3id.org/dpv#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
VANN = Namespace("http://purl.org/vocab/vann/")

PREFIXES: dict[str, str] = {
    "cv": CV,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "dpv": DPV,
    "et": ET,
    "etv": ETV,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "s": SHAPES,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "vann": VANN,
    "void": VOID,
    "xsd": XSD,
}


def expand(curie: str) -> NamedNode:
    """The IRI of a compact name: ``expand("foaf:name")``. An unknown prefix is a ``KeyError``."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def compact(iri: str) -> str:
    """The compact name of an IRI where one of our prefixes fits, else the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local:
            return f"{prefix}:{local}"
    return iri


def compact_path(path: str) -> str:
    """A property path of SPARQL with compact names for its IRIs; where no prefix fits, ``<IRI>``."""
    return re.sub("<([^>]*)>", lambda match: _or_bracketed(match[1]), path)


def _or_bracketed(iri: str) -> str:
    short = compact(iri)
    return short if short != iri else f"<{iri}>"
