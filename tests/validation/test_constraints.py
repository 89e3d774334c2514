"""Each constraint finds what it is there for and leaves alone what only looks like it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from etappe.model import Profile, Severity
from etappe.namespaces import compact
from etappe.validation.shapes import catalogue
from validation.cases import BAD, GOOD, day
from validation.support import Case, outcome_of

CODES = {f"C{number:02}" for number in range(1, 45)} | {"C14b", "C23w", "C33b", "C36w"}
WARNINGS = {"C09", "C12", "C18", "C19", "C22", "C23w", "C25", "C27", "C33b", "C35", "C36w", "C43"}


def _params(table: dict[str, list[Case]]) -> list[object]:
    return [pytest.param(code, case, id=f"{code}-{case.name}") for code, cases in table.items() for case in cases]


def test_the_good_report_has_no_finding_at_all() -> None:
    assert outcome_of(Case("good")).findings == ()


@pytest.mark.parametrize(("code", "case"), _params(BAD))
def test_fault_is_found_and_told(code: str, case: Case) -> None:
    found = [finding for finding in outcome_of(case).findings if finding.code == code]
    assert found, [finding.code for finding in outcome_of(case).findings]
    assert {finding.severity for finding in found} == {Severity.WARNING if code in WARNINGS else Severity.VIOLATION}
    for language in ("de", "en"):
        texts = [finding.messages[language] for finding in found]
        assert any(case.words(language).casefold() in text.casefold() for text in texts), texts
        assert not [text for text in texts if "{" in text]
    for finding in found:
        assert finding.focus is not None
        assert finding.component is not None


@pytest.mark.parametrize(("code", "case"), _params(GOOD))
def test_near_miss_is_no_fault(code: str, case: Case) -> None:
    assert code not in {finding.code for finding in outcome_of(case).findings}


def test_no_constraint_lacks_a_case() -> None:
    assert set(BAD) == CODES == {shape.code for shape in catalogue().values()}
    assert set(GOOD) <= CODES
    assert all(BAD.values())


def test_every_shape_has_a_case_that_it_catches() -> None:
    fired = {finding.shape for cases in BAD.values() for case in cases for finding in outcome_of(case).findings}
    assert not [iri for iri in fired if iri and catalogue().get(iri) and catalogue()[iri].only_gathers]
    silent = {compact(iri) for iri, shape in catalogue().items() if iri not in fired and not shape.only_gathers}
    assert silent == set()


@pytest.mark.parametrize(
    ("case", "code", "in_a_draft"),
    [
        (BAD["C01"][0], "C01", Severity.WARNING),
        (BAD["C01"][2], "C01", Severity.VIOLATION),
        (BAD["C06"][0], "C06", Severity.WARNING),
        (BAD["C06"][1], "C06", Severity.VIOLATION),
        (BAD["C20"][1], "C20", Severity.WARNING),
        (BAD["C30"][2], "C30", Severity.WARNING),
        (BAD["C28"][0], "C28", Severity.VIOLATION),
        (BAD["C04"][0], "C04", Severity.VIOLATION),
        (BAD["C18"][0], "C18", Severity.WARNING),
    ],
    ids=lambda value: value.name if isinstance(value, Case | Severity) else value,
)
def test_in_a_draft_only_missing_facts_are_forgiven(case: Case, code: str, in_a_draft: Severity) -> None:
    outcome = outcome_of(case, Profile.DRAFT)
    assert {finding.severity for finding in outcome.findings if finding.code == code} == {in_a_draft}
    assert outcome.profile is Profile.DRAFT


def test_weekdays_are_right_in_every_year() -> None:
    """C15 computes weekdays in SPARQL; Python's calendar has the last word, leap years and centuries included."""
    generator = random.Random(1582)
    days = [date(1900, 1, 1) + timedelta(generator.randrange(73_000)) for _ in range(40)]
    days += [
        date(1900, 2, 28),
        date(1900, 3, 1),
        date(2000, 2, 29),
        date(2000, 3, 1),
        date(2100, 1, 31),
        date(2018, 1, 1),
    ]
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    def items(shift: int) -> str:
        return " ".join(
            f'<item/probe.d{number}> a et:ProgrammeItem ; skos:prefLabel "D"@de ; schema:startDate {day(str(that))} ; '
            f"et:reportedWeekday etv:{names[(that.weekday() + shift) % 7]} ."
            for number, that in enumerate(days)
        )

    right = outcome_of(Case("right", add=items(0)))
    wrong = outcome_of(Case("wrong", add=items(1)))
    assert [finding for finding in right.findings if finding.code == "C15"] == []
    assert len([finding for finding in wrong.findings if finding.code == "C15"]) == len(days)
