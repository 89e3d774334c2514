"""The dates of a text, each with the year and the day that its own words give it, and what it is the date of.

A year that the text does not give is never added: such a date stays ``--07-15``. A weekday or "gestern" is a date only
where an anchor makes it one: the day of publication, the heading of a diary entry, or a full date told of just before.
"""

from __future__ import annotations

from etappe.extraction.date_anchors import Anchors
from etappe.extraction.date_resolution import resolved
from etappe.extraction.model import DateMention, Span, Text

_Read = tuple[Text, tuple[DateMention, ...], Anchors]
_last: list[_Read] = []  # the text read last, as all that is asked of one text is asked in a row


def find_dates(source: Text) -> tuple[DateMention, ...]:
    """The dates of a text, in order; those in lists of other articles are left out."""
    return _read(source)[1]


def anchor_of(source: Text, span: Span) -> DateMention | None:
    """The event date that governs some words; nothing where the text leaves it open.

    It is that of their clause or sentence, else of their line or row, else what their paragraph goes on from, else the
    heading of their day.
    """
    return _read(source)[2].of(span)


def _read(source: Text) -> _Read:
    for known in _last:
        if known[0] is source:
            return known
    found = resolved(source)
    mentions = tuple(one.mention for one in found if one.mention is not None)
    read = (source, mentions, Anchors(source, found))
    _last[:] = [read]
    return read
