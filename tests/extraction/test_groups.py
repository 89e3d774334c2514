"""Groups count where the text says that they were there, not where it only speaks of them."""

from __future__ import annotations

import pytest

from etappe.extraction.groups import find_groups
from etappe.extraction.model import Group, Organisation, Photo, Span
from etappe.extraction.structure import structured


def groups(text: str, *bodies: str, caption: str = "") -> tuple[Group, ...]:
    whole = f"Ein Tag in Aurich\n\n{text}\n"
    if caption:
        whole += f"\nFoto: {caption}\n"
    found = []
    for body in bodies:
        at, mentions = whole.find(body), []
        while at >= 0:
            mentions.append(Span(at, at + len(body)))
            at = whole.find(body, at + 1)
        found.append(Organisation(body, tuple(mentions)))
    at = whole.find(caption)
    photos = (Photo(Span(at, at + len(caption))),) if caption else ()
    return find_groups(structured(whole, {}), tuple(found), photos)


def names(text: str, *bodies: str) -> list[str]:
    return [group.name for group in groups(text, *bodies) if group.present]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am Freitag hatten Interessierte die Möglichkeit, den Bus zu sehen.", ["Interessierte"]),
        ("Fachbesucher und Passanten zeigten viel Interesse.", ["Fachbesucher", "Passanten"]),
        ("Viele Kinder kamen zum Bus.", ["Kinder"]),
        ("Sie sprach mit Schülerinnen und Schülern über das Netz.", ["Schülerinnen und Schüler"]),
        ("Er tauschte sich mit dem Kampagnenteam und Auszubildenden aus.", ["Kampagnenteam", "Auszubildende"]),
        ("Am Freitag besuchte das Team der Kampagne die Werft.", ["Kampagnenteam"]),
        ("Bürgerinnen und Bürger nutzten die Gelegenheit zum Gespräch.", ["Bürgerinnen und Bürger"]),
    ],
)
def test_present(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Die App richtet sich an Kinder und Schülerinnen und Schüler.",
        "Sie besuchte die Werkstatt für Kinder.",
        "Im Mai kommen Kinder zum Bus.",
        "Interessierte werden den Bus besuchen können.",
        "Passanten kamen nicht.",
        "Vor einem Jahr besuchten Kinder die Werft.",
        "Er sprach über die Sorgen der Bürgerinnen und Bürger.",
        "Kinder hätten den Bus besucht, sagte er.",
        "Sie besuchte das Kinder- und Jugendhaus.",
        "Als Vertreter der Werft kam er nach Aurich.",
    ],
)
def test_not_present(text: str) -> None:
    assert names(text, "Werft") == []


def test_representatives_and_teams_are_those_of_an_organisation() -> None:
    text = "Der Minister tauschte sich mit Vertretern der Werft aus. Begrüßt wurde niemand vom Team der Zukunft."
    (group,) = groups(text, "Werft")
    assert (group.name, group.organisation) == ("Vertreter der Werft", "Werft")
    assert group.talking == group.present


def test_captions() -> None:
    found = groups(
        "Der Bus kam.", "Werft", caption="Kinder und das Team der Werft vor dem Bus mit Bausteinen für Passanten."
    )
    assert [(group.name, group.minors) for group in found] == [("Kinder", True), ("Team der Werft", False)]
    assert all(group.depicted and not group.present for group in found)
