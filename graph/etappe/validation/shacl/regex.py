r"""Regular expressions of XPath (functions and operators, section 7.6; XSD 1.1 part 2, appendix G) for Python.

The two dialects differ: ``$`` before a trailing newline, ``\s`` and ``\w``, ``\i`` and ``\c``, ``\p{..}``, classes that
are subtracted. A pattern that could explode while it backtracks is left to Oxigraph, whose engine takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pyoxigraph import Literal, QuerySolutions, Store

from etappe.validation.shacl.literals import NAME, NAME_START
from etappe.validation.shacl.support import NotHandled

_SPACE = " \\t\\n\\r"
_CLASSES = {"d": r"\d", "s": _SPACE, "i": ":" + NAME_START, "c": ":" + NAME}
_LITERAL = frozenset("nrt\\|.?*+(){}-[]^$")
_CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)
#: What is more than its characters in a class of Oxigraph's dialect.
_RUST = re.compile("&&|~~|--")
_MOST = 1000
_COUNTED = re.compile(r"\{(\d{1,9})(,(\d{0,9}))?\}", re.ASCII)


def matcher(pattern: str, flags: str = "") -> Callable[[str], bool]:
    """A function that says whether a text matches somewhere, as SPARQL's ``REGEX`` does.

    Raises:
        NotHandled: the pattern is none of XPath, or Python and Oxigraph cannot evaluate it as XPath does.
    """
    if set(flags) - set("ismx"):
        raise NotHandled(f"the flags {flags!r} of a pattern")
    translation = _Translation(pattern, flags)
    if translation.explosive:
        if not translation.plain:
            raise NotHandled(f"the pattern {pattern!r} could run for very long")
        return _by_oxigraph(pattern, flags)
    try:
        compiled = re.compile(translation.python, (re.I if "i" in flags else 0) | (re.S if "s" in flags else 0))
    except (re.error, OverflowError, RecursionError) as error:
        raise NotHandled(f"the pattern {pattern!r}: {error}") from error
    search = compiled.search
    if translation.plain and translation.repetitions:
        try:
            linear = _by_oxigraph(pattern, flags)
        except NotHandled:
            return lambda text: search(text) is not None
        return lambda text: search(text) is not None if len(text) <= _LONG else linear(text)
    return lambda text: search(text) is not None


#: Characters from which on a text is left to Oxigraph, since Python may try each pair or triple of places in it.
_LONG = 500


def _by_oxigraph(pattern: str, flags: str) -> Callable[[str], bool]:
    store = Store()
    rest = f", {Literal(pattern)}, {Literal(flags)}) AS ?matches) {{}}"

    @lru_cache(maxsize=1024)
    def matches(text: str) -> bool | None:
        solutions = store.query(f"SELECT (REGEX({Literal(text)}{rest}")
        assert isinstance(solutions, QuerySolutions)
        answer = next(solutions)["matches"]
        return answer.value == "true" if isinstance(answer, Literal) else None

    if matches("") is None:
        raise NotHandled(f"the pattern {pattern!r} is not one that Oxigraph reads")
    return lambda text: matches(text) is True


class _Group:
    """What stands in one pair of brackets: whether repeating it could explode."""

    __slots__ = ("branching",)

    def __init__(self) -> None:
        self.branching = False


class _Translation:
    """One pattern, read from left to right.

    Attributes:
        python: the pattern in Python's dialect.
        plain: both dialects, and that of Oxigraph, read every part of it alike.
        repetitions: how many parts can match texts of many lengths.
        explosive: something that can match in several ways is repeated, or there are more than three such repetitions.
    """

    def __init__(self, pattern: str, flags: str) -> None:
        self._text = pattern
        self._at = 0
        self._multiline = "m" in flags
        self._spaced = "x" in flags
        self.plain = not (self._multiline or self._spaced)
        self.explosive = False
        self.repetitions = 0
        self._groups: list[_Group] = [_Group()]
        self.python = self._read()

    def _read(self) -> str:
        out: list[str] = []
        repeatable: _Group | str | None = None  # what a quantifier would repeat
        while self._at < len(self._text):
            sign = self._next()
            if self._spaced and sign in " \t\n\r":
                continue
            if sign == "(":
                out.append(self._open())
                repeatable = None
            elif sign == ")":
                if len(self._groups) == 1:
                    raise self._bad("a bracket too many")
                repeatable = self._groups.pop()
                self._groups[-1].branching |= repeatable.branching
                out.append(")")
            elif sign == "|":
                self._groups[-1].branching = True
                out.append("|")
                repeatable = None
            elif sign in "*+?{":
                if repeatable is None:
                    raise self._bad("nothing to repeat")
                out.append(self._quantifier(sign, repeatable))
                repeatable = None
            elif sign in "^$":
                out.append(self._anchor(sign))
                repeatable = None
            elif sign in "]}":
                raise self._bad(f"{sign} without its beginning")
            else:
                out.append(self._atom(sign))
                repeatable = sign
        if len(self._groups) > 1:
            raise self._bad("a bracket is not closed")
        self.explosive |= self.repetitions > 3
        return "".join(out)

    def _bad(self, problem: str) -> NotHandled:
        return NotHandled(f"the pattern {self._text!r} is not one of XPath: {problem}")

    def _next(self) -> str:
        if self._at >= len(self._text):
            raise self._bad("it ends too early")
        self._at += 1
        return self._text[self._at - 1]

    def _open(self) -> str:
        self._groups.append(_Group())
        if not self._text.startswith("?", self._at):
            return "("
        if not self._text.startswith("?:", self._at):
            raise self._bad("(? is unknown")
        self._at += 2
        return "(?:"

    def _quantifier(self, sign: str, repeated: _Group | str) -> str:
        elastic, several = sign in "*+", sign in "*+"
        text = sign
        if sign == "{":
            counted = _COUNTED.match(self._text, self._at - 1)
            if counted is None:
                raise self._bad("{ begins no count")
            text, self._at = counted.group(), counted.end()
            least = int(counted[1])
            most = least if counted[2] is None else int(counted[3] or _MOST + 1)
            elastic, several = most - least > 10, most > 1
            if max(least, int(counted[3] or 0)) > _MOST:
                raise self._bad(f"a count is larger than {_MOST}")
        if self._text.startswith("?", self._at):
            self._at += 1
            text += "?"
        if isinstance(repeated, _Group) and repeated.branching and several:
            self.explosive = True
        self._groups[-1].branching = True
        self.repetitions += elastic
        return text

    def _anchor(self, sign: str) -> str:
        if not self._multiline:
            return r"\A" if sign == "^" else r"\Z"
        return r"(?:\A|(?<=\n)(?!\Z))" if sign == "^" else r"(?=\n|\Z)"

    def _atom(self, sign: str) -> str:
        if sign == "[":
            return self._class()
        if sign == ".":
            return "."
        if sign != "\\":
            return re.escape(sign)
        escaped = self._next()
        if escaped in "123456789":
            self.plain = False
            return f"(?:\\{escaped})"
        members, negated = self._escape(escaped)
        return f"[{'^' if negated else ''}{members}]"

    def _escape(self, sign: str) -> tuple[str, bool]:
        """The members of a class that an escape stands for, and whether it means everything else."""
        if sign in _LITERAL:
            return "\\" + sign, False
        lower = sign.lower()
        if lower in _CLASSES:
            self.plain &= lower == "d"
            return _CLASSES[lower], sign != lower
        self.plain = False
        if lower == "w":  # everything but punctuation, separators and others
            return _categories("PZC"), sign == "w"
        if lower == "p":
            end = self._text.find("}", self._at)
            name = self._text[self._at + 1 : end]
            if not self._text.startswith("{", self._at) or name not in _CATEGORIES:
                raise self._bad(f"\\{sign}{{{name}}} is unknown")
            self._at = end + 1
            return _categories(name), sign == "P"
        raise self._bad(f"\\{sign} is unknown")

    def _class(self) -> str:
        """A class in square brackets, also one from which another is subtracted."""
        start_of_class = self._at
        negated = self._text.startswith("^", self._at)
        self._at += negated
        members: list[str] = []
        excluded: list[str] = []  # members that stand for everything but some: as lookaheads of their own
        subtracted = ""
        first = True
        while (sign := self._next()) != "]" or first:
            if sign == "]" or (sign == "[" and not first):
                raise self._bad(f"{sign} stands in a class")
            if sign == "[":
                raise self._bad("[ stands in a class")
            if sign == "-" and self._text.startswith("[", self._at) and not first:
                self._at += 1
                self.plain = False
                subtracted = self._class()
                if self._next() != "]":
                    raise self._bad("something follows what is subtracted")
                break
            first = False
            start, whole = self._member(sign)
            if whole:
                (excluded if whole == "not" else members).append(start)
                continue
            if self._text.startswith("-", self._at) and not self._text.startswith(("-]", "-["), self._at):
                self._at += 1
                end, whole = self._member(self._next())
                if whole:
                    raise self._bad("a range ends with a class")
                start = f"{start}-{end}"
            members.append(start)
        self.plain &= _RUST.search(self._text, start_of_class, self._at) is None
        alternatives = [f"[{''.join(members)}]"] * bool(members) + [f"[^{one}]" for one in excluded]
        chosen = f"(?:{'|'.join(alternatives)})" if len(alternatives) > 1 else alternatives[0]
        if negated:
            chosen = f"[^{''.join(members)}]" if not excluded else f"(?:(?!{chosen})[\\s\\S])"
        return f"(?:(?!{subtracted}){chosen})" if subtracted else chosen

    def _member(self, sign: str) -> tuple[str, str]:
        """One member of a class, and whether it is a class itself (``yes``), all but a class (``not``), or neither."""
        if sign != "\\":
            return re.escape(sign) if sign.isascii() and not sign.isalnum() else sign, ""
        escaped = self._next()
        members, negated = self._escape(escaped)
        if escaped in _LITERAL:
            return members, ""
        return members, "not" if negated else "yes"


@lru_cache(maxsize=64)
def _categories(names: str) -> str:
    """The code points of Unicode categories as ranges; ``names`` are one category, or several of one letter each."""
    import sys
    import unicodedata

    wanted = {names} if names in _CATEGORIES else set(names)
    ranges: list[list[int]] = []
    for point in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(point))
        if category[0] in wanted or category in wanted:
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
