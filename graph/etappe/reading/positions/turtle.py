"""Places of statements in Turtle, TriG, N-Triples and N-Quads.

The text was parsed before, so this reads what is valid and passes over what it does not know. It states the triples in
the order of pyoxigraph (of the triples that one token completes, the last comes first), so that blank nodes get the
same numbers.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from etappe.namespaces import RDF
from etappe.reading.positions.iri import resolve
from etappe.reading.positions.lines import Lines, Places
from etappe.reading.positions.record import Record

_TYPE, _FIRST, _REST, _NIL = (RDF[name].value for name in ("type", "first", "rest", "nil"))
#: What is left open ends with the text (or the line), so nothing is ever scanned twice.
_TOKEN = re.compile(
    r"""
    [\x00-\x20]++ | \#[^\r\n]*+ | \A\ufeff
    | (?P<iri> <[^<>"{}|^`\x00-\x20]*+> )
    | (?P<text>
        \"""(?:[^"\\]++|\\.|"(?!""))*+(?:\"""|\\?\Z) | '''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\\?\Z)
        | "(?:[^"\\\r\n]++|\\.)*+"? | '(?:[^'\\\r\n]++|\\.)*+'? )
    | (?P<tag> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<word>
        (?:[^\x00-\x20<>"'{}()\[\],;#\\.@|^~]|\\.|\.(?=[0-9]))
        (?:[^\x00-\x20<>"'{}()\[\],;#\\.@|^~]++|\\.|\.++(?=[^\x00-\x20<>"'{}()\[\],;#.@|^~]))*+ )
    | (?P<mark> \^\^ | << | >> | \{\| | \|\} | [\[\](){}.,;] )
    """,
    re.VERBOSE | re.DOTALL,
)
#: Deeper than this nobody writes; reading ends there.
_MAX_DEPTH = 10_000
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class _Kind(Enum):
    STATEMENT = auto()
    BRACKET = auto()
    LIST = auto()
    ANNOTATION = auto()


class _Frame:
    """What is open: a statement, ``[ ]``, ``( )`` or ``{| |}``. The subject of a list is its latest cell."""

    __slots__ = ("at", "full", "kind", "predicate", "predicate_at", "subject")

    def __init__(self, kind: _Kind, at: int, subject: str | None = None) -> None:
        self.kind = kind
        self.at = at
        self.subject = subject
        self.predicate: str | None = None
        self.predicate_at = at
        self.full = False  # an object stands; in a list: the cell has its value

    def clear(self) -> None:
        self.subject = self.predicate = None
        self.full = False


def places(text: str, base: str) -> Places:
    """Positions of subjects and of their predicates."""
    return _Reader(text, base).read().positions(Lines(text).at)


class _Reader:
    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._iris: dict[str, str] = {}
        self._record: Record[int] = Record()
        self._stack = [_Frame(_Kind.STATEMENT, 0)]
        self._stated: list[tuple[str, str | None]] = []  # subject and object, by the token at hand
        self._literal_at: int | None = None  # a text that a tag or datatype may follow
        self._typed = False  # ^^ was read
        self._directive: str | None = None
        self._prefix: str | None = None
        self._quoted = 0  # depth of << >>

    def read(self) -> Record[int]:
        handlers = {"iri": self._iri, "text": self._literal, "tag": self._tag, "mark": self._mark, "word": self._word}
        for match in _TOKEN.finditer(self._text):
            kind = match.lastgroup
            if kind is None:
                continue
            lexeme, at = match.group(), match.start()
            if self._quoted and lexeme not in ("<<", ">>"):
                continue
            if self._literal_at is not None and kind != "tag" and lexeme != "^^" and not self._typed:
                self._end_literal()
            handlers[kind](lexeme, at)
            if len(self._stack) > _MAX_DEPTH:
                break
            if self._stated:
                for subject, value in reversed(self._stated):
                    self._record.number(subject, value)
                self._stated.clear()
        return self._record

    # --- tokens

    def _iri(self, lexeme: str, at: int) -> None:
        if self._literal_at is not None:  # its datatype
            self._end_literal()
        elif self._directive is None:
            self._accept(self._named(lexeme), at)
        else:
            iri = self._named(lexeme)
            if self._directive == "base":
                self._base = iri
            elif self._prefix is not None:
                self._prefixes[self._prefix] = iri
            self._directive = self._prefix = None
            self._iris.clear()

    def _literal(self, _: str, at: int) -> None:
        self._begin_item(at)
        self._literal_at = at

    def _tag(self, lexeme: str, _: int) -> None:
        if self._literal_at is not None:
            self._end_literal()
        else:
            self._direct(lexeme[1:].lower())

    def _word(self, lexeme: str, at: int) -> None:
        top = self._stack[-1]
        prefix, colon, _ = lexeme.partition(":")
        if self._literal_at is not None:  # its datatype
            self._end_literal()
        elif self._directive == "prefix" and colon:
            self._prefix = prefix
        elif colon:
            self._accept(lexeme if prefix == "_" else self._named(lexeme), at)
        elif lexeme == "a" and top.subject is not None and top.predicate is None:
            self._accept(_TYPE, at)
        elif not self._direct(lexeme.lower()):
            self._accept(None, at)

    def _direct(self, word: str) -> bool:
        top = self._stack[-1]
        starts = top.kind is _Kind.STATEMENT and top.subject is None
        if starts and word in ("prefix", "base"):
            self._directive = word
        return starts

    def _mark(self, lexeme: str, at: int) -> None:
        top = self._stack[-1]
        if lexeme == "." or lexeme in ("{", "}"):
            del self._stack[1:]
            self._stack[0].clear()
        elif lexeme == ";":
            top.predicate = None
            top.full = False
        elif lexeme == ",":
            top.full = False
        elif lexeme == "[":
            self._begin_item(at)
            self._stack.append(_Frame(_Kind.BRACKET, at, self._record.fresh()))
        elif lexeme == "(":
            self._begin_item(at)
            self._stack.append(_Frame(_Kind.LIST, at))
        elif lexeme == "{|":
            self._stack.append(_Frame(_Kind.ANNOTATION, at, ""))
        elif lexeme == "]" and top.kind is _Kind.BRACKET:
            self._stack.pop()
            self._accept(top.subject, top.at)
        elif lexeme == ")" and top.kind is _Kind.LIST:
            self._end_list(top)
        elif lexeme == "|}" and top.kind is _Kind.ANNOTATION:
            self._stack.pop()
        elif lexeme == "<<":
            self._quoted += 1
        elif lexeme == ">>" and self._quoted:
            self._quoted -= 1
            if not self._quoted:
                self._accept("", at)
        elif lexeme == "^^":
            self._typed = self._literal_at is not None

    # --- terms and statements

    def _named(self, lexeme: str) -> str:
        iri = self._iris.get(lexeme)
        if iri is None:
            iri = self._iris[lexeme] = self._expanded(lexeme)
        return iri

    def _expanded(self, lexeme: str) -> str:
        if lexeme[0] == "<":
            return resolve(self._base, _CODE.sub(_character, lexeme[1:-1]))
        prefix, _, local = lexeme.partition(":")
        return self._prefixes.get(prefix, prefix + ":") + _ESCAPE.sub(r"\1", local)

    def _accept(self, node: str | None, at: int) -> None:
        """Put a term (a literal is nothing) where the open statement needs one."""
        self._begin_item(at)
        top = self._stack[-1]
        if top.subject is None:
            top.subject, top.at = node, at
        elif top.predicate is None:
            top.predicate, top.predicate_at = node, at
        elif not top.full:
            self._state(top.subject, top.at, top.predicate, top.predicate_at, node)
            top.full = True

    def _end_literal(self) -> None:
        at, self._literal_at, self._typed = self._literal_at or 0, None, False
        self._accept(None, at)

    def _begin_item(self, at: int) -> None:
        """In a list: a new cell, unless its item has begun."""
        top = self._stack[-1]
        if top.kind is not _Kind.LIST or (top.subject is not None and not top.full):
            return
        cell = self._record.fresh()
        if top.subject is None:
            self._stack.pop()
            self._accept(cell, top.at)
            self._stack.append(top)
        else:
            self._state(top.subject, top.at, _REST, top.at, cell)
            top.at = at
        top.subject, top.predicate, top.predicate_at, top.full = cell, _FIRST, at, False

    def _end_list(self, top: _Frame) -> None:
        self._stack.pop()
        if top.subject is None:
            self._accept(_NIL, top.at)
        else:
            self._state(top.subject, top.at, _REST, top.at, _NIL)

    def _state(self, subject: str, at: int, predicate: str, predicate_at: int, value: str | None) -> None:
        self._record.place(subject, at, predicate, predicate_at)
        self._stated.append((subject, value))


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match.group()
