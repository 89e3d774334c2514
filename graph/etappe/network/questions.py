"""Questions that are sums over attendance, answered from the columns: the rows that their SPARQL gives, sooner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
from pyoxigraph import Literal, NamedNode

from etappe.namespaces import XSD
from etappe.network.attendance import Attendance, Selection
from etappe.network.sums import people_with_people
from etappe.questions import Question, terms_of
from etappe.store import Bindings, Store

_STOPS = """PREFIX et: <https://w3id.org/etappe/ns#> PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?stop { ?stop a et:Stop ; schema:superEvent* %s }"""


def solutions(
    attendance: Attendance, store: Store, base: str, entry: Question, parameters: Mapping[str, str]
) -> Bindings:
    """The solutions of a question of ``SUMS``.

    Args:
        store: knows what the parameters name, and which stops belong to a tour or campaign.

    Raises:
        UsageError: an unknown or ill-typed parameter.
    """
    return SUMS[entry.id](attendance, store, terms_of(store, base, entry, parameters))


def _pairs_at_several_stops(attendance: Attendance, store: Store, terms: Mapping[str, object]) -> Bindings:
    """CQ33: pairs with two or more distinct stops at which they shared an item whose day is known."""
    shared = people_with_people(attendance, _selection(store, terms))
    several = np.flatnonzero(shared.stops > 1)
    if isinstance(person := terms.get("person"), NamedNode):
        number = attendance.terms.index(person.value) if person.value in attendance.terms else 0
        several = several[(shared.pairs[several] == number).any(axis=1)]
    rows = []
    for place in several.tolist():
        of_pair = shared.rows[shared.start[place] : shared.start[place + 1]]
        one, other = sorted(attendance.terms[number] for number in of_pair[0, :2].tolist())
        items, stops = (
            sorted(attendance.terms[number] for number in np.unique(of_pair[:, column]).tolist()) for column in (2, 3)
        )
        rows.append((-len(stops), one, other, " ".join(stops), " ".join(items)))
    return Bindings(
        ("one", "other", "stops", "where", "basis"),
        tuple(
            (
                NamedNode(one),
                NamedNode(other),
                Literal(str(-count), datatype=XSD.integer),
                Literal(stops),
                Literal(items),
            )
            for count, one, other, stops, items in sorted(rows)
        ),
    )


def _selection(store: Store, terms: Mapping[str, object]) -> Selection:
    stops: frozenset[str] | None = None
    for name in ("tour", "campaign"):
        if name in terms:
            found = store.query(_STOPS % terms[name])
            assert isinstance(found, Bindings)
            here = frozenset(row[0].value for row in found.rows if isinstance(row[0], NamedNode))
            stops = here if stops is None else stops & here
    first, last = (
        date.fromisoformat(term.value) if isinstance(term := terms.get(name), Literal) else None
        for name in ("from", "to")
    )
    return Selection(first or date.min, last, stops)  # from the first day on: an item without a day is no answer


#: The questions that are answered here.
SUMS: Mapping[str, Callable[[Attendance, Store, Mapping[str, object]], Bindings]] = {"CQ33": _pairs_at_several_stops}
