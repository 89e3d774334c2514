"""What can be seen in SPARQL text without parsing it: its form, and what it must not ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import TypeVar

from pyoxigraph import NamedNode

from etappe.errors import QueryError

# Strings, IRIs and comments, in which a keyword is only a word; signs that a prefixed name escapes; and a string
# without its end, behind which nothing can be told apart.
_QUOTED = re.compile(
    r"""
    \\.
    |\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}
    |'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    |"(?!"")(?:[^"\\\r\n]|\\.)*"|"{2}(?!")
    |'(?!'')(?:[^'\\\r\n]|\\.)*'|'{2}(?!')
    |<[^<>"{}|^`\\\s]*>
    |\#[^\r\n]*
    |(?P<open>["'])
    """,
    re.DOTALL | re.VERBOSE,
)
_FORM = re.compile(r"(?:\s+|BASE\b|PREFIX\s+[^\s:]*:)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
# Variables and language tags; prefixed names; any other word.
_WORD = re.compile(r"[?$]\w+|@[a-zA-Z]+(?:-\w+)*|(?P<prefix>[\w.·-]*):(?P<local>[\w.:%·-]*)|(?P<word>[\w.·-]+)")
_CALL = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
_BRACKET = re.compile(r"[(){}\[\]]")
_WHERE = re.compile(
    r"[{}]|(?<=[\s}])(?:(?P<delete>DELETE\s+)?(?P<where>WHERE)(?=[\s{])|(?P<dataset>USING|WITH)(?=\s))", re.IGNORECASE
)
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_BRACE, _OPENING = re.compile(r"[{}]"), re.compile(r"\s*\{")
_CHANGING = re.compile(r"\b(NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)

#: Brackets within brackets. Oxigraph's parser is recursive and ends its process on a few thousand.
DEEPEST = 200

T = TypeVar("T")
#: Signs of a query whose looks are kept; ready-made questions and those of programs come again and again.
_SHORT, _KEPT = 10_000, 256


def _kept(look: Callable[[str], T]) -> Callable[[str], T]:
    """What was seen in short texts need not be looked for again."""
    remembered = lru_cache(_KEPT)(look)

    @wraps(look)
    def seen(sparql: str) -> T:
        return remembered(sparql) if len(sparql) <= _SHORT else look(sparql)

    return seen


@_kept
def unquoted(sparql: str) -> str:
    """The text with strings, IRIs and comments blanked out; offsets stay as they are.

    Behind a string that never ends, the text stays as it is: a parser may read it in more than one way.
    """
    parts: list[str] = []
    at = 0
    for match in _QUOTED.finditer(sparql):
        if match["open"]:
            break
        parts += (sparql[at : match.start()], " " * len(match[0]))
        at = match.end()
    return "".join((*parts, sparql[at:]))


@_kept
def form_of(sparql: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; ``SELECT`` for text that is no query."""
    match = _FORM.match(unquoted(sparql))
    return match[1].upper() if match else "SELECT"


def refuse_hostile(sparql: str) -> None:
    """Refuse a query or update that must not even be parsed or started.

    Raises:
        QueryError: calls other servers (SERVICE; LOAD, which only updates know), or nests too deeply.
    """
    called, deep = _hostile(sparql)
    if called:
        raise QueryError(f"{called} is not allowed: neither queries nor updates may call other servers")
    if deep:
        raise QueryError(f"the query cannot be parsed: brackets are nested more than {DEEPEST} deep")


@_kept
def _hostile(sparql: str) -> tuple[str | None, bool]:
    """The keyword by which a text calls others, and whether it nests too deeply."""
    bare = unquoted(sparql)
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth += 1 if bracket[0] in "({[" else -1
        if depth > DEEPEST:
            return _called(bare), True
    return _called(bare), False


def calls_out(bare: str) -> bool:
    """Whether ``unquoted`` text calls another server."""
    return _called(bare) is not None


def prologue_of(sparql: str) -> str:
    """The declarations of base and prefixes before the form of a query; nothing where it is no query."""
    match = _FORM.match(unquoted(sparql))
    return sparql[: match.start(1)] if match else ""


@_kept
def changing(sparql: str) -> bool:
    """Whether a query may have another answer when it is asked again: it asks for the time or for chance."""
    return _CHANGING.search(unquoted(sparql)) is not None


def with_dataset(update: str, using: Sequence[NamedNode], using_named: Sequence[NamedNode]) -> str:
    """The update with the dataset of the protocol (SPARQL 1.1 Protocol, section 2.2.3) in each of its operations.

    Raises:
        QueryError: it names a dataset of its own (USING, USING NAMED, WITH).
    """
    if not using and not using_named:
        return update
    clauses = "".join([f" USING {graph}" for graph in using] + [f" USING NAMED {graph}" for graph in using_named]) + " "
    bare = " " + unquoted(update)  # a keyword that begins the text has something before it, too
    parts: list[str] = []
    at = depth = 0
    for match in _WHERE.finditer(bare):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0 and match["dataset"]:
            raise QueryError(
                "the update names its dataset itself (USING or WITH), and so do the parameters using-graph-uri or "
                "using-named-graph-uri; only one of them may"
            )
        elif depth == 0:
            where = match.start("where") - 1
            # DELETE WHERE is short for the same pattern twice (SPARQL 1.1 Update, section 3.1.3.3).
            pattern = _group(update, bare, match.end() - 1) + " " if match["delete"] else ""
            parts += (update[at:where], pattern, clauses)
            at = where
    return "".join((*parts, update[at:]))


def _group(update: str, bare: str, start: int) -> str:
    """The group of braces that comes next, if nothing is before it. ``bare`` is one character ahead of ``update``."""
    opening = _OPENING.match(bare, start + 1)
    depth = 0
    for match in _BRACE.finditer(bare, opening.end() - 1) if opening else ():
        depth += 1 if match[0] == "{" else -1
        if depth == 0 and opening:
            return update[opening.end() - 2 : match.end() - 1]
    return ""


def _called(bare: str) -> str | None:
    """The keyword by which text without its quoted parts calls another server.

    A parser that tries what fits needs no space around a keyword: in ``1SERVICE`` and in ``SERVICE:x {`` it may see
    one. So a word that holds it is refused, and a prefix that holds it must be declared and must not open a group.
    """
    declared = {name.group(1) for name in _DECLARED.finditer(bare)}
    for match in _WORD.finditer(bare):
        prefix = match["prefix"]
        if (called := _CALL.search(match["word"] or prefix or "")) is None:
            continue
        if prefix is None or prefix not in declared:
            return called[0].upper()
        opens = re.match(r"\s*\{", bare[match.end() : match.end() + 1000])
        if opens and not re.search(r"\bGRAPH\s*$", bare[max(0, match.start() - 1000) : match.start()], re.IGNORECASE):
            return called[0].upper()
    return None
