"""One tree of errors. Each knows what it is about, its exit code and its HTTP status; nobody else decides those."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etappe.sentences import in_language


@dataclass(frozen=True)
class Position:
    """A place in a source file; both counts start at 1."""

    line: int
    column: int = 1


class EtappeError(Exception):
    """Something a person can mend. ``str(error)`` is one sentence: where, what, how to mend it.

    Args:
        message: the sentence without the place.
        file: the file it is about.
        position: line and column in that file.
    """

    exit_code = 2
    http_status = 400

    def __init__(self, message: str, *, file: str | Path | None = None, position: Position | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = str(file) if file is not None else None
        self.position = position

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """Place and sentence in ``de`` or ``en``."""
        place, sentence = self.place(language), in_language(self.message, language)
        return f"{place}: {sentence}" if place else sentence

    def place(self, language: str) -> str:
        """Where it is; empty where that is not known."""
        place = self.file or ""
        if self.position:
            line, column = self.position.line, self.position.column
            words = "Zeile {}, Spalte {}" if language == "de" else "line {}, column {}"
            place = f"{place}:{line}:{column}" if place else words.format(line, column)
        return place


class ReadingError(EtappeError):
    """A file that cannot be read as a report: form, encoding, size, unknown keys."""

    http_status = 422


class UnsafeInput(ReadingError):
    """Input that asks for something it must not get: remote contexts, imports, entities, foreign subjects."""


class UsageError(EtappeError):
    """A command, question or parameter that does not exist or has the wrong type."""


class NotFound(UsageError):
    """A thing, question or report of that name is not there."""

    http_status = 404


class QueryError(EtappeError):
    """SPARQL that cannot be parsed or is not allowed."""


class QueryTimeout(QueryError):
    """A query that took longer than it may. It was stopped and has no answer."""

    http_status = 504


class QueryTooLarge(QueryError):
    """A query whose answer has more rows or bytes, or needs more memory, than it may. It has no answer."""

    http_status = 422


class Busy(EtappeError):
    """Too much is asked for at once; the same request may be answered later."""

    exit_code = 3
    http_status = 503


class EngineError(EtappeError):
    """A validation engine failed: the report was *not* checked. Never means "conforms"."""

    http_status = 500


class Refused(EtappeError):
    """A report that did not pass the gate, or contradicts what is already accepted."""

    exit_code = 1
    http_status = 409


class StoreUnavailable(EtappeError):
    """The data folder or the store cannot be reached: locked, read-only, full, gone."""

    exit_code = 3
    http_status = 503


class NotExpressible(EtappeError):
    """A graph that the short form cannot carry; RDF formats can."""
