"""SPARQL servers for tests: on 127.0.0.1, on free ports, in folders of their own, ended by their process id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

#: Seconds in which a server has to be there.
START = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def binary(name: str, how: str) -> str:
    """The path of a server's program. Where it is missing, the test is skipped; on CI it fails."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        reason = f"{name} is not installed: {how}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Server:
    """A running server. ``address`` is what ``--store`` takes."""

    def __init__(self, command: list[str], folder: Path, port: int, address: str) -> None:
        self.command, self.folder, self.port, self.address = command, folder, port, address
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with (self.folder / "server.log").open("ab") as log:
            process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        until = monotonic() + START
        while not answers(self.port):
            if process.poll() is not None or monotonic() > until:
                process.kill()
                process.wait()
                pytest.fail(f"{self.command[0]} did not start: {(self.folder / 'server.log').read_text()[-2000:]}")
            sleep(0.02)
        return process

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.kill()
        self.process = self._start()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def answers(port: int) -> bool:
    """Whether somebody speaks HTTP there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"http://127.0.0.1:{port}/", timeout=10).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


@contextmanager
def running(command: list[str], folder: Path, port: int, address: str) -> Iterator[Server]:
    server = Server(command, folder, port, address)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """``oxigraph serve`` with a store on disk."""
    program = binary("oxigraph", "pip install oxigraph")
    port = free_port()
    command = [program, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}", *options]
    with running(command, folder, port, f"sparql+http://127.0.0.1:{port}") as server:
        yield server


VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 4000
MaxDirtyBuffers = 2000
CaseMode = 2

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
EnabledDavVSP = 0

[SPARQL]
ResultSetMaxRows = {rows}
"""


@contextmanager
def virtuoso(folder: Path, rows: int = 100_000) -> Iterator[Server]:
    """Virtuoso 7 with an empty database, user dba and password dba."""
    program = binary("virtuoso-t", "apt-get install virtuoso-opensource-7")
    port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), http=port, rows=rows))
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, port, f"sparql+http://dba:dba@127.0.0.1:{port}") as server:
        yield server
