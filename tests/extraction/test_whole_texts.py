"""Short texts read from end to end: what the rooms give only together."""

from __future__ import annotations

import pytest

from etappe.extraction import extract
from etappe.extraction.model import Attendance, Status


def stops(text: str) -> list[tuple[str | None, str | None, Status]]:
    return [(event.date, event.place, event.status) for event in extract(text).events]


def present(text: str) -> set[str]:
    return {person.name for person in extract(text).people if person.attendance is Attendance.PRESENT}


def coming(text: str) -> set[str]:
    return {person.name for person in extract(text).people if person.attendance is Attendance.ANNOUNCED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what began on a day and goes on since
        (
            "HUSUM. Seit Freitagmittag fährt die Fähre wieder. Landrätin Ada Groth taufte sie.",
            [(None, "Husum", Status.HELD)],
        ),
        # a town before the day of a dateline
        (
            "Stadt Husum, 06.05.2022 - Gestern wurde unter den Augen vieler Gäste der erste Spatenstich für die neue Halle gesetzt.",
            [("2022-05-05", "Husum", Status.HELD)],
        ),
        (
            "Husum, Germany, May 6th, 2022. Rode Robotics today opened its new hall.",
            [("2022-05-06", "Husum", Status.HELD)],
        ),
        # the paper that a report is from stands below it
        (
            "Am gestrigen Sonntag besuchte Ministerin Ada Groth in Husum das Museum.\n\nFriesischer Bote, 9. Mai 2022",
            [("2022-05-08", "Husum", Status.HELD)],
        ),
        # a gazette names its town
        (
            "Amtsblatt Husum, Ausgabe 3\n\nLandrätin Ada Groth hat am 9. Mai 2022 die Stadt besucht.",
            [("2022-05-09", "Husum", Status.HELD)],
        ),
        # a place elsewhere where somebody judges a visit
        (
            "Husum. Ministerin Ada Groth besuchte am 9. Mai 2022 die Werft.\n\n"
            "Karl Rode nannte den Besuch am Dienstag in Kiel überflüssig.",
            [("2022-05-09", "Husum", Status.HELD)],
        ),
        # part of a town
        (
            "Am 9. Mai 2022 war das Mobil am Berufskolleg Bonn-Nord zu Gast.",
            [("2022-05-09", "Bonn", Status.HELD)],
        ),
    ],
)
def test_where_and_when(text: str, expected: list[tuple[str | None, str | None, Status]]) -> None:
    assert stops(text) == expected


def test_a_town_told_of_on_the_side_is_nobody_s_stop() -> None:
    assert stops("Am 3. Mai 2022 tagte der Verband. Ada Groth, die in Kiel studiert hat, hielt die Rede.") == [
        ("2022-05-03", None, Status.HELD)
    ]


def test_what_is_known_since_a_day_need_not_have_been() -> None:
    text = "Seit Montag steht fest: Ministerin Ada Groth kommt am 3. Juni 2022 nach Husum."
    assert stops(text) == [("2022-06-03", "Husum", Status.ANNOUNCED)]
    assert coming(text) == {"Ada Groth"}


def test_each_dateline_holds_for_its_own_report() -> None:
    text = (
        "(Husum, 06.10.2020) Landrätin Ada Groth hat heute das Labor besichtigt. Karl Rode führte sie durch das Haus.\n\n"
        "(Emden, 08.10.2020) Gestern begrüßte Dekanin Thea Blank im Dom 200 Erstsemester. Es war kalt, aber trocken.\n\n"
        "(Husum, 09.10.2020) Morgen öffnet das Labor für alle. Erwartet werden viele Gäste aus der ganzen Region."
    )
    assert stops(text) == [
        ("2020-10-06", "Husum", Status.HELD),
        ("2020-10-07", "Emden", Status.HELD),
        ("2020-10-10", "Husum", Status.ANNOUNCED),
    ]


def test_a_diary_needs_no_strong_words() -> None:
    text = (
        "Meine Sommerreise 2020\n\nMontag, 10. August\nLos ging es in Husum. Der Wind war kalt.\n\n"
        "Dienstag, 11. August\nHeute stand Emden auf dem Programm. Wir sahen viele Deiche."
    )
    assert [stop[:2] for stop in stops(text)] == [("2020-08-10", "Husum"), ("2020-08-11", "Emden")]


def test_a_diary_without_years_tells_its_days() -> None:
    text = (
        "Unser Tagebuch\n\n3. Juni\nEndlich los! Mit dem Zug fuhren wir nach Husum.\n\n"
        "4. Juni\nHeute waren wir in Emden.\n\n5. Juni\nRegen in Aurich. Wir lasen viel."
    )
    assert [stop[:2] for stop in stops(text)] == [("--06-03", "Husum"), ("--06-04", "Emden"), ("--06-05", "Aurich")]


def test_a_list_of_towns_takes_the_year_of_its_months() -> None:
    text = (
        "Der Bus kommt im Juli und August 2023 in fünf Orte:\n\n- Husum (18. Juli), Markt\n- Emden (1. August), Hafen\n\n"
        "Zum Auftakt in Husum hat sich Ministerin Ada Groth angesagt."
    )
    assert [stop[:2] for stop in stops(text)] == [("2023-07-18", "Husum"), ("2023-08-01", "Emden")]


def test_an_invitation_gives_its_address_on_a_line_of_its_own() -> None:
    text = (
        "EINLADUNG\n\nder Gartenbauverein lädt ein zur\n\nEröffnung der Lehrgärten\nam Sonntag, 8. September 2019, 11 Uhr\n"
        "in 25813 Husum, Am Deich 000\n\nEs sprechen:\nAda Groth, Ministerin für Landwirtschaft\nThea Blank, Bürgermeisterin\n\n"
        "Um Antwort wird gebeten."
    )
    assert stops(text) == [("2019-09-08", "Husum", Status.ANNOUNCED)]
    assert coming(text) == {"Ada Groth", "Thea Blank"}


def test_pictures_take_the_one_town_that_any_of_them_names() -> None:
    text = (
        "Bild 1: Vor der Wache in Husum (v. l. n. r.): Landrätin Ada Groth und Karl Rode. Foto: privat\n\n"
        "Alle Bilder entstanden am 26. Februar 2020."
    )
    assert [stop[:2] for stop in stops(text)] == [("2020-02-26", "Husum")]


def test_who_writes_of_herself_was_there() -> None:
    text = (
        "Thea Blank MdB\n\nAm 9. Mai 2022 war ich in Husum zu Gast. Auf dem Deich traf ich Landrat Karl Rode.\n\n"
        "Herzlich\nIhre Thea Blank"
    )
    assert present(text) == {"Thea Blank", "Karl Rode"}
    assert "Thea Blank" not in present(text.replace("ich", "er"))
