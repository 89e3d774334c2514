"""What is found in a text before anybody has looked at it: mentions with their place, and what they add up to.

Everything carries the span of the words it rests on. Offsets count code points of ``Text.text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, order=True)
class Span:
    """Words of the text, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Whether it lies in another span."""
        return other.start <= self.start and self.end <= other.end


class BlockKind(Enum):
    """What a part of a text is for."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    DATE_HEADING = "date heading"  # of a diary entry or a day of a schedule; anchors what follows
    SCHEDULE = "schedule"  # one line of a programme: time, place, what
    ROW = "row"  # one row of a table of appointments
    CAPTION = "caption"
    CREDIT = "credit"
    IMPRINT = "imprint"  # address, telephone, contact, "about us"
    NOISE = "noise"  # navigation, cookie notes, lists of other articles


@dataclass(frozen=True)
class Block:
    """One part of the text."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True)
class Text:
    """A source as plain text (NFC, single line feeds), cut into blocks and sentences.

    Attributes:
        language: ``de`` or ``en``.
        sentences: in order; each lies in one block.
        published: day on which it says it appeared (ISO), from its metadata or its dateline.
        metadata: what its file says of it: title, publisher, author, address.
    """

    text: str
    language: str
    blocks: tuple[Block, ...]
    sentences: tuple[Span, ...]
    published: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    def block_of(self, span: Span) -> Block | None:
        """The block that a span lies in."""
        return next((block for block in self.blocks if span.within(block.span)), None)

    def sentence_of(self, span: Span) -> Span | None:
        """The sentence that a span lies in."""
        return next((sentence for sentence in self.sentences if span.within(sentence)), None)


class DateRole(Enum):
    """What a date is the date of."""

    EVENT = "event"
    PUBLICATION = "publication"
    DEADLINE = "deadline"
    OTHER = "other"  # founding, birth, plans, laws


@dataclass(frozen=True)
class DateMention:
    """A date in the text.

    Attributes:
        start, end: ``2024-07-15``, or ``--07-15`` where no year is known; ``end`` only of ranges and pairs.
        basis: ``explicit``, ``no-year``, ``relative``, ``weekday`` or ``carried`` (from a heading or an earlier date).
    """

    span: Span
    start: str
    end: str | None = None
    basis: str = "explicit"
    role: DateRole = DateRole.EVENT


@dataclass(frozen=True)
class PlaceMention:
    """A municipality in the text.

    Attributes:
        name: as a place is called, not inflected, with its qualifier where the text gives it: ``Frankfurt (Oder)``.
        keys: municipality keys (AGS) it may be; several where the name is shared.
    """

    span: Span
    name: str
    keys: tuple[str, ...] = ()


class Status(Enum):
    """Whether an event took place."""

    HELD = "held"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Event:
    """A stop or a programme item.

    Attributes:
        span: the clause or line that tells of it; ``cue``: the words that make it an event.
        date, date_end: as in ``DateMention``; nothing where the text gives none.
        basis: of the date.
        hosts: names of organisations visited.
    """

    span: Span
    cue: Span
    date: str | None
    place: str | None
    date_end: str | None = None
    basis: str = "explicit"
    status: Status = Status.HELD
    title: str | None = None
    hosts: tuple[str, ...] = ()


class Attendance(Enum):
    """How somebody had to do with what is reported."""

    PRESENT = "present"
    REPRESENTED = "represented"
    ANNOUNCED = "announced"
    INVITED = "invited"
    ABSENT = "absent"
    MENTIONED = "mentioned"


@dataclass(frozen=True)
class Person:
    """One person, all mentions together.

    Attributes:
        name: without titles, the fullest form; ``mentions``: every place, the fullest first.
        role: in the nominative, as the text gives it (``Umweltministerin``); ``roles``: other ones it gives.
        organisation: name of the body the role is of, or the person is of.
        minister: whether the role is that of a minister in office on that day (by title; the registry decides later).
        attendance, cue: how they took part, and the words that say so.
        depicted: spans of captions that name them; ``credited``: of credit lines.
    """

    name: str
    mentions: tuple[Span, ...]
    titles: tuple[str, ...] = ()
    role: str | None = None
    roles: tuple[str, ...] = ()
    role_span: Span | None = None
    organisation: str | None = None
    party: str | None = None
    minister: bool = False
    attendance: Attendance = Attendance.MENTIONED
    cue: Span | None = None
    depicted: tuple[Span, ...] = ()
    credited: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Organisation:
    """One organisation, all mentions together. ``name`` is the nominative; ``forms`` are other forms the text has."""

    name: str
    mentions: tuple[Span, ...]
    forms: tuple[str, ...] = ()
    abbreviation: str | None = None
    legal_form: str | None = None


@dataclass(frozen=True)
class Photo:
    """A picture that a caption tells of. ``people`` and ``organisations`` are names of those above."""

    caption: Span
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    credit: Span | None = None


@dataclass(frozen=True)
class Campaign:
    """The campaign and the tour that a text tells of, as far as it says so.

    Attributes:
        name, kind: of the campaign; the kind is a word of the list *event-types*.
        tour: name of the tour, or what it is called where it has no name of its own (then not ``named``).
        position: ``opening`` or ``closing``, where the text says that this is what a stop is to the tour.
        joined: words that say that what is told of is part of the campaign.
        owned: words in which the publisher calls the campaign its own.
    """

    name: str | None = None
    span: Span | None = None
    joined: Span | None = None
    kind: str | None = None
    tour: str | None = None
    tour_span: Span | None = None
    named: bool = False
    position: str | None = None
    position_span: Span | None = None
    owned: Span | None = None


class GroupKind(Enum):
    """What people a group is of."""

    STAFF = "staff"
    REPRESENTATIVES = "representatives"
    PRESS = "press"
    PUBLIC = "public"
    TRADE_VISITORS = "trade visitors"
    CHILDREN = "children"


@dataclass(frozen=True)
class Group:
    """People who are not named and of whom the text says that they were there. They are never counted.

    Attributes:
        organisation: whose people they are; ``of_campaign``: whether they are those of the campaign.
        present: where the text says it, each with the words that do: the clause, or the caption.
        talking: which of those say that others talked with them; ``depicted``: where captions name them.
    """

    name: str
    kind: GroupKind
    mentions: tuple[Span, ...]
    organisation: str | None = None
    of_campaign: bool = False
    minors: bool = False
    present: tuple[Span, ...] = ()
    talking: tuple[Span, ...] = ()
    depicted: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Exhibit:
    """A thing that was shown, or a vehicle that was there; ``shown`` are the words that say so."""

    name: str
    mentions: tuple[Span, ...]
    shown: tuple[Span, ...]
    vehicle: bool = False
    depicted: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Topic:
    """What people talked about, in the words of the text."""

    name: str
    span: Span


@dataclass(frozen=True)
class Exchange:
    """That people talked with each other.

    Attributes:
        span: the caption or the sentence; ``cue``: the words that say so.
        people: names of those named in it; ``taken``: pronouns, and whom they were taken for.
        at: name of the body at whose place it was, and ``venue`` the words for that place.
        date, place: of the caption; of a sentence those of the event told of before it.
    """

    span: Span
    cue: Span
    people: tuple[str, ...] = ()
    taken: tuple[tuple[Span, str], ...] = ()
    at: str | None = None
    venue: Span | None = None
    date: str | None = None
    place: str | None = None
    depicted: bool = False


@dataclass(frozen=True)
class Product:
    """Something that a text names as an app, a program or the like; ``function`` is what it says that it does."""

    name: str
    mentions: tuple[Span, ...]
    app: bool = False
    function: Span | None = None


@dataclass(frozen=True)
class Funding:
    """A funding programme; ``level`` is ``federal`` or ``land``, where its name says so."""

    name: str
    mentions: tuple[Span, ...]
    level: str | None = None


@dataclass(frozen=True)
class Claim:
    """What a text holds to be so; ``condition`` are the words under which it does."""

    span: Span
    condition: Span | None = None


@dataclass(frozen=True)
class Extraction:
    """All that was found in one text."""

    text: Text
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    photos: tuple[Photo, ...] = ()
    contact: Mapping[str, Span] = field(default_factory=dict)
    campaign: Campaign | None = None
    groups: tuple[Group, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    topics: tuple[Topic, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    products: tuple[Product, ...] = ()
    funding: tuple[Funding, ...] = ()
    claims: tuple[Claim, ...] = ()
