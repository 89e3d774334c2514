"""Extractions made by hand, as the extraction rooms would make them."""

from __future__ import annotations

from etappe.extraction.model import (
    Attendance,
    Block,
    BlockKind,
    DateMention,
    Event,
    Extraction,
    Organisation,
    Person,
    Photo,
    PlaceMention,
    Span,
    Status,
    Text,
)

TOUR = """\
Halt am Hafen

Am Donnerstag, 27.07.2017, öffnete das Mobil vor dem Markt in Stralsund. Am Freitag, 28.07.2017, besuchte das Team in Stralsund die Möwenwerk GmbH. Jördis Kalk, Ministerin für Energie und Verkehr des Landes Mecklenburg-Vorpommern, war Gast am Mobil. Nach dem Besuch sprach das Team mit Passanten. Geschäftsführer Enno Brandt entwickelt mit seinem Team Sensoren.

Am 3. August 2017 wird Oberbürgermeisterin Frauke Lüders die Tour in Wismar empfangen.

Foto: Enno Brandt (Geschäftsführer Möwenwerk GmbH) im Gespräch mit Tilda Sommer (Netzamt) am 28.07.2017.
Fotos: Netzamt/Piet Harms

T 030 60 40-0
kontakt(at)netzamt.example
"""


def span(text: str, words: str, number: int = 1) -> Span:
    at = -1
    for _ in range(number):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def text_of(source: str, kinds: dict[str, BlockKind] | None = None, **named: object) -> Text:
    """Blocks are lines, sentences end with a full stop and a blank before a capital letter."""
    blocks, sentences, at = [], [], 0
    for line in source.split("\n"):
        if line.strip():
            kind = next((kind for start, kind in (kinds or {}).items() if line.startswith(start)), BlockKind.PARAGRAPH)
            blocks.append(Block(kind, Span(at, at + len(line))))
            start = at
            for number, sign in enumerate(line):
                ends = sign == "." and line[number + 1 : number + 2] == " " and line[number + 2 : number + 3].isupper()
                if ends and not line[number - 1].isdigit():
                    sentences.append(Span(start, at + number + 1))
                    start = at + number + 2
            sentences.append(Span(start, at + len(line)))
        at += len(line) + 1
    return Text(source, "de", tuple(blocks), tuple(sentences), **named)  # type: ignore[arg-type]


def tour() -> Extraction:
    """A stop of two days, a minister, a photo, and a stop that is only announced."""
    t = TOUR

    def at(words: str, number: int = 1) -> Span:
        return span(t, words, number)

    opening = at("Am Donnerstag, 27.07.2017, öffnete das Mobil vor dem Markt in Stralsund.")
    visit = at("Am Freitag, 28.07.2017, besuchte das Team in Stralsund die Möwenwerk GmbH.")
    wismar = at("Am 3. August 2017 wird Oberbürgermeisterin Frauke Lüders die Tour in Wismar empfangen.")
    caption = at(
        "Foto: Enno Brandt (Geschäftsführer Möwenwerk GmbH) im Gespräch mit Tilda Sommer (Netzamt) am 28.07.2017."
    )
    return Extraction(
        text_of(
            t,
            {
                "Halt": BlockKind.HEADING,
                "Foto:": BlockKind.CAPTION,
                "Fotos:": BlockKind.CREDIT,
                "T 0": BlockKind.IMPRINT,
            },
            published="2017-08-01",
            metadata={"publisher": "Netzamt", "url": "https://netzamt.example/halt"},
        ),
        dates=(
            DateMention(at("27.07.2017"), "2017-07-27"),
            DateMention(at("28.07.2017"), "2017-07-28"),
            DateMention(at("3. August 2017"), "2017-08-03"),
        ),
        places=(
            PlaceMention(at("Stralsund"), "Stralsund", ("13073088",)),
            PlaceMention(at("Wismar"), "Wismar", ("13074087",)),
        ),
        events=(
            Event(opening, at("öffnete"), "2017-07-27", "Stralsund"),
            Event(visit, at("besuchte"), "2017-07-28", "Stralsund", hosts=("Möwenwerk GmbH",)),
            Event(wismar, at("empfangen"), "2017-08-03", "Wismar", status=Status.ANNOUNCED),
        ),
        people=(
            Person(
                "Jördis Kalk",
                (at("Jördis Kalk"),),
                role="Ministerin für Energie und Verkehr des Landes Mecklenburg-Vorpommern",
                role_span=at("Ministerin für Energie und Verkehr des Landes Mecklenburg-Vorpommern"),
                minister=True,
                attendance=Attendance.PRESENT,
                cue=at("war Gast"),
            ),
            Person(
                "Enno Brandt",
                (at("Enno Brandt"), at("Enno Brandt", 2)),
                role="Geschäftsführer",
                role_span=at("Geschäftsführer"),
                organisation="Möwenwerk GmbH",
                attendance=Attendance.PRESENT,
                cue=at("im Gespräch mit"),
                depicted=(caption,),
            ),
            Person(
                "Tilda Sommer",
                (at("Tilda Sommer"),),
                organisation="Netzamt",
                attendance=Attendance.PRESENT,
                cue=at("im Gespräch mit"),
                depicted=(caption,),
            ),
            Person(
                "Frauke Lüders",
                (at("Frauke Lüders"),),
                role="Oberbürgermeisterin",
                role_span=at("Oberbürgermeisterin"),
                organisation="Wismar",
                attendance=Attendance.ANNOUNCED,
                cue=at("wird"),
            ),
            Person("Piet Harms", (at("Piet Harms"),), credited=(at("Netzamt/Piet Harms"),)),
        ),
        organisations=(
            Organisation("Möwenwerk GmbH", (at("Möwenwerk GmbH"),), legal_form="GmbH"),
            Organisation("Netzamt", (at("Netzamt"), at("Netzamt", 2))),
        ),
        photos=(
            Photo(
                caption,
                ("Enno Brandt", "Tilda Sommer"),
                ("Möwenwerk GmbH",),
                "2017-07-28",
                credit=at("Netzamt/Piet Harms"),
            ),
        ),
        contact={"phone": at("T 030 60 40-0"), "email": at("kontakt(at)netzamt.example")},
    )
