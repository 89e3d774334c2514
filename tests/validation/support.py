"""A report without a fault, a small registry, and cases: changes of the report's text that must or must not be found."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse

from etappe.model import Outcome, Profile, Report, Source
from etappe.namespaces import PREFIXES
from etappe.reading import read_source
from etappe.registry import Registry
from etappe.validation import validate

BASE = "https://etappe.example"

BASE_REGISTRY = """\
registry: probe-register
title: Register für Tests
language: de
places:
  deutschland: {kind: country, name: Deutschland}
  musterland: {kind: state, name: Musterland, in: deutschland, ags: '98'}
  musterkreis: {kind: district, name: Musterkreis, in: musterland, ags: '98001'}
  musterstadt: {kind: city, name: Musterstadt, in: musterkreis, ags: '98001001'}
  nachbarstadt: {kind: city, name: Nachbarstadt, in: musterkreis, ags: '98001002'}
organizations:
  digitalministerium-musterland: {kind: ministry, name: Digitalministerium Musterland, level: land, jurisdiction: musterland}
posts:
  digitalminister-musterland:
    name: Ministerin für Digitales des Landes Musterland
    role: minister
    in: digitalministerium-musterland
    jurisdiction: musterland
    portfolio: digitalisation
people:
  mara-muster: {name: Mara Muster}
  vera-vorgang: {name: Vera Vorgang}
tenures:
  vorgang-digital: {who: vera-vorgang, post: digitalminister-musterland, from: 2013-03-01, until: 2017-03-01}
  muster-digital: {who: mara-muster, post: digitalminister-musterland, from: 2017-03-01}
"""

BASE_REPORT = """\
report: probe
title: Ein Halt in Musterstadt
language: de
publisher: {id: herausgeber, name: Amt für Beispiele, email: post@amt.example, phone: '+4930123456'}
published: 2018-05-20
recorded: {by: {id: pruefer, name: Testperson}}
text: |
  Am Montag, dem 14. Mai 2018, hielt die Tour in Musterstadt. Am Vormittag besuchte das Team die Netzwerk GmbH.
  Geschäftsführer Otto Probe empfing die Gäste. Danach kam Mara Muster, Ministerin für Digitales, zum Gespräch.
  Foto: Mara Muster im Gespräch mit Otto Probe. Kinder am Stand. Bildnachweis: Amt/Ina Linse.
groups:
  team: {name: Team, kind of group: staff, representing: organization/herausgeber}
  kinder: {name: Kinder, kind of group: children, minors: yes}
organizations:
  netzwerk: {kind: formal, name: Netzwerk GmbH, legal form: GmbH, place: musterstadt}
people:
  otto-probe: {name: Otto Probe, affiliation: {of: netzwerk, role: managing-director, on: 2018-05-14, certainty: stated, quote: Geschäftsführer Otto Probe}}
  ina-linse: {name: Ina Linse}
campaigns:
  musterkampagne: {name: Musterkampagne}
tours:
  mustertour: {name: Mustertour, campaign: musterkampagne, date: 2018-05-14/2018-05-18}
stops:
  musterstadt-2018:
    name: Musterstadt
    tour: mustertour
    sequence: opening
    place: musterstadt
    date: 2018-05-14/2018-05-15
    weekday: monday
    programme:
      - id: besuch
        kind: visit
        name: Besuch der Netzwerk GmbH
        visited: netzwerk
        place: musterstadt
        date: 2018-05-14
        present:
          - {who: netzwerk, role: host, certainty: stated, quote: besuchte das Team die Netzwerk GmbH}
          - {who: group/team, role: visitor, certainty: stated, quote: besuchte das Team die Netzwerk GmbH}
          - {who: otto-probe, role: host, certainty: stated, quote: Otto Probe empfing die Gäste}
      - id: gespraech
        kind: exchange
        name: Gespräch
        date: 2018-05-14
        after: besuch
        present:
          - who: mara-muster
            role: guest
            office: digitalminister-musterland
            certainty: stated
            quote: Danach kam Mara Muster, Ministerin für Digitales, zum Gespräch
          - {who: otto-probe, role: interlocutor, certainty: depicted, quote: Mara Muster im Gespräch mit Otto Probe}
photos:
  p1:
    caption: Mara Muster im Gespräch mit Otto Probe
    shows: [person/mara-muster, person/otto-probe]
    during: item/gespraech
    credit: Amt/Ina Linse
    photographer: ina-linse
    rights: unknown
    date: 2018-05-14
  p2:
    caption: Kinder am Stand
    shows: [group/kinder]
    during: stop/musterstadt-2018
    credit: Amt/Ina Linse
    rights: unknown
    consent: {of: group/kinder, status: unknown}
"""


@dataclass(frozen=True)
class Case:
    """A change of the base report: ``replace`` pairs of text, ``triples`` in Turtle added, ``without`` in Turtle taken away.

    ``registry`` pairs change the base registry. ``value`` must be named in both messages, where it is given.
    """

    name: str
    replace: tuple[tuple[str, str], ...] = ()
    triples: str = ""
    without: str = ""
    registry: tuple[tuple[str, str], ...] = ()
    value: str = ""


def changed(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        assert old in text, f"not in the base: {old!r}"
        text = text.replace(old, new)
    return text


def turtle(text: str) -> set:  # type: ignore[type-arg]
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + f"@base <{BASE}/id/> .\n"
    return {quad.triple for quad in parse((head + text).encode(), format=RdfFormat.TURTLE)}


def registry_of(case: Case) -> Registry:
    yaml = changed(BASE_REGISTRY, case.registry)
    return Registry(read_source(Source("registry.yaml", "application/yaml", yaml.encode())).triples)


def report_of(case: Case, registry: Registry) -> Report:
    source = Source("probe.yaml", "application/yaml", changed(BASE_REPORT, case.replace).encode())
    report = read_source(source, registry=registry)
    triples = (report.triples - turtle(case.without)) | turtle(case.triples)
    return Report(report.iri, report.document, frozenset(triples), report.text, source, report.positions)


def outcome_of(case: Case, profile: Profile = Profile.INGEST) -> Outcome:
    registry = registry_of(case)
    return validate(report_of(case, registry), registry, profile)
