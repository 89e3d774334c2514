"""HTML elements from Python: what is not markup already is escaped, so no value can become a tag."""

from __future__ import annotations

import re
from html import escape

_VOID = frozenset({"meta"})
#: Control characters and lone surrogates, which a page cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


class Markup(str):
    """Text that is HTML and is not escaped again."""

    __slots__ = ()


Content = str | Markup | None


def text(value: str) -> Markup:
    """The value as text of a page; what a page cannot hold becomes U+FFFD."""
    return Markup(escape(_FORBIDDEN.sub("\ufffd", value)))


def join(*content: Content, by: str = "") -> Markup:
    """Several pieces as one; nothing for ``None``."""
    return Markup(
        by.join(piece if isinstance(piece, Markup) else text(piece) for piece in content if piece is not None)
    )


def tag(name: str, /, *content: Content, **attributes: str | None) -> Markup:
    """An element: ``tag("a", "more", href="#more")``. An underscore at the end of an attribute's name is dropped."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>" if name in _VOID else f"<{name}{given}>{join(*content)}</{name}>")
