"""PDF: paragraphs, divided words, page headers; scans, encrypted and broken files."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from etappe.errors import ReadingError
from etappe.model import Source
from etappe.sources import SourceText, read_text
from sources.fixtures import page, pdf

LINES = [
    "Die Landrätin Annelie Brook hat am Dienstag das neue Werkstatt-",
    "gebäude der Holzbau Fehling GmbH in Uelzen besucht. Aus Nordrhein-",
    "Westfalen kam ein Gast von den Energie- und Wasserwerken, der das",
    "Haus und die Halle sah.",
]
JOINED = (
    "Die Landrätin Annelie Brook hat am Dienstag das neue Werkstattgebäude der Holzbau Fehling GmbH in Uelzen besucht. "
    "Aus Nordrhein-Westfalen kam ein Gast von den Energie- und Wasserwerken, der das Haus und die Halle sah."
)


def read(data: bytes) -> SourceText:
    return read_text(Source("a.pdf", "", data))


def refused(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(data)
    return caught.value.message


def test_lines_become_paragraphs():
    found = read(
        pdf(
            [
                page(
                    [
                        "Besuch in Uelzen",
                        "",
                        *LINES,
                        "",
                        "Danach ging es weiter.",
                        "",
                        "• erster Halt",
                        "• zweiter Halt",
                    ]
                )
            ]
        )
    )
    assert found.text == f"Besuch in Uelzen\n\n{JOINED}\n\nDanach ging es weiter.\n\n- erster Halt\n- zweiter Halt\n"
    assert "were divided at the end of a line: 1." in found.notes[0]


def test_paragraphs_without_a_gap():
    found = read(
        pdf([page([*LINES, "Der Gast war am Ende mit dem Besuch in der Stadt sehr zufrieden", "und fuhr nach Hause."])])
    )
    assert (
        found.text
        == f"{JOINED}\n\nDer Gast war am Ende mit dem Besuch in der Stadt sehr zufrieden und fuhr nach Hause.\n"
    )


def test_a_hyphen_before_und_stays():
    lines = [
        "Gekommen waren Leute von den Energie-",
        "und Wasserwerken, die sich auf das Gespräch mit der Landrätin",
        "freuten.",
    ]
    assert read(pdf([page(lines)])).text.startswith("Gekommen waren Leute von den Energie- und Wasserwerken, die")


def test_an_uncertain_hyphen_stays():
    lines = [
        "The well is old and the well is deep, so the town built a well-",
        "known museum for it, and the mayor was there to open it with us.",
    ]
    assert "a well-known museum" in read(pdf([page(lines)])).text


def test_soft_hyphens_join():
    assert "Werkstattgebäude" in read(pdf([page([LINES[0][:-1] + "\u00ad", *LINES[1:]])])).text


def test_headers_and_page_numbers_are_left_out():
    top, foot = "Landkreis Uelzen", "Pressestelle: presse@uelzen.example"
    pages = [
        [*page([top, "", *LINES[:3]]), (72, 60, foot), (300, 40, "Seite 1 von 2")],
        [*page([top, "", LINES[3], "", "10.00 Uhr: Beginn"]), (72, 60, foot), (300, 40, "Seite 2 von 2")],
    ]
    found = read(pdf(pages))
    assert found.text == f"{JOINED}\n\n10.00 Uhr: Beginn\n\n{foot}\n"
    assert "several pages: 6" in found.notes[0]


def test_times_on_top_of_pages_are_no_headers():
    pages = [page([f"{hour}.00 Uhr", *LINES]) for hour in (10, 11)]
    assert "11.00 Uhr" in read(pdf(pages)).text


def test_document_information():
    data = pdf([page(LINES)], "/Title (Besuch in Uelzen) /Author (Lena Torgau) /CreationDate (D:20240503)")
    assert {key: value for key, value in read(data).metadata.items() if key != "notes"} == {
        "title": "Besuch in Uelzen",
        "author": "Lena Torgau",
        "language": "de",
    }
    assert "title" not in read(pdf([page(LINES)], "/Title (Microsoft Word - pm.doc) /Author (user7)")).metadata


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="latin-1", categories=("L",)), min_size=1, max_size=12), min_size=1, max_size=40
    )
)
def test_words_come_back(words: list[str]):
    lines = [*LINES, *(" ".join(words[start : start + 6]) for start in range(0, len(words), 6))]
    assert read(pdf([page(lines)])).text.split()[-len(words) :] == words


def test_scans():
    assert refused(pdf([[], []])) == "is a scan without a text layer; run OCR first"
    assert refused(pdf([page(["1"])])) == "is a scan without a text layer; run OCR first"
    assert "Pages without a text layer: 2." in read(pdf([page(LINES), []])).notes


def test_letters_that_stand_for_nothing():
    data = pdf([page(["(cid:12)(cid:13)(cid:14) ab cd ef gh ij kl mn op qr st uv wx yz"])])
    assert "letters stand for nothing" in refused(data)


@pytest.mark.parametrize("password", ["geheim", ""])
def test_encrypted(password: str):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([page(LINES)]))))
    writer.encrypt(password, "other", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    if password:
        assert refused(out.getvalue()) == "is encrypted; save it without a password"
    else:
        assert JOINED in read(out.getvalue()).text


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated(share: float):
    data = pdf([page(LINES)])
    assert "is cut off" in refused(data[: int(len(data) * share)])


@settings(deadline=None)
@given(st.data())
def test_damaged_files_end_in_a_sentence(data: st.DataObject):
    broken = bytearray(pdf([page(LINES)]))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(8, len(broken) - 30))] = data.draw(st.integers(0, 255))
    try:
        assert read(bytes(broken)).text
    except ReadingError as error:
        assert error.file == "a.pdf"


def test_too_many_pages():
    assert "has 201 pages" in refused(pdf([page(["Text"])] * 201))


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert refused(pdf([page(LINES)])) == "reading PDF needs pypdf: pip install 'etappe[sources]'"
