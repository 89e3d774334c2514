"""Dates as lists print them."""

from __future__ import annotations

from datetime import date

import pytest

from etappe.tables.dates import WrongDate, check_format, read_span, serial


@pytest.mark.parametrize(
    ("text", "formats", "start", "end"),
    [
        ("2016-10-12", (), "2016-10-12", "2016-10-12"),
        ("12.10.2016", (), "2016-10-12", "2016-10-12"),
        ("1. 2. 16", (), "2016-02-01", "2016-02-01"),
        ("12. Oktober 2016", (), "2016-10-12", "2016-10-12"),
        ("12th October 2016", (), "2016-10-12", "2016-10-12"),
        ("October 12, 2016", (), "2016-10-12", "2016-10-12"),
        ("12-Oct-16", (), "2016-10-12", "2016-10-12"),
        ("25/10/2016", (), "2016-10-25", "2016-10-25"),
        ("10/25/2016", (), "2016-10-25", "2016-10-25"),
        ("12/10/2016", ("d/M/yyyy",), "2016-10-12", "2016-10-12"),
        ("12/10/2016", ("M/d/yyyy",), "2016-12-10", "2016-12-10"),
        ("12.10.2016, 14:30 Uhr", (), "2016-10-12", "2016-10-12"),
        ("12.10.2016 14.30 Uhr", (), "2016-10-12", "2016-10-12"),
        ("2016-10-12T09:00:00", (), "2016-10-12", "2016-10-12"),
        ("12.10.2016 9:00 - 10:00", (), "2016-10-12", "2016-10-12"),
        ("12.10.2016 14 Uhr", (), "2016-10-12", "2016-10-12"),
        ("12.-14.10.2016", (), "2016-10-12", "2016-10-14"),
        ("12. bis 14. Oktober 2016", (), "2016-10-12", "2016-10-14"),
        ("30.9.–2.10.2016", (), "2016-09-30", "2016-10-02"),
        ("30.12.2016 - 2.1.2017", (), "2016-12-30", "2017-01-02"),
        ("12-14 October 2016", (), "2016-10-12", "2016-10-14"),
        ("12 October to 14 October 2016", (), "2016-10-12", "2016-10-14"),
        ("12/10/2016 - 14/10/2016", ("d/M/yyyy",), "2016-10-12", "2016-10-14"),
        ("12. und 13.10.2016", (), "2016-10-12", "2016-10-13"),
        ("2016-10-12/2016-10-14", (), "2016-10-12", "2016-10-14"),
        ("42655", ("serial",), "2016-10-12", "2016-10-12"),
    ],
)
def test_days_and_ranges(text: str, formats: tuple[str, ...], start: str, end: str) -> None:
    span = read_span(text, formats)
    assert (span.start.isoformat(), span.end.isoformat(), span.month) == (start, end, False)


@pytest.mark.parametrize(
    ("text", "formats"),
    [("Oct-12", ("MMM-yy",)), ("Oktober 2012", ()), ("Oct 2012", ()), ("10/2012", ()), ("2012-10", ())],
)
def test_a_month_is_its_bounds(text: str, formats: tuple[str, ...]) -> None:
    span = read_span(text, formats)
    assert (span.start, span.end, span.month) == (date(2012, 10, 1), date(2012, 10, 31), True)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("October - December 2012", ("dd/MM/yyyy", "MMM-yy")),
        ("Oct-Dec 2012", ()),
        ("Oktober bis Dezember 2012", ()),
        ("Oct 2012 to Dec 2012", ()),
        ("Oct-12 - Dec-12", ("MMM-yy",)),
    ],
)
def test_several_months_are_their_bounds(text: str, formats: tuple[str, ...]) -> None:
    span = read_span(text, formats)
    assert (span.start, span.end, span.month) == (date(2012, 10, 1), date(2012, 12, 31), True)


@pytest.mark.parametrize(
    "text", ["October and December 2012", "December - October 2012", "12.10. - Dec 2012", "Foo-Dec 2012"]
)
def test_months_that_are_no_range_are_refused(text: str) -> None:
    with pytest.raises(WrongDate):
        read_span(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12/10/2016", "may be day/month or month/day"),
        ("Oct-12", "may be a month or a day"),
        ("12-Oct", "may be a month or a day"),
        ("42655", "may be the number of a day"),
        ("31.02.2016", "not a day of the calendar"),
        ("14.10.2016 - 12.10.2016", "ends before it begins"),
        ("12. und 14.10.2016", "not understood"),
        ("12-10-2016", "not understood"),
        ("Anfang Oktober", "not understood"),
        ("2016", "not understood"),
        ("12.10.0216", "in the year 216"),
        ("13/2016", "not a month"),
    ],
)
def test_what_may_be_read_in_two_ways_is_refused(text: str, told: str) -> None:
    with pytest.raises(WrongDate, match=told):
        read_span(text)


def test_the_printed_weekday_is_kept_for_checking() -> None:
    assert read_span("Mi., 12.10.2016").weekday == "wednesday"
    assert read_span("Dienstag, 12. Oktober 2016").weekday == "tuesday"  # the gate says that it was none
    assert read_span("Mai 2016").weekday is None


def test_numbers_of_spreadsheets() -> None:
    assert serial(42655.75) == date(2016, 10, 12)
    with pytest.raises(WrongDate, match="1954"):
        serial(2016)


@pytest.mark.parametrize("pattern", ["yyyy", "d/d/yyyy", "dddd.MM.yyyy", "MMMMM yyyy"])
def test_a_format_that_is_none(pattern: str) -> None:
    with pytest.raises(WrongDate):
        check_format(pattern)


def test_long_nonsense_ends() -> None:
    for text in ("1" * 9_000, "12.-" * 2_000, "Mo " * 3_000, "1 - " * 2_000):
        with pytest.raises(WrongDate):
            read_span(text)
