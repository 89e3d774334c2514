"""Answers of another day, and what changed since: on the example campaign whose registry is corrected last (CQ46)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from etappe import history, resources
from etappe.admission import admit_all
from etappe.archive import Archive
from etappe.errors import UsageError
from etappe.identity.deciding import decide
from etappe.identity.decisions import Kind
from etappe.questions import ask, question
from etappe.reading.archives import inputs
from etappe.retracting import retract
from etappe.workspace import Workspace, open_workspace

CQ01 = question("CQ01")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The campaign on day 1; on day 2 the registry is corrected; on day 3 a report is retracted and people are merged."""
    folder = tmp_path_factory.mktemp("history") / "data"
    examples = resources.folder("examples")
    with open_workspace(folder, write=True) as opened:
        for _ in admit_all(opened, inputs([str(examples / n) for n in ("registry", "stralsund", "tours")]), by="test"):
            pass
        first = len(opened.archive.events)
        for _ in admit_all(opened, inputs([str(examples / "registry-update")]), by="test"):
            pass
        second = len(opened.archive.events)
        retract(opened, "stralsund-2017", by="test", reason="an example")
        decide(opened, Kind.MERGE, "ruthild-kamensky", "levke-aarfeld", by="test", reason="an example")
        _on_days(opened.archive, first, second)
        yield opened


def _on_days(archive: Archive, first: int, second: int) -> None:
    """Give events the times of three days, as if they had not all come within a minute."""
    events = []
    for number, event in enumerate(archive._events, 1):
        day = 1 if number <= first else 2 if number <= second else 3
        events.append(replace(event, at=f"2030-01-0{day}T12:00:00+00:00"))
    archive._events[:] = events


def people(workspace: Workspace, day: str) -> set[str]:
    with history.as_of(workspace.archive, workspace.base, history.moment(day)) as store:
        return {row.cells[0].text for row in ask(store, workspace.base, CQ01, {}).rows}


def test_each_day_has_its_answer(workspace: Workspace) -> None:
    assert people(workspace, "2029-12-31") == set()
    assert "Christian Pegel" in people(workspace, "2030-01-01")
    assert "Arvid Zschornack" in people(workspace, "2030-01-01")
    assert "Arvid Zschornack" not in people(workspace, "2030-01-02")  # he was not in office that day
    assert "Christian Pegel" not in people(workspace, "2030-01-03")


def changes(workspace: Workspace, since: str, until: str | None = None) -> set[tuple[str, str, str]]:
    days = {"since": since, **({"until": until} if until else {})}
    table = history.answer(workspace.archive, workspace.store, workspace.base, question("CQ46"), days)
    assert table.names == ("change", "person", "post", "land", "stop", "day", "why")
    return {(row.cells[0].text, row.cells[1].text, row.cells[-1].text) for row in table.rows}


def test_a_change_has_its_reason(workspace: Workspace) -> None:
    registry = changes(workspace, "2030-01-01", "2030-01-02")
    assert {(change, person) for change, person, _ in registry} == {("removed", "Arvid Zschornack")}
    assert all("accepted invented-cabinet-sachsen-anhalt (2030-01-02" in why for _, _, why in registry)
    retracted = changes(workspace, "2030-01-02")
    assert ("removed", "Christian Pegel", "retracted stralsund-2017 (2030-01-03, an example)") in retracted
    assert changes(workspace, "2030-01-03") == set()


def test_parameters_narrow_a_comparison(workspace: Workspace) -> None:
    days = {"since": "2029-12-31", "until": "2030-01-01", "land": "MV"}
    table = history.answer(workspace.archive, workspace.store, workspace.base, question("CQ46"), days, "de")
    assert [(row.cells[0].text, row.cells[1].text) for row in table.rows] == [("hinzugekommen", "Christian Pegel")]
    assert table.heads[0] == "Änderung"


@pytest.mark.parametrize("parameters", [{}, {"since": "gestern"}, {"since": "2030-01-01", "nobody": "x"}])
def test_what_is_wrong_is_said(workspace: Workspace, parameters: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        history.answer(workspace.archive, workspace.store, workspace.base, question("CQ46"), parameters)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-25", "2026-11-25T23:59:59+00:00"),
        ("2026-11-25T14:00:00", "2026-11-25T14:00:00+00:00"),
        ("2026-11-25T14:00:00+02:00", "2026-11-25T12:00:00+00:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    assert history.moment(text) == moment
