"""What child processes do for the gate: read, check, and write findings down. No state, no store, no archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse

from etappe.admission import archived_report
from etappe.archive import Event
from etappe.errors import EngineError, EtappeError
from etappe.model import Outcome, Profile, Report
from etappe.reading import read_source
from etappe.reading.archives import Input
from etappe.reading.documents import parted, registry_with
from etappe.registry import Registry
from etappe.sources.model import PhotoFile
from etappe.validation.formats import render, to_json
from etappe.validation.formats.plain_json import error_to_json
from etappe.validation.reports import validate
from etappe.validation.strictness import Strictness
from etappe_api.gate.errors import TooLarge
from etappe_api.gate.submissions import Submission, Unpacked


@dataclass(frozen=True)
class Terms:
    """What reports are held against.

    Attributes:
        registry: a file with the triples of the registry (N-Triples).
    """

    registry: Path
    base: str
    strictness: Strictness
    deadline: float
    profile: Profile = Profile.INGEST


@dataclass(frozen=True)
class Verdict:
    """One document: its outcome, or why there is none; the document itself where it is to be admitted."""

    name: str
    result: Outcome | EtappeError
    report: Report | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Examined:
    """Documents that are ready to be admitted, and whether reports remain that must be checked after them."""

    verdicts: tuple[Verdict, ...]
    photos: tuple[PhotoFile, ...]
    more: bool


@dataclass(frozen=True)
class Validated:
    """Findings in a form. ``readable``: whether every file could be read; ``error``: of the only file, if not."""

    body: str
    conforms: bool
    readable: bool
    error: EtappeError | None


def validated(submission: Submission, terms: Terms, form: str, language: str) -> Validated:
    """Check what was sent, store nothing, as ``etappe validate`` does: registry documents join the registry.

    Raises as ``Unpacked`` does.
    """
    with Unpacked(submission) as sent:
        documents, reports = parted(sent.items, terms.base)
        registry = registry_with(_registry(terms.registry).triples(), documents, terms.base)
        verdicts = [_verdict(item, registry, terms, keep=False) for item in (*documents, *reports)]
        photos = [photo_values(photo) for photo in sent.photos]
    pairs = [(verdict.name, verdict.result) for verdict in verdicts]
    if form == "json":
        body: Any = {
            "conforms": all(isinstance(result, Outcome) and result.conforms for _, result in pairs),
            "reports": [result_values(name, result) for name, result in pairs],
            "photos": photos,
        }
    else:
        body = render(pairs, form, language)
    errors = [result for _, result in pairs if isinstance(result, EtappeError)]
    conforms = all(isinstance(result, Outcome) and result.conforms for _, result in pairs)
    return Validated(
        body if isinstance(body, str) else _dumped(body),
        conforms,
        not errors,
        errors[0] if len(pairs) == 1 and errors else None,
    )


def examined(submission: Submission, terms: Terms, *, rest: bool) -> Examined:
    """Check what is to be admitted. Where registry documents are among it, only them: reports follow with ``rest``.

    Raises as ``Unpacked`` does.
    """
    with Unpacked(submission) as sent:
        documents, reports = parted(sent.items, terms.base)
        registry = _registry(terms.registry)
        first = bool(documents) and not rest
        if first:
            registry = registry_with(registry.triples(), documents, terms.base)
        verdicts = tuple(_verdict(item, registry, terms, keep=True) for item in (documents if first else reports))
        return Examined(verdicts, tuple(sent.photos), more=first and bool(reports))


def examined_again(event: Event, source: bytes, graph: bytes, text: bytes | None, terms: Terms) -> Verdict:
    """Check an archived document against the registry as it stands now."""
    registry = _registry(terms.registry)
    report = archived_report(event, source, graph, text, registry=registry, base=terms.base)
    outcome = validate(report, registry, terms.profile, terms.strictness, deadline=terms.deadline)
    return Verdict(event.name, outcome, _bare(report))


def written(results: Sequence[tuple[str, Outcome | EtappeError]], form: str, language: str) -> str:
    """Findings in a form of ``etappe.validation.formats``."""
    return render(results, form, language)


def result_values(name: str, result: Outcome | EtappeError) -> dict[str, Any]:
    """One document as plain JSON values."""
    return to_json(result) if isinstance(result, Outcome) else error_to_json(name, result)


def photo_values(photo: PhotoFile) -> dict[str, Any]:
    """What is told of a photo. Its bytes are gone when the request ends."""
    return {
        "name": photo.name,
        "digest": photo.digest,
        "media_type": photo.media_type,
        "width": photo.width,
        "height": photo.height,
        "caption": photo.caption,
        "credit": photo.credit,
        "creators": list(photo.creators),
        "rights": photo.rights,
        "taken": photo.taken,
        "notes": list(photo.notes),
        "kept": False,
    }


def _verdict(item: Input, registry: Registry, terms: Terms, *, keep: bool) -> Verdict:
    try:
        report = read_source(item.load(), registry=registry, base=terms.base)
        outcome = validate(report, registry, terms.profile, terms.strictness, deadline=terms.deadline)
    except TooLarge:
        raise
    except EngineError as error:
        return Verdict(item.name, EngineError(error.message, file=item.name))
    except EtappeError as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None  # frames cannot go to another process
        return Verdict(item.name, error)
    return Verdict(item.name, outcome, _bare(report) if keep else None)


def _bare(report: Report) -> Report:
    """The report without the texts of others that came with it."""
    return replace(report, source=replace(report.source, beside={}))


@lru_cache(maxsize=1)
def _registry(path: Path) -> Registry:
    return Registry(quad.triple for quad in parse(path.read_bytes(), RdfFormat.N_TRIPLES))


def _dumped(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)
