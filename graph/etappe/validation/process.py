"""An engine in a process of its own, which is killed when it takes too long.

The child lives on for the next graph, so that an engine starts once.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer

from etappe.errors import EngineError
from etappe.messages import receive, send


class _Process:
    """One child, started when it is first asked, and one question at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, deadline: float, *parts: bytes) -> list[bytes]:
        with self._lock:
            child = self._child
            if child is None or child.poll() is not None:
                self._end()
                child = self._child = subprocess.Popen(
                    [sys.executable, "-m", "etappe.validation.serving"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
            assert child.stdin is not None and child.stdout is not None
            late = Timer(deadline, child.kill)
            late.start()
            try:
                send(child.stdin, *parts)
                return receive(child.stdout)
            except BaseException:
                self._end()
                raise
            finally:
                late.cancel()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    with suppress(OSError):  # what was not yet written is of no use to anybody
                        stream.close()

    def close(self) -> None:
        with self._lock:
            self._end()


_process = _Process()
atexit.register(_process.close)


def ask(engine: str, data: bytes, shapes: bytes, deadline: float) -> tuple[str, bytes]:
    """Let an engine (``pyshacl`` or ``compiled``) validate a graph.

    Args:
        data, shapes: N-Triples.
        deadline: seconds.

    Returns:
        name of the engine, and its validation report as N-Triples.

    Raises:
        EngineError: it failed, or took longer.
    """
    try:
        status, name, answer = _process.ask(deadline, engine.encode(), data, shapes)
    except (EOFError, OSError, ValueError) as error:
        raise EngineError(
            f"the report was not checked, because that took longer than {deadline:g} seconds, or too much memory"
        ) from error
    if status != b"done":
        raise EngineError(f"the report was not checked, because {name.decode()} failed: {answer.decode()}")
    return name.decode(), answer
