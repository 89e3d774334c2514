"""The questions that need many reports, on the example campaign: it goes through the gate in the order of its README.

Each table was worked out by reading the texts in ``examples/tours``; ``examples/README.md`` says where to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pytest
from pyoxigraph import Triple

from conftest import yaml_files
from etappe import resources
from etappe.admission import Admission, State, admit_all
from etappe.model import DEFAULT_BASE, Source
from etappe.questions import ask, question
from etappe.reading import read_source
from etappe.reading.archives import inputs
from etappe.registry import Registry
from etappe.store import Store
from etappe.workspace import open_workspace
from questions.conftest import filled

EXAMPLES = resources.folder("examples")

SH, NI, MV, HB = "Schleswig-Holstein", "Niedersachsen", "Mecklenburg-Vorpommern", "Freie Hansestadt Bremen"
BB, ST, TH = "Brandenburg", "Sachsen-Anhalt", "Thüringen"
NOT = "not stated"
AARFELD, BRARENSUND, FAHRETOFT = "Levke Aarfeld", "Momme Brarensund", "Harro Fahretoft"
TJARKSENA, KAMENSKY, LUCKAITZ = "Onno Tjarksena", "Ruthild Kamensky", "Hedda Luckaitz"
SPREEKAMP, VOLLANDT, WIESENHAIN = "Norwin Spreekamp", "Gesche Vollandt", "Ottokar Wiesenhain"
QUASTENBERG, FINSTERBERGEN = "Bettine Quastenberg", "Edeltraut Finsterbergen"
ZSCHORNACK, IMMENRODE, PEGEL = "Arvid Zschornack", "Detlef Immenrode", "Christian Pegel"
MARQUORDT, POPPENBUELL, MALCHOWER = "Fiete Marquordt", "Silja Poppenbüll", "Jorinde Malchower"
ASMUSSOHN, RENNSTEIGER, WARFSMANN = "Inken Asmussohn", "Pau Rennsteiger", "Jelto Warfsmann"

DIGITAL_SH = "Ministerin für Digitales des Landes Schleswig-Holstein"
ECONOMY_SH = "Ministerin für Wirtschaft und Verkehr des Landes Schleswig-Holstein"
NETWORKS_NI = "Minister für Netze und Raumordnung des Landes Niedersachsen"
SECRETARY_NI = "Staatssekretärin im Ministerium für Netze und Raumordnung des Landes Niedersachsen"
NETWORKS_BB = "Ministerin für Vernetzung des Landes Brandenburg"
HEAD_BB = "Leiter der Abteilung Mobilfunk im Ministerium für Vernetzung des Landes Brandenburg"
RADIO_ST = "Minister für Funknetze des Landes Sachsen-Anhalt"
ROADS_TH = "Ministerin für Wege und Netze des Freistaats Thüringen"
HEAD_TH = "Ministerpräsidentin des Freistaats Thüringen"

NORTH, CENTRE = "Netzfahrt Nord 2018", "Funkloch-Tour Mitte 2019"
COAST = "tour along the coast of Mecklenburg-Vorpommern"
STRALSUND = "Stralsund, 27.-28.07.2017"
NBN, GBN, MKM, BBB = "Netzbüro Nord", "Glasfaserbüro Nord", "Mobilfunkkreis Mitte e. V.", "Breitbandbüro des Bundes"
LEUCHTFEUER, KUESTENRECHNER = "Leuchtfeuer Netzbau GmbH", "Küstenrechner GmbH"
MORGENROETE, DEICHFUNK = "Morgenröte Sensorik AG", "Deichfunk eG"

R_STRALSUND = "Breitband@Mittelstand zu Gast bei Unternehmen in Stralsund"
R_AHEAD = "Netzfahrt Nord 2018: Das Netzmobil kommt an die Küste"
R_HUSUM, R_HUSUM_PAPER = "Netzfahrt Nord startet in Husum", "Drei Tage Glasfaser zum Anfassen"
R_HEIDE, R_ITZEHOE = "Leitungspläne auf der Kühlerhaube", "Blauer Bus am Störufer"
R_CUXHAVEN, R_ROSTOCK = "Netzfahrt Nord crosses the Elbe", "Rostocker Kinder löten den Leuchtturm"
R_LUENEBURG, R_BREMEN = "Vorläufiger Abschluss in Lüneburg", "Zugabe an der Weser"
R_MAGDEBURG, R_MAGDEBURG_NORTH = "Der erste Balken fehlt in Magdeburg", "Norddeutscher Besuch bei der Funkloch-Tour"
R_WEIMAR = "Schlussakkord in Weimar"

INFRA, CHANGE = "digitale Infrastruktur", "digitaler Wandel"
FIBRE, MOBILE = "Glasfaserausbau", "Mobilfunkausbau"

Cells = tuple[str, ...]


class Expected(NamedTuple):
    question: str
    parameters: Mapping[str, str]
    columns: str
    rows: Sequence[Cells]


TOLD_IN_HUSUM = [
    ("Husum", "attendance", FAHRETOFT, R_HUSUM, "absent", R_HUSUM_PAPER, "present"),
    ("Husum", "last day", "", R_HUSUM, "2018-05-15", R_HUSUM_PAPER, "2018-05-16"),
    ("Husum", "number of visits", "", R_HUSUM, "2", R_HUSUM_PAPER, "3"),
    ("Husum", "printed title", AARFELD, R_HUSUM, DIGITAL_SH, R_HUSUM_PAPER, "Infrastrukturministerin"),
]
TOLD_IN_MAGDEBURG = [
    ("Magdeburg", "last day", "", R_MAGDEBURG_NORTH, "2019-04-08", R_MAGDEBURG, "2019-04-09"),
    ("Magdeburg", "printed title", ZSCHORNACK, R_MAGDEBURG_NORTH, "Digitalminister", R_MAGDEBURG, RADIO_ST),
    (
        *("Magdeburg", "printed title", AARFELD, R_MAGDEBURG_NORTH),
        *("Wirtschaftsministerin des Landes Schleswig-Holstein", R_MAGDEBURG, ECONOMY_SH),
    ),
]
ONCE, TWICE = "in one place", "in two places"

TABLES = [
    Expected(
        "CQ30",
        {"person": "levke-aarfeld"},
        "stop post firstDay lastDay reports",
        [
            ("Husum", DIGITAL_SH, "2018-05-14", "2018-05-14", "2"),
            ("Cuxhaven", DIGITAL_SH, "2018-05-24", "2018-05-24", "1"),
            ("Magdeburg", ECONOMY_SH, "2019-04-08", "2019-04-08", "2"),
        ],
    ),
    Expected("CQ30", {"person": "levke-aarfeld", "from": "2018-05-15", "to": "2019-04-07"}, "stop", [("Cuxhaven",)]),
    Expected("CQ30", {"person": "levke-aarfeld", "land": "sachsen-anhalt"}, "stop", [("Magdeburg",)]),
    Expected("CQ30", {"person": "levke-aarfeld", "campaign": "netzfahrt"}, "stop", [("Husum",), ("Cuxhaven",)]),
    Expected("CQ30", {"person": "levke-aarfeld", "tour": "funkloch-tour-mitte-2019"}, "stop", [("Magdeburg",)]),
    Expected("CQ30", {"person": "arvid-zschornack"}, "stop", []),
    Expected("CQ30", {"person": "momme-brarensund"}, "stop", []),
    Expected(
        "CQ31",
        {},
        "person stops laender where",
        [
            (AARFELD, "3", "3", "Cuxhaven; Husum; Magdeburg"),
            (QUASTENBERG, "2", "1", "Jena; Weimar"),
            (PEGEL, "1", "1", STRALSUND),
            (FINSTERBERGEN, "1", "1", "Weimar"),
            (VOLLANDT, "1", "1", "Bremen"),
            (FAHRETOFT, "1", "1", "Husum"),
        ],
    ),
    Expected("CQ31", {"land": "schleswig-holstein"}, "person stops", [(AARFELD, "3"), (FAHRETOFT, "1")]),
    Expected(
        "CQ31",
        {"tour": "netzfahrt-nord-2018"},
        "person stops laender",
        [(AARFELD, "2", "2"), (VOLLANDT, "1", "1"), (FAHRETOFT, "1", "1")],
    ),
    Expected(
        "CQ31", {"from": "2019-01-01"}, "person stops", [(QUASTENBERG, "2"), (FINSTERBERGEN, "1"), (AARFELD, "1")]
    ),
    Expected(
        "CQ32",
        {},
        "land stops answer person stop",
        [
            (BB, "1", NOT, "", ""),
            (NI, "2", "absent", TJARKSENA, "Cuxhaven"),
            (ST, "1", "conflict", ZSCHORNACK, "Magdeburg"),
        ],
    ),
    Expected("CQ32", {"land": "niedersachsen"}, "land answer", [(NI, "absent")]),
    Expected("CQ32", {"from": "2018-05-25", "to": "2018-06-05"}, "land answer", [(MV, NOT), (NI, NOT)]),
    Expected(
        "CQ33",
        {},
        "one other stops where",
        [
            (MARQUORDT, AARFELD, "3", "Cuxhaven; Husum; Magdeburg"),
            (QUASTENBERG, MALCHOWER, "2", "Jena; Weimar"),
            (AARFELD, POPPENBUELL, "2", "Husum; Magdeburg"),
        ],
    ),
    Expected("CQ33", {"person": "silja-poppenbuell"}, "one other", [(AARFELD, POPPENBUELL)]),
    Expected("CQ33", {"tour": "netzfahrt-nord-2018"}, "one other stops", [(MARQUORDT, AARFELD, "2")]),
    Expected("CQ33", {"from": "2019-01-01"}, "one other", [(QUASTENBERG, MALCHOWER)]),
    Expected(
        "CQ34",
        {},
        "tour end computed day claimed sequence answer",
        [
            (CENTRE, "first", "Magdeburg", "2019-04-08", "Magdeburg", "opening", "agreement"),
            (CENTRE, "last", "Weimar", "2019-04-18", "Weimar", "closing", "agreement"),
            (COAST, "first", STRALSUND, "2017-07-27", STRALSUND, "opening", "agreement"),
            (COAST, "last", STRALSUND, "2017-07-27", "", NOT, NOT),
            (NORTH, "first", "Husum", "2018-05-14", "Husum", "opening", "agreement"),
            (NORTH, "last", "Bremen", "2018-06-06", "Lüneburg", "provisional closing", "overtaken"),
        ],
    ),
    Expected("CQ34", {"campaign": "funkloch-dialog"}, "tour end", [(CENTRE, "first"), (CENTRE, "last")]),
    Expected("CQ35", {}, "stop what person report says otherReport otherSays", TOLD_IN_HUSUM + TOLD_IN_MAGDEBURG),
    Expected("CQ35", {"stop": "husum-2018"}, "stop what person report says otherReport otherSays", TOLD_IN_HUSUM),
    Expected("CQ35", {"stop": "jena-2019"}, "what", []),
    Expected(
        "CQ36",
        {},
        "person before beforeStop beforeDay until after afterStop afterDay since",
        [
            (
                *(AARFELD, DIGITAL_SH, "Cuxhaven", "2018-05-24", "2018-12-31"),
                *(ECONOMY_SH, "Magdeburg", "2019-04-08", "2019-01-01"),
            )
        ],
    ),
    Expected("CQ36", {"person": "bettine-quastenberg"}, "person", []),
    Expected("CQ36", {"from": "2018-06-01"}, "person", []),
    Expected(
        "CQ37",
        {},
        "person post stop day report heldFrom heldUntil holder",
        [
            (ZSCHORNACK, RADIO_ST, "Magdeburg", "2019-04-08", report, "2016-05-02", "2019-03-31", IMMENRODE)
            for report in (R_MAGDEBURG_NORTH, R_MAGDEBURG)
        ],
    ),
    Expected("CQ37", {"land": "thueringen"}, "person", []),
    Expected(
        "CQ38",
        {},
        "visited campaigns tours stops where",
        [
            (LEUCHTFEUER, "2", "2", "3", "Cuxhaven; Heide; Jena"),
            (KUESTENRECHNER, "2", "2", "2", "Husum; Magdeburg"),
            (MORGENROETE, "2", "2", "2", "Cottbus; Lüneburg"),
        ],
    ),
    Expected("CQ38", {"organization": "wattrechen-gmbh"}, "visited stops", [(KUESTENRECHNER, "2")]),
    Expected("CQ38", {"to": "2018-12-31"}, "visited campaigns stops", [(LEUCHTFEUER, "1", "2")]),
    Expected("CQ38", {"land": "thueringen"}, "visited", []),
    Expected(
        "CQ39",
        {},
        "gap stop day organization",
        [
            ("no report", "Bremerhaven", "2018-05-31", ""),
            ("no photo", "Itzehoe", "2018-05-17", ""),
            ("no named participant", STRALSUND, "2017-07-28", "Boreus Rechenzentrum GmbH"),
            ("no named participant", "Husum", "2018-05-15", DEICHFUNK),
            ("no named participant", "Husum", "2018-05-16", "Reetdachwerkstatt Ockholm"),
            ("no named participant", "Heide", "2018-05-17", LEUCHTFEUER),
            ("no named participant", "Cottbus", "2019-04-11", MORGENROETE),
        ],
    ),
    Expected("CQ39", {"campaign": "funkloch-dialog"}, "gap stop", [("no named participant", "Cottbus")]),
    Expected("CQ39", {"land": "land-bremen"}, "gap stop", [("no report", "Bremerhaven")]),
    Expected("CQ39", {"tour": "netzfahrt-nord-2018", "to": "2018-05-14"}, "gap stop", []),
    Expected(
        "CQ40",
        {},
        "photographer publisher rights photos withdrawn",
        [
            ("Andreas Silberbach", BBB, "unknown", "4", ""),
            (ASMUSSOHN, GBN, "granted", "1", ""),
            (ASMUSSOHN, GBN, "unknown", "1", ""),
            (ASMUSSOHN, NBN, "granted", "4", ""),
            (ASMUSSOHN, NBN, "restricted", "1", ""),
            (ASMUSSOHN, NBN, "unknown", "2", ""),
            (ASMUSSOHN, NBN, "withdrawn", "1", "[Auf Wunsch der abgebildeten Person entfernt.]"),
            (WARFSMANN, "Nordseeblick", "unknown", "1", ""),
            (RENNSTEIGER, MKM, "granted", "3", ""),
            (RENNSTEIGER, MKM, "restricted", "1", ""),
        ],
    ),
    Expected("CQ40", {"photographer": "jelto-warfsmann"}, "publisher photos", [("Nordseeblick", "1")]),
    Expected("CQ40", {"publisher": "glasfaserbuero-nord"}, "rights photos", [("granted", "1"), ("unknown", "1")]),
    Expected("CQ40", {"campaign": "funkloch-dialog", "publisher": "mobilfunkkreis-mitte"}, "photos", [("3",), ("1",)]),
    Expected(
        "CQ41",
        {},
        "year land topic stops",
        [
            ("2017", MV, "expansion of regional infrastructure", "1"),
            ("2017", MV, "broadband expansion", "1"),
            ("2017", MV, "digital transformation", "1"),
            *(("2018", HB, topic, "1") for topic in (INFRA, MOBILE, "weiße Flecken")),
            *(("2018", MV, topic, "1") for topic in ("digitale Bildung", CHANGE, "Schulanschlüsse")),
            ("2018", NI, INFRA, "2"),
            *(("2018", NI, topic, "1") for topic in (FIBRE, "ducts", "Mobilfunk an Bahnstrecken", MOBILE)),
            ("2018", SH, INFRA, "3"),
            ("2018", SH, FIBRE, "2"),
            *(("2018", SH, topic, "1") for topic in ("Hausanschlüsse", "Kupfernetz")),
            *(("2019", BB, topic, "1") for topic in (INFRA, "Funkmasten", MOBILE)),
            ("2019", ST, INFRA, "1"),
            *(
                ("2019", ST, topic, "1")
                for topic in ("Leitungen über Landesgrenzen", MOBILE, "Netzabdeckung in Städten")
            ),
            ("2019", TH, CHANGE, "2"),
            *(("2019", TH, topic, "1") for topic in ("Datenschutz", "skilled workers for network roll-out")),
        ],
    ),
    Expected(
        "CQ41",
        {"topic": "mobilfunkausbau"},
        "year land stops",
        [("2018", HB, "1"), ("2018", NI, "1"), ("2019", BB, "1"), ("2019", ST, "1")],
    ),
    Expected("CQ41", {"land": "thueringen", "topic": "digitaler-wandel"}, "year stops", [("2019", "2")]),
    Expected(
        "CQ42",
        {},
        "person own office stop day minister answer",
        [
            (KAMENSKY, SECRETARY_NI, NETWORKS_NI, "Cuxhaven", "2018-05-24", TJARKSENA, "absent"),
            (SPREEKAMP, HEAD_BB, NETWORKS_BB, "Cottbus", "2019-04-11", LUCKAITZ, NOT),
        ],
    ),
    Expected("CQ42", {"land": "brandenburg"}, "person", [(SPREEKAMP,)]),
    Expected("CQ42", {"stop": "cuxhaven-2018"}, "person", [(KAMENSKY,)]),
    Expected(
        "CQ43",
        {"publisher": "netzbuero-nord"},
        "report name day since until",
        [
            *(
                (report, NBN, day, "", "2019-01-01")
                for report, day in (
                    (R_AHEAD, "2018-05-02"),
                    (R_HUSUM, "2018-05-18"),
                    (R_HEIDE, "2018-05-22"),
                    (R_CUXHAVEN, "2018-05-28"),
                    (R_LUENEBURG, "2018-06-04"),
                    (R_ROSTOCK, "2018-06-04"),
                    (R_BREMEN, "2018-06-11"),
                )
            ),
            (R_MAGDEBURG_NORTH, GBN, "2019-04-10", "2019-01-01", ""),
            (R_WEIMAR, GBN, "2019-04-24", "2019-01-01", ""),
        ],
    ),
    Expected("CQ43", {"publisher": "glasfaserbuero-nord", "from": "2018-06-05"}, "name", [(NBN,), (GBN,), (GBN,)]),
    Expected("CQ43", {"publisher": "stoerkurier"}, "report since until", [(R_ITZEHOE, "", "")]),
    Expected(
        "CQ44",
        {},
        "person title stop day answer",
        [
            (AARFELD, DIGITAL_SH, "Husum", "2018-05-14", "present"),
            (
                *(BRARENSUND, "Minister für Wirtschaft und Verkehr des Landes Schleswig-Holstein"),
                *("Heide", "2018-05-17", "not mentioned"),
            ),
            (TJARKSENA, NETWORKS_NI, "Cuxhaven", "2018-05-24", "absent"),
            (
                *(WIESENHAIN, "Senator für Häfen und Netze der Freien Hansestadt Bremen"),
                *("Bremerhaven", "2018-05-31", "never reported"),
            ),
            (ZSCHORNACK, RADIO_ST, "Magdeburg", "2019-04-08", "present"),
            (QUASTENBERG, ROADS_TH, "Jena", "2019-04-16", "present"),
            (FINSTERBERGEN, HEAD_TH, "Weimar", "2019-04-18", "present"),
        ],
    ),
    Expected("CQ44", {"stop": "cuxhaven-2018"}, "person answer", [(TJARKSENA, "absent")]),
    Expected("CQ44", {"campaign": "netzfahrt", "to": "2018-05-16"}, "person", [(AARFELD,)]),
    Expected(
        "CQ45",
        {},
        "exhibit firstDay lastDay place stop report answer",
        [
            ("Informationsmobil", "2017-07-27", "2017-07-27", "Stralsund", STRALSUND, R_STRALSUND, ONCE),
            ("Informationsmobil", "2017-07-28", "2017-07-28", "Stralsund", STRALSUND, R_STRALSUND, ONCE),
            *(
                ("Netzmobil", day, day, place, place, report, answer)
                for day, place, report, answer in (
                    ("2018-05-14", "Husum", R_HUSUM, ONCE),
                    ("2018-05-14", "Husum", R_HUSUM_PAPER, ONCE),
                    ("2018-05-17", "Heide", R_HEIDE, TWICE),
                    ("2018-05-17", "Itzehoe", R_ITZEHOE, TWICE),
                    ("2018-05-24", "Cuxhaven", R_CUXHAVEN, ONCE),
                    ("2018-06-01", "Lüneburg", R_LUENEBURG, ONCE),
                    ("2018-06-06", "Bremen", R_BREMEN, ONCE),
                )
            ),
        ],
    ),
    Expected(
        "CQ45", {"exhibit": "netzmobil", "day": "2018-05-17"}, "place answer", [("Heide", TWICE), ("Itzehoe", TWICE)]
    ),
    Expected("CQ45", {"day": "2018-05-15"}, "place", []),
    Expected("CQ45", {"tour": "kueste-mv-2017", "from": "2017-07-28"}, "firstDay", [("2017-07-28",)]),
]


@pytest.fixture(scope="module")
def through_the_gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The campaign as a newcomer takes it in: registry, reports by name, the correction of the registry last."""
    folder = tmp_path_factory.mktemp("campaign") / "data"
    with open_workspace(folder, write=True) as workspace:
        for name in ("registry", "stralsund", "tours", "registry-update"):
            for path, admission in admit_all(workspace, inputs(yaml_files(EXAMPLES / name)), by="test"):
                assert isinstance(admission, Admission), (path, admission)
                assert admission.state is State.ACCEPTED, path
    with open_workspace(folder) as workspace:
        yield workspace.store


def texts(store: Store, number: str, columns: str, language: str = "en", **parameters: str) -> list[Cells]:
    table = ask(store, DEFAULT_BASE, question(number), parameters, language)
    places = [table.names.index(name) for name in columns.split()]
    # Several things in one cell have no order of their own.
    return [tuple("; ".join(sorted(row.cells[i].text.split("; "))) for i in places) for row in table.rows]


@pytest.mark.parametrize("expected", TABLES, ids=lambda e: "-".join((e.question, *map("=".join, e.parameters.items()))))
def test_the_whole_table(through_the_gate: Store, expected: Expected) -> None:
    assert texts(through_the_gate, expected.question, expected.columns, **expected.parameters) == list(expected.rows)


def test_columns_that_no_table_shows() -> None:
    shown: dict[str, set[str]] = {}
    for expected in TABLES:
        shown.setdefault(expected.question, set()).update(expected.columns.split())
    assert sorted(shown) == [f"CQ{number}" for number in range(30, 46)]
    for number, columns in shown.items():
        assert {column.name for column in question(number).columns} == columns


def test_words_in_german(through_the_gate: Store) -> None:
    assert texts(through_the_gate, "CQ34", "end sequence answer", "de", tour="netzfahrt-nord-2018") == [
        ("erste", "Auftakt", "Übereinstimmung"),
        ("letzte", "vorläufiger Abschluss", "überholt"),
    ]
    assert texts(through_the_gate, "CQ44", "person answer", "de", campaign="netzfahrt") == [
        (AARFELD, "anwesend"),
        (BRARENSUND, "nicht erwähnt"),
        (TJARKSENA, "abwesend"),
        (WIESENHAIN, "nie berichtet"),
    ]
    assert texts(through_the_gate, "CQ45", "place answer", "de", day="2018-05-17") == [
        ("Heide", "an zwei Orten"),
        ("Itzehoe", "an zwei Orten"),
    ]


def test_nobody_is_a_minister_against_the_registry(through_the_gate: Store, campaign: Store) -> None:
    """Before the correction Zschornack is one; after it only CQ37 names him."""
    person = {"person": "arvid-zschornack"}
    assert texts(campaign, "CQ01", "stop", **person) == [("Magdeburg",)]
    assert texts(through_the_gate, "CQ01", "stop", **person) == []
    assert len(texts(campaign, "CQ14", "photo", **person)) == 1
    assert texts(through_the_gate, "CQ14", "photo", **person) == []
    ministry = "Ministerium für Funknetze des Landes Sachsen-Anhalt"
    assert (ministry,) in texts(campaign, "CQ02", "ministry", stop="magdeburg-2019")
    assert (ministry,) not in texts(through_the_gate, "CQ02", "ministry", stop="magdeburg-2019")
    assert texts(campaign, "CQ37", "person") == []
    assert texts(through_the_gate, "CQ06", "source status", day="2019-04-08", **person) == [("report", "conflict")]


def test_rows_rest_on_reports(through_the_gate: Store) -> None:
    for expected in TABLES:
        if not expected.parameters and expected.rows:
            table = ask(through_the_gate, DEFAULT_BASE, question(expected.question), {}, "en", explain=True)
            unexplained = [[c.text for c in row.cells] for row in table.rows if not row.explanations]
            # Where nothing is said, there is nothing to quote.
            assert [cells for cells in unexplained if NOT not in cells] == [], expected.question


REGISTRY = """
registry: probe
title: Probe
language: de
source: erfunden
organizations:
  amt: {kind: ministry, name: Amt, level: land, jurisdiction: schleswig-holstein, source: erfunden}
  alte: {name: Alte GmbH, source: erfunden}
  junge: {name: Junge GmbH, source: erfunden}
  eine: {name: Eine GmbH, source: erfunden}
  andere: {name: Andere GmbH, source: erfunden}
  beide: {name: Beide GmbH, source: erfunden}
posts:
  chefin: {name: Chefin, role: minister, in: amt, jurisdiction: schleswig-holstein, seats: 2, source: erfunden}
people:
  ada: {name: Ada Anders, source: erfunden}
  bo: {name: Bo Busch, source: erfunden}
  cy: {name: Cy Claus, source: erfunden}
tenures:
  adas: {who: ada, post: chefin, from: 2020-01-01, until: 2020-06-30, source: erfunden}
  bos: {who: bo, post: chefin, not before: 2020-01-01, not after: 2020-12-31, source: erfunden}
changes:
  umbenannt: {name: umbenannt, date: 2020-02-01, before: alte, after: junge, source: erfunden}
  vereint: {name: vereint, date: 2020-02-01, before: [eine, andere], after: beide, source: erfunden}
"""
REPORT = """
report: {slug}
title: {slug}
publisher: {publisher}
published: 2020-07-05
exhibits:
  bus: {{kind: vehicle, name: Bus}}
campaigns:
  aktion: {{name: Aktion}}
tours:
  reise: {{name: Reise, campaign: aktion}}
stops:
"""
STOP = """
  {slug}:
    name: {slug}
    tour: reise
    place: {place}
    date: {date}
"""
ADA = "{who: ada, role: guest, office: chefin, certainty: stated, quote: x}"
BO = "{who: bo, role: guest, office: chefin, certainty: stated, quote: x}"
CY = "{who: cy, role: guest, certainty: stated, quote: x}"

Tell = Callable[..., Store]


def stop(slug: str, place: str, date: str, more: str = "", *, visited: str = "", present: tuple[str, ...] = ()) -> str:
    lines = STOP.format(slug=slug, place=place, date=date)
    lines += "".join(f"    {line}\n" for line in more.splitlines())
    if visited or present:
        lines += f"    programme:\n      - kind: visit\n        id: {slug}-besuch\n        name: Besuch\n"
        lines += f"        date: {date[:10]}\n        exhibits: bus\n"
        lines += f"        visited: {visited}\n" if visited else ""
        lines += f"        present: [{', '.join(present)}]\n" if present else ""
    return lines


@pytest.fixture
def tell(registry_triples: set[Triple]) -> Tell:
    """A store with a small registry and reports made of stops."""

    def make(*reports: str, publisher: str = "alte") -> Store:
        probe = read_source(
            Source("registry.yaml", "application/yaml", REGISTRY.encode()), registry=Registry(registry_triples)
        )
        triples = registry_triples | set(probe.triples)
        registry = Registry(triples)
        texts = [REPORT.format(slug=f"r{n}", publisher=publisher) + text for n, text in enumerate(reports)]
        read = [read_source(Source("r.yaml", "application/yaml", t.encode()), registry=registry) for t in texts]
        return filled(registry, triples, read)

    return make


def test_two_reports_of_one_stop_are_one_stop_and_one_visit(tell: Tell) -> None:
    once = stop("s1", "husum", "2020-05-01", visited="alte", present=(ADA, CY))
    store = tell(once, once)
    assert texts(store, "CQ30", "stop reports", person="ada") == [("s1", "2")]
    assert texts(store, "CQ31", "person stops laender") == [("Ada Anders", "1", "1")]
    assert texts(store, "CQ33", "one") == []
    assert texts(store, "CQ38", "visited") == []
    assert texts(store, "CQ35", "what") == []
    again = tell(once, once, stop("s2", "heide", "2020-05-02", visited="junge", present=(ADA, CY)))
    assert texts(again, "CQ33", "one other stops") == [("Ada Anders", "Cy Claus", "2")]
    assert texts(again, "CQ38", "visited stops") == [("Junge GmbH", "2")]


@pytest.mark.parametrize("how", ["absent", "announced", "represented", "invited"])
def test_only_presence_is_presence(tell: Tell, how: str) -> None:
    store = tell(
        stop("s1", "husum", "2020-05-01", f"{how}: [{ADA}, {CY}]"),
        stop("s2", "heide", "2020-05-02", f"{how}: [{ADA}, {CY}]"),
    )
    for number, parameters in (("CQ30", {"person": "ada"}), ("CQ31", {}), ("CQ33", {}), ("CQ36", {}), ("CQ37", {})):
        assert ask(store, DEFAULT_BASE, question(number), parameters).rows == (), number
    answer = {"absent": ("Schleswig-Holstein", "absent")}.get(how, ("Schleswig-Holstein", NOT))
    assert set(texts(store, "CQ32", "land answer")) == {answer}


def test_what_was_called_off_did_not_happen(tell: Tell) -> None:
    store = tell(
        stop("s1", "husum", "2020-05-01", "status: cancelled", visited="alte", present=(ADA, CY)),
        stop("s2", "heide", "2020-05-01", "status: scheduled\nannounced: [" + ADA + "]"),
        stop("s2", "heide", "2020-05-01", "status: cancelled"),
    )
    for number in ("CQ31", "CQ32", "CQ34", "CQ35", "CQ38", "CQ39", "CQ45"):
        assert ask(store, DEFAULT_BASE, question(number), {}).rows == (), number
    assert texts(store, "CQ44", "person answer") == [("Ada Anders", "called off")]


def test_the_same_stop_is_no_meeting(tell: Tell) -> None:
    apart = "present: [" + CY + "]"
    store = tell(
        stop("s1", "husum", "2020-05-01", apart, visited="alte", present=(ADA,)),
        stop("s2", "heide", "2020-05-02", apart, visited="alte", present=(ADA,)),
    )
    assert texts(store, "CQ33", "one") == []


def test_a_minister_of_another_land_does_not_count(tell: Tell) -> None:
    store = tell(stop("s1", "cuxhaven", "2020-05-01", present=(ADA,)))
    assert texts(store, "CQ32", "land answer") == [("Niedersachsen", NOT)]


def test_a_tenure_known_roughly_contradicts_nobody_and_confirms_nothing(tell: Tell) -> None:
    store = tell(stop("s1", "husum", "2020-05-01", present=(BO,)), stop("s2", "husum", "2021-05-01", present=(BO,)))
    assert texts(store, "CQ06", "source status", person="bo", day="2020-05-01") == [
        ("report", "attested on that day"),
        ("registry", "not certain"),
    ]
    assert texts(store, "CQ06", "source status", person="bo", day="2021-05-01") == [("report", "conflict")]
    assert texts(store, "CQ01", "person stop") == [("Bo Busch", "s1")]
    assert texts(store, "CQ37", "person stop") == [("Bo Busch", "s2")]


def test_a_stop_across_the_last_day_in_office_is_no_conflict(tell: Tell) -> None:
    store = tell(
        stop("s1", "husum", "2020-06-30/2020-07-01", f"present: [{ADA}]"),
        stop("s2", "heide", "2020-07-01", f"present: [{ADA}]"),
        stop("s3", "itzehoe", "2019-12-31/2020-01-01", f"present: [{ADA}]"),
    )
    assert texts(store, "CQ30", "stop", person="ada") == [("s3",), ("s1",)]
    assert texts(store, "CQ37", "stop") == [("s2",)]


def test_companies_that_merged_were_not_one_before(tell: Tell) -> None:
    store = tell(
        stop("s1", "husum", "2020-01-01", visited="eine"),
        stop("s2", "heide", "2020-01-02", visited="andere"),
    )
    assert texts(store, "CQ38", "visited") == []
    publisher = tell(stop("s1", "husum", "2020-01-01"), publisher="eine")
    assert texts(publisher, "CQ43", "name", publisher="beide") == [("Eine GmbH",)]
    assert texts(publisher, "CQ43", "name", publisher="andere") == []


def test_a_town_and_its_district_are_one_place(tell: Tell) -> None:
    town = stop("s1", "husum", "2020-05-01", present=(CY,))
    assert texts(tell(town, stop("s2", "kreis-nordfriesland", "2020-05-01", present=(CY,))), "CQ45", "answer") == [
        (ONCE,),
        (ONCE,),
    ]
    elsewhere = stop("s2", "heide", "2020-05-01", present=(CY,))
    assert texts(tell(town, elsewhere), "CQ45", "answer") == [(TWICE,), (TWICE,)]
    next_day = stop("s2", "heide", "2020-05-02", present=(CY,))
    assert texts(tell(town, next_day), "CQ45", "answer") == [(ONCE,), (ONCE,)]


def test_a_claim_that_another_stop_refutes(tell: Tell) -> None:
    store = tell(
        stop("s1", "husum", "2020-05-01"),
        stop("s2", "heide", "2020-05-02", "sequence: opening"),
        stop("s3", "itzehoe", "2020-05-03", "status: scheduled\nsequence: closing"),
    )
    assert texts(store, "CQ34", "end computed claimed answer") == [
        ("first", "s1", "s2", "contradiction"),
        ("last", "s2", "", NOT),
    ]


def test_who_is_said_to_have_come_and_not_to_have_come(tell: Tell) -> None:
    store = tell(
        stop("s1", "husum", "2020-05-01", f"status: scheduled\nannounced: [{CY}]"),
        stop("s1", "husum", "2020-05-01", f"absent: [{CY}]"),
        stop("s1", "husum", "2020-05-01", present=(CY,)),
    )
    assert texts(store, "CQ44", "person answer") == [("Cy Claus", "contradiction")]
    assert texts(store, "CQ35", "what says otherSays") == [("attendance", "absent", "present")]


def test_who_is_there_needs_no_stand_in(tell: Tell) -> None:
    for_ada = "{who: cy, role: guest, for: chefin, certainty: stated, quote: x}"
    both = stop("s1", "husum", "2020-05-01", present=(ADA, for_ada))
    assert texts(tell(both), "CQ42", "person") == []
    alone = stop("s1", "husum", "2020-05-01", f"absent: [{ADA}]", present=(for_ada.replace("chefin", "amt"),))
    assert ("Cy Claus", "Chefin", "Ada Anders", "absent") in texts(tell(alone), "CQ42", "person office minister answer")
