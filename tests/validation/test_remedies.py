"""What people are told to do: in both languages, with keys that exist, and with snippets that suffice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import yaml

from etappe.model import Outcome, Source
from etappe.namespaces import SHAPES, compact
from etappe.reading import keys, read_source
from etappe.reading.keys import Form, Key, Kind
from etappe.registry import Registry
from etappe.validation.reports import validate
from etappe.validation.shapes import catalogue

SOURCES = {compact(iri): shape for iri, shape in catalogue().items() if not shape.only_gathers}
SNIPPETS = {name: shape.snippet for name, shape in SOURCES.items() if shape.snippet is not None}
QUOTED = {"de": re.compile("„([^„“]*)“"), "en": re.compile("“([^“”]*)”")}
PLACEHOLDER = re.compile(r"\{[?$][^}]*\}")
JARGON = re.compile(r"SHACL|RDF|\bIRIs?\b|\bShapes?\b|Tripel|triple|\bNode\b|Knoten|Prädikat|predicate|\w+:[a-z]+[A-Z]")

SECTIONS = {section.name: section.kind for section in (*keys.REPORT_SECTIONS, *keys.REGISTRY_SECTIONS)}
FRAME = {"report", "registry", "text", "id", "kind"}
NAMES = FRAME | SECTIONS.keys() | {key.name for _, key in keys.every_key()} | {"on", "basis", "words", "prefix"}


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)  # every scalar a text, as the reader takes it


# --- remedies


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_finding_says_how_to_mend_it(name: str) -> None:
    shape = SOURCES[name]
    assert sorted(shape.remedies) == ["de", "en"]
    for language, remedy in shape.remedies.items():
        assert remedy == remedy.strip()
        assert remedy.endswith((".", ".”", ".“"))
        assert 20 < len(remedy) < 360
        assert remedy not in shape.messages.values()
        assert remedy not in shape.messages[language]
        assert not JARGON.search(remedy)
        assert '"' not in remedy
    placeholders = [set(PLACEHOLDER.findall(remedy)) for remedy in shape.remedies.values()]
    assert placeholders[0] == placeholders[1]
    assert placeholders[0] <= {"{$this}", "{?value}"}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_remedies_name_the_same_keys_in_both_languages(name: str) -> None:
    german, english = (named_keys(language, SOURCES[name].remedies[language]) for language in ("de", "en"))
    assert german == english
    assert german <= NAMES


def named_keys(language: str, remedy: str) -> set[str]:
    """The keys among the words in quotation marks: a key alone, or a piece of YAML."""
    found = set()
    for words in QUOTED[language].findall(remedy):
        if words in NAMES:
            found.add(words)
        elif re.match(r"\{?[a-z ]+: ", words):
            found |= set(all_keys(load(words)))
    return found - {"de", "en"}


def all_keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from all_keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from all_keys(inner)


def test_only_sources_of_results_have_remedies() -> None:
    assert not [shape.iri for shape in catalogue().values() if shape.only_gathers and (shape.remedies or shape.snippet)]


def test_what_a_draft_forgives_has_a_snippet() -> None:
    assert not [n for n, shape in SOURCES.items() if shape.draft != shape.severity and shape.snippet is None]


# --- snippets: their keys


@pytest.mark.parametrize("name", sorted(SNIPPETS))
def test_a_snippet_has_keys_of_one_kind_of_thing(name: str) -> None:
    snippet = load(SNIPPETS[name])
    kinds = (keys.REPORT, keys.REGISTRY, *keys.KINDS.values())
    assert any(fits(snippet, kind) for kind in kinds), snippet
    assert SNIPPETS[name] == SNIPPETS[name].strip()


def fits(value: Any, kind: Kind) -> bool:
    """Whether a mapping has only keys of a kind of thing, the things in it included."""
    if not isinstance(value, dict):
        return False
    return all(fits_key(name, inner, kind) for name, inner in value.items())


def fits_key(name: str, value: Any, kind: Kind) -> bool:
    key = kind.key(name)
    if kind in (keys.REPORT, keys.REGISTRY):
        if name in SECTIONS:
            return all(fits(thing, keys.KINDS[SECTIONS[name]]) for thing in value.values())
        return name == "text" or (key is not None and fits_value(value, key))
    if name in ("id", "kind"):
        return name == "id" or value in kind.variants
    return key is not None and fits_value(value, key)


def fits_value(value: Any, key: Key) -> bool:
    if isinstance(value, list):
        return key.many and all(fits_value(single, key) for single in value)
    if isinstance(value, dict):
        return key.form in (Form.REFERENCE, Form.NODE) and fits(value, keys.KINDS[key.kinds[0]])
    return key.form is not Form.NODE


# --- snippets: a report without the fact is caught, and with the snippet it passes

TEXT = """\
Am 14. Mai 2018 war die Mustertour in Musterstadt. Anna Beispiel war Gast beim Rundgang.
Das Musterwerk empfing die Gäste. Bild: Anna Beispiel am Stand.
"""
REPORT = """\
report: probe
title: Ein Halt in Musterstadt
language: de
publisher: {id: beispielamt, name: Beispielamt}
published: 2018-05-20
recorded: {by: {id: redaktion, name: Redaktion}, on: 2018-05-21}
text: musterstadt.txt
people:
  anna-beispiel: {name: Anna Beispiel}
groups:
  kinder: {name: Kinder, kind of group: children, minors: yes}
organizations:
  musterwerk: {name: Musterwerk}
  beispielfirma: {kind: formal, name: Beispielfirma GmbH, legal form: GmbH}
  digitalministerium-musterland: {kind: ministry, name: Digitalministerium Musterland, level: land, jurisdiction: musterland}
posts:
  digitalminister-musterland:
    name: Ministerin für Digitales des Landes Musterland
    role: minister
    in: digitalministerium-musterland
    jurisdiction: musterland
    portfolio: digitalisation
places:
  musterstadt: {kind: city, name: Musterstadt, in: musterland}
  musterland: {kind: state, name: Musterland}
stops:
  musterstadt-2018:
    name: Musterstadt
    tour: {id: mustertour, name: Mustertour}
    place: musterstadt
    date: 2018-05-14
    programme:
      - id: rundgang
        name: Rundgang
        date: 2018-05-14
        present:
          - {who: person/anna-beispiel, role: guest, certainty: stated, quote: Anna Beispiel war Gast}
      - id: besuch
        kind: visit
        name: Besuch beim Musterwerk
        date: 2018-05-14
        visited: musterwerk
        present:
          - {who: organization/musterwerk, role: host, certainty: stated, quote: Das Musterwerk empfing die Gäste}
      - id: stand
        name: Am Stand
        date: 2018-05-14
        present:
          - {who: person/anna-beispiel, role: visitor, certainty: depicted, quote: Anna Beispiel am Stand}
      - id: gespraech
        name: Gespräch mit der Ministerin
        date: 2018-05-14
        present:
          - {who: person/anna-beispiel, role: guest, office: digitalminister-musterland, certainty: stated, quote: Anna Beispiel war Gast}
photos:
  p1:
    caption: Anna Beispiel am Stand
    shows: [person/anna-beispiel]
    during: item/stand
    credit: Beispielamt/Anna Beispiel
    rights: granted
    rights holder: {id: beispielamt, name: Beispielamt}
    license: https://creativecommons.org/licenses/by/4.0/
  p2:
    caption: Kinder am Stand
    shows: [group/kinder]
    during: stop/musterstadt-2018
    credit: Beispielamt/Anna Beispiel
    rights: unknown
    consent: {of: group/kinder, status: unknown}
"""
REGISTRY = """\
registry: probe-register
title: Register
language: de
tenures:
  beispiel-digital: {who: anna-beispiel, post: digitalminister-musterland, from: 2017-03-01, source: Amtsblatt}
"""

Steps = tuple[str | int, ...]
STOP: Steps = ("stops", "musterstadt-2018")
ITEMS: Steps = (*STOP, "programme")
GUEST: Steps = (*ITEMS, 0, "present", 0)
PHOTO: Steps = ("photos", "p1")
MINISTRY: Steps = ("organizations", "digitalministerium-musterland")

#: The mapping that lacks the fact, by shape: there the keys of the snippet are taken out, then the snippet put in.
PLACES: dict[str, Steps] = {
    "s:C01-language": (),
    "s:C01-publisher": (),
    "s:C01-title": (),
    "s:C02": (),
    "s:C03-agent": (),
    "s:C03-digest": (),
    "s:C04": (),
    "s:C06-start-missing": STOP,
    "s:C08-land": (),
    "s:C08-municipality": (),
    "s:C08-place": STOP,
    "s:C09": STOP,
    "s:C17-missing": (*ITEMS, 1),
    "s:C18": (*ITEMS, 1),
    "s:C20-certainty-missing": GUEST,
    "s:C20-participant-missing": GUEST,
    "s:C20-role-missing": GUEST,
    "s:C21": (),
    "s:C22": ("posts", "digitalminister-musterland"),
    "s:C23w": (),
    "s:C28": GUEST,
    "s:C30-caption": PHOTO,
    "s:C30-credit": PHOTO,
    "s:C30-event": PHOTO,
    "s:C30-rights": PHOTO,
    "s:C32": PHOTO,
    "s:C33": (),
    "s:C33b": PHOTO,
    "s:C35": (*ITEMS, 2),
    "s:C36w": ("photos", "p2"),
    "s:C41-missing": (*STOP, "tour"),
    "s:C41-person-missing": ("people", "anna-beispiel"),
    "s:C43": ("organizations", "beispielfirma"),
    "s:C44-jurisdiction": MINISTRY,
    "s:C44-level": MINISTRY,
}
#: The short form says event and presence by where an entry stands, so neither can be missing there.
NEVER_MISSING = {"s:C20-event-missing", "s:C20-presence-missing"}
#: What else is found in this report once the snippet stands there.
BESIDES = {"s:C04": {"C35"}}  # its stop lacks the programme, and so the event of a photo


def test_every_snippet_is_tried() -> None:
    assert set(SNIPPETS) == PLACES.keys() | NEVER_MISSING


def test_the_report_that_snippets_are_tried_in_has_no_fault() -> None:
    assert outcome(load(REPORT), load(REGISTRY)).findings == ()


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_snippet_suffices(name: str) -> None:
    snippet = load(SNIPPETS[name])
    is_registry = name == "s:C23w"
    documents = [load(REPORT), load(REGISTRY)]
    at = documents[is_registry]
    for step in PLACES[name]:
        at = at[step]
    for key in snippet:
        del at[key]
    iri = SHAPES + name.removeprefix("s:")
    assert iri in {finding.shape for finding in outcome(*documents).findings}
    add(at, snippet)
    found = {finding.shape for finding in outcome(*documents).findings}
    assert iri not in found
    assert {catalogue()[shape].code for shape in found if shape} <= BESIDES.get(name, set())


def add(thing: dict[str, Any], snippet: dict[str, Any]) -> None:
    for key, value in snippet.items():
        thing[key] = deepcopy(value)


def outcome(report: dict[str, Any], registry: dict[str, Any]) -> Outcome:
    known = registry_of(yaml.safe_dump(registry, allow_unicode=True, sort_keys=False))
    return validate(
        read_source(source(yaml.safe_dump(report, allow_unicode=True, sort_keys=False)), registry=known), known
    )


@cache
def registry_of(text: str) -> Registry:
    return Registry(read_source(source(text)).triples)


def source(text: str) -> Source:
    return Source("probe.yaml", "application/yaml", text.encode(), beside={"musterstadt.txt": TEXT.encode()})
