"""What a text speaks of besides people and places: products, funding programmes, claims with their condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etappe.extraction.clauses import blanked
from etappe.extraction.model import BlockKind, Claim, Funding, Product, Span, Text

_PRODUCT = re.compile(
    r"\b(?:[Dd]ie|[Dd]er|[Ee]ine|[Ii]hrer?|[Ss]einer?) (?P<kind>App|Anwendung|Software|Lern-?[Aa]pp|Plattform) "
    r"(?:[„“\"»](?P<quoted>[^„“”\"»«\n]{2,40})[“”\"«]|(?P<name>[A-ZÄÖÜ]\w*[a-zäöüß][A-Z0-9@]\w{1,30}))"
)
_FUNCTION = re.compile(r", die (?P<does>[^.;:!?\n]{10,200})")
_FUNDING = re.compile(
    r"(?<![\w-])(?P<name>(?P<level>Bundes|Landes|EU-)[Ff]örderprogramm)(?:s|es|e)?(?![\w-])"
    r"|(?<![\w-])(?:Förderp|P)rogramm(?:s|es)? (?P<quoted>[„“\"»][^„“”\"»«\n]{3,60}[“”\"«])"
)
_CONDITION = re.compile(
    r"\b(?:[Ii]m (?:Optimalfall|Idealfall|besten Fall|günstigsten Fall)|[Bb]estenfalls|[Ii]dealerweise)\b"
)
_LEVELS = {"Bundes": "federal", "Landes": "land"}
_LONGEST = 600
_MOST = 100


def find_products(source: Text) -> tuple[Product, ...]:
    """Apps and programs with a name of their own; who made them is another matter."""
    found: dict[str, Product] = {}
    for sentence in _told(source):
        for match in _PRODUCT.finditer(source.text, sentence.start, sentence.end):
            group = "quoted" if match["quoted"] else "name"
            does = _FUNCTION.match(source.text, match.end(), sentence.end)
            function = Span(*does.span("does")) if does is not None else None
            app = match["kind"].lower().endswith("app")
            found.setdefault(match[group], Product(match[group], (Span(*match.span()),), app, function))
    return tuple(found.values())[:_MOST]


def find_funding(source: Text) -> tuple[Funding, ...]:
    """Funding programmes by a name, or as that of the federation or the Land."""
    found: dict[str, Funding] = {}
    for sentence in _told(source):
        for match in _FUNDING.finditer(source.text, sentence.start, sentence.end):
            if match["quoted"] and "förder" not in sentence.of(source.text).casefold():
                continue
            name = match["name"] or match["quoted"][1:-1]
            span = Span(*match.span())
            known = found.get(name)
            mentions = (*known.mentions, span) if known is not None else (span,)
            found[name] = Funding(name, mentions, _LEVELS.get(match["level"] or ""))
    return tuple(found.values())[:_MOST]


def find_claims(source: Text) -> tuple[Claim, ...]:
    """What a text holds to be so only under a condition that it names."""
    claims = []
    for sentence in _told(source):
        match = _CONDITION.search(blanked(sentence.of(source.text)))
        if match is not None and sentence.end - sentence.start <= _LONGEST:
            claims.append(Claim(sentence, Span(sentence.start + match.start(), sentence.start + match.end())))
    return tuple(claims[:_MOST])


def _told(source: Text) -> Iterator[Span]:
    """The sentences of the running text."""
    others = iter([block.span for block in source.blocks if block.kind is not BlockKind.PARAGRAPH])
    other = next(others, None)
    for sentence in source.sentences:
        while other is not None and other.end <= sentence.start:
            other = next(others, None)
        if other is None or other.start >= sentence.end:
            yield sentence
