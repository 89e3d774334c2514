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


def _captioned(path: Path, caption: str) -> None:
    picture = Image.new("RGB", (8, 8))
    exif = picture.getexif()
    exif[0x010E] = caption.encode()
    path.parent.mkdir(exist_ok=True)
    picture.save(path, exif=exif)


CAPTION = "Levke Brodersen (Geschäftsführerin Wattrechen GmbH) vor dem Netzmobil am 3. Juli 2018"


def test_photos_beside_a_text_are_those_of_its_captions(run: Run, text: Path, tmp_path: Path) -> None:
    _captioned(tmp_path / "bilder" / "a.jpg", CAPTION)
    _captioned(tmp_path / "b.jpg", "Ein Rathaus")
    done = run("draft", tmp_path, "-o", tmp_path / "drafts")
    assert done.status == 0
    assert "2 drafts" in done.err
    draft, album = (tmp_path / "drafts" / name for name in ("husum.yaml", "photos.yaml"))
    assert "# a.jpg, joined by its own caption" in draft.read_text()
    assert "a.jpg" not in album.read_text()
    assert "b.jpg" in album.read_text()
    assert run("validate", draft, "--profile", "draft").status == 0
    again = run("draft", tmp_path, "-o", tmp_path / "drafts")
    assert "0 drafts, 2 unreadable" in again.err


def test_photos_are_joined_to_no_text_of_several(run: Run, text: Path, tmp_path: Path) -> None:
    (tmp_path / "zwei.txt").write_text(TEXT, encoding="utf-8")
    _captioned(tmp_path / "a.jpg", CAPTION)
    assert run("draft", tmp_path, "-o", tmp_path / "drafts").status == 0
    assert "a.jpg" in (tmp_path / "drafts" / "photos.yaml").read_text()
    (tmp_path / "bonn").mkdir()
    (tmp_path / "zwei.txt").rename(tmp_path / "bonn" / "zwei.txt")
    assert run("draft", tmp_path, "-o", tmp_path / "more").status == 0
    assert "# a.jpg, joined" in (tmp_path / "more" / "husum.yaml").read_text()
    assert "joined" not in (tmp_path / "more" / "zwei.yaml").read_text()


def test_photos_of_a_text_that_cannot_be_read_become_an_album(run: Run, tmp_path: Path) -> None:
    (tmp_path / "leer.txt").write_text("")
    _captioned(tmp_path / "a.jpg", CAPTION)
    assert run("draft", tmp_path, "-o", tmp_path / "drafts").status == 2
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["photos.yaml"]


def test_what_is_no_source_is_told_and_the_others_go_on(run: Run, text: Path, tmp_path: Path) -> None:
    (tmp_path / "liste.xlsx").write_bytes(b"PK\x03\x04")
    done = run("draft", tmp_path / "none.txt", tmp_path / "liste.xlsx", text, text, "-o", tmp_path / "drafts")
    assert done.status == 2
    assert "none.txt: no source is there" in done.err
    assert "liste.xlsx: is a table; say what its columns mean: --mapping FILE" in done.err
    assert "1 draft, 2 unreadable" in done.err


def test_the_list_of_a_government_in_its_own_form(run: Run, tmp_path: Path) -> None:
    """Byte order mark, lines above the titles, ministers filled down, months, quarters, nil returns: 3,000 rows."""
    day = "Ada Quill MP,01/10/2012,Harbour Fibre Ltd,Cables 0\r\n"
    rows = "".join(f",{1 + n % 28:02}/11/2012,Lantern Foundation,Cables {n}\r\n" for n in range(1, 2998))
    others = ",Oct-Dec 2012,Quay Data Centre plc,Calls\r\nTom Fennel MP,Nil return,,\r\n,31/02/2012,Harbour Fibre Ltd,Lunch\r\n"
    head = "Minister,Date,Name of individual or organisation,Purpose of meeting\r\n"
    (tmp_path / "list.csv").write_bytes(f"\ufeffMinisters' meetings,,,\r\n,,,\r\n{head}{day}{rows}{others}".encode())
    columns = [
        {"name": "minister", "titles": ["Minister"], "fillDown": True, "propertyUrl": "etappe:minister"},
        {"name": "date", "titles": ["Date"], "datatype": {"format": ["dd/MM/yyyy"]}, "propertyUrl": "etappe:date"},
        {"name": "who", "titles": ["Name of individual or organisation"], "propertyUrl": "etappe:participants"},
        {"name": "purpose", "titles": ["Purpose of meeting"], "propertyUrl": "etappe:purpose"},
    ]
    own = {
        "status": "held",
        "language": "en",
        "publisher": {"id": "office", "name": "Office"},
        "published": "2013-01-20",
        "recorded": {"by": {"id": "me", "name": "Me"}, "on": "2013-02-01"},
    }
    (tmp_path / "m.json").write_text(json.dumps({"tableSchema": {"columns": columns}, "etappe": own}))
    done = run("draft", tmp_path, "--mapping", tmp_path / "m.json", "-o", tmp_path / "reports")
    assert done.status == 2
    assert "2999 drafts, 1 unreadable" in done.err
    assert "'31/02/2012' is not a day of the calendar" in done.err
    (window,) = (path for path in (tmp_path / "reports").iterdir() if "Quay Data" in path.read_text())
    assert "{not before: 2012-10-01, not after: 2012-12-31, basis: inferred}" in window.read_text()
    assert "Ada Quill MP" in window.read_text()
