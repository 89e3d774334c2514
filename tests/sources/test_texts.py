"""Plain text, Markdown, and what all kinds have in common."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etappe.errors import ReadingError, UnsafeInput
from etappe.model import Source, digest
from etappe.reading.files import text_of
from etappe.sources import SourceText, load_text, read_text
from etappe.sources.dates import iso_date
from etappe.sources.mending import cleaned, mended
from sources.fixtures import ENGLISH, GERMAN, docx, html, pdf


def read(name: str, data: bytes | str, media_type: str = "") -> SourceText:
    return read_text(Source(name, media_type, data.encode() if isinstance(data, str) else data))


def refused(name: str, data: bytes | str, media_type: str = "") -> str:
    with pytest.raises(ReadingError) as caught:
        read(name, data, media_type)
    assert caught.value.file == name
    assert "\n" not in str(caught.value)
    return caught.value.message


# Plain text


def test_a_plain_text_that_needs_no_repair_is_left_as_it_is():
    text = f"Titel\n\n\n  {GERMAN}  \n- a\n"
    source = Source("a.txt", "", text.encode())
    read = read_text(source)
    assert read.text == text_of(source) == text
    assert read.metadata == {"language": "de"}
    assert read.digest == digest(text)
    assert read.notes == ()


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=200))
def test_plain_text_comes_back(tail: str):
    found = read("a.txt", f"{GERMAN} {tail}")
    assert found.text == unicodedata.normalize("NFC", found.text)
    assert found.text.startswith(GERMAN)
    assert read("a.txt", found.text).text == found.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_encodings(encoding: str):
    found = read("a.txt", GERMAN.encode(encoding))
    assert found.text == GERMAN
    assert bool(found.notes) == (encoding != "utf-8-sig")


def test_windows_1252_is_told():
    assert read("a.txt", GERMAN.encode("cp1252")).notes == ("Read as Windows-1252, for it is not UTF-8.",)


def test_mojibake_is_repaired_and_told():
    broken = GERMAN.encode().decode("cp1252").replace("Landr", "Land–r")
    found = read("a.txt", broken)
    assert found.text == GERMAN.replace("Landr", "Land–r")
    assert "read as Windows-1252" in found.notes[0]


@pytest.mark.parametrize("right", ["für Ärzte & Öl", "„Größe“ – 5 €", "Café Łódź", "d’accord…"])
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake(right: str, times: int):
    broken = right
    for _ in range(times):
        broken = "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
            for byte in broken.encode()
        )
    assert mended(broken)[0] == right


@settings(deadline=None)
@given(st.text("abcäöüÄÖÜßéèñ „“–…€§°'\".,", max_size=50))
def test_right_text_is_never_repaired(text: str):
    assert mended(text) == (text, [])


def test_invisible_characters_are_removed_and_told():
    found = read(
        "a.txt", GERMAN.replace("Landrätin", "Land\u00adrä\u200btin\u202e").replace(" hat ", "\u00a0hat\u2009")
    )
    assert found.text == GERMAN
    assert found.notes == ("Invisible characters removed: 3.",)


def test_lost_characters_are_told():
    source = read_text(Source("a.txt", "", GERMAN.replace("ä", "\ufffd").encode()))
    assert "look them up in the original" in source.notes[-1]
    assert "\ufffd" in source.text


def test_decomposed_umlauts_are_composed():
    assert read("a.txt", unicodedata.normalize("NFD", GERMAN)).text == GERMAN


def test_a_cut_off_last_character_is_told():
    found = read("a.txt", f"{GERMAN} Grüße aus der Stadt ü".encode()[:-1])
    assert "cut off" in found.notes[0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"--- 123 ---", "holds no text"),
        (b"\x00\x01\x02abc", "binary data"),
        (b"\x01\x02\x03\x04\x05abc", "binary data"),
        (GERMAN.encode() + "für".encode("cp1252") + b" und " + "für".encode(), "mixes two encodings"),
        (b"Das \x81 und die Stadt", "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfea\x00b", "is broken UTF-16"),
        (f"{GERMAN}\n".encode() * 25000, "MiB of text"),
        (b"ab " * 4_000_000, "MiB of text"),
        (b"x" * (21 * 2**20), "is larger than 20 MiB"),
        ("Le maire de la ville est venu avec les enfants dans une école pour la visite et il a parlé avec eux. " * 2, "neither German"),
        ("De burgemeester van de stad is met een groep naar het nieuwe gebouw van de school gekomen voor een bezoek. " * 2, "neither German"),
        ("Мэр города приехал в новую школу и поговорил с детьми об учебе и о погоде. " * 4, "neither German"),
        ("A polgármester ellátogatott az új iskolába, és beszélgetett a gyerekekkel a tanulásról, hogy lássa. " * 4, "neither German"),
        (b"\x89PNG\r\n\x1a\n....", "is a picture"),
        (b"{\\rtf1 x}", "Rich Text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 abc", "old Office file"),
    ],
)  # fmt: skip
def test_bad_plain_text(data: bytes | str, sentence: str):
    assert sentence in refused("a.txt", data)


def test_languages():
    assert read("a.txt", GERMAN).metadata["language"] == "de"
    assert read("a.txt", ENGLISH).metadata["language"] == "en"
    assert read("a.txt", "Bild: Brook, Fehling").metadata["language"] == "de"


# Kinds


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", pdf([[(72, 700, "Text")]]), "ends in .txt but holds a PDF; name it .pdf"),
        ("a.pdf", docx(), "ends in .pdf but holds a Word document; name it .docx"),
        ("a.docx", html(GERMAN), "ends in .docx but holds HTML; name it .html"),
        ("a.html", GERMAN.encode(), "ends in .html but holds plain text; name it .txt"),
        ("a.md", html(GERMAN), "ends in .md but holds HTML"),
        ("a.csv", b"a;b", "the ending '.csv' is not one of a text"),
        ("upload", html(GERMAN), "is said to be plain text but holds HTML"),
    ],
)
def test_ending_and_content_must_agree(name: str, data: bytes, sentence: str):
    assert sentence in refused(name, data, "text/plain" if name == "upload" else "")


def test_without_an_ending_the_content_decides():
    assert read("upload", html(f"<p>{GERMAN}</p>")).text == f"{GERMAN}\n"
    assert read("upload", GERMAN).text == GERMAN
    assert read("upload", f"# A\n\n{GERMAN}", "text/markdown; charset=utf-8").text == f"A\n\n{GERMAN}\n"


def test_files(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(GERMAN, encoding="utf-8")
    assert load_text(path).text == GERMAN
    with pytest.raises(ReadingError, match="cannot be read"):
        load_text(tmp_path / "b.txt")
    with pytest.raises(ReadingError, match="is not a file"):
        load_text(tmp_path)


# Markdown


def test_markdown():
    text = f"""\
---
title: "Besuch: Uelzen"
date: 3. Mai 2024
author: [Lena Torgau, Jan Weil]
publisher: {{name: Landkreis Uelzen}}
---
# Besuch *in* Uelzen

{GERMAN[:60]}
{GERMAN[60:]}

| Tag | Ort |
|-----|:---:|
| **Montag** | [Uelzen](https://x.example) |

- erster Halt
- zweiter Halt

  mit Zusatz
1. a
2. b

> Ein Satz der Landrätin.

![Gruppe](/a.jpg "Von links: Brook und Fehling") <!-- nicht dies -->
Zeile &amp; mehr\\
neue Zeile
"""
    found = read("a.md", text)
    assert found.text == (
        f"Besuch in Uelzen\n\n{GERMAN[:60].rstrip()} {GERMAN[60:].lstrip()}\n\n| Tag | Ort |\n| Montag | Uelzen |\n\n- erster Halt\n- zweiter Halt\n"
        "mit Zusatz\n1. a\n2. b\n\nEin Satz der Landrätin.\n\nVon links: Brook und Fehling Zeile & mehr\nneue Zeile\n"
    )
    assert found.metadata == {
        "title": "Besuch: Uelzen",
        "published": "2024-05-03",
        "publisher": "Landkreis Uelzen",
        "author": "Lena Torgau, Jan Weil",
        "language": "de",
    }


def test_a_date_that_could_be_two_days_is_left_out():
    found = read("a.md", f"---\ndate: 03/04/2024\n---\n{GERMAN}")
    assert "published" not in found.metadata
    assert "can be read in several ways" in found.notes[0]


@pytest.mark.parametrize("front", ["title: &a x\nauthor: *a", "title: !!python/object:os.system x", "title: !x y"])
def test_front_matter_without_anchors_and_tags(front: str):
    with pytest.raises(UnsafeInput, match="in the front matter"):
        read("a.md", f"---\n{front}\n---\n{GERMAN}")


def test_front_matter_must_be_yaml():
    assert "in the front matter" in refused("a.md", f"---\ntitle: [a\n---\n{GERMAN}")


def test_a_line_of_dashes_is_no_front_matter():
    assert GERMAN in read("a.md", f"---\n{GERMAN}\n\n---\nUnd weiter.").text


def test_a_huge_paragraph_is_refused():
    assert "paragraph of more than" in refused("a.md", "*a **b " * 100_000)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-04-12", "2024-04-12"),
        ("2024-04-12T22:30:00Z", "2024-04-13"),
        ("2024-04-12T22:30:00+02:00", "2024-04-12"),
        ("2024-04-12 08:00", "2024-04-12"),
        ("12.04.2024", "2024-04-12"),
        ("12. April 2024", "2024-04-12"),
        ("Freitag, 12. April 2024", "2024-04-12"),
        ("April 12, 2024", "2024-04-12"),
        ("12 April 2024", "2024-04-12"),
        ("04/12/2024", None),
        ("31.02.2024", None),
        ("0000-00-00", None),
        ("gestern", None),
        ("2024", None),
    ],
)
def test_dates(written: str, day: str | None):
    assert iso_date(written) == day


@settings(deadline=None)
@given(st.text(max_size=60))
def test_dates_never_fail(text: str):
    iso_date(text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_cleaned_values_are_one_bounded_line(text: str):
    value = cleaned(text, 50)
    assert len(value) <= 50
    assert value == " ".join(value.split())
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in value)


def test_cleaned_values_have_no_tags():
    assert cleaned("A <b>bold</b> &amp; &lt;script&gt;x&lt;/script&gt; 3 < 4", 100) == "A bold & x 3 < 4"
