"""What can be seen in SPARQL text without parsing it: its form, and what it must not ask for."""

from __future__ import annotations

import re

from etappe.errors import QueryError

# Strings, IRIs and comments, in which a keyword is only a word.
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*',
    re.DOTALL,
)
_FORM = re.compile(r"(?:\s+|BASE\b|PREFIX\s+[^\s:]*:)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_CALLS = re.compile(r"(?<![:?$\w-])(SERVICE|LOAD)\b(?!:)", re.IGNORECASE)
_BRACKET = re.compile(r"[(){}\[\]]")

#: Brackets within brackets. Oxigraph's parser is recursive and ends its process on a few thousand.
DEEPEST = 200


def unquoted(sparql: str) -> str:
    """The text with strings, IRIs and comments blanked out; offsets stay as they are."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), sparql)


def form_of(sparql: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; ``SELECT`` for text that is no query."""
    match = _FORM.match(unquoted(sparql))
    return match[1].upper() if match else "SELECT"


def refuse_hostile(sparql: str) -> None:
    """Refuse a query or update that must not even be parsed or started.

    Raises:
        QueryError: calls other servers (SERVICE; LOAD, which only updates know), or nests too deeply.
    """
    bare = unquoted(sparql)
    if called := _CALLS.search(bare):
        raise QueryError(f"{called[1].upper()} is not allowed: neither queries nor updates may call other servers")
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth += 1 if bracket[0] in "({[" else -1
        if depth > DEEPEST:
            raise QueryError(f"the query cannot be parsed: brackets are nested more than {DEEPEST} deep")
