"""Who may have been in office on a day is denied nowhere, and confirmed only where that is certain: in all questions alike.

Each form of a tenure has a post, a ministry and a tour of its own, and for each day a person with such a tenure, a stop and a
photo. All were in another post before. Everything is invented.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pyoxigraph import Triple

from etappe.model import DEFAULT_BASE, Report, Source
from etappe.questions import ask, question
from etappe.reading import read_source
from etappe.registry import Registry
from etappe.store import Store
from questions.conftest import filled
from tenure_forms import CERTAIN, DAYS, OUT, POSSIBLE, TENURES

FORMS = list(TENURES)
NAMES = {(form, day): f"{n}-{day}" for n, form in enumerate(FORMS) for day in DAYS}

REGISTRY_HEAD = """
registry: probe
title: Probe
language: de
source: erfunden
people:
  vera: {name: Vera Vorher}
"""
REPORT = """
report: r{n}
title: Bericht {n}
publisher: {{id: herausgeber, name: Herausgeber}}
published: 2022-01-01
campaigns:
  aktion: {{name: Aktion}}
tours:
  reise-{n}: {{name: Reise {n}, campaign: aktion}}
stops:
  frueher-{n}:
    name: früher
    tour: reise-{n}
    place: husum
    date: 2018-06-01
    present:
"""


def registry_text() -> str:
    posts, organizations, people, tenures = "", "", "", ""
    for n, form in enumerate(FORMS):
        # A Land's minister in a federal ministry: so one post is asked for by all questions.
        organizations += f"  amt-{n}: {{kind: ministry, name: Amt {n}, level: federal, jurisdiction: deutschland}}\n"
        posts += (
            f"  post-{n}: {{name: Post {n}, role: minister, in: amt-{n}, jurisdiction: schleswig-holstein, seats: 9}}\n"
        )
        if not form:  # that somebody held the post without a date does not make its tenures known
            tenures += f"  vera-{n}: {{who: vera, post: post-{n}, from: 2001-01-01, until: 2002-01-01}}\n"
        for day in DAYS:
            name = NAMES[form, day]
            people += f"  p{name}: {{name: {name}}}\n"
            tenures += f"  t{name}: {{{', '.join((f'who: p{name}', f'post: post-{n}', *form))}}}\n"
            tenures += f"  u{name}: {{who: p{name}, post: frueher, from: 2018-01-01, until: 2018-12-31}}\n"
    posts += "  frueher: {name: früher, role: state-secretary, jurisdiction: schleswig-holstein, seats: 999}\n"
    return f"{REGISTRY_HEAD}{people}organizations:\n{organizations}posts:\n{posts}tenures:\n{tenures}"


def report_text(n: int, form: tuple[str, ...]) -> str:
    text, photos = REPORT.format(n=n), "photos:\n"
    said = "role: guest, certainty: stated, quote: x"
    for day in DAYS:
        text += f"      - {{who: p{NAMES[form, day]}, office: frueher, {said}}}\n"
    for day in DAYS:
        name = NAMES[form, day]
        text += f"  s{name}:\n    name: {name}\n    tour: reise-{n}\n    place: husum\n    date: {day}\n"
        text += f"    present: [{{who: p{name}, office: post-{n}, {said}}}]\n"
        photos += f"  f{name}: {{caption: x, shows: [person/p{name}], during: stop/s{name}, rights: unknown}}\n"
    return text + photos


def store_of(registry_triples: set[Triple], reports: list[str], registry: str | None = None) -> Store:
    def read(text: str, known: Registry) -> Report:
        return read_source(Source("probe.yaml", "application/yaml", text.encode()), registry=known)

    triples = registry_triples | read(registry or registry_text(), Registry(registry_triples)).triples
    known = Registry(triples)
    return filled(known, triples, [read(text, known) for text in reports])


@pytest.fixture(scope="module")
def store(registry_triples: set[Triple]) -> Store:
    return store_of(registry_triples, [report_text(n, form) for n, form in enumerate(FORMS)])


def cells(store: Store, number: str, column: str, **parameters: str) -> list[str]:
    table = ask(store, DEFAULT_BASE, question(number), parameters, "en")
    return [row.cells[table.names.index(column)].text for row in table.rows]


def drawn(letters: Mapping[tuple[tuple[str, ...], str], str]) -> dict[tuple[str, ...], str]:
    return {form: "".join(letters[form, day] for day in DAYS) for form in FORMS}


def expected(**letters: str) -> dict[tuple[str, ...], str]:
    """The table of forms and days with other letters for certain, possible and out."""
    change = str.maketrans({CERTAIN: letters["certain"], POSSIBLE: letters["possible"], OUT: letters["out"]})
    return {form: days.translate(change) for form, days in TENURES.items()}


LISTED = expected(certain="+", possible="+", out="-")
DENIED = expected(certain="-", possible="-", out="+")


def test_the_registry_confirms_certain_days_alone(store: Store) -> None:
    words = {"confirmed": CERTAIN, "not certain": POSSIBLE}
    said = {}
    for (form, day), name in NAMES.items():
        of_registry = cells(store, "CQ06", "status", person=f"p{name}", day=day)[1:]
        said[form, day] = "".join(words[word] for word in of_registry) or OUT
    assert drawn(said) == TENURES


def test_a_report_is_contradicted_on_impossible_days_alone(store: Store) -> None:
    words = {"attested on that day": "+", "conflict": "-"}
    said = {
        (form, day): words[cells(store, "CQ06", "status", person=f"p{name}", day=day)[0]]
        for (form, day), name in NAMES.items()
    }
    assert drawn(said) == LISTED


@pytest.mark.parametrize(
    ("number", "column"),
    [("CQ01", "stop"), ("CQ02", "stop"), ("CQ03", "stop"), ("CQ14", "person"), ("CQ31", "person"), ("CQ36", "person")],
)
def test_only_who_was_out_of_office_is_left_out(store: Store, number: str, column: str) -> None:
    found = set(cells(store, number, column))
    assert drawn({key: "+" if name in found else "-" for key, name in NAMES.items()}) == LISTED


def test_only_stops_out_of_office_are_left_out(store: Store) -> None:
    found = {
        key: "+" if name in cells(store, "CQ30", "stop", person=f"p{name}") else "-" for key, name in NAMES.items()
    }
    assert drawn(found) == LISTED


def test_only_who_was_out_of_office_is_listed_as_that(store: Store) -> None:
    found = set(cells(store, "CQ37", "person"))
    assert drawn({key: "+" if name in found else "-" for key, name in NAMES.items()}) == DENIED


def test_a_land_lacks_its_minister_only_on_impossible_days(store: Store) -> None:
    said = {}
    for n, form in enumerate(FORMS):
        for day in DAYS:
            answers = cells(store, "CQ32", "answer", tour=f"reise-{n}", **{"from": day, "to": day})
            said[form, day] = {(): "-", ("conflict",): "+"}[tuple(answers)]
    assert drawn(said) == DENIED


def test_a_post_without_any_date_is_only_known_from_reports(registry_triples: set[Triple]) -> None:
    undated = registry_text().replace(", from: 2001-01-01, until: 2002-01-01", "")
    name, n = NAMES[(), DAYS[0]], FORMS.index(())
    report = report_text(n, ()).replace(f"who: p{name}, office: post-{n}", f"who: otto, office: post-{n}")
    report += "people:\n  otto: {name: Otto Ohne}\n"
    assert cells(store_of(registry_triples, [report]), "CQ37", "person") == ["Otto Ohne"]
    store = store_of(registry_triples, [report], undated)
    assert cells(store, "CQ37", "person") == []
    assert "Otto Ohne" in cells(store, "CQ01", "person")
    assert cells(store, "CQ06", "status", person="otto", day=DAYS[0]) == ["reported-only"]


@pytest.mark.parametrize("number", ["CQ01", "CQ02", "CQ03", "CQ14", "CQ31", "CQ36"])
def test_one_day_in_office_is_enough_of_an_event(store: Store, registry_triples: set[Triple], number: str) -> None:
    exact, day = FORMS[0], DAYS[0]
    name, column = NAMES[exact, day], "stop" if number == "CQ02" else "person"
    assert name not in cells(store, number, column)
    longer = report_text(0, exact).replace(f"date: {day}\n", f"date: {day}/2020-03-01\n")
    assert name in cells(store_of(registry_triples, [longer]), number, column)
