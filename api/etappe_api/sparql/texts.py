"""The words of the page with the form for queries, German and English."""

from __future__ import annotations

_TEXTS = {
    "title": ("SPARQL-Abfrage", "SPARQL query"),
    "lead": (
        "Fragen Sie den ganzen Graphen. Die Abfrage sieht alle Graphen zusammen als einen.",
        "Ask the whole graph. The query sees all graphs together as one.",
    ),
    "query": ("Abfrage", "Query"),
    "format": ("Form der Antwort", "Form of the answer"),
    "format_hint": (
        "Tabellen für SELECT, Graphen für CONSTRUCT und DESCRIBE",
        "tables for SELECT, graphs for CONSTRUCT and DESCRIBE",
    ),
    "ask": ("Abfragen", "Ask"),
    "limits": (
        "Eine Abfrage darf {seconds} Sekunden dauern und {rows} Zeilen haben; Größeres wird abgelehnt, nie gekürzt.",
        "A query may take {seconds} seconds and have {rows} rows; a larger answer is refused, never cut short.",
    ),
    "description": ("Beschreibung des Dienstes", "Description of the service"),
    "programs": ("Für Programme", "For programs"),
}


def say(language: str, key: str, **values: object) -> str:
    """The words for a key in that language, with values filled in."""
    german, english = _TEXTS[key]
    return (german if language == "de" else english).format(**values)
