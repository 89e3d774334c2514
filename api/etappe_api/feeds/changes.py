"""What happened to the data: the events of the archive, without the people who handled them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, RdfFormat, parse

from etappe.archive import IDENTITY, Archive, Event
from etappe.errors import EtappeError, NotFound, UsageError
from etappe.namespaces import DCTERMS
from etappe_api.feeds.text import one_line

#: Kinds of events and what they are called here; later kinds go by their own name.
_KINDS = {"accepted": "accepted", "waiting": "refused"}


@dataclass(frozen=True)
class Change:
    """One event.

    Attributes:
        number: position in the archive, from 1.
        kind: ``accepted``, ``refused`` (it waits to be mended) or a later kind of the archive.
        document: ``report`` or ``registry``; ``id``: its slug.
        supersedes: the revision that this one takes the place of.
        current: whether what it brought is what holds now.
        title: of an accepted report; else the slug, for words that nobody has checked are not spread.
    """

    number: int
    kind: str
    document: str
    id: str
    revision: int
    supersedes: int | None
    current: bool
    title: str
    at: datetime

    def iri(self, base: str) -> str:
        """The event as a thing of its own; a GET there gives it as JSON."""
        return f"{base}/changes/{self.number}"

    def subject(self, base: str) -> str:
        """What it is about. A decision about identity is about the thing that it replaces."""
        return f"{base}/id/{self.id}" if self.document == IDENTITY else f"{base}/id/{self.document}/{self.id}"


@dataclass(frozen=True)
class Page:
    """Some changes, and where the next ones begin: after that event (``forward``) or before it."""

    changes: tuple[Change, ...]
    forward: bool
    more: bool
    latest: datetime


def moment(text: str) -> datetime:
    """A day (from its beginning in UTC) or a moment (RFC 3339; UTC where it names no zone).

    Raises:
        UsageError: neither.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is neither a day such as 2017-07-28 nor a moment such as 2017-07-28T09:00:00Z"
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def page_of(archive: Archive, *, since: datetime | None, after: int | None, before: int | None, limit: int) -> Page:
    """A page of changes: forward from ``since`` or ``after``, oldest first; else backward, newest first."""
    events = archive.events
    forward = since is not None or after is not None
    if forward:
        fitting: Sequence[Event] = [
            event for event in events[after or 0 :] if since is None or datetime.fromisoformat(event.at) >= since
        ]
    else:
        fitting = events[: before - 1 if before is not None else None][::-1]
    latest = max((datetime.fromisoformat(event.at) for event in events), default=datetime.fromtimestamp(0, UTC))
    changes = tuple(_change(archive, event) for event in fitting[:limit])
    return Page(changes, forward, len(fitting) > limit, latest)


def change_of(archive: Archive, number: int) -> Change:
    """The event of that number.

    Raises:
        NotFound: there is none (yet).
    """
    if not 1 <= number <= len(archive.events):
        raise NotFound(f"there is no change {number}; the last one is {len(archive.events)}")
    return _change(archive, archive.events[number - 1])


def _change(archive: Archive, event: Event) -> Change:
    kind = _KINDS.get(event.kind, event.kind)
    accepted = archive.accepted(event.document, event.id)
    return Change(
        event.number,
        kind,
        event.document,
        event.id,
        event.revision,
        event.revision - 1 if kind == "accepted" and event.revision > 1 else None,
        accepted is not None and accepted.number == event.number,
        _title(archive, event) if kind == "accepted" else event.id,
        datetime.fromisoformat(event.at),
    )


def _title(archive: Archive, event: Event) -> str:
    try:
        data = archive.get(event.graph)
    except EtappeError:  # erased since: its name is all that may be said
        return event.id
    own = f"/id/{event.document}/{event.id}"
    titles = {
        quad.object.language or "": quad.object.value
        for quad in parse(data, format=RdfFormat.N_TRIPLES)
        if quad.predicate == DCTERMS.term("title")
        and isinstance(quad.object, Literal)
        and str(quad.subject).strip("<>").endswith(own)
    }
    return one_line(next((titles[tag] for tag in ("de", "en", *sorted(titles)) if tag in titles), "")) or event.id
