"""Asking: from what a request says to one page of an answer, on one state of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etappe import answering
from etappe.archive import Archive
from etappe.errors import QueryTooLarge
from etappe.questions import Question, Table, ask, bound_query, explained
from etappe.store import Store
from etappe_api.questions.parameters import Asked
from etappe_api.settings import Settings


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


#: Events of an archive of which two states are compared here (CQ46). Longer ones are compared at the command line.
MOST_EVENTS = 2_000


def answer(
    store: Store,
    archive: Archive | None,
    settings: Settings,
    question: Question,
    asked: Asked,
    language: str,
    *,
    limit: int | None,
    sparql: bool,
) -> Answer:
    """Ask the library. Rows are put together from bindings before they are counted, so the whole answer is read.

    Raises:
        UsageError: a parameter that is missing, ill-typed or ambiguous; ``NotFound``: names nothing.
        QueryError: also ``QueryTimeout`` and ``QueryTooLarge``.
    """
    query = bound_query(store, settings.base, question, asked.values, language) if sparql else ""
    whole = _whole(store, archive, settings, question, asked, language)
    end = None if limit is None else asked.offset + limit
    page = replace(whole, rows=whole.rows[asked.offset : end])
    if asked.explain:
        page = explained(store, page, language)
    return Answer(page, len(whole.rows), limit, asked.offset, query)


def _whole(
    store: Store, archive: Archive | None, settings: Settings, question: Question, asked: Asked, language: str
) -> Table:
    if archive is None:  # a scratch store
        return ask(store, settings.base, question, asked.values, language)
    if question.compares is not None and len(archive.events) > MOST_EVENTS:
        raise QueryTooLarge(f"so long an archive is compared at the command line: etappe ask {question.id}")
    return answering.answer(archive, store, settings.base, question, asked.values, language, folder=settings.data)
