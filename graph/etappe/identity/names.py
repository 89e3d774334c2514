"""Names made comparable: case, umlauts and accents, titles, initials, generations, legal forms, and how they sound."""

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
_BORN = re.compile(r"[,\s]*(?:\(\s*)?\b(?:geb\.|geborene[rn]?|née)\s+(?P<name>[^(),]{2,60}?)\s*\)?\s*$")
_GENERATION = re.compile(
    r"[,\s(]+(?:(?P<sen>[Ss]en(?:ior)?\.?|[Ss]r\.|d\.\s?Ä\.|(?:der|die) Ältere)"
    r"|(?P<jun>[Jj]un(?:ior)?\.?|[Jj]r\.?|d\.\s?J\.|(?:der|die) Jüngere))\)?\s*$"
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


def legal_form(folded: str) -> str:
    """The legal form at the end of a folded name, in one spelling; empty where there is none."""
    form = folded[len(without_legal_form(folded)) :].replace(" und ", " ").strip()
    return _SPELLINGS.get(form, form)


_SPELLINGS = {
    "e v": "ev",
    "e g": "eg",
    "gesellschaft mit beschraenkter haftung": "gmbh",
    "aktiengesellschaft": "ag",
}


@dataclass(frozen=True)
class PersonName:
    """A person's name, folded, without titles and offices.

    Attributes:
        given: given names and initials in order; ``surname``: the rest, particles included.
        hint: what stands in brackets behind the name, mostly an organisation.
        generation: ``sen`` or ``jun`` where the name says so.
        born: the surname at birth where the name says it (``geb. Flore``).
    """

    given: tuple[str, ...]
    surname: str
    hint: str = ""
    generation: str = ""
    born: str = ""

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
    """Take a person's name apart: ``Dr. Christina Flore``, ``Flore, Christina``, ``C. Flore (BBB)``, ``Flore jun.``."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    birth = _BORN.search(text)
    born = fold(birth["name"]) if birth else ""
    text = text[: birth.start()] if birth else text
    age = _GENERATION.search(text)
    if age and "." not in age[0] and len(text[: age.start()].split()) < 2:  # “Karla Sen” is a whole name
        age = None
    generation = (age.lastgroup or "") if age else ""
    text = text[: age.start()] if age else text
    bracket = _BRACKET.search(text)
    hint = bracket[1].strip() if bracket else ""
    before, comma, after = (text[: bracket.start()] if bracket else text).partition(",")
    words = _words(before)
    if comma and (following := _words(after)) and all(len(fold(word)) == 1 or known_given(word) for word in following):
        words = [*following, *words]
    elif comma and not words:
        words = _words(after)
    folded = [(fold(word), word.islower()) for word in words]
    folded = [(word, small) for word, small in folded if word]
    if not folded:
        return PersonName((), fold(text), hint, generation, born)
    # Everything up to the last word is given names, but for particles, which begin the surname.
    split = next((i for i, (_, small) in enumerate(folded[:-1]) if i and small), len(folded) - 1)
    names = [word for word, _ in folded]
    return PersonName(tuple(names[:split]), " ".join(names[split:]), hint, generation, born)


def _words(text: str) -> list[str]:
    """The words of a name without titles, forms of address, and offices before it."""
    found = [token.text for token in tokens(text) if token.kind in ("word", "initial", "prefix")]
    found = [word for word in found if word not in HONORIFICS]
    while len(found) > 1 and found[0] in _OFFICES:
        found = found[1:]
    return found


_SOUNDS = {
    **dict.fromkeys("aeijouy", "0"),
    **dict.fromkeys("bp", "1"),
    **dict.fromkeys("dt", "2"),
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    **dict.fromkeys("mn", "6"),
    "r": "7",
    **dict.fromkeys("sz", "8"),
}


@lru_cache(maxsize=262_144)
def sound(folded: str) -> str:
    """How a folded name sounds in German, as digits (Kölner Phonetik): ``67`` of ``meier``, ``mayr`` and ``meyer``."""
    codes = list[str]()
    for at, letter in enumerate(folded):
        before, after = folded[at - 1 : at], folded[at + 1 : at + 2]
        if letter == "p" and after == "h":
            code = "3"
        elif letter in "dt" and after and after in "csz":
            code = "8"
        elif letter == "c":
            hard = after and after in ("ahkloqrux" if at == 0 else "ahkoqux") and before not in ("s", "z")
            code = "4" if hard else "8"
        elif letter == "x":
            code = "8" if before and before in "ckq" else "48"
        else:
            code = _SOUNDS.get(letter, "")
        for digit in code:
            if not codes or codes[-1] != digit:
                codes.append(digit)
    return "".join(digit for at, digit in enumerate(codes) if at == 0 or digit != "0")
