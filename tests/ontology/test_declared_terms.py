"""Ontology, shapes, queries, context, keys and examples stay in step: what one names, a vocabulary declares."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from etappe.context import context
from etappe.namespaces import PREFIXES, SH, expand
from etappe.ontology import read
from etappe.reading.keys import KINDS as KINDS_OF_THINGS
from etappe.reading.keys import REGISTRY, REGISTRY_SECTIONS, REPORT, REPORT_SECTIONS, every_key
from etappe.turtle import ALL_PREFIXES
from ontology import terms_in_use as use

FILES = [*use.TURTLE, *use.QUERIES, *use.EXAMPLES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(use.CHECKOUT)))
def test_every_term_in_a_file_is_declared(path: Path) -> None:
    assert not use.undeclared(use.in_file(path))


def test_every_term_in_the_context_is_declared() -> None:
    assert len(use.in_context()) > 100
    assert not use.undeclared(use.in_context())


def test_every_term_in_the_table_of_keys_is_declared() -> None:
    names: set[str] = set()
    for _, key in every_key():
        names |= {key.property, *key.choices.values(), *filter(None, (key.datatype, key.end))}
        if key.scheme:
            names.add(f"etv:{key.scheme}")
    for kind in (REPORT, REGISTRY, *KINDS_OF_THINGS.values()):
        names |= {*kind.types, *(name for types in kind.variants.values() for name in types)}
    names |= {section.property for section in (*REPORT_SECTIONS, *REGISTRY_SECTIONS) if section.property}
    assert not use.undeclared({expand(name).value for name in names})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.ttl", "PREFIX et: <https://w3id.org/etappe/ns#> <urn:x> a et:Nonsense ."),
        ("x.ttl", "PREFIX et: <https://w3id.org/etappe/ns#> <urn:x> <urn:y> 'x'^^et:Nonsense ."),
        (
            "x.ttl",
            "PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:x> sh:select 'SELECT $this { $this a et:Nonsense }' .",
        ),
        ("x.trig", "PREFIX et: <https://w3id.org/etappe/ns#> <urn:g> { <urn:x> et:Nonsense 1 }"),
        ("x.jsonld", '{"@id": "urn:x", "@type": "https://w3id.org/etappe/ns#Nonsense"}'),
        (
            "x.rq",
            "#+ title: et:Comment\nPREFIX et: <https://w3id.org/etappe/ns#>\nSELECT * { ?s a/et:Nonsense* 'et:Text' }",
        ),
        ("x.rq", "# don't trip\nSELECT * { ?s ^(et:Nonsense|a) ?o FILTER(?o < 3) } # it's et:Remark"),
        ("x.rq", "PREFIX e: <https://w3id.org/etappe/ns#> SELECT * { GRAPH ?g { ?s ^e:Nonsense ?o } }"),
        ("x.rq", "SELECT * { ?s <https://w3id.org/etappe/ns#Nonsense>|<http://www.w3.org/ns/org#post> ?o }"),
    ],
)
def test_an_undeclared_term_is_found(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    expected = {"https://w3id.org/etappe/ns#Nonsense"} | (
        {"http://www.w3.org/ns/org#post"} if "org#" in text else set()
    )
    assert use.undeclared(use.in_file(path)) == expected


def wrong_prefixes(text: str, *, data: bool) -> list[tuple[str, str]]:
    """Prefixes bound otherwise than elsewhere; data may have prefixes of its own for namespaces of its own."""
    return [
        (prefix, namespace)
        for prefix, namespace in use.PREFIX.findall(text)
        if ALL_PREFIXES.get(prefix) != namespace
        and not (data and prefix not in ALL_PREFIXES and namespace not in ALL_PREFIXES.values())
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(use.CHECKOUT)))
def test_prefixes_mean_the_same_everywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not wrong_prefixes(text, data=path in use.EXAMPLES)
    assert not [prefix for prefix, namespace in use.PREFIX.findall(text) if namespace.startswith("http://schema.org")]
    assert not [iri for iri in use.in_file(path) if iri.startswith("http://schema.org")]


def test_prefixes_declared_for_the_sparql_of_shapes_mean_the_same() -> None:
    for path in use.SHAPE_FILES:
        facts: dict[object, dict[object, str]] = defaultdict(dict)
        for triple in read(path):
            if triple.predicate in (SH.prefix, SH.namespace):
                facts[triple.subject][triple.predicate] = triple.object.value
        for fact in facts.values():
            assert ALL_PREFIXES.get(fact[SH.prefix]) == fact[SH.namespace], f"{path.name}: {fact}"


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("@prefix locn: <http://w3.org/ns/locn#> .", False),
        ("PREFIX schema: <http://schema.org/>", True),
        ("prefix e: <https://w3id.org/etappe/ns#>", True),
        ("PREFIX d: <https://data.example/>", False),
    ],
)
def test_a_prefix_bound_otherwise_is_found(line: str, data: bool) -> None:
    assert wrong_prefixes(line, data=data)


def test_data_may_have_prefixes_of_its_own() -> None:
    assert not wrong_prefixes("PREFIX d: <https://data.example/>", data=True)


def test_the_context_binds_the_same_prefixes() -> None:
    found = context()
    assert {prefix: found[prefix] for prefix in PREFIXES} == {prefix: str(iri) for prefix, iri in PREFIXES.items()}
    assert not [iri for iri in use.in_context() if iri.startswith("http://schema.org")]


def test_pinned_terms_are_sorted_and_name_their_source() -> None:
    paths = sorted((use.ONTOLOGY / "standard-terms").glob("*.txt"))
    assert {"foaf", "org", "cv", "schema"} <= {path.stem for path in paths}
    for path in paths:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        assert head.startswith(f"# Terms of <{ALL_PREFIXES[path.stem]}>"), path.name
        assert lines == sorted(set(lines)), path.name
        assert all(line.startswith(f"{path.stem}:") for line in lines), path.name
