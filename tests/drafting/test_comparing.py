"""What a reviewer did to a draft is counted by kind of fact."""

from __future__ import annotations

from drafting.texts import tour
from etappe.drafting.comparing import KINDS, Comparison, Row, compare, together
from etappe.drafting.draft import draft_of
from etappe.registry import Registry

DRAFT = draft_of(tour(), report_id="halt", source_name="halt.txt", registry=Registry())


def changed(*pairs: tuple[str, str]) -> str:
    yaml = DRAFT
    for old, new in pairs:
        assert old in yaml, old
        yaml = yaml.replace(old, new)
    return yaml


def row(comparison: Comparison, kind: str) -> Row:
    return next(row for row in comparison.rows if row.kind == kind)


def test_nothing_changed() -> None:
    found = compare(DRAFT, DRAFT)
    assert [row.kind for row in found.rows] == list(KINDS)
    assert all(row.kept == row.proposed > 0 for row in found.rows)
    assert found.total.precision == found.total.recall == 1.0
    assert found.differences == ()


def test_a_changed_date_a_removed_person_and_an_added_one() -> None:
    removed = """      - who: tilda-sommer  # ? role
        certainty: depicted
        quote: im Gespräch mit Tilda Sommer
        # ? at which programme item of 2017-07-28
"""
    added = "people:\n  ole-ahrens: {name: Ole Ahrens}\n"
    reviewed = changed(("    date: 2017-08-03\n", "    date: 2017-08-04\n"), (removed, ""), ("people:\n", added))
    found = compare(DRAFT, reviewed)
    assert row(found, "dates").changed == 2  # the stop and its item
    presence = row(found, "presence")
    assert (presence.proposed, presence.kept, presence.removed) == (5, 4, 1)
    assert presence.precision == 0.8
    assert presence.recall == 1.0
    assert row(found, "people").added == 1
    dates = {difference.subject for difference in found.differences if difference.kind == "dates"}
    assert dates == {"stop wismar-2017-08-03", "item termin-in-wismar"}


def test_moving_somebody_to_another_list_is_a_change() -> None:
    found = compare(
        DRAFT, changed(("        announced:\n          - who: frauke", "        present:\n          - who: frauke"))
    )
    assert row(found, "presence").changed == 1


def test_a_person_replaced_by_that_of_the_registry_is_kept() -> None:
    draft = changed(("enno-brandt", "enno-brandt-halt"))
    entry = draft[draft.index("  enno-brandt-halt:\n") : draft.index("  tilda-sommer:\n")]
    reviewed = draft.replace(entry, "").replace("enno-brandt-halt", "enno-brandt")
    found = compare(draft, reviewed)
    people = row(found, "people")
    assert people.kept == people.proposed
    assert row(found, "presence").kept == row(found, "presence").proposed
    assert row(found, "photos").kept == 1


def test_several_reports_together_and_as_a_table() -> None:
    found = together([compare(DRAFT, DRAFT), compare(DRAFT, changed(("rights: unknown", "rights: rights-granted")))])
    assert (row(found, "photos").kept, row(found, "photos").changed) == (1, 1)
    table = found.table()
    assert len({len(cells) for cells in table}) == 1
    assert table[0][0] == "fact"
    assert table[-1][0] == "all"


def test_a_kind_without_facts_has_no_shares() -> None:
    small = "report: a\nstops:\n  s: {name: S, date: 2020-05-01}\n"
    assert row(compare(small, small), "photos").cells()[-2:] == ("–", "–")
