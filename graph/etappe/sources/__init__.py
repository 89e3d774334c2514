"""From files as they come (plain text, Markdown, HTML, Word, PDF, photos) to text and what is said of it.

Nothing is fetched. What had to be repaired is said; what is not certain is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etappe.model import Source
from etappe.sources.kinds import Kind, kind_of
from etappe.sources.limits import bytes_of, check_bytes
from etappe.sources.model import PhotoFile, SourceText
from etappe.sources.photos import read_photos

__all__ = ["PhotoFile", "SourceText", "load_text", "read_photos", "read_text"]


def load_text(path: Path) -> SourceText:
    """The text of a file. Raises as ``read_text``, and where the file cannot be read."""
    return read_text(Source(str(path), "", bytes_of(path)))


def read_text(source: Source) -> SourceText:
    """The text of a source; its name and media type say of which kind it is, and its content must agree.

    Raises:
        ReadingError: of no kind that is read, broken, encrypted, without text, with too much of it, or in a language
            that is neither German nor English; or a library is missing.
        UnsafeInput: entities, anchors, or a file that grows beyond bounds when unpacked.
    """
    check_bytes(source.data, source.name)
    kind = kind_of(source.name, source.media_type, source.data)
    return _reader(kind)(source.name, source.data)


def _reader(kind: Kind) -> Callable[[str, bytes], SourceText]:
    """The reader of a kind; imported when it is needed."""
    if kind is Kind.MARKDOWN:
        from etappe.sources.markdown import read_markdown

        return read_markdown
    if kind is Kind.HTML:
        from etappe.sources.web import read_web

        return read_web
    if kind is Kind.WORD:
        from etappe.sources.word import read_word

        return read_word
    if kind is Kind.PDF:
        from etappe.sources.pdf import read_pdf

        return read_pdf
    from etappe.sources.plain import read_plain

    return read_plain
