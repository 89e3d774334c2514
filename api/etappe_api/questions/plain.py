"""Answers and the catalogue as plain JSON values, for programs that know neither RDF nor SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal

from etappe.model import Term
from etappe.namespaces import XSD
from etappe.questions import Cell, Explanation, Question, Row
from etappe_api.questions.answers import Answer
from etappe_api.questions.parameters import Asked

Values = dict[str, Any]


def question_values(question: Question) -> Values:
    """What the catalogue says of a question."""
    return {
        "id": question.id,
        "name": question.name,
        "title": dict(question.titles),
        "users": list(question.users),
        "parameters": [
            {"name": p.name, "type": p.type, "required": p.required, "label": dict(p.labels)}
            for p in question.parameters
        ],
        "columns": [{"name": c.name, "many": c.many, "label": dict(c.labels)} for c in question.columns],
        "href": f"/questions/{question.name}",
        "sparql": f"/questions/{question.name}.rq",
    }


def answer_values(question: Question, asked: Asked, answer: Answer, language: str, links: Mapping[str, str]) -> Values:
    """An answer: ``rows`` with ``cells`` by column, and ``explanations`` where they were asked for."""
    several = {column.name for column in question.columns if column.many}
    table = answer.table
    return {
        "question": question.name,
        "title": table.title,
        "language": language,
        "parameters": dict(asked.values),
        "total": answer.total,
        "offset": answer.offset,
        "limit": answer.limit,
        "links": dict(links),
        "columns": [{"name": name, "label": head} for name, head in zip(table.names, table.heads, strict=True)],
        "rows": [_row(table.names, row, several, explain=asked.explain) for row in table.rows],
    }


def _row(names: tuple[str, ...], row: Row, several: set[str], *, explain: bool) -> Values:
    cells = {name: _cell(cell, several=name in several) for name, cell in zip(names, row.cells, strict=True)}
    values: Values = {"cells": cells}
    if explain:
        values["explanations"] = [_explanation(reason) for reason in row.explanations]
    return values


def _cell(cell: Cell, *, several: bool) -> Values | list[Values] | None:
    """A value with its label; a list in columns that hold several; nothing where nothing is known."""
    found = [_term(term, text) for term, text in zip(cell.terms, cell.texts, strict=True)]
    return found if several else (found[0] if found else None)


def _term(term: Term, text: str) -> Values:
    if not isinstance(term, Literal):
        return {"iri": term.value, "label": text}
    values: Values = {"value": term.value, "label": text}
    if term.language:
        values["language"] = term.language
    elif term.datatype != XSD.string:
        values["datatype"] = term.datatype.value
    return values


def _explanation(reason: Explanation) -> Values:
    return {
        "report": reason.report,
        "title": reason.title,
        "quotes": list(reason.quotes),
        "certainty": reason.certainty or None,
    }
