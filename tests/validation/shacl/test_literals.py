"""Lexical forms of XSD 1.1, the order of SPARQL's ``<``, and language ranges of RFC 4647."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from etappe.namespaces import XSD
from etappe.validation.shacl.literals import compare, language_matches, well_formed


def typed(kind: str, text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


def order(kind: str, left: str, right: str) -> int | None:
    return compare(typed(kind, left), typed(kind, right))


WELL_FORMED = {
    "integer": ("0", "-0", "+1", "007", "9" * 5000),
    "decimal": ("1.", ".5", "-.5", "1.50", "1" * 5000 + ".5"),
    "double": ("1e0", "1E+5", ".5e-3", "INF", "-INF", "+INF", "NaN", "1e999"),
    "float": ("1.1", "1e99", "-1e99", "NaN"),
    "boolean": ("true", "false", "0", "1"),
    "long": ("9223372036854775807", "-9223372036854775808"),
    "unsignedLong": ("18446744073709551615", "0"),
    "byte": ("127", "-128"),
    "unsignedByte": ("255", "-0"),
    "negativeInteger": ("-1",),
    "nonPositiveInteger": ("0", "-5"),
    "positiveInteger": ("1",),
    "date": ("2020-02-29", "2000-02-29", "0000-01-01", "-0001-12-31", "10000-01-01", "2020-01-01+14:00", "2020-01-01Z"),
    "dateTime": (
        "2020-01-01T24:00:00",
        "2020-01-01T24:00:00.00",
        "2020-01-01T23:59:59.999999999999",
        "-0044-03-15T12:00:00Z",
    ),
    "dateTimeStamp": ("2020-01-01T00:00:00Z",),
    "time": ("24:00:00", "00:00:00-14:00", "12:30:00.5"),
    "gYear": ("2020", "-0044", "12020", "2020Z"),
    "gMonthDay": ("--02-29", "--12-31"),
    "duration": ("P1Y", "-P1Y2M3DT4H5M6.7S", "PT0S", "P0Y"),
    "dayTimeDuration": ("P1DT2H",),
    "yearMonthDuration": ("P1Y2M",),
    "hexBinary": ("", "0aFF"),
    "base64Binary": ("", "YQ==", "YWI=", "YWJj", "Y W J j", "Y Q = =", "YWJjYQ=="),
    "token": ("a b", ""),
    "language": ("de", "de-Latn-DE"),
    "QName": ("a:b", "b"),
    "string": ("", "\n"),
    "anyURI": ("not an iri",),
}
ILL_FORMED = {
    "integer": ("", "1.0", " 1", "1 ", "1_000", "x", "\u0661", "--1"),
    "decimal": ("1e0", ".", "INF", "1,5"),
    "double": ("nan", "inf", "1e", "Infinity", "0x1p3"),
    "boolean": ("TRUE", "yes", "2"),
    "long": ("9223372036854775808", "-9223372036854775809"),
    "unsignedLong": ("18446744073709551616", "-1"),
    "byte": ("128", "-129"),
    "negativeInteger": ("0",),
    "nonPositiveInteger": ("1",),
    "positiveInteger": ("0",),
    "date": (
        "2019-02-29",
        "1900-02-29",
        "2020-00-01",
        "2020-13-01",
        "2020-04-31",
        "010000-01-01",
        "+2020-01-01",
        "020-01-01",
    ),
    "dateTime": (
        "2020-01-01",
        "2020-01-01T24:00:01",
        "2020-01-01T23:59:60",
        "2020-01-01T25:00:00",
        "2020-01-01T00:00:00+14:01",
    ),
    "dateTimeStamp": ("2020-01-01T00:00:00",),
    "time": ("24:00:01", "24:00:00.5", "12:00"),
    "gYear": ("20", "MMXX"),
    "gMonthDay": ("--02-30", "--04-31"),
    "duration": ("P", "PT", "P1YT", "P1W", "P1.5Y", "P-1D"),
    "dayTimeDuration": ("P1Y", "P1M"),
    "yearMonthDuration": ("P1D", "PT1M"),
    "hexBinary": ("0", "0g"),
    "base64Binary": ("YQ=", "YR==", "Y", "YWJ=", "YWJj ", "YQ", "===="),
    "token": (" a", "a  b", "a\nb"),
    "language": ("de_DE", "abcdefghi"),
    "QName": (":a", "a:b:c", "1a"),
}


def _params(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(kind, text) for kind, texts in table.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), _params(WELL_FORMED), ids=lambda text: text[:20])
def test_form_belongs_to_its_datatype(kind: str, text: str) -> None:
    assert well_formed(typed(kind, text))


@pytest.mark.parametrize(("kind", "text"), _params(ILL_FORMED), ids=lambda text: text[:20])
def test_form_does_not_belong_to_its_datatype(kind: str, text: str) -> None:
    assert not well_formed(typed(kind, text))


def test_every_form_of_an_unknown_datatype_is_well_formed() -> None:
    assert well_formed(Literal("x", datatype=NamedNode("urn:ex:odd")))
    assert well_formed(Literal("x", datatype=NamedNode(f"{XSD}unheardOf")))
    assert well_formed(Literal("x", language="de"))


def test_a_year_of_more_than_twenty_digits_is_not_followed() -> None:
    assert not well_formed(typed("date", "1" * 21 + "-01-01"))


@pytest.mark.parametrize(
    ("kind", "less", "more"),
    [
        ("integer", "-1", "0"),
        ("integer", "9" * 5000, "1" + "0" * 5000),
        ("integer", "-" + "9" * 5000, "7"),
        ("decimal", "0.1", "0.10000000000000000000000000000000001"),
        ("decimal", "99999999999999999999", "99999999999999999999.5"),
        ("double", "-INF", "-1e308"),
        ("double", "1e308", "INF"),
        ("string", "B", "a"),
        ("string", "a", "\U0001f600"),
        ("boolean", "false", "1"),
        ("date", "2019-12-31", "2020-01-01"),
        ("date", "-0044-03-15", "0000-01-01"),
        ("date", "9999-12-31", "10000-01-01"),
        ("date", "1900-02-28", "1900-03-01"),
        ("date", "2020-01-01+14:00", "2020-01-01Z"),
        ("dateTime", "2020-01-01T00:00:00+02:00", "2020-01-01T00:00:00Z"),
        ("dateTime", "2020-01-01T00:00:00.4999", "2020-01-01T00:00:00.5"),
        ("dateTime", "2019-12-31T23:59:59.9", "2019-12-31T24:00:00"),
        ("dateTime", "2020-01-01T00:00:00", "2020-01-01T14:00:01Z"),
        ("dateTime", "2020-01-01T00:00:00", "2020-01-01T14:00:00.5Z"),
        ("dateTime", "2020-01-01T00:00:00Z", "2020-01-01T14:00:00.5"),
        ("time", "24:00:00", "00:00:01"),
        ("time", "12:00:00Z", "12:00:00-01:00"),
    ],
)
def test_values_have_an_order(kind: str, less: str, more: str) -> None:
    assert (order(kind, less, more), order(kind, more, less)) == (-1, 1)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("integer", "007", "+7"),
        ("decimal", "1.50", "1.5"),
        ("double", "1e0", "1"),
        ("float", "1e99", "INF"),
        ("float", "-1e99", "-INF"),
        ("boolean", "1", "true"),
        ("dateTime", "2019-12-31T24:00:00", "2020-01-01T00:00:00.000"),
        ("dateTime", "2020-01-01T00:00:00Z", "2020-01-01T02:00:00+02:00"),
        ("date", "2020-01-01Z", "2020-01-01+00:00"),
        ("time", "24:00:00", "00:00:00"),
    ],
)
def test_forms_of_one_value_are_equal(kind: str, left: str, right: str) -> None:
    assert order(kind, left, right) == 0


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("double", "NaN", "NaN"),
        ("double", "NaN", "1e0"),
        ("dateTime", "2020-01-01T00:00:00", "2020-01-01T14:00:00Z"),
        ("dateTime", "2020-01-01T00:00:00Z", "2020-01-01T14:00:00"),
        ("dateTime", "2020-01-01T00:00:00", "2020-01-01T00:00:00Z"),
        ("date", "2020-01-01", "2020-01-01Z"),
        ("time", "12:00:00", "12:00:00Z"),
        ("duration", "P1Y", "P2Y"),
        ("gYear", "2020", "2021"),
        ("integer", "x", "1"),
        ("date", "2020-02-30", "2020-03-01"),
    ],
)
def test_values_have_no_order(kind: str, left: str, right: str) -> None:
    assert order(kind, left, right) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (typed("float", "1.1"), typed("decimal", "1.1"), 0),
        (typed("decimal", "1.1"), typed("float", "1.1"), 0),
        (typed("float", "1.1"), typed("double", "1.1"), 1),
        (typed("double", "0.1"), typed("decimal", "0.1"), 0),
        (typed("double", "9007199254740992"), typed("integer", "9007199254740993"), 0),
        (typed("integer", "9007199254740993"), typed("decimal", "9007199254740992"), 1),
        (typed("integer", "9" * 400), typed("double", "1e308"), 1),
        (typed("integer", "-" + "9" * 400), typed("double", "-INF"), 0),
        (typed("integer", "9" * 5000), typed("double", "INF"), 0),
        (typed("float", "3e38"), typed("integer", "9" * 400), -1),
        (typed("byte", "1"), typed("nonNegativeInteger", "2"), -1),
        (typed("dateTimeStamp", "2020-01-01T00:00:00Z"), typed("dateTime", "2020-01-01T00:00:00Z"), 0),
        (typed("string", "a"), Literal("a"), 0),
        (Literal("a"), Literal("a", language="de"), None),
        (Literal("a", language="de"), Literal("b", language="de"), None),
        (typed("boolean", "true"), typed("integer", "1"), None),
        (typed("date", "2020-01-01"), typed("dateTime", "2020-01-01T00:00:00"), None),
        (NamedNode("urn:a"), NamedNode("urn:b"), None),
        (Literal("a"), NamedNode("urn:b"), None),
    ],
)
def test_datatypes_are_promoted_or_not_compared(left: object, right: object, expected: int | None) -> None:
    assert compare(left, right) == expected


_zones = st.sampled_from(("", "Z", "+14:00", "-14:00", "+02:00", "-05:30"))
_times = st.datetimes().map(lambda time: time.isoformat())
_numbers = st.one_of(
    st.integers(-(2**62), 2**62).map(lambda number: typed("integer", str(number))),
    st.decimals(-(10**9), 10**9, places=9).map(lambda number: typed("decimal", f"{number:f}")),
    st.floats().map(lambda number: typed("double", repr(number).replace("inf", "INF").replace("nan", "NaN"))),
)
_store = Store()


def _oxigraph(left: Literal, sign: str, right: Literal) -> bool:
    answer = _store.query(f"SELECT (COALESCE({left} {sign} {right}, false) AS ?is) {{}}")
    assert isinstance(answer, QuerySolutions)
    found = next(answer)["is"]
    assert isinstance(found, Literal)
    return found.value == "true"


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(_times, _zones, _times, _zones)
def test_times_are_ordered_as_in_oxigraph(one: str, zone: str, other: str, other_zone: str) -> None:
    left, right = typed("dateTime", one + zone), typed("dateTime", other + other_zone)
    assert (compare(left, right) == -1) == _oxigraph(left, "<", right)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(_numbers, _numbers)
def test_numbers_are_ordered_as_in_oxigraph(left: Literal, right: Literal) -> None:
    assert (compare(left, right) == -1) == _oxigraph(left, "<", right)


@pytest.mark.parametrize(
    ("tag", "ranges"),
    [
        ("de", {"de": True, "DE": True, "*": True, "de-DE": False, "d": False, "": False}),
        ("de-AT", {"de": True, "de-at": True, "de-DE": False, "de-A": False, "*-AT": False}),
        ("de-Latn-DE", {"de": True, "de-Latn": True, "de-DE": False}),
        ("", {"*": False, "": True, "de": False}),
    ],
)
def test_language_ranges_are_those_of_basic_filtering(tag: str, ranges: dict[str, bool]) -> None:
    assert {language_range: language_matches(tag, language_range) for language_range in ranges} == ranges
