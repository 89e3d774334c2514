"""A synthetic campaign of any size, in Etappe's own vocabulary: one report graph of about 60 triples for each stop.

    python -m benchmarks.synthetic REPORTS FILE.nq

The same number of reports gives the same bytes. Who appears how often follows Zipf's law; the pools of people and
organizations grow with the reports. All names are invented.
"""

from __future__ import annotations

import bisect
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

BASE = "https://etappe.example"
PREFIXES = {
    "cv": "http://data.europa.eu/m8g/",
    "dcterms": "http://purl.org/dc/terms/",
    "et": "https://w3id.org/etappe/ns#",
    "etv": "https://w3id.org/etappe/vocab/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LAENDER = 16
FIRST = date(2012, 1, 2)
_FORENAMES = "Alma Benno Carla Dietmar Edda Fiete Gesa Hauke Ilse Jonte Karla Levke Momme Nele Onno Pia".split()
_STEMS = "Auen Birken Deich Eichen Fähr Geest Hafen Insel Kiefern Linden Marsch Nebel Ried Sand Tal Wald".split()
_ENDS = "bach berg brook dorf feld furt grund hagen heim horst kamp loh rade see stedt wisch".split()
_ROLES = "guest host speaker visitor moderator press-contact".split()


class _Zipf:
    """A number from 0 to n-1; the first ones come most often."""

    def __init__(self, n: int) -> None:
        self._sums = list(accumulate((i + 1) ** -0.9 for i in range(n)))

    def draw(self, chance: random.Random, count: int) -> list[int]:
        found: dict[int, None] = {}
        while len(found) < count:
            found[bisect.bisect_left(self._sums, chance.random() * self._sums[-1])] = None
        return list(found)


def iri(kind: str, slug: object) -> str:
    return f"<{BASE}/id/{kind}/{slug}>"


def name(term: str) -> str:
    prefix, local = term.split(":")
    return f"<{PREFIXES[prefix]}{local}>"


def text(words: str, language: str = "") -> str:
    return f'"{words}"@{language}' if language else f'"{words}"'


def day(when: date) -> str:
    return f'"{when.isoformat()}"^^{name("xsd:date")}'


def person_name(number: int) -> str:
    surname = f"{_STEMS[number // 16 % 16]}{_ENDS[number // 256 % 16]}"
    rest = number // 4096
    return f"{_FORENAMES[number % 16]} {surname}{f'-{_STEMS[rest % 16]}{_ENDS[rest // 16 % 16]}' if rest else ''}"


class Campaign:
    """``reports`` reports and the registry they speak of."""

    def __init__(self, reports: int, seed: int = 1) -> None:
        self.reports = reports
        self.people = max(40, reports // 2)
        self.organizations = max(20, reports // 5)
        self.cities = max(20, reports // 50)
        self.tours = max(1, reports // 40)
        self._chance = random.Random(seed)

    def lines(self) -> Iterator[str]:
        """N-Quads, line by line: the registry, then each report."""
        graph = f"<{BASE}/graph/registry>"
        for subject, predicate, value in self._registry():
            yield f"{subject} {name(predicate)} {value} {graph} .\n"
        people, organizations, cities = (_Zipf(n) for n in (self.people, self.organizations, self.cities))
        for number in range(self.reports):
            graph = f"<{BASE}/graph/report/r{number}/1>"
            for subject, predicate, value in self._report(number, graph, people, organizations, cities):
                yield f"{subject} {name(predicate)} {value} {graph} .\n"

    def _registry(self) -> Iterator[tuple[str, str, str]]:
        for number in range(LAENDER):
            land = iri("place", f"land-{number}")
            ministry = iri("organization", f"ministry-{number}")
            yield land, "rdf:type", name("schema:State")
            yield land, "skos:prefLabel", text(f"Land {number}", "de")
            yield ministry, "rdf:type", name("et:Ministry")
            yield ministry, "skos:prefLabel", text(f"Ministerium des Landes {number}", "de")
            yield ministry, "et:jurisdiction", land
            post = iri("post", f"minister-{number}")
            yield post, "rdf:type", name("org:Post")
            yield post, "skos:prefLabel", text(f"Ministerin oder Minister des Landes {number}", "de")
            yield post, "org:role", name("etv:minister")
            yield post, "org:postIn", ministry
            yield post, "et:jurisdiction", land
            for term in range(6):  # one after the other, two years each
                tenure = iri("tenure", f"{number}-{term}")
                yield tenure, "rdf:type", name("et:Tenure")
                yield tenure, "org:member", iri("person", f"p{number * 6 + term if self.people > 96 else number}")
                yield tenure, "et:post", post
                yield tenure, "org:role", name("etv:minister")
                yield tenure, "schema:startDate", day(FIRST + timedelta(days=730 * term))
                yield tenure, "schema:endDate", day(FIRST + timedelta(days=730 * (term + 1) - 1))
        for number in range(self.cities):
            city = iri("place", f"city-{number}")
            yield city, "rdf:type", name("schema:City")
            yield city, "skos:prefLabel", text(f"{_STEMS[number % 16]}{_ENDS[number // 16 % 16]} {number}", "de")
            yield city, "schema:containedInPlace", iri("place", f"land-{number % LAENDER}")
        for number in range(self.people):
            person = iri("person", f"p{number}")
            yield person, "rdf:type", name("foaf:Person")
            yield person, "foaf:name", text(person_name(number))
        for number in range(self.organizations):
            organization = iri("organization", f"o{number}")
            yield organization, "rdf:type", name("org:FormalOrganization")
            yield organization, "skos:prefLabel", text(f"Werkstatt {number} GmbH", "de")
        for number in range(self.tours):
            tour = iri("tour", f"t{number}")
            yield tour, "rdf:type", name("et:Tour")
            yield tour, "skos:prefLabel", text(f"Tour {number}", "de")

    def _report(
        self, number: int, graph: str, people: _Zipf, organizations: _Zipf, cities: _Zipf
    ) -> Iterator[tuple[str, str, str]]:
        chance = self._chance
        when = FIRST + timedelta(days=number * 4000 // self.reports)
        report, stop = iri("report", f"r{number}"), iri("stop", f"s{number}")
        (city,) = cities.draw(chance, 1)
        yield report, "rdf:type", name("et:Report")
        yield report, "dcterms:title", text(f"Bericht {number}", "de")
        yield report, "dcterms:issued", day(when + timedelta(days=1))
        yield graph, "rdf:type", name("prov:Entity")
        yield graph, "prov:wasDerivedFrom", report
        yield stop, "rdf:type", name("et:Stop")
        yield stop, "skos:prefLabel", text(f"Station {number}", "de")
        yield stop, "schema:startDate", day(when)
        yield stop, "schema:location", iri("place", f"city-{city}")
        yield stop, "schema:superEvent", iri("tour", f"t{number * self.tours // self.reports}")
        for place in range(2):
            item = iri("item", f"r{number}.i{place}")
            yield item, "rdf:type", name("et:Visit")
            yield item, "skos:prefLabel", text(f"Besuch {place}", "de")
            yield item, "schema:startDate", day(when)
            yield item, "schema:superEvent", stop
            (organization,) = organizations.draw(chance, 1)
            yield item, "et:visited", iri("organization", f"o{organization}")
            for who in people.draw(chance, chance.randint(2, 4)):
                participation = iri("participation", f"r{number}.i{place}.p{who}")
                yield item, "cv:hasParticipation", participation
                yield participation, "rdf:type", name("et:Participation")
                yield participation, "cv:hasParticipant", iri("person", f"p{who}")
                yield participation, "cv:role", name(f"etv:{chance.choice(_ROLES)}")
                yield participation, "et:presence", name("etv:present")
                yield participation, "et:certainty", name("etv:stated")
                if who < 96 and chance.random() < 0.5:
                    yield participation, "et:inCapacityOf", iri("post", f"minister-{who % LAENDER}")


def main() -> None:
    reports, path = int(sys.argv[1]), Path(sys.argv[2])
    with path.open("w", encoding="utf-8") as file:
        file.writelines(Campaign(reports).lines())


if __name__ == "__main__":
    main()
