"""What a store knows of people, organisations, places and stops that tells whether two of them are one.

Gathered by a few queries for each kind, never by one for each thing. Everything is named without the base of its
IRI; what lies elsewhere keeps its whole IRI.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern

from pyoxigraph import Literal, NamedNode

from etappe.namespaces import ET
from etappe.store import Bindings, Store

#: Kinds of thing that pairs are proposed of.
PROPOSED = ("person", "organization", "place", "stop")


@dataclass(frozen=True, slots=True)
class Affiliation:
    """That a person belonged to an organisation or held a post.

    Attributes:
        first, last: days (proleptic ordinals) on which it is known to have held; nothing where it is undated.
    """

    organization: str | None = None
    post: str | None = None
    role: str | None = None
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing with what tells it apart.

    Attributes:
        name: ``person/christina-flore``; kind: ``person``; label: what it is called first.
        names: all names, the label and abbreviations included; abbreviations: these alone.
        ids: what authorities call it, as pairs of authority and value (``gnd``, ``118540238``); codes are among them.
        types: ends of its classes, such as ``City``. born: days of birth, mostly none.
        affiliations: of people. related: of other things, what they belong to: place, jurisdiction, tour, parents.
        contacts: mail, telephone, postal address, made comparable.
        seen: days and places of appearance; days alone where no place is known.
        reports: graphs that name it. lineage: organisations that came before or after it.
    """

    name: str
    kind: str
    label: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    ids: frozenset[tuple[str, str]] = frozenset()
    types: frozenset[str] = frozenset()
    born: frozenset[str] = frozenset()
    affiliations: frozenset[Affiliation] = frozenset()
    related: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    seen: frozenset[tuple[int, str]] = frozenset()
    reports: frozenset[str] = frozenset()
    lineage: frozenset[str] = frozenset()

    @property
    def organizations(self) -> frozenset[str]:
        """The organisations that it belongs to."""
        return frozenset(a.organization for a in self.affiliations if a.organization)

    @property
    def posts(self) -> frozenset[str]:
        """The posts that it holds."""
        return frozenset(a.post for a in self.affiliations if a.post)

    @property
    def places(self) -> frozenset[str]:
        """Where it appeared."""
        return frozenset(place for _, place in self.seen if place)


_PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_ABBREVIATION = ET.abbreviation.value
_NAMED = (
    _PREFIXES
    + """SELECT DISTINCT ?s ?how ?value {
  VALUES ?how { skos:prefLabel foaf:name skos:altLabel et:abbreviation } ?s ?how ?value
}"""
)
_TYPES = _PREFIXES + "SELECT DISTINCT ?s ?value { ?s a ?value }"
_IDS = (
    _PREFIXES
    + """SELECT DISTINCT ?s ?how ?value {
  VALUES ?how { schema:sameAs skos:notation schema:leiCode } ?s ?how ?value
}"""
)
_BORN = _PREFIXES + "SELECT DISTINCT ?s ?value { ?s cv:birthDate|schema:birthDate ?value }"
_CONTACTS = (
    _PREFIXES
    + """SELECT DISTINCT ?s ?value {
  { ?s schema:email|schema:telephone ?value }
  UNION {
    ?s schema:address ?a . ?a schema:postalCode ?code ; schema:streetAddress|schema:postOfficeBoxNumber ?street .
    BIND(CONCAT(?code, " ", ?street) AS ?value)
  }
}"""
)
_REPORTS = {
    "person": "cv:hasParticipant org:member foaf:depicts et:depicted schema:creator schema:mentions dcterms:creator",
    "organization": "et:visited org:organization et:onBehalfOf schema:organizer schema:mentions",
    "place": "schema:location schema:containedInPlace schema:contentLocation",
    "stop": "schema:superEvent et:takenDuring",
}
_NAMED_IN = (
    _PREFIXES
    + """PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?s ?value {{
  {{ GRAPH ?value {{ ?s a ?type }} }}
  UNION {{ VALUES ?how {{ {pointers} }} GRAPH ?value {{ ?thing ?how ?s }} }}
  FILTER(CONTAINS(STR(?value), "/graph/report/"))
}}"""
)
_AFFILIATIONS = (
    _PREFIXES
    + """SELECT DISTINCT ?s ?t ?organization ?post ?role ?title ?first ?last ?on {
  ?t org:member ?s .
  OPTIONAL { ?t et:post ?post }
  OPTIONAL { ?t et:post/org:postIn ?of }
  OPTIONAL { ?t org:organization ?direct }
  BIND(COALESCE(?direct, ?of) AS ?organization)
  OPTIONAL { ?t org:role ?role }
  OPTIONAL { ?t et:reportedTitle ?title }
  OPTIONAL { ?t schema:startDate|et:notBefore ?first }
  OPTIONAL { ?t schema:endDate|et:notAfter ?last }
  OPTIONAL { ?t et:attestedOn ?on }
}"""
)
_CAPACITIES = (
    _PREFIXES
    + """SELECT DISTINCT ?s ?organization ?post ?on {
  ?t cv:hasParticipant ?s .
  { ?t et:inCapacityOf ?post . OPTIONAL { ?post org:postIn ?organization } }
  UNION { ?t et:onBehalfOf ?organization }
  OPTIONAL { ?where cv:hasParticipation ?t ; schema:startDate ?on }
}"""
)
_APPEARANCES = {
    "person": (
        _PREFIXES
        + """SELECT DISTINCT ?s ?day ?value {
  ?t cv:hasParticipant ?s . ?item cv:hasParticipation ?t . ?item schema:superEvent* ?stop . ?stop a et:Stop .
  OPTIONAL { ?stop schema:startDate ?day } OPTIONAL { ?stop schema:location ?value }
}"""
    ),
    "organization": (
        _PREFIXES
        + """SELECT DISTINCT ?s ?day ?value {
  ?item et:visited ?s ; schema:superEvent* ?stop . ?stop a et:Stop .
  OPTIONAL { ?stop schema:startDate ?day } OPTIONAL { ?stop schema:location ?value }
}"""
    ),
    "stop": (
        _PREFIXES
        + """SELECT DISTINCT ?s ?day ?value {
  ?s a et:Stop ; schema:startDate|schema:endDate|et:notBefore|et:notAfter ?day
  OPTIONAL { ?s schema:location ?value }
}"""
    ),
}
_RELATED = {
    "organization": "SELECT DISTINCT ?s ?value { ?s schema:location|et:jurisdiction|org:subOrganizationOf ?value }",
    "place": "SELECT DISTINCT ?s ?value { ?s schema:containedInPlace+ ?value }",
    "stop": "SELECT DISTINCT ?s ?value { ?s a et:Stop ; schema:superEvent+ ?value }",
}
_CHANGES = (
    _PREFIXES
    + """SELECT DISTINCT ?change ?value {
  ?change a org:ChangeEvent ; org:originalOrganization|org:resultingOrganization ?value
}"""
)
_AUTHORITIES = (
    ("gnd", re.compile(r"https?://(?:d-nb\.info/gnd|lobid\.org/gnd)/([\dX-]+)")),
    ("wikidata", re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)")),
    ("viaf", re.compile(r"https?://(?:www\.)?viaf\.org/viaf/(\d+)")),
    ("geonames", re.compile(r"https?://(?:www\.|sws\.)?geonames\.org/(\d+)")),
    ("orcid", re.compile(r"https?://orcid\.org/([\dX-]+)")),
    ("isni", re.compile(r"https?://(?:www\.)?isni\.org/(?:isni/)?([\dX]+)")),
    ("ror", re.compile(r"https?://ror\.org/(\w+)")),
)


def external(address: str) -> tuple[str, str] | None:
    """Authority and identifier of a web address; nothing where the address is none of an authority that we know.

    Only authorities that give one thing one number count. Portals may have several pages for one person.
    """
    for authority, pattern in _AUTHORITIES:
        if match := pattern.match(address):
            return authority, match[1]
    return None


@dataclass(frozen=True)
class Gathered:
    """What was gathered: things, sorted by name, and the names of all that is named in the store, by name."""

    entities: tuple[Entity, ...]
    called: Mapping[str, tuple[str, ...]]


def gather(store: Store, base: str, kinds: Iterable[str] = PROPOSED) -> Gathered:
    """The things of some kinds in a store that have a name.

    An organisation that was renamed counts as one with those before and after it where people belong to it.

    Args:
        base: base of its IRIs.
        kinds: some of ``PROPOSED``.
    """
    wanted = [kind for kind in PROPOSED if kind in set(kinds)]
    reader = _Reader(store, base)
    entities = sorted((entity for kind in wanted for entity in reader.of(kind)), key=lambda entity: entity.name)
    return Gathered(tuple(entities), reader.called())


class _Reader:
    """A store on its way to entities."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._start = f"{base}/id/"
        self._shared: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        self._lines: dict[str, set[str]] | None = None

    def called(self) -> dict[str, tuple[str, ...]]:
        """The names of all that has one."""
        found = {name: _forms(rows)[0] for name, rows in self._by_thing(_NAMED, "").items()}
        for name, line in sorted(self._lineage().items()):  # people belong to the first of a line
            first = min(line | {name})
            found[first] = tuple(dict.fromkeys((*found.get(first, ()), *found.get(name, ()))))
        return found

    def of(self, kind: str) -> Iterator[Entity]:
        """Things of one kind."""
        prefix = f"{kind}/"
        named = self._by_thing(_NAMED, prefix)
        types = self._by_thing(_TYPES, prefix)
        ids = self._by_thing(_IDS, prefix)
        contacts = self._by_thing(_CONTACTS, prefix)
        reports = self._fresh(_NAMED_IN.format(pointers=_REPORTS[kind]), prefix)
        seen = self._fresh(_APPEARANCES[kind], prefix) if kind in _APPEARANCES else {}
        related = self._fresh(_PREFIXES + _RELATED[kind], prefix) if kind in _RELATED else {}
        born = self._by_thing(_BORN, prefix) if kind == "person" else {}
        affiliations = self._affiliations() if kind == "person" else {}
        lineage = self._lineage() if kind == "organization" else {}
        for name, rows in named.items():
            forms, short = _forms(rows)
            yield Entity(
                name=name,
                kind=kind,
                label=forms[0],
                names=forms,
                abbreviations=short,
                ids=frozenset(found for how, value in ids.get(name, ()) if (found := _identifier(how, value))),
                types=frozenset(re.split(r"[#/]", value)[-1] for (value,) in types.get(name, ())),
                born=frozenset(value for (value,) in born.get(name, ())),
                affiliations=frozenset(affiliations.get(name, ())),
                related=frozenset(value for (value,) in related.get(name, ())),
                contacts=frozenset(_contact(value) for (value,) in contacts.get(name, ())),
                seen=frozenset(
                    (_ordinal(day) or 0, place) for day, place in seen.get(name, ()) if place or _ordinal(day)
                ),
                reports=frozenset(value for (value,) in reports.get(name, ())),
                lineage=frozenset(lineage.get(name, ())),
            )

    def _by_thing(self, query: str, prefix: str) -> dict[str, list[tuple[str, ...]]]:
        """The rows of a query that is asked once for all kinds, of things whose name begins so."""
        if query not in self._shared:
            self._shared[query] = self._fresh(query, "")
        return {name: rows for name, rows in self._shared[query].items() if name.startswith(prefix)}

    def _fresh(self, query: str, prefix: str) -> dict[str, list[tuple[str, ...]]]:
        """The rows of a query by their first value."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        answer = self._store.query(query)
        assert isinstance(answer, Bindings)
        for first, *rest in answer.rows:
            if isinstance(first, NamedNode) and first.value.startswith(self._start + prefix):
                found[intern(first.value[len(self._start) :])].append(tuple(self._text(value) for value in rest))
        return found

    def _text(self, value: object) -> str:
        if isinstance(value, NamedNode):
            return intern(value.value.removeprefix(self._start))
        if isinstance(value, Literal):
            plain = value.datatype.value.startswith("http://www.w3.org/")
            return value.value if plain else f"{value.datatype.value.rsplit('#', 1)[-1]} {value.value}"
        return ""

    def _affiliations(self) -> dict[str, set[Affiliation]]:
        found: dict[str, set[Affiliation]] = defaultdict(set)
        lines = {name: min(line | {name}) for name, line in self._lineage().items()}
        for name, rows in self._fresh(_AFFILIATIONS, "person/").items():
            by_node: dict[str, list[tuple[str, ...]]] = defaultdict(list)
            for node, *rest in rows:
                by_node[node].append(tuple(rest))
            for told in by_node.values():
                organization, post, role, title, *_ = min(told)
                starts, ends, on = ({day for row in told if (day := _ordinal(row[at]))} for at in (4, 5, 6))
                if starts and not ends:
                    ends = {date.max.toordinal()}  # still in office
                found[name].add(
                    Affiliation(
                        lines.get(organization, organization) or None,
                        post or None,
                        role.rsplit("/", 1)[-1] or title or None,
                        min(starts | on, default=min(ends, default=None)),
                        max(ends | on, default=max(starts, default=None)),
                    )
                )
        for name, rows in self._fresh(_CAPACITIES, "person/").items():
            for organization, post, when in rows:
                day = _ordinal(when)
                found[name].add(
                    Affiliation(lines.get(organization, organization) or None, post or None, None, day, day)
                )
        return found

    def _lineage(self) -> dict[str, set[str]]:
        """Each renamed organisation with all that it became or came from, over any number of changes."""
        if self._lines is not None:
            return self._lines
        answer = self._store.query(_CHANGES)
        assert isinstance(answer, Bindings)
        changes: dict[str, set[str]] = defaultdict(set)
        for change, value in answer.rows:
            changes[self._text(change)].add(self._text(value))
        lines: dict[str, set[str]] = {}
        for members in changes.values():
            joined = set().union(members, *(lines.get(member, ()) for member in members))
            for member in joined:
                lines[member] = joined
        self._lines = {name: joined - {name} for name, joined in lines.items()}
        return self._lines


def _forms(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names in order of their rank, and abbreviations."""
    ranks = {"prefLabel": 0, "name": 0, "altLabel": 1, "abbreviation": 2}
    ordered = sorted({(ranks[re.split(r"[#/]", how)[-1]], value) for how, value in rows})
    short = tuple(value for rank, value in ordered if rank == 2)
    return tuple(dict.fromkeys(value for _, value in ordered)), short


def _identifier(how: str, value: str) -> tuple[str, str] | None:
    if how.endswith("sameAs"):
        return external(value)
    if how.endswith("leiCode"):
        return "lei", value.upper()
    scheme, _, code = value.partition(" ")
    return (scheme.lower(), code) if code else None


def _contact(value: str) -> str:
    return " ".join(value.casefold().replace("straße", "str").replace("str.", "str").split())


def _ordinal(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None
