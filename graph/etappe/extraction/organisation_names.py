"""Where a text names a body: the words, and the name in the nominative."""

from __future__ import annotations

import re

from etappe import gazetteer
from etappe.extraction.inflection import nominative_adjective
from etappe.extraction.model import Span
from etappe.extraction.organisation_heads import Found, Heads
from etappe.extraction.organisation_phrases import Naming, is_given, is_other, is_people, is_role, tokens_of
from etappe.extraction.organisation_words import (
    BRANCH,
    COMPANY_NOUN,
    COMPANY_PREDICATE,
    DEFINITE,
    EN_COMPANY,
    EN_DUTIES,
    EN_FIRM_DOES,
    EN_HEAD,
    EN_NO_NAME,
    EN_SITE,
    GEOGRAPHY,
    NATIONAL,
    NATIONAL_NOUN,
    NEUTER_ENDINGS,
    NOT_FEMININE,
    OBJECTS,
    SUBJECTS,
    TERMS,
    TRADE,
    head_of,
    word_set,
)

_PLAIN_NOUN = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|tion|tionen|ismus|tät|täten|nis|nisse|nissen|chen|linge"
    r"|lingen|enz|anz|ik)"
)
_GENITIVE_PLACE = re.compile(r"[A-ZÄÖÜ][\w-]{4,}[^\Wsuioamx]s")
_TOWN_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][\w-]{3,}er")
_PLURAL_NOUN = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{3,}(?<![tdgn])(?<!ch)en")  # no participle: Angestellten, Vorsitzenden
_GENITIVE_AHEAD = re.compile(r"\s(?:wie|als)\b")
_SCIENCE = re.compile(r"[A-ZÄÖÜ]\w+logische[nrs]?")
_WITH_DATIVE = word_set("bei mit von in aus zu nach Bei Mit Von In")
_PLURAL = re.compile(r"(?:en|n)$")
_LIST_SIGNS = frozenset((",", "und", "sowie", "von", "bei", "durch"))


def namings(text: str, span: Span, language: str = "de") -> list[Naming]:
    """Every place in a part of a text where a body is named, in order, none inside another."""
    tokens = tokens_of(text, span)
    reader = _Reader(text, tokens)
    found: list[Naming] = []
    taken = [False] * len(tokens)
    finders = [reader.legal, *([reader.english] if language == "en" else []), reader.heads]
    finders += [reader.firm_lists, reader.after_company_nouns]
    finders += (
        [reader.english_firms]
        if language == "en"
        else [
            reader.branches,
            reader.trades,
            reader.stations,
            reader.nationals,
            reader.firms_of_areas,
            reader.firms_by_number,
            reader.appositions,
            reader.firms_by_gender,
            reader.at_firms,
        ]
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
            named = end > index + 1 and not self.subordinate(index)
            if named and not _PLAIN_NOUN.fullmatch(self.at(index + 1).text) and not self.relative(index, end):
                yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end).strip('„“"»«'), 2)

    def relative(self, index: int, end: int) -> bool:
        """``seine Tochter Anna Quast``: a daughter, no subsidiary."""
        return is_given(self.at(index + 1).text) and end - index > 2

    def trades(self) -> Found:
        """``Metallbau Quast``, ``Federntechnik Dornsee``: a trade, and the name of its owner or town."""
        for index, token in enumerate(self.tokens):
            if not TRADE.fullmatch(token.text) or self.at(index - 1).text in SUBJECTS or self.owner_like(index - 1):
                continue
            name = self.at(index + 1)
            if not self.proper(index + 1) or is_people(name.text) or is_given(name.text) or is_other(name.text):
                continue
            if self.determiner(index) == "indefinite" or self.subordinate(index) or self.proper(index + 2):
                continue
            town = bool(gazetteer.named(name.text))
            if town and self.determiner(index) != "definite" and self.at(index - 1).text not in _LIST_SIGNS:
                continue
            if not town and (_PLAIN_NOUN.fullmatch(name.text) or head_of(name.text) is not None):
                continue
            yield index, index + 2, self.naming(index, index + 2, self.written(index, index + 2), 2)

    def stations(self) -> Found:
        """``die Biologische Station Dornsee``."""
        for index, token in enumerate(self.tokens):
            if token.text != "Station" or not _SCIENCE.fullmatch(self.at(index - 1).text):
                continue
            end = self.name_end(index + 1, 2)
            name = f"{nominative_adjective(self.at(index - 1).text, 'f')} {self.written(index, end)}"
            yield index - 1, end, self.naming(index - 1, end, name, 2)

    def firms_of_areas(self) -> Found:
        """``bei der Nordtal Netz``: a feminine article before a noun of an area that is none."""
        for index, token in enumerate(self.tokens):
            if token.text not in ("der", "zur", "die", "Die") or not self.feminine(index):
                continue
            if not NOT_FEMININE.fullmatch(self.at(index + 1).text):
                continue
            end = self.name_end(index + 1, 3)
            last = self.at(end - 1).text
            if end - index > 2 and not is_people(last) and head_of(last) is None and not _PLURAL.search(last):
                yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)

    def firms_by_number(self) -> Found:
        """``bei der Dornseer Lichtwellen``: a noun in the plural after an article in the singular."""
        for index, token in enumerate(self.tokens):
            if token.text not in ("der", "zur") or not (token.text == "zur" or self.at(index - 1).text in _WITH_DATIVE):
                continue
            town, noun = self.at(index + 1), self.at(index + 2)
            if not (_TOWN_ADJECTIVE.fullmatch(town.text) and self.adjective(index + 1) and self.proper(index + 2)):
                continue
            if not _PLURAL_NOUN.fullmatch(noun.text) or is_people(noun.text) or self.at(index + 3).capital:
                continue
            if head_of(noun.text) is None and not _GENITIVE_AHEAD.match(self.text, noun.end):
                yield index + 1, index + 3, self.naming(index + 1, index + 3, self.written(index + 1, index + 3), 1)

    def feminine(self, index: int) -> bool:
        """Whether an article can only be that of a feminine noun, or of a plural."""
        word, before = self.at(index).text, self.at(index - 1)
        return word == "zur" or before.text in _WITH_DATIVE or (word == "der" and before.capital)

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

    def english_part(self, index: int) -> bool:
        """Whether a word can be part of an English name: words that are objects in German are none there."""
        return self.proper(index) or (self.at(index).capital and self.at(index).text in OBJECTS)

    def english(self) -> Found:
        """``the Havelland Energy Group``, ``the University of Osterode``, ``site of Nuthe Turbines``."""
        for index, token in enumerate(self.tokens):
            if token.text in EN_COMPANY and self.determiner(index) != "indefinite" and self.proper(index + 1):
                end = self.english_end(index + 1)
                if not is_given(self.at(index + 1).text):
                    yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)
            if token.text in ("of", "at") and self.at(index - 1).text in EN_SITE and self.proper(index + 1):
                end = self.english_end(index + 1)
                if (
                    end - index > 2
                    and self.at(end - 1).text not in EN_DUTIES
                    and not gazetteer.named(self.written(index + 1, end))
                ):
                    yield index + 1, end, self.naming(index + 1, end, self.written(index + 1, end), 1)
            if not token.capital or not EN_HEAD.fullmatch(token.text):
                continue
            start = index
            while (
                start > 0
                and index - start < 5
                and self.english_part(start - 1)
                and self.at(start - 1).text not in EN_NO_NAME
            ):
                start -= 1
            end = index + 1
            if self.at(end).text in ("of", "for") and self.at(end + 1).capital:
                end = self.english_end(end + 1)
            while EN_HEAD.fullmatch(self.at(end).text):
                end += 1
            abbreviation, closing = self.bracket(end)
            if end - start > 1 and self.determiner(start) != "indefinite":
                yield start, closing, self.naming(start, end, self.written(start, end), 2, abbreviation=abbreviation)

    def english_firms(self) -> Found:
        """``Baltic Rotor has invested``: what only a firm does."""
        for index in range(len(self.tokens)):
            if not self.begins(index) and self.at(index - 1).text != ",":
                continue
            if not self.name_like(index) or is_given(self.at(index).text):
                continue
            end = self.name_end(index, 4)
            rest = self.text[self.at(end).start : self.at(end).start + 40]
            if end > index and not is_people(self.at(end - 1).text) and EN_FIRM_DOES.match(rest):
                yield index, end, self.naming(index, end, self.written(index, end), 1)

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
