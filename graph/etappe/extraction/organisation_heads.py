"""Bodies named by a legal form or by a head word: ``Peenewerk Metallbau GmbH``, ``Landesamt für Breitband``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etappe import gazetteer
from etappe.extraction.inflection import nominative_adjective, nominative_name
from etappe.extraction.organisation_phrases import (
    CLOSING,
    OPENING,
    SONS,
    Naming,
    Phrases,
    is_other,
    is_people,
    is_role,
    joined,
)
from etappe.extraction.organisation_words import (
    ADJECTIVE,
    COMPANY_NOUN,
    DEFINITE,
    FUNCTION,
    GENERIC_FIRST,
    GEOGRAPHY,
    INDEFINITE,
    INITIALISMS,
    LOOSE_LEGAL,
    OBJECTS,
    PARTIES,
    ROLE_ABBREVIATIONS,
    SOLE,
    Head,
    head_of,
    of_an_area,
    word_set,
)

Found = Iterator[tuple[int, int, Naming]]
_PLAIN_NOUN = re.compile(
    r".{2,}(?:ung|ungen|heit|heiten|keit|keiten|tion|tionen|ismus|tät|täten|nis|nisse|nissen|chen|linge"
    r"|lingen|enz|anz|ik)"
)
_GENITIVE_STOP = word_set(
    "Stadt Region Gemeinde Kommune Kreises Landkreises Landkreis Ortes Landes Ministers Ministerin Jahres "
    "Woche Firma Unternehmens Kommunen Gemeinden Städte Insel Schule Welt Zukunft Küste Branche Partei "
    "Fraktion CDU SPD Länder Gruppe Nacht Zeit Bürger Tages Monats Abgeordneten Mitte Höhe Nähe Reihe Hand Art"
)
_WITH_SITE = re.compile(
    r"(?:schule|gymnasium|klinik|klinikum|apotheke|kolleg|kita|kindergarten|krankenhaus|hospital|theater|museum)$"
)
_QUOTING = re.compile(
    r"(?:verein|netzwerk|stiftung|genossenschaft|laden|kita|kindergarten|gesellschaft|verband|bund|initiative"
    r"|agentur|firma|schule|gruppe|hof|werkstatt|zentrum|gemeinschaft|kreis|club|klub|start-up|startup"
    r"|bäckerei|gärtnerei|apotheke|klinik)$"
)
_GENITIVE_PLACE = re.compile(r"[A-ZÄÖÜ][\w-]{4,}[^\Wsuioamx]s")
_COMMON = word_set(
    "betriebe werke kliniken werkstätten schule betrieb firma unternehmen verein hof werk büro bank museum "
    "zentrum institut polizei feuerwehr kita klinik agentur amt"
)
_AREAS = word_set("Landkreis Kreis Kanton Bezirk")
_CLASS = word_set("Firma Start-up Startup")  # say what is named after them, and are no part of its name
_OF_PEOPLE = re.compile(r"(?:verband|bund|verein|vereinigung|gemeinschaft|gesellschaft|allianz|zusammenschluss)$")
_SITED = ("kammer", "agentur", "verband")  # Industrie- und Handelskammer (IHK) Muster
_OF_LAND = ("büro", "agentur", "bank")  # Energieagentur des Landes
_OF_OBJECTS = ("zweckverband", "gesellschaft", "kompetenzzentrum", "eigenbetrieb")  # Zweckverband Breitband Muster
_PLAIN_HEADS = word_set("unternehmen betriebe betrieb firma verein hof feuerwehr schule werk polizei")


class Heads(Phrases):
    """Bodies named by a legal form or a head word."""

    # -- legal forms ---------------------------------------------------------------------------------------------

    def legal(self) -> Found:
        """``Peenewerk Metallbau GmbH``."""
        for index, token in enumerate(self.tokens):
            if token.kind != "legal":
                continue
            start = self.legal_start(index)
            if start == index or (token.text in LOOSE_LEGAL and not self.named_firm(start, index)):
                continue
            end = index + 1
            head = head_of(self.at(start).text)
            if index - start == 1 and head and self.proper(end) and not is_role(self.at(end).text):
                end = self.name_end(end, 2)
            name = self.written(start, end)
            if head and self.determiner(start) == "definite":
                name = name.replace(self.at(start).text, head[1], 1)
            abbreviation, closing = self.bracket(end)
            legal_form = joined(token.text)
            naming = self.naming(start, end, name, 3, legal_form=legal_form, abbreviation=abbreviation)
            yield start, closing, naming

    def named_firm(self, start: int, index: int) -> bool:
        """Whether letters such as ``SE`` are a legal form: an article and a name stand before them."""
        long = [k for k in range(start, index) if len(self.at(k).text) > 3]
        return bool(long) and (self.determiner(start) == "definite" or (len(long) > 1 and self.begins(start)))

    def legal_start(self, index: int) -> int:
        """Where the name before a legal form begins."""
        start = index
        while start > 0 and index - start < 8:
            step = self.step_back(start, index)
            if step == start:
                break
            start = step
        while start < index and self.says_what(self.at(start).text):
            start += 1
        return start

    def step_back(self, start: int, index: int) -> int:
        """One part of a name further to the left; the same index where the name begins."""
        token, before = self.at(start - 1), self.at(start - 2)
        inside = start < index
        if self.proper(start - 1) and not is_role(token.text):
            return start - 1
        if before.capital and token.capital and token.text in OBJECTS and (inside or self.proper(start - 2)):
            return start - 1
        if inside and before.capital and token.kind == "number" and not self.begins(start - 1):
            return start - 1
        if before.capital and (token.text in "&+" or (token.text == "und" and self.at(start).text in SONS)):
            return start - 2
        if inside and token.text in ("für", "der", "des", "im", "am", "zur") and self.headed(start - 2):
            return start - 2
        if token.text in CLOSING and not inside:
            return next((k for k in range(start - 2, max(-1, start - 8), -1) if self.at(k).text in OPENING), start)
        return start

    @staticmethod
    def says_what(word: str) -> bool:
        """Whether a word before the name of a firm is an office, or says that it is a firm."""
        return is_role(word) or word in ("Firma", "Unternehmen", "Betrieb") or COMPANY_NOUN.search(word) is not None

    def headed(self, index: int) -> bool:
        """Whether a head word stands there."""
        token = self.at(index)
        return token.capital and head_of(token.text) is not None

    # -- head words ----------------------------------------------------------------------------------------------

    def heads(self) -> Found:
        """``Stadtwerke Pasewalk``, ``Landesamt für Breitband``, ``Zweckverband Netze Westeifel``."""
        for index, token in enumerate(self.tokens):
            if not token.capital:
                continue
            known = head_of(token.text)
            if known is None:
                continue
            found = self.headed_name(index, *known)
            if found:
                yield found

    def headed_name(self, index: int, head: Head, lemma: str) -> tuple[int, int, Naming] | None:
        """The body whose head stands at ``index``: adjectives, head, what belongs to it, abbreviation in brackets."""
        noun, first = index, lemma
        if self.at(index - 1).text in ("und", "&") and self.hyphened(index - 2):  # Industrie- und Handelskammer
            noun = index - 2
            first = f"{self.at(noun).text} {self.at(index - 1).text} {lemma}"
        start = noun
        while start > 0 and self.adjective(start - 1):
            start -= 1
        if self.determiner(start) == "indefinite":
            return None
        leading = [nominative_adjective(self.at(k).text, head.gender) for k in range(start, noun)]
        abbreviation, after = self.bracket(index + 1)
        end, tail = self.complement(after, head, lemma, start)
        closing = end
        if abbreviation is None and tail:
            abbreviation, closing = self.bracket(end)
        if not leading:
            before = self.name_before(start) if not tail or "-" in self.at(start - 1).text else start
            leading = [self.at(k).text for k in range(before, start)]
            start = before
        named = bool(tail or abbreviation) or self.alone(first, lemma)
        if not named and (not leading or self.generic_adjectives(leading, lemma)):
            return None
        if tail == "plus" or (self.at(end).text == "(" and self.at(end + 1).text in _AREAS):
            return None
        if tail and lemma in _CLASS and self.proper(after):  # die Schweriner Firma Adler
            return start, closing, self.naming(after, end, tail, 2, abbreviation=abbreviation)
        name = " ".join([*leading, first, *([tail] if tail else [])])
        naming = self.naming(start, end if tail else index + 1, name, 2, abbreviation=abbreviation)
        return start, closing, naming

    def hyphened(self, index: int) -> bool:
        """Whether a word goes on after an ``und``: ``Industrie-``."""
        return self.at(index).capital and self.at(index).text.endswith("-")

    @staticmethod
    def generic_adjectives(leading: list[str], lemma: str) -> bool:
        """Whether adjectives make no name: ``Deutsche Unternehmen``."""
        return lemma.lower() in _PLAIN_HEADS and not any(word.endswith("er") for word in leading)

    def adjective(self, index: int) -> bool:
        """Whether an adjective with a capital letter stands there, which is part of a name."""
        token = self.at(index)
        word = token.text
        return (
            token.capital
            and ADJECTIVE.fullmatch(word) is not None
            and word.lower() not in FUNCTION
            and word.lower() not in INDEFINITE
            and word.lower() not in DEFINITE
            and not is_role(word)
            and word not in OBJECTS
        )

    def name_before(self, start: int) -> int:
        """``Boreus Rechenzentrum``: the index of a name before the head, with its article."""
        token = self.at(start - 1)
        if (
            self.proper(start - 1)
            and self.at(start - 2).text.lower() in DEFINITE
            and (not is_role(token.text) or self.at(start).text.startswith("Krankenkasse"))  # of an occupation
            and not is_other(token.text)
            and head_of(token.text) is None
        ):
            return start - 1
        return start

    @staticmethod
    def alone(first: str, lemma: str) -> bool:
        """Whether a compound is a name in itself: ``Staatskanzlei``, ``Käthe-Brandes-Schule``."""
        if SOLE.fullmatch(first) or first in INITIALISMS or of_an_area(lemma):
            return True
        parts = lemma.split("-")
        if len(parts) < 2 or not parts[-1][:1].isupper() or lemma.endswith("Start-up"):
            return False
        if GENERIC_FIRST.fullmatch(parts[0]) or parts[-1] in ("Unternehmen", "Betrieb", "Firma", "Betriebe"):
            return False
        return len(parts) > 2 or len(parts[0]) > 3

    def complement(self, index: int, head: Head, lemma: str, start: int) -> tuple[int, str]:
        """What belongs to the name after the head: end, and the words in the nominative."""
        token = self.at(index)
        parts: list[str] = []
        end = index
        low = lemma.lower()
        if token.text == "plus" and low.endswith("schule"):
            parts.append("plus")
            end += 1
            token = self.at(end)
        quoted = self.quoted_end(end)
        if quoted > end and _QUOTING.search(low) and low != "initiative":
            parts.append(self.written(end, quoted))
            end = quoted
        elif token.text == "zu" and self.proper(end + 1) and low.endswith(("kammer", "ihk", "hwk", "universität")):
            stop = self.name_end(end + 1)
            parts.append(self.written(end, stop))
            end = stop
        elif (stop := self.members_end(end, low)) > end:
            parts.append(self.written(end, stop))
            end = stop
        elif token.text == "für" and ("f" in head.takes):
            stop = self.purpose_end(end + 1)
            if stop > end + 1:
                parts.append(self.written(end, stop))
                end = stop
        elif (
            token.text in ("der", "des", "deutscher", "für") and "g" in head.takes and self.genitive_end(end, low) > end
        ):
            stop = self.genitive_end(end, low)
            parts.append(self.written(end, stop))
            end = stop
        elif (
            token.text in ("am", "an", "im", "Am", "An", "Im")
            and _WITH_SITE.search(low)
            and self.site_end(end) > end
            and (token.capital or self.determiner(start))
        ):
            stop = self.site_end(end)
            parts.append(self.written(end, stop))
            end = stop
        elif token.text.lower().startswith("ver.") and low == "gewerkschaft":
            parts.append(token.text)
            end += 1
        elif token.text in OBJECTS and low.endswith(_OF_OBJECTS) and self.proper(end + 1):
            stop = self.name_end(end + 1)
            parts.append(self.written(end, stop))
            end = stop
        elif self.apposition(end, lemma, start):
            stop = self.name_end(end, sites=True)
            words = [nominative_name(word) for word in self.written(end, stop).split(" ")]
            parts.append(" ".join(words))
            end = stop
        return end, " ".join(parts)

    def members_end(self, index: int, lemma: str) -> int:
        """The end of ``Kommunaler Netzbetreiber Mitteldeutschland``; the same index if no such genitive is there."""
        if not _OF_PEOPLE.search(lemma) or not self.at(index).text.endswith("er") or not self.adjective(index):
            return index
        members = self.at(index + 1)
        if not members.capital or not is_people(members.text) or gazetteer.named(self.at(index).text):
            return index
        return self.name_end(index + 2, 3)

    def apposition(self, index: int, lemma: str, start: int) -> bool:
        """Whether a name follows the head without a preposition."""
        token = self.at(index)
        if not self.proper(index) or is_role(token.text):
            return False
        if lemma.lower() == "zentrum" and _GENITIVE_PLACE.fullmatch(token.text):
            return False
        if lemma.lower() in ("betrieb", "werk", "amt", "bank") and is_other(token.text):
            return False
        plain = _PLAIN_NOUN.fullmatch(token.text) and "-" not in token.text and not gazetteer.named(token.text)
        if self.name_end(index) == index + 1 and plain:
            return self.determiner(start) == "definite" and not self.subordinate(start) and lemma.lower() not in _COMMON
        return not (lemma.lower() in _COMMON and self.subordinate(start) and "-" not in token.text)

    def purpose_end(self, index: int) -> int:
        """The end of ``Verkehr und digitale Infrastruktur`` after ``für``, with a name in apposition."""
        end = self.item_end(index)
        if end == index:
            return index
        for _ in range(12):
            token = self.at(end)
            if token.text in ("und", "&", "sowie") and (following := self.item_end(end + 1)) > end + 1:
                if head_of(self.at(end + 1).text) and self.at(following).text in ("für",):
                    return end
                end = following
            elif token.text == "," and (following := self.item_end(end + 1)) > end + 1 and self.list_goes_on(following):
                end = following
            else:
                break
        token = self.at(end)
        if self.proper(end) and not is_role(token.text) and head_of(token.text) is None:
            end = self.name_end(end, 3)
        return end

    def list_goes_on(self, index: int) -> bool:
        """Whether an enumeration reaches an ``und`` over nouns and commas only."""
        for _ in range(6):
            token = self.at(index)
            if token.text in ("und", "&", "sowie"):
                return self.item_end(index + 1) > index + 1
            if token.text != "," or (following := self.item_end(index + 1)) == index + 1:
                return False
            index = following
        return False

    def item_end(self, index: int) -> int:
        """The end of a noun with adjectives: ``digitale Infrastruktur``, ``den ländlichen Raum``."""
        here = index
        if self.at(here).text in ("den", "die", "das"):
            here += 1
        while (
            here - index < 4
            and self.at(here).kind == "word"
            and self.at(here).text[0].islower()
            and self.at(here).text.endswith(("e", "en", "er", "es"))
            and self.at(here).text not in DEFINITE
        ):
            here += 1
        token = self.at(here)
        if (
            token.capital
            and token.text.endswith("-")
            and self.at(here + 1).text in ("und", "&")
            and self.at(here + 2).capital
        ):
            here += 2
            token = self.at(here)
        if (
            not token.capital
            or is_role(token.text)
            or token.text in ROLE_ABBREVIATIONS
            or token.text in PARTIES
            or token.text in GEOGRAPHY
        ):
            return index
        return here + 1

    def genitive_end(self, index: int, lemma: str) -> int:
        """The end of ``des Bundes``, ``der Wassersportwirtschaft``; the same index if it is no part of a name."""
        here = index + 1
        while (
            here - index < 4
            and self.at(here).kind == "word"
            and self.at(here).text.endswith(("en", "er"))
            and self.at(here).text[0].islower()
        ):
            here += 1
        while self.adjective(here) and self.at(here + 1).capital:
            here += 1
        token = self.at(here)
        of_land = token.text == "Landes" and lemma.endswith(_OF_LAND) and lemma not in _OF_LAND
        if (
            not token.capital
            or (token.text in _GENITIVE_STOP and not of_land)
            or token.text in OBJECTS
            or is_role(token.text)
            or token.text in PARTIES
        ):
            return index
        end = here + 1
        if self.proper(end) and not is_role(self.at(end).text):
            end = self.name_end(end, 3)
        return end
