"""Reports against the shapes: ``validate(report, registry) -> Outcome``. Which engine decides is hidden behind it."""

from __future__ import annotations

from etappe.model import Outcome, Profile, Report
from etappe.registry import Registry
from etappe.validation.checks import checks
from etappe.validation.findings import Reader, grouped, ordered
from etappe.validation.merged import validation_graph
from etappe.validation.pyshacl_engine import ENGINE, run
from etappe.validation.shapes import shapes

__all__ = ["grouped", "validate"]


def validate(report: Report, registry: Registry, profile: Profile = Profile.INGEST) -> Outcome:
    """The verdict on a report: SHACL over report, registry slice and class tree as one graph, then the checks in code.

    Findings whose focus node the report does not describe (a fault of the registry) are not held against it.

    Raises:
        EngineError: the engine failed; nothing is known about the report.
    """
    merged = validation_graph(report, registry)
    reader = Reader(report, merged, shapes(), profile)
    found = [finding for result in run(merged) if (finding := reader.finding(result)) is not None]
    return Outcome(report.iri, report.source.name, profile, ENGINE, ordered([*found, *checks(report)]))
