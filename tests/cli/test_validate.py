"""``etappe validate``: every form, many files, other people's shapes, and input that means harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

from cli.conftest import Run
from conftest import MINIMAL
from etappe import resources

BAD = resources.folder("examples") / "bad"
REGISTRY = resources.folder("examples") / "registry"
FORMATS = ("text", "html", "json", "turtle", "json-ld", "sarif", "junit")

SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX ex: <https://x.example/>
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ;
  sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "Der Name fehlt."@de, "The name is missing."@en ] ;
  sh:property ex:Long .
ex:Long sh:path ( ex:part ex:name ) ; sh:minLength 3 ; sh:severity sh:Warning .
"""
DATA = """PREFIX ex: <https://x.example/>

ex:a a ex:Thing .
ex:b a ex:Thing ;
  ex:name "B" ;
  ex:part [ ex:name "x" ] .
"""


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    path.write_text(DATA)
    return path


# Findings for people and programs


def test_the_text_says_what_is_wrong_where_and_how_to_mend_it(run: Run, bad: Path) -> None:
    done = run("validate", bad)
    assert done.status == 1
    assert "✗ C01" in done.out
    assert "does not say who published it" in done.out
    assert "→ Add “publisher”" in done.out
    assert "publisher: {id:" in done.out
    german = run("validate", bad, "--lang", "de")
    assert "→ " in german.out
    assert "herausgegeben" in german.out


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_the_same_verdict(run: Run, good: Path, bad: Path, form: str) -> None:
    assert run("validate", good, "--format", form).status == 0
    assert run("validate", bad, "--format", form).status == 1
    (bad.parent / "unreadable.yaml").write_text("report: [")
    done = run("validate", good, bad, bad.parent / "unreadable.yaml", "--format", form)
    assert done.status == 2
    assert "unreadable.yaml" in done.err
    assert done.out


def test_forms_for_programs_can_be_read_by_them(run: Run, bad: Path) -> None:
    sarif = json.loads(run("validate", bad, "--format", "sarif").out)
    (result,) = sarif["runs"][0]["results"]
    assert result["ruleId"] == "C01"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] > 0
    assert list(ElementTree.fromstring(run("validate", bad, "--format", "junit").out).iter("failure"))
    assert list(parse(run("validate", bad, "--format", "turtle").out.encode(), format=RdfFormat.TURTLE))
    assert list(parse(run("validate", bad, "--format", "json-ld").out.encode(), format=RdfFormat.JSON_LD))
    assert run("validate", bad, "--format", "html").out.startswith("<!doctype html>")


def test_findings_can_be_written_to_a_file(run: Run, bad: Path, tmp_path: Path) -> None:
    done = run("validate", bad, "--format", "html", "-o", tmp_path / "page.html")
    assert (done.status, done.out) == (1, "")
    assert "C01" in (tmp_path / "page.html").read_text()
    assert run("validate", bad, "-o", tmp_path / "x").status == 2
    assert "cannot be written" in run("validate", bad, "--format", "json", "-o", tmp_path / "no" / "x").err


# Profiles, severities, acceptance


WARNED = MINIMAL.replace("name: Herausgeber}", "name: Wattblick GmbH}")


def test_warnings_fail_when_asked_unless_a_person_accepts_them(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "warned.yaml"
    path.write_text(WARNED)
    assert run("validate", path).status == 0
    assert run("validate", path, "--fail-on", "warning").status == 1
    words = ("validate", path, "--fail-on", "warning", "--accept-warnings", "no such company", "--format", "json")
    done = run(*words)
    assert done.status == 0
    (outcome,) = json.loads(done.out)
    assert outcome["accepted"] == "no such company"
    assert [finding["severity"] for finding in outcome["findings"]] == ["warning"]


def test_an_office_can_be_stricter_but_never_laxer(run: Run, tmp_path: Path) -> None:
    path, strict = tmp_path / "warned.yaml", tmp_path / "office.yaml"
    path.write_text(WARNED)
    strict.write_text("violations: [C43]\n")
    assert run("validate", path, "--strict", strict).status == 1
    strict.write_text("campaigns:\n  another: [C43]\n")
    assert run("validate", path, "--strict", strict).status == 0
    strict.write_text("off: [C01]\n")
    done = run("validate", path, "--strict", strict)
    assert done.status == 2
    assert "nothing can be switched off" in done.err
    strict.write_text("violations: [C99]\n")
    assert f"{strict}:1:14: expected is a list of codes" in run("validate", path, "--strict", strict).err


def test_a_campaign_can_be_stricter(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "warned.yaml"
    path.write_text(WARNED + "campaigns:\n  sommer: {name: Sommerkampagne}\n")
    (tmp_path / "etappe-data").mkdir()
    (tmp_path / "etappe-data" / "strict.yaml").write_text("campaigns:\n  sommer: [C43]\n")
    assert run("validate", path).status == 1


# Many files


def test_an_archive_and_standard_input_are_checked_like_files(
    run: Run, good: Path, bad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(good, "folder/good.yaml")
        archive.write(bad, "folder/bad.yaml")
    for workers in (1, 2):
        done = run("validate", tmp_path / "all.zip", "--workers", workers)
        assert done.status == 1
        assert f"✓ {tmp_path}/all.zip!/folder/good.yaml" in done.out
        assert f"✗ {tmp_path}/all.zip!/folder/bad.yaml" in done.out
    command = [sys.executable, "-m", "etappe", "validate", "-", "--lang", "en"]
    piped = subprocess.run(command, input=good.read_bytes(), capture_output=True, cwd=tmp_path, check=True)
    assert "✓ <stdin>" in piped.stdout.decode()


def test_a_summary_counts_by_rule_and_by_file(run: Run, good: Path, bad: Path) -> None:
    done = run("validate", good, bad)
    assert "C01" in done.err
    assert "title, language and exactly one publisher" in done.err
    assert str(bad) in done.err
    assert str(good) not in done.err
    assert "2 files checked, 1 pass" in done.err
    assert run("validate", good, bad, "-q").err == ""


def test_every_bad_example_is_told_and_none_stops_the_others(run: Run) -> None:
    alone = run("validate", REGISTRY, BAD)
    shared = run("validate", REGISTRY, BAD, "--workers", 2)
    assert alone.status == shared.status == 2
    assert alone.out == shared.out
    for path in BAD.iterdir():
        if path.suffix != ".md" and path.suffix != ".txt":
            assert path.name in alone.out + alone.err


def test_watching_checks_again_what_changes(good: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "etappe", "validate", str(good), "--watch", "--lang", "en"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tmp_path, env=environment
    ) as child:
        assert child.stdout is not None
        try:
            assert "✓" in child.stdout.readline().decode()
            good.write_text(MINIMAL.replace("publisher: {id: herausgeber, name: Herausgeber}\n", ""))
            os.utime(good, (time.time() + 5, time.time() + 5))
            assert "✗" in child.stdout.readline().decode()
        finally:
            child.kill()


# Any RDF against any shapes


def test_any_graph_is_checked_against_any_shapes(run: Run, shapes: Path, data: Path) -> None:
    done = run("validate", "--shapes", shapes, "--data", data)
    assert done.status == 1
    assert "The name is missing." in done.out
    assert "3:1" in done.out
    assert "1 violation, 1 warning" in done.out
    assert "Der Name fehlt." in run("validate", "--shapes", shapes, "--data", data, "--lang", "de").out
    data.write_text(DATA.replace("ex:a a ex:Thing .", "").replace('"x"', '"xxx"'))
    assert run("validate", "--shapes", shapes, "--data", data).status == 0


@pytest.mark.parametrize("form", FORMATS)
def test_foreign_shapes_have_every_form(run: Run, shapes: Path, data: Path, form: str) -> None:
    done = run("validate", "--shapes", shapes, data, "--format", form)
    assert done.status == 1
    assert done.out


def test_the_report_is_that_of_the_standard(run: Run, shapes: Path, data: Path) -> None:
    done = run("validate", "--shapes", shapes, "--data", data, "--format", "turtle")
    assert "sh:conforms false" in done.out
    assert done.out.count("sh:ValidationResult") == 2
    assert "<https://x.example/part>" in done.out  # a path of several steps is written out


def test_severity_decides_when_asked(run: Run, shapes: Path, data: Path) -> None:
    data.write_text(DATA.replace("ex:a a ex:Thing .", ""))
    assert run("validate", "--shapes", shapes, "--data", data).status == 1
    assert run("validate", "--shapes", shapes, "--data", data, "--fail-on", "violation").status == 0


def test_shapes_beyond_the_compiled_engine_are_left_to_pyshacl(run: Run, shapes: Path, data: Path) -> None:
    shapes.write_text(
        SHAPES + 'ex:Shape sh:sparql [ sh:select "SELECT $this { { $this a ex:Thing } UNION { $this a ex:Other } }" ; '
        'sh:prefixes ex: ] . ex: sh:declare [ sh:prefix "ex" ; sh:namespace "https://x.example/" ] .'
    )
    done = run("validate", "--shapes", shapes, "--data", data, "--format", "json")
    (outcome,) = json.loads(done.out)
    assert outcome["engine"].startswith("pySHACL")
    assert done.status == 1


def test_shapes_without_targets_are_noticed(run: Run, shapes: Path, data: Path) -> None:
    shapes.write_text(SHAPES.replace("sh:targetClass ex:Thing ;", ""))
    done = run("validate", "--shapes", shapes, "--data", data)
    assert done.status == 0
    assert "no targets" in done.err


@pytest.mark.parametrize(
    ("addition", "told"),
    [
        ("this is no Turtle", "shapes.ttl:8:1: is not Turtle: this is"),
        ("<https://x.example/> <http://www.w3.org/2002/07/owl#imports> <https://y.example/> .", "which is not fetched"),
        (
            'ex:Shape sh:sparql [ sh:select "SELECT $this { SERVICE <https://y.example/> { $this ?p ?o } }" ] .',
            "SERVICE",
        ),
        ('ex:Shape sh:js [ sh:jsFunctionName "f" ] .', "SHACL-JS"),
        ('ex:Long sh:pattern "(" .', "was not checked"),
    ],
)
def test_shapes_that_cannot_be_used_are_one_sentence(
    run: Run, shapes: Path, data: Path, addition: str, told: str
) -> None:
    shapes.write_text(SHAPES + addition)
    done = run("validate", "--shapes", shapes, "--data", data)
    assert done.status == 2
    assert told in done.err
    assert len(done.err.strip().splitlines()) <= 2
    assert "conform" not in done.out


def test_a_pattern_that_explodes_is_answered_at_once_or_given_up(run: Run, shapes: Path, data: Path) -> None:
    data.write_text(f'PREFIX ex: <https://x.example/> ex:a a ex:Thing ; ex:name "{"a" * 40}!" .')
    shapes.write_text(SHAPES + 'ex:Shape sh:property [ sh:path ex:name ; sh:pattern "^(a+)+$" ] .')
    assert run("validate", "--shapes", shapes, "--data", data).status == 1
    shapes.write_text(SHAPES + 'ex:Shape sh:property [ sh:path ex:name ; sh:pattern "^(?=a)(a+)+$" ] .')
    done = run("validate", "--shapes", shapes, "--data", data, "--deadline", "3")
    assert done.status == 2
    assert "longer than 3 seconds" in done.err


def test_the_standard_reports_of_several_graphs_stand_together(
    run: Run, shapes: Path, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.ttl").write_text("no Turtle")
    done = run("validate", "--shapes", shapes, data, data, tmp_path / "broken.ttl", "--format", "turtle")
    assert done.status == 2
    assert "broken.ttl:1:1" in done.err
    assert done.out.count("sh:ValidationReport") == 2
    assert done.out.count("<https://x.example/part>") >= 2


def test_a_language_that_is_none_is_told(run: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAPPE_LANG", "fr")
    assert "'fr' is not a language" in run("validate", good).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "needs files"),
        (("--shapes", "shapes.ttl", "data.ttl", "--workers", "2"), "--workers is for reports"),
        (("--shapes", "shapes.ttl"), "needs a graph"),
        (("--shapes", "shapes.ttl", "data.ttl", "--watch"), "--watch is for reports"),
        (("--shapes", "none.ttl", "data.ttl"), "none.ttl: cannot be read"),
        (("--shapes", "shapes.ttl", "none.ttl"), "no report is there"),
        (("--workers", "0", "data.ttl"), "greater than 0"),
        (("--frobnicate",), "unrecognized arguments"),
        (("--format", "pdf", "data.ttl"), "invalid choice"),
    ],
)
def test_wrong_use_is_told(run: Run, shapes: Path, data: Path, words: tuple[str, ...], told: str) -> None:
    done = run("validate", *words)
    assert done.status == 2
    assert told in done.err


def test_the_list_of_commands_and_the_help_know_it(run: Run) -> None:
    assert "validate" in run("--help").out
    assert "--shapes" in run("validate", "--help").out


def test_a_literal_of_ten_megabytes_is_read(run: Run, shapes: Path, data: Path) -> None:
    data.write_text(f'PREFIX ex: <https://x.example/> ex:a a ex:Thing ; ex:name "{"a" * 10_000_000}" .')
    assert run("validate", "--shapes", shapes, "--data", data).status == 0


def test_a_report_that_takes_too_long_is_given_up_and_named(run: Run, tmp_path: Path) -> None:
    many = "".join(f"  p{number}: {{name: Anna Beispiel{number}}}\n" for number in range(5000))
    (path := tmp_path / "many.yaml").write_text(MINIMAL.replace("people:\n", "people:\n" + many))
    done = run("validate", path, "--deadline", "0.5")
    assert done.status == 2
    assert f"{path}: the report was not checked, because that took longer than 0.5 seconds" in done.err


def test_a_graph_of_many_triples_is_checked_in_a_process_of_its_own(run: Run, shapes: Path, data: Path) -> None:
    many = " ".join(f'ex:t{number} a ex:Thing ; ex:name "n" .' for number in range(60_000))
    data.write_text(f"PREFIX ex: <https://x.example/> {many} ex:last a ex:Thing .")
    done = run("validate", "--shapes", shapes, "--data", data)
    assert done.status == 1
    assert "1 violation" in done.out
    assert "not checked" in run("validate", "--shapes", shapes, "--data", data, "--deadline", "0.05").err
