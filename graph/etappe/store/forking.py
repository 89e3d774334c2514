"""The child process of ``fork_server.py``: forks readers, and may hold one generation in memory, which they share.

It has one thread whenever it forks, and opens no store itself: RocksDB has threads, and these are not there after a
fork.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, parse

from etappe.messages import receive, send
from etappe.store.reading import Snapshot, serve
from etappe.store.sandbox import deny_network, end_with_parent

#: A command is one letter and the number of a process, of eight bytes.
COMMAND = 9
FORK, END, STEP_BACK, PAUSE, RESUME = b"f", b"e", b"s", b"p", b"r"

#: How far whoever reads the disk steps back behind those who answer.
_NICE = 5


def written(path: str, output: IO[bytes]) -> None:
    """Write a generation down: the names of its graphs, of which some may be empty, then its quads."""
    disk = Store.read_only(path)
    names = [(type(name).__name__, name.value) for name in disk.named_graphs()]
    send(output, json.dumps(names).encode())
    disk.dump(output, format=RdfFormat.N_QUADS)
    output.flush()


def read(source: IO[bytes]) -> Store:
    """The same in memory. Blank nodes keep their names.

    Raises:
        EOFError: it ends before it begins.
    """
    store = Store()
    (names,) = receive(source)
    for kind, name in json.loads(names):
        store.add_graph(BlankNode(name) if kind == BlankNode.__name__ else NamedNode(name))
    store.bulk_extend(parse(source, format=RdfFormat.N_QUADS))
    return store


def _held(path: str) -> Store:
    """A generation in memory; another process reads the disk.

    Raises:
        EOFError: it cannot be read.
    """
    receiving, sending = os.pipe()

    def load() -> None:
        os.close(receiving)
        os.nice(_NICE)
        with os.fdopen(sending, "wb") as output:
            written(path, output)

    loader = _forked(load)
    os.close(sending)
    # A thread allocates in an arena of its own. In the common one, readers would fill gaps all over the store: each
    # is a page that they have to copy first.
    with os.fdopen(receiving, "rb") as source, ThreadPoolExecutor(1) as apart:
        store = apart.submit(read, source).result()
    if os.waitpid(loader, 0)[1]:
        raise EOFError
    return store


def _forked(work: Callable[[], None]) -> int:
    """A new process that does that, and ends."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            end_with_parent()
            work()
            status = 0
        finally:
            os._exit(status)
    return process


class ForkServer:
    """Carries out the commands of the parent.

    Args:
        control: where the commands come from; with ``FORK`` comes the socket of the new reader.
        max_memory: bytes that a reader may take, beyond what all of them share.
    """

    def __init__(self, control: socket.socket, max_memory: int, snapshot: Snapshot) -> None:
        self._control, self._max_memory, self._snapshot = control, max_memory, snapshot
        self._readers: set[int] = set()

    def run(self) -> None:
        """Until the parent is gone, or wants no more."""
        while command := self._command():
            kind, process, line = command
            self._bury()
            if kind == FORK and line is not None:
                self._fork(line)
            elif process in self._readers:  # else it ended before, and the number may be another's now
                _DOES[kind](process)
        for process in self._readers:
            _DOES[END](process)
            os.waitpid(process, 0)

    def _command(self) -> tuple[bytes, int, socket.socket | None] | None:
        data, files, _, _ = socket.recv_fds(self._control, COMMAND, 1)
        while data and len(data) < COMMAND:
            more = self._control.recv(COMMAND - len(data))
            data = data + more if more else b""
        if not data:
            return None
        return data[:1], int.from_bytes(data[1:], "big"), socket.socket(fileno=files[0]) if files else None

    def _fork(self, line: socket.socket) -> None:
        with line, suppress(OSError):  # no room: the parent sees that nobody has the other end
            self._readers.add(_forked(lambda: self._read(line)))

    def _read(self, line: socket.socket) -> None:
        self._control.close()
        most = _data() + self._max_memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        with line.makefile("rb") as questions, line.makefile("wb") as answers:
            send(answers, str(os.getpid()).encode())
            serve(questions, answers, self._snapshot)

    def _bury(self) -> None:
        """Take leave of those that ended by themselves."""
        with suppress(ChildProcessError):
            while (process := os.waitpid(-1, os.WNOHANG)[0]) > 0:
                self._readers.discard(process)


def _step_back(process: int) -> None:
    """Let a process run only where no other wants to."""
    with suppress(OSError):
        if sys.platform == "linux":
            os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
        else:
            os.setpriority(os.PRIO_PROCESS, process, 19)


_DOES: dict[bytes, Callable[[int], None]] = {
    END: lambda process: os.kill(process, signal.SIGKILL),
    STEP_BACK: _step_back,
    PAUSE: lambda process: os.kill(process, signal.SIGSTOP),
    RESUME: lambda process: os.kill(process, signal.SIGCONT),
}


def _data() -> int:
    """Bytes that count for ``RLIMIT_DATA`` already."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
    except OSError:  # no Linux
        return 0
    return pages * resource.getpagesize()


def main() -> None:
    """Arguments: number of the control socket, bytes of a reader, bytes of what is held, its path (or nothing)."""
    control = socket.socket(fileno=int(sys.argv[1]))
    max_memory, max_held = int(sys.argv[2]), int(sys.argv[3])
    end_with_parent()
    deny_network()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes of a terminal; the parent decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    snapshot = Snapshot()
    if len(sys.argv) > 4:
        resource.setrlimit(resource.RLIMIT_DATA, (_data() + max_held, resource.RLIM_INFINITY))
        snapshot = Snapshot((sys.argv[4], _held(sys.argv[4])))
    gc.freeze()  # a collection would write on what is shared
    send(sys.stdout.buffer, b"ready")
    ForkServer(control, max_memory, snapshot).run()


if __name__ == "__main__":
    main()
