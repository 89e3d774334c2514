"""What can be reconciled: types of things, and the properties by which they are told apart and extended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX etv: <https://w3id.org/etappe/vocab/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@dataclass(frozen=True)
class Type:
    """A type. ``classes`` are the RDF classes of its things, as compact names; ``facts`` tell its things apart."""

    id: str
    names: Mapping[str, str]
    classes: tuple[str, ...]
    broader: str | None = None
    facts: tuple[str, ...] = ()


def _type(id_: str, en: str, de: str, *classes: str, broader: str | None = None, facts: str = "") -> Type:
    return Type(id_, {"en": en, "de": de}, classes, broader, tuple(facts.split()))


TYPES: Mapping[str, Type] = {
    kind.id: kind
    for kind in (
        _type("person", "person", "Person", "foaf:Person", facts="post organization"),
        _type(
            "organization",
            "organisation",
            "Organisation",
            "org:Organization",
            "org:FormalOrganization",
            "org:OrganizationalUnit",
            "cv:PublicOrganisation",
            facts="abbreviation place jurisdiction",
        ),
        _type("ministry", "ministry", "Ministerium", "et:Ministry", broader="organization", facts="jurisdiction"),
        _type("place", "place", "Ort", "schema:Place", "schema:Country", facts="in"),
        _type("city", "municipality", "Gemeinde", "schema:City", broader="place", facts="in ags"),
        _type("district", "district", "Kreis", "schema:AdministrativeArea", broader="place", facts="in ags"),
        _type("state", "Land", "Land", "schema:State", broader="place", facts="ags"),
        _type("post", "post", "Amt", "org:Post", facts="organization"),
        _type("campaign", "campaign", "Kampagne", "et:Campaign", facts="date"),
        _type("tour", "tour", "Tour", "et:Tour", facts="campaign date"),
        _type("stop", "stop", "Station", "et:Stop", facts="date place tour"),
        _type("exhibit", "exhibit", "Exponat", "et:Exhibit"),
        _type("product", "product", "Produkt", "schema:Product", "schema:SoftwareApplication"),
        _type("programme", "funding programme", "Förderprogramm", "et:FundingProgramme"),
        _type("topic", "topic", "Thema", "skos:Concept"),
    )
}

#: What a spreadsheet has most often.
DEFAULT_TYPES = ("person", "organization", "place", "stop")


def with_broader(type_id: str) -> tuple[str, ...]:
    """A type and the one above it."""
    broader = TYPES[type_id].broader
    return (type_id, broader) if broader else (type_id,)


class Values(Enum):
    """What the values of a property are."""

    THINGS = "things"
    TEXT = "text"
    DATES = "dates"


@dataclass(frozen=True)
class Property:
    """A property. ``patterns``: by type (``*``: all), each pattern that binds ``?v`` to values of ``?s``."""

    id: str
    names: Mapping[str, str]
    values: Values
    patterns: Mapping[str, tuple[str, ...]]
    range: str | None = None

    def applies_to(self, type_id: str) -> bool:
        """Whether things of that type can have it."""
        return "*" in self.patterns or any(name in self.patterns for name in with_broader(type_id))


# Only what is stated or depicted, and took place: as in the questions of the catalogue.
_ATTENDED = """?participation cv:hasParticipant {person} ; et:presence etv:present ; et:certainty ?sure .
  FILTER(?sure IN (etv:stated, etv:depicted))
  GRAPH ?graph {{ ?where cv:hasParticipation ?participation }}
  FILTER NOT EXISTS {{
    GRAPH ?graph {{ ?where schema:superEvent*/schema:eventStatus ?state }} FILTER(?state != schema:EventRescheduled)
  }}
  ?where schema:superEvent* {stop} . {stop} a et:Stop ."""
_STOP_OF = _ATTENDED.format(person="?s", stop="?stop")
_VISITED = """GRAPH ?graph {{ ?item et:visited {organization} }}
  FILTER NOT EXISTS {{
    GRAPH ?graph {{ ?item schema:superEvent*/schema:eventStatus ?state }} FILTER(?state != schema:EventRescheduled)
  }}
  ?item schema:superEvent* {stop} . {stop} a et:Stop ."""
_MEMBER = "?tenure org:member ?s ."
_ACTING = "?acting cv:hasParticipant ?s ."
_DAYS = "?s schema:startDate|schema:endDate ?v ."


def _property(
    id_: str, en: str, de: str, values: Values, patterns: Mapping[str, str | tuple[str, ...]], range_: str | None = None
) -> Property:
    every = {kind: (told,) if isinstance(told, str) else told for kind, told in patterns.items()}
    return Property(id_, {"en": en, "de": de}, values, every, range_)


PROPERTIES: Mapping[str, Property] = {
    item.id: item
    for item in (
        _property(
            "organization",
            "organisation",
            "Organisation",
            Values.THINGS,
            {
                "person": (
                    f"{_MEMBER} ?tenure org:organization ?v .",
                    f"{_MEMBER} ?tenure et:post/org:postIn ?v .",
                    f"{_ACTING} ?acting et:onBehalfOf ?v .",
                ),
                "post": "?s org:postIn ?v .",
                "stop": _VISITED.format(organization="?v", stop="?s"),
            },
            "organization",
        ),
        _property(
            "post",
            "post",
            "Amt",
            Values.THINGS,
            {
                "person": (f"{_MEMBER} ?tenure et:post ?v .", f"{_ACTING} ?acting et:inCapacityOf ?v ."),
                "organization": "?v org:postIn ?s .",
            },
            "post",
        ),
        _property(
            "title",
            "title as reported",
            "Titel, wie gedruckt",
            Values.TEXT,
            {"person": (f"{_MEMBER} ?tenure et:reportedTitle ?v .", f"{_ACTING} ?acting et:reportedTitle ?v .")},
        ),
        _property(
            "stop",
            "stop",
            "Station",
            Values.THINGS,
            {
                "person": _ATTENDED.format(person="?s", stop="?v"),
                "organization": _VISITED.format(organization="?s", stop="?v"),
                "place": "?v schema:location/schema:containedInPlace* ?s ; a et:Stop .",
                "tour": "?v schema:superEvent ?s ; a et:Stop .",
            },
            "stop",
        ),
        _property(
            "person",
            "person present",
            "anwesende Person",
            Values.THINGS,
            {"stop": _ATTENDED.format(person="?v", stop="?s") + " ?v a foaf:Person ."},
            "person",
        ),
        _property(
            "place",
            "place",
            "Ort",
            Values.THINGS,
            {
                "person": f"{_STOP_OF} ?stop schema:location ?v .",
                "organization": "?s schema:location ?v .",
                "stop": "?s schema:location ?v .",
            },
            "place",
        ),
        _property(
            "jurisdiction",
            "jurisdiction",
            "Zuständigkeitsgebiet",
            Values.THINGS,
            {"organization": "?s et:jurisdiction ?v .", "post": "?s et:jurisdiction ?v ."},
            "place",
        ),
        _property("in", "lies in", "liegt in", Values.THINGS, {"place": "?s schema:containedInPlace ?v ."}, "place"),
        _property(
            "within",
            "lies anywhere within",
            "liegt im Gebiet von",
            Values.THINGS,
            {
                "place": "?s schema:containedInPlace+ ?v .",
                "stop": "?s schema:location/schema:containedInPlace* ?v .",
            },
            "place",
        ),
        _property("tour", "tour", "Tour", Values.THINGS, {"stop": "?s schema:superEvent ?v . ?v a et:Tour ."}, "tour"),
        _property(
            "campaign",
            "campaign",
            "Kampagne",
            Values.THINGS,
            {
                "stop": "?s schema:superEvent+ ?v . ?v a et:Campaign .",
                "tour": "?s schema:superEvent ?v . ?v a et:Campaign .",
            },
            "campaign",
        ),
        _property(
            "date",
            "day",
            "Tag",
            Values.DATES,
            {
                "person": f"{_STOP_OF} ?stop schema:startDate|schema:endDate ?v .",
                "stop": _DAYS,
                "tour": _DAYS,
                "campaign": _DAYS,
            },
        ),
        _property(
            "start",
            "first day",
            "erster Tag",
            Values.DATES,
            dict.fromkeys(("stop", "tour", "campaign"), "?s schema:startDate ?v ."),
        ),
        _property(
            "end",
            "last day",
            "letzter Tag",
            Values.DATES,
            dict.fromkeys(("stop", "tour", "campaign"), "?s schema:endDate ?v ."),
        ),
        _property(
            "ags",
            "municipality key (AGS)",
            "Amtlicher Gemeindeschlüssel",
            Values.TEXT,
            {"place": "?s skos:notation ?v . FILTER(DATATYPE(?v) = et:AGS)"},
        ),
        _property(
            "nuts", "NUTS", "NUTS", Values.TEXT, {"place": "?s skos:notation ?v . FILTER(DATATYPE(?v) = et:NUTS)"}
        ),
        _property(
            "abbreviation", "abbreviation", "Abkürzung", Values.TEXT, {"organization": "?s et:abbreviation ?v ."}
        ),
        _property(
            "legal-form",
            "legal form",
            "Rechtsform",
            Values.TEXT,
            {"organization": "?s et:legalForm/skos:prefLabel ?v ."},
        ),
        _property("also-called", "also called", "weitere Namensformen", Values.TEXT, {"*": "?s skos:altLabel ?v ."}),
        _property("same-as", "same as", "dasselbe anderswo", Values.TEXT, {"*": "?s schema:sameAs ?v ."}),
        _property(
            "report",
            "report that tells of it",
            "Bericht, der davon erzählt",
            Values.THINGS,
            {
                "*": (
                    "GRAPH ?graph { ?s ?says ?what } ?graph prov:wasDerivedFrom ?v .",
                    "GRAPH ?graph { ?what ?says ?s } ?graph prov:wasDerivedFrom ?v .",
                )
            },
        ),
    )
}
