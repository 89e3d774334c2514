"""One thing of the graph: found by IRI, slug or name, and what is known of it, from which reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from etappe.errors import NotFound, UsageError
from etappe.model import Term
from etappe.namespaces import compact
from etappe.reading.keys import KINDS
from etappe.store import Bindings, Store

_LABELS = "skos:prefLabel|foaf:name|dcterms:title|schema:caption|rdfs:label"
_PREFIXES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX et: <https://w3id.org/etappe/ns#>
"""


@dataclass(frozen=True)
class Statement:
    """One statement about a thing, or one that points to it (``incoming``), and the graphs that make it."""

    property: str
    value: Term
    incoming: bool
    graphs: tuple[str, ...]


@dataclass(frozen=True)
class Thing:
    """A thing, its statements, and labels for every IRI among them (IRI, then language; "" for no language)."""

    iri: NamedNode
    statements: tuple[Statement, ...]
    labels: Mapping[str, Mapping[str, str]]

    def label(self, iri: str, language: str) -> str:
        """The label in that language, else in German, English or any; else the end of the IRI."""
        known = self.labels.get(iri, {})
        for tag in (language, "de", "en", "", *known):
            if tag in known:
                return known[tag]
        return compact(iri) if compact(iri) != iri else "/".join(iri.rsplit("/", 2)[-2:])


def find(store: Store, base: str, name: str, *, kind: str | None = None) -> NamedNode:
    """The thing of that IRI, slug (``christian-pegel`` or ``person/christian-pegel``) or name, of one kind or of any.

    Raises:
        NotFound: nothing of that name, with the nearest ones.
        UsageError: more than one thing; the sentence lists them.
    """
    known = {_iri(name)} if name.startswith(("http://", "https://")) else _with_slug(base, name)
    known = {iri for iri in known if _exists(store, iri)}
    matching = {iri for iri in known if _is_kind(base, iri, kind)}
    if not matching:
        named = _named(store, name)
        known, matching = known | named, {iri for iri in named if _is_kind(base, iri, kind)}
    found = sorted(matching, key=lambda iri: iri.value)
    if known and not found:
        raise UsageError(f"a {kind} is asked for; {name!r} is {min(iri.value for iri in known)}")
    if not found:
        raise NotFound(f"nothing is known as {name!r}; {_nearest(store, name)}")
    if len(found) > 1:
        choices = ", ".join("/".join(iri.value.rsplit("/", 2)[-2:]) for iri in found)
        raise UsageError(f"{name!r} may be {choices}; write which one")
    return found[0]


def describe(store: Store, iri: NamedNode) -> Thing:
    """What is said of a thing and what points to it, with the graphs that say so."""
    rows = _rows(
        store,
        f"SELECT DISTINCT ?p ?o ?incoming ?g {{ {{ GRAPH ?g {{ {iri} ?p ?o }} BIND(false AS ?incoming) }}"
        f" UNION {{ GRAPH ?g {{ ?o ?p {iri} }} BIND(true AS ?incoming) }} }}",
    )
    graphs: dict[tuple[str, Term, bool], set[str]] = {}
    for row in rows:
        predicate, value, incoming, graph = row["p"], row["o"], row["incoming"], row["g"]
        assert (
            isinstance(predicate, NamedNode)
            and isinstance(graph, NamedNode)
            and value
            and isinstance(incoming, Literal)
        )
        graphs.setdefault((predicate.value, value, incoming.value == "true"), set()).add(graph.value)
    statements = [
        Statement(predicate, value, incoming, tuple(sorted(names)))
        for (predicate, value, incoming), names in graphs.items()
    ]
    statements.sort(key=lambda s: (s.incoming, s.property, str(s.value)))
    return Thing(iri, tuple(statements), labels(store, {iri, *_iris(statements)}))


def labels(store: Store, iris: set[NamedNode]) -> dict[str, dict[str, str]]:
    """Labels of things: IRI, then language ("" where there is none), then text."""
    found: dict[str, dict[str, str]] = {}
    if not iris:
        return found
    values = " ".join(sorted(str(iri) for iri in iris))
    for row in _rows(store, f"SELECT DISTINCT ?s ?l {{ VALUES ?s {{ {values} }} ?s {_LABELS} ?l }} ORDER BY ?s ?l"):
        subject, label = row["s"], row["l"]
        assert isinstance(subject, NamedNode) and isinstance(label, Literal)
        found.setdefault(subject.value, {}).setdefault(label.language or "", label.value)
    return found


def _iris(statements: list[Statement]) -> set[NamedNode]:
    return {s.value for s in statements if isinstance(s.value, NamedNode)} | {NamedNode(s.property) for s in statements}


def _rows(store: Store, query: str) -> Bindings:
    answer = store.query(_PREFIXES + query)
    assert isinstance(answer, Bindings)
    return answer


def _iri(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not an IRI") from error


def _is_kind(base: str, iri: NamedNode, kind: str | None) -> bool:
    return kind is None or iri.value.startswith(f"{base}/id/{kind}/")


def _with_slug(base: str, name: str) -> set[NamedNode]:
    """The IRIs that a slug, or a kind and a slug, can stand for."""
    if not re.fullmatch(r"[\w.~-]+(/[\w.~-]+)?", name):
        return set()
    tails = [name] if "/" in name else [f"{kind}/{name}" for kind in ("report", "registry", *KINDS)]
    return {NamedNode(f"{base}/id/{tail}") for tail in tails}


def _named(store: Store, name: str) -> set[NamedNode]:
    literal = Literal(name.casefold())
    query = f"SELECT DISTINCT ?s {{ ?s {_LABELS}|skos:altLabel|et:abbreviation ?l FILTER(LCASE(STR(?l)) = {literal}) }}"
    return {row["s"] for row in _rows(store, query) if isinstance(row["s"], NamedNode)}


def _exists(store: Store, iri: NamedNode) -> bool:
    return bool(store.query(f"ASK {{ {{ {iri} ?p ?o }} UNION {{ ?s ?p {iri} }} }}"))


def _nearest(store: Store, name: str) -> str:
    rows = _rows(store, f"SELECT DISTINCT ?l {{ ?s {_LABELS} ?l }}")
    names = {row["l"].value for row in rows if isinstance(row["l"], Literal)}
    near = get_close_matches(name, sorted(names), 3, 0.5)
    return f"nearest are: {', '.join(near)}" if near else "search with 'etappe query', or list people with 'etappe ask'"
