"""Reports as N-Triples, 81-132 triples each; three in ten have one or two of 28 kinds of faults. The same on every run.

Every person, organization and address in them is invented. Alone, this module says what it makes.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

SEED = 7
FAULTY = 0.3

ET = "https://etappe.example/ns#"
ID = "https://etappe.example/id/"
ROLE = "https://etappe.example/role/"
LICENCE = "https://etappe.example/licence/"
DCT = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = f"<{RDFS}label>"
TITLE = f"<{DCT}title>"

FIRST_NAMES = [
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Felix",
    "Greta",
    "Hans",
    "Ida",
    "Jonas",
    "Karla",
    "Lena",
    "Max",
    "Nora",
    "Oskar",
    "Paula",
]
LAST_NAMES = [
    "Schröder",
    "Birkenfeld",
    "Muster",
    "Beispiel",
    "Müller",
    "Schäfer",
    "Krüger",
    "Weiß",
    "Lange",
    "Busch",
    "Vogel",
    "Otto",
]
TOWNS = ["Stralsund", "Rostock", "Wismar", "Greifswald", "Schwerin", "Güstrow", "Barth", "Anklam"]
TOPICS = ["Breitband", "Digitalisierung", "Mittelstand", "Robotik", "3D-Druck", "Rechenzentrum"]

Triple = tuple[str, str, str]


def iri(text: str) -> str:
    return f"<{text}>"


def et(name: str) -> str:
    return f"<{ET}{name}>"


def text(value: str, language: str | None = None) -> str:
    return f'"{value}"@{language}' if language else f'"{value}"'


def typed(value: object, datatype: str) -> str:
    return f'"{value}"^^<{XSD}{datatype}>'


def day(value: date) -> str:
    return typed(value.isoformat(), "date")


#: SHACL takes rdfs:subClassOf from the data graph, so the class tree travels with every report.
CLASS_TREE: tuple[Triple, ...] = tuple(
    (et(lower), f"<{RDFS}subClassOf>", et(upper))
    for lower, upper in (
        ("Person", "Agent"),
        ("Organization", "Agent"),
        ("Company", "Organization"),
        ("Ministry", "Organization"),
        ("Government", "Organization"),
        ("Stop", "Event"),
    )
)


class Draft:
    """A report in the making: its triples, and the nodes that faults are made at."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.chance = chance
        self.triples: set[Triple] = set(CLASS_TREE)
        self.stops: list[tuple[str, date]] = []
        self.people: list[str] = []
        self.participations: list[str] = []
        self._base()
        self._topics()
        for index in range(chance.choice([1, 2, 2])):
            self._stop(index)
        self._evidence()
        for index in range(chance.choice([1, 2])):
            self._photo(index)

    def node(self, name: str) -> str:
        return f"<{ID}r{self.number}/{name}>"

    def add(self, subject: str, **facts: str | tuple[str, ...]) -> str:
        """Facts by local name of their predicate; ``a`` is the class, ``label`` the label."""
        for name, values in facts.items():
            predicate = {"a": TYPE, "label": LABEL}.get(name) or et(name.rstrip("_"))
            for value in values if isinstance(values, tuple) else (values,):
                self.triples.add((subject, predicate, value))
        return subject

    def drop(self, subject: str, predicate: str, ending: str = "") -> None:
        gone = {t for t in self.triples if t[0] == subject and t[1] == predicate and t[2].endswith(ending)}
        self.triples -= gone

    def put(self, subject: str, predicate: str, value: str) -> None:
        self.drop(subject, predicate)
        self.triples.add((subject, predicate, value))

    @property
    def stop(self) -> str:
        return self.stops[0][0]

    @property
    def attendee(self) -> str:
        """A person who is not the minister."""
        return next(person for person in self.people if person != self.minister)

    def _base(self) -> None:
        begin = date(2017, 7, 1) + timedelta(self.chance.randrange(200))
        self.begin, self.end = begin, begin + timedelta(10)
        self.tour = self.add(
            self.node("tour"), a=et("Tour"), label=text("Sommertour", "de"), start=day(begin), end=day(self.end)
        )
        self.government = self.add(
            self.node("gov"), a=et("Government"), label=text("Landesregierung", "de"), jurisdiction=text("DE-MV")
        )
        self.ministry = self.add(
            self.node("ministry"), a=et("Ministry"), label=text("Ministerium für Netze", "de"), partOf=self.government
        )
        self.post = self.add(
            self.node("post"), a=et("Post"), label=text("Minister", "de"), ofOrganization=self.ministry
        )
        publisher = self.add(self.node("publisher"), a=et("Organization"), label=text("Glasfaserbüro Muster", "de"))
        self.contact = self.add(
            self.node("contact"), email=text("kontakt@glasfaserbuero.example"), phone=text("030 0000 00-0")
        )
        self.report = self.add(
            self.node("report"), a=et("Report"), tour=self.tour, publisher=publisher, contact=self.contact
        )
        self.triples |= {
            (self.report, TITLE, text("Unternehmensbesuche in " + self.chance.choice(TOWNS), "de")),
            (self.report, TITLE, text("Company visits", "en")),
            (self.report, f"<{DCT}issued>", day(self.end)),
        }

    def _topics(self) -> None:
        for name in self.chance.sample(TOPICS, self.chance.choice([1, 2])):
            self.topic = iri(f"{ID}topic/{name}")
            self.triples |= {
                (self.report, f"<{DCT}subject>", self.topic),
                (self.topic, TYPE, f"<{SKOS}Concept>"),
                (self.topic, f"<{SKOS}prefLabel>", text(name, "de")),
                (self.topic, f"<{SKOS}inScheme>", iri("https://etappe.example/topics")),
            }

    def _stop(self, index: int) -> None:
        stop, on = self.node(f"stop{index}"), self.begin + timedelta(self.chance.randrange(1, 9))
        self.place = self.add(
            self.node(f"place{index}"),
            a=et("Place"),
            label=text(self.chance.choice(TOWNS), "de"),
            postcode=text("18435"),
            lat=typed("54.3", "decimal"),
            long=typed("13.1", "decimal"),
        )
        self.add(stop, a=et("Stop"), date=day(on), place=self.place, partOf=self.tour)
        self.add(self.report, stop=stop)
        company = self.add(
            self.node(f"company{index}"),
            a=et("Company"),
            label=text(f"Musterwerk {index} GmbH"),
            legalForm=text("GmbH"),
        )
        present = [(company, "host")]
        for number in range(self.chance.choice([1, 2])):
            person = self._person(f"person{index}_{number}", affiliation=company)
            present.append((person, self.chance.choice(["guest", "speaker", "visitor"])))
        if index == 0:
            present.append((self._minister(), "minister"))
        for number, (agent, role) in enumerate(present):
            participation = self.add(
                self.node(f"part{index}_{number}"),
                a=et("Participation"),
                agent=agent,
                event=stop,
                role=iri(ROLE + role),
                asPost=(self.post,) if role == "minister" else (),
            )
            self.participations.append(participation)
        self.stops.append((stop, on))

    def _person(self, name: str, **facts: str) -> str:
        full = f"{self.chance.choice(FIRST_NAMES)} {self.chance.choice(LAST_NAMES)}"
        person = self.add(self.node(name), a=et("Person"), label=text(full), **facts)
        self.people.append(person)
        return person

    def _minister(self) -> str:
        self.minister = self._person("minister", identifier=iri(f"https://register.example/person/{self.number}"))
        self.membership = self.add(
            self.node("membership"),
            a=et("Membership"),
            member=self.minister,
            post=self.post,
            start=typed("2016-11-01", "date"),
            end=(typed("2021-11-15", "date"),) if self.chance.random() < 0.5 else (),
        )
        return self.minister

    def _evidence(self) -> None:
        self.evidence = self.add(
            self.node("evidence"),
            a=et("Evidence"),
            quote=text("stieg ein und ließ sich alles zeigen"),
            from_=typed(10, "integer"),
            to=typed(47, "integer"),
        )
        self.add(self.participations[0], evidence=self.evidence)

    def _photo(self, index: int) -> None:
        _, on = self.chance.choice(self.stops)
        self.photo = self.add(
            self.node(f"photo{index}"),
            a=et("Photo"),
            caption=text("Gespräch im Informationsmobil", "de"),
            credit=text("Glasfaserbüro/Nora Beispiel"),
            date=day(on),
            depicts=self.chance.choice(self.people),
            licence=iri(LICENCE + "press"),
        )
        self.add(self.report, photo=self.photo)


def _second_date(draft: Draft) -> None:
    stop, on = draft.stops[0]
    draft.add(stop, date=day(on + timedelta(1 if on < draft.end else -1)))


def _nobody_there(draft: Draft) -> None:
    draft.add(draft.node("stopX"), a=et("Stop"), date=day(draft.stops[0][1]), place=draft.place)


def _no_identity(draft: Draft) -> None:
    draft.drop(draft.attendee, et("affiliation"))
    draft.drop(draft.attendee, et("identifier"))


def _not_yet_in_office(draft: Draft) -> None:
    draft.put(draft.membership, et("start"), typed("2022-01-01", "date"))
    draft.drop(draft.membership, et("end"))


FAULTS: dict[str, Callable[[Draft], object]] = {
    "stop-no-date": lambda d: d.drop(d.stop, et("date")),
    "stop-two-dates": _second_date,
    "stop-date-string": lambda d: d.put(d.stop, et("date"), text("27.07.2017")),
    "stop-date-ill-formed": lambda d: d.put(d.stop, et("date"), typed("2017-13-45", "date")),
    "stop-outside-tour": lambda d: d.put(d.stop, et("date"), day(d.end + timedelta(30))),
    "stop-no-place": lambda d: d.drop(d.stop, et("place")),
    "stop-no-participation": _nobody_there,
    "participation-no-role": lambda d: d.drop(d.participations[0], et("role")),
    "participation-odd-role": lambda d: d.put(d.participations[0], et("role"), iri(ROLE + "clown")),
    "participation-closed": lambda d: d.add(d.participations[0], mood=text("good")),
    "person-no-name": lambda d: d.drop(d.attendee, LABEL),
    "person-no-identity": _no_identity,
    "person-is-organization": lambda d: d.add(d.attendee, a=et("Organization")),
    "ministry-no-government": lambda d: d.drop(d.ministry, et("partOf")),
    "government-bad-jurisdiction": lambda d: d.put(d.government, et("jurisdiction"), text("MeckPomm")),
    "membership-start-after-end": lambda d: d.put(d.membership, et("end"), typed("2010-01-01", "date")),
    "minister-not-in-office": _not_yet_in_office,
    "attendance-after-death": lambda d: d.add(d.attendee, died=typed("2001-05-05", "date")),
    "unknown-agent": lambda d: d.put(d.participations[0], et("agent"), d.node("nobody")),
    "photo-no-credit": lambda d: d.drop(d.photo, et("credit")),
    "photo-odd-licence": lambda d: d.put(d.photo, et("licence"), iri(LICENCE + "none")),
    "photo-date-off": lambda d: d.put(d.photo, et("date"), typed("2001-01-01", "date")),
    "topic-outside-scheme": lambda d: d.drop(d.topic, f"<{SKOS}inScheme>"),
    "contact-bad-email": lambda d: d.put(d.contact, et("email"), text("kontakt(at)glasfaserbuero.example")),
    "title-two-german": lambda d: d.triples.add((d.report, TITLE, text("Zweiter Titel", "de"))),
    "title-no-german": lambda d: d.drop(d.report, TITLE, "@de"),
    "place-latitude": lambda d: d.put(d.place, et("lat"), typed("154.3", "decimal")),
    "evidence-span": lambda d: d.put(d.evidence, et("to"), typed(3, "integer")),
}


def report(number: int, *, faulty: float = FAULTY, force: str | None = None) -> tuple[bytes, list[str]]:
    """The report of that number as N-Triples, and the names of its faults.

    Args:
        faulty: the share of reports with faults.
        force: the one fault that the report has.
    """
    chance = random.Random(SEED * 1_000_003 + number)
    faults: list[str] = []
    if force:
        faults = [force]
    elif chance.random() < faulty:
        faults = chance.sample(sorted(FAULTS), chance.choice([1, 1, 2]))
    draft = Draft(number, chance)
    for fault in faults:
        FAULTS[fault](draft)
    return "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(draft.triples)).encode(), faults


def reports(count: int, start: int = 0) -> Iterator[bytes]:
    """Reports one by one, so that any number of them takes the memory of one."""
    return (report(number)[0] for number in range(start, start + count))


def every_fault(start: int = 200_000) -> Iterator[tuple[str, bytes]]:
    """One report for each kind of fault."""
    return ((name, report(start + index, force=name)[0]) for index, name in enumerate(sorted(FAULTS)))


if __name__ == "__main__":
    made = [report(number) for number in range(1000)]
    sizes = sorted(data.count(b"\n") for data, _ in made)
    print(f"{len(made)} reports of {sizes[0]}-{sizes[-1]} triples, median {sizes[len(sizes) // 2]}")
    print(f"{sum(bool(faults) for _, faults in made)} of them faulty, {len(FAULTS)} kinds of faults:")
    for name, times in sorted(Counter(fault for _, faults in made for fault in faults).items()):
        print(f"  {name} {times}")
