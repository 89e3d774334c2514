"""What can be chosen on the command line. Knows no library for options, since ``validate`` has to start at once."""

from __future__ import annotations

import getpass
import os
from enum import StrEnum

from etappe.errors import UsageError

#: model.DEFAULT_BASE, without importing the model.
DEFAULT_BASE = "https://etappe.example"


class Language(StrEnum):
    """Languages of messages and labels."""

    DE = "de"
    EN = "en"


class TableFormat(StrEnum):
    """Forms of an answer."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    MARKDOWN = "markdown"


class DraftFormat(StrEnum):
    """Forms of a draft."""

    YAML = "yaml"
    JSON = "json"


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
    RETRACTED = "retracted"
    REJECTED = "rejected"


class NetworkOf(StrEnum):
    """What people are linked with."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    TOPICS = "topics"


class NetworkFormat(StrEnum):
    """Forms of a network."""

    TABLE = "table"
    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"
    CSV = "csv"


class ProposalFormat(StrEnum):
    """Forms of proposals."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class ProposalKind(StrEnum):
    """Kinds of thing that are proposed as one."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    STOP = "stop"


def user() -> str:
    """Who is at work here."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "unknown"


def default_language() -> str:
    """The language of the environment: German where it says so, else English."""
    tag = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "de" if tag.lower().startswith("de") else "en"


def base_iri(value: str) -> str:
    """A base without its last slash.

    Raises:
        UsageError: it is no address.
    """
    base = value.rstrip("/")
    if not base.startswith(("http://", "https://")) or any(sign in base for sign in ' <>"{}|^`\\'):
        raise UsageError(f"{value!r} cannot be a base; it must be an address such as https://data.example")
    return base


def store_address(value: str | None) -> str | None:
    """The address of a store, where one is given.

    Raises:
        UsageError: it is none.
    """
    if not value:
        return None
    from etappe.store.address import read_address  # few commands have a store elsewhere

    read_address(value)
    return value
