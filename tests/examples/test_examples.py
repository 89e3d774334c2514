"""The examples keep their word: the good ones pass, the bad ones are told what they announce."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from conftest import yaml_files
from etappe.errors import ReadingError
from etappe.model import Outcome, Profile, Severity
from etappe.reading import read
from etappe.registry import Registry
from etappe.resources import folder
from etappe.validation.reports import validate

EXAMPLES = folder("examples")
BAD = EXAMPLES / "bad"
REGISTRY_FILES = sorted((EXAMPLES / "registry").glob("*.yaml"))
REPORT_FILES = [path for name in ("stralsund", "tours") for path in yaml_files(EXAMPLES / name)]
BAD_FILES = sorted(path for path in BAD.iterdir() if path.name != "README.md")

_COMMENT = re.compile(r"(?:#|<!--) expect: (?P<told>.+?)(?: -->)?$", re.MULTILINE)
_ROW = re.compile(r"\| \[(?P<name>[^]]+)\]\((?P=name)\) \| [^|]+ \| (?P<told>[^|]+) \|")
_WARNS = re.compile(r"^# warns: (.+)$", re.MULTILINE)


def _id(path: Path) -> str:
    return path.relative_to(EXAMPLES).as_posix()


@cache
def _registry(replaced: Path | None = None) -> Registry:
    """The whole example registry; ``replaced`` takes the place of the file of the same name."""
    files = [replaced if replaced is not None and path.name == replaced.name else path for path in REGISTRY_FILES]
    return Registry(triple for path in files for triple in read(path).triples)


def _outcome(path: Path, registry: Registry) -> Outcome:
    return validate(read(path, registry=registry), registry, Profile.INGEST)


def _told() -> dict[str, str]:
    """What the table of the bad reports says each of them is told."""
    rows = _ROW.finditer((BAD / "README.md").read_text(encoding="utf-8"))
    return {row["name"]: row["told"].strip() for row in rows}


@pytest.mark.parametrize("path", REGISTRY_FILES, ids=_id)
def test_registry_conforms_without_a_warning(path: Path) -> None:
    assert _outcome(path, _registry()).at_least(Severity.WARNING) == ()


@pytest.mark.parametrize("path", REPORT_FILES, ids=_id)
def test_report_conforms_and_warns_of_nothing_else_than_it_announces(path: Path) -> None:
    announced = {code for line in _WARNS.findall(path.read_text(encoding="utf-8")) for code in line.split(", ")}
    findings = _outcome(path, _registry()).at_least(Severity.WARNING)
    assert {f.severity for f in findings} <= {Severity.WARNING}, [f.messages["en"] for f in findings]
    assert {f.code for f in findings} == announced, [f.messages["en"] for f in findings]


@pytest.mark.parametrize("path", sorted((EXAMPLES / "tours").glob("*.yaml")), ids=_id)
def test_invented_text_says_that_it_is_invented(path: Path) -> None:
    report = read(path, registry=_registry())
    assert report.text is not None
    last = report.text.strip().splitlines()[-1]
    assert last.startswith(("Erfundenes Beispiel: ", "Invented example: "))


def test_correction_of_the_registry_turns_an_accepted_report_into_a_conflict() -> None:
    report = EXAMPLES / "tours" / "2019-04-08-magdeburg.yaml"
    update = EXAMPLES / "registry-update" / "invented-cabinet-sachsen-anhalt.yaml"
    corrected = _registry(update)
    assert _outcome(update, corrected).conforms
    assert _outcome(report, _registry()).conforms
    assert {f.code for f in _outcome(report, corrected).at_least(Severity.VIOLATION)} == {"C23"}


def test_table_of_bad_reports_names_every_file() -> None:
    assert sorted(_told()) == [path.name for path in BAD_FILES]


@pytest.mark.parametrize("path", BAD_FILES, ids=_id)
def test_bad_report_is_told_what_it_announces(path: Path) -> None:
    told = _told()[path.name]
    head = path.read_bytes()[:400].decode("utf-8", errors="replace")
    comment = _COMMENT.search(head)
    if comment:
        assert comment["told"].removeprefix("reading: ") == told
    if re.fullmatch(r"[CO]\d+[a-z]?", told):
        found = _outcome(path, _registry()).at_least(Severity.WARNING)
        gravest = max(f.severity for f in found)
        assert {f.code for f in found if f.severity is gravest} == {told}
    else:
        with pytest.raises(ReadingError, match=re.escape(told)):
            read(path, registry=_registry())
