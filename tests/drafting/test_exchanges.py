"""Exchanges, products, funding programmes and claims of a draft; all texts are invented."""

from __future__ import annotations

from drafting.test_draft import violations
from etappe.drafting.draft import draft_of
from etappe.extraction import extract
from etappe.registry import Registry

_TEXT = """Halt in Anklam

Am 4. Mai 2021 besuchte das Team der Kampagne Funkwelle die Stadtwerke Anklam. Landrat Jan Rode war Gast am Infomobil. \
Lange tauschte er sich mit Vertretern der Stadtwerke Anklam zum Ausbau der Leerrohre aus. Gefragt war auch das \
Landesförderprogramm. Gezeigt wurde die App DorfFunk, die Nachbarn vernetzt. Im Idealfall spart sie viele Wege.
"""


def draft(text: str) -> str:
    return draft_of(extract(text), report_id="probe", source_name="halt.txt", registry=Registry())


def test_an_exchange_stands_below_the_visit_it_was_part_of() -> None:
    made = draft(_TEXT)
    assert violations(made) == []
    inner = made[made.index("- id: austausch") : made.index("people:")]
    assert "name: Austausch bei den Stadtwerken Anklam" in inner or "name: Austausch bei Stadtwerke Anklam" in inner
    assert "# ? that it was part of this visit is not said outright" in inner
    assert "who: jan-rode  # ? “er” is taken for Jan Rode" in inner
    assert "who: group/vertreter-der-stadtwerke-anklam" in inner
    assert "about: [topic/ausbau-der-leerrohre]" in inner


def test_what_is_spoken_of_is_proposed_and_asked_about() -> None:
    made = draft(_TEXT)
    assert "name: DorfFunk, function: Nachbarn vernetzt, certainty: stated" in made
    assert "# ? developer: the text does not say who made it" in made
    assert "level: land" in made
    assert "condition: Im Idealfall" in made


def test_no_exchange_where_none_took_place() -> None:
    for words in (
        "Landrat Jan Rode wollte sich mit Vertretern der Stadtwerke Anklam austauschen.",
        "Landrat Jan Rode lobte das Team. Der Wirt staunte. Lange tauschte er sich mit Vertretern der Stadtwerke aus.",
        "Per Video tauschte sich Landrat Jan Rode mit Vertretern der Stadtwerke Anklam aus.",
    ):
        assert "kind: exchange" not in draft(f"Am 4. Mai 2021 besuchte das Team die Stadtwerke Anklam. {words}")
