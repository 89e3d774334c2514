"""The commands as a user types them: what they print, where, and with which status they end."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from cli.conftest import Run
from conftest import MINIMAL
from etappe import __version__, resources
from etappe.cli import app as app_module
from etappe.errors import EtappeError

EXAMPLES = resources.folder("examples")


def test_version_and_help(run: Run) -> None:
    assert run("--version").out == f"etappe {__version__}\n"
    helped = run("--help")
    assert helped.status == 0
    for command in ("demo", "validate", "ingest", "ask", "query", "show", "reports", "export", "rebuild", "check"):
        assert command in helped.out


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['etappe', '--help']\n"
        "from etappe.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pyoxigraph', 'rdflib', 'pyshacl', 'yaml', 'rapidfuzz'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_base_of_the_command_line_is_that_of_the_model() -> None:
    from etappe.model import DEFAULT_BASE

    assert app_module.DEFAULT_BASE == DEFAULT_BASE


def test_the_demo_answers_the_three_questions(run: Run) -> None:
    done = run("demo")
    assert done.status == 0
    assert re.search(
        r"Christian Pegel +Minister für Energie, Infrastruktur und Digitalisierung .*Stralsund.*2017-07-28", done.out
    )
    assert "Visit to the Boreus data centre" in done.out
    assert done.out.count("accepted:") >= 19
    again = run("demo")
    assert again.status == 0
    assert "already known" in again.out
    german = run("demo", "--lang", "de", "--quiet")
    assert "Welche Minister besuchten welche Stationen?" in german.out


def test_validate_tells_what_is_wrong_where(run: Run, good: Path, bad: Path) -> None:
    passed = run("validate", good)
    assert (passed.status, "nothing to object to" in passed.out) == (0, True)
    done = run("validate", good, bad)
    assert done.status == 1
    assert "C01" in done.out
    assert "2 files checked, 1 pass" in done.err
    assert "herausgegeben" in run("validate", bad, "--lang", "de").out


def test_validate_formats(run: Run, bad: Path) -> None:
    done = run("validate", bad, "--format", "json", "--quiet")
    (outcome,) = json.loads(done.out)
    assert (done.status, done.err, outcome["conforms"]) == (1, "", False)
    assert outcome["findings"][0]["code"] == "C01"
    turtle = run("validate", bad, "--format", "turtle", "--quiet")
    assert any("ValidationResult" in str(quad) for quad in parse(turtle.out.encode(), format=RdfFormat.TURTLE))


def test_profiles_and_fail_on(run: Run, bad: Path) -> None:
    assert run("validate", bad, "--profile", "draft").status == 0
    assert run("validate", bad, "--profile", "draft", "--fail-on", "warning").status == 1
    assert run("validate", bad, "--profile", "draught").status == 2


def test_one_unreadable_file_does_not_stop_the_others(run: Run, good: Path, tmp_path: Path) -> None:
    broken = tmp_path / "a-broken.yaml"
    broken.write_text("report: [")
    done = run("validate", broken, good)
    assert done.status == 2
    assert done.err.startswith(f"etappe: {broken}:")
    assert "good.yaml" in done.out
    ingested = run("ingest", broken, good)
    assert ingested.status == 2
    assert "1 accepted, 0 already known, 0 waiting, 1 unreadable" in ingested.err


def test_wrong_use(run: Run) -> None:
    for words in (
        ("validate",),
        ("validate", "nowhere"),
        ("ingest", "*.nothing"),
        ("frobnicate",),
        ("ask", "CQ01", "x"),
        ("reports", "--base", "nonsense"),
        ("ask", "--data", "none", "CQ01"),
    ):
        done = run(*words)
        assert done.status == 2, words
        assert done.err


def test_ingest_ask_show_reports_check(run: Run, good: Path, bad: Path) -> None:
    assert run("ingest", good, "--by", "Prüferin").status == 0
    assert run("ingest", good).out.startswith("✓ already known")
    other = bad.with_name("other.yaml")
    other.write_text(bad.read_text().replace("report: probe", "report: zwei").replace("war die", "war eine"))
    waiting = run("ingest", other)
    assert (waiting.status, "1 waiting" in waiting.err) == (1, True)
    listed = run("reports")
    assert "Prüferin" in listed.out
    assert "waiting" in listed.out
    assert "probe" not in run("reports", "--state", "waiting").out
    assert "no rows" in run("reports", "--state", "superseded").out
    assert "Rundgang" in run("ask", "CQ11").out
    shown = run("show", "Anna Beispiel")
    assert "report/probe/1" in shown.out
    assert run("show", "Niemand").status == 2
    checked = run("check")
    assert (checked.status, "1 documents" in checked.err or "documents" in checked.err) == (0, True)
    assert run("rebuild").status == 0
    assert run("check", "--quiet").err == ""


def test_warnings_wait_for_a_reason(run: Run, good: Path) -> None:
    good.write_text(MINIMAL.replace("    tour: mustertour\n", ""))
    done = run("ingest", good)
    assert done.status == 1
    assert "--accept-warnings REASON" in done.out
    assert run("ingest", good, "--accept-warnings", "no tour").status == 0
    assert "no tour" in run("reports").out


def test_check_finds_a_damaged_archive(run: Run, good: Path, tmp_path: Path) -> None:
    run("ingest", good)
    next(p for p in (tmp_path / "etappe-data" / "archive" / "objects").rglob("*") if p.is_file()).write_bytes(b"x")
    done = run("check")
    assert done.status == 1
    assert "was altered" in done.out


def test_a_file_name_that_is_no_text(run: Run, good: Path, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/b\xff.yaml"
    with open(odd, "wb") as file:  # noqa: PTH123
        file.write(good.read_bytes())
    done = etappe("ingest", os.fsdecode(odd), "--by", "x\udcff", cwd=tmp_path)
    assert (done.returncode, "accepted" in done.stdout) == (0, True), done.stderr
    assert run("check").status == 0


def test_a_user_without_a_name(run: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert run("ingest", good).status == 0
    assert "unknown" in run("reports").out


def test_check_says_when_the_graph_is_missing(run: Run, good: Path, tmp_path: Path) -> None:
    run("ingest", good)
    shutil.rmtree(tmp_path / "etappe-data" / "store")
    done = run("check")
    assert (done.status, "the store is missing" in done.out) == (1, True)
    assert run("rebuild").status == 0
    assert run("check").status == 0


def test_ask_lists_and_answers_in_every_format(run: Run, good: Path) -> None:
    assert "CQ29" in run("ask").out
    assert "[--stop]" in run("ask").out
    run("ingest", good)
    for form in ("table", "csv", "tsv", "json", "xml", "markdown"):
        done = run("ask", "participations", "--format", form)
        assert done.status == 0
        assert "Anna Beispiel" in done.out
    assert "„Anna Beispiel war Gast“" in run("ask", "CQ11", "--explain").out
    assert (
        "VALUES (?stop ?item) { (<https://etappe.example/id/stop/musterstadt-2018> UNDEF) }"
        in run("ask", "CQ11", "--stop=musterstadt-2018", "--sparql").out
    )
    assert "no rows" in run("ask", "CQ03").out


@pytest.mark.parametrize(
    "words",
    [
        ("--stop",),
        ("--stop", "--item", "x"),
        ("--stop", "a", "--stop", "b"),
        ("--nothing", "x"),
        ("--", "x"),
        ("CQ03",),
    ],
)
def test_ask_with_wrong_parameters(run: Run, good: Path, words: tuple[str, ...]) -> None:
    run("ingest", good)
    done = run("ask", "CQ11", *words)
    assert done.status == 2
    assert done.err.startswith(("etappe: ", "Usage"))


def test_query_answers_every_form(run: Run, good: Path, tmp_path: Path) -> None:
    run("ingest", good)
    file = tmp_path / "q.rq"
    for sparql, expected in (
        ("SELECT ?n { ?p <http://xmlns.com/foaf/0.1/name> ?n } ORDER BY ?n", "Anna Beispiel"),
        ("ASK { ?s ?p ?o }", "true"),
        (
            "CONSTRUCT { ?p <http://xmlns.com/foaf/0.1/name> ?n } WHERE { ?p <http://xmlns.com/foaf/0.1/name> ?n }",
            'foaf:name "Anna Beispiel"',
        ),
    ):
        file.write_text(sparql)
        done = run("query", file)
        assert (done.status, expected in done.out) == (0, True)
    file.write_text("SELECT ?n { ?p <http://xmlns.com/foaf/0.1/name> ?n }")
    assert run("query", file, "--format", "csv").out.startswith("n\r\n")


@pytest.mark.parametrize(
    ("sparql", "sentence"),
    [
        ("SELECT", "cannot be parsed"),
        ("DROP ALL", "cannot be parsed"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("#" * 1_000_001, "longer than"),
    ],
)
def test_query_refuses(run: Run, good: Path, tmp_path: Path, sparql: str, sentence: str) -> None:
    run("ingest", good)
    file = tmp_path / "q.rq"
    file.write_text(sparql)
    done = run("query", file)
    assert done.status == 2
    assert sentence in done.err


def etappe(*words: object, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etappe", *map(str, words)], cwd=cwd, input=stdin, capture_output=True, text=True
    )


def test_a_query_from_standard_input_that_takes_too_long_is_ended(run: Run, good: Path, tmp_path: Path) -> None:
    run("ingest", good)
    done = etappe(
        "query",
        "--timeout",
        "1",
        cwd=tmp_path,
        stdin="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    )
    assert done.returncode == 2
    assert "took longer than 1 s" in done.stderr
    assert etappe("check", cwd=tmp_path).returncode == 0


def test_a_query_that_is_not_text(run: Run, good: Path, tmp_path: Path) -> None:
    run("ingest", good)
    (tmp_path / "q.rq").write_bytes(b"\xff")
    assert "not UTF-8" in run("query", "q.rq").err


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "ntriples"])
def test_export_everything_or_one_report(run: Run, good: Path, tmp_path: Path, form: str) -> None:
    run("ingest", good)
    rdf = {
        "nquads": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
    }[form]
    everything = list(parse(run("export", "--format", form).out.encode(), format=rdf))
    one = list(parse(run("export", "probe", "--format", form).out.encode(), format=rdf))
    assert len(everything) > len(one) > 30
    assert run("export", "probe", "--format", form, "-o", "file").out == ""
    assert (tmp_path / "file").stat().st_size > 0


def test_export_as_yaml_can_be_ingested_again(run: Run, good: Path, tmp_path: Path) -> None:
    run("ingest", good)
    run("export", "probe", "--format", "yaml", "-o", "again.yaml")
    assert run("ingest", "again.yaml").out.startswith("✓ already known")
    assert run("export", "--format", "yaml").status == 2
    assert "known are: probe" in run("export", "nothing").err
    assert run("export", "-o", "no/such/folder").status == 2


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.EROFS, "read-only file system"), (errno.EACCES, "permission denied")]
)
def test_a_folder_that_may_not_be_written(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    done = run("ingest", good)
    assert done.status == 3
    assert sentence in done.err
    assert "--data" in done.err


def test_a_data_folder_that_is_a_file(run: Run, good: Path) -> None:
    done = run("ingest", good, "--data", good)
    assert done.status == 3
    assert "cannot be used as a data folder" in done.err


def test_a_fault_of_our_own_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("something")

    monkeypatch.setattr("etappe.cli.gate.validate_reports", broken)
    done = run("validate", good)
    assert (done.status, done.err) == (
        2,
        "etappe: a fault in Etappe itself (RuntimeError: something); ETAPPE_DEBUG=1 shows where\n",
    )


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (EtappeError("x"), 2)])
def test_how_the_command_line_ends(
    run: Run, monkeypatch: pytest.MonkeyPatch, good: Path, error: BaseException, status: int
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("etappe.cli.gate.validate_reports", ended)
    assert run("validate", good).status == status


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m etappe ask | head -n 1", shell=True, cwd=tmp_path, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
