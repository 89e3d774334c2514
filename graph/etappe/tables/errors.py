"""What is told of a table: errors name file, row and column; notes say what was passed over on purpose."""

from __future__ import annotations

from etappe.errors import Position, ReadingError


class TableError(ReadingError):
    """A row, or a whole table, that cannot be taken: ``table.csv:17: column 'Date': …``.

    Args:
        message: one sentence without the place.
        file: name of the table; the sheet of a workbook follows behind ``!``.
        row: number of the row as the file counts it, from 1.
        column: the title printed above the column.
    """

    def __init__(self, message: str, *, file: str, row: int | None = None, column: str | None = None) -> None:
        told = f"column {column!r}: {message}" if column is not None else message
        super().__init__(told, file=file, position=Position(row) if row is not None else None)
        self.row = row
        self.column = column

    def place(self, language: str) -> str:
        """See ``EtappeError``."""
        del language
        return f"{self.file}:{self.row}" if self.row is not None else str(self.file)


class Note(TableError):
    """Nothing to mend: what a reader should know, such as the encoding that was found, or a row passed over."""

    exit_code = 0
    http_status = 200
