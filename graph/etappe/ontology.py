"""The ontology as data: loading it for the store, and keeping its files in one form.

``python -m etappe.ontology --write`` formats every Turtle file below ``ontology/`` and makes the JSON-LD context anew;
``--check`` only says which of them would change.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from etappe.resources import folder
from etappe.turtle import canonical

VERSION = "0.1.0"
#: The ontology itself, as its terms name it by ``rdfs:isDefinedBy``.
ONTOLOGY = NamedNode("https://w3id.org/etappe/ns")

__all__ = ["ONTOLOGY", "VERSION", "canonical", "context_text", "files", "formatted", "ontology_triples"]


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """What the store keeps in its ontology graph: terms, concept schemes and labels of reused terms."""
    home = folder("ontology")
    paths = (
        home / "etappe.ttl",
        home / "class-tree.ttl",
        home / "reused-labels.ttl",
        *sorted((home / "concepts").glob("*.ttl")),
    )
    return tuple(triple for path in paths for triple in read(path))


def read(path: Path) -> Iterator[Triple]:
    """The triples of one Turtle file."""
    for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri="urn:etappe:ontology"):
        yield quad.triple


def files() -> tuple[Path, ...]:
    """Every Turtle file of the ontology, shapes and alignments included."""
    return tuple(sorted(folder("ontology").rglob("*.ttl")))


def _comment(text: str) -> str:
    """The lines of comment on top of a file; further down comments have no place that survives sorting."""
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.removeprefix("#").strip())
    return "\n".join(head)


def formatted(path: Path) -> str:
    """The canonical text of a Turtle file."""
    return canonical(read(path), _comment(path.read_text(encoding="utf-8")))


def context_text() -> str:
    """The text of ``context.jsonld``."""
    from etappe.context import context  # the reading room is not needed to load the ontology

    document = {"version": VERSION, "@context": context()}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; 1 if a check finds a file that is not in form."""
    parser = argparse.ArgumentParser(prog="python -m etappe.ontology", description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true", help="bring the files into form")
    choice.add_argument("--check", action="store_true", help="name the files that are not in form")
    write = parser.parse_args(arguments).write
    wanted = {path: formatted(path) for path in files()}
    wanted[folder("ontology") / "context.jsonld"] = context_text()
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        sys.stderr.write(f"{path.relative_to(folder('ontology'))}: {'formatted' if write else 'not in form'}\n")
        if write:
            path.write_text(wanted[path], encoding="utf-8")
    return 1 if changed and not write else 0


if __name__ == "__main__":
    sys.exit(main())
