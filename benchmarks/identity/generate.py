"""Invented people with what reports say of them, some of them under several names, and who is who.

Each person has a life: organisations with dates and roles, places where they appear. A record is what some reports
know: a form of the name, a part of the life. The set also holds people who are easily taken for one: father and son,
namesakes, siblings, families whose names sound alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from etappe.extraction.names import _given_names
from etappe.identity.commonness import _lines
from etappe.identity.entities import Affiliation, Entity

COMMON = _lines("surnames.txt")
ONSETS = (
    "A Be Bra Bro Bü Da De Drä Ei Fa Fel Gö Gra Ha Hei Hü Jo Ka Kle Krö La Lei Lü Ma Mü Na Nie Ol Pa Plö "
    "Ra Rei Rü Sa Schle Schwa Sie Stö Ta Tre Ul Vo Wa Wei Wie Zie Zö"
).split()
MIDDLES = (
    "ber den feld ger gen hau horn ken lan ler ling mel men nau nert pel ren rin schen sel sen stet tel "
    "ter trup wer zel"
).split()
ENDS = (
    "mann ke hoff ner er ski ow itz eck berg stein wald bach sen ing haus loh brink horst kamp meier wig rath ert au"
).split()
NICK = {full: short for short, full in map(str.split, _lines("short-names.txt"))}
ROLES = (
    "managing-director",
    "spokesperson",
    "head-of-department",
    "board-member",
    "chairperson",
    "mayor",
    "state-secretary",
)
VARIATIONS = (
    "same name",
    "title",
    "umlaut spelling",
    "typo",
    "initials",
    "initials and bracket",
    "swapped order",
    "given name left out",
    "short given name",
    "double name by marriage",
    "other surname by marriage (geb.)",
    "surname only",
)
_FIRST_DAY, _DAYS = date(2014, 1, 1).toordinal(), 10 * 365


@dataclass
class Body:
    name: str
    label: str
    short: str
    place: str


@dataclass
class Life:
    given: list[str]
    surname: str
    female: bool
    home: list[str]
    affiliations: list[Affiliation]
    gnd: str
    generation: str = ""
    born: str = ""


@dataclass
class Labelled:
    """Records, the person behind each, what was varied in each, and who is easily taken for whom."""

    entities: list[Entity] = field(default_factory=list)
    called: dict[str, tuple[str, ...]] = field(default_factory=dict)
    person: dict[str, int] = field(default_factory=dict)
    variation: dict[str, str] = field(default_factory=dict)
    alike: dict[frozenset[int], str] = field(default_factory=dict)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """All pairs of records of one person."""
        by_person: dict[int, list[str]] = {}
        for name, who in self.person.items():
            by_person.setdefault(who, []).append(name)
        for names in by_person.values():
            for at, one in enumerate(names):
                for other in names[at + 1 :]:
                    yield one, other

    def kind(self, one: str, other: str) -> str:
        """What was varied between two records of a person."""
        kinds = {self.variation[one], self.variation[other]} - {"base"}
        return kinds.pop() if len(kinds) == 1 else "several of these" if kinds else "same name"


class Generator:
    """A set of about so many records."""

    def __init__(self, records: int, seed: int, *, repeated: float = 0.3, hard: float = 0.12) -> None:
        self._random = random.Random(seed)
        self._records, self._repeated, self._hard = records, repeated, hard
        self._set = Labelled()
        given = [(name, sex) for name, sex in sorted(_given_names().items()) if sex in "fm" and "-" not in name]
        self._random.shuffle(given)
        self._given = {sex: [name for name, s in given if s == sex] for sex in "fm"}
        self._weights = {sex: [1 / (rank + 8) for rank in range(len(names))] for sex, names in self._given.items()}
        self._places = [f"place/ort-{number}" for number in range(max(12, records // 150))]
        self._bodies = [self._body(number) for number in range(max(20, records // 12))]
        self._named = {body.name: body for body in self._bodies}
        for body in self._bodies:
            self._set.called[body.name] = (body.label, body.short)
        for place in self._places:
            self._set.called[place] = (place.split("/")[1].capitalize(),)
        self._reports = 0

    def run(self) -> Labelled:
        """The set."""
        rng = self._random
        while len(self._set.entities) < self._records:
            life = self._life()
            if rng.random() < self._hard:
                self._alike(life)
            else:
                self._person(life)
        rng.shuffle(self._set.entities)
        return self._set

    # --- lives

    def _surname(self) -> str:
        rng = self._random
        if rng.random() < 0.3:
            return rng.choices(COMMON, [1 / (rank + 1) ** 0.6 for rank in range(len(COMMON))])[0]
        middle = rng.choice(MIDDLES) if rng.random() < 0.75 else ""
        return rng.choice(ONSETS) + middle + rng.choice(ENDS)

    def _body(self, number: int) -> Body:
        rng = self._random
        word = rng.choice(ONSETS) + rng.choice(MIDDLES) + rng.choice(ENDS)
        kind = rng.choice(
            ["Werke GmbH", "Netz AG", "Verband e. V.", "Stiftung", "Stadtverwaltung", "Institut", "Kammer"]
        )
        return Body(
            f"organization/o-{number}", f"{word} {kind}", (word[:2] + kind[:2]).upper(), rng.choice(self._places)
        )

    def _job(self, body: Body, role: str | None = None, start: int | None = None) -> Affiliation:
        rng = self._random
        first = start or _FIRST_DAY + rng.randrange(_DAYS)
        last = first + rng.choice([0, 0, 1, 90, 700])
        return Affiliation(body.name, None, role or rng.choice([*ROLES, None]), first, last)

    def _life(self, surname: str | None = None, given: list[str] | None = None, body: Body | None = None) -> Life:
        rng = self._random
        female = rng.random() < 0.45
        sex = "f" if female else "m"
        if given is None:
            given = rng.choices(self._given[sex], self._weights[sex], k=2 if rng.random() < 0.15 else 1)
        body = body or rng.choice(self._bodies)
        jobs = [self._job(body)]
        if rng.random() < 0.25:
            jobs.append(self._job(rng.choice(self._bodies)))
        home = [body.place, *(rng.choice(self._places) for _ in range(rng.choice([0, 1, 2])))]
        return Life(given, surname or self._surname(), female, home, jobs, f"1{rng.randrange(10**9):09}")

    # --- records

    def _person(self, life: Life) -> tuple[int, list[str]]:
        rng = self._random
        who = self._next()
        names = [self._record(who, life, "base")]
        if rng.random() < self._repeated:
            for _ in range(rng.choice([1, 1, 1, 2])):
                names.append(self._record(who, life, rng.choice(VARIATIONS)))
            if rng.random() < 0.02:
                self._side_by_side(names)
        return who, names

    _count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _record(self, who: int, life: Life, variation: str) -> str:
        rng = self._random
        text, variation = self._text(life, variation)
        chosen = [job for job in life.affiliations if rng.random() < 0.75]
        jobs = [replace(job, role=job.role if rng.random() < 0.7 else None) for job in chosen]
        if variation == "surname only" and not jobs:  # nobody is called so without a place to belong to
            jobs = life.affiliations[:1]
        seen = set()
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            near = life.affiliations[0].first or _FIRST_DAY
            day = near + rng.randrange(-40, 400) if rng.random() < 0.8 else _FIRST_DAY + rng.randrange(_DAYS)
            seen.add((day, rng.choice(life.home) if rng.random() < 0.85 else rng.choice(self._places)))
        name = f"person/p{rng.getrandbits(48):012x}"
        self._reports += 1
        self._set.entities.append(
            Entity(
                name=name,
                kind="person",
                label=text,
                names=(text,),
                ids=frozenset({("gnd", life.gnd)} if rng.random() < 0.06 else ()),
                types=frozenset({"Person"}),
                affiliations=frozenset(jobs),
                seen=frozenset(seen),
                reports=frozenset({f"r{self._reports}"}),
            )
        )
        self._set.person[name] = who
        self._set.variation[name] = variation
        return name

    def _side_by_side(self, names: list[str]) -> None:
        """One report names all of them."""
        self._reports += 1
        together = set(names)
        for at, entity in enumerate(self._set.entities):
            if at >= len(self._set.entities) - 12 and entity.name in together:
                self._set.entities[at] = replace(entity, reports=entity.reports | {f"r{self._reports}"})

    def _text(self, life: Life, variation: str) -> tuple[str, str]:
        """A form of the name; where the name does not allow the variation, the plain one."""
        rng = self._random
        given, surname = " ".join(life.given), life.surname
        generation = f" {life.generation}" if life.generation and rng.random() < 0.6 else ""
        plain = f"{given} {surname}{generation}"
        if variation == "title":
            return (
                f"{rng.choice(['Dr.', 'Prof. Dr.', 'Frau' if life.female else 'Herr', 'Dr.-Ing.'])} {plain}",
                variation,
            )
        if variation == "umlaut spelling":
            told = plain
            for sign, spelt in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}.items():
                told = told.replace(sign, spelt)
            return (told, variation) if told != plain else (plain, "same name")
        if variation == "typo":
            if rng.random() < 0.7 or len(given) < 5:
                return f"{given} {self._typo(surname)}{generation}", variation
            return f"{self._typo(given)} {surname}{generation}", variation
        if variation.startswith("initials"):
            short = " ".join(f"{name[0]}." for name in life.given[: rng.choice([1, 2])])
            told = f"{short} {surname}{generation}"
            if variation == "initials and bracket":
                body = self._set.called[str(life.affiliations[0].organization)]
                return f"{told} ({rng.choice(body)})", variation
            return told, variation
        if variation == "swapped order":
            return (f"{surname}, {given}" if rng.random() < 0.6 else f"{surname} {given}"), variation
        if variation == "given name left out":
            return (
                (f"{life.given[0]} {surname}{generation}", variation) if len(life.given) > 1 else (plain, "same name")
            )
        if variation == "short given name" and life.given[0] in NICK:
            return f"{NICK[life.given[0]]} {surname}{generation}", variation
        if variation == "double name by marriage":
            other = self._surname()
            return f"{given} {rng.choice([f'{surname}-{other}', f'{other}-{surname}'])}", variation
        if variation == "other surname by marriage (geb.)":
            return f"{given} {self._surname()}, geb. {surname}", variation
        if variation == "surname only":
            return f"{'Frau' if life.female else 'Herr'} {surname}", variation
        return plain, variation if variation in ("base", "same name") else "same name"

    def _typo(self, word: str) -> str:
        rng = self._random
        at = rng.randrange(1, len(word))
        letter = rng.choice("aeinrstlmhd")
        how = rng.randrange(4)
        if how == 0:
            return word[:at] + word[at + 1 :]
        if how == 1:
            return word[:at] + letter + word[at:]
        if how == 2 and at + 1 < len(word):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + letter + word[at + 1 :]

    # --- people who are easily taken for one

    def _alike(self, life: Life) -> None:
        rng = self._random
        kind = rng.choice(["father and son", "namesakes", "namesakes", "siblings", "names that sound alike"])
        other = self._like(kind, life)
        one, ours = self._person(life)
        two, theirs = self._person(other)
        self._set.alike[frozenset((one, two))] = kind
        if kind in ("father and son", "siblings") and rng.random() < 0.4:
            self._side_by_side([ours[0], theirs[0]])

    def _like(self, kind: str, life: Life) -> Life:
        rng = self._random
        body = self._named[str(life.affiliations[0].organization)]
        if kind == "father and son":
            life.generation, generation = rng.choice([("sen.", "jun."), ("", "jun."), ("", "")])
            other = self._life(life.surname, life.given, body)
            role = life.affiliations[0].role
            if rng.random() < 0.8:  # at one time, in another role
                job = self._job(body, rng.choice([r for r in ROLES if r != role]), life.affiliations[0].first)
                life.affiliations[0] = replace(life.affiliations[0], role=role or "chairperson")
                other.affiliations[0] = (
                    job if job.role != life.affiliations[0].role else replace(job, role="spokesperson")
                )
            else:
                other.affiliations = [self._job(rng.choice(self._bodies))]
            return replace(other, generation=generation, female=life.female, home=life.home)
        if kind == "namesakes":
            life.surname = rng.choices(COMMON, [1 / (rank + 1) ** 0.6 for rank in range(len(COMMON))])[0]
            other = self._life(life.surname, list(life.given))
            if rng.random() < 0.15:
                other.home = [*other.home, life.home[0]]
            return replace(other, female=life.female)
        if kind == "siblings":
            sex = "f" if life.female else "m"
            given = rng.choices(self._given[sex], self._weights[sex])
            for _ in range(200):
                if given[0][0] == life.given[0][0] and given[0] != life.given[0]:
                    break
                given = rng.choices(self._given[sex], self._weights[sex])
            else:
                given = ["Zacharias" if life.given[0] != "Zacharias" else "Anton"]
            return replace(self._life(life.surname, given, body), home=life.home)
        pairs = [
            ("Meier", "Meyer"),
            ("Schmidt", "Schmitt"),
            ("Hofmann", "Hoffmann"),
            ("Schulz", "Schulze"),
            ("Maier", "Mayer"),
            ("Möller", "Müller"),
            ("Lang", "Lange"),
        ]
        life.surname, surname = rng.choice(pairs)
        return replace(self._life(surname, list(life.given)), female=life.female)


def generate(records: int, seed: int, **how: float) -> Labelled:
    """A set of about so many records; the same for the same seed."""
    return Generator(records, seed, **how).run()
