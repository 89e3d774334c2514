"""Municipalities in a text, and how they stand in it.

A name counts where the words around it make it a place: after a preposition, at the head of a line, before a colon,
in a row of places. Surnames, words that happen to be names of places, and names inside those of organisations do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from etappe import gazetteer
from etappe.extraction.model import BlockKind, PlaceMention, Span, Text
from etappe.extraction.place_words import (
    ABSTRACT_ENDINGS,
    AREA_BODIES,
    AREA_HEADS,
    CAPITALS,
    COMMON,
    IN_NOUNS,
    LOCAL_BODIES,
    NOT_AFTER_IN,
    PERSON_ENDINGS,
    PERSON_HEADS,
    TOWN_ENDINGS,
    TOWN_HEADS,
    VENUE_ENDINGS,
)
from etappe.extraction.word_lists import words


class Standing(Enum):
    """How a place stands in its sentence."""

    IN = "in"
    TO = "to"
    FROM = "from"
    NEAR = "near"
    OF = "of"  # after "von", in the genitive
    LINE = "line"  # heads a line, a cell or what a colon introduces
    DATELINE = "dateline"
    BARE = "bare"
    VENUE = "venue"  # adjective of a building or square: Calwer Aula
    SEAT = "seat"  # inside the name of a body of a larger area: Handwerkskammer Celle
    ISSUED = "issued"  # where a text of a ministry was issued: Potsdam, 8. Mai 2017
    BODY = "body"  # inside the name of a local body: THW Ahrensburg


@dataclass(frozen=True)
class Place:
    """A mention and how it stands."""

    mention: PlaceMention
    standing: Standing
    known: bool = True


_NAME = re.compile(r"(?<![\w\-])[A-ZÄÖÜ]\w*(?:-\w+)*")
_QUALIFIER = re.compile(
    r" ?\((?P<bracket>[A-ZÄÖÜ][^()\n]{1,40})\)"
    r"|(?P<slash>/[A-ZÄÖÜ][\wäöüß]+)"
    r"|(?P<phrase> (?:am|an der|an den|a\. ?d\.|a\.|im|i\.|in|in der|i\. ?d\.|ob der|unter|vor der|v\. ?d\.|"
    r"bei|b\.) ?"
    r"(?:[A-ZÄÖÜ]\w+)(?: Wald)?)"
)
_LONGEST_LINE = 1000
_WORD_BEFORE = re.compile(r"(?P<word>[\w.\-]+)[ \u00a0]$")
_STANDINGS = {
    **dict.fromkeys(("in", "at", "within"), Standing.IN),
    **dict.fromkeys(("nach", "to", "gen", "bis", "richtung", "towards"), Standing.TO),
    **dict.fromkeys(("aus", "ab", "from", "über", "via"), Standing.FROM),
    **dict.fromkeys(("bei", "nahe", "near", "um", "zwischen", "hinter", "vor", "außerhalb", "rund"), Standing.NEAR),
    **dict.fromkeys(("von", "of", "für", "for", "des", "mit", "with", "gegen", "durch", "ohne"), Standing.OF),
}
_JOINED = re.compile(r"(?:, | und | sowie | oder | & | and |/| bis | – |, dann | und in | und nach )")
_LINE_HEAD = re.compile(
    r"[\s>*•·|#–\-\d.:,]*"
    r"(?:(?:ca\.|ab|um|am|Uhr|h|bis|von|Ort:|Wo:|Station(?: \d+)?:|Etappe(?: \d+)?:|Tag(?: \d+)?:|in|und"
    r"|(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?,?|(?:Mon|Diens|Donners|Frei|Sams|Sonn)(?:tag|abend),?|Mittwoch,?"
    r"|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|zunächst|Zunächst|Dann|dann|Danach|Anschließend|Später|Zuletzt|Weiter|weiter)[\s>*•·|#–\-\d.:,()]*){0,6}"
)
_LINE_TAIL = re.compile(r"[*_]{0,2}(?:\s*$|\s*[:,.;|(–\n]|\s+[-–|•]\s)")
_TOWN_AHEAD = re.compile(r"(?:Stadt|Hansestadt|Gemeinde|Markt)\Z")
_DATELINE_TAIL = re.compile(
    r"[*_]{0,2}(?: \(\w{1,12}\))?(?:\.[*_]{0,2}\s|, (?:den )?\d{1,2}\. ?[\w\d]+\.? ?\d{0,4}|\s[–-]\s)"
)
_TIME = re.compile(r" ?\((?:ab |ca\. )?\d{1,2}[.:]?\d{0,2} ?(?:Uhr|h)?")
_LEGAL_FORM = re.compile(r"[ \u00a0](?:g?GmbH|AG|KG|eG|e\. ?V|SE|UG|OHG|mbH)\b")
_ROLE_AFTER = re.compile(r"[ \u00a0](?P<role>[A-ZÄÖÜ]\w+)")


def _title_case(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def _known(name: str) -> str | None:
    """How the gazetteer writes a name; capitals count as capitals of its first letters only."""
    if gazetteer.named(name):
        return name
    if name.isupper() and len(name) > 3:
        written = " ".join(_title_case(part) for part in name.split(" "))
        for form in (written, written.replace("ss", "ß")):
            if gazetteer.named(form):
                return form
    return None


def _longest(text: str, first: str, start: int) -> str | None:
    """The longest name of the gazetteer that begins at a word, as the text writes it."""
    if not first.isupper() or len(first) < 3:
        parts = [first]
        if gazetteer.begins_a_longer_name(first):
            parts += [word.rstrip(_MARKS) for word in text[start : start + 60].split(" ")[1:4]]
        name = gazetteer.longest_name(parts)
        return name if name is not None and _ends(text, start + len(name)) else None
    for length in (3, 2, 1):
        written = " ".join([first, *(word.rstrip(_MARKS) for word in text[start : start + 60].split(" ")[1:length])])
        if written.isupper() and _known(written) and _ends(text, start + len(written)):
            return written
    return None


_PART = re.compile(r"-[A-ZÄÖÜ]\w+")


def _town_of_part(name: str, before: str) -> str | None:
    """The town of a part of it that no gazetteer here has: ``in Lübeck-Travemünde``, ``Kolleg Bonn-Nord``."""
    base, _, part = name.partition("-")
    here = before.casefold() == "in" or _body_before(before)
    if not here or "-" in part or len(part) < 3 or not part[0].isupper() or base in COMMON:
        return None
    land = gazetteer.land_named(name) or gazetteer.land_named(part)
    return base if not land and _known(base) else None


_MARKS = '.,;:!?)]}*_“”«»"|\n'


def _ends(text: str, end: int) -> bool:
    return not text[end : end + 1].isalnum() and re.match(r"-\w", text[end : end + 2]) is None


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    name: str
    keys: tuple[str, ...]
    qualified: bool
    genitive: bool = False


def _keys(name: str) -> tuple[str, ...]:
    return tuple(place.key for place in gazetteer.named(name))


def _with_qualifier(text: str, start: int, end: int, base: str, genitive: bool) -> _Candidate:
    found = None if genitive else _QUALIFIER.match(text, end)
    if found is not None:
        qualifier = (found["bracket"] or (found["slash"] or "")[1:] or _long_qualifier(found["phrase"] or "")).strip()
        wanted = gazetteer.plain_qualifier(qualifier)
        for place in gazetteer.named(base):
            if place.qualifier and wanted == gazetteer.plain_qualifier(place.qualifier):
                written = base + text[end : found.end()]
                keys = tuple(
                    each.key for each in gazetteer.named(base) if gazetteer.plain_qualifier(each.qualifier) == wanted
                )
                return _Candidate(start, found.end(), written, keys, True)
    return _Candidate(start, end, base, _keys(base), False, genitive)


def _long_qualifier(phrase: str) -> str:
    return gazetteer.written_out(phrase.strip()) if "." in phrase else phrase


def _without_s(first: str) -> Iterator[str]:
    if first.endswith("s"):
        yield first[:-1]
    if first.endswith(("s", "z", "x", "ß")):
        yield first


def _candidates(text: str) -> Iterator[_Candidate]:
    """Names of the gazetteer in the text."""
    end = 0
    for found in _NAME.finditer(text):
        start = found.start()
        if start < end:
            continue
        written = _longest(text, found[0], start) or _town_of_part(found[0], _before(text, start))
        genitive = False
        if written is None:
            written = next((name for name in _without_s(found[0]) if _known(name)), None)
            genitive = written is not None
        if written is None:
            continue
        base = _known(written)
        if base is None:
            continue
        whole = genitive or _PART.fullmatch(found[0], len(written)) is not None
        stop = start + (len(found[0]) if whole else len(written))
        candidate = _with_qualifier(text, start, stop, base, genitive)
        end = candidate.end
        yield candidate


def _line_start(text: str, position: int) -> int:
    """Where a line begins; of a line without end, somewhere before."""
    found = text.rfind("\n", max(0, position - _LONGEST_LINE), position)
    return found + 1 if found >= 0 else max(0, position - _LONGEST_LINE)


def _before(text: str, start: int) -> str:
    found = _WORD_BEFORE.search(text, max(0, start - 40), start)
    return found["word"] if found else ""


def _heads_line(text: str, start: int, end: int) -> bool:
    """Whether a name heads its line, its cell, or what a colon or a full stop introduces."""
    head = text[_line_start(text, start) : start]
    cell = head[head.rfind("|") + 1 :][-80:]
    return _LINE_HEAD.fullmatch(cell) is not None and _LINE_TAIL.match(text, end) is not None


def _is_cell(text: str, found: _Candidate) -> bool:
    """Whether a name is all that a cell of a row with a number in it has."""
    line = text[_line_start(text, found.start) : found.start][-200:]
    return (
        "|" in line
        and any(map(str.isdigit, line))
        and text[found.end : found.end + 3].lstrip(" ")[:1] in ("|", "\n", "")
    )


_DAY = re.compile(r"\d{1,2}\. ?(?:\d{1,2}\.|[A-ZJFMASOND][a-zä]{2,8}\b)")


_OF_A_DAY = words("Regen Wetter Nebel Essen Lage Pracht Wissen Welt")


def _is_dated(text: str, found: _Candidate) -> bool:
    """Whether a day is written before a name on its line."""
    dated = _DAY.search(text, _line_start(text, found.start), found.start) is not None
    return dated and found.name not in _OF_A_DAY


def _introduces(text: str, end: int) -> bool:
    return text[end : end + 1] == ":"


def _person_before(word: str) -> bool:
    bare = word.rstrip(".")
    return bare in PERSON_HEADS or bare.casefold().endswith(PERSON_ENDINGS)


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _body_before(word: str) -> bool:
    folded = word.casefold()
    return folded.endswith(LOCAL_BODIES) or folded.removesuffix("s").removesuffix("e").endswith(LOCAL_BODIES)


_FUNCTION_WORDS = words(
    """
    In Im Nach Aus Bei Von Vor Auch Und Für Ob Wie Am Zu Zur Zum Mit Ab Um Die Der Das Den Dem Des Auf Bis Über
    Denn Doch Dann Danach Heute Gestern Morgen Morgens Mittags Abends Zwischen Nur Schon Erst Als Wo Seit So
    Hier Dort At From To Near Of Uhr Wer Was Neben Oder Sowie Durch Gegen Ohne Rund Nächste Nächster
    Anschließend Später Zuerst Zunächst Zuletzt Schließlich Januar Februar März April Mai Juni Juli August
    September Oktober November Dezember Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag
    Wochenende Woche Station Halt On Auftakt Abschluss
    """
)


def _standing(text: str, found: _Candidate, previous: Place | None) -> Standing | None:
    """How a name of the gazetteer stands in the text; nothing where it is no place."""
    before = _before(text, found.start)
    base = found.name.split(" (")[0]
    common = base in COMMON and not found.qualified
    if _LEGAL_FORM.match(text, found.end) or (gazetteer.land_named(found.name) and found.name not in _CITIES):
        return None
    if found.genitive:
        return None if common or (_capital(before) and before not in _FUNCTION_WORDS) else Standing.OF
    lowered = before.casefold()
    if lowered in _STANDINGS:
        return _after_preposition(found, _STANDINGS[lowered], base)
    if lowered in _ARTICLES or _person_before(before) or before in AREA_HEADS:
        return None
    if previous is not None and _joined(text, previous, found.start):
        return None if common and previous.standing is Standing.BARE else previous.standing
    if _at_dateline(text, found):
        issued = found.name in CAPITALS and text[found.end : found.end + 1] == ","
        return Standing.ISSUED if issued else Standing.DATELINE
    if _heads_line(text, found.start, found.end):
        listed = _TIME.match(text, found.end) or _is_cell(text, found) or _is_dated(text, found)
        return Standing.LINE if listed or not common else None
    if _introduces(text, found.end) and not common and (not before or before in _FUNCTION_WORDS or before.islower()):
        return Standing.LINE
    return _bare(text, found, before, common)


_CITIES = ("Berlin", "Hamburg", "Bremen")
_ARTICLES = words(
    """
    der die das dem den des ein eine einer einem einen eines im am zum zur vom beim ins ans kein keine dieser
    diese diesem dieses jeder jedem the a an
    """
)


def _after_preposition(found: _Candidate, standing: Standing, base: str) -> Standing | None:
    if found.qualified:
        return standing
    if standing is Standing.IN:
        return None if base in NOT_AFTER_IN else standing
    if standing is Standing.OF and base in COMMON:
        return None
    return None if base in COMMON else standing


def _bare(text: str, found: _Candidate, before: str, common: bool) -> Standing | None:
    if before in TOWN_HEADS:
        head = _OF_HEAD.search(text, max(0, found.start - 60), found.start)
        return _STANDINGS[head["prep"].casefold()] if head else Standing.BARE
    if common and not found.qualified:
        return None
    if before.casefold().endswith(AREA_BODIES):
        return Standing.SEAT
    if _body_before(before):
        return Standing.BODY
    if _capital(before) and before not in _FUNCTION_WORDS and not before.endswith("."):
        return None
    follows = _ROLE_AFTER.match(text, found.end)
    if follows is not None and not found.qualified:
        return None
    return Standing.BARE


def _joined(text: str, previous: Place, start: int) -> bool:
    return _JOINED.fullmatch(text, previous.mention.span.end, start) is not None


def _at_dateline(text: str, found: _Candidate) -> bool:
    line = _line_start(text, found.start)
    head = _TOWN_AHEAD.sub("", text[line : found.start].strip("*_#( "))
    return (not head or (head.endswith("/") and len(head) < 40 and " " not in head)) and (
        _DATELINE_TAIL.match(text, found.end) is not None
        or (
            text[found.end : found.end + 1] == "/"
            and _DATELINE_TAIL.match(text, _slash_end(text, found.end)) is not None
        )
    )


def _slash_end(text: str, position: int) -> int:
    found = re.compile(r"/[A-ZÄÖÜ][\w\-]+").match(text, position)
    return found.end() if found else position


_UNKNOWN = re.compile(
    r"(?<![\w\-])(?P<prep>in|In|nach|Nach|at|to) (?P<name>(?:Bad |Sankt |St\. |Groß |Klein |Alt |"
    r"Neu )?[A-ZÄÖÜ]\w{2,}(?:-[A-ZÄÖÜ]\w+)?)"
    r"(?P<tail> \((?:Kanton |Kt\. |Österreich|Schweiz|Tirol|[A-Z]{2}\b)[^()\n]{0,30}\))?(?![\w\-])"
)


def _unknown(source: Text, taken: set[int]) -> Iterator[Place]:
    """Places that no gazetteer here has: after a bare preposition, and formed like the name of a town."""
    for found in _UNKNOWN.finditer(source.text):
        name = found["name"]
        if found.start("name") in taken or name.split(" ")[0] in IN_NOUNS or name in NOT_AFTER_IN or name.isupper():
            continue
        if gazetteer.land_named(name) or name.casefold().endswith(ABSTRACT_ENDINGS):
            continue
        if not found["tail"] and not _may_be_town(source, name, found.start("prep"), found.end()):
            continue
        span = Span(found.start("name"), found.end("name"))
        standing = Standing.IN if found["prep"].casefold() in ("in", "at") else Standing.TO
        yield Place(PlaceMention(span, name), standing, known=False)


_UNKNOWN_AFTER_BODY = re.compile(r"(?<![\w\-])(?P<body>[A-ZÄÖÜ]\w{2,}) (?P<name>[A-ZÄÖÜ]\w{3,})(?![\w\-])")


_BODY_TOWNS = tuple(ending for ending in TOWN_ENDINGS if len(ending) > 3 and ending != "stein")


def _unknown_after_body(source: Text, taken: set[int]) -> Iterator[Place]:
    """Places that no gazetteer here has, after the word for a building of a town."""
    for found in _UNKNOWN_AFTER_BODY.finditer(source.text):
        name = found["name"]
        if found.start("name") not in taken and _body_before(found["body"]) and name.endswith(_BODY_TOWNS):
            yield Place(PlaceMention(Span(*found.span("name")), name), Standing.BODY, known=False)


def _may_be_town(source: Text, name: str, start: int, end: int) -> bool:
    text = source.text
    follows = text[end : end + 2]
    if re.match(r" [A-ZÄÖÜ]", follows) and source.language == "en":
        return False
    if name.casefold().endswith(TOWN_ENDINGS):
        return True
    if source.language == "en":
        return follows[:1] in ".,;" or follows[:1] == " "
    return (
        _capital(_before(text, start))
        and (follows[:1] in ".,;)" or follows == " u")
        and not name.endswith(("en", "er"))
    )


def _adjective_base(word: str) -> str | None:
    """The town of an adjective: ``Calw`` of ``Calwer``, ``Dresden`` of ``Dresdner``."""
    stem = word[:-2]
    for form in (stem, stem + "e", stem + "en", stem[:-1] + "en" if stem.endswith("n") else stem, stem[:-2] + "en"):
        if len(form) > 3 and form not in COMMON and gazetteer.named(form):
            return form
    return None


_ADJECTIVE = re.compile(r"(?<![\w\-])(?P<word>[A-ZÄÖÜ]\w{2,}er) (?P<noun>(?:[A-ZÄÖÜ]\w+ )?[A-ZÄÖÜ]\w+)")
_COAST = ("münder", "hafener", "havener")


def _venues(source: Text) -> Iterator[Place]:
    """Buildings and squares that an adjective gives to a town."""
    for found in _ADJECTIVE.finditer(source.text):
        noun = found["noun"].split(" ")[0]
        if not noun.casefold().endswith(VENUE_ENDINGS):
            continue
        base = _adjective_base(found["word"])
        if base is None and found["word"].endswith(_COAST):
            base = found["word"][:-1] if found["word"].endswith("münder") else found["word"][:-2]
        if base is not None:
            span = Span(found.start(), found.start() + len(found["word"]) + 1 + len(noun))
            yield Place(PlaceMention(span, base, _keys(base)), Standing.VENUE, known=bool(_keys(base)))


def standing_places(source: Text) -> tuple[Place, ...]:
    """All places with how they stand, in order; also those that are only part of another name."""
    for known, places in _last:
        if known is source:
            return places
    places = _standing_places(source)
    _last[:] = [(source, places)]
    return places


_last: list[tuple[Text, tuple[Place, ...]]] = []


def _standing_places(source: Text) -> tuple[Place, ...]:
    text = source.text
    found: list[Place] = []
    surnames: set[str] = set()
    for candidate in _candidates(text):
        if _surname(text, candidate):
            surnames.add(candidate.name)
        standing = _standing(text, candidate, found[-1] if found else None)
        if standing is not None:
            mention = PlaceMention(Span(candidate.start, candidate.end), candidate.name, candidate.keys)
            found.append(Place(mention, standing))
    found = [place for place in found if place.mention.name not in surnames or place.standing not in _OPEN]
    found += _unknown(source, {place.mention.span.start for place in found})
    found += _unknown_after_body(source, {place.mention.span.start for place in found})
    found += _venues(source)
    return tuple(_outside_noise(source, sorted(found, key=lambda place: place.mention.span)))


def _outside_noise(source: Text, found: list[Place]) -> Iterator[Place]:
    noise = iter([block.span for block in source.blocks if block.kind is BlockKind.NOISE])
    span = next(noise, None)
    for place in found:
        while span is not None and span.end <= place.mention.span.start:
            span = next(noise, None)
        if span is None or not place.mention.span.within(span):
            yield place


_OPEN = (Standing.BARE, Standing.OF, Standing.NEAR, Standing.LINE)


_OF_HEAD = re.compile(
    r"(?<!\w)(?P<prep>in|In|nach|Nach|aus|Aus|bei|Bei|von|Von) (?:(?:der|die|den|dem) )?(?:[a-zäöüß]+ )?\w+ $"
)


def _surname(text: str, found: _Candidate) -> bool:
    """Whether a name is the last of a person's: it follows a given name, a title or an office."""
    before = _before(text, found.start)
    if not _capital(before) or before in TOWN_HEADS or before in AREA_HEADS or found.qualified:
        return False
    if _LEGAL_FORM.match(text, found.end):
        return False
    return _person_before(before) or not (
        _body_before(before)
        or before.casefold().endswith(AREA_BODIES)
        or before in _FUNCTION_WORDS
        or before.endswith(".")
    )


_INSIDE = (Standing.VENUE, Standing.BODY, Standing.SEAT)


def find_places(source: Text) -> tuple[PlaceMention, ...]:
    """The municipalities of a text, in order. Adjectives and parts of other names are none."""
    return tuple(
        place.mention
        for place in standing_places(source)
        if place.standing not in _INSIDE and (place.known or place.standing is Standing.IN)
    )
