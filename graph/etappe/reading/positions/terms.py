"""What the words of a JSON-LD document mean: as much of the context processing of JSON-LD 1.1 as keys need.

Only contexts written in the document and Etappe's own are known; nothing is fetched, nothing is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from etappe import resources
from etappe.reading.positions.iri import resolve

OWN_CONTEXT = "https://w3id.org/etappe/context.jsonld"
#: Words defined in one document, over all its contexts; a hostile one would define them again at every node.
_MAX_DEFINITIONS = 200_000
_MAX_CHAIN = 20
_KEYWORD = re.compile(r"@[A-Za-z]+")


@dataclass(frozen=True)
class Term:
    """A word: its IRI or keyword (nothing where it is switched off), and how its values are read."""

    iri: str | None
    reverse: bool = False
    coercion: str | None = None
    containers: frozenset[str] = frozenset()
    context: Any = ...
    is_prefix: bool = False


class Context:
    """Words on top of those of the context around it. ``previous`` is what nested nodes go back to."""

    __slots__ = ("base", "parent", "previous", "terms", "vocab")

    def __init__(self, base: str, parent: Context | None = None) -> None:
        self.base = base
        self.parent = parent
        self.vocab: str | None = parent.vocab if parent else None
        self.previous: Context | None = parent.previous if parent else None
        self.terms: dict[str, Term] = {}

    def term(self, word: str) -> Term | None:
        """The definition of a word."""
        context: Context | None = self
        while context is not None:
            if word in context.terms:
                return context.terms[word]
            context = context.parent
        return None

    def expand(self, word: str) -> str | None:
        """A key or type as IRI or keyword; nothing where it means none."""
        if _KEYWORD.fullmatch(word):
            return word
        term = self.term(word)
        if term is not None:
            return term.iri
        iri = self.compact(word)
        if iri is not None:
            return iri
        return None if self.vocab is None else self.vocab + word

    def resolve(self, value: str) -> str:
        """The IRI of a node."""
        return self.compact(value) or resolve(self.base, value)

    def compact(self, word: str) -> str | None:
        """``prefix:name`` as IRI; what only looks like it stays as it is."""
        prefix, colon, suffix = word[1:].partition(":")
        if not colon:
            return None
        prefix = word[0] + prefix
        if prefix != "_" and not suffix.startswith("//"):
            term = self.term(prefix)
            if term is not None and term.iri is not None and term.is_prefix:
                return term.iri + suffix
        return word


class Contexts:
    """Applies the contexts of one document."""

    def __init__(self, base: str) -> None:
        self.initial = Context(base)
        self._base = base
        self._left = _MAX_DEFINITIONS
        self._applied: dict[tuple[int, int], tuple[Context, Any, Context]] = {}

    def scoped(self, active: Context, term: Term | None, *, propagate: bool = True) -> Context:
        """The context that a term brings along."""
        if term is None or term.context is ...:
            return active
        key = (id(active), id(term.context))
        if key not in self._applied:
            self._applied[key] = (active, term.context, self.apply(active, term.context, propagate=propagate))
        return self._applied[key][2]

    def apply(self, active: Context, local: Any, *, propagate: bool = True) -> Context:
        """The active context with a local one on top."""
        made = Context(active.base, active)
        for item in local if isinstance(local, list) else [local]:
            if item is None:
                made.parent, made.vocab, made.base, made.terms = None, None, self._base, {}
            elif item == OWN_CONTEXT:
                self._define(made, own())
            elif isinstance(item, dict):
                propagate = propagate if item.get("@propagate") is None else bool(item["@propagate"])
                self._define(made, item)
        if not propagate and made.previous is None:
            made.previous = active
        return made

    def _define(self, made: Context, local: Mapping[str, Any]) -> None:
        self._left -= len(local)
        if self._left < 0:
            return
        if "@base" in local:
            base = local["@base"]
            made.base = resolve(made.base, base) if isinstance(base, str) else ""
        if "@vocab" in local:
            vocab = local["@vocab"]
            made.vocab = made.expand(vocab) or made.resolve(vocab) if isinstance(vocab, str) else None
        work = _Definitions(made, local)
        for word in local:
            work.define(word)


class _Definitions:
    """The words of one local context; a word may rest on another that stands below it."""

    def __init__(self, made: Context, local: Mapping[str, Any]) -> None:
        self._made = made
        self._local = local
        self._done: set[str] = set()
        self._depth = 0

    def define(self, word: str) -> None:
        if word in self._done or word not in self._local or _KEYWORD.fullmatch(word) or self._depth > _MAX_CHAIN:
            return
        self._done.add(word)
        self._depth += 1
        term = self._term(word, self._local[word])
        self._depth -= 1
        self._made.terms[word] = term

    def _term(self, word: str, value: Any) -> Term:
        simple = isinstance(value, str)
        if not isinstance(value, dict):
            value = {"@id": value}
        reverse = "@reverse" in value
        iri = self._iri(word, value["@reverse"] if reverse else value.get("@id", word))
        containers = value.get("@container")
        coercion = value.get("@type")
        return Term(
            iri,
            reverse,
            coercion if isinstance(coercion, str) else None,
            frozenset(map(str, containers if isinstance(containers, list) else [containers])),
            value.get("@context", ...),
            value.get("@prefix") is True or (simple and (iri or "")[-1:] in tuple(":/?#[]@")),
        )

    def _iri(self, word: str, name: Any) -> str | None:
        if not isinstance(name, str):
            return None
        self.define(name.partition(":")[0])
        if name != word:
            self.define(name)
            return self._made.expand(name)
        iri = self._made.compact(word)
        return self._made.vocab + word if iri is None and self._made.vocab is not None else iri


@cache
def own() -> Mapping[str, Any]:
    """Etappe's own context."""
    path = resources.folder("ontology") / "context.jsonld"
    context: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return context
