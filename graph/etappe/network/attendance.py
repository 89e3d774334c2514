"""Attendance as numbers: one array for each table of the columns, and the IRIs behind the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from etappe.columns import WIDTHS, Columns
from etappe.store import Bindings, Store

Numbers = NDArray[np.int32]
_STOP, _DAY = 2, 3


@dataclass(frozen=True)
class Attendance:
    """Who was where, which organizations were visited, which topics were spoken about.

    Attributes:
        presence: rows of person, item, stop, day (proleptic ordinal, 0 for none), role, post.
        visit: rows of organization, item, stop, day. topic: rows of topic, item, stop.
        terms: IRIs by their number.
    """

    presence: Numbers
    visit: Numbers
    topic: Numbers
    terms: Sequence[str]


@dataclass(frozen=True)
class Selection:
    """Which items count. ``start`` and ``end`` are days, both included; ``stops``: IRIs, all where there are none."""

    start: date | None = None
    end: date | None = None
    stops: frozenset[str] | None = None

    def of(self, attendance: Attendance, table: Numbers) -> Numbers:
        """The rows of ``presence`` or ``visit`` that count. An item without a day is in no period."""
        if self == ALL:
            return table
        keep = np.ones(len(table), dtype=bool)
        if self.start is not None:
            keep &= table[:, _DAY] >= self.start.toordinal()
        if self.end is not None:
            keep &= (table[:, _DAY] <= self.end.toordinal()) & (table[:, _DAY] > 0)
        if self.stops is not None:
            wanted = [number for number, iri in enumerate(attendance.terms) if iri in self.stops]
            keep &= np.isin(table[:, _STOP], wanted)
        return table[keep]


#: Everything counts.
ALL = Selection()


def from_columns(columns: Columns) -> Attendance:
    """The columns of a data folder as arrays."""
    tables = {
        kind: np.asfortranarray(np.frombuffer(columns.blobs(kind), dtype=np.int32).reshape(-1, width))
        for kind, width in WIDTHS.items()
    }
    return Attendance(tables["presence"], tables["visit"], tables["topic"], columns.terms())


_PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX etv: <https://w3id.org/etappe/vocab/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <https://schema.org/>
"""
# What was announced or called off did not take place.
_HELD = """
  FILTER NOT EXISTS {
    GRAPH ?graph { ?where schema:superEvent*/schema:eventStatus ?status }
    FILTER(?status != schema:EventRescheduled)
  }
"""
_PRESENCE = f"""{_PREFIXES}
SELECT DISTINCT ?person ?item ?stop ?day ?role ?post WHERE {{
  ?participation et:presence etv:present ;
    et:certainty ?certainty ;
    cv:hasParticipant ?person .
  FILTER(?certainty IN (etv:stated, etv:depicted))
  ?person a foaf:Person .
  GRAPH ?graph {{ ?where cv:hasParticipation ?participation . ?where schema:superEvent* ?item }}
  {_HELD}
  GRAPH ?graph {{ ?item schema:superEvent* ?stop }}
  ?stop a et:Stop .
  FILTER(?item != ?stop || ?where = ?stop)
  OPTIONAL {{ GRAPH ?graph {{ ?item schema:startDate ?day }} }}
  OPTIONAL {{ ?participation cv:role ?role }}
  OPTIONAL {{ ?participation et:inCapacityOf ?post }}
}}"""
_VISIT = f"""{_PREFIXES}
SELECT DISTINCT ?organization ?where ?stop ?day WHERE {{
  GRAPH ?graph {{ ?where et:visited ?organization ; schema:superEvent* ?stop }}
  ?stop a et:Stop .
  {_HELD}
  OPTIONAL {{ GRAPH ?graph {{ ?where schema:startDate ?day }} }}
}}"""
_TOPIC = f"""{_PREFIXES}
SELECT DISTINCT ?topic ?where ?stop WHERE {{
  GRAPH ?graph {{ ?where schema:about ?topic ; schema:superEvent* ?stop }}
  ?stop a et:Stop .
  {_HELD}
}}"""


def from_store(store: Store) -> Attendance:
    """The same, asked in SPARQL: for stores without columns, such as the service's."""
    terms = [""]
    numbers: dict[str, int] = {"": 0}

    def number(value: object) -> int:
        if isinstance(value, Literal):
            return date.fromisoformat(value.value).toordinal()
        iri = value.value if isinstance(value, NamedNode) else ""
        if iri not in numbers:
            numbers[iri] = len(terms)
            terms.append(iri)
        return numbers[iri]

    def table(kind: str, query: str) -> Numbers:
        found = store.query(query)
        assert isinstance(found, Bindings)
        rows = [[number(value) for value in row] for row in found.rows]
        return np.array(rows, dtype=np.int32).reshape(-1, WIDTHS[kind])

    return Attendance(table("presence", _PRESENCE), table("visit", _VISIT), table("topic", _TOPIC), terms)


def rows_of(table: Numbers, terms: Sequence[str], names: Sequence[str]) -> Iterable[Mapping[str, Any]]:
    """Rows in words, for people and tests: IRIs, and days as dates."""
    for row in table:
        yield {
            name: (date.fromordinal(int(value)) if value else None) if name == "day" else terms[int(value)]
            for name, value in zip(names, row, strict=True)
        }
