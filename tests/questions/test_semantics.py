"""What the questions must not mix up once there are several reports: absence, consent, offices, groups, languages."""

from __future__ import annotations

import pytest
from pyoxigraph import Triple

from etappe import resources
from etappe.model import DEFAULT_BASE, Source
from etappe.questions import ask, question
from etappe.reading import read_source
from etappe.registry import Registry
from etappe.store.oxigraph import OxigraphStore
from questions.conftest import filled

# Two stops in one report, and everything that a careless query would join across them.
TWO_STOPS = """
report: zwei-orte
title: Zwei Orte
publisher: {id: herausgeber, name: Herausgeber}
published: 2020-05-05
people:
  ada: {name: Ada Anders}
  bo: {name: Bo Busch}
  cy: {name: Cy Claus}
  dan: {name: Dan Dorn}
organizations:
  amt: {kind: ministry, name: Amt für Alles, level: land, jurisdiction: schleswig-holstein}
posts:
  alles: {name: Minister für Alles, role: minister, in: amt, jurisdiction: schleswig-holstein}
groups:
  gaeste: {name: Gäste}
  kinder: {name: Kinder, minors: yes}
  kunden: {name: Kunden}
exhibits:
  bus: {name: Bus}
products:
  app: {name: App, function: {de: zählt, en: counts}}
stops:
  erster:
    name: Erster
    place: husum
    date: 2020-05-01
    absent:
      - {who: dan, role: guest, office: alles, certainty: stated, quote: x}
    present:
      - {who: cy, role: guest, certainty: stated, quote: x}
    programme:
      - id: eins
        name: Eins
        date: 2020-05-01
        exhibits: bus
        present:
          - {who: gaeste, role: audience, certainty: stated, quote: x}
          - {who: ada, role: guest, certainty: stated, quote: x}
          - {who: bo, role: guest, certainty: implied}
  zweiter:
    name: Zweiter
    place: heide
    date: 2020-05-02
    represented:
      - {who: dan, role: guest, office: alles, certainty: stated, quote: x}
    programme:
      - {id: zwei, name: Zwei, date: 2020-05-02}
  dritter:
    name: Dritter
    place: itzehoe
    date: 2020-05-03
    status: cancelled
    programme:
      - id: drei
        name: Drei
        date: 2020-05-03
        exhibits: bus
        present:
          - {who: ada, role: guest, certainty: stated, quote: x}
          - {who: cy, role: guest, certainty: stated, quote: x}
          - {who: dan, role: guest, office: alles, certainty: stated, quote: x}
photos:
  ohne: {caption: Ohne, during: eins, rights: unknown}
  paar:
    caption: Paar
    shows: [person/ada, person/bo, group/kinder]
    during: eins
    rights: granted
    license: https://creativecommons.org/licenses/by/4.0/
    rights holder: herausgeber
    consent:
      - {of: person/ada, status: given, given by: person}
      - {of: person/bo, status: refused, given by: person}
  brav:
    caption: Brav
    shows: [person/ada, group/kinder]
    during: eins
    rights: granted
    license: https://creativecommons.org/licenses/by/4.0/
    rights holder: herausgeber
    consent:
      - {of: person/ada, status: given, given by: guardian}
claims:
  gut: {text: {de: Es war gut, en: It was good}}
"""


@pytest.fixture(scope="module")
def invented(registry_triples: set[Triple]) -> OxigraphStore:
    registry = Registry(registry_triples)
    report = read_source(Source("zwei.yaml", "application/yaml", TWO_STOPS.encode()), registry=registry)
    return filled(registry, registry_triples, [report])


def texts(store: OxigraphStore, number: str, columns: str, language: str = "en", **parameters: str) -> list[list[str]]:
    table = ask(store, DEFAULT_BASE, question(number), parameters, language)
    places = [table.names.index(name) for name in columns.split()]
    return [[row.cells[i].text for i in places] for row in table.rows]


def test_absence_from_a_stop_is_absence_from_its_items(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ04", "item answer through", person="dan", stop="erster") == [["Eins", "absent", "Erster"]]


def test_presence_at_a_stop_says_nothing_about_its_items(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ04", "item answer", person="cy", stop="erster") == [["Eins", "not stated"]]


def test_nobody_attends_what_was_cancelled(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ01", "person") == []
    assert texts(invented, "CQ04", "item answer", person="ada", stop="dritter") == [["Drei", "not stated"]]
    assert texts(invented, "CQ05", "answer items", person="ada", other="cy") == [["not stated", "0"]]
    assert texts(invented, "CQ11", "item participant", stop="dritter") == []
    assert ["same item", "Ada Anders", "Cy Claus"] not in texts(invented, "CQ28", "pairLevel person other")


def test_what_is_only_implied_is_no_meeting(invented: OxigraphStore) -> None:
    pairs = texts(invented, "CQ28", "pairLevel person other")
    assert ["same item", "Ada Anders", "Bo Busch"] not in pairs
    assert ["same stop only", "Ada Anders", "Cy Claus"] in pairs


def test_a_photo_of_two_is_a_meeting(invented: OxigraphStore) -> None:
    found = texts(invented, "CQ05", "answer items photos", person="ada", other="bo")
    assert found == [["met", "0", "1"]]


def test_a_ministry_is_represented_by_somebody_else(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ02", "ministry stop") == [["Amt für Alles", "Zweiter"]]


def test_everybody_named_is_listed(invented: OxigraphStore) -> None:
    found = texts(invented, "CQ10", "person organization relation")
    assert ["Ada Anders", "not stated", "not stated"] in found
    assert ["Dan Dorn", "Amt für Alles", "office"] in found
    assert {row[0] for row in found} == {"Ada Anders", "Bo Busch", "Cy Claus", "Dan Dorn"}


def test_participation_in_the_stop_itself_is_participation(invented: OxigraphStore) -> None:
    assert ["Erster", "Cy Claus"] in texts(invented, "CQ11", "item participant", stop="erster")


def test_a_group_is_only_where_it_was(invented: OxigraphStore) -> None:
    found = texts(invented, "CQ12", "group item stop")
    assert found == [["Gäste", "Eins", "Erster"], ["Kinder", "Eins", "Erster"]]


def test_a_photo_of_nothing_named_is_still_a_photo(invented: OxigraphStore) -> None:
    assert ["Ohne", "", "not stated"] in texts(invented, "CQ13", "photo depicted credit")


def test_consent_of_one_is_no_consent_of_another(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ17", "photo consent") == [["Brav", "unknown"], ["Paar", "unknown"]]
    assert texts(invented, "CQ16", "photo") == []


def test_refused_is_not_given(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ18", "photo person") == [["Paar", "Bo Busch"]]


def test_an_exhibit_is_only_where_it_was(invented: OxigraphStore) -> None:
    assert texts(invented, "CQ19", "exhibit item") == [["Bus", "Eins"]]


@pytest.mark.parametrize(
    ("language", "function", "claim"), [("de", "zählt", "Es war gut"), ("en", "counts", "It was good")]
)
def test_texts_come_in_the_language_of_the_answer(
    invented: OxigraphStore, language: str, function: str, claim: str
) -> None:
    assert texts(invented, "CQ20", "function", language) == [[function]]
    assert texts(invented, "CQ22", "what", language) == [[claim]]


def test_who_takes_over_from_another_is_in_a_handover(campaign: OxigraphStore) -> None:
    found = texts(campaign, "CQ06", "source status", person="gesche-vollandt", day="2018-06-06")
    assert found == [["report", "attested on that day"], ["registry", "handover"]]
    after = texts(campaign, "CQ06", "source status", person="gesche-vollandt", day="2018-06-07")
    assert after == [["registry", "confirmed"]]


def test_photos_are_explained_by_their_captions(stralsund: OxigraphStore) -> None:
    (row,) = ask(stralsund, DEFAULT_BASE, question("CQ14"), {}, "en", explain=True).rows
    (reason,) = row.explanations
    assert reason.certainty == "depicted"
    assert "Christian Pegel" in reason.quotes[0]


def test_captions_of_stralsund_are_words_of_its_text(stralsund: OxigraphStore) -> None:
    text = (resources.folder("examples") / "stralsund" / "stralsund.txt").read_text(encoding="utf-8")
    captions = [row[0] for row in texts(stralsund, "CQ13", "photo")]
    assert len(captions) == 4
    assert [caption for caption in captions if caption not in text] == []
