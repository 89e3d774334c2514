"""The service as a process of its own, as users run it; with ``probes`` it also has a few routes that tests need."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    address: str
    log: Path

    def request(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def raw(self, *parts: bytes) -> bytes:
        """What comes back until the server closes the connection."""
        with self.connect() as connection:
            for part in parts:
                connection.sendall(part)
            return received(connection)

    def readers(self) -> list[int]:
        """The processes that answer queries, as soon as they have the data in memory."""
        until = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < until:
            servers = [line for line in _children(self.process.pid) if "etappe.store.forking" in line[1]]
            if len(servers) == 1 and servers[0][1][-1].startswith("/"):  # the only one holds a generation
                return [pid for pid, _ in _children(servers[0][0])]
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def _children(process: int) -> list[tuple[int, list[str]]]:
    """Numbers and arguments."""
    done = subprocess.run(["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process)], capture_output=True, text=True)
    return [(int(pid), arguments) for pid, *arguments in (line.split() for line in done.stdout.splitlines())]


def received(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def alive(pid: int) -> bool:
    """Whether that process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def running(folder: Path, log: Path, *options: str, probes: bool = False, **settings: object) -> Iterator[Running]:
    """``etappe serve`` over a data folder; settings become ``ETAPPE_…`` in its environment."""
    environment = {**os.environ, **{f"ETAPPE_{name.upper()}": str(value) for name, value in settings.items()}}
    program = [str(HERE / "probes.py")] if probes else ["-m", "etappe"]
    command = [sys.executable, *program, "serve", "--lang", "en", "--data", str(folder), "--port", "0", *options]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, env=environment, start_new_session=True
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline().decode()
        assert "http://" in line, log.read_text()
        address = line.split("http://")[1].split("/")[0]
        yield Running(process, int(address.rpartition(":")[2]), f"http://{address}", log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()
