"""Files as bytes and bytes as text, within limits. Nothing here knows what a report is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from etappe.errors import ReadingError, UsageError
from etappe.model import Source

#: No report written by people is larger; a larger file is a mistake or an attack.
MAX_BYTES = 20 * 1024 * 1024

MEDIA_TYPES = {
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".yamlld": "application/yaml",
    ".jsonld": "application/ld+json",
    ".json": "application/ld+json",
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".xml": "application/rdf+xml",
}


def load(path: Path) -> Source:
    """The file as it is.

    Raises:
        ReadingError: unknown ending, too large, empty, gone or not readable.
    """
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise ReadingError(
            f"the ending {path.suffix or '(none)'!r} is not one of a report file; known are {', '.join(MEDIA_TYPES)}",
            file=path,
        )
    return Source(str(path), media_type, load_bytes(path))


def load_bytes(path: Path) -> bytes:
    """The bytes of a file of bounded size that is not empty."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for, a device never ends
            raise ReadingError("is not a file", file=path)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(f"cannot be read ({reason.lower()})", file=path) from error
    if len(data) > MAX_BYTES:
        raise ReadingError(f"is larger than {MAX_BYTES // 2**20} MiB; a report is far smaller", file=path)
    if not data.strip():
        raise ReadingError("is empty; a report begins with the line 'report: some-id'", file=path)
    return data


def text_of(source: Source) -> str:
    """The bytes as NFC text with plain line ends.

    Raises:
        ReadingError: binary data, or not UTF-8 (with the place of the first wrong byte).
    """
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in data:
        raise ReadingError("holds binary data, not text; check which file this is", file=source.name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadingError(
            f"is not UTF-8: line {line} holds the byte 0x{data[error.start]:02x}; save the file as UTF-8",
            file=source.name,
        ) from error
    return normal(text)


def normal(text: str) -> str:
    """Text as offsets count it: NFC, line ends as a single line feed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_beside(source: Source, name: str) -> str:
    """A source text that a report names: a file in the same folder or below it, never elsewhere."""
    folder = Path(source.name).parent.resolve()
    try:
        path = (folder / name).resolve()
        is_file = path.is_file()
    except (OSError, ValueError) as error:
        raise ReadingError(f"names a text that cannot be a file: {name[:40]!r}", file=source.name) from error
    if not path.is_relative_to(folder):
        raise ReadingError(
            f"the text {name!r} lies outside the folder of the report; put it beside it", file=source.name
        )
    if not is_file:
        raise ReadingError(
            f"the text {name!r} is not there; put it beside the report or write it in with 'text: |'", file=source.name
        )
    return text_of(Source(str(path), "text/plain", load_bytes(path)))


def report_files(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The report files among files, folders (searched deeply, in order of name) and patterns such as ``2018-*.yaml``.

    Raises:
        UsageError: a path that leads to nothing.
    """
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found = [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in MEDIA_TYPES]
        elif path.exists() or not any(sign in str(given) for sign in "*?["):
            found = [path] if path.is_file() or path.is_symlink() else []
        else:
            anchor = Path(path.anchor) if path.anchor else Path()
            found = sorted(p for p in anchor.glob(str(path.relative_to(path.anchor))) if p.is_file())
        if not found:
            raise UsageError(f"{given}: no report file is there; name a file, a folder that holds some, or a pattern")
        yield from found
