"""The persons that a text names, with what it says they are."""

from __future__ import annotations

from dataclasses import replace

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
    return merged(source.text, words, mentions, captions, credits_)


def _credited(mention: Mention, credits_: Places) -> Mention:
    if credits_.around(mention.span.start, mention.span.end):
        return replace(mention, credited=True, offices=(), organisation=None)
    return mention
