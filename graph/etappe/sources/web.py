"""Web pages: the report without navigation, and what the page says of itself. Nothing is fetched."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from etappe.errors import ReadingError
from etappe.sources.finishing import finished
from etappe.sources.libraries import needed
from etappe.sources.limits import MAX_PAGE, check_text
from etappe.sources.model import Part, PartKind, SourceText, assembled
from etappe.sources.plain import decoded
from etappe.sources.web_choice import chosen, squeezed
from etappe.sources.web_page import Walk, check_tree, without_layout_tables, without_unseen
from etappe.sources.web_statements import page_title, statements

_CHARSET = re.compile(
    rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})|<\?xml[^<>]{0,100}?encoding=[\"']([\w-]{1,40})", re.I
)
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "iso-8859-15", "windows-1252", "cp1252"))
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CONSENT = re.compile(
    r"\b(?:cookies?|einwillig\w*|zustimm\w*|akzeptier\w*|consent|accept|tracking|datenschutzeinstellung\w*)\b", re.I
)
#: Fewer words are no report but what is left of a page.
_LEAST_WORDS = 15
#: A page with this much of it takes the quick way through trafilatura.
_LARGE = 500_000


def read_web(name: str, data: bytes) -> SourceText:
    """A web page.

    Raises:
        ReadingError: no main text, such as a cookie notice; too large; nested too deeply; as for plain text.
    """
    with needed("trafilatura", "HTML", name):
        html, etree, trafilatura = (import_module(module) for module in ("lxml.html", "lxml.etree", "trafilatura"))
    text, notes = _decoded(name, data)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, remove_comments=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError("holds no HTML that could be read", file=name) from error
    check_tree(root, etree.iterwalk, name)
    told = statements(root, notes)
    window = page_title(root, told.get("publisher"))
    page = " ".join(root.itertext())
    without_unseen(root)
    without_layout_tables(root)
    walk = Walk()
    parts = chosen(walk.page(root), _main_text(trafilatura, root, len(text)), told.get("publisher"))
    _check(name, parts, page, root.text_content())
    if walk.repeated:
        notes.append("Table cells that span several rows are repeated in each of them.")
    if title := _title(parts, told) or window:
        told["title"] = title
    return finished(name, assembled(parts), told, notes)


def _decoded(name: str, data: bytes) -> tuple[str, list[str]]:
    """The page as text; where it names an encoding that fits, that is no matter for a note."""
    if (match := _CHARSET.search(data[:4096])) and (match[1] or match[2]).decode("ascii").lower() in _LATIN:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
            return _DECLARATION.sub("", text, count=1), []
    text, notes = decoded(name, data, MAX_PAGE)
    return _DECLARATION.sub("", text, count=1), notes


def _main_text(trafilatura: Any, root: Any, size: int) -> str:
    try:
        found = trafilatura.extract(
            copy.deepcopy(root),
            fast=size > _LARGE,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
    ):  # of odd trees; there is no main text then
        return ""
    return found or ""


def _title(parts: list[Part], told: Mapping[str, str]) -> str | None:
    """The one main heading, else what the page says, else the heading that the text begins with."""
    headings = [part.text for part in parts if part.kind is PartKind.HEADING and part.origin.element.tag == "h1"]
    if len(headings) == 1 and squeezed(headings[0]) != squeezed(told.get("publisher", "")):
        return headings[0]
    return told.get("title") or (parts[0].text if parts[0].kind is PartKind.HEADING else None)


def _check(name: str, parts: list[Part], page: str, seen: str) -> None:
    words = sum(len(part.text.split()) for part in parts)
    about_cookies = sum(_CONSENT.search(part.text) is not None for part in parts)
    if words < _LEAST_WORDS or about_cookies * 2 > len(parts):
        if _CONSENT.search(page[:200_000]):
            raise ReadingError(
                "shows a cookie notice and almost no main text; agree to it, then save the page", file=name
            )
        check_text(seen, name)
        raise ReadingError(f"has almost no main text ({words} words); save the page with the report itself", file=name)
