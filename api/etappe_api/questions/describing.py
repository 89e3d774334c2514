"""What OpenAPI says of a question: its parameters with their types, and the forms of the answer."""

from __future__ import annotations

from typing import Any

from etappe.questions import Parameter, Question
from etappe_api.negotiation import LANGUAGES
from etappe_api.problems import MEDIA_TYPE
from etappe_api.questions.forms import ANSWERS, HTML, JSON
from etappe_api.questions.parameters import LARGEST_LIMIT, LARGEST_OFFSET, LONGEST

_PROBLEMS = {
    400: "A parameter that is unknown, missing, given twice or not of its type; the problem names what there is.",
    404: "A parameter that names nothing; the problem names the nearest things.",
    406: "None of the forms is acceptable.",
    422: "The answer is larger than an answer may be.",
    503: "Too many questions at once.",
    504: "The question took too long.",
}
_CELL = {
    "type": "object",
    "properties": {
        "iri": {"type": "string"},
        "value": {"type": "string"},
        "label": {"type": "string"},
        "language": {"type": "string"},
        "datatype": {"type": "string"},
    },
    "required": ["label"],
}


def responses(question: Question) -> dict[int | str, dict[str, Any]]:
    """The answers of a question, and why there may be none."""
    content: dict[str, Any] = {
        form.media_type: {"schema": {"type": "object" if form.media_type.endswith("json") else "string"}}
        for form in ANSWERS
    }
    content[JSON.media_type] = {"schema": _schema(question)}
    page = {HTML.media_type: {"schema": {"type": "string"}}}
    problem = {MEDIA_TYPE: {"schema": {"type": "object"}}}
    found: dict[int | str, dict[str, Any]] = {200: {"description": question.titles["en"], "content": content}}
    return found | {
        status: {"description": text, "content": problem | (page if status in (400, 404) else {})}
        for status, text in _PROBLEMS.items()
    }


def parameters(question: Question) -> list[dict[str, Any]]:
    """The parameters of a question, its own first."""
    return [
        *(_own(parameter) for parameter in question.parameters),
        _common("lang", {"type": "string", "enum": list(LANGUAGES)}, "Language of labels; else `Accept-Language`."),
        _common("explain", {"type": "boolean", "default": False}, "With the reports and quotes each row rests on."),
        _common("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT}, "Rows of a page; else all."),
        _common("offset", {"type": "integer", "minimum": 0, "maximum": LARGEST_OFFSET}, "Rows that are passed over."),
        _common("format", {"type": "string", "enum": [form.suffix for form in ANSWERS]}, "The form; else by `Accept`."),
    ]


def _own(parameter: Parameter) -> dict[str, Any]:
    date = parameter.type == "date"
    kinds = "A day." if date else f"A {parameter.type}: its id, name or IRI."
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.labels['en']} (de: {parameter.labels['de']}). {kinds}",
        "schema": {"type": "string", "format": "date"} if date else {"type": "string", "maxLength": LONGEST},
    }


def _common(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _schema(question: Question) -> dict[str, Any]:
    cells = {
        column.name: {"type": "array", "items": _CELL} if column.many else {"anyOf": [_CELL, {"type": "null"}]}
        for column in question.columns
    }
    row = {
        "type": "object",
        "properties": {
            "cells": {"type": "object", "properties": cells, "required": list(cells)},
            "explanations": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["cells"],
    }
    return {
        "type": "object",
        "properties": {
            "question": {"const": question.name},
            "title": {"type": "string"},
            "language": {"enum": list(LANGUAGES)},
            "parameters": {"type": "object"},
            "total": {"type": "integer", "minimum": 0},
            "offset": {"type": "integer", "minimum": 0},
            "limit": {"type": ["integer", "null"]},
            "links": {"type": "object"},
            "columns": {"type": "array", "items": {"type": "object"}},
            "rows": {"type": "array", "items": row},
        },
        "required": ["question", "total", "offset", "columns", "rows"],
    }
