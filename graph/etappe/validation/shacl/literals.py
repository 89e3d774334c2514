"""Literals: whether they are well formed (XSD 1.1, part 2), and how SPARQL's ``<`` compares them.

Dates are counted in days and seconds of our own, since Python's end with the year 9999. Between a time with and one
without a time zone the order is only known beyond fourteen hours (XSD 1.1, part 2, D.2.1 and 3.3.7).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from struct import pack, unpack

from pyoxigraph import Literal

from etappe.namespaces import XSD

Value = tuple[str, object]
_Instant = tuple[int, str, bool]  # seconds, fraction of a second without trailing zeros, whether it has a time zone

_UNBOUNDED = (None, None)
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": _UNBOUNDED,
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{kind: (-(2**bits), 2**bits - 1) for kind, bits in (("long", 63), ("int", 31), ("short", 15), ("byte", 7))},
    **{
        kind: (0, 2**bits - 1)
        for kind, bits in (("unsignedLong", 64), ("unsignedInt", 32), ("unsignedShort", 16), ("unsignedByte", 8))
    },
}
_ZONE = r"(Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]+))?|(24):00:00(?:\.0+)?)"
NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME = NAME_START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_WORDS = r"(?:[^\s\ufffe\uffff]+(?: [^\s\ufffe\uffff]+)*)?"
_BASE64 = "(?:[A-Za-z0-9+/] ?)"
_SECONDS = r"[0-9]+(?:\.[0-9]+)?S"
_CLOCK_LENGTH = rf"T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:{_SECONDS})?"
#: Lexical forms.
_FORMS = {
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}",
    "time": f"{_CLOCK}{_ZONE}",
    "integer": "[+-]?[0-9]+",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "boolean": "true|false|0|1",
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--(?:(?:0[13578]|1[02])-{_DAY}|(?:0[469]|11)-(?:[012][0-9]|30)(?<!00)|02-[012][0-9](?<!00)){_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{_CLOCK_LENGTH})?",
    "dayTimeDuration": rf"-?P(?=[0-9T])(?:[0-9]+D)?(?:{_CLOCK_LENGTH})?",
    "yearMonthDuration": r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "base64Binary": f"(?:{_BASE64}{{4}})*(?:{_BASE64}{{2}}[AEIMQUYcgkosw048] ?=|{_BASE64}[AQgw] ?= ?=)?(?<! )",
    "normalizedString": r"[^\r\n\t]*",
    "token": _WORDS,
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": f"[:{NAME_START}][:{NAME}]*",
    "NCName": f"[{NAME_START}][{NAME}]*",
    "NMTOKEN": f"[:{NAME}]+",
    "QName": f"(?:[{NAME_START}][{NAME}]*:)?[{NAME_START}][{NAME}]*",
}


@cache
def _form(kind: str) -> re.Pattern[str]:
    return re.compile(_FORMS[kind])


def well_formed(literal: Literal) -> bool:
    """Whether the lexical form belongs to the datatype. Of datatypes that nobody defined, every form does."""
    return value(literal) is not None


@lru_cache(maxsize=8192)
def value(literal: Literal) -> Value | None:
    """The kind of value and the value, to be compared within one kind; nothing where the literal is ill-formed."""
    datatype, text = literal.datatype.value, literal.value
    if not datatype.startswith(XSD):
        return "other", text
    kind = datatype[len(XSD) :]
    if kind == "string":
        return "string", text
    read = _READERS.get(kind)
    if read is not None:
        return read(text, kind)
    if kind in _FORMS:
        if _form(kind).fullmatch(text) is None:
            return None
        return ("boolean", text in ("true", "1")) if kind == "boolean" else ("other", text)
    return "other", text


def _integer(text: str, kind: str) -> Value | None:
    if not _form("integer").fullmatch(text):
        return None
    # Python refuses to read very long integers; as a decimal they are exact, too.
    number = int(text) if len(text) < 4000 else Decimal(text)
    least, most = _INTEGERS[kind]
    return (
        None if (least is not None and number < least) or (most is not None and number > most) else ("number", number)
    )


def _decimal(text: str, _: str) -> Value | None:
    return ("number", Decimal(text)) if _form("decimal").fullmatch(text) else None


def _double(text: str, kind: str) -> Value | None:
    if not _form("double").fullmatch(text):
        return None
    number = float(text.replace("INF", "inf"))
    return "number", _single(number) if kind == "float" else number


class _Single(float):
    """An ``xsd:float``."""


def _single(number: float) -> _Single:
    return _Single(*unpack("f", pack("f", number)))


def _date(text: str, _: str) -> Value | None:
    match = _form("date").fullmatch(text)
    day = _days(match[1], match[2], match[3]) if match else None
    return None if match is None or day is None else ("date", _instant(day * 86400, "", match[4]))


def _date_time(text: str, kind: str) -> Value | None:
    match = _form("dateTime").fullmatch(text)
    day = _days(match[1], match[2], match[3]) if match else None
    if match is None or day is None or (kind == "dateTimeStamp" and match[9] is None):
        return None
    return "dateTime", _instant(day * 86400 + _clock(match, 4), match[7] or "", match[9])


def _time(text: str, _: str) -> Value | None:
    match = _form("time").fullmatch(text)
    return ("time", _instant(_clock(match, 1) % 86400, match[4] or "", match[6])) if match else None


_READERS: dict[str, Callable[[str, str], Value | None]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    "decimal": _decimal,
    "double": _double,
    "float": _double,
    "date": _date,
    "dateTime": _date_time,
    "dateTimeStamp": _date_time,
    "time": _time,
}


def _days(year_text: str, month_text: str, day_text: str) -> int | None:
    """Days since the first of March of the year 0 (proleptic Gregorian); nothing where there is no such day."""
    if len(year_text) > 20:
        return None
    year, month, day = int(year_text), int(month_text), int(day_text)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if day > (29 if leap else 28) if month == 2 else day > 30 + ((month + month // 8) % 2):
        return None
    year -= month < 3
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day - 1


def _clock(match: re.Match[str], first: int) -> int:
    """Seconds since midnight; 24:00:00 is the midnight after."""
    if match[first] is None:
        return 86400
    return int(match[first]) * 3600 + int(match[first + 1]) * 60 + int(match[first + 2])


def _instant(seconds: int, fraction: str, zone: str | None) -> _Instant:
    if zone is None or zone == "Z":
        offset = 0
    else:
        offset = (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60) * (-1 if zone[0] == "-" else 1)
    return seconds - offset, fraction.rstrip("0"), zone is not None


def compare(left: object, right: object) -> int | None:
    """-1, 0 or 1 as SPARQL's ``<`` sees it; nothing where the comparison is an error or undecided (section 4.3)."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return None
    one, other = value(left), value(right)
    if one is None or other is None or one[0] != other[0] or one[0] == "other" or left.language or right.language:
        return None
    return _ORDERS.get(one[0], _plain)(one[1], other[1])


def _plain(one: object, other: object) -> int:
    assert isinstance(one, str | bool) and isinstance(other, str | bool)
    return (one > other) - (one < other)  # type: ignore[operator]  # both are of one kind


def _numbers(one: object, other: object) -> int | None:
    """Exact among integers and decimals; else both are made doubles, or floats where none is a double (XPath)."""
    assert isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal)
    if isinstance(one, float) or isinstance(other, float):
        floats = [number for number in (one, other) if isinstance(number, float)]
        one, other = _as_double(one), _as_double(other)
        if all(isinstance(number, _Single) for number in floats):
            one, other = _single(one), _single(other)
    return -1 if one < other else 1 if one > other else 0 if one == other else None


def _as_double(number: float | Decimal) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _instants(one: object, other: object) -> int | None:
    assert isinstance(one, tuple) and isinstance(other, tuple)
    if one[2] == other[2]:
        return (one > other) - (one < other)
    slack = 14 * 3600
    if (one[0] + slack, one[1]) < other[:2]:
        return -1
    return 1 if (one[0] - slack, one[1]) > other[:2] else None


_ORDERS: dict[str, Callable[[object, object], int | None]] = {
    "number": _numbers,
    "date": _instants,
    "dateTime": _instants,
    "time": _instants,
}


def language_matches(tag: str, language_range: str) -> bool:
    """SPARQL's ``langMatches``: basic filtering of RFC 4647."""
    tag, language_range = tag.lower(), language_range.lower()
    if language_range == "*":
        return bool(tag)
    return tag == language_range or tag.startswith(language_range + "-")
