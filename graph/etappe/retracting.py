"""The use case of taking an accepted document back: it leaves the answers and stays in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from etappe.archive import Event
from etappe.errors import NotFound, Refused
from etappe.model import Document, subject_of
from etappe.namespaces import RDF
from etappe.projection import archived_triples
from etappe.store import Bindings
from etappe.workspace import Workspace


def retract(workspace: Workspace, name: str, *, by: str, reason: str, document: Document = Document.REPORT) -> Event:
    """Take back an accepted report, or a registry document.

    Raises:
        NotFound: none is accepted under that name.
        Refused: other documents speak of what it alone describes; they have to go or change first.
    """
    event = workspace.archive.accepted(document.value, name)
    if event is None:
        known = ", ".join(sorted(e.id for e in workspace.archive.current() if e.document == document.value)) or "none"
        raise NotFound(f"no accepted {document.value} is called {name!r}; known are: {known}")
    users = list(_users(workspace, event))
    if users:
        shown = "; ".join(users[:5]) + ("; …" if len(users) > 5 else "")
        raise Refused(f"{name} cannot be retracted while others speak of what it alone describes: {shown}")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = workspace.archive.append(replace(event, kind="retracted", at=at, by=by, reason=reason, supersedes=()))
    workspace.project(first=kept.number)
    return kept


def _users(workspace: Workspace, event: Event) -> Iterator[str]:
    """What is described by this document alone, and in which other graph it is spoken of."""
    archive, base = workspace.archive, workspace.base
    described = _described(workspace, event)
    for other in archive.current():
        if other != event:
            described -= _described(workspace, other)
    if not described:
        return
    things = " ".join(f"<{iri}>" for iri in sorted(described))
    own = f"{base}/graph/report/{event.id}/{event.revision}" if event.document == Document.REPORT.value else ""
    found = workspace.store.query(
        f"SELECT DISTINCT ?thing ?g {{ VALUES ?thing {{ {things} }} GRAPH ?g {{ ?s ?p ?thing }} }} ORDER BY ?thing ?g"
    )
    assert isinstance(found, Bindings)
    ours = {subject_of(triple) for triple in archived_triples(archive, event, base)}
    for row in found:
        thing, graph = row["thing"], row["g"]
        assert isinstance(thing, NamedNode) and isinstance(graph, NamedNode)
        if graph.value.startswith(f"{base}/graph/report/") and graph.value != own and thing.value in ours:
            yield f"{thing.value.removeprefix(base + '/id/')} in {graph.value.removeprefix(base + '/graph/report/')}"


def _described(workspace: Workspace, event: Event) -> set[str]:
    """The things that a document says what they are."""
    triples = archived_triples(workspace.archive, event, workspace.base)
    return {subject_of(triple) for triple in triples if triple.predicate == RDF.type}
