"""Asking: from what a request says to one page of an answer, on one state of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etappe.questions import Question, Table, ask, bound_query, explained
from etappe.store import Store
from etappe_api.questions.parameters import Asked


@dataclass(frozen=True)
class Answer:
    """One page of an answer.

    Attributes:
        table: the rows of this page; ``total``: of all pages.
        sparql: the query with its parameters bound, where it was asked for.
    """

    table: Table
    total: int
    limit: int | None
    offset: int
    sparql: str = ""


def answer(
    store: Store, base: str, question: Question, asked: Asked, language: str, *, limit: int | None, sparql: bool
) -> Answer:
    """Ask the library. Rows are put together from bindings before they are counted, so the whole answer is read.

    Raises:
        UsageError: a parameter that is missing, ill-typed or ambiguous; ``NotFound``: names nothing.
        QueryError: also ``QueryTimeout`` and ``QueryTooLarge``.
    """
    query = bound_query(store, base, question, asked.values, language) if sparql else ""
    whole = ask(store, base, question, asked.values, language)
    end = None if limit is None else asked.offset + limit
    page = replace(whole, rows=whole.rows[asked.offset : end])
    if asked.explain:
        page = explained(store, page, language)
    return Answer(page, len(whole.rows), limit, asked.offset, query)
