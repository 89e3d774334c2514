"""The servers that are measured, each in processes of its own on 127.0.0.1 over the same synthetic campaign."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running server. ``sparql`` is its query endpoint, empty where it has none."""

    name: str
    address: str
    sparql: str
    process: int

    def query(self, sparql: str) -> str:
        return f"{self.sparql}?{urllib.parse.urlencode({'query': sparql})}"


class NotThere(Exception):
    """A peer that is not installed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(name: str, command: list[str], port: int, path: str, **environment: str) -> Iterator[Server]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(3000):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if process.poll() is not None:
                    raise NotThere(f"{name} ended at once") from None
                time.sleep(0.1)
        else:
            raise NotThere(f"{name} did not start within five minutes")
        yield Server(name, address, address + path, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def etappe(data: Path, *, cache: bool, timeout: float = 30.0) -> Iterator[Server]:
    """Our service over the scratch store in a folder, as soon as it holds the data in memory.

    Without its cache, every request is a query.
    """
    port = free_port()
    command = [sys.executable, "-m", "etappe", "serve", "--data", str(data), "--writes", "open", "--port", str(port)]
    environment = {
        "ETAPPE_RATE": "100000000",
        "ETAPPE_TIMEOUT": str(timeout),
        "ETAPPE_QUERIES_PER_CLIENT": "3",
        "ETAPPE_METRICS_OPEN": "true",
    }
    if not cache:
        environment["ETAPPE_CACHE"] = "0"
    with _running("etappe" if not cache else "etappe, cached", command, port, "/sparql", **environment) as server:
        while b"etappe_generation_held 1.0" not in urllib.request.urlopen(f"{server.address}/metrics").read():
            time.sleep(0.1)
        yield server


@contextmanager
def oxigraph(store: Path) -> Iterator[Server]:
    """The Oxigraph server over a store folder."""
    found = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if found is None:
        raise NotThere("the oxigraph server (PyPI package oxigraph)")
    port = free_port()
    command = [
        found,
        "serve-read-only",
        "--location",
        str(store),
        "--bind",
        f"127.0.0.1:{port}",
        "--union-default-graph",
    ]
    with _running("oxigraph serve", command, port, "/query") as server:
        yield server


@contextmanager
def rdflib_endpoint(quads: Path) -> Iterator[Server]:
    """rdflib-endpoint over rdflib's own memory store."""
    port = free_port()
    code = (
        "import sys, uvicorn, rdflib; from rdflib_endpoint import SparqlEndpoint\n"
        "graph = rdflib.Dataset(default_union=True); graph.parse(sys.argv[1], format='nquads')\n"
        "app = SparqlEndpoint(path='/query', graph=graph)\n"
        "uvicorn.run(app, port=int(sys.argv[2]), log_level='error', access_log=False)"
    )
    try:
        import rdflib_endpoint  # noqa: F401
    except ImportError:
        raise NotThere("rdflib-endpoint") from None
    with _running("rdflib-endpoint", [sys.executable, "-c", code, str(quads), str(port)], port, "/query") as server:
        yield server


@contextmanager
def constant(size: int) -> Iterator[Server]:
    """FastAPI answering the same bytes to everything: what the web framework alone costs."""
    port = free_port()
    code = (
        "import sys, uvicorn; from fastapi import FastAPI, Response\n"
        "app, body = FastAPI(), b'x' * int(sys.argv[2])\n"
        "@app.get('/')\nasync def answer(): return Response(body, media_type='text/turtle')\n"
        "uvicorn.run(app, port=int(sys.argv[1]), log_level='error', access_log=False)"
    )
    command = [sys.executable, "-c", code, str(port), str(size)]
    with _running("FastAPI, constant", command, port, "/") as server:
        yield server
