"""What the files of photos say of them: XMP, IPTC and EXIF, read with Pillow. No pixel is decoded, no picture kept.

Where two blocks speak of one thing, XMP goes before IPTC and IPTC before EXIF, and a contradiction is told.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etappe.errors import ReadingError
from etappe.model import digest
from etappe.sources.libraries import needed
from etappe.sources.limits import MAX_CAPTION, MAX_ENTRIES, MAX_PIXELS, MAX_VALUE, bytes_of
from etappe.sources.mending import cleaned
from etappe.sources.model import PhotoFile
from etappe.sources.photo_blocks import exif_fields, iptc_fields, xmp_fields

if TYPE_CHECKING:
    from PIL import Image

#: Kinds of pictures that are opened at all; others have readers that nobody needs here.
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe"),
    "image/png": (".png",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
}
_LISTS = frozenset(("creators", "people"))
_FIELDS = (
    "caption",
    "headline",
    "credit",
    "creators",
    "rights",
    "usage_terms",
    "taken",
    "people",
    "place",
    "venue",
    "country",
)


def read_photos(paths: Iterable[Path]) -> tuple[PhotoFile, ...]:
    """What each of the files says.

    Raises:
        ReadingError: one is no picture, broken, or of more pixels than a photo has.
    """
    return tuple(read_photo(str(path), bytes_of(path, "a photo for the press")) for path in paths)


def read_photo(name: str, data: bytes) -> PhotoFile:
    """What one file says. Raises as ``read_photos``."""
    with needed("Pillow", "photos", name):
        from PIL import Image, UnidentifiedImageError
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is checked below, and of odd metadata
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                _check(name, image)
                media_type = Image.MIME.get({"MPO": "JPEG"}.get(kind := image.format or "", kind), "")
                told, notes = _statements(image)
                width, height = image.size
    except UnidentifiedImageError as error:
        raise ReadingError("is no photo (JPEG, PNG, TIFF or WebP), or its beginning is broken", file=name) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (
        OSError,
        ValueError,
        SyntaxError,
        TypeError,
        LookupError,
        ArithmeticError,
        AttributeError,
        EOFError,
    ) as error:
        raise ReadingError("is broken: it cannot be read as a photo", file=name) from error
    if not name.lower().endswith(_ENDINGS.get(media_type, ("",))):
        notes.append(f"The name ends otherwise, but the file is {media_type}.")
    return PhotoFile(name, digest(data), media_type, width, height, notes=tuple(notes), **told.arguments())


def _check(name: str, image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> ReadingError:
    return ReadingError(f"claims to have more than {MAX_PIXELS // 10**6} million pixels; no photo has", file=name)


@dataclass(frozen=True)
class _Told:
    """Cleaned values by field, and the block each is from."""

    values: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, str]

    def arguments(self) -> dict[str, Any]:
        """As ``PhotoFile`` takes them."""
        values = {key: value if key in _LISTS else value[0] for key, value in self.values.items()}
        return {**values, "origins": dict(self.origins)}


def _statements(image: Image.Image) -> tuple[_Told, list[str]]:
    notes: list[str] = []
    blocks = (("XMP", xmp_fields(image, notes)), ("IPTC", iptc_fields(image)), ("EXIF", exif_fields(image)))
    values: dict[str, tuple[str, ...]] = {}
    origins: dict[str, str] = {}
    for name in _FIELDS:
        for block, fields in blocks:
            if not (found := _cleaned(name, fields.get(name, ()))):
                continue
            if name not in values:
                values[name], origins[name] = found, block
            elif _differ(name, values[name], found):
                told = name.replace("_", " ")
                notes.append(f"{origins[name]} and {block} differ about {told}; {origins[name]} was taken.")
    return _Told(values, origins), notes


def _cleaned(name: str, values: Iterable[str]) -> tuple[str, ...]:
    limit = MAX_CAPTION if name == "caption" else MAX_VALUE
    texts = (cleaned(value, limit) for value, _ in zip(values, range(MAX_ENTRIES), strict=False))
    return tuple(dict.fromkeys(filter(None, texts)))


def _differ(name: str, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two values contradict each other; IPTC cuts long ones off, and a day may lack its time."""
    if name in _LISTS:
        return set(one).isdisjoint(other)
    shorter, longer = sorted((one[0].casefold(), other[0].casefold()), key=len)
    return not longer.startswith(shorter)
