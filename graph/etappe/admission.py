"""The use case: read, validate, archive, project. Nothing enters the graph by another way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from etappe.archive import Event
from etappe.errors import EtappeError, Refused, StoreUnavailable
from etappe.model import Document, Finding, Outcome, Report, Severity, Source, digest
from etappe.namespaces import DCTERMS, PROV
from etappe.projection import archived_triples, canonical, rebased, registry_graph
from etappe.reading import read_source
from etappe.reading.archives import Input
from etappe.reading.documents import parted, registry_with
from etappe.reading.files import load
from etappe.registry import Registry
from etappe.validation.formats import to_json
from etappe.validation.reports import validate
from etappe.validation.strictness import AS_WRITTEN, Strictness, read_strictness
from etappe.workspace import Workspace


class State(Enum):
    """What became of a document at the gate."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    WAITING = "waiting"


@dataclass(frozen=True)
class Admission:
    """The result of one document at the gate.

    ``event``: what the archive says of it; for what waits this may be an earlier rejection of the very same version.
    """

    path: str
    report: Report
    state: State
    outcome: Outcome
    event: Event | None = None


def admit_all(
    workspace: Workspace, inputs: Iterable[Input], *, by: str, accept_warnings: str | None = None
) -> Iterator[tuple[str, Admission | EtappeError]]:
    """Take files through the gate one by one, registry documents first.

    A file that cannot be read is answered with its error and does not stop the others.
    """
    documents, reports = parted(inputs, workspace.base)
    known = workspace.store.triples(registry_graph(workspace.base))
    registry = registry_with(known, documents, workspace.base)
    for files in (documents, reports):
        for item in files:
            try:
                source = item.load()
                yield item.name, admit(workspace, source, by=by, accept_warnings=accept_warnings, registry=registry)
            except StoreUnavailable:
                raise
            except EtappeError as error:
                yield item.name, error
        registry = workspace.registry()  # for reports, only what was accepted counts


def admit(
    workspace: Workspace,
    source: Source,
    *,
    by: str,
    accept_warnings: str | None = None,
    revision: str | None = None,
    registry: Registry | None = None,
) -> Admission:
    """Take one document through the gate into archive and store. When this returns ``ACCEPTED``, it is on disk.

    A document that does not pass waits in the archive with its findings and touches no graph.

    Args:
        by: who admits it, kept in the archive.
        accept_warnings: the reason for which its warnings are accepted; without one a report with warnings waits.
        revision: the reason for which it takes the place of what was accepted under its id; without one, a report with
            other facts is refused (O6).
        registry: the registry of the workspace, where the caller has it at hand.

    Raises:
        ReadingError: the file cannot be read; nothing was kept.
    """
    registry = registry or workspace.registry()
    report = read_source(source, registry=registry, base=workspace.base)
    outcome = validate(report, registry, strictness=strictness_of(workspace.folder))
    return admit_checked(workspace, report, outcome, by=by, accept_warnings=accept_warnings, revision=revision)


def admit_checked(
    workspace: Workspace,
    report: Report,
    outcome: Outcome,
    *,
    by: str,
    accept_warnings: str | None = None,
    revision: str | None = None,
) -> Admission:
    """The same for a document that was read and validated elsewhere, against the registry as it still stands."""
    source = report.source
    earlier = workspace.archive.accepted(report.document.value, report.slug)
    if earlier is not None and _graph_digest(workspace, earlier) == digest(canonical(report.triples)):
        return Admission(source.name, report, State.KNOWN, outcome, earlier)
    there = already_there(workspace, report, earlier if revision is None else None)
    outcome = replace(outcome, findings=(*there, *superseding(workspace, report), *outcome.findings))
    warnings = outcome.at_least(Severity.WARNING)
    passed = outcome.conforms and (not warnings or accept_warnings is not None)
    accepted = accept_warnings if passed and warnings else None
    outcome = outcome.with_acceptance(accepted) if accepted is not None else outcome
    reason = "; ".join(filter(None, (revision, accepted))) or None if passed else None
    event = _keep(workspace, report, outcome, "accepted" if passed else "waiting", by, reason)
    workspace.project(first=event.number)
    return Admission(source.name, report, State.ACCEPTED if passed else State.WAITING, outcome, event)


def archived_report(
    event: Event, source: bytes, graph: bytes, text: bytes | None, *, registry: Registry, base: str
) -> Report:
    """The document that an event of the archive is about, from the objects that the event names.

    Its triples are those that were archived. Places in the file are known where reading it again gives the same.
    """
    said = text.decode() if text is not None else None
    origin = Source(event.name, event.media_type, source, {})
    triples = frozenset(rebased(quad.triple, event.base, base) for quad in parse(graph, format=RdfFormat.N_TRIPLES))
    with suppress(EtappeError):  # the registry may have changed, in whose words it was read
        again = read_source(origin, registry=registry, base=base, text=said)
        if again.triples == triples:
            return again
    iri = NamedNode(f"{base}/id/{event.document}/{event.id}")
    return Report(iri, Document(event.document), triples, said, origin, base=base)


def accept_waiting(
    workspace: Workspace, event: Event, report: Report, outcome: Outcome, *, by: str, reason: str
) -> Admission:
    """A person's decision to admit what waits, its warnings accepted for a reason.

    Args:
        report, outcome: the document of that event, validated against the registry as it stands.

    Raises:
        Refused: something else waits by now, or there is a violation, which nobody can accept.
    """
    _still_waiting(workspace, event)
    earlier = workspace.archive.accepted(event.document, event.id)
    found = replace(outcome, findings=(*already_there(workspace, report, earlier), *outcome.findings))
    if not found.conforms:
        codes = ", ".join(dict.fromkeys(finding.code for finding in found.at_least(Severity.VIOLATION)))
        raise Refused(f"{event.id} has violations ({codes}), which nobody can accept; it must be mended and sent again")
    return admit_checked(workspace, report, outcome, by=by, accept_warnings=reason)


def reject_waiting(workspace: Workspace, event: Event, *, by: str, reason: str) -> Event:
    """A person's decision against what waits: it leaves the queue, and the archive keeps it with the reason.

    Raises:
        Refused: something else waits by now.
    """
    _still_waiting(workspace, event)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = workspace.archive.append(replace(event, kind="rejected", at=at, by=_text(by), reason=_text(reason)))
    workspace.project(first=kept.number)
    return kept


def _still_waiting(workspace: Workspace, event: Event) -> None:
    if workspace.archive.refused(event.document, event.id) != event:
        raise Refused(f"the version of {event.id} that was decided on does not wait any more; look at it again")


def strictness_of(folder: Path) -> Strictness:
    """How strict the office of a data folder is: what its ``strict.yaml`` says, where it has one."""
    path = folder / "strict.yaml"
    return read_strictness(load(path)) if path.exists() else AS_WRITTEN


def _graph_digest(workspace: Workspace, event: Event) -> str:
    """The digest of an accepted document under the base of this workspace."""
    if event.base == workspace.base:
        return event.graph
    return digest(canonical(archived_triples(workspace.archive, event, workspace.base)))


def already_there(workspace: Workspace, report: Report, earlier: Event | None) -> Iterator[Finding]:
    """Check O6: the same report, or the same text, is there with other facts. A registry document may change."""
    if report.document is Document.REGISTRY:
        return
    same_text = workspace.archive.with_text(digest(report.text)) if report.text is not None else None
    if earlier is not None:
        yield _o6(
            report,
            de=f"Der Bericht „{earlier.id}“ wurde am {earlier.at[:10]} mit anderen Angaben angenommen; geben Sie "
            "diesem eine andere Kennung, nehmen Sie die Unterschiede zurück, oder lassen Sie ihn als neue Fassung "
            "gelten: etappe revise.",
            en=f"The report {earlier.id!r} was accepted on {earlier.at[:10]} with other facts; give this one another "
            "id, take the differences back, or let it count as a new revision: etappe revise.",
        )
    elif same_text is not None and same_text.id not in (report.slug, *_revised(report)):
        day, other = same_text.at[:10], same_text.id
        yield _o6(
            report,
            de=f"Derselbe Text wurde am {day} als Bericht „{other}“ angenommen; zu einem Text gehört nur ein Bericht.",
            en=f"The same text was accepted on {day} as the report {other!r}; a text has only one report.",
        )


def _o6(report: Report, *, de: str, en: str) -> Finding:
    position = report.positions.get((report.iri.value, None))
    return Finding("O6", Severity.VIOLATION, {"de": de, "en": en}, focus=report.iri, position=position)


def superseding(workspace: Workspace, report: Report) -> Iterator[Finding]:
    """Check O7: what a report says it revises is there, is no later revision of itself, and is the publisher's own."""
    publishers = _objects(report.triples, report.iri, DCTERMS.publisher)
    for slug in _revised(report):
        event = workspace.archive.accepted(Document.REPORT.value, slug)
        if event is None:
            if workspace.archive.next_revision(Document.REPORT.value, slug) == 1:
                yield _o7(
                    report,
                    de=f"Der Bericht „{slug}“, den dieser berichtigt, ist nicht bekannt; nehmen Sie ihn zuerst auf, "
                    "oder lassen Sie „revises“ weg.",
                    en=f"The report {slug!r} that this one revises is not known; ingest it first, or leave "
                    "'revises' out.",
                )
            continue
        triples = archived_triples(workspace.archive, event, workspace.base)
        other = NamedNode(f"{workspace.base}/id/report/{slug}")
        if report.iri.value in _objects(triples, other, PROV.wasRevisionOf):
            yield _o7(
                report,
                de=f"Der Bericht „{slug}“ berichtigt selbst diesen; einer von beiden ist der spätere.",
                en=f"The report {slug!r} itself revises this one; only one of them can be the later one.",
            )
        elif not publishers & _objects(triples, other, DCTERMS.publisher):
            yield _o7(
                report,
                Severity.WARNING,
                de=f"Der Bericht „{slug}“ eines anderen Herausgebers verschwindet mit diesem aus den Antworten.",
                en=f"The report {slug!r} of another publisher leaves the answers with this one.",
            )


def _revised(report: Report) -> list[str]:
    """Slugs of the reports that it says it revises."""
    start = f"{report.base}/id/report/"
    found = _objects(report.triples, report.iri, PROV.wasRevisionOf)
    return sorted(iri.removeprefix(start) for iri in found if iri.startswith(start) and iri != report.iri.value)


def _objects(triples: Iterable[Triple], subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {
        triple.object.value
        for triple in triples
        if triple.subject == subject and triple.predicate == predicate and isinstance(triple.object, NamedNode)
    }


def _o7(report: Report, severity: Severity = Severity.VIOLATION, *, de: str, en: str) -> Finding:
    position = report.positions.get((report.iri.value, PROV.wasRevisionOf.value))
    return Finding("O7", severity, {"de": de, "en": en}, focus=report.iri, path="prov:wasRevisionOf", position=position)


def event_of(workspace: Workspace, report: Report, outcome: Outcome, kind: str, by: str, reason: str | None) -> Event:
    """The event of a document, its objects kept in the archive, not yet in the log."""
    archive = workspace.archive
    document = report.document.value
    leaving = (*_revised(report), report.slug) if kind == "accepted" and report.document is Document.REPORT else ()
    replaced = [(slug, archive.accepted(document, slug)) for slug in leaving]
    return Event(
        kind=kind,
        document=document,
        id=report.slug,
        revision=archive.next_revision(document, report.slug),
        name=_text(Path(report.source.name).name),
        media_type=report.source.media_type,
        source=archive.put(report.source.data),
        graph=archive.put(canonical(report.triples)),
        text=archive.put(report.text.encode()) if report.text is not None else None,
        outcome=archive.put(
            json.dumps(to_json(outcome), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        ),
        base=report.base,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        by=_text(by),
        reason=_text(reason) if reason is not None else None,
        supersedes=tuple(f"{slug}/{event.revision}" for slug, event in replaced if event is not None),
    )


def _keep(workspace: Workspace, report: Report, outcome: Outcome, kind: str, by: str, reason: str | None) -> Event:
    archive = workspace.archive
    event = event_of(workspace, report, outcome, kind, by, reason)
    refused = archive.refused(event.document, event.id) or archive.rejection(event.document, event.id)
    if kind == "waiting" and refused is not None and (refused.graph, refused.outcome) == (event.graph, event.outcome):
        return refused
    return archive.append(event)


def _text(words: str) -> str:
    """Words from the operating system as text that can be written: bytes that are none become question marks."""
    return words.encode("utf-8", "replace").decode("utf-8")
