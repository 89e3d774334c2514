"""The use case of changing graphs of reports: what each would hold goes through the gate as a whole report again.

All of them are admitted, each as the next revision, or none. How the change is written (SPARQL Update, the Graph Store
Protocol) is somebody else's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from etappe.admission import already_there, event_of, strictness_of, superseding
from etappe.archive import Event
from etappe.errors import EtappeError, Refused
from etappe.model import Document, Outcome, Report, Severity, Source
from etappe.projection import admission_triples, canonical, report_graph
from etappe.reading import read_source
from etappe.registry import Registry
from etappe.store.oxigraph import OxigraphStore
from etappe.validation.reports import validate
from etappe.workspace import Workspace


class Protected(EtappeError):
    """A graph, or a statement, that nobody changes in this way."""

    exit_code = 1
    http_status = 403


class NotConforming(Refused):
    """Reports that did not pass the gate. ``outcomes`` has one for each that was to change."""

    http_status = 422

    def __init__(self, message: str, outcomes: Iterable[Outcome]) -> None:
        super().__init__(message)
        self.outcomes = tuple(outcomes)


@dataclass(frozen=True)
class _Draft:
    """A report as it would be, and the event of what it replaces."""

    report: Report
    earlier: Event | None
    outcome: Outcome


def revise(
    workspace: Workspace, graphs: Mapping[str, Iterable[Triple]], *, by: str, accept_warnings: str | None = None
) -> list[Event]:
    """Let graphs of reports hold other triples. When this returns, all of them are in archive and store.

    A graph that would hold what it holds already is left as it is.

    Args:
        graphs: IRIs of graphs (the default graph has an empty one), and all that each is to hold. A graph of revision
            1 of a report that is not there yet makes the report.
        by: who changes them, kept in the archive.
        accept_warnings: the reason for which warnings are accepted; without one they stand against admission.

    Raises:
        Protected: other graphs would change, a report would vanish, or what a graph says of its admission would.
        Refused: a graph is not the present revision of its report, or holds another report.
        ReadingError: what a graph would hold is no report.
        NotConforming: at least one report does not pass.
    """
    _refuse_others(workspace, graphs)
    registry = workspace.registry()
    drafts = [
        draft for name, triples in sorted(graphs.items()) if (draft := _draft(workspace, registry, name, [*triples]))
    ]
    least = Severity.VIOLATION if accept_warnings is not None else Severity.WARNING
    faulty = [draft for draft in drafts if draft.outcome.at_least(least)]
    if faulty:
        names = ", ".join(draft.report.slug for draft in faulty)
        way = "mend them" if least is Severity.VIOLATION else "mend them, or accept warnings with a reason"
        raise NotConforming(
            f"nothing was changed, for not every report passes the gate: {names}; {way}",
            (draft.outcome for draft in drafts),
        )
    if not drafts:
        return []
    events = workspace.archive.append_all([_event(workspace, draft, by, accept_warnings) for draft in drafts])
    workspace.project(first=events[0].number)
    return events


def graph_of(workspace: Workspace, event: Event) -> NamedNode:
    """The graph of what an event admitted."""
    return report_graph(workspace.base, event)


def _refuse_others(workspace: Workspace, graphs: Mapping[str, Iterable[Triple]]) -> None:
    others = [name or "the default graph" for name in sorted(graphs) if _parts(workspace, name) is None]
    if others:
        raise Protected(
            f"only graphs of reports can be changed in this way, not {', '.join(others[:10])}; nothing was changed"
        )


def _parts(workspace: Workspace, name: str) -> tuple[str, int] | None:
    """Slug and revision of a report's graph."""
    match = re.fullmatch(re.escape(f"{workspace.base}/graph/report/") + r"([^/]+)/([1-9][0-9]{0,8})", name)
    return (match[1], int(match[2])) if match else None


def _draft(workspace: Workspace, registry: Registry, name: str, triples: list[Triple]) -> _Draft | None:
    """The report that a graph would hold; nothing where it is the one that it holds."""
    parts = _parts(workspace, name)
    assert parts is not None
    slug, revision = parts
    earlier = workspace.archive.accepted(Document.REPORT.value, slug)
    present = earlier.revision if earlier is not None else 1
    if revision != present:
        there = f"is {workspace.base}/graph/report/{slug}/{present}" if earlier else "does not exist, it begins with 1"
        raise Refused(f"{name} is not the present revision; that {there}")
    stated = _without_admission(workspace, name, earlier, triples)
    if earlier is not None:
        if not stated:
            raise Protected(f"{name} would hold no report any more; to retract a report is a decision of its own")
        present_triples = workspace.store.triples(report_graph(workspace.base, earlier))
        if stated == _without_admission(workspace, name, earlier, [*present_triples]):
            return None
    elif not stated:
        return None
    report = _read(workspace, registry, slug, earlier, stated)
    outcome = validate(report, registry, strictness=strictness_of(workspace.folder))
    known = already_there(workspace, report, None) if earlier is None else ()
    outcome = replace(outcome, findings=(*known, *superseding(workspace, report), *outcome.findings))
    return _Draft(report, earlier, outcome)


def _without_admission(
    workspace: Workspace, name: str, earlier: Event | None, triples: list[Triple]
) -> frozenset[Triple]:
    """What a graph holds beside what it says of its own admission.

    The gate says it anew of the new revision, so it may be left out; but nobody may say anything else.
    """
    itself = NamedNode(name)
    about = _kept(triple for triple in triples if triple.subject == itself)
    admitted = _kept(admission_triples(workspace.base, earlier)) if earlier is not None else frozenset[Triple]()
    if about - admitted:
        raise Protected(f"what {name} says of itself is written by the gate alone; leave it as it is")
    return _kept(triple for triple in triples if triple.subject != itself)


def _kept(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Triples as a store keeps them, numbers and times in a form of its own; only so they can be compared."""
    with OxigraphStore() as store:
        store.fill(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
        return frozenset(store.triples(DefaultGraph()))


def _read(
    workspace: Workspace, registry: Registry, slug: str, earlier: Event | None, triples: frozenset[Triple]
) -> Report:
    """The report in triples, with the text that the archive has for it."""
    text = workspace.archive.get(earlier.text).decode() if earlier is not None and earlier.text is not None else None
    source = Source(f"{slug}.nt", "application/n-triples", canonical(triples), {})
    report = read_source(source, registry=registry, base=workspace.base, text=text)
    if (report.document, report.slug) != (Document.REPORT, slug):
        raise Refused(f"the graph of the report {slug} would hold the {report.document.value} {report.slug}")
    return report


def _event(workspace: Workspace, draft: _Draft, by: str, accept_warnings: str | None) -> Event:
    reason = accept_warnings if draft.outcome.at_least(Severity.WARNING) else None
    outcome = draft.outcome.with_acceptance(reason) if reason is not None else draft.outcome
    return event_of(workspace, draft.report, outcome, "accepted", by, reason)
