"""Files that change while somebody works on them, found by looking often: it works on every file system."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from etappe.reading.archives import inputs

_PAUSE = 0.4  # seconds


def changes(paths: Iterable[str]) -> Iterator[None]:
    """Once at the beginning, and whenever a file among the paths is new, gone or was written to."""
    seen: dict[str, tuple[int, int] | None] | None = None
    while True:
        now = {item.name: _stamp(Path(item.name.partition("!/")[0])) for item in inputs(paths)}
        if now != seen:
            yield
        seen = now
        time.sleep(_PAUSE)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
