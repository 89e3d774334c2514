"""What the archive says of reports: their versions and states, and the words that evidence stands in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from etappe.archive import Archive, Event
from etappe.errors import NotFound, Position
from etappe.model import Finding, Outcome, Profile, Severity, Term
from etappe.namespaces import ET, OA
from etappe_api.keys import Client, Role

#: States of a version. ``superseded``: accepted once, and replaced since; ``retracted``: taken out of the answers.
STATES = ("waiting", "accepted", "superseded", "retracted", "rejected")


@dataclass(frozen=True)
class Version:
    """One version of a document and what became of it."""

    state: str
    event: Event


@dataclass(frozen=True)
class Mark:
    """Words of a text that something rests on: ``text[start:end]``, in code points."""

    start: int
    end: int
    about: tuple[str, ...]


def versions(archive: Archive) -> list[Version]:
    """Every version that was accepted, and those that wait or were rejected last; the newest first."""
    found, retracted = [], set[tuple[str, str]]()
    for event in reversed(archive.events):
        key = (event.document, event.id)
        if event.kind == "retracted":
            retracted.add(key)
        elif event.kind == "accepted":
            current = archive.accepted(*key) == event
            found.append(Version("accepted" if current else "retracted" if key in retracted else "superseded", event))
            retracted.discard(key)
    found += [Version("waiting", event) for event in archive.waiting()]
    found += [Version("rejected", event) for event in archive.rejected()]
    return sorted(found, key=lambda version: -version.event.number)


def versions_of(archive: Archive, document: str, identifier: str) -> list[Version]:
    """The versions of one document, the newest first.

    Raises:
        NotFound: nothing of that id ever came.
    """
    found = [v for v in versions(archive) if (v.event.document, v.event.id) == (document, identifier)]
    if not found:
        raise NotFound(f"there is no {document} {identifier!r}; GET /reports lists them")
    return found


def standing(found: list[Version], state: str | None = None) -> Version:
    """The version that is meant: that of a state, else what waits, else what holds, else the newest.

    Raises:
        NotFound: none is in that state.
    """
    for wanted in (state,) if state else ("waiting", "accepted"):
        for version in found:
            if version.state == wanted:
                return version
    if state:
        raise NotFound(
            f"no version of {found[0].event.id!r} is {state}; there are: {', '.join(v.state for v in found)}"
        )
    return found[0]


def may_read(client: Client, version: Version) -> bool:
    """Whether a client may read what a version says: what nobody has accepted is for those who take part in it."""
    inside = client.role is not None and client.role.includes(Role.SUBMIT)
    return inside or version.state in ("accepted", "superseded")


def outcome_of(archive: Archive, event: Event) -> Outcome:
    """The findings as they were archived."""
    values = json.loads(archive.get(event.outcome))
    terms = {quad.object.value: quad.object for quad in parse(archive.get(event.graph), RdfFormat.N_TRIPLES)}
    return Outcome(
        NamedNode(values["report"]) if values["report"] else None,
        values["source"],
        Profile(values["profile"]),
        values["engine"],
        tuple(_finding(finding, terms) for finding in values["findings"]),
        values["accepted"],
    )


def _finding(values: dict[str, Any], terms: dict[str, Any]) -> Finding:
    value = values["value"]
    return Finding(
        code=values["code"],
        severity=Severity[values["severity"].upper()],
        messages=values["message"],
        focus=_node(values["focus"]),
        path=values["path"],
        value=terms.get(value, Literal(value)) if value is not None else None,
        shape=values["shape"],
        component=values["component"],
        position=Position(values["line"], values["column"]) if values["line"] else None,
        quote=values["quote"],
        remedies=values["remedies"],
        snippet=values["snippet"],
    )


def _node(iri: str | None) -> Term | None:
    if iri is None:
        return None
    try:
        return NamedNode(iri)
    except ValueError:
        return Literal(iri)


def marks(archive: Archive, event: Event) -> list[Mark]:
    """Where evidence stands in the text of a version, in order."""
    said: dict[str, dict[NamedNode, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(archive.get(event.graph), RdfFormat.N_TRIPLES):
        assert isinstance(quad.subject, NamedNode)  # reports hold no blank nodes
        said[quad.subject.value][quad.predicate].append(quad.object)
    about: dict[str, set[str]] = defaultdict(set)
    for subject, values in said.items():
        for node in values.get(ET.evidence, []):
            about[node.value].add(subject)
    found = []
    for node, things in about.items():
        for selector in said[node].get(OA.hasSelector, []):
            start, end = (said[selector.value].get(name) for name in (OA.start, OA.end))
            if start and end:
                found.append(Mark(int(start[0].value), int(end[0].value), tuple(sorted(things))))
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.about))


def segments(text: str, found: list[Mark]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The text in pieces, each with the things that rest on it; marks may overlap.

    >>> list(segments("abcd", [Mark(1, 3, ("x",)), Mark(2, 4, ("y",))]))
    [('a', ()), ('b', ('x',)), ('c', ('x', 'y')), ('d', ('y',))]
    """
    inner = {place for mark in found for place in (mark.start, mark.end) if 0 < place < len(text)}
    opening: dict[int, list[str]] = defaultdict(list)
    closing: dict[int, list[str]] = defaultdict(list)
    for mark in found:
        opening[mark.start] += mark.about
        closing[mark.end] += mark.about
    open_: dict[str, int] = defaultdict(int)
    places = [0, *sorted(inner), len(text)]
    for start, end in pairwise(places):
        for thing in closing[start]:
            open_[thing] -= 1
        for thing in opening[start]:
            open_[thing] += 1
        if start < end:
            yield text[start:end], tuple(sorted(thing for thing, count in open_.items() if count > 0))
