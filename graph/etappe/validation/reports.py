"""Reports against the shapes: ``validate(report, registry) -> Outcome``. Which engine decides is hidden behind it."""

from __future__ import annotations

from etappe.model import Outcome, Profile, Report
from etappe.registry import Registry
from etappe.validation import engine
from etappe.validation.checks import checks
from etappe.validation.findings import findings, ordered
from etappe.validation.graph import validation_graph
from etappe.validation.shapes import shapes_graph
from etappe.validation.strictness import AS_WRITTEN, Strictness


def validate(
    report: Report,
    registry: Registry,
    profile: Profile = Profile.INGEST,
    strictness: Strictness = AS_WRITTEN,
    *,
    deadline: float = engine.DEADLINE,
) -> Outcome:
    """The verdict on a report: SHACL over report, registry slice and class tree as one graph, then the checks in code.

    Args:
        strictness: which warnings are violations.
        deadline: seconds that a large report may take.

    A fault of the registry in things that the report does not describe is not held against it.

    Raises:
        EngineError: the engine failed; nothing is known about the report.
    """
    graph = validation_graph(report, registry)
    checked, name = engine.check(graph, shapes_graph(), deadline=deadline)
    found = [*findings(report, graph, checked.results, profile), *checks(report)]
    return Outcome(report.iri, report.source.name, profile, name, ordered(strictness.applied(found, graph)))
