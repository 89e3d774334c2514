"""Stops and programme items: a day, a place and words that say that something took or will take place.

The text is read statement by statement (a sentence, a line of a programme, a row). Each gives events from its own days
and places; what it leaves open is taken from what was last told, where a reader would do so, and otherwise stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from etappe.extraction.event_words import (
    AGAIN,
    BACKGROUND,
    COMMENT,
    CONTINUES,
    CUE,
    DAY_WORD,
    EXACT_DAY,
    LISTING,
    OPENS,
    PART_OF_DAY,
    RETURN,
    STRONG_CUE,
    TOUR_OF_DAYS,
    TRAVEL,
    VISIT_CUE,
    is_occasion,
)
from etappe.extraction.model import (
    Block,
    BlockKind,
    DateMention,
    DateRole,
    Event,
    Organisation,
    PlaceMention,
    Span,
    Status,
    Text,
)
from etappe.extraction.pairing import cue_of, paired, strongest, tells_of_how_things_are, travel_to
from etappe.extraction.places import Place, Standing, standing_places
from etappe.extraction.settling import Found, settled
from etappe.extraction.statements import (
    Statement,
    When,
    clause_around,
    cue_in,
    first_in,
    heads_an_item,
    lines_of,
    main_clause,
)
from etappe.extraction.status import status_of, status_of_line, tendency, tense

_LINES = frozenset((BlockKind.SCHEDULE, BlockKind.ROW))
_LISTS = _LINES | {BlockKind.DATE_HEADING}
_SILENT = frozenset((BlockKind.NOISE, BlockKind.IMPRINT, BlockKind.CREDIT, BlockKind.CAPTION))
_HEADING_STANDINGS = (Standing.IN, Standing.TO, Standing.LINE, Standing.BODY, Standing.VENUE)
_HERE = (Standing.IN, Standing.BODY, Standing.VENUE, Standing.LINE)
_LONGEST_STATEMENT = 2000


@dataclass
class _Told:
    """What a reader has in mind while reading on."""

    place: str | None = None
    when: When | None = None
    heading: When | None = None
    touring: bool = False
    headed: bool = False  # whether a dateline stands before the paragraph
    block: Block | None = None
    place_block: Block | None = None
    held_until: str | None = None


def find_events(
    source: Text,
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    organisations: Sequence[Organisation],
) -> tuple[Event, ...]:
    """The events of a text, in order.

    Args:
        dates: the dates in it; those that are not of events do not count.
        places: the municipalities in it; buildings and local bodies that give a town away are looked for besides.
        organisations: what may have been visited.
    """
    reader = _Reader(source, dates, places, organisations)
    return tuple(settled(list(reader.events()) or list(reader.of_captions())))


class _Reader:
    """Reads a text once, in order."""

    def __init__(
        self,
        source: Text,
        dates: Sequence[DateMention],
        places: Sequence[PlaceMention],
        organisations: Sequence[Organisation],
    ) -> None:
        self.source = source
        given = {place.span for place in places}
        weak = (Standing.VENUE, Standing.BODY, Standing.SEAT)
        self._places = [
            place
            for place in standing_places(source)
            if place.mention.span in given or place.standing in weak or not place.known
        ]
        self._place_starts = [place.mention.span.start for place in self._places]
        self._dates = sorted(dates, key=lambda date: date.span)
        self._date_starts = [date.span.start for date in self._dates]
        mentions = sorted((span, each.name) for each in organisations for span in each.mentions)
        self._organisations = mentions
        self._organisation_starts = [span.start for span, _ in mentions]
        self.otherwise = tendency(source)
        self.told = _Told()
        self.told_at: dict[str, When] = {}
        self.by_dateline = any(place.standing is Standing.DATELINE for place in self._places)
        self.home = self._home()
        self.likely = self.home or self._only_town()

    def _home(self) -> str | None:
        """The town the whole text is about: of its dateline, else of its heading."""
        datelines = [place.mention.name for place in self._places if place.standing is Standing.DATELINE]
        if datelines:
            inside = [p.mention.name for p in self._places if p.standing in (Standing.IN, Standing.TO, Standing.OF)]
            return next(
                (name for name in datelines if name in inside), datelines[0] if len(set(datelines)) == 1 else None
            )
        for block in self.source.blocks[:6]:
            if block.kind is BlockKind.HEADING:
                found = self._in(block.span)
                if len({place.mention.name for place in found}) == 1 and found[0].standing in _HEADING_STANDINGS:
                    return found[0].mention.name
        return self._mayors_town()

    def _only_town(self) -> str | None:
        """In a report of one stop, the one town that its first paragraph names, else the one that something is in."""
        if any(block.kind in _LISTS for block in self.source.blocks):
            return None
        lead = next((block.span for block in self.source.blocks if block.kind is BlockKind.PARAGRAPH), None)
        starts = [sentence.start for sentence in self.source.sentences]
        told = [
            place
            for place in self._places
            if place.standing in (*_HERE, Standing.OF)
            and self._is_told(place.mention.span, bisect_right(starts, place.mention.span.start) - 1)
        ]
        near = {place.mention.name for place in told if lead is not None and place.mention.span.within(lead)}
        inside = {place.mention.name for place in told if place.standing in _HERE}
        return next((names.pop() for names in (near, inside) if len(names) == 1), None)

    def _is_told(self, place: Span, number: int) -> bool:
        """Whether a place is in a main clause, and not where somebody lives or is from."""
        sentence = self.source.sentences[max(number, 0)]
        if not place.within(sentence) or sentence.end - sentence.start > _LONGEST_STATEMENT:
            return False
        main = main_clause(sentence.of(self.source.text))
        return bool(main[place.start - sentence.start].strip()) and BACKGROUND.search(main) is None

    def _mayors_town(self) -> str | None:
        """The town whose mayor is named, where there is one only: ``Willichs Bürgermeister``."""
        text = self.source.text
        found = {
            place.mention.name
            for place in self._places
            if place.standing is Standing.OF and _MAYOR.match(text, place.mention.span.end)
        }
        return found.pop() if len(found) == 1 else None

    def _in(self, span: Span) -> list[Place]:
        first, last = bisect_left(self._place_starts, span.start), bisect_left(self._place_starts, span.end)
        return self._places[first:last]

    def _statements(self) -> Iterator[Statement]:
        blocks = iter(self.source.blocks)
        block = next(blocks, None)
        for sentence in self.source.sentences:
            while block is not None and sentence.start >= block.span.end:
                block = next(blocks, None)
            if block is not None and sentence.within(block.span):
                for span in lines_of(self.source.text, sentence) if block.kind in _LINES else (sentence,):
                    yield self._statement(span, block)

    def _statement(self, span: Span, block: Block) -> Statement:
        words = span.of(self.source.text)[:_LONGEST_STATEMENT]
        first = bisect_left(self._organisation_starts, span.start)
        last = bisect_left(self._organisation_starts, span.end)
        main = words if block.kind in _LINES else main_clause(words)
        return Statement(
            span,
            block,
            words,
            main,
            tuple(self._whens(span, words)),
            tuple(self._in(span)),
            tuple(self._organisations[first:last]),
        )

    def _whens(self, span: Span, words: str) -> Iterator[When]:
        first, last = bisect_left(self._date_starts, span.start), bisect_left(self._date_starts, span.end)
        dates = self._dates[first:last]
        found = [
            When(date.span, date.start, date.end if date.end != date.start else None, date.basis)
            for date in dates
            if date.role is DateRole.EVENT
        ]
        taken = [date.span for date in dates]
        for word in DAY_WORD.finditer(words):
            where = Span(span.start + word.start(), span.start + word.end())
            if not any(where.start < other.end and other.start < where.end + 2 for other in taken):
                today = self.told.heading if word[0].casefold() == "heute" else None
                found.append(replace(today, span=where) if today else When(where, None))
        return iter(sorted(found, key=lambda when: when.span))

    def events(self) -> Iterator[Found]:
        """The events as the statements give them."""
        for statement in self._statements():
            kind = statement.block.kind
            if kind is BlockKind.DATE_HEADING:
                self._new_day(statement)
            elif kind in _LINES or (self.told.heading is not None and heads_an_item(statement)):
                yield from self._of_line(statement)
            elif kind is BlockKind.HEADING:
                self._new_heading(statement)
            elif kind not in _SILENT:
                yield from self._of_sentence(statement)

    def of_captions(self) -> Iterator[Found]:
        """The events that captions tell of; what a text that is hardly more than its pictures has to say."""
        for statement in self._statements():
            if statement.block.kind is BlockKind.CAPTION:
                yield from self._of_sentence(statement)

    def _new_day(self, statement: Statement) -> None:
        dated = [when for when in statement.whens if when.date]
        self.told = _Told(heading=dated[0] if dated else None, held_until=self.told.held_until)

    def _new_heading(self, statement: Statement) -> None:
        found = statement.places
        if len({place.mention.name for place in found}) == 1 and found[0].standing in _HEADING_STANDINGS:
            self.told.place = found[0].mention.name

    # ---- lines of programmes and rows of tables

    def _of_line(self, statement: Statement) -> Iterator[Found]:
        dated = [when for when in statement.whens if when.date]
        when = dated[0] if dated else self.told.heading
        if dated:
            self.told.heading = dated[0]
        if when is None:
            return
        place = next(
            (
                place.mention.name
                for standing in (Standing.LINE, Standing.IN, Standing.VENUE, Standing.BODY, Standing.BARE)
                for place in statement.places
                if place.standing is standing
            ),
            None,
        )
        cue = CUE.first(statement.words)
        if place is None and cue is None:
            return
        where = Span(statement.span.start + cue[0], statement.span.start + cue[1]) if cue else statement.span
        basis = when.basis if dated else "carried"
        yield self._event(statement, where, replace(when, basis=basis), place, self.otherwise)

    # ---- sentences

    def _of_sentence(self, statement: Statement) -> Iterator[Found]:
        whens = [when for when in statement.whens if statement.is_main(when.span)]
        dated = [when for when in whens if when.date]
        self._open_paragraph(statement, dated)
        comment = COMMENT.search(statement.main)
        if comment and is_occasion(comment["what"]):
            return
        if tells_of_how_things_are(statement, whens) or self._is_dateline(statement):
            return
        if whens and not any(map(self._is_exact, whens)) and _PLUPERFECT.search(statement.main):
            return
        cue = cue_in(CUE, statement)
        strong = cue_in(STRONG_CUE, statement)
        stops = [place for place in statement.places if self._is_stop(statement, place, bool(whens))]
        if stops:
            enough = strong or first_in(PART_OF_DAY, statement) or travel_to(statement, stops)
            exact = dated or any(self._is_exact(when) for when in whens)
            by_day = (cue or whens[0].span if exact else cue) if whens else None
            if not whens and self._is_entry():
                by_day = cue or (statement.span if tense(statement.main) is None else None)
            if enough or by_day:
                yield from self._pairs(statement, strong or by_day or enough or statement.span, whens, stops)
        elif dated:
            yield from self._day_without_place(statement, strong or cue or dated[0].span, dated)
        elif whens and self.home and (strong or cue or self._is_lead(statement)):
            yield self._event(
                statement, strong or cue or whens[0].span, whens[0], self.told.place or self.home, self.otherwise
            )
        else:
            yield from self._visit(statement, whens)

    def _is_entry(self) -> bool:
        """Whether the day of a heading holds and nothing has been told of it yet, as at the head of a diary entry."""
        return self.told.heading is not None and self.told.when is None

    @staticmethod
    def _is_dateline(statement: Statement) -> bool:
        """Whether a sentence has nothing but a place and a day."""
        spans = [place.mention.span for place in statement.places] + [when.span for when in statement.whens]
        rest = len(statement.words.replace(" ", "")) - sum(span.end - span.start for span in spans)
        return bool(statement.places and statement.whens) and rest < 6 and "(" not in statement.words

    def _is_exact(self, when: When) -> bool:
        """Whether a day is told, though perhaps nobody knows its date."""
        return when.date is not None or EXACT_DAY.search(when.span.of(self.source.text)) is not None

    def _open_paragraph(self, statement: Statement, dated: Sequence[When]) -> None:
        """A day at the head of a paragraph holds for it, whether or not its sentence tells of an event."""
        if statement.block != self.told.block:
            self.told.block = statement.block
            headed = {p.mention.name for p in self._in(statement.block.span) if p.standing is Standing.DATELINE}
            self.told.headed = bool(headed)
            if self.by_dateline:
                self.told.place = next(iter(headed)) if len(headed) == 1 else self.home
                self.told.place_block = statement.block if headed else self.told.place_block
        if dated and dated[0].span.start - statement.block.span.start < 30:
            other = self.told.when is not None and self.told.when.date not in (None, dated[0].date)
            if other and not self.told.headed:
                self.told.place = None
            self.told.when = dated[0]
            self.told.touring = False

    def _is_lead(self, statement: Statement) -> bool:
        """Whether a sentence is the first or second after a dateline."""
        return any(
            place.standing is Standing.DATELINE and 0 <= statement.span.start - place.mention.span.start < 250
            for place in self._in(Span(max(statement.block.span.start, statement.span.start - 250), statement.span.end))
        )

    def _is_stop(self, statement: Statement, place: Place, dated: bool) -> bool:
        """Whether somebody came to a place, by how it stands."""
        span, standing = place.mention.span, place.standing
        if not statement.is_main(span):
            return False
        text = self.source.text
        if any(
            text[span.end : when.span.start].strip(" ,am") == "("
            for when in statement.whens
            if when.span.start >= span.end
        ):
            return True
        clause = clause_around(statement, span)
        if standing is Standing.IN and _AFFILIATED.search(text, max(0, span.start - 70), span.start):
            return False
        if standing is Standing.IN:
            return _NO_STOP.search(clause) is None and (
                place.known or STRONG_CUE.first(statement.main) is not None or dated
            )
        if standing is Standing.TO:
            return TRAVEL.search(clause) is not None and RETURN.search(clause) is None
        if standing is Standing.LINE:
            return True
        if standing is Standing.BARE:
            return text[span.start - 1 : span.start] != "(" and LISTING.search(statement.main) is not None
        if standing in (Standing.VENUE, Standing.BODY):
            return _LOCATED.search(text, max(0, span.start - 60), span.start) is not None
        return False

    def _pairs(self, statement: Statement, cue: Span, whens: Sequence[When], stops: Sequence[Place]) -> Iterator[Found]:
        best = strongest(stops)
        for place, when in paired(best, whens):
            chosen = when
            if chosen is None and not whens:
                chosen = self._carried(statement, place.mention.name)
                if chosen is None and self._untimely(statement):
                    continue
            own = cue_of(statement, place, best) or cue
            hosts = self._hosts(statement, place, best)
            yield self._event(statement, own, chosen, place.mention.name, self.otherwise, hosts)

    def _untimely(self, statement: Statement) -> bool:
        """Whether a sentence without a day tells of something long before."""
        return BACKGROUND.search(statement.main) is not None

    def _day_without_place(self, statement: Statement, cue: Span, dated: Sequence[When]) -> Iterator[Found]:
        if self._is_tour(statement, dated[0]):
            self.told.touring = True
            return
        if dated[0].days > 2 and self._place_of(statement) is None:
            return
        onward = _ONWARD.search(statement.main)
        elsewhere = onward is not None and not statement.main.startswith(self.home or "?", onward.end() - 1)
        known = self.likely is not None or self.told.place_block == statement.block
        sure = not elsewhere and (len(dated) == 1 or known)
        for when in dated:
            yield self._event(statement, cue, when, self._place_of(statement) if sure else None, self.otherwise)

    def _place_of(self, statement: Statement) -> str | None:
        """The town that holds for a sentence that names none: of the last event, the whole text, or just before."""
        if AGAIN.search(statement.main) or any(place.standing is Standing.SEAT for place in statement.places):
            return None
        stale = len(self.told_at) > 1 and self.told.place_block != statement.block
        if self.told.place and not stale:
            return self.told.place
        if self.likely:
            return self.likely
        start = max(statement.block.span.start, statement.span.start - _LONGEST_STATEMENT)
        before = self._in(Span(start, statement.span.start))
        return next((p.mention.name for p in reversed(before) if p.standing in (Standing.IN, Standing.LINE)), None)

    @staticmethod
    def _is_tour(statement: Statement, when: When) -> bool:
        return when.days > 2 and TOUR_OF_DAYS.search(statement.main) is not None

    def _visit(self, statement: Statement, whens: Sequence[When]) -> Iterator[Found]:
        """A visit to a body, on the day and in the town told of last."""
        hosts = self._hosts(statement)
        cue = cue_in(VISIT_CUE, statement) or (first_in(PART_OF_DAY, statement) if self._at_body(statement) else None)
        place = self.told.place or self.home
        if cue is None or not hosts or whens or place is None or self.told.when is None:
            return
        when = self._carried(statement)
        if when is not None:
            yield self._event(statement, cue, when, place, self.otherwise)

    def _carried(self, statement: Statement, place: str | None = None) -> When | None:
        """The day that holds for a sentence that names none: that of its place, else the last."""
        if self.otherwise is Status.HELD and tense(statement.main) is Status.ANNOUNCED:
            return None
        goes_on = CONTINUES.match(statement.words) and not OPENS.match(statement.words)
        if place in self.told_at and not goes_on:
            return replace(self.told_at[place], end=None, basis="carried")
        if self.told.touring:
            return None
        if self.told.when is not None:
            return replace(self.told.when, end=None, basis="carried") if self.told.when.days <= 2 else None
        if self.told.heading is not None:
            return replace(self.told.heading, basis="carried")
        return None

    def _hosts(self, statement: Statement, place: Place | None = None, stops: Sequence[Place] = ()) -> tuple[str, ...]:
        """The bodies that a statement says were visited; of several stops, those nearest to one."""
        text = self.source.text
        hosts: list[str] = []
        for span, name in statement.organisations:
            before = text[max(statement.span.start, span.start - 60) : span.start]
            if name in hosts or not (_HOST.search(before) or self._is_visited(statement, span, before)):
                continue
            if place is not None and len(stops) > 1 and place is not min(stops, key=partial(_distance, span)):
                continue
            hosts.append(name)
        return tuple(hosts)

    def _at_body(self, statement: Statement) -> bool:
        """Whether something goes on at a body: ``Nachmittags gab es bei der X Eindrücke``."""
        text, start = self.source.text, statement.span.start
        return any(_AT.search(text, max(start, span.start - 20), span.start) for span, _ in statement.organisations)

    @staticmethod
    def _is_visited(statement: Statement, span: Span, before: str) -> bool:
        """Whether a body is the object of a verb of visiting: ``besuchte das Team in Celle die Heidewerk GmbH``."""
        if _OBJECT.search(before) is None:
            return False
        verb = VISIT_CUE.first(statement.main, 0, span.start - statement.span.start)
        return verb is not None and statement.main[verb[0]].islower()

    def _published(self, block: Block) -> str | None:
        """The day on which a report appeared; of several in one text, each has its own."""
        number = bisect_left(self._date_starts, block.span.start)
        first = self._dates[number] if number < len(self._dates) else None
        own = first is not None and first.role is DateRole.PUBLICATION and first.span.within(block.span)
        return first.start if first is not None and own else self.source.published

    def _event(
        self,
        statement: Statement,
        cue: Span,
        when: When | None,
        place: str | None,
        otherwise: Status,
        hosts: tuple[str, ...] | None = None,
    ) -> Found:
        date = when.date if when else None
        published = self._published(statement.block)
        if statement.block.kind in _LINES:
            status = status_of_line(statement.words, date, published, otherwise, self.told.held_until)
        else:
            status = status_of(statement.main, date, published, otherwise)
        if status is Status.HELD and date and when and statement.block.kind not in _LINES:
            self.told.held_until = max(self.told.held_until or "", when.end or date)
        if status is not Status.CANCELLED and statement.block.kind not in _LINES:
            self.told.place = place or self.told.place
            self.told.place_block = statement.block if place else self.told.place_block
            if status is self.otherwise or self.told.when is None:
                self.told.when = when
        event = Event(
            span=statement.span,
            cue=cue,
            date=date,
            place=place,
            date_end=when.end if when else None,
            basis=when.basis if when and when.date else "none",
            status=status,
            title=_title(cue.of(self.source.text)),
            hosts=self._hosts(statement) if hosts is None else hosts,
        )
        if place is not None and when is not None and when.date and place not in self.told_at:
            self.told_at[place] = when
        exact = when is not None and self._is_exact(when)
        return Found(event, not exact, CONTINUES.match(statement.words) is not None)


def _title(cue: str) -> str | None:
    """What kind of event a cue names: a noun."""
    return cue if is_occasion(cue) else None


_PLUPERFECT = re.compile(r"(?<!\w)(?:hatte|hatten|had)(?!\w)")
_ONWARD = re.compile(r"(?<!\w)(?:nach|gen|bis nach|to) (?:[A-ZÄÖÜ])")
_AFFILIATED = re.compile(r"(?<!\w)(?:aus|von|vom) (?:(?:dem|der|den|einem|einer) )?(?:[\w\-]+ ){1,3}in $")
_NO_STOP = re.compile(r"(?<![\w\-])(?:Abfahrt|in der Nähe|mit Sitz|stammt|wohn\w*|weilt\w*|gewesen, bevor)(?![\w\-])")
_LOCATED = re.compile(
    r"(?<![\w\-])(?:im|in|am|an|auf|beim|bei|vor|zum|zur|vom|ins|aufs|durch|[IA]m|In|An|Auf|Beim|Bei|Vor|Zum|Zur"
    r"|[Bb]esucht\w*)(?: [„\"»]?[\w\-]+[“\"«]?){0,6} $"
)
_MAYOR = re.compile(r"[’']? (?:\w+ )?\w*(?:[Bb]ürgermeister|[Ss]tadtdirektor|[Ss]tadtoberhaupt|[Rr]athauschef)")
_AT = re.compile(r"(?<!\w)(?:[Bb]eim?|weiter zu[rm]?)(?: (?:der|dem|den))? (?:Firma )?$")
_OBJECT = re.compile(r"(?<!\w)(?:die|das|den|eine|einen) (?:Firma |Unternehmen |Betrieb )?[„\"»]?$")
_HOST = re.compile(
    r"(?<![\w\-])(?:bei|beim|[Bb]ei|[Bb]eim|[Bb]esucht\w*|[Bb]esuchen|[Bb]esichtig\w*|\w*[Bb]esuch|"
    r"\w*[Bb]esichtigung|"
    r"\w*[Gg]espräch mit|[Rr]undgang|[Aa]ustausch mit|\w*führung|zu|zur|zum|in|im|durch|beim|visited|toured|at|of)"
    r"(?: (?:der|dem|den|des|das|die|durch|bei|mit|von|the))*(?: (?:\w+en|Firma|Unternehmen|örtlichen))? [„\"»]?$"
)


def _distance(span: Span, place: Place) -> int:
    where = place.mention.span
    return max(where.start - span.end, span.start - where.end, 0)
