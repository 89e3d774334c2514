from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import EtappeError, Refused, UsageError
from etappe.identity.decisions import Decision, Identity, Kind
from etappe.namespaces import FOAF, RDFS, SKOS

BASE = "https://e.example"


def merge(old: str, kept: str) -> Decision:
    return Decision(Kind.MERGE, f"person/{old}", f"person/{kept}")


def unmerge(old: str, kept: str) -> Decision:
    return Decision(Kind.UNMERGE, f"person/{old}", f"person/{kept}")


def different(old: str, kept: str) -> Decision:
    return Decision(Kind.DIFFERENT, f"person/{old}", f"person/{kept}")


def test_a_chain_leads_to_its_end() -> None:
    identity = Identity([merge("a", "b"), merge("b", "c")])
    assert identity.replaced == {"person/a": "person/c", "person/b": "person/c"}


def test_a_chain_undone_in_the_middle_leaves_the_merge_before_it() -> None:
    identity = Identity([merge("a", "b"), merge("b", "c"), unmerge("b", "c")])
    assert identity.replaced == {"person/a": "person/b"}
    identity = Identity([merge("a", "b"), merge("b", "c"), unmerge("a", "b")])
    assert identity.replaced == {"person/b": "person/c"}


@pytest.mark.parametrize(
    ("before", "decision", "error", "words"),
    [
        ([], Decision(Kind.MERGE, "person/a", "organization/a"), Refused, "different kinds"),
        ([], Decision(Kind.MERGE, "item/r.a", "item/r.b"), UsageError, "cannot be decided"),
        ([], merge("a", "a"), UsageError, "itself"),
        ([merge("a", "b")], merge("a", "c"), Refused, "was merged into person/b"),
        ([merge("a", "b")], merge("b", "a"), Refused, "the same already"),
        ([merge("a", "b"), merge("c", "b")], merge("a", "c"), Refused, "the same already"),
        ([merge("a", "b")], different("a", "b"), Refused, "the same already"),
        ([different("a", "b")], merge("a", "b"), Refused, "decided to be different"),
        ([different("a", "b"), merge("c", "b")], merge("a", "c"), Refused, "decided to be different"),
        ([], unmerge("a", "b"), Refused, "nothing was decided"),
        ([merge("a", "b")], unmerge("b", "a"), Refused, "nothing was decided"),
    ],
)
def test_what_cannot_be_decided(
    before: list[Decision], decision: Decision, error: type[EtappeError], words: str
) -> None:
    with pytest.raises(error, match=words):
        Identity(before).check(decision)


def test_different_can_be_taken_back() -> None:
    identity = Identity([different("a", "b"), unmerge("b", "a")])
    identity.check(merge("a", "b"))
    assert not identity.are_different("person/a", "person/b")


def test_the_name_of_what_is_replaced_becomes_another_name() -> None:
    a, b = (NamedNode(f"{BASE}/id/person/{name}") for name in "ab")
    knows = NamedNode("http://e/knows")
    triples = [
        Triple(a, FOAF.name, Literal("A. B.")),
        Triple(b, FOAF.name, Literal("Anna B.")),
        Triple(a, RDFS.comment, Literal("a")),
        Triple(b, knows, a),
    ]
    assert list(Identity([merge("a", "b")]).apply(triples, BASE)) == [
        Triple(b, SKOS.altLabel, Literal("A. B.")),
        Triple(b, FOAF.name, Literal("Anna B.")),
        Triple(b, RDFS.comment, Literal("a")),
        Triple(b, knows, b),
    ]


@given(st.lists(st.tuples(st.sampled_from(Kind), st.sampled_from("abcde"), st.sampled_from("abcde"))))
def test_no_sequence_of_decisions_makes_a_circle_and_each_can_be_undone(steps: list[tuple[Kind, str, str]]) -> None:
    taken: list[Decision] = []
    for kind, old, kept in steps:
        decision = Decision(kind, f"person/{old}", f"person/{kept}")
        before = Identity(taken)
        try:
            before.check(decision)
        except EtappeError:
            continue
        taken.append(decision)
        after = Identity(taken)
        assert all(after.canonical(name) not in after.merged for name in after.merged)
        if kind is Kind.MERGE:
            undone = Identity([*taken, Decision(Kind.UNMERGE, decision.old, decision.kept)])
            assert undone.replaced == before.replaced
