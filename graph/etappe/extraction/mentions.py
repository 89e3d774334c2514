"""Where a text names somebody: a name with the titles, offices and brackets that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from etappe.extraction import after_name, before_name, names, roles
from etappe.extraction.before_name import Office
from etappe.extraction.model import Organisation, Span
from etappe.extraction.names import Token, word_set
from etappe.extraction.organisation_words import COMPANY_NOUN

_NOUN_END = re.compile(
    r"(?:ung|ungen|heit|keit|schaft|tion|tionen|ment|management|ismus|tät|tum|nis|ling|schutz|technik"
    r"|wesen|kunde|arbeit|dienst"
    r"|marketing|vertrieb|presse|controlling|wirtschaft|verkehr|energie|digitales|bildung|kultur|recht"
    r"|personal|finanzen|gäste|vertreter(?:n|innen)?"
    r"|besucher|bürger|schüler|mitarbeiter|menschen|leute|kinder|jahre|jahren|uhr|tage|bund|land|kreis"
    r"|stadt|gemeinde|region|landtag|bundestag|bereich|stelle|standort)$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:gäste|vertreter(?:n|innen)?|besucher(?:n|innen)?|bürger(?:n|innen)?|schüler(?:n|innen)?"
    r"|mitarbeiter(?:n|innen)?|menschen|leute|kinder|medien|journalisten|jahre|tag|woche"
    r"|mitglieder(?:n)?|delegation|team|unternehmen|firmen|beschäftigte[nr]?|auszubildende[nr]?)$",
    re.IGNORECASE,
)
_OFFICE_HOUSE = re.compile(
    r"(?:amt|verband|bund|club|kreis|rat|büro|verein|team|werk|ministerium|haus|dienst|zentrum|projekt|stelle)$",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"v\.\s?l\.|v\.\s?r\.|v\.\s?[lr]\.\s?n|von links|von rechts|\([lr]\.?\)|\(links|\(rechts|\(Mitte"
    r"|left to right|from left"
)
_SPEAKING = word_set(
    "sagte sagt betonte betont erklärte erklärt so berichtete erläuterte meinte ergänzte lobte warnte "
    "forderte fordert unterstrich"
    " begrüßte dankte weiß freut said"
)
_POSITION = re.compile(
    r"\s*\((?:ganz\s)?(?:l|r|links|rechts|Mitte|mitte|M|\d\.\s?v\.\s?[lr]|vorn\w*|hinten|[lr]\.|li|re|left|right)\b"
)
_AFTER_FULL = re.compile(r"\s*(?:\((?P<party>[^()]{2,40})\)|,?\s(?P<seat>MdB|MdL|MdEP)\b)")
_LIFESPAN = re.compile(r"\s?\(\*?\s?\d{4}\s?[–-]\s?(?:\d{4})?\)")


@dataclass(frozen=True)
class Mention:
    """Somebody named at one place.

    Attributes:
        first, last: indices of the words, titles included, end exclusive.
        given: empty where only the family name stands; ``surname`` has its particles.
        offices: what the words around say they are, nearest first.
        sure: whether the words alone show that a person is meant.
    """

    first: int
    last: int
    span: Span
    given: str
    surname: str
    titles: tuple[str, ...] = ()
    honorific: str = ""
    offices: tuple[Office, ...] = ()
    organisation: str | None = None
    party: str | None = None
    former: bool = False
    deceased: bool = False
    sure: bool = True
    credited: bool = False

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.surname}".strip()

    @property
    def sex(self) -> str:
        """``f``, ``m`` or ``x``."""
        if self.honorific in ("Frau", "Mrs", "Ms"):
            return "f"
        if self.honorific in ("Herr", "Herrn", "Mr"):
            return "m"
        return names.sex_of(self.given) if self.given else "x"


@dataclass
class Places:
    """Spans in order, to be asked whether words lie in one of them."""

    spans: list[Span]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.spans = sorted(self.spans)
        self.starts = [span.start for span in self.spans]

    def around(self, start: int, end: int) -> Span | None:
        """The nearest span that begins at or before ``start``, if it reaches ``end``."""
        at = bisect_right(self.starts, start) - 1
        for index in range(at, max(at - 3, -1), -1):
            if self.spans[index].end >= end:
                return self.spans[index]
        return None


def find_mentions(
    text: str, words: list[Token], organisations: Iterable[Organisation], captions: Places
) -> list[Mention]:
    """Every full name, and family names after a title or an office; in captions also names in lists."""
    reader = _Reader(text, words, tuple(organisations), captions)
    return reader.read()


_ARTICLES = frozenset(
    ["der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "einem", "einen", "the", "a"]
)
_AFTER_ROLE = frozenset(
    [
        "der",
        "des",
        "von",
        "vom",
        "bei",
        "beim",
        "im",
        "in",
        "für",
        "am",
        "an",
        "zu",
        "zur",
        "of",
        "at",
        "for",
        "und",
        ",",
    ]
)


class _Reader:
    def __init__(
        self, text: str, words: list[Token], organisations: tuple[Organisation, ...], captions: Places
    ) -> None:
        self.captions = captions
        self.text = text
        self.words = words
        self.bodies = before_name.Bodies.of(organisations)
        self.named = Places([span for body in organisations for span in body.mentions])
        self.found: list[Mention] = []
        self.described = 0  # index after what the last name was described by

    def read(self) -> list[Mention]:
        at = 0
        total = len(self.words)
        while at < total:
            token = self.words[at]
            if token.kind in ("title", "initial") or token.capital:
                mention = self._couple(at) or self._at(at)
                if mention:
                    self.found.append(mention)
                    at = mention.last
                    continue
            at += 1
        return self.found

    # -- names

    def _at(self, at: int) -> Mention | None:
        words = self.words
        begin, titles, honorific = at, [], ""
        while at < len(words) and (
            words[at].kind == "title" or (words[at].text in names.HONORIFICS and self._followed(at))
        ):
            if words[at].kind == "title":
                titles.append(words[at].text)
            else:
                honorific = words[at].text
            at += 1
            if at < len(words) and words[at].text == "." and titles:
                at += 1
        if at >= len(words):
            return None
        mark = bool(titles or honorific)
        token = words[at]
        if token.kind == "initial":
            return self._initials(begin, at, titles, honorific)
        if not token.capital or token.text in names._NO_SURNAME or (mark and self._is_title_role(at)):
            return None
        if names.known_given(token.text) and not names.is_institution_compound(token.text):
            full = self._full(begin, at, titles, honorific)
            if full:
                return full
        before = begin - 1
        role = before >= 0 and self._role_at(before)
        if not mark and at < self.described:
            return None
        if not mark and not role:
            return self._unknown(at)
        return self._after_mark(begin, at, titles, honorific, bool(mark), before)

    def _is_title_role(self, at: int) -> bool:
        """``Herr Oberbürgermeister …``: the name comes later."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        return (
            roles.is_role(self.words[at].text)
            and following is not None
            and (following.capital or following.kind == "title")
        )

    def _followed(self, at: int) -> bool:
        return at + 1 < len(self.words) and (
            self.words[at + 1].capital
            or self.words[at + 1].kind in ("title", "initial")
            or self.words[at + 1].text in names.PARTICLES
        )

    def _role_at(self, index: int) -> bool:
        token = self.words[index]
        if token.kind == "office" and index:
            token = self.words[index - 1]
        if token.kind == "abbreviation":
            return True
        return token.kind == "word" and roles.is_role(token.text)

    def _given_end(self, at: int) -> int:
        words = self.words
        end = at + 1
        while end < len(words) and end - at < 4:
            token = words[end]
            follows = end + 1 < len(words) and (
                words[end + 1].capital or (words[end + 1].text in names.PARTICLES and not self._to_place(end + 1))
            )
            if token.kind == "initial" or (
                token.capital and names.known_given(token.text) and follows and not self._verbish(end + 1)
            ):
                end += 1
            else:
                break
        return end

    def _to_place(self, at: int) -> bool:
        """``von Weißenburg nach Gunzenhausen`` is a way, no name."""
        return any(token.text in ("nach", "bis") for token in self.words[at + 2 : at + 4])

    def _verbish(self, at: int) -> bool:
        """Whether the capital word after a possible surname is no name: an office, a body, a common noun."""
        word = self.words[at].text
        return roles.is_role(word) or bool(_NOUN_END.search(word)) or names.names_institution(word)

    def _common(self, at: int) -> bool:
        """Whether the second of two capital words cannot be a family name."""
        word = self.words[at].text
        return roles.is_role(word) or bool(_PEOPLE.search(word)) or names.names_institution(word)

    def _nickname_end(self, at: int) -> int:
        words = self.words
        if (
            at + 2 < len(words)
            and words[at].text in "„“”\"»«‚'("
            and words[at + 1].capital
            and words[at + 2].text in "“”\"«»‘')"
        ):
            return at + 3
        return at

    def _full(self, begin: int, at: int, titles: list[str], honorific: str) -> Mention | None:
        words = self.words
        given_end = self._given_end(at)
        nick = self._nickname_end(given_end)
        last = names.surname_from(words, nick)
        if (
            last == nick and given_end - at > 1 and nick == given_end
        ):  # Hans Peter: the second given name is the surname
            given_end -= 1
            nick = given_end
            last = names.surname_from(words, nick)
        if given_end - at > 1 and nick == given_end and last > nick and self._from_somewhere(nick, last):
            given_end -= 1  # Anna Ludwig vom Sender …: what looks like a second given name is the surname
            nick, last = given_end, given_end + 1
        if last == nick or (words[nick].text in ("vom", "zum", "zur") and _OFFICE_HOUSE.search(words[last - 1].text)):
            return None
        return self._mention(begin, at, given_end, nick, last, titles, honorific)

    def _from_somewhere(self, at: int, last: int) -> bool:
        """Whether ``vom`` and the noun after it say where somebody is from."""
        words = self.words
        if words[at].text not in ("vom", "von", "zum", "zur"):
            return False
        noun = words[last - 1]
        return (
            bool(_OFFICE_HOUSE.search(noun.text))
            or (last < len(words) and words[last].capital)
            or self.named.around(noun.start, noun.end) is not None
        )

    def _initials(self, begin: int, at: int, titles: list[str], honorific: str) -> Mention | None:
        words = self.words
        end = at + 1
        while end < len(words) and words[end].kind == "initial":
            end += 1
        last = names.surname_from(words, end)
        if last == end or self._verbish(last - 1):
            return None
        mention = self._mention(begin, at, end, end, last, titles, honorific)
        before = begin - 1
        sure = bool(titles or honorific or (before >= 0 and self._role_at(before)))
        return replace(mention, sure=sure) if mention else None

    def _after_mark(
        self, begin: int, at: int, titles: list[str], honorific: str, mark: bool, before: int
    ) -> Mention | None:
        """A name of which no given name is known, after a title, ``Frau`` or an office."""
        words = self.words
        if self._verbish(at) and not (mark and not names.names_institution(words[at].text)):
            return None
        if roles.is_role_before_name(words[at].text) and after_name.begins_person(words, at + 1):
            return None  # a second office: Schirmherr Abt Benedikt Kling
        if not names.may_be_surname(words[at]):
            return None
        two = names.surname_from(words, at + 1)
        if at + 1 < len(words) and self._belongs(at + 1, bool(honorific)):
            two = at + 1
        if two > at + 1 and words[at + 1].kind == "word" and not self._common(two - 1):
            third = two < len(words) and words[two].capital and names.names_institution(words[two].text)
            if not third:
                return self._mention(begin, at, at + 1, at + 1, two, titles, honorific)
        office = before >= 0 and self._office_at(before)
        if not mark and not office:
            return None
        last = names.surname_from(words, at)
        return (
            self._mention(begin, at, at, at, last, titles, honorific, sure=bool(mark or office)) if last > at else None
        )

    def _belongs(self, at: int, honorific: bool) -> bool:
        """``Herr Schulz vom Bauamt``: where somebody is from, no particle of nobility."""
        word = self.words[at].text
        if word in ("vom", "zum", "zur", "zu", "an", "af", "av", "am"):
            return True
        return word == "von" and (
            honorific
            or (
                at + 1 < len(self.words)
                and self.named.around(self.words[at + 1].start, self.words[at + 1].end) is not None
            )
        )

    def _office_at(self, index: int) -> bool:
        token = self.words[index]
        return token.kind == "abbreviation" or (token.kind == "word" and roles.is_office(token.text))

    def _unknown(self, at: int) -> Mention | None:
        """Two capital words without a known given name: a name only if what follows or precedes says so."""
        words = self.words
        last = names.surname_from(words, at + 1) if at + 1 < len(words) else at + 1
        if roles.is_role_before_name(words[at].text) and after_name.begins_person(words, at + 1):
            return None
        if last == at + 1 or self._verbish(at) or self._verbish(last - 1) or not names.may_be_surname(words[at]):
            return None
        before = words[at - 1] if at else None
        if self._role_follows(last) and not (before is not None and (before.capital or before.text in _ARTICLES)):
            return self._mention(at, at, at + 1, at + 1, last, [], "")
        if self._listed_in_caption(at, last):
            return self._mention(at, at, at + 1, at + 1, last, [], "")
        if (
            before is not None
            and before.text == ","
            and before_name.apposed_office(words, at, self.found[-1].last if self.found else 0)
        ):
            return self._mention(at, at, at + 1, at + 1, last, [], "")
        if (
            before is not None
            and before.kind == "word"
            and (before.capital or before.text.endswith(("e", "en", "er", "es", "em", "s")))
        ):
            speaking = before.text in _SPEAKING
            if not speaking:
                return None
        after = self.text[words[last - 1].end : words[last - 1].end + 60]
        bracket = _AFTER_FULL.match(after)
        party = bracket and (bracket["seat"] or roles.PARTY.match(bracket["party"] or ""))
        spoken = before is not None and before.text in _SPEAKING
        if party or _POSITION.match(after) or spoken:
            return self._mention(at, at, at + 1, at + 1, last, [], "")
        return None

    def _role_follows(self, at: int) -> bool:
        """``…, Geschäftsführerin der X`` or ``… (Geschäftsführerin X)``: a role that no other name comes after."""
        words = self.words
        if at + 2 >= len(words) or words[at].text not in (",", "("):
            return False
        role = at + 2 if words[at + 1].text in _ARTICLES else at + 1
        if not self._role_at(role) or role + 1 >= len(words):
            return False
        return words[at].text == "(" or words[role + 1].text in _AFTER_ROLE

    def _listed_in_caption(self, at: int, last: int) -> bool:
        """Two capital words between commas of a caption that says who stands where."""
        words = self.words
        caption = self.captions.around(words[at].start, words[last - 1].end)
        if caption is None or not _ROW.search(caption.of(self.text)):
            return False
        before = words[at - 1].text if at else ""
        after = words[last].text if last < len(words) else "."
        return before in (",", ":", ")", "und", "sowie", ";", "mit", "and") and after in (
            ",",
            "(",
            ".",
            "und",
            "sowie",
            ";",
            "and",
            "\n",
            "bei",
            "beim",
            "vor",
            "mit",
        )

    def _couple(self, at: int) -> Mention | None:
        """The first of ``Elke und Bruno Ament``; the second is read next."""
        words = self.words
        if at + 3 >= len(words) or words[at + 1].text not in ("und", "&", "and", "sowie"):
            return None
        one, two = words[at], words[at + 2]
        if not (one.capital and two.capital and names.known_given(one.text) and names.known_given(two.text)):
            return None
        if at and words[at - 1].capital and names.known_given(words[at - 1].text):
            return None
        end = self._given_end(at + 2)
        last = names.surname_from(words, end)
        if last == end or self._rejected(at, at, last):
            return None
        surname = self._joined(end, last)
        return self._dress(Mention(at, at + 1, Span(one.start, one.end), one.text, surname))

    # -- what makes a name no person

    def _mention(
        self,
        begin: int,
        at: int,
        given_end: int,
        core: int,
        last: int,
        titles: list[str],
        honorific: str,
        sure: bool = True,
    ) -> Mention | None:
        words = self.words
        if self._rejected(begin, at, last):
            return None
        given = self._joined(at, given_end)
        surname = self._joined(core, last)
        span = Span(words[at].start, words[last - 1].end)
        return self._dress(Mention(begin, last, span, given, surname, tuple(titles), honorific, sure=sure))

    def _joined(self, start: int, end: int) -> str:
        return " ".join(token.text for token in self.words[start:end])

    def _rejected(self, begin: int, at: int, last: int) -> bool:
        words = self.words
        if last < len(words) and words[last].kind == "word":
            after = words[last].text
            if names._LEGAL.match(after) or (
                words[last].capital and names.names_institution(after) and not roles.is_role(after)
            ):
                return True
        if (
            last + 1 < len(words)
            and words[last].text == "&"
            and words[last + 1].text in ("Co", "Söhne", "Sohn", "Partner", "Söhnen")
        ):
            return True
        borne = begin > 0 and self._role_at(begin - 1) and last - at > 1
        if names.is_institution_compound(words[last - 1].text) and not borne:
            return True
        if begin == 0:
            return False
        before = words[begin - 1]
        if before.kind == "word" and before.capital:
            if before.text == "Familie":
                return True
            if names.names_institution(before.text) and not roles.is_role(before.text):
                return True
        if before.text in '„“”"»«' and last < len(words) and words[last].text in '“”"«»':
            return True
        span = self.named.around(words[at].start, words[last - 1].end)
        if span is None:
            return False
        if COMPANY_NOUN.search(before.text) and not names.known_given(words[at].text):
            return True
        same = span.start == words[at].start and span.end == words[last - 1].end
        return not (begin < at or self._role_at(begin - 1) or (same and last - at == 2))

    # -- what belongs to a name

    def _dress(self, mention: Mention) -> Mention:
        earlier = self.found[-1] if self.found else None
        fence = earlier.last if earlier else 0
        fence = max(fence, self.described)
        before = before_name.office_before(
            self.text, self.words, mention.first, fence, bool(mention.given) and mention.sure, self.bodies
        )
        after = after_name.described_after(self.text, self.words, mention.last, before is not None, self.bodies)
        self.described = after.end
        listed = before is None and earlier is not None and self._listed(earlier, mention)
        if listed and earlier is not None and not after.offices:
            before = before_name.shared(earlier.offices)
            if after.organisation and not earlier.organisation:  # of both: A und B von der X
                self.found[-1] = replace(earlier, organisation=after.organisation)
        offices = tuple(office for office in (before, *after.offices) if office is not None)
        if before is not None and mention.given and (before.plural or roles.is_adjectival(before.head)):
            offices = (replace(before, sex=mention.sex), *offices[1:])
        return replace(
            mention,
            offices=offices,
            organisation=after.organisation,
            party=after.party or (before.party if before else None),
            former=after.former,
            deceased=bool(_LIFESPAN.match(self.text, mention.span.end)),
        )

    def _listed(self, earlier: Mention, mention: Mention) -> bool:
        """Whether the name before bears an office in the plural that holds for this one too."""
        if not any(office.plural for office in earlier.offices):
            return False
        between = self.text[self.words[earlier.last - 1].end : self.words[mention.first].start]
        return len(between) < 60 and bool(re.fullmatch(r"\s?(?:\([^()]{1,40}\))?,?\s*(?:und|sowie|and|,)?\s*", between))
