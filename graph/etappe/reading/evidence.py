"""Quotes: words of a report become evidence nodes with offsets (Web Annotation Data Model, 4.2.4 and 4.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from etappe.model import digest
from etappe.namespaces import OA, RDF, XSD

#: How many characters before and after a quote are kept to find it again.
CONTEXT = 32


def occurrences(text: str, words: str, prefix: str = "") -> list[tuple[int, int]]:
    """Where the words stand in the text (start, end), in code points; a run of blanks or line ends is one blank."""
    plain, places = _single_blanks(text)
    wanted, before = " ".join(words.split()), " ".join(prefix.split())
    found = []
    at = plain.find(wanted) if wanted else -1
    while at >= 0:
        if plain[max(0, at - len(before) - 1) : at].rstrip().endswith(before):
            found.append((places[at], places[at + len(wanted) - 1] + 1))
        at = plain.find(wanted, at + 1)
    return found


@lru_cache(maxsize=8)
def _single_blanks(text: str) -> tuple[str, list[int]]:
    """The text with single blanks only, and for each of its characters the place it had."""
    kept = [
        (sign, place) for place, sign in enumerate(text) if not sign.isspace() or not text[place - 1 : place].isspace()
    ]
    return "".join(" " if sign.isspace() else sign for sign, _ in kept), [place for _, place in kept]


def evidence(base: str, report: NamedNode, text: str | None, words: str, prefix: str) -> tuple[NamedNode, list[Triple]]:
    """The evidence node of a quote and what is said of it.

    A quote that is not in the text, or more than once, gets no offsets; check O1 of the gate says which it is.
    """
    slug = report.value.rsplit("/", 1)[1]
    found = occurrences(text or "", words, prefix)
    if text is not None and len(found) == 1:
        start, end = found[0]
        return located(base, slug, report, text, start, end)
    node = NamedNode(f"{base}/id/evidence/{slug}.{digest(prefix + '|' + words)[7:19]}")
    quote = NamedNode(node.value + "#quote")
    triples = [
        Triple(node, RDF.type, OA.SpecificResource),
        Triple(node, OA.hasSource, report),
        Triple(node, OA.hasSelector, quote),
        Triple(quote, RDF.type, OA.TextQuoteSelector),
        Triple(quote, OA.exact, Literal(words)),
    ]
    if prefix:
        triples.append(Triple(quote, OA.prefix, Literal(prefix)))
    return node, triples


def located(base: str, slug: str, report: NamedNode, text: str, start: int, end: int) -> tuple[NamedNode, list[Triple]]:
    """The evidence node of ``text[start:end]`` with both selectors."""
    node = NamedNode(f"{base}/id/evidence/{slug}.{start}-{end}")
    quote, position = NamedNode(node.value + "#quote"), NamedNode(node.value + "#position")
    return node, [
        Triple(node, RDF.type, OA.SpecificResource),
        Triple(node, OA.hasSource, report),
        Triple(node, OA.hasSelector, quote),
        Triple(node, OA.hasSelector, position),
        Triple(quote, RDF.type, OA.TextQuoteSelector),
        Triple(quote, OA.exact, Literal(text[start:end])),
        Triple(quote, OA.prefix, Literal(text[max(0, start - CONTEXT) : start])),
        Triple(quote, OA.suffix, Literal(text[end : end + CONTEXT])),
        Triple(position, RDF.type, OA.TextPositionSelector),
        Triple(position, OA.start, Literal(str(start), datatype=XSD.nonNegativeInteger)),
        Triple(position, OA.end, Literal(str(end), datatype=XSD.nonNegativeInteger)),
    ]


def longer_prefixes(text: str, start: int) -> Iterator[str]:
    """Ever longer texts before a quote, for the writer to pick the first that makes it unique."""
    for length in range(CONTEXT, start + CONTEXT, CONTEXT):
        yield text[max(0, start - length) : start]
