"""Blocks, sentences, language and day of publication."""

from __future__ import annotations

import pytest

from etappe.extraction.model import BlockKind, Text
from etappe.extraction.structure import structured


def read(text: str, **metadata: str) -> Text:
    return structured(text, metadata)


def kinds(text: str) -> list[str]:
    return [block.kind.value for block in read(text).blocks]


def sentences(text: str) -> list[str]:
    return [sentence.of(text) for sentence in read(text).sentences]


def test_a_report_with_captions_credit_and_imprint() -> None:
    text = (
        "Besuche an der Küste\n\nAm Montag, 3. Mai 2021, war das Mobil in Husum zu Gast. Viele kamen.\n\n"
        "Foto oben: Birte Ahl (Werft Ahl) mit Jost Krehl in Husum am 03.05.2021.\n"
        "Fotos unten: J. Krehl am Mobil; Kinder am Drucker.\n"
        "Fotocredits: Agentur/Nele Ott.\n\n"
        "Agentur Netz\nT 030 000 41-0\nE post(at)netz.example\n\nPostanschrift\nPostfach 00 12\n10117 Berlin"
    )
    assert kinds(text) == ["heading", "paragraph", "caption", "caption", "credit"] + ["imprint"] * 6


def test_the_days_of_a_programme() -> None:
    text = (
        "Die Ministerin auf Reisen\n\nMontag, 29. August 2022\n9.30 Lathen. Anlage der Ems-Werke, Besichtigung\n"
        "14.00 Uhr: Gespräch in Meppen\n- Haren (15 Uhr): Rundgang\n\nDienstag, 30. August\nca. 9.00 Papenburg, Werft"
    )
    assert kinds(text) == [
        "heading",
        "date heading",
        *["schedule"] * 3,
        "date heading",
        "schedule",
    ]


def test_lines_that_begin_with_a_day_are_a_programme() -> None:
    assert kinds("Der Fahrplan:\n14.09.21 Husum, Markt\n15.09.21 Heide, Rathaus") == ["heading", "schedule", "schedule"]
    assert kinds("3. Mai 2021: Husum\n4. Mai 2021: Heide") == ["schedule", "schedule"]


@pytest.mark.parametrize(
    "line", ["12. Juli 2018", "Termin: Dienstag, 14. Juni 2016, 15 Uhr", "Datum: 3. Mai 2021, 10 Uhr"]
)
def test_a_day_that_stands_alone_heads_what_follows(line: str) -> None:
    assert kinds(f"{line}\nDas Mobil kam nach Husum und blieb bis zum Abend.") == ["date heading", "paragraph"]


def test_tables() -> None:
    text = "| Tag | Ort |\n|-----|-----|\n| 03.05. | Husum |\n| 04.05. | Heide |"
    assert kinds(text) == ["row", "noise", "row", "row"]
    text = "Tag | Zeit | Ort\nMontag, 3.5.2021 | 10:00 | Husum\n11:30 | Heide | Empfang"
    assert kinds(text) == ["row", "row", "row"]


@pytest.mark.parametrize(
    "line",
    [
        "v.l.n.r.: Birte Ahl, Jost Krehl und Nele Ott",
        "Bildunterschrift: Birte Ahl am Mobil",
        "Birte Ahl (l.) und Jost Krehl (2. v. r.) am Mobil in Husum",
        "Foto (v. l.): Birte Ahl und Jost Krehl.",
        '![Gruppe](/bild.jpg "Von rechts: Birte Ahl, Jost Krehl")',
        "Photo (left to right): Birte Ahl, Jost Krehl.",
    ],
)
def test_captions(line: str) -> None:
    assert kinds(f"Überschrift\n\n{line}\n\nEs war schön in Husum. Alle kamen gern.")[1] == "caption"


@pytest.mark.parametrize(
    "line", ["Foto: Stadt Husum/Nele Ott", "© Nele Ott", "Bildnachweis: Werft", "Text/Foto: no", "Fotos: privat"]
)
def test_credits(line: str) -> None:
    assert kinds(f"Es war schön in Husum.\n\n{line}")[1] == "credit"


def test_a_credit_at_the_end_of_a_line_is_a_block_of_its_own() -> None:
    text = "Birte Ahl (r.) mit Jost Krehl am Mobil. Foto: Werft/Ott"
    blocks = read(text).blocks
    assert [(block.kind, block.span.of(text)) for block in blocks] == [
        (BlockKind.CAPTION, "Birte Ahl (r.) mit Jost Krehl am Mobil."),
        (BlockKind.CREDIT, "Foto: Werft/Ott"),
    ]
    assert kinds("Die Leitung hatte Birte Ahl. Fotos: Verein / Nele Ott") == ["paragraph", "credit"]


def test_what_is_not_of_the_report() -> None:
    text = (
        "• Startseite\n  • Aktuelles\n\nBesuch in Husum\n\nDas Mobil kam nach Husum und blieb bis zum Abend.\n\n"
        "Lesen Sie auch:\nMinister übergibt Drehleiter in Heide\nNeue Brücke in Tönning\n\n"
        "Diese Website verwendet Cookies, Sie können zustimmen.\n\nArtikel drucken"
    )
    assert kinds(text) == ["noise", "noise", "heading", "paragraph", "noise", "noise", "noise", "noise", "noise"]


def test_what_the_publisher_says_of_itself() -> None:
    text = "Besuch\n\nEs war schön in Husum.\n\nÜber die Werft Ahl\nDie Werft Ahl baut Boote. Sie hat 40 Beschäftigte.\n\nPressekontakt: Nele Ott, presse@werft.example"
    assert kinds(text) == ["heading", "paragraph", "imprint", "imprint", "imprint"]
    assert kinds("Über 700 Gäste beim Forum\n\nEs war schön in Husum.") == ["heading", "paragraph"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Am 27. Juli kam Dr. C. Flott nach St. Peter. Danach ging es weiter.",
            ["Am 27. Juli kam Dr. C. Flott nach St. Peter.", "Danach ging es weiter."],
        ),
        (
            "Der Verein Netz e. V. lud z. B. Prof. Ahl ein. Viele kamen, ca. 40.",
            ["Der Verein Netz e. V. lud z. B. Prof. Ahl ein.", "Viele kamen, ca. 40."],
        ),
        (
            "Minister a. D. Jost Krehl sprach um 10.30 Uhr. Er blieb.",
            ["Minister a. D. Jost Krehl sprach um 10.30 Uhr.", "Er blieb."],
        ),
        ("„Gut!“, sagte sie. „Sehr gut.“ Dann ging sie.", ["„Gut!“, sagte sie.", "„Sehr gut.“", "Dann ging sie."]),
        (
            "Das war 2018. Die 2. Bürgermeisterin kam am 13. Es regnete.",
            ["Das war 2018.", "Die 2. Bürgermeisterin kam am 13.", "Es regnete."],
        ),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_paragraph_wrapped_at_a_column_is_one_block() -> None:
    text = (
        "Am Montag war das Mobil der Kampagne in der Stadt Husum zu Gast und\n"
        "wurde von vielen Menschen besucht, die sich für das schnelle Netz im\n"
        "Norden interessieren und Fragen hatten."
    )
    assert kinds(text) == ["paragraph"]
    assert len(sentences(text)) == 1


def test_language() -> None:
    assert read("Das Mobil war in Husum und die Ministerin kam.").language == "de"
    assert read("The minister visited the plant and met the staff of the company.").language == "en"
    assert read("Husum", language="en").language == "en"
    assert read("").language == "de"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "Schwerin, 12. Juli 2017 – Das Mobil kam und blieb bis zum Abend in der Stadt, viele Menschen waren da und fragten.",
            "2017-07-12",
        ),
        (
            "Husum, den 12.07.2017. Das Mobil kam und blieb bis zum Abend in der Stadt, viele Menschen waren da und fragten.",
            "2017-07-12",
        ),
        ("(pm) 12.07.2017 Das Mobil kam.", "2017-07-12"),
        ("Pressemitteilung Nr. 7/2017 vom 12.07.2017\n\nDas Mobil kam.", "2017-07-12"),
        ("Stand: Mittwoch, 12. Juli 2017\n\nDas Mobil kam.", "2017-07-12"),
        ("Das Mobil kam.\n\nveröffentlicht am 12.07.2017 um 06:12 Uhr", "2017-07-12"),
        ("Besuch\n\n12. Juli 2017\n\nDas Mobil kam.", "2017-07-12"),
        ("Am 12. Juli 2017 kam das Mobil.", None),
        ("12. Juli 2017\nDas Mobil kam.\n\n10. Juli 2017\nDas Mobil ging.", None),
    ],
)
def test_the_day_of_publication(text: str, published: str | None) -> None:
    assert read(text).published == published


def test_metadata_wins_over_the_text() -> None:
    assert read("Stand: 12.07.2017", published="2017-07-14T08:00:00").published == "2017-07-14"
    assert read("Stand: 12.07.2017", published="Juli").published == "2017-07-12"


def test_every_sentence_lies_in_a_block() -> None:
    text = "A\n\nB. C!\n- D (10 Uhr)\n| 1 | 2 |\n\n\nFoto: X. Y"
    found = read(text)
    assert all(found.block_of(sentence) for sentence in found.sentences)
    assert all(block.span.of(text).strip() == block.span.of(text) != "" for block in found.blocks)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "Amt für Netze\n\nHusum, 4. Mai 2021\n\nEin Kabel für alle\n\nAm gestrigen Montag wurde gegraben.",
            "2021-05-04",
        ),
        ("Ein Kabel für alle\n\nHusum, 4. Mai 2021\n\nAlle freuten sich über das Kabel.", None),
        ("Husum, 4. Mai 2021\n\nHeute grub man.\n\nAurich, 5. Mai 2021\n\nHeute ruhte man.", None),
        ("Ein Kabel für alle\n\nAm Montag wurde gegraben.\n\n(Husum, 4. Mai 2021)", "2021-05-04"),
        (
            "HUSUM, Germany – 4 May 2021. The mayor of the town was glad to see the cable on Monday. The whole village was glad too.",
            "2021-05-04",
        ),
    ],
)
def test_a_place_and_a_day_on_a_line_of_their_own(text: str, published: str | None) -> None:
    assert read(text).published == published
