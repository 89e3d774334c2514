"""Why two things may be one, or not: what was found (``Evidence``), and the same in words (``Reason``)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Evidence(NamedTuple):
    """Something that speaks for (positive) or against (negative) a pair.

    ``weight`` is the natural logarithm of how much likelier it is seen of one thing than of two.
    """

    code: str
    weight: float
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Evidence in words; ``code`` stays the same whatever the words are."""

    code: str
    weight: float
    de: str
    en: str

    def words(self, language: str) -> str:
        """The words in German (``de``) or English."""
        return self.de if language == "de" else self.en


# {0} and {1}: what was compared, or what both have.
_WORDS = {
    "ids": ("dieselbe Kennung: {0}", "the same identifier: {0}"),
    "name-same": ("gleicher Name: „{0}“ und „{1}“", "the same name: “{0}” and “{1}”"),
    "name-swapped": (
        "gleicher Name in anderer Reihenfolge: „{0}“ und „{1}“",
        "the same name in another order: “{0}” and “{1}”",
    ),
    "name-part": ("ein Vorname mehr oder weniger: „{0}“ und „{1}“", "one given name more or less: “{0}” and “{1}”"),
    "name-initials": ("die Initialen passen: „{0}“ und „{1}“", "the initials agree: “{0}” and “{1}”"),
    "name-short": ("Kurzform des Vornamens: „{0}“ und „{1}“", "a short form of the given name: “{0}” and “{1}”"),
    "name-typo": (
        "die Namen unterscheiden sich um einen Buchstaben: „{0}“ und „{1}“",
        "the names differ by a letter: “{0}” and “{1}”",
    ),
    "name-sound": ("die Namen klingen gleich: „{0}“ und „{1}“", "the names sound alike: “{0}” and “{1}”"),
    "name-particle": ("ein Namenszusatz fehlt: „{0}“ und „{1}“", "a particle of the name is missing: “{0}” and “{1}”"),
    "name-double": ("Doppelname und Teil davon: „{0}“ und „{1}“", "a double name and a part of it: “{0}” and “{1}”"),
    "name-born": ("der Geburtsname passt: „{0}“ und „{1}“", "the name at birth agrees: “{0}” and “{1}”"),
    "name-surname": ("nur der Nachname ist genannt: „{0}“ und „{1}“", "only the surname is given: “{0}” and “{1}”"),
    "name-differs": ("die Namen passen nicht: „{0}“ und „{1}“", "the names do not fit: “{0}” and “{1}”"),
    "name-common": ("der Name ist häufig", "the name is common"),
    "name-legal-form": (
        "gleicher Name bis auf die Rechtsform: „{0}“ und „{1}“",
        "the same name but for the legal form: “{0}” and “{1}”",
    ),
    "name-abbreviation": ("Abkürzung und Name passen: „{0}“ und „{1}“", "abbreviation and name agree: “{0}” and “{1}”"),
    "name-addition": ("ein Zusatz mehr oder weniger: „{0}“ und „{1}“", "one addition more or less: “{0}” and “{1}”"),
    "hint": (
        "die Klammer hinter dem Namen nennt die Organisation: {0}",
        "the bracket behind the name tells the organisation: {0}",
    ),
    "ambiguous": ("der kurze Name passt auch auf andere", "the short name fits others as well"),
    "generation": ("nur einer ist als sen. oder jun. bezeichnet", "only one of them is called sen. or jun."),
    "organization": ("beide gehören zu: {0}", "both belong to: {0}"),
    "post": ("beide hatten das Amt: {0}", "both held the post: {0}"),
    "role": ("dieselbe Funktion: {0}", "the same role: {0}"),
    "place": ("beide waren hier: {0}", "both were here: {0}"),
    "time": ("beide waren dort in kurzem Abstand", "both were there within a short time"),
    "related": ("beide gehören zu: {0}", "both belong to: {0}"),
    "contact": ("dieselbe Anschrift, Nummer oder E-Mail: {0}", "the same address, number or e-mail: {0}"),
    "days": ("derselbe Tag", "the same day"),
    "side-by-side": ("ein Bericht nennt beide nebeneinander", "one report names both side by side"),
    "other-organization": (
        "zur gleichen Zeit in verschiedenen Organisationen",
        "in different organisations at the same time",
    ),
    "other-role": ("zur gleichen Zeit in verschiedenen Funktionen", "in different roles at the same time"),
    "two-places": ("am selben Tag an verschiedenen Orten", "on the same day in different places"),
    "far-apart": ("viele Jahre liegen zwischen ihnen", "many years lie between them"),
    "nothing-shared": ("sonst haben sie nichts gemeinsam", "they share nothing else"),
    "other-place": ("an verschiedenen Orten: {0} und {1}", "in different places: {0} and {1}"),
    "other-relation": ("sie gehören zu Verschiedenem: {0} und {1}", "they belong to different things: {0} and {1}"),
    "other-type": ("Dinge verschiedener Art: {0} und {1}", "things of different kinds: {0} and {1}"),
    "other-day": ("an verschiedenen Tagen", "on different days"),
}


def score(evidence: Iterable[Evidence]) -> float:
    """The evidence as a number from 0 to 1, of four digits: the logistic function of the sum of weights."""
    total = math.fsum(found.weight for found in evidence)
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, total)))), 4)


def in_words(evidence: Iterable[Evidence], labels: Mapping[str, str]) -> tuple[Reason, ...]:
    """Evidence in words, the weightiest first; things are called by their labels."""
    ordered = sorted(evidence, key=lambda found: (-abs(found.weight), found.code, found.values))
    return tuple(_reason(found, labels) for found in ordered)


def _reason(found: Evidence, labels: Mapping[str, str]) -> Reason:
    de, en = _WORDS[found.code]
    values = [labels.get(value, value.rsplit("/", 1)[-1] if "://" in value else value) for value in found.values]
    return Reason(found.code, round(found.weight, 2), de.format(*values), en.format(*values))
