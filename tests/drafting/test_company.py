"""What a draft says beyond people: publisher, week of publication, campaign, groups, visits, and what it does not say."""

from __future__ import annotations

import pytest

from drafting.test_draft import at, drafted, value, violations, who
from etappe.drafting.territories import is_territory
from etappe.extraction import extract
from etappe.reading.tree import Mapping, parse
from etappe.registry import Registry

STOP = "Am Freitag, 28.07.2017, besuchte Bürgermeisterin Ada Ohm in Stralsund die Möwenwerk GmbH."


def tree(text: str) -> Mapping:
    yaml = drafted(extract(f"Halt am Hafen\n\n{text}\n"))
    assert violations(yaml) == []
    return parse(yaml, "f")


def stop_of(found: Mapping) -> Mapping:
    stops = found.get("stops")
    assert isinstance(stops, Mapping)
    (stop,) = [node for _, node in stops.entries]
    assert isinstance(stop, Mapping)
    return stop


@pytest.mark.parametrize(
    "name", ["Hessen", "Land Hessen", "des Landes Hessen", "Freistaat Bayern", "Bund", "Österreich"]
)
def test_territories(name: str) -> None:
    assert is_territory(name)


@pytest.mark.parametrize(
    "name", ["Hessen Mobil", "Breitbandbüro des Bundes", "Landkreis Leer", "Bayern Innovativ GmbH"]
)
def test_organisations_are_no_territories(name: str) -> None:
    assert not is_territory(name)


def test_a_minister_of_a_land_is_of_the_ministry_and_the_land_is_no_organisation() -> None:
    found = tree(
        "Am Freitag, 28.07.2017, war in Stralsund Jördis Kalk, Ministerin für Energie und Verkehr des Landes"
        " Mecklenburg-Vorpommern, zu Gast."
    )
    names = [value(body, "name") for _, body in found.get("organizations").entries]  # type: ignore[union-attr]
    assert names == ["Ministerium für Energie und Verkehr"]
    ministry = value(found, "people", "joerdis-kalk", "affiliation", "of") or ""
    assert value(found, "organizations", ministry, "certainty") == "inferred"


def test_the_last_week_is_a_window_only_if_all_stops_were_in_one() -> None:
    told = f"Vergangene Woche war das Mobil unterwegs.\n\n{STOP}"
    assert value(tree(told), "published", "not before") == "2017-07-31"
    other = f"{told}\n\nAm Montag, 10.07.2017, besuchte Ada Ohm in Wismar die Werft Wismar GmbH."
    assert at(tree(other), "published") is None


def test_the_organisation_of_an_imprint_is_proposed_as_publisher() -> None:
    imprint = (
        "\n\nNetzbüro Küste GmbH\nTelefon 030 60 40-0\nE-Mail kontakt(at)netz.example\nPostfach 12 34, 10047 Berlin"
    )
    assert value(tree(STOP + imprint), "publisher") == "netzbuero-kueste-gmbh"
    assert at(tree(STOP + "\n\nPressekontakt:" + imprint.replace("\n\n", "\n")), "publisher") is None


def test_the_part_of_a_campaign_is_only_what_the_text_puts_in_it() -> None:
    assert (
        value(stop_of(tree(f"{STOP} Im Rahmen der Kampagne „Gutes Netz“ kam das Mobil.")), "campaign") == "gutes-netz"
    )
    assert value(stop_of(tree(f"{STOP} Sie kennt die Kampagne „Gutes Netz“.")), "campaign") is None


def test_groups_stand_at_their_item_and_are_not_carried_on() -> None:
    found = tree(
        "Am Freitag, 28.07.2017, besuchten Schülerinnen und Schüler in Stralsund die Möwenwerk GmbH."
        " Der anschließende Besuch der Hafenwerk GmbH zeigte, was Netze leisten."
    )
    assert who(at(stop_of(found), "programme", 0, "present")) == [
        "organization/moewenwerk-gmbh",
        "group/schuelerinnen-und-schueler",
    ]
    assert who(at(stop_of(found), "programme", 1, "present")) == ["organization/hafenwerk-gmbh"]
    assert value(found, "groups", "schuelerinnen-und-schueler", "minors") == "yes"


def test_nobody_is_there_before_it_took_place() -> None:
    found = tree("Am Freitag, 28.07.2017, werden Kinder in Stralsund die Möwenwerk GmbH besuchen.")
    assert at(found, "groups") is None


def test_the_ministry_of_an_official_was_not_visited() -> None:
    found = tree(
        "Am Freitag, 28.07.2017, sah sich Ole Ahrens, Staatssekretär im Ministerium für Inneres, in Stralsund das Mobil an."
    )
    assert value(stop_of(found), "programme", 0, "visited") is None


def test_children_of_a_picture_without_a_day_stand_at_the_picture_alone() -> None:
    found = tree(
        f"{STOP} Am Donnerstag, 27.07.2017, stand das Mobil in Stralsund vor dem Markt.\n\n"
        "Foto oben: Kinder spielen in Stralsund mit dem Roboter."
    )
    assert at(found, "photos", "p1", "shows", 0) is not None
    assert value(found, "photos", "p1", "placement") == "top"
    assert value(found, "groups", "kinder", "minors") == "yes"
    assert "group/kinder" not in who(at(stop_of(found), "present"))


def test_the_question_where_somebody_was_names_what_its_words_name() -> None:
    yaml = drafted(
        extract(
            f"Halt am Hafen\n\n{STOP} Am Donnerstag, 27.07.2017, besuchte das Team in Stralsund die Hafenwerk GmbH.\n\n"
            "Foto: Enno Brandt und Tilda Sommer bei der Möwenwerk GmbH in Stralsund am 28.07.2017.\n"
        )
    )
    assert "# ? at which programme item of 2017-07-28; these words name Möwenwerk GmbH\n" in yaml
    (item,) = (
        one
        for one in at(parse(yaml, "f"), "stops", "stralsund-2017-07-27", "programme").items
        if value(one, "visited") == "moewenwerk-gmbh"
    )  # type: ignore[union-attr]
    assert "tilda-sommer" not in who(at(item, "present"))


def test_a_ministry_of_the_registry_is_still_worked_out(example_registry: Registry) -> None:
    text = "Am 28.07.2017 war Ada Ohm, Minister für Energie, Infrastruktur und Digitalisierung des Landes Mecklenburg-Vorpommern, in Stralsund."
    yaml = drafted(extract(text), example_registry)
    known = "known as organization/ministerium-energie-infrastruktur-digitalisierung-mv?"
    assert f"# {known} worked out from the title; the text does not name it" in yaml
