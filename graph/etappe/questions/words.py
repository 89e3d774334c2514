"""Words that queries answer with where no concept of the ontology stands, in German and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "present": ("anwesend", "present"),
    "absent": ("abwesend", "absent"),
    "not stated": ("nicht angegeben", "not stated"),
    "met": ("getroffen", "met"),
    "attested": ("für diesen Tag bezeugt", "attested on that day"),
    "confirmed": ("bestätigt", "confirmed"),
    "handover": ("Amtswechsel", "handover"),
    "conflict": ("Widerspruch", "conflict"),
    "reported-only": ("nur berichtet", "reported-only"),
    "report": ("Bericht", "report"),
    "registry": ("Register", "registry"),
    "same item": ("selber Programmpunkt", "same item"),
    "same stop only": ("nur selbe Station", "same stop only"),
    "same photo": ("selbes Foto", "same photo"),
    "text": ("Text", "text"),
    "caption": ("Bildtext", "caption"),
    "text + caption": ("Text + Bildtext", "text + caption"),
    "office": ("Amt", "office"),
    "affiliation": ("Zugehörigkeit", "affiliation"),
    "credit line": ("Bildnachweis", "credit line"),
    "topic": ("Thema", "topic"),
    "claim": ("Aussage", "claim"),
    "telephone": ("Telefon", "telephone"),
    "fax": ("Fax", "fax"),
    "e-mail": ("E-Mail", "e-mail"),
    "post": ("Post", "post"),
    "date": ("Datum", "date"),
    "photographer": ("Fotograf", "photographer"),
    "statement": ("Angabe", "statement"),
    "stated": ("genannt", "stated"),
    "given": ("erteilt", "given"),
    "refused": ("verweigert", "refused"),
    "withdrawn": ("widerrufen", "withdrawn"),
    "unknown": ("unbekannt", "unknown"),
    "come": ("hinzugekommen", "added"),
    "gone": ("weggefallen", "removed"),
    "accepted": ("angenommen", "accepted"),
    "retracted": ("zurückgezogen", "retracted"),
    "merge": ("zusammengeführt", "merged"),
    "unmerge": ("wieder getrennt", "taken apart again"),
    "different": ("als verschieden erklärt", "declared different"),
}


def word(text: str, language: str) -> str:
    """The word in that language; text that is none of ours stays as it is."""
    return WORDS[text][0 if language == "de" else 1] if text in WORDS else text
