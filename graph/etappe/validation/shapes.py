"""The shapes as data: their Turtle text for an engine, and what a finding needs to know of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from etappe import resources
from etappe.model import Severity
from etappe.namespaces import DCTERMS, ET, SH

SEVERITIES = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


@dataclass(frozen=True)
class Shape:
    """A shape or SPARQL constraint: its code, its sentence by language, its severity in each profile."""

    iri: str
    code: str = ""
    messages: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    draft_severity: Severity | None = None


@cache
def texts() -> tuple[str, ...]:
    """The Turtle text of every shapes file, in order of name."""
    files = sorted((resources.folder("ontology") / "shapes").glob("*.ttl"))
    return tuple(path.read_text(encoding="utf-8") for path in files)


@cache
def shapes() -> Mapping[str, Shape]:
    """Everything in the shapes files that has a code, by IRI."""
    said: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for text in texts():
        for quad in parse(text.encode(), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                said[quad.subject.value][quad.predicate.value].append(quad.object)
    return {iri: _shape(iri, values) for iri, values in said.items() if DCTERMS.identifier.value in values}


def _shape(iri: str, values: Mapping[str, list[object]]) -> Shape:
    def severity(predicate: NamedNode) -> Severity | None:
        return next((SEVERITIES[v] for v in values.get(predicate.value, ()) if isinstance(v, NamedNode)), None)

    code = next(v.value for v in values[DCTERMS.identifier.value] if isinstance(v, Literal))
    messages = {
        v.language: v.value for v in values.get(SH.message.value, ()) if isinstance(v, Literal) and v.language
    }
    return Shape(iri, code, messages, severity(SH.severity), severity(ET.draftSeverity))
