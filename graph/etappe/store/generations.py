"""Generations: snapshots of the embedded store, made of hard links, on which readers work while others write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from etappe.store.oxigraph import OxigraphStore


class Generations:
    """The snapshots that one process made of a store. The current one and those in use are kept, the others removed.

    Args:
        folder: where they lie, on the file system of the store.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._users: dict[Path, int] = {}
        self._current: Path | None = None
        self._lock = Lock()  # one thread takes, others use
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.iterdir():
            if not _alive(leftover.name):
                shutil.rmtree(leftover, ignore_errors=True)

    @property
    def newest(self) -> Path | None:
        """The current generation, if one was taken. It may be removed at any time; see ``current``."""
        return self._current

    def take(self, store: OxigraphStore) -> None:
        """Make the present state of the store the current generation."""
        path = self._folder / f"{os.getpid()}-{self._number + 1}"
        store.backup(path)
        with self._lock:
            before, self._current = self._current, path
            self._users[path] = 0
            self._number += 1
        if before is not None:
            self._tidy(before)

    @contextmanager
    def current(self) -> Iterator[Path]:
        """The current generation, kept until the block ends."""
        with self._lock:
            assert self._current is not None, "a generation is taken before anybody reads"
            path = self._current
            self._users[path] += 1
        try:
            yield path
        finally:
            with self._lock:
                self._users[path] -= 1
            self._tidy(path)

    def close(self) -> None:
        """Remove them all."""
        for path in self._users:
            shutil.rmtree(path, ignore_errors=True)
        self._users.clear()

    def _tidy(self, path: Path) -> None:
        with self._lock:
            if path == self._current or self._users.get(path) != 0:
                return
            del self._users[path]
        shutil.rmtree(path, ignore_errors=True)


def _alive(name: str) -> bool:
    """Whether the process whose number begins that name still runs."""
    try:
        os.kill(int(name.split("-")[0]), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:  # it runs, for another user
        pass
    return True
