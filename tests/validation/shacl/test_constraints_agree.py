"""Our own shapes: the compiled engine finds what pySHACL finds in every case of every constraint, and in the bad examples.

A third of the cases in every run, chosen by their names; ``ETAPPE_FUZZ=long`` takes all.
"""

from __future__ import annotations

import os
from contextlib import suppress
from zlib import crc32

import pytest

from etappe import resources
from etappe.errors import EtappeError
from etappe.model import Report
from etappe.reading import read
from etappe.registry import Registry
from etappe.validation.graph import validation_graph
from etappe.validation.shapes import shapes_graph
from validation.cases import BAD, GOOD
from validation.shacl.differences import adjudicated
from validation.shacl.support import compiled, only_in, pyshacl
from validation.support import Case, registry_with, report_of

ALL = os.environ.get("ETAPPE_FUZZ") == "long"


def _chosen() -> list[object]:
    named = [(f"{code}-{case.name}", case) for table in (BAD, GOOD) for code, cases in table.items() for case in cases]
    named.append(("good", Case("good")))
    return [pytest.param(case, id=name) for name, case in named if ALL or crc32(name.encode()) % 3 == 0]


def agree(report: Report, registry: Registry) -> int:
    """How many results both engines find."""
    graph = validation_graph(report, registry)
    ours, theirs = compiled(shapes_graph(), graph), pyshacl(shapes_graph(), graph)
    if ours != theirs:  # rdflib puts even a day that does not exist before or after others
        reasons = adjudicated(shapes_graph(), graph, theirs)
        assert reasons == frozenset({"sparql-order"}), (
            f"only Etappe:\n{only_in(ours, theirs)}\nonly pySHACL:\n{only_in(theirs, ours)}"
        )
    return ours.total()


@pytest.mark.parametrize("case", _chosen())
def test_both_engines_find_the_same_in_the_case(case: Case) -> None:
    agree(report_of(case), registry_with(case.registry))


def test_both_engines_find_the_same_in_the_bad_examples() -> None:
    folder = resources.folder("examples")
    registry = Registry(
        triple for path in sorted((folder / "registry").glob("*.yaml")) for triple in read(path).triples
    )
    found = []
    for path in sorted((folder / "bad").iterdir()):
        with suppress(EtappeError, UnicodeDecodeError):
            found.append(agree(read(path, registry=registry), registry))
    assert len(found) >= 15
    assert sum(count > 0 for count in found) >= 10
