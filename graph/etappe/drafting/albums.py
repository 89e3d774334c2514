"""A folder of photos as a draft: what their files say of them, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from etappe.drafting.yaml_lines import Block, Keys, Value, written
from etappe.sources.model import PhotoFile

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def album_of(photos: Sequence[PhotoFile], *, report_id: str) -> str:
    """A report file in the short form whose photos are those of the files.

    Its text holds the statements of the files, a line each, so that every fact has its words. Rights that a file states
    are no permission, so they stay ``unknown`` until a person has decided.
    """
    lines: list[str] = []
    section = Keys()
    for number, photo in enumerate(photos, 1):
        section.put(f"p{number}", _photo(photo, f"p{number}", lines))
    document = Keys().note("A draft made of the statements in photo files. Read them, correct what is wrong, and")
    document.note("answer what is asked with '# ?'. Then say in “recorded” who you are.")
    document.put("report", report_id)
    document.note("? title, publisher, published, stops")
    document.put("language", "de").put("status", "draft")
    document.put("recorded", Keys().put("with", "etappe, draft from photo files"))
    document.put("photos", section)
    document.put("text", Block("\n".join(lines) + "\n"))
    return written(document)


def _photo(photo: PhotoFile, name: str, lines: list[str]) -> Keys:
    keys = Keys().note(f"{PurePath(photo.name).name}: {photo.width} × {photo.height} pixels, {photo.digest}")
    said: list[Value] = []
    for key, text in (("caption", photo.caption or photo.headline), ("credit", photo.credit)):
        if text:
            words = " ".join(text.split())
            keys.put(key, words)
            lines.append(f"{name} {key}: {words}")  # the same words may stand in several files
            said.append(Keys().put("words", words).put("prefix", f"{name} {key}:"))
    if photo.taken and (day := _DAY.match(photo.taken)):
        keys.put("date", day.group(), "the day on which the camera says it was taken")
    for question, values in (
        ("photographer", photo.creators),
        ("shows", photo.people),
        ("place", tuple(filter(None, (photo.venue, photo.place, photo.country)))),
        ("rights holder or terms", tuple(filter(None, (photo.rights, photo.usage_terms)))),
    ):
        if values:
            keys.note(f"? {question}: {'; '.join(values)}")
    keys.put("rights", "unknown")
    if said:
        keys.put("certainty", "depicted").put("quote", said if len(said) > 1 else said[0])
    for note in photo.notes:
        keys.note(note)
    return keys
