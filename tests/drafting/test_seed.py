"""The draft of the seed report: what its fact ledger wants is there, and none of its traps.

The reports lie outside the repository; without them nothing is tested here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from drafting.test_draft import at, value, violations, who
from etappe.drafting.draft import draft_of
from etappe.extraction import extract
from etappe.reading.tree import Mapping, Node, Scalar, Sequence, parse
from etappe.registry import Registry
from etappe.sources import load_text

_SHARED = Path(__file__).parents[3] / "shared"
_SEEDS = sorted(_SHARED.glob("seeds/*.txt"))
_REPORTS = sorted(_SHARED.glob("extraction/reports/*"))

needs_seed = pytest.mark.skipif(not _SEEDS, reason="the seed report is not here")


@cache
def draft(path: Path) -> str:
    source = load_text(path)
    extraction = extract(source.text, source.metadata)
    return draft_of(extraction, report_id="probe", source_name="probe.txt", registry=Registry())


def tree() -> Mapping:
    return parse(draft(_SEEDS[0]), "f")


def stop() -> Node | None:
    stops = at(tree(), "stops")
    assert isinstance(stops, Mapping)
    (key,) = [key for key, _ in walk_entries(stops)]
    return stops.get(key)


def walk_entries(node: Mapping) -> list[tuple[str, Node]]:
    return [(name.value, child) for name, child in node.entries]


def scalars(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.value
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for _, item in walk_entries(node):
            yield from scalars(item)


def item(words: str) -> Node | None:
    items = at(stop(), "programme")
    assert isinstance(items, Sequence)
    (found,) = [one for one in items.items if words in (value(one, "name") or "")]
    return found


def keys_of(node: Node | None) -> list[str]:
    return [key for key, _ in walk_entries(node)] if isinstance(node, Mapping) else []


@pytest.mark.skipif(not _REPORTS, reason="the practice reports are not here")
@pytest.mark.parametrize("path", [*_SEEDS, *_REPORTS], ids=lambda path: path.stem)
def test_drafts_are_read_and_pass_the_gate(path: Path) -> None:
    assert violations(draft(path)) == []


@needs_seed
def test_frame() -> None:
    assert value(tree(), "publisher") == "breitbandbuero-des-bundes"
    assert value(tree(), "published", "not before") == "2017-07-31"
    assert value(tree(), "published", "not after") == "2017-08-06"
    assert value(tree(), "quote") == "vergangene Woche"
    body = at(tree(), "organizations", "breitbandbuero-des-bundes")
    assert value(body, "phone") == "+493060404060"
    assert value(body, "address", "box") == "64 01 13"


@needs_seed
def test_campaign_and_tour() -> None:
    assert value(tree(), "campaigns", "breitband-mittelstand", "name") == "Breitband@Mittelstand"
    tour = value(stop(), "tour") or ""
    assert value(tree(), "tours", tour, "name") == "Tour entlang der Küste Mecklenburg-Vorpommerns"
    assert value(stop(), "sequence") == "opening"


@needs_seed
def test_programme() -> None:
    assert value(item("Strelapark"), "kind") == "showing"
    assert value(item("Digitack"), "visited") == "digitack-gmbh"
    assert value(item("Digitack"), "part of day") == "afternoon"
    assert value(item("Digitack"), "certainty") == "implied"
    assert value(item("Stadtwerken Stralsund"), "name") == "Besuch bei den Stadtwerken Stralsund"
    assert value(item("Boreus"), "after") == value(item("Stadtwerken"), "id")


@needs_seed
def test_groups() -> None:
    assert set(keys_of(at(tree(), "groups"))) == {
        "interessierte",
        "passanten",
        "fachbesucher",
        "kampagnenteam",
        "vertreter-der-stadtwerke-stralsund",
        "team-der-digitack-gmbh",
        "pressevertreter",
        "kinder",
    }  # F77; those of F78 are only spoken of
    assert value(tree(), "groups", "kinder", "minors") == "yes"
    assert value(tree(), "groups", "kinder", "certainty") == "implied"


@needs_seed
def test_no_day_of_publication_no_author_and_no_address() -> None:  # F07
    assert value(tree(), "published", "on") is None
    assert not isinstance(at(tree(), "published"), Scalar)
    assert "url" not in keys_of(tree())


@needs_seed
def test_campaign_has_no_days_no_client_and_no_partner() -> None:  # F25
    campaign = at(tree(), "campaigns", "breitband-mittelstand")
    assert set(keys_of(campaign)) == {"name", "type", "organizer", "certainty", "quote"}
    assert value(campaign, "certainty") == "implied"
    tour = at(tree(), "tours", value(stop(), "tour") or "")
    assert "date" not in keys_of(tour)


@needs_seed
@pytest.mark.parametrize("words", ["Digitack", "Boreus"])  # F39, F51: who came is not said
def test_nobody_is_put_where_the_text_puts_nobody(words: str) -> None:
    assert not {"represented", "announced", "invited", "absent"} & set(keys_of(item(words)))
    (host,) = who(at(item(words), "present"))
    assert host == f"organization/{value(item(words), 'visited')}"


@needs_seed
def test_flore_has_no_role_and_no_title() -> None:  # F59
    affiliation = at(tree(), "people", "christina-flore", "affiliation")
    assert not {"role", "title", "post"} & set(keys_of(affiliation))
    (own,) = [one for one in at(inner("Digitack"), "present").items if value(one, "who") == "christina-flore"]  # type: ignore[union-attr]
    assert value(own, "role") == "interlocutor"  # in the conversation; no office
    assert not {"title", "office"} & set(keys_of(own))


@needs_seed
def test_the_photographer_was_not_there() -> None:  # F62
    assert "andreas-silberbach" not in who(at(stop(), "present"))
    assert "andreas-silberbach" not in list(scalars(at(stop(), "programme")))


@needs_seed
def test_no_party_and_no_term_of_office() -> None:  # F64
    assert set(keys_of(at(tree(), "people", "christian-pegel"))) == {"name", "certainty", "quote", "affiliation"}
    affiliation = at(tree(), "people", "christian-pegel", "affiliation")
    assert not {"from", "until"} & set(keys_of(affiliation))


@needs_seed
def test_pegel_met_nobody_by_name() -> None:  # F65
    for words in ("Strelapark", "Digitack", "Stadtwerken", "Boreus"):
        there = set(who(at(item(words), "present")))
        assert not {"christian-pegel"} <= there or not {"oscar-schroeder", "christina-flore"} & there
    for photo in (f"p{number}" for number in range(1, 5)):
        shown = set(scalars(at(tree(), "photos", photo, "shows")))
        assert not {"person/christian-pegel"} <= shown or not {"person/oscar-schroeder"} & shown


@needs_seed
def test_no_federal_ministry_no_land_and_no_strelapark_among_the_organisations() -> None:  # F76, F55, F61
    bodies = at(tree(), "organizations")
    names = [value(body, "name") for _, body in walk_entries(bodies)] if isinstance(bodies, Mapping) else []
    assert sorted(name or "" for name in names) == [
        "Boreus Rechenzentrum GmbH",
        "Breitbandbüro des Bundes",
        "Digitack GmbH",
        "Ministerium für Energie, Infrastruktur und Digitalisierung",
        "Stadtwerke Stralsund",
    ]
    ministry = value(tree(), "people", "christian-pegel", "affiliation", "of") or ""
    assert value(bodies, ministry, "level") == "land"
    assert value(bodies, ministry, "certainty") == "inferred"
    assert "legal form" not in keys_of(at(bodies, "stadtwerke-stralsund"))  # F70


@needs_seed
def test_nothing_is_said_of_consent_and_rights() -> None:  # F100, F101
    for number in range(1, 5):
        photo = at(tree(), "photos", f"p{number}")
        assert value(photo, "rights") == "unknown"
        assert not {"consent", "license", "rights holder"} & set(keys_of(photo))
    assert "date" not in keys_of(at(tree(), "photos", "p4"))  # F97
    placements = [value(tree(), "photos", f"p{number}", "placement") for number in range(1, 5)]
    assert placements == ["top", "below", "below", "below"]  # F91, F92
    assert "group/kinder" in list(scalars(at(tree(), "photos", "p4", "shows")))
    assert "group/kinder" not in who(at(stop(), "present"))


@needs_seed
def test_four_people_and_three_visited() -> None:  # F63, F55
    assert len(keys_of(at(tree(), "people"))) == 4
    items = at(stop(), "programme")
    assert isinstance(items, Sequence)
    visited = [value(one, "visited") for one in items.items if value(one, "visited")]
    assert visited == ["digitack-gmbh", "stadtwerke-stralsund", "boreus-rechenzentrum-gmbh"]


def inner(words: str) -> Node | None:
    """The one item below an item."""
    items = at(item(words), "programme")
    assert isinstance(items, Sequence)
    (found,) = items.items
    return found


@needs_seed
def test_exchanges() -> None:  # F36, F37, F43, F44, F46
    talk = inner("Digitack")
    assert value(talk, "kind") == "exchange"
    assert value(talk, "date") == "2017-07-27"
    assert who(at(talk, "present")) == ["oscar-schroeder", "christina-flore"]  # nobody else: F39, F65
    assert (value(tree(), "places", value(talk, "place") or "", "name") or "").endswith("Digitack GmbH")
    exchange = inner("Stadtwerken Stralsund")
    assert value(exchange, "kind") == "exchange"
    assert set(who(at(exchange, "present"))) == {
        "christian-pegel",
        "group/kampagnenteam",
        "group/vertreter-der-stadtwerke-stralsund",
    }
    assert list(scalars(at(exchange, "about"))) == ["topic/ausbau-der-regionalen-infrastruktur"]
    assert "part of day" not in keys_of(exchange)
    assert "programme" not in keys_of(item("Boreus"))  # F51
    assert "programme" not in keys_of(item("Strelapark"))
    assert value(tree(), "photos", "p1", "during") == f"item/{value(talk, 'id')}"


@needs_seed
def test_what_the_text_speaks_of() -> None:  # F31, F81-F87
    assert keys_of(at(tree(), "products")) == ["myfoodhero"]
    assert "developer" not in keys_of(at(tree(), "products", "myfoodhero"))  # F82: no sentence says who made it
    assert value(tree(), "programmes", "bundesfoerderprogramm", "level") == "federal"
    assert "responsible" not in keys_of(at(tree(), "programmes", "bundesfoerderprogramm"))  # F76, F83
    assert value(tree(), "claims", "c1", "condition") == "im Optimalfall"
    assert keys_of(at(tree(), "claims")) == ["c1"]
    topics = at(tree(), "topics")
    assert {"breitbandausbau", "digitale-transformation"} <= set(keys_of(topics))
    assert "exhibit/bausteine-aus-dem-3-d-drucker" in list(scalars(at(tree(), "photos", "p4", "shows")))  # F80, F97
