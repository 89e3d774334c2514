"""Decisions as a person types them: revise, retract, merge, unmerge, different, match, registry, network."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from cli.conftest import Run
from conftest import MINIMAL
from etappe import resources

EXAMPLES = resources.folder("examples")
SECOND = (
    MINIMAL.replace("report: probe", "report: second")
    .replace("14. Mai 2018", "15. Mai 2018")
    .replace("2018-05-14", "2018-05-15")
    .replace("anna-beispiel", "a-beispiel")
    .replace("Anna Beispiel", "A. Beispiel")
    .replace("musterstadt-2018", "musterstadt-2018-zwei")
    .replace("rundgang", "zweiter-rundgang")
)
BECAUSE = ("--reason", "so says the office", "--by", "Tester")


@pytest.fixture
def data(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "probe.yaml").write_text(MINIMAL, encoding="utf-8")
    (tmp_path / "second.yaml").write_text(SECOND, encoding="utf-8")
    done = run(
        "ingest",
        str(tmp_path / "probe.yaml"),
        str(tmp_path / "second.yaml"),
        "--data",
        str(tmp_path / "data"),
        "--accept-warnings",
        "initials",
    )
    assert done.status == 0, done.err + done.out
    return tmp_path / "data"


def test_merge_and_unmerge(run: Run, data: Path) -> None:
    before = run("export", "--data", str(data)).out
    done = run("merge", "a-beispiel", "Anna Beispiel", *BECAUSE, "--data", str(data))
    assert (done.status, done.out) == (0, "person/a-beispiel is person/anna-beispiel\n")
    shown = run("ask", "participations", "--format", "csv", "--data", str(data)).out
    assert "A. Beispiel" not in shown
    decided = run("match", "--decided", "--data", str(data)).out
    assert "so says the office" in decided
    assert "Tester" in decided
    again = run("merge", "person/a-beispiel", "anna-beispiel", *BECAUSE, "--data", str(data))
    assert (again.status, again.out) == (1, "")
    assert "the same already" in again.err
    undone = run("unmerge", "person/a-beispiel", "anna-beispiel", *BECAUSE, "--data", str(data))
    assert undone.status == 0
    assert run("export", "--data", str(data)).out == before
    assert run("check", "--data", str(data)).status == 0


def test_different_things_are_not_merged(run: Run, data: Path) -> None:
    assert run("different", "a-beispiel", "anna-beispiel", *BECAUSE, "--data", str(data)).status == 0
    refused = run("merge", "a-beispiel", "anna-beispiel", *BECAUSE, "--data", str(data))
    assert refused.status == 1
    assert "decided to be different" in refused.err


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_needs_a_reason(run: Run, data: Path, reason: str) -> None:
    done = run("merge", "a-beispiel", "anna-beispiel", "--reason", reason, "--data", str(data))
    assert done.status == 2
    assert "--reason" in done.err
    assert run("match", "--decided", "--data", str(data)).out.strip() == "no rows"


def test_proposals_come_with_reasons(run: Run, data: Path) -> None:
    listed = json.loads(
        run("match", "--least", "0.01", "--kind", "person", "--format", "json", "--data", str(data)).out
    )
    assert [(pair["one"], pair["other"]) for pair in listed] == [("person/a-beispiel", "person/anna-beispiel")]
    assert any(reason["weight"] > 0 for reason in listed[0]["reasons"])
    rows = list(csv.reader(io.StringIO(run("match", "--least", "0.01", "--format", "csv", "--data", str(data)).out)))
    assert rows[0] == ["one", "other", "score", "reasons"]
    drawn = run("match", "--least", "0.01", "--kind", "person", "--lang", "de", "--data", str(data)).out
    assert "Anna Beispiel (person/anna-beispiel)" in drawn
    assert "Gründe" in drawn


def test_a_review_takes_decisions(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2\nseen twice\n"))
    done = run("match", "--review", "--least", "0.01", "--kind", "person", "--data", str(data))
    assert done.status == 0, done.err
    assert "seen twice" in run("match", "--decided", "--data", str(data)).out
    assert "A. Beispiel" not in run("ask", "participations", "--format", "csv", "--data", str(data)).out


def test_revise_and_retract(run: Run, data: Path, tmp_path: Path) -> None:
    corrected = tmp_path / "corrected.yaml"
    corrected.write_text(MINIMAL.replace("name: Rundgang", "name: Großer Rundgang"), encoding="utf-8")
    refused = run("ingest", str(corrected), "--data", str(data))
    assert refused.status == 1
    assert "O6" in refused.out
    done = run("revise", str(corrected), *BECAUSE, "--data", str(data))
    assert (done.status, done.out) == (0, "probe: revision 2 accepted\n")
    assert "Großer Rundgang" in run("ask", "participations", "--format", "csv", "--data", str(data)).out
    gone = run("retract", "probe", *BECAUSE, "--data", str(data))
    assert (gone.status, gone.out) == (0, "probe: revision 2 retracted\n")
    assert "Großer Rundgang" not in run("ask", "participations", "--format", "csv", "--data", str(data)).out
    states = run("reports", "--data", str(data)).out
    assert "retracted" in states
    assert "superseded" in states
    assert run("retract", "probe", *BECAUSE, "--data", str(data)).status == 2


def test_a_revision_that_does_not_pass_waits(run: Run, data: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(MINIMAL.replace("quote: Anna Beispiel war Gast", "quote: Anna Beispiel fehlte"), encoding="utf-8")
    done = run("revise", str(wrong), str(tmp_path / "nothing.yaml"), *BECAUSE, "--data", str(data))
    assert done.status == 2
    assert "O1" in done.out
    assert "nothing.yaml" in done.err


def test_answers_of_another_day(run: Run, data: Path) -> None:
    then = run("ask", "participations", "--as-of", "2000-01-01", "--format", "csv", "--data", str(data)).out
    assert then.count("\n") == 1
    changed = run("ask", "participations", "--compare", "2000-01-01", "--format", "csv", "--data", str(data)).out
    assert "accepted probe" in changed
    wrong = run("ask", "participations", "--as-of", "yesterday", "--data", str(data))
    assert wrong.status == 2
    assert "2026-11-25" in wrong.err


def test_networks(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    paths = [str(EXAMPLES / name) for name in ("registry", "tours")]
    assert run("ingest", *paths, "--data", str(data), "--quiet").status == 0
    drawn = run("network", "--data", str(data))
    assert "Levke Aarfeld" in drawn.out
    assert "nodes" in drawn.err
    target = tmp_path / "network.graphml"
    assert (
        run("network", "--format", "graphml", "--measure", "core", "-o", str(target), "--data", str(data)).status == 0
    )
    graph = nx.read_graphml(target)
    assert (
        graph["https://etappe.example/id/person/fiete-marquordt"]["https://etappe.example/id/person/levke-aarfeld"][
            "weight"
        ]
        == 3
    )
    basis = run("network", "--basis", "Levke Aarfeld", "fiete-marquordt", "--data", str(data)).out
    assert "Round table on board the Netzmobil" in basis
    for words, sentence in (
        (("--measure", "beauty"), "there are: degree"),
        (("--from", "yesterday"), "2017-07-28"),
        (("--basis", "Levke Aarfeld", "enno-groden"), "share no programme item"),
    ):
        refused = run("network", *words, "--data", str(data))
        assert refused.status == 2
        assert sentence in refused.err


def test_a_list_of_office_holders_becomes_a_registry_document(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run("ingest", str(EXAMPLES / "registry"), "--data", str(data), "--quiet").status == 0
    target = tmp_path / "holders.yaml"
    table = EXAMPLES / "tables" / "office-holders-2010.csv"
    made = run(
        "registry", str(table), "--mapping", str(table.with_suffix(".json")), "-o", str(target), "--data", str(data)
    )
    assert made.status == 0, made.err
    taken = run("ingest", str(target), "--data", str(data), "--accept-warnings", "namesakes, told apart by their ids")
    assert taken.status == 0, taken.out
    answer = run(
        "ask", "CQ06", "--person", "wiebke-osterloh", "--day", "2011-05-05", "--format", "csv", "--data", str(data)
    )
    assert "confirmed" in answer.out
    assert run("registry", str(EXAMPLES / "README.md"), "--data", str(data)).status == 2
