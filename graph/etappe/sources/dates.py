"""Dates as files write them. Only forms that can be read in one way."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = (
    ("januar", "jänner", "january", "jan"),
    ("februar", "feber", "february", "feb"),
    ("märz", "march", "mrz", "mar", "mär"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?", re.I)
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s\d{1,2}[:.]\d\d(?::\d\d)?(?:\sUhr)?)?")
_WRITTEN = re.compile(r"(?:[^\W\d]{2,10}\.?,\s)?(\d{1,2})\.?\s([^\W\d]{3,9})\.?,?\s(\d{4})")
_MONTH_FIRST = re.compile(r"(?:[^\W\d]{2,10}\.?,\s)?([^\W\d]{3,9})\.?\s(\d{1,2}),\s(\d{4})")


def iso_date(value: str) -> str | None:
    """The day as ``2024-04-12``, or nothing where it cannot be read in one way only.

    A time with an offset becomes the day in Germany at that time.
    """
    value = " ".join(value.split())[:80]
    if match := _ISO.fullmatch(value):
        return _day_of_time(match)
    if match := _GERMAN.fullmatch(value):
        return _iso(match[3], match[2], match[1])
    if (match := _WRITTEN.fullmatch(value)) and match[2].lower() in _MONTH:
        return _iso(match[3], _MONTH[match[2].lower()], match[1])
    if (match := _MONTH_FIRST.fullmatch(value)) and match[1].lower() in _MONTH:
        return _iso(match[3], _MONTH[match[1].lower()], match[2])
    return None


def _iso(year: str, month: str | int, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= 1900 else None


def _day_of_time(match: re.Match[str]) -> str | None:
    day = _iso(match[1], match[2], match[3])
    if day is None or match[6] is None:
        return day
    try:
        moment = datetime.fromisoformat(f"{day}T{match[4]}:{match[5]}").replace(tzinfo=_offset(match[6]))
        return moment.astimezone(ZoneInfo("Europe/Berlin")).date().isoformat()
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        return day


def _offset(text: str) -> timezone:
    if text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
