"""Files as bytes and bytes as text, within limits. Nothing here knows what a report is."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO

from etappe.errors import ReadingError, UsageError
from etappe.model import Source

#: No report written by people is larger; a larger file is a mistake or an attack.
MAX_BYTES = 20 * 1024 * 1024

#: What errors call standard input.
STDIN = "<stdin>"

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
    """The bytes of a file of bounded size that is not empty.

    Raises:
        ReadingError: too large, empty, gone, not readable, or written to meanwhile.
    """
    with open_file(path) as file:
        before = stamp(file)
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise _unreadable(error, path) from error
        unchanged(file, before, path)
    check_size(data, path)
    return data


def open_file(path: Path) -> BufferedReader:
    """A regular file, opened."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for, a device never ends
            raise ReadingError("is not a file", file=path)
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(error, path) from error


def _unreadable(error: OSError | ValueError, path: Path | str) -> ReadingError:
    reason = getattr(error, "strerror", None) or str(error)
    return ReadingError(f"cannot be read ({reason.lower()})", file=path)


def stamp(file: IO[bytes]) -> tuple[int, int]:
    """What changes when somebody writes to an open file: time of the last change and size."""
    status = os.fstat(file.fileno())
    return status.st_mtime_ns, status.st_size


def unchanged(file: IO[bytes], before: tuple[int, int], path: Path) -> None:
    """Raise ``ReadingError`` where somebody has written to an open file since its stamp was taken."""
    if stamp(file) != before:
        raise ReadingError("changed while it was read; try again", file=path)


def check_size(data: bytes, name: Path | str) -> None:
    """Raise ``ReadingError`` where the bytes are too many for a report, or none."""
    if len(data) > MAX_BYTES:
        raise ReadingError(f"is larger than {MAX_BYTES // 2**20} MiB; a report is far smaller", file=name)
    if not data.strip():
        raise ReadingError("is empty; a report begins with the line 'report: some-id'", file=name)


def stdin_source(stream: BinaryIO, name: str = STDIN, media_type: str | None = None) -> Source:
    """A report that comes through a stream such as standard input. It has no texts beside it.

    Args:
        media_type: which form it has; guessed from its beginning where it is not given.

    Raises:
        ReadingError: too large, empty, not readable, no text, or of a form that cannot be guessed.
        UsageError: a media type that no report has.
    """
    if media_type is not None and media_type not in MEDIA_TYPES.values():
        known = ", ".join(dict.fromkeys(MEDIA_TYPES.values()))
        raise UsageError(f"{media_type!r} is not the media type of a report; known are {known}")
    try:
        data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(error, name) from error
    check_size(data, name)
    text_of(Source(name, "text/plain", data))  # says so where it is no text, which no guess could
    try:
        return Source(name, media_type or guess_media_type(data), data, {})
    except ReadingError as error:
        raise ReadingError(error.message, file=name) from error


_IRI = r"<[^<>\s]*+>"
_NODE = rf"(?:{_IRI}|_:[\w:-]++(?:\.++[\w:-]++)*+)"
_LITERAL = rf"\"(?:[^\"\\]|\\.)*+\"(?:\^\^{_IRI}|@[\w-]++)?+"
_LINE = re.compile(  # a line of N-Triples, or of N-Quads with the name of its graph
    rf"{_NODE}\s*+{_IRI}\s*+(?:{_NODE}|{_LITERAL})\s*+(?P<graph>{_NODE})?+\s*+\.\s*+(?:#.*)?"
)
#: What a brace in Turtle may stand in without being one: texts, IRIs, comments. Each alternative ends somewhere.
_TURTLE_PART = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'(?:[^'\\\n]|\\.)*+'?"
    r"|<[^<>\s]*+>?|#[^\n]*+|\\.|(?P<brace>\{)",
    re.DOTALL,
)
_FIRST = (  # what the first thing that is no comment tells; the order matters
    (r"<\?xml|<!|<(?:[\w.-]+:)?RDF[\s>]", "application/rdf+xml"),
    (r"\{\s*[\"}]|\[\s*[\[{\"]", "application/ld+json"),
    (r"(?i:@prefix|@base|@version|prefix\s+\S*:\s*<|base\s*<|graph\s+[<_\w])|<|_:\S+\s|[\[(]", "text/turtle"),
    (r"\{\s*[\w'-]+\s*:\s|---\s|%YAML|[\"']?[\w@$][^\n]*?:(?:\s|\Z)", "application/yaml"),
    (r"\{", "application/trig"),
)


def guess_media_type(data: bytes) -> str:
    """The media type of a report that came without a name, from how it begins.

    A guess: N-Triples is also Turtle, JSON is also YAML; the narrowest form that fits is told. YAML that begins with a
    brace and a quotation mark is taken for JSON-LD.

    Raises:
        ReadingError: it begins like none of the forms.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    start = re.match(r"(?:\s++|#[^\n]*+)*+", text)
    rest = text[start.end() if start else 0 :]
    found = next((media_type for pattern, media_type in _FIRST if re.match(pattern, rest)), None)
    if found is None:
        raise ReadingError("begins like no form of a report; say which media type it has")
    return _kind_of_turtle(rest) if found == "text/turtle" else found


def _kind_of_turtle(text: str) -> str:
    """Which of the four related forms: by lines with three or four terms, else by braces around graphs."""
    graphs = False
    for line in text.split("\n"):
        if not (line := line.strip()) or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            break
        graphs = graphs or match["graph"] is not None
    else:
        return "application/n-quads" if graphs else "application/n-triples"
    in_graphs = any(part["brace"] for part in _TURTLE_PART.finditer(text))
    return "application/trig" if in_graphs else "text/turtle"


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
    """A source text that a report names: a file in the same folder or below it, never elsewhere.

    For a report that brings its texts (``Source.beside``, as from an archive), these only and never the disk.
    """
    if source.beside is not None:
        return _text_within(source, source.beside, name)
    folder = Path(source.name).parent.resolve()
    try:
        path = (folder / name).resolve()
        is_file = path.is_file()
    except (OSError, ValueError) as error:
        raise ReadingError(f"names a text that cannot be a file: {name[:40]!r}", file=source.name) from error
    if not path.is_relative_to(folder):
        raise _outside(source, name)
    if not is_file:
        raise _missing(source, name)
    return text_of(Source(str(path), "text/plain", load_bytes(path)))


def _text_within(source: Source, beside: Mapping[str, bytes], name: str) -> str:
    place = posixpath.normpath(name)
    if f"{place}/".startswith(("/", "../")):
        raise _outside(source, name)
    data = beside.get(place)
    if data is None:
        raise _missing(source, name)
    return text_of(Source(f"{source.name.rpartition('/')[0]}/{place}", "text/plain", data))


def _outside(source: Source, name: str) -> ReadingError:
    return ReadingError(f"the text {name!r} lies outside the folder of the report; put it beside it", file=source.name)


def _missing(source: Source, name: str) -> ReadingError:
    return ReadingError(
        f"the text {name!r} is not there; put it beside the report or write it in with 'text: |'", file=source.name
    )
