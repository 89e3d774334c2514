"""The catalogue: one ``.rq`` file a question, with a ``#+`` header (the convention of grlc) that says what it asks.

Header lines are ``id``, ``name``, ``title.de``, ``title.en``, ``users``, ``compares`` where it is about changes, then
``parameter NAME: TYPE; required; de …; en …`` and ``column NAME: [list;] de …; en …``. The variable ``?basis`` holds
the nodes on which a row rests; it is no column, but what explanations are made from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from etappe import resources
from etappe.errors import NotFound

#: Kinds of thing that a parameter can name.
THINGS = ("person", "organization", "place", "campaign", "tour", "stop", "item", "report", "exhibit", "topic")
TYPES = (*THINGS, "date")
_HEADER = re.compile(r"^#\+ ([a-z.]+)(?: (\w+))?: *(.+)$")


@dataclass(frozen=True)
class Parameter:
    """A parameter: its variable, its type (one of ``TYPES``), whether it must be given, its names by language."""

    name: str
    type: str
    required: bool
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column of the answer. ``many``: the value is several IRIs joined by blanks."""

    name: str
    many: bool
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question of the catalogue, as its file says.

    ``compares``: the question whose answers of two days it compares; its own query, parameters and columns are then
    those of that question, with the two days before, and the kind and reason of a change around them.
    """

    id: str
    name: str
    titles: Mapping[str, str]
    users: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    compares: str | None = None


@cache
def catalogue() -> tuple[Question, ...]:
    """All questions, by number."""
    found = sorted(map(_read, resources.folder("queries").glob("*.rq")), key=lambda q: q.id)
    by_name = {entry.name: entry for entry in found}
    return tuple(_comparing(entry, by_name[entry.compares]) if entry.compares else entry for entry in found)


def question(name: str) -> Question:
    """The question of that number (``CQ01``, ``1``) or name.

    Raises:
        NotFound: with the nearest names.
    """
    wanted = f"CQ{int(name):02}" if name.isdecimal() and len(name) < 4 else name
    for entry in catalogue():
        if wanted.casefold() in (entry.id.casefold(), entry.name):
            return entry
    near = get_close_matches(name, [entry.name for entry in catalogue()], 3, 0.4)
    hint = f"nearest are: {', '.join(near)}" if near else "'etappe ask' lists them all"
    raise NotFound(f"there is no question {name!r}; {hint}")


def _read(path: Path) -> Question:
    single: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match is None:
            continue
        key, name, value = match.groups()
        if key == "parameter":
            type_, *flags = _parts(value)
            parameters.append(Parameter(name, type_, "required" in flags, _labels(flags)))
        elif key == "column":
            flags = _parts(value)
            columns.append(Column(name, "list" in flags, _labels(flags)))
        else:
            single[key] = value.strip()
    return Question(
        id=single["id"],
        name=single["name"],
        titles={"de": single["title.de"], "en": single["title.en"]},
        users=tuple(_parts(single["users"].replace(",", ";"))),
        parameters=tuple(parameters),
        columns=tuple(columns),
        sparql="\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n",
        compares=single.get("compares"),
    )


def _comparing(entry: Question, compared: Question) -> Question:
    change, why = entry.columns
    return replace(
        entry,
        parameters=(*entry.parameters, *compared.parameters),
        columns=(change, *compared.columns, why),
        sparql=f"{entry.sparql}{compared.sparql}",
    )


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(";")]


def _labels(parts: list[str]) -> dict[str, str]:
    return {part[:2]: part[3:] for part in parts if part[:3] in ("de ", "en ")}
