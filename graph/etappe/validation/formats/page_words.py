"""The words of the HTML page, in German and English."""

from __future__ import annotations

_TEXTS = {
    "title": ("Prüfbericht", "Validation report"),
    "lead": (
        "Jede Datei wurde gegen Regeln geprüft, die ein Bericht erfüllen muss, bevor aus ihm verknüpfte Daten werden. "
        "Unten steht zu jedem Befund, was nicht stimmt, wo es steht und wie man es behebt.",
        "Each file was checked against the rules that a report must satisfy before it becomes linked data. Below, each "
        "finding says what is wrong, where it stands and how to mend it.",
    ),
    "skip": ("Zum Inhalt", "Skip to content"),
    "summary": ("Überblick", "Summary"),
    "all-pass": ("Alle {n} Dateien bestehen", "All {n} files pass"),
    "all-pass.1": ("Die Datei besteht", "The file passes"),
    "some-pass": ("{passed} von {n} Dateien bestehen", "{passed} of {n} files pass"),
    "some-pass.1": ("Die Datei besteht nicht", "The file does not pass"),
    "no-files": ("Keine Dateien geprüft", "No files checked"),
    "pass-means": (
        "Eine Datei besteht, wenn sie keinen Verstoß enthält. Warnungen nimmt ein Mensch mit einem Grund an.",
        "A file passes if it holds no violation. Warnings are accepted by a person with a reason.",
    ),
    "files": ("Dateien", "files"),
    "files.1": ("Datei", "file"),
    "state.passed": ("ohne Beanstandung", "nothing to object to"),
    "state.warning": ("mit Warnungen", "with warnings"),
    "state.violation": ("mit Verstößen", "with violations"),
    "state.unreadable": ("nicht lesbar", "unreadable"),
    "severity.violation": ("Verstoß", "Violation"),
    "severity.warning": ("Warnung", "Warning"),
    "severity.info": ("Hinweis", "Note"),
    "violations": ("Verstöße", "Violations"),
    "warnings": ("Warnungen", "Warnings"),
    "notes": ("Hinweise", "Notes"),
    "by-rule": ("Nach Regeln", "By rule"),
    "by-file": ("Nach Dateien", "By file"),
    "rule": ("Regel", "Rule"),
    "demands": ("Was sie verlangt", "What it demands"),
    "severity": ("Schwere", "Severity"),
    "how-often": ("Befunde", "Findings"),
    "in-files": ("Dateien", "Files"),
    "file": ("Datei", "File"),
    "state": ("Stand", "State"),
    "findings": ("Befunde", "Findings"),
    "unreadable": ("Nicht gelesen, also nicht geprüft", "Not read, so not checked"),
    "place": ("Zeile {line}, Spalte {column}", "Line {line}, column {column}"),
    "quote": ("Wörter des Texts", "Words of the text"),
    "remedy": ("So beheben Sie es", "How to mend it"),
    "snippet": ("Zum Beispiel", "For example"),
    "why": ("Warum diese Regel?", "Why this rule?"),
    "follow-ups": (
        "{n} weitere Befunde zur selben Sache, vielleicht Folgen",
        "{n} further findings about the same thing, perhaps consequences",
    ),
    "follow-ups.1": (
        "1 weiterer Befund zur selben Sache, vielleicht eine Folge",
        "1 further finding about the same thing, perhaps a consequence",
    ),
    "accepted": ("Warnungen angenommen", "Warnings accepted"),
    "reasons": ("Warum diese Regeln", "Why these rules"),
    "no-reason": (
        "Die Regel stammt aus anderen Shapes; diese sagen nicht, warum es sie gibt.",
        "The rule comes from other shapes; they do not say why it exists.",
    ),
    "whole-file": ("Die Datei als Ganzes", "The file as a whole"),
    "unnamed": ("Etwas ohne Namen", "A thing without a name"),
    "made-by": ("Erstellt von Etappe {version}", "Made by Etappe {version}"),
    "engine": ("Geprüft mit {engine}", "Checked with {engine}"),
    "profile.ingest": ("Maßstab: Aufnahme", "Profile: ingest"),
    "profile.draft": (
        "Maßstab: Entwurf (fehlende Angaben sind Warnungen)",
        "Profile: draft (missing facts are warnings)",
    ),
}

#: What the kinds of thing in our IRIs are called.
_KINDS = {
    "address": ("Anschrift", "Address"),
    "affiliation": ("Zugehörigkeit", "Affiliation"),
    "agent": ("Urheber", "Agent"),
    "campaign": ("Kampagne", "Campaign"),
    "change": ("Veränderung", "Change"),
    "claim": ("Aussage", "Claim"),
    "consent": ("Einwilligung", "Consent"),
    "depiction": ("Abbildung", "Depiction"),
    "evidence": ("Beleg", "Evidence"),
    "exhibit": ("Exponat", "Exhibit"),
    "extraction": ("Auswertung", "Extraction"),
    "group": ("Gruppe", "Group"),
    "item": ("Programmpunkt", "Programme item"),
    "node": ("Angabe", "Entry"),
    "organization": ("Organisation", "Organisation"),
    "participation": ("Teilnahme", "Participation"),
    "person": ("Person", "Person"),
    "photo": ("Foto", "Photo"),
    "place": ("Ort", "Place"),
    "post": ("Amt", "Post"),
    "product": ("Produkt", "Product"),
    "programme": ("Förderprogramm", "Funding programme"),
    "registry": ("Register", "Registry"),
    "report": ("Bericht", "Report"),
    "stop": ("Station", "Stop"),
    "tenure": ("Amtszeit", "Tenure"),
    "topic": ("Thema", "Topic"),
    "tour": ("Tour", "Tour"),
}


def say(language: str, key: str, **values: object) -> str:
    """The text of that key, with its values filled in; the singular where ``n`` is 1; English unless German."""
    german, english = _TEXTS[f"{key}.1"] if values.get("n") == 1 and f"{key}.1" in _TEXTS else _TEXTS[key]
    return (german if language == "de" else english).format(**values)


def kind_word(language: str, kind: str) -> str | None:
    """What a kind of thing is called; nothing for a kind that is none of ours."""
    words = _KINDS.get(kind)
    return words[0 if language == "de" else 1] if words else None
