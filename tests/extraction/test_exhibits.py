"""Exhibits are things with words that show them; topics are what people talked about."""

from __future__ import annotations

import pytest

from etappe.extraction.exhibits import find_exhibits, find_topics
from etappe.extraction.structure import structured


def shown(text: str) -> list[str]:
    return [thing.name for thing in find_exhibits(structured(f"Ein Tag in Aurich\n\n{text}\n", {}))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gäste konnten die Ausstattung des Digitalmobils in Augenschein nehmen.", ["Digitalmobil"]),
        ("Das Team zeigte den Melkroboter und einen 3-D-Drucker.", ["Melkroboter", "3-D-Drucker"]),
        ("Am Freitag stand das Infomobil auf dem Markt.", ["Infomobil"]),
        ("Sie beschäftigten sich mit der VR-Brille.", ["VR-Brille"]),
        ("Die Firma verkaufte einen Melkroboter.", []),
        ("Im Mai zeigt das Team den Melkroboter.", []),
        ("Das Automobil war da.", []),
        ("Er zeigte sich vom Wetter überrascht.", []),
    ],
)
def test_exhibits(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_vehicles_are_told_from_other_things() -> None:
    source = structured("Ein Tag\n\nDas Team zeigte im Infomobil einen 3-D-Drucker.\n", {})
    assert [(thing.name, thing.vehicle) for thing in find_exhibits(source)] == [
        ("Infomobil", True),
        ("3-D-Drucker", False),
    ]


def test_topics() -> None:
    def topics(text: str) -> list[str]:
        return [topic.name for topic in find_topics(structured(f"Ein Tag\n\n{text}\n", {}))]

    assert topics("Er tauschte sich mit dem Team zum Ausbau der regionalen Netze aus.") == [
        "Ausbau der regionalen Netze"
    ]
    assert topics("Sie sprach zur Eröffnung der Halle.") == []
    assert topics("Sie wird zum Ausbau der Netze sprechen.") == []
