"""Word documents: order, tables, tracked changes, statements; bombs, entities, broken packages."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from etappe.errors import ReadingError, UnsafeInput
from etappe.model import Source
from etappe.sources import SourceText, limits, read_text
from sources.fixtures import GERMAN, docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes) -> SourceText:
    return read_text(Source("a.docx", "", data))


def refused(data: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(data)
    return caught.value.message


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def test_everything_in_its_order():
    def build(document: Any) -> None:
        document.core_properties.title = "Besuch in Uelzen"
        document.core_properties.author = "Lena Torgau"
        document.add_heading("Landrätin bei Holzbau Fehling", 1)
        document.add_paragraph(GERMAN)
        document.add_paragraph("erster Halt", style="List Bullet")
        document.add_paragraph("zweiter Halt", style="List Number")
        table = document.add_table(3, 3)
        for row, texts in zip(
            table.rows,
            (("Tag", "Ort", "Wer"), ("Montag", "Uelzen", "Anne Brook\nJan Weil"), ("", "Celle", "alle")),
            strict=True,
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        document.add_paragraph("Danach fuhren alle\nnach Hause.")

    found = read(docx(build))
    assert found.text == (
        f"Landrätin bei Holzbau Fehling\n\n{GERMAN}\n\n- erster Halt\n- zweiter Halt\n\n| Tag | Ort | Wer |\n"
        "| Montag | Uelzen | Anne Brook; Jan Weil |\n| Montag | Celle | alle |\n\nDanach fuhren alle\nnach Hause.\n"
    )
    assert found.metadata == {
        "title": "Besuch in Uelzen",
        "author": "Lena Torgau",
        "language": "de",
        "notes": "Table cells that span several rows are repeated in each of them.",
    }


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=("L", "N", "P"), codec="utf-8"), min_size=1, max_size=30), max_size=5))
def test_paragraphs_come_back(texts: list[str]):
    found = read(docx(lambda document: [document.add_paragraph(text) for text in (GERMAN, *texts)]))
    plain = read_text(Source("a.txt", "", "\n\n".join((GERMAN, *texts)).encode()))
    assert found.text.split() == plain.text.split()


@pytest.mark.parametrize("title", ["Microsoft Word - PM_Besuch.docx", "Unbenannt", "pm.docx", "Pressemitteilung", ""])
def test_titles_of_templates_are_left_out(title: str):
    def build(document: Any) -> None:
        document.core_properties.title = title
        document.core_properties.author = "ltorgau1"
        document.add_heading("Besuch in Uelzen")
        document.add_paragraph(GERMAN)

    assert read(docx(build)).metadata == {"title": "Besuch in Uelzen", "language": "de"}


def test_tracked_changes_links_boxes_and_controls():
    def build(document: Any) -> None:
        document.add_paragraph(GERMAN)
        body = document.element.body
        body.insert(
            1,
            parse_xml(
                f"<w:p {_W}><w:r><w:t>Gast war </w:t></w:r><w:ins><w:r><w:t>Anne Brook</w:t></w:r></w:ins><w:del><w:r><w:delText>Jan Weil</w:delText></w:r></w:del>"
                "<w:hyperlink><w:r><w:t> aus Uel</w:t><w:softHyphen/><w:t>zen.</w:t></w:r></w:hyperlink></w:p>"
            ),
        )
        body.insert(
            2, parse_xml(f"<w:sdt {_W}><w:sdtContent><w:p><w:r><w:t>Im Feld</w:t></w:r></w:p></w:sdtContent></w:sdt>")
        )
        body.insert(
            3,
            parse_xml(
                f"<w:p {_W}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Im Kasten</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
            ),
        )

    found = read(docx(build))
    assert found.text.endswith("Gast war Anne Brook aus Uelzen.\n\nIm Feld\n\nIm Kasten\n")
    assert found.notes == ("The document holds tracked changes: insertions are read, deletions are not.",)


def test_of_header_and_foot_only_date_and_contact():
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Pressemitteilung vom 3. Mai 2024"
        document.sections[0].footer.paragraphs[0].text = "Pressestelle: presse@uelzen.example"
        document.sections[0].footer.add_paragraph("Seite 1")
        document.add_paragraph(GERMAN)

    assert (
        read(docx(build)).text
        == f"Pressemitteilung vom 3. Mai 2024\n\n{GERMAN}\n\nPressestelle: presse@uelzen.example\n"
    )


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etappe.sources.word.MAX_UNPACKED", 100_000)
    data = repacked(docx(), lambda members: members.update({"word/media/a.bin": b"\0" * 200_000}))
    with pytest.raises(UnsafeInput, match="when it is unpacked"):
        read(data)
    assert limits.MAX_UNPACKED < 2**27


def test_many_members_are_refused():
    with pytest.raises(UnsafeInput):
        read(repacked(docx(), lambda members: members.update({f"word/{n}.bin": b"" for n in range(2001)})))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str):
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode(encoding)
    with pytest.raises(UnsafeInput, match="declares XML entities"):
        read(repacked(docx(), lambda members: members.update({"word/document.xml": evil})))


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_truncated(share: float):
    data = docx()
    assert "is broken" in refused(data[: int(len(data) * share)])


def test_damaged():
    data = bytearray(docx())
    middle = len(data) // 4
    data[middle : middle + 400] = bytes(400)
    assert "is broken" in refused(bytes(data))


@pytest.mark.parametrize("content", [b"", b"<x", b"<x/>", b"<w:document/>"])
def test_broken_parts(content: bytes):
    assert "is broken" in refused(repacked(docx(), lambda members: members.update({"word/document.xml": content})))


def test_other_packages():
    assert "no Word document" in refused(repacked(docx(), lambda members: members.pop("word/document.xml")))


def test_without_text():
    assert refused(docx(lambda document: document.add_paragraph(""))) == "holds no text"


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    assert refused(docx()) == "reading Word documents needs python-docx: pip install 'etappe[sources]'"
