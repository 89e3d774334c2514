"""SPARQL-based constraints: asked once per graph, they find what the recommendation finds with ``$this`` bound beforehand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from etappe.validation.shacl import Graph, NotHandled, ValidationReport, compile_shapes
from etappe.validation.shacl.sparql import _stored, filled, with_path
from validation.shacl.differences import one_by_one
from validation.shacl.generating import data_graphs
from validation.shacl.support import Rows, compiled, component_names, graph, pyshacl, rows, turtle

DECLARED = 'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "urn:ex:"^^xsd:anyURI ] .'
DATA = """
ex:a ex:p 1, 2 ; ex:q ex:b ; ex:r "x"@de ; a ex:A .
ex:b ex:p 3 ; ex:q ex:c .
ex:c ex:q ex:c .
ex:A rdfs:subClassOf ex:B .
"""
TARGETS = "sh:targetSubjectsOf ex:p, ex:q ; sh:targetObjectsOf ex:q"


def shapes(query: str, more: str = "", constraint: str = "", targets: str = TARGETS) -> bytes:
    """A shape with one query."""
    said = f"{targets} ; {more} sh:sparql [ sh:prefixes ex: ; {constraint} sh:select {Literal(query)} ]"
    return turtle(f"{DECLARED}\nex:s {said} .")


def results(query: str, more: str = "", constraint: str = "", data: str = DATA) -> ValidationReport:
    return compile_shapes(shapes(query, more, constraint)).validate(graph(data))


def found(query: str, more: str = "", data: str = DATA) -> Rows:
    """What the compiled engine finds, after the slow way and pySHACL agreed."""
    asked, prepared = shapes(query, more), graph(data)
    ours = found_alone(query, more, data)
    assert set(ours) == set(pyshacl(asked, prepared))  # which tells a result once, however many solutions there are
    return ours


def found_alone(query: str, more: str = "", data: str = DATA) -> Rows:
    """What it finds in queries that pySHACL cannot read."""
    asked, prepared = shapes(query, more), graph(data)
    ours = compiled(asked, prepared)
    assert ours == one_by_one(asked, prepared)
    return ours


HANDLED = {
    "plain": "SELECT $this { $this ex:p ?value }",
    "where": "SELECT $this ?value WHERE { $this ex:p ?value . }",
    "question mark": "SELECT ?this ?value { ?this ex:p ?value }",
    "star": "SELECT * { $this ex:p ?value }",
    "distinct": "SELECT DISTINCT $this { $this ex:p ?v }",
    "reduced": "SELECT REDUCED $this ?value { $this ex:p ?value }",
    "this as object": "SELECT $this ?value { ?value ex:q $this }",
    "variable predicate": "SELECT $this ?value { $this ?any ?value }",
    "own prologue": "PREFIX e: <urn:ex:> PREFIX f: <urn:f:> SELECT $this ?value { $this e:p ?value }",
    "full iris": "SELECT $this ?value { $this <urn:ex:p> ?value }",
    "a": "SELECT $this ?value { $this a ?value }",
    "semicolons and commas": "SELECT $this ?value { $this ex:p ?value, ?other ; ex:q ?third ; . FILTER(?value < ?other) }",
    "more patterns": "SELECT $this ?value { $this ex:q ?o . ?o ex:q ?value ; ex:q ?value . }",
    "literals in patterns": 'SELECT $this { $this ex:p 1 . $this ex:r "x"@de . }',
    "typed literals": 'PREFIX x: <http://www.w3.org/2001/XMLSchema#> SELECT $this { $this ex:p "1"^^x:integer }',
    "plain strings": 'SELECT $this { $this ex:p 1 . OPTIONAL { ?x ex:p "x" } ?this ex:p ?o . OPTIONAL { $this ex:r "y" } }',
    "a string that nobody has": 'SELECT $this { $this ex:p "none" . }',
    "booleans in patterns": "SELECT $this { $this ex:q ?o . OPTIONAL { ?o ex:p true } }",
    "no solution": "SELECT $this { $this ex:none ?v }",
    "filter": "SELECT $this ?value { $this ex:p ?value . FILTER(?value > 1 && ?value != 3 || ?value = 3) }",
    "filter with a call": "SELECT $this ?value { $this ex:p ?value FILTER BOUND(?value) FILTER regex(str(?value), '[12]') }",
    "filter on this": "SELECT $this { $this ex:p ?v . FILTER(isIRI($this) && STR($this) != 'urn:ex:b') }",
    "filter in": "SELECT $this ?value { $this ex:p ?value . FILTER(?value IN (1, 3)) }",
    "exists": "SELECT $this { $this ex:q ?o . FILTER EXISTS { ?o ex:q $this } }",
    "not exists": "SELECT $this { $this ex:q ?o . FILTER NOT EXISTS { $this ex:p ?v . FILTER(?v > 1) } }",
    "exists in an expression": "SELECT $this { $this ex:q ?o . FILTER(?o = ex:c || EXISTS { $this ex:p 2 }) }",
    "nested exists": "SELECT $this { $this ex:q ?o FILTER NOT EXISTS { ?o ex:q ?x FILTER NOT EXISTS { ?x ex:q $this } } }",
    "bind": "SELECT $this ?value { $this ex:p ?v . BIND(?v + 1 AS ?value) }",
    "bind with exists": "SELECT $this ?value { $this ex:q ?o . BIND(EXISTS { $this ex:p 1 } AS ?value) }",
    "bind, then a pattern": "SELECT $this ?value { $this ex:q ?o . BIND(ex:c AS ?value) ?o ex:q ?value }",
    "optional": "SELECT $this ?value { $this ex:q ?o . OPTIONAL { ?o ex:p ?value } }",
    "optional with this": "SELECT $this ?value { $this ex:q ?o . OPTIONAL { $this ex:p ?value . FILTER(?value > 1) } }",
    "optional in not exists": "SELECT $this { $this ex:q ?o FILTER NOT EXISTS { ?o ex:q ?x OPTIONAL { ?x ex:p ?y } FILTER(BOUND(?y)) } }",
    "filter over an optional": "SELECT $this { $this ex:q ?o . OPTIONAL { ?o ex:p ?v } FILTER(!BOUND(?v)) }",
    "order": "SELECT $this ?value { $this ex:p ?value } ORDER BY DESC(?value)",
    "path variable": "SELECT $this ?path ?value { $this ?path ?value }",
    "escapes in strings": r"SELECT $this { $this ex:p ?v . FILTER('\'{' != " + r'"\"}" && "\\" != "x") }',
    "less than": "SELECT $this { $this ex:p ?v . ?w ex:p ?x . FILTER(?v<?x) }",
    "no white space": "SELECT $this{$this ex:p ?v.FILTER(?v>1)}",
    "a predicate with dots": "SELECT $this { $this ex:p.q ?v }",
    "a blank node in an optional": "SELECT $this { $this ex:q ?o . OPTIONAL { ?o ex:q [ ex:p ?x ] } }",
    "numbers": "SELECT $this ?value { $this ex:p ?value . FILTER(?value > 1.5 && ?value < 1e3 && ?value > .5) }",
}


@pytest.mark.parametrize("query", HANDLED.values(), ids=HANDLED)
def test_query_finds_the_same_once_for_all_and_one_by_one(query: str) -> None:
    assert found(query) or "none" in query or "p.q" in query


ALONE = {
    "a comment": "# SERVICE { }\nSELECT $this { $this ex:p ?v # } MINUS {\n}",
    "a string with braces": "SELECT $this { $this ex:p ?v . FILTER(\"{ SERVICE UNION\" != '} $shapesGraph') }",
    "long strings": "SELECT $this { $this ex:p ?v . FILTER(\"\"\"{ \"x\" MINUS\"\"\" != '''VALUES 'y' }''') }",
}


@pytest.mark.parametrize("query", ALONE.values(), ids=ALONE)
def test_forbidden_words_do_not_count_in_comments_and_strings(query: str) -> None:
    assert found_alone(query)


PATHS = {
    "inverse": ("^ex:q", 3),
    "sequence": ("ex:q/ex:p", 1),
    "alternative": ("ex:p|ex:q", 6),
    "one or more": ("ex:q+", 4),
    "brackets": ("(ex:q/ex:q)+", 3),
    "inverse of brackets": ("^(ex:q/ex:q)", 3),
    "a": ("a/rdfs:subClassOf", 1),
    "optional steps after one": ("ex:q/ex:q*", 4),
    "maybe after one": ("ex:q/ex:p?", 4),
    "spaces": ("ex:q / ^ ex:q | ex:p", 8),
}


@pytest.mark.parametrize(("path", "count"), PATHS.values(), ids=PATHS)
def test_property_paths_in_the_first_pattern(path: str, count: int) -> None:
    prefixed = (
        f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT DISTINCT $this ?value {{ $this {path} ?value }}"
    )
    assert found(prefixed).total() == count


REFUSED = {
    "a subquery": ("SELECT $this { $this ex:p ?v . { SELECT $this { $this ex:q ?o } } }", "'{' in a triple pattern"),
    "a subquery in exists": (
        "SELECT $this { $this ex:p ?v FILTER EXISTS { SELECT ?x { ?x ex:q ?o } } }",
        "inner group",
    ),
    "a subquery in an expression": (
        "SELECT $this { $this ex:p ?v . FILTER(EXISTS { { ?x ex:q ?o } }) }",
        "inner group",
    ),
    "a group": ("SELECT $this { $this ex:p ?v . { ?v ex:q ?o } }", "'{' in a triple pattern"),
    "a group first": ("SELECT $this { { $this ex:p ?v } }", "'{' in a triple pattern"),
    "union": ("SELECT $this { $this ex:p ?v . { ?v ex:q ?o } UNION { } }", "UNION"),
    "minus": ("SELECT $this { $this ex:p ?v MINUS { ?v ex:q ?o } }", "MINUS"),
    "values": ("SELECT $this { $this ex:p ?v VALUES ?v { 1 } }", "VALUES"),
    "values after the pattern": ("SELECT $this { $this ex:p ?v } VALUES ?v { 1 }", "VALUES"),
    "service": ("SELECT $this { $this ex:p ?v . service <urn:x> { ?v ex:q ?o } }", "SERVICE"),
    "graph": ("SELECT $this { $this ex:p ?v . GRAPH ?g { ?v ex:q ?o } }", "GRAPH"),
    "group by": ("SELECT $this { $this ex:p ?v } GROUP BY $this", "GROUP"),
    "an aggregate": ("SELECT $this (COUNT(?v) AS ?value) { $this ex:p ?v }", "COUNT"),
    "limit": ("SELECT $this { $this ex:p ?v } LIMIT 1", "LIMIT"),
    "from": ("SELECT $this FROM <urn:x> { $this ex:p ?v }", "FROM"),
    "random": ("SELECT $this { $this ex:p ?v FILTER(RAND() < 2) }", "RAND"),
    "now": ("SELECT $this { $this ex:p ?v FILTER(NOW() > ?v) }", "NOW"),
    "bnode": ("SELECT $this { $this ex:p ?v BIND(BNODE() AS ?value) }", "BNODE"),
    "ask": ("ASK { $this ex:p ?v }", "ASK"),
    "construct": ("CONSTRUCT { $this ex:p ?v } WHERE { $this ex:p ?v }", "CONSTRUCT"),
    "insert": ("INSERT DATA { ex:a ex:p 1 }", "no plain SELECT"),
    "base": ("BASE <urn:x> SELECT $this { $this ex:p ?v }", "no plain SELECT"),
    "the shapes graph": ("SELECT $this { $this ex:p ?v FILTER($shapesGraph != ?v) }", r"\$shapesGraph"),
    "the current shape": ("SELECT $this { $this ex:p ?currentShape }", r"\?currentShape"),
    "a failure": ("SELECT $this ?failure { $this ex:p ?failure }", r"\?failure"),
    "an odd prologue": ("PREFIX e <urn:ex:> SELECT $this { $this e:p ?v }", "prologue"),
    "a projected expression": ("SELECT $this (?v + 1 AS ?value) { $this ex:p ?v }", "projects an expression"),
    "an odd projection": ("SELECT ALL $this { $this ex:p ?v }", "ALL"),
    "no $this": ("SELECT ?v { $this ex:p ?v }", r"does not project \$this"),
    "filter first": ("SELECT $this { FILTER(BOUND($this)) $this ex:p ?v }", "first part is not a triple pattern"),
    "optional first": ("SELECT $this { OPTIONAL { $this ex:p ?v } }", "first part is not a triple pattern"),
    "bind first": ("SELECT $this { BIND(ex:a AS ?x) $this ex:p ?v }", "first part is not a triple pattern"),
    "a pattern about something else": ("SELECT $this { ?x ex:p ?v . $this ex:p ?v }", r"does not bind \$this"),
    "a path that may be empty": ("SELECT $this { $this ex:q* ?v }", r"does not bind \$this"),
    "an optional path": ("SELECT $this { $this ex:q? ?v }", r"does not bind \$this"),
    "alternatives of which one may be empty": ("SELECT $this { $this ex:p|ex:q* ?v }", r"does not bind \$this"),
    "a sequence that may be empty": ("SELECT $this { $this (ex:p?/ex:q*)+ ?v }", r"does not bind \$this"),
    "nothing at all": ("SELECT $this { }", "."),
    "a blank node": ("SELECT $this { $this ex:p ?v . _:b ex:q ?v }", "in a triple pattern"),
    "a property list": ("SELECT $this { $this ex:p [ ex:q ?v ] }", "in a triple pattern"),
    "a list": ("SELECT $this { $this ex:p (1 2) }", "in a triple pattern"),
    "a negated set": ("SELECT $this { $this !ex:p ?v }", "as a predicate"),
    "an unknown prefix": ("SELECT $this { $this foo:p ?v }", "as a predicate"),
    "an escaped name": (r"SELECT $this { $this ex:p\~q ?v }", "as a predicate"),
    "a bracket that is not closed": ("SELECT $this { $this (ex:p ?v }", "path that is not understood"),
    "a signed number": ("SELECT $this { $this ex:p -1 }", "in a triple pattern"),
    "an assignment to $this": ("SELECT $this { $this ex:p ?v BIND(?v AS $this) }", r"assigns to \$this"),
    "an assignment of nothing": ("SELECT $this { $this ex:p ?v BIND(?v) }", r"assigns to \$this"),
    "exists without filter": ("SELECT $this { $this ex:p ?v OPTIONAL { ?v ex:q ?o EXISTS { } } }", "inner group"),
    "a bind in exists": ("SELECT $this { $this ex:p ?v FILTER EXISTS { ?v ex:q ?o BIND($this AS ?x) } }", "'BIND'"),
    "optional in optional": (
        "SELECT $this { $this ex:p ?v OPTIONAL { ?v ex:q ?o OPTIONAL { $this ex:q ?x } } }",
        "'OPTIONAL'",
    ),
    "optional with $this in exists": (
        "SELECT $this { $this ex:p ?v FILTER EXISTS { ?v ex:q ?o OPTIONAL { $this ex:q ?x } } }",
        r"\$this in an optional part",
    ),
    "exists without its group": ("SELECT $this { $this ex:p ?v FILTER EXISTS ?x }", "not understood"),
    "filter without brackets": ("SELECT $this { $this ex:p ?v FILTER ?v }", "not understood"),
    "a group in brackets": ("SELECT $this { $this ex:p ?v FILTER(?v = {1}) }", "group in an expression"),
    "a select in brackets": ("SELECT $this { $this ex:p ?v FILTER(SELECT) }", "group in an expression"),
    "brackets without end": ("SELECT $this { $this ex:p ?v FILTER(?v", "ends too early"),
    "text after the pattern": ("SELECT $this { $this ex:p ?v } WHERE", "after its pattern"),
    "a group without end": ("SELECT $this { $this ex:p ?v", "."),
    "no group": ("SELECT $this", "."),
    "no query": ("", "no plain SELECT"),
    "a syntax error": ("SELECT $this { $this ex:p ?v FILTER(?v ?v) }", "not well formed"),
    "an unknown prefix in an object": ("SELECT $this { $this ex:p foo:v }", "not well formed"),
    "$PATH": ("SELECT $this { $this $PATH ?v }", r"\$PATH outside a property shape"),
}


@pytest.mark.parametrize(("query", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_proved_is_refused(query: str, reason: str) -> None:
    with pytest.raises(NotHandled, match=reason):
        compile_shapes(shapes(query))


def test_a_constraint_needs_one_query() -> None:
    with pytest.raises(NotHandled, match=r"without sh:select"):
        compile_shapes(turtle("ex:s sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex: ] ."))
    with pytest.raises(NotHandled, match="2 values"):
        compile_shapes(turtle("ex:s sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this {}', 'ASK {}' ] ."))


def test_a_deactivated_constraint_finds_nothing_whatever_it_says() -> None:
    assert results("ASK {}", constraint="sh:deactivated true ;").conforms


# Paths and results


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("ex:p", 3),
        ("[ sh:inversePath ex:q ]", 3),
        ("( ex:q ex:p )", 1),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", 6),
        ("[ sh:oneOrMorePath ex:q ]", 4),
        ("[ sh:alternativePath ( ( ex:q ex:p ) [ sh:inversePath [ sh:oneOrMorePath ex:q ] ] ) ]", 5),
    ],
)
def test_path_of_the_shape_stands_for_path_in_the_query(path: str, count: int) -> None:
    assert found("SELECT DISTINCT $this ?value { $this $PATH ?value }", f"sh:path {path} ;").total() == count


def test_path_that_may_be_empty_is_refused_in_the_query() -> None:
    with pytest.raises(NotHandled, match="does not bind"):
        compile_shapes(shapes("SELECT $this { $this $PATH ?value }", "sh:path [ sh:zeroOrMorePath ex:p ] ;"))


def test_path_keeps_its_meaning_between_other_steps() -> None:
    asked = "SELECT DISTINCT $this ?value { $this ex:q/$PATH ?value }"
    assert found_alone(asked, "sh:path [ sh:alternativePath ( ex:p ex:q ) ] ;").total() == 4
    assert with_path("$PATH '$PATH' # $PATH", "<urn:p>") == "(<urn:p>) '$PATH' # $PATH"


def test_value_is_the_focus_node_unless_the_shape_has_a_path_or_the_query_says_otherwise() -> None:
    (node,) = {row[1:3] for row in found("SELECT $this { $this ex:p 3 }")}
    (own,) = {row[1:3] for row in found("SELECT $this ?value { $this ex:p 3 ; ex:q ?value }")}
    (path,) = {row[1:3] for row in found("SELECT $this { $this ex:p 3 }", "sh:path ex:p ;")}
    assert (node, own, path) == ((None, "<urn:ex:b>"), (None, "<urn:ex:c>"), ("<urn:ex:p>", None))


def test_path_of_a_result_is_that_of_the_query_before_that_of_the_shape() -> None:
    assert {row[1:3] for row in found("SELECT $this ?path { $this ?path 3 }")} == {("<urn:ex:p>", "<urn:ex:b>")}
    assert {row[1:3] for row in found("SELECT $this ?path { $this ?path 3 }", "sh:path ex:q ;")} == {
        ("<urn:ex:p>", None)
    }
    assert {row[1] for row in found_alone("SELECT $this ?path { $this ex:p ?path }")} == {None}


def test_each_solution_is_a_result() -> None:
    assert list(found("SELECT $this { $this ex:p ?v }").values()) == [2, 1]
    assert list(found("SELECT DISTINCT $this { $this ex:p ?v }").values()) == [1, 1]


def _messages(report: ValidationReport) -> set[str]:
    return {str(text) for result in report.results for text in (result.messages if result.messages is not None else ())}


def test_messages_name_what_the_query_found() -> None:
    said = 'sh:message "{$this} hat {?value}, {?none} {$value}"@de, "plain" ;'
    report = results("SELECT $this ?value { $this ex:p ?value FILTER(?value = 3) }", constraint=said)
    assert _messages(report) == {'"urn:ex:b hat 3, {?none} 3"@de', '"plain"'}


def test_message_of_the_constraint_goes_before_that_of_the_shape_and_that_before_ours() -> None:
    query = "SELECT $this { $this ex:p 3 }"
    assert _messages(results(query, 'sh:message "shape" ;', 'sh:message "query" ;')) == {'"query"'}
    assert _messages(results(query, 'sh:message "shape" ;')) == {'"shape"'}
    assert _messages(results(query)) == {
        '"verletzt eine Regel in SPARQL"@de',
        '"violates a constraint in SPARQL"@en',
    }


def test_query_may_bring_the_message() -> None:
    report = results("SELECT $this ?message { $this ex:p 3 . BIND('own' AS ?message) }", constraint='sh:message "x" ;')
    assert _messages(report) == {'"own"'}
    report = results(
        "SELECT $this ?message { $this ex:q ?message FILTER(?message = $this) }", constraint='sh:message "x" ;'
    )
    assert _messages(report) == {'"x"'}


def test_placeholders_are_filled_whatever_the_term() -> None:
    message = Literal("{?a} {$b}", language="de")
    assert filled(message, {"a": Literal("1"), "b": Literal("{?a}")}) == Literal("1 {?a}", language="de")


def test_severity_shape_and_constraint_are_told() -> None:
    report = results("SELECT $this { $this ex:p 3 }", "sh:severity ex:Grave ;")
    (result,) = report.results
    assert (str(result.constraint.severity), str(result.constraint.shape)) == ("<urn:ex:Grave>", "<urn:ex:s>")
    assert result.constraint.source is not None
    assert b"sh:sourceConstraint " in report.to_bytes()


def test_focus_nodes_may_be_literals_and_blank_nodes() -> None:
    data = "ex:a ex:p 1 ; ex:q [ ex:q 1 ] ."
    assert found("SELECT $this { ?x ex:q|ex:p $this }", "sh:targetObjectsOf ex:p ;", data).total() == 3


def test_literals_are_told_as_they_are_written_though_oxigraph_keeps_their_values() -> None:
    data = (
        'ex:a ex:p 1.50, "007"^^xsd:byte, "1"^^xsd:boolean, "P12M"^^xsd:duration, "2020-01-01T24:00:00"^^xsd:dateTime .'
    )
    values = {row[2] for row in found("SELECT $this ?value { $this ex:p ?value }", data=data)}
    assert values == {str(triple.object) for triple in graph(data).triples()}
    focus = {row[0] for row in found("SELECT $this { ?x ex:p $this }", "sh:targetObjectsOf ex:p ;", data)}
    assert focus == values


def test_no_focus_node_is_forgotten_where_two_forms_have_one_value() -> None:
    asked = shapes("SELECT $this { ?x ex:p $this }", targets="sh:targetObjectsOf ex:p")
    found = compiled(asked, graph("ex:a ex:p 1, 01, 1.0, 1.00, 'x'@de ."))
    assert set(found) == set(pyshacl(asked, graph("ex:a ex:p 1, 01, 1.0, 1.00, 'x'@de .")))
    assert len(found) == 5


def test_solutions_for_other_nodes_are_no_results() -> None:
    asked = shapes("SELECT $this { $this ex:p ?v }", targets="sh:targetNode ex:b, ex:none")
    assert {row[0] for row in compiled(asked, graph(DATA))} == {"<urn:ex:b>"}


def test_sparql_decides_about_conformance_to_other_shapes() -> None:
    inner = f"sh:sparql [ sh:prefixes ex: ; sh:select {Literal('SELECT $this { $this ex:p 3 }')} ]"
    asked = turtle(f"{DECLARED} ex:s sh:targetNode ex:a, ex:b ; sh:not [ {inner} ] .")
    assert compiled(asked, graph(DATA)) == pyshacl(asked, graph(DATA))
    assert {row[0] for row in compiled(asked, graph(DATA))} == {"<urn:ex:a>"}


# Prefixes


def _prefixed(declarations: str) -> bytes:
    return turtle(
        f'{declarations} ex:s sh:targetNode ex:b ; sh:sparql [ sh:prefixes ex:d ; sh:select "SELECT $this {{ $this e:p ?v }}" ] .'
    )


def _declare(namespace: str, prefix: str = '"e"') -> str:
    return f'sh:declare [ sh:prefix {prefix} ; sh:namespace "{namespace}"^^xsd:anyURI ]'


@pytest.mark.parametrize(
    "declarations",
    [
        f"ex:d {_declare('urn:ex:')} .",
        f"ex:d owl:imports ex:e . ex:e {_declare('urn:ex:')} .",
        f"ex:d owl:imports ex:e ; {_declare('urn:ex:')} . ex:e owl:imports ex:d ; {_declare('urn:ex:')} .",
        f"ex:d owl:imports ex:e, ex:f . ex:e owl:imports ex:g . ex:f owl:imports ex:g . ex:g {_declare('urn:ex:')} .",
        'ex:d sh:declare [ sh:prefix "e" ; sh:namespace "urn:ex:" ] .',
    ],
    ids=["own", "imported", "in a circle", "imported twice", "as a string"],
)
def test_prefixes_are_declared_here_or_where_it_imports(declarations: str) -> None:
    assert compiled(_prefixed(declarations), graph(DATA)).total() == 1


@pytest.mark.parametrize(
    ("declarations", "reason"),
    [
        ("", "as a predicate"),
        (f"ex:d {_declare('urn:ex:')}, [ sh:prefix 'e' ; sh:namespace 'urn:other:' ] .", "declared twice"),
        ("ex:d sh:declare [ sh:prefix 'e' ] .", "lacks its prefix or its namespace"),
        ("ex:d sh:declare [ sh:namespace 'urn:ex:' ] .", "lacks its prefix or its namespace"),
        ("ex:d sh:declare [ sh:prefix ex:e ; sh:namespace 'urn:ex:' ] .", "lacks its prefix or its namespace"),
        ("ex:d sh:declare [ sh:prefix 'e' ; sh:namespace 'urn:ex:', 'urn:x:' ] .", "2 values"),
    ],
)
def test_prefixes_that_are_not_clear_are_refused(declarations: str, reason: str) -> None:
    with pytest.raises(NotHandled, match=reason):
        compile_shapes(_prefixed(declarations))


# Graphs that rest on others

ANY = "SELECT $this ?value { $this ?p ?value FILTER NOT EXISTS { $this ex:r ?x } }"
BASE = "ex:b ex:p 3 ; ex:q ex:c . ex:c ex:q ex:c . ex:A rdfs:subClassOf ex:B ."
OWN = 'ex:a ex:p 1, 2 ; ex:q ex:b ; ex:r "x"@de ; a ex:A . ex:b ex:p 3 .'


def _in_store(data: Graph) -> Iterable[Quad]:
    store, _ = _stored(data)
    return list(store)


def test_a_graph_on_a_base_has_the_results_of_both_together_and_leaves_nothing_behind() -> None:
    compiled_shapes = compile_shapes(shapes(ANY))
    base = graph(BASE)
    before = set(_in_store(base))
    assert len(before) == len(base)
    for _ in range(3):
        found = rows(compiled_shapes.validate(graph(OWN, base)).results)
        assert found == rows(compiled_shapes.validate(graph(DATA)).results)
        assert component_names(found) == {"SPARQL"}
        assert set(_in_store(base)) == before


def test_two_graphs_on_a_base_do_not_see_each_other() -> None:
    compiled_shapes = compile_shapes(shapes("SELECT $this { $this ex:p ?v . ?other ex:q $this }"))
    base = graph("ex:c ex:q ex:c .")
    one, other = graph("ex:a ex:p 1 .", base), graph("ex:b ex:q ex:a .", base)
    _stored(other)
    assert compiled_shapes.validate(one).conforms
    assert compiled_shapes.validate(other).conforms


_fragments = st.sampled_from(
    (
        "?value ex:q ?o .",
        "$this ex:q ?value .",
        "?o ex:p|ex:q $this .",
        "OPTIONAL { ?value ex:p ?x }",
        "OPTIONAL { $this ex:r ?x FILTER(?x != ?value) }",
        "FILTER NOT EXISTS { $this ex:r ?value }",
        "FILTER NOT EXISTS { ?value ex:q ?o FILTER EXISTS { ?o ex:p $this } }",
        "FILTER(!BOUND(?x) || EXISTS { $this a ?x })",
        "FILTER(isLiteral(?value))",
        "FILTER($this != ?value)",
        "BIND(STR($this) AS ?text) FILTER(CONTAINS(?text, 'a'))",
        "FILTER EXISTS { $this (ex:p|ex:q)+ ?o OPTIONAL { ?o ex:r ?y } FILTER(!BOUND(?y)) }",
    )
)
_first = st.sampled_from(
    ("$this ex:p ?value .", "?value ex:q $this .", "$this ?any ?value .", "$this ex:p+/ex:q? ?value .")
)
_queries = st.builds(
    "SELECT {}$this ?value {{ {} {} }}".format,
    st.sampled_from(("", "DISTINCT ")),
    _first,
    st.lists(_fragments, max_size=3, unique_by=lambda text: "BIND" in text or text).map(" ".join),
)


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(_queries, data_graphs())
def test_random_queries_find_the_same_once_for_all_and_one_by_one(query: str, data: str) -> None:
    asked = shapes(query, "sh:targetObjectsOf ex:p, ex:r ;")
    assert set(compiled(asked, graph(data))) == set(one_by_one(asked, graph(data)))
