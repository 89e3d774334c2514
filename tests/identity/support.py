"""People and bodies with little said of them, written in the test that needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etappe.identity.decisions import Identity
from etappe.identity.entities import Affiliation, Entity
from etappe.identity.matching import Proposal, propose_among

BOARD = Affiliation("organization/board")
CALLED = {
    "organization/board": ("Beispielboard Büdelsrath", "BBB"),
    "organization/other": ("Anderswerk GmbH",),
    "place/ort": ("Ort",),
}


def entity(name: str, *names: str, **more: Any) -> Entity:
    """A thing; ``name`` is ``person/a``; sets may be given as any iterable."""
    sets = {key: frozenset(value) for key, value in more.items() if key != "abbreviations"}
    short = more.get("abbreviations", ())
    return Entity(name, name.split("/")[0], names[0], (*names, *short), abbreviations=tuple(short), **sets)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def proposals(
    *entities: Entity,
    least: float = 0.01,
    identity: Identity | None = None,
    called: Mapping[str, Sequence[str]] = CALLED,
) -> list[Proposal]:
    return list(propose_among(entities, identity, called=called, least=least))


def score(one: Entity, other: Entity) -> float:
    """The score of a pair; 0 where it is not proposed."""
    found = proposals(one, other)
    return found[0].score if found else 0.0


def people(first: str, second: str, one: dict[str, Any] | None = None, other: dict[str, Any] | None = None) -> float:
    """The score of two people of these names."""
    return score(entity("person/a", first, **(one or {})), entity("person/b", second, **(other or {})))


def codes(*entities: Entity) -> set[str]:
    return {reason.code for found in proposals(*entities) for reason in found.reasons}
