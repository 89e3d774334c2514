"""The words of a text as they make up names: tokens, articles, names in apposition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etappe.extraction.model import Span
from etappe.extraction.names import known_given
from etappe.extraction.organisation_words import (
    DEFINITE,
    FUNCTION,
    INDEFINITE,
    LEGAL,
    OBJECTS,
    OTHER_HEAD,
    PARTIES,
    PEOPLE,
    ROLE,
    ROLE_ABBREVIATIONS,
    SUBORDINATING,
    head_of,
    word_set,
)


@dataclass(frozen=True)
class Token:
    """A word, a number, a legal form or a sign."""

    text: str
    start: int
    end: int
    kind: str  # legal, word, number, sign; break beyond the ends

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


@dataclass(frozen=True)
class Naming:
    """One place where a body is named.

    Attributes:
        name: in the nominative; ``words``: as written.
        strength: 3 legal form, 2 head word, 1 only the grammar says so.
    """

    span: Span
    name: str
    words: str
    strength: int
    legal_form: str | None = None
    abbreviation: str | None = None


_TOKEN = re.compile(
    rf"(?P<legal>(?<![\w-]){LEGAL.pattern})"
    r"|(?P<word>(?:St|Dr|Prof|Mag|Ing|Dipl|Bgm|Nr|Ltd|bzw|ca|rer|nat|med|phil|jur|h\.\s?c)\.(?:-\w[\w-]*)?"
    r"|[^\W\d_]\w*(?:[-.@+&’'](?=\w)\w+)*-?(?:[’'](?!\w))?)"
    r"|(?P<number>\d[\d.,:]*)|(?P<sign>\S)"
)
SONS = word_set("Sohn Söhne Söhnen Partner Co Töchter Tochter Kollegen Co. Sons Cie")
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{0,8}[A-ZÄÖÜ](?:-[A-Z]{1,4})?")
OPENING = frozenset('„“"»«‚‘')
CLOSING = frozenset('“”"«»’‘')
_TIME = re.compile(
    r"(?:tag|abend|morgen|mittag|woche|jahr|monat|sommer|herbst|winter|ende|anfang|rande?)s?$", re.IGNORECASE
)
_VERSION = re.compile(r"\d\.0")  # Mittelstand 4.0
_AT = word_set("am an im bei ob vor")


def tokens_of(text: str, span: Span) -> list[Token]:
    """The tokens of a part of a text, without the asterisks of Markdown."""
    return [
        Token(match[0], match.start(), match.end(), match.lastgroup or "sign")
        for match in _TOKEN.finditer(text, span.start, span.end)
        if match[0] != "*"
    ]


class Phrases:
    """The tokens of one part of a text, and the patterns that are looked for in it."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.none = Token("", 0, 0, "break")

    def at(self, index: int) -> Token:
        """The token, or an empty one beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else self.none

    def begins(self, index: int) -> bool:
        """Whether a sentence may begin here, so that a capital letter says nothing."""
        before = self.at(index - 1)
        return before.kind == "break" or before.text in ".?!:;•|–*#" or before.text in OPENING

    def proper(self, index: int) -> bool:
        """Whether a token can be part of a name."""
        token = self.at(index)
        if not token.capital or token.text in ROLE_ABBREVIATIONS or token.text in OBJECTS or token.text in PARTIES:
            return False
        return not (token.text.lower() in FUNCTION and (self.begins(index) or token.text.istitle()))

    def name_end(self, index: int, limit: int = 4, sites: bool = False) -> int:
        """Where a name in apposition that begins at ``index`` ends; ``sites``: ``am See`` may belong to it."""
        end = index
        while end - index < limit:
            token, following = self.at(end), self.at(end + 1)
            if self.proper(end) and not is_role(token.text):
                end += 1
            elif end > index and _VERSION.fullmatch(token.text):
                return end + 1
            elif end > index and token.text in ("&", "+", "und") and (token.text != "und" or following.text in SONS):
                if not following.capital:
                    break
                end += 2
            elif end > index and sites and token.text in _AT and self.site_end(end) > end:
                return self.site_end(end)
            else:
                break
        return end

    def site_end(self, index: int) -> int:
        """The end of ``am See``, ``an der Oder``, ``vor der Höhe``; the same index if there is none."""
        site = index + 1
        if self.at(index).text in ("an", "An", "bei", "ob", "vor"):
            if self.at(site).text not in ("der", "dem", "den"):
                return index
            site += 1
        word = self.at(site).text
        named = self.proper(site) and not is_role(word) and head_of(word) is None and not _TIME.search(word)
        return site + 1 if named else index

    def determiner(self, index: int) -> str:
        """``definite``, ``indefinite`` or nothing: what stands before a noun, over adjectives in between."""
        for before in range(index - 1, max(-1, index - 5), -1):
            token = self.at(before)
            word = token.text.lower()
            if word in INDEFINITE:
                return "indefinite"
            if word in DEFINITE:
                return "definite"
            if not (
                token.kind == "word" and token.text[0].islower() and token.text.endswith(("e", "en", "er", "es", "em"))
            ):
                return ""
        return ""

    def subordinate(self, index: int) -> bool:
        """Whether a clause with the verb at its end may begin before a token."""
        for before in range(index - 1, max(-1, index - 12), -1):
            token = self.at(before)
            if token.kind in ("break", "sign"):
                return before + 2 < index and self.subordinating(before + 1)
        return 1 < index < 12 and self.subordinating(0)

    def subordinating(self, index: int) -> bool:
        """Whether a conjunction or a relative pronoun stands there, not the article of a noun."""
        word = self.at(index).text.lower()
        return word in SUBORDINATING and not (word in DEFINITE and self.at(index + 1).capital)

    def naming(self, start: int, end: int, name: str, strength: int, **more: str | None) -> Naming:
        """A naming by the tokens from ``start`` up to ``end``."""
        span = Span(self.at(start).start, self.at(end - 1).end)
        return Naming(span, name, joined(span.of(self.text)), strength, **more)

    def written(self, start: int, end: int) -> str:
        """The words from ``start`` up to ``end`` as they are written."""
        return joined(self.text[self.at(start).start : self.at(end - 1).end]) if end > start else ""

    def bracket(self, index: int) -> tuple[str | None, int]:
        """The abbreviation in brackets at ``index``, and where it ends."""
        if self.at(index).text == "(" and self.at(index + 2).text == ")":
            inner = self.at(index + 1).text
            if _ABBREVIATION.fullmatch(inner) and inner not in PARTIES:
                return inner, index + 3
        return None, index

    def quoted_end(self, index: int) -> int:
        """The end of a name in quotation marks; the same index if none begins there."""
        if self.at(index).text not in OPENING:
            return index
        for after in range(index + 1, min(index + 8, len(self.tokens))):
            if self.at(after).text in CLOSING:
                return after + 1 if self.at(index + 1).capital and after > index + 1 else index
        return index


@lru_cache(maxsize=20_000)
def is_role(word: str) -> bool:
    """Whether a noun is an office, an occupation or another word for people, and seldom a family name."""
    return word in ROLE_ABBREVIATIONS or ROLE.search(word.lower()) is not None


@lru_cache(maxsize=20_000)
def is_people(word: str) -> bool:
    """Whether a noun is a word for people, even if it is a family name too."""
    return is_role(word) or PEOPLE.search(word.lower()) is not None


@lru_cache(maxsize=20_000)
def is_other(word: str) -> bool:
    """Whether a noun stands for an area, a site, an event, a time or a work."""
    return OTHER_HEAD.search(word.lower()) is not None


def is_given(word: str) -> bool:
    """Whether a word is a common given name."""
    return known_given(word)


def joined(words: str) -> str:
    """The words with single blanks between them."""
    return " ".join(words.split())
