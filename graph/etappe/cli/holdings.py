"""``reports`` and ``export``: what a data folder holds."""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from etappe.archive import Archive, Event
from etappe.cli.choices import ExportFormat, ReportState
from etappe.cli.screen import err, out, table
from etappe.cli.texts import say
from etappe.errors import NotFound, UsageError
from etappe.model import Document, Report, Source
from etappe.namespaces import PREFIXES
from etappe.projection import archived_triples, state_graph
from etappe.reading.writing import write_short
from etappe.workspace import Workspace, open_workspace

_FORMATS = {
    ExportFormat.NQUADS: RdfFormat.N_QUADS,
    ExportFormat.TRIG: RdfFormat.TRIG,
    ExportFormat.TURTLE: RdfFormat.TURTLE,
    ExportFormat.NTRIPLES: RdfFormat.N_TRIPLES,
}


def list_reports(data: Path, base: str, language: str, state: ReportState | None, store: str | None = None) -> None:
    """One line for each document and state."""
    with open_workspace(data, base=base, store=store) as workspace:
        rows = [
            (
                event.document,
                event.id,
                say(language, f"state.{name}"),
                str(event.revision),
                event.at,
                event.by,
                event.reason or "",
            )
            for name, event in _states(workspace.archive)
            if state is None or name == state.value
        ]
    heads = ["", *(say(language, key) for key in ("report", "state", "revision", "since", "by", "why"))]
    out().print(table(heads, rows) if rows else say(language, "no-rows"))


def _states(archive: Archive) -> list[tuple[str, Event]]:
    """Each document with its state: what is accepted, what it replaced, what was taken back, what waits."""
    named = []
    for event in archive.events:
        if event.kind == "accepted":
            current = archive.accepted(event.document, event.id) == event
            named.append(("accepted" if current else "superseded", event))
        elif event.kind == "retracted":
            named.append(("retracted", event))
    waiting = [("waiting", event) for event in archive.waiting()]
    return named + waiting + [("rejected", event) for event in archive.rejected()]


def export_data(
    report: str | None,
    data: Path,
    base: str,
    format_: ExportFormat,
    output: Path | None,
    store: str | None = None,
) -> None:
    """Everything, or one report, to a file or to standard output."""
    with open_workspace(data, base=base, store=store) as workspace:
        if report is not None:
            content = _one(workspace, report, format_)
        elif format_ is ExportFormat.YAML:
            raise UsageError("the short form holds one report; name it: etappe export REPORT --format yaml")
        else:
            content = _all(workspace, format_)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise UsageError(f"cannot be written ({(error.strerror or str(error)).lower()})", file=output) from error
    err().print(str(output), markup=False)


def _all(workspace: Workspace, format_: ExportFormat) -> bytes:
    rdf_format = _FORMATS[format_]
    state = state_graph(workspace.base)  # says how far this store has come, and nothing about the world
    quads = [quad for quad in workspace.store.quads() if quad.graph_name != state]
    if rdf_format.supports_datasets:
        return serialize(sorted(quads, key=str), format=rdf_format, prefixes=PREFIXES) or b""
    triples = {quad.triple for quad in quads}
    return serialize(sorted(triples, key=str), format=rdf_format, prefixes=PREFIXES) or b""


def _one(workspace: Workspace, name: str, format_: ExportFormat) -> bytes:
    event = workspace.archive.accepted("report", name) or workspace.archive.accepted("registry", name)
    if event is None:
        known = ", ".join(sorted(event.id for event in workspace.archive.current())) or "none"
        raise NotFound(f"no accepted report is called {name!r}; known are: {known}")
    triples = archived_triples(workspace.archive, event, workspace.base)
    iri = NamedNode(f"{workspace.base}/id/{event.document}/{event.id}")
    if format_ is not ExportFormat.YAML:
        rows = sorted(triples, key=str)
        rdf_format = _FORMATS[format_]
        if rdf_format.supports_datasets:
            graph = NamedNode(f"{workspace.base}/graph/report/{event.id}/{event.revision}")
            quads = [Quad(t.subject, t.predicate, t.object, graph) for t in rows]
            return serialize(quads, format=rdf_format, prefixes=PREFIXES) or b""
        return serialize(rows, format=rdf_format, prefixes=PREFIXES) or b""
    text = workspace.archive.get(event.text).decode() if event.text else None
    source = Source(event.name, event.media_type, b"")
    report = Report(iri, Document(event.document), frozenset(triples), text, source, base=workspace.base)
    return write_short(report).encode()
