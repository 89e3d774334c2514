"""``etappe.open`` over a folder and over a running service: the same tables; and the notebook of the examples."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Triple

import etappe
from etappe import resources
from etappe.admission import State, admit_all
from etappe.analysis import Answer, KnowledgeGraph
from etappe.errors import EtappeError, NotFound, QueryError, StoreUnavailable, UsageError
from etappe.reading.archives import inputs
from etappe.workspace import open_workspace

EXAMPLES = resources.folder("examples")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analysis") / "data"
    paths = [str(EXAMPLES / name) for name in ("registry", "stralsund", "tours")]
    with open_workspace(folder, write=True) as workspace:
        for name, result in admit_all(workspace, inputs(paths), by="test"):
            assert getattr(result, "state", None) is State.ACCEPTED, name
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "etappe", "serve", "--data", str(data), "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(params=["folder", "service"])
def graph(request: pytest.FixtureRequest, data: Path) -> KnowledgeGraph:
    return etappe.open(data if request.param == "folder" else request.getfixturevalue("address"))


def test_a_question_is_a_table(graph: KnowledgeGraph) -> None:
    with graph as kg:
        answer = kg.ask("ministers-at-stops", land="MV")
    assert answer.columns == ("person", "post", "land", "stop", "day")
    assert len(answer) == 1
    assert answer[0]["person"] == "Christian Pegel"
    assert answer[0]["day"] == date(2017, 7, 28)
    assert answer[0:1] == list(answer)
    assert [row["person"] for row in answer.rows(iris=True)] == ["https://etappe.example/id/person/christian-pegel"]
    assert answer.title == "Which ministers attended which stops?"


def test_folder_and_service_say_the_same(data: Path, address: str) -> None:
    folder, service = (etappe.open(where, language="de") for where in (data, address))
    for entry in folder.questions:
        if not any(parameter.required for parameter in entry.parameters):
            assert list(folder.ask(entry.id)) == list(service.ask(entry.name)), entry.id


def test_frames(graph: KnowledgeGraph) -> None:
    answer = graph.ask("ministers-at-stops", from_="2018-01-01", to="2018-12-31")
    frame = answer.to_pandas()
    assert list(frame.columns) == list(answer.columns)
    assert len(frame) == len(answer) > 3
    assert frame["day"].min().year == 2018
    assert answer.to_polars().height == len(answer)
    assert answer.to_rdflib()[0]["person"].startswith("https://etappe.example/id/person/")
    assert isinstance(answer.to_rdflib()[0]["day"], rdflib.Literal)
    assert answer.to_csv().startswith("person,personLabel,")
    assert answer.to_markdown().startswith("| person |")
    empty = graph.ask("federal-ministers")
    assert (len(empty), empty.to_pandas().empty, empty.to_polars().width) == (0, True, len(empty.columns))


def test_sparql(graph: KnowledgeGraph) -> None:
    found = graph.query("SELECT (1 AS ?one) (true AS ?yes) (1.5 AS ?half) {}")
    assert isinstance(found, Answer)
    assert (found[0]["one"], found[0]["yes"], float(found[0]["half"])) == (1, True, 1.5)
    assert graph.query("ASK {}") is True
    triples = graph.query("CONSTRUCT { <http://e/a> <http://e/b> 1 } WHERE {}")
    assert isinstance(triples, tuple)
    assert isinstance(triples[0], Triple)


@pytest.mark.parametrize(
    ("name", "parameters", "error"),
    [
        ("no-such-question", {}, NotFound),
        ("ministers-at-stops", {"nobody": "x"}, UsageError),
        ("ministers-at-stops", {"person": "nobody at all"}, NotFound),
        ("ministers-at-stops", {"from_": "yesterday"}, UsageError),
    ],
)
def test_what_is_wrong_is_an_error_of_ours(
    graph: KnowledgeGraph, name: str, parameters: dict[str, str], error: type[EtappeError]
) -> None:
    with pytest.raises(error):
        graph.ask(name, **parameters)
    with pytest.raises((QueryError, UsageError), match="parsed"):
        graph.query("SELECT (")


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        etappe.open(tmp_path)
    with pytest.raises(UsageError, match="'de' or 'en'"):
        etappe.open(tmp_path, language="fr")
    with pytest.raises(StoreUnavailable):
        etappe.open("http://127.0.0.1:9")
    with pytest.raises(AttributeError):
        etappe.nothing  # noqa: B018


def test_a_notebook_shows_a_table_and_escapes_it(data: Path) -> None:
    kg = etappe.open(data)
    shown = kg.query('SELECT ("<script>" AS ?x) (<javascript:alert(1)> AS ?y) {}')
    assert isinstance(shown, Answer)
    html = shown._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert "href" not in html
    assert "Christian Pegel</a>" in kg.ask("CQ01")._repr_html_()
    assert repr(kg.ask("CQ01")).startswith("<Answer: Which ministers")


def test_the_notebook_of_the_examples_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAPPE_DATA", str(data))
    cells = json.loads((EXAMPLES / "analysis.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        assert cell["cell_type"] == "markdown" or cell["outputs"] == []
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    assert len(names["ministers"]) > 5  # type: ignore[arg-type]
    assert names["network"].items(names["one"], names["other"])  # type: ignore[attr-defined]
