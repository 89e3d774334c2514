"""Who of those named was there: only with words that say so, and for ministers only with plain ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etappe.extraction import attendance_cues as cues
from etappe.extraction import captions, clauses, pronouns, roles
from etappe.extraction.clauses import Clause
from etappe.extraction.model import Attendance, Block, BlockKind, Event, Person, Span, Status, Text

_ARTICLE = re.compile(
    r"(?:^|\s)(der|die|das|den|dem|des|ein|eine|einen|einem|einer|unsere[nmr]?|mein|seine[nmr]?|ihre[nmr]?|the)\s*$"
)
_SHOWN = re.compile(
    r"\s*\((?:ganz |vorne |vorn |hinten )?(?:l|r|li|re|Mitte|M|links|rechts|left|right"
    r"|\d\.\s?v\.\s?[lr])\b[^)]{0,20}\)"
)
_LONGEST_LIST = 40
_LONGEST = 2_000  # characters; more is no sentence
_OTHER_SEX = {True: ("der", "den"), False: ("die",)}  # articles that do not go with the word


@dataclass(frozen=True)
class _Verdict:
    attendance: Attendance
    cue: Span
    plain: bool = False  # the words say so; otherwise it follows from the kind of text


def attending(source: Text, people: tuple[Person, ...], events: tuple[Event, ...]) -> tuple[Person, ...]:
    """The persons with how they took part, and the words that say so.

    Args:
        source: the text.
        people: those found in it.
        events: with their status; nobody is present at one that is only announced.
    """
    court = _Court(source, people, events)
    return tuple(court.judged(person) for person in people)


class _Court:
    def __init__(self, source: Text, people: tuple[Person, ...], events: tuple[Event, ...]) -> None:
        self.source = source
        self.text = source.text
        self.events = sorted(events, key=lambda event: event.span)
        self.starts = [sentence.start for sentence in source.sentences]
        self.block_starts = [block.span.start for block in source.blocks]
        self.event_starts = [event.span.start for event in self.events]
        self.longest_event = max((event.span.end - event.span.start for event in self.events), default=0)
        self.parsed: dict[int, list[Clause]] = {}
        self.statuses = {event.status for event in events if event.status is not Status.CANCELLED}
        self.off = bool(events) and not self.statuses
        self.writer = _writer(source)
        self.years = {
            event.date[:4] for event in events if event.date and event.date[0] != "-" and event.status is Status.HELD
        }
        self.ministers = [person for person in people if person.minister]
        self.offices = pronouns.offices_of(self.text, people)
        self.anaphors = self._anaphors()
        self.last_named = self._last_named(people)
        ministers = {person.name for person in self.ministers}
        for name, spans in pronouns.continued(source, people).items():
            if name in ministers:
                self.anaphors.setdefault(name, []).extend(spans)

    # -- where things are

    def sentence(self, at: Span) -> int | None:
        index = bisect_right(self.starts, at.start) - 1
        if index >= 0 and at.end <= self.source.sentences[index].end:
            return index
        return None

    def block(self, at: Span) -> Block | None:
        index = bisect_right(self.block_starts, at.start) - 1
        if index >= 0 and at.end <= self.source.blocks[index].span.end:
            return self.source.blocks[index]
        return None

    def clauses_of(self, sentence: int) -> list[Clause]:
        if sentence not in self.parsed:
            self.parsed[sentence] = clauses.clauses(self.text, self.source.sentences[sentence])
        return self.parsed[sentence]

    def status(self, at: Span, sentence: Span, block: Block | None) -> Status | None:
        """Of the event that the words tell of; nothing where the text has events of several kinds and none fits."""
        event = self._event_at(at, sentence) or (self._event_at(block.span, block.span) if block else None)
        if event is not None:
            return event.status
        return next(iter(self.statuses)) if len(self.statuses) == 1 else Status.CANCELLED if self.off else None

    def _event_at(self, at: Span, within: Span) -> Event | None:
        """The last event that begins before ``at`` and overlaps ``within``."""
        index = bisect_right(self.event_starts, max(at.start, within.start)) - 1
        first: Event | None = None
        while index >= 0 and self.event_starts[index] >= within.start - self.longest_event:
            if self.events[index].span.end > within.start and self.events[index].span.start < within.end:
                return self.events[index]
            index -= 1
        index = bisect_right(self.event_starts, at.start)
        if index < len(self.events) and self.event_starts[index] < within.end:
            first = self.events[index]
        return first

    def _last_named(self, people: tuple[Person, ...]) -> dict[int, str]:
        """The last person of each sentence."""
        last: dict[int, tuple[int, str]] = {}
        for person in people:
            for span in person.mentions:
                index = self.sentence(span)
                if index is not None and span.start >= last.get(index, (-1, ""))[0]:
                    last[index] = (span.start, person.name)
        return {index: name for index, (_, name) in last.items()}

    def _anaphors(self) -> dict[str, list[Span]]:
        """``der Minister``, where only one man is a minister in the text."""
        found: dict[str, list[Span]] = {}
        for female in (True, False):
            same = [
                person for person in self.ministers if (person.role or "").split(" für ")[0].endswith("in") == female
            ]
            if (len(same) == 1 and len(self.ministers) - len(same) == 0) or (
                len(same) == 1 and self.source.language == "de"
            ):
                named = min(same[0].mentions)
                found[same[0].name] = [
                    Span(match.start("word"), match.end("word"))
                    for match in cues.ANAPHOR.finditer(self.text)
                    if bool(match["female"]) == female and match["article"].lower() not in _OTHER_SEX[female]
                    and match.start() > named.start
                ]  # fmt: skip
        return found

    # -- judging

    def judged(self, person: Person) -> Person:
        verdicts = [
            verdict
            for span in person.mentions
            if span not in person.credited
            if (verdict := self._verdict(person, span))
        ]
        if person.minister:
            verdicts += [
                verdict
                for span in self.anaphors.get(person.name, [])
                if (verdict := self._verdict(person, span)) and verdict.attendance is not Attendance.MENTIONED
            ]
        if person.name == self.writer and not person.minister and Status.HELD in self.statuses:
            verdicts.append(_Verdict(Attendance.PRESENT, min(person.mentions)))
        best = _weighed(verdicts, person.minister)
        if best is None:
            return replace(person, attendance=Attendance.MENTIONED, cue=None)
        return replace(
            person, attendance=best.attendance, cue=best.cue if best.attendance is not Attendance.MENTIONED else None
        )

    def _verdict(self, person: Person, at: Span) -> _Verdict | None:
        index = self.sentence(at)
        if index is None:
            return None
        sentence = self.source.sentences[index]
        if sentence.end - sentence.start > _LONGEST:
            return None
        block = self.block(at)
        kind = block.kind if block else BlockKind.PARAGRAPH
        if kind in (BlockKind.IMPRINT, BlockKind.NOISE, BlockKind.CREDIT):
            return None
        if self._in_quote(sentence, at):
            return None
        if (
            person.minister
            and re.search(r"(?:s|’|')$", at.of(self.text))
            and not at.of(self.text).endswith(person.name.split(" ")[-1])
        ):
            return None  # a genitive: something of theirs
        status = self.status(at, sentence, block)
        parts = self.clauses_of(index)
        scope = clauses.around(parts, at)
        missing = self._missing(person, at, index, parts, scope)
        if missing:
            return missing
        if kind in (BlockKind.SCHEDULE, BlockKind.ROW):
            return None if status is Status.CANCELLED else _Verdict(Attendance.ANNOUNCED, sentence, True)
        shown = self._shown(person, at, sentence, kind, status)
        if shown:
            return shown
        if kind in (BlockKind.HEADING, BlockKind.DATE_HEADING):
            if status is Status.ANNOUNCED:
                return _Verdict(Attendance.ANNOUNCED, sentence)
            return None
        coming = self._coming(at, scope, status, sentence)
        if coming:
            return coming
        listed = self._listed(at, index, sentence, status)
        if listed:
            return listed
        if (
            self.off
            or status is Status.CANCELLED
            or (status is Status.ANNOUNCED and (person.minister or self._event_at(at, sentence)))
        ):
            return None
        if person.minister or re.search(r"(?:kanzler|bundespräsident)(?:in)?$", (person.role or "").lower()):
            return self._minister_there(at, parts, scope, sentence)
        return self._there(person, at, scope, sentence)

    def _in_quote(self, sentence: Span, at: Span) -> bool:
        words = sentence.of(self.text)
        return any(
            sentence.start + span.start < at.start and at.end < sentence.start + span.end
            for span in clauses.quoted(words)
        ) or (
            words[: at.start - sentence.start].count("„") > len(re.findall("[“”]", words[: at.start - sentence.start]))
        )

    def _lead(self, at: Span, clause: Clause) -> str:
        """The words of a clause before somebody's name and office."""
        start, end = max(clause.span.start, at.start - 200), self.offices.get(at.start, at.start)
        if end < start and (index := self.sentence(at)) is not None:  # an Minister für Bau, Max Muster
            start = max(self.source.sentences[index].start, end - 200)
            start += max((cut.end() for cut in _CUT.finditer(self.text[start:end])), default=0)
        front = self.text[start:end]
        match = cues.ROLE_PHRASE.search(front)
        return front[: match.start()] if match else front

    def _missing(
        self, person: Person, at: Span, index: int, parts: list[Clause], scope: list[Clause]
    ) -> _Verdict | None:
        """Absent, or another came instead."""
        own = scope[0] if scope else None
        if own is None:
            return None
        lead = self._lead(at, own)
        bare = _ARTICLE.sub(" ", lead)
        if cues.LACKING.search(lead + " ") or cues.LACKING.search(bare):
            return _Verdict(Attendance.ABSENT, own.span, True)
        substitute = cues.SUBSTITUTE.search(lead) or cues.SUBSTITUTE.search(bare)
        if substitute and not re.search(r"in Vertretung (?:von|des|der|für)", substitute.group()):
            return None
        if not _FOR_HIM.match(lead) and (
            cues.STAND_IN.search(lead)
            or cues.STAND_IN.search(bare)
            or re.search(r"\b(?:erkrankten?|verhinderten?)\s*$", lead)
        ):
            return _Verdict(Attendance.REPRESENTED, own.span, True)
        relative = clauses.relative_after(parts, at)
        spoken = [clause for clause in scope if not _behind_colon(parts, clause, own)] + (
            [relative] if relative else []
        )
        for clause in spoken:
            words = clause.words
            replaced = cues.REPRESENTED.search(words)
            if replaced and self._is_replaced(at, clause, replaced):
                return _Verdict(Attendance.REPRESENTED, _cue(clause, replaced), True)
            absent = cues.ABSENCE.search(words)
            if (
                absent
                and not cues.STAND_IN.search(words[: absent.start()])
                and not re.search(r"nicht (?:nur|zuletzt|allein)|nicht eingeladen|nicht mit leeren", words)
                and self._is_about(at, clause)
            ):
                return _Verdict(Attendance.ABSENT, _cue(clause, absent), True)
        follows = [part for part in parts if part.span.start > at.end]
        for clause in follows[:2]:
            hindered = cues.HINDERED.match(clause.words.lstrip())
            if hindered and not self._named_between(person, at, clause.span):
                return _Verdict(Attendance.ABSENT, clause.span, True)
        return self._hindered_next(person, index)

    def _hindered_next(self, person: Person, index: int) -> _Verdict | None:
        if index + 1 >= len(self.source.sentences) or self.last_named.get(index) != person.name:
            return None
        following = self.source.sentences[index + 1]
        match = cues.HINDERED.match(self.text[following.start : following.end])
        if match and (cues.ABSENCE.search(following.of(self.text)) or "konnte" in match.group()):
            return _Verdict(Attendance.ABSENT, Span(following.start, following.start + match.end()), True)
        return None

    def _named_between(self, person: Person, at: Span, clause: Span) -> bool:
        return any(at.end < other.start < clause.start for other in person.mentions)

    def _is_replaced(self, at: Span, clause: Clause, cue: re.Match[str]) -> bool:
        """Whether it is this person whom another stood in for."""
        words = clause.words
        place = at.start - clause.span.start
        if "vertrat" in cue.group():
            verb = cue.start()
            if _FOR_HIM.match(words):
                return place < verb  # whoever is named after it stands in
            return place > verb or clause.relative
        if "represented" in cue.group() and not re.search(r"\b(?:was|were|be|been|is|are)\s*$", words[: cue.start()]):
            return place > cue.start()
        through = re.search(r"\b(?:durch|von|schickten?|entsandten?|by)\b", words)
        if "vertreten" in cue.group() and through is None:
            return False
        if "Vertretung" in cue.group() and re.match(r"\s(?:von|des|der|für)\b", words[cue.end() :]):
            return place > cue.start()
        return place < (through.start() if through else cue.start())

    def _is_about(self, at: Span, clause: Clause) -> bool:
        """Whether a clause speaks of somebody, not of those named after a preposition in it."""
        if not clause.span.start <= at.start < clause.span.end:
            return True
        lead = _ARTICLE.sub(" ", self._lead(at, clause)).split()
        return not (lead and lead[-1].lower() in ("mit", "von", "durch", "an", "bei", "by", "with"))

    def _shown(
        self, person: Person, at: Span, sentence: Span, kind: BlockKind, status: Status | None
    ) -> _Verdict | None:
        """In a picture of the event."""
        marked = _SHOWN.match(self.text, at.end)
        if at not in person.depicted and not marked:
            return None
        words = sentence.of(self.text)
        block = self.block(at)
        around = block.span.of(self.text)[:400] if block and kind is BlockKind.CAPTION else words
        if (
            captions.is_old_picture(around)
            or (person.minister and self._other_year(words))
            or cues.AGO.search(words)
            or status in (Status.ANNOUNCED, Status.CANCELLED)
        ):
            return None
        if person.minister and self.statuses == {Status.ANNOUNCED}:
            return None
        if (
            person.minister
            and kind is BlockKind.CAPTION
            and not marked
            and len(words) < 60
            and not re.search(r"[a-zäöü]{3,}", words.replace(at.of(self.text), " "))
        ):
            return None
        return _Verdict(Attendance.PRESENT, sentence, True)

    def _coming(self, at: Span, scope: list[Clause], status: Status | None, sentence: Span) -> _Verdict | None:
        for clause in scope:
            match = cues.FUTURE.search(clause.words)
            if match and not (
                match.group() in ("besucht", "wird") and status is Status.HELD and not _will_be_welcomed(clause.words)
            ):
                front = self._lead(at, clause)
                lead = _ARTICLE.sub(" ", front).split() if clause is scope[0] else []
                welcomed = cues.PASSIVE_PARTICIPLE.search(front) and lead[-1:] == ["von"]
                if lead and lead[-1].lower() in ("von", "an", "laut", "zu", "über") and not welcomed:
                    return None
                return _Verdict(Attendance.ANNOUNCED, _cue(clause, match), True)
            match = cues.INVITED.search(clause.words)
            if match and not re.search(
                r"nicht eingeladen|Nicht eingeladen|[Aa]uf Einladung|\bhat\b|\bl[äa]d|\bEinladung", clause.words
            ):
                return _Verdict(Attendance.INVITED, _cue(clause, match), True)
        if (
            status is Status.ANNOUNCED
            and any(clause.verb for clause in scope)
            and not _tells_past(" ".join(clause.words for clause in scope), "")
        ):
            return _Verdict(Attendance.ANNOUNCED, sentence)
        return None

    def _minister_there(self, at: Span, parts: list[Clause], scope: list[Clause], sentence: Span) -> _Verdict | None:
        whole = clauses.blanked(sentence.of(self.text))
        if cues.AGO.search(whole) or cues.DISTANT.search(whole) or self._other_year(whole):
            return None
        if cues.FROM_AFAR.search(whole) or cues.MEMORY.search(" ".join(clause.words for clause in scope)):
            return None
        if scope and not scope[0].verb and cues.NEGATION.search(self._lead(at, scope[0])):
            return None
        if self._among_guests(at, sentence):
            return _Verdict(Attendance.PRESENT, sentence, True)
        aside = clauses.relative_after(parts, at)
        for clause in [*scope, *([aside] if aside and cues.WENT_ALONG.search(aside.words) else [])]:
            words = clause.words
            if (
                cues.UNREAL.search(words)
                or cues.PLUPERFECT.search(words)
                or cues.NEGATION.search(words)
                or (cues.ABSENCE.search(words) or cues.REPRESENTED.search(words))
            ):
                continue
            if clause.relative and not self._where(clause, at) and not cues.WENT_ALONG.search(clause.words):
                continue
            if cues.NO_PRESENCE.search(words):
                continue
            match = (
                cues.PRESENT_ACT.search(words)
                or cues.PERFECT_ACT.search(words)
                or cues.SPOKEN_THERE.search(words)
                or (cues.WENT_ALONG.search(words) if clause is aside else None)
                or _greeted(at, clause)
            )
            passive = (
                cues.PASSIVE_PARTICIPLE.search(words)
                if not re.search(r"\b(?:Projekt|Vorhaben|Prozess|Planung|Ausbau)\w*\b", words)
                and re.search(r"\b(?:wurden?|worden|was|were)\b|^\s*Begleitet", words)
                else None
            )
            own = clause if clause.span.start <= at.start < clause.span.end else scope[0]
            lead = self._lead(at, own) if own.span.start <= at.start < own.span.end else ""
            if lead and cues.PRESENCE_OF.search(lead):
                return _Verdict(Attendance.PRESENT, clause.span, True)
            if match and self._as_actor(lead, words):
                return _Verdict(Attendance.PRESENT, _cue(clause, match), True)
            if passive and (self._last(lead) in ("von", "by", "durch") or self._as_actor(lead, words)):
                return _Verdict(Attendance.PRESENT, _cue(clause, passive), True)
        return None

    def _among_guests(self, at: Span, sentence: Span) -> bool:
        """``50 guests attended the opening, among them …``: nothing but names stands between."""
        words = self.text[sentence.start : at.start]
        among = next(reversed([*cues.AMONG.finditer(words)]), None)
        if among is None or not cues.GUESTS_CAME.search(words[: among.start()]):
            return False
        between = words[among.end() :]
        front = _ARTICLE.sub(" ", cues.ROLE_PHRASE.sub("", between))
        return not clauses.has_verb(between) and ":" not in between and self._last(front) not in cues.BAD_LEAD

    def _listed(self, at: Span, index: int, sentence: Span, status: Status | None) -> _Verdict | None:
        """What the line above a list says of those who head its items: ``Am Tisch saßen:``."""
        item = _ITEM.match(self.text, sentence.start)
        if item is None or status not in (Status.HELD, None):
            return None
        words = sentence.of(self.text)
        if cues.ROLE_PHRASE.sub("", self.text[item.end() : at.start]).strip() or len(words) > _LONGEST:
            return None
        if any(other.search(words) for other in (cues.ABSENCE, cues.DISTANT, cues.REPRESENTED, cues.UNREAL)):
            return None
        first = max(0, index - _LONGEST_LIST)
        while index > first and _ITEM.match(self.text, self.source.sentences[index].start):
            index -= 1
        lead = self.source.sentences[index]
        words = lead.of(self.text)
        if not words.endswith(":") or len(words) > _LONGEST:
            return None
        clause = clauses.clauses(self.text, lead)[-1]
        if cues.ABSENCE.search(clause.words):
            return _Verdict(Attendance.ABSENT, lead, True)
        if any(words.search(clause.words) for words in (cues.UNREAL, cues.NEGATION, cues.PLUPERFECT)):
            return None
        if not cues.LIST_OF_GUESTS.search(clause.words):
            return None
        return _Verdict(Attendance.PRESENT, lead, True)

    def _where(self, clause: Clause, at: Span) -> bool:
        return clause.span.start <= at.start < clause.span.end and bool(
            re.match(r"\s*(?:wo|als|where)\s", clause.words)
        )

    def _other_year(self, words: str) -> bool:
        return any(match.group() not in self.years for match in cues.YEAR.finditer(words)) if self.years else False

    def _last(self, lead: str) -> str:
        bare = _ARTICLE.sub(" ", lead).split()
        return bare[-1].strip(",.").lower() if bare else ""

    def _as_actor(self, lead: str, words: str) -> bool:
        """Whether somebody acts or is met: no preposition but ``mit``, and no genitive."""
        last = self._last(lead)
        if re.search(r"\b(?:Delegation|Gruppe|Abordnung|Tross) um(?:\s(?:den|die))?\s*$", lead):
            return True
        if last == "neben" and re.search(r"\b(?:Gäst\w+|dabei|kamen|Ehrengäst\w+)\b", words):
            return True
        if last in cues.BAD_LEAD or last in ("von", "durch", "by"):
            return False
        if re.search(r"\bdes\s*$", lead):
            return False
        article = _ARTICLE.search(lead)
        if article and article[1] in ("der", "des"):
            before = lead[: article.start()].split()
            if before and before[-1][:1].isupper() and len(before) > 1:
                return False
        return not (last in ("mit", "with") and re.search(r"\bzu \w+en\b", words))

    def _there(self, person: Person, at: Span, scope: list[Clause], sentence: Span) -> _Verdict | None:
        """Somebody who is no minister: acts or speaks in a report of an event that took place."""
        words = sentence.of(self.text)
        near = " ".join(clause.words for clause in scope)
        if cues.CONTACT.search(near) and not any(clause.verb for clause in scope):
            return None
        if (
            cues.MEMORY.search(near)
            or cues.AGO.search(near)
            or cues.DISTANT.search(near)
            or cues.FROM_AFAR.search(words)
            or "Vorgänger" in (person.role or "")
        ):
            return None
        if cues.KIN.search(self._lead(at, scope[0]) if scope else ""):
            return None
        if re.match(r"\s?\(\*?\s?\d{4}", self.text[at.end : at.end + 8]):
            return None
        own = scope[0] if scope else None
        if own and cues.PLUPERFECT.search(own.words) and self._other_year(own.words):
            return None
        lead = self._lead(at, own) if own else ""
        if self._last(lead) in ("laut", "nach", "über", "an", "für", "dank", "gegen") and not (
            cues.SUBSTITUTE.search(lead) or cues.HANDING.search(near)
        ):
            return None
        acting = cues.ACTING.search(near) or cues.PERFECT_ACT.search(near)
        if self._last(lead) == "von" and cues.PASSIVE_PARTICIPLE.search(lead):
            return _Verdict(Attendance.PRESENT, own.span if own else sentence, True)
        if re.search(r"\bDanke? an\s*$", _ARTICLE.sub(" ", lead).rstrip() + " "):
            return _Verdict(Attendance.PRESENT, own.span if own else sentence)
        if re.search(r"(?<!ich )\b(?:habe(?! ich)|sei|werde)\b", near) and not acting:
            return None
        if acting:
            return _Verdict(Attendance.PRESENT, own.span if own else sentence, True)
        if any(clause.verb for clause in scope) and _tells_past(near, words):
            return _Verdict(Attendance.PRESENT, own.span if own else sentence)
        if cues.GATHERED.search(words):
            return _Verdict(Attendance.PRESENT, sentence)
        return None


_CUT = re.compile(r"[,;:–]\s")
_FOR_HIM = re.compile(r"\s*(?:Ihn|Diesen)\s+(?:\w+\s+)?vertrat\b")
_ITEM = re.compile(r"[-•*–·]\s")
_I = re.compile(r"\b(?:ich|mir|mich)\b")
_SIGNED = re.compile(
    r"(?:^|\n)(?:Ihre?|Euer|Eure|Yours,?)\s(?P<name>[A-ZÄÖÜ][\w’'-]+(?:\s[\w’'-]+){0,3}[\w’'-])\s*(?:\n|$)"
)


def _writer(source: Text) -> str | None:
    """Who tells of her own journey and signs it: a text in the first person, outside of what others say."""
    signed = _SIGNED.search(source.text)
    if signed is None or sum(1 for _ in _I.finditer(clauses.blanked(source.text))) < 2:
        return None
    return signed["name"]


def _will_be_welcomed(words: str) -> bool:
    """Whether a clause says so: ``Begrüßt wird sie von …``."""
    if not re.search(r"\bw(?:ird|erden)\b", words):
        return False
    return re.search(r"\b(?:[Bb]egrüßt|[Ee]mpfangen|[Bb]egleitet|[Ee]röffnet)\b", words) is not None


def _tells_past(near: str, sentence: str) -> bool:
    """Whether the verbs are those of a report: past or perfect, or speech beside a quotation."""
    if re.search(r"(?<![\w-])(?:habe ich|ich habe|war|waren|wurde|wurden|hat|haben|hatte|hatten)(?![\w-])", near):
        return True
    if any(word not in clauses._NO_VERB for word in re.findall(r"(?<![\w-])[a-zäöüß]{2,}(?:te|ten)(?![\w-])", near)):
        return True
    if re.search(
        r"(?<![\w-])(?:kam|nahm|sprach|traf|gab|ging|sah|ließ|hielt|fuhr|stand|saß|fand|trug|hob|las"
        r"|half|blieb|warb|riet|(?:be)?wies|bot|trat|übergab|empfing|verlas|lag|war|vertrat|brachte|drückten?"
        r"|schloss|rief|griff|entschied|unterstrich|zog|schrieb|lief|schnitt|zerschnitt)(?:en)?(?![\w-])",
        near,
    ):
        return True
    if re.search(
        r"(?<![\w-])(?:was|were|has|had|met|took|gave|led|spoke|bought|brought|held|saw|stood"
        r"|told|showed|cut the|[a-z]{3,}ed)"
        r"(?![\w-])",
        near,
    ):
        return True
    return bool(
        re.search(r"[“”«»\"]", sentence)
        and re.search(r"\b(?:sagt|so|betont|erklärt|meint|freut sich|berichtet|lobt|said|says)\b", near)
    )


def _greeted(at: Span, clause: Clause) -> re.Match[str] | None:
    """A greeting of guests, or of somebody by a named host; not of a decision."""
    match = cues.GREETED.search(clause.words)
    if match is None:
        return None
    if cues.GUESTS.search(clause.words):
        return match
    front = clause.words[: match.start()]
    hosted = any(roles.is_role(word.strip(",.")) for word in front.split() if word[:1].isupper())
    return match if hosted and clause.span.start + match.start() < at.start else None


def _behind_colon(parts: list[Clause], clause: Clause, own: Clause) -> bool:
    """Whether a colon or semicolon stands between an earlier clause and the own one."""
    return clause.span.start < own.span.start and any(
        part.breaks and clause.span.start < part.span.start <= own.span.start for part in parts
    )


def _cue(clause: Clause, match: re.Match[str]) -> Span:
    return Span(clause.span.start + match.start(), clause.span.start + match.end())


def _weighed(verdicts: Sequence[_Verdict], minister: bool) -> _Verdict | None:
    """What all mentions together say: absence wins over presence that is not plain, and always for a minister."""
    if not verdicts:
        return None

    def first(*kinds: Attendance, plain: bool = False) -> _Verdict | None:
        return next(
            (verdict for verdict in verdicts if verdict.attendance in kinds and (verdict.plain or not plain)), None
        )

    gone = first(Attendance.ABSENT, Attendance.REPRESENTED)
    there = first(Attendance.PRESENT, plain=True)
    if gone and (minister or not there):
        return gone
    return there or first(Attendance.PRESENT) or first(Attendance.ANNOUNCED) or first(Attendance.INVITED) or verdicts[0]
