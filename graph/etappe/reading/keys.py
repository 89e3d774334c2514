"""The keys of the short report form (YAML-LD), as one table.

Reading, writing, the JSON-LD context and the reference page are made from it. A key says its property, what its value
looks like, and what it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Form(Enum):
    """What the value of a key looks like in the file."""

    TEXT = "text in the language of the report, or one text per language"
    STRING = "text without a language"
    DATE = "a date (2017-07-28), or a window {not before, not after, basis}"
    DATES = "a date, a range (2017-07-27/2017-07-28), or {on, not before, not after, basis}"
    YES = "yes or no"
    NUMBER = "a whole number"
    CODE = "a code, kept as a typed notation"
    LINK = "a web address (http or https)"
    CONCEPT = "a word of a closed list, by its German or English label"
    REFERENCE = "the id of a thing, its name in the registry, or the thing itself with an id"
    NODE = "a mapping that describes a thing of its own"
    QUOTE = "words of the source text, or {words, prefix} where they occur more than once"


@dataclass(frozen=True)
class Key:
    """One key. ``property`` is a compact name; ``inverse`` turns the triple round (child to parent)."""

    name: str
    property: str
    form: Form
    de: str
    many: bool = False
    inverse: bool = False
    scheme: str | None = None  # concept scheme of a CONCEPT
    kinds: tuple[str, ...] = ()  # kinds of thing of a REFERENCE or NODE
    datatype: str | None = None  # datatype of a CODE
    end: str | None = None  # property of the end of a range
    choices: dict[str, str] = field(
        default_factory=dict
    )  # word -> compact name, where the list is not a scheme of ours


@dataclass(frozen=True)
class Kind:
    """One kind of thing. ``local`` things belong to their report alone and carry its id in their IRI."""

    name: str
    types: tuple[str, ...]
    keys: tuple[Key, ...]
    local: bool = False
    variants: dict[str, tuple[str, ...]] = field(default_factory=dict)  # word of the key `kind` -> classes

    def key(self, name: str) -> Key | None:
        """The key of that name, or nothing."""
        return next((key for key in self.keys if key.name == name), None)


def _text(name: str, prop: str, de: str, *, many: bool = False) -> Key:
    return Key(name, prop, Form.TEXT, de, many=many)


def _string(name: str, prop: str, de: str, *, many: bool = False) -> Key:
    return Key(name, prop, Form.STRING, de, many=many)


def _concept(name: str, prop: str, scheme: str, de: str, *, many: bool = False) -> Key:
    return Key(name, prop, Form.CONCEPT, de, scheme=scheme, many=many)


def _ref(name: str, prop: str, de: str, *kinds: str, many: bool = False) -> Key:
    return Key(name, prop, Form.REFERENCE, de, kinds=kinds, many=many)


def _node(name: str, prop: str, de: str, *kinds: str, inverse: bool = False) -> Key:
    return Key(name, prop, Form.NODE, de, kinds=kinds, many=True, inverse=inverse)


NAME = _text("name", "skos:prefLabel", "Name")
ALSO = _text("also called", "skos:altLabel", "weitere Namensformen", many=True)
CERTAINTY = _concept("certainty", "et:certainty", "certainty", "Gewissheit")
QUOTE = Key("quote", "et:evidence", Form.QUOTE, "Wörter des Berichts, die das belegen", many=True)
SOURCE = _string("source", "dcterms:source", "Quelle (im Register)", many=True)
SAME_AS = Key("same as", "schema:sameAs", Form.LINK, "dasselbe in einer anderen Datenbank (GND, Wikidata …)", many=True)
PLACE = _ref("place", "schema:location", "Ort", "place")
JURISDICTION = _ref("jurisdiction", "et:jurisdiction", "Zuständigkeitsgebiet", "place")
NOT_BEFORE = Key("not before", "et:notBefore", Form.DATE, "frühestens")
NOT_AFTER = Key("not after", "et:notAfter", Form.DATE, "spätestens")
BASIS = _concept("basis", "et:dateBasis", "certainty", "worauf das Datum beruht")
COMMON = (CERTAINTY, QUOTE, SOURCE)

PARTICIPANTS = ("person", "group", "organization")
THINGS = ("person", "group", "organization", "exhibit", "product", "place", "programme")

#: key -> presence: the list a participation stands in says how somebody was there.
PRESENCE_KEYS = {
    "present": "present",
    "represented": "represented",
    "announced": "announced",
    "invited": "invited",
    "absent": "absent",
}

EVENT_KEYS = (
    NAME,
    Key("date", "schema:startDate", Form.DATES, "Datum oder Zeitraum", end="schema:endDate"),
    PLACE,
    Key(
        "status",
        "schema:eventStatus",
        Form.CONCEPT,
        "angekündigt, abgesagt, verschoben",
        choices={
            "scheduled": "schema:EventScheduled",
            "cancelled": "schema:EventCancelled",
            "postponed": "schema:EventPostponed",
            "rescheduled": "schema:EventRescheduled",
        },
    ),
    _concept("type", "dcterms:type", "event-types", "Art des Ereignisses", many=True),
    _ref("organizer", "schema:organizer", "Veranstalter", "organization", many=True),
    _ref("about", "schema:about", "Thema", "topic", many=True),
    _concept("weekday", "et:reportedWeekday", "weekdays", "gedruckter Wochentag, zur Prüfung"),
    *COMMON,
)
HAPPENING_KEYS = (
    *EVENT_KEYS,
    *(
        Key(name, "cv:hasParticipation", Form.NODE, f"wer: {name}", many=True, kinds=("participation",))
        for name in PRESENCE_KEYS
    ),
    _ref("exhibits", "et:exhibits", "was gezeigt wurde", "exhibit", "product", many=True),
    _node("programme", "schema:superEvent", "Programmpunkte", "item", inverse=True),
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "person",
            ("foaf:Person",),
            (
                _string("name", "foaf:name", "Name"),
                _string("given name", "foaf:givenName", "Vorname"),
                _string("family name", "foaf:familyName", "Nachname"),
                _string("also called", "skos:altLabel", "weitere Namensformen", many=True),
                _node("affiliation", "org:member", "Zugehörigkeit laut Bericht", "affiliation", inverse=True),
                SAME_AS,
                *COMMON,
            ),
        ),
        Kind(
            "organization",
            ("org:Organization",),
            (
                NAME,
                ALSO,
                _string("short", "et:abbreviation", "Abkürzung"),
                _concept("legal form", "et:legalForm", "legal-forms", "Rechtsform"),
                _concept("level", "et:governmentLevel", "government-levels", "staatliche Ebene"),
                JURISDICTION,
                PLACE,
                _ref("part of", "org:subOrganizationOf", "gehört zu", "organization"),
                _string("phone", "schema:telephone", "Telefon, E.164"),
                _string("fax", "schema:faxNumber", "Fax, E.164"),
                _string("email", "schema:email", "E-Mail"),
                _node("address", "schema:address", "Postanschrift", "address"),
                Key("lei", "schema:leiCode", Form.STRING, "LEI"),
                Key("register", "skos:notation", Form.CODE, "Handelsregister, mit Gericht", datatype="et:HRB"),
                SAME_AS,
                *COMMON,
            ),
            variants={
                "organization": ("org:Organization",),
                "formal": ("org:FormalOrganization",),
                "unit": ("org:OrganizationalUnit",),
                "public body": ("cv:PublicOrganisation",),
                "ministry": ("et:Ministry",),
            },
        ),
        Kind(
            "address",
            ("schema:PostalAddress",),
            (
                _string("box", "schema:postOfficeBoxNumber", "Postfach"),
                _string("street", "schema:streetAddress", "Straße und Hausnummer"),
                _string("code", "schema:postalCode", "Postleitzahl"),
                _string("locality", "schema:addressLocality", "Ort"),
            ),
            local=True,
        ),
        Kind(
            "place",
            ("schema:Place",),
            (
                NAME,
                ALSO,
                _text("description", "schema:description", "was für ein Ort es ist"),
                _ref("in", "schema:containedInPlace", "liegt in", "place"),
                Key("ags", "skos:notation", Form.CODE, "Amtlicher Gemeindeschlüssel", datatype="et:AGS"),
                Key("ars", "skos:notation", Form.CODE, "Regionalschlüssel", datatype="et:ARS"),
                Key("nuts", "skos:notation", Form.CODE, "NUTS", datatype="et:NUTS"),
                SAME_AS,
                *COMMON,
            ),
            variants={
                "site": ("schema:Place",),
                "city": ("schema:City",),
                "district": ("schema:AdministrativeArea",),
                "state": ("schema:State",),
                "country": ("schema:Country",),
            },
        ),
        Kind(
            "post",
            ("org:Post",),
            (
                NAME,
                ALSO,
                _concept("role", "org:role", "roles", "Funktion"),
                _ref("in", "org:postIn", "Behörde oder Organisation des Amts", "organization"),
                JURISDICTION,
                _concept("portfolio", "et:portfolio", "portfolios", "Geschäftsbereich", many=True),
                Key("seats", "et:seats", Form.NUMBER, "wie viele das Amt zugleich innehaben"),
                *COMMON,
            ),
        ),
        Kind(
            "affiliation",
            ("et:Tenure",),
            (
                _ref("of", "org:organization", "Organisation", "organization"),
                _ref("post", "et:post", "Amt", "post"),
                _concept("role", "org:role", "roles", "Funktion"),
                _text("title", "et:reportedTitle", "Funktion, wie gedruckt"),
                Key("on", "et:attestedOn", Form.DATE, "Tag, für den der Bericht sie bezeugt", many=True),
                *COMMON,
            ),
            local=True,
        ),
        Kind(
            "tenure",
            ("et:Tenure",),
            (
                _ref("who", "org:member", "Person", "person"),
                _ref("post", "et:post", "Amt", "post"),
                _ref("of", "org:organization", "Organisation", "organization"),
                _concept("role", "org:role", "roles", "Funktion"),
                Key("from", "schema:startDate", Form.DATE, "erster Tag"),
                Key("until", "schema:endDate", Form.DATE, "letzter Tag; fehlt er, dauert die Amtszeit an"),
                NOT_BEFORE,
                NOT_AFTER,
                *COMMON,
            ),
        ),
        Kind(
            "change",
            ("org:ChangeEvent",),
            (
                NAME,
                Key("date", "schema:startDate", Form.DATE, "Tag der Änderung"),
                _ref("before", "org:originalOrganization", "vorher", "organization", many=True),
                _ref("after", "org:resultingOrganization", "nachher", "organization", many=True),
                NOT_BEFORE,
                NOT_AFTER,
                *COMMON,
            ),
        ),
        Kind(
            "group",
            ("et:UnnamedGroup",),
            (
                NAME,
                ALSO,
                _concept("kind of group", "et:groupKind", "group-kinds", "Art der Gruppe"),
                _ref("representing", "et:representing", "vertritt", "organization", "campaign"),
                Key("minors", "et:includesMinors", Form.YES, "Minderjährige dabei"),
                *COMMON,
            ),
            local=True,
        ),
        Kind(
            "exhibit",
            ("et:Exhibit",),
            (NAME, ALSO, _ref("part of", "dcterms:isPartOf", "gehört zu", "exhibit"), *COMMON),
            variants={"exhibit": ("et:Exhibit",), "vehicle": ("et:Exhibit", "schema:Vehicle")},
        ),
        Kind(
            "product",
            ("schema:Product",),
            (
                NAME,
                _ref("developer", "schema:creator", "entwickelt von", "organization", "person"),
                _text("function", "schema:description", "was es tut"),
                *COMMON,
            ),
            variants={"product": ("schema:Product",), "app": ("schema:SoftwareApplication",)},
        ),
        Kind(
            "programme",
            ("et:FundingProgramme",),
            (
                NAME,
                ALSO,
                _concept("level", "et:governmentLevel", "government-levels", "staatliche Ebene"),
                _ref("responsible", "schema:funder", "zuständige Stelle", "organization"),
                *COMMON,
            ),
        ),
        Kind("topic", ("skos:Concept",), (NAME, ALSO, _ref("broader", "skos:broader", "Oberthema", "topic"))),
        Kind("campaign", ("et:Campaign",), EVENT_KEYS),
        Kind(
            "tour",
            ("et:Tour",),
            (
                *EVENT_KEYS,
                _ref("campaign", "schema:superEvent", "Kampagne", "campaign"),
                Key("number of stops", "et:statedStops", Form.NUMBER, "wie viele Stationen der Bericht nennt"),
            ),
        ),
        Kind(
            "stop",
            ("et:Stop",),
            (
                *HAPPENING_KEYS,
                _ref("tour", "schema:superEvent", "Tour", "tour"),
                _ref("campaign", "schema:superEvent", "Kampagne, wenn keine Tour", "campaign"),
                _concept("sequence", "et:sequenceRole", "sequence-roles", "Auftakt, Zwischenhalt, Abschluss"),
            ),
        ),
        Kind(
            "item",
            ("et:ProgrammeItem",),
            (
                *HAPPENING_KEYS,
                _ref("visited", "et:visited", "wer besucht wurde", "organization"),
                _concept("part of day", "et:partOfDay", "parts-of-day", "Tageszeit"),
                _ref("after", "cv:hasPreviousEvent", "folgt auf", "item", "stop"),
            ),
            local=True,
            variants={
                "item": ("et:ProgrammeItem",),
                "visit": ("et:Visit",),
                "showing": ("et:PublicShowing",),
                "exchange": ("et:Exchange",),
            },
        ),
        Kind(
            "participation",
            ("et:Participation",),
            (
                _ref("who", "cv:hasParticipant", "wer", *PARTICIPANTS),
                _concept("role", "cv:role", "roles", "Rolle"),
                _ref("office", "et:inCapacityOf", "in welchem Amt", "post"),
                _text("title", "et:reportedTitle", "Titel, wie gedruckt"),
                _ref("for", "et:onBehalfOf", "für wen", "organization", "post", "person", "campaign"),
                *COMMON,
            ),
            local=True,
        ),
        Kind(
            "photo",
            ("et:Photo",),
            (
                _text("caption", "schema:caption", "Bildunterschrift"),
                _ref("shows", "foaf:depicts", "zeigt", *THINGS, many=True),
                _ref("during", "et:takenDuring", "aufgenommen bei", "item", "stop", "tour"),
                _string("credit", "schema:creditText", "Bildnachweis, wörtlich"),
                _ref("photographer", "schema:creator", "Fotograf", "person"),
                _ref("credited", "et:creditedOrganization", "genannte Organisation", "organization"),
                _concept("rights", "et:rightsStatus", "rights-status", "Stand der Rechte"),
                _ref("rights holder", "schema:copyrightHolder", "Rechteinhaber", "organization", "person"),
                Key("license", "schema:license", Form.LINK, "Lizenz"),
                _text("usage terms", "schema:usageInfo", "Nutzungsbedingungen"),
                Key("date", "schema:dateCreated", Form.DATE, "Aufnahmedatum, oder Zeitfenster"),
                _ref("place", "schema:contentLocation", "Aufnahmeort", "place"),
                _concept("placement", "et:placement", "placements", "Platz im Bericht"),
                Key("file", "schema:contentUrl", Form.LINK, "öffentliche Adresse der Datei"),
                _node("consent", "et:consent", "Einwilligung", "consent"),
                _node("depictions", "et:hasDepiction", "Abbildungen im Einzelnen", "depiction"),
                *COMMON,
            ),
            local=True,
        ),
        Kind(
            "consent",
            ("dpv:ConsentRecord",),
            (
                _ref("of", "dpv:hasDataSubject", "wessen", "person", "group"),
                Key(
                    "status",
                    "dpv:hasConsentStatus",
                    Form.CONCEPT,
                    "Stand der Einwilligung",
                    choices={
                        "given": "dpv:ConsentGiven",
                        "refused": "dpv:ConsentRefused",
                        "withdrawn": "dpv:ConsentWithdrawn",
                        "unknown": "dpv:ConsentUnknown",
                    },
                ),
                Key(
                    "given by",
                    "et:consentBy",
                    Form.CONCEPT,
                    "wer eingewilligt hat",
                    choices={"person": "dpv:DataSubject", "guardian": "dpv:GuardianOfDataSubject"},
                ),
                Key("date", "dcterms:date", Form.DATE, "Tag der Erklärung"),
                *COMMON,
            ),
            local=True,
        ),
        Kind(
            "depiction",
            ("et:Depiction",),
            (
                _ref("of", "et:depicted", "wer oder was", *THINGS),
                _string("region", "dcterms:description", "Platz im Bild"),
                _node("consent", "et:consent", "Einwilligung", "consent"),
                *COMMON,
            ),
            local=True,
        ),
        Kind(
            "extraction",
            ("et:Extraction",),
            (
                _ref("by", "prov:wasAssociatedWith", "wer dafür einsteht", "agent", many=True),
                Key("on", "dcterms:date", Form.DATE, "Tag der Erfassung"),
                _string("with", "dcterms:description", "Programm und Fassung, wenn eines half"),
            ),
            local=True,
        ),
        Kind("agent", ("prov:Agent",), (_string("name", "foaf:name", "Name"),)),
        Kind(
            "claim",
            ("schema:Claim",),
            (
                _text("text", "schema:text", "Aussage"),
                _text("condition", "et:condition", "Bedingung, unter der sie gilt"),
                *COMMON,
            ),
            local=True,
        ),
    )
}


@dataclass(frozen=True)
class Section:
    """A list of things at the top of a file, by id; ``property`` links the report to each of them."""

    name: str
    kind: str
    property: str | None = None
    inverse: bool = False


REPORT = Kind(
    "report",
    ("et:Report",),
    (
        _text("title", "dcterms:title", "Titel"),
        _string("language", "dcterms:language", "Sprache"),
        _ref("publisher", "dcterms:publisher", "Herausgeber", "organization"),
        Key("published", "dcterms:issued", Form.DATE, "Erscheinungsdatum, oder Zeitfenster"),
        Key("url", "schema:url", Form.LINK, "Adresse der Veröffentlichung"),
        _string("digest", "et:sourceDigest", "Prüfsumme des Texts; wird errechnet"),
        _concept("status", "et:reviewStatus", "review-status", "Stand der Durchsicht"),
        _node("recorded", "prov:wasGeneratedBy", "wie und von wem erfasst", "extraction"),
        _ref("revises", "prov:wasRevisionOf", "berichtigt", "report"),
        _ref("mentions", "schema:mentions", "nennt nebenbei", *THINGS, many=True),
        *COMMON,
    ),
)

REPORT_SECTIONS = (
    Section("people", "person"),
    Section("organizations", "organization"),
    Section("places", "place"),
    Section("posts", "post"),
    Section("groups", "group"),
    Section("exhibits", "exhibit"),
    Section("products", "product"),
    Section("programmes", "programme"),
    Section("topics", "topic", "schema:about"),
    Section("campaigns", "campaign"),
    Section("tours", "tour"),
    Section("stops", "stop"),
    Section("photos", "photo", "schema:associatedMedia"),
    Section("agents", "agent"),
    Section("claims", "claim", "prov:wasQuotedFrom", inverse=True),
)

REGISTRY = Kind(
    "registry",
    ("dcat:Dataset",),
    (
        _text("title", "dcterms:title", "Titel"),
        _string("language", "dcterms:language", "Sprache"),
        Key("license", "dcterms:license", Form.LINK, "Lizenz"),
        SOURCE,
    ),
)

REGISTRY_SECTIONS = (
    *(s for s in REPORT_SECTIONS if s.name in {"people", "organizations", "places", "posts", "campaigns", "tours"}),
    Section("tenures", "tenure"),
    Section("changes", "change"),
)


def every_key() -> Iterator[tuple[Kind, Key]]:
    """Each key with the kind of thing it belongs to."""
    for kind in (REPORT, REGISTRY, *KINDS.values()):
        for key in kind.keys:
            yield kind, key
