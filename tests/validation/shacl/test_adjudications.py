"""The list of differences in ``docs/shacl.md``: each is still there, each is needed, and none is missing.

What two primitives say about every pair of odd literals shows that the reasons in ``differences.py`` are complete.
"""

from __future__ import annotations

import inspect
import logging
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import term as rdflib_term

from etappe.namespaces import XSD
from etappe.validation.shacl.literals import compare, well_formed
from validation.shacl import differences
from validation.shacl.generating import KINDS
from validation.shacl.support import Rows, compiled, component_names, graph, pyshacl, turtle
from validation.shacl.third_opinion import MISSING, jena

PAGE = Path(__file__).parents[3] / "docs" / "shacl.md"
_ENTRY = re.compile(
    r"\*\*`([a-z0-9-]+)`\*\*\n\n```turtle\n(.*?)```\n\nEtappe: (.*?)\. pySHACL: (.*?)\. Jena: (.*?)\.\n", re.DOTALL
)


@cache
def entries() -> dict[str, tuple[str, str, str, str]]:
    """The differences told: name to Turtle and what Etappe, pySHACL and Jena say."""
    return {name: (text, ours, theirs, third) for name, text, ours, theirs, third in _ENTRY.findall(PAGE.read_text())}


def verdict(found: Rows) -> str:
    """Results as the page writes them."""
    counts = dict.fromkeys(sorted(component_names(found)), 0)
    for row, count in found.items():
        counts[component_names(Rows({row: 1})).pop()] += count
    return ", ".join(f"{count} × {name}" if count > 1 else name for name, count in counts.items()) or "conforms"


@pytest.mark.parametrize("name", entries())
def test_the_difference_is_still_there(name: str) -> None:
    text, ours, theirs, _ = entries()[name]
    assert ours != theirs
    assert verdict(compiled(turtle(text), graph(text))) == ours
    if theirs == "fails":
        with pytest.raises((ReportableRuntimeError, ShapeLoadError, ValidationFailure)):
            pyshacl(turtle(text), graph(text))
    else:
        assert verdict(pyshacl(turtle(text), graph(text))) == theirs


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_jena_says_what_the_page_says() -> None:
    opinions = jena([(turtle(text), graph(text)) for text, *_ in entries().values()])
    said = ["fails" if isinstance(found, str) else verdict(found) for found in opinions]
    assert dict(zip(entries(), said, strict=True)) == {name: third for name, (*_, third) in entries().items()}


def test_every_reason_is_told_on_the_page() -> None:
    source = inspect.getsource(differences)
    named = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+|nan|float|dollar)"', source)) - {"utf-8"}
    assert named <= set(entries())
    assert len(entries()) == PAGE.read_text().count("```turtle")


# Primitives


def _literals() -> Iterator[Literal]:
    for text in dict.fromkeys(text for kind in KINDS for text in kind):
        (triple,) = graph(f"ex:a ex:p {text} .").triples()
        assert isinstance(triple.object, Literal)
        yield triple.object


@pytest.fixture
def as_written(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Literals as pySHACL sees them in these tests."""
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)
    monkeypatch.setattr(logging.getLogger("rdflib.term"), "disabled", True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.usefixtures("as_written")
def test_every_pair_is_ordered_alike_or_there_is_a_reason() -> None:
    unexplained = []
    for left in _literals():
        for right in _literals():
            try:
                theirs = differences.their_comparison(left, right)
            except ArithmeticError:
                theirs = None
            if theirs != compare(left, right) and differences.why_compared_otherwise(left, right) is None:
                unexplained.append((str(left), str(right)))
    assert unexplained == []


FORMS = (
    *(
        "",
        "a",
        "a b",
        " a",
        "a\nb",
        "0",
        "1",
        "-1",
        "+1",
        "-0",
        "007",
        "1.0",
        "1.",
        ".",
        " 1",
        "1 ",
        ".5",
        "1e0",
        "1E-5",
    ),
    *("1e", "INF", "+INF", "-INF", "NaN", "nan", "inf", "Infinity", "1_000", "\u0661", "true", "false", "TRUE", "127"),
    *("128", "-128", "-129", "255", "256", "65536", "32768", "2147483648", "-2147483649", "4294967296"),
    *("9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616"),
    *("2020-01-01", "2020-02-29", "2019-02-29", "1900-02-29", "2020-13-01", "2020-1-1", "20200101", "0000-01-01"),
    *(
        "-0001-01-01",
        "10000-01-01",
        "010000-01-01",
        "2020-01-01Z",
        "2020-01-01+14:00",
        "2020-01-01+14:01",
        "2020-W01-1",
    ),
    *("2020", "2020-01", "-0044", "--01", "--02-29", "--02-30", "---31", "---32"),
    *("2020-01-01T00:00:00", "2020-01-01T00:00", "2020-01-01T24:00:00", "2020-01-01T24:00:01", "2020-01-01T23:59:60"),
    *("2020-01-01T00:00:00.5", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00+0100", "2020-01-01 00:00:00"),
    *("00:00:00", "24:00:00", "00:00", "12:30:00.5Z", "25:00:00", "P1Y", "P1D", "PT1.5S", "P", "PT", "P1YT", "P1W"),
    *("0g", "AB", "YQ==", "YR==", "de", "de_DE", "a:b", ":a", "a:b:c", "1a", "\u00e4", "a  b", "\ta", "http://a"),
)
TYPES = (
    *(
        "integer",
        "decimal",
        "float",
        "double",
        "boolean",
        "string",
        "date",
        "time",
        "dateTime",
        "dateTimeStamp",
        "gYear",
    ),
    *("gYearMonth", "gMonth", "gMonthDay", "gDay", "duration", "dayTimeDuration", "yearMonthDuration", "byte", "short"),
    *("int", "long", "unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong", "nonNegativeInteger"),
    *("nonPositiveInteger", "positiveInteger", "negativeInteger", "hexBinary", "base64Binary", "normalizedString"),
    *("token", "language", "Name", "NCName", "NMTOKEN", "QName", "anyURI"),
)


@pytest.mark.usefixtures("as_written")
@pytest.mark.parametrize("kind", TYPES)
def test_every_form_is_judged_alike_or_there_is_a_reason(kind: str) -> None:
    literals = [Literal(form, datatype=NamedNode(XSD + kind)) for form in FORMS]
    unexplained = [
        literal.value
        for literal in literals
        if well_formed(literal) != differences.they_accept(literal)
        and differences.why_formed_otherwise(literal) is None
    ]
    assert unexplained == []


def test_the_state_of_rdflib_is_left_as_it_was() -> None:
    assert str(rdflib_term.Literal("007", datatype=rdflib_term.URIRef(f"{XSD}integer"))) == "7"
