"""Where a text names a body: the words, and the name in the nominative."""

from __future__ import annotations

import re

from etappe.extraction.inflection import nominative_adjective
from etappe.extraction.model import Span
from etappe.extraction.organisation_heads import Found, Heads
from etappe.extraction.organisation_phrases import Naming, is_given, is_other, is_people, is_role, tokens_of
from etappe.extraction.organisation_words import (
    BRANCH,
    COMPANY_NOUN,
    COMPANY_PREDICATE,
    DEFINITE,
    EN_HEAD,
    EN_NO_NAME,
    EN_SITE,
    GEOGRAPHY,
    NATIONAL,
    NATIONAL_NOUN,
    NEUTER_ENDINGS,
    SUBJECTS,
    TERMS,
    head_of,
)

_PLAIN_NOUN = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|tion|tionen|ismus|tät|täten|nis|nisse|nissen|chen|linge"
    r"|lingen|enz|anz|ik)"
)
_GENITIVE_PLACE = re.compile(r"[A-ZÄÖÜ][\w-]{4,}[^\Wsuioamx]s")


def namings(text: str, span: Span, language: str = "de") -> list[Naming]:
    """Every place in a part of a text where a body is named, in order, none inside another."""
    tokens = tokens_of(text, span)
    reader = _Reader(text, tokens)
    found: list[Naming] = []
    taken = [False] * len(tokens)
    finders = [reader.legal, reader.heads, reader.firm_lists, reader.after_company_nouns]
    finders += (
        [reader.english]
        if language == "en"
        else [reader.branches, reader.nationals, reader.appositions, reader.firms_by_gender, reader.at_firms]
    )
    finders += [reader.in_brackets, reader.predicates]
    for finder in finders:
        for start, end, naming in finder():
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(naming)
    return sorted(found, key=lambda naming: naming.span)


class _Reader(Heads):
    """All the ways of naming a body."""

    def firm_lists(self) -> Found:
        """``die Firmen Adler, Brinkmann und Celik``."""
        for index, token in enumerate(self.tokens):
            if token.text not in ("Firmen", "Unternehmen", "Betriebe", "Betrieben", "companies", "firms"):
                continue
            here = index + 1
            items: list[tuple[int, int]] = []
            while self.proper(here) and not is_role(self.at(here).text):
                end = self.name_end(here, 3)
                items.append((here, end))
                if self.at(end).text in (",", "und", "sowie", "and") and self.proper(end + 1):
                    here = end + 1
                else:
                    break
            if len(items) > 1 and self.at(items[-1][0] - 1).text != ",":
                for start, end in items:
                    yield start, end, self.naming(start, end, self.written(start, end), 2)

    def after_company_nouns(self) -> Found:
        """``der Anlagenbauer Lamprecht Antriebe``, ``Netzbetreiber Ostwind``."""
        for index, token in enumerate(self.tokens):
            if not token.capital or not COMPANY_NOUN.search(token.text):
                continue
            quoted = self.quoted_end(index + 1)
            end = quoted if quoted > index + 1 else self.name_end(index + 1, 3)
            if end > index + 1 and not self.subordinate(index) and not _PLAIN_NOUN.fullmatch(self.at(index + 1).text):
                yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end).strip('„“"»«'), 2)

    def appositions(self) -> Found:
        """``die Stadtwärme Knittelfeld``: an article and two nouns that are neither office nor area nor event."""
        for index, token in enumerate(self.tokens):
            if token.text.lower() not in DEFINITE or token.kind != "word":
                continue
            first, second = self.at(index + 1), self.at(index + 2)
            if not (first.capital and second.capital) or token.text.lower() in ("the", "zum"):
                continue
            if token.text == "den" and first.text.endswith("n"):
                continue
            if not self.name_like(index + 1) or not self.proper(index + 2) or is_role(second.text):
                continue
            if _PLAIN_NOUN.fullmatch(second.text) or len(second.text) < 3 or self.subordinate(index):
                continue
            end = self.name_end(index + 1, 4)
            if not self.person(index + 1, end) and not _GENITIVE_PLACE.fullmatch(self.at(end - 1).text):
                yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)

    def person(self, start: int, end: int) -> bool:
        """Whether a given name with a surname after it is among the words."""
        return any(is_given(self.at(k).text) and self.at(k + 1).capital for k in range(start, end - 1)) or is_given(
            self.at(end - 1).text
        )

    def name_like(self, index: int) -> bool:
        token = self.at(index)
        return (
            self.proper(index)
            and len(token.text) > 2
            and not is_people(token.text)
            and not is_other(token.text)
            and not self.adjective(index)
            and head_of(token.text) is None
            and token.text not in GEOGRAPHY
            and token.text not in TERMS
            and not token.text.endswith("-")
            and not _PLAIN_NOUN.fullmatch(token.text)
            and not token.text.isupper()
        )

    def firms_by_gender(self) -> Found:
        """``der Heidenetz``: a neuter compound with a feminine article is the name of a firm."""
        for index, token in enumerate(self.tokens):
            if token.text not in ("der", "die", "Die", "zur") or self.at(index - 1).text == ",":
                continue
            noun = self.at(index + 1)
            if noun.capital and NEUTER_ENDINGS.fullmatch(noun.text) and self.proper(index + 1):
                end = self.name_end(index + 1, 3)
                yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)

    def branches(self) -> Found:
        """``Heuser Landtechnik``: a name and a branch of trade."""
        for index, token in enumerate(self.tokens):
            if not BRANCH.fullmatch(token.text):
                continue
            start = index
            while start > 0 and index - start < 3 and self.owner_like(start - 1):
                start -= 1
            if start < index and self.determiner(start) != "indefinite" and not self.person(start, index):
                yield start, index + 1, self.naming(start, index + 1, self.written(start, index + 1), 2)

    def owner_like(self, index: int) -> bool:
        """Whether a word before a branch of trade can be the name of its owner: ``Heuser``, not ``der Schweriner``."""
        word = self.at(index).text
        if word in SUBJECTS or not self.proper(index) or self.at(index).text.endswith("-"):
            return False
        owner = self.adjective(index) and word.endswith("er") and not self.determiner(index) and not self.begins(index)
        return owner or self.name_like(index)

    def nationals(self) -> Found:
        """``Deutsche Glasfaser``."""
        for index, token in enumerate(self.tokens):
            noun = self.at(index + 1).text
            if not NATIONAL.fullmatch(token.text) or noun not in NATIONAL_NOUN:
                continue
            if noun.startswith("Kreuz"):
                start = index - 1 if NATIONAL.fullmatch(self.at(index - 1).text) else index
                if token.text[0] == "R":
                    name = "Deutsches Rotes Kreuz" if start < index else "Rotes Kreuz"
                    yield start, index + 2, self.naming(start, index + 2, name, 2)
                continue
            head = head_of(noun)
            name = f"{nominative_adjective(token.text, head[0].gender if head else 'f')} {noun}"
            yield index, index + 2, self.naming(index, index + 2, name, 2)

    def at_firms(self) -> Found:
        """``Rundgang bei Rotorblatt Emsland``."""
        for index, token in enumerate(self.tokens):
            if token.text not in ("bei", "Bei"):
                continue
            if (
                self.name_like(index + 1)
                and self.proper(index + 2)
                and not is_people(self.at(index + 2).text)
                and not is_given(self.at(index + 1).text)
            ):
                end = self.name_end(index + 1, 4)
                yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)

    def in_brackets(self) -> Found:
        """``Jonte Wichmann (Agentur Digitale Fläche)``: what stands in brackets after a name."""
        for index, token in enumerate(self.tokens):
            if token.text != "(" or not (self.at(index - 1).capital and self.proper(index - 2)):
                continue
            start = index + 1
            while is_role(self.at(start).text):
                start += 1
            end = self.name_end(start, 4)
            if end - start > 1 and self.at(end).text in ")," and self.name_like(start):
                yield start, end, self.naming(start, end, self.written(start, end), 1)

    def predicates(self) -> Found:
        """``Lamprecht Antriebe ist ein Familienunternehmen``."""
        for index, token in enumerate(self.tokens):
            if not (self.begins(index) and token.kind == "word"):
                continue
            start = index + 1 if token.text in ("Die", "Der", "Das", "The") else index
            if not self.name_like(start) or is_given(self.at(start).text):
                continue
            end = self.name_end(start, 4)
            if end == start or self.at(end).text not in (
                "ist",
                "sind",
                "zählt",
                "gehört",
                "is",
                "beschäftigt",
                "produziert",
                "fertigt",
                "entwickelt",
            ):
                continue
            rest = self.text[self.at(end).start : self.at(end).start + 90]
            if COMPANY_PREDICATE.match(rest):
                yield start, end, self.naming(start, end, self.written(start, end), 1)

    def english(self) -> Found:
        """``the Havelland Energy Group``, ``the University of Osterode``, ``site of Nuthe Turbines``."""
        for index, token in enumerate(self.tokens):
            if token.text in ("of", "at") and self.at(index - 1).text in EN_SITE and self.proper(index + 1):
                end = self.english_end(index + 1)
                if end - index > 2:
                    yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)
            if not token.capital or not EN_HEAD.fullmatch(token.text):
                continue
            start = index
            while (
                start > 0 and index - start < 5 and self.proper(start - 1) and self.at(start - 1).text not in EN_NO_NAME
            ):
                start -= 1
            end = index + 1
            if self.at(end).text in ("of", "for") and self.at(end + 1).capital:
                end = self.english_end(end + 1)
            if end - start > 1 and self.determiner(start) != "indefinite":
                yield start, end, self.naming(start, end, self.written(start, end), 2)

    def english_end(self, index: int) -> int:
        start = index
        while index - start < 8:
            if self.proper(index) and self.at(index).text not in EN_NO_NAME:
                index += 1
            elif (
                self.at(index).text in ("and", "of", "for", "&")
                and self.at(index + 1).capital
                and self.proper(index + 1)
                and self.at(index + 1).text not in EN_NO_NAME
            ) or (
                self.at(index).text == ","
                and self.at(index + 2).text in (",", "and")
                and self.proper(index + 1)
                and self.at(index + 3).capital
            ):
                index += 2
            else:
                break
        return index
