"""From mentions to persons: who is the same, and what they are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from etappe.extraction import names, roles
from etappe.extraction.before_name import Office
from etappe.extraction.mentions import Mention, Places
from etappe.extraction.model import Person, Span
from etappe.extraction.names import Token


@dataclass
class _Someone:
    """Mentions of one person."""

    given: str
    surname: str
    mentions: list[Mention] = field(default_factory=list)
    bare: list[Span] = field(default_factory=list)

    @property
    def initial(self) -> bool:
        return bool(re.fullmatch(r"(?:\w\.[\s-]?)+", self.given))


def merged(
    text: str, words: list[Token], mentions: list[Mention], captions: Places, credits_: Places
) -> tuple[Person, ...]:
    """The persons in the order in which they are first named."""
    people = _gathered(mentions)
    _bare_surnames(text, words, mentions, people)
    persons = [_person(someone, captions, credits_) for someone in people]
    return tuple(sorted(persons, key=lambda person: min(person.mentions)))


def _gathered(mentions: list[Mention]) -> list[_Someone]:
    people: list[_Someone] = []
    by_name: dict[tuple[str, str], _Someone] = {}
    by_surname: dict[str, list[_Someone]] = defaultdict(list)
    full = [mention for mention in mentions if mention.given and not _is_initial(mention.given)]
    known = {(mention.given, mention.surname) for mention in full}
    for mention in full:
        surname = _without_genitive(mention, known)
        key = (mention.given, surname)
        if key not in by_name:
            someone = _Someone(mention.given, surname)
            by_name[key] = someone
            by_surname[surname].append(someone)
            people.append(someone)
        by_name[key].mentions.append(mention)
    for mention in mentions:
        if mention.given and _is_initial(mention.given):
            _place_initial(mention, people, by_surname)
    for mention in mentions:
        if not mention.given:
            _place_surname(mention, people, by_surname)
    return people


def _is_initial(given: str) -> bool:
    return bool(re.fullmatch(r"(?:\w\.[\s-]?)+", given))


def _without_genitive(mention: Mention, known: set[tuple[str, str]]) -> str:
    surname = mention.surname
    for ending in ("s", "’", "'", "’s", "'s"):
        if surname.endswith(ending) and (mention.given, surname[: -len(ending)]) in known:
            return surname[: -len(ending)]
    return re.sub(r"(?:[’']s|[’'])$", "", surname)


def _forms(surname: str) -> tuple[str, ...]:
    return (surname, re.sub(r"(?:[’']s|[’'])$", "", surname), surname[:-1] if surname.endswith("s") else surname)


def _candidates(surname: str, by_surname: dict[str, list[_Someone]]) -> list[_Someone]:
    for form in _forms(surname):
        if by_surname.get(form):
            return by_surname[form]
    return []


def _place_initial(mention: Mention, people: list[_Someone], by_surname: dict[str, list[_Someone]]) -> None:
    same = [someone for someone in _candidates(mention.surname, by_surname) if someone.given[0] == mention.given[0]]
    if len(same) == 1:
        same[0].mentions.append(mention)
    elif not same and (mention.sure or mention.organisation or mention.offices or mention.credited):
        someone = _Someone(mention.given, mention.surname, [mention])
        by_surname[mention.surname].append(someone)
        people.append(someone)


def _place_surname(mention: Mention, people: list[_Someone], by_surname: dict[str, list[_Someone]]) -> None:
    same = _candidates(mention.surname, by_surname)
    if len(same) > 1:
        same = _told_apart(mention, same)
    if len(same) == 1:
        if mention.sex == "x" or _sex(same[0]) in ("x", mention.sex):
            same[0].mentions.append(mention)
    elif not same and not by_surname.get(mention.surname) and mention.sure:
        someone = _Someone("", re.sub(r"(?:[’']s|[’'])$", "", mention.surname), [mention])
        by_surname[someone.surname].append(someone)
        people.append(someone)


def _sex(someone: _Someone) -> str:
    told = next((mention.sex for mention in someone.mentions if mention.honorific), None)
    return told or names.sex_of(someone.given)


def _told_apart(mention: Mention, same: list[_Someone]) -> list[_Someone]:
    """Those of one family name whom office or sex fit."""
    heads = {office.head.lower() for office in mention.offices}
    fitting = [one for one in same if heads & {office.head.lower() for held in one.mentions for office in held.offices}]
    if not fitting:
        ends = {head[-8:] for head in heads}
        fitting = [
            one for one in same if ends & {office.head.lower()[-8:] for held in one.mentions for office in held.offices}
        ]
    if len(fitting) == 1:
        return fitting
    sex = mention.sex
    if sex == "x" and mention.offices:
        female = roles.female_word(mention.offices[0].head)
        sex = "x" if female is None else "f" if female else "m"
    return [one for one in fitting or same if sex != "x" and names.sex_of(one.given) == sex]


def _bare_surnames(text: str, words: list[Token], mentions: list[Mention], people: list[_Someone]) -> None:
    """Later mentions by the family name alone, where only one bears it."""
    owners: dict[str, list[_Someone]] = defaultdict(list)
    for someone in people:
        if len(someone.surname) > 2:
            for form in (someone.surname, someone.surname + "s", someone.surname + "’", someone.surname + "'"):
                owners[form].append(someone)
    if not owners:
        return
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    joined = {form.split(" ")[0]: form for form in owners if " " in form}
    for index, token in enumerate(words):
        if token.kind != "word" or index in taken:
            continue
        word = token.text
        end = token.end
        if word in joined and text.startswith(joined[word], token.start):
            word = joined[word]
            end = token.start + len(word)
        found = owners.get(word)
        if found and len(found) == 1 and _stands_for_person(words, index, end):
            found[0].bare.append(Span(token.start, end))


def _stands_for_person(words: list[Token], index: int, end: int) -> bool:
    """Whether a family name alone is no town and no part of another name."""
    before = words[index - 1] if index else None
    after = next((token for token in words[index + 1 : index + 5] if token.start >= end), None)
    if before is not None:
        if before.text in (
            "in",
            "nach",
            "aus",
            "bis",
            "bei",
            "im",
            "am",
            "Stadt",
            "Gemeinde",
            "Richtung",
            "ab",
            "um",
            "-",
            "/",
            "Familie",
            "@",
        ):
            return False
        if (
            before.capital
            and not roles.is_role(before.text)
            and not roles.is_adjective(before.text)
            and before.text not in names.HONORIFICS
        ):
            return index < 2 or words[index - 2].kind == "line" or words[index - 2].text in ".!?:"
        if before.kind == "number":
            return False
    return not (after is not None and after.capital and (names.names_institution(after.text)))


def _person(someone: _Someone, captions: Places, credits_: Places) -> Person:
    whole = sorted(someone.mentions, key=lambda mention: (-len(mention.given), mention.span))
    spans = [mention.span for mention in whole]
    spans += [span for span in sorted(someone.bare) if span not in spans]
    credited = tuple(span for span in spans if credits_.around(span.start, span.end))
    offices = [
        office
        for mention in sorted(someone.mentions, key=lambda each: each.span)
        if mention.span not in credited
        for office in mention.offices
    ]
    ranked = _ranked(offices)
    first = ranked[0] if ranked else None
    former = any(mention.former for mention in someone.mentions)
    once_minister = any(roles.is_minister(office.words) and office.former for office in offices)
    titles = tuple(dict.fromkeys(title for mention in someone.mentions for title in mention.titles))
    other = tuple(
        dict.fromkeys(words for office in ranked[1:] if (words := office.words) != (first.words if first else ""))
    )
    named = next(
        (mention.organisation for mention in someone.mentions if mention.organisation and mention.span not in credited),
        None,
    )
    of_office = first.organisation if first else None
    rank = next((title for title in titles if title in ("Professor", "Professorin")), None)
    return Person(
        name=f"{someone.given} {someone.surname}".strip(),
        mentions=tuple(spans),
        titles=titles,
        role=first.words if first else rank,
        roles=other,
        role_span=first.span if first else None,
        organisation=of_office
        or named
        or next((office.organisation for office in ranked if office.organisation and not office.former), None),
        party=next((mention.party for mention in someone.mentions if mention.party), None),
        minister=not former and not once_minister and any(office.minister for office in offices),
        depicted=tuple(span for span in spans if span not in credited and captions.around(span.start, span.end)),
        credited=credited,
    )


def _ranked(offices: Iterable[Office]) -> list[Office]:
    """Offices held now first; the fuller form of one office before the shorter; otherwise in order."""
    rows = list(offices)
    order = sorted(range(len(rows)), key=lambda at: (rows[at].former, rows[at].head in ("MdB", "MdL", "MdEP"), at))
    ranked = [rows[at] for at in order]
    if ranked:
        best = ranked[0]
        for office in ranked[1:]:
            same = office.head.lower().endswith(best.head.lower()) and len(office.head) > len(best.head)
            longer = office.head == best.head and len(office.words) > len(best.words)
            if (same or longer) and office.former == best.former:
                ranked.remove(office)
                ranked.insert(0, office)
                best = office
    return ranked
