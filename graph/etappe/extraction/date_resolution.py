"""From dates as they are written or told in words to days of the calendar, by what the text itself makes certain."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from etappe.extraction.date_grammar import MONTH_DE, MONTH_EN, Day, Written, month_number, written_dates
from etappe.extraction.date_roles import role_of
from etappe.extraction.date_words import Way, Worded, tense, worded_days
from etappe.extraction.model import Block, BlockKind, DateMention, DateRole, Span, Text
from etappe.extraction.sentences import sentences_of
from etappe.extraction.structure import is_dateline

LONGEST_EVENT = 31  # days; what lasts longer is a period, not an event
NEAR = 120  # days up to which a date without a year is taken for one near another date
FAR = 270  # the same where the verb shows on which side it lies
BACKGROUND = 180  # days before the main date from which a day is told as what had been
WEEK = 7
_AT_HEAD = 40  # characters before the day of a dateline
_MANY = 200
_WINDOW = 250  # characters on each side of a date that are looked at for the tense
REACH = 2  # paragraphs over which a day told of is remembered
UNTOLD = frozenset({BlockKind.IMPRINT, BlockKind.CREDIT, BlockKind.NOISE})
_PROGRAMME = frozenset({BlockKind.SCHEDULE, BlockKind.ROW})
_QUOTED = re.compile(r"„[^“”\n]{0,3000}[“”]|»[^«\n]{0,3000}«|«[^»\n]{0,3000}»|“[^”\n]{0,3000}”|\"[^\"\n]{0,3000}\"")
_CLAUSE_END = re.compile(r"[,;:–—()]\s")
_TITLE_MONTH = re.compile(rf"(?P<month>{MONTH_DE}|{MONTH_EN})\s(?P<year>20\d\d)(?!\d)")
_TITLE_YEAR = re.compile(
    r"(?:[Tt]our|[Rr]eise|[Ss]ommer|[Hh]erbst|[Ff]rühjahr|[Ff]rühling|[Ww]inter|[Tt]ermine|[Tt]age?|[Ww]ochen?|"
    r"[Rr]oadshow|"
    r"[Ff]orum|[Mm]esse|[Kk]ongress|[Aa]ktion|[Kk]ampagne)\s(?P<year>20\d\d)(?![\d-])"
)
_MONTHS_OF_YEAR = re.compile(
    rf"(?<!\d\.\s)(?<!\d\s)(?P<first>{MONTH_DE}|{MONTH_EN})(?:\s(?:und|bis|and|to|oder|/)\s(?P<last>{MONTH_DE}|{MONTH_EN}))?\s"
    r"(?P<year>20\d\d)(?!\d)"
)
_GENERAL_TODAY = re.compile(
    r"\b(?:früher|damals|einst|ehemals|seit|once|formerly|since)\b|\b(?:bis|Jahre?|anno|until|in)\s(?:1[5-9]|"
    r"20)\d\d(?!\d)|(?<![.\w]\s)(?<![\w.,])(?:1[5-9]|20)\d\d\s[a-zäöü]"
)
_TOUR = re.compile(
    r"\b(?:auf\s(?:\w+\s)?(?:Tour|Reise)|unterwegs|bereist(?:e|en)?|tourt(?:e|en)?|on\stour)\b|\w*(?:tour|reise|"
    r"Roadshow)\b"
)
_HAPPENS = re.compile(
    r"\b(?:findet|besucht|kommt|eröffnet|startet|beginnt|tagt|trifft|überreicht|übergibt|empfängt|macht|lädt|"
    r"reist|bereist|"
    r"gastiert|unterzeichnet|weiht|sitze|sitzen|stehen|visits?|opens?|meets?|starts?)\b|\bUhr\b"
)


@dataclass(frozen=True)
class Found:
    """A date, or words for one.

    Attributes:
        mention: nothing where the words give no day.
        firm: whether words without a day name a certain one all the same ("am Dienstag"), unlike "im Herbst".
    """

    span: Span
    mention: DateMention | None
    firm: bool = True


@dataclass
class _Section:
    """What stands under the heading of a day."""

    heading: int  # its number among what is found
    day: date | None
    entry: bool  # of a diary, so that its prose is written on that day
    dated: bool  # by a weekday too, or heading a programme
    worded: bool = False


@dataclass
class _Told:
    """What has been told so far."""

    section: _Section | None = None
    event: DateMention | None = None
    age: int = 0  # paragraphs since that event was told
    days: list[date] = field(default_factory=list)
    reference: date | None = None


def resolved(source: Text) -> list[Found]:
    """All dates of a text in order, and the words for days that it leaves open."""
    return _Resolver(source).found()


def full_day(iso: str) -> date | None:
    """The day, if its year is known."""
    return None if iso.startswith("--") else date.fromisoformat(iso)


class _Resolver:
    def __init__(self, source: Text) -> None:
        self._source, self._text = source, source.text
        self._published = date.fromisoformat(source.published) if source.published else None
        self._dateline = self._published  # of the last of several reports in one text
        self._written = [self._written_in(block) for block in source.blocks]
        self._full = {
            (one.first.month, one.first.day): one.first.year
            for block, written in zip(source.blocks, self._written, strict=True)
            if block.kind not in UNTOLD
            for one in written
            if one.first.year
        }
        self._later = self._full_days()
        self._titled_months, self._titled_year = self._in_title()
        self._years_of_months = self._in_prose()
        self._told = _Told()
        self._found: list[Found] = []
        bare = [
            block
            for block, written in zip(source.blocks, self._written, strict=True)
            if block.kind is BlockKind.DATE_HEADING and any(one.weekday is None for one in written)
        ]
        self._diary = len(bare) > 1

    def found(self) -> list[Found]:
        """All of them, in order."""
        for number, block in enumerate(self._source.blocks):
            if block.kind is BlockKind.NOISE:
                continue
            if block.kind is BlockKind.DATE_HEADING:
                self._heading(number, block)
                continue
            self._told.age += block.kind is BlockKind.PARAGRAPH
            begin = len(self._found)
            self._block(number, block)
            section = self._told.section
            if section is not None and block.kind is BlockKind.PARAGRAPH:
                section.worded |= any(one.mention or one.firm for one in self._found[begin:])
        self._close()
        return self._without_background()

    def _without_background(self) -> list[Found]:
        """What is found, with days long before the one reported, and spans of what is told day by day, as no events."""
        days = [day for one in self._found if (day := _event_day(one)) is not None]
        main = self._published or next(iter(days), None)
        old = {day for day in days if main is not None and (main - day).days > BACKGROUND}
        background = old if len(old) < 3 and len(old) < len(days) else set()
        for number, one in enumerate(self._found):
            mention = one.mention
            if mention is None or mention.role is not DateRole.EVENT:
                continue
            day = full_day(mention.start)
            if day in background or self._spans_others(mention, days):
                self._found[number] = replace(one, mention=replace(mention, role=DateRole.OTHER))
        return self._found

    def _spans_others(self, mention: DateMention, days: list[date]) -> bool:
        first, last = full_day(mention.start), full_day(mention.end or "--")
        if first is None or last is None or (last - first).days < 2:
            return False
        number = bisect_right(self._source.blocks, mention.span.start, key=lambda block: block.span.start) - 1
        heading = self._source.blocks[number].kind is BlockKind.HEADING
        return heading and any(first < day <= last for day in days[:_MANY])

    # What there is to go by

    def _written_in(self, block: Block) -> list[Written]:
        return [] if block.kind is BlockKind.NOISE else written_dates(self._text, block.span, self._source.language)

    def _full_days(self) -> list[tuple[int, date]]:
        """The full days in order, the last first."""
        days = [
            (one.span.start, date(one.first.year, one.first.month, one.first.day))
            for block, written in zip(self._source.blocks, self._written, strict=True)
            if block.kind not in UNTOLD
            for one in written
            if one.first.year
        ]
        return days[::-1]

    def _in_title(self) -> tuple[list[tuple[int, int]], int | None]:
        """The months and the year that the headings at the top, or the title of the file, give."""
        headings = [block.span.of(self._text) for block in self._source.blocks[:6] if block.kind is BlockKind.HEADING]
        title = "\n".join([*headings, self._source.metadata.get("title", "")])
        months = [(int(match["year"]), month_number(match["month"])) for match in _TITLE_MONTH.finditer(title)]
        years = {int(match["year"]) for match in _TITLE_YEAR.finditer(title)}
        return months, years.pop() if len(years) == 1 else None

    def _in_prose(self) -> dict[int, int]:
        """The year of each month that the text names with one year only: ``im Juli und August 2023``."""
        years: dict[int, set[int]] = {}
        for match in _MONTHS_OF_YEAR.finditer(self._text):
            first = month_number(match["first"])
            last = month_number(match["last"]) if match["last"] else first
            for month in range(first, max(first, last) + 1):
                years.setdefault(month, set()).add(int(match["year"]))
        return {month: found.pop() for month, found in years.items() if len(found) == 1}

    # Headings of days

    def _heading(self, number: int, block: Block) -> None:
        self._close()
        following = [other.kind for other in self._source.blocks[number + 1 : number + 3]]
        programme = any(kind in _PROGRAMME for kind in following)
        for written in self._written[number]:
            mention = self._mention(number, block, block.span, written)
            dated = written.weekday is not None or programme or not block.span.of(self._text)[:1].isdigit()
            day = full_day(mention.start)
            section = _Section(len(self._found), day, not programme, dated and mention.role is DateRole.EVENT)
            if mention.role is DateRole.PUBLICATION:
                section.entry = True
            self._found.append(Found(mention.span, mention))
            self._told = _Told(section, None if section.entry and not dated else mention, 0, self._told.days, day)
            self._told.days += [day] if day is not None and dated else []

    def _close(self) -> None:
        """The day of a diary entry that tells days of its own, or of a text that has but one, is that of writing."""
        section = self._told.section
        if section is None or section.dated:
            return
        found = self._found[section.heading]
        mention = found.mention
        if mention is not None and (section.worded if self._diary else mention.start == self._source.published):
            self._found[section.heading] = Found(found.span, replace(mention, role=DateRole.PUBLICATION))

    # Dates in what stands between

    def _block(self, number: int, block: Block) -> None:
        written = self._written[number]
        words = [] if block.kind in UNTOLD else self._worded_in(block, written)
        items: list[Written | Worded] = sorted([*written, *words], key=lambda one: one.span.start)
        if not items:
            return
        sentences = iter([*sentences_of(self._text, block.span), block.span])
        sentence = next(sentences)
        for item in items:
            while sentence.end <= item.span.start:
                sentence = next(sentences)
            if isinstance(item, Written):
                mention = self._mention(number, block, sentence, item)
                if mention.role is DateRole.PUBLICATION and item.span.start - block.span.start < _AT_HEAD:
                    self._dateline = full_day(mention.start) or self._dateline
                self._found.append(Found(item.span, mention))
                self._remember(block, mention)
            else:
                self._worded(block, sentence, item)

    def _worded_in(self, block: Block, written: Iterable[Written]) -> list[Worded]:
        taken = [one.span for one in written]
        words = sorted(worded_days(self._text, block.span, self._source.language), key=lambda one: one.span)
        if not words:
            return []
        quoted = [Span(*match.span()) for match in _QUOTED.finditer(self._text, block.span.start, block.span.end)]
        return list(_outside(words, sorted([*taken, *quoted])))

    def _remember(self, block: Block, mention: DateMention) -> None:
        if mention.role is not DateRole.EVENT:
            return
        first = full_day(mention.start)
        if first is not None:
            self._told.reference = first
        if block.kind is BlockKind.CAPTION:
            return
        self._told.event, self._told.age = mention, 0
        last = full_day(mention.end) if mention.end else first
        if first is not None and last is not None:
            self._told.days += [first + timedelta(n) for n in range(min((last - first).days, LONGEST_EVENT) + 1)]
            del self._told.days[:-200]

    def _mention(self, number: int, block: Block, sentence: Span, written: Written) -> DateMention:
        first, last = written.first, written.last
        basis = "explicit"
        if first.year is None:
            year = self._year(written, sentence)
            basis = "no-year" if year is None else "carried"
            first = replace(first, year=year)
            if last is not None and year is not None:
                last = replace(last, year=year + ((last.month, last.day) < (first.month, first.day)))
        if is_dateline(self._text, block, written, top=number < 4) and last is None:
            role = DateRole.PUBLICATION
        else:
            role = role_of(self._text, block, sentence, written.span)
        if role is DateRole.EVENT and last is not None and self._is_period(sentence, _length(first, last)):
            role = DateRole.OTHER
        if last is not None and last.exists() and last != first:
            return DateMention(written.span, first.iso(), last.iso(), basis, role)
        return DateMention(written.span, first.iso(), None, basis, role)

    def _is_period(self, sentence: Span, length: int) -> bool:
        """Whether days are those of a whole tour, or too many for an event."""
        words = self._text[sentence.start : min(sentence.end, sentence.start + _WINDOW)]
        return length > LONGEST_EVENT or (length > 1 and _TOUR.search(words) is not None)

    def _year(self, written: Written, sentence: Span) -> int | None:
        """The year that the text makes certain."""
        year = self._year_told(written, sentence)
        if year is None and (named := self._years_of_months.get(written.first.month)) and _agrees(written, named):
            return named
        return year

    def _year_told(self, written: Written, sentence: Span) -> int | None:
        month, day = written.first.month, written.first.day
        if (year := self._full.get((month, day))) is not None:
            return year
        section = self._told.section
        if section is None and self._published is None and self._told.reference is None:
            return self._year_of_title(written) or _year_near(written, self._day_after(written.span.start), 0, 60)
        side = self._tense(sentence, written.span)
        today = section.day if section is not None and section.day else None
        return (
            _year_near(written, today, side if section is not None and section.entry else 0)
            or _year_near(written, self._told.reference, max(side, 0))
            or self._year_of_title(written)
            or _year_near(written, self._published, side)
            or _year_near(written, self._day_after(written.span.start), 0, 60)
        )

    def _year_of_title(self, written: Written) -> int | None:
        for year, month in self._titled_months:
            if abs(written.first.month - month) <= 1 and _agrees(written, year):
                return year
        return self._titled_year if self._titled_year and _agrees(written, self._titled_year) else None

    def _day_after(self, position: int) -> date | None:
        while self._later and self._later[-1][0] <= position:
            self._later.pop()
        return self._later[-1][1] if self._later else None

    def _tense(self, sentence: Span, span: Span) -> int:
        """Of the clause that some words lie in, else of its sentence."""
        start = sentence.start
        end = min(sentence.end, span.end + _WINDOW)
        for match in _CLAUSE_END.finditer(self._text, max(sentence.start, span.start - _WINDOW), end):
            if match.end() <= span.start:
                start = match.end()
            elif match.start() >= span.end + 1:
                end = match.start()
                break
        start = max(start, span.start - _WINDOW)
        if (found := tense(self._text[start:end])) != 0:
            return found
        whole = self._text[max(sentence.start, span.start - _WINDOW) : min(sentence.end, span.end + _WINDOW)]
        return tense(whole) if len(whole) > end - start else 0

    # Days in words

    def _worded(self, block: Block, sentence: Span, word: Worded) -> None:
        if word.way is Way.VAGUE:
            self._found.append(Found(word.span, None, firm=False))
            return
        if not word.now and not self._is_meant(sentence, word):
            return
        mention = self._of_word(block, sentence, word)
        self._found.append(Found(word.span, mention))
        if mention is not None:
            self._remember(block, mention)
        elif not word.habit:
            self._told.event = None

    def _is_meant(self, sentence: Span, word: Worded) -> bool:
        """Whether "heute" is a day: its clause tells what happens, and nothing is set against former times."""
        words = self._text[max(sentence.start, word.span.start - 300) : min(sentence.end, word.span.end + 300)]
        if _GENERAL_TODAY.search(words):
            return False
        return self._tense(sentence, word.span) < 0 or _HAPPENS.search(words) is not None

    def _of_word(self, block: Block, sentence: Span, word: Worded) -> DateMention | None:
        basis = "relative"
        if word.way is Way.FROM_EVENT:
            days = self._from_event(word)
        elif word.way is Way.NTH:
            days = self._nth(word)
        elif word.way is Way.FROM_TODAY:
            today = self._today()
            days = (today + timedelta(word.offset)).isoformat() if today else self._from_heading(word)
        else:
            basis = "weekday"
            weekday = self._weekday(sentence, word)
            days = weekday.isoformat() if weekday else None
        if days is None:
            return None
        role = role_of(self._text, block, sentence, word.span)
        if word.habit and role is DateRole.EVENT:
            role = DateRole.OTHER
        return DateMention(word.span, days, None, basis, role)

    def _today(self) -> date | None:
        """The day of writing."""
        section = self._told.section
        return section.day if section is not None and section.entry and section.day else self._dateline

    def _from_event(self, word: Worded) -> str | None:
        event = self._told.event
        if event is None or self._told.age > REACH:
            return None
        iso = event.end if event.end and word.offset > 0 else event.start
        day = full_day(iso)
        if day is not None:
            return (day + timedelta(word.offset)).isoformat()
        return _shifted(iso, word.offset)

    def _from_heading(self, word: Worded) -> str | None:
        """The day counted from that of a diary entry whose year nobody knows."""
        section = self._told.section
        mention = self._found[section.heading].mention if section is not None and section.entry else None
        return _shifted(mention.start, word.offset) if mention is not None and mention.start.startswith("--") else None

    def _nth(self, word: Worded) -> str | None:
        event = self._told.event
        first, last = (full_day(event.start), full_day(event.end or "--")) if event else (None, None)
        if first is None or last is None or (last - first).days < word.offset:
            return None
        return (first + timedelta(word.offset)).isoformat()

    def _weekday(self, sentence: Span, word: Worded) -> date | None:
        today, weekday = self._today(), word.weekday or 0
        event = full_day(self._told.event.start) if self._told.event and self._told.age <= REACH else None
        if word.week is not None:
            monday = today - timedelta(today.weekday()) if today else None
            return monday + timedelta(WEEK * word.week + weekday) if monday else None
        if word.side == 0:
            day = today + timedelta(word.offset) if today else None
            return day if day is not None and day.weekday() == weekday else None
        if word.side == 2:
            return _after(event, weekday) if event else None
        if word.side in (-1, 1, 3):
            return _beside(today, weekday, word.side)
        if word.side is None and today is not None and event is not None and 0 <= (today - event).days <= WEEK:
            return self._by_tense(sentence, word, today)
        return self._of_told_week(weekday, event) or (self._by_tense(sentence, word, today) if today else None)

    def _of_told_week(self, weekday: int, event: date | None) -> date | None:
        """The day told of in the same days that is such a weekday, else the next in the week of the last one told."""
        if event is None:
            return None
        told = {day for day in self._told.days if day.weekday() == weekday and abs((day - event).days) < WEEK}
        if told:
            return told.pop() if len(told) == 1 else None
        return event + timedelta(weekday - event.weekday()) if weekday > event.weekday() else None

    def _by_tense(self, sentence: Span, word: Worded, today: date) -> date | None:
        side = self._tense(sentence, word.span)
        if side == 0:
            return None
        weekday = word.weekday or 0
        return (
            today - timedelta((today.weekday() - weekday) % WEEK)
            if side < 0
            else today + timedelta((weekday - today.weekday()) % WEEK)
        )


def _shifted(iso: str, offset: int) -> str | None:
    """A day without a year, some days on; nothing where a leap year would make a difference."""
    if offset == 0:
        return iso
    month, number = int(iso[2:4]), int(iso[5:7])
    if (month == 2 and number > 27) or (month, number) == (3, 1):
        return None
    return "--" + (date(2000, month, number) + timedelta(offset)).isoformat()[5:]


def _event_day(found: Found) -> date | None:
    mention = found.mention
    return full_day(mention.start) if mention is not None and mention.role is DateRole.EVENT else None


def _outside(words: Iterable[Worded], taken: list[Span]) -> Iterator[Worded]:
    """Those that overlap neither each other nor what is taken; the longer of two at one place."""
    end, number = -1, 0
    for word in words:
        while number < len(taken) and taken[number].end <= word.span.start:
            number += 1
        free = number == len(taken) or taken[number].start >= word.span.end
        if free and word.span.start >= end:
            yield word
            end = word.span.end


def _length(first: Day, last: Day) -> int:
    start = date(first.year or 2000, first.month, first.day)
    end = date((last.year or 2000) + (not last.year and last.month < first.month), last.month, last.day)
    return (end - start).days


def _agrees(written: Written, year: int) -> bool:
    day = replace(written.first, year=year)
    return day.exists() and (written.weekday is None or date(year, day.month, day.day).weekday() == written.weekday)


def _year_near(written: Written, reference: date | None, side: int, near: int = NEAR) -> int | None:
    """The year that puts a date nearest to another, or on one side of it; nothing where that leaves a doubt."""
    if reference is None:
        return None
    days = [
        date(year, written.first.month, written.first.day) - reference
        for year in (reference.year - 1, reference.year, reference.year + 1)
        if _agrees(written, year)
    ]
    if side and written.weekday is None:
        days = [day for day in days if day.days * side >= 0]
    nearest = min(days, key=abs, default=None)
    limit = FAR if side or written.weekday is not None else near
    return (reference + nearest).year if nearest is not None and abs(nearest.days) <= limit else None


def _after(event: date, weekday: int) -> date:
    return event + timedelta((weekday - event.weekday() - 1) % WEEK + 1)


def _beside(today: date | None, weekday: int, side: int) -> date | None:
    """The last or the next such day; "nächsten Freitag" only where it cannot be that of this week."""
    if today is None:
        return None
    if side < 0:
        return today - timedelta((today.weekday() - weekday - 1) % WEEK + 1)
    day = _after(today, weekday)
    return None if side == 3 and day.weekday() > today.weekday() else day
