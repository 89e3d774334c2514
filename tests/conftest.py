"""Fixture policy: the smallest data that shows the thing. Reports are written in the test that needs them, with ``report``;
the example campaign is read once a session; folders are temporary; nothing outside them is written, nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etappe import resources
from etappe.model import Report, Source
from etappe.reading import read, read_source
from etappe.registry import Registry
from etappe.store.oxigraph import OxigraphStore

MINIMAL = """\
report: probe
title: Ein Halt in Musterstadt
language: de
publisher: {id: herausgeber, name: Herausgeber}
published: 2018-05-20
recorded: {by: {id: pruefer, name: Testperson}}
text: |
  Am 14. Mai 2018 war die Tour in Musterstadt. Anna Beispiel war Gast beim Rundgang.
places:
  deutschland: {kind: country, name: Deutschland}
  musterland: {kind: state, name: Musterland, in: deutschland}
  musterstadt: {kind: city, name: Musterstadt, in: musterland}
people:
  anna-beispiel: {name: Anna Beispiel}
tours:
  mustertour: {name: Mustertour}
stops:
  musterstadt-2018:
    name: Musterstadt
    tour: mustertour
    place: musterstadt
    date: 2018-05-14
    programme:
      - id: rundgang
        name: Rundgang
        date: 2018-05-14
        present:
          - {who: anna-beispiel, role: guest, certainty: stated, quote: Anna Beispiel war Gast}
"""


def yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yaml"))


@pytest.fixture
def report() -> Callable[..., Report]:
    """Read a report from YAML text, the minimal one by default; ``replace`` pairs change its text first."""

    def make(yaml: str = MINIMAL, *replace: tuple[str, str], registry: Registry | None = None) -> Report:
        for old, new in replace:
            assert old in yaml, old
            yaml = yaml.replace(old, new)
        return read_source(Source("probe.yaml", "application/yaml", yaml.encode()), registry=registry)

    return make


@pytest.fixture
def probe(tmp_path: Path) -> Callable[..., Path]:
    """Write the minimal report, changed by ``replace`` pairs, to a file."""

    def make(name: str = "probe.yaml", *replace: tuple[str, str]) -> Path:
        yaml = MINIMAL
        for old, new in replace:
            assert old in yaml, old
            yaml = yaml.replace(old, new)
        path = tmp_path / name
        path.write_text(yaml, encoding="utf-8")
        return path

    return make


@pytest.fixture(scope="session")
def example_registry() -> Registry:
    """The registry of the example campaign."""
    folder = resources.folder("examples") / "registry"
    return Registry(triple for path in yaml_files(folder) for triple in read(path).triples)


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OxigraphStore]:
    """Every store that there is, empty."""
    with OxigraphStore(None if request.param == "memory" else tmp_path / "store") as opened:
        yield opened
