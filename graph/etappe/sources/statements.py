"""Which statements of a Word or PDF file about itself can be believed. Many are left over from a template."""

from __future__ import annotations

import re

_NO_TITLE = re.compile(
    r"(?:microsoft \w+\b.*|untitled.*|unbenannt.*|ohne titel.*|dokument\s?\d*|document\s?\d*|vorlage\b.*|template\b.*|"
    r"pressemitteilung(?: \S{0,12})?|press release|powerpoint\b.*|title|titel|"
    r".*\.(?:docx?|pdf|indd|odt|rtf|dotx?|qxp|pptx?))",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = re.compile(
    r"(?:admin\w*|user\w*|benutzer\w*|autor|author|owner|besitzer|unknown|unbekannt|anonymous|microsoft\b.*|windows\b.*|"
    r"office\b.*|python-docx|\S*\d\S*|\S+\\\S+)",
    re.IGNORECASE | re.DOTALL,
)
_LOGIN = re.compile(r"[a-z][\w.-]*")


def credible_title(title: str | None) -> str | None:
    """The title, unless it is that of a template or the name of a file."""
    title = " ".join((title or "")[:2000].split())
    return title if len(title) > 3 and not _NO_TITLE.fullmatch(title) else None


def credible_author(author: str | None) -> str | None:
    """The author, unless it is the name of a program, an account or a machine."""
    author = " ".join((author or "")[:2000].split())
    if len(author) < 3 or _LOGIN.fullmatch(author) or _NO_AUTHOR.fullmatch(author):
        return None
    return author
