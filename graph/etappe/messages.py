"""What a parent and its child process say to each other over pipes.

A message is a count of parts, then each part with its length in front; all counts are eight bytes, big-endian.
"""

from __future__ import annotations

import struct
from asyncio import IncompleteReadError, StreamReader
from typing import IO

_LENGTH = struct.Struct(">Q")
_LONGEST = 2**32


def packed(*parts: bytes) -> bytes:
    """One message as bytes."""
    return b"".join((_LENGTH.pack(len(parts)), *(piece for part in parts for piece in (_LENGTH.pack(len(part)), part))))


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write one message."""
    stream.write(packed(*parts))
    stream.flush()


def receive(stream: IO[bytes]) -> list[bytes]:
    """Read one message.

    Raises:
        EOFError: the other side is gone.
    """
    return [_exactly(stream, _count(stream)) for _ in range(_count(stream))]


async def receive_async(stream: StreamReader) -> list[bytes]:
    """Read one message without blocking the event loop.

    Raises:
        EOFError: the other side is gone.
    """
    try:
        parts = _counted(await stream.readexactly(_LENGTH.size))
        return [await stream.readexactly(_counted(await stream.readexactly(_LENGTH.size))) for _ in range(parts)]
    except IncompleteReadError as error:
        raise EOFError from error


def _count(stream: IO[bytes]) -> int:
    return _counted(_exactly(stream, _LENGTH.size))


def _counted(data: bytes) -> int:
    (count,) = _LENGTH.unpack(data)
    if count > _LONGEST:
        raise EOFError
    return int(count)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
