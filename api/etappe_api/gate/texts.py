"""The words of the pages with reports, German and English."""

from __future__ import annotations

_TEXTS = {
    "reports": ("Berichte", "Reports"),
    "lead": (
        "Was angenommen wurde, und was auf eine Entscheidung wartet.",
        "What was accepted, and what waits for a decision.",
    ),
    "none": ("Keine Berichte.", "No reports."),
    "report": ("Bericht", "Report"),
    "registry": ("Register", "Registry"),
    "kind": ("Art", "Kind"),
    "state": ("Stand", "State"),
    "revision": ("Fassung", "Revision"),
    "since": ("seit", "since"),
    "by": ("durch", "by"),
    "reason": ("Grund", "Reason"),
    "waiting": ("wartet", "waiting"),
    "accepted": ("angenommen", "accepted"),
    "superseded": ("abgelöst", "superseded"),
    "retracted": ("zurückgezogen", "retracted"),
    "rejected": ("abgelehnt", "rejected"),
    "all": ("alle", "all"),
    "shown": ("{first} bis {last} von {total}", "{first} to {last} of {total}"),
    "first": ("Anfang", "first"),
    "prev": ("zurück", "previous"),
    "next": ("weiter", "next"),
    "last": ("Ende", "last"),
    "versions": ("Fassungen", "Versions"),
    "digest": ("Prüfsumme der Datei", "Digest of the file"),
    "findings": ("Befunde", "Findings"),
    "violations": ("Verstöße", "violations"),
    "warnings": ("Warnungen", "warnings"),
    "notes": ("Hinweise", "notes"),
    "graph": ("Was er sagt", "What it says"),
    "text": ("Der Text mit den belegten Stellen", "The text with its evidence"),
    "no-text": ("Zu diesem Bericht gibt es keinen Text.", "This report has no text."),
    "back": ("Alle Berichte", "All reports"),
}


def say(language: str, key: str, **values: object) -> str:
    """The words for a key in that language, with values filled in."""
    german, english = _TEXTS[key]
    return (german if language == "de" else english).format(**values)
