"""The words of the pages, German and English."""

from __future__ import annotations

_TEXTS: dict[str, tuple[str, str]] = {
    "etappe": ("Etappe", "Etappe"),
    "claim": (
        "Berichte werden zu Daten, denen man trauen kann.",
        "Field reports become linked data that can be trusted.",
    ),
}


def say(language: str, key: str, **values: object) -> str:
    """The words for a key in that language, with values filled in."""
    german, english = _TEXTS[key]
    return (german if language == "de" else english).format(**values)
