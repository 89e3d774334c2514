"""One process that serves: its socket, its signals, and an end that loses nothing."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from math import ceil

import uvicorn

from etappe.errors import UsageError
from etappe_api.app import create_app
from etappe_api.connections import ConnectionLimits, connections
from etappe_api.keys import Keys
from etappe_api.logs import configure
from etappe_api.service import Service
from etappe_api.settings import Settings, Writes

#: Connections that the kernel keeps until they are taken.
_BACKLOG = 2048
#: Seconds for which an idle connection is kept.
_KEEP_ALIVE = 15
#: File descriptors that are asked for beside those of connections: pipes to readers, files of the store.
_FILES = 1024


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; a second signal ends at once.

    Args:
        announce: told the address once requests are answered.

    Raises:
        UsageError: the address cannot be used, or would be open to everybody.
        StoreUnavailable: another process holds the data folder.
        EtappeError: the data cannot be opened.
    """
    refuse_open_writes(settings)
    listening = _listen(settings.host, settings.port)
    configure()
    _allow_files(2 * settings.connections + _FILES)
    with listening, asyncio.Runner(loop_factory=_loop) as runner:
        runner.run(_serve(settings, listening, announce))


def refuse_open_writes(settings: Settings) -> None:
    """Nobody offers writing to a network by mistake.

    Raises:
        UsageError: other machines could reach the service, it takes writes, and there is no valid key.
    """
    if settings.writes is Writes.OFF or _loopback(settings.host):
        return
    now = datetime.now(UTC)
    if not any(key.valid(now) for key in Keys(settings.keys_file).all()):
        raise UsageError(
            f"with --writes {settings.writes} the service must not listen on {settings.host}, for there are no keys; "
            "make one with 'etappe keys create NAME --role submit', or listen on 127.0.0.1"
        )


async def _serve(settings: Settings, listening: socket.socket, announce: Callable[[str], None]) -> None:
    app = create_app(settings)
    service: Service = app.state.service
    limits = ConnectionLimits(settings.connections, settings.head_time, settings.max_address, settings.max_head)
    config = uvicorn.Config(
        app,
        lifespan="off",  # it is begun below, so that an error of the start reaches the caller and not the log
        http=connections(limits),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=ceil(settings.grace),
    )
    config.backlog = _BACKLOG
    host, port = listening.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    server = _Server(config, lambda: announce(address))

    def end(number: signal.Signals) -> None:
        if server.should_exit:
            os._exit(128 + number)  # readers end with their parent; what is not acknowledged was not promised
        server.should_exit = True
        service.drain()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end, number)
    async with app.router.lifespan_context(app):
        await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """uvicorn's server without its signals; says when it serves."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Nothing: ``_serve`` does it."""
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        await super().startup(sockets)
        self._announce()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{host!r} is no address of this machine; --host takes one, such as 127.0.0.1") from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} of {host} is in use; name another with --port") from error
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot listen on port {port} of {host} ({reason}); name another with --host, --port"
        ) from error
    return listening


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _allow_files(wanted: int) -> None:
    """A thousand connections need more files than many systems allow at first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < ceiling:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))


def _loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()
