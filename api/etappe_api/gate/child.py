"""A child of ``children.py``: does pieces of work until its parent is gone."""

from __future__ import annotations

import os
import pickle
import resource
import sys
from typing import IO, Any

from etappe.errors import EngineError, EtappeError
from etappe.messages import receive, send
from etappe.store.sandbox import deny_network, end_with_parent
from etappe.validation.engine import reason
from etappe_api.gate.errors import CheckTooLong


def _done(task: bytes) -> Any:
    work, args, kwargs = pickle.loads(task)  # noqa: S301 - our own parent wrote it
    try:
        return work(*args, **kwargs)
    except EtappeError as error:
        return _bare(error)
    except (MemoryError, RecursionError) as error:
        return CheckTooLong(f"nothing was checked, because that needs more memory than it may ({reason(error)})")
    except Exception as error:  # noqa: BLE001 - the boundary of the process: whatever failed is no "conforms"
        return EngineError(f"nothing was checked, because that failed: {reason(error)}")


def _bare(error: EtappeError) -> EtappeError:
    """The error without the frames it came through."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


def serve(tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Work until the other side is gone."""
    while True:
        try:
            (task,) = receive(tasks)
        except EOFError:
            return
        send(answers, pickle.dumps(_done(task), pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    end_with_parent()
    most = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    deny_network()
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not come between the answers
    serve(sys.stdin.buffer, channel)
