"""Campaigns and tours are named as the text names them, and only a text that says so puts a stop in them."""

from __future__ import annotations

import pytest

from etappe.extraction.campaigns import find_campaign
from etappe.extraction.model import Campaign
from etappe.extraction.structure import structured


def found(text: str) -> Campaign:
    return find_campaign(structured(f"Ein Tag in Aurich\n\n{text}\n", {})) or Campaign()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Im Juli machte die Kampagne Netz@Dorf in Aurich Station.", "Netz@Dorf"),
        ("Im Juli machte die Kampagne Zukunft Handwerk in Aurich Station.", "Zukunft Handwerk"),
        ("Im Rahmen der Informationskampagne „Ab ins Netz“ kam der Bus nach Aurich.", "Ab ins Netz"),
        ("Die Aktion „Licht an“ war in Aurich zu Gast.", "Licht an"),
        ("Die „Ab ins Netz“-Kampagne war in Aurich zu Gast.", "Ab ins Netz"),
        ("The campaign “Wired Villages” came to Aurich and was visited by many people.", "Wired Villages"),
        ("Die Kampagne Anfang Juli war ein Erfolg.", None),
        ("Die Aktion Mensch förderte den Bau.", None),
        ("Die Kampagne war in Aurich zu Gast.", None),
    ],
)
def test_campaigns(text: str, name: str | None) -> None:
    assert found(text).name == name


def test_a_campaign_that_is_only_spoken_of_is_not_joined() -> None:
    assert found("Der Hof ist einer von zwölf Betrieben der Kampagne „Gutes Land“.").joined is None
    assert found("Im Rahmen der Kampagne „Gutes Land“ kam der Bus nach Aurich.").joined is not None
    assert found("In Aurich machte die Kampagne Netz@Dorf Station.").joined is not None


def test_kind_and_owner() -> None:
    campaign = found("Die Kampagne Netz@Dorf kam. Mehr zu unserer Informationskampagne steht im Netz.")
    assert campaign.kind == "information-campaign"
    assert campaign.owned is not None


@pytest.mark.parametrize(
    ("text", "tour", "named", "position"),
    [
        (
            "Zum Auftakt einer langen Tour entlang der Ems hielt der Bus in Leer.",
            "Tour entlang der Ems",
            False,
            "opening",
        ),
        ("Zum Abschluss ihrer Sommertour besuchte sie Leer.", "Sommertour", False, "closing"),
        ("Im Rahmen der Tour „Netz vor Ort“ hielt der Bus in Leer.", "Netz vor Ort", True, None),
        ("Auf ihrer Sommertour besuchte sie die Werft.", "Sommertour", False, None),
        ("Der Bus ist auf Tour.", None, False, None),
        ("Die Tour de France kommt nicht nach Leer.", None, False, None),
        ("Zum Auftakt der Messe kam der Bus.", None, False, None),
    ],
)
def test_tours(text: str, tour: str | None, named: bool, position: str | None) -> None:
    campaign = found(text)
    assert (campaign.tour, campaign.named, campaign.position) == (tour, named, position)
