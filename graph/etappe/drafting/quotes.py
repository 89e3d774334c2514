"""Spans of a text as quotes of the short form: words that stand there once, or words and what stands before them."""

from __future__ import annotations

from etappe.drafting.spans import Parts
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import BlockKind, Span, Text

#: No quote is longer; a longer span is cut down around the words that matter.
LONGEST = 240
_LONGEST_PREFIX = 400


class Quotes:
    """Finds quotes in one text."""

    def __init__(self, text: Text) -> None:
        self._parts = Parts(text)
        self._source = text.text
        self._plain = " ".join(text.text.split())

    def words(self, span: Span) -> str:
        """The words of a span on one line."""
        return " ".join(span.of(self._source).split())

    def of(self, span: Span, about: Span | None = None) -> Value | None:
        """The quote of a span; nothing where it cannot be told from others like it.

        Args:
            about: the words in it that matter, kept when the span is too long.
        """
        span = self._closed(self._cut(span, about or span))
        words = self.words(span)
        if not words:
            return None
        if self._count(words) == 1:
            return words
        return self._with_prefix(words, span) or self._extended(span)

    def certainty(self, span: Span) -> str:
        """``depicted`` for captions, credits and imprints, otherwise ``stated``."""
        block = self._parts.block_of(span)
        printed = (BlockKind.CAPTION, BlockKind.CREDIT, BlockKind.IMPRINT)
        return "depicted" if block is not None and block.kind in printed else "stated"

    def first(self, words: str) -> Span | None:
        """Where words first stand in the text, exactly."""
        at = self._source.find(words)
        return Span(at, at + len(words)) if at >= 0 and words else None

    def sentence(self, span: Span) -> Span | None:
        """The sentence that a span lies in."""
        return self._parts.sentence_of(span)

    def around(self, span: Span) -> Span:
        """The sentence that a span lies in, where it is not too long to be quoted."""
        sentence = self.sentence(span)
        return sentence if sentence is not None and sentence.end - sentence.start <= LONGEST else span

    def joint(self, one: Span, other: Span) -> Span | None:
        """The words from one span to the other, where both stand in one sentence and are not too far apart."""
        both = Span(min(one.start, other.start), max(one.end, other.end))
        near = both.end - both.start <= LONGEST
        return both if near and (one.within(other) or self._parts.sentence_of(both) is not None) else None

    def _with_prefix(self, words: str, span: Span) -> Value | None:
        """The words with as few words before them as tell them from others like them."""
        before = self._source[max(0, span.start - _LONGEST_PREFIX) : span.start].split()
        if not before or not self._is_unique(words, " ".join(before)):
            return None
        count = 1
        while not self._is_unique(words, prefix := " ".join(before[-count:])):
            count *= 2
        return Keys().put("words", words).put("prefix", prefix)

    def _is_unique(self, words: str, prefix: str) -> bool:
        return self._count(f"{prefix} {words}") + self._count(prefix + words) == 1

    def _count(self, words: str) -> int:
        """How often words stand in the text; two stands for more."""
        first = self._plain.find(words)
        return 0 if first < 0 else 1 if self._plain.find(words, first + 1) < 0 else 2

    def _closed(self, span: Span) -> Span:
        """With the bracket that follows, where it closes one that is open."""
        words = span.of(self._source)
        follows = self._source[span.end : span.end + 1] == ")"
        return Span(span.start, span.end + 1) if follows and words.count("(") > words.count(")") else span

    def _cut(self, span: Span, about: Span) -> Span:
        if span.end - span.start <= LONGEST:
            return span
        start = max(span.start, min(about.start, span.end) - LONGEST // 3)
        end = min(span.end, max(start + LONGEST, min(about.end, start + 2 * LONGEST)))
        while span.start < start < about.start and not self._source[start - 1].isspace():
            start += 1
        while about.end < end < span.end and not self._source[end].isspace():
            end -= 1
        return Span(start, end)

    def _extended(self, span: Span) -> Value | None:
        """The quote with the words after it."""
        found = None
        for length in (320, 160, 80, 40):
            end = min(len(self._source), span.end + length)
            while end < len(self._source) and end > span.end and not self._source[end].isspace():
                end -= 1
            words = " ".join(self._source[span.start : end].split())
            if self._count(words) != 1:
                break
            found = words
        return found
