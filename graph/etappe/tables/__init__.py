"""Lists as governments publish them (diaries of ministers, registers of meetings; CSV or XLSX) to reports.

A mapping says what the columns mean (``mapping``, in the style of CSV on the Web). ``textfiles`` and ``workbooks`` give
values, ``rows`` gives them their meaning, ``reports`` makes a report of each row, meeting or day. What a row does not
say is left out; what is left out is told.
"""

from __future__ import annotations

from etappe.tables.errors import Note, TableError
from etappe.tables.mapping import Column, Mapping, read_mapping
from etappe.tables.reports import reports
from etappe.tables.rows import Cell, Row, rows

__all__ = ["Cell", "Column", "Mapping", "Note", "Row", "TableError", "read_mapping", "reports", "rows"]
