"""What the title of an office says, and what it does not."""

from __future__ import annotations

import pytest

from etappe.drafting.contact import email, telephone
from etappe.drafting.offices import Office, office_of, role_word


@pytest.mark.parametrize(
    ("title", "organisation", "office"),
    [
        (
            "Minister für Energie, Infrastruktur und Digitalisierung des Landes Mecklenburg-Vorpommern",
            None,
            Office(
                "minister",
                ("energy", "infrastructure", "digitalisation"),
                land="Mecklenburg-Vorpommern",
                ministry="Ministerium für Energie, Infrastruktur und Digitalisierung",
            ),
        ),
        ("Umweltministerin", None, Office("minister", ("environment",))),
        ("Innenminister", "Land Hessen", Office("minister", ("interior",), land="Hessen")),
        ("Bundesverkehrsministerin", None, Office("minister", ("transport",), federal=True)),
        ("Ministerpräsidentin", "Thüringen", Office("minister-president", land="Thüringen")),
        ("Minister der Finanzen", None, Office("minister", ("finance",), ministry="Ministerium der Finanzen")),
        ("Ministerin", "Stadtwerke Sachsen", Office("minister")),
        (
            "Ministerin für Hafen und Verkehr",
            None,
            Office("minister", ("transport",), ("Hafen",), ministry="Ministerium für Hafen und Verkehr"),
        ),
        (
            "Bundesministerin für Bildung",
            None,
            Office("minister", ("education",), federal=True, ministry="Bundesministerium für Bildung"),
        ),
    ],
)
def test_the_office_of_a_minister(title: str, organisation: str | None, office: Office) -> None:
    assert office_of(title, organisation) == office


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Geschäftsführerin", "managing-director"),
        ("Landrat des Kreises", "district-administrator"),
        ("Altbürgermeister", None),
        ("Breitbandbeauftragte", None),
        (None, None),
    ],
)
def test_the_role_of_a_title(title: str | None, role: str | None) -> None:
    assert role_word(title) == role


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("T 030 60 40-0", "+493060400"),
        ("Tel.: +49 (0) 30 6040-40", "+4930604040"),
        ("0049 30 604040", "+4930604040"),
        ("Telefon 12", None),
        ("Zimmer 4711", None),
    ],
)
def test_telephone_numbers(words: str, number: str | None) -> None:
    assert telephone(words) == number


def test_disguised_addresses() -> None:
    assert email("E kontakt(at)netzamt.example") == "kontakt@netzamt.example"
    assert email("post [at] amt [punkt] example") == "post@amt.example"
    assert email("kontakt") is None
