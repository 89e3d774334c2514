"""The persons that a text names, with what it says they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from etappe.extraction.before_name import Bodies
from etappe.extraction.captions import caption_spans, credit_spans
from etappe.extraction.mentions import Mention, Places, find_mentions
from etappe.extraction.merging import merged
from etappe.extraction.model import BlockKind, Organisation, Person, Text
from etappe.extraction.names import tokens


def find_people(source: Text, organisations: tuple[Organisation, ...]) -> tuple[Person, ...]:
    """Everybody named, photographers included, all mentions together; how they took part is left open.

    Args:
        source: the text in blocks and sentences.
        organisations: those found in it; names within theirs are no persons.
    """
    words = tokens(source.text)
    captions, credits_ = Places(caption_spans(source)), Places(credit_spans(source))
    noise = Places([block.span for block in source.blocks if block.kind is BlockKind.NOISE])
    mentions = [
        _credited(mention, credits_)
        for mention in find_mentions(source.text, words, organisations, captions)
        if not noise.around(mention.span.start, mention.span.end)
    ]
    people = merged(source.text, words, mentions, captions, credits_)
    return _of_houses(source, people, organisations)


def _of_houses(source: Text, people: tuple[Person, ...], organisations: tuple[Organisation, ...]) -> tuple[Person, ...]:
    """The same, where a clause begins with the house that somebody heads: ``Bei der Molkerei zeigte uns Inhaber …``."""
    starts = [sentence.start for sentence in source.sentences]
    bodies = Bodies.of(organisations)
    named = {span.start: (body.name, span.end) for body in organisations for span in body.mentions}
    found = []
    for person in people:
        if person.organisation is None and person.role_span is not None and _HEADS_A_HOUSE.fullmatch(person.role or ""):
            at = person.role_span.start
            sentence = starts[bisect_right(starts, at) - 1] if starts and starts[0] <= at else at
            front = _AT_A_HOUSE.match(source.text, sentence, at) if at - sentence < _FAR else None
            house = named.get(front.end()) if front is not None else None
            if house is not None and not _APART.search(source.text, house[1], at):
                person = replace(person, organisation=None if bodies.within(house[1], at) else house[0])
        found.append(person)
    return tuple(found)


_FAR = 300
_AT_A_HOUSE = re.compile(r"(?:Beim?|In|Im)\s(?:der\s|den\s|dem\s)?")
_APART = re.compile(r"(?<!Dr)(?<!Prof)[.;:,–(]\s|\d\s?Uhr")
_HEADS_A_HOUSE = re.compile(
    r"(?:(?:Geschäfts|Betriebs|Werks?|Schul|Heim|Haus|Klinik|Verwaltungs|Produktions|Museums|Markt)"
    r"(?:führer|leiter|direktor)|(?:Pflege|Verwaltungs|Klinik)direktor|Inhaber|Senior-?[Cc]hef|Junior-?[Cc]hef|Chef)(?:in)?"
    r"|Chefarzt|Chefärztin|(?:Orts|Wehr|Einsatz)(?:beauftragte[r]?|führer(?:in)?)"
)


def _credited(mention: Mention, credits_: Places) -> Mention:
    if credits_.around(mention.span.start, mention.span.end):
        return replace(mention, credited=True, offices=(), organisation=None)
    return mention
