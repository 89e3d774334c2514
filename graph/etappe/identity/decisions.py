"""Decisions about identity, and what follows from all of them. Each can be undone; no report is changed by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import Refused, UsageError
from etappe.namespaces import FOAF, SKOS

#: Kinds of thing that may turn out to be one. Everything else belongs to its report.
KINDS = ("person", "organization", "place", "post", "stop", "tour", "campaign", "exhibit", "product", "topic", "agent")
# What the name of the replaced thing becomes: another name.
_NAMES = {FOAF.name: SKOS.altLabel, SKOS.prefLabel: SKOS.altLabel}


class Kind(StrEnum):
    """What is decided about two things."""

    MERGE = "merge"
    UNMERGE = "unmerge"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Decision:
    """One decision.

    ``merge``: the thing ``old`` is the thing ``kept``, which stays. ``unmerge``: whatever was decided about the two is
    taken back. ``different``: they are not the same and must not be proposed again.
    """

    kind: Kind
    old: str
    kept: str


class Identity:
    """What follows from decisions, taken in their order.

    A thing is merged into at most one other; the other may be merged further. Taking back a merge in the middle of such
    a chain leaves the merges before and behind it as they are.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._into: dict[str, str] = {}
        self._different: set[frozenset[str]] = set()
        for decision in decisions:
            self._take(decision)

    def canonical(self, name: str) -> str:
        """The thing that a name stands for."""
        while name in self._into:
            name = self._into[name]
        return name

    @property
    def merged(self) -> Mapping[str, str]:
        """Each replaced thing with the one it was merged into."""
        return self._into

    @cached_property
    def replaced(self) -> Mapping[str, str]:
        """Each replaced thing with the one that stands for it now."""
        return {old: self.canonical(old) for old in self._into}

    def are_different(self, one: str, other: str) -> bool:
        """Whether somebody decided that they, or what they stand for, are not the same."""
        return frozenset((self.canonical(one), self.canonical(other))) in self._apart

    @cached_property
    def _apart(self) -> set[frozenset[str]]:
        return {frozenset(self.canonical(name) for name in pair) for pair in self._different}

    def check(self, decision: Decision) -> None:
        """Whether a decision can be taken now.

        Raises:
            UsageError: the names are no things that can be merged, or not of one kind.
            Refused: it contradicts an earlier decision, or there is nothing to take back.
        """
        old, kept = decision.old, decision.kept
        kinds = {name.split("/")[0] for name in (old, kept)}
        if not kinds <= set(KINDS):
            raise UsageError(
                f"{old!r} and {kept!r} cannot be decided about; things of these kinds can: {', '.join(KINDS)}"
            )
        if len(kinds) > 1:
            raise Refused(f"{old} and {kept} are of different kinds; only things of one kind can be the same")
        if old == kept:
            raise UsageError(f"{old} is itself; name two things")
        if decision.kind is Kind.UNMERGE:
            if self._into.get(old) != kept and frozenset((old, kept)) not in self._different:
                raise Refused(f"nothing was decided about {old} and {kept}; 'etappe match --decided' lists decisions")
        elif self.canonical(old) == self.canonical(kept):
            raise Refused(f"{old} and {kept} are the same already; take that back with 'etappe unmerge' first")
        elif decision.kind is Kind.MERGE and old in self._into:
            raise Refused(f"{old} was merged into {self._into[old]}; merge that, or take it back with 'etappe unmerge'")
        elif decision.kind is Kind.MERGE and self.are_different(old, kept):
            raise Refused(f"{old} and {kept} were decided to be different; take that back with 'etappe unmerge' first")

    def _take(self, decision: Decision) -> None:
        pair = frozenset((decision.old, decision.kept))
        if decision.kind is Kind.MERGE:
            self._into[decision.old] = decision.kept
        elif decision.kind is Kind.DIFFERENT:
            self._different.add(pair)
        elif self._into.get(decision.old) == decision.kept:
            del self._into[decision.old]
        else:
            self._different.discard(pair)

    def apply(self, triples: Iterable[Triple], base: str) -> Iterable[Triple]:
        """The triples with each replaced thing named by the one that stands for it.

        The name of a replaced thing becomes another name (``skos:altLabel``) of the one that stays.
        """
        if not self._into:
            return triples
        start = f"{base}/id/"
        renamed = {start + old: NamedNode(start + new) for old, new in self.replaced.items()}
        return (_renamed(triple, renamed) for triple in triples)


def _renamed(triple: Triple, renamed: Mapping[str, NamedNode]) -> Triple:
    subject, value = triple.subject, triple.object
    new_subject = renamed.get(subject.value) if isinstance(subject, NamedNode) else None
    new_value = renamed.get(value.value) if isinstance(value, NamedNode) else None
    if new_subject is None and new_value is None:
        return triple
    predicate = triple.predicate
    if new_subject is not None and isinstance(value, Literal):
        predicate = _NAMES.get(predicate, predicate)
    return Triple(new_subject or subject, predicate, new_value or value)
