"""Changes as an Atom feed (RFC 4287) and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from etappe_api.feeds.changes import Change, Page

ATOM = "application/atom+xml"
JSON = "application/json"
_NAMESPACE = "http://www.w3.org/2005/Atom"

_TEXTS = {
    "title": {"de": "Etappe: Änderungen", "en": "Etappe: changes"},
    "accepted": {"de": "angenommen", "en": "accepted"},
    "refused": {"de": "abgewiesen", "en": "refused"},
    "report": {"de": "Bericht", "en": "report"},
    "registry": {"de": "Register", "en": "registry"},
    "revision": {"de": "Fassung", "en": "revision"},
}


def _say(language: str, key: str) -> str:
    return _TEXTS.get(key, {}).get(language, key)


def as_atom(page: Page, base: str, language: str, links: Mapping[str, str]) -> bytes:
    """The page as Atom. ``links``: relation to address, ``self`` among them (section 4.2.7.2)."""
    ElementTree.register_namespace("", _NAMESPACE)
    feed = ElementTree.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _text(feed, "id", f"{base}/changes")
    _text(feed, "title", _say(language, "title"))
    _text(feed, "updated", page.latest.isoformat())
    _text(ElementTree.SubElement(feed, _name("author")), "name", "Etappe")
    ElementTree.SubElement(feed, _name("link"), {"rel": "alternate", "type": JSON, "href": "/changes.json"})
    for relation, address in links.items():
        ElementTree.SubElement(feed, _name("link"), {"rel": relation, "type": ATOM, "href": address})
    for change in page.changes:
        _entry(feed, change, base, language)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ElementTree.Element, change: Change, base: str, language: str) -> None:
    entry = ElementTree.SubElement(feed, _name("entry"))
    what = f"{_say(language, change.document)}, {_say(language, 'revision')} {change.revision}"
    _text(entry, "id", change.iri(base))
    _text(entry, "title", f"{change.title} ({_say(language, change.kind)})")
    _text(entry, "updated", change.at.isoformat())
    _text(entry, "published", change.at.isoformat())
    _text(entry, "summary", f"{what}: {_say(language, change.kind)}")
    ElementTree.SubElement(entry, _name("category"), {"term": change.kind, "label": _say(language, change.kind)})
    # An entry without content needs an alternate (section 4.1.2).
    ElementTree.SubElement(entry, _name("link"), {"rel": "alternate", "href": f"/id/{change.document}/{change.id}"})
    ElementTree.SubElement(entry, _name("link"), {"rel": "self", "type": JSON, "href": f"/changes/{change.number}"})


def _name(local: str) -> str:
    return f"{{{_NAMESPACE}}}{local}"


def _text(parent: ElementTree.Element, local: str, text: str) -> None:
    ElementTree.SubElement(parent, _name(local)).text = text


def as_record(change: Change, base: str) -> dict[str, Any]:
    """One change as a JSON object."""
    return {
        "id": change.iri(base),
        "number": change.number,
        "kind": change.kind,
        "at": change.at.isoformat(),
        "document": change.document,
        "subject": change.subject(base),
        "title": change.title,
        "revision": change.revision,
        "supersedes": change.supersedes,
        "current": change.current,
        "link": f"/id/{change.document}/{change.id}",
    }


def as_json(page: Page, base: str, links: Mapping[str, str]) -> bytes:
    """The page as JSON: ``changes``, and the address of the ``next`` page or null."""
    document = {
        "updated": page.latest.isoformat(),
        "changes": [as_record(change, base) for change in page.changes],
        "next": links.get("next"),
    }
    return json.dumps(document, ensure_ascii=False).encode()
