"""Lists of words, written as text."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a list, separated by blanks."""
    return frozenset(listed.split())
