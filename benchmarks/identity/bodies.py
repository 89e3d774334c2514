"""Invented organisations, some under several names, and organisations that are easily taken for one."""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.identity.generate import ENDS, MIDDLES, ONSETS, Labelled

from etappe.identity.entities import Entity

LAENDER = "Niedersachsen Hessen Bayern Sachsen Thüringen Brandenburg Saarland Schleswig-Holstein".split()
FIELDS = "Netze Digitales Verkehr Wirtschaft Energie Landesplanung Bildung Gesundheit Umwelt Häfen Wissenschaft".split()
FORMS = {"GmbH": "GmbH", "AG": "AG", "e. V.": "eV", "eG": "eG", "GmbH & Co. KG": "GmbH und Co. KG"}
TOWN_BODIES = "Stadtwerke Grundschule Stadtverwaltung Sparkasse Handwerkskammer".split()
KINDS = "Netzbau|Sensorik|Maschinenwerke|Glasfaser|Medienverlag|Logistik|Bioenergie|Anlagentechnik|Softwarehaus".split(
    "|"
)
BODY_VARIATIONS = (
    "same name", "legal form left out", "legal form spelt otherwise", "umlaut spelling", "typo",
    "abbreviation in brackets", "abbreviation alone", "words apart or together", "Land added",
)  # fmt: skip


class Bodies:
    """A set of about so many records of organisations."""

    def __init__(self, records: int, seed: int) -> None:
        self._random, self._records, self._set = random.Random(seed), records, Labelled()
        self._towns = [f"place/t{number}" for number in range(max(20, records // 20))]
        for place in self._towns:
            self._set.called[place] = (self._word(),)
        for land in LAENDER:
            self._set.called[f"place/{land}"] = (land,)
        self._count = 0

    def _word(self) -> str:
        rng = self._random
        return rng.choice(ONSETS) + rng.choice([*MIDDLES, ""]) + rng.choice(ENDS)

    def run(self) -> Labelled:
        """The set."""
        rng = self._random
        fields = [*FIELDS, *(f"{a} und {b}" for at, a in enumerate(FIELDS) for b in FIELDS[at + 1 :])]
        rng.shuffle(fields)
        towns = [(kind, town) for kind in TOWN_BODIES for town in self._towns]
        rng.shuffle(towns)
        while len(self._set.entities) < self._records:
            which = rng.random()
            if which < 0.55:
                word, form = f"{self._word()} {rng.choice(KINDS)}", rng.choice([*FORMS])
                one = self._body(f"{word} {form}", rng.choice(self._towns))
                if rng.random() < 0.08:
                    other = self._body(f"{word} {rng.choice([f for f in FORMS if f != form])}", rng.choice(self._towns))
                    self._set.alike[frozenset((one, other))] = "another legal form"
            elif which < 0.8:
                kind, town = towns.pop()
                self._body(f"{kind} {self._set.called[town][0]}", town)
            elif fields:
                field = fields.pop()
                ones = [self._body(f"Ministerium für {field}", f"place/{land}") for land in rng.sample(LAENDER, 2)]
                self._set.alike[frozenset(ones)] = "ministries of two Länder"
        rng.shuffle(self._set.entities)
        return self._set

    def _body(self, label: str, place: str) -> int:
        rng = self._random
        self._count += 1
        self._record(label, place, "base")
        if rng.random() < 0.3:
            self._record(*self._varied(label, place))
        return self._count

    def _record(self, label: str, place: str, variation: str) -> None:
        rng = self._random
        name = f"organization/o{rng.getrandbits(48):012x}"
        entity = Entity(name, "organization", label, (label,), reports=frozenset({name}))
        if rng.random() < 0.6:
            entity = replace(entity, related=frozenset({place}))
        if rng.random() < 0.3:
            entity = replace(entity, contacts=frozenset({f"info@o{self._count}.example"}))
        self._set.entities.append(entity)
        self._set.person[name], self._set.variation[name] = self._count, variation

    def _varied(self, label: str, place: str) -> tuple[str, str, str]:
        rng = self._random
        kind = rng.choice(BODY_VARIATIONS)
        form = next((form for form in FORMS if label.endswith(f" {form}")), None)
        words = label.split()
        told = label
        if kind == "legal form left out" and form:
            told = label.removesuffix(f" {form}")
        elif kind == "legal form spelt otherwise" and form:
            told = label.removesuffix(form) + FORMS[form]
        elif kind == "umlaut spelling":
            for sign, spelt in {"ä": "ae", "ö": "oe", "ü": "ue"}.items():
                told = told.replace(sign, spelt)
        elif kind == "typo":
            word = max(words, key=len)
            at = rng.randrange(1, len(word))
            told = label.replace(word, word[:at] + rng.choice("aeinrst") + word[at + rng.choice([0, 1]) :])
        elif kind.startswith("abbreviation"):
            short = "".join(word[0] for word in label.removesuffix(form or "").split() if word[0].isupper())
            if len(short) > 2:
                told = short if kind == "abbreviation alone" else f"{label} ({short})"
        elif kind == "words apart or together" and form:
            told = label.replace(" ", "", 1) if len(words) > 2 else label
        elif kind == "Land added" and place.split("/")[1] in LAENDER:
            told = f"{label} des Landes {place.split('/')[1]}"
        return told, place, kind if told != label else "same name"
