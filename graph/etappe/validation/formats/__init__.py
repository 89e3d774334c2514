"""Outcomes in the forms that programs and people read: ``render(results, "sarif", "en", Severity.VIOLATION)``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from etappe.errors import UsageError
from etappe.model import Outcome, Severity
from etappe.validation.formats.json_ld import jsonld_of, to_jsonld
from etappe.validation.formats.junit import to_junit
from etappe.validation.formats.page import to_html
from etappe.validation.formats.plain_json import error_to_json, to_json
from etappe.validation.formats.report_graph import to_turtle, turtle_of
from etappe.validation.formats.results import Results, printable
from etappe.validation.formats.sarif import to_sarif

__all__ = [
    "FORMATS",
    "Format",
    "Results",
    "render",
    "to_html",
    "to_json",
    "to_jsonld",
    "to_junit",
    "to_sarif",
    "to_turtle",
]


@dataclass(frozen=True)
class Format:
    """One form: its media type, and what writes it."""

    media_type: str
    write: Callable[[Results, str, Severity], str]


def render(results: Results, form: str, language: str = "en", fail_on: Severity = Severity.VIOLATION) -> str:
    """Files and their outcomes in a form of ``FORMATS``, as text that can be encoded.

    Args:
        results: name of each file, with its outcome or why it could not be read. RDF forms hold outcomes alone.
        language: ``de`` or ``en``; forms for programs that carry both languages hold both.
        fail_on: from which severity on a finding is a failure, in forms that know failures (JUnit).

    Raises:
        UsageError: there is no such form.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}; there are {', '.join(FORMATS)}")
    return printable(FORMATS[form].write(results, language, fail_on))


def _dumped(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _outcomes(results: Results) -> list[Outcome]:
    return [result for _, result in results if isinstance(result, Outcome)]


def _json(results: Results) -> list[dict[str, Any]]:
    return [to_json(r) if isinstance(r, Outcome) else error_to_json(name, r) for name, r in results]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", lambda results, _, __: _dumped(_json(results))),
    "turtle": Format("text/turtle", lambda results, _, __: turtle_of(_outcomes(results))),
    "json-ld": Format("application/ld+json", lambda results, _, __: _dumped(jsonld_of(_outcomes(results)))),
    "sarif": Format("application/sarif+json", lambda results, language, _: _dumped(to_sarif(results, language))),
    "junit": Format("application/xml", to_junit),
    "html": Format("text/html", lambda results, language, _: to_html(results, language)),
}
