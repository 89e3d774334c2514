"""The gate of a running service: checks in child processes, then, in its turn, a short visit to the writer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from starlette.requests import Request

from etappe.admission import Admission, accept_waiting, admit_checked, reject_waiting, strictness_of
from etappe.archive import Archive, Event
from etappe.errors import Busy, EtappeError, NotFound, Refused
from etappe.model import Outcome, Profile
from etappe.projection import canonical
from etappe.sources.model import PhotoFile
from etappe.workspace import Workspace
from etappe_api.gate.checking import Terms, Validated, Verdict, examined, examined_again, validated, written
from etappe_api.gate.children import Children
from etappe_api.gate.errors import TooLarge
from etappe_api.gate.submissions import Submission
from etappe_api.keys import Client, Role
from etappe_api.service import Service

#: How often a submission is checked again because the registry changed under it.
ATTEMPTS = 3
#: States of the registry that are kept at hand for checks that have begun.
_REGISTRIES = 8

Results = Sequence[tuple[str, Admission | EtappeError]]


class _RegistryChanged(Exception):
    """What was checked was checked against a registry that is not the present one."""


@dataclass(frozen=True)
class Admitted:
    """What became of a submission."""

    results: Results
    photos: tuple[PhotoFile, ...]


class Gatekeeper:
    """One for each service. Reports are read and checked outside the service's own process."""

    def __init__(self, service: Service, children: Children) -> None:
        self.children = children
        self._service = service
        self._registries: OrderedDict[int, Path] = OrderedDict()
        self._lock = asyncio.Lock()

    async def validate(self, submission: Submission, profile: Profile, form: str, language: str) -> Validated:
        """Check and store nothing. Raises as ``Unpacked``, and ``CheckTooLong``."""
        terms, _ = await self._terms(profile)
        found = await self.children.run(validated, submission, terms, form, language)
        if len(found.body) > self._service.settings.max_answer:
            raise TooLarge(
                "there are more findings than an answer may hold; mend the first ones, or send fewer reports"
            )
        return found

    async def admit(self, submission: Submission, client: Client, accept_warnings: str | None) -> Admitted:
        """Check, and admit what passes; what does not pass waits in the queue. Each report is kept whole or not at all.

        Raises:
            EtappeError: as ``Unpacked``; ``CheckTooLong``; ``Busy``; nothing was kept, or whole registry documents.
        """
        results: list[tuple[str, Admission | EtappeError]] = []
        photos: tuple[PhotoFile, ...] = ()
        more, rest = True, False
        while more:
            found = await self._step(submission, client, accept_warnings, rest=rest)
            results += found.results
            photos, (more, rest) = found.photos, (found.more, True)
        return Admitted(results, photos)

    async def decide(self, waiting: Event, client: Client, *, accept: bool, reason: str) -> Event:
        """Accept what waits, with its warnings, or reject it.

        Raises:
            Refused: something else waits by now; it has violations.
        """
        if not accept:
            return await self._service.write(lambda ws: reject_waiting(ws, waiting, by=client.name, reason=reason))
        archive = archive_of(self._service)
        objects = await asyncio.to_thread(_objects, archive, waiting)
        for _ in range(ATTEMPTS):
            terms, stamp = await self._terms(Profile.INGEST)
            verdict = await self.children.run(examined_again, waiting, *objects, terms)
            try:
                return await self._service.write(partial(_accept, stamp, waiting, verdict, client.name, reason))
            except _RegistryChanged:
                continue
        raise _unsettled()

    async def write_down(self, results: Sequence[tuple[str, Outcome | EtappeError]], form: str, language: str) -> str:
        """Findings in a form, written in a child, for there may be very many."""
        return await self.children.run(written, results, form, language)

    async def _step(self, submission: Submission, client: Client, accept_warnings: str | None, *, rest: bool) -> _Step:
        for _ in range(ATTEMPTS):
            terms, stamp = await self._terms(Profile.INGEST)
            found = await self.children.run(examined, submission, terms, rest=rest)
            if not any(verdict.report for verdict in found.verdicts):  # nothing for the writer
                errors = [(v.name, v.result) for v in found.verdicts if isinstance(v.result, EtappeError)]
                return _Step(errors, found.photos, found.more)
            try:
                results = await self._service.write(partial(_admit, stamp, found.verdicts, client, accept_warnings))
            except _RegistryChanged:
                continue
            return _Step(results, found.photos, found.more)
        raise _unsettled()

    async def _terms(self, profile: Profile) -> tuple[Terms, int]:
        """What is checked against now, and the stamp of the registry in it."""
        settings = self._service.settings
        async with self._lock:
            stamp = registry_stamp(self._service.state.archive)
            path = self._registries.get(stamp)
            if path is None:
                registry = await self._service.registry()
                path = self.children.folder / f"registry-{stamp}.nt"
                await asyncio.to_thread(lambda: path.write_bytes(canonical(registry.triples())))
                self._registries[stamp] = path
                if len(self._registries) > _REGISTRIES:
                    self._registries.popitem(last=False)[1].unlink(missing_ok=True)
        strictness = await asyncio.to_thread(strictness_of, settings.data)
        return Terms(path, settings.base, strictness, self.children.deadline, profile), stamp


@dataclass(frozen=True)
class _Step:
    results: Results
    photos: tuple[PhotoFile, ...]
    more: bool


def registry_stamp(archive: Archive | None) -> int:
    """The number of the last event that may have changed the registry: all but what became of reports."""
    events = archive.events if archive is not None else ()
    about_reports = ("accepted", "waiting", "rejected")
    changing = (e for e in reversed(events) if e.document != "report" or e.kind not in about_reports)
    return next((e.number for e in changing if e.kind not in ("waiting", "rejected")), 0)


def archive_of(service: Service) -> Archive:
    """The archive as of now.

    Raises:
        NotFound: a scratch store, which has none.
    """
    if service.state.archive is None:
        raise NotFound("a scratch store keeps no reports; write to it with SPARQL Update or the Graph Store Protocol")
    return service.state.archive


def gatekeeper_of(request: Request) -> Gatekeeper:
    """The gatekeeper of the service that a request belongs to."""
    found = request.app.state.gatekeeper
    assert isinstance(found, Gatekeeper)
    return found


def _admit(
    stamp: int, verdicts: Sequence[Verdict], client: Client, accept_warnings: str | None, workspace: Workspace
) -> list[tuple[str, Admission | EtappeError]]:
    """In the writer: admit what was checked, unless the registry has changed since."""
    if registry_stamp(workspace.archive) != stamp:
        raise _RegistryChanged
    results: list[tuple[str, Admission | EtappeError]] = []
    for verdict in verdicts:
        if verdict.report is None or isinstance(verdict.result, EtappeError):
            assert isinstance(verdict.result, EtappeError)
            results.append((verdict.name, verdict.result))
            continue
        rejected = workspace.archive.rejection(verdict.report.document.value, verdict.report.slug)
        overruled = rejected is not None and not (client.role is not None and client.role.includes(Role.REVIEW))
        accepted = admit_checked(
            workspace,
            verdict.report,
            verdict.result,
            by=client.name,
            accept_warnings=None if overruled else accept_warnings,  # who submits does not overrule a reviewer
        )
        results.append((verdict.name, accepted))
    return results


def _accept(stamp: int, waiting: Event, verdict: Verdict, by: str, reason: str, workspace: Workspace) -> Event:
    """In the writer: admit what waits, unless the registry has changed since it was checked."""
    if registry_stamp(workspace.archive) != stamp:
        raise _RegistryChanged
    if isinstance(verdict.result, EtappeError):
        raise verdict.result
    assert verdict.report is not None
    admission = accept_waiting(workspace, waiting, verdict.report, verdict.result, by=by, reason=reason)
    if admission.event is None or admission.event.kind != "accepted":
        raise Refused(f"{waiting.id} cannot be accepted; look at its findings again")
    return admission.event


def _objects(archive: Archive, event: Event) -> tuple[bytes, bytes, bytes | None]:
    text = archive.get(event.text) if event.text is not None else None
    return archive.get(event.source), archive.get(event.graph), text


def _unsettled() -> Busy:
    return Busy("the registry changes all the time; send it again later")
