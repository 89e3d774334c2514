"""Shapes, graphs and reports at the edges of the recommendation: what is refused, and what must not be mistaken."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from etappe.namespaces import SH
from etappe.validation.shacl import Graph, NotHandled, compile_shapes, parse_graph, path_at, read_report
from etappe.validation.shacl.components import COMPONENTS
from etappe.validation.shacl.messages import _TEXTS
from etappe.validation.shacl.support import sh
from validation.shacl.generating import literals
from validation.shacl.support import Rows, compiled, component_names, graph, pyshacl, rows, turtle


def found(shapes: str, data: str = "", *, alone: bool = False) -> list[str]:
    """The components of the results, after pySHACL agreed on all of them."""
    ours = compiled(turtle(shapes), graph(data))
    if not alone:
        assert ours == pyshacl(turtle(shapes), graph(data))
    return sorted(name for row, count in ours.items() for name in [*component_names(Rows([row]))] * count)


def on_p(constraint: str) -> str:
    """A shape about the values of ``ex:p`` of ``ex:a``."""
    return f"ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {constraint} ] ."


# Shapes that are refused

RECURSIVE = {
    "sh:node of itself": "ex:s sh:targetNode ex:a ; sh:node ex:s .",
    "over a property": "ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:s ] .",
    "over two shapes": "ex:s sh:targetNode ex:a ; sh:or ( ex:t ) . ex:t sh:not ex:s .",
    "a property of itself": "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:property ex:s .",
    "qualified by itself": "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape ex:s ; sh:qualifiedMinCount 1 .",
}


@pytest.mark.parametrize("shapes", RECURSIVE.values(), ids=RECURSIVE)
def test_shapes_that_refer_to_themselves_are_refused(shapes: str) -> None:
    with pytest.raises(NotHandled, match="the recursive shape <urn:ex:"):
        compile_shapes(turtle(shapes))


REFUSED = {
    "an unknown property": ("ex:s sh:targetNode ex:a ; sh:memberShape ex:t .", "sh:memberShape on <urn:ex:s>"),
    "rules": ("ex:s sh:targetNode ex:a ; sh:rule [ ] .", "sh:rule"),
    "custom targets": ("ex:s sh:target [ ] .", "sh:target"),
    "scripts": ("ex:s sh:targetNode ex:a ; sh:js [ ] .", "sh:js"),
    "expressions": ("ex:s sh:targetNode ex:a ; sh:expression [ ] .", "sh:expression"),
    "entailment": ("<urn:x> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .", "sh:entailment"),
    "parameters": ("ex:c sh:parameter [ ] .", "sh:parameter"),
    "components": ("ex:c a sh:ConstraintComponent .", "a constraint component of its own"),
    "a component that is handled elsewhere": ("ex:s sh:targetNode ex:a ; sh:minCount 1 .", "MinCount.* on the node shape"),
    "lessThan without a path": ("ex:s sh:targetNode ex:a ; sh:lessThan ex:q .", "LessThan.* on the node shape"),
    "uniqueLang without a path": ("ex:s sh:targetNode ex:a ; sh:uniqueLang true .", "UniqueLang.* on the node shape"),
    "qualified without a path": (
        "ex:s sh:targetNode ex:a ; sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount 1 .",
        "qualifiedValueShape on the node shape",
    ),
    "a property shape without a path": ("ex:s a sh:PropertyShape ; sh:targetNode ex:a .", "has no path"),
    "sh:property without a path": ("ex:s sh:targetNode ex:a ; sh:property [ sh:minLength 1 ] .", "sh:property has no path"),
    "sh:property of a literal": ("ex:s sh:targetNode ex:a ; sh:property 1 .", "sh:property has no path"),
    "sh:node of a property shape": ("ex:s sh:targetNode ex:a ; sh:node [ sh:path ex:p ] .", "is a property shape"),
    "two paths": ("ex:s sh:targetNode ex:a ; sh:path ex:p, ex:q .", "2 values of <.*path>"),
    "two severities": ("ex:s sh:targetNode ex:a ; sh:severity sh:Info, sh:Warning .", "2 values of <.*severity>"),
    "two counts": (on_p("sh:maxCount 1, 2"), "2 values of sh:maxCount"),
    "two bounds": (on_p("sh:minInclusive 1, 2"), "2 values of sh:minInclusive"),
    "two patterns": (on_p("sh:pattern 'a', 'b'"), "2 values of sh:pattern"),
    "two flags": (on_p("sh:pattern 'a' ; sh:flags 'i', 's'"), "2 values of <.*flags>"),
    "two lists": (on_p("sh:in (1), (2)"), "2 values of sh:in"),
    "closed twice": ("ex:s sh:targetNode ex:a ; sh:closed true, false .", "2 values of <.*closed>"),
    "two qualified shapes": (
        on_p("sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ ], [ sh:minLength 1 ]"),
        "2 values of <.*qualifiedValueShape>",
    ),
    "a count that is a text": (on_p("sh:minCount '1'"), "where a whole number belongs"),
    "a count of another type": (on_p('sh:minCount "1"^^xsd:int'), "where a whole number belongs"),
    "a count that is ill-typed": (on_p('sh:minLength "x"^^xsd:integer'), "where a whole number belongs"),
    "a count that is too large": (on_p("sh:maxCount 9999999999999999999"), "where a whole number belongs"),
    "a count that is an IRI": (on_p("sh:maxLength ex:a"), "where a whole number belongs"),
    "a switch that is a text": (on_p("sh:uniqueLang 'true'"), "where true or false belongs"),
    "a switch that is ill-typed": ('ex:s sh:targetNode ex:a ; sh:closed "ja"^^xsd:boolean .', "where true or false belongs"),
    "a switch that is an IRI": ("ex:s sh:targetNode ex:a ; sh:deactivated ex:a .", "where true or false belongs"),
    "a pattern with a language": (on_p("sh:pattern 'a'@de"), "where a text belongs"),
    "a pattern that is an IRI": (on_p("sh:pattern ex:a"), "where a text belongs"),
    "flags that are a number": (on_p("sh:pattern 'a' ; sh:flags 1"), "where a text belongs"),
    "a language that is an IRI": (on_p("sh:languageIn ( ex:de )"), "where a text belongs"),
    "a property that is a text": (on_p("sh:equals 'p'"), "where an IRI belongs"),
    "a property that is a blank node": (on_p("sh:disjoint [ ]"), "where an IRI belongs"),
    "a datatype that is a text": (on_p("sh:datatype 'x'"), "no IRI"),
    "a node kind that is none": (on_p("sh:nodeKind sh:Resource"), "the sh:nodeKind"),
    "a target class that is a text": ("ex:s sh:targetClass 'A' .", "the target"),
    "a target property that is a text": ("ex:s sh:targetSubjectsOf 'p' .", "the target"),
    "a target that is a blank node": ("ex:s sh:targetNode [ ] .", "the target"),
    "a list without end": (on_p("sh:in [ rdf:first 1 ]"), "not well formed"),
    "a list without beginning": (on_p("sh:in [ rdf:rest () ]"), "not well formed"),
    "a list with two ends": (on_p("sh:in [ rdf:first 1 ; rdf:rest (), ( 2 ) ]"), "not well formed"),
    "a list of two values at once": (on_p("sh:in [ rdf:first 1, 2 ; rdf:rest () ]"), "not well formed"),
    "a list that goes in circles": (on_p("sh:in ex:l") + " ex:l rdf:first 1 ; rdf:rest ex:l .", "not well formed"),
    "a list that is a literal": (on_p("sh:in 1"), "not well formed"),
    "no list of shapes": ("ex:s sh:targetNode ex:a ; sh:or ex:t .", "not well formed"),
    "a path that is a literal": ("ex:s sh:targetNode ex:a ; sh:path 'p' .", "not a path"),
    "a path that is nothing": ("ex:s sh:targetNode ex:a ; sh:path [ ] .", "not a path"),
    "a path with a literal in it": ("ex:s sh:targetNode ex:a ; sh:path [ sh:inversePath 1 ] .", "not a path"),
    "a sequence of one": ("ex:s sh:targetNode ex:a ; sh:path ( ex:p ) .", "fewer than two members"),
    "an alternative of one": ("ex:s sh:targetNode ex:a ; sh:path [ sh:alternativePath ( ex:p ) ] .", "fewer than two"),
    "a path with two inverses": ("ex:s sh:targetNode ex:a ; sh:path [ sh:inversePath ex:p, ex:q ] .", "two values"),
    "a path that goes in circles": ("ex:s sh:targetNode ex:a ; sh:path _:p . _:p sh:inversePath _:p .", "leads back to itself"),
}  # fmt: skip


@pytest.mark.parametrize(("shapes", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_well_formed_is_refused(shapes: str, reason: str) -> None:
    with pytest.raises(NotHandled, match=reason):
        compile_shapes(turtle(shapes))


def test_shapes_without_focus_nodes_are_not_judged() -> None:
    assert found("ex:s sh:minCount 1 ; sh:memberShape ex:t . ex:l rdf:first 1 .", "ex:a ex:p 1 .", alone=True) == []


def test_shapes_nested_too_deeply_for_python_are_refused() -> None:
    deep = "".join(f"ex:s{number} sh:not ex:s{number + 1} ." for number in range(2000))
    with pytest.raises(NotHandled, match="nested too deeply"):
        compile_shapes(turtle(f"ex:s0 sh:targetNode ex:a . {deep}"))


def test_shapes_that_are_no_turtle_are_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        compile_shapes(b"garbage {")


def test_shapes_may_be_read_from_other_formats() -> None:
    as_text = parse_graph(turtle(on_p("sh:minCount 1"))).to_bytes(RdfFormat.N_TRIPLES)
    assert not compile_shapes(as_text, RdfFormat.N_TRIPLES).validate(graph("")).conforms


def test_imports_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    shapes = "<urn:x> a owl:Ontology ; owl:imports <http://example.org/more> ; sh:shapesGraph <http://example.org/> . "
    assert found(shapes + on_p("sh:minCount 1"), shapes) == ["MinCount"]


_NAMES = (
    *(parameter.value.removeprefix(SH) for parameter in COMPONENTS),
    *("path", "inversePath", "alternativePath", "zeroOrMorePath", "property", "flags", "closed", "ignoredProperties"),
    *("qualifiedValueShape", "qualifiedValueShapesDisjoint", "targetNode", "targetClass", "targetSubjectsOf"),
    *("targetObjectsOf", "sparql", "select", "prefixes", "declare", "prefix", "namespace", "severity", "deactivated"),
    *("message", "parameter", "order"),
)
_PREDICATES = st.sampled_from(("a", "rdf:first", "rdf:rest", "rdfs:subClassOf", *(f"sh:{name}" for name in _NAMES)))
_SUBJECTS = st.sampled_from(("ex:a", "ex:b", "ex:c", "_:d", "_:e"))
_QUERY = "'SELECT $this { $this <urn:ex:p> ?v }'"
_OBJECTS = st.one_of(
    _SUBJECTS,
    literals,
    st.sampled_from(
        ("()", "( 1 )", "( ex:a ex:b )", "true", "1", "sh:NodeShape", "sh:PropertyShape", "rdfs:Class", _QUERY)
    ),
    st.text("ab(?<[{*+\\\\|^$.}])>", max_size=5).map(lambda text: str(Literal(text))),
)


@settings(derandomize=True, database=None, deadline=None, max_examples=500, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(_SUBJECTS, _PREDICATES, _OBJECTS), min_size=1, max_size=15))
def test_garbage_is_compiled_or_refused_and_nothing_else(triples: list[tuple[str, str, str]]) -> None:
    garbage = "ex:a sh:targetNode ex:a . " + " ".join(f"{' '.join(triple)} ." for triple in triples)
    try:
        shapes = compile_shapes(turtle(garbage))
    except NotHandled as reason:
        assert str(reason)
        return
    report = shapes.validate(graph(garbage))
    assert rows(read_report(parse_graph(report.to_bytes())).results) == rows(report.results)


# Targets

TARGETS = {
    "an IRI": ("sh:targetNode ex:a", 1),
    "a literal": ("sh:targetNode 1, 'x'@de", 2),
    "a node that the data lacks": ("sh:targetNode ex:nowhere", 1),
    "a class": ("sh:targetClass ex:A", 1),
    "a class and its subclasses": ("sh:targetClass ex:B", 2),
    "classes in a circle": ("sh:targetClass ex:D", 1),
    "subjects": ("sh:targetSubjectsOf ex:p", 2),
    "objects": ("sh:targetObjectsOf ex:p", 3),
    "one node found in several ways": ("sh:targetNode ex:a ; sh:targetClass ex:A, ex:B ; sh:targetSubjectsOf ex:p", 2),
    "a property that the data lacks": ("sh:targetObjectsOf ex:nothing", 0),
    "a class that the data lacks": ("sh:targetClass ex:Nothing", 0),
}
TARGETED = """
ex:a a ex:A ; ex:p 1, 2 . ex:b a ex:B ; ex:p 2, ex:c . ex:c a ex:C .
ex:A rdfs:subClassOf ex:B . ex:C rdfs:subClassOf ex:D . ex:D rdfs:subClassOf ex:C .
"""


@pytest.mark.parametrize(("targets", "count"), TARGETS.values(), ids=TARGETS)
def test_each_focus_node_is_judged_once(targets: str, count: int) -> None:
    shapes = f"ex:s {targets} ; sh:in () ."
    assert found(shapes, TARGETED) == ["In"] * count
    assert len({row[0] for row in compiled(turtle(shapes), graph(TARGETED))}) == count


def test_a_class_that_is_a_shape_is_its_own_target() -> None:
    shape = "a sh:NodeShape ; sh:nodeKind sh:Literal ."
    assert found(f"ex:A a rdfs:Class ; {shape}", TARGETED) == ["NodeKind"]
    assert found(f"ex:B a owl:Class ; {shape} owl:Class rdfs:subClassOf rdfs:Class .", TARGETED) == ["NodeKind"] * 2
    assert found(f"ex:A a owl:Class ; {shape}", TARGETED, alone=True) == []
    assert found("ex:A a rdfs:Class ; sh:nodeKind sh:Literal .", TARGETED) == []


def test_an_instance_of_a_subclass_of_shapes_is_a_shape() -> None:
    shapes = "ex:M rdfs:subClassOf sh:NodeShape . ex:A a rdfs:Class, ex:M ; sh:nodeKind sh:Literal ."
    assert found(shapes, TARGETED, alone=True) == ["NodeKind"]


# Constraints


def test_blank_nodes_of_shapes_and_data_are_never_the_same() -> None:
    data = "ex:a ex:p _:b ."
    assert found(on_p("sh:hasValue _:b"), data) == ["HasValue"]
    assert found(on_p("sh:in ( _:b )"), data) == ["In"]
    assert compile_shapes(turtle(on_p("sh:in ( _:b )"))).validate(parse_graph(turtle(data))).results


def test_in_and_has_value_take_terms_as_they_are_written() -> None:
    data = 'ex:a ex:p 1, 01, 1.0, "1", "1"@de, "a"@de, "a"@en, "a", ex:b, <urn:ex:B> .'
    assert found(on_p('sh:in ( 1 "a"@de ex:b )'), data) == ["In"] * 7
    assert found(on_p('sh:hasValue 1, "a"@de, ex:b'), data) == []
    assert found(on_p('sh:hasValue 2, "a"@fr, "b", ex:B'), data) == ["HasValue"] * 3
    assert found(on_p('sh:in ( "a"@DE )'), "ex:a ex:p 'a'@de, 'a'@De .") == []


def test_an_empty_list_allows_nothing() -> None:
    assert found(on_p("sh:in ()"), "ex:a ex:p 1, 2 .") == ["In", "In"]
    assert found(on_p("sh:languageIn ()"), "ex:a ex:p 'a'@de .") == ["LanguageIn"]
    assert found(on_p("sh:and ()"), "ex:a ex:p 1 .", alone=True) == []
    assert found(on_p("sh:or ()"), "ex:a ex:p 1 .", alone=True) == ["Or"]
    assert found(on_p("sh:xone ()"), "ex:a ex:p 1 .", alone=True) == ["Xone"]


def test_a_list_may_be_shared_and_repeat_members() -> None:
    shapes = on_p("sh:in ex:l ; sh:not [ sh:in ex:l ]") + " ex:l rdf:first 1 ; rdf:rest ( 1 2 ) ."
    assert found(shapes, "ex:a ex:p 1, 2, 3 .") == ["In", "Not", "Not"]


def test_less_than_tells_each_pair_that_is_not_in_order() -> None:
    assert found(on_p("sh:lessThan ex:q"), "ex:a ex:p 1, 2, 3 ; ex:q 2, 3 .") == ["LessThan"] * 3
    assert found(on_p("sh:lessThanOrEquals ex:q"), "ex:a ex:p 1, 2, 3 ; ex:q 2, 3 .") == ["LessThanOrEquals"]
    assert (
        found(on_p("sh:lessThan ex:q"), "ex:a ex:p _:b, ex:c, 'a'@de ; ex:q _:b, 1 .", alone=True) == ["LessThan"] * 6
    )
    assert found(on_p("sh:lessThan ex:q, ex:r"), "ex:a ex:p 1 ; ex:q 0 ; ex:r 0 .") == ["LessThan"] * 2


def test_not_a_number_is_outside_every_bound() -> None:
    for bound in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"):
        name = bound[0].upper() + bound[1:]
        assert found(on_p(f'sh:{bound} "NaN"^^xsd:double'), "ex:a ex:p 1e0 .", alone=True) == [name]
        assert found(on_p(f"sh:{bound} 1e0"), 'ex:a ex:p "NaN"^^xsd:float .', alone=True) == [name]
    assert found(on_p('sh:maxInclusive "INF"^^xsd:double'), 'ex:a ex:p "INF"^^xsd:double, 1e308 .') == []


def test_unique_languages_do_not_depend_on_case_and_are_told_once_each() -> None:
    data = 'ex:a ex:p "a"@de, "b"@DE, "c"@De, "d"@en, "e"@EN, "f"@fr, "g", "h" .'
    assert found(on_p("sh:uniqueLang true"), data) == ["UniqueLang"] * 2
    assert found(on_p("sh:uniqueLang false"), data) == []
    assert found(on_p('sh:uniqueLang "1"^^xsd:boolean'), data, alone=True) == []


def test_languages_match_ranges() -> None:
    data = 'ex:a ex:p "a"@de, "b"@de-AT, "c"@DE-ch, "d"@en, "e", 7, ex:x .'
    assert found(on_p('sh:languageIn ( "DE" )'), data) == ["LanguageIn"] * 4
    assert found(on_p('sh:languageIn ( "de-AT" "en" )'), data) == ["LanguageIn"] * 5
    assert found(on_p('sh:languageIn ( "*" )'), data) == ["LanguageIn"] * 3


def test_lengths_count_characters_of_whatever_has_a_text() -> None:
    data = 'ex:a ex:p "\U0001f600", "ab"@de, 1234, ex:b, _:b .'
    assert found(on_p("sh:minLength 2"), data) == ["MinLength"] * 2
    assert found(on_p("sh:maxLength 2"), data) == ["MaxLength"] * 3
    assert found(on_p("sh:minLength 0"), data, alone=True) == ["MinLength"]


def test_closed_knows_the_paths_of_properties_and_tells_each_triple() -> None:
    closed = "ex:s sh:targetNode ex:a ; sh:closed true"
    data = "ex:a a ex:A ; ex:p 1, 2 ; ex:q 3 . ex:b ex:r ex:a ."
    assert found(f"{closed} .", data) == ["Closed"] * 4
    assert found(f"{closed} ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] .", data) == ["Closed"]
    assert found(f"{closed} ; sh:property [ sh:path ( ex:p ex:q ) ] .", data) == ["Closed"] * 4
    assert found(f"{closed} ; sh:property [ sh:path ex:p ; sh:deactivated true ] .", data) == ["Closed"] * 2
    assert found("ex:s sh:targetNode ex:a ; sh:closed false .", data) == []
    assert found(f"{closed.replace('true', chr(34) + '1' + chr(34) + '^^xsd:boolean')} .", data, alone=True) == []


def test_closed_on_a_property_tells_the_focus_node_of_the_shape() -> None:
    shapes = turtle(on_p("sh:closed true"))
    data = graph("ex:a ex:p ex:b . ex:b ex:q 1 .")
    ((focus, path, value, *_),) = compiled(shapes, data)
    assert (focus, path, value) == ("<urn:ex:a>", "<urn:ex:q>", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')
    assert compiled(shapes, data) == pyshacl(shapes, data)


def test_qualified_shapes_count_those_that_conform_to_no_sibling() -> None:
    hand = "ex:s sh:targetNode ex:a ; sh:property ex:thumb, ex:finger ."
    thumb = "ex:thumb sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:T ] ; sh:qualifiedMaxCount 1"
    finger = "ex:finger sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:F ] ; sh:qualifiedMinCount 2"
    data = "ex:a ex:p ex:b, ex:c, ex:d . ex:b a ex:T, ex:F . ex:c a ex:F . ex:d a ex:T ."
    both = " ; sh:qualifiedValueShapesDisjoint true ."
    assert found(f"{hand} {thumb} . {finger} .", data) == ["QualifiedMaxCount"]
    assert found(f"{hand} {thumb}{both} {finger}{both}", data) == ["QualifiedMinCount"]
    assert found(on_p("sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 0"), data, alone=True) == []


def test_xone_wants_exactly_one() -> None:
    shapes = on_p("sh:xone ( [ sh:minInclusive 2 ] [ sh:maxInclusive 4 ] )")
    assert found(shapes, "ex:a ex:p 1, 2, 3, 4, 5 .") == ["Xone"] * 3


def test_logic_is_decided_by_what_is_deactivated_too() -> None:
    assert found("ex:s sh:targetNode ex:a ; sh:not [ sh:deactivated true ; sh:in () ] .") == ["Not"]
    assert found("ex:s sh:targetNode ex:a ; sh:or ( [ sh:in () ] [ sh:deactivated true ; sh:in () ] ) .") == []
    assert found("ex:s sh:deactivated true ; sh:targetNode ex:a ; sh:in () .") == []


def test_equal_and_disjoint_values_are_told_one_by_one() -> None:
    data = "ex:a ex:p 1, 2, 3 ; ex:q 2, 3, 4 ."
    assert found(on_p("sh:equals ex:q"), data) == ["Equals"] * 2
    assert found(on_p("sh:disjoint ex:q"), data) == ["Disjoint"] * 2
    assert found("ex:s sh:targetNode ex:a ; sh:equals ex:p .", "ex:a ex:p ex:a, ex:b .") == ["Equals"]
    assert found("ex:s sh:targetNode ex:a ; sh:disjoint ex:p .", "ex:a ex:p ex:a, ex:b .") == ["Disjoint"]


def test_counts_may_be_zero_or_negative() -> None:
    assert found(on_p("sh:minCount 0 ; sh:maxCount 0"), "ex:a ex:p 1 .") == ["MaxCount"]
    assert found(on_p("sh:minCount -1 ; sh:maxCount -1"), alone=True) == ["MaxCount"]


# Paths

PATHS = {
    "inverse": ("[ sh:inversePath ex:p ]", "^<urn:ex:p>"),
    "sequence": ("( ex:p ex:q )", "<urn:ex:p>/<urn:ex:q>"),
    "alternative": ("[ sh:alternativePath ( ex:p ex:q ex:r ) ]", "<urn:ex:p>|<urn:ex:q>|<urn:ex:r>"),
    "signs": ("[ sh:zeroOrMorePath [ sh:oneOrMorePath [ sh:zeroOrOnePath ex:p ] ] ]", "((<urn:ex:p>?)+)*"),
    "inverse of a sequence": ("[ sh:inversePath ( ex:p ex:q ) ]", "^(<urn:ex:p>/<urn:ex:q>)"),
    "inverse of inverse": ("[ sh:inversePath [ sh:inversePath ex:p ] ]", "^(^<urn:ex:p>)"),
    "alternative in a sequence": (
        "( [ sh:alternativePath ( ex:p ex:q ) ] ex:r )",
        "(<urn:ex:p>|<urn:ex:q>)/<urn:ex:r>",
    ),
    "sequence in an alternative": (
        "[ sh:alternativePath ( ( ex:p ex:q ) [ sh:inversePath ex:r ] ) ]",
        "<urn:ex:p>/<urn:ex:q>|^<urn:ex:r>",
    ),
}


@pytest.mark.parametrize(("path", "sparql"), PATHS.values(), ids=PATHS)
def test_path_is_told_in_sparql(path: str, sparql: str) -> None:
    shapes = graph(f"ex:s sh:path {path} .")
    assert path_at(shapes, shapes.objects(NamedNode("urn:ex:s"), sh("path"))[0]).sparql == sparql


def test_an_empty_path_leads_to_a_node_that_the_data_lacks() -> None:
    for path in (
        "[ sh:zeroOrMorePath ex:p ]",
        "[ sh:inversePath [ sh:zeroOrMorePath ex:p ] ]",
        "[ sh:zeroOrOnePath ex:p ]",
    ):
        shapes = f"ex:s sh:targetNode ex:nowhere, 'text' ; sh:path {path} ; sh:minCount 1 ; sh:maxCount 1 ."
        assert found(shapes, "ex:a ex:p ex:b .") == []


def test_paths_end_in_circles() -> None:
    data = "ex:a ex:p ex:b . ex:b ex:p ex:c, ex:a . ex:c ex:p ex:c ."
    for path, count in (("zeroOrMorePath", 3), ("oneOrMorePath", 3), ("zeroOrOnePath", 2)):
        assert found(f"ex:s sh:targetNode ex:a ; sh:path [ sh:{path} ex:p ] ; sh:in () .", data) == ["In"] * count


def test_a_predicate_path_is_that_predicate() -> None:
    plain = path_at(Graph(()), NamedNode("urn:ex:p"))
    assert (plain.predicate, plain.sparql, plain.structure) == (NamedNode("urn:ex:p"), "<urn:ex:p>", ())


# Severities and messages


def test_any_iri_may_be_a_severity() -> None:
    shapes = turtle(on_p("sh:minCount 1 ; sh:severity ex:Grave"))
    assert {row[4] for row in compiled(shapes, graph(""))} == {"<urn:ex:Grave>"}
    assert compiled(shapes, graph("")) == pyshacl(shapes, graph(""))


def _told(shapes: str, data: str = "") -> set[str]:
    report = compile_shapes(turtle(shapes)).validate(graph(data))
    return {str(message) for result in report.results for message in result.constraint.messages}


def test_messages_of_a_shape_are_told_and_else_one_in_each_language() -> None:
    assert _told(on_p('sh:minCount 1 ; sh:message "Nein"@de, "No"')) == {'"Nein"@de', '"No"'}
    assert _told(on_p("sh:minCount 1 ; sh:message ex:none")) == _told(on_p("sh:minCount 1"))
    assert _told(on_p("sh:minCount 2")) == {'"weniger als 2 Werte"@de', '"fewer than 2 values"@en'}


def test_default_messages_show_the_parameter() -> None:
    data = "ex:a ex:p 7 ."
    assert '"is none of the values 1, a, ex:b"@en' in {
        text.replace("<urn:ex:b>", "ex:b").replace("urn:ex:b", "ex:b")
        for text in _told(on_p("sh:in ( 1 'a'@de ex:b )"), data)
    }
    assert '"is none of the values 0, 1, 2, 3, 4, 5, 6, 10, …"@en' in _told(
        on_p("sh:in ( 0 1 2 3 4 5 6 10 8 9 )"), data
    )
    assert '"does not conform to …"@en' in _told(on_p("sh:node [ sh:in () ]"), data)
    assert any("xsd:date" in text for text in _told(on_p("sh:datatype xsd:date"), data))


def test_every_component_has_a_message() -> None:
    assert {name.value.removeprefix(SH) for name in COMPONENTS} | {"closed", "sparql"} == set(_TEXTS)


# Graphs


def test_a_graph_has_each_triple_once() -> None:
    triples = [Triple(NamedNode("urn:a"), NamedNode("urn:p"), Literal(str(number % 40))) for number in range(400)]
    built = Graph(triples)
    assert len(built) == 40 == len(list(built.triples()))
    assert set(parse_graph(built.to_bytes()).triples()) == set(triples)


def test_a_graph_on_a_base_is_both() -> None:
    base = graph("ex:a ex:p 1 ; ex:q 2 . ex:b ex:p 3 .")
    joined = graph("ex:a ex:p 1, 4 . ex:c ex:p 3 .", base)
    together = graph("ex:a ex:p 1, 4 ; ex:q 2 . ex:b ex:p 3 . ex:c ex:p 3 .")
    assert len(joined) == len(together) == 5
    assert set(joined.triples()) == set(together.triples())
    for predicate in (NamedNode("urn:ex:p"), NamedNode("urn:ex:q")):
        for term in (
            NamedNode("urn:ex:a"),
            Literal("3", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ):
            assert set(joined.objects(term, predicate)) == set(together.objects(term, predicate))
            assert set(joined.subjects(predicate, term)) == set(together.subjects(predicate, term))
    assert len(base) == 3


def test_shapes_find_the_same_in_a_graph_on_a_base() -> None:
    shapes = compile_shapes(
        turtle("ex:s sh:targetClass ex:B ; sh:property [ sh:path ex:p ; sh:maxCount 1 ; sh:class ex:B ] .")
    )
    base = graph("ex:A rdfs:subClassOf ex:B . ex:b a ex:A .")
    own = "ex:a a ex:A ; ex:p ex:b, ex:c . ex:b ex:p ex:a ."
    together = graph(own + "ex:A rdfs:subClassOf ex:B . ex:b a ex:A .")
    assert rows(shapes.validate(graph(own, base)).results) == rows(shapes.validate(together).results) != Rows()


def test_named_graphs_are_taken_together() -> None:
    data = parse_graph(b"<urn:g> { <urn:a> <urn:p> 1 } <urn:a> <urn:p> 2 .", RdfFormat.TRIG)
    assert len(data.objects(NamedNode("urn:a"), NamedNode("urn:p"))) == 2


# Reports


def _reported(shapes: str, data: str) -> bytes:
    return compile_shapes(turtle(shapes)).validate(graph(data)).to_bytes()


SAID = """
ex:s sh:targetNode ex:a ; sh:severity ex:Grave ;
  sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 ; sh:message "Nein"@de ] ;
  sh:property [ sh:path ex:p ; sh:nodeKind sh:Literal ; sh:datatype xsd:date ] ; sh:closed true .
ex:t sh:targetNode "x"@de ; sh:sparql [ sh:select "SELECT $this { ?a ?b $this }" ] .
"""


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD, RdfFormat.TRIG])
def test_a_report_is_read_as_it_was_written(form: RdfFormat) -> None:
    report = compile_shapes(turtle(SAID)).validate(graph('ex:a ex:p ex:b, _:c ; ex:r "x"@de .'))
    again = read_report(parse_graph(report.to_bytes(form), form))
    assert rows(again.results) == rows(report.results)
    assert again.conforms is report.conforms is False
    assert len(again.results) == 7
    told = [
        {str(text) for text in (result.messages if result.messages is not None else result.constraint.messages)}
        for result in report.results
    ]
    assert sorted(map(sorted, told)) == sorted(sorted(map(str, result.constraint.messages)) for result in again.results)
    assert sum(result.constraint.source is not None for result in again.results) == 1


def test_a_report_without_results_conforms() -> None:
    assert read_report(parse_graph(_reported(SAID, "ex:a ex:x 1 .").replace(b"", b""))).conforms is False
    report = compile_shapes(turtle("")).validate(graph("ex:a ex:p 1 ."))
    assert report.conforms
    assert read_report(parse_graph(report.to_bytes())).conforms
    assert b"sh:conforms true" in report.to_bytes()


REPORT = "[] a sh:ValidationReport ; sh:conforms false ; sh:result [ a sh:ValidationResult ; {} ] ."
WHOLE = (
    "sh:focusNode ex:a ; sh:resultSeverity sh:Info ; sh:sourceConstraintComponent sh:InConstraintComponent ; "
    "sh:resultMessage 'x', ex:none"
)


def test_a_foreign_report_may_lack_what_is_optional() -> None:
    (result,) = read_report(graph(REPORT.format(WHOLE))).results
    assert (result.path, result.value, result.constraint.source) == (None, None, None)
    assert result.constraint.shape == sh("InConstraintComponent")
    assert result.constraint.messages == (Literal("x"),)


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("", "0 validation reports"),
        ("ex:a a sh:ValidationReport . ex:b a sh:ValidationReport .", "2 validation reports"),
        (REPORT.format(WHOLE).replace("false", "true"), "contradict"),
        (REPORT.format(WHOLE).replace("sh:conforms false ;", ""), "contradict"),
        (REPORT.format(WHOLE).replace("false", "ex:no"), "contradict"),
        ("[] a sh:ValidationReport ; sh:conforms false .", "contradict"),
        ("[] a sh:ValidationReport ; sh:conforms true, false .", "2 values"),
        (REPORT.format(WHOLE).replace("sh:focusNode ex:a ;", ""), "without focus node"),
        (REPORT.format(WHOLE).replace("sh:resultSeverity sh:Info ;", ""), "without focus node, severity"),
        (REPORT.format(WHOLE).replace("sh:InConstraintComponent", "'x'"), "severity or component"),
        (REPORT.format(WHOLE + " ; sh:resultPath 'p'"), "not a path"),
    ],
)
def test_what_is_no_report_is_no_verdict(report: str, reason: str) -> None:
    with pytest.raises(NotHandled, match=reason):
        read_report(graph(report))


def test_blank_nodes_of_the_data_keep_their_names_in_the_report() -> None:
    data = parse_graph(turtle("_:here ex:p 1 ."))
    report = compile_shapes(turtle("ex:s sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI .")).validate(data)
    assert {result.focus for result in report.results} == {BlankNode("here")}


# Threads


def test_shapes_and_graphs_may_be_used_in_threads() -> None:
    shapes = compile_shapes(turtle(SAID))
    base = graph("ex:x ex:p ex:y .")
    shared = graph('ex:a ex:p ex:b, _:c ; ex:r "x"@de .', base)
    expected = rows(shapes.validate(graph('ex:a ex:p ex:b, _:c ; ex:r "x"@de .', base)).results)
    own = [f'ex:a ex:p ex:b, _:c ; ex:r "x"@de . ex:n{number} ex:q {number} .' for number in range(40)]
    random.Random(7).shuffle(own)
    with ThreadPoolExecutor(4) as pool:
        once = list(pool.map(lambda text: rows(shapes.validate(graph(text, base)).results), own))
        same = list(pool.map(lambda _: rows(shapes.validate(shared).results), own))
    assert all(found == expected for found in once + same)
