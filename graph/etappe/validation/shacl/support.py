"""What every module of this room uses: terms, and the one error."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from etappe.namespaces import SH

Term = NamedNode | BlankNode | Literal


class NotHandled(Exception):
    """A shapes graph that this engine does not prove it handles. Another engine decides about the *whole* of it.

    ``str(error)`` says what it was.
    """


def sh(name: str) -> NamedNode:
    """A term of the SHACL vocabulary."""
    return NamedNode(SH + name)
