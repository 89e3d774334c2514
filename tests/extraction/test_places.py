from __future__ import annotations

import time

import pytest

from etappe.extraction.model import Block, BlockKind, Span, Text
from etappe.extraction.places import Standing, find_places, standing_places


def source(text: str, language: str = "de", kind: BlockKind = BlockKind.PARAGRAPH) -> Text:
    whole = Span(0, len(text))
    return Text(text, language, (Block(kind, whole),), (whole,))


def names(text: str, language: str = "de") -> list[str]:
    return [place.name for place in find_places(source(text, language))]


def standing(text: str, name: str) -> Standing | None:
    return next((place.standing for place in standing_places(source(text)) if place.mention.name == name), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Das Team war in Quedlinburg zu Gast.", "Quedlinburg"),
        ("Das Team war in Frankfurt (Oder) zu Gast.", "Frankfurt (Oder)"),
        ("Das Team war in Frankfurt/Oder zu Gast.", "Frankfurt/Oder"),
        ("Das Team war in Rotenburg (Wümme) zu Gast.", "Rotenburg (Wümme)"),
        ("Das Team war in Bad Doberan zu Gast.", "Bad Doberan"),
        ("Das Team war in Lohr am Main zu Gast.", "Lohr am Main"),
        ("Das Team war in Essen zu Gast.", "Essen"),
        ("Willichs Bürgermeister dankte.", "Willich"),
        ("BAD SALZUFLEN. Es regnete.", "Bad Salzuflen"),
        ("In der Gemeinde Wangerland wird gebaut.", "Wangerland"),
    ],
)
def test_places_are_found(text: str, name: str) -> None:
    assert names(text) == [name]


def test_a_span_covers_name_and_qualifier() -> None:
    text = "Danach ging es in Neustadt an der Weinstraße weiter."
    (place,) = find_places(source(text))
    assert place.span.of(text) == "Neustadt an der Weinstraße"
    assert place.keys == ("07316000",)


def test_a_shared_name_keeps_all_its_keys() -> None:
    (place,) = find_places(source("Das Team war in Frankfurt zu Gast."))
    assert set(place.keys) == {"06412000", "12053000"}


@pytest.mark.parametrize(
    "text",
    [
        "Herr Essen dankte Frau Singen.",
        "Bürgermeister Halle und Landrätin Gera kamen.",
        "Zum Essen gab es Brot, der Regen blieb aus.",
        "Nach Lage der Dinge wird gewählt.",
        "Er nahm sie in Schutz.",
        "Die Stralsund Tiefbau GmbH baut.",
        "Im Landkreis Göttingen wird gebaut.",
        "Der Stadtteil Linden feiert.",
        "Die Bremer Stadtmusikanten sangen, ein Stralsunder dirigierte.",
        "Die Region Hannover wächst. In Bayern und Hessen auch.",
        "Der Hof war voll, die Wahl ist vorbei.",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das Team war in Bonn-Nord zu Gast.", ["Bonn"]),
        ("Das Team hat Schleswig-Holstein besucht.", []),
        ("Er sprach beim Schleswig-Holsteinischen Tag.", []),
        ("Die Linie Hamburg-Berlin fährt.", []),
    ],
)
def test_a_part_of_a_town_counts_as_the_town(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_surname_stays_one_in_the_whole_text() -> None:
    assert names("Ida Ottenstein sprach zuerst. Später lobte Ottenstein die Helfer.") == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Sie kamen in Celle an.", "Celle", Standing.IN),
        ("Es ging nach Celle.", "Celle", Standing.TO),
        ("Die Gäste aus Celle kamen.", "Celle", Standing.FROM),
        ("Ein Hof bei Celle brennt.", "Celle", Standing.NEAR),
        ("Die Stadtväter von Celle kamen.", "Celle", Standing.OF),
        ("14.00 Celle. Rundgang", "Celle", Standing.LINE),
        ("- Leer (9 Uhr): Besuch", "Leer", Standing.LINE),
        ("Celle (kt). Der Bus kam.", "Celle", Standing.DATELINE),
        ("Ziel war Celle.", "Celle", Standing.BARE),
        ("In der Calwer Aula wurde getanzt.", "Calw", Standing.VENUE),
        ("Auf der Travemünder Promenade wurde getanzt.", "Travemünde", Standing.VENUE),
        ("Beim THW Celle gab es Suppe.", "Celle", Standing.BODY),
        ("Die Stadtwerke Celle bauen.", "Celle", Standing.BODY),
        ("Die Handwerkskammer Celle lädt ein.", "Celle", Standing.SEAT),
        ("Kiel, 6. Mai 2019 – Der Rat tagte.", "Kiel", Standing.ISSUED),
        ("Das Dresdner Rathaus öffnet.", "Dresden", Standing.VENUE),
    ],
)
def test_it_is_said_how_a_place_stands(text: str, name: str, expected: Standing) -> None:
    assert standing(text, name) is expected


def test_names_in_a_row_stand_alike() -> None:
    found = standing_places(source("Der Bus hielt in Celle, Uelzen und Soltau."))
    assert [(place.mention.name, place.standing) for place in found] == [
        ("Celle", Standing.IN),
        ("Uelzen", Standing.IN),
        ("Soltau", Standing.IN),
    ]


def test_places_abroad_need_the_look_of_a_place() -> None:
    assert names("Der Rat tagte in Wattwil (Kanton St. Gallen).") == ["Wattwil"]
    assert names("Der Rat tagte in Oberuzwil.") == ["Oberuzwil"]
    assert names("Er sprach in Absprache mit allen und in Erwartung von Besuch.") == []


def test_english_sentences_have_places() -> None:
    assert names("The minister arrived in Leipzig and left for Riga.", "en") == ["Leipzig"]


def test_noise_has_no_places() -> None:
    assert find_places(source("Mehr aus Celle", kind=BlockKind.NOISE)) == ()


def test_long_texts_end() -> None:
    start = time.process_time()
    for piece in ("in Celle, ", "Bad ", "A", "| Heide "):
        find_places(source(piece * (200_000 // len(piece))))
    assert time.process_time() - start < 20
