"""An outcome as JSON-LD: the same triples as in Turtle, compact, with its results inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from etappe.model import Outcome, Term
from etappe.namespaces import DCTERMS, PREFIXES, RDF, SH, XSD, compact
from etappe.validation.formats.report_graph import report_triples

Node = dict[str, Any]

#: The word for each property, and whether its plain strings are IRIs.
_WORDS: dict[NamedNode, tuple[str, bool]] = {
    SH.conforms: ("conforms", False),
    DCTERMS.subject: ("report", True),
    SH.result: ("result", True),
    DCTERMS.identifier: ("code", False),
    SH.resultSeverity: ("resultSeverity", True),
    SH.resultMessage: ("resultMessage", False),
    SH.focusNode: ("focusNode", True),
    SH.resultPath: ("resultPath", True),
    SH.value: ("value", False),
    SH.sourceShape: ("sourceShape", True),
    SH.sourceConstraintComponent: ("sourceConstraintComponent", True),
}


def to_jsonld(outcome: Outcome) -> Node:
    """The validation report as one JSON-LD object that carries its context."""
    writer = _Writer(report_triples(outcome))
    return {"@context": writer.context(), **writer.reports()[0]}


def jsonld_of(outcomes: Iterable[Outcome]) -> Node:
    """Several validation reports in one JSON-LD document, in the order of the outcomes."""
    writer = _Writer(report_triples(*outcomes))
    return {"@context": writer.context(), "@graph": writer.reports()}


class _Writer:
    """Writes the triples of validation reports."""

    def __init__(self, triples: list[Triple]) -> None:
        self._facts: dict[BlankNode, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        iris = {triple.predicate.value for triple in triples}
        for subject, predicate, value in triples:
            assert isinstance(subject, BlankNode) and not isinstance(value, Triple)
            self._facts[subject][predicate].append(value)
            iris.add(value.datatype.value if isinstance(value, Literal) else value.value)
        # Where an IRI begins like a compact name, the prefix cannot be used: it would be read as one.
        self._usable = {prefix for prefix in PREFIXES if not any(iri.startswith(f"{prefix}:") for iri in iris)}
        self._used: set[str] = set()

    def reports(self) -> list[Node]:
        return [
            self._node(subject)
            for subject, facts in self._facts.items()
            if SH.ValidationReport in facts.get(RDF.type, ())
        ]

    def context(self) -> Mapping[str, Any]:
        """The words, and the prefixes of the names in the document; they are known once it is written."""
        self.reports()
        words: dict[str, Any] = {}
        for iri, (word, is_iri) in _WORDS.items():
            words[word] = {"@id": iri.value, "@type": "@id"} if is_iri else iri.value
        words["result"] |= {"@container": "@set"}
        words["resultMessage"] = {"@id": SH.resultMessage.value, "@container": "@language"}
        prefixes = {prefix: str(PREFIXES[prefix]) for prefix in sorted(self._used)}
        return {"@version": 1.1, **prefixes, "id": "@id", "type": "@type", **words}

    def _node(self, subject: BlankNode) -> Node:
        node: Node = {}
        for predicate, values in self._facts[subject].items():
            if predicate == RDF.type:
                node["type"] = self._compact(values[0])
                continue
            word, is_iri = _WORDS[predicate]
            if predicate == SH.resultMessage:
                node[word] = {text.language or "@none": text.value for text in values if isinstance(text, Literal)}
            elif predicate == SH.result:
                node[word] = [self._node(value) for value in values if isinstance(value, BlankNode)]
            else:
                node[word] = self._value(values[0], is_iri)
        return node

    def _value(self, value: Term, is_iri: bool) -> Any:
        if isinstance(value, Literal):
            return self._literal(value, is_iri)
        if isinstance(value, BlankNode) and value in self._facts:
            return self._path(value)
        name = f"_:{value.value}" if isinstance(value, BlankNode) else self._compact(value)
        return name if is_iri else {"id": name}

    def _path(self, node: BlankNode) -> Node:
        """The structure of a path; results that share it repeat it under the same name."""
        parts = {self._compact(p): self._value(values[0], False) for p, values in self._facts[node].items()}
        return {"id": f"_:{node.value}", **parts}

    def _literal(self, value: Literal, is_iri: bool) -> Any:
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype == XSD.string:
            return {"@value": value.value} if is_iri else value.value
        if value.datatype == XSD.boolean and value.value in ("true", "false"):
            return value.value == "true"
        return {"@value": value.value, "@type": self._compact(value.datatype)}

    def _compact(self, term: Term) -> str:
        name = compact(term.value)
        prefix = name.partition(":")[0]
        if name == term.value or prefix not in self._usable:
            return term.value
        self._used.add(prefix)
        return name
