"""The command line's own words, in German and English."""

from __future__ import annotations

_TEXTS = {
    "violations": ("{n} Verstöße", "{n} violations"),
    "violations.1": ("1 Verstoß", "1 violation"),
    "warnings": ("{n} Warnungen", "{n} warnings"),
    "warnings.1": ("1 Warnung", "1 warning"),
    "notes": ("{n} Hinweise", "{n} notes"),
    "notes.1": ("1 Hinweis", "1 note"),
    "no-findings": ("nichts zu beanstanden", "nothing to object to"),
    "follow-ups": ("und {n} Folgebefunde ({codes})", "and {n} findings that follow from it ({codes})"),
    "follow-ups.1": ("und ein Folgebefund ({codes})", "and one finding that follows from it ({codes})"),
    "property": ("Eigenschaft", "property"),
    "value": ("Wert", "value"),
    "known-from": ("bekannt aus", "known from"),
    "rule": ("Regel", "rule"),
    "demands": ("verlangt", "demands"),
    "findings": ("Befunde", "findings"),
    "files": ("Dateien", "files"),
    "file": ("Datei", "file"),
    "unreadable": ("nicht lesbar", "cannot be read"),
    "no-targets": (
        "die Shapes haben keine Ziele (sh:targetClass …); geprüft wurde nichts",
        "the shapes have no targets (sh:targetClass …); nothing was checked",
    ),
    "validating": ("prüfe", "validating"),
    "ingesting": ("nehme auf", "ingesting"),
    "state.accepted": ("aufgenommen", "accepted"),
    "state.known": ("schon bekannt", "already known"),
    "state.waiting": ("wartet", "waiting"),
    "state.superseded": ("abgelöst", "superseded"),
    "checked": ("{n} Dateien geprüft, {passed} bestehen", "{n} files checked, {passed} pass"),
    "checked.1": ("1 Datei geprüft, {passed} besteht", "1 file checked, {passed} passes"),
    "ingested": (
        "{accepted} aufgenommen, {known} schon bekannt, {waiting} warten, {unreadable} nicht lesbar",
        "{accepted} accepted, {known} already known, {waiting} waiting, {unreadable} unreadable",
    ),
    "accept-hint": (
        "Warnungen nimmt ein Mensch an: etappe ingest … --accept-warnings GRUND",
        "warnings are accepted by a person: etappe ingest … --accept-warnings REASON",
    ),
    "report": ("Bericht", "report"),
    "state": ("Stand", "state"),
    "revision": ("Fassung", "revision"),
    "since": ("seit", "since"),
    "by": ("durch", "by"),
    "why": ("Grund", "reason"),
    "number": ("Nr.", "no."),
    "question": ("Frage", "question"),
    "parameters": ("Angaben", "parameters"),
    "agree": ("Archiv und Graph stimmen überein: {n} Dokumente", "archive and graph agree: {n} documents"),
    "rebuilt": ("Graph neu erstellt: {n} Aussagen", "graph made anew: {n} statements"),
    "no-rows": ("keine Zeilen", "no rows"),
    "rows": ("{n} Zeilen", "{n} rows"),
    "rows.1": ("1 Zeile", "1 row"),
    "quote": ("Zitat", "quote"),
    "certainty": ("Gewissheit", "certainty"),
    "demo-gate": ("1  Die Berichte gehen durch das Tor", "1  The reports go through the gate"),
    "demo-answers": ("2  Drei Fragen an den Graphen", "2  Three questions to the graph"),
    "demo-next": ("3  Wie es weitergeht", "3  What to do next"),
    "demo-kept": ("Die Daten liegen in {folder}.", "The data lie in {folder}."),
    "demo-reason": (
        "Beispieldaten: die Warnungen sind beabsichtigt",
        "example data: the warnings are intended",
    ),
    "demo-ask": ("alle Fragen ansehen, eine stellen", "list all questions, ask one"),
    "demo-show": ("was über einen Menschen bekannt ist, und woher", "what is known of a person, and from where"),
    "demo-validate": ("einen fehlerhaften Bericht prüfen", "check a report that has a fault"),
}


def say(language: str, key: str, **values: object) -> str:
    """The text of that key, with its values filled in; the singular where ``n`` is 1."""
    german, english = _TEXTS[f"{key}.1"] if values.get("n") == 1 and f"{key}.1" in _TEXTS else _TEXTS[key]
    return (german if language == "de" else english).format(**values)
