"""A document as CSV (RFC 4180): a row for each statement and each graph that makes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from etappe.model import Term
from etappe.namespaces import PROV, compact
from etappe.store import Store
from etappe_api.linked_data.entities import Entity
from etappe_api.linked_data.facts import Facts
from etappe_api.linked_data.showing import Names

HEADS = ("property", "value", "label", "language", "report")


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with a head."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return buffer.getvalue()


def entity_csv(store: Store, base: str, entity: Entity, language: str) -> str:
    """What is said of a thing, then what points to it (``^property``), as ``property,value,label,language,report``.

    ``language`` is that of a text, or of the label where the value is a thing; ``report`` is the report that says so,
    or the graph of the registry.
    """
    facts = Facts(entity.statements(store))
    iri = entity.iri.value
    said = [(compact(s.property), s.value, s.graph) for s in facts.of(iri)]
    pointing: list[tuple[str, Term, str]] = [
        (f"^{compact(s.property)}", NamedNode(s.subject), s.graph)
        for node, name in entity.pointers
        for s in facts.of(node.value)
        if s.property == name.value and s.value == entity.iri
    ]
    rows = [*said, *pointing]
    names = Names(store, base, language, {value.value for _, value, _ in rows if isinstance(value, NamedNode)})
    return csv_text(
        HEADS,
        (_row(name, value, facts.text(graph, PROV.wasDerivedFrom) or graph, names) for name, value, graph in rows),
    )


def _row(name: str, value: Term, report: str, names: Names) -> tuple[str, ...]:
    if isinstance(value, Literal):
        return name, value.value, "", value.language or "", report
    return name, value.value, *names.label(value.value), report
