"""Bytes to a ``Report``: the short form (YAML-LD) and every RDF format. Formats differ here and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

from etappe.model import DEFAULT_BASE, Report, Source
from etappe.reading.files import load, text_of
from etappe.reading.rdf import json_of, read_rdf
from etappe.reading.short import is_short, read_short
from etappe.reading.tree import Mapping, Node, Scalar, parse
from etappe.registry import Registry

__all__ = ["read", "read_source"]


def read(path: Path | str, *, registry: Registry | None = None, base: str = DEFAULT_BASE) -> Report:
    """The report in a file.

    Args:
        path: the file; a source text that it names lies beside it.
        registry: where names of places, posts and organisations are looked up.
        base: base of the IRIs made from local ids.

    Raises:
        ReadingError: with file, line and what to write instead.
    """
    return read_source(load(Path(path)), registry=registry, base=base)


def read_source(
    source: Source, *, registry: Registry | None = None, base: str = DEFAULT_BASE, text: str | None = None
) -> Report:
    """The report in bytes that are at hand. ``text`` is the source text, where it came apart from them."""
    if source.media_type != "application/yaml":
        return read_rdf(source, base, text)
    tree = parse(text_of(source), source.name)
    if not is_short(tree) and tree.get("@context") is not None:
        return json_of(_plain(tree), source, base, text)
    return read_short(tree, source, registry or Registry(), base, text)


def _plain(node: Node) -> object:
    """A YAML tree as JSON values (YAML 1.2 core schema for plain scalars)."""
    if isinstance(node, Scalar):
        if node.plain and node.value in ("true", "false"):
            return node.value == "true"
        if node.plain and re.fullmatch(r"-?\d{1,18}", node.value, re.ASCII):
            return int(node.value)
        return node.value
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]
