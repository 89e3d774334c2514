"""Finds the terms that files of this project name, and those among them that no vocabulary declares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from etappe.namespaces import SHAPES
from etappe.ontology import read
from etappe.resources import folder
from etappe.turtle import ALL_PREFIXES

ONTOLOGY = folder("ontology")
CHECKOUT = ONTOLOGY.parent
TURTLE = sorted(ONTOLOGY.rglob("*.ttl"))
SHAPE_FILES = sorted((ONTOLOGY / "shapes").rglob("*.ttl"))
QUERIES = sorted((CHECKOUT / "queries").rglob("*.rq"))
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
}
# What lies in `bad` is refused on reading; it may name what it likes.
EXAMPLES = sorted(
    path for path in (CHECKOUT / "examples").rglob("*") if path.suffix in FORMATS and "bad" not in path.parts
)

PREFIX = re.compile(r"(?i:@?prefix)\s+([A-Za-z][\w-]*):\s*<([^>\s]*)>")
# Read from left to right, so that a quotation mark in a comment opens no string, and a # in an IRI no comment.
_OPAQUE = re.compile(
    r"<(?P<iri>[^<>\"{}|^`\\\s]*)>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'|#[^\n]*",
    re.S,
)
_NAME = re.compile(r"(?<![\w:?$@-])([A-Za-z][\w-]*):([A-Za-z_][\w-]*)")


def namespace_of(iri: str) -> str | None:
    """The prefix whose namespace the IRI is a term of."""
    for prefix, namespace in ALL_PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local:
            return prefix
    return None


def _terms(node: NamedNode | Literal | Triple | Any) -> Iterator[str]:
    if isinstance(node, NamedNode):
        yield node.value
    elif isinstance(node, Literal):
        yield node.datatype.value


def in_sparql(text: str) -> set[str]:
    """The IRIs that a query or a part of one names; prefixes it does not declare are ours."""
    declared = {**ALL_PREFIXES, **dict(PREFIX.findall(text))}
    body = PREFIX.sub(" ", text)
    found = {match["iri"] for match in _OPAQUE.finditer(body) if match["iri"]}
    names = _NAME.findall(_OPAQUE.sub(" ", body))
    return found | {declared[prefix] + local for prefix, local in names if prefix in declared}


def in_rdf(path: Path) -> set[str]:
    """The IRIs of an RDF file, those inside the SPARQL of shapes included."""
    found: set[str] = set()
    for quad in parse(path.read_bytes(), format=FORMATS[path.suffix], base_iri="urn:x-test:base"):
        for node in (quad.subject, quad.predicate, quad.object):
            found.update(_terms(node))
        if quad.predicate.value.rpartition("#")[2] in {"select", "ask", "construct"}:
            found |= in_sparql(quad.object.value)
    return found


def in_file(path: Path) -> set[str]:
    """The IRIs that a file names."""
    return in_sparql(path.read_text(encoding="utf-8")) if path.suffix == ".rq" else in_rdf(path)


def in_context() -> set[str]:
    """The IRIs that the JSON-LD context leads to."""
    document = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    found: set[str] = set()
    waiting: list[Any] = [document["@context"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str) and ":" in value:
            prefix, _, local = value.partition(":")
            found.add(ALL_PREFIXES[prefix] + local if prefix in ALL_PREFIXES else value)
    return found


def declared() -> set[str]:
    """Every term that our ontology, its concept files, the shapes or a pinned vocabulary declare."""
    found: set[str] = set()
    for path in sorted((ONTOLOGY / "standard-terms").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                prefix, _, local = line.partition(":")
                found.add(ALL_PREFIXES[prefix] + local)
    for path in (ONTOLOGY / "etappe.ttl", *sorted((ONTOLOGY / "concepts").glob("*.ttl"))):
        found |= {triple.subject.value for triple in read(path) if isinstance(triple.subject, NamedNode)}
    for path in SHAPE_FILES:
        subjects = {triple.subject.value for triple in read(path) if isinstance(triple.subject, NamedNode)}
        found |= {iri for iri in subjects if iri.startswith(SHAPES)}
    return found


def undeclared(iris: set[str]) -> set[str]:
    """Those that lie in a namespace of ours or of a vocabulary we use, and are declared nowhere."""
    return {iri for iri in iris if namespace_of(iri)} - declared()
