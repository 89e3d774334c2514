"""Many files are checked and nothing is stored: in one process or in several, in the order of the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etappe import resources
from etappe.checking import Gate, check
from etappe.errors import EtappeError
from etappe.model import Outcome
from etappe.reading.archives import inputs

Probe = Callable[..., Path]


def test_registry_documents_among_the_files_are_used(tmp_path: Path, probe: Probe) -> None:
    report = probe("probe.yaml", ("  musterstadt: {kind: city, name: Musterstadt, in: musterland}\n", ""))
    registry = tmp_path / "z-registry.yaml"
    registry.write_text(
        "registry: r\nlanguage: de\ntitle: R\nplaces:\n  musterstadt: {kind: city, name: Musterstadt, in: musterland}\n"
    )
    (broken := tmp_path / "broken.yaml").write_text("report: [")
    results = dict(check(inputs([report, registry, broken])))
    outcome = results[str(report)]
    assert isinstance(outcome, Outcome)
    assert outcome.conforms
    assert isinstance(results[str(broken)], EtappeError)


def test_several_processes_say_the_same_as_one() -> None:
    files = list(inputs([resources.folder("examples") / "registry", resources.folder("examples") / "bad"]))
    alone = list(check(files))
    together = list(check(files, workers=2))
    assert [name for name, _ in together] == [name for name, _ in alone]
    for (_, one), (_, other) in zip(alone, together, strict=True):
        assert one == other if isinstance(one, Outcome) else str(one) == str(other)


@pytest.mark.parametrize("workers", [1, 2])
def test_no_files_are_no_results(workers: int) -> None:
    assert list(check([], Gate(), workers=workers)) == []
