"""Reports against the shapes: ``validate(report, registry) -> Outcome``. Which engine decides is hidden behind it."""

from __future__ import annotations

from etappe.model import Outcome, Profile, Report
from etappe.registry import Registry
from etappe.validation.checks import checks
from etappe.validation.findings import findings, grouped, ordered
from etappe.validation.graph import as_turtle, validation_graph
from etappe.validation.shapes import shapes_graph

__all__ = ["grouped", "validate"]


def validate(report: Report, registry: Registry, profile: Profile = Profile.INGEST) -> Outcome:
    """The verdict on a report: SHACL over report, registry slice and class tree as one graph, then the checks in code.

    A fault of the registry in things that the report does not describe is not held against it.

    Raises:
        EngineError: the engine failed; nothing is known about the report.
    """
    from etappe.validation import pyshacl_engine as engine  # loads rdflib, which readers and queries do without

    graph = validation_graph(report, registry)
    results = engine.run(as_turtle(graph), shapes_graph())
    found = ordered([*findings(report, graph, results, profile), *checks(report)])
    return Outcome(report.iri, report.source.name, profile, engine.NAME, found)
