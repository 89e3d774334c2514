"""RDF files (Turtle, TriG, N-Quads, N-Triples, RDF/XML, JSON-LD) to a report. Nothing is ever fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from etappe import resources
from etappe.errors import Position, ReadingError, UnsafeInput
from etappe.model import Document, Report, Source, subject_of
from etappe.namespaces import DCAT, ET, OWL, RDF, SCHEMA
from etappe.reading.files import normal, text_beside, text_of
from etappe.reading.ownership import check_ownership
from etappe.reading.positions import LazyPositions, Places, by_last_part, positions, positions_in_tree
from etappe.reading.tree import parse as parse_yaml
from etappe.reading.values import is_document_id

CONTEXT_IRI = "https://w3id.org/etappe/context.jsonld"
_FORMATS = {
    "application/ld+json": RdfFormat.JSON_LD,
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_SCHEMES = re.compile(r"(https?|mailto|tel|urn):", re.IGNORECASE)
_ROOTS = {ET.Report: Document.REPORT, DCAT.Dataset: Document.REGISTRY}


def read_rdf(source: Source, base: str, text: str | None = None) -> Report:
    """The report in an RDF file. Named graphs are taken together; blank nodes get IRIs.

    Raises:
        ReadingError: a syntax error, or not exactly one ``et:Report``.
        UnsafeInput: a remote context, ``owl:imports``, an XML entity, an IRI that could run code, foreign subjects.
    """
    data = text_of(source)
    if source.media_type == "application/ld+json":
        data = json.dumps(_with_local_context(_json(data, source), source))
    if source.media_type == "application/rdf+xml" and re.search(r"<!(DOCTYPE|ENTITY)", data):
        raise UnsafeInput("declares XML entities or a document type; leave them out", file=source.name)
    return _report(_triples(data, source, base), source, base, text)


def json_of(value: object, source: Source, base: str, text: str | None) -> Report:
    """The report in a JSON-LD document that is parsed already (JSON-LD written as YAML)."""
    data = json.dumps(_with_local_context(value, source))
    return _report(_triples(data, Source(source.name, "application/ld+json", source.data), base), source, base, text)


def _json(data: str, source: Source) -> object:
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise ReadingError(
            f"is not JSON: {error.msg}", file=source.name, position=Position(error.lineno, error.colno)
        ) from error
    except RecursionError as error:
        raise ReadingError("is nested too deeply", file=source.name) from error
    except ValueError as error:
        raise ReadingError("holds a number with too many digits", file=source.name) from error


def _with_local_context(value: Any, source: Source, depth: int = 0) -> Any:
    """The document with our context put in place of its address. Any other address is refused."""
    if depth > 60:
        raise ReadingError("is nested too deeply", file=source.name)
    if isinstance(value, list):
        return [_with_local_context(item, source, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if "@import" in value:
        raise UnsafeInput("imports a context; name only " + CONTEXT_IRI, file=source.name)
    return {
        key: _context(item, source) if key == "@context" else _with_local_context(item, source, depth + 1)
        for key, item in value.items()
    }


def _context(value: Any, source: Source) -> Any:
    if isinstance(value, list):
        return [_context(item, source) for item in value]
    if isinstance(value, str):
        if value != CONTEXT_IRI:
            raise UnsafeInput(f"names the context {value!r}; only {CONTEXT_IRI} is known here", file=source.name)
        path = resources.folder("ontology") / "context.jsonld"
        return json.loads(path.read_text(encoding="utf-8"))["@context"]
    return _with_local_context(value, source)


def _triples(data: str, source: Source, base: str) -> list[Triple]:
    try:
        quads = list(parse(data.encode(), format=_FORMATS[source.media_type], base_iri=base + "/"))
    except SyntaxError as error:
        position = Position(error.lineno, error.offset or 1) if error.lineno else None
        message = str(error.msg).split(" at line")[0].rstrip(".")
        raise ReadingError(f"cannot be parsed: {message}", file=source.name, position=position) from error
    except (ValueError, RecursionError, OSError) as error:
        raise ReadingError(f"cannot be parsed: {error}", file=source.name) from error
    if any(isinstance(term, Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise ReadingError("uses triple terms (RDF 1.2), which reports cannot hold", file=source.name)
    if any(isinstance(quad.object, Literal) and quad.object.direction for quad in quads):
        raise ReadingError("gives a text a direction (RDF 1.2), which reports cannot hold", file=source.name)
    return [quad.triple for quad in quads]


def _report(triples: list[Triple], source: Source, base: str, text: str | None) -> Report:
    roots = {
        (t.subject, _ROOTS[t.object])
        for t in triples
        if t.predicate == RDF.type and isinstance(t.object, NamedNode) and t.object in _ROOTS
    }
    if len(roots) != 1:
        what = "no et:Report" if not roots else f"{len(roots)} reports"
        raise ReadingError(f"holds {what}; a file holds exactly one", file=source.name)
    root, document = roots.pop()
    start = f"{base}/id/{document.value}/"
    if not isinstance(root, NamedNode) or not is_document_id(root.value.removeprefix(start)):
        raise ReadingError(f"the {document.value} needs an IRI such as {start}some-id", file=source.name)
    slug = root.value.rsplit("/", 1)[1]
    named = _without_blank_nodes(triples, base, slug)
    inside = [t.object.value for t in named if _is_text(t, root) and isinstance(t.object, Literal)]
    named = [t for t in named if not _is_text(t, root)]
    _check_safety(named, source, base)
    if text is None:
        text = normal(inside[0]) if inside else _text_of_same_name(source)
    facts = frozenset(named)
    places = LazyPositions(lambda: _positions(facts, source, base, slug))
    report = Report(root, document, facts, text, source, places, base)
    check_ownership(report)
    return report


def _is_text(triple: Triple, root: NamedNode) -> bool:
    return triple.subject == root and triple.predicate == SCHEMA.text


def _text_of_same_name(source: Source) -> str | None:
    path = Path(source.name).with_suffix(".txt")
    there = path.is_file() if source.beside is None else path.name in source.beside
    return text_beside(source, path.name) if there else None


def _without_blank_nodes(triples: Iterable[Triple], base: str, slug: str) -> list[Triple]:
    names: dict[BlankNode, NamedNode] = {}

    def name(term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, NamedNode(_node(base, slug, len(names) + 1)))

    return [Triple(name(t.subject), t.predicate, name(t.object)) for t in triples]


def _node(base: str, slug: str, number: int) -> str:
    """The IRI of the blank node that comes up as the n-th."""
    return f"{base}/id/node/{slug}.{number}"


def _check_safety(triples: Iterable[Triple], source: Source, base: str) -> None:
    for triple in triples:
        subject, value = triple.subject, triple.object
        if triple.predicate == OWL.imports:
            raise UnsafeInput(
                "uses owl:imports; put everything that belongs to the report into the file", file=source.name
            )
        if not isinstance(subject, NamedNode) or not subject.value.startswith(base + "/id/"):
            raise UnsafeInput(
                f"speaks about {subject}; a report may only describe things below {base}/id/", file=source.name
            )
        if isinstance(value, NamedNode) and not _SCHEMES.match(value.value):
            raise UnsafeInput(
                f"holds the address {value.value!r}; only http, https, mailto, tel and urn are allowed",
                file=source.name,
            )


def _positions(triples: Iterable[Triple], source: Source, base: str, slug: str) -> Places:
    """Where the file states each triple; for what is not found there, the first word that looks like the subject."""
    text, start = text_of(source), base + "/"
    if source.media_type == "application/yaml":
        read = positions_in_tree(parse_yaml(text, source.name), start)
    else:
        read = positions(text, source.media_type, start)
    stated = {(subject_of(triple), triple.predicate.value) for triple in triples}
    subjects = {subject for subject, _ in stated}
    found = {key: place for key, place in read.items() if not key[0].startswith("_:")}
    nodes = {
        (_node(base, slug, int(subject[2:])), predicate): place
        for (subject, predicate), place in read.items()
        if subject.startswith("_:")
    }
    if all(key in stated or (key[0] in subjects and key[1] is None) for key in nodes):  # else numbered otherwise
        found |= nodes
    missing = subjects - {subject for subject, _ in found}
    return found | by_last_part(text, missing) if missing else found
