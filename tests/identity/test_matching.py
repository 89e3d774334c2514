from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etappe.errors import UsageError
from etappe.identity.blocking import Blocks, Bounded, Item
from etappe.identity.decisions import Decision, Identity, Kind
from etappe.identity.entities import PROPOSED, Affiliation, Entity
from etappe.identity.matching import propose, propose_among
from etappe.store.oxigraph import OxigraphStore
from identity.support import CALLED, entity, proposals

TWINS = (entity("person/a", "Christina Flore"), entity("person/b", "Christina Flore"))


@pytest.mark.parametrize("kind", [Kind.DIFFERENT, Kind.MERGE])
def test_what_was_decided_is_not_proposed_again(kind):
    assert proposals(*TWINS)
    assert proposals(*TWINS, identity=Identity([Decision(kind, "person/a", "person/b")])) == []


def test_a_decision_about_what_was_merged_counts_for_what_stands_for_it():
    decided = [Decision(Kind.MERGE, "person/x", "person/b"), Decision(Kind.DIFFERENT, "person/a", "person/x")]
    assert proposals(*TWINS, identity=Identity(decided)) == []


def test_a_decision_taken_back_is_none():
    decided = [Decision(Kind.DIFFERENT, "person/a", "person/b"), Decision(Kind.UNMERGE, "person/a", "person/b")]
    assert proposals(*TWINS, identity=Identity(decided))


def test_only_what_reaches_the_least_score_is_proposed():
    score = proposals(*TWINS)[0].score
    assert proposals(*TWINS, least=score) != []
    assert proposals(*TWINS, least=score + 0.001) == []


def test_reasons_are_told_in_both_languages_the_weightiest_first():
    same = {"affiliations": [Affiliation("organization/board")]}
    found = proposals(entity("person/a", "Christina Flore", **same), entity("person/b", "C. Flore", **same))[0]
    weights = [abs(reason.weight) for reason in found.reasons]
    assert weights == sorted(weights, reverse=True)
    told = {reason.code: reason for reason in found.reasons}
    assert told["organization"].words("de") == "beide gehören zu: Beispielboard Büdelsrath"
    assert told["organization"].words("en") == "both belong to: Beispielboard Büdelsrath"
    assert told["name-initials"].words("en") == "the initials agree: “Christina Flore” and “C. Flore”"


def test_kinds_are_never_mixed():
    assert proposals(entity("person/a", "Flore"), entity("organization/b", "Flore")) == []


def test_unknown_kinds_and_scores_are_refused():
    store = OxigraphStore()
    with pytest.raises(UsageError, match="not of 'photo'"):
        propose(store, "https://e.example", ["photo"])
    with pytest.raises(UsageError, match="above 0"):
        propose(store, "https://e.example", least=0)
    assert list(propose(store, "https://e.example")) == []


# --- blocks


def test_a_large_block_is_divided_by_further_keys_and_told():
    items = [Item(("big",), (f"part {place % 5}",), ()) for place in range(50)]
    blocks = Blocks(items, limit=10, window=0)
    assert blocks.partners(0) == list(range(5, 50, 5))
    assert blocks.bounded == (Bounded("big", 50, 5),)


def test_neighbours_in_sorted_order_are_compared():
    items = [Item((), (), (text,)) for text in ("beispiel", "zebra", "beispeil", "xaver")]
    assert 2 in Blocks(items, window=1).partners(0)
    assert 1 not in Blocks(items, window=1).partners(0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60))
def test_work_is_bounded_and_nothing_small_is_dropped(drawn):
    limit, window = 8, 2
    items = [Item((f"k{key}",), (f"f{further}",), (f"o{key}{further}",)) for key, further in drawn]
    blocks = Blocks(items, limit=limit, window=window)
    pairs = sum(len(blocks.partners(place)) for place in range(len(items)))
    assert pairs <= len(items) * (2 * limit + 3 * window)
    sizes = {key: sum(key == other for other, _ in drawn) for key, _ in drawn}
    for place, (key, _) in enumerate(drawn):
        if sizes[key] <= limit:
            assert {other for other in range(place + 1, len(drawn)) if drawn[other][0] == key} <= set(
                blocks.partners(place)
            )
        else:
            assert f"k{key}" in {bounded.key for bounded in blocks.bounded}


def test_bounds_take_proposals_away_and_add_none():
    many = [entity(f"person/{n}", f"{'ABCDEFGH'[n % 8]}enno{'abcdefgh'[n // 8]} Flore") for n in range(60)]
    told = list[Bounded]()
    bounded = {(p.one, p.other) for p in propose_among(many, limit=5, told=told.append)}
    assert bounded < {(p.one, p.other) for p in propose_among(many, limit=1000)}
    assert told


def test_who_was_at_two_places_on_a_day_conflicts_with_nobody_at_one_of_them():
    one = entity("person/p0", "Christina Flore", seen=[(1, "place/a"), (1, "place/b")])
    for place, apart in (("place/a", False), ("place/b", False), ("place/c", True)):
        other = entity("person/p1", "Christina Flore", seen=[(1, place)])
        for pair in ((one, other), (replace(other, name="person/p0"), replace(one, name="person/p1"))):
            (found,) = propose_among(pair, called=CALLED, least=0.01)
            assert ("two-places" in {reason.code for reason in found.reasons}) == apart


# --- laws

_GIVEN = st.sampled_from(["Christina", "C.", "Christian", "Hans", "Johannes", "Anna Maria", "Anna", "Karl", ""])
_SURNAME = st.sampled_from(["Flore", "Flöre", "Flore-Beispiel", "Müller", "Meier", "Meyer", "von Flore", "Flroe"])
_END = st.sampled_from(["", "", "", " jun.", " sen.", " (BBB)", ", geb. Flore"])


@st.composite
def drawn_people(draw) -> list[Entity]:
    count = draw(st.integers(2, 6))
    found = []
    for number in range(count):
        name = f"{draw(_GIVEN)} {draw(_SURNAME)}{draw(_END)}".strip()
        jobs = draw(st.lists(st.sampled_from(["organization/board", "organization/other"]), max_size=2))
        found.append(
            entity(
                f"person/p{number}",
                name,
                ids=draw(st.lists(st.tuples(st.sampled_from(["gnd", "wikidata"]), st.sampled_from("12")), max_size=2)),
                born=draw(st.lists(st.sampled_from(["1950-01-01", "1980-01-01"]), max_size=1)),
                affiliations=[Affiliation(job, None, draw(st.sampled_from([None, "r", "s"])), 1, 9) for job in jobs],
                seen=draw(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["place/a", "place/b"])), max_size=2)),
                reports=draw(st.lists(st.sampled_from("xyz"), max_size=1)),
            )
        )
    return found


@settings(max_examples=50)
@given(drawn_people(), st.randoms())
def test_proposals_do_not_depend_on_the_order_of_things(things, chance):
    found = list(propose_among(things, called=CALLED, least=0.01))
    shuffled = list(things)
    chance.shuffle(shuffled)
    assert found == list(propose_among(shuffled, called=CALLED, least=0.01))
    assert found == sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other)) or len(found) > 1
    assert all(pair.one < pair.other and 0 < pair.score <= 1 for pair in found)


@settings(max_examples=50)
@given(drawn_people())
def test_the_score_of_a_pair_is_the_same_from_both_sides(things):
    one, other = things[:2]
    turned = [replace(one, name="person/p1"), replace(other, name="person/p0")]
    assert [p.score for p in proposals(*turned)] == [p.score for p in proposals(one, other)]


@settings(max_examples=50)
@given(drawn_people())
def test_what_is_forbidden_is_never_proposed(things):
    known = {thing.name: thing for thing in things}
    for pair in propose_among(things, called=CALLED, least=0.001):
        one, other = known[pair.one], known[pair.other]
        for authority in ("gnd", "wikidata"):
            ours = {value for who, value in one.ids if who == authority}
            theirs = {value for who, value in other.ids if who == authority}
            assert not ours or not theirs or ours & theirs
        assert not one.born or not other.born or one.born & other.born
        assert {one.label[-4:], other.label[-4:]} != {"jun.", "sen."}


@given(st.lists(st.text(max_size=40), min_size=2, max_size=5), st.sampled_from(PROPOSED))
def test_any_names_can_be_compared(names, kind):
    proposals(*(entity(f"{kind}/{number}", name) for number, name in enumerate(names)))
