"""What a web page says of itself: schema.org in JSON-LD, Open Graph, Dublin Core. Nothing is guessed from its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from etappe.sources.dates import iso_date
from etappe.sources.limits import MAX_ENTRIES
from etappe.sources.web_page import Element

_ARTICLES = re.compile(r"\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|PressRelease|Event?Report")
_META = {
    "title": ("og:title", "dc.title", "dcterms.title", "twitter:title"),
    "published": (
        "article:published_time",
        "dcterms.issued",
        "dc.date.issued",
        "datepublished",
        "dc.date",
        "dcterms.date",
        "pubdate",
        "publishdate",
        "date",
    ),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"),
    "author": ("author", "dc.creator", "dcterms.creator"),
    "url": ("og:url",),
}
_MAX_JSON = 1024 * 1024
_MAX_NODES = 5000


def statements(root: Element, notes: list[str]) -> dict[str, str]:
    """``title``, ``published``, ``publisher``, ``author`` and ``url``, as far as the page says them."""
    meta = dict(_meta(root))
    article = _article(root, meta)
    told = meta | article
    day, other = article.get("published"), meta.get("published")
    if day and other and day != other:
        notes.append(
            f"The page gives two dates of publication, {day} and {other}; the one of its schema.org was taken."
        )
    return {key: value for key, value in told.items() if value}


def page_title(root: Element, site: str | None) -> str | None:
    """The title of the window, without the name of the site."""
    title = root.find(".//title")
    return _without_site(" ".join("".join(title.itertext()).split()), site) if title is not None else None


def _without_site(title: str, site: str | None) -> str:
    """A page title without the name of the site that many put behind it."""
    for dash in (" | ", " – ", " - ", " • ", " :: ", " · "):
        before, mark, after = title.rpartition(dash)
        if mark and (after == site or dash in (" | ", " :: ")):
            return before
    return title


def _meta(root: Element) -> Iterator[tuple[str, str]]:
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        key = str(element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if (content := str(element.get("content") or "").strip()) and len(values) < _MAX_NODES:
            values.setdefault(key, content)
    for name, keys in _META.items():
        for key in keys:
            if (value := values.get(key)) and (value := _checked(name, value)):
                yield name, value
                break
    for link in root.iter("link"):
        if str(link.get("rel") or "").lower() == "canonical" and (url := _checked("url", str(link.get("href") or ""))):
            yield "url", url
            break
    if "published" not in values and (day := _marked_day(root)):
        yield "published", day


def _marked_day(root: Element) -> str | None:
    """The day of the one ``time`` element that is marked as the date of publication."""
    days = set()
    for element in root.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            days.add(iso_date(str(element.get("datetime") or "")))
    return days.pop() if len(days) == 1 else None


def _checked(name: str, value: str) -> str | None:
    if name == "published":
        return iso_date(value)
    if name == "url":
        try:
            parts = urlsplit(value)
        except ValueError:
            return None
        return (
            value if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"]", value) else None
        )
    if name == "author" and (
        re.match(r"https?://|@", value) or value.lower() in ("admin", "administrator", "redakteur", "editor")
    ):
        return None
    return value


def _article(root: Element, meta: Mapping[str, str]) -> dict[str, str]:
    """What schema.org says of the one article of the page; nothing where it is not clear which one is meant."""
    nodes: dict[str, Mapping[str, Any]] = {}
    articles: list[Mapping[str, Any]] = []
    for node in _nodes(root):
        if isinstance(identity := node.get("@id"), str):
            nodes[identity] = {**nodes.get(identity, {}), **node}
        if _is_article(node):
            articles.append(node)
    if len(articles) > 1:
        articles = [node for node in articles if _is_of_page(node, meta)]
    if len(articles) != 1:
        return {}
    node = articles[0]
    found = {
        "title": _text(node.get("headline") or node.get("name"), nodes),
        "published": iso_date(_text(node.get("datePublished"), nodes)),
        "publisher": _text(node.get("publisher"), nodes),
        "author": _checked("author", _text(node.get("author"), nodes)),
        "url": _checked("url", _text(node.get("url") or node.get("mainEntityOfPage"), nodes, "@id")),
    }
    return {key: value for key, value in found.items() if value}


def _is_of_page(node: Mapping[str, Any], meta: Mapping[str, str]) -> bool:
    addresses = {_text(node.get(key), {}, "@id") for key in ("url", "mainEntityOfPage", "@id")}
    title = meta.get("title")
    return meta.get("url") in addresses or (title is not None and node.get("headline") == title)


def _is_article(node: Mapping[str, Any]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLES.fullmatch(kind.rpartition("/")[2])
        for kind in (types if isinstance(types, list) else [types])
    )


def _nodes(root: Element) -> Iterator[Mapping[str, Any]]:
    count = 0
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in str(script.get("type") or "").lower() or len(text) > _MAX_JSON:
            continue
        try:
            queue: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue  # many pages hold JSON that is none
        while queue and count < _MAX_NODES:
            value = queue.pop()
            count += 1
            if isinstance(value, list):
                queue.extend(reversed(value[:_MAX_NODES]))
            elif isinstance(value, dict):
                yield value
                queue.extend(value[key] for key in ("@graph", "mainEntity", "hasPart") if key in value)


def _text(value: Any, nodes: Mapping[str, Mapping[str, Any]], key: str = "name") -> str:
    """A value of schema.org as text: of a thing its name, of several all names."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, (_text(item, nodes, key) for item in value[:MAX_ENTRIES]))))
    if isinstance(value, dict):
        full = nodes.get(str(value.get("@id")), value) if key not in value else value
        name = full.get(key)
        return name.strip() if isinstance(name, str) else ""
    return ""
