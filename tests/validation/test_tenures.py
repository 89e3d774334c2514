"""C23 on each form of a tenure and each kind of day: what is possible is no fault, and what is impossible is one."""

from __future__ import annotations

import pytest

from tenure_forms import DAYS, OUT, TENURES
from validation.cases import MUSTER_TENURE, TALK, day
from validation.support import Case, Pairs, outcome_of

HOLDER = "post: digitalminister-musterland"
PREDECESSOR = ", from: 2013-03-01, until: 2017-03-01"
AFFILIATION = "people:\n  mara-muster: {{affiliation: {{{}}}}}\n"


def codes(registry: Pairs, on: str, edit: Pairs = ()) -> set[str]:
    """The codes of C23 and C23w that are found when the talk is on that day."""
    case = Case(
        "tenure",
        registry=registry,
        edit=edit,
        drop=(f"{TALK} schema:startDate",),
        add=f"{TALK} schema:startDate {day(on)} .",
    )
    return {finding.code for finding in outcome_of(case).findings} & {"C23", "C23w"}


def registry_of(form: tuple[str, ...], *, predecessor: bool) -> Pairs:
    own = (MUSTER_TENURE, ", ".join((HOLDER, *form)) + "}")
    return (own,) if predecessor else ((PREDECESSOR, ""), own)


@pytest.mark.parametrize("form", TENURES, ids=lambda form: ", ".join(form) or "no dates")
@pytest.mark.parametrize("predecessor", [True, False], ids=["with predecessor", "alone"])
def test_only_impossible_days_are_faults(form: tuple[str, ...], predecessor: bool) -> None:
    registry = registry_of(form, predecessor=predecessor)
    known = set() if form or predecessor else {"C23w"}
    found = {on: codes(registry, on) for on in DAYS}
    assert found == {on: {"C23"} if letter == OUT else known for on, letter in zip(DAYS, TENURES[form], strict=True)}


@pytest.mark.parametrize(
    "more",
    [
        "",
        ", on: 2018-05-14",
        ", on: {not before: 2018-05-13, not after: 2018-05-15}",
        ", certainty: stated, quote: Mara Muster",
    ],
)
def test_a_report_does_not_confirm_itself(more: str) -> None:
    affiliation = AFFILIATION.format(HOLDER + more)
    late = registry_of(("from: 2019-01-01",), predecessor=True)
    assert codes(late, "2018-05-14", (("people:\n", affiliation),)) == {"C23"}
    unknown = registry_of((), predecessor=False)
    assert codes(unknown, "2018-05-14", (("people:\n", affiliation),)) == {"C23w"}
