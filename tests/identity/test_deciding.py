"""Merging and unmerging on the example campaign: what answers say, and that undoing leaves no trace in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from etappe import resources
from etappe.admission import State, admit_all
from etappe.errors import Refused, UsageError
from etappe.identity.deciding import decide
from etappe.identity.decisions import Kind
from etappe.projection import state_graph
from etappe.questions import ask, question
from etappe.reading.archives import inputs
from etappe.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identity") / "data"
    examples = resources.folder("examples")
    with open_workspace(folder, write=True) as workspace:
        for name, result in admit_all(
            workspace, inputs([str(examples / part) for part in ("registry", "tours")]), by="test"
        ):
            assert getattr(result, "state", None) is State.ACCEPTED, name
    return folder


@pytest.fixture
def workspace(campaign: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(campaign, tmp_path / "data")
    with open_workspace(tmp_path / "data", write=True) as opened:
        yield opened


def export(workspace: Workspace) -> list[str]:
    state = state_graph(workspace.base)
    return sorted(str(quad) for quad in workspace.store.quads() if quad.graph_name != state)


def items_of(workspace: Workspace, person: str) -> set[str]:
    table = ask(workspace.store, workspace.base, question("CQ04"), {"person": person})
    return {row.cells[0].text for row in table.rows if row.cells[1].text == "present"}


def merge(workspace: Workspace, old: str, kept: str) -> None:
    decide(workspace, Kind.MERGE, old, kept, by="test", reason="the same, says the office")


def unmerge(workspace: Workspace, old: str, kept: str) -> None:
    decide(workspace, Kind.UNMERGE, old, kept, by="test", reason="not the same after all")


def test_a_merged_person_has_the_attendances_of_both(workspace: Workspace) -> None:
    both = items_of(workspace, "enno-groden") | items_of(workspace, "veit-kremperheide")
    merge(workspace, "veit-kremperheide", "enno-groden")
    assert items_of(workspace, "enno-groden") == both
    assert items_of(workspace, "Veit Kremperheide") == both  # the name became another name of who stays
    assert list(workspace.differences()) == []


def test_unmerge_restores_every_byte(workspace: Workspace) -> None:
    before = export(workspace)
    merge(workspace, "veit-kremperheide", "enno-groden")
    merge(workspace, "enno-groden", "silja-poppenbuell")
    assert export(workspace) != before
    unmerge(workspace, "person/enno-groden", "silja-poppenbuell")
    assert items_of(workspace, "enno-groden") >= items_of(workspace, "Veit Kremperheide")
    unmerge(workspace, "person/veit-kremperheide", "enno-groden")
    assert export(workspace) == before
    assert list(workspace.differences()) == []


def test_a_chain_undone_in_the_middle(workspace: Workspace) -> None:
    before = export(workspace)
    merge(workspace, "veit-kremperheide", "enno-groden")
    after_first = export(workspace)
    merge(workspace, "enno-groden", "silja-poppenbuell")
    unmerge(workspace, "person/veit-kremperheide", "person/enno-groden")
    unmerge(workspace, "person/enno-groden", "person/silja-poppenbuell")
    assert export(workspace) == before != after_first


def test_a_report_that_comes_later_may_still_use_the_old_name(workspace: Workspace) -> None:
    from conftest import MINIMAL
    from etappe.admission import admit
    from etappe.model import Source

    merge(workspace, "veit-kremperheide", "enno-groden")
    yaml = MINIMAL.replace("anna-beispiel", "veit-kremperheide").replace(
        "name: Anna Beispiel", "name: Veit Kremperheide"
    )
    admission = admit(workspace, Source("p.yaml", "application/yaml", yaml.encode()), by="test")
    assert admission.state is State.ACCEPTED, admission.outcome.findings
    assert "Rundgang" in items_of(workspace, "enno-groden")


def test_posts_that_two_people_held_at_once_are_not_one(workspace: Workspace) -> None:
    before = workspace.archive.events
    with pytest.raises(Refused, match="C24"):
        merge(workspace, "ministeramt-wirtschaft-sh", "ministeramt-digitales-sh")
    assert workspace.archive.events == before


@pytest.mark.parametrize(
    ("old", "kept", "error"),
    [
        ("enno-groden", "leuchtfeuer-netzbau", Refused),
        ("enno-groden", "enno-groden", UsageError),
    ],
)
def test_what_cannot_be_merged_changes_nothing(
    workspace: Workspace, old: str, kept: str, error: type[Exception]
) -> None:
    before = export(workspace)
    with pytest.raises(error):
        merge(workspace, old, kept)
    assert export(workspace) == before


def test_people_decided_to_be_different_cannot_be_merged(workspace: Workspace) -> None:
    decide(workspace, Kind.DIFFERENT, "enno-groden", "veit-kremperheide", by="test", reason="brothers-in-law")
    with pytest.raises(Refused, match="different"):
        merge(workspace, "enno-groden", "veit-kremperheide")
    unmerge(workspace, "enno-groden", "veit-kremperheide")
    merge(workspace, "enno-groden", "veit-kremperheide")
