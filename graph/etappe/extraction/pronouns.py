"""Whom a pronoun means, where it can mean no other: after a sentence that begins with the only one named in both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from etappe.extraction import clauses
from etappe.extraction.attendance_cues import ROLE_PHRASE
from etappe.extraction.model import BlockKind, Person, Span, Text
from etappe.extraction.names import sex_of
from etappe.extraction.organisation_phrases import is_people
from etappe.extraction.organisation_words import head_of

_BESIDE = 3
_LONGEST = 2_000  # characters; more is no sentence
# What only people do, so that neither a thing nor a vehicle can be meant.
_DID = (
    r"(?:sagte|betonte|erklärte|versicherte|versprach|übergab|überreichte|eröffnete|besuchte|besichtigte|begrüßte|empfing"
    r"|tauschte|informierte|diskutierte|sprach|ließ|nahm|schnitt|enthüllte|pflanzte|griff|testete|probierte|unterhielt"
    r"|dankte|plauderte|konnte|musste|sagt)"
)
_HE = re.compile(rf"(?<![\wäöüß])(?:{_DID}\s(?P<after>er)|(?P<before>Er)\s{_DID})(?![\wäöüß])")
_SHE = re.compile(rf"(?<![\wäöüß])(?:{_DID}\s(?P<after>sie)|(?P<before>Sie)\s{_DID})(?![\wäöüß])")
_WAS_A_GUEST = re.compile(r"\b(?:Ehreng|G)ast\b")
_WORD = re.compile(r"[A-ZÄÖÜ][\w-]{2,}")


def offices_of(text: str, people: tuple[Person, ...]) -> dict[int, int]:
    """Where the office before a name begins, by where the name does: ``den Minister für Bau, Max Muster``."""
    found: dict[int, int] = {}
    for person in people:
        span = person.role_span
        for at in person.mentions if span is not None else ():
            if span is not None and 0 <= at.start - span.end <= _BESIDE and not text[span.end : at.start].strip(" ,"):
                found[at.start] = span.start
    return found


def continued(source: Text, people: tuple[Person, ...]) -> Mapping[str, list[Span]]:
    """The pronouns that mean somebody, by name: ``sagte er`` after a sentence that begins with the one it means."""
    offices = offices_of(source.text, people)
    starts = [sentence.start for sentence in source.sentences]
    blocks = [block.span.start for block in source.blocks]
    named: dict[int, list[tuple[Person, Span]]] = {}
    for person in people:
        for span in person.mentions:
            index = bisect_right(starts, span.start) - 1
            if index >= 0 and span.end <= source.sentences[index].end:
                named.setdefault(index, []).append((person, span))
    found: dict[str, list[Span]] = {}
    for index, here in named.items():
        person, first = here[0]
        if len(here) != 1 or index + 1 in named or index + 1 >= len(starts):
            continue
        sentence, following = source.sentences[index], source.sentences[index + 1]
        block = bisect_right(blocks, sentence.start) - 1
        if block != bisect_right(blocks, following.start) - 1 or source.blocks[block].kind is not BlockKind.PARAGRAPH:
            continue
        if following.end - following.start > _LONGEST or sentence.end - sentence.start > _LONGEST:
            continue
        begin = offices.get(first.start, first.start)
        lead = source.text[sentence.start : begin]
        if ROLE_PHRASE.sub("", lead).strip(' „“"') or _others(source.text, sentence, person, first, begin):
            continue
        sex = _sex(person)
        words = clauses.blanked(following.of(source.text))
        pronoun = (_SHE if sex == "f" else _HE).search(words) if sex != "x" else None
        if pronoun is not None:
            which = "after" if pronoun["after"] else "before"
            if not _speaks_of_people(words[: pronoun.start(which)]):
                span = Span(following.start + pronoun.start(which), following.start + pronoun.end(which))
                found.setdefault(person.name, []).append(span)
    return found


def _sex(person: Person) -> str:
    """By the office, else by the given name."""
    role = re.split(r"\s(?:für|der|des)\s", person.role or "")[0]
    if role and person.minister:
        return "f" if role.endswith("in") else "m"
    return sex_of(person.name)


def _others(text: str, sentence: Span, person: Person, named: Span, begin: int) -> bool:
    """Whether a sentence speaks of others whom a pronoun could mean: an office or another word for people."""
    words = list(clauses.blanked(sentence.of(text)))
    own = [Span(begin, named.end), *([person.role_span] if person.role_span is not None else [])]
    for span in own:
        for at in range(max(span.start, sentence.start), min(span.end, sentence.end)):
            words[at - sentence.start] = " "
    return _speaks_of_people(_WAS_A_GUEST.sub(" ", "".join(words)))


def _speaks_of_people(words: str) -> bool:
    """People or bodies, which act as people do."""
    return any(is_people(word) or head_of(word) is not None for word in _WORD.findall(words))
