"""Options that many commands share."""

from __future__ import annotations

import locale
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etappe.errors import UsageError


class Language(StrEnum):
    """Languages of messages and labels."""

    DE = "de"
    EN = "en"


class ProfileName(StrEnum):
    """Profiles of the gate."""

    INGEST = "ingest"
    DRAFT = "draft"


class FailOn(StrEnum):
    """From which severity on a report fails."""

    VIOLATION = "violation"
    WARNING = "warning"


class FindingFormat(StrEnum):
    """Forms of a validation outcome."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


class TableFormat(StrEnum):
    """Forms of an answer."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    MARKDOWN = "markdown"


class ExportFormat(StrEnum):
    """Forms of an export."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    YAML = "yaml"


class ReportState(StrEnum):
    """States of a report."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    SUPERSEDED = "superseded"


def default_language() -> str:
    """The language of the environment: German where it says so, else English."""
    tag = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "de" if tag.lower().startswith("de") else "en"


def _base(value: str) -> str:
    base = value.rstrip("/")
    if not base.startswith(("http://", "https://")) or any(sign in base for sign in ' <>"{}|^`\\'):
        raise UsageError(f"{value!r} cannot be a base; it must be an address such as https://data.example")
    return base


Data = Annotated[Path, typer.Option("--data", envvar="ETAPPE_DATA", metavar="DIR", help="The data folder.")]
Base = Annotated[
    str, typer.Option("--base", envvar="ETAPPE_BASE", metavar="IRI", callback=_base, help="Base of all IRIs.")
]
Lang = Annotated[
    Language, typer.Option("--lang", envvar="ETAPPE_LANG", default_factory=default_language, help="Language of output.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders or patterns.", show_default=False)]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")]

DATA = Path("etappe-data")
