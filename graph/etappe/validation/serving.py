"""The child of ``process.py``: answers questions on standard input until it is closed."""

from __future__ import annotations

import os
import sys
from typing import IO

from pyoxigraph import RdfFormat

from etappe.messages import receive, send
from etappe.validation.engine import NAME, compiled, reason
from etappe.validation.shacl import NotHandled, parse_graph


def _compiled(data: bytes, shapes: bytes) -> bytes:
    ours = compiled(shapes)
    if isinstance(ours, NotHandled):
        raise ours
    return ours.validate(parse_graph(data, RdfFormat.N_TRIPLES)).to_bytes(RdfFormat.N_TRIPLES)


def _answer(engine: str, data: bytes, shapes: bytes) -> tuple[str, bytes]:
    if engine == "compiled":
        return NAME, _compiled(data, shapes)
    from etappe.validation import pyshacl_engine

    return pyshacl_engine.NAME, pyshacl_engine.run(data, shapes)


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the other side is gone."""
    while True:
        try:
            engine, data, shapes = receive(questions)
        except EOFError:
            return
        try:
            name, report = _answer(engine.decode(), data, shapes)
            send(answers, b"done", name.encode(), report)
        except Exception as error:  # noqa: BLE001 - the boundary of the process: every failure is told to the parent
            send(answers, b"failed", {"pyshacl": "pySHACL"}.get(engine.decode(), NAME).encode(), reason(error).encode())


if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not come between the answers
    serve(sys.stdin.buffer, answers)
