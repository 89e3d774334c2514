"""What a document may describe: itself, its own things, and things that reports share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import MINIMAL
from etappe.errors import ReadingError, UnsafeInput
from etappe.model import Report, Source
from etappe.reading import read, read_source
from etappe.reading.evidence import occurrences

HEAD = """
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX etv: <https://w3id.org/etappe/vocab/>
BASE <https://etappe.example/id/>
<report/r> a et:Report .
"""


def turtle(text: str) -> Report:
    return read_source(Source("r.ttl", "text/turtle", (HEAD + text).encode()))


@pytest.mark.parametrize(
    "subject", ["photo/other.p1", "participation/other.x", "report/other", "registry/mv", "evidence/other.0-4"]
)
def test_the_things_of_another_document_are_not_to_be_described(subject: str) -> None:
    with pytest.raises(UnsafeInput, match="belongs to another document"):
        turtle(f"<{subject}> et:rightsStatus etv:rights-granted .")


@pytest.mark.parametrize("subject", ["photo/r.p1", "person/anna", "stop/x", "report/r"])
def test_own_and_shared_things_are(subject: str) -> None:
    assert len(turtle(f"<{subject}> et:rightsStatus etv:rights-granted .").triples) == 2


def test_a_full_iri_as_id_does_not_reach_further(report: Callable[..., Report]) -> None:
    with pytest.raises(UnsafeInput, match=r"item/other\.x") as caught:
        report(MINIMAL, ("id: rundgang", "id: https://etappe.example/id/item/other.x"))
    assert caught.value.position is not None


@pytest.mark.parametrize("name", ["a.b", "x/y", "A"])
def test_the_id_of_a_document_has_no_dot(report: Callable[..., Report], name: str) -> None:
    with pytest.raises(ReadingError):
        report(MINIMAL, ("report: probe", f"report: {name}"))
    with pytest.raises(ReadingError):
        turtle("").iri  # noqa: B018
        read_source(Source("r.ttl", "text/turtle", HEAD.replace("report/r", f"report/{name}").encode()))


def test_shared_things_need_an_id(report: Callable[..., Report]) -> None:
    with pytest.raises(ReadingError, match="a person needs an 'id'"):
        report(MINIMAL, ("people:\n  anna-beispiel: {name: Anna Beispiel}", "people:\n  - {name: Anna Beispiel}"))
    with pytest.raises(ReadingError, match="stands before the thing already"):
        report(MINIMAL, ("anna-beispiel: {name", "anna-beispiel: {id: anna, name"))


@pytest.mark.parametrize("change", [("name: Rundgang", "name: {de: null}"), ("name: Rundgang", "name: ~")])
def test_null_is_no_word(report: Callable[..., Report], change: tuple[str, str]) -> None:
    with pytest.raises(ReadingError, match="leave the key out"):
        report(MINIMAL, change)


def test_a_text_with_a_direction_is_refused() -> None:
    with pytest.raises(ReadingError, match="direction"):
        turtle('<person/a> et:x "x"@en--ltr .')


@pytest.mark.parametrize("number", ["²", "1" * 5000])
def test_numbers_that_are_none(number: str) -> None:
    yaml = f"'@context': {{'@vocab': 'https://schema.org/'}}\n'@id': https://etappe.example/id/report/r\n'@type': ['https://w3id.org/etappe/ns#Report']\nn: {number}\n"
    assert len(read_source(Source("r.yaml", "application/yaml", yaml.encode())).triples) == 2
    with pytest.raises(ReadingError):
        read_source(Source("r.jsonld", "application/ld+json", f'{{"a": {number}}}'.encode()))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    with pytest.raises(ReadingError, match="is not a file"):
        read(tmp_path / "x.yaml")


def test_a_name_of_a_text_that_no_file_can_have(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(f"report: x\ntext: {'x' * 300}.txt\n")
    with pytest.raises(ReadingError, match="cannot be a file"):
        read(tmp_path / "r.yaml")


def test_a_long_quote_in_a_long_text_takes_no_time() -> None:
    text = "a " * 100_000
    assert occurrences(text, "a " * 30_000 + "b") == []
    assert len(occurrences(text, "a", "a")) == 99_999
    assert occurrences("x  y\nz x y z", "x y z") == [(0, 6), (7, 12)]
    assert occurrences("x y, z x y", "x y", "z") == [(7, 10)]
