"""What a parent and its child process say to each other over pipes.

A message is its length, then its parts, each with its length in front; lengths are eight bytes, big-endian.
"""

from __future__ import annotations

import struct
from asyncio import IncompleteReadError, StreamReader
from typing import IO

_LENGTH = struct.Struct(">Q")
_LONGEST = 2**32


def packed(*parts: bytes) -> bytes:
    """One message as bytes."""
    body = b"".join(piece for part in parts for piece in (_LENGTH.pack(len(part)), part))
    return _LENGTH.pack(len(body)) + body


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write one message."""
    stream.write(packed(*parts))
    stream.flush()


def receive(stream: IO[bytes]) -> list[bytes]:
    """Read one message.

    Raises:
        EOFError: the other side is gone.
    """
    return _parts(_exactly(stream, _length(_exactly(stream, _LENGTH.size))))


async def receive_async(stream: StreamReader) -> list[bytes]:
    """Read one message without blocking the event loop.

    Raises:
        EOFError: the other side is gone.
    """
    try:
        return _parts(await stream.readexactly(_length(await stream.readexactly(_LENGTH.size))))
    except IncompleteReadError as error:
        raise EOFError from error


def _length(data: bytes) -> int:
    length = int.from_bytes(data, "big") if len(data) == _LENGTH.size else _LONGEST + 1
    if length > _LONGEST:  # what comes is no message
        raise EOFError
    return length


def _parts(body: bytes) -> list[bytes]:
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        start = at + _LENGTH.size
        at = start + _length(body[at:start])
        parts.append(body[start:at])
    return parts


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
