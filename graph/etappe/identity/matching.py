"""Proposals: which pairs of things may be one, with score and reasons. A person decides; nothing is merged here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from etappe.errors import UsageError
from etappe.identity.blocking import LIMIT, WINDOW, Blocks, Bounded, Item
from etappe.identity.decisions import Identity
from etappe.identity.entities import PROPOSED, Entity, gather
from etappe.identity.organizations import Organizations
from etappe.identity.people import People
from etappe.identity.places import Places, Stops
from etappe.identity.reasons import Evidence, Reason, in_words, score
from etappe.store import Store

#: The score from which on a pair is proposed: docs/identity.md says what precision and recall it gives.
LEAST = 0.75

# From this score on, a pair can be the rival of another.
_RIVAL = 0.5
_AMBIGUOUS = Evidence("ambiguous", -2.5)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two things of one kind that may be one; ``one`` is the first in the alphabet, not the one to keep.

    Attributes:
        score: from ``least`` to 1; reasons: the weightiest first, also those that speak against it.
    """

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...]


class _Comparing(Protocol):
    """Things of one kind made ready for comparison."""

    def item(self, place: int) -> Item: ...

    def compare(self, one: int, other: int) -> list[Evidence] | None: ...

    def rivals(self, pairs: Mapping[tuple[int, int], Sequence[Evidence]]) -> set[tuple[int, int]]: ...


_KINDS: Mapping[str, Callable[[Sequence[Entity], Mapping[str, Sequence[str]]], _Comparing]] = MappingProxyType(
    {"person": People, "organization": Organizations, "place": Places, "stop": Stops}
)


def propose(
    store: Store,
    base: str,
    kinds: Iterable[str] = PROPOSED,
    identity: Identity | None = None,
    *,
    least: float = LEAST,
    told: Callable[[Bounded], None] | None = None,
) -> Iterator[Proposal]:
    """Pairs of things in a store that may be one, the likeliest first.

    What was decided, one way or the other, is not proposed again.

    Args:
        base: base of the store's IRIs.
        kinds: some of ``PROPOSED``.
        identity: the decisions that hold.
        least: smallest score, above 0 and at most 1.
        told: called with each block of candidates that was too large to be compared each with each.

    Raises:
        UsageError: a kind that has no proposals, or a score out of range.
    """
    wanted = tuple(dict.fromkeys(kinds))
    for kind in wanted:
        if kind not in PROPOSED:
            raise UsageError(f"pairs are proposed of {', '.join(PROPOSED)}, not of {kind!r}")
    if not 0 < least <= 1:
        raise UsageError(f"a score lies above 0 and is at most 1, not {least:g}")
    found = gather(store, base, wanted)
    return propose_among(found.entities, identity, called=found.called, least=least, told=told)


def propose_among(
    entities: Iterable[Entity],
    identity: Identity | None = None,
    *,
    called: Mapping[str, Sequence[str]] = MappingProxyType({}),
    least: float = LEAST,
    told: Callable[[Bounded], None] | None = None,
    limit: int = LIMIT,
    window: int = WINDOW,
) -> Iterator[Proposal]:
    """The same among entities that were gathered already.

    Args:
        called: names of the things that entities point to, by name.
        limit, window: see ``blocking``.
    """
    decided = identity or Identity()
    standing = [entity for entity in entities if decided.canonical(entity.name) == entity.name]
    ordered = sorted(standing, key=lambda entity: entity.name)
    labels = {name: forms[0] for name, forms in called.items() if forms}
    found = list[tuple[float, str, str, list[Evidence]]]()
    for kind, prepare in _KINDS.items():
        things = [entity for entity in ordered if entity.kind == kind]
        if len(things) < 2:
            continue
        comparing = prepare(things, called)
        blocks = Blocks([comparing.item(place) for place in range(len(things))], limit=limit, window=window)
        if told is not None:
            for bounded in blocks.bounded:
                told(bounded)
        found += _of_kind(things, comparing, blocks, decided, least)
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return (Proposal(one, other, rated, in_words(evidence, labels)) for rated, one, other, evidence in found)


def _of_kind(
    things: Sequence[Entity], comparing: _Comparing, blocks: Blocks, decided: Identity, least: float
) -> Iterator[tuple[float, str, str, list[Evidence]]]:
    found = dict[tuple[int, int], list[Evidence]]()
    for place in range(len(things)):
        for partner in blocks.partners(place):
            evidence = comparing.compare(place, partner)
            if evidence is not None and score(evidence) >= min(least, _RIVAL):
                found[place, partner] = evidence
    for pair in comparing.rivals(found):
        found[pair].append(_AMBIGUOUS)
    for (place, partner), evidence in found.items():
        one, other, rated = things[place].name, things[partner].name, score(evidence)
        if rated >= least and not decided.are_different(one, other):
            yield rated, one, other, evidence
