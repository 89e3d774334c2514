"""Etappe: a knowledge graph of stakeholders and events that can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from etappe.analysis import open_graph as open  # noqa: A004 - read as etappe.open

__all__ = ["__version__", "open"]


def __getattr__(name: str) -> object:
    if name == "open":  # loaded when it is used, for the command line has to start at once
        from etappe.analysis import open_graph

        return open_graph
    raise AttributeError(f"module 'etappe' has no attribute {name!r}")
