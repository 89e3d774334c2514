"""Queries of the documents, a ``.rq`` file each. Terms enter through their ``VALUES`` blocks, never as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from etappe.model import Term

_BLOCK = re.compile(r"VALUES \(([^()]*)\) \{ \([^()]*\) \}")
Row = Sequence[Term]


@cache
def text(name: str) -> str:
    """The text of ``{name}.rq``."""
    return (files(__name__) / f"{name}.rq").read_text(encoding="utf-8")


def bound(name: str, values: Mapping[str, Sequence[Row]], *, offset: int = 0) -> str:
    """The query of a name with its parameters bound.

    Args:
        values: rows of terms by the variables of a block, as they stand there: ``{"?thing": [(iri,)]}``. A block of
            which nothing is given holds no row, and so its branch has no solution.
        offset: solutions to leave out at the beginning, in a query that pages.
    """

    def block(match: re.Match[str]) -> str:
        rows = " ".join(f"({' '.join(map(str, row))})" for row in values.get(match[1], ()))
        return f"VALUES ({match[1]}) {{ {rows} }}"

    return _BLOCK.sub(block, text(name)).replace("OFFSET 0", f"OFFSET {offset}")
