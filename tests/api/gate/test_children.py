"""Child processes: killed after their deadline, bounded in memory, without network, shared fairly."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from etappe.errors import Busy, EngineError, ReadingError
from etappe.model import Profile
from etappe.reading.files import check_size
from etappe.validation.strictness import AS_WRITTEN
from etappe_api.gate.checking import Terms, validated
from etappe_api.gate.children import Children
from etappe_api.gate.errors import CheckTooLong
from etappe_api.gate.submissions import Submission
from etappe_api.turns import ASKING

T = TypeVar("T")


def with_children(work: Callable[[Children], Awaitable[T]], **settings: float) -> T:
    async def run() -> T:
        children = Children(2, **settings)  # type: ignore[arg-type]
        try:
            return await work(children)
        finally:
            await children.close()
            assert not children.folder.exists()

    return asyncio.run(run())


async def as_client(name: str, work: Awaitable[T]) -> T:
    ASKING.set(name)
    return await work


def test_work_is_done_and_errors_come_back() -> None:
    async def work(children: Children) -> None:
        assert await children.run(len, "abc") == 3
        with pytest.raises(ReadingError, match="is empty"):
            await children.run(check_size, b"", "x.yaml")
        with pytest.raises(EngineError, match="that failed"):
            await children.run(int, "x")
        assert await children.run(os.getpid) == await children.run(os.getpid) != os.getpid()

    with_children(work)


def test_what_takes_too_long_is_killed_and_the_next_is_served() -> None:
    async def work(children: Children) -> None:
        first = await children.run(os.getpid)
        with pytest.raises(CheckTooLong, match="longer than"):
            await children.run(time.sleep, 600)
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        assert await children.run(len, "abc") == 3

    with_children(work, deadline=1.0)


def test_what_takes_too_much_memory_is_stopped() -> None:
    async def work(children: Children) -> None:
        with pytest.raises(CheckTooLong, match="memory"):
            await children.run(bytes, 2**31)
        assert await children.run(len, "abc") == 3

    with_children(work, max_memory=2**30)


def test_a_child_that_dies_is_replaced() -> None:
    async def work(children: Children) -> None:
        with pytest.raises(CheckTooLong):
            await children.run(os._exit, 3)
        assert await children.run(len, "abc") == 3

    with_children(work)


def test_an_idle_child_that_the_system_killed_is_replaced() -> None:
    async def work(children: Children) -> None:
        first = await children.run(os.getpid)
        os.kill(first, signal.SIGKILL)
        (child,) = children._idle
        await child._process.wait()
        assert await children.run(os.getpid) != first

    with_children(work)


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: other systems have no seccomp")
def test_a_child_has_no_network() -> None:
    async def work(children: Children) -> None:
        with pytest.raises(EngineError, match="Permission denied"):
            await children.run(socket.socket)

    with_children(work)


def test_a_client_whose_check_hangs_stops_nobody_else() -> None:
    async def work(children: Children) -> None:
        hanging = asyncio.create_task(as_client("hostile", children.run(time.sleep, 600)))
        more = asyncio.create_task(as_client("hostile", children.run(time.sleep, 600)))
        await asyncio.sleep(0)
        assert await as_client("other", children.run(len, "abc")) == 3
        assert not hanging.done()
        assert not more.done()
        await children.close()
        for task in (hanging, more):
            with pytest.raises(Busy, match="about to end"):
                await task

    with_children(work)


def test_a_large_report_is_checked_in_a_child_too(tmp_path: Path) -> None:
    registry = tmp_path / "registry.nt"
    registry.write_bytes(b"")
    terms = Terms(registry, "https://etappe.example", AS_WRITTEN, 60.0, Profile.INGEST)
    lines = [
        "<https://etappe.example/id/report/gross> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/etappe/ns#Report> .",
        *(
            f'<https://etappe.example/id/topic/gross.{n}> <http://www.w3.org/2004/02/skos/core#altLabel> "n{n}" .'
            for n in range(12_000)
        ),
    ]
    submission = Submission("\n".join(lines).encode(), "application/n-triples")

    async def work(children: Children) -> None:
        found = await children.run(validated, submission, terms, "json", "en")
        assert found.conforms is False
        assert found.readable is True

    with_children(work)
