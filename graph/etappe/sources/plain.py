"""Plain text, and bytes as text: UTF-8, UTF-16 with its mark, Windows-1252."""

from __future__ import annotations

import codecs
import re

from etappe.errors import ReadingError
from etappe.sources.finishing import finished
from etappe.sources.limits import MAX_TEXT
from etappe.sources.mending import has_mojibake
from etappe.sources.model import SourceText

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def read_plain(name: str, data: bytes) -> SourceText:
    """A plain text file. Where nothing had to be repaired, the text is what the file holds."""
    text, notes = decoded(name, data)
    return finished(name, text, notes=notes, tidy=False)


def decoded(name: str, data: bytes, limit: int = MAX_TEXT) -> tuple[str, list[str]]:
    """The bytes as text, and a sentence where they are not UTF-8.

    Raises:
        ReadingError: binary data, a broken or mixed encoding, or more than ``limit`` bytes of text.
    """
    if len(data) > limit * 4:  # no encoding takes more than four bytes for one
        raise ReadingError(
            f"holds {len(data) / 2**20:.1f} MiB of text, a report at most {limit // 2**20} MiB; cut out the report",
            file=name,
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(name, data, encoding)
    if b"\x00" in data or len(_BINARY.findall(data[:8192])) > 2:
        raise ReadingError("holds binary data, not text; check which file this is", file=name)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and has_utf8(data):
            return data[: error.start].decode("utf-8"), ["The last character is cut off; the file may be incomplete."]
        return _windows(name, data, error), ["Read as Windows-1252, for it is not UTF-8."]


def _with_mark(name: str, data: bytes, encoding: str) -> tuple[str, list[str]]:
    called = encoding.removesuffix("-sig").upper()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(f"is broken {called} (byte {error.start}); save it as UTF-8", file=name) from error
    if "\x00" in text:
        raise ReadingError("holds binary data, not text; check which file this is", file=name)
    return text, [] if called == "UTF-8" else [f"Read as {called}, as its first bytes say."]


def has_utf8(data: bytes) -> bool:
    """Whether some bytes form a character of UTF-8 beyond ASCII, or all are ASCII but for a cut-off end."""
    return re.search(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]", data) is not None or data[:-3].isascii()


def _windows(name: str, data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as second:
        raise ReadingError(
            f"is neither UTF-8 nor Windows-1252 (byte 0x{data[second.start]:02x}); save it as UTF-8",
            file=name,
        ) from second
    if has_mojibake(text):
        raise ReadingError(f"mixes two encodings: line {line} is not UTF-8, others are; save it as UTF-8", file=name)
    return text
