"""Which block or sentence a span lies in, found by bisection."""

from __future__ import annotations

from bisect import bisect_right

from etappe.extraction.model import Block, Span, Text


class Parts:
    """Blocks and sentences of a text, which do not overlap among themselves."""

    def __init__(self, text: Text) -> None:
        self._blocks = sorted(text.blocks, key=lambda block: block.span)
        self._block_starts = [block.span.start for block in self._blocks]
        self._sentences = sorted(text.sentences)
        self._sentence_starts = [sentence.start for sentence in self._sentences]

    def block_of(self, span: Span) -> Block | None:
        """The block that a span lies in."""
        at = bisect_right(self._block_starts, span.start) - 1
        return self._blocks[at] if at >= 0 and span.within(self._blocks[at].span) else None

    def sentence_of(self, span: Span) -> Span | None:
        """The sentence that a span lies in."""
        at = bisect_right(self._sentence_starts, span.start) - 1
        return self._sentences[at] if at >= 0 and span.within(self._sentences[at]) else None
