"""Which kind of file a source is: its ending, and what its first bytes say."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePath

from etappe.errors import ReadingError


class Kind(Enum):
    """A kind of source, as a person calls it."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    WORD = "a Word document"
    PDF = "a PDF"


ENDINGS = {
    ".txt": Kind.PLAIN,
    ".text": Kind.PLAIN,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".docx": Kind.WORD,
    ".pdf": Kind.PDF,
}
MEDIA_TYPES = {
    Kind.PLAIN: "text/plain",
    Kind.MARKDOWN: "text/markdown",
    Kind.HTML: "text/html",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
}
_BY_MEDIA_TYPE = {media_type: kind for kind, media_type in MEDIA_TYPES.items()} | {"application/xhtml+xml": Kind.HTML}
_FIRST = {Kind.PLAIN: ".txt", Kind.MARKDOWN: ".md", Kind.HTML: ".html", Kind.WORD: ".docx", Kind.PDF: ".pdf"}
#: Files that people take for a report, and what to do with them.
_OTHERS = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file (such as .doc); save it as .docx"),
    (rb"\{\\rtf", "is Rich Text (.rtf); save it as .docx"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "is an OpenDocument file (such as .odt); save it as .docx"),
    (rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP", "is a picture, not a text"),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh\d|\xfd7zXZ", "is an archive; unpack it first"),
    (rb"\x7fELF|MZ.{58}", "is a program, not a text"),
)
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG = re.compile(r"<(?:[a-z][a-z0-9]*)[\s/>]", re.I)


def kind_of(name: str, media_type: str, data: bytes) -> Kind:
    """The kind of a source.

    The ending decides, then the media type, then the content; ending and content must agree.

    Raises:
        ReadingError: of a kind that is not read, or named as another one than it is.
    """
    for pattern, sentence in _OTHERS:
        if re.match(pattern, data[:100], re.DOTALL):
            raise ReadingError(sentence, file=name)
    held = _held(data)
    ending = PurePath(name).suffix.lower()
    named = ENDINGS.get(ending)
    if named is None and ending in FOREIGN:
        raise ReadingError(f"the ending {ending!r} is not one of a text; known are {', '.join(ENDINGS)}", file=name)
    said = named or _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower())
    if said is None or said is held:
        return held if said is None else said
    if held is Kind.PLAIN and (said is Kind.MARKDOWN or (said is Kind.HTML and _has_tags(data))):
        return said
    what = f"ends in {ending}" if named else f"is said to be {said.value}"
    raise ReadingError(f"{what} but holds {held.value}; name it {_FIRST[held]} or check which file this is", file=name)


#: Endings of files that might be taken for plain text by their content, but are none.
FOREIGN = frozenset(
    {".csv", ".eml", ".json", ".mht", ".mhtml", ".msg", ".odt", ".rtf", ".tex", ".xml", ".yaml", ".yml"}
)


def _held(data: bytes) -> Kind:
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return Kind.WORD
    return Kind.HTML if _HTML.match(data[:8192].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")) else Kind.PLAIN


def _has_tags(data: bytes) -> bool:
    return _TAG.search(data[:65536].replace(b"\x00", b"").decode("latin-1")) is not None
