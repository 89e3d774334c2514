"""An answer as analysts use it: rows with labels or IRIs, data frames, an HTML table in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from etappe.errors import UsageError
from etappe.model import Term
from etappe.namespaces import XSD
from etappe.questions import Table
from etappe.questions.asking import Cell
from etappe.questions.formats import serialise

if TYPE_CHECKING:
    import pandas
    import polars
    import rdflib

Value = str | int | float | bool | Decimal | date | datetime | None

_TYPES: dict[NamedNode, Callable[[str], Value]] = {
    XSD.date: date.fromisoformat,
    XSD.dateTime: datetime.fromisoformat,
    XSD.integer: int,
    XSD.nonNegativeInteger: int,
    XSD.decimal: Decimal,
    XSD.double: float,
    XSD.boolean: lambda text: text in ("true", "1"),
}


class Answer(Sequence[dict[str, Value]]):
    """A table of values. Each row is a dictionary from the column's name to a value; things are given by their label.

    Attributes:
        table: terms, texts and explanations behind the values.
    """

    def __init__(self, table: Table) -> None:
        self.table = table

    @property
    def title(self) -> str:
        """The question in words; empty for free SPARQL."""
        return self.table.title

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.names

    def __len__(self) -> int:
        return len(self.table.rows)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._row(row.cells, iris=False) for row in self.table.rows[index]]
        return self._row(self.table.rows[index].cells, iris=False)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return self.rows()

    def rows(self, *, iris: bool = False) -> Iterator[dict[str, Value]]:
        """The rows; with ``iris``, things are given by their IRI instead of their label."""
        return (self._row(row.cells, iris=iris) for row in self.table.rows)

    def to_pandas(self, *, iris: bool = False) -> pandas.DataFrame:
        """A pandas data frame. Dates are ``datetime.date``; what is not known is ``None``.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise _missing("pandas") from error
        return pandas.DataFrame(list(self.rows(iris=iris)), columns=list(self.columns), dtype=object).infer_objects()

    def to_polars(self, *, iris: bool = False) -> polars.DataFrame:
        """A polars data frame.

        Raises:
            UsageError: polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise _missing("polars") from error
        rows = list(self.rows(iris=iris))
        return polars.DataFrame({name: [row[name] for row in rows] for name in self.columns}, strict=False)

    def to_rdflib(self) -> list[dict[str, rdflib.term.Node]]:
        """The rows as terms of rdflib; a cell of several things is left out."""
        import rdflib

        def term(value: Term) -> rdflib.term.Node:
            if isinstance(value, Literal):
                datatype = None if value.language else rdflib.URIRef(value.datatype.value)
                return rdflib.Literal(value.value, lang=value.language, datatype=datatype)
            return rdflib.URIRef(value.value) if isinstance(value, NamedNode) else rdflib.BNode(value.value)

        return [
            {
                name: term(cell.terms[0])
                for name, cell in zip(self.columns, row.cells, strict=True)
                if len(cell.terms) == 1
            }
            for row in self.table.rows
        ]

    def to_csv(self) -> str:
        """CSV with IRIs and labels, as ``etappe ask --format csv`` writes it."""
        return serialise(self.table, "csv")

    def to_markdown(self) -> str:
        """A Markdown table of labels."""
        return serialise(self.table, "markdown")

    def __repr__(self) -> str:
        return f"<Answer: {self.title or 'SPARQL'}, {len(self)} rows>"

    def _repr_html_(self) -> str:
        """What a notebook shows: labels that lead to their things. Everything is escaped."""
        head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in self.table.heads)
        body = "".join(
            "<tr>" + "".join(f"<td>{_linked(cell)}</td>" for cell in row.cells) + "</tr>" for row in self.table.rows
        )
        caption = f"<caption>{escape(self.title)}</caption>" if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _row(self, cells: Sequence[Cell], *, iris: bool) -> dict[str, Value]:
        return {name: _value(cell, iris=iris) for name, cell in zip(self.columns, cells, strict=True)}


def _value(cell: Cell, *, iris: bool) -> Value:
    if not cell.terms:
        return None
    if len(cell.terms) == 1 and isinstance(term := cell.terms[0], Literal) and term.datatype in _TYPES:
        try:
            return _TYPES[term.datatype](term.value)
        except (ValueError, ArithmeticError):
            return term.value
    if iris and all(isinstance(term, NamedNode) for term in cell.terms):
        return " ".join(term.value for term in cell.terms)
    return cell.text


def _linked(cell: Cell) -> str:
    only = cell.terms[0] if len(cell.terms) == 1 else None
    if isinstance(only, NamedNode) and only.value.startswith(("http://", "https://")):
        return f'<a href="{escape(only.value)}">{escape(cell.text)}</a>'
    return escape(cell.text)


def _missing(package: str) -> UsageError:
    return UsageError(f"{package} is not installed; install it with: pip install 'etappe[analysis]'")
