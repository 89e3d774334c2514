"""The words that every room uses: report, finding, outcome. Frozen data, no behaviour that needs another room."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from etappe.errors import Position

Term = NamedNode | BlankNode | Literal

#: Base of IRIs until the user sets one (`.example` is reserved and never resolves). See docs/data-model.md.
DEFAULT_BASE = "https://etappe.example"


def digest(data: bytes | str) -> str:
    """``sha256:`` and the hexadecimal digest; text is digested as UTF-8."""
    return "sha256:" + hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def subject_of(triple: Triple) -> str:
    """The IRI of the subject of a report's triple; reports hold no blank nodes and no triple terms."""
    assert isinstance(triple.subject, NamedNode)
    return triple.subject.value


class Document(Enum):
    """What a file speaks about: one report, or the curated registry."""

    REPORT = "report"
    REGISTRY = "registry"


@dataclass(frozen=True)
class Source:
    """A file as it came: its name, media type and bytes.

    ``beside``: the texts that came with it, by name relative to its folder; nothing where they are looked for on disk.
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)
    beside: Mapping[str, bytes] | None = field(default=None, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """Digest of the bytes."""
        return digest(self.data)


@dataclass(frozen=True)
class Report:
    """What a file says, as RDF without blank nodes, and the text its quotes stand in.

    Attributes:
        iri: ``{base}/id/report/{slug}`` (or ``/id/registry/{slug}``).
        document: report or registry.
        triples: what it states; no graph name, that is given on admission.
        text: the source text (NFC), or nothing where none was given.
        source: the file as it came.
        positions: subject IRI, or (subject IRI, predicate IRI), to the place in the file.
        base: base of its IRIs, without a slash at the end.
    """

    iri: NamedNode
    document: Document
    triples: frozenset[Triple]
    text: str | None
    source: Source
    positions: Mapping[tuple[str, str | None], Position] = field(default_factory=dict, repr=False, compare=False)
    base: str = DEFAULT_BASE

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.value.rsplit("/", 1)[1]


class Severity(IntEnum):
    """How grave a finding is (SHACL, section 2.1.4)."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3


class Profile(Enum):
    """How strict the gate is: in a draft, missing facts are warnings."""

    DRAFT = "draft"
    INGEST = "ingest"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a report.

    Attributes:
        code: ``C01`` … of docs/constraints.md, or ``O1`` …
        messages: a sentence by language, ``de`` and ``en``, that names the disturbing value.
        focus: the focus node; ``path``: the property, as SHACL result path (compact name); ``value``: the value node.
        shape, component: IRIs of ``sh:sourceShape`` and ``sh:sourceConstraintComponent``.
        position: where in the file; ``quote``: words of the source text it is about.
        remedies: how to mend it, by language; ``snippet``: the smallest piece of a report file that would satisfy the
            rule, where a fact is missing.
    """

    code: str
    severity: Severity
    messages: Mapping[str, str]
    focus: Term | None = None
    path: str | None = None
    value: Term | None = None
    shape: str | None = None
    component: str | None = None
    position: Position | None = None
    quote: str | None = None
    remedies: Mapping[str, str] = field(default_factory=dict)
    snippet: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The verdict on one report.

    Attributes:
        report: its IRI; nothing for a graph that is no report (``--shapes``).
        source: name of the file.
        engine: which engine decided, with its version.
        findings: ordered by focus node, the most basic first.
        accepted: the reason for which a person accepted the warnings, where one did.
    """

    report: NamedNode | None
    source: str
    profile: Profile
    engine: str
    findings: tuple[Finding, ...] = ()
    accepted: str | None = None

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of that severity or a graver one."""
        return tuple(finding for finding in self.findings if finding.severity >= severity)

    def with_acceptance(self, reason: str) -> Outcome:
        """The same with the reason for which a person accepted its warnings."""
        return replace(self, accepted=reason)

    @property
    def conforms(self) -> bool:
        """Whether nothing stands against admission: no violation."""
        return not self.at_least(Severity.VIOLATION)
