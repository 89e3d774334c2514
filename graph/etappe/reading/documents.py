"""Registry documents among many files: found first, for reports must find in the registry what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Triple

from etappe.errors import EtappeError
from etappe.model import Document
from etappe.reading import read_source
from etappe.reading.archives import Input
from etappe.registry import Registry

_YAML_REGISTRY = re.compile(rb"^(\xef\xbb\xbf)?[\"']?registry[\"']? *:", re.MULTILINE)


def parted(inputs: Iterable[Input], base: str) -> tuple[list[Input], list[Input]]:
    """Registry documents and reports."""
    documents, reports = list[Input](), list[Input]()
    for item in inputs:
        (documents if _is_registry(item, base) else reports).append(item)
    return documents, reports


def _is_registry(item: Input, base: str) -> bool:
    try:
        source = item.load()
        if source.media_type != "application/yaml":
            return b"Dataset" in source.data and read_source(source, base=base).document is Document.REGISTRY
    except EtappeError:
        return False  # reading it in its turn says why
    return _YAML_REGISTRY.search(source.data) is not None


def registry_with(known: Iterable[Triple], documents: Iterable[Input], base: str) -> Registry:
    """A registry with what registry documents add to it; they may name each other in any order.

    A document that cannot be read adds nothing; reading it in its turn says why.
    """
    before, added = set(known), set[Triple]()
    for item in documents:
        try:
            document = read_source(item.load(), registry=Registry(before | added), base=base)
        except EtappeError:
            continue
        # A document replaces what the registry said of the same things; a corrected date must not stand beside the old.
        own = {triple.subject for triple in document.triples}
        before = {triple for triple in before if triple.subject not in own}
        added |= document.triples
    return Registry(before | added)
