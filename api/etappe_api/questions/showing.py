"""What the page of a question shows: the form as it was filled in, a sentence, rows with links, lines for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal

from etappe.model import DEFAULT_BASE
from etappe.questions import Cell, Question, Table
from etappe_api.linked_data.addresses import link_of
from etappe_api.questions.answers import Answer
from etappe_api.questions.parameters import Asked
from etappe_api.questions.texts import say
from etappe_api.settings import Settings


@dataclass(frozen=True)
class Field:
    """One field of the form."""

    name: str
    label: str
    kind: str
    required: bool
    value: str
    hint: str


@dataclass(frozen=True)
class Part:
    """One value of a cell, and where a link to it leads, if anywhere."""

    text: str
    href: str | None


def fields(question: Question, values: dict[str, str], language: str) -> list[Field]:
    """The fields of the form, filled with what was given."""
    return [
        Field(
            parameter.name,
            parameter.labels[language],
            "date" if parameter.type == "date" else "text",
            parameter.required,
            values.get(parameter.name, ""),
            say(language, "hint.date" if parameter.type == "date" else "hint.thing"),
        )
        for parameter in question.parameters
    ]


def parts(base: str, cell: Cell) -> list[Part]:
    """The values of a cell."""
    return [
        Part(text, None if isinstance(term, Literal) else link_of(base, term.value))
        for term, text in zip(cell.terms, cell.texts, strict=True)
    ]


def sentence(table: Table, total: int, language: str) -> str:
    """The answer in one sentence: how many rows there are, and what the first one says."""
    if not table.rows:
        return say(language, "none")
    cells = zip(table.heads, table.rows[0].cells, strict=True)
    words = ", ".join(f"{head} {cell.text}" for head, cell in cells if cell.text)
    return say(language, "one" if total == 1 else "many", n=total, words=words)


def shown(settings: Settings, answer: Answer, language: str) -> dict[str, Any]:
    """The answer as the template wants it."""
    base, table = settings.base, answer.table
    return {
        "sentence": sentence(table, answer.total, language),
        "heads": table.heads,
        "rows": [([parts(base, cell) for cell in row.cells], _reasons(base, row.explanations)) for row in table.rows],
        "total": answer.total,
        "first": answer.offset + 1,
        "last": answer.offset + len(table.rows),
        "sparql": answer.sparql,
    }


def _reasons(base: str, explanations: Any) -> list[dict[str, Any]]:
    return [
        {"title": e.title, "href": link_of(base, e.report), "quotes": e.quotes, "certainty": e.certainty}
        for e in explanations
    ]


def asked_for(question: Question, asked: Asked, language: str) -> str:
    """The parameters in words; empty where none was given."""
    labels = {parameter.name: parameter.labels[language] for parameter in question.parameters}
    words = ", ".join(f"{labels[name]} {value}" for name, value in asked.values.items())
    return say(language, "for", words=words) if words else ""


def origin(settings: Settings) -> str:
    """Where programs find this service. Never from the Host header, for pages are kept and shown to others."""
    host = "127.0.0.1" if settings.host in ("", "0.0.0.0", "::") else settings.host  # noqa: S104 - nothing is bound
    return settings.base if settings.base != DEFAULT_BASE else f"http://{host}:{settings.port}"
