"""The process that readers are forked from, seen from the service. What runs in it stands in ``forking.py``."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from etappe.errors import StoreUnavailable
from etappe.messages import receive_async
from etappe.store.forking import COMMAND, END, FORK

#: Queries allocate and free many small pieces. Where glibc keeps more of them at hand, they take a tenth less time.
_ALLOCATOR = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"}
#: Bytes that wait in a connection; most answers fit, and are written without waiting.
_LINE = 2**20
#: Seconds.
_MOMENT = 0.2
_REFUSED = "a process that answers queries could not be started"


@dataclass(frozen=True, eq=False)
class Child:
    """A forked reader, and the connection to it."""

    process: int
    answers: asyncio.StreamReader
    questions: asyncio.StreamWriter


class ForkServer:
    """Forks readers within milliseconds. Used from one event loop.

    Attributes:
        held: the generation that it holds in memory, if it holds one.
        children: the readers that were not ended.
    """

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket, held: Path | None) -> None:
        self._process, self._control = process, control
        self.held = held
        self.children: set[Child] = set()

    @classmethod
    async def start(cls, max_memory: int, held: Path | None = None, max_held: int = 0) -> Self:
        """A server that is ready.

        Args:
            max_memory: bytes that one reader may take.
            held: a generation that it reads into memory before.
            max_held: bytes that this may take.

        Raises:
            StoreUnavailable: it could not be started, or what it shall hold does not fit.
        """
        ours, theirs = socket.socketpair()
        generation = () if held is None else (str(held),)
        with theirs:
            try:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "etappe.store.forking"),
                    *(str(theirs.fileno()), str(max_memory), str(max_held), *generation),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    env={**_ALLOCATOR, **os.environ},
                )
            except BaseException as error:
                ours.close()
                if isinstance(error, OSError):
                    raise StoreUnavailable(_REFUSED) from error
                raise
        server = cls(process, ours, held)
        assert process.stdout is not None
        try:
            await receive_async(process.stdout)
        except BaseException as error:
            with suppress(ProcessLookupError):
                process.kill()  # it may read for long before it hears anything
            await server.close()
            if isinstance(error, EOFError):
                raise StoreUnavailable(_REFUSED) from error
            raise
        return server

    @property
    def alive(self) -> bool:
        """Whether it can fork."""
        return self._process.returncode is None

    async def lost(self) -> bool:
        """Whether it has ended, once a reader of it has; it may take a moment until that is known."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOMENT):
                await self._process.wait()
        return not self.alive

    async def fork(self) -> Child:
        """A reader that is ready.

        Raises:
            StoreUnavailable: there is no room for it, or this server has ended.
        """
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise StoreUnavailable(_REFUSED) from error
        with theirs:
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LINE)
            try:
                socket.send_fds(self._control, [FORK.ljust(COMMAND, b"\0")], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise StoreUnavailable(_REFUSED) from error
        answers, questions = await asyncio.open_unix_connection(sock=ours, limit=_LINE)
        try:
            (process,) = await receive_async(answers)
        except BaseException as error:
            questions.close()
            if isinstance(error, EOFError | ConnectionError):
                raise StoreUnavailable(_REFUSED) from error
            raise
        child = Child(int(process), answers, questions)
        self.children.add(child)
        return child

    def end(self, child: Child) -> None:
        """Kill a reader, whatever it does."""
        if child in self.children:
            self.children.remove(child)
            child.questions.close()
            self.tell(child, END)

    def tell(self, child: Child, command: bytes) -> None:
        """``STEP_BACK``, let a reader run only where no other process wants to; ``PAUSE``; ``RESUME``."""
        with suppress(OSError):  # it has ended, and its readers with it
            self._control.send(command + child.process.to_bytes(COMMAND - 1, "big"))

    async def close(self) -> None:
        """End it and all of its readers."""
        for child in self.children:
            child.questions.close()
        self.children.clear()
        self._control.close()
        await self._process.wait()
