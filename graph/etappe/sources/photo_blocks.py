"""The blocks of metadata in a photo: XMP, IPTC (IIM) and EXIF, each as field to texts, not cleaned yet.

Names of properties: IPTC Photo Metadata Standard, EXIF 2.32. Coordinates are left alone: they say where a camera was,
not what place is shown, and press offices do not mean to publish them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from etappe.sources.limits import MAX_CAPTION, MAX_ENTRIES, MAX_XMP

if TYPE_CHECKING:
    from PIL import Image

Fields = Mapping[str, tuple[str, ...]]

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP = {
    "caption": (f"{_DC}description",),
    "headline": (f"{_PHOTOSHOP}Headline", f"{_DC}title"),
    "credit": (f"{_PHOTOSHOP}Credit",),
    "creators": (f"{_DC}creator",),
    "rights": (f"{_DC}rights",),
    "usage_terms": (f"{_RIGHTS}UsageTerms",),
    "taken": (f"{_PHOTOSHOP}DateCreated", f"{_EXIF}DateTimeOriginal"),
    "people": (f"{_EXT}PersonInImage",),
    "place": (f"{_PHOTOSHOP}City",),
    "venue": (f"{_CORE}Location",),
    "country": (f"{_PHOTOSHOP}Country",),
}
_SHOWN = {"place": f"{_EXT}City", "venue": f"{_EXT}Sublocation", "country": f"{_EXT}CountryName"}
_IPTC = {
    "caption": (2, 120),
    "headline": (2, 105),
    "credit": (2, 110),
    "creators": (2, 80),
    "rights": (2, 116),
    "place": (2, 90),
    "venue": (2, 92),
    "country": (2, 101),
}
#: Captions that cameras write of themselves.
_CAMERA = re.compile(
    r"(?:olympus|sony|minolta|kodak|samsung|casio|pentax|konica)(?: digital| still| camera| dsc){1,3}|digital camera|"
    r"dsc\w?[-_ ]?\d*|img[-_ ]?\d+|dcim\S*|default|screenshot|untitled\d*|unbenannt\d*",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?)?")


def xmp_fields(image: Image.Image, notes: list[str]) -> Fields:
    """What XMP says, with a note where it had to be left out."""
    packet = _packet(image)
    if packet is None:
        return {}
    if len(packet) > MAX_XMP:
        notes.append(f"Its XMP is larger than {MAX_XMP // 2**20} MiB and was left out.")
        return {}
    text = packet.decode("utf-8", "replace").strip("\x00\ufeff \r\n\t")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        notes.append("Its XMP declares XML entities and was left out.")
        return {}
    try:
        root = ElementTree.fromstring(re.sub(r"^<\?xml [^>]{0,200}\?>", "", text))  # noqa: S314 - no entities, bounded
    except (ElementTree.ParseError, ValueError, RecursionError):
        notes.append("Its XMP is broken and was left out.")
        return {}
    return {name: found for name, found in _xmp(root).items() if found}


def _packet(image: Image.Image) -> bytes | None:
    for key in ("xmp", "XML:com.adobe.xmp"):
        value: Any = image.info.get(key)
        if value:
            return value.encode("utf-8", "replace") if isinstance(value, str) else bytes(value)
    tags: Any = getattr(image, "tag_v2", None)
    value = tags.get(700) if tags is not None else None
    return bytes(value) if isinstance(value, bytes) else None


def _xmp(root: ElementTree.Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    descriptions = list(root.iter(f"{_RDF}Description"))
    for name, keys in _XMP.items():
        for key in keys:
            if values := [text for node in descriptions for text in _values(node, key)]:
                found[name] = tuple(values)
                break
    for node in root.iter(f"{_EXT}LocationShown"):
        for name, key in _SHOWN.items():
            values = [text for part in node.iter() for text in _values(part, key)]
            if len(set(values)) == 1:  # of several places shown none is the place
                found[name] = tuple(values)
    if "taken" in found:
        found["taken"] = _moments(found["taken"])
    return found


def _values(node: ElementTree.Element, key: str) -> list[str]:
    """Values of a property: written as an attribute, as text, or as a list; of languages German, then the default."""
    if value := node.get(key):
        return [value]
    values: list[str] = []
    for element in node.findall(key):
        entries = list(element.iter(f"{_RDF}li"))[:MAX_ENTRIES]
        if element.find(f"{_RDF}Alt") is not None:
            entries.sort(key=lambda entry: _preference(entry.get(_LANG, "")))
            entries = entries[:1]
        texts = [entry.text or "" for entry in entries] if entries else [element.text or ""]
        values += [text for text in texts if text.strip()]
    return values


def _preference(language: str) -> int:
    return 0 if language.lower().startswith("de") else 1 if language == "x-default" else 2


def iptc_fields(image: Image.Image) -> Fields:
    """What the IIM block says."""
    from PIL import ImageFile, IptcImagePlugin

    if not isinstance(image, ImageFile.ImageFile):
        return {}
    try:
        info: Mapping[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, ValueError, SyntaxError, TypeError, LookupError):
        return {}
    utf8 = info.get((1, 90)) == b"\x1b%G"
    found = {name: tuple(_decoded(value, utf8) for value in _listed(info.get(key))) for name, key in _IPTC.items()}
    if days := _listed(info.get((2, 55))):
        times = _listed(info.get((2, 60)))
        clock = times[0].decode("ascii", "replace")[:6] if times else ""
        found["taken"] = _moments([days[0].decode("ascii", "replace") + (f"T{clock}" if clock.isdigit() else "")])
    return {name: values for name, values in found.items() if any(values)}


def _listed(value: Any) -> list[bytes]:
    values = value if isinstance(value, list) else [value]
    return [entry for entry in values[:MAX_ENTRIES] if isinstance(entry, bytes)]


def _decoded(value: bytes, utf8: bool) -> str:
    value = value[: MAX_CAPTION * 8]
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if utf8 else "cp1252", "replace")


def exif_fields(image: Image.Image) -> Fields:
    """What EXIF says, without what cameras write of themselves. When a file was changed is not when it was taken."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(0x8769)
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError):
        return {}
    caption = _exif_text(exif.get(0x9C9C)) or _exif_text(exif.get(0x010E)) or _comment(details.get(0x9286))
    artist = _exif_text(exif.get(0x9C9D)) or _exif_text(exif.get(0x013B))
    found = {
        "caption": [] if _CAMERA.fullmatch(caption.strip()) else [caption],
        "creators": re.split(r"\s*;\s*", artist),
        "rights": [_exif_text(exif.get(0x8298)).replace("\x00", " ")],
        "taken": _moments([_exif_text(details.get(0x9003))]),
    }
    return {name: tuple(values) for name, values in found.items() if any(value.strip() for value in values)}


def _exif_text(value: Any) -> str:
    if isinstance(value, tuple) and all(isinstance(part, int) and 0 <= part < 256 for part in value[: MAX_CAPTION * 4]):
        value = bytes(value[: MAX_CAPTION * 4])
    if isinstance(value, bytes):  # of Windows, which writes UTF-16
        value = value[: MAX_CAPTION * 4].decode("utf-16-le", "replace")
    text = str(value)[: MAX_CAPTION * 4].rstrip("\x00 ") if isinstance(value, str) else ""
    try:
        return text.encode("latin-1").decode("utf-8")  # Pillow reads all as Latin-1, files hold UTF-8
    except UnicodeError:
        return text


def _comment(value: Any) -> str:
    """A user comment: eight bytes name its encoding."""
    if not isinstance(value, bytes):
        return ""
    head, body = value[:8], value[8 : MAX_CAPTION * 4]
    if head.startswith(b"UNICODE"):
        return body.decode("utf-16-be" if body[:1] == b"\x00" else "utf-16-le", "replace").strip("\x00 ")
    if head.startswith(b"ASCII"):
        return body.decode("utf-8", "replace").strip("\x00 ")
    return ""


def _moments(values: Iterable[str]) -> tuple[str, ...]:
    """Days, with their time where it is known; clocks that were never set are left out."""
    found = []
    for value in values:
        match = _TIME.match(value.strip()[:40])
        if match is None:
            continue
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        if day.year < 1900:
            continue
        clock = f"T{match[4]}:{match[5]}:{match[6] or '00'}" if match[4] else ""
        found.append(day.isoformat() + clock)
    return tuple(found[:1])
