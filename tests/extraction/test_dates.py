"""Dates: how they are written, of what year and day they are, and what they govern."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etappe.extraction.dates import anchor_of, find_dates
from etappe.extraction.model import DateMention, DateRole, Span, Text
from etappe.extraction.structure import structured

MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def read(text: str, **metadata: str) -> Text:
    return structured(text, metadata)


def found(text: str, **metadata: str) -> list[tuple[str, str | None]]:
    return [(mention.start, mention.end) for mention in find_dates(read(text, **metadata))]


def events(text: str, **metadata: str) -> list[str]:
    return [mention.start for mention in find_dates(read(text, **metadata)) if mention.role is DateRole.EVENT]


def only(text: str, **metadata: str) -> DateMention:
    (mention,) = find_dates(read(text, **metadata))
    return mention


def governing(text: str, word: str, **metadata: str) -> str | None:
    source = read(text, **metadata)
    start = text.index(word)
    anchor = anchor_of(source, Span(start, start + len(word)))
    return anchor.start if anchor else None


FULL_DE = {
    "numeric": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "short": lambda d: f"{d.day}.{d.month}.{d.year}",
    "two digits": lambda d: f"{d.day:02}.{d.month:02}.{d.year % 100:02}",
    "spaced": lambda d: f"{d.day}. {d.month}. {d.year}",
    "name": lambda d: f"{d.day}. {MONTHS[d.month - 1]} {d.year}",
    "weekday": lambda d: f"{WEEKDAYS[d.weekday()]}, {d.day}. {MONTHS[d.month - 1]} {d.year}",
    "weekday, den": lambda d: f"{WEEKDAYS[d.weekday()]}, den {d.day:02}.{d.month:02}.{d.year}",
    "iso": lambda d: d.isoformat(),
}
FULL_EN = {
    "month first": lambda d: f"{MONTHS_EN[d.month - 1]} {d.day}, {d.year}",
    "day first": lambda d: f"{d.day} {MONTHS_EN[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{d.day}th of {MONTHS_EN[d.month - 1]} {d.year}",
    "weekday": lambda d: f"{WEEKDAYS_EN[d.weekday()]}, {MONTHS_EN[d.month - 1]} {d.day}, {d.year}",
    "iso": lambda d: d.isoformat(),
}
days = st.dates(date(2000, 1, 1), date(2069, 12, 31))


@given(days, st.sampled_from(sorted(FULL_DE)))
def test_a_german_date_is_found_in_every_form(day: date, form: str) -> None:
    assert found(f"Das Team war am {FULL_DE[form](day)} in der Stadt zu Gast.") == [(day.isoformat(), None)]


@given(days, st.sampled_from(sorted(FULL_EN)))
def test_an_english_date_is_found_in_every_form(day: date, form: str) -> None:
    assert found(f"The team visited the town on {FULL_EN[form](day)} and met the mayor.") == [(day.isoformat(), None)]


@given(days, st.sampled_from(["{d}. {n}", "{d:02}.{m:02}.", "{d}.{m}."]))
def test_a_date_without_a_year_gets_none(day: date, form: str) -> None:
    written = form.format(d=day.day, m=day.month, n=MONTHS[day.month - 1])
    mention = only(f"Das Team war am {written} in der Stadt.")
    assert (mention.start, mention.basis) == (f"--{day.month:02}-{day.day:02}", "no-year")


@given(days, st.integers(1, 20), st.sampled_from(["bis", "–", "-"]))
def test_ranges(first: date, length: int, link: str) -> None:
    last = first + timedelta(length)
    gap = " " if link == "bis" else ""
    short = f"{first.day}.{gap}{link}{gap}{last.day}. {MONTHS[last.month - 1]} {last.year}"
    long = f"{first.day}. {MONTHS[first.month - 1]} {link} {last.day}. {MONTHS[last.month - 1]} {last.year}"
    written = short if (first.year, first.month) == (last.year, last.month) else long
    assert found(f"Vom {written} war das Team in der Stadt.") == [(first.isoformat(), last.isoformat())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 27. und 28. Mai kamen viele.", [("--05-27", "--05-28")]),
        ("Am 27. und 31. Mai kamen viele.", [("--05-27", None), ("--05-31", None)]),
        ("Vom 30. Juni bis 2. Juli waren wir da.", [("--06-30", "--07-02")]),
        ("Am 14./15.09.2021 waren wir da.", [("2021-09-14", "2021-09-15")]),
        ("Vom 30.12. bis 2.1.2018 war Pause.", [("2017-12-30", "2018-01-02")]),
        ("Am Dienstag, 27., und Mittwoch, 28. Juni 2017, war es so weit.", [("2017-06-27", "2017-06-28")]),
        ("Die Sitzung am Dienstag (17. Mai) war lang.", [("--05-17", None)]),
        ("Am 27/07/2017 kam das Mobil.", [("2017-07-27", None)]),
        ("The tour stopped there on 27-28 July and the mayor came.", [("--07-27", "--07-28")]),
        ("The tour is in the town from July 30 to August 2, 2017.", [("2017-07-30", "2017-08-02")]),
        ("The mayor came to the town on 03/04/2017 and left.", []),
        ("The mayor came in May 2020 and it was the first of the visits.", []),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Im Juli 2017 war das Mobil da.",
        "Der Preis liegt bei 12.50 Euro, nicht bei 3,50.",
        "Telefon 0385 588.12.34.",
        "Version 2.1. ist da, Abschnitt 3.2. fehlt.",
        "Beginn 9.30 Uhr, Ende um 10.10. Uhr.",
        "Der Server 10.10.20.30 antwortet.",
        "Am 32.05.2021 und am 31.02.2021 kam niemand.",
        "Das 9. Forum hatte 2018 Gäste, die 2. Bürgermeisterin kam.",
        "Die Firma baut seit 1998, bis 2025 sollen es 100 sein.",
        "Am Sonnabend wurde gefeiert, gestern war Pause.",
        "Anna Sonntag und Jens Freitag kamen.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Gestern kam das Mobil.", "2017-07-13", "2017-07-12"),
        ("Das Mobil ist heute Vormittag gestartet.", "2017-07-13", "2017-07-13"),
        ("Übermorgen kommt das Mobil.", "2017-07-13", "2017-07-15"),
        ("Vor zwei Tagen kam das Mobil.", "2017-07-13", "2017-07-11"),
        ("Am Dienstag kam das Mobil.", "2017-07-13", "2017-07-11"),
        ("Am Dienstag kommt das Mobil.", "2017-07-13", "2017-07-18"),
        ("Am Donnerstagabend diskutierten viele.", "2017-07-13", "2017-07-13"),
        ("Vergangenen Mittwoch war das Mobil da.", "2017-07-13", "2017-07-12"),
        ("Das Mobil hält kommenden Freitag.", "2017-07-13", "2017-07-14"),
        ("Am Mittwoch vergangener Woche kam das Mobil.", "2017-07-13", "2017-07-05"),
        ("Am gestrigen Mittwoch kam das Mobil.", "2017-07-13", "2017-07-12"),
        ("The minister visited the plant last Thursday and met the staff.", "2017-07-14", "2017-07-13"),
    ],
)
def test_words_for_days_are_counted_from_the_day_of_publication(text: str, published: str, expected: str) -> None:
    assert events(text, published=published) == [expected]
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vergangene Woche kam das Mobil.",
        "Am gestrigen Dienstag kam das Mobil.",  # the day before was a Wednesday
        "Bis heute fehlt das Netz.",
        "1990 war hier ein Lager, heute liegt hier Glasfaser.",
        "„Gestern war alles anders“, sagte sie.",
        "Die Technik von morgen überzeugt.",
        "Jeden Montag trifft sich die Gruppe.",
        "Das Mobil kommt nächsten Freitag.",  # of this week or of the next
    ],
)
def test_words_that_make_no_day_certain(text: str) -> None:
    assert events(text, published="2017-07-13") == []


@pytest.mark.parametrize(
    ("text", "metadata", "expected"),
    [
        ("Am 3. Juli kam das Mobil.", {"published": "2017-07-13"}, ["2017-07-03"]),
        ("Am 20. Dezember kam das Mobil.", {"published": "2018-01-13"}, ["2017-12-20"]),
        ("Am 6. Februar kommt das Mobil.", {"published": "2019-01-10"}, ["2019-02-06"]),
        ("Am 3. März 2018 begann die Tour. Am 20. April endete sie.", {}, ["2018-03-03", "2018-04-20"]),
        ("Montag, 19. Juli 2021: Start in Husum.\n\nDienstag, 20. Juli: Pause.", {}, ["2021-07-19", "2021-07-20"]),
        ("Am 1. Mai 2016 begann es. Am 20. Dezember war Schluss.", {}, ["2016-05-01", "--12-20"]),
        ("Am Dienstag, 18. Februar, kam das Mobil.", {}, ["--02-18"]),
        ("Am Dienstag, 18. Februar, kam das Mobil.", {"published": "2020-03-02"}, ["2020-02-18"]),
        ("Am Dienstag, 18. Februar, kam das Mobil.", {"published": "2019-03-02"}, ["--02-18"]),
        ("Pressetermine im April 2024\n\n| Mo., 15.04. | Husum |", {}, ["2024-04-15"]),
    ],
)
def test_years_that_the_text_makes_certain(text: str, metadata: dict[str, str], expected: list[str]) -> None:
    assert events(text, **metadata) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Bewerbungen sind bis zum 31. August 2018 möglich.", DateRole.DEADLINE),
        ("Anmeldeschluss ist der 24. August 2018.", DateRole.DEADLINE),
        ("Sie ist seit dem 1. April 2018 im Amt.", DateRole.OTHER),
        ("Das Gesetz vom 3. März 2018 hilft.", DateRole.OTHER),
        ("Die Regel tritt am 1. Juli 2018 in Kraft.", DateRole.OTHER),
        ("Er wurde am 3. März 1948 geboren.", DateRole.OTHER),
        ("Pressemitteilung vom 3. März 2018\n\nText folgt.", DateRole.PUBLICATION),
        ("Vom 1. Januar bis 30. Juni 2018 ist die Schau zu sehen.", DateRole.OTHER),
        ("Am 3. März 2018 kam das Mobil.", DateRole.EVENT),
    ],
)
def test_roles(text: str, role: DateRole) -> None:
    assert only(text).role is role


DIARY = (
    "Tagebuch\n\n12. Juli 2024\nLetzter Halt\n\nIn Husum war gestern viel los.\n\n"
    "10. Juli 2024\nMittendrin\n\nIn Heide kamen heute viele. Übermorgen sind wir in Tönning.\n\n8. Juli 2024\nStart\n\nWir packen in Kiel."
)


def test_a_diary_counts_from_its_entries() -> None:
    assert events(DIARY) == ["2024-07-11", "2024-07-10", "2024-07-12", "2024-07-08"]
    assert governing(DIARY, "Husum") == "2024-07-11"
    assert governing(DIARY, "Tönning") == "2024-07-12"
    assert governing(DIARY, "Kiel") == "2024-07-08"


TOUR = (
    "Am Donnerstag, 27.07.2017, stand das Mobil in Husum. Viele kamen.\n\n"
    "Am Nachmittag ging es zur Werft. Der Chef lobte das Netz.\n\n"
    "Am Freitag war das Team in Heide, am Samstag in Tönning. Seit 1998 gibt es den Verein Ebbe.\n\n"
    "Im Herbst folgt Kiel. Später kam Lübeck dazu.\n\n"
    "Fotos unten: Jost am Deich am 27.07.2017; Kinder am Strand."
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Husum", "2017-07-27"),
        ("Viele", "2017-07-27"),
        ("Werft", "2017-07-27"),
        ("Chef", "2017-07-27"),
        ("Heide", "2017-07-28"),
        ("Tönning", "2017-07-29"),
        ("Ebbe", None),
        ("Kiel", None),
        ("Jost", "2017-07-27"),
        ("Kinder", None),
    ],
)
def test_what_a_date_governs(word: str, expected: str | None) -> None:
    assert governing(TOUR, word) == expected


def test_a_weekday_left_open_governs_nothing_else() -> None:
    assert governing("Am Sonntag war Jost Krehl da. Danach fuhr er nach Heide.", "Heide") is None


def test_programmes() -> None:
    text = "Montag, 3. Mai 2021\n9.30 Husum. Werft, Besichtigung\n- Heide (11 Uhr): Gespräch\n\nDienstag, 4. Mai\n10.00 Kiel, Hafen"
    assert [governing(text, place) for place in ("Husum", "Heide", "Kiel")] == [
        "2021-05-03",
        "2021-05-03",
        "2021-05-04",
    ]
    rows = (
        "Tag | Zeit | Ort\nMontag, 3.5.2021 | 10:00 | Husum\n11:30 | Heide | Empfang\nDienstag, 4.5.2021 | 9:00 | Kiel"
    )
    assert [governing(rows, place) for place in ("Husum", "Heide", "Kiel")] == [
        "2021-05-03",
        "2021-05-03",
        "2021-05-04",
    ]


def test_the_days_of_a_tour_do_not_date_its_stops() -> None:
    text = "Vom 5. bis 9. September war das Mobil auf Tour. Angesteuert wurden Husum und Heide."
    assert governing(text, "Husum") is None
    assert events(text) == []


def test_days_counted_from_the_one_before() -> None:
    assert events(
        "Am 27. und 28. Mai 2019 war das Team in Husum. Am zweiten Tag kam Birte Ahl. Tags darauf war Pause."
    ) == [
        "2019-05-27",
        "2019-05-28",
        "2019-05-29",
    ]


def test_lists_of_other_articles_have_no_dates() -> None:
    assert events("Das Mobil kam am 3. Mai 2021.\n\nLesen Sie auch:\nBesuch in Heide (02.09.2016)") == ["2021-05-03"]


@given(st.text(alphabet="0123456789. –-/,MaiJuldtgomn\n|()", max_size=200))
def test_any_text_is_read(text: str) -> None:
    source = read(text, published="2020-02-29")
    for mention in find_dates(source):
        assert source.block_of(mention.span) is not None
    assert anchor_of(source, Span(0, len(text))) is None or find_dates(source)


def test_long_texts_end() -> None:
    begin = time.process_time()
    for part in ("am 3. Mai, ", "am Dienstag\n", "1. und ", "27.07.2017 ", "„a (l. "):
        find_dates(read(part * 4000))
    assert time.process_time() - begin < 30
