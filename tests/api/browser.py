"""Headless Chromium for tests, driven through its DevTools protocol over two pipes: no package and no port needed.

Where Chromium or axe-core (npm) is missing, a test is skipped and says so; under ``CI`` that is a failure.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

_ROOT = Path(__file__).parents[2]
_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
#: Seconds after which a browser that says nothing is given up.
_PATIENCE = 60.0
#: The protocol is spoken over descriptors 3 and 4; both ends are moved out of the way before they are put there.
_LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for place, end in zip((3, 4), ends):
    os.dup2(end, place)
os.execv(sys.argv[3], sys.argv[3:])
"""


def missing(what: str) -> None:
    """Skip the test, or fail it under CI."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def axe_source() -> str:
    """The script of axe-core: from ``ETAPPE_AXE`` (path of axe.min.js), or from where npm puts it."""
    places = [_ROOT / folder / "node_modules" / "axe-core" / "axe.min.js" for folder in (".", ".bench", ".browser")]
    if named := os.environ.get("ETAPPE_AXE"):
        places.insert(0, Path(named))
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    missing("axe-core is missing: 'npm install --no-save axe-core' in the checkout, or ETAPPE_AXE=…/axe.min.js")
    raise AssertionError


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol to this tab."""
        return self._browser.command(method, self._session, **parameters)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; a promise is waited for."""
        answer = self.command("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def show(self, url: str, *, width: int = 1200, height: int = 900, dark: bool = False) -> None:
        """Go to an address and wait until it is loaded."""
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])
        self._browser.events.clear()
        self.command("Page.navigate", url=url)
        self._browser.wait_for("Page.loadEventFired")

    def requested(self) -> list[str]:
        """The addresses that the page asked for since it was shown."""
        events = (event for event in self._browser.events if event["method"] == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in events]

    def complaints(self) -> list[str]:
        """What the browser complained about since the page was shown: policies, failed loads, errors of scripts."""
        events = (event for event in self._browser.events if event["method"] == "Log.entryAdded")
        return [event["params"]["entry"]["text"] for event in events]

    def screenshot(self, path: Path) -> None:
        """The whole page as PNG."""
        answer = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(answer["data"]))


class Browser:
    """A running Chromium. Make one with ``chromium()``."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in = to_browser, from_browser
        self._buffer = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def page(self) -> Page:
        """A new tab."""
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        session = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.command(f"{domain}.enable")
        return page

    def command(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol; its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def wait_for(self, method: str) -> None:
        """Wait for an event, which may have come already."""
        while not any(event["method"] == method for event in self.events):
            self._receive()

    def _receive(self) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0.0, until - time.monotonic()))
            data = os.read(self._in, 2**16) if ready else b""
            assert data, "the browser says nothing any more"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        if "method" in found:
            self.events.append(found)
        return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium with a profile of its own, ended with the block."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("Chromium is missing: 'apt-get install chromium'")
        raise AssertionError
    child_in, to_browser = os.pipe()
    from_browser, child_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        arguments = [program, *_SWITCHES, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(child_in), str(child_out), *arguments],
            pass_fds=(child_in, child_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(child_in)
        os.close(child_out)
        try:
            browser = Browser(to_browser, from_browser)
            yield browser
            browser.command("Browser.close")
        finally:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            os.close(to_browser)
            os.close(from_browser)


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def serving_at(app: FastAPI) -> Iterator[str]:
    """The application as a server on a free port of this machine; its address."""
    server = _Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert server.ready.wait(_PATIENCE), "the server did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
