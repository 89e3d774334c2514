"""Dates that are written out: "27. und 28. Mai 2018", "17.-19.07.", "July 27, 2017", "2017-07-27".

A date without a year is kept without one; what year it is of is decided elsewhere. Months and years alone are no dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from etappe.extraction.model import Span

BLANK = r"(?:[^\S\n]{1,3}\n?[^\S\n]{0,3}|\n[^\S\n]{0,3})"
MAYBE_BLANK = BLANK + "?"
_WEEKDAYS = (
    ("montag", "mo", "monday", "mon"),
    ("dienstag", "di", "tuesday", "tue"),
    ("mittwoch", "mi", "wednesday", "wed"),
    ("donnerstag", "do", "thursday", "thu"),
    ("freitag", "fr", "friday", "fri"),
    ("samstag", "sa", "saturday", "sat", "sonnabend"),
    ("sonntag", "so", "sunday", "sun"),
)
WEEKDAY_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
PART_OF_DAY = r"(?:vormittag|nachmittag|mittag|abend|morgen|früh|nacht)"
WEEKDAY_DE = rf"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag){PART_OF_DAY}?s?"
WEEKDAY_EN = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_DE = r"(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?"
_SHORT_EN = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?"
MONTH_DE = (
    r"(?:Januar|Jänner|Jan\.|Februar|Feber|Feb\.|März|Mrz\.|April|Apr\.|Mai|Juni|Jun\.|Juli|Jul\.|August|Aug\.|"
    r"September|Sept?\.|Oktober|Okt\.|November|Nov\.|Dezember|Dez\.)(?!\w)"
)
MONTH_EN = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?!\w)"
)
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            ("jan", "jän"),
            ("feb",),
            ("mär", "mrz", "mar"),
            ("apr",),
            ("mai", "may"),
            ("jun",),
            ("jul",),
            ("aug",),
            ("sep",),
            ("okt", "oct"),
            ("nov",),
            ("dez", "dec"),
        ),
        start=1,
    )
    for stem in stems
}

_COUNTED = (
    r"(?:Euro|EUR|€|Prozent|%|Mio|Mrd|Millionen|Uhr|Meter|Menschen|Besucher|Gäste|Personen|Teilnehm|Kinder|Betriebe|"
    r"people|visitors|guests|companies|participants|per[ ]?cent|million)"
)
_NOT_COUNTED = rf"(?!\d)(?![^\S\n]?{_COUNTED})"
_YEAR = rf"(?:1[89]|20)\d\d{_NOT_COUNTED}"
_SHORT_YEAR = rf"\d\d(?![\d.:]\d)(?!,\d){_NOT_COUNTED}"
_START = r"(?<![\w/:§+–-])(?<!\d[.,])"
_WEEKDAY_BEFORE = rf"(?:(?P<weekday>{WEEKDAY_DE}|{_SHORT_DE}),?{MAYBE_BLANK}\(?(?:(?:den|dem|der|am){BLANK})?)?"
_ATOM_DE = (
    rf"{_WEEKDAY_BEFORE}(?P<day>\d{{1,2}})(?:"
    rf"\.?{BLANK}(?P<word>{MONTH_DE})(?:,?{BLANK}(?P<year>{_YEAR})|{BLANK}['’](?P<elided>\d\d)(?!\d))?"
    rf"|\.(?P<glued>{MONTH_DE})(?:,?{BLANK}(?P<yearglued>{_YEAR}))?"
    rf"|\.{MAYBE_BLANK}(?P<number>\d{{1,2}})\.(?:{MAYBE_BLANK}(?P<yearn>{_YEAR})|(?P<short>{_SHORT_YEAR}))?(?!\d|"
    rf"[.,]\d)"
    rf"{_NOT_COUNTED}"
    rf"|\.(?!\d))"
)
_LINK_DE = (
    rf"(?:{MAYBE_BLANK},?{MAYBE_BLANK}(?P<link>bis(?:{BLANK}(?:zum|einschließlich))?|und|sowie|[-–—/&+])|"
    rf"(?P<comma>,))"
    rf"{MAYBE_BLANK}(?:(?:am|vom|zum|den|dem|der){BLANK})?"
)
_WEEKDAY_BEFORE_EN = rf"(?:(?P<weekday>{WEEKDAY_EN}|{_SHORT_EN}),?{BLANK}(?:the{BLANK})?)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_ATOM_EN = (
    rf"{_WEEKDAY_BEFORE_EN}(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"(?:{BLANK}(?:of{BLANK})?(?P<word>{MONTH_EN})(?:,?{BLANK}(?P<year>{_YEAR}))?|(?![\w.:%]))"
)
_LINK_EN = (
    rf"{MAYBE_BLANK},?{MAYBE_BLANK}(?P<link>to|until|till|through|and|[-–—/&])"
    rf"{MAYBE_BLANK}(?:(?:on{BLANK})?(?:the{BLANK})?)?"
)
_MONTH_FIRST = (
    rf"(?:(?P<weekday>{WEEKDAY_EN}|{_SHORT_EN}),?{BLANK})?(?P<word>{MONTH_EN}){BLANK}(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"(?![\w:%]|[.,]\d)(?:,?{BLANK}(?P<year>{_YEAR}))?"
    rf"(?:{MAYBE_BLANK}(?P<link>to|until|till|through|and|[-–—/&]){MAYBE_BLANK}(?:(?P<word2>{MONTH_EN}){BLANK})?"
    rf"(?P<day2>\d{{1,2}}){_ORDINAL}(?![\w:%]|[.,]\d)(?:,?{BLANK}(?P<year2>{_YEAR}))?)?{_NOT_COUNTED}"
)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


ATOM_DE, LINK_DE = re.compile(_ATOM_DE), re.compile(_LINK_DE)
ATOM_EN, LINK_EN = re.compile(_ATOM_EN), re.compile(_LINK_EN)
_SERIES = "{start}{first}(?:{link}{atom}){{0,{most}}}"
SERIES_DE = re.compile(
    _SERIES.format(
        start=_START,
        first=_unnamed(_ATOM_DE.removeprefix(_WEEKDAY_BEFORE)),
        link=_unnamed(_LINK_DE),
        atom=_unnamed(_ATOM_DE),
        most=11,
    )
)
SERIES_EN = re.compile(
    _SERIES.format(
        start=_START,
        first=_unnamed(_ATOM_EN.removeprefix(_WEEKDAY_BEFORE_EN)),
        link=_unnamed(_LINK_EN),
        atom=_unnamed(_ATOM_EN),
        most=5,
    )
)
MONTH_FIRST = re.compile(rf"(?<!\w){_MONTH_FIRST}")
ISO = re.compile(
    r"(?<![\w/.-])(?P<first>\d{4}-\d\d-\d\d)(?:(?:/|[ ]?(?:bis|to|–)[ ]?)(?P<second>\d{4}-\d\d-\d\d))?(?![\d-])"
)
SLASHED = re.compile(r"(?<![\w/.,-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:1[89]|20)\d\d)(?![\w/-])")
_LEADING_DE = re.compile(rf"(?<![\w-])(?:{WEEKDAY_DE}|{_SHORT_DE}),?{MAYBE_BLANK}\(?(?:(?:den|dem|der|am){BLANK})?\Z")
_LEADING_EN = re.compile(rf"(?<![\w-])(?:{WEEKDAY_EN}|{_SHORT_EN}),?{BLANK}(?:the{BLANK})?\Z")
_LEAD = 32  # as long as the longest weekday with its part of day and an article
_DIGIT = re.compile(r"\d")
NUMBERING = re.compile(
    r"(?:Version|Release|Kapitel|Abschnitt|Punkt|Ziffer|Nummer|Nr\.|Abs\.|Art\.|Artikel|§|Teil|Stufe|Anlage|Tabelle|"
    r"Abbildung|Seite|S\.|um|gegen|Windows|Web|Industrie|Section|Chapter|version|at)[^\S\n]?$"
)


@dataclass(frozen=True)
class Day:
    """A day as it is written; the year may be missing, or be given by its neighbour."""

    month: int
    day: int
    year: int | None = None

    def iso(self) -> str:
        """``2024-07-15`` or ``--07-15``."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}" if self.year else f"--{self.month:02}-{self.day:02}"

    def exists(self) -> bool:
        """Whether the calendar has it; the 29th of February without a year has."""
        try:
            date(self.year or 2000, self.month, self.day)
        except ValueError:
            return False
        return True

    def next(self) -> Day:
        """The day after; without a year, that of a leap year."""
        after = date(self.year or 2000, self.month, self.day) + timedelta(1)
        return Day(after.month, after.day, after.year if self.year else None)


@dataclass(frozen=True)
class Written:
    """A date or range as written.

    Attributes:
        weekday: 0 to 6, of the first day, where the text gives it.
    """

    span: Span
    first: Day
    last: Day | None = None
    weekday: int | None = None


@dataclass
class _Atom:
    """A part of a series of days; what it lacks it takes from its neighbours."""

    span: Span
    day: int
    month: int | None
    year: int | None
    weekday: int | None
    ranged: bool = False  # whether it ends a range that the one before it begins


def weekday_number(name: str) -> int:
    """0 for Monday, of a name in any form: "Mittwochabend", "Di."."""
    name = name.casefold().rstrip(".")
    return WEEKDAY_NUMBER.get(name, -1) if len(name) < 4 else _long_weekday(name)


def _long_weekday(name: str) -> int:
    return next(number for stem, number in WEEKDAY_NUMBER.items() if len(stem) > 3 and name.startswith(stem))


def month_number(name: str) -> int:
    """1 for January, of a name in any form."""
    return _MONTHS[name[:3].casefold()]


def written_dates(text: str, span: Span, language: str) -> list[Written]:
    """The dates written out in a part of a text, in order; none overlap."""
    words = span.of(text)
    if _DIGIT.search(words) is None:
        return []
    found = [*_series(text, span, _GERMAN)]
    if "-" in words:
        found += _iso(text, span)
    if "/" in words:
        found += _slashed(text, span, language)
    if language == "en":
        found += [*_series(text, span, _ENGLISH), *_month_first(text, span)]
    found.sort(key=lambda written: (written.span.start, -written.span.end))
    kept: list[Written] = []
    for written in found:
        if not kept or written.span.start >= kept[-1].span.end:
            kept.append(written)
    return kept


def _iso(text: str, span: Span) -> Iterator[Written]:
    for match in ISO.finditer(text, span.start, span.end):
        first, second = _iso_day(match["first"]), _iso_day(match["second"])
        if first:
            yield Written(Span(match.start(), match.end()), first, second)


def _iso_day(written: str | None) -> Day | None:
    if written is None:
        return None
    year, month, day = map(int, written.split("-"))
    found = Day(month, day, year)
    return found if year >= 1800 and found.exists() else None


def _slashed(text: str, span: Span, language: str) -> Iterator[Written]:
    """Day first, unless only month first is possible; in English both may be meant, and then neither is taken."""
    for match in SLASHED.finditer(text, span.start, span.end):
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        if language == "en" and first <= 12 and second <= 12 and first != second:
            continue
        found = Day(second, first, year) if second <= 12 else Day(first, second, year)
        if found.exists():
            yield Written(Span(match.start(), match.end()), found)


def _month_first(text: str, span: Span) -> Iterator[Written]:
    for match in MONTH_FIRST.finditer(text, span.start, span.end):
        month = month_number(match["word"])
        atoms = [_Atom(Span(match.start(), match.end()), int(match["day"]), month, _number(match["year"]), None)]
        if match["weekday"]:
            atoms[0].weekday = weekday_number(match["weekday"])
        if match["day2"]:
            other = month_number(match["word2"]) if match["word2"] else month
            ranged = match["link"] not in ("and", "&", "/")
            end = Span(match.end(), match.end())
            atoms.append(_Atom(end, int(match["day2"]), other, _number(match["year2"]), None, ranged))
        yield from _dates_of(_completed(atoms))


@dataclass(frozen=True)
class _Grammar:
    """How days follow each other in a language."""

    series: re.Pattern[str]
    atom: re.Pattern[str]
    link: re.Pattern[str]
    leading: re.Pattern[str]


_GERMAN = _Grammar(SERIES_DE, ATOM_DE, LINK_DE, _LEADING_DE)
_ENGLISH = _Grammar(SERIES_EN, ATOM_EN, LINK_EN, _LEADING_EN)


def _series(text: str, span: Span, grammar: _Grammar) -> Iterator[Written]:
    floor = span.start
    for match in grammar.series.finditer(text, span.start, span.end):
        lead = grammar.leading.search(text, max(floor, match.start() - _LEAD), match.start())
        atoms = _atoms(text, Span(lead.start() if lead else match.start(), match.end()), grammar.atom, grammar.link)
        floor = match.end()
        if match.group()[-1] == "." and NUMBERING.search(text, max(span.start, match.start() - 14), match.start()):
            continue
        yield from _dates_of(_completed(atoms))


def _atoms(text: str, span: Span, atom: re.Pattern[str], link: re.Pattern[str]) -> list[_Atom]:
    atoms: list[_Atom] = []
    position, ranged = span.start, False
    while match := atom.match(text, position, span.end):
        groups = match.groupdict()
        word = groups.get("word") or groups.get("glued")
        month = month_number(word) if word else _number(groups.get("number"))
        year = _number(groups.get("year") or groups.get("yearn") or groups.get("yearglued"))
        short = groups.get("short") or groups.get("elided")
        weekday = weekday_number(groups["weekday"]) if groups["weekday"] else None
        atoms.append(
            _Atom(
                Span(match.start(), match.end()),
                int(groups["day"]),
                month,
                2000 + int(short) if short else year,
                weekday,
                ranged,
            )
        )
        joint = link.match(text, match.end(), span.end)
        if joint is None:
            break
        word = joint["link"] or ","
        ranged = word[:3] in ("bis", "to", "unt", "til", "thr") or word in "-–—"
        position = joint.end()
    return atoms


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _completed(atoms: list[_Atom]) -> list[_Atom]:
    """The atoms that have a month, each with the month and year of the next where it gives none."""
    while atoms and atoms[-1].month is None:
        atoms.pop()
    for before, after in zip(atoms[-2::-1], atoms[:0:-1], strict=True):
        inherits = before.month is None
        before.month = after.month if inherits else before.month
        if before.year is None and after.year is not None:
            before.year = after.year - ((before.month or 0) > (after.month or 0))
    for before, after in pairwise(atoms):
        if after.year is None and before.year is not None:
            after.year = before.year + ((after.month or 0) < (before.month or 0))
    return atoms


def _dates_of(atoms: list[_Atom]) -> Iterator[Written]:
    """Ranges as one, neighbouring days as one, other days one by one."""
    begin = 0
    while begin < len(atoms):
        end = begin
        while end + 1 < len(atoms) and (atoms[end + 1].ranged or _follows(atoms[end], atoms[end + 1])):
            end += 1
            if atoms[end].ranged:
                break
        first, last = _day(atoms[begin]), _day(atoms[end])
        if first is not None and last is not None:
            span = Span(atoms[begin].span.start, atoms[end].span.end)
            yield Written(span, first, last if end > begin else None, atoms[begin].weekday)
        elif first is not None or last is not None:
            atom = atoms[begin] if first is not None else atoms[end]
            yield Written(atom.span, first or last or Day(1, 1), None, atom.weekday)
        begin = end + 1


def _day(atom: _Atom) -> Day | None:
    day = Day(atom.month or 0, atom.day, atom.year)
    return day if day.exists() else None


def _follows(before: _Atom, after: _Atom) -> bool:
    first, second = _day(before), _day(after)
    return first is not None and second is not None and first.next() == second
