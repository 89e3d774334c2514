"""What a client sends becomes reports with the texts beside them. All of this runs in a child process.

Nothing in a request leads to a file of this machine: texts come from the request itself or not at all.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from etappe.errors import ReadingError, UnsafeInput
from etappe.model import Source
from etappe.reading.archives import Input, inputs, is_archive
from etappe.reading.files import MEDIA_TYPES, check_size, guess_media_type
from etappe.sources.model import PhotoFile
from etappe.sources.photos import read_photo
from etappe_api.gate.errors import TooLarge, UnknownMediaType

#: Reports in one request.
MAX_REPORTS = 500
#: Parts of one form.
MAX_PARTS = 1000

_ALIASES = {
    "application/x-yaml": "application/yaml",
    "application/ld+yaml": "application/yaml",
    "text/yaml": "application/yaml",
    "text/x-yaml": "application/yaml",
    "application/json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
}
_ARCHIVES = {
    "application/zip": (".zip",),
    "application/x-zip-compressed": (".zip",),
    "application/x-tar": (".tar",),
    "application/tar": (".tar",),
    "application/gzip": (".tar.gz", ".tgz"),
    "application/x-gzip": (".tar.gz", ".tgz"),
    "application/x-bzip2": (".tar.bz2",),
    "application/x-xz": (".tar.xz",),
}
_ENDINGS = {media_type: ending for ending, media_type in reversed(MEDIA_TYPES.items())}
#: Media types that say nothing; then the name of the file decides, then how it begins.
_VAGUE = ("", "application/octet-stream", "text/plain", "application/x-www-form-urlencoded")
_TEXTS = (".txt", ".md")
_FORM = "multipart/form-data"
#: What OpenAPI lists.
ACCEPTED = (*dict.fromkeys(MEDIA_TYPES.values()), "application/zip", "application/x-tar", "application/gzip", _FORM)


@dataclass(frozen=True)
class Submission:
    """One request: its body, and what it says of it.

    Attributes:
        name: of the file, from the address; ``disposition``: the header ``Content-Disposition``.
        most: bytes that all reports and texts together may have when they are unpacked.
    """

    body: bytes = field(repr=False)
    content_type: str
    disposition: str = ""
    name: str = ""
    most: int = 32 * 1024**2


@dataclass(frozen=True)
class _File:
    name: str
    media_type: str
    data: bytes


class Unpacked:
    """The reports of a submission, and what the photos among it say of themselves. Use it in a ``with`` block.

    Raises:
        UnknownMediaType: none of the kinds that hold reports; ``TooLarge``: too many or too much.
        ReadingError: nothing is there; a form that is broken; ``UnsafeInput``: a name that leads elsewhere.
    """

    def __init__(self, submission: Submission) -> None:
        self._folder = TemporaryDirectory()
        self._most = submission.most
        self._sizes: dict[str, int] = {}
        self.photos: list[PhotoFile] = []
        self.items: list[Input] = []
        try:
            self.items = list(self._items(submission))
        except BaseException:
            self._folder.cleanup()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._folder.cleanup()

    def _items(self, submission: Submission) -> Iterator[Input]:
        kind, options = parse_options_header(submission.content_type)
        if kind == _FORM:
            files, texts = self._parts(submission, options.get("boundary", ""))
        else:
            name = submission.name or parse_options_header(submission.disposition)[1].get("filename", "")
            files, texts = [_file(_base_name(name), kind, options.get("charset", ""), submission.body)], {}
        count = 0
        for file in files:
            for item in self._reports(file, texts):
                count += 1
                if count > MAX_REPORTS:
                    raise TooLarge(f"holds more than {MAX_REPORTS} reports; send them in several requests")
                yield item
        if not count:
            raise ReadingError("no report was sent")

    def _reports(self, file: _File, texts: dict[str, bytes]) -> Iterator[Input]:
        if not is_archive(file.name):
            beside = _Beside(texts, posixpath.dirname(file.name))
            yield Input(file.name, partial(self._taken, Source(file.name, file.media_type, file.data, beside)))
            return
        folder = Path(self._folder.name)
        path = folder / f"{len(list(folder.iterdir()))}" / PurePosixPath(file.name).name
        path.parent.mkdir()
        path.write_bytes(file.data)
        for item in inputs([path]):
            name = item.name.removeprefix(f"{path.parent}/")
            yield Input(name, partial(self._member, item, name, f"{path.parent}/"))

    def _member(self, item: Input, name: str, folder: str) -> Source:
        try:
            return self._taken(replace(item.load(), name=name))
        except ReadingError as error:
            raise type(error)(error.message, file=(error.file or name).removeprefix(folder)) from error

    def _taken(self, source: Source) -> Source:
        check_size(source.data, source.name)
        self._sizes[source.name] = len(source.data)
        if sum(self._sizes.values()) > self._most:
            raise TooLarge("the reports are larger than one request may bring; send them in several")
        return source

    def _parts(self, submission: Submission, boundary: str) -> tuple[list[_File], dict[str, bytes]]:
        """The files and the texts of a form (RFC 7578). Photos are looked at here."""
        files: list[_File] = []
        texts: dict[str, bytes] = {}
        for part in _form_parts(submission, boundary):
            kind, options = parse_options_header(part.content_type or "")
            name, data = _relative_name(part.filename or ""), part.read()
            ending = PurePosixPath(name).suffix.lower()
            if kind.startswith("image/"):
                self.photos.append(read_photo(name or "photo", data))
            elif ending in _TEXTS or (kind == "text/plain" and part.name == "text"):
                texts[name or "text.txt"] = data
            else:
                files.append(_file(name, kind, options.get("charset", ""), data))
        return files, texts


class _Beside(dict[str, bytes]):
    """The texts of a form as a report in one of its folders names them."""

    def __init__(self, texts: dict[str, bytes], folder: str) -> None:
        start = f"{folder}/" if folder else ""
        super().__init__({name.removeprefix(start): data for name, data in texts.items() if name.startswith(start)})


def _form_parts(submission: Submission, boundary: str) -> Iterator[FileStorage]:
    """Every part as a file; those without a file name have none."""
    if not boundary:
        raise ReadingError("the form has no boundary, so its parts cannot be told apart")
    parser = FormDataParser(
        max_form_memory_size=submission.most,
        max_content_length=len(submission.body) + 1,
        max_form_parts=MAX_PARTS,
        silent=False,
    )
    try:
        _, fields, files = parser.parse(
            io.BytesIO(submission.body), _FORM, len(submission.body), {"boundary": boundary}
        )
    except RequestEntityTooLarge as error:
        raise TooLarge(f"the form has more than {MAX_PARTS} parts, or too large ones") from error
    except ValueError as error:
        raise ReadingError(f"the form cannot be read: {error}") from error
    for name, value in fields.items(multi=True):
        kind = "text/plain" if name == "text" else "application/yaml" if name == "report" else ""
        if kind:
            yield FileStorage(io.BytesIO(value.encode()), "", name, kind)
    yield from (part for _, part in files.items(multi=True))


def _file(name: str, kind: str, charset: str, data: bytes) -> _File:
    """A file with the media type that it really has and a name that fits."""
    if charset and charset.lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
        raise UnknownMediaType(f"the charset {charset!r} is not read; send UTF-8")
    kind = _ALIASES.get(kind, kind)
    endings = _ARCHIVES.get(kind)
    if endings is not None:
        return _File(name if name.lower().endswith(endings) else f"{_stem(name)}{endings[0]}", kind, data)
    if kind in _VAGUE:
        if is_archive(name):
            return _File(name, kind, data)
        kind = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "") or _guessed(data)
    if kind not in _ENDINGS:
        raise UnknownMediaType(f"{kind!r} is not the media type of a report; known are {', '.join(ACCEPTED)}")
    fits = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower()) == kind
    return _File(name if fits else f"{_stem(name)}{_ENDINGS[kind]}", kind, data)


def _guessed(data: bytes) -> str:
    check_size(data, "report")
    try:
        return guess_media_type(data)
    except ReadingError as error:
        raise UnknownMediaType("the body begins like no form of a report; send its Content-Type") from error


def _stem(name: str) -> str:
    return name.removesuffix(PurePosixPath(name).suffix) or "report"


def _base_name(name: str) -> str:
    """The last part of a name without what could hurt a screen or a header."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "", re.split(r"[/\\]", name)[-1]).strip(". ")[-150:]


def _relative_name(name: str) -> str:
    """The name of a part, with the folders it is said to lie in."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
    if name.startswith(("/", "\\")) or ".." in parts or re.match("[A-Za-z]:", name):
        raise UnsafeInput("a file of the form has a name that leads elsewhere; names are relative and hold no '..'")
    return "/".join(filter(None, (_base_name(part) for part in parts)))
