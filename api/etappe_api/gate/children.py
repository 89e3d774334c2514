"""Work on what strangers send, in child processes that can be killed: with a deadline, a memory cap and no network.

What a child is told and what it answers are pickles. Both ends are our own code; the bytes that strangers sent are data
in there and never unpickled.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import ParamSpec, TypeVar

from etappe.errors import Busy, EtappeError
from etappe.messages import packed, receive_async
from etappe.validation.engine import DEADLINE
from etappe_api.gate.errors import CheckTooLong
from etappe_api.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")

#: Bytes of memory that one child may take.
MAX_MEMORY = 2 * 1024**3


class _Child:
    """One process. Its group is its own, so that a process that it started ends with it."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self.folder = folder
        self._worn = False

    @classmethod
    async def start(cls, max_memory: int, within: Path) -> _Child:
        folder = Path(mkdtemp(dir=within))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "etappe_api.gate.child",
            str(max_memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2**20,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder)},
        )
        return cls(process, folder)

    @property
    def usable(self) -> bool:
        """Whether it can be asked: not if it was killed, by us or by the system."""
        return self._process.returncode is None and not self._worn

    async def ask(self, message: bytes, deadline: float) -> list[bytes]:
        """Raises ``TimeoutError`` or ``EOFError``; the child is of no use any more then."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            async with asyncio.timeout(deadline):
                self._process.stdin.write(message)
                await self._process.stdin.drain()
                return await receive_async(self._process.stdout)
        except BaseException as error:
            self.kill()
            if isinstance(error, ConnectionError):
                raise EOFError from error
            raise

    def kill(self) -> None:
        self._worn = True
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    async def gone(self) -> None:
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)


class Children:
    """Child processes that clients use in turn. They start when they are first needed. Used from one event loop.

    Args:
        size: how many are at work at once.
        deadline: seconds that one piece of work may take.
        max_memory: bytes that one child may take (``RLIMIT_DATA``).

    Attributes:
        folder: where children find what is given to all of them, and lay down what they must.
    """

    def __init__(self, size: int = 2, *, deadline: float = DEADLINE, max_memory: int = MAX_MEMORY) -> None:
        self.deadline = deadline
        self.folder = Path(mkdtemp(prefix="etappe-gate-"))
        self._max_memory = max_memory
        self._turns = Turns(size, max(1, size // 2))
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._closed = False

    async def run(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Let a child do a piece of work. What it may raise, this raises.

        Args:
            work: a function of a module. It, its arguments and its result can be pickled.

        Raises:
            CheckTooLong: it took longer, or more memory, than it may.
            Busy: too many wait, or the service is about to end.
        """
        async with self._turns.turn(self.deadline):
            message = await asyncio.to_thread(_packed, (work, args, kwargs))
            if self._closed:
                raise _ending()
            child = await self._take()
            try:
                (answer,) = await child.ask(message, self.deadline)
            except (TimeoutError, EOFError) as error:
                if self._closed:
                    raise _ending() from error
                raise CheckTooLong(
                    f"nothing was checked, because that took longer than {self.deadline:g} seconds, or too much memory"
                ) from error
            finally:
                await self._back(child)
        result = await asyncio.to_thread(pickle.loads, answer)  # our own child wrote it
        if isinstance(result, EtappeError):
            raise result
        return result  # type: ignore[no-any-return]

    async def close(self) -> None:
        """End all children at once; nothing that they do lasts."""
        self._closed = True
        self._turns.close()
        children, self._all = self._all, set()
        for child in children:
            child.kill()
        for child in children:
            await child.gone()
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def _take(self) -> _Child:
        while self._idle:
            child = self._idle.pop()
            if child.usable:
                return child
            await self._back(child)
        child = await _Child.start(self._max_memory, self.folder)
        self._all.add(child)
        return child

    async def _back(self, child: _Child) -> None:
        if child.usable and not self._closed:
            self._idle.append(child)
        elif child in self._all:
            self._all.discard(child)
            await child.gone()


def _ending() -> Busy:
    return Busy("the service is about to end; send it again later")


def _packed(task: object) -> bytes:
    return packed(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
