"""What a request asks: the question's own parameters, and those that all questions have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from etappe.errors import UsageError
from etappe.questions import Question
from etappe_api.negotiation import LANGUAGES

#: Parameters that every question has.
COMMON = ("lang", "explain", "limit", "offset", "format")
#: Characters of a value: no name of a thing is longer.
LONGEST = 500
LARGEST_LIMIT, LARGEST_OFFSET = 10_000, 10_000_000
#: Rows that a page for people shows where nothing is said.
PAGE = 100

_WORDS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


@dataclass(frozen=True)
class Asked:
    """What was asked.

    Attributes:
        values: the question's own parameters by name, as they were written.
        limit: rows of one page; nothing for all rows.
        common: the parameters that all questions have, as they were written.
    """

    values: Mapping[str, str]
    explain: bool
    limit: int | None
    offset: int
    common: Mapping[str, str]


def asked(request: Request, question: Question) -> Asked:
    """Read the query string. A parameter without a value, as a form sends it, counts as not given.

    Raises:
        UsageError: a parameter that is unknown, given twice, too long, or not of its type.
    """
    given: dict[str, str] = {}
    known = (*(parameter.name for parameter in question.parameters), *COMMON)
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise UsageError(
                f"the question {question.name} has no parameter {name[:LONGEST]!r}; it has: {', '.join(known)}"
            )
        if name in given:
            raise UsageError(f"the parameter {name} is given twice")
        if len(value) > LONGEST:
            raise UsageError(f"the parameter {name} has more than {LONGEST} characters")
        given[name] = value
    common = {name: given[name] for name in COMMON if given.get(name)}
    if common.get("lang", LANGUAGES[0]) not in LANGUAGES:
        raise UsageError(f"lang is one of {', '.join(LANGUAGES)}, not {common['lang']!r}")
    return Asked(
        values={p.name: given[p.name] for p in question.parameters if given.get(p.name, "").strip()},
        explain=_flag(common, "explain"),
        limit=_number(common, "limit", 1, LARGEST_LIMIT),
        offset=_number(common, "offset", 0, LARGEST_OFFSET) or 0,
        common=common,
    )


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "false")
    if value.lower() not in _WORDS:
        raise UsageError(f"{name} is true or false, not {value!r}")
    return _WORDS[value.lower()]


def _number(given: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and least <= int(value) <= most):
        raise UsageError(f"{name} is a whole number from {least} to {most:,}, not {value!r}")
    return int(value)
