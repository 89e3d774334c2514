"""Report -> short form -> report: the same triples, for whatever the table of keys can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from conftest import MINIMAL, yaml_files
from etappe import resources
from etappe.errors import NotExpressible
from etappe.model import Report, Source
from etappe.namespaces import DCTERMS, ET, SCHEMA, SKOS
from etappe.reading import keys as table
from etappe.reading import read, read_source
from etappe.reading.keys import Form, Key, Kind
from etappe.reading.writing import write_short
from etappe.registry import Registry

TEXT = "Am Montag kam die Ministerin nach Ahausen. Sie sprach mit dem Team; das Team zeigte Geräte. Das Team dankte."
QUOTES = ("die Ministerin", "zeigte Geräte", {"words": "Das Team", "prefix": "Geräte."}, "fehlt im Text")

ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20
).filter(str.strip)
days = st.dates(date(1949, 5, 24), date(2100, 1, 1)).map(str)


def value_of(key: Key, declared: dict[str, list[str]]) -> st.SearchStrategy[Any] | None:
    """Values of a key; nothing where it needs a thing that the document does not declare."""
    if key.form is Form.TEXT:
        return words | st.fixed_dictionaries({"de": words, "en": words})
    if key.form is Form.DATE:
        return days
    if key.form is Form.DATES:
        return days | st.tuples(days, days).map("/".join)
    if key.form is Form.YES:
        return st.sampled_from(["yes", "no"])
    if key.form is Form.NUMBER:
        return st.integers(0, 99)
    if key.form is Form.LINK:
        return ids.map(lambda name: f"https://www.example/{name}")
    if key.form is Form.CONCEPT:
        return st.sampled_from(sorted(key.choices) or local_names(key.scheme or ""))
    if key.form is Form.QUOTE:
        return st.sampled_from(QUOTES)
    if key.form is Form.REFERENCE:
        choices = [f"{kind}/{name}" for kind in key.kinds for name in declared.get(kind, ())]
        return st.sampled_from(choices) if choices else None
    if key.form is Form.NODE:
        return st.lists(node(table.KINDS[key.kinds[0]], declared), min_size=1, max_size=2)
    return words


def local_names(scheme: str) -> list[str]:
    quads = parse((resources.folder("ontology") / "concepts" / f"{scheme}.ttl").read_bytes(), format=RdfFormat.TURTLE)
    return sorted(quad.subject.value.rsplit("/", 1)[1] for quad in quads if quad.predicate == SKOS.inScheme)


@st.composite
def node(draw: st.DrawFn, kind: Kind, declared: dict[str, list[str]]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if kind.variants:
        body["kind"] = draw(st.sampled_from(sorted(kind.variants)))
    for key in kind.keys:
        if kind.name == "item" and key.name == "programme":
            continue
        values = value_of(key, declared)
        if values is not None and draw(st.integers(0, 3)) == 0:
            body[key.name] = draw(values)
    if "tour" in body:
        body.pop("campaign", None)
    return body


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    sections = draw(st.lists(st.sampled_from(table.REPORT_SECTIONS), max_size=5, unique_by=lambda s: s.name))
    declared = {s.kind: draw(st.lists(ids, min_size=1, max_size=2, unique=True)) for s in sections}
    body: dict[str, Any] = {"report": draw(ids), "language": "de", "text": TEXT + "\n"}
    root = draw(node(table.REPORT, declared))
    body |= {name: value for name, value in root.items() if name not in ("language", "digest", "kind")}
    for section in sections:
        body[section.name] = {name: draw(node(table.KINDS[section.kind], declared)) for name in declared[section.kind]}
    return body


class Plain(yaml.SafeDumper):
    """Values that Hypothesis draws twice are written twice: our reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_read(body: dict[str, Any] | str) -> Report:
    text = body if isinstance(body, str) else yaml.dump(body, Dumper=Plain, allow_unicode=True)
    return read_source(Source("r.yaml", "application/yaml", text.encode()))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_what_is_written_is_read_as_the_same(body: dict[str, Any]) -> None:
    report = as_read(body)
    again = as_read(write_short(report))
    assert again.triples == report.triples
    assert again.text == report.text


EXAMPLES = [p for p in yaml_files(resources.folder("examples")) if "bad" not in p.parts]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_survive(path: Any, example_registry: Registry) -> None:
    report = read(path, registry=example_registry)
    again = read_source(Source("r.yaml", "application/yaml", write_short(report).encode()), registry=example_registry)
    assert again.triples == report.triples


def test_dates_are_written_as_people_write_them(report: Callable[..., Report]) -> None:
    assert "published: 2018-05-20\n" in write_short(report())


CARRIED_BY_RDF_ONLY = {
    "a property without a key": (SCHEMA.isbn, Literal("1")),
    "two titles in one language": (DCTERMS.term("title"), Literal("Zwei", language="de")),
    "two publishers": (DCTERMS.publisher, NamedNode("https://etappe.example/id/organization/x")),
    "a word of no list": (ET.reviewStatus, NamedNode("https://w3id.org/etappe/vocab/perhaps")),
    "evidence without a quote": (ET.evidence, NamedNode("https://etappe.example/id/evidence/x")),
}


@pytest.mark.parametrize("name", CARRIED_BY_RDF_ONLY)
def test_what_has_no_key_is_not_dropped_silently(report: Callable[..., Report], name: str) -> None:
    made = report(MINIMAL)
    predicate, value = CARRIED_BY_RDF_ONLY[name]
    more = Report(made.iri, made.document, made.triples | {Triple(made.iri, predicate, value)}, made.text, made.source)
    with pytest.raises(NotExpressible):
        write_short(more)


def test_a_topic_that_is_not_linked_is_not_linked_silently(report: Callable[..., Report]) -> None:
    made = report(MINIMAL.replace("tours:", "topics:\n  netze: {name: Netze}\ntours:"))
    link = Triple(made.iri, SCHEMA.about, NamedNode("https://etappe.example/id/topic/netze"))
    less = Report(made.iri, made.document, made.triples - {link}, made.text, made.source)
    with pytest.raises(NotExpressible, match="not linked"):
        write_short(less)
