"""Lists of people in office to a registry document in the short form (YAML-LD): people, posts, tenures.

A tenure says of which days it is certain (``from``, ``until``) and which are possible (``not before``, ``not after``):
“2016 to 2018” is certain from 31 December 2016 until 1 January 2018. What cannot be taken is told by row and column;
the other rows go on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any

from pyoxigraph import Literal, NamedNode

from etappe import vocabulary
from etappe.errors import EtappeError
from etappe.model import DEFAULT_BASE, Source
from etappe.namespaces import ET, ORG, SCHEMA
from etappe.reading.values import slug
from etappe.registry import Registry
from etappe.tables import dates
from etappe.tables.dates import WrongDate
from etappe.tables.names import Known, WrongName
from etappe.tables.office_holders_mapping import HolderMapping, document_id, known_headings, read_holder_mapping
from etappe.tables.reports import flow
from etappe.tables.rows import Row, rows
from etappe.tables.texts import scalar

__all__ = ["HolderMapping", "read_holder_mapping", "registry_from"]

_YEAR = re.compile(r"\d{4}")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T[\d:.]+Z?")
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q\d+)")
# Offices for a woman, a man, or both are one post.
_FEMALE = re.compile(
    r"\b(\w*(?:minister|sekretär|senator|präsident|meister|kanzler|rat))(?:in|/in|/-in|:in|\*in)\b", re.I
)
_MOST = date.max


@dataclass(frozen=True, slots=True)
class _Bound:
    """The first or the last day of a tenure: earliest and latest day that it may be."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class _Held:
    """One row: who held which post, and when."""

    row: Row
    name: str
    id: str | None
    post: str
    start: _Bound | None
    end: _Bound | None

    @property
    def first(self) -> date:
        """The first day that is possible."""
        return self.start.earliest if self.start else date.min

    @property
    def last(self) -> date:
        """The last day that is possible."""
        return self.end.latest if self.end else _MOST

    def overlaps(self, other: _Held) -> bool:
        """Whether they certainly share a day, other than one on which one ends and the other begins."""
        first = max(bound.latest if bound else date.min for bound in (self.start, other.start))
        last = min(bound.earliest if bound else _MOST for bound in (self.end, other.end))
        return first < last


def registry_from(
    source: Source,
    mapping: HolderMapping | None = None,
    registry: Registry | None = None,
    base: str = DEFAULT_BASE,
    *,
    told: Callable[[EtappeError], None] | None = None,
) -> str:
    """The registry document that a list of office holders makes, as YAML text.

    Args:
        source: a CSV file or an XLSX workbook.
        mapping: what its columns mean; nothing where the headings are known ones (``HEADINGS``).
        registry: where posts are looked up, and people who are known already.
        told: called with an error for each row that could not be taken, and with a ``Note`` for what else a reader
            should know.

    Raises:
        TableError: not a single row could be taken.
    """
    how = mapping or known_headings(source.name)
    maker = _Maker(source, how, registry or Registry(), base, told or (lambda _: None))
    return maker.document(rows(source, how.table))


class _Maker:
    """One list on its way to a registry document."""

    def __init__(
        self, source: Source, mapping: HolderMapping, registry: Registry, base: str, told: Callable[[EtappeError], None]
    ) -> None:
        self._source, self._mapping, self._registry, self._base, self._told = source, mapping, registry, base, told
        self._known = Known(registry, base)
        self._file = PurePath(source.name).name
        self._new_posts = dict[str, dict[str, Any]]()
        self._by_key = dict[str, set[str]]()  # names of posts without regard to sex
        self._posts = list[str]()
        self._facts: dict[str, dict[NamedNode, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )  # of posts and tenures
        self._same: dict[str, set[str]] = defaultdict(set)  # numbers of Wikidata of people
        self._learn(registry)
        self._tenures_of: dict[tuple[str, str], list[str]] = defaultdict(list)
        for tenure, facts in sorted(self._facts.items()):
            for who in facts[ORG.member]:
                for post in facts[ET.post]:
                    self._tenures_of[who, post].append(tenure)

    def _learn(self, registry: Registry) -> None:
        """What the registry says of posts and tenures, and which numbers its people have."""
        start = f"{self._base}/id/"
        for triple in registry.triples():
            name = triple.subject.value.removeprefix(start) if isinstance(triple.subject, NamedNode) else ""
            kind, value = name.partition("/")[0], triple.object
            if kind == "post" and isinstance(value, Literal):
                self._by_key.setdefault(_post_key(value.value), set()).add(name.removeprefix("post/"))
                self._posts.append(value.value)
            elif kind in ("post", "tenure") and isinstance(value, NamedNode | Literal):
                self._facts[name][triple.predicate].add(value.value)
            elif kind == "person" and triple.predicate == SCHEMA.sameAs and isinstance(value, NamedNode):
                match = _WIKIDATA.fullmatch(value.value)
                self._same[match[1] if match else ""].add(name.removeprefix("person/"))

    def document(self, listed: Iterable[Row | EtappeError]) -> str:
        """The whole document."""
        failed: EtappeError | None = None
        taken = list[_Held]()
        for row in listed:
            if isinstance(row, EtappeError):
                failed = failed or (row if row.exit_code else None)
                self._told(row)
                continue
            try:
                if (held := self._held(row)) is not None:
                    taken.append(held)
            except EtappeError as error:
                failed = failed or (error if error.exit_code else None)
                self._told(error)
        taken = self._single(taken)
        people = self._people(taken)
        entries = self._tenures(people)
        if not entries and failed is not None:
            raise failed
        return self._text(people, entries)

    # --- what a row says

    def _held(self, row: Row) -> _Held | None:
        kind = self._cell(row, "type")
        if self._mapping.types and kind and vocabulary.key(kind) not in self._mapping.types:
            raise row.note(f"is of the type {kind!r}, which the mapping leaves out")
        name, printed = self._needed(row, "person"), self._needed(row, "post")
        start, end = self._bound(row, "start"), self._bound(row, "end")
        if start and end and end.latest < start.earliest:
            raise row.error(
                f"ends on {self._cell(row, 'end')}, before it begins on {self._cell(row, 'start')}; correct one",
                self._place(row, "end"),
            )
        if start is None and end is None:
            raise row.error(
                "says neither when it began nor when it ended; give at least one", self._place(row, "start")
            )
        if start is None:
            self._told(row.note("has no start; the tenure confirms no day", self._place(row, "start")))
        return _Held(row, name, self._cell(row, "id") or None, self._post(row, printed), start, end)

    def _place(self, row: Row, meaning: str) -> int | None:
        return next((place for _, place in row.of(meaning)), None)

    def _cell(self, row: Row, meaning: str) -> str:
        place = self._place(row, meaning)
        return row.cells[place].text if place is not None else ""

    def _needed(self, row: Row, meaning: str) -> str:
        text = self._cell(row, meaning)
        if not text:
            raise row.error(f"is empty; a tenure needs a {meaning}", self._place(row, meaning))
        return text

    def _bound(self, row: Row, meaning: str) -> _Bound | None:
        for column, place in row.of(meaning):
            value = row.cells[place].value
            text = row.cells[place].text
            if not text:
                return None
            try:
                if value.day is not None:
                    return _Bound(value.day, value.day)
                if _YEAR.fullmatch(text):
                    return _whole_year(int(text))
                if value.number is not None and row.epoch is not None and value.number > 9999:
                    day = dates.serial(value.number, row.epoch)
                    return _Bound(day, day)
                span = dates.read_span(_INSTANT.sub(r"\1", text), column.formats)
            except WrongDate as error:
                raise row.error(str(error), place) from error
            if span.start != span.end and not span.month:
                raise row.error(f"{text!r} is a range of days; give one day, a month or a year", place)
            if span.month and span.end != _end_of_month(span.start):
                raise row.error(f"{text!r} spans several months; give one day, a month or a year", place)
            return _Bound(span.start, span.end)
        return None

    # --- posts

    def _post(self, row: Row, printed: str) -> str:
        place = self._place(row, "post")
        meant = self._mapping.posts.get(vocabulary.key(printed))
        if isinstance(meant, dict):
            self._new_posts[str(meant["id"])] = meant
            return str(meant["id"])
        try:
            found = self._known.id("post", meant or printed)
        except WrongName:
            found = None
        if found is not None:
            return found
        matching = self._matching(row, meant or printed)
        if len(matching) == 1:
            return matching.pop()
        if matching:
            choices = ", ".join(sorted(matching))
            raise row.error(f"{printed!r} may be {choices}; say under 'posts' of the mapping which one", place)
        near = get_close_matches(printed, self._posts, 1, 0.6)
        hint = f"nearest is {near[0]!r}; " if near else ""
        raise row.error(
            f"names the post {printed!r}, unknown to the registry; {hint}add it there, or say under 'posts' of the "
            "mapping what is meant",
            place,
        )

    def _matching(self, row: Row, printed: str) -> set[str]:
        """Posts of that name, or of that role, in the ministry and the area that the row names."""
        found = set(self._by_key.get(_post_key(printed), ()))
        organisation, area = self._cell(row, "organisation"), self._cell(row, "area")
        role = vocabulary.concept("roles", _neutral(printed))
        if not found and role is not None and (organisation or area):
            posts = {
                name.removeprefix("post/"): facts for name, facts in self._facts.items() if name.startswith("post/")
            }
            found = {post for post, facts in posts.items() if role.value in facts[ORG.role]}
            if not organisation and len(found) > 1:  # “Ministerpräsident” of a Land is one, “Minister” is not
                found = {post for post in found if role.value.endswith("minister-president")}
        for text, predicate in ((organisation, ORG.postIn), (area, ET.jurisdiction)):
            if text:
                named = {iri.value for iri in self._registry.named(text)}
                found = {post for post in found if not (said := self._facts[f"post/{post}"][predicate]) or said & named}
        return found

    # --- people

    def _single(self, taken: list[_Held]) -> list[_Held]:
        """Each row once; a person in one post twice only where the times are apart."""
        kept = list[_Held]()
        seen = dict[tuple[object, ...], _Held]()
        by_office: dict[tuple[str, str], list[_Held]] = defaultdict(list)
        for held in taken:
            cells = (held.id, vocabulary.key(held.name), held.post, held.start, held.end)
            if cells in seen:
                self._told(held.row.note(f"says the same as row {seen[cells].row.number}; it was passed over"))
                continue
            seen[cells] = held
            office = by_office[held.id or vocabulary.key(held.name), held.post]
            other = next((other for other in office if other.overlaps(held)), None)
            if other is not None:
                self._told(
                    held.row.error(
                        f"has {held.name!r} in this post while row {other.row.number} has so too; correct the times, "
                        "or give ids if they are two people",
                        self._place(held.row, "person"),
                    )
                )
                continue
            office.append(held)
            kept.append(held)
        return kept

    def _people(self, taken: Sequence[_Held]) -> dict[str, list[_Held]]:
        """The rows of each person, by the id that the registry document gives them."""
        by_name: dict[str, list[_Held]] = defaultdict(list)
        for held in taken:
            by_name[vocabulary.key(held.name)].append(held)
        found = dict[str, list[_Held]]()
        by_id = dict[str, str]()
        for group in by_name.values():
            ids = list(dict.fromkeys(held.id for held in group if held.id))
            for held in self._certain(group, ids):
                key = held.id or (ids[0] if ids else "")
                person = by_id.get(key) if key else None
                if person is None:
                    person = self._person(held, key, alone=len(ids) < 2, taken=found)
                    if key:
                        by_id[key] = person
                found.setdefault(person, []).append(held)
        return found

    def _certain(self, group: Sequence[_Held], ids: Sequence[str]) -> Iterable[_Held]:
        """The rows of one name of which it is clear whom they mean; the others are told."""
        for at, held in enumerate(group):
            if held.id is None and len(ids) > 1:
                told = ", ".join(f"row {other.row.number}" for other in group if other.id)
                self._told(
                    held.row.error(
                        f"{held.name!r} has no id and may be any of several people of that name ({told}); give the id",
                        self._place(held.row, "person"),
                    )
                )
                continue
            other = next(
                (o for o in group[:at] if o.id is None and not ids and o.post != held.post and o.overlaps(held)), None
            )
            if other is not None and held.id is None:
                self._told(
                    held.row.error(
                        f"{held.name!r} is in another post in row {other.row.number} at the same time; say by "
                        "an id in a column of its own whether they are one person",
                        self._place(held.row, "person"),
                    )
                )
                continue
            yield held

    def _person(self, held: _Held, key: str, *, alone: bool, taken: Iterable[str]) -> str:
        name = held.name
        known = sorted(
            iri.value.rsplit("/", 1)[1]
            for iri in self._registry.named(name)
            if iri.value.startswith(f"{self._base}/id/person/")
        )
        qid = _WIKIDATA.fullmatch(key)
        numbered = sorted(self._same[qid[1]]) if qid else []
        if len(numbered) == 1:
            return numbered[0]
        if alone and len(known) == 1 and known[0] not in taken:
            self._told(held.row.note(f"has {name!r}, who was taken for person/{known[0]} of the registry"))
            return known[0]
        start = slug(name)
        if not alone or known:  # the id tells them apart, and stays the same when rows are added
            start = f"{start}-{slug(qid[1] if qid else key)[:8].strip('-')}" if key else f"{start}-2"
        chosen, number = start, 2
        while chosen in taken or self._known.taken("person", chosen):
            chosen, number = f"{start}-{number}", number + 1
        return chosen

    # --- the document

    def _tenures(self, people: dict[str, list[_Held]]) -> dict[str, str]:
        found = dict[str, str]()
        for person, several in people.items():
            for held in several:
                known = self._known_tenure(person, held)
                if known is not None:
                    self._told(held.row.note(f"is in the registry already as {known}; it was passed over"))
                    continue
                start = f"{person}-{held.post}"[:90].strip("-.")
                chosen, number = start, 2
                while chosen in found or self._known.taken("tenure", chosen):
                    chosen, number = f"{start}-{number}", number + 1
                found[chosen] = self._tenure(person, held)
        return found

    def _known_tenure(self, person: str, held: _Held) -> str | None:
        """The tenure of the registry that has this person in this post at a time that overlaps."""
        start = f"{self._base}/id/"
        for tenure in self._tenures_of.get((f"{start}person/{person}", f"{start}post/{held.post}"), ()):
            facts = self._facts[tenure]
            first = min(facts[SCHEMA.startDate] | facts[ET.notBefore], default="0001-01-01")
            last = max(facts[SCHEMA.endDate] | facts[ET.notAfter], default="9999-12-31")
            if first <= held.last.isoformat() and held.first.isoformat() <= last:
                return tenure
        return None

    def _tenure(self, person: str, held: _Held) -> str:
        parts = [f"who: {scalar(person)}", f"post: {scalar(held.post)}", *_times(held)]
        return f"{{{', '.join([*parts, f'source: {self._origin(held.row)}'])}}}"

    def _origin(self, row: Row) -> str:
        where = f"{row.file}, row {row.number}"
        return scalar(f"{self._mapping.source}; {where}" if self._mapping.source else where)

    def _text(self, people: dict[str, list[_Held]], tenures: dict[str, str]) -> str:
        mapping = self._mapping
        out = [f"registry: {document_id(mapping, self._file)}\n"]
        out.append(f"title: {scalar(mapping.title or f'People in office: {self._file}')}\n")
        out.append(f"language: {scalar(mapping.language)}\n")
        if mapping.license:
            out.append(f"license: {scalar(mapping.license)}\n")
        out.append(f"source: {scalar(mapping.source or self._file)}\n")
        used = {person for person in people if any(f'who: "{person}",' in entry for entry in tenures.values())}
        new = {person: held for person, held in people.items() if person in used and not self._is_known(person)}
        if new:
            out.append("people:\n")
            out += [f"  {person}: {self._described(held)}\n" for person, held in sorted(new.items())]
        posts = {
            post: data
            for post, data in self._new_posts.items()
            if any(f'post: "{post}",' in e for e in tenures.values())
        }
        if posts:
            out.append("posts:\n")
            for post, data in sorted(posts.items()):
                said = {"source": mapping.source or self._file} | {k: v for k, v in data.items() if k != "id"}
                out.append(f"  {post}: {flow(said)}\n")
        if tenures:
            out.append("tenures:\n")
            out += [f"  {tenure}: {entry}\n" for tenure, entry in tenures.items()]
        return "".join(out)

    def _is_known(self, person: str) -> bool:
        return self._known.taken("person", person)

    def _described(self, several: Sequence[_Held]) -> str:
        first = several[0]
        parts = [f"name: {scalar(first.name)}"]
        others = list(dict.fromkeys(held.name for held in several if held.name != first.name))
        if others:
            parts.append(f"also called: [{', '.join(map(scalar, others))}]")
        numbers = {match[1] for held in several if held.id and (match := _WIKIDATA.fullmatch(held.id))}
        parts += [f"same as: {scalar(f'https://www.wikidata.org/entity/{number}')}" for number in sorted(numbers)]
        return f"{{{', '.join([*parts, f'source: {self._origin(first.row)}'])}}}"


def _times(held: _Held) -> list[str]:
    """The keys for the certain days, and for the possible ones where they are more."""
    start, end = held.start, held.end
    latest_start = start.latest if start else None
    earliest_end = end.earliest if end else None
    if latest_start and end:
        latest_start = min(latest_start, end.latest)
    if earliest_end and start:
        earliest_end = max(earliest_end, start.earliest)
    if latest_start and earliest_end and latest_start > earliest_end:  # no day is certain
        latest_start = earliest_end = None
    found = list[str]()
    if latest_start:
        found.append(f"from: {latest_start}")
    if earliest_end:
        found.append(f"until: {earliest_end}")
    if start and start.earliest != latest_start:
        found.append(f"not before: {start.earliest}")
    if end and end.latest != earliest_end:
        found.append(f"not after: {end.latest}")
    return found


def _whole_year(year: int) -> _Bound:
    if not 1900 <= year <= 2100:
        raise WrongDate(f"'{year}' lies outside of the years 1900 to 2100; correct it")
    return _Bound(date(year, 1, 1), date(year, 12, 31))


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _neutral(printed: str) -> str:
    return _FEMALE.sub(r"\1", printed)


def _post_key(printed: str) -> str:
    return vocabulary.key(_neutral(printed))
