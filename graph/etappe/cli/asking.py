"""``ask`` and ``query``: from words on the command line to a table, and from a table to a form."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import _exit
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from etappe import history
from etappe.answering import answer
from etappe.cli.choices import TableFormat
from etappe.cli.screen import err, out, table
from etappe.cli.texts import say
from etappe.errors import QueryError, ReadingError, UsageError
from etappe.namespaces import PREFIXES
from etappe.questions import Question, Table, ask, bound_query, catalogue, question, table_of
from etappe.questions.formats import heads_and_texts, serialise
from etappe.reading.files import load_bytes
from etappe.store import Bindings, Graph
from etappe.workspace import Workspace, open_workspace

#: A query longer than this is no question of a person.
MAX_QUERY = 1_000_000


def list_questions(language: str) -> None:
    """All questions of the catalogue with their parameters."""
    rows = [
        (
            entry.id,
            entry.titles[language],
            entry.name,
            " ".join(f"--{p.name}" if p.required else f"[--{p.name}]" for p in entry.parameters),
        )
        for entry in catalogue()
    ]
    out().print(table([say(language, "number"), say(language, "question"), "", say(language, "parameters")], rows))


@dataclass(frozen=True)
class Asked:
    """How an answer is wanted. ``as_of``: as it was at a moment; ``compare``: what changed since a moment."""

    language: str
    form: TableFormat = TableFormat.TABLE
    sparql: bool = False
    explain: bool = False
    as_of: str | None = None
    compare: str | None = None
    quiet: bool = False


def answer_question(name: str, words: list[str], wanted: Asked, data: Path, base: str, store: str | None) -> None:
    """Answer one question, or show its query."""
    entry = question(name)
    parameters = parse_parameters(words)
    with open_workspace(data, base=base, store=store) as workspace:
        if wanted.sparql:
            sys.stdout.write(bound_query(workspace.store, base, entry, parameters, wanted.language))
            return
        found = _answer(workspace, entry, parameters, wanted)
    if wanted.form is not TableFormat.TABLE:
        sys.stdout.write(serialise(found, wanted.form))
        return
    draw_answer(found, wanted.language, title=None if wanted.quiet else found.title)


def _answer(workspace: Workspace, entry: Question, parameters: dict[str, str], wanted: Asked) -> Table:
    archive, base, language = workspace.archive, workspace.base, wanted.language
    if wanted.compare is not None:
        until = history.moment(wanted.as_of) if wanted.as_of is not None else None
        since = history.moment(wanted.compare)
        return history.compare(archive, base, entry, parameters, language, since=since, until=until)
    if wanted.as_of is not None:
        with history.as_of(archive, base, history.moment(wanted.as_of)) as store:
            return ask(store, base, entry, parameters, language, explain=wanted.explain)
    return answer(
        archive,
        workspace.store,
        base,
        entry,
        parameters,
        language,
        explain=wanted.explain,
        folder=workspace.folder,
    )


def parse_parameters(words: list[str]) -> dict[str, str]:
    """``--name value`` and ``--name=value`` as a dictionary."""
    found: dict[str, str] = {}
    rest = iter(words)
    for token in rest:
        name, equals, value = token.removeprefix("--").partition("=")
        if not token.startswith("--") or not name:
            raise UsageError(f"{token!r} is not a parameter; write --name value")
        if not equals:
            given = next(rest, None)
            if given is None or given.startswith("--"):
                raise UsageError(f"--{name} has no value")
            value = given
        if name in found:
            raise UsageError(f"--{name} is given twice")
        found[name] = value
    return found


def draw_answer(answer: Table, language: str, *, title: str | None) -> None:
    """An answer as a person reads it: title, labels, and how many rows there are. Without a title, only the rows."""
    console = out()
    if title:
        console.print(f"\n{title}\n", style="bold", markup=False, soft_wrap=True)
    if answer.rows:
        heads, rows = heads_and_texts(
            answer, (say(language, "report"), say(language, "certainty"), say(language, "quote"))
        )
        console.print(table(heads, rows))
    if title:
        words = say(language, "rows", n=len(answer.rows)) if answer.rows else say(language, "no-rows")
        console.print(words, style="dim", markup=False)


def answer_sparql(
    file: str,
    data: Path,
    base: str,
    language: str,
    form: TableFormat,
    timeout: float,
    store: str | None = None,
) -> None:
    """Answer free SPARQL from a file or standard input."""
    sparql = _sparql(file)
    with open_workspace(data, base=base, store=store) as workspace, _deadline(timeout):
        answer = workspace.store.query(sparql)
        drawn = table_of(workspace.store, answer, language) if isinstance(answer, Bindings) else None
    if drawn is None:
        sys.stdout.write(_graph(answer) if isinstance(answer, Graph) else f"{str(answer).lower()}\n")
    elif form is TableFormat.TABLE:
        draw_answer(drawn, language, title=None)
    else:
        sys.stdout.write(serialise(drawn, form))


def _sparql(file: str) -> str:
    data = sys.stdin.buffer.read(MAX_QUERY + 1) if file == "-" else load_bytes(Path(file))
    if len(data) > MAX_QUERY:
        raise QueryError(f"the query is longer than {MAX_QUERY:,} bytes", file=file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError("is not UTF-8", file=file) from error


def _graph(answer: Graph) -> str:
    triples = sorted(set(answer.triples), key=str)
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End the process when the block takes longer: a query of the embedded store cannot be stopped otherwise.

    Nothing is lost, for the store is open for reading only.
    """

    def stop() -> None:
        err().print(f"etappe: the query took longer than {seconds:g} s; narrow it, or give --timeout", markup=False)
        sys.stderr.flush()
        _exit(2)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
