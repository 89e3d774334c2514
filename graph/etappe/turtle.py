"""One way to write a graph as Turtle: sorted, one fact a line, the same bytes for the same graph.

Blank nodes stand inline where they are used, so they need no labels; long texts (SPARQL in shapes) keep their lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from etappe.model import Term
from etappe.namespaces import OWL, PREFIXES, RDF, RDFS, SH, SKOS, XSD, Namespace

#: Namespaces that only the alignments speak of; the rest of Etappe never needs them.
ALIGNMENT_PREFIXES: dict[str, Namespace] = {
    "event": Namespace("http://purl.org/NET/c4dm/event.owl#"),
    "legal": Namespace("http://www.w3.org/ns/legal#"),
    "locn": Namespace("http://www.w3.org/ns/locn#"),
    "lode": Namespace("http://linkedevents.org/ontology/"),
    "opengov": Namespace("http://www.w3.org/ns/opengov#"),
    "person": Namespace("http://www.w3.org/ns/person#"),
    "sem": Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/"),
}
ALL_PREFIXES = {**PREFIXES, **ALIGNMENT_PREFIXES}

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
_BARE = {  # literals that Turtle reads back without quotes, lexical form and all
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?\d*\.\d+"),
    XSD.boolean: re.compile(r"true|false"),
}
_FIRST = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.scopeNote, SH.path, SH.select)
_HEADS = (OWL.Ontology, SKOS.ConceptScheme)
_INDENT = "    "


def compact(node: NamedNode) -> str:
    """The name of a node in Turtle: with a prefix where the grammar allows it, else ``<…>``."""
    for prefix, namespace in ALL_PREFIXES.items():
        local = node.value.removeprefix(namespace)
        if local != node.value and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return str(node)


class _Writer:
    """The graph by subject, and the prefixes that its text turned out to need."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.used: set[str] = set()
        self._facts: dict[NamedNode | BlankNode, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._uses: Counter[BlankNode] = Counter()
        self._written: set[BlankNode] = set()
        for triple in set(triples):
            if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
                raise ValueError("a triple inside a triple cannot be written here")
            self._facts[triple.subject][triple.predicate].append(triple.object)
            if isinstance(triple.object, BlankNode):
                self._uses[triple.object] += 1
        if any(count > 1 for count in self._uses.values()):
            raise ValueError("a blank node is used in two places: give it an IRI")

    def blocks(self) -> list[str]:
        """One paragraph for each subject; ontology and scheme first, nameless axioms last."""
        named = sorted(
            (not self._is_head(subject), self.iri(subject), subject.value)
            for subject in self._facts
            if isinstance(subject, NamedNode)
        )
        blocks = [f"{name}\n{self._body(NamedNode(iri), 1)}\n." for _, name, iri in named]
        roots = [node for node in self._facts if isinstance(node, BlankNode) and node not in self._uses]
        blocks += sorted(f"{self._blank(node, 0)} ." for node in roots)
        if len(self._written) < sum(isinstance(node, BlankNode) for node in self._facts):
            raise ValueError("blank nodes lead round in a circle: give one of them an IRI")
        return blocks

    def iri(self, node: NamedNode) -> str:
        """The compact name where Turtle allows it, else the full IRI."""
        name = compact(node)
        if name != str(node):
            self.used.add(name.partition(":")[0])
        return name

    def _is_head(self, subject: NamedNode) -> bool:
        return any(head in self._facts[subject].get(RDF.type, ()) for head in _HEADS)

    def _body(self, subject: NamedNode | BlankNode, depth: int) -> str:
        facts = self._facts[subject]
        order = sorted(facts, key=lambda p: (_FIRST.index(p) if p in _FIRST else len(_FIRST), compact(p)))
        pad = _INDENT * depth
        lines = []
        for predicate in order:
            name = "a" if predicate == RDF.type else self.iri(predicate)
            lines.append(f"{pad}{name}{self._objects(facts[predicate], depth)}")
        return " ;\n".join(lines)

    def _objects(self, objects: list[Term], depth: int) -> str:
        written = sorted((self._language(term), self._term(term, depth)) for term in objects)
        texts = [text for _, text in written]
        if len(texts) == 1 or any(isinstance(term, BlankNode) for term in objects):
            return " " + ", ".join(texts)
        pad = "\n" + _INDENT * (depth + 1)
        return pad + f",{pad}".join(texts)

    @staticmethod
    def _language(term: Term) -> str:
        return (term.language or "") if isinstance(term, Literal) else ""

    def _term(self, term: Term, depth: int) -> str:
        if isinstance(term, NamedNode):
            return "()" if term == RDF.nil else self.iri(term)
        if isinstance(term, Literal):
            return self._literal(term)
        return self._blank(term, depth)

    def _blank(self, node: BlankNode, depth: int) -> str:
        self._written.add(node)
        if RDF.first in self._facts.get(node, {}):
            return self._list(node, depth)
        if node not in self._facts:
            return "[]"
        body = self._body(node, depth + 1)
        if "\n" not in body and len(body.strip()) < 80:
            return f"[ {body.strip()} ]"
        return f"[\n{body}\n{_INDENT * depth}]"

    def _list(self, node: BlankNode, depth: int) -> str:
        items: list[Term] = []
        rest: Term = node
        while rest != RDF.nil:
            facts = self._facts.get(rest, {}) if isinstance(rest, BlankNode) else {}
            if not isinstance(rest, BlankNode) or set(facts) != {RDF.first, RDF.rest} or len(facts[RDF.first]) > 1:
                raise ValueError("a list is not well formed")
            self._written.add(rest)
            items.append(facts[RDF.first][0])
            rest = facts[RDF.rest][0]
        texts = [self._term(item, depth + 1) for item in items]
        line = f"({' '.join(texts)})"
        if "\n" not in line and len(line) < 80:
            return line
        pad = "\n" + _INDENT * (depth + 1)
        return f"({pad}{pad.join(texts)}\n{_INDENT * depth})"

    def _literal(self, term: Literal) -> str:
        bare = _BARE.get(term.datatype)
        if bare and bare.fullmatch(term.value):
            return term.value
        text = _quoted(term.value)
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype == XSD.string else f"{text}^^{self.iri(term.datatype)}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("\r", "\\r")
    if "\n" not in value:
        return '"' + escaped.replace('"', '\\"').replace("\t", "\\t") + '"'
    escaped = escaped.replace('"""', '\\"\\"\\"')
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return f'"""{escaped}"""'


def canonical(graph: Iterable[Triple], comment: str = "") -> str:
    """The graph as sorted Turtle, with the prefixes it uses; ``comment`` goes on top, one ``#`` a line.

    Raises:
        ValueError: a blank node that is used twice or leads back to itself, or a broken list.
    """
    writer = _Writer(graph)
    blocks = writer.blocks()
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    prefixes = "".join(f"PREFIX {prefix}: <{ALL_PREFIXES[prefix]}>\n" for prefix in sorted(writer.used))
    return "\n".join(part for part in (head, prefixes, *(f"{block}\n" for block in blocks)) if part)
