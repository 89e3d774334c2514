"""Days told in words: "gestern", "am kommenden Freitag", "tags darauf", and times that name no day: "im Herbst"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from etappe.extraction.date_grammar import (
    BLANK,
    MONTH_DE,
    MONTH_EN,
    WEEKDAY_DE,
    WEEKDAY_EN,
    weekday_number,
)
from etappe.extraction.model import Span
from etappe.extraction.sentences import word_set


class Way(Enum):
    """How the day is found."""

    FROM_TODAY = "from the day of writing"
    FROM_EVENT = "from the day told of before"
    NTH = "nth day of what is told of"
    WEEKDAY = "weekday"
    VAGUE = "no day"


@dataclass(frozen=True)
class Worded:
    """A day in words.

    Attributes:
        offset: days from the day of writing or from the day told of before; of the nth day, from the first.
        weekday: 0 to 6.
        week: -1 last, 0 this, 1 next, of a weekday in such a week.
        side: -1 the last such day, 1 the next, 0 that day itself, nothing where only the tense of the verb can tell.
        now: of "heute": whether words beside it show that the day is meant, not the present in general.
        habit: whether it comes again and again, or is a time from which or up to which something holds.
    """

    span: Span
    way: Way
    offset: int = 0
    weekday: int | None = None
    week: int | None = None
    side: int | None = None
    now: bool = True
    habit: bool = False


_LAST = r"(?:[Vv]ergangen|[Ll]etzt|[Vv]orig|[Vv]erflossen)e[mnrs]?"
_NEXT = r"(?:[Kk]ommend|[Nn]ächst)e[mnrs]?"
_OFFSETS = {
    "vorgestern": -2,
    "gestern": -1,
    "heute": 0,
    "morgen": 1,
    "übermorgen": 2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_RELATIVE_DE = re.compile(
    r"(?<![\w-])(?P<word>[Hh]eute|[Gg]estern|[Vv]orgestern|[Mm]orgen|[Üü]bermorgen)(?![\w-])"
    rf"(?P<part>{BLANK}(?:(?:[Vv]or|[Nn]ach)?[Mm]ittag|[Aa]bend|[Mm]orgen|[Ff]rüh|[Nn]acht|um|ab|gegen|von|bis|"
    rf"zwischen)(?!\w))?"
)
_RELATIVE_EN = re.compile(
    r"(?<![\w-])(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow)(?![\w’'-])(?P<part>\s(?:morning|afternoon|evening|at)\b)?"
)
_NOT_THE_DAY = re.compile(
    r"\b(?:bis|noch|schon|bereits|auch|seit|von|wie|erst|das|im|dem|of|until|even|and|und)[^\S\n]{1,3}\Z", re.IGNORECASE
)
_MORNING = re.compile(
    r"(?:\b(?:am|guten|jeden|nächsten|diesem|heute|gestern|von|einen|den|der)|tag|woch)[^\S\n]{1,3}\Z", re.I
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:…“”\"„»«(|–\n]|\d\))\s*[*_]*\Z")
_AGO = re.compile(
    r"\b(?P<side>[Vv]or|[Ii]n)\s(?P<count>zwei|drei|vier|fünf|sechs)\sTagen\b|"
    r"\b(?P<count_en>two|three|four|five)\sdays\sago\b"
)
_COUNTS = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "two": 2, "three": 3, "four": 4, "five": 5}

_WEEKDAY = re.compile(
    rf"(?<![\w-])(?:(?P<before>{_LAST}|{_NEXT}|[Dd]iese[rm]?){BLANK}Woche,?{BLANK})?"
    rf"(?:(?P<lead>[Aa]m|[Aa]n|[Vv]om|[Ff]ür|[Ss]eit|[Bb]is|[Zz]um|[Aa]b|[Dd]es|[Dd]en|"
    rf"[Jj]ede[nmrs]?)(?:{BLANK}(?P<zum>zum|dem|den|am))?{BLANK})?"
    rf"(?:(?P<mod>{_LAST}|{_NEXT}|[Dd]iese[nmrs]?|[Jj]ene[nm]|heutige[nmrs]?|gestrige[nmrs]?|morgige[nmrs]?|"
    rf"(?:[Dd]arauf)?[Ff]olgende[nm]|selben|gleichen){BLANK})?"
    rf"(?P<day>{WEEKDAY_DE})(?![\w-])(?:{BLANK}(?P<part>[Vv]ormittag|[Nn]achmittag|[Mm]ittag|[Aa]bend|[Mm]orgen|"
    rf"früh)s?(?!\w))?"
    rf"(?:,?{BLANK}(?:in{BLANK})?(?:der{BLANK})?(?P<after>(?:vergangen|letzt|vorig|kommend|nächst|"
    rf"dies)e[nr]){BLANK}Woche)?"
)
_WEEKDAY_EN = re.compile(
    rf"(?<![\w-])(?:(?P<lead>[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ee]very|[Ff]rom){BLANK})?"
    rf"(?:(?P<mod>[Ll]ast|[Nn]ext|[Tt]his|[Tt]he{BLANK}following|[Ee]very){BLANK})?(?P<day>{WEEKDAY_EN})(?![\w’'-])"
    rf"(?P<part>{BLANK}(?:morning|afternoon|evening|night)(?!\w))?"
)
_AND_BEFORE = re.compile(rf"(?:{WEEKDAY_DE}|{WEEKDAY_EN})[^\S\n]{{0,3}}(?:,|und|sowie|and|bis|[-–/])[^\S\n]{{0,3}}\Z")
_NARRATIVE = (
    (
        0,
        r"[Aa]m(?:selben|[ ](?:selben|gleichen))[ ](?:Tage?|Abend|Vormittag|Nachmittag|Morgen)|"
        r"[Tt]he[ ]same[ ](?:day|evening)",
    ),
    (
        1,
        r"[Tt]ags[ ]darauf|[Aa]m[ ](?:nächsten|folgenden|darauffolgenden)[ ](?:Tage?|Morgen|Vormittag)|"
        r"[Aa]m[ ]Tage?[ ](?:darauf|danach)|"
        r"[Ee]inen[ ]Tag[ ](?:später|darauf)|[Aa]m[ ]Folgetag|[Tt]he[ ](?:next|following)[ ](?:day|morning)|"
        r"[Oo]ne[ ]day[ ]later",
    ),
    (
        -1,
        r"[Tt]ags[ ]zuvor|[Aa]m[ ](?:Vortag|Vorabend)|[Aa]m[ ]Tage?[ ](?:davor|zuvor)|[Ee]inen[ ]Tag[ ](?:zuvor|"
        r"vorher)|[Tt]he[ ]day[ ]before",
    ),
)
_NARRATIVES = [(offset, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for offset, words in _NARRATIVE]
_NTH = re.compile(r"(?<!\w)[Aa]m[ ](?P<nth>ersten|zweiten|dritten|vierten|fünften)[ ]Tage?(?!\w)")
_NTHS = ("ersten", "zweiten", "dritten", "vierten", "fünften")
_SEASON = r"(?:Frühjahr|Frühling|(?:Früh|Spät)?[Ss]ommer|Herbst|Winter|Jahres(?:ende|wechsel|beginn|anfang))s?"
_VAGUE = re.compile(
    rf"(?<![\w-])(?:(?:[Ii]m|[Bb]is(?:\szum)?|[Zz]um|[Ss]eit(?:\sdem)?|[Aa]b|{_LAST}|{_NEXT})\s(?:{_LAST}\s|"
    rf"{_NEXT}\s)?{_SEASON}|"
    rf"(?:[Ii]m|[Ss]eit|[Bb]is|[Ee]nde|[Aa]nfang|[Mm]itte|[Aa]b|[Ii]n|[Ll]ast|[Nn]ext|[Ss]ince)\s(?:{MONTH_DE}|"
    rf"{MONTH_EN})|"
    rf"(?:{_LAST}|{_NEXT})\s(?:Woche|Monate?s?|Jahre?s?|Wochenendes?|Mal)|[Aa]m\sWochenende|"
    r"[Vv]or\s(?:\w{3,12}|\d{1,3})\s(?:Jahr(?:en)?|Monat(?:en)?|Woche(?:n)?)|[Ii]n\s(?:\w{3,6}|"
    r"\d{1,3})\s(?:Jahren|Monaten|Wochen)|"
    r"[Ii]m\sJahre?\s\d{4}|(?:[Ss]eit|[Bb]is|[Ii]n|[Aa]b|[Ss]ince|[Uu]ntil)\s(?:1[5-9]|20)\d\d(?!\d)|[Dd]amals|"
    r"(?:last|next)\s(?:week|month|year|weekend|summer|spring|autumn|winter)|[Ll]ater\sthis\syear|"
    r"(?:\w+\s)?(?:years|months|weeks)\sago"
    r")(?!\w)"
)
_VAGUE_STEMS = (
    *("Jan", "Jän", "Feb", "Mär", "Mar", "Apr", "Mai", "May", "Jun", "Jul", "Aug", "Sep", "Okt", "Oct", "Nov", "De"),
    *("jahr", "Jahr", "ommer", "Herbst", "Winter", "Frühling", "Woche", "Monat", " Mal", "amals", " 1", " 2"),
    *("week", "month", "year", "spring", "autumn", "summer", "winter"),
)
_YEAR_FIRST = re.compile(r"(?:1[89]|20)\d\d\s[a-zäöü]")


def worded_days(text: str, span: Span, language: str) -> Iterator[Worded]:
    """The days told in words in a part of a text, kind by kind."""
    words = span.of(text)
    if _may(words, "eute", "estern", "orgen", "oday", "esterday", "omorrow"):
        for match in (_RELATIVE_EN if language == "en" else _RELATIVE_DE).finditer(text, span.start, span.end):
            if (found := _relative(text, match, span)) is not None:
                yield found
    if _may(words, "tag", "ittwoch", "nnabend", "day"):
        for match in (_WEEKDAY_EN if language == "en" else _WEEKDAY).finditer(text, span.start, span.end):
            if (found := _weekday(text, match, span)) is not None:
                yield found
    yield from _counted(text, span, words)
    if _may(words, *_VAGUE_STEMS):
        for match in _VAGUE.finditer(text, span.start, span.end):
            yield Worded(_span(match), Way.VAGUE)
    if first := _YEAR_FIRST.match(text, span.start, span.end):
        yield Worded(Span(first.start(), first.start() + 4), Way.VAGUE)


def _may(words: str, *stems: str) -> bool:
    """Whether looking closer is worth while."""
    return any(stem in words for stem in stems)


def _counted(text: str, span: Span, words: str) -> Iterator[Worded]:
    """Days counted from another one."""
    if _may(words, "Tag", "days"):
        yield from _ago(text, span)
        for match in _NTH.finditer(text, span.start, span.end):
            yield Worded(_span(match), Way.NTH, _NTHS.index(match["nth"]))
    if _may(words, "Tag", "ags ", "tag", "Vorabend", "selben", "gleichen", "day", "same"):
        for offset, pattern in _NARRATIVES:
            for match in pattern.finditer(text, span.start, span.end):
                yield Worded(_span(match), Way.FROM_EVENT, offset)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _before(text: str, match: re.Match[str], span: Span, length: int = 24) -> str:
    return text[max(span.start, match.start() - length) : match.start()]


def _relative(text: str, match: re.Match[str], span: Span) -> Worded | None:
    word = match["word"]
    offset = _OFFSETS[word.casefold()]
    before = _before(text, match, span)
    part = match["part"] is not None
    if word.casefold() == "morgen" and (
        _MORNING.search(before) or (word[0] == "M" and not _SENTENCE_START.search(before))
    ):
        return None
    after = text[match.end() : match.end() + 12].lstrip().casefold()
    general = _NOT_THE_DAY.search(before) is not None or after.startswith(("noch", "nicht mehr", "längst", "wie"))
    if general and not part:
        return None
    return Worded(Span(match.start(), match.end("word")), Way.FROM_TODAY, offset, now=part or offset != 0)


def _ago(text: str, span: Span) -> Iterator[Worded]:
    for match in _AGO.finditer(text, span.start, span.end):
        count = _COUNTS[match["count"] or match["count_en"]]
        forward = (match["side"] or "").casefold() == "in"
        yield Worded(_span(match), Way.FROM_TODAY, count if forward else -count)


def _weekday(text: str, match: re.Match[str], span: Span) -> Worded | None:
    groups = match.groupdict()
    lead, mod = (groups["lead"] or "").casefold(), (groups["mod"] or "").casefold()
    day = groups["day"]
    if lead.startswith("jede") or "every" in (lead, mod) or (day.endswith("s") and lead != "des"):
        return None
    before = _before(text, match, span)
    parts = len(day) > 10 or groups["part"] is not None
    if not (lead or mod or parts or groups.get("before") or groups.get("after")) and not (
        (_SENTENCE_START.search(before) and text[match.end() : match.end() + 1] in ",:|") or _AND_BEFORE.search(before)
    ):
        return None
    week = _week(groups.get("before") or groups.get("after"))
    found = Span(match.start("day"), match.end("part") if groups["part"] else match.end("day"))
    offset, side = _side(mod)
    habit = lead in ("seit", "bis", "zum", "since", "until", "by") or (groups.get("zum") or "") == "zum"
    if mod.startswith(("folgend", "darauffolgend", "the following")):
        return Worded(found, Way.WEEKDAY, weekday=weekday_number(day), side=2, habit=habit)
    return Worded(found, Way.WEEKDAY, offset, weekday_number(day), week, side, habit=habit)


def _week(words: str | None) -> int | None:
    if words is None:
        return None
    words = words.casefold()
    return 0 if words.startswith("dies") else 1 if words.startswith(("kommend", "nächst")) else -1


def _side(mod: str) -> tuple[int, int | None]:
    """What day a weekday with "gestrigen" and the like is, counted from today, and on which side it lies."""
    if mod.startswith(("heutig", "gestrig", "morgig")):
        return {"h": 0, "g": -1, "m": 1}[mod[0]], 0
    if mod.startswith(("vergangen", "letzt", "vorig", "verflossen", "last")):
        return 0, -1
    if mod.startswith(("kommend", "nächst", "next")):
        return 0, 1 if not mod.startswith(("nächst", "next")) else 3
    if mod.startswith(("dies", "jen", "selb", "gleich", "this")):
        return 0, 4
    return 0, None


_PAST = re.compile(
    r"\b(?:hat|haben|habe|hatten?|war|waren|wurden?|worden|kam|kamen|ging|gingen|sprach|sprachen|traf|trafen|"
    r"stand|standen|fand|"
    r"fanden|nahm|nahmen|gab|gaben|sah|sahen|lud|luden|zog|zogen|ließ|ließen|begann|begannen|lief|liefen|fuhr|"
    r"fuhren|blieb|blieben|"
    r"\w*hielt|\w*hielten|trug|trugen|las|bot|boten|fiel|fielen|trat|traten|rief|riefen|schloss|schlossen|"
    r"empfing|empfingen|"
    r"überga?b|übergaben|unterschrieb|eintraf|saß|saßen|sang|half|warb|wies|schrieb|verlieh|bekam|bekamen|erhielt|"
    r"(?:ist|sind)\b[^.;!?]{0,120}\b(?:\w*ge\w{2,20}(?:t|en)|\w{3,20}iert)|"
    r"was|were|had|visited|met|opened|went|came|took|held|spoke|toured|joined|[a-z]{3,20}ed)\b"
)
_PRETERITE = re.compile(r"\b[a-zäöüß]{3,24}t(?:en?)\b")
_NO_PRETERITE = word_set(
    "heute heuten bitte bitten erste ersten letzte letzten gute guten zweite zweiten dritte dritten vierte",
    "vierten fünfte fünften sechsten siebten achten neunten zehnten nächste nächsten beste besten späte späten",
    "breite breiten bunte bunten weite weiten möchte möchten könnte könnten sollte sollten müsste müssten dürfte",
    "dürften würde alte alten rote roten harte harten leichte echten rechten rechte meisten meiste weitesten",
    "größte größten wichtigste wichtigsten halten warten arbeiten starten leiten gestalten bieten beraten treten",
    "antreten auftreten eintreten raten betreten erwarten berichten richten einrichten errichten testen tasten",
    "leisten vertreten bereiten vorbereiten begleiten verbreiten bitten retten beobachten achten übernachten",
    "selten mitten hinten unten seiten kosten posten letztere mitte kommenden sechste siebte achte neunte zehnte",
    "konkrete konkreten digitalisierte interessierte interessierten beteiligte beteiligten geplante geplanten",
    "bekannte bekannten gesamte gesamten",
)
_FUTURE = re.compile(
    r"\b(?:wird|werden|will|wollen|soll|sollen|kommt|kommen|findet|finden|steht|stehen|startet|starten|beginnt|"
    r"beginnen|macht|"
    r"machen|besucht|besuchen|geht|gehen|folgt|folgen|lädt|laden|erwartet|tagt|tourt|gastiert|hält|halten|kann|"
    r"können|möchte|"
    r"stellt|trifft|treffen|fährt|fahren|reist|reisen|eröffnet|führt|spricht|übergibt|überreicht|empfängt|ist|sind|bin|entfällt|informiert|setzen|wechseln|liest|öffnet|öffnen|"
    r"is|are|will|"
    r"planned|plant|planen|vorgesehen|voraussichtlich|geplant|erwarten|würde)\b"
)
_EXPECTED = re.compile(
    r"\b(?:angekündigt|angesagt|eingeladen|angemeldet|vorgesehen|terminiert|geplant|announced|planned|scheduled|"
    r"invited)\b"
)


def tense(clause: str) -> int:
    """-1 where a clause tells of the past, 1 of what is to come, 0 where its words do not show it."""
    expected = _EXPECTED.search(clause) is not None
    if expected and not re.search(r"\b(?:war|waren|hatten?|wurden?|was|were|had)\b", clause):
        return 1
    past = _PAST.search(clause) is not None or any(
        word.group() not in _NO_PRETERITE and not word.group().startswith("ge") for word in _PRETERITE.finditer(clause)
    )
    if past:
        return -1
    return 1 if _FUTURE.search(clause) else 0
