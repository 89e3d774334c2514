"""Shapes, compiled: from the shapes graph to functions that check a data graph (sections 2 and 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from etappe.namespaces import RDF, RDFS, SH
from etappe.validation.shacl.components import COMPONENTS, ONCE, Conforms, Violates, Violating, iri, iri_of, is_true
from etappe.validation.shacl.graph import Graph
from etappe.validation.shacl.messages import default_messages
from etappe.validation.shacl.paths import Path, path_at
from etappe.validation.shacl.report import Constraint, Result, ValidationReport
from etappe.validation.shacl.sparql import Query, declared_prefixes, filled, release, with_path
from etappe.validation.shacl.support import NotHandled, Term, sh

#: Appends the results of a node to a list.
Run = Callable[[Graph, Term, list[Result]], None]
#: Appends the results of the value nodes of a focus node to a list.
Check = Callable[[Graph, Term, Sequence[Term], list[Result]], None]
#: Whether the value nodes of a focus node violate a constraint.
Fails = Callable[[Graph, Term, Sequence[Term]], bool]

_TYPE = RDF.type
_PATH, _PROPERTY, _SPARQL, _CLOSED = sh("path"), sh("property"), sh("sparql"), sh("closed")
_MESSAGE, _SEVERITY, _VIOLATION, _DEACTIVATED = sh("message"), sh("severity"), sh("Violation"), sh("deactivated")
_SHAPES = (sh("NodeShape"), sh("PropertyShape"))
_TARGET_CLASS, _TARGET_NODE = sh("targetClass"), sh("targetNode")
_SUBJECTS, _OBJECTS = sh("targetSubjectsOf"), sh("targetObjectsOf")
_TARGETS = (_TARGET_CLASS, _TARGET_NODE, _SUBJECTS, _OBJECTS)
#: Properties of shapes that say nothing a result could come from, or belong to a component above.
_KNOWN = frozenset(
    {
        *COMPONENTS, *_TARGETS, _PATH, _PROPERTY, _SPARQL, _CLOSED, _MESSAGE, _SEVERITY, _DEACTIVATED,
        *map(sh, ("flags", "ignoredProperties", "qualifiedValueShape", "qualifiedValueShapesDisjoint")),
        *map(sh, ("name", "description", "order", "group", "defaultValue", "declare", "shapesGraph")),
        *map(sh, ("suggestedShapesGraph", "prefixes", "select")),
    }
)  # fmt: skip
#: Features beyond Core and SPARQL-based constraints, wherever they stand.
_BEYOND = tuple(
    map(sh, ("target", "targetWhere", "targetShape", "rule", "js", "expression", "parameter", "entailment"))
)


def compile_shapes(shapes: bytes | Graph, format: RdfFormat = RdfFormat.TURTLE) -> Shapes:  # noqa: A002
    """Compile a shapes graph.

    Raises:
        SyntaxError: the text is not of that format.
        NotHandled: something in it is not proved to be handled.
    """
    if isinstance(shapes, Graph):
        graph = shapes
    else:  # a blank node of the shapes is none of the data, whatever its label
        graph = Graph(parse(shapes, format=format, lenient=True, rename_blank_nodes=True))
    try:
        return Shapes(graph)
    except RecursionError:
        raise NotHandled("shapes nested too deeply") from None


class Shapes:
    """Compiled shapes. Immutable; one object may check any number of graphs, one after another or in threads."""

    __slots__ = ("_roots",)

    def __init__(self, graph: Graph) -> None:
        for predicate in _BEYOND:
            if predicate in graph.predicates:
                raise NotHandled(f"sh:{predicate.value.removeprefix(SH)}")
        if graph.subjects(_TYPE, sh("ConstraintComponent")):
            raise NotHandled("a constraint component of its own")
        compiler = _Compiler(graph)
        self._roots = [(compiler.compiled(shape).run, targets) for shape, targets in _targets(graph)]

    def validate(self, graph: Graph) -> ValidationReport:
        """Check every focus node of a data graph.

        A failure of the engine is an exception, never a report.
        """
        results: list[Result] = []
        with graph.lock:
            try:
                for run, targets in self._roots:
                    for node in _focus_nodes(graph, targets):
                        run(graph, node, results)
            finally:
                release(graph)
        return ValidationReport(tuple(results))


def _targets(graph: Graph) -> Iterator[tuple[Term, list[tuple[NamedNode, Term]]]]:
    """The shapes that have targets (section 2.1.3), implicit class targets among them."""
    classes = {node for node in graph.instances(RDFS.Class) if any(node in graph.instances(kind) for kind in _SHAPES)}
    for node, facts in graph.facts.items():
        targets = [(kind, value) for kind in _TARGETS for value in facts.get(kind, ())]
        for kind, value in targets:
            if not isinstance(value, NamedNode) and (kind != _TARGET_NODE or isinstance(value, BlankNode)):
                raise NotHandled(f"the target {value} of {node}")
        if node in classes:
            targets.append((_TARGET_CLASS, node))
        if targets:
            yield node, targets


def _focus_nodes(graph: Graph, targets: list[tuple[NamedNode, Term]]) -> Iterable[Term]:
    if len(targets) == 1 and targets[0][0] == _TARGET_CLASS:
        return graph.instances(targets[0][1])
    return dict.fromkeys(node for kind, value in targets for node in _target_nodes(graph, kind, value))


def _target_nodes(graph: Graph, kind: NamedNode, value: Term) -> Iterable[Term]:
    if kind == _TARGET_CLASS:
        return graph.instances(value)
    if kind == _TARGET_NODE:
        return (value,)
    index = graph.inverse(iri(value))
    if kind == _OBJECTS:
        return index
    return (subject for subjects in index.values() for subject in subjects)


if TYPE_CHECKING:
    from typing import TypeVar

    _F = TypeVar("_F")
    #: A property shape whose path is one predicate: that, all its checks, and those that count values.
    _Direct = tuple[NamedNode, list[_F], list[_F]]
_NO_FACTS: dict[NamedNode, list[Term]] = {}


class _Check:
    """One constraint: ``run`` appends results, ``fails`` says whether there are some.

    ``counts`` is set where there can be results without values.
    """

    __slots__ = ("counts", "fails", "run")

    def __init__(self, run: Check, fails: Fails, *, counts: bool = False) -> None:
        self.run = run
        self.fails = fails
        self.counts = counts


class _Compiled:
    """One shape: ``run`` appends results, ``conforms`` says whether there are none.

    ``predicate`` and ``checks`` are for node shapes, which look up the values themselves where a path is one predicate.
    """

    __slots__ = ("checks", "conforms", "predicate", "run")

    def __init__(
        self, run: Run, conforms: Conforms, predicate: NamedNode | None = None, checks: Sequence[_Check] = ()
    ) -> None:
        self.run = run
        self.conforms = conforms
        self.predicate = predicate
        self.checks = checks


class _Compiler:
    """Compiles each shape once, and notices those that refer to themselves."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._done: dict[Term, _Compiled] = {}
        self._open: set[Term] = set()

    def compiled(self, node: Term) -> _Compiled:
        if node not in self._done:
            if node in self._open:
                raise NotHandled(f"the recursive shape {node}")
            self._open.add(node)
            self._done[node] = _Shape(self, node).compiled()
            self._open.remove(node)
        return self._done[node]


class _Shape:
    """One shape while it is compiled."""

    def __init__(self, compiler: _Compiler, node: Term) -> None:
        self.node = node
        self.graph = compiler.graph
        self._compiler = compiler
        self._facts = self.graph.facts.get(node, {})
        unknown = [p for p in self._facts if p.value.startswith(SH) and p not in _KNOWN]
        if unknown:
            raise NotHandled(f"sh:{unknown[0].value.removeprefix(SH)} on {node}")
        path = self.graph.object(node, _PATH)
        if path is None and sh("PropertyShape") in self._facts.get(_TYPE, ()):
            raise NotHandled(f"the property shape {node} has no path")
        self._path = path_at(self.graph, path) if path is not None else None
        self._severity = self.graph.object(node, _SEVERITY) or _VIOLATION
        self._messages = _texts(self.graph, node)

    # What components ask for (components.Declaring)

    def parameter(self, name: str) -> Term | None:
        return self.graph.object(self.node, sh(name))

    def shape(self, node: Term) -> Conforms:
        return self._compiler.compiled(node).conforms

    # Compiling

    def compiled(self) -> _Compiled:
        """How results are collected, and the shorter way that only says whether there are some."""
        if is_true(self.graph.object(self.node, _DEACTIVATED)):
            return _Compiled((lambda *_: None), (lambda *_: True))
        checks = list(self._checks())
        if self._path is not None:
            walk = self._path.walk
            run, conforms = (
                partial(_run, walk, [c.run for c in checks]),
                partial(_conforms, walk, [c.fails for c in checks]),
            )
            return _Compiled(run, conforms, self._path.predicate, checks)
        direct: list[tuple[NamedNode, Sequence[_Check]]] = []
        for shape in (self._compiler.compiled(node) for node in self._properties()):
            if shape.predicate is not None:
                direct.append((shape.predicate, shape.checks))
            else:
                checks.append(self._property(shape))
        runs = [(predicate, [c.run for c in own], [c.run for c in own if c.counts]) for predicate, own in direct]
        fails = [(predicate, [c.fails for c in own], [c.fails for c in own if c.counts]) for predicate, own in direct]
        run = partial(_run_node, runs, [c.run for c in checks])
        return _Compiled(run, partial(_conforms_node, fails, [c.fails for c in checks]))

    def _properties(self) -> Iterator[Term]:
        """4.7.2: the property shapes that each value node has to conform to."""
        for value in self._facts.get(_PROPERTY, ()):
            if not self.graph.objects(value, _PATH):
                raise NotHandled(f"the value {value} of sh:property has no path")
            yield value

    def _checks(self) -> Iterator[_Check]:
        for parameter, component in COMPONENTS.items():
            values = self._facts.get(parameter, ())
            if values and component.only_properties and self._path is None:
                raise NotHandled(f"{component.iri.value.removeprefix(SH)} on the node shape {self.node}")
            if len(values) > 1 and parameter in ONCE:
                raise NotHandled(f"{len(values)} values of sh:{parameter.value.removeprefix(SH)} on {self.node}")
            for value in values:
                constraint = self._constraint(parameter.value.removeprefix(SH), value)
                if component.each_value is not None:
                    yield self._each_value(component.each_value(self, value), constraint)
                elif component.value_set is not None and (violating := component.value_set(self, value)) is not None:
                    yield self._value_set(violating, constraint)
        if self._path is not None:
            yield from (self._property(self._compiler.compiled(node)) for node in self._properties())
        closed = self.parameter("closed")
        if closed is not None and is_true(closed):
            yield self._closed(closed)
        for constraint_node in self._facts.get(_SPARQL, ()):
            yield from self._sparql(constraint_node)

    def _constraint(self, parameter: str, value: Term, source: Term | None = None) -> Constraint:
        own = _texts(self.graph, source) if source is not None else ()
        messages = own or self._messages or default_messages(self.graph, parameter, value)
        component = iri_of(parameter) if source is None else sh("SPARQLConstraintComponent")
        return Constraint(self.node, component, self._severity, messages, source)

    def _each_value(self, violates: Violates, constraint: Constraint) -> _Check:
        path = self._path

        def check(graph: Graph, focus: Term, values: Sequence[Term], out: list[Result]) -> None:
            for value in values:
                if violates(graph, value):
                    out.append(Result(focus, path, value, constraint))

        def fails(graph: Graph, focus: Term, values: Sequence[Term]) -> bool:
            for value in values:
                if violates(graph, value):
                    return True
            return False

        return _Check(check, fails)

    def _value_set(self, violating: Violating, constraint: Constraint) -> _Check:
        path = self._path

        def check(graph: Graph, focus: Term, values: Sequence[Term], out: list[Result]) -> None:
            for value in violating(graph, focus, values):
                out.append(Result(focus, path, value, constraint))

        def fails(graph: Graph, focus: Term, values: Sequence[Term]) -> bool:
            return any(True for _ in violating(graph, focus, values))

        return _Check(check, fails, counts=True)

    def _property(self, shape: _Compiled) -> _Check:
        """The results are those of the property shape, with each value node as focus node."""
        run, conforms = shape.run, shape.conforms

        def check(graph: Graph, focus: Term, values: Sequence[Term], out: list[Result]) -> None:
            for value in values:
                run(graph, value, out)

        return _Check(check, lambda graph, focus, values: not all(conforms(graph, value) for value in values))

    def _closed(self, closed: Term) -> _Check:
        """4.8.1: a value has no properties but those of the property shapes, and those to be ignored.

        The path of a result is that of the triple, its focus node that of the shape (3.6.2.1), even where these differ.
        """
        allowed: set[Term | None] = {
            self.graph.object(property_, _PATH) for property_ in self._facts.get(_PROPERTY, ())
        }
        ignored = self.parameter("ignoredProperties")
        allowed.update(self.graph.items(ignored) if ignored is not None else ())
        constraint = self._constraint("closed", closed)

        def check(graph: Graph, focus: Term, values: Sequence[Term], out: list[Result]) -> None:
            for node in values:
                for predicate, objects in graph.facts.get(node, {}).items():
                    if predicate not in allowed:
                        path = path_at(graph, predicate)
                        out.extend(Result(focus, path, value, constraint) for value in objects)

        def fails(graph: Graph, focus: Term, values: Sequence[Term]) -> bool:
            return any(predicate not in allowed for node in values for predicate in graph.facts.get(node, ()))

        return _Check(check, fails)

    def _sparql(self, node: Term) -> Iterator[_Check]:
        """5.2: a SPARQL-based constraint."""
        if is_true(self.graph.object(node, _DEACTIVATED)):
            return
        select = self.graph.object(node, sh("select"))
        if not isinstance(select, Literal):
            raise NotHandled("a SPARQL-based constraint without sh:select")
        text = with_path(select.value, self._path.sparql if self._path is not None else None)
        query = Query(text, declared_prefixes(self.graph, node))
        constraint = self._constraint("sparql", node, source=node)
        own_path = self._path

        def solutions(graph: Graph) -> dict[Term, list[Result]]:
            found: dict[Term, list[Result]] | None = graph.memo.get(query)
            if found is None:
                found = graph.memo[query] = {
                    focus: [_result(focus, own_path, constraint, solution) for solution in of_focus]
                    for focus, of_focus in query.solutions(graph).items()
                }
            return found

        def check(graph: Graph, focus: Term, values: Sequence[Term], out: list[Result]) -> None:
            out.extend(solutions(graph).get(focus, ()))

        yield _Check(check, lambda graph, focus, values: focus in solutions(graph), counts=True)


def _result(focus: Term, path: Path | None, constraint: Constraint, solution: Mapping[str, Term]) -> Result:
    """The result of one solution (section 5.3.2)."""
    value = solution.get("value", None if path is not None else focus)
    own = solution.get("path")
    if isinstance(own, NamedNode):
        path = path_at(_NO_GRAPH, own)
    told = solution.get("message")
    if isinstance(told, Literal):
        return Result(focus, path, value, constraint, (told,))
    return Result(focus, path, value, constraint, tuple(filled(text, solution) for text in constraint.messages))


_NO_GRAPH = Graph(())


def _texts(graph: Graph, node: Term) -> tuple[Literal, ...]:
    return tuple(text for text in graph.objects(node, _MESSAGE) if isinstance(text, Literal))


def _run(
    walk: Callable[[Graph, Term], Sequence[Term]], checks: list[Check], graph: Graph, node: Term, out: list[Result]
) -> None:
    values = walk(graph, node)
    for check in checks:
        check(graph, node, values, out)


def _conforms(walk: Callable[[Graph, Term], Sequence[Term]], checks: list[Fails], graph: Graph, node: Term) -> bool:
    values = walk(graph, node)
    return not any(fails(graph, node, values) for fails in checks)


def _run_node(direct: list[_Direct[Check]], others: list[Check], graph: Graph, node: Term, out: list[Result]) -> None:
    facts = graph.facts.get(node, _NO_FACTS)
    for predicate, checks, counting in direct:
        values = facts.get(predicate)
        if values is None:
            for check in counting:
                check(graph, node, (), out)
        else:
            for check in checks:
                check(graph, node, values, out)
    for check in others:
        check(graph, node, (node,), out)


def _conforms_node(direct: list[_Direct[Fails]], others: list[Fails], graph: Graph, node: Term) -> bool:
    facts = graph.facts.get(node, _NO_FACTS)
    for predicate, checks, counting in direct:
        values = facts.get(predicate)
        if values is None:
            if any(fails(graph, node, ()) for fails in counting):
                return False
        elif any(fails(graph, node, values) for fails in checks):
            return False
    return not any(fails(graph, node, (node,)) for fails in others)
