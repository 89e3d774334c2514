"""Sums over attendance against counting by hand, on attendance that Hypothesis makes up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etappe.network import Attendance, Selection, most_shared, people_by_organization

TERMS = ["", *(f"a:person/{n}" for n in range(6)), *(f"a:item/{n}" for n in range(5)), "a:stop/0", "a:stop/1", "a:o/0"]
PEOPLE, ITEMS, STOPS, BODY = range(1, 7), range(7, 12), (12, 13), 14
DAYS = [0, *(date(year, 5, 1).toordinal() for year in (1969, 1970, 2024))]

rows = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ITEMS)), max_size=25)


def attendance(where: list[tuple[int, int]], days: list[int]) -> Attendance:
    presence = [(person, item, STOPS[item % 2], days[item % 4], 0, 0) for person, item in where]
    visits = [(BODY, item, STOPS[item % 2], days[item % 4]) for item in ITEMS if item % 3]
    return Attendance(
        np.array(presence, dtype=np.int32).reshape(-1, 6),
        np.array(visits, dtype=np.int32).reshape(-1, 4),
        np.empty((0, 3), dtype=np.int32),
        TERMS,
    )


@given(rows, st.integers(1, 8))
def test_the_pairs_with_most_stops_in_common(where: list[tuple[int, int]], most: int) -> None:
    stops: dict[tuple[str, str], set[int]] = defaultdict(set)
    at: dict[int, set[int]] = defaultdict(set)
    for person, item in where:
        at[item].add(person)
    for item, people in at.items():
        for one, other in combinations(sorted(TERMS[person] for person in people), 2):
            stops[one, other].add(STOPS[item % 2])
    expected = sorted(((*pair, len(shared)) for pair, shared in stops.items()), key=lambda row: (-row[2], *row[:2]))
    assert most_shared(attendance(where, DAYS), most=most) == expected[:most]


@given(rows, st.permutations(DAYS))
def test_people_by_organization_and_year(where: list[tuple[int, int]], days: list[int]) -> None:
    met: dict[tuple[str, int], set[int]] = defaultdict(set)
    for person, item in where:
        if item % 3 and days[item % 4]:
            met[TERMS[BODY], date.fromordinal(days[item % 4]).year].add(person)
    found = people_by_organization(attendance(where, days))
    assert found == sorted((*key, len(people)) for key, people in met.items())


def test_numbers_that_do_not_fit_into_one_word() -> None:
    far = 2**30  # three columns of such numbers have more bits than a word
    terms = defaultdict(str, {far + n: f"a:{n}" for n in range(10)})
    presence = np.array([(far + 1, far + 7, far + 9, 0, 0, 0), (far + 2, far + 7, far + 9, 0, 0, 0)], dtype=np.int32)
    nothing = np.empty((0, 4), dtype=np.int32)
    many = Attendance(presence, nothing, nothing[:, :3], terms)  # type: ignore[arg-type]
    assert most_shared(many) == [("a:1", "a:2", 1)]
    assert most_shared(many, Selection(start=date(2020, 1, 1))) == []
