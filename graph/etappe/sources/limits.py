"""How much a source may hold, and files read within these limits."""

from __future__ import annotations

from pathlib import Path

from etappe.errors import ReadingError
from etappe.reading.files import MAX_BYTES, open_file, stamp, unchanged

#: Bytes of text, as UTF-8. A report has a few thousand.
MAX_TEXT = 2 * 1024 * 1024
#: Bytes of a web page; most are below half of it.
MAX_PAGE = 5 * 1024 * 1024
#: Elements of a web page; the effort grows faster than their number.
MAX_ELEMENTS = 20_000
#: Bytes and files of a Word document when unpacked.
MAX_UNPACKED = 64 * 1024 * 1024
MAX_MEMBERS = 2000
#: Pages of a PDF.
MAX_PAGES = 200
#: Pixels of a photo; the largest cameras stay below half of it.
MAX_PIXELS = 300_000_000
#: Bytes of one packet of XMP.
MAX_XMP = 1024 * 1024
#: Characters of one statement about a file, such as its title; ``MAX_CAPTION`` of a caption.
MAX_VALUE = 500
MAX_CAPTION = 5000
#: Entries of one list, such as the persons shown.
MAX_ENTRIES = 100


def bytes_of(path: Path, what: str = "a report") -> bytes:
    """The bytes of a file of bounded size that is not empty.

    Raises:
        ReadingError: too large, empty, gone, not readable, or written to meanwhile.
    """
    with open_file(path) as file:
        before = stamp(file)
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise ReadingError(f"cannot be read ({(error.strerror or str(error)).lower()})", file=path) from error
        unchanged(file, before, path)
    check_bytes(data, str(path), what)
    return data


def check_bytes(data: bytes, name: str, what: str = "a report") -> None:
    """Raise ``ReadingError`` where there are too many bytes, or none."""
    if not data.strip():
        raise ReadingError("is empty", file=name)
    if len(data) > MAX_BYTES:
        raise ReadingError(f"is larger than {MAX_BYTES // 2**20} MiB; {what} is smaller", file=name)


def check_text(text: str, name: str) -> None:
    """Raise ``ReadingError`` where there is no text, or more than a report has."""
    if not any(char.isalpha() for char in text):
        raise ReadingError("holds no text", file=name)
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_TEXT:
        raise ReadingError(
            f"holds {size / 2**20:.1f} MiB of text, a report at most {MAX_TEXT // 2**20} MiB; cut out the report",
            file=name,
        )
