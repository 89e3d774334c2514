"""Asking: parameters become RDF terms, the query runs, rows get labels and, on request, their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, NamedNode

from etappe.errors import UsageError
from etappe.model import Term
from etappe.namespaces import XSD
from etappe.questions.catalogue import THINGS, Parameter, Question
from etappe.questions.words import word
from etappe.store import Bindings, Store
from etappe.things import find, labels

_NOT_GIVEN = "UNDEF"
_BLOCK = re.compile(r"VALUES \(([^()]*)\) \{ \([^()]*\) \}")


@dataclass(frozen=True)
class Cell:
    """A value and the text for it. ``terms`` is empty where nothing is known; ``texts``: a text for each of them."""

    terms: tuple[Term, ...]
    text: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Why a row holds: the report that says so, its words, how sure they are."""

    report: str
    title: str
    quotes: tuple[str, ...]
    certainty: str


@dataclass(frozen=True)
class Row:
    """One row of an answer. ``basis`` names the nodes it rests on."""

    cells: tuple[Cell, ...]
    basis: tuple[str, ...] = ()
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True)
class Table:
    """An answer: variables, their heads in the language asked for, rows. ``title`` is empty for free SPARQL."""

    title: str
    names: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def ask(
    store: Store,
    base: str,
    question: Question,
    parameters: Mapping[str, str],
    language: str = "en",
    *,
    explain: bool = False,
    solutions: Bindings | None = None,
) -> Table:
    """Answer a question of the catalogue.

    Args:
        parameters: by name, as people write them: ids, names, IRIs, dates such as ``2017-07-28``.
        explain: fill in each row's explanations.
        solutions: those of its query, where somebody has them already.

    Raises:
        UsageError: an unknown, missing or ill-typed parameter.
    """
    if question.compares is not None:
        raise UsageError(f"{question.id} compares two days and is asked of an archive: etappe ask {question.id}")
    answer = solutions or store.query(bound_query(store, base, question, parameters, language))
    assert isinstance(answer, Bindings)
    names = tuple(column.name for column in question.columns)
    heads = tuple(column.labels[language] for column in question.columns)
    several = {column.name for column in question.columns if column.many}
    table = _table(store, answer, names, heads, several, language)
    table = replace(table, title=question.titles[language])
    return explained(store, table, language) if explain else table


def table_of(store: Store, answer: Bindings, language: str) -> Table:
    """The answer to a free SELECT query, with labels."""
    return _table(store, answer, answer.variables, answer.variables, set(), language)


def bound_query(
    store: Store, base: str, question: Question, parameters: Mapping[str, str], language: str = "en"
) -> str:
    """The query of a question with its parameters bound: SPARQL that runs as it is on any server.

    Values enter as serialised RDF terms in the query's ``VALUES`` blocks, never as text. The variable ``?language``
    there, for texts that are literals, is bound to the language of the answer.

    Raises:
        UsageError: see ``terms_of``.
    """
    terms = {**terms_of(store, base, question, parameters), "language": Literal(language)}

    def block(match: re.Match[str]) -> str:
        names = [name.lstrip("?") for name in match[1].split()]
        values = " ".join(str(terms[name]) if name in terms else _NOT_GIVEN for name in names)
        return f"VALUES ({match[1]}) {{ ({values}) }}"

    return _BLOCK.sub(block, question.sparql)


def terms_of(store: Store, base: str, question: Question, parameters: Mapping[str, str]) -> dict[str, Term]:
    """The terms that the parameters of a question stand for.

    Raises:
        UsageError: an unknown, missing or ill-typed parameter.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in parameters:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise UsageError(f"the question {question.name} has no parameter {name!r}; it has: {listed}")
    terms: dict[str, Term] = {name: _term(store, base, known[name], value) for name, value in parameters.items()}
    for parameter in question.parameters:
        if parameter.required and parameter.name not in terms:
            raise UsageError(f"the question {question.name} needs --{parameter.name} ({parameter.type})")
    return terms


def _term(store: Store, base: str, parameter: Parameter, value: str) -> Term:
    if parameter.type == "date":
        try:
            return Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
        except ValueError as error:
            raise UsageError(f"--{parameter.name} takes a date such as 2017-07-28, not {value!r}") from error
    assert parameter.type in THINGS
    return find(store, base, value, kind=parameter.type)


def _table(
    store: Store, answer: Bindings, names: tuple[str, ...], heads: tuple[str, ...], several: set[str], language: str
) -> Table:
    # Rows that look the same are one row, resting on all their nodes.
    merged: dict[tuple[tuple[Term, ...], ...], dict[str, None]] = {}
    for row in answer:
        values = tuple(_split(row[name], several=name in several) for name in names)
        basis = row.get("basis")
        merged.setdefault(values, {}).update(dict.fromkeys(sorted(basis.value.split()) if basis is not None else ()))
    known = labels(store, {term for row in merged for cell in row for term in cell if isinstance(term, NamedNode)})
    rows = tuple(
        Row(tuple(_cell(terms, known, language) for terms in row), tuple(basis)) for row, basis in merged.items()
    )
    return Table("", names, heads, rows)


def _cell(terms: tuple[Term, ...], known: Mapping[str, Mapping[str, str]], language: str) -> Cell:
    texts = tuple(_text(term, known, language) for term in terms)
    return Cell(terms, "; ".join(texts), texts)


def _split(term: Term | None, *, several: bool) -> tuple[Term, ...]:
    if term is None:
        return ()
    # GROUP_CONCAT has no order of its own: one store gives another one than the next.
    return tuple(NamedNode(iri) for iri in sorted(term.value.split())) if several else (term,)


def _text(term: Term, known: Mapping[str, Mapping[str, str]], language: str) -> str:
    if isinstance(term, Literal):
        return word(term.value, language)
    return best_label(known.get(term.value, {}), language) or term.value


def best_label(by_language: Mapping[str, str], language: str) -> str:
    """The label in that language, else in German, English or any; empty where there is none."""
    for tag in (language, "de", "en", "", *by_language):
        if tag in by_language:
            return by_language[tag]
    return ""


def explained(store: Store, table: Table, language: str) -> Table:
    """The table with the explanations of each of its rows: what the row rests on, and in which words it was said."""
    nodes = sorted({node for row in table.rows for node in row.basis})
    reasons = _reasons(store, nodes, language)
    rows = (
        replace(
            row, explanations=tuple(dict.fromkeys(reason for node in row.basis for reason in reasons.get(node, ())))
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


_REASONS = """
PREFIX et: <https://w3id.org/etappe/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?node ?report ?title ?certainty ?quote WHERE {
  VALUES ?node { %s }
  GRAPH ?graph { ?node ?property ?value . ?graph prov:wasDerivedFrom ?report . ?report dcterms:title ?title }
  OPTIONAL { GRAPH ?graph { ?node et:certainty ?certainty } }
  OPTIONAL { GRAPH ?graph { ?node et:evidence/oa:hasSelector/oa:exact ?quote } }
} ORDER BY ?node ?report ?quote
"""


def _reasons(store: Store, nodes: Iterable[str], language: str) -> dict[str, list[Explanation]]:
    """Per node: each report that describes it, with quotes and certainty."""
    answer = store.query(_REASONS % " ".join(f"<{node}>" for node in nodes))
    assert isinstance(answer, Bindings)
    known = labels(store, {row["certainty"] for row in answer if isinstance(row["certainty"], NamedNode)})
    merged: dict[tuple[str, str], Explanation] = {}
    for row in answer:
        node, report, title, certainty, quote = (row[k] for k in ("node", "report", "title", "certainty", "quote"))
        assert node is not None and report is not None and title is not None
        said = _text(certainty, known, language) if certainty is not None else ""
        before = merged.get((node.value, report.value), Explanation(report.value, title.value, (), said))
        quotes = before.quotes if quote is None or quote.value in before.quotes else (*before.quotes, quote.value)
        merged[node.value, report.value] = replace(before, quotes=quotes)
    found: dict[str, list[Explanation]] = {}
    for (name, _), reason in merged.items():
        found.setdefault(name, []).append(reason)
    return found
