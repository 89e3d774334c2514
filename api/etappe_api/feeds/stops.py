"""The stops of all tours as calendars and maps need them: one record a stop, whatever number of reports tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from pyoxigraph import Literal, NamedNode

from etappe import gazetteer
from etappe.errors import UsageError
from etappe.gazetteer import LAENDER, Land
from etappe.model import Term
from etappe.namespaces import SCHEMA
from etappe.store import Bindings, Store
from etappe.things import find, labels
from etappe_api.feeds.text import one_line

_PREFIXES = """
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

# One row for each graph that tells of a stop, times the places, tours and states that it gives.
_ACCOUNTS = f"""{_PREFIXES}
SELECT ?stop ?graph ?start ?end ?place ?tour ?status ?admitted WHERE {{
  GRAPH ?graph {{ ?stop a et:Stop }}
  OPTIONAL {{ GRAPH ?graph {{ ?graph prov:generatedAtTime ?admitted }} }}
  OPTIONAL {{ GRAPH ?graph {{ ?stop schema:startDate ?start }} }}
  OPTIONAL {{ GRAPH ?graph {{ ?stop schema:endDate ?end }} }}
  OPTIONAL {{ GRAPH ?graph {{ ?stop schema:location ?place }} }}
  OPTIONAL {{ GRAPH ?graph {{ ?stop schema:superEvent ?tour }} ?tour a et:Tour }}
  OPTIONAL {{ GRAPH ?graph {{ ?stop schema:superEvent*/schema:eventStatus ?status }} }}
}}"""

_KEYS = f"""{_PREFIXES}
SELECT DISTINCT ?place ?key WHERE {{
  ?stop a et:Stop ; schema:location ?place .
  ?place schema:containedInPlace*/skos:notation ?key .
  FILTER(DATATYPE(?key) = et:AGS)
}}"""

_POSITIONS = f"""{_PREFIXES}
SELECT DISTINCT ?place ?latitude ?longitude WHERE {{
  ?stop a et:Stop ; schema:location ?place .
  ?place schema:geo? ?point .
  ?point schema:latitude ?latitude ; schema:longitude ?longitude .
}}"""


class Status(Enum):
    """What became of a stop, in the words of iCalendar (RFC 5545, section 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Position:
    """A point in WGS 84, in degrees. ``source``: ``report`` or ``gazetteer`` (the centre of the municipality)."""

    latitude: float
    longitude: float
    source: str


@dataclass(frozen=True)
class Stop:
    """One stop.

    Attributes:
        iri, label: its name on one line, in the language asked for.
        start, end: first and last day; nothing where no report dates it.
        status: confirmed as soon as one report tells of it as of something that took place.
        place, place_label, municipality: municipality key (AGS), eight digits, where the place lies in exactly one.
        land, position, tour, tour_label: where they are known.
        admitted: when the last report of it was accepted.
    """

    iri: str
    label: str
    start: date | None
    end: date | None
    status: Status
    place: str | None
    place_label: str | None
    municipality: str | None
    land: Land | None
    position: Position | None
    tour: str | None
    tour_label: str | None
    admitted: datetime | None


@dataclass(frozen=True)
class Selection:
    """Which stops are wanted: of a tour (id, name or IRI), between two days (both included), in a Land."""

    tour: str | None = None
    first: date | None = None
    last: date | None = None
    land: Land | None = None

    def includes(self, stop: Stop) -> bool:
        """Whether a stop of the right tour is wanted. Undated stops are, as long as no day is named."""
        if self.land is not None and stop.land != self.land:
            return False
        if self.first is None and self.last is None:
            return True
        if stop.start is None or stop.end is None:
            return False
        return (self.first is None or stop.end >= self.first) and (self.last is None or stop.start <= self.last)


def land_of(text: str) -> Land:
    """The Land of that name, ISO code (``DE-MV``) or key (``13``).

    Raises:
        UsageError: none of the sixteen.
    """
    for land in LAENDER:
        if text.casefold() in (land.name.casefold(), land.iso.casefold(), land.key):
            return land
    raise UsageError(f"{text!r} is no Land; write its name or its code, such as 'Sachsen' or 'DE-SN'")


def read_stops(store: Store, base: str, language: str, selection: Selection | None = None) -> list[Stop]:
    """The wanted stops by day and IRI.

    Raises:
        NotFound, UsageError: the tour is not known, or not only one.
    """
    wanted = selection or Selection()
    tour = find(store, base, wanted.tour, kind="tour").value if wanted.tour else None
    accounts = _accounts(store)
    keys, positions = _keys(store), _positions(store)
    told = [_merged(iri, accounts[iri]) for iri in sorted(accounts)]
    told = [one for one in told if tour is None or one.tour == tour]
    names = labels(store, {NamedNode(iri) for one in told for iri in (one.stop, one.place, one.tour) if iri})
    stops = [_stop(one, names, language, keys, positions) for one in told]
    return sorted(
        (stop for stop in stops if wanted.includes(stop)), key=lambda stop: (stop.start or date.max, stop.iri)
    )


@dataclass(frozen=True)
class _Account:
    """What one graph tells of a stop, or all of them together."""

    stop: str
    start: date | None
    end: date | None
    place: str | None
    tour: str | None
    status: Status
    admitted: datetime | None


_STATES = {
    SCHEMA.EventScheduled: Status.TENTATIVE,
    SCHEMA.EventPostponed: Status.TENTATIVE,
    SCHEMA.EventCancelled: Status.CANCELLED,
    SCHEMA.EventRescheduled: Status.CONFIRMED,  # the days are the new ones
}
#: A report of what took place outweighs one that it was called off, and that one an announcement.
_WEIGHT = {Status.CONFIRMED: 0, Status.CANCELLED: 1, Status.TENTATIVE: 2}


def _accounts(store: Store) -> dict[str, list[_Account]]:
    rows: dict[tuple[str, str], list[Mapping[str, Term | None]]] = {}
    for row in _rows(store, _ACCOUNTS):
        rows.setdefault((_value(row["stop"]) or "", _value(row["graph"]) or ""), []).append(row)
    found: dict[str, list[_Account]] = {}
    for (stop, _), told in sorted(rows.items()):
        states = [_STATES.get(row["status"], Status.CONFIRMED) for row in told if isinstance(row["status"], NamedNode)]
        start = min((day for row in told if (day := _day(row["start"]))), default=None)
        end = max((day for row in told if (day := _day(row["end"]))), default=start)
        found.setdefault(stop, []).append(
            _Account(
                stop,
                start,
                end if start is None or end is None or end >= start else start,
                min((_value(row["place"]) or "" for row in told), default="") or None,
                min((_value(row["tour"]) or "" for row in told), default="") or None,
                next((state for state in (Status.CANCELLED, Status.TENTATIVE) if state in states), Status.CONFIRMED),
                max((at for row in told if (at := _moment(row["admitted"]))), default=None),
            )
        )
    return found


def _merged(stop: str, accounts: list[_Account]) -> _Account:
    """The accounts of several reports as one: the weightiest, among equals the latest, filled up from the others.

    Of what took place each report may tell a part: it began on the first and ended on the last day that any of them
    names. Of announcements the latest holds.
    """
    ranked = sorted(accounts, key=lambda one: -(one.admitted.timestamp() if one.admitted else 0))
    ranked.sort(key=lambda one: _WEIGHT[one.status])
    dated = [one for one in ranked if one.start and one.end and one.status is ranked[0].status]
    dated = dated or [one for one in ranked if one.start and one.end]
    days = dated if ranked[0].status is Status.CONFIRMED else dated[:1]
    return _Account(
        stop,
        min((one.start for one in days if one.start), default=None),
        max((one.end for one in days if one.end), default=None),
        next((one.place for one in ranked if one.place), None),
        next((one.tour for one in ranked if one.tour), None),
        ranked[0].status,
        max((one.admitted for one in ranked if one.admitted), default=None),
    )


def _stop(
    told: _Account,
    names: Mapping[str, Mapping[str, str]],
    language: str,
    keys: Mapping[str, set[str]],
    positions: Mapping[str, Position],
) -> Stop:
    known = keys.get(told.place or "", set())
    municipalities = [key for key in known if len(key) == 8]
    municipality = municipalities[0] if len(municipalities) == 1 else None
    lands = {key[:2] for key in known}
    return Stop(
        told.stop,
        label_of(told.stop, names, language),
        told.start,
        told.end,
        told.status,
        told.place,
        label_of(told.place, names, language) if told.place else None,
        municipality,
        next((land for land in LAENDER if land.key in lands), None) if len(lands) == 1 else None,
        positions.get(told.place or "") or _of_municipality(municipality),
        told.tour,
        label_of(told.tour, names, language) if told.tour else None,
        told.admitted,
    )


def label_of(iri: str, names: Mapping[str, Mapping[str, str]], language: str) -> str:
    """The name in that language, else in German, English or any, on one line; else the end of the IRI."""
    known = names.get(iri, {})
    for tag in (language, "de", "en", "", *known):
        if tag in known:
            return one_line(known[tag])
    return iri.rsplit("/", 1)[-1]


def _keys(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in _rows(store, _KEYS):
        place, key = _value(row["place"]), _value(row["key"])
        if place and key:
            found.setdefault(place, set()).add(key)
    return found


def _positions(store: Store) -> dict[str, Position]:
    """The positions that the data give. Two of them for one place are none."""
    found: dict[str, set[Position]] = {}
    for row in _rows(store, _POSITIONS):
        place, latitude, longitude = _value(row["place"]), _number(row["latitude"]), _number(row["longitude"])
        if place and latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
            found.setdefault(place, set()).add(Position(latitude, longitude, "report"))
    return {place: points.pop() for place, points in found.items() if len(points) == 1}


def _of_municipality(key: str | None) -> Position | None:
    known = gazetteer.by_key(key) if key else None
    return Position(known.latitude, known.longitude, "gazetteer") if known else None


def _rows(store: Store, query: str) -> Iterator[Mapping[str, Term | None]]:
    answer = store.query(query)
    assert isinstance(answer, Bindings)
    return iter(answer)


def _value(term: Term | None) -> str | None:
    return term.value if term is not None else None


def _number(term: Term | None) -> float | None:
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None


def _day(term: Term | None) -> date | None:
    try:
        return date.fromisoformat(term.value[:10]) if isinstance(term, Literal) else None
    except ValueError:  # a year or a month is no day
        return None


def _moment(term: Term | None) -> datetime | None:
    try:
        return datetime.fromisoformat(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None
