"""Makes the report and registry of a case: ``fixtures/good.yaml`` and ``fixtures/registry.yaml`` with the case's changes.

Fixture policy: one good report, one registry; what a case changes stands in the case, in YAML words or as Turtle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from etappe.model import Outcome, Profile, Report, Source
from etappe.namespaces import PREFIXES
from etappe.reading import read_source
from etappe.registry import Registry
from etappe.validation.reports import validate

FIXTURES = Path(__file__).parent / "fixtures"
BASE = "https://etappe.example"
_HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + f"BASE <{BASE}/id/>\n"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Case:
    """Changes of the good report.

    ``edit`` pairs change the YAML of the report, ``registry`` pairs that of the registry; ``drop`` takes away everything
    said by a subject and predicate (``"<report/probe> dcterms:title"``); ``add`` is Turtle. ``told`` are the words that
    the messages must contain, in German and English where they differ.
    """

    name: str
    drop: tuple[str, ...] = ()
    add: str = ""
    edit: Pairs = ()
    registry: Pairs = ()
    told: str | tuple[str, str] = ""

    def words(self, language: str) -> str:
        if isinstance(self.told, str):
            return self.told
        return self.told[("de", "en").index(language)]


def turtle(text: str) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in parse((_HEAD + text).encode(), format=RdfFormat.TURTLE))


@cache
def _read(name: str, pairs: Pairs, registry: Registry | None = None) -> Report:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, f"{old!r} is not in {name}"
        text = text.replace(old, new)
    return read_source(Source(name, "application/yaml", text.encode()), registry=registry)


@cache
def registry_with(pairs: Pairs) -> Registry:
    return Registry(_read("registry.yaml", pairs).triples)


def report_of(case: Case) -> Report:
    report = _read("good.yaml", case.edit, registry_with(case.registry))
    gone = {(t.subject, t.predicate) for pair in case.drop for t in turtle(f'{pair} "" .')}
    present = {(t.subject, t.predicate) for t in report.triples}
    assert gone <= present, f"{gone - present} is not in the good report"
    kept = {t for t in report.triples if (t.subject, t.predicate) not in gone}
    return replace(report, triples=frozenset(kept | turtle(case.add)))


@cache
def outcome_of(case: Case, profile: Profile = Profile.INGEST) -> Outcome:
    return validate(report_of(case), registry_with(case.registry), profile)
