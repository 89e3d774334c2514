"""Reports inside archives, and every other place where reports come from. Nothing is ever unpacked onto the disk.

A member of an archive is named ``archive.zip!/folder/report.yaml``: the path of the archive, ``!/``, and its name in
there with ``/`` between folders. What an archive says of itself (sizes, numbers) is never trusted: bytes are counted
as they come out.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import posixpath
import re
import stat
import struct
import sys
import tarfile
import unicodedata
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, NoReturn

from etappe.errors import EtappeError, ReadingError, UsageError
from etappe.model import Source
from etappe.reading.files import (
    MAX_BYTES,
    MEDIA_TYPES,
    STDIN,
    check_size,
    load,
    open_file,
    stamp,
    stdin_source,
    unchanged,
)

#: All reports and texts of an archive together, unpacked; of a tar archive, everything that is in it.
MAX_UNPACKED = 2**30
#: What a tar archive may keep in memory (packed again), for it can only be read from the front.
MAX_HELD = 256 * 2**20
#: Members of one archive.
MAX_MEMBERS = 100_000
#: How many times its packed size a member may have; below ``SMALL`` bytes nobody asks.
MAX_RATIO = 200
SMALL = 2**20

_OPENERS: dict[str, Callable[[io.BufferedReader], io.BufferedIOBase]] = {
    ".tar": lambda file: file,
    ".tar.gz": lambda file: gzip.GzipFile(fileobj=file, mode="rb"),
    ".tgz": lambda file: gzip.GzipFile(fileobj=file, mode="rb"),
    ".tar.bz2": bz2.BZ2File,
    ".tar.xz": lzma.LZMAFile,
}
_ENDINGS = (".zip", *_OPENERS)
_TEXTS = (".txt", ".md")  # endings of source texts that a report may name
_CHUNK = 2**16
_MAX_DIRECTORY = 64 * 2**20  # bytes of the list of members of a zip archive
_MAX_HEADER = 2**16  # bytes of a long name or of extended attributes in a tar archive
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    MemoryError,
)


def is_archive(path: str | Path) -> bool:
    """Whether the ending is that of an archive that can be read: zip, or tar, plain or packed with gz, bz2 or xz."""
    return str(path).lower().endswith(_ENDINGS)


def members(path: Path) -> Iterator[Source | EtappeError]:
    """The reports in an archive, in order of name; for a member that cannot be read, its error.

    Members without the ending of a report and hidden ones (``.git``, ``__MACOSX/._…``) are passed over.

    Raises:
        ReadingError: the archive itself is damaged, cut off, or larger than the limits; once, for all of it.
    """
    shelf = _Shelf()
    try:
        for name in shelf.take(path).listed():
            try:
                found: Source | EtappeError = shelf.take(path).source(name, shelf)
            except ReadingError as error:
                found = error
            yield found
    finally:
        shelf.close()


# --- where reports come from


@dataclass(frozen=True)
class Input:
    """A report that can be loaded: a file, a member of an archive, or standard input.

    Attributes:
        name: as errors name it.
        load: its bytes, read again at each call (standard input only once); raises ``ReadingError``.
    """

    name: str
    load: Callable[[], Source]


def inputs(
    paths: Iterable[Path | str], *, stdin: BinaryIO | None = None, media_type: str | None = None
) -> Iterator[Input]:
    """The reports among files, archives, folders (searched deeply, in order of name), patterns and ``-`` for ``stdin``.

    In folders, names that begin with a dot are passed over and links to folders are not followed. Nothing is held but
    names, and of the archive that is being read its contents; what is wrong with a report comes up when it is loaded.

    Args:
        stdin: what ``-`` stands for; the standard input of this process where it is not given.
        media_type: of what ``stdin`` holds; guessed where it is not given.

    Raises:
        UsageError: a path that leads to nothing.
    """
    shelf, read_stdin = _Shelf(), False
    for given in paths:
        if str(given) == "-":
            if read_stdin:
                raise UsageError("'-' stands for standard input, which can be read only once; name it once")
            read_stdin = True
            yield Input(STDIN, _Once(stdin or sys.stdin.buffer, media_type))
            continue
        nothing = True
        for found in _found(given):
            for item in _expanded(found, shelf):
                nothing = False
                yield item
        if nothing:
            raise UsageError(f"{given}: no report is there; name a file, an archive or folder of some, or a pattern")


class _Once:
    """Standard input, kept after it was read, so that it can be loaded again, and sent to another process."""

    def __init__(self, stream: BinaryIO, media_type: str | None) -> None:
        self._stream = stream
        self._media_type = media_type
        self._found: Source | ReadingError | None = None

    def __call__(self) -> Source:
        if self._found is None:
            try:
                self._found = stdin_source(self._stream, media_type=self._media_type)
            except ReadingError as error:
                self._found = _copy(error)
        return _again(self._found)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        with suppress(ReadingError):
            self()
        return partial, (_again, self._found)


def _again(found: Source | ReadingError) -> Source:
    if isinstance(found, ReadingError):
        _fail(found)
    return found


def _found(given: Path | str) -> Iterator[Path | ReadingError]:
    """The files that a path or pattern stands for; for a folder that cannot be listed, its error."""
    path = Path(given)
    if path.is_dir():
        yield from _below(path)
    elif path.exists() or path.is_symlink():
        yield path
    elif any(sign in str(given) for sign in "*?["):
        anchor = Path(path.anchor) if path.anchor else Path()
        try:
            yield from sorted(p for p in anchor.glob(str(path.relative_to(path.anchor))) if p.is_file())
        except (ValueError, NotImplementedError) as error:
            raise UsageError(f"{given}: is no pattern ({error})") from error


def _below(folder: Path) -> Iterator[Path | ReadingError]:
    """Report files and archives in a folder, in order of name. Links to folders are not followed, so loops end."""
    failed: list[OSError] = []
    paths: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += (Path(parent, name) for name in names if not name.startswith(".") and _is_report_or_archive(name))
    yield from sorted(paths)
    for error in failed:
        reason = (error.strerror or str(error)).lower()
        yield ReadingError(f"cannot be searched ({reason})", file=error.filename)


def _is_report_or_archive(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in MEDIA_TYPES or is_archive(name)


def _expanded(found: Path | ReadingError, shelf: _Shelf) -> Iterator[Input]:
    if isinstance(found, ReadingError):
        yield Input(str(found.file), partial(_fail, found))
    elif not is_archive(found):
        yield Input(str(found), partial(load, found))
    else:
        try:
            archive = shelf.take(found)
        except ReadingError as error:
            yield Input(str(found), partial(_fail, _copy(error)))
            return
        for name in archive.listed():
            yield Input(f"{found}!/{name}", partial(_load_member, shelf, found, archive.stamp, name))


def _copy(error: ReadingError) -> ReadingError:
    """The error without the frames it came through, which would keep files and bytes alive."""
    return ReadingError(error.message, file=error.file)


def _fail(error: ReadingError) -> NoReturn:
    raise _copy(error)


def _load_member(shelf: _Shelf, path: Path, before: tuple[int, int], name: str) -> Source:
    archive = shelf.take(path)
    if archive.stamp != before:
        raise ReadingError("changed while it was read; try again", file=path)
    return archive.source(name, shelf)


# --- archives


class _Shelf:
    """Keeps the archive open that was used last, so that many archives need neither many handles nor much memory."""

    def __init__(self) -> None:
        self._last: _Archive | None = None

    def take(self, path: Path) -> _Archive:
        """The archive, opened.

        Raises:
            ReadingError: gone, damaged or over the limits.
        """
        if self._last is None or self._last.path != path:
            self.close()
            self._last = _Zip(path) if path.name.lower().endswith(".zip") else _Tar(path)
        return self._last

    def close(self) -> None:
        if self._last is not None:
            self._last.close()
        self._last = None

    def __reduce__(self) -> tuple[Callable[[], _Shelf], tuple[()]]:
        return _shelf_here, ()  # another process opens archives itself


@cache
def _shelf_here() -> _Shelf:
    """The one shelf that all inputs sent to this process share."""
    return _Shelf()


@dataclass(frozen=True)
class _Member:
    """A name in an archive. ``problem`` says why it is not read; ``listed`` ones are reports or should have been."""

    problem: str | None
    listed: bool


class _Archive:
    """The reports and texts in an archive by name, and what is wrong with those that cannot be read."""

    stamp: tuple[int, int]

    def __init__(self, path: Path) -> None:
        self.path = path
        self._members: dict[str, _Member] = {}

    def listed(self) -> list[str]:
        """The names of reports and of members that are refused, in order."""
        return sorted((name for name, member in self._members.items() if member.listed), key=lambda n: n.split("/"))

    def source(self, name: str, shelf: _Shelf) -> Source:
        """A report with the texts that lie beside it."""
        data = self.read(name)  # first, for what is refused may have any ending
        beside = _Beside(shelf, self, posixpath.dirname(name))
        return Source(f"{self.path}!/{name}", MEDIA_TYPES[PurePosixPath(name).suffix.lower()], data, beside)

    def names(self) -> Iterable[str]:
        """Every name in the archive that may be read."""
        return self._members.keys()

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            ReadingError: refused, damaged, empty or too large.
            KeyError: no such name.
        """
        problem = self._members[name].problem
        if problem is not None:
            raise ReadingError(problem, file=f"{self.path}!/{name}")
        data = self._bytes(name)
        check_size(data, f"{self.path}!/{name}")
        return data

    def close(self) -> None:
        """Let the file go."""

    def _bytes(self, name: str) -> bytes:
        raise NotImplementedError

    def _enter(self, raw: str, special: str | None) -> str | None:
        """Note a member that is no folder; its name where its bytes may be wanted."""
        name, problem = _placed(raw)
        outside = problem is not None
        if not outside:
            ending = PurePosixPath(name).suffix.lower()
            if any(part.startswith(".") for part in name.split("/")) or not (
                ending in _TEXTS or _is_report_or_archive(name)
            ):
                return None
            nested = "is an archive within an archive, which is not opened; put its reports beside it"
            problem = special or (nested if is_archive(name) else None)
        if name in self._members:
            problem = "is in the archive more than once, so that nobody knows which is meant; leave one"
        self._members[name] = _Member(problem, outside or not name.lower().endswith(_TEXTS))
        return name if problem is None else None

    def _refuse(self, message: str) -> NoReturn:
        raise ReadingError(message, file=self.path)

    def _too_many(self) -> NoReturn:
        self._refuse(f"holds more than {MAX_MEMBERS:,} members; split it")

    def _too_much(self) -> NoReturn:
        self._refuse(f"unpacks to more than {MAX_UNPACKED // 2**20:,} MiB; split it")

    @contextmanager
    def _damage_told(self, name: str | None = None) -> Iterator[None]:
        """What the libraries raise on damaged data, as one sentence about the archive or a member of it."""
        try:
            yield
        except _DAMAGED as error:
            what = "is damaged" if name else f"is damaged, cut off, or not an archive of the kind {self._ending()}"
            place = f"{self.path}!/{name}" if name else self.path
            raise ReadingError(f"{what} ({str(error) or type(error).__name__})", file=place) from error

    def _ending(self) -> str:
        return next(ending for ending in _ENDINGS if self.path.name.lower().endswith(ending))


class _Beside(Mapping[str, bytes]):
    """The texts in a folder of an archive and below it, by name relative to the folder; read when asked for."""

    def __init__(self, shelf: _Shelf, archive: _Archive, folder: str) -> None:
        self._shelf = shelf
        self._path = archive.path
        self._stamp = archive.stamp
        self._start = f"{folder}/" if folder else ""

    def __getitem__(self, name: str) -> bytes:
        return self._archive().read(self._start + unicodedata.normalize("NFC", name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._start + unicodedata.normalize("NFC", name) in self._archive().names()

    def __iter__(self) -> Iterator[str]:
        names = self._archive().names()
        return (n.removeprefix(self._start) for n in names if n.startswith(self._start) and n.lower().endswith(_TEXTS))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _archive(self) -> _Archive:
        archive = self._shelf.take(self._path)
        if archive.stamp != self._stamp:
            raise ReadingError("changed while it was read; try again", file=self._path)
        return archive


def _placed(raw: str) -> tuple[str, str | None]:
    """The name of a member as it is told (NFC, ``/`` between folders), and what is wrong with it."""
    name = unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode("utf-8")).replace("\\", "/")
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        shown = "".join("\ufffd" if unicodedata.category(sign) == "Cc" else sign for sign in name)
        return shown, "has control characters in its name; rename it"
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/"):
        return name, "leads out of the archive; names there are relative and hold no '..'"
    return "/".join(part for part in name.split("/") if part not in ("", ".")), None


# --- zip


class _Directory(io.BufferedReader):
    """A zip archive as a file that gives out no list of members beyond the limits, before anything is made of it."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MAX_DIRECTORY:
            raise _TooMany
        data = super().read(size)
        if data.count(b"PK\x01\x02") > MAX_MEMBERS:
            raise _TooMany
        return data


class _TooMany(Exception):
    """More members than the limit."""


class _Zip(_Archive):
    """A zip archive. Each member is unpacked when it is asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._file = _Directory(open_file(path).detach())
        weakref.finalize(self, self._file.close)
        self.stamp = stamp(self._file)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        try:
            with self._damage_told():
                self._zip = zipfile.ZipFile(self._file)
            self._list()
        except _TooMany:
            self._too_many()
        except ReadingError:
            self.close()
            raise

    def close(self) -> None:
        self._file.close()

    def _list(self) -> None:
        for info in self._zip.infolist():
            name = None if info.is_dir() else self._enter(info.filename, _zip_problem(info))
            if name is not None:
                self._infos[name] = info
        # ``_bytes`` takes no more from a member than it declares, so this bounds what really comes out.
        if sum(min(info.file_size, MAX_BYTES) for info in self._infos.values()) > MAX_UNPACKED:
            self._too_much()

    def _bytes(self, name: str) -> bytes:
        info = self._infos[name]
        data = bytearray()
        with self._damage_told(name), self._zip.open(info) as member:
            while chunk := member.read(_CHUNK):
                data += chunk
                if len(data) > min(info.file_size, MAX_BYTES):
                    break
                if len(data) > max(SMALL, MAX_RATIO * info.compress_size):
                    raise ReadingError(
                        f"unpacks to more than {MAX_RATIO} times its size; a report does not",
                        file=f"{self.path}!/{name}",
                    )
        if len(data) <= MAX_BYTES and len(data) != info.file_size:
            raise ReadingError("is damaged (its size is not the declared one)", file=f"{self.path}!/{name}")
        unchanged(self._file, self.stamp, self.path)
        return bytes(data)


def _zip_problem(info: zipfile.ZipInfo) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device, not a file; pack the file itself"
    if info.flag_bits & 0x2041:  # encrypted, strongly encrypted, encrypted list of members
        return "is encrypted; pack it without a password"
    return None


# --- tar


class _Unpacked:
    """What comes out of a packed tar archive, from the front, counted against the limits."""

    def __init__(self, archive: _Tar, file: IO[bytes], stream: io.BufferedIOBase) -> None:
        self._archive = archive
        self._file = file
        self._stream = stream
        self.position = 0
        self.frame = 0  # how much of it was headers and filling, which shrink to nothing in honest archives too

    def some(self, size: int) -> bytes:
        """At most that many bytes; none at the end."""
        data = self._stream.read(min(size, _CHUNK))
        self.position += len(data)
        if self.position > MAX_UNPACKED:
            self._archive._too_much()
        if self.position - self.frame > max(SMALL, MAX_RATIO * self._file.tell()):
            self._archive._refuse(f"unpacks to more than {MAX_RATIO} times its size; an archive of reports does not")
        return data

    def header(self, size: int = tarfile.BLOCKSIZE) -> bytes:
        """Exactly that many bytes of a header, and what fills its last block."""
        self.frame += _padded(size)
        return self.take(_padded(size))[:size]

    def take(self, size: int) -> bytes:
        """Exactly that many bytes."""
        data = bytearray()
        while len(data) < size:
            data += self._sure(size - len(data))
        return bytes(data)

    def skip_to(self, position: int) -> None:
        """Pass over bytes."""
        while self.position < position:
            self._sure(position - self.position)

    def _sure(self, size: int) -> bytes:
        data = self.some(size)
        if not data:
            raise EOFError("it ends too early")
        return data


class _Tar(_Archive):
    """A tar archive, read once from front to end. Reports and texts are kept, packed, for it has no list of members."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._held: dict[str, bytes] = {}
        with open_file(path) as file:
            self.stamp = stamp(file)
            with self._damage_told(), _OPENERS[self._ending()](file) as stream:
                self._hold(_Unpacked(self, file, stream))
                unchanged(file, self.stamp, path)

    def close(self) -> None:
        self._held.clear()

    def _hold(self, stream: _Unpacked) -> None:
        room = MAX_HELD
        for number, (raw, problem, size) in enumerate(_tar_members(stream), 1):
            if number > MAX_MEMBERS:
                self._too_many()
            name = self._enter(raw, problem)
            if name is None:
                continue
            self._held[name] = zlib.compress(stream.take(min(size, MAX_BYTES + 1)), 1)
            room -= len(self._held[name])
            if room < 0:
                self._refuse(
                    f"holds more than {MAX_HELD // 2**20} MiB of reports even when packed; split it, or make it a .zip"
                )
        while self._ending() != ".tar" and stream.some(_CHUNK):
            pass  # only at its end does packed data show whether it is whole

    def _bytes(self, name: str) -> bytes:
        return zlib.decompress(self._held[name])


def _tar_members(stream: _Unpacked) -> Iterator[tuple[str, str | None, int]]:
    """Name, problem and size of each member but folders; its bytes come next in the stream.

    ``tarfile`` itself ends in silence at a damaged header and trusts what extended headers and sparse maps say.
    """
    extended: dict[bytes, bytes] = {}
    while (block := stream.header()).strip(b"\0"):
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        if header.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            extended.update(_attributes(_header_bytes(stream, header)))
        elif header.type == tarfile.GNUTYPE_LONGNAME:
            extended[b"path"] = _header_bytes(stream, header).split(b"\0")[0]
        elif header.type in (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE):
            _header_bytes(stream, header)
        else:
            name = extended[b"path"].decode("utf-8", "surrogateescape") if b"path" in extended else header.name
            size = int(extended.get(b"size", header.size)) if _has_bytes(header) else 0
            if size < 0:
                raise tarfile.HeaderError("a size below zero")
            more = header.type == tarfile.GNUTYPE_SPARSE and block[482]
            while more:  # the sparse map goes on
                more = stream.header()[504]
            start = stream.position
            if not header.isdir():
                yield name, _tar_problem(header, extended), size
            stream.frame += _padded(size) - size
            stream.skip_to(start + _padded(size))
            extended = {}


def _header_bytes(stream: _Unpacked, header: tarfile.TarInfo) -> bytes:
    if not 0 <= header.size <= _MAX_HEADER:
        raise tarfile.HeaderError(f"a header of more than {_MAX_HEADER // 2**10} KiB")
    return stream.header(header.size)


def _padded(size: int) -> int:
    return -(-size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE


def _attributes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The attributes in an extended header: ``length key=value``, a line each."""
    start = 0
    while start < len(data):
        digits = data[start : start + 20].split(b" ")[0]
        end = start + int(digits)
        if not start + len(digits) < end <= len(data):
            raise tarfile.HeaderError("a wrong length in an extended header")
        key, _, value = data[start + len(digits) + 1 : end - 1].partition(b"=")
        yield key, value
        start = end


def _has_bytes(header: tarfile.TarInfo) -> bool:
    return header.isreg() or header.type not in tarfile.SUPPORTED_TYPES


def _tar_problem(header: tarfile.TarInfo, extended: Mapping[bytes, bytes]) -> str | None:
    if header.type == tarfile.GNUTYPE_SPARSE or any(key.startswith(b"GNU.sparse") for key in extended):
        return "is packed as a sparse file; pack it without that"
    return None if header.isreg() else "is a link or a device, not a file; pack the file itself"
