"""Etappe's own engine. As a script: ``python ours.py SHAPES DATA`` checks one file."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import RdfFormat

from etappe.validation.shacl import compile_shapes, parse_graph


def prepare(shapes: bytes) -> Callable[[bytes], bytes]:
    compiled = compile_shapes(shapes)

    def check(text: bytes) -> bytes:
        return compiled.validate(parse_graph(text, RdfFormat.N_TRIPLES)).to_bytes(RdfFormat.N_TRIPLES)

    return check


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.stdout.buffer.write(prepare(Path(sys.argv[1]).read_bytes())(Path(sys.argv[2]).read_bytes()))
