"""Captions and imprints; all names are invented."""

from __future__ import annotations

import pytest

from etappe.extraction.model import (
    Block,
    BlockKind,
    DateMention,
    DateRole,
    Organisation,
    Person,
    Photo,
    PlaceMention,
    Span,
    Text,
)
from etappe.extraction.photos import find_contact, find_photos


def blocks(*parts: tuple[BlockKind, str]) -> Text:
    text, found = "", []
    for kind, words in parts:
        found.append(Block(kind, Span(len(text), len(text) + len(words))))
        text += words + "\n"
    return Text(text, "de", tuple(found), tuple(block.span for block in found))


def spans(source: Text, words: str) -> tuple[Span, ...]:
    found, start = [], source.text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = source.text.find(words, start + 1)
    return tuple(found)


def photos(
    source: Text,
    people: tuple[str, ...] = (),
    bodies: tuple[str, ...] = (),
    days: dict[str, str] | None = None,
    places: tuple[str, ...] = (),
) -> tuple[Photo, ...]:
    return find_photos(
        source,
        [Person(name, spans(source, name)) for name in people],
        [Organisation(name, spans(source, name)) for name in bodies],
        [DateMention(span, day) for words, day in (days or {}).items() for span in spans(source, words)],
        [PlaceMention(span, name) for name in places for span in spans(source, name)],
    )


CAPTIONS = blocks(
    (BlockKind.PARAGRAPH, "Mara Quast besuchte Rehna."),
    (BlockKind.CAPTION, "Foto oben: Mara Quast (Tonwerk GmbH) in Rehna am 13.06.2017."),
    (
        BlockKind.CAPTION,
        "Fotos unten: Team der Tonwerk GmbH (v. l.; ohne Hut); Ole Thamm vor den Stadtwerke Rehna am 14.06.2017; Kinder.",
    ),
    (BlockKind.CREDIT, "Fotocredits: BBL/Uwe Licht."),
)


def test_one_photo_for_each_part_of_a_caption() -> None:
    found = photos(
        CAPTIONS,
        people=("Mara Quast", "Ole Thamm"),
        bodies=("Tonwerk GmbH", "Stadtwerke Rehna"),
        days={"13.06.2017": "2017-06-13", "14.06.2017": "2017-06-14"},
        places=("Rehna",),
    )
    assert [photo.people for photo in found] == [("Mara Quast",), (), ("Ole Thamm",), ()]
    assert [photo.organisations for photo in found] == [("Tonwerk GmbH",), ("Tonwerk GmbH",), ("Stadtwerke Rehna",), ()]
    assert [photo.date for photo in found] == ["2017-06-13", None, "2017-06-14", None]
    assert [photo.place for photo in found] == ["Rehna", None, None, None]
    assert found[3].caption.of(CAPTIONS.text) == "Kinder."


def test_the_credit_is_of_all_captions_before_it() -> None:
    assert {photo.credit.of(CAPTIONS.text) for photo in photos(CAPTIONS) if photo.credit} == {"BBL/Uwe Licht"}


def test_each_caption_has_the_credit_after_it() -> None:
    source = blocks(
        (BlockKind.CAPTION, "Bild: Mara Quast"),
        (BlockKind.CREDIT, "Foto: A. Eins"),
        (BlockKind.CAPTION, "Bild: Ole Thamm"),
        (BlockKind.CREDIT, "© B. Zwei"),
    )
    assert [photo.credit and photo.credit.of(source.text) for photo in photos(source)] == ["A. Eins", "B. Zwei"]


def test_credit_in_the_line_of_the_caption() -> None:
    source = blocks((BlockKind.CAPTION, "Mara Quast (l.) am Deich. Foto: privat"))
    (photo,) = photos(source, people=("Mara Quast",))
    assert photo.credit is not None
    assert photo.credit.of(source.text) == "privat"
    assert photo.caption.of(source.text) == "Mara Quast (l.) am Deich."


def test_people_who_are_not_in_the_picture() -> None:
    source = blocks((BlockKind.CAPTION, "Von links: Mara Quast, Ole Thamm. Es fehlt Ida Rehm."))
    (photo,) = photos(source, people=("Mara Quast", "Ole Thamm", "Ida Rehm"))
    assert photo.people == ("Mara Quast", "Ole Thamm")


def test_semicolons_of_a_single_picture_do_not_part_it() -> None:
    source = blocks((BlockKind.CAPTION, "Foto: vorne Mara Quast; hinten Ole Thamm"))
    (photo,) = photos(source, people=("Mara Quast", "Ole Thamm"))
    assert photo.people == ("Mara Quast", "Ole Thamm")


def test_title_of_a_markdown_image() -> None:
    source = blocks((BlockKind.CAPTION, '![Gruppe](/img/a.jpg "Von rechts: Mara Quast")'))
    (photo,) = photos(source, people=("Mara Quast",))
    assert photo.caption.of(source.text) == "Von rechts: Mara Quast"
    assert photo.people == ("Mara Quast",)


def test_sentence_that_tells_what_a_picture_shows() -> None:
    source = blocks((BlockKind.PARAGRAPH, "Das Bild zeigt (von links) Mara Quast und Ole Thamm."))
    (photo,) = photos(source, people=("Mara Quast", "Ole Thamm"))
    assert photo.people == ("Mara Quast", "Ole Thamm")


def test_place_of_an_office_is_not_that_of_the_picture() -> None:
    source = blocks((BlockKind.CAPTION, "Bild: Bürgermeisterin Mara Quast aus Rehna"))
    assert photos(source, places=("Rehna",))[0].place is None


def test_two_days_give_no_date() -> None:
    source = blocks((BlockKind.CAPTION, "Bild: Quast am 1. und am 2. Juni"))
    assert photos(source, days={"1.": "2020-06-01", "2. Juni": "2020-06-02"})[0].date is None


def test_deadlines_and_carried_dates_are_not_of_the_picture() -> None:
    source = blocks((BlockKind.CAPTION, "Bild: Quast, Anmeldung bis 1. Juni"))
    (span,) = spans(source, "1. Juni")
    for mention in (
        DateMention(span, "2020-06-01", role=DateRole.DEADLINE),
        DateMention(span, "2020-06-01", basis="carried"),
    ):
        assert find_photos(source, (), (), (mention,), ())[0].date is None


def test_text_without_captions() -> None:
    assert photos(blocks((BlockKind.PARAGRAPH, "Kein Bild."), (BlockKind.CREDIT, "Fotos: X"))) == ()


IMPRINT = blocks(
    (BlockKind.PARAGRAPH, "Schreiben Sie an falsch@text.example."),
    (BlockKind.IMPRINT, "Breitbandbüro Aue"),
    (BlockKind.IMPRINT, "T 030 000 40 6-0"),
    (BlockKind.IMPRINT, "F 030 000 40 6-40"),
    (BlockKind.IMPRINT, "E kontakt(at)breitband-aue.example"),
    (BlockKind.IMPRINT, "www.breitband-aue.example"),
    (BlockKind.IMPRINT, "Postanschrift"),
    (BlockKind.IMPRINT, "Postfach 64 00 13"),
    (BlockKind.IMPRINT, "10047 Berlin"),
)


def test_contact_of_the_imprint_only() -> None:
    assert {kind: span.of(IMPRINT.text) for kind, span in find_contact(IMPRINT).items()} == {
        "email": "kontakt(at)breitband-aue.example",
        "phone": "030 000 40 6-0",
        "fax": "030 000 40 6-40",
        "web": "www.breitband-aue.example",
        "postbox": "Postfach 64 00 13",
        "address": "Postfach 64 00 13\n10047 Berlin",
    }


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("Markt 1 · 17235 Dornsee · Telefon 03981 000-0", "address", "Markt 1 · 17235 Dornsee"),
        ("Markt 1 · 17235 Dornsee · Telefon 03981 000-0", "phone", "03981 000-0"),
        ("E-Mail: presse [at] aue.example", "email", "presse [at] aue.example"),
        ("Kontakt: Ida Rehm, presse@aue.example, 0395 000-777", "phone", "0395 000-777"),
        ("Telefax: +49 30 000 12", "fax", "+49 30 000 12"),
        ("Internet: aue.example/presse", "web", "aue.example/presse"),
    ],
)
def test_forms_of_contact(words: str, kind: str, value: str) -> None:
    source = blocks((BlockKind.IMPRINT, words))
    assert find_contact(source)[kind].of(source.text) == value


def test_text_without_imprint() -> None:
    assert find_contact(blocks((BlockKind.PARAGRAPH, "T 030 000 12"))) == {}
