"""Markdown with front matter: words without marks, tables as lines ``| a | b |``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from etappe.errors import ReadingError
from etappe.reading.tree import Mapping, Node, Scalar, Sequence, parse
from etappe.sources.dates import iso_date
from etappe.sources.finishing import finished
from etappe.sources.libraries import needed
from etappe.sources.limits import MAX_ENTRIES
from etappe.sources.model import Part, PartKind, SourceText, assembled, row
from etappe.sources.plain import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = {
    "title": ("title", "titel", "headline"),
    "published": ("published", "date", "datum", "veröffentlicht", "pubdate"),
    "publisher": ("publisher", "herausgeber", "site_name"),
    "author": ("author", "authors", "autor", "autorin", "autoren"),
    "url": ("url", "canonical", "canonical_url", "source"),
}
_TAG = re.compile(r"<[^<>]{0,2000}>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
#: Longest paragraph whose emphasis is worked out; none of a report comes near.
_LONGEST = 100_000


def read_markdown(name: str, data: bytes) -> SourceText:
    """A Markdown file.

    Raises:
        ReadingError: as for plain text; front matter that is no YAML or does not end.
        UnsafeInput: front matter with anchors, aliases or tags.
    """
    text, notes = decoded(name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    metadata, body = front_matter(name, text, notes)
    return finished(name, assembled(_parts(name, body)), metadata, notes)


def front_matter(name: str, text: str, notes: list[str]) -> tuple[dict[str, str | None], str]:
    """What stands before the text, and the text."""
    match = _FRONT.match(text)
    if match is None or not re.search(r"^[\w-]+\s*:", match["yaml"], re.MULTILINE):
        return {}, text  # a line of dashes
    try:
        tree = parse(match["yaml"], name)
    except ReadingError as error:
        raise type(error)(f"in the front matter: {error.message}", file=name) from error
    told = {key: _value(tree, names) for key, names in _KEYS.items()}
    if (written := told["published"]) and not (day := iso_date(written)):
        notes.append(f"The date {written[:40]!r} in the front matter can be read in several ways and was left out.")
        told["published"] = None
    elif written:
        told["published"] = day
    return told, text[match.end() :]


def _value(tree: Mapping, names: tuple[str, ...]) -> str | None:
    for key, node in tree.entries:
        if key.value.lower() in names and (text := _text(node)):
            return text
    return None


def _text(node: Node) -> str:
    if isinstance(node, Scalar):
        return "" if node.plain and node.value in ("~", "null") else node.value
    if isinstance(node, Sequence):
        return ", ".join(filter(None, (_text(item) for item in node.items[:MAX_ENTRIES])))
    name = node.get("name")
    return _text(name) if name else ""


def _parts(name: str, body: str) -> Iterator[Part]:
    with needed("markdown-it-py", "Markdown", name):
        from markdown_it import MarkdownIt
    if max(map(len, body.split("\n\n")), default=0) > _LONGEST:
        raise ReadingError(f"holds a paragraph of more than {_LONGEST} characters; check which file this is", file=name)
    parser = MarkdownIt("commonmark").enable("table")
    yield from _Flattening(parser.parse(body)).parts()


class _Flattening:
    """Tokens of Markdown as parts."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._prefixes: list[str] = []  # of the list items that are open; "" once it was written
        self._ordered: list[int | None] = []
        self._cells: list[str] | None = None
        self._heading = False

    def parts(self) -> Iterator[Part]:
        for token in self._tokens:
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type in ("fence", "code_block"):
                yield from self._block(token.content)
            elif token.type == "html_block":
                yield from self._block(_TAG.sub(" ", _COMMENT.sub("", token.content)))
            elif token.type == "tr_close":
                yield Part(PartKind.ROW, row(self._cells or []))
                self._cells = None
            else:
                self._structure(token)

    def _structure(self, token: Token) -> None:
        match token.type:
            case "tr_open":
                self._cells = []
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0
            case "bullet_list_open":
                self._ordered.append(None)
            case "ordered_list_open":
                self._ordered.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._ordered.pop()
            case "list_item_open":
                self._prefixes.append(f"{token.info}{token.markup} " if token.info else "- ")
            case "list_item_close":
                self._prefixes.pop()

    def _inline(self, token: Token) -> Iterator[Part]:
        text = _words(token.children or [])
        if self._cells is not None:
            self._cells.append(text)
        else:
            yield from self._block(text)

    def _block(self, text: str) -> Iterator[Part]:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        text = "\n".join(filter(None, lines))
        if self._heading:
            yield Part(PartKind.HEADING, text)
        elif self._prefixes:
            yield Part(PartKind.ITEM, f"{self._prefixes[-1]}{text}")
            self._prefixes[-1] = ""
        else:
            yield Part(PartKind.PARAGRAPH, text)


def _words(tokens: list[Token]) -> str:
    """Inline content as words; of a picture its title, which is what is printed below it, else its description."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
        elif token.type == "image":
            pieces.append(str(token.attrs.get("title") or _words(token.children or [])))
        elif token.type == "html_inline" and token.content.lower().startswith("<br"):
            pieces.append("\n")
    return "".join(pieces)
