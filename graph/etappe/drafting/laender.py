"""The Länder by the first two figures of a municipality key, and their names in a text."""

from __future__ import annotations

import re

LAENDER = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}

#: Longer names first, so that Sachsen is not read in Sachsen-Anhalt.
_NAMES = re.compile(r"(?<![\w-])(" + "|".join(sorted(LAENDER.values(), key=len, reverse=True)) + r")s?(?![\w-])")


def land_in(text: str) -> str | None:
    """The one Land that a text names; the cities that are Länder are not taken for them."""
    found = set(_NAMES.findall(text)) - {"Berlin", "Bremen", "Hamburg", "Brandenburg"}
    if re.search(r"\bLand(?:es)? (?:Brandenburg|Berlin|Bremen)\b", text):
        found |= set(re.findall(r"\bLand(?:es)? (Brandenburg|Berlin|Bremen)\b", text))
    return found.pop() if len(found) == 1 else None
