"""SPARQL-based constraints (section 5), evaluated once per graph instead of once per focus node.

The recommendation binds ``$this`` before the query runs. That is the same as running the query with ``$this`` free and
looking up the solutions of each focus node *if* a triple pattern at the start of the outermost group binds ``$this``
to nodes of the graph, and no inner part could see it unbound. ``Query`` reads the text token by token and refuses the
rest.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from etappe.namespaces import OWL, RDF, XSD
from etappe.validation.shacl.graph import Graph
from etappe.validation.shacl.support import NotHandled, Term, sh

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))*)
    |(?P<word>[^\W\d]\w*)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)
    |(?P<sign>\^\^|&&|\|\||[<>!]=|.)"""
_REFUSED = frozenset(
    "SERVICE MINUS VALUES UNION GRAPH GROUP HAVING LIMIT OFFSET FROM COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT "
    "RAND UUID STRUUID NOW BNODE ASK CONSTRUCT DESCRIBE NAMED LATERAL".split()
)
_PREBOUND = frozenset({"shapesGraph", "currentShape", "failure"})
_numbers = count(1)

_DECLARE, _PREFIX, _NAMESPACE, _PREFIXES = sh("declare"), sh("prefix"), sh("namespace"), sh("prefixes")


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(_SIGNS, re.VERBOSE | re.DOTALL)


class Query:
    """The query of a constraint, proved to mean the same when it is run once for all focus nodes.

    Raises:
        NotHandled: that is not proved.
    """

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self.text = text
        self.prefixes = dict(prefixes)
        self.required: frozenset[NamedNode] = frozenset()  # predicates without which there is no solution
        _Proof(self)
        try:
            Store().query(text, prefixes=self.prefixes)
        except SyntaxError as error:
            raise NotHandled(f"SPARQL that is not well formed: {error}") from error

    def solutions(self, graph: Graph) -> dict[Term, list[dict[str, Term]]]:
        """The solutions of each focus node that has some, as variable to term."""
        if not self.required <= graph.predicates:
            return {}
        store, parts = _stored(graph)
        answer = store.query(self.text, prefixes=self.prefixes, default_graph=parts)
        assert isinstance(answer, QuerySolutions)
        names = [variable.value for variable in answer.variables]
        found: dict[Term, list[dict[str, Term]]] = {}
        for solution in answer:
            bound = {name: term for name in names if (term := solution[name]) is not None}
            if not any(isinstance(term, Literal) for term in bound.values()):
                found.setdefault(bound["this"], []).append(bound)
                continue
            written = _written(graph)
            for this in written.get(bound["this"], (bound["this"],)):
                as_written = {name: written.get(term, (term,))[0] for name, term in bound.items()}
                found.setdefault(this, []).append({**as_written, "this": this})
        return found


_Parts = list[NamedNode | BlankNode | DefaultGraph]


def _stored(graph: Graph) -> tuple[Store, _Parts]:
    """A store that holds the graph, and the graphs in it that make it up: what it adds to its base has a name."""
    found: tuple[Store, _Parts] | None = graph.memo.get(_stored)
    if found is None:
        store, parts = _stored(graph.base) if graph.base is not None else (Store(), [])
        own = NamedNode(f"urn:x-etappe:graph:{next(_numbers)}") if graph.base is not None else DefaultGraph()
        store.extend(graph.own_quads(own))
        found = graph.memo[_stored] = store, [*parts, own]
    return found


def _written(graph: Graph) -> dict[Term, list[Term]]:
    """Literals as the graph has them, by the form in which Oxigraph keeps their value: ``1.00`` by ``1``."""
    found: dict[Term, list[Term]] | None = graph.memo.get(_written)
    if found is None:
        found = graph.memo[_written] = {}
        literals = {value for facts in graph.facts.values() for values in facts.values() for value in values}
        for literal in sorted((value for value in literals if isinstance(value, Literal)), key=str):
            if literal.datatype != XSD.string and not literal.language:
                found.setdefault(_kept(literal), []).append(literal)
    return found


@lru_cache(maxsize=4096)
def _kept(literal: Literal) -> Term:
    store, node = Store(), NamedNode("urn:x-etappe:node")
    store.add(Quad(node, node, literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


def release(graph: Graph) -> None:
    """Take what belongs to this graph alone out of the store that it shares with its base."""
    found: tuple[Store, _Parts] | None = graph.memo.pop(_stored, None)
    if graph.base is not None and found is not None:
        store, parts = found
        store.remove_graph(parts[-1])


def declared_prefixes(shapes: Graph, constraint: Term) -> dict[str, str]:
    """The prefixes that a constraint may use (section 5.2.1)."""
    prefixes: dict[str, str] = {}
    waiting, seen = list(shapes.objects(constraint, _PREFIXES)), set[Term]()
    while waiting:
        declaring = waiting.pop()
        if declaring in seen:
            continue
        seen.add(declaring)
        waiting.extend(shapes.objects(declaring, OWL.imports))
        for declaration in shapes.objects(declaring, _DECLARE):
            prefix, namespace = shapes.object(declaration, _PREFIX), shapes.object(declaration, _NAMESPACE)
            if not isinstance(prefix, Literal) or not isinstance(namespace, Literal):
                raise NotHandled("a sh:declare lacks its prefix or its namespace")
            if prefixes.setdefault(prefix.value, namespace.value) != namespace.value:
                raise NotHandled(f"the prefix {prefix.value!r} is declared twice")
    return prefixes


def with_path(text: str, path: str | None) -> str:
    """The query with ``$PATH`` replaced by the path of its property shape (section 5.2.2)."""
    out = []
    for match in _tokens().finditer(text):
        token = match.group()
        if match.lastgroup == "variable" and token[1:] == "PATH":
            if path is None:
                raise NotHandled("$PATH outside a property shape")
            token = f"({path})"
        out.append(token)
    return "".join(out)


class _Proof:
    """Reads the tokens of a query from left to right; whatever is not expected is refused."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._tokens = [
            (match.lastgroup or "", match.group())
            for match in _tokens().finditer(query.text)
            if match.lastgroup != "space"
        ]
        self._at = 0
        self._required: set[NamedNode] = set()
        for kind, text in self._tokens:
            if kind == "word" and text.upper() in _REFUSED:
                raise NotHandled(f"SPARQL with {text.upper()}")
            if kind == "variable" and text[1:] in _PREBOUND:
                raise NotHandled(f"SPARQL with {text}")
        self._prologue()
        self._projection()
        self._group()
        query.required = frozenset(self._required)

    # The parts of a query

    def _prologue(self) -> None:
        while self._word() == "PREFIX":
            self._take()
            prefix, namespace = self._take(), self._take()
            if prefix[0] != "name" or namespace[0] != "iri":
                raise NotHandled("SPARQL whose prologue is not understood")
            self._query.prefixes[prefix[1].rstrip(":")] = namespace[1][1:-1]
        if self._word() != "SELECT":
            raise NotHandled("SPARQL that is no plain SELECT")
        self._take()

    def _projection(self) -> None:
        projects_this = False
        while self._peek()[1] != "{":
            kind, text = self._take()
            projects_this |= text in ("$this", "?this", "*")
            if kind not in ("variable", "word") and text != "*":
                raise NotHandled("SPARQL that projects an expression")
            if kind == "word" and text.upper() not in ("DISTINCT", "REDUCED", "WHERE"):
                raise NotHandled(f"SPARQL with {text}")
        if not projects_this:
            raise NotHandled("SPARQL that does not project $this")
        self._take()

    def _group(self) -> None:
        """The outermost group: triple patterns, of which the first binds ``$this``, then whatever can see it."""
        first = True
        while (token := self._peek())[1] != "}":
            word = self._word()
            if first and (token[0] == "word" and word != "A"):
                raise NotHandled("SPARQL whose first part is not a triple pattern")
            if word == "FILTER":
                self._filter()
            elif word == "BIND":
                self._take()
                self._brackets()
                self._refuse_assignment()
            elif word == "OPTIONAL":
                self._take()
                self._inner(optional=True)
            elif token[1] == ".":
                self._take()
            else:
                self._triples(first)
            first = False
        if first:
            raise NotHandled("SPARQL without a triple pattern")
        self._take()
        if self._peek()[1] and self._word() != "ORDER":  # an order changes nothing; anything else might
            raise NotHandled(f"SPARQL with {self._peek()[1]} after its pattern")

    def _triples(self, first: bool) -> None:
        """Triple patterns with one subject."""
        subject = self._term()
        while True:
            empty, needed = self._verb()
            self._required |= needed
            while True:
                value = self._term()
                if first:
                    if empty or "this" not in (subject, value):
                        raise NotHandled("SPARQL whose first triple pattern does not bind $this")
                    first = False
                if self._peek()[1] != ",":
                    break
                self._take()
            if self._peek()[1] != ";":
                return
            while self._peek()[1] == ";":
                self._take()
            if self._peek()[1] in (".", "}"):
                return

    def _term(self) -> str:
        """Skips one term; the name of a variable, else nothing."""
        kind, text = self._take()
        if kind == "variable":
            return text[1:]
        if kind == "string":
            if self._peek()[0] == "language":
                self._take()
            elif self._peek()[1] == "^^":
                self._take()
                self._take()
        elif not (kind in ("iri", "name", "number") or (kind == "word" and text in ("true", "false"))):
            raise NotHandled(f"SPARQL with {text!r} in a triple pattern")
        return ""

    def _verb(self) -> tuple[bool, frozenset[NamedNode]]:
        """Skips a predicate or path: whether it can be empty, and the predicates that every match of it needs."""
        if self._peek()[0] == "variable":
            self._take()
            return False, frozenset()
        empty, needed = self._sequence()
        while self._peek()[1] == "|":
            self._take()
            also_empty, also_needed = self._sequence()
            empty, needed = empty or also_empty, needed & also_needed
        return empty, needed

    def _sequence(self) -> tuple[bool, frozenset[NamedNode]]:
        empty, needed = self._step()
        while self._peek()[1] == "/":
            self._take()
            also_empty, also_needed = self._step()
            empty, needed = empty and also_empty, needed | also_needed
        return empty, needed

    def _step(self) -> tuple[bool, frozenset[NamedNode]]:
        if self._peek()[1] == "^":
            self._take()
        if self._peek()[1] == "(":
            self._take()
            step = self._verb()
            if self._take()[1] != ")":
                raise NotHandled("SPARQL with a path that is not understood")
        else:
            step = False, frozenset({self._predicate()})
        if self._peek()[1] == "+":
            self._take()
        elif self._peek()[1] in ("*", "?"):
            self._take()
            return True, frozenset()
        return step

    def _predicate(self) -> NamedNode:
        kind, text = self._take()
        if kind == "iri":
            return NamedNode(text[1:-1])
        if kind == "word" and text == "a":
            return RDF.type
        prefix, _, local = text.partition(":")
        namespace = self._query.prefixes.get(prefix)
        if kind != "name" or namespace is None or "\\" in local:
            raise NotHandled(f"SPARQL with {text!r} as a predicate")
        return NamedNode(namespace + local)

    def _filter(self) -> None:
        self._take()
        if self._word() == "NOT":
            self._take()
        if self._word() == "EXISTS":
            self._take()
            self._inner()
            return
        if self._peek()[0] in ("word", "name", "iri"):  # a function call
            self._take()
        self._brackets()

    def _inner(self, *, optional: bool = False) -> None:
        """A group inside ``OPTIONAL`` or ``EXISTS``: its patterns and filters see ``$this``, nothing else would."""
        if self._take()[1] != "{":
            raise NotHandled("SPARQL that is not understood")
        while (token := self._take())[1] != "}":
            word = token[1].upper() if token[0] == "word" else ""
            if word in ("BIND", "SELECT") or token[1] == "{" or (optional and word == "OPTIONAL"):
                raise NotHandled(f"SPARQL with {token[1]!r} in an inner group")
            if word == "OPTIONAL":
                start = self._at
                self._inner(optional=True)
                if any(text in ("$this", "?this") for _, text in self._tokens[start : self._at]):
                    raise NotHandled("SPARQL with $this in an optional part of an inner group")
            elif word == "FILTER":
                self._at -= 1
                self._filter()

    def _brackets(self) -> None:
        """Skips an expression in brackets; groups in it only follow ``EXISTS``."""
        if self._take()[1] != "(":
            raise NotHandled("SPARQL that is not understood")
        depth = 1
        while depth:
            kind, text = self._take()
            depth += (text == "(") - (text == ")")
            if kind == "word" and text.upper() == "EXISTS":
                self._inner()
            elif text in ("{", "") or (kind == "word" and text.upper() == "SELECT"):
                raise NotHandled("SPARQL with a group in an expression")

    def _refuse_assignment(self) -> None:
        variable, word = self._tokens[self._at - 2], self._tokens[self._at - 3]
        if word[1].upper() != "AS" or variable[1][1:] == "this":
            raise NotHandled("SPARQL that assigns to $this")

    # Tokens

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _word(self) -> str:
        kind, text = self._peek()
        return text.upper() if kind == "word" else ""

    def _take(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise NotHandled("SPARQL that ends too early")
        self._at += 1
        return self._tokens[self._at - 1]


def filled(message: Literal, solution: Mapping[str, Term]) -> Literal:
    """A message with ``{?name}`` and ``{$name}`` replaced by the values of a solution (section 5.2.3)."""

    def value(match: re.Match[str]) -> str:
        term = solution.get(match[1])
        return match.group() if term is None else term.value

    text = re.sub(r"\{[?$](\w+)\}", value, message.value)
    return Literal(text, language=message.language) if message.language else Literal(text)
