"""Sums over attendance that are heavy in SPARQL: who shared most, and how many people each organization met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etappe.network.attendance import ALL, Attendance, Numbers, Selection

_PERSON, _ITEM, _STOP, _DAY = 0, 1, 2, 3
#: The proleptic ordinal of 1970-01-01, and bits of a positive 64-bit number.
_EPOCH, _WORD = date(1970, 1, 1).toordinal(), 63
Column = NDArray[Any]


@dataclass(frozen=True)
class Shared:
    """Pairs that share items, and how much.

    Attributes:
        rows: one, other, item, stop; the rows of a pair stand together.
        start: where each pair begins in ``rows``, and the number of rows at the end.
        stops, items: distinct ones, for each pair.
    """

    rows: Numbers
    start: NDArray[np.int64]
    stops: NDArray[np.int64]
    items: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.stops)

    @property
    def pairs(self) -> Numbers:
        """One and other of each pair."""
        return self.rows[self.start[:-1], :2]


def people_with_people(attendance: Attendance, selection: Selection = ALL) -> Shared:
    """People who were present at the same items. At the same stop without a common item is no meeting."""
    return _shared(np.column_stack(_pairs(attendance, selection)))


def people_with(attendance: Attendance, others: Numbers, selection: Selection = ALL) -> Shared:
    """People and what items where they were present are about.

    Args:
        others: rows that begin with the other and the item, such as ``attendance.visit`` and ``attendance.topic``.
    """
    rows, which, count = _joined(attendance, selection, others)
    return _shared(
        np.column_stack((rows[which, _PERSON], np.repeat(others[:, 0], count), rows[which, _ITEM], rows[which, _STOP]))
    )


def most_shared(attendance: Attendance, selection: Selection = ALL, *, most: int = 20) -> list[tuple[str, str, int]]:
    """The pairs of people with most distinct stops in common: one, other, stops; the lesser IRI comes first."""
    one, other, _, stop = _pairs(attendance, selection)
    one, other, _ = _distinct(one, other, stop)
    first = _starts(one, other)
    stops = np.diff(first)
    enough = np.cumsum(np.bincount(stops)[::-1]) >= most  # pairs with so many stops or more
    least = len(enough) - 1 - int(np.argmax(enough)) if enough.any() else 0
    kept = np.flatnonzero(stops >= least)
    terms = attendance.terms
    found = [
        (*sorted((terms[a], terms[b])), number)
        for a, b, number in zip(
            one[first[kept]].tolist(), other[first[kept]].tolist(), stops[kept].tolist(), strict=True
        )
    ]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))[:most]


def people_by_organization(attendance: Attendance, selection: Selection = ALL) -> list[tuple[str, int, int]]:
    """How many people each organization met at items where it was visited: organization, year, distinct people."""
    visits = selection.of(attendance, attendance.visit)
    rows, which, count = _joined(attendance, selection, visits)
    # A day of 0 is none, and its year is no year.
    years = (rows[which, _DAY] - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    organization, year, _ = _distinct(np.repeat(visits[:, 0], count), np.maximum(years, 0), rows[which, _PERSON])
    first = _starts(organization, year)
    kept = np.flatnonzero(year[first[:-1]] > 0)
    groups = (organization[first[kept]].tolist(), year[first[kept]].tolist(), np.diff(first)[kept].tolist())
    terms = attendance.terms
    return [(terms[place], when, number) for place, when, number in zip(*groups, strict=True)]


def _pairs(attendance: Attendance, selection: Selection) -> tuple[Column, Column, Column, Column]:
    """One, other, item, stop: who was where with whom."""
    rows = selection.of(attendance, attendance.presence)
    rows = rows[rows[:, _ITEM] != rows[:, _STOP]]
    item, person, stop = _distinct(rows[:, _ITEM], rows[:, _PERSON], rows[:, _STOP])
    none = np.empty(0, dtype=item.dtype)
    found = [(none, none, none, none)]
    distance = 1
    while len(item) > distance and (same := item[:-distance] == item[distance:]).any():
        found.append(
            (person[:-distance][same], person[distance:][same], item[:-distance][same], stop[:-distance][same])
        )
        distance += 1
    one, other, where, at = (np.concatenate(column) for column in zip(*found, strict=True))
    different = one != other  # an item that two reports put at different stops
    return one[different], other[different], where[different], at[different]


def _distinct(*columns: Column) -> tuple[Column, ...]:
    """The distinct rows of some columns, sorted."""
    bits = [int(column.max()).bit_length() if len(column) else 0 for column in columns]
    if sum(bits) > _WORD:
        rows = np.unique(np.column_stack(columns), axis=0)
        return tuple(rows.T)
    packed = np.zeros(len(columns[0]), dtype=np.int64)
    for column, width in zip(columns, bits, strict=True):
        packed = (packed << width) | column
    packed.sort()
    packed = packed[np.append(True, packed[1:] != packed[:-1])[: len(packed)]]
    found = []
    for width in reversed(bits):
        found.append(packed & ((1 << width) - 1))
        packed >>= width
    return tuple(reversed(found))


def _starts(*columns: Column) -> Column:
    """Where the groups of sorted columns begin, and the number of rows at the end."""
    changes = np.zeros(max(len(columns[0]) - 1, 0), dtype=bool)
    for column in columns:
        changes |= column[1:] != column[:-1]
    inner = np.flatnonzero(changes) + 1
    return np.concatenate(([0], inner, [len(columns[0])])) if len(columns[0]) else np.zeros(1, dtype=np.int64)


def _joined(
    attendance: Attendance, selection: Selection, others: Numbers
) -> tuple[Numbers, NDArray[np.int64], NDArray[np.int64]]:
    """Presence, the places in it that each row of ``others`` shares its item with, and how many of them each has."""
    rows = selection.of(attendance, attendance.presence)
    there = np.bincount(rows[:, _ITEM], minlength=len(attendance.terms))
    count = there[others[:, 1]]
    first = (np.cumsum(there) - there)[others[:, 1]]
    which = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())
    return rows, np.argsort(rows[:, _ITEM], kind="stable")[which], count


def _shared(rows: Column) -> Shared:
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))].astype(np.int32)
    start = _starts(rows[:, 0], rows[:, 1])
    pair = np.repeat(np.arange(len(start) - 1), np.diff(start))

    def number(values: Numbers) -> Column:
        return np.diff(_starts(_distinct(pair, values)[0]))

    return Shared(rows, start, number(rows[:, 3]), number(rows[:, 2]))
