"""The words of the pages with questions, German and English."""

from __future__ import annotations

_TEXTS = {
    "questions": ("Fragen", "Questions"),
    "lead": (
        "Fertige Fragen an den Graphen. Jede hat eine Adresse, die Programme abrufen können.",
        "Ready-made questions to the graph. Each has an address that programs can fetch.",
    ),
    "ask": ("Fragen", "Ask"),
    "required": ("nötig", "required"),
    "explain": ("mit Berichten und Zitaten", "with reports and quotes"),
    "hint.date": ("ein Tag, etwa 2017-07-28", "a day, such as 2017-07-28"),
    "hint.thing": ("Kennung, Name oder Adresse", "id, name or address"),
    "answer": ("Antwort", "Answer"),
    "none": ("Dazu ist nichts bekannt.", "Nothing is known of this."),
    "one": ("Eine Antwort: {words}.", "One answer: {words}."),
    "many": ("{n} Antworten; die erste: {words}.", "{n} answers; the first: {words}."),
    "for": ("Gefragt ist nach: {words}.", "Asked for: {words}."),
    "shown": ("Zeilen {first} bis {last} von {total}", "rows {first} to {last} of {total}"),
    "because": ("Worauf das beruht", "What this rests on"),
    "first": ("Anfang", "first"),
    "prev": ("zurück", "previous"),
    "next": ("weiter", "next"),
    "last": ("Ende", "last"),
    "forms": ("Dasselbe als", "The same as"),
    "programs": ("Für Programme", "For programs"),
    "query": ("Die Abfrage in SPARQL", "The query in SPARQL"),
    "missing": (
        "Füllen Sie die nötigen Angaben aus.",
        "Fill in what is required.",
    ),
    "back": ("Alle Fragen", "All questions"),
}


def say(language: str, key: str, **values: object) -> str:
    """The words for a key in that language, with values filled in."""
    german, english = _TEXTS[key]
    return (german if language == "de" else english).format(**values)
