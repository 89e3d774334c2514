"""Line and column of statements in every RDF text that is written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse, serialize

from conftest import yaml_files
from etappe import resources
from etappe.errors import Position
from etappe.model import Report, Source, subject_of
from etappe.namespaces import DCTERMS, ET, OA, PREFIXES, PROV, RDF, SCHEMA
from etappe.reading import read, read_source
from etappe.reading.positions import by_last_part, positions
from etappe.reading.positions.iri import resolve
from etappe.reading.rdf import CONTEXT_IRI
from etappe.registry import Registry
from etappe.turtle import canonical

BASE = "http://x/"
TYPE = RDF.type.value
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
}
Keys = dict[tuple[str, str | None], tuple[int, int]]


def found(text: str, media_type: str = "text/turtle") -> Keys:
    """Positions as pairs, with IRIs relative to the base."""
    return {
        (s.removeprefix(BASE), None if p is None else p.removeprefix(BASE)): (place.line, place.column)
        for (s, p), place in positions(text, media_type, BASE).items()
    }


def stated(text: str, media_type: str) -> set[tuple[str, str | None]]:
    """What pyoxigraph finds, blank nodes numbered as they turn up."""
    names: dict[BlankNode, str] = {}
    keys: set[tuple[str, str | None]] = set()
    for quad in parse(text.encode(), format=FORMATS[media_type], base_iri=BASE):
        for term in (quad.subject, quad.object):
            if isinstance(term, BlankNode):
                names.setdefault(term, f"_:{len(names) + 1}")
        subject = names[quad.subject] if isinstance(quad.subject, BlankNode) else quad.subject.value
        keys |= {(subject, None), (subject, quad.predicate.value)}
    return keys


def relative(keys: set[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
    return {(s.removeprefix(BASE), None if p is None else p.removeprefix(BASE)) for s, p in keys}


# --- Turtle and its relatives

TURTLE: dict[str, tuple[str, Keys]] = {
    "one line": ("<s> <p> <o> .", {("s", None): (1, 1), ("s", "p"): (1, 5)}),
    "a and lists of predicates and objects": (
        "<s> a <T>, <U> ;\n    <p> 1 , 'x' ;;\n    <q> true .\n<t> <p> .5 .",
        {
            ("s", None): (1, 1), ("s", TYPE): (1, 5), ("s", "p"): (2, 5), ("s", "q"): (3, 5),
            ("t", None): (4, 1), ("t", "p"): (4, 5),
        },
    ),
    "the first of several": (
        "<s> <p> 1 .\n<s> <p> 2 ; <q> 3 .",
        {("s", None): (1, 1), ("s", "p"): (1, 5), ("s", "q"): (2, 13)},
    ),
    "an object is no subject": (
        "<s> <p> <t> .\n <t> <p> 1 .",
        {("s", None): (1, 1), ("s", "p"): (1, 5), ("t", None): (2, 2), ("t", "p"): (2, 6)},
    ),
    "prefixes that change": (
        "@prefix : <http://x/> .\n:s :p 1 .\nPREFIX : <http://x/y/>\n:s :p 1.",
        {("s", None): (2, 1), ("s", "p"): (2, 4), ("y/s", None): (4, 1), ("y/s", "y/p"): (4, 4)},
    ),
    "bases": (
        "@base <a/b> .\n<s> <../p> 1 .\nbase </c/>\n<> <#p> 1.",
        {("a/s", None): (2, 1), ("a/s", "p"): (2, 5), ("c/", None): (4, 1), ("c/", "c/#p"): (4, 4)},
    ),
    "escapes": (
        "prefix e.x: <http://x/>\ne.x:a\\-b.c%20 <\\u0070\\U00000071> e.x:o\\.. <s> <p> e.x:.",
        {("a-b.c%20", None): (2, 1), ("a-b.c%20", "pq"): (2, 15), ("s", None): (2, 43), ("s", "p"): (2, 47)},
    ),
    "literals hold anything": (
        "<s> <p> \"# <a> <b> ; \\\" .\"@de-AT, '''\n<x> <y> \"\"\" . \\''' '''^^<d> ; <q> \"\"\"\"a\"\"\\\"\"\"\" ; # <z>\n<r> '' .",
        {("s", None): (1, 1), ("s", "p"): (1, 5), ("s", "q"): (2, 31), ("s", "r"): (3, 1)},
    ),
    "columns count characters": ("<ü> <ö𝄞> <o>; <ß> 1 .", {("ü", None): (1, 1), ("ü", "ö𝄞"): (1, 5), ("ü", "ß"): (1, 15)}),
    "line ends": ("<s>\r\n<p> 1 .\r<t>\n\n<p> 1 .", {("s", None): (1, 1), ("s", "p"): (2, 1), ("t", None): (3, 1), ("t", "p"): (5, 1)}),
    "blank nodes": (
        "<s> <p> [\n  <q> [] ; <r> [ <t> 1 ] ] .\n[ <a> 1 ] <b> _:x.\n_:x <c> 1 .",
        {
            ("s", None): (1, 1), ("s", "p"): (1, 5), ("_:1", None): (1, 9), ("_:1", "q"): (2, 3), ("_:1", "r"): (2, 12),
            ("_:3", None): (2, 16), ("_:3", "t"): (2, 18), ("_:4", None): (3, 1), ("_:4", "a"): (3, 3), ("_:4", "b"): (3, 11),
            ("_:5", None): (4, 1), ("_:5", "c"): (4, 5),
        },
    ),
    "collections": (
        "<s> <p> ( 1 [ <q> 2 ] ) ; <r> () .",
        {
            ("s", None): (1, 1), ("s", "p"): (1, 5), ("s", "r"): (1, 27),
            ("_:1", None): (1, 9), ("_:1", RDF.first.value): (1, 11), ("_:1", RDF.rest.value): (1, 9),
            ("_:2", None): (1, 13), ("_:2", RDF.first.value): (1, 13), ("_:2", RDF.rest.value): (1, 13),
            ("_:3", None): (1, 13), ("_:3", "q"): (1, 15),
        },
    ),
    "a byte order mark": ("\ufeff<s> <p> 1 .", {("s", None): (1, 2), ("s", "p"): (1, 6)}),
}  # fmt: skip


@pytest.mark.parametrize("name", TURTLE)
def test_turtle(name: str) -> None:
    text, expected = TURTLE[name]
    assert found(text) == expected
    if not text.startswith("\ufeff"):
        assert relative(stated(text, "text/turtle")) == set(expected)


def test_trig_and_n_quads() -> None:
    trig = "<g> { <s> <p> 1 . <t> <p> 2 }\nGRAPH _:g { [] <q> 3 }\n{ <u> <p> _:g } [] { <v> <p> 4 . }"
    assert found(trig, "application/trig") == {
        ("s", None): (1, 7), ("s", "p"): (1, 11), ("t", None): (1, 19), ("t", "p"): (1, 23), ("_:1", None): (2, 13),
        ("_:1", "q"): (2, 16), ("u", None): (3, 3), ("u", "p"): (3, 7), ("v", None): (3, 22), ("v", "p"): (3, 26),
    }  # fmt: skip
    quads = '<http://x/s> <http://x/p> "1" _:g .\n# no\n_:b <http://x/p> _:c <http://x/g>.\n<http://x/s> <http://x/q> _:g .\n'
    assert found(quads, "application/n-quads") == {
        ("s", None): (1, 1), ("s", "p"): (1, 14), ("_:1", None): (3, 1), ("_:1", "p"): (3, 5), ("s", "q"): (4, 14),
    }  # fmt: skip


STARRED = [
    "<s> <p> <<( <a> <b> <c> )>> ; <q> 1 .",
    "<< <a> <b> << <c> <d> 'x' >> >> <p> 1 . <s> <q> 1 .",
    "<s> <p> <o> ~ <r> {| <a> <b> ; <c> [ <d> 1 ] |} , 2 ; <q> 1 .",
    'VERSION "1.2"\n<s> <p> "x"@de--ltr ; <q> 1 .',
]


@pytest.mark.parametrize("text", STARRED)
def test_statements_around_triple_terms_keep_their_places(text: str) -> None:
    assert list(parse(text.encode(), format=RdfFormat.TURTLE, base_iri=BASE))
    assert found(text)["s", "q"] == (text.count("\n") + 1, len(text.splitlines()[-1].split("<q>")[0]) + 1)


references = st.lists(st.sampled_from(["..", ".", "/", "//", "a", "b.c", "?q", "#f", "?", "#", ":"]), max_size=6).map(
    "".join
)


@settings(max_examples=200, deadline=None)
@given(references, st.sampled_from(["http://x", "http://x/", "http://x/a/b", "http://x/a/b/?q#f", "http://x/a//"]))
def test_iris_are_resolved_as_pyoxigraph_does(reference: str, base: str) -> None:
    try:
        (quad,) = parse(f"<{reference}> <http://x/p> 1 .".encode(), format=RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError):
        resolve(base, reference)  # only valid texts come here, but nothing may raise
    else:
        assert isinstance(quad.subject, NamedNode)
        assert resolve(base, reference) == quad.subject.value


names = st.sampled_from(["<a>", "<b>", "ex:c", "_:x", "_:y", "ex:"])
spaces = st.sampled_from([" ", "\n", " # <no> ; .\n", "\t"])
leaves = names | st.sampled_from(['"x"', "'''y'''@de", '"1"^^ex:d', "'1'^^<d>", "7", "true", "[]", "()"])


def bodies(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    predicates = st.sampled_from(["<p>", "ex:q", "a", "ex:r.s"])
    pair = st.tuples(predicates, st.lists(terms, min_size=1, max_size=2).map(" , ".join)).map(" ".join)
    return st.tuples(st.lists(pair, min_size=1, max_size=3), spaces).map(lambda made: f"{made[1]};".join(made[0]))


def nested(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return bodies(terms).map("[ {} ]".format) | st.lists(terms, max_size=3).map(lambda items: f"( {' '.join(items)} )")


terms = st.recursive(leaves, nested, max_leaves=8)
subjects = (
    names
    | bodies(terms).map("[ {} ]".format)
    | st.lists(terms, max_size=3).map(lambda i: f"({' '.join(i)})")
    | st.just("[]")
)
statements = st.tuples(subjects, bodies(terms)).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(statements, max_size=4))
def test_blank_nodes_are_numbered_as_pyoxigraph_meets_them(made: list[str]) -> None:
    text = "".join(f"{statement} .\n" for statement in ("prefix ex: <http://x/>\n<s> <p> 1", *made))
    assert set(positions(text, "text/turtle", BASE)) == stated(text, "text/turtle")


# --- JSON-LD


JSON: dict[str, tuple[Any, Keys]] = {
    "a node": (
        '{"@id": "s",\n "@type": ["http://x/T"],\n "http://x/p": [1, {"@value": 2}],\n "q": 3, "http://x/n": null}',
        {("s", None): (1, 9), ("s", TYPE): (2, 2), ("s", "p"): (3, 2)},
    ),
    "words, prefixes and @vocab": (
        '{"@context": {"x": "http://x/", "p": "x:pp", "off": null, "id": "@id", "v": "x:v/"},\n'
        ' "p": 1, "x:q": 2, "off": 3, "v:free": 4, "id": "x:s"}',
        {("s", None): (2, 49), ("s", "pp"): (2, 2), ("s", "q"): (2, 10), ("s", "v/free"): (2, 30)},
    ),
    "@base and two contexts": (
        '{"@context": [{"@base": "a/"}, {"@vocab": "http://x/", "p": {"@id": "q"}}], "@id": "s",\n "p": {"@id": "../t", "p": 1}}',
        {("a/s", None): (1, 84), ("a/s", "q"): (2, 2), ("t", None): (2, 15), ("t", "q"): (2, 23)},
    ),
    "@reverse": (
        '{"@context": {"@vocab": "http://x/", "r": {"@reverse": "p", "@type": "@id"}}, "@id": "s",\n "r": [{"@id": "t", "q": 1}, "u"],\n'
        ' "@reverse": {"k": {"@id": "v"}}}',
        {
            ("t", None): (2, 16), ("t", "p"): (2, 16), ("t", "q"): (2, 21), ("u", None): (2, 30), ("u", "p"): (2, 30),
            ("v", None): (3, 28), ("v", "k"): (3, 28),
        },
    ),
    "@graph, @included, @nest and aliases": (
        '{"@context": {"@vocab": "http://x/", "in": "@included", "n": "@nest"}, "@graph": [{"@id": "s", "p": 1},\n'
        ' {"@id": "t", "n": {"p": 2}, "in": [{"@id": "u", "p": 3}]}]}',
        {
            ("s", None): (1, 91), ("s", "p"): (1, 96), ("t", None): (2, 10), ("t", "p"): (2, 21),
            ("u", None): (2, 45), ("u", "p"): (2, 50),
        },
    ),
    "nodes without a name": (
        '{"@context": {"@vocab": "http://x/"}, "p": [{"q": {}},\n {"q": {"@id": "_:z"}}], "k": {"@id": "_:z", "r": 1}}',
        {
            ("_:1", None): (1, 1), ("_:1", "p"): (1, 39), ("_:2", None): (1, 45), ("_:2", "q"): (1, 46),
            ("_:4", None): (2, 2), ("_:4", "q"): (2, 3), ("_:1", "k"): (2, 26), ("_:5", None): (2, 39), ("_:5", "r"): (2, 46),
        },
    ),
    "lists": (
        '{"@context": {"@vocab": "http://x/", "l": {"@container": "@list"}}, "@id": "s", "l": [1, {"q": 2}], "p": {"@list": []}}',
        {
            ("s", None): (1, 76), ("s", "l"): (1, 81), ("s", "p"): (1, 101),
            ("_:1", None): (1, 86), ("_:1", RDF.first.value): (1, 87), ("_:1", RDF.rest.value): (1, 86),
            ("_:2", None): (1, 90), ("_:2", RDF.first.value): (1, 90), ("_:2", RDF.rest.value): (1, 90),
            ("_:3", None): (1, 90), ("_:3", "q"): (1, 91),
        },
    ),
    "maps": (
        '{"@context": {"@vocab": "http://x/", "d": {"@container": "@id"}, "i": {"@container": "@index"}, "l": {"@container": "@language"}},\n'
        ' "@id": "s", "d": {"t": {"p": 1}}, "i": {"k": [{"@id": "u", "p": 1}]}, "l": {"de": "x"}}',
        {
            ("s", None): (2, 9), ("s", "d"): (2, 14), ("t", None): (2, 20), ("t", "p"): (2, 26), ("s", "i"): (2, 36),
            ("u", None): (2, 56), ("u", "p"): (2, 61), ("s", "l"): (2, 72),
        },
    ),
    "contexts of classes and properties, as pyoxigraph reads them": (
        '{"@context": {"@vocab": "http://x/", "T": {"@id": "T", "@context": {"p": "pp"}}, "k": {"@context": {"q": "qq"}}},\n'
        ' "@id": "s", "@type": "T", "p": {"@id": "t", "p": 1},\n "k": {"@id": "u", "q": {"@id": "v", "q": 1}}}',
        {
            ("s", None): (2, 9), ("s", TYPE): (2, 14), ("s", "pp"): (2, 28), ("t", None): (2, 41), ("t", "p"): (2, 46),
            ("s", "k"): (3, 2), ("u", None): (3, 15), ("u", "qq"): (3, 20), ("v", None): (3, 33), ("v", "q"): (3, 38),
        },
    ),
    "escapes": ('{"\\u0040id": "\\u0073", "http:\\/\\/x/p\\"": 1, "http://x/ö": 2}', {("s", None): (1, 14), ("s", "ö"): (1, 45)}),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_ld(name: str) -> None:
    text, expected = JSON[name]
    actual = found(text, "application/ld+json")
    actual.pop(("s", 'p"'), None)  # no IRI, and no triple either
    assert actual == expected
    assert relative(stated(text, "application/ld+json")) == set(expected)


def test_json_ld_with_the_context_of_etappe() -> None:
    text = f"""{{"@context": "{CONTEXT_IRI}",
  "id": "report/r", "type": "Report", "title": {{"de": "T"}}, "status": "draft",
  "stops": [
    {{"id": "stop/s", "type": "Stop", "date": "2018-05-14", "place": "place/p",
     "programme": [{{"id": "item/r.i", "type": "Exchange", "name": {{"de": "I"}}, "weekday": "monday"}}]}}],
  "claims": [{{"id": "claim/r.1", "type": "Claim", "certainty": "stated"}}]}}"""
    places = found(text, "application/ld+json")
    assert set(places) == relative(stated(text.replace(f'"{CONTEXT_IRI}"', own_context()), "application/ld+json"))
    assert places["report/r", DCTERMS.term("title").value] == (2, 39)
    assert places["stop/s", None] == (4, 12)
    assert places["stop/s", SCHEMA.location.value] == (4, 60)
    assert places["item/r.i", SCHEMA.superEvent.value] == (5, 27)
    assert places["item/r.i", ET.reportedWeekday.value] == (5, 80)
    assert places["claim/r.1", PROV.wasQuotedFrom.value] == (6, 21)


def own_context() -> str:
    return json.dumps(json.loads((resources.folder("ontology") / "context.jsonld").read_text())["@context"])


def test_contexts_from_elsewhere_are_passed_over() -> None:
    text = '{"@context": ["http://127.0.0.1:9/", {"@vocab": "http://x/"}], "@id": "s", "p": {"@context": "x", "@id": "t", "q": 1}}'
    assert set(found(text, "application/ld+json")) == {("s", None), ("s", "p"), ("t", None), ("t", "q")}


keys = st.sampled_from(["p", "q", "r", "l", "i", "in", "t:x", "none", "d", "v"])
scalars = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "_:x", "http://x/y"])
identifiers = st.sampled_from(["a", "_:x", "_:y", "t:b"])


def nodes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    properties = st.dictionaries(keys.filter(lambda key: key not in ("r", "i", "in", "d")), values, max_size=3)
    inner = properties | st.tuples(properties, identifiers).map(lambda made: {"@id": made[1], **made[0]})
    late = st.tuples(properties, identifiers).map(lambda made: {**made[0], "@id": made[1]})
    typed = st.tuples(inner, st.sampled_from(["T", ["T", "U"]])).map(lambda made: {**made[0], "type": made[1]})
    node = inner | late | typed
    special = st.tuples(
        node,
        st.fixed_dictionaries(
            {}, optional={"r": st.lists(node, max_size=2), "in": st.lists(node, max_size=2), "i": st.dictionaries(keys, node, max_size=2), "d": st.dictionaries(identifiers, node.map(lambda made: {k: v for k, v in made.items() if k != "@id"}), max_size=2)}
        ),
    ).map(lambda made: made[0] | made[1])  # fmt: skip
    lists = st.lists(values, max_size=3)
    return (
        special | node | lists | lists.map(lambda items: {"@list": items}) | st.builds(lambda v: {"@value": v}, scalars)
    )


documents = st.recursive(scalars, nodes, max_leaves=12)
WORDS = {
    "@vocab": "http://x/", "t": "http://x/t/", "none": None, "type": "@type", "in": "@included",
    "r": {"@reverse": "p"}, "l": {"@container": "@list", "@type": "@id"}, "i": {"@container": "@index"},
    "d": {"@container": "@id"}, "v": {"@type": "@vocab"}, "q": {"@type": "@id"},
    "T": {"@id": "T", "@context": {"p": {"@id": "pp", "@type": "@id"}, "none": "some"}},
    "U": {"@id": "U", "@context": {"q": "uq"}}, "p": {"@context": {"q": "qq"}},
}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(documents, st.integers(0, 1))
def test_json_ld_means_the_same_to_pyoxigraph(made: Any, indent: int) -> None:
    text = json.dumps({"@context": WORDS, "@id": "s", "p": made}, indent=indent)
    try:
        expected = stated(text, "application/ld+json")
    except SyntaxError:
        positions(text, "application/ld+json", BASE)
    else:
        assert set(positions(text, "application/ld+json", BASE)) == expected


# --- reports

EXAMPLES = [p for p in yaml_files(resources.folder("examples")) if "bad" not in p.parts]


def written(report: Report, media_type: str) -> str:
    if media_type == "canonical":
        return canonical(report.triples)
    data = serialize(sorted(report.triples, key=str), format=FORMATS[media_type], prefixes=dict(PREFIXES))
    assert data is not None
    return data.decode()


def compact(iri: str) -> set[str]:
    return {f"{prefix}:{iri.removeprefix(name)}" for prefix, name in PREFIXES.items() if iri.startswith(name)}


@pytest.mark.parametrize("media_type", [*FORMATS, "canonical"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_statement_of_the_examples_has_its_place(path: Path, media_type: str, example_registry: Registry) -> None:
    report = read(path, registry=example_registry)
    text = written(report, media_type)
    name = "text/turtle" if media_type == "canonical" else media_type
    again = read_source(Source("r", name, text.encode()))
    assert again.triples == report.triples
    assert again == report or again.source != report.source
    lines = text.split("\n")

    def at(position: Position) -> str:
        return lines[position.line - 1][position.column - 1 :]

    for triple in report.triples:
        subject, predicate = subject_of(triple), triple.predicate.value
        quotes = ['"{}"'] if name == "application/ld+json" else ["<{}>"]
        tokens = {sign.format(iri) for sign in quotes for iri in (predicate, *compact(predicate))} | compact(predicate)
        assert at(again.positions[subject, predicate]).startswith((*tokens, "a", '"@type"'))
        assert at(again.positions[subject, None]).startswith(
            (*(sign.format(subject) for sign in quotes), *compact(subject))
        )
    assert (report.iri.value, "x") not in again.positions


HEAD = """\
@prefix et: <https://w3id.org/etappe/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@base <https://etappe.example/id/> .
"""


def test_blank_nodes_of_a_report_have_their_places() -> None:
    text = HEAD + '<report/r> a et:Report ;\n  et:evidence [ oa:hasSelector [\n    oa:exact "Wort" ] ] .\n'
    report = read_source(Source("r.ttl", "text/turtle", text.encode()))
    (inner,) = (subject_of(t) for t in report.triples if t.predicate == OA.exact)
    (outer,) = (subject_of(t) for t in report.triples if t.predicate == OA.hasSelector)
    assert report.positions[inner, OA.exact.value] == Position(6, 5)
    assert report.positions[inner, None] == Position(5, 32)
    assert report.positions[outer, None] == Position(5, 15)
    assert len(report.positions) == len(list(report.positions)) == 7


def test_json_ld_as_yaml() -> None:
    text = (
        f"'@context': {CONTEXT_IRI}\nid: https://etappe.example/id/report/r\ntype: Report\n"
        "title: {de: Titel}\nprogrammes:\n  - id: https://etappe.example/id/programme/p\n    name: {de: P}\n    type: FundingProgramme\n"
    )
    report = read_source(Source("r.yaml", "application/yaml", text.encode()))
    assert report.positions[report.iri.value, None] == Position(2, 5)
    assert report.positions[report.iri.value, DCTERMS.term("title").value] == Position(4, 1)
    assert report.positions["https://etappe.example/id/programme/p", TYPE] == Position(8, 5)


def test_rdf_xml_gets_the_line_that_names_the_subject(report: Callable[..., Report]) -> None:
    made = report()
    data = serialize(made.triples, format=RdfFormat.RDF_XML, prefixes=dict(PREFIXES))
    assert data is not None
    again = read_source(Source("r.rdf", "application/rdf+xml", data))
    place = again.positions[made.iri.value, None]
    assert made.iri.value in data.decode().split("\n")[place.line - 1]
    assert by_last_part("a\n x:stop/s, s", ["http://x/stop/s"]) == {("http://x/stop/s", None): Position(2, 2)}


def test_positions_are_looked_for_when_asked_for(
    report: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr("etappe.reading.rdf.positions", lambda *_: calls.append("x") or {})
    text = HEAD + "<report/r> a et:Report ."
    made = read_source(Source("r.ttl", "text/turtle", text.encode()))
    assert calls == []
    assert made.positions[made.iri.value, None] == Position(4, 2)  # by its last part
    assert made.positions.get((made.iri.value, TYPE)) is None
    assert calls == ["x"]
    assert made == read_source(Source("r.ttl", "text/turtle", text.encode()))


# --- hostile

MIB = 2**20
HOSTILE = {
    "brackets": "[" * MIB,
    "closing": "]" * MIB,
    "parentheses": "<s> <p> " + "(" * MIB,
    "objects": '{"a":' * (MIB // 5),
    "quotes": '"' * MIB,
    "three quotes, escaped": '\\"""' * (MIB // 4),
    "open long text": '<s> <p> """' + "''\"\\" * (MIB // 4),
    "open lines": "<s> <p> 'x\n" * (MIB // 11),
    "one word": "a" * MIB,
    "dots": "a:" + "." * MIB,
    "dots and letters": "a:.b..c..." * (MIB // 10),
    "colons": ":" * MIB,
    "open IRIs": "<a" * (MIB // 2),
    "open IRI": "<" + "a" * MIB,
    "triple terms": "<<" * (MIB // 2),
    "annotations": "<s> <p> <o> " + "{|" * (MIB // 2),
    "backslashes": "\\" * MIB,
    "at signs": "@a-" * (MIB // 3),
    "prefixes": "".join(f"@prefix p{i}: <http://x/{i}/> . p{i}:s p{i}:p 1 .\n" for i in range(100_000)),
    "a deep IRI": "<" + "../" * (MIB // 3) + "> <p> 1 .",
    "a code that is no character": "<\\UFFFFFFFF> <p> 1 .",
    "words": '{"@context": {' + ",".join(f'"p{i}": "p{i + 1}:x"' for i in range(100_000)) + '}, "p5": {"@id": "p1:a"}}',
    "words at every node": '{"@context": {'
    + ",".join(f'"p{i}": "http://x/{i}"' for i in range(20_000))
    + '}, "p1": ['
    + ",".join(f'{{"@context": {{"q": "p{i}:"}}, "q": {i}}}' for i in range(20_000))
    + "]}",
    "a context of a class, again and again": '{"@context": {"T": {"@id": "http://x/T", "@context": {'
    + ",".join(f'"p{i}": "http://x/{i}"' for i in range(5_000))
    + '}}}, "http://x/p": ['
    + ",".join('{"@context": {}, "@type": "T"}' for _ in range(10_000))
    + "]}",
    "many contexts in a row": '{"@context": [' + ",".join('{"a": "b:c"}' for _ in range(50_000)) + '], "x": [' + '"a",' * 50_000 + '"a"], "y": {"a": 1}}',
    "odd contexts": '{"@context": [1, true, {"@vocab": 3, "@base": null, "a": [], "b": {"@id": {}, "@type": [], "@container": [{}]}, "": "", ":": ":", "c": {"@reverse": 1}}, null], "": 1, ":": 2, "a": {"b": 1, "@id": 5, "@type": {"x": 1}, "@reverse": 3, "@list": {}, "@nest": [1]}}',
}  # fmt: skip


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end_soon(name: str, media_type: str) -> None:
    positions(HOSTILE[name], media_type, BASE)


def test_an_unknown_media_type_has_no_places() -> None:
    assert positions("<s> <p> 1 .", "text/html", BASE) == {}
