"""Names made comparable: case, umlauts and accents, titles, initials, legal forms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from etappe.extraction.names import HONORIFICS, known_given, tokens, word_set

#: Characters of a name that are looked at.
LONGEST = 300

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l"})
_OFFICES = word_set(
    "Minister Ministerin Bundesminister Bundesministerin Landesminister Landesministerin Staatsminister "
    "Staatsministerin Staatssekretär Staatssekretärin Senator Senatorin Ministerpräsident Ministerpräsidentin "
    "Bürgermeister Bürgermeisterin Oberbürgermeister Oberbürgermeisterin Landrat Landrätin Geschäftsführer "
    "Geschäftsführerin Präsident Präsidentin Staatsrat Staatsrätin"
)
_BRACKET = re.compile(r"\s*\(([^()]{1,80})\)\s*$")
_WORD = re.compile(r"[^\W_]+")
# As in the concept scheme legal-forms, and how they are written.
_LEGAL_FORM = re.compile(
    r"(?:\s+(?:(?:g?gmbh|ag|kg|kgaa|ohg|ug|se|eg|ev|gbr|mbh|aoer|kdoer|inc|ltd)\b|(?:g?gmbh|ag|ug) (?:und )?co kg\b"
    r"|e v\b|e g\b|gesellschaft mit beschraenkter haftung\b|aktiengesellschaft\b))+$"
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Words in small letters without accents, umlauts spelt out: ``schroeder`` of ``Schröder`` and of ``SCHROEDER``."""
    plain = unicodedata.normalize("NFC", text[:LONGEST]).casefold().translate(_SPELT_OUT)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(bare))


def without_legal_form(folded: str) -> str:
    """A folded name without its legal form; the name itself where nothing else would be left."""
    return _LEGAL_FORM.sub("", folded) or folded


@dataclass(frozen=True)
class PersonName:
    """A person's name, folded, without titles and offices.

    Attributes:
        given: given names and initials in order; ``surname``: the rest, particles included.
        hint: what stands in brackets behind the name, mostly an organisation.
    """

    given: tuple[str, ...]
    surname: str
    hint: str = ""

    @property
    def whole(self) -> str:
        """Given names, then surname."""
        return " ".join((*self.given, self.surname))

    @property
    def has_initials(self) -> bool:
        """Whether a given name is only an initial."""
        return any(len(name) == 1 for name in self.given)

    def may_be(self, other: PersonName) -> bool:
        """Whether both can be the same name, one of them with initials: each given name agrees with its counterpart."""
        if self.surname != other.surname or not self.given or not other.given:
            return False
        if not (self.has_initials or other.has_initials):
            return False
        return all(
            a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(self.given, other.given, strict=False)
        )


@lru_cache(maxsize=65_536)
def person(text: str) -> PersonName:
    """Take a person's name apart: ``Dr. Christina Flore``, ``Flore, Christina``, ``C. Flore (BBB)``."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    bracket = _BRACKET.search(text)
    hint = bracket[1].strip() if bracket else ""
    before, comma, after = (text[: bracket.start()] if bracket else text).partition(",")
    words = _words(before)
    if comma and (following := _words(after)) and all(len(fold(word)) == 1 or known_given(word) for word in following):
        words = [*following, *words]
    elif comma and not words:
        words = _words(after)
    folded = [fold(word) for word in words]
    folded = [word for word in folded if word]
    if not folded:
        return PersonName((), fold(text), hint)
    # Everything up to the last word is given names, but for particles, which begin the surname.
    split = next((i for i, word in enumerate(words[:-1]) if i and word.islower()), len(folded) - 1)
    return PersonName(tuple(folded[:split]), " ".join(folded[split:]), hint)


def _words(text: str) -> list[str]:
    """The words of a name without titles, forms of address, and offices before it."""
    found = [token.text for token in tokens(text) if token.kind in ("word", "initial", "prefix")]
    found = [word for word in found if word not in HONORIFICS]
    while len(found) > 1 and found[0] in _OFFICES:
        found = found[1:]
    return found
