"""The use case of deciding about identity: checked, archived with person, time and reason, in all answers at once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from etappe.archive import IDENTITY, Event
from etappe.errors import Refused
from etappe.identity.decisions import Decision, Identity, Kind
from etappe.model import Document, Finding, Report, Severity, Source
from etappe.projection import archived_triples
from etappe.registry import Registry
from etappe.things import find
from etappe.validation.reports import validate
from etappe.workspace import Workspace


def decide(workspace: Workspace, kind: Kind, old: str, kept: str, *, by: str, reason: str) -> Event:
    """Take a decision. When this returns, it is in the archive and in every answer.

    Args:
        old, kept: things by IRI, slug or name; ``old`` is the one that is replaced. A thing that was replaced before is
            given by kind and slug, such as ``person/c-flore``.

    Raises:
        NotFound: no such thing.
        UsageError: it is no kind of thing that can be merged.
        Refused: it contradicts earlier decisions, or the registry: two people would hold one post at once (C24).
    """
    identity = workspace.archive.identity
    decision = Decision(kind, _name(workspace, identity, old), _name(workspace, identity, kept))
    identity.check(decision)
    if kind is Kind.MERGE:
        _check_registry(workspace, decision)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    said = json.dumps(
        {"decision": kind.value, "old": decision.old, "kept": decision.kept, "reason": reason, "by": by, "at": at},
        ensure_ascii=False,
        sort_keys=True,
    )
    name = workspace.archive.put(said.encode())
    event = Event(
        kind=kind.value,
        document=IDENTITY,
        id=decision.old,
        revision=1,
        name=decision.kept,
        media_type="application/json",
        source=name,
        graph=name,
        text=None,
        outcome=name,
        base=workspace.base,
        at=at,
        by=by,
        reason=reason,
    )
    kept_event = workspace.archive.append(event)
    workspace.project(first=kept_event.number)
    return kept_event


def _name(workspace: Workspace, identity: Identity, given: str) -> str:
    """The thing without base; a replaced one, which the store knows no more, as it is written."""
    start = f"{workspace.base}/id/"
    bare = given.removeprefix(start)
    if bare in identity.merged:
        return bare
    return find(workspace.store, workspace.base, given).value.removeprefix(start)


def _check_registry(workspace: Workspace, decision: Decision) -> None:
    """Whether the registry would break its own rules if the two were one."""
    archive = workspace.archive
    before = archive.identity
    after = Identity([*archive.decisions, decision])
    new = _faults(workspace, after) - _faults(workspace, before)
    if new:
        sentences = " ".join(sorted(new))
        raise Refused(f"{decision.old} and {decision.kept} cannot be one: {sentences}")


def _faults(workspace: Workspace, identity: Identity) -> Counter[str]:
    """Violations of the whole registry, were these its names."""
    archive, base = workspace.archive, workspace.base
    triples = frozenset(
        triple
        for event in archive.current()
        if event.document == Document.REGISTRY.value
        for triple in identity.apply(archived_triples(archive, event, base), base)
    )
    iri = NamedNode(f"{base}/id/registry/whole")
    report = Report(iri, Document.REGISTRY, triples, None, Source("registry", "text/turtle", b""), base=base)
    outcome = validate(report, Registry(triples))
    return Counter(_sentence(finding) for finding in outcome.at_least(Severity.VIOLATION))


def _sentence(finding: Finding) -> str:
    return f"{finding.code}: {finding.messages['en']}"
