"""From what a reader found to a ``SourceText``: repaired, within limits, in a language that is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from etappe.sources.language import language_of
from etappe.sources.limits import MAX_CAPTION, MAX_VALUE, check_text
from etappe.sources.mending import cleaned, mended
from etappe.sources.model import SourceText

_ORDER = ("title", "published", "publisher", "author", "url")
_BLANKS = re.compile(r"[ \t]+")
_GAPS = re.compile(r"\n{3,}")


def finished(
    name: str,
    text: str,
    metadata: Mapping[str, str | None] | None = None,
    notes: Sequence[str] = (),
    *,
    tidy: bool = True,
) -> SourceText:
    """The source as it is handed on.

    Args:
        name: what errors call the file.
        tidy: whether runs of blanks and of empty lines carry no meaning.

    Raises:
        ReadingError: no text, too much of it, or in another language.
    """
    check_text(text, name)
    text, repairs = mended(text)
    if tidy:
        lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
        text = _GAPS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
    check_text(text, name)
    if lost := text.count("\ufffd"):
        repairs.append(f"Characters that an earlier program lost (\ufffd): {lost}; look them up in the original.")
    language = language_of(text, name)
    told = metadata or {}
    values = {key: cleaned(value, MAX_VALUE) for key in _ORDER if (value := told.get(key))}
    values = {key: value for key, value in values.items() if value} | {"language": language}
    if sentences := [cleaned(note, MAX_CAPTION) for note in (*notes, *repairs)]:
        values["notes"] = "\n".join(sentences)
    return SourceText(text, values)
