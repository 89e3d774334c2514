"""Dates as lists print them: a day, a range of days, or a month. What may be read in two ways is refused."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

#: Format of a cell that holds the number of a day, as spreadsheets count them.
SERIAL = "serial"
#: Days of a spreadsheet that are taken for dates when only a number stands there: 1954 to 2064.
SERIALS = range(20_000, 60_001)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january jänner jaenner",
            "feb februar february feber",
            "mär mrz mar märz maerz march",
            "apr april",
            "mai may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dez dec dezember december",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    word: name
    for name, words in {
        "monday": "mo mon montag monday",
        "tuesday": "di tue tues dienstag tuesday",
        "wednesday": "mi wed mittwoch wednesday",
        "thursday": "do thu thur thurs donnerstag thursday",
        "friday": "fr fri freitag friday",
        "saturday": "sa sat samstag sonnabend saturday",
        "sunday": "so sun sonntag sunday",
    }.items()
    for word in words.split()
}
_WEEKDAY = re.compile(rf"({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b[.,]*\s*", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?::\d\d(?::\d\d)?(?:\s?(?:uhr|h|[ap]m))?|(?:\.\d\d)?\s?(?:uhr|[ap]m))"
_TIME = re.compile(rf"(?:T|[,;]?\s(?:um\s|ab\s|at\s)?){_CLOCK}(?:\s?[-–]\s?{_CLOCK})?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[–—]|\bbis\b|\bto\b|\buntil\b|\bund\b|\band\b|&|/|-)\s*", re.IGNORECASE)

_DAY, _MONTH, _NAME = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<n>[^\W\d_]{3,9})\.?"
_UNAMBIGUOUS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
        rf"{_DAY}\.\s?{_MONTH}\.\s?(?P<y>\d{{4}}|\d\d)",
        rf"{_DAY}(?:\.|st|nd|rd|th)?[\s-]?(?:of\s)?{_NAME}[\s,-]\s?(?P<y>\d{{4}}|\d\d)",
        rf"{_NAME}\s{_DAY}(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}})",
        rf"{_NAME}[\s/,-]\s?(?P<y>\d{{4}})",
        r"(?P<m>\d\d)[./](?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d\d)",
    )
)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)")
_SHORT_MONTH = re.compile(rf"{_NAME}[-\s'’](?P<y>\d\d)|(?P<d>\d{{1,2}})[-\s.]+[^\W\d_]{{3,9}}\.?")
_FIELDS = {
    "yyyy": r"(?P<y>\d{4})",
    "yy": r"(?P<y>\d\d)",
    "MMMM": _NAME,
    "MMM": _NAME,
    "MM": r"(?P<m>\d\d)",
    "M": _MONTH,
    "dd": r"(?P<d>\d\d)",
    "d": _DAY,
}
_FIELD = re.compile(r"y+|M+|d+|E+|H+|h+|m+|s+|a+|'[^']*'|.")


class WrongDate(ValueError):
    """A text that is no date, or more than one; its sentence says what to write instead."""


@dataclass(frozen=True)
class Span:
    """When something was.

    Attributes:
        start, end: first and last day; the same for a single day.
        month: whether only the month is known, or several of them, and the days are the bounds.
        weekday: the printed weekday, for checking.
    """

    start: date
    end: date
    month: bool = False
    weekday: str | None = None


def serial(number: float, epoch: date = date(1899, 12, 30)) -> date:
    """The day that a spreadsheet means by a number."""
    if int(number) not in SERIALS:
        raise WrongDate(f"{number:g} is not the number of a day between 1954 and 2064; write the date out")
    return epoch + timedelta(days=int(number))


def check_format(pattern: str) -> None:
    """Raise ``WrongDate`` where a format cannot be understood."""
    if pattern != SERIAL:
        _compiled(pattern)


@lru_cache(maxsize=4096)
def read_span(text: str, formats: tuple[str, ...] = ()) -> Span:
    """When a cell says that something was.

    Args:
        formats: how dates are printed, such as ``d/M/yyyy`` or ``MMM-yy``; ``serial`` for numbers of spreadsheets.

    Raises:
        WrongDate: no date, a day that does not exist, or one that may be read in two ways.
    """
    plain, weekday = " ".join(text.split()), None
    if (match := _WEEKDAY.match(plain)) and match.end() < len(plain):
        plain, weekday = plain[match.end() :], _WEEKDAYS[match[1].lower()]
    plain = _TIME.sub("", plain).rstrip(" ,;")
    found = _single(plain, formats) or _range(plain, formats)
    if found is None:
        raise WrongDate(_why(text, plain, formats))
    start, end, month = found
    for day in (start, end):
        if not 1900 <= day.year <= 2100:
            raise WrongDate(f"{text!r} lies in the year {day.year}; correct it")
    if end < start:
        raise WrongDate(f"{text!r} ends before it begins; correct it")
    return Span(start, end, month, weekday)


_Found = tuple[date, date, bool]


def _single(text: str, formats: tuple[str, ...]) -> _Found | None:
    for pattern in formats:
        if pattern == SERIAL:
            if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
                day = serial(float(text))
                return day, day, False
        elif match := _compiled(pattern).fullmatch(text):
            return _of(match, text)
    for expression in _UNAMBIGUOUS:
        if (match := expression.fullmatch(text)) and (found := _of(match, text)):
            return found
    if (match := _SLASHES.fullmatch(text)) and not formats:
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second or first == second:
            return _day(match[3], second, first, text)
        if second > 12 >= first:
            return _day(match[3], first, second, text)
    return None


def _of(match: re.Match[str], text: str) -> _Found | None:
    """The date that a match holds; nothing where its word is no month."""
    part = match.groupdict()
    month = _MONTHS.get(part["n"].lower()) if part.get("n") else int(part["m"])
    if month is None:
        return None
    if part.get("d"):
        return _day(part["y"], month, int(part["d"]), text)
    year = _year(part["y"])
    if not 1 <= month <= 12 or not year:
        raise WrongDate(f"{text!r} is not a month of the calendar; correct it")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), True


def _day(year: str, month: int, day: int, text: str) -> _Found:
    try:
        found = date(_year(year), month, day)
    except ValueError as error:
        raise WrongDate(f"{text!r} is not a day of the calendar; correct it") from error
    return found, found, False


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) > 2 else number + (2000 if number < 70 else 1900)


def _range(text: str, formats: tuple[str, ...]) -> _Found | None:
    for match in _BETWEEN.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        last = _quietly(right, formats) if left and right else None
        if last is None:
            continue
        joined = match[0].strip().lower() in ("und", "and", "&")
        if last[2]:  # “Oct-Dec 2012”: the bounds of all months
            named = re.fullmatch(_NAME, left) is not None
            first = _quietly(f"{left} {last[0].year}" if named else left, formats)
            if first is not None and first[2] and not joined:
                return first[0], last[1], True
            continue
        for start in _completed(left, last[0], formats):
            first = _quietly(start, formats)
            if first is not None and not first[2]:
                # Two days joined by "and" are a range only where one follows the other.
                if joined and first[0] + timedelta(days=1) != last[0]:
                    continue
                return first[0], last[1], False
    return None


def _completed(left: str, last: date, formats: tuple[str, ...]) -> Iterator[str]:
    """The first day of a range, with the month and year that only the last one names."""
    if match := re.fullmatch(r"(\d{1,2})\.?", left):
        yield f"{last.year}-{last.month:02}-{int(match[1]):02}"
    elif match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", left):
        yield f"{last.year}-{int(match[2]):02}-{int(match[1]):02}"
    elif (match := re.fullmatch(r"(\d{1,2})/(\d{1,2})", left)) and formats:
        yield f"{left}/{last.year}"
    elif re.fullmatch(rf"{_DAY}(?:\.|st|nd|rd|th)?\s?{_NAME}", left):
        yield f"{left} {last.year}"
    else:
        yield left


def _quietly(text: str, formats: tuple[str, ...]) -> _Found | None:
    try:
        return _single(text, formats)
    except WrongDate:
        return None


def _why(text: str, plain: str, formats: tuple[str, ...]) -> str:
    if not plain:
        return "is empty; give the day"
    if not formats and _SLASHES.fullmatch(plain):
        return f"{text!r} may be day/month or month/day; say which as 'format' of the column, such as 'd/M/yyyy'"
    if not formats and _SHORT_MONTH.fullmatch(plain):
        return f"{text!r} may be a month or a day; say which as 'format' of the column, such as 'MMM-yy'"
    if not formats and re.fullmatch(r"\d{5}(?:\.\d+)?", plain):
        return f"{text!r} may be the number of a day; if so, give 'serial' as 'format' of the column"
    known = f"; expected is {' or '.join(formats)}" if formats else "; write it as 2017-07-28 or 28.07.2017"
    return f"{text[:60]!r} is not understood as a date{known}"


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts, seen = list[str](), set[str]()
    for part in _FIELD.findall(pattern):
        if part[0] in "yMd":
            if part not in _FIELDS or part[0] in seen:
                raise WrongDate(f"{pattern!r} is not a format of dates; write it as 'd/M/yyyy', 'MMM-yy' or 'serial'")
            seen.add(part[0])
            parts.append(_FIELDS[part])
        elif part[0] == "E":
            parts.append(r"[^\W\d_]+\.?")
        elif part[0] in "Hhmsa":
            parts.append(r"\w+")
        else:
            parts.append(re.escape(part.strip("'") if len(part) > 1 else part))
    if not {"y", "M"} <= seen:
        raise WrongDate(f"{pattern!r} lacks year or month; write it as 'd/M/yyyy', 'MMM-yy' or 'serial'")
    return re.compile("".join(parts))
