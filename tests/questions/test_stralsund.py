"""CQ01-CQ29 on the Stralsund stop: each answer is compared as a whole, in English labels."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from etappe import resources
from etappe.model import DEFAULT_BASE
from etappe.questions import ask, catalogue, question
from etappe.store.oxigraph import OxigraphStore

MINISTRY = "Ministerium für Energie, Infrastruktur und Digitalisierung"
POST = "Minister für Energie, Infrastruktur und Digitalisierung des Landes Mecklenburg-Vorpommern"
OLD_POST = "Minister für Energie, Infrastruktur und Landesentwicklung des Landes Mecklenburg-Vorpommern"
MV = "Mecklenburg-Vorpommern"
STOP = "Stralsund, 27.-28.07.2017"
BBB = "Breitbandbüro des Bundes"
CREDIT = "BBB/Andreas Silberbach"
TITLE = "Breitband@Mittelstand zu Gast bei Unternehmen in Stralsund"
SHOWING = "Informationsmobil in front of the Strelapark"
DIGITACK = "Visit to Digitack GmbH"
TALK = "Conversation at Digitack"
WORKS = "Visit to the Stadtwerke Stralsund"
EXCHANGE = "Exchange at the Informationsmobil"
BOREUS = "Visit to the Boreus data centre"
P1 = (
    "Im Gespräch sind Oscar Schröder (Geschäftsführer Digitack GmbH) und Christina Flore (Breitbandbüro des Bundes), "
    "aufgenommen am 27.07.2017 in Stralsund, Räume der Digitack GmbH"
)
P2 = "Am 27.07.2017 C. Flore (BBB) und das Team der Digitack GmbH"
P3 = (
    "am 28.07.2017 vor den Stadtwerken Stralsund der Minister für Energie, Infrastruktur und Digitalisierung des Landes "
    "Mecklenburg-Vorpommern, Christian Pegel, mit dem Informationsmobil, Vertretern der Stadtwerke Stralsund und "
    "Pressevertretern"
)
P4 = "in Stralsund spielende Kinder, deren Bausteine der 3-D-Drucker des Informationsmobils gefertigt hat"
NOT = "not stated"
REPORT = {"report": "stralsund-2017"}
HERE = {"stop": "stralsund-2017"}
PEGEL = {"person": "christian-pegel"}
TEXT = (resources.folder("examples") / "stralsund" / "stralsund.txt").read_text(encoding="utf-8")
WORDS = (
    "Als Gast im Informationsmobil und daneben begrüßte es Christian Pegel, Minister für Energie, Infrastruktur und "
    "Digitalisierung des Landes Mecklenburg-Vorpommern"
)


class Expected(NamedTuple):
    question: str
    parameters: dict[str, str]
    columns: str
    rows: list[tuple[str, ...]]
    ordered: bool = False


ANSWERS = [
    Expected("CQ01", HERE, "person post land stop day", [("Christian Pegel", POST, MV, STOP, "2017-07-28")]),
    Expected("CQ02", HERE, "ministry level jurisdiction certainty", [(MINISTRY, "Land", MV, "inferred")]),
    Expected("CQ03", HERE, "person post ministry stop day", []),
    Expected(
        "CQ04",
        PEGEL | HERE,
        "item answer through",
        [
            (SHOWING, NOT, ""),
            (DIGITACK, NOT, ""),
            (WORKS, "present", EXCHANGE),
            (EXCHANGE, "present", EXCHANGE),
            (BOREUS, NOT, ""),
        ],
        ordered=True,
    ),
    Expected("CQ05", PEGEL | {"other": "oscar-schroeder"}, "answer items photos", [(NOT, "0", "0")]),
    Expected("CQ05", PEGEL | {"other": "christina-flore"}, "answer items photos", [(NOT, "0", "0")]),
    Expected(
        "CQ05", {"person": "christina-flore", "other": "oscar-schroeder"}, "answer items photos", [("met", "2", "1")]
    ),
    Expected(
        "CQ06",
        PEGEL | {"day": "2017-07-28"},
        "source post starts ends status",
        [
            ("report", POST, "2017-07-28", "2017-07-28", "attested on that day"),
            ("registry", POST, "2016-11-01", "", "confirmed"),
        ],
        ordered=True,
    ),
    Expected(
        "CQ06",
        PEGEL | {"day": "2016-11-01"},
        "source post starts ends status",
        [
            ("registry", OLD_POST, "2014-01-14", "2016-11-01", "handover"),
            ("registry", POST, "2016-11-01", "", "handover"),
        ],
        ordered=True,
    ),
    Expected("CQ06", PEGEL | {"day": "2014-01-13"}, "source post status", []),
    Expected("CQ06", PEGEL | {"day": "2022-01-01"}, "source post status", []),
    Expected("CQ06", PEGEL | {"day": "2014-01-14"}, "source post status", [("registry", OLD_POST, "confirmed")]),
    Expected(
        "CQ07",
        HERE,
        "number day partOfDay item kind",
        [
            ("1", "2017-07-27", NOT, SHOWING, "public showing"),
            ("2", "2017-07-27", "afternoon", DIGITACK, "visit"),
            ("3", "2017-07-28", NOT, WORKS, "visit"),
            ("4", "2017-07-28", NOT, BOREUS, "visit"),
        ],
        ordered=True,
    ),
    Expected(
        "CQ08",
        HERE,
        "number organization legalForm day",
        [
            ("1", "Digitack GmbH", "GmbH", "2017-07-27"),
            ("2", "Stadtwerke Stralsund", NOT, "2017-07-28"),
            ("3", "Boreus Rechenzentrum GmbH", "GmbH", "2017-07-28"),
        ],
        ordered=True,
    ),
    Expected(
        "CQ09",
        HERE,
        "place kind item",
        [
            ("in front of the Strelapark", "forecourt of a site", SHOWING),
            ("rooms of Digitack GmbH, Stralsund", "premises", DIGITACK),
            ("in front of the Stadtwerke Stralsund", "forecourt of premises", WORKS),
            ("in and at the Informationsmobil", "vehicle as venue", EXCHANGE),
            ("Boreus data centre", "site", BOREUS),
        ],
        ordered=True,
    ),
    Expected(
        "CQ10",
        REPORT,
        "person role organization relation where",
        [
            ("Andreas Silberbach", NOT, BBB, "credit line", "caption"),
            ("Christian Pegel", "minister", MINISTRY, "office", "text + caption"),
            ("Christina Flore", NOT, BBB, "affiliation", "caption"),
            ("Oscar Schröder", "managing director", "Digitack GmbH", "affiliation", "text + caption"),
        ],
    ),
    Expected(
        "CQ11",
        HERE,
        "item participant role certainty",
        [
            (EXCHANGE, "Christian Pegel", "guest", "stated"),
            (EXCHANGE, "campaign team", "interlocutor", "stated"),
            (EXCHANGE, "representatives of the Stadtwerke", "interlocutor", "stated"),
            (EXCHANGE, "press representatives", "press", "stated"),
            (WORKS, "campaign team", "visitor", "stated"),
            (WORKS, "Stadtwerke Stralsund", "host", "stated"),
            (DIGITACK, "Oscar Schröder", "host", "depicted"),
            (DIGITACK, "Christina Flore", "visitor", "depicted"),
            (DIGITACK, "Digitack team", "host", "depicted"),
            (DIGITACK, "Digitack GmbH", "host", "stated"),
            (TALK, "Oscar Schröder", "interlocutor", "depicted"),
            (TALK, "Christina Flore", "interlocutor", "depicted"),
            (SHOWING, "passers-by", "audience", "stated"),
            (SHOWING, "trade visitors", "audience", "stated"),
            (BOREUS, "Boreus Rechenzentrum GmbH", "host", "stated"),
        ],
    ),
    Expected(
        "CQ12",
        HERE,
        "group item",
        [
            ("passers-by", SHOWING),
            ("trade visitors", SHOWING),
            ("Digitack team", DIGITACK),
            ("campaign team", WORKS),
            ("campaign team", EXCHANGE),
            ("representatives of the Stadtwerke", EXCHANGE),
            ("press representatives", EXCHANGE),
            ("children", NOT),
        ],
    ),
    Expected(
        "CQ13",
        REPORT,
        "photo placement date depicted credit",
        [
            (P1, "top", "2017-07-27", "Christina Flore; Oscar Schröder", CREDIT),
            (P2, "below", "2017-07-27", "Christina Flore; Digitack team", CREDIT),
            (
                P3,
                "below",
                "2017-07-28",
                "Christian Pegel; Informationsmobil; press representatives; representatives of the Stadtwerke",
                CREDIT,
            ),
            (P4, "below", "2017-07-27/2017-07-28", "children; printed building blocks", CREDIT),
        ],
        ordered=True,
    ),
    Expected("CQ14", REPORT, "photo person day", [(P3, "Christian Pegel", "2017-07-28")]),
    Expected(
        "CQ15",
        REPORT,
        "photo photographer certainty credited rightsHolder licence",
        [(photo, "Andreas Silberbach", "implied", BBB, NOT, NOT) for photo in (P1, P2, P3, P4)],
    ),
    Expected("CQ16", HERE, "photo rightsHolder licence", []),
    Expected("CQ17", REPORT, "photo group consent", [(P4, "children", "unknown")]),
    Expected(
        "CQ18",
        REPORT,
        "photo person",
        [(P1, "Christina Flore"), (P1, "Oscar Schröder"), (P2, "Christina Flore"), (P3, "Christian Pegel")],
    ),
    Expected(
        "CQ19",
        HERE,
        "exhibit item",
        [
            ("Informationsmobil", SHOWING),
            ("Informationsmobil", WORKS),
            ("telepresence robot", SHOWING),
            ("3-D printer", SHOWING),
            ("printed building blocks", NOT),
        ],
    ),
    Expected(
        "CQ20",
        REPORT,
        "product developer certainty function",
        [("MyFoodHero", "Digitack GmbH", "implied", "links food suppliers with potential buyers")],
    ),
    Expected("CQ21", REPORT, "programme level responsible", [("federal funding programme", "federal", NOT)]),
    Expected(
        "CQ22",
        REPORT,
        "kind what condition",
        [
            ("topic", "broadband expansion", ""),
            ("topic", "digital transformation", ""),
            ("topic", "expansion of regional infrastructure", ""),
            (
                "claim",
                "Anbieter erreichen mehr Menschen, Nutzer sparen, weniger Lebensmittel werden weggeworfen",
                "im besten Fall",
            ),
            ("claim", "Breitbandausbau und digitale Transformation sind Themen, über die sich gut sprechen lässt", ""),
            ("claim", "Auch fern der großen Städte kann Digitalisierung Neues und Dauerhaftes schaffen", ""),
            ("claim", "Schnelle Internetanschlüsse sind wichtig", ""),
            ("claim", "Ein Rechenzentrum ist auf gute digitale Infrastruktur angewiesen", ""),
        ],
    ),
    Expected(
        "CQ23",
        {"organization": "breitbandbuero-des-bundes"},
        "channel value",
        [
            ("telephone", "+493060404060"),
            ("fax", "+4930604040640"),
            ("e-mail", "kontakt@breitbandbuero.de"),
            ("post", "Postfach 64 01 13, 10047 Berlin"),
        ],
        ordered=True,
    ),
    Expected("CQ24", REPORT, "notBefore notAfter basisOfDate", [("2017-07-31", "2017-08-06", "inferred")]),
    Expected("CQ25", HERE, "sequence certainty statedStops tourEnd", [("opening", "stated", NOT, NOT)]),
    Expected(
        "CQ26",
        REPORT,
        "subject what certainty",
        [
            (MINISTRY, "statement", "inferred"),
            (BOREUS, "date", "implied"),
            (EXCHANGE, "statement", "implied"),
            ("MyFoodHero", "statement", "implied"),
            (P4, "date", "inferred"),
            ("Andreas Silberbach", "photographer", "implied"),
            (TITLE, "date", "inferred"),
            ("Christina Flore", "statement", "inferred"),
            # Implied as well: whose campaign it is, what the robot belongs to, that children are minors (F04, F32, F79).
            ("Breitband@Mittelstand", "statement", "implied"),
            ("telepresence robot", "statement", "implied"),
            ("children", "statement", "implied"),
        ],
    ),
    Expected(
        "CQ27",
        PEGEL | HERE,
        "quote start end",
        [(WORDS, str(TEXT.index(WORDS)), str(TEXT.index(WORDS) + len(WORDS)))],
    ),
    Expected(
        "CQ28",
        HERE,
        "pairLevel person other shared",
        [
            ("same item", "Christina Flore", "Oscar Schröder", "2"),
            ("same stop only", "Christian Pegel", "Christina Flore", "1"),
            ("same stop only", "Christian Pegel", "Oscar Schröder", "1"),
            ("same photo", "Christina Flore", "Oscar Schröder", "1"),
        ],
        ordered=True,
    ),
    Expected(
        "CQ29",
        HERE,
        "place ags",
        [("Stralsund", "13073088"), ("Landkreis Vorpommern-Rügen", "13073"), (MV, "13")],
        ordered=True,
    ),
]


def rows(store: OxigraphStore, expected: Expected, parameters: dict[str, str]) -> list[tuple[str, ...]]:
    table = ask(store, DEFAULT_BASE, question(expected.question), parameters, "en")
    places = [table.names.index(name) for name in expected.columns.split()]
    # Several things in one cell have no order of their own.
    return [tuple("; ".join(sorted(row.cells[i].text.split("; "))) for i in places) for row in table.rows]


@pytest.mark.parametrize("expected", ANSWERS, ids=lambda e: e.question)
@pytest.mark.parametrize("among", ["stralsund", "campaign"])
def test_the_whole_table(request: pytest.FixtureRequest, expected: Expected, among: str) -> None:
    """Alone and among the other reports, the answer about Stralsund is the same."""
    found = rows(request.getfixturevalue(among), expected, expected.parameters)
    if not expected.ordered:
        found, wanted = sorted(found), sorted(expected.rows)
    else:
        wanted = expected.rows
    assert found == wanted


WITHOUT_PARAMETERS = [e for e in ANSWERS if e.parameters in (HERE, REPORT)]


@pytest.mark.parametrize("expected", WITHOUT_PARAMETERS, ids=lambda e: e.question)
def test_without_parameters_the_only_report_is_meant(stralsund: OxigraphStore, expected: Expected) -> None:
    assert sorted(rows(stralsund, expected, {})) == sorted(expected.rows)


def test_every_question_about_one_report_has_an_expected_table() -> None:
    """Those from CQ30 on need many reports: ``test_campaign``."""
    assert {e.question for e in ANSWERS} == {entry.id for entry in catalogue() if entry.id < "CQ30"}
