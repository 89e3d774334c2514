"""``etappe draft``: what an office has becomes a draft; what cannot be read is told, and the other files go on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from cli.conftest import Run
from etappe import resources
from etappe.reading import read

TEXT = """\
Netzmobil in Husum

Am Dienstag, 3. Juli 2018, war das Netzmobil in Husum. Levke Brodersen, Geschäftsführerin der Wattrechen GmbH, begrüßte das Team. Am
Nachmittag besuchte das Team die Stadtwerke Husum. Digitalministerin Tomma Aldenhoff konnte nicht teilnehmen.

Foto: Levke Brodersen (Geschäftsführerin Wattrechen GmbH) vor dem Netzmobil am 3. Juli 2018. Foto: Agentur Nord/Ole Tamm
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "husum.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_text_becomes_a_draft_that_passes_the_gate_as_a_draft(run: Run, text: Path, tmp_path: Path) -> None:
    done = run("draft", text, "-o", tmp_path / "drafts")
    assert done.status == 0
    draft = tmp_path / "drafts" / "husum.yaml"
    assert read(draft).slug == "husum"
    assert "Levke Brodersen" in draft.read_text()
    assert run("validate", draft, "--profile", "draft").status == 0
    assert run("validate", draft).status == 1  # a person has to sign it


def test_an_absent_minister_is_not_present(run: Run, text: Path) -> None:
    facts = json.loads(run("draft", text, "--format", "json").out)
    people = {person["name"]: person for person in facts["persons"]}
    assert people["Levke Brodersen"]["attended"] == "true"
    assert people["Tomma Aldenhoff"]["attended"] == "false"
    assert {event["date"] for event in facts["events"]} == {"2018-07-03"}


def test_a_draft_that_somebody_may_have_corrected_is_kept(run: Run, text: Path, tmp_path: Path) -> None:
    (tmp_path / "husum.yaml").write_text("corrected")
    done = run("draft", text, "-o", tmp_path)
    assert done.status == 2
    assert "is there already" in done.err
    assert (tmp_path / "husum.yaml").read_text() == "corrected"


def test_many_sources_need_a_folder_and_one_bad_one_does_not_stop_them(run: Run, text: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "empty.txt").write_text("")
    assert "--output DIR" in run("draft", tmp_path).err
    done = run("draft", tmp_path, "-o", tmp_path / "drafts")
    assert done.status == 2
    assert "scan.pdf" in done.err
    assert "empty.txt" in done.err
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["husum.yaml"]
    assert "1 draft, 2 unreadable" in done.err


def test_what_the_reviewer_changed_is_counted(run: Run, text: Path, tmp_path: Path) -> None:
    run("draft", text, "-o", tmp_path / "drafts")
    draft = tmp_path / "drafts" / "husum.yaml"
    (reviewed := tmp_path / "reviewed.yaml").write_text(draft.read_text().replace("Levke Brodersen", "Levke Broder"))
    done = run("draft", draft, "--diff", reviewed)
    assert done.status == 0
    assert "precision" in done.out
    assert "people" in done.out
    assert run("draft", tmp_path / "none.yaml", "--diff", reviewed).status == 2


def test_photos_become_one_draft_with_unknown_rights(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bilder"
    folder.mkdir()
    picture = Image.new("RGB", (8, 8))
    exif = picture.getexif()
    exif[0x010E] = "Levke Brodersen am Netzmobil"
    picture.save(folder / "a.jpg", exif=exif)
    (folder / "b.jpg").write_bytes(b"no picture")
    done = run("draft", folder, "-o", tmp_path / "drafts")
    assert done.status == 2
    assert "b.jpg" in done.err
    draft = read(tmp_path / "drafts" / "photos.yaml")
    assert draft.slug == "bilder"
    assert "rights: unknown" in (tmp_path / "drafts" / "photos.yaml").read_text()


def test_a_register_becomes_reports_from_one_command(run: Run, tmp_path: Path) -> None:
    examples = resources.folder("examples")
    run("ingest", examples / "registry", "--accept-warnings", "example", "-q")
    tables = examples / "tables"
    table, mapping = tables / "register-thueringen-2019.csv", tables / "register-thueringen-2019.json"
    done = run("draft", table, "--mapping", mapping, "-o", tmp_path / "reports")
    assert done.status == 0
    assert "4 drafts" in done.err
    assert "the row was passed over" in done.err
    assert run("ingest", tmp_path / "reports").status == 0
    assert "--output DIR" in run("draft", table, "--mapping", mapping).err


def test_what_is_there_already_stops_no_other_row(run: Run, tmp_path: Path) -> None:
    examples = resources.folder("examples")
    run("ingest", examples / "registry", "--accept-warnings", "example", "-q")
    table = examples / "tables" / "register-thueringen-2019.csv"
    words = ("draft", tmp_path / "none.csv", table, "--mapping", table.with_suffix(".json"), "-o", tmp_path / "reports")
    first, again = run(*words), run(*words)
    assert (first.status, again.status) == (2, 2)
    assert "4 drafts, 1 unreadable" in first.err
    assert "0 drafts, 5 unreadable" in again.err
    assert "none.csv" in first.err


def test_photos_with_the_same_words_keep_their_own(run: Run, tmp_path: Path) -> None:
    for name, caption in {
        "a.jpg": "Rathaus",
        "b.jpg": "Rathaus am Abend",
        "c.jpg": "Rathaus",
        "d.jpg": "# a: 'b' <i>",
    }.items():
        picture = Image.new("RGB", (8, 8))
        exif = picture.getexif()
        exif[0x010E] = caption
        picture.save(tmp_path / name, exif=exif)
    assert run("draft", tmp_path, "-o", tmp_path / "drafts").status == 0
    draft = tmp_path / "drafts" / "photos.yaml"
    assert read(draft).text is not None
    assert "O1" not in run("validate", draft, "--profile", "draft").out


def test_photos_are_a_draft_in_yaml_whatever_the_form(run: Run, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    assert run("draft", tmp_path / "a.png", "--format", "json", "-o", tmp_path / "drafts").status == 0
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["photos.yaml"]


def test_a_model_is_only_asked_when_somebody_names_it(text: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "etappe", "draft", str(text), "--model", "http://127.0.0.1:9/v1", "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert "etappe: " in done.stderr
    assert "Traceback" not in done.stderr
