"""Whose things a document may describe: what belongs to another report can only be described by that report."""

from __future__ import annotations

from etappe.errors import UnsafeInput
from etappe.model import Report, subject_of
from etappe.reading.keys import KINDS

_LOCAL = frozenset({kind.name for kind in KINDS.values() if kind.local} | {"evidence", "node"})
_DOCUMENTS = frozenset({"report", "registry"})


def check_ownership(report: Report) -> None:
    """See that every subject is the document itself, a thing of its own, or a thing that reports share.

    Raises:
        UnsafeInput: it describes another document, or the photo, participation or item of another report.
    """
    for triple in report.triples:
        subject = subject_of(triple)
        kind, _, name = subject.removeprefix(f"{report.base}/id/").partition("/")
        foreign = subject != report.iri.value if kind in _DOCUMENTS else not name.startswith(f"{report.slug}.")
        if foreign and kind in _LOCAL | _DOCUMENTS:
            raise UnsafeInput(
                f"describes {kind}/{name}, which belongs to another document; only that one may",
                file=report.source.name,
                position=report.positions.get((subject, None)),
            )
