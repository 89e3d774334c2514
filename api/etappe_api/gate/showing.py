"""Reports as plain values, for JSON, CSV and templates. Who handled a report is told only to those who take part."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any
from urllib.parse import quote

from etappe.archive import Archive
from etappe.model import Severity
from etappe_api.gate.holdings import Version, may_read, outcome_of
from etappe_api.keys import Client, Role

#: Columns of the list as CSV.
COLUMNS = ("document", "id", "state", "revision", "at", "digest", "href", "by", "reason")

Values = dict[str, Any]


def path_of(document: str, identifier: str, room: str = "") -> str:
    """The percent-encoded path of a document; a registry document says so, for it may be called like a report."""
    tail = "" if document == "report" else f"?document={quote(document, safe='')}"
    return f"/reports/{quote(identifier, safe='')}{room}{tail}"


def version_values(version: Version, client: Client) -> Values:
    """One version, as a row of the list."""
    event = version.event
    inside = client.role is not None and client.role.includes(Role.SUBMIT)
    return {
        "document": event.document,
        "id": event.id,
        "state": version.state,
        "revision": event.revision,
        "at": event.at,
        "digest": event.source,
        "href": path_of(event.document, event.id),
        "by": event.by if inside else None,
        "reason": event.reason if inside or version.state in ("accepted", "superseded") else None,
    }


def report_values(archive: Archive, base: str, found: list[Version], version: Version, client: Client) -> Values:
    """One document with all its versions. Counts of findings stand with the version that is meant."""
    event = version.event
    document, identifier = event.document, event.id
    outcome = outcome_of(archive, event)
    counts = Counter(finding.severity for finding in outcome.findings)
    accepted = archive.accepted(document, identifier)
    links = {"findings": path_of(document, identifier, "/findings")}
    if event.text is not None and may_read(client, version):
        links["text"] = path_of(document, identifier, "/text")
    if accepted is not None:
        links["document"] = f"/doc/{document}/{quote(identifier, safe='~')}"
        name = "registry" if document == "registry" else f"report/{identifier}/{accepted.revision}"
        links["graph"] = f"/graphs?graph={quote(f'{base}/graph/{name}', safe='')}"
    return {
        **version_values(version, client),
        "iri": f"{base}/id/{document}/{identifier}",
        "file": event.name if may_read(client, version) else None,
        "media_type": event.media_type,
        "conforms": outcome.conforms,
        "findings": {severity.name.lower(): counts[severity] for severity in reversed(Severity)},
        "versions": [version_values(each, client) for each in found],
        "links": links,
    }


def rows_as_csv(rows: list[Values]) -> str:
    """The list as CSV (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([row[name] if row[name] is not None else "" for name in COLUMNS] for row in rows)
    return buffer.getvalue()
