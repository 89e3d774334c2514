"""Revisions, supersession and retraction, through the gate and out of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import MINIMAL
from etappe.admission import Admission, State, admit
from etappe.errors import NotFound, Refused
from etappe.model import Document, Source
from etappe.projection import whole
from etappe.questions import ask, question
from etappe.retracting import retract
from etappe.store.oxigraph import OxigraphStore
from etappe.workspace import Workspace, open_workspace

CORRECTED = MINIMAL.replace("name: Anna Beispiel}", "name: Anna Beispiel, also called: A. Beispiel}")
LATER = MINIMAL.replace("report: probe", "report: later\nrevises: probe").replace(
    "14. Mai 2018 war die Tour", "14. Mai 2018 war die Tour wirklich"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "data", write=True) as opened:
        yield opened


def take(workspace: Workspace, yaml: str, **options: str) -> Admission:
    return admit(workspace, Source("probe.yaml", "application/yaml", yaml.encode()), by="test", **options)


def persons(workspace: Workspace) -> list[str]:
    return [row.cells[1].text for row in ask(workspace.store, workspace.base, question("CQ11"), {}).rows]


def test_a_report_with_other_facts_waits_unless_it_is_called_a_revision(workspace: Workspace) -> None:
    assert take(workspace, MINIMAL).state is State.ACCEPTED
    refused = take(workspace, CORRECTED)
    assert refused.state is State.WAITING
    assert [finding.code for finding in refused.outcome.findings] == ["O6"]
    revised = take(workspace, CORRECTED, revision="other name added")
    assert revised.state is State.ACCEPTED
    assert revised.event is not None
    assert (revised.event.revision, revised.event.reason) == (2, "other name added")
    graphs = [graph.value for graph in workspace.store.graphs() if "/graph/report/" in graph.value]
    assert graphs == [f"{workspace.base}/graph/report/probe/2"]


def test_a_report_that_revises_another_takes_its_place(workspace: Workspace) -> None:
    take(workspace, MINIMAL)
    later = take(workspace, LATER)
    assert later.state is State.ACCEPTED, later.outcome.findings
    assert later.event is not None
    assert later.event.supersedes == ("probe/1",)
    assert workspace.archive.accepted("report", "probe") is None
    assert [g.value for g in workspace.store.graphs() if "/graph/report/" in g.value] == [
        f"{workspace.base}/graph/report/later/1"
    ]


def test_two_reports_cannot_revise_each_other(workspace: Workspace) -> None:
    take(workspace, MINIMAL)
    take(workspace, LATER)
    circle = take(workspace, MINIMAL.replace("report: probe", "report: probe\nrevises: later"))
    assert circle.state is State.WAITING
    assert "O7" in [finding.code for finding in circle.outcome.findings]


def test_what_is_revised_must_be_known(workspace: Workspace) -> None:
    unknown = take(workspace, LATER)
    assert unknown.state is State.WAITING
    assert [finding.code for finding in unknown.outcome.findings] == ["O7"]


def test_the_report_of_another_publisher_leaves_only_by_a_persons_decision(workspace: Workspace) -> None:
    take(workspace, MINIMAL)
    foreign = LATER.replace("{id: herausgeber, name: Herausgeber}", "{id: anderer, name: Anderer}")
    assert take(workspace, foreign).state is State.WAITING
    assert take(workspace, foreign, accept_warnings="agreed with both").state is State.ACCEPTED


def test_a_retracted_report_leaves_the_answers_and_stays_in_the_archive(workspace: Workspace) -> None:
    take(workspace, MINIMAL)
    assert persons(workspace) == ["Anna Beispiel"]
    event = retract(workspace, "probe", by="test", reason="told wrongly")
    assert persons(workspace) == []
    assert workspace.archive.get(event.source) == MINIMAL.encode()
    assert list(workspace.differences()) == []
    again = take(workspace, MINIMAL)
    assert again.state is State.ACCEPTED
    assert again.event is not None
    assert again.event.revision == 2
    assert persons(workspace) == ["Anna Beispiel"]


REGISTRY = """\
registry: people
title: Menschen
language: de
source: erfunden
people:
  anna-beispiel: {name: Anna Beispiel, source: erfunden}
"""


def test_what_a_registry_alone_describes_stays_while_reports_speak_of_it(workspace: Workspace) -> None:
    take(workspace, REGISTRY)
    without = MINIMAL.replace("people:\n  anna-beispiel: {name: Anna Beispiel}\n", "")
    assert take(workspace, without).state is State.ACCEPTED
    with pytest.raises(Refused, match="person/anna-beispiel in probe/1"):
        retract(workspace, "people", by="test", reason="-", document=Document.REGISTRY)
    retract(workspace, "probe", by="test", reason="-")
    retract(workspace, "people", by="test", reason="-", document=Document.REGISTRY)
    assert list(workspace.differences()) == []


def test_what_is_not_accepted_cannot_be_retracted(workspace: Workspace) -> None:
    take(workspace, MINIMAL)
    with pytest.raises(NotFound, match="known are: probe"):
        retract(workspace, "nobody", by="test", reason="-")
    retract(workspace, "probe", by="test", reason="-")
    with pytest.raises(NotFound, match="known are: none"):
        retract(workspace, "probe", by="test", reason="twice")


def test_the_archive_as_it_stood_gives_the_answers_of_that_time(workspace: Workspace) -> None:
    first = take(workspace, MINIMAL)
    assert first.event is not None
    retract(workspace, "probe", by="test", reason="-")
    earlier = workspace.archive.until(first.event.at)
    with OxigraphStore() as store:
        store.fill(whole(earlier, workspace.base))
        names = {row.cells[1].text for row in ask(store, workspace.base, question("CQ11"), {}).rows}
    # Both events may lie within one second; then the later state is the state of that moment.
    assert names in ({"Anna Beispiel"}, set())
    assert len(workspace.archive.events) == 2
