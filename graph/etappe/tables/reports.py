"""Reports from the rows of a list, in the short form: what a cell says, with a quote of that cell, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from etappe import __version__
from etappe.errors import EtappeError
from etappe.model import DEFAULT_BASE, Source
from etappe.reading.values import slug
from etappe.registry import Registry
from etappe.tables import dates
from etappe.tables.cells import clean
from etappe.tables.dates import Span, WrongDate
from etappe.tables.errors import Note, TableError
from etappe.tables.mapping import Mapping
from etappe.tables.names import Known, WrongName, doubt
from etappe.tables.participants import Attendance
from etappe.tables.places import Places
from etappe.tables.rows import Row, rows
from etappe.tables.texts import SourceText, scalar

_LISTS = frozenset({"organisations", "persons", "participants"})


def reports(
    source: Source, mapping: Mapping, registry: Registry, base: str = DEFAULT_BASE
) -> Iterator[tuple[str, str] | EtappeError]:
    """The reports that a list makes.

    Yields:
        id and YAML text of each report, in the order of the rows; what ``rows`` says of rows that make none, and errors
        of rows that name what the registry does not know.
    """
    try:
        maker = _Maker(PurePath(source.name), mapping, Known(registry, base))
    except TableError as error:
        yield error
        return
    yield from maker.reports(rows(source, mapping))


@dataclass
class _Meeting:
    """What one row tells, or several rows of one meeting; ``key`` tells meetings apart."""

    rows: list[Row]
    span: Span
    minister: str | None
    event: str
    purpose: str
    place: str | None
    place_entry: str | None
    notes: list[Note] = field(default_factory=list)

    @property
    def key(self) -> tuple[object, ...]:
        return self.rows[0].file, self.minister, self.span, self.event, self.purpose, self.place


class _Maker:
    """One table on its way to reports."""

    def __init__(self, path: PurePath, mapping: Mapping, known: Known) -> None:
        self._file = path.name
        self._mapping = mapping
        self._known = known
        self._id = mapping.id or slug(path.stem)
        self._places = Places(mapping, known)
        self._given: dict[str, int] = {}
        self._frame = self._common()
        self._attendance = Attendance(mapping, known, self._id)
        self._doubtful: set[tuple[str, int]] = set()  # rows of which it is open whether they took place
        self._unnamed = False  # whether it was said that nothing names the person of the diary

    def reports(self, listed: Iterable[Row | EtappeError]) -> Iterator[tuple[str, str] | EtappeError]:
        """A report for each row, meeting or day, with the errors and notes between them."""
        waiting = list[_Meeting]()
        for row in listed:
            if isinstance(row, EtappeError):
                yield row
                continue
            try:
                meeting = self._meeting(row)
            except TableError as error:
                yield error
                continue
            if waiting and not self._joins(waiting, meeting):
                yield from self._told(waiting)
                waiting = []
            if waiting and self._mapping.unit != "row" and waiting[-1].key == meeting.key:
                waiting[-1].rows.append(row)
            else:
                waiting.append(meeting)
        yield from self._told(waiting)

    def _joins(self, waiting: list[_Meeting], meeting: _Meeting) -> bool:
        last = waiting[-1]
        if self._mapping.unit == "meeting":
            return last.key == meeting.key
        same_table = last.rows[0].file == meeting.rows[0].file
        return self._mapping.unit == "day" and same_table and last.span == meeting.span and not meeting.span.month

    # --- what a row says

    def _meeting(self, row: Row) -> _Meeting:
        for place, cell in enumerate(row.cells):
            column = next((column for column, at in row.columns if at == place), None)
            words = doubt(cell.text) if column is None or column.meaning not in _LISTS else None
            if words:
                self._doubtful.add((row.file, row.number))
                raise row.note(f"says {words!r}; the row was passed over, for it may not have been so", place)
        above = row.cells[row.of("date")[0][1]].carried
        if above is not None and (row.file, above) in self._doubtful:
            raise row.note(f"belongs to row {above}, which was passed over; so was this one")
        where, entry = self._place(row)
        return _Meeting(
            [row],
            self._span(row),
            self._text(row, "minister") or None,
            self._text(row, "event"),
            self._text(row, "purpose"),
            where,
            entry,
        )

    def _text(self, row: Row, meaning: str) -> str:
        return next((row.cells[place].text for _, place in row.of(meaning)), "")

    def _span(self, row: Row) -> Span:
        start = self._day(row, "date")
        if start is None:
            _, place = row.of("date")[0]
            raise row.error("is empty; without a day there is no report", place)
        end = self._day(row, "end")
        if end is None or start.month or end.month:
            return start
        if end.end < start.start:
            raise row.error("is before the first day; correct it", row.of("end")[0][1])
        return Span(start.start, end.end, weekday=start.weekday)

    def _day(self, row: Row, meaning: str) -> Span | None:
        for column, place in row.of(meaning):
            value = row.cells[place].value
            if not row.cells[place].text:
                return None
            try:
                if value.day is not None:
                    return dates.read_span(f"{value.day:%Y-%m}" if value.month else value.day.isoformat())
                if value.number is not None and row.epoch is not None and value.number > 9999:
                    day = dates.serial(value.number, row.epoch)
                    return Span(day, day)
                return dates.read_span(value.text, column.formats)
            except WrongDate as error:
                raise row.error(str(error), place) from error
        return None

    def _place(self, row: Row) -> tuple[str | None, str | None]:
        for _, place in row.of("place"):
            if text := row.cells[place].text:
                try:
                    return self._places.printed(text)
                except WrongName as error:
                    raise row.error(str(error), place) from error
        return self._places.default, None

    # --- YAML

    def _common(self) -> dict[str, str]:
        """What all reports have in common, as YAML; names are looked up once."""
        settings = self._mapping.settings
        frame = dict[str, str]()
        for key in ("language", "publisher", "published", "url"):
            if key in settings:
                frame[key] = flow(settings[key])
        recorded = settings["recorded"]
        with_ = f"etappe {__version__}, table {self._file}, mapping {PurePath(self._mapping.source).name}"
        frame["recorded"] = flow({**recorded, "with": with_})
        campaign = settings.get("campaign")
        if isinstance(campaign, str):
            self._expect("campaign", campaign)
        if isinstance(settings["publisher"], str):
            self._expect("organization", settings["publisher"])
        if campaign:
            frame["campaign"] = flow(campaign)
        return frame

    def _expect(self, kind: str, name: str) -> None:
        try:
            found = self._known.id(kind, name)
        except WrongName as error:
            raise TableError(str(error), file=self._mapping.source) from error
        if found is None:
            raise TableError(
                f"names the {kind} {name!r}, unknown to the registry; write it with 'id' and 'name', or add it "
                "to the registry",
                file=self._mapping.source,
            )

    def _told(self, meetings: list[_Meeting]) -> Iterator[tuple[str, str] | EtappeError]:
        if not meetings:
            return
        try:
            text = SourceText([row for meeting in meetings for row in meeting.rows], self._mapping.title)
            notes = list[Note]()
            told = self._report(meetings, text, notes)
        except TableError as error:
            if error.row is None:  # about the table: said once
                if self._unnamed:
                    return
                self._unnamed = True
            yield error
            return
        yield from notes
        yield told

    def _report(self, meetings: list[_Meeting], text: SourceText, notes: list[Note]) -> tuple[str, str]:
        identifier = self._identifier(meetings)
        sections: dict[str, dict[str, str]] = {
            "people": {},
            "organizations": {},
            "groups": {},
            "places": {},
            "topics": {},
        }
        stops = list[str]()
        for number, meeting in enumerate(meetings, 1):
            stop = identifier if len(meetings) == 1 else f"{identifier}-{number}"
            stops.extend(self._stop(stop, meeting, text, sections, notes))
        name, first = self._name(meetings[0]), meetings[0].rows[0]
        if len(meetings) > 1:
            name = self._mapping.title or self._file
        when = first.cells[first.of("date")[0][1]].value.text
        out = [f"report: {identifier}\n", f"title: {scalar(f'{name} ({when})')}\n"]
        out += [f"{key}: {value}\n" for key, value in self._frame.items() if key != "campaign"]
        out.append(text.block())
        for section, entries in sections.items():
            if entries:
                out.append(f"{section}:\n")
                out += [f"  {key}: {entry}\n" for key, entry in entries.items()]
        out.append("stops:\n")
        out += stops
        return identifier, "".join(out)

    def _identifier(self, meetings: list[_Meeting]) -> str:
        """An id that stays the same when rows are put in before: table, day, and digest of what the cells say."""
        told = "\n".join(
            "\t".join(cell.value.text for cell in row.cells) for meeting in meetings for row in meeting.rows
        )
        mark = hashlib.sha256(f"{meetings[0].rows[0].file}\n{told}".encode()).hexdigest()[:10]
        identifier = f"{self._id}-{meetings[0].span.start.isoformat()}-{mark}"
        count = self._given[identifier] = self._given.get(identifier, 0) + 1
        return identifier if count == 1 else f"{identifier}-{count}"

    def _name(self, meeting: _Meeting) -> str:
        return meeting.event or meeting.purpose or self._mapping.event

    def _stop(
        self, stop: str, meeting: _Meeting, text: SourceText, sections: dict[str, dict[str, str]], notes: list[Note]
    ) -> list[str]:
        out = [f"  {stop}:\n", f"    name: {scalar(self._name(meeting))}\n"]
        if "campaign" in self._frame:
            out.append(f"    campaign: {self._frame['campaign']}\n")
        if meeting.place is not None:
            out.append(f"    place: {scalar(meeting.place)}\n")
            if meeting.place_entry is not None:
                sections["places"][meeting.place] = meeting.place_entry
        out.append(f"    date: {_date(meeting.span)}\n")
        if meeting.span.weekday and not meeting.span.month:
            out.append(f"    weekday: {meeting.span.weekday}\n")
        if not self._mapping.held:
            out.append("    status: scheduled\n")
        if meeting.purpose:
            topic = self._attendance.new_topic(meeting.purpose)
            sections["topics"][topic] = f"{{name: {scalar(meeting.purpose)}}}"
            out.append(f"    about: {scalar(topic)}\n")
        quotes = self._quotes(meeting.rows[0], text)
        out.append(f"    certainty: stated\n    quote: [{', '.join(quotes)}]\n")
        listed = self._attendance.of(meeting.rows, text, sections, notes)
        if listed:
            out.append("    present:\n" if self._mapping.held else "    announced:\n")
            out += [f"      - {entry}\n" for entry in listed]
        return out

    def _quotes(self, row: Row, text: SourceText) -> list[str]:
        """What shows date, place and name of a meeting."""
        found = dict[str, None]()
        for meaning in ("date", "end", "place", "event", "purpose"):
            for _, place in row.of(meaning):
                if row.cells[place].text:
                    found[text.cell(row, place)] = None
        return list(found)


def _date(span: Span) -> str:
    first, last = span.start.isoformat(), span.end.isoformat()
    if span.month:
        return f"{{not before: {first}, not after: {last}, basis: inferred}}"
    return first if first == last else f"{first}/{last}"


def flow(value: Any) -> str:
    """A value of the mapping as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(clean(str(value)))
