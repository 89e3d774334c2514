"""The sections of a draft for what a text speaks of: products, funding programmes, claims."""

from __future__ import annotations

from etappe.drafting.quotes import Quotes
from etappe.drafting.things import Ids
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Claim, Extraction, Product, Span


class Spoken:
    """Makes the sections ``products``, ``programmes`` and ``claims``; ``mentions`` are references to them."""

    def __init__(self, extraction: Extraction, quotes: Quotes, ids: Ids) -> None:
        self._extraction, self._quotes = extraction, quotes
        self.products, self.programmes, self.claims = Keys(), Keys(), Keys()
        self.mentions: list[Value] = []
        for product in extraction.products:
            identifier = ids.new("product", product.name)
            self.products.put(identifier, self._product(product), "? developer: the text does not say who made it")
            self.mentions.append(f"product/{identifier}")
        for funding in extraction.funding:
            identifier = ids.new("programme", funding.name)
            keys = Keys().put("name", funding.name).put("level", funding.level)
            self.programmes.put(identifier, self._rest(keys, funding.mentions), "? which programme is meant")
            self.mentions.append(f"programme/{identifier}")
        for number, claim in enumerate(extraction.claims, 1):
            self.claims.put(f"c{number}", self._claim(claim), "? taken for a claim")

    def _product(self, product: Product) -> Keys:
        keys = Keys().put("kind", "app" if product.app else "product").put("name", product.name)
        if product.function is not None:
            keys.put("function", self._quotes.words(product.function))
        return self._rest(keys, product.mentions)

    def _claim(self, claim: Claim) -> Keys:
        keys = Keys().put("text", self._quotes.words(claim.span))
        if claim.condition is not None:
            keys.put("condition", self._quotes.words(claim.condition))
        return self._rest(keys, (claim.span,))

    def _rest(self, keys: Keys, spans: tuple[Span, ...]) -> Keys:
        for span in spans[:5]:
            quote = self._quotes.of(span)
            if quote is not None:
                return keys.put("certainty", self._quotes.certainty(span)).put("quote", quote)
        return keys
