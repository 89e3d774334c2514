"""What each constraint must find, and what comes near without being a fault."""

from __future__ import annotations

from validation.support import Case

STOP = "<stop/musterstadt-2018>"
VISIT = "<item/probe.besuch>"
TALK = "<item/probe.gespraech>"
OTTO_HOST = "<participation/probe.besuch.otto-probe.host>"
NETZWERK_HOST = "<participation/probe.besuch.netzwerk.host>"
TEAM = "<participation/probe.besuch.group-team.visitor>"
MARA = "<participation/probe.gespraech.mara-muster.guest>"
OTTO_TALKS = "<participation/probe.gespraech.otto-probe.interlocutor>"
TALK_PHOTO = "<photo/probe.p1>"
CHILDREN_PHOTO = "<photo/probe.p2>"
CONSENT = "<consent/probe.p2.group-kinder>"
FILE = "schema:contentUrl <https://bilder.example/1.jpg>"
GRANTED = "et:rightsStatus etv:rights-granted"
POST_NAME = "Ministerin für Digitales des Landes Musterland"
MUSTER_TENURE = "post: digitalminister-musterland, from: 2017-03-01}"


def day(date: str) -> str:
    return f'"{date}"^^xsd:date'


def stop(iri: str, name: str, date: str, place: str = "<place/musterstadt>", more: str = "") -> str:
    return (
        f'{iri} a et:Stop ; skos:prefLabel "{name}"@de ; schema:superEvent <tour/mustertour> ; '
        f"schema:location {place} ; schema:startDate {day(date)} {more} ."
    )


def participation(event: str, iri: str, who: str, role: str, more: str = "et:presence etv:present") -> str:
    return (
        f"{event} cv:hasParticipation {iri} . {iri} a et:Participation ; cv:hasParticipant {who} ; cv:role {role} ; "
        f"et:certainty etv:implied ; {more} ."
    )


def other_tour(date: str) -> str:
    """The opening of a second tour of the campaign, where stops name tour and campaign both."""
    return (
        f"{STOP} schema:superEvent <campaign/musterkampagne> . "
        '<tour/zweite> a et:Tour ; skos:prefLabel "Zweite Tour"@de ; schema:superEvent <campaign/musterkampagne> . '
        '<stop/zweite> a et:Stop ; skos:prefLabel "Zweitstadt"@de ; schema:location <place/musterstadt> ; '
        f"schema:superEvent <tour/zweite>, <campaign/musterkampagne> ; schema:startDate {day(date)} ; "
        "et:sequenceRole etv:opening ."
    )


def organization(name: str, form: str) -> str:
    return f'<organization/neu> a org:Organization ; skos:prefLabel "{name}"@de ; et:legalForm etv:{form} .'


def ministry(facts: str) -> str:
    return f'<organization/neu> a et:Ministry ; skos:prefLabel "Neues Ministerium"@de ; {facts} .'


def place(kind: str, notation: str) -> str:
    return f'<place/neu> a schema:{kind} ; skos:prefLabel "Neuort"@de ; skos:notation {notation} .'


def consent(facts: str, photo: str = TALK_PHOTO) -> str:
    return f"{photo} et:consent <consent/probe.neu> . <consent/probe.neu> a dpv:ConsentRecord ; {facts} ."


BAD: dict[str, list[Case]] = {
    "C01": [
        Case("no-title", drop=("<report/probe> dcterms:title",), told="probe"),
        Case("no-language", drop=("<report/probe> dcterms:language",)),
        Case("two-languages", add='<report/probe> dcterms:language "en" .', told="de, en"),
        Case("no-publisher", drop=("<report/probe> dcterms:publisher",), told="Ein Halt in Musterstadt"),
        Case(
            "two-publishers",
            add="<report/probe> dcterms:publisher <organization/netzwerk> .",
            told="Amt für Beispiele, Netzwerk GmbH",
        ),
    ],
    "C02": [
        Case("no-date", drop=("<report/probe> dcterms:issued",)),
        Case(
            "half-a-window",
            drop=("<report/probe> dcterms:issued",),
            add=f"<report/probe> et:notBefore {day('2018-05-20')} .",
        ),
    ],
    "C03": [
        Case("no-digest", drop=("<report/probe> et:sourceDigest",)),
        Case(
            "not-a-digest",
            drop=("<report/probe> et:sourceDigest",),
            add='<report/probe> et:sourceDigest "sha256:12" .',
            told="sha256:12",
        ),
        Case("nobody-recorded-it", drop=("<extraction/probe.probe.1> prov:wasAssociatedWith",)),
    ],
    "C04": [Case("people-only", drop=(f"{STOP} a", f"{VISIT} a", f"{TALK} a"), told="Ein Halt in Musterstadt")],
    "C05": [
        Case("before-the-last-day", edit=(("published: 2018-05-20", "published: 2018-05-14"),), told="2018-05-14"),
        Case(
            "window-before-the-stop",
            edit=(("published: 2018-05-20", "published: {not before: 2018-05-01, not after: 2018-05-02}"),),
            told="2018-05-02",
        ),
    ],
    "C06": [
        Case("no-start", drop=(f"{STOP} schema:startDate",), told="Musterstadt"),
        Case(
            "german-date",
            drop=(f"{STOP} schema:startDate",),
            add=f'{STOP} schema:startDate "14.05.2018" .',
            told="14.05.2018",
        ),
        Case("two-starts", add=f"{TALK} schema:startDate {day('2018-05-15')} .", told="2018-05-14, 2018-05-15"),
        Case(
            "no-such-day",
            drop=(f"{STOP} schema:endDate",),
            add=f"{STOP} schema:endDate {day('2018-02-30')} .",
            told="2018-02-30",
        ),
        Case(
            "issued",
            drop=("<report/probe> dcterms:issued",),
            add='<report/probe> dcterms:issued "Mai 2018" .',
            told="Mai 2018",
        ),
        Case(
            "photo",
            drop=(f"{TALK_PHOTO} schema:dateCreated",),
            add=f'{TALK_PHOTO} schema:dateCreated "gestern"@de .',
            told="gestern",
        ),
        Case(
            "attested",
            add='<affiliation/probe.otto-probe.netzwerk.managing-director> et:attestedOn "2018" .',
            told="2018",
        ),
        Case("window", add=f'{CHILDREN_PHOTO} et:notBefore "Montag" ; et:notAfter 15 .', told=("Montag", "Montag")),
        Case("not-after", add=f"{CHILDREN_PHOTO} et:notAfter 15 .", told="15"),
    ],
    "C07": [
        Case(
            "stop",
            drop=(f"{STOP} schema:endDate",),
            add=f"{STOP} schema:endDate {day('2018-05-13')} .",
            told="2018-05-13",
        ),
        Case(
            "window",
            add=f"{CHILDREN_PHOTO} et:notBefore {day('2018-05-15')} ; et:notAfter {day('2018-05-14')} .",
            told="2018-05-14",
        ),
        Case(
            "tenure",
            add=f"<tenure/neu> a et:Tenure ; org:member <person/otto-probe> ; schema:startDate {day('2018-05-15')} ; schema:endDate {day('2017-05-15')} .",
            told="Otto Probe",
        ),
    ],
    "C08": [
        Case("no-place", drop=(f"{STOP} schema:location",), told="Musterstadt"),
        Case(
            "coast",
            drop=(f"{STOP} schema:location",),
            add=f'{STOP} schema:location <place/kueste> . <place/kueste> a schema:Place ; skos:prefLabel "an der Küste"@de ; schema:containedInPlace <place/musterland> .',
            told="an der Küste",
        ),
        Case(
            "no-land",
            drop=(f"{STOP} schema:location",),
            add=f'{STOP} schema:location <place/insel> . <place/insel> a schema:City ; skos:prefLabel "Inselort"@de .',
            told="Inselort",
        ),
    ],
    "C09": [Case("orphan", drop=(f"{STOP} schema:superEvent",), told="Musterstadt")],
    "C10": [
        Case(
            "before-the-tour", edit=(("date: 2018-05-14/2018-05-18", "date: 2018-05-15/2018-05-18"),), told="2018-05-14"
        ),
        Case(
            "after-the-tour", edit=(("date: 2018-05-14/2018-05-18", "date: 2018-05-14/2018-05-14"),), told="2018-05-15"
        ),
        Case(
            "after-the-campaign",
            add=f"<campaign/musterkampagne> schema:endDate {day('2017-05-14')} .",
            told="2018-05-15",
        ),
    ],
    "C11": [
        Case(
            "before-the-stop",
            drop=(f"{TALK} schema:startDate",),
            add=f"{TALK} schema:startDate {day('2018-05-13')} .",
            told="2018-05-13",
        ),
        Case(
            "a-month-later",
            drop=(f"{TALK} schema:startDate",),
            add=f"{TALK} schema:startDate {day('2018-06-14')} .",
            told="2018-06-14",
        ),
        Case(
            "day-after-its-item",
            add=f'<item/probe.teil> a et:Exchange ; skos:prefLabel "Teil"@de ; schema:superEvent {VISIT} ; schema:startDate {day("2018-05-15")} .',
            told="2018-05-15",
        ),
    ],
    "C12": [Case("other-town", add=f"{TALK} schema:location <place/nachbarstadt> .", told="Nachbarstadt")],
    "C13": [
        Case("tour-of-its-stop", add=f"<tour/mustertour> schema:superEvent {STOP} .", told="Mustertour"),
        Case("itself", add=f"{TALK} schema:superEvent {TALK} .", told="Gespräch"),
    ],
    "C14": [Case("earlier-stop", add=stop("<stop/frueher>", "Früherstadt", "2018-05-13"), told="Früherstadt")],
    "C14b": [
        Case(
            "two-openings",
            add=stop("<stop/zweite>", "Zweitstadt", "2018-05-16", more="; et:sequenceRole etv:opening"),
            told="Zweitstadt",
        )
    ],
    "C15": [
        Case("friday", edit=(("weekday: monday", "weekday: friday"),), told=("Freitag", "Friday")),
        Case(
            "not-a-weekday",
            drop=(f"{STOP} et:reportedWeekday",),
            add=f"{STOP} et:reportedWeekday etv:guest .",
            told=("Gast", "guest"),
        ),
    ],
    "C16": [
        Case(
            "later",
            drop=(f"{VISIT} schema:startDate",),
            add=f"{VISIT} schema:startDate {day('2018-05-15')} .",
            told="Besuch der Netzwerk GmbH",
        )
    ],
    "C17": [
        Case(
            "place", drop=(f"{VISIT} et:visited",), add=f"{VISIT} et:visited <place/musterstadt> .", told="Musterstadt"
        ),
        Case("missing", drop=(f"{VISIT} et:visited",), told="Besuch der Netzwerk GmbH"),
    ],
    "C18": [
        Case(
            "no-host",
            drop=(f"{NETZWERK_HOST} cv:role", f"{OTTO_HOST} cv:role"),
            add=f"{NETZWERK_HOST} cv:role etv:visitor . {OTTO_HOST} cv:role etv:visitor .",
            told="Netzwerk GmbH",
        )
    ],
    "C19": [
        Case(name, drop=("<person/otto-probe> foaf:name",), add=f'<person/otto-probe> foaf:name "{name}" .', told=name)
        for name in ("O. Probe", "O.Probe", "O. P. Probe", "Ö. von der Probe", "Probe")
    ],
    "C20": [
        *(
            Case(f"no-{key}", drop=(f"{OTTO_HOST} {predicate}",))
            for key, predicate in (
                ("participant", "cv:hasParticipant"),
                ("role", "cv:role"),
                ("presence", "et:presence"),
                ("certainty", "et:certainty"),
            )
        ),
        Case("no-event", drop=(f"{TALK} cv:hasParticipation",), told="Mara Muster"),
        Case(
            "two-participants", add=f"{OTTO_HOST} cv:hasParticipant <person/ina-linse> .", told="Ina Linse, Otto Probe"
        ),
        Case(
            "text",
            drop=(f"{OTTO_HOST} cv:hasParticipant",),
            add=f'{OTTO_HOST} cv:hasParticipant "Otto Probe aus dem Text" .',
            told="Otto Probe aus dem Text",
        ),
        Case("two-events", add=f"{TALK} cv:hasParticipation {OTTO_HOST} .", told="Besuch der Netzwerk GmbH, Gespräch"),
        Case(
            "unknown-role",
            drop=(f"{OTTO_HOST} cv:role",),
            add=f"{OTTO_HOST} cv:role etv:present .",
            told=("anwesend", "present"),
        ),
        Case(
            "unknown-presence",
            drop=(f"{OTTO_HOST} et:presence",),
            add=f"{OTTO_HOST} et:presence etv:guest .",
            told=("Gast", "guest"),
        ),
        Case(
            "two-presences", add=f"{OTTO_HOST} et:presence etv:absent .", told=("abwesend, anwesend", "absent, present")
        ),
        Case(
            "unknown-certainty",
            drop=(f"{OTTO_HOST} et:certainty",),
            add=f'{OTTO_HOST} et:certainty "sicher" .',
            told="sicher",
        ),
    ],
    "C21": [
        Case(
            "unknown",
            drop=(f"{TEAM} cv:hasParticipant",),
            add=f"{TEAM} cv:hasParticipant <person/unbekannte> .",
            told="unbekannte",
        )
    ],
    "C22": [
        Case(
            name,
            add=f'<post/neu> a org:Post ; skos:prefLabel "Probeminister"@de ; org:role etv:{role} {facts} .',
            told="Probeminister",
        )
        for name, role, facts in (
            ("nothing-known", "minister", ""),
            (
                "no-portfolio",
                "minister",
                "; et:jurisdiction <place/musterland> ; org:postIn <organization/digitalministerium-musterland>",
            ),
            ("no-ministry", "acting-minister", "; et:jurisdiction <place/musterland> ; et:portfolio etv:energy"),
            ("no-jurisdiction", "minister-president", "; et:portfolio etv:energy"),
        )
    ],
    "C23": [
        Case(
            "roughly-known-end",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", not after: 2018-05-13}")),),
            told=POST_NAME,
        ),
        Case(
            "not-yet-in-any-case",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("from: 2017-03-01", "not before: 2018-05-15")),),
            told=POST_NAME,
        ),
        Case(
            "no-longer-in-any-case",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", until: 2018-04-30, not after: 2018-05-13}")),),
            told=POST_NAME,
        ),
        Case("not-yet", registry=((MUSTER_TENURE, MUSTER_TENURE.replace("2017", "2019")),), told=POST_NAME),
        Case(
            "no-longer", registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", until: 2018-05-13}")),), told=POST_NAME
        ),
        Case(
            "somebody-else",
            drop=(f"{MARA} cv:hasParticipant",),
            add=f"{MARA} cv:hasParticipant <person/otto-probe> .",
            told="Otto Probe",
        ),
    ],
    "C23w": [
        Case(
            "no-tenure",
            registry=((", from: 2017-03-01}", "}"), (", from: 2013-03-01, until: 2017-03-01", "")),
            told=POST_NAME,
        ),
        Case(
            "post-of-the-report",
            drop=(f"{MARA} et:inCapacityOf",),
            add=f'{MARA} et:inCapacityOf <post/neu> . <post/neu> a org:Post ; skos:prefLabel "Regierungschefin"@de ; org:role etv:minister-president ; et:jurisdiction <place/musterland> .',
            told="Regierungschefin",
        ),
    ],
    "C24": [
        Case(
            name,
            add=f"<tenure/neu> a et:Tenure ; org:member <person/otto-probe> ; et:post <post/digitalminister-musterland> ; {dates} .",
            told=told,
        )
        for name, dates, told in (
            ("open", f"schema:startDate {day('2018-01-01')}", "Mara Muster"),
            ("inside", f"schema:startDate {day('2014-01-01')} ; schema:endDate {day('2014-02-01')}", "Vera Vorgang"),
            (
                "one-day-too-long",
                f"schema:startDate {day('2012-01-01')} ; schema:endDate {day('2013-03-02')}",
                "Vera Vorgang",
            ),
        )
    ],
    "C25": [
        Case("same-name", add='<person/neu> a foaf:Person ; foaf:name "OTTO PROBE" .', told="OTTO PROBE"),
        Case("initial", add='<person/neu> a foaf:Person ; foaf:name "M. Muster" .', told="Mara Muster"),
    ],
    "C26": [
        Case(
            "host-twice",
            add=participation(VISIT, "<participation/probe.x>", "<organization/netzwerk>", "etv:host"),
            told="Netzwerk GmbH",
        )
    ],
    "C27": [
        Case(
            "two-towns",
            add=stop("<stop/neben>", "Nachbarstadt", "2018-05-14", "<place/nachbarstadt>")
            + participation("<stop/neben>", "<participation/probe.x>", "<person/otto-probe>", "etv:visitor"),
            told="Nachbarstadt",
        )
    ],
    "C28": [
        Case("no-quote", drop=(f"{TEAM} et:evidence",), told="Team – Besuch der Netzwerk GmbH"),
        Case("depicted", drop=(f"{OTTO_TALKS} et:evidence",), told="Otto Probe – Gespräch"),
        Case("source-is-no-quote", drop=(f"{TEAM} et:evidence",), add=f'{TEAM} dcterms:source "Zeitung" .'),
        Case(
            "affiliation",
            drop=("<affiliation/probe.otto-probe.netzwerk.managing-director> et:evidence",),
            told="Otto Probe",
        ),
    ],
    "C29": [
        Case(
            "implied",
            drop=(f"{MARA} et:certainty",),
            add=f"{MARA} et:certainty etv:implied .",
            told="Mara Muster – Gespräch",
        ),
        Case(
            "at-the-other-item",
            add=participation(VISIT, "<participation/probe.x>", "<person/mara-muster>", "etv:visitor"),
            told="Mara Muster – Besuch der Netzwerk GmbH",
        ),
    ],
    "C30": [
        Case("no-caption", drop=(f"{TALK_PHOTO} schema:caption",)),
        Case("no-credit", drop=(f"{TALK_PHOTO} schema:creditText",), told="Mara Muster im Gespräch mit Otto Probe"),
        Case("no-rights", drop=(f"{TALK_PHOTO} et:rightsStatus",)),
        Case("no-event", drop=(f"{TALK_PHOTO} et:takenDuring",)),
        Case(
            "no-such-rights",
            drop=(f"{TALK_PHOTO} et:rightsStatus",),
            add=f'{TALK_PHOTO} et:rightsStatus "frei" .',
            told="frei",
        ),
    ],
    "C31": [
        Case("unknown", add=f"{TALK_PHOTO} {FILE} .", told="Mara Muster im Gespräch"),
        Case(
            "withdrawn",
            drop=(f"{TALK_PHOTO} et:rightsStatus",),
            add=f"{TALK_PHOTO} et:rightsStatus etv:rights-withdrawn ; {FILE} .",
        ),
    ],
    "C32": [
        Case(
            name,
            drop=(f"{TALK_PHOTO} et:rightsStatus",),
            add=f"{TALK_PHOTO} {GRANTED} {facts} .",
            told="Mara Muster im Gespräch",
        )
        for name, facts in (
            ("nothing", ""),
            ("no-holder", "; schema:license <https://creativecommons.org/licenses/by/4.0/>"),
            ("no-terms", "; schema:copyrightHolder <organization/herausgeber>"),
        )
    ],
    "C33": [
        Case("unknown", add=f"{TALK_PHOTO} foaf:depicts <person/niemand> .", told="niemand"),
        Case(
            "depiction",
            add=f"{TALK_PHOTO} et:hasDepiction <depiction/probe.x> . <depiction/probe.x> a et:Depiction ; et:depicted <person/niemand> .",
            told="niemand",
        ),
    ],
    "C33b": [
        Case(
            "forgotten",
            drop=(f"{CHILDREN_PHOTO} schema:caption",),
            add=f'{CHILDREN_PHOTO} schema:caption "Kinder mit Otto Probe"@de .',
            told="Otto Probe",
        )
    ],
    "C34": [
        Case(
            "after-the-tour",
            drop=(f"{TALK_PHOTO} et:takenDuring", f"{TALK_PHOTO} schema:dateCreated"),
            add=f"{TALK_PHOTO} et:takenDuring <tour/mustertour> ; schema:dateCreated {day('2018-05-19')} .",
            told="2018-05-19",
        ),
        Case(
            "before",
            drop=(f"{TALK_PHOTO} schema:dateCreated",),
            add=f"{TALK_PHOTO} schema:dateCreated {day('2018-05-13')} .",
            told="2018-05-13",
        ),
        Case(
            "after",
            drop=(f"{TALK_PHOTO} schema:dateCreated",),
            add=f"{TALK_PHOTO} schema:dateCreated {day('2018-05-15')} .",
            told="2018-05-15",
        ),
        Case(
            "window-before",
            add=f"{CHILDREN_PHOTO} et:notBefore {day('2018-05-01')} ; et:notAfter {day('2018-05-02')} .",
            told="2018-05-02",
        ),
        Case(
            "window-after",
            add=f"{CHILDREN_PHOTO} et:notBefore {day('2018-06-01')} ; et:notAfter {day('2018-06-02')} .",
            told="2018-06-01",
        ),
    ],
    "C35": [
        Case(
            "only-announced",
            drop=(f"{OTTO_TALKS} et:presence",),
            add=f"{OTTO_TALKS} et:presence etv:announced .",
            told="Otto Probe",
        ),
        Case("not-there", add=f"{TALK_PHOTO} foaf:depicts <person/ina-linse> .", told="Ina Linse"),
    ],
    "C36": [
        Case("unknown", add=f"{CHILDREN_PHOTO} {FILE} .", told="Kinder"),
        Case(
            "by-the-children",
            drop=(f"{CONSENT} dpv:hasConsentStatus",),
            add=f"{CHILDREN_PHOTO} {FILE} . {CONSENT} dpv:hasConsentStatus dpv:ConsentGiven ; et:consentBy dpv:DataSubject .",
            told="Kinder am Stand",
        ),
        Case(
            "for-others",
            add=f"{CHILDREN_PHOTO} {FILE} . "
            + consent(
                "dpv:hasConsentStatus dpv:ConsentGiven ; et:consentBy dpv:GuardianOfDataSubject ; dpv:hasDataSubject <group/probe.team>",
                CHILDREN_PHOTO,
            ),
            told="Kinder",
        ),
    ],
    "C36w": [Case("nothing-recorded", drop=(f"{CHILDREN_PHOTO} et:consent",), told="Kinder am Stand")],
    "C37": [
        Case(
            "at-the-depiction",
            add=f"{TALK_PHOTO} et:hasDepiction <depiction/probe.x> . <depiction/probe.x> a et:Depiction ; et:consent <consent/probe.neu> . "
            "<consent/probe.neu> a dpv:ConsentRecord ; dpv:hasConsentStatus dpv:ConsentWithdrawn ; dpv:hasDataSubject <person/otto-probe> .",
            told="Otto Probe",
        ),
        Case(
            "one-of-two",
            add=consent(
                "dpv:hasConsentStatus dpv:ConsentWithdrawn ; dpv:hasDataSubject <person/otto-probe>, <person/ina-linse>"
            ),
            told="Otto Probe",
        ),
        Case(
            "address",
            add=consent("dpv:hasConsentStatus dpv:ConsentWithdrawn ; dpv:hasDataSubject <person/ina-linse>")
            + f" {TALK_PHOTO} {FILE} .",
            told="Mara Muster im Gespräch",
        ),
        Case(
            "refused",
            add=consent("dpv:hasConsentStatus dpv:ConsentRefused ; dpv:hasDataSubject <person/otto-probe>"),
            told="Otto Probe",
        ),
        Case("of-nobody-in-particular", add=consent("dpv:hasConsentStatus dpv:ConsentWithdrawn"), told="Mara Muster"),
        Case(
            "depiction",
            add=f"{TALK_PHOTO} et:hasDepiction <depiction/probe.x> . <depiction/probe.x> a et:Depiction ; et:depicted <person/otto-probe> ; et:consent <consent/probe.x> . <consent/probe.x> a dpv:ConsentRecord ; dpv:hasConsentStatus dpv:ConsentWithdrawn .",
            told="Otto Probe",
        ),
    ],
    "C38": [
        Case("disguised", edit=(("post@amt.example", "post(at)amt.example"),), told="post(at)amt.example"),
        Case("mailto", edit=(("post@amt.example", "'mailto:post@amt.example'"),), told="mailto:post@amt.example"),
        Case("spaces", edit=(("+4930123456", "030 60 40 40 6-0"),), told="030 60 40 40 6-0"),
        Case("fax", add='<organization/netzwerk> schema:faxNumber "0301234567" .', told="0301234567"),
    ],
    "C39": [
        Case("city", add=place("City", '"13005"^^et:AGS'), told="13005"),
        Case("state", add=place("State", '"13005"^^et:AGS'), told="13005"),
        Case("district", add=place("AdministrativeArea", '"13073088"^^et:AGS'), told="13073088"),
        Case("ars", add=place("City", '"13073088"^^et:ARS'), told="13073088"),
        Case("nuts", add=place("State", '"de80"^^et:NUTS'), told="de80"),
        Case("lei", add='<organization/netzwerk> schema:leiCode "5299000J2N45DDNE4Y" .', told="5299000J2N45DDNE4Y"),
        Case(
            "gnd",
            add="<person/otto-probe> schema:sameAs <http://d-nb.info/gnd/118540238> .",
            told="http://d-nb.info/gnd/118540238",
        ),
        Case(
            "gnd-check-digit",
            add="<person/otto-probe> schema:sameAs <https://d-nb.info/gnd/118540239> .",
            told="118540239",
        ),
    ],
    "C40": [
        Case(
            "wikidata",
            add="<person/otto-probe> owl:sameAs <https://www.wikidata.org/entity/Q42> .",
            told="https://www.wikidata.org/entity/Q42",
        )
    ],
    "C41": [
        Case(
            "two-german-names",
            add='<organization/netzwerk> skos:prefLabel "Netzwerkerei GmbH"@de .',
            told="Netzwerk GmbH, Netzwerkerei GmbH",
        ),
        Case("no-name", drop=("<tour/mustertour> skos:prefLabel",), told="mustertour"),
        Case(
            "person-two-names", add='<person/otto-probe> foaf:name "Otto W. Probe" .', told="Otto Probe, Otto W. Probe"
        ),
        Case("person-no-name", drop=("<person/ina-linse> foaf:name",), told="ina-linse"),
    ],
    "C42": [
        Case(
            "class",
            add='<place/neu> a <http://schema.org/Place>, schema:Place ; skos:prefLabel "Neuort"@de .',
            told="http://schema.org/Place",
        ),
        Case("property", add=f"{TALK} <http://schema.org/about> <topic/netz> .", told="http://schema.org/about"),
    ],
    "C43": [
        Case("two-forms-in-one-name", add=organization("Netz GmbH & Co. KG", "kg"), told="Netz GmbH & Co. KG"),
        Case("other-form-in-the-name", add=organization("Netz GmbH", "aoer"), told="Netz GmbH"),
        Case("hyphen", add='<organization/neu> a org:Organization ; skos:prefLabel "Netz-AG"@de .', told="Netz-AG"),
        Case("no-form", drop=("<organization/netzwerk> et:legalForm",), told="Netzwerk GmbH"),
        Case(
            "club",
            add='<organization/neu> a org:Organization ; skos:prefLabel "Lötspitze e. V."@de .',
            told="Lötspitze e. V.",
        ),
        Case(
            "other-form",
            drop=("<organization/netzwerk> et:legalForm",),
            add="<organization/netzwerk> et:legalForm etv:ag .",
            told="AG",
        ),
        Case(
            "form-not-in-the-name",
            add=organization("Stadtwerke Musterstadt", "gmbh"),
            told=("GmbH", "Stadtwerke Musterstadt"),
        ),
    ],
    "C44": [
        Case("no-level", add=ministry("et:jurisdiction <place/musterland>"), told="Neues Ministerium"),
        Case("no-jurisdiction", add=ministry("et:governmentLevel etv:land"), told="Neues Ministerium"),
        Case("land-and-country", add=ministry("et:governmentLevel etv:land ; et:jurisdiction <place/deutschland>")),
        Case("federal-and-land", add=ministry("et:governmentLevel etv:federal ; et:jurisdiction <place/musterland>")),
        Case("municipal", add=ministry("et:governmentLevel etv:municipal ; et:jurisdiction <place/musterstadt>")),
    ],
}

GOOD: dict[str, list[Case]] = {
    "C02": [
        Case("window", edit=(("published: 2018-05-20", "published: {not before: 2018-05-20, not after: 2018-05-22}"),))
    ],
    "C04": [Case("an-item-is-enough", drop=(f"{STOP} a", f"{VISIT} a"))],
    "C05": [
        Case("on-the-last-day", edit=(("published: 2018-05-20", "published: 2018-05-15"),)),
        Case(
            "announced",
            edit=(("published: 2018-05-20", "published: 2018-05-01"),),
            add=f"{STOP} schema:eventStatus schema:EventScheduled .",
        ),
        Case(
            "announced-tour",
            edit=(("published: 2018-05-20", "published: 2018-05-01"),),
            add="<tour/mustertour> schema:eventStatus schema:EventScheduled .",
        ),
    ],
    "C07": [
        Case("one-day", drop=(f"{STOP} schema:endDate",), add=f"{STOP} schema:endDate {day('2018-05-14')} ."),
        Case("not-to-be-compared", drop=(f"{STOP} schema:endDate",), add=f'{STOP} schema:endDate "13.05.2018" .'),
    ],
    "C08": [
        Case(
            "site",
            drop=(f"{STOP} schema:location",),
            add=f'{STOP} schema:location <place/markt> . <place/markt> a schema:Place ; skos:prefLabel "Markt"@de ; schema:containedInPlace <place/musterstadt> .',
        )
    ],
    "C09": [
        Case(
            "campaign-only",
            drop=(f"{STOP} schema:superEvent",),
            add=f"{STOP} schema:superEvent <campaign/musterkampagne> .",
        )
    ],
    "C10": [
        Case("no-dates-stated", drop=("<tour/mustertour> schema:startDate", "<tour/mustertour> schema:endDate")),
        Case("only-the-start-stated", drop=("<tour/mustertour> schema:endDate",)),
    ],
    "C11": [
        Case("second-day", drop=(f"{TALK} schema:startDate",), add=f"{TALK} schema:startDate {day('2018-05-15')} .")
    ],
    "C12": [
        Case(
            "site-in-town",
            add=f'{TALK} schema:location <place/markt> . <place/markt> a schema:Place ; skos:prefLabel "Markt"@de ; schema:containedInPlace <place/musterstadt> .',
        ),
        Case(
            "two-sites-of-a-town",
            drop=(f"{STOP} schema:location",),
            add=f'{STOP} schema:location <place/markt> . <place/markt> a schema:Place ; skos:prefLabel "Markt"@de ; schema:containedInPlace <place/musterstadt> .',
        ),
    ],
    "C14": [
        Case("same-day", add=stop("<stop/andere>", "Anderstadt", "2018-05-14")),
        Case("other-tour-of-the-campaign", add=other_tour("2018-05-16")),
    ],
    "C14b": [
        Case("closing", add=stop("<stop/andere>", "Anderstadt", "2018-05-16", more="; et:sequenceRole etv:closing")),
        Case("other-tour-of-the-campaign", add=other_tour("2018-05-16")),
    ],
    "C16": [Case("next-day", drop=(f"{TALK} schema:startDate",), add=f"{TALK} schema:startDate {day('2018-05-15')} .")],
    "C18": [
        Case("employee", drop=(f"{NETZWERK_HOST} cv:role",), add=f"{NETZWERK_HOST} cv:role etv:visitor ."),
        Case(
            "representatives",
            drop=(f"{NETZWERK_HOST} cv:role", f"{OTTO_HOST} cv:role"),
            add=f"{NETZWERK_HOST} cv:role etv:visitor . {OTTO_HOST} cv:role etv:visitor . "
            + participation(VISIT, "<participation/probe.x>", "<group/probe.leute>", "etv:host")
            + ' <group/probe.leute> a et:UnnamedGroup ; skos:prefLabel "Leute"@de ; et:representing <organization/netzwerk> .',
        ),
    ],
    "C19": [
        Case(name, drop=("<person/otto-probe> foaf:name",), add=f'<person/otto-probe> foaf:name "{name}" .')
        for name in ("Otto J. Probe", "J. Robert Probe", "Ötzi von Probe", "Dr. Otto Probe")
    ],
    "C22": [
        Case("director", add='<post/neu> a org:Post ; skos:prefLabel "Leitung"@de ; org:role etv:managing-director .'),
        Case(
            "head-of-government",
            add='<post/neu> a org:Post ; skos:prefLabel "Spitze"@de ; org:role etv:minister-president ; et:jurisdiction <place/musterland> .',
        ),
    ],
    "C23": [
        Case("roughly-known-end", registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", not after: 2018-05-14}")),)),
        Case(
            "perhaps-already",
            registry=(
                (MUSTER_TENURE, MUSTER_TENURE.replace("from: 2017-03-01", "not before: 2018-05-14, from: 2018-06-01")),
            ),
        ),
        Case(
            "perhaps-still",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", until: 2018-04-30, not after: 2018-05-14}")),),
        ),
        Case(
            "known-from-a-day-on-at-the-earliest",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("from: 2017-03-01", "not before: 2018-05-14")),),
        ),
        Case(
            "only-announced",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("2017", "2019")),),
            drop=(f"{MARA} et:presence",),
            add=f"{MARA} et:presence etv:announced .",
        ),
        Case(
            "start-is-no-date",
            drop=(f"{MARA} cv:hasParticipant",),
            add=f"{MARA} cv:hasParticipant <person/otto-probe> . <tenure/neu> a et:Tenure ; org:member <person/otto-probe> ; "
            'et:post <post/digitalminister-musterland> ; schema:startDate "bald"@de .',
        ),
        Case("first-day", registry=((MUSTER_TENURE, MUSTER_TENURE.replace("2017-03-01", "2018-05-14")),)),
        Case("last-day", registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", until: 2018-05-14}")),)),
        Case(
            "registry-knows-nothing",
            registry=((", from: 2017-03-01}", "}"), (", from: 2013-03-01, until: 2017-03-01", "")),
        ),
        Case(
            "on-some-day-of-the-event",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("2017-03-01", "2018-05-15")),),
            add=f"{TALK} schema:endDate {day('2018-05-15')} .",
        ),
    ],
    "C23w": [
        Case(
            "director",
            add=f'{OTTO_HOST} et:inCapacityOf <post/neu> . <post/neu> a org:Post ; skos:prefLabel "Leitung"@de ; org:role etv:managing-director .',
        )
    ],
    "C24": [
        Case(
            "roughly-known-end",
            registry=((MUSTER_TENURE, MUSTER_TENURE.replace("}", ", not after: 2018-12-31}")),),
            add=f"<tenure/neu> a et:Tenure ; org:member <person/otto-probe> ; et:post <post/digitalminister-musterland> ; schema:startDate {day('2018-11-01')} .",
        ),
        Case(
            "handover",
            add=f"<tenure/neu> a et:Tenure ; org:member <person/otto-probe> ; et:post <post/digitalminister-musterland> ; schema:startDate {day('2012-01-01')} ; schema:endDate {day('2013-03-01')} .",
        ),
        Case(
            "two-seats",
            registry=(("    portfolio: digitalisation", "    portfolio: digitalisation\n    seats: 2"),),
            add=f"<tenure/neu> a et:Tenure ; org:member <person/otto-probe> ; et:post <post/digitalminister-musterland> ; schema:startDate {day('2018-01-01')} .",
        ),
        Case(
            "same-person",
            add=f"<tenure/neu> a et:Tenure ; org:member <person/mara-muster> ; et:post <post/digitalminister-musterland> ; schema:startDate {day('2018-01-01')} .",
        ),
    ],
    "C25": [Case("other-first-name", add='<person/neu> a foaf:Person ; foaf:name "P. Probe" .')],
    "C26": [
        Case(
            "other-role", add=participation(VISIT, "<participation/probe.x>", "<organization/netzwerk>", "etv:speaker")
        )
    ],
    "C27": [
        Case(
            name,
            add=stop("<stop/neben>", "Nachbarstadt", date, "<place/nachbarstadt>")
            + participation("<stop/neben>", "<participation/probe.x>", "<person/otto-probe>", "etv:visitor", presence),
        )
        for name, date, presence in (
            ("next-day", "2018-05-15", "et:presence etv:present"),
            ("announced", "2018-05-14", "et:presence etv:announced"),
        )
    ],
    "C28": [
        Case("implied", drop=(f"{TEAM} et:evidence", f"{TEAM} et:certainty"), add=f"{TEAM} et:certainty etv:implied ."),
        Case("source", add='<person/ina-linse> et:certainty etv:stated ; dcterms:source "Telefonbuch" .'),
    ],
    "C29": [
        Case("no-minister", drop=(f"{OTTO_TALKS} et:certainty",), add=f"{OTTO_TALKS} et:certainty etv:implied ."),
        Case(
            "announced",
            add=participation(
                VISIT, "<participation/probe.x>", "<person/mara-muster>", "etv:visitor", "et:presence etv:announced"
            ),
        ),
    ],
    "C31": [
        Case(
            "restricted",
            drop=(f"{TALK_PHOTO} et:rightsStatus",),
            add=f"{TALK_PHOTO} et:rightsStatus etv:rights-restricted ; {FILE} .",
        )
    ],
    "C32": [
        Case(
            name,
            drop=(f"{TALK_PHOTO} et:rightsStatus",),
            add=f"{TALK_PHOTO} {GRANTED} ; schema:copyrightHolder <organization/herausgeber> ; {terms} .",
        )
        for name, terms in (
            ("licence", "schema:license <https://creativecommons.org/licenses/by/4.0/>"),
            ("terms", 'schema:usageInfo "Abdruck frei"@de'),
        )
    ],
    "C33b": [
        Case("photographer", add=f'{TALK_PHOTO} schema:caption "Foto: Ina Linse"@de .'),
        Case(
            "withdrawn",
            drop=(f"{CHILDREN_PHOTO} schema:caption",),
            add=f'{CHILDREN_PHOTO} schema:caption "Kinder mit Otto Probe"@de . '
            + consent("dpv:hasConsentStatus dpv:ConsentWithdrawn", CHILDREN_PHOTO),
        ),
    ],
    "C34": [
        Case("window", add=f"{CHILDREN_PHOTO} et:notBefore {day('2018-05-01')} ; et:notAfter {day('2018-05-14')} ."),
        Case(
            "tour-without-end",
            drop=(
                f"{TALK_PHOTO} et:takenDuring",
                f"{TALK_PHOTO} schema:dateCreated",
                "<tour/mustertour> schema:endDate",
            ),
            add=f"{TALK_PHOTO} et:takenDuring <tour/mustertour> ; schema:dateCreated {day('2018-06-14')} .",
        ),
    ],
    "C35": [Case("in-a-part", drop=(f"{TALK_PHOTO} et:takenDuring",), add=f"{TALK_PHOTO} et:takenDuring {STOP} .")],
    "C36": [
        Case(
            "guardian",
            drop=(f"{CONSENT} dpv:hasConsentStatus",),
            add=f"{CHILDREN_PHOTO} {FILE} . {CONSENT} dpv:hasConsentStatus dpv:ConsentGiven ; et:consentBy dpv:GuardianOfDataSubject .",
        ),
        Case(
            "at-the-depiction",
            drop=(f"{CHILDREN_PHOTO} et:consent", f"{CHILDREN_PHOTO} foaf:depicts"),
            add=f"{CHILDREN_PHOTO} {FILE} ; et:hasDepiction <depiction/probe.x> . <depiction/probe.x> a et:Depiction ; et:depicted <group/probe.kinder> ; et:consent {CONSENT} . "
            f"<consent/probe.x> a dpv:ConsentRecord . <depiction/probe.x> et:consent <consent/probe.x> . <consent/probe.x> dpv:hasConsentStatus dpv:ConsentGiven ; et:consentBy dpv:GuardianOfDataSubject .",
        ),
    ],
    "C36w": [
        Case(
            "at-the-depiction",
            drop=(f"{CHILDREN_PHOTO} et:consent",),
            add=f"{CHILDREN_PHOTO} et:hasDepiction <depiction/probe.x> . <depiction/probe.x> a et:Depiction ; et:depicted <group/probe.kinder> ; et:consent {CONSENT} .",
        )
    ],
    "C37": [
        Case(
            "somebody-else-at-the-depiction",
            drop=(f"{TALK_PHOTO} foaf:depicts",),
            add=f"{TALK_PHOTO} foaf:depicts <person/mara-muster> ; et:hasDepiction <depiction/probe.x> . <depiction/probe.x> a et:Depiction ; et:consent <consent/probe.neu> . "
            "<consent/probe.neu> a dpv:ConsentRecord ; dpv:hasConsentStatus dpv:ConsentWithdrawn ; dpv:hasDataSubject <person/otto-probe> .",
        ),
        Case(
            "somebody-not-shown",
            add=consent("dpv:hasConsentStatus dpv:ConsentWithdrawn ; dpv:hasDataSubject <person/ina-linse>"),
        ),
    ],
    "C39": [
        Case(
            "right-codes",
            add='<place/a> a schema:City ; skos:prefLabel "A"@de ; skos:notation "13073088"^^et:AGS, "130730088088"^^et:ARS . '
            '<place/b> a schema:AdministrativeArea ; skos:prefLabel "B"@de ; skos:notation "13073"^^et:AGS . '
            '<place/c> a schema:State ; skos:prefLabel "C"@de ; skos:notation "13"^^et:AGS, "DE80"^^et:NUTS . '
            '<place/d> a schema:City, schema:AdministrativeArea ; skos:prefLabel "D"@de ; skos:notation "02000000"^^et:AGS . '
            '<organization/netzwerk> schema:leiCode "529900T8BM49AURSDO55" ; skos:notation "Stralsund HRB 1"^^et:HRB ; '
            "schema:sameAs <https://d-nb.info/gnd/2022139-3>, <https://www.wikidata.org/entity/Q49768>, <https://lobid.org/organisations/DE-605> .",
        )
    ],
    "C41": [Case("two-languages", add='<organization/netzwerk> skos:prefLabel "Network Ltd"@en .')],
    "C43": [
        Case(f"{form}-{name}", add=organization(name, form))
        for name, form in (
            ("Netz AG", "ag"),
            ("Netz-Aktiengesellschaft", "ag"),
            ("Netz KG", "kg"),
            ("Netz GmbH & Co. KG", "gmbh-co-kg"),
            ("Netz OHG", "ohg"),
            ("Netz UG (haftungsbeschränkt)", "ug"),
            ("Netz SE", "se"),
            ("Netz e.V.", "ev"),
            ("Netz eG", "eg"),
            ("Netzwerke Musterstadt", "aoer"),
            ("Netz AöR", "aoer"),
            ("Netz KdöR", "kdoer"),
            ("Netz GbR", "gbr"),
            ("Stiftung Netz", "foundation"),
            ("Netz AG & Co. KG", "kg"),
        )
    ],
    "C44": [
        Case("land", add=ministry("et:governmentLevel etv:land ; et:jurisdiction <place/musterland>")),
        Case("federal", add=ministry("et:governmentLevel etv:federal ; et:jurisdiction <place/deutschland>")),
    ],
}
