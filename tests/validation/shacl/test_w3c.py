"""The W3C test suite of SHACL, from its own manifests, one test for each entry.

The suite is not part of this project: https://github.com/w3c/data-shapes, folder ``data-shapes-test-suite/tests``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat

from etappe.errors import EngineError
from etappe.namespaces import RDF
from etappe.validation import engine
from etappe.validation.shacl import Graph, NotHandled, compile_shapes, parse_graph
from etappe.validation.shacl.paths import path_at
from etappe.validation.shacl.support import Term, sh
from validation.shacl.support import Rows, only_in, row, rows

FOLDER = Path(os.environ.get("ETAPPE_W3C", Path(__file__).parents[4] / "shared/w3c/shacl/tests"))
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
#: pySHACL, to which it is handed over, does not know $shapesGraph and says so.
NOT_SUPPORTED = "sparql/pre-binding/shapesGraph-001"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"no W3C test suite at {FOLDER}; ETAPPE_W3C may name another folder"
)


@dataclass(frozen=True)
class Entry:
    """One test: two files, and the result they should have; ``None`` is a failure."""

    id: str
    data: Path
    shapes: Path
    manifest: Graph
    result: Term


def _load(path: Path) -> Graph:
    return parse_graph(path.read_bytes(), RdfFormat.TURTLE, base=path.as_uri())


def _path(term: Term | None) -> Path:
    assert isinstance(term, NamedNode)
    return Path(term.value.removeprefix("file://"))


@cache
def entries() -> tuple[Entry, ...]:
    """All entries. Every file is an entry; ``sparql/component/nodeValidator-001`` is one that no manifest includes."""
    return tuple(
        _entry(path, graph, test)
        for path in sorted(FOLDER.rglob("*.ttl"))
        for graph in [_load(path)]
        for test in graph.subjects(RDF.type, NamedNode(f"{SHT}Validate"))
    )


def _entry(path: Path, graph: Graph, test: Term) -> Entry:
    action, result = graph.object(test, NamedNode(f"{MF}action")), graph.object(test, NamedNode(f"{MF}result"))
    assert action is not None and result is not None
    data, shapes = (_path(graph.object(action, NamedNode(SHT + name))) for name in ("dataGraph", "shapesGraph"))
    return Entry(str(path.relative_to(FOLDER).with_suffix("")), data, shapes, graph, result)


def _params(kind: str = "") -> list[object]:
    return [pytest.param(entry, id=entry.id) for entry in entries() if entry.id.startswith(kind)]


def expected(entry: Entry) -> Rows | None:
    """The results that the manifest demands; nothing where it demands a failure."""
    if not isinstance(entry.result, BlankNode):
        return None
    graph = entry.manifest
    wanted: Rows = Rows()
    for result in graph.objects(entry.result, sh("result")):
        values = {name: graph.object(result, sh(name)) for name in _PARTS}
        path, shape = values["resultPath"], values["sourceShape"]
        assert shape is not None
        wanted[
            row(
                values["focusNode"],
                path_at(graph, path) if path is not None else None,
                values["value"],
                values["sourceConstraintComponent"],
                values["resultSeverity"],
                shape,
            )
        ] += 1
    return wanted


_PARTS = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")


def _agree(found: Rows, wanted: Rows | None) -> None:
    assert wanted is not None, f"a failure was wanted, found were\n{only_in(found, Rows())}"
    assert found == wanted, f"missing\n{only_in(wanted, found)}\ntoo many\n{only_in(found, wanted)}"


@pytest.mark.parametrize("entry", _params("core/"))
def test_core_is_right_without_another_engine(entry: Entry) -> None:
    _agree(rows(compile_shapes(_load(entry.shapes)).validate(_load(entry.data)).results), expected(entry))


@pytest.mark.parametrize("entry", _params("sparql/"))
def test_sparql_is_right_or_handed_over(entry: Entry) -> None:
    try:
        shapes = compile_shapes(_load(entry.shapes))
    except NotHandled as reason:
        assert str(reason)
        return
    _agree(rows(shapes.validate(_load(entry.data)).results), expected(entry))


@pytest.mark.parametrize("entry", _params())
def test_with_the_other_engine_every_verdict_is_right(entry: Entry) -> None:
    shapes = _load(entry.shapes).to_bytes()
    wanted = expected(entry)
    if wanted is None or entry.id == NOT_SUPPORTED:
        with pytest.raises(EngineError, match="was not checked, because pySHACL"):
            engine.check(_load(entry.data), shapes, deadline=30)
        return
    report, name = engine.check(_load(entry.data), shapes, deadline=30)
    _agree(rows(report.results), wanted)
    assert name.startswith("Etappe") or not entry.id.startswith("core/")


def test_the_suite_is_complete() -> None:
    kinds = [entry.id.partition("/")[0] for entry in entries()]
    assert (kinds.count("core"), kinds.count("sparql")) == (98, 23)
    assert len({entry.id for entry in entries()}) == 121
