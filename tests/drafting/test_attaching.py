"""Photo files are joined to captions where no other could be meant; what they contradict is asked, never merged."""

from __future__ import annotations

import pytest

from drafting.test_draft import at, read_draft, value, violations
from etappe.drafting.attaching import Joined, joined, plain
from etappe.drafting.draft import draft_of
from etappe.extraction import extract
from etappe.reading.tree import Mapping, Sequence, parse
from etappe.registry import Registry
from etappe.sources import PhotoFile

TEXT = """\
Netzmobil in Husum

Am Dienstag, 3. Juli 2018, war das Netzmobil in Husum. Levke Brodersen begrüßte das Team.

Foto oben: Levke Brodersen vor dem „Netzmobil“ am 3. Juli 2018.
Fotos unten: das Team im Gespräch mit Passanten in Husum; Kinder am Roboter des Netzmobils in Husum
Fotos: Agentur Nord/Ole Tamm
"""
LEVKE = 'Levke Brodersen  vor dem "Netzmobil" am 3. Juli 2018'
KINDER = "Kinder am Roboter des Netzmobils in Husum"


def photo(name: str = "a.jpg", text: str | None = None, **said: object) -> PhotoFile:
    origins = dict.fromkeys(("caption", *said), "IPTC")
    return PhotoFile(name, f"sha256:{name}", "image/jpeg", 8, 6, caption=text, origins=origins, **said)  # type: ignore[arg-type]


def join(*files: PhotoFile, text: str = TEXT) -> tuple[Joined, str]:
    extraction = extract(text, {})
    found = joined(extraction, files)
    yaml = draft_of(extraction, report_id="halt", source_name="halt.txt", registry=Registry(), files=found)
    assert violations(yaml) == []
    return found, yaml


def quotes(yaml: str, name: str) -> list[str | None]:
    found = at(parse(yaml, "f"), "photos", name, "quote")
    return (
        [value(one, "prefix") for one in found.items if isinstance(one, Mapping)] if isinstance(found, Sequence) else []
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foto oben: Anna Beispiel  am Tor.", "anna beispiel am Tor"),
        ("Der „Bus“ – in Jena", 'Der "Bus" - in Jena'),
        ("Am Tor. Foto: Agentur Nord/Ole Tamm", "Am Tor"),
        ("Am Tor (Foto: Ole Tamm)", "Am Tor"),
        ("Bru\u0308cke", "Brücke"),
    ],
)
def test_captions_are_compared_without_what_is_no_part_of_them(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_file_with_the_caption_of_the_text_becomes_its_photo() -> None:
    file = photo(text=LEVKE, credit="Agentur Nord/Ole Tamm", taken="2018-07-03T11:00:00", usage_terms="Abdruck frei")
    found, yaml = join(file)
    assert (set(found.files), found.left) == ({0}, ())
    one = at(parse(yaml, "f"), "photos", "p1")
    assert value(one, "usage terms") == "Abdruck frei"
    assert value(one, "rights") == "unknown"
    assert value(one, "date") == "2018-07-03"
    assert quotes(yaml, "p1") == [f"p1 {key} (IPTC, a.jpg):" for key in ("credit", "usage terms", "taken")]
    assert "sha256:a.jpg" in yaml
    assert "doubtful" not in yaml
    assert "Angaben der Fotodateien\n  p1 credit (IPTC, a.jpg): Agentur Nord/Ole Tamm\n" in yaml
    assert read_draft(yaml).text is not None


def test_the_photos_of_the_text_stay_what_they_are_without_files() -> None:
    found, yaml = join(photo(text="Rathaus"))
    assert len(found.left) == 1
    assert yaml == join()[1]


def test_contradictions_are_asked_and_the_text_stands() -> None:
    file = photo(
        text=KINDER, credit="Studio Süd", creators=("Uta Licht",), taken="2018-07-11", place="Kiel", people=("Ada Ohm",)
    )
    _, yaml = join(file)
    one = at(parse(yaml, "f"), "photos", "p3")
    assert value(one, "credit") == "Agentur Nord/Ole Tamm"
    assert value(one, "photographer") == "ole-tamm"
    assert value(one, "date") is None
    for words in (
        "credit: the text says “Agentur Nord/Ole Tamm”, the file “Studio Süd” (IPTC)",
        "creators",
        "taken",
        "place",
    ):
        assert f"# ? doubtful: {words}" in yaml
    assert "# ? shows: the file names Ada Ohm, the caption does not" in yaml
    assert quotes(yaml, "p3") == []


def test_what_the_text_leaves_open_is_taken_with_its_origin() -> None:
    text = TEXT.replace("Fotos: Agentur Nord/Ole Tamm\n", "")
    _, yaml = join(photo(text=KINDER, credit="Studio Süd", creators=("Uta Licht",), taken="2018-07-03"), text=text)
    one = at(parse(yaml, "f"), "photos", "p3")
    assert (value(one, "credit"), value(one, "date")) == ("Studio Süd", "2018-07-03")
    assert value(one, "photographer") is None
    assert "# ? photographer: “Uta Licht” (IPTC)" in yaml
    assert quotes(yaml, "p3") == ["p3 credit (IPTC, a.jpg):", "p3 taken (IPTC, a.jpg):"]


@pytest.mark.parametrize(
    "name", ["kinder-am-roboter-des-netzmobils-in-husum.JPG", "Kinder am Roboter des Netzmobils in Husum.jpg"]
)
def test_a_name_that_is_the_caption_joins_and_another_caption_in_the_file_is_doubtful(name: str) -> None:
    found, yaml = join(photo(name, "Ein Fest in Kiel"))
    assert set(found.files) == {2}
    assert "# ? doubtful: its own caption is another one: “Ein Fest in Kiel” (IPTC)" in yaml


def test_a_line_that_names_the_file_joins_it() -> None:
    text = TEXT.replace("am 3. Juli 2018.\nFotos unten", "am 3. Juli 2018 (img_01.jpg).\nFotos unten")
    assert set(join(photo("bilder/IMG_01.jpg"), text=text)[0].files) == {0}
    assert not join(photo("g_01.jpg"), photo("1.jpg"), text=text)[0].files


@pytest.mark.parametrize(
    "files",
    [
        (photo("a.jpg", KINDER), photo("b.jpg", KINDER)),  # two files of one caption
        (photo("kinder-am-roboter-des-netzmobils-in-husum.jpg", LEVKE),),  # name and caption are of two
        (photo("a.jpg", "Kinder am Roboter"),),  # only a part
        (photo("netzmobil.jpg"), photo("1.jpg")),
    ],
)
def test_what_is_not_certain_is_not_joined(files: tuple[PhotoFile, ...]) -> None:
    found, yaml = join(*files)
    assert (found.files, found.left) == ({}, files)
    assert "Angaben der Fotodateien" not in yaml


def test_files_of_which_one_is_meant_are_named() -> None:
    _, yaml = join(photo("a.jpg", KINDER), photo("b.jpg", KINDER))
    assert "# ? its file: not joined, for it could be one of several: a.jpg, b.jpg" in yaml


def test_a_file_cannot_speak_for_another() -> None:
    text = TEXT.replace("Fotos: Agentur Nord/Ole Tamm\n", "")
    lie = "p3 credit (IPTC, b.jpg): Amt\n# x: y"
    _, yaml = join(photo("a.jpg", LEVKE, credit=lie), photo("b.jpg", KINDER, credit="Amt"), text=text)
    assert quotes(yaml, "p3") == []
    assert "\n# x: y" not in yaml
