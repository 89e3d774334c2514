"""The words after a name that say what somebody is: in apposition, in brackets, after ``von der``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etappe.extraction import names, roles
from etappe.extraction.before_name import ARTICLES, LINKS, Bodies, Office, body_text, office_of, parted
from etappe.extraction.model import Span
from etappe.extraction.names import Token, word_set
from etappe.extraction.organisation_words import EN_COMPANY

_POSITION = re.compile(
    r"(?:ganz |obere |untere |vordere |hintere |[0-9]\. ?)*(?:Reihe )?(?:von )?(?:l|r|li|re|m|links"
    r"|rechts|mitte|vorn\w*|hinten|stehend|sitzend|knieend|left|right|cent(?:er|re)|v|oben|unten"
    r"|\d)\b[\s\d.,vlnr]*"
    r"(?:links|rechts|von|v\.|l\.|r\.|left|right|from|the|\s)*",
    re.IGNORECASE,
)
_FORMER_AHEAD = re.compile(
    r"(?:bis\s(?:\w+\s)?\d{4}|ehemals|früher|damals|einst|von\s\d{4}\sbis\s\d{4}|zuvor|vormals"
    r"|formerly|former|until\s\d{4})\b"
)
_FORMER_BEHIND = re.compile(
    r"\s(?:von\s\d{4}\s)?bis\s(?:\w+\s)?\d{4}|\s\(?\d{4}\s?[–-]\s?\d{4}|\s(?:from|until)\s\d{4}"
)
_SEAT = {"MdB": "MdB", "MdL": "MdL", "MdEP": "MdEP"}
_BEFORE_OFFICE = word_set("und selbst heute seit zugleich auch managing executive")
_NOW = word_set("heute jetzt nun derzeit inzwischen seither")


@dataclass(frozen=True)
class Described:
    """What follows a name."""

    offices: tuple[Office, ...] = ()
    organisation: str | None = None
    party: str | None = None
    former: bool = False
    end: int = 0


def described_after(text: str, words: list[Token], at: int, has_office: bool, bodies: Bodies) -> Described:
    """What brackets, appositions and ``von der …`` after a name say of somebody."""
    offices: list[Office] = []
    organisation: str | None = None
    party: str | None = None
    former = False
    for _ in range(6):
        if at >= len(words):
            break
        token = words[at]
        if token.kind == "office":
            former, at = True, at + 1
        elif token.text in _SEAT or (token.text == "," and at + 1 < len(words) and words[at + 1].text in _SEAT):
            index = at if token.text in _SEAT else at + 1
            offices.append(Office(words[index].text, "", "", Span(words[index].start, words[index].end)))
            at = index + 1
        elif token.text == "(":
            close = next((index for index in range(at + 1, min(at + 40, len(words))) if words[index].text == ")"), None)
            if close is None:
                break
            inside = _bracket(text, words[at + 1 : close], bodies)
            offices.extend(inside.offices)
            organisation = organisation or inside.organisation
            party = party or inside.party
            former = former or inside.former
            at = close + 1
        elif token.text in (",", "–", "als") or (token.text == "und" and offices and offices[-1].former):
            apposition = _apposition(text, words, at, has_office or bool(offices), bodies)
            if apposition is None:
                break
            office, at = apposition
            listed = _body_of_line(words, at, bodies) if office.organisation is None else None
            if listed is not None:
                office, at = replace(office, organisation=listed[0]), listed[1]
            offices.append(office)
            if office.former and at + 1 < len(words) and words[at].text == "und" and words[at + 1].text in _NOW:
                continue
        elif token.text in ("von", "vom", "aus", "from", "of") or (token.text == "für" and not has_office):
            organisation, at = _belonging(text, words, at, organisation, bodies)
            break
        else:
            break
    return Described(tuple(offices), organisation, party, former, at)


def _bracket(text: str, part: list[Token], bodies: Bodies) -> Described:
    if not part:
        return Described()
    inner = text[part[0].start : part[-1].end].strip()
    if roles.PARTY.match(inner):
        return Described(party=inner)
    if _POSITION.fullmatch(inner) or inner.isdigit() or part[0].kind == "number":
        return Described()
    if "/" in inner and not any(token.kind == "word" and roles.is_role(token.text) for token in part):
        return Described()
    if re.search(r"archiv|foto|bild\b|symbol", inner.lower()):
        return Described()
    pieces = inner.rsplit(",", 1)
    party = pieces[1].strip() if len(pieces) == 2 and roles.PARTY.match(pieces[1].strip()) else None
    if party:
        part = [token for token in part if token.end <= part[0].start + len(pieces[0])]
    head = next(
        (
            index
            for index, token in enumerate(part[:5])
            if token.kind in ("word", "abbreviation") and (token.kind == "abbreviation" or roles.is_role(token.text))
        ),
        None,
    )
    if head is not None and all(token.kind != "line" for token in part):
        office = office_of(text, part, head, 0, False)
        if head + 1 < len(part) and part[head + 1].text == ",":
            behind, organisation = "", body_text(text, part[head + 2 :]) if head + 2 < len(part) else None
        else:
            behind, organisation = parted(text, part[head + 1 :], bodies, part[head].text)
        span = Span(part[0].start, part[-1].end)
        former = office.former or roles.is_former(inner)
        return Described(
            (
                Office(
                    office.head,
                    office.before,
                    behind,
                    span,
                    organisation or office.organisation,
                    office.party,
                    False,
                    former,
                ),
            ),
            organisation,
            party,
        )
    if (
        len(part) > 9
        or not part[0].capital
        or any(token.kind == "number" for token in part)
        or part[0].text in ("Foto", "Bild", "Mitte", "Archiv", "Name")
    ):
        return Described(party=party)
    return Described(organisation=bodies.within(part[0].start, part[-1].end) or body_text(text, part), party=party)


def _apposition(text: str, words: list[Token], at: int, has_office: bool, bodies: Bodies) -> tuple[Office, int] | None:
    """``, Leiterin der Stadtwerke`` with the index after it."""
    index = at + 1
    former = False
    if index < len(words):
        ahead = _FORMER_AHEAD.match(text, words[index].start)
        if ahead:
            former = True
            while index < len(words) and words[index].start < ahead.end():
                index += 1
    article = index < len(words) and words[index].text.lower() in ARTICLES
    if article:
        index += 1
    begin = index
    while index < len(words) and index - begin < 3 and _leads_to_office(words[index]):
        index += 1
    if index + 1 < len(words) and roles.is_adjectival(words[index].text) and roles.is_role(words[index + 1].text):
        index += 1  # Geschäftsführendes Vorstandsmitglied
    if index >= len(words) or words[index].kind != "word" or not roles.is_role(words[index].text):
        return None
    if words[at].text == "als" and not words[index].capital:
        return None
    field = not has_office and _is_field(words, index + 1)
    if words[index + 1 : index + 2] and words[index + 1].capital and not (field or _is_body(words, index + 1, bodies)):
        return None
    end = complement_end(words, index + 1)
    if _names_next(words, end, article or has_office, article):
        return None
    office = office_of(text, words, index, begin, False)
    behind, organisation = parted(text, words[index + 1 : end], bodies, words[index].text)
    span = Span(words[begin].start, words[end - 1].end)
    former = former or office.former or roles.is_former(text[words[at].start : span.end])
    retired = end < len(words) and words[end].kind == "office"
    former = former or retired or bool(_FORMER_BEHIND.match(text, span.end))
    body = organisation or office.organisation
    held = Office(office.head, office.before, behind, span, body, office.party, False, former, retired=retired)
    return held, end + 1 if retired else end


def _is_field(words: list[Token], at: int) -> bool:
    """Whether a noun after an office is what it is for: ``Leiterin Netzbau bei den Stadtwerken``."""
    if at + 2 >= len(words) or not words[at].capital or words[at + 1].text not in ("bei", "beim"):
        return False
    return not names.known_given(words[at].text) and not roles.is_role(words[at].text)


def _body_of_line(words: list[Token], at: int, bodies: Bodies) -> tuple[str, int] | None:
    """The body after a comma that ends a line, with the index after it: ``Ada Groth, Sprecherin, Ortnetz GmbH``."""
    if at + 1 >= len(words) or words[at].text != ",":
        return None
    found = bodies.at(words[at + 1].start)
    if found is None:
        return None
    end = next((k for k in range(at + 1, len(words)) if words[k].start >= found[1]), len(words))
    return (found[0], end) if end == len(words) or words[end].kind == "line" else None


def _leads_to_office(token: Token) -> bool:
    """An adjective or the like between the comma and an office (``Erster``, ``managing``, ``heute``)."""
    if token.kind not in ("word", "number", "title") or roles.is_role(token.text):
        return False
    word = token.text
    return roles.is_adjective(word) or word in _BEFORE_OFFICE or word.endswith((".", "-", "'s", "’s"))


def _is_body(words: list[Token], at: int, bodies: Bodies) -> bool:
    """Whether the capital words at a place name an organisation (``Prokuristin Muster Metallbau GmbH``)."""
    for index in range(at, min(at + 6, len(words))):
        if not (words[index].capital or words[index].text == "&"):
            break
        if names.names_institution(words[index].text):
            return True
    return bodies.within(words[at].start, words[at].end) is not None


def _names_next(words: list[Token], end: int, marked: bool, article: bool) -> bool:
    """Whether an office belongs to the name after it."""
    if end >= len(words):
        return False
    token = words[end]
    if token.kind == "office":
        return _names_next(words, end + 1, False, False)
    if token.kind in ("title", "initial") or begins_person(words, end) or token.text in names.HONORIFICS:
        return True
    if token.capital and end + 1 < len(words):
        return True
    if token.text == "," and marked and end + 1 < len(words):
        following = words[end + 1]
        if article and following.capital and end + 2 < len(words) and words[end + 2].capital:
            return True
        return (
            following.kind == "title"
            or begins_person(words, end + 1)
            or (following.capital and roles.is_role(following.text))
        )
    return False


def _belonging(
    text: str, words: list[Token], at: int, organisation: str | None, bodies: Bodies
) -> tuple[str | None, int]:
    """``von der Jade-Akademie``."""
    end = complement_end(words, at)
    part = words[at:end]
    if len(part) < 2 or organisation is not None:
        return organisation, at
    company = _company_after(words, end, bodies)
    if company is not None:
        return company
    if (
        part[0].text in ("aus", "von", "für", "of", "from")
        and part[1].text not in ARTICLES
        and bodies.within(part[0].start, part[-1].end) is None
    ):
        return organisation, end  # a town
    return bodies.within(part[0].start, part[-1].end) or body_text(text, part), end


def _company_after(words: list[Token], at: int, bodies: Bodies) -> tuple[str, int] | None:
    """The firm after ``energy company``, with the index after its name."""
    for index in range(at, min(at + 4, len(words) - 1)):
        if not words[index].text.islower():
            return None
        found = bodies.at(words[index + 1].start) if words[index].text in EN_COMPANY else None
        if found is not None:
            return found[0], next((k for k in range(index, len(words)) if words[k].start >= found[1]), len(words))
    return None


def complement_end(words: list[Token], at: int) -> int:
    """Index after the complement of an office that begins at ``at`` (``für Verkehr und Bau des Landes Hessen``)."""
    index = at
    portfolio = False
    limit = min(len(words), at + 24)
    while index < limit:
        token = words[index]
        word = token.text
        following = words[index + 1] if index + 1 < len(words) else None
        if token.capital or token.kind == "abbreviation":
            if begins_person(words, index):
                break
        elif token.kind == "title":
            break
        elif word in ("für", "for", "of") and following is not None:
            portfolio = True
        elif word in ("und", "&", "and"):
            if (
                following is None
                or not (following.capital or following.text.endswith("-") or following.text in LINKS)
                or begins_person(words, index + 1)
                or roles.is_role(following.text)
            ):
                break
            if following.text in ("der", "die", "das") and not _leads_to_capital(words, index + 1):
                break
        elif word == ",":
            if not (portfolio and following is not None and following.capital and _list_goes_on(words, index)):
                break
        elif token.kind == "word" and word in LINKS:
            if not _leads_to_capital(words, index):
                break
        elif token.kind == "word" and roles.is_adjective(word):
            if following is None or not following.capital or index == at or words[index - 1].text not in LINKS:
                break
        elif word == "." and index > at and words[index - 1].text in ("Co", "e", "V", "St"):
            pass
        else:
            break
        index += 1
    while index > at and words[index - 1].text in LINKS:
        index -= 1
    return index


def _leads_to_capital(words: list[Token], at: int) -> bool:
    for index in range(at + 1, min(at + 4, len(words))):
        if words[index].capital:
            return True
        if words[index].kind != "word" or not (words[index].text in LINKS or roles.is_adjective(words[index].text)):
            return False
    return False


def begins_person(words: list[Token], at: int) -> bool:
    """Whether a given name with a family name stands there."""
    if at >= len(words):
        return False
    token = words[at]
    return names.known_given(token.text) and at + 1 < len(words) and names.surname_from(words, at + 1) > at + 1


def _list_goes_on(words: list[Token], comma: int) -> bool:
    for index in range(comma + 1, min(comma + 9, len(words))):
        token = words[index]
        if token.text in ("und", "and"):
            return index + 1 < len(words) and words[index + 1].capital and not roles.is_role(words[comma + 1].text)
        if (
            not (token.capital or token.text == "," or token.text.endswith("-"))
            or roles.is_role(token.text)
            or names.known_given(token.text)
        ):
            return False
    return False
