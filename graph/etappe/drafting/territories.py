"""Länder, countries and towns by name: they are places, and nobody is a member of them."""

from __future__ import annotations

import re

from etappe.drafting.laender import LAENDER
from etappe.extraction.sentences import word_set

_COUNTRIES = word_set(
    "Bund Deutschland Österreich Schweiz Liechtenstein Luxemburg Frankreich Niederlande Belgien Dänemark Polen",
    "Tschechien Italien Spanien Portugal Schweden Norwegen Finnland Island Irland Estland Lettland Litauen Ungarn",
    "Slowakei Slowenien Kroatien Rumänien Bulgarien Griechenland Türkei Ukraine Großbritannien England Schottland",
    "Japan China Indien Kanada USA Germany Austria Switzerland France Netherlands Belgium Denmark Poland Italy Spain",
    "Sweden Norway Finland Ireland Europa Europe",
)
_KIND = re.compile(
    r"(?:das |des |der |die |dem )?(?:Bundesland|Bundeslandes|Land|Landes|Freistaat|Freistaats|Freistaates"
    r"|Bundesrepublik|Republik|Königreich|Kanton|State of|Federal Republic of)\s+"
)


def is_territory(name: str) -> bool:
    """Whether a name is that of a Land, with or without that word, or of a country."""
    plain = _KIND.sub("", " ".join(name.split()), count=1)
    return any(form in LAENDER.values() or form in _COUNTRIES for form in (plain, plain.removesuffix("s")))
