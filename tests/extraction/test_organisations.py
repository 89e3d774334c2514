"""Bodies in press language; all names are invented."""

from __future__ import annotations

import time

import pytest

from etappe.extraction.inflection import nominative_adjective
from etappe.extraction.model import Block, BlockKind, Organisation, Span, Text
from etappe.extraction.organisation_words import head_of
from etappe.extraction.organisations import find_organisations


def text_of(words: str, kind: BlockKind = BlockKind.PARAGRAPH, language: str = "de") -> Text:
    span = Span(0, len(words))
    return Text(words, language, (Block(kind, span),), (span,))


def found(words: str, language: str = "de") -> tuple[Organisation, ...]:
    return find_organisations(text_of(words, language=language))


def names(words: str, language: str = "de") -> list[str]:
    return [organisation.name for organisation in found(words, language)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Am Mittag ging es zur Quellborn Metallbau GmbH nach Rehna.", ["Quellborn Metallbau GmbH"]),
        ("Prokuristin der Tiefsee Robotik GmbH & Co. KG ist sie nicht.", ["Tiefsee Robotik GmbH & Co. KG"]),
        ("Anna Quast (Geschäftsführerin Tonwerk GmbH) lachte.", ["Tonwerk GmbH"]),
        ("Geladen hatte die Energie Grünes Tal eG aus Ulm.", ["Energie Grünes Tal eG"]),
        ("Der Förderverein Alte Mühle e. V. half.", ["Förderverein Alte Mühle e. V."]),
        ("Besucht wurde der Milchhof GbR Dornsee.", ["Milchhof GbR Dornsee"]),
        ("Das Werkstück kam von der Brno Plast s.r.o. per Bahn.", ["Brno Plast s.r.o."]),
        ("Die Tochtergesellschaft Dornsee Service gGmbH putzt.", ["Dornsee Service gGmbH"]),
        ("Das übernimmt die Dornnetz Glasfaser GmbH & Co. KG aus Ulm.", ["Dornnetz Glasfaser GmbH & Co. KG"]),
        ("Dornsee Robotics AB today opened a hall.", ["Dornsee Robotics AB"]),
    ],
)
def test_legal_forms(words: str, expected: list[str]) -> None:
    assert names(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Er sprach mit Vertretern der Stadtwerke Dornsee.", ["Stadtwerke Dornsee"]),
        ("Fotografiert wurde vor den Stadtwerken Dornsee.", ["Stadtwerke Dornsee"]),
        ("Der Besuch des Rechenzentrums Moorfeld verzögerte sich.", ["Rechenzentrum Moorfeld"]),
        ("Sie leitet das Referat des Sächsischen Landesamtes für Geodaten.", ["Sächsisches Landesamt für Geodaten"]),
        (
            "Er kam aus dem Hessischen Ministerium für Soziales und Integration.",
            ["Hessisches Ministerium für Soziales und Integration"],
        ),
        ("Der Zweckverband Breitband Dornsee baut.", ["Zweckverband Breitband Dornsee"]),
        ("Er dankte der Präsidentin des Landesverwaltungsamtes.", ["Landesverwaltungsamt"]),
        ("Handwerkskammer Reutlingen", ["Handwerkskammer Reutlingen"]),
        ("Er dankte der Wirtschaftsförderung Kreis Dornsee.", ["Wirtschaftsförderung Kreis Dornsee"]),
        (
            "Der Landesbetrieb für Deichbau und Wasserwirtschaft baut.",
            ["Landesbetrieb für Deichbau und Wasserwirtschaft"],
        ),
        ("Da kam der Vorsitzende des Dornwaldvereins.", ["Dornwaldverein"]),
        ("Das Breitbandamt des Bundes schickte niemanden.", ["Breitbandamt des Bundes"]),
        (
            "Getragen vom Verband der Seilbahnwirtschaft und der IHK zu Dornsee.",
            ["Verband der Seilbahnwirtschaft", "IHK zu Dornsee"],
        ),
        ("Auch die Industrie- und Handelskammer Dornsee war da.", ["Industrie- und Handelskammer Dornsee"]),
        ("Schüler der Minna-Quast-Schule sangen.", ["Minna-Quast-Schule"]),
        ("Gastgeber war die Käserei Quast & Söhne.", ["Käserei Quast & Söhne"]),
        ("Die Grundschule Am Wiesengrund lud ein.", ["Grundschule Am Wiesengrund"]),
        ("Die Freiwillige Feuerwehr Dornsee sperrte die Straße.", ["Freiwillige Feuerwehr Dornsee"]),
        ("Der Verein „Dorfleben Dornsee“ grillte.", ["Verein „Dorfleben Dornsee“"]),
        ("Herausgeber: Thüringer Staatskanzlei", ["Thüringer Staatskanzlei"]),
        ("Die Agentur für Arbeit Dornsee berät.", ["Agentur für Arbeit Dornsee"]),
        ("Heute Vormittag kam die Gewerkschaft ver.salz dazu.", ["Gewerkschaft ver.salz"]),
    ],
)
def test_head_words(words: str, expected: list[str]) -> None:
    assert names(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ein Blick in das Rechenhaus Dornsee schloss den Tag ab.", ["Rechenhaus Dornsee"]),
        ("Im Gespräch mit Nachwuchskräften der Moornetz am Stand.", ["Moornetz"]),
        ("Danach Rundgang bei Flügelblatt Dornsee.", ["Flügelblatt Dornsee"]),
        ("Jonte Quast (Quellborn Antriebe) erklärte den Motor.", ["Quellborn Antriebe"]),
        ("Quellborn Licht ist ein Familienunternehmen mit Sitz in Rehna.", ["Quellborn Licht"]),
        ("Die Firmen Adler Holz, Brinkmann und Celik stellten aus.", ["Adler Holz", "Brinkmann", "Celik"]),
        ("Beim Softwarehersteller Planar gab es Kaffee.", ["Planar"]),
        ("Gastgeber war Heuser Landtechnik aus Rehna.", ["Heuser Landtechnik"]),
        ("Die Deutsche Glasfaser baut.", ["Deutsche Glasfaser"]),
    ],
)
def test_names_without_head_or_form(words: str, expected: list[str]) -> None:
    assert names(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Ulrike Quast, Ministerin für Energie, Infrastruktur und Digitalisierung des Landes Brandenburg, war da.",
        "Vor dem Moorpark warteten Gäste der Kampagne Netz@Dorf.",
        "Als die Gemeinde Fördermittel beantragte, schwieg der Landkreis.",
        "Bislang nutzte die Schule Tablets nur im Unterricht.",
        "Sie gründeten ein neues Zentrum für Digitalisierung und einen Verein für Heimatpflege.",
        "Im Landkreis Dornsee und in der Stadt Rehna fehlt das Netz.",
        "Der Landtagsabgeordnete Jonas Quast und der Franzose Luc Petit lachten.",
        "Die Fraktionen von CDU und SPD stimmten zu.",
        "Das gibt dem Mittelstand Rückenwind und den Kommunen Planungssicherheit.",
        "Mehr dazu im Best Practice und im Smart Village.",
        "Am Kap Arkona, im Süden Brandenburgs und auf der Insel Usedom funkt es.",
        "Das Ehrenamt, das Handwerk und die Datenbank wachsen.",
        "Das Bundesförderprogramm hilft, der Bund zahlt.",
        "Der Rohstoff Holz und das Restaurant Seeblick sind knapp.",
        "",
    ],
)
def test_what_is_no_body(words: str) -> None:
    assert names(words) == []


def test_abbreviation_in_brackets_and_later() -> None:
    words = "Das Kompetenzzentrum Digitale Aue (KDA) lud ein. Das KDA war voll."
    (body,) = found(words)
    assert body.name == "Kompetenzzentrum Digitale Aue"
    assert body.abbreviation == "KDA"
    assert [span.of(words) for span in body.mentions] == ["Kompetenzzentrum Digitale Aue", "KDA", "KDA"]


def test_abbreviation_that_is_never_introduced() -> None:
    words = "Mara Quast (Breitbandbüro des Landes) sprach. M. Quast (BBL) dankte. Sie ist in der SPD."
    (body,) = found(words)
    assert body.name == "Breitbandbüro des Landes"
    assert body.abbreviation == "BBL"
    assert len(body.mentions) == 2


def test_abbreviation_inside_a_name() -> None:
    words = "Die Handwerkskammer (HWK) Dornsee kam. Mehr bei der HWK Dornsee."
    (body,) = found(words)
    assert body.name == "Handwerkskammer Dornsee"
    assert body.abbreviation == "HWK"


def test_forms_of_one_body_are_one() -> None:
    words = "Der Besuch des Rechenzentrums Moorfeld war kurz. Bei der Moorfeld Rechenzentrum GmbH laufen Server."
    (body,) = found(words)
    assert body.name == "Moorfeld Rechenzentrum GmbH"
    assert body.legal_form == "GmbH"
    assert "Rechenzentrum Moorfeld" in body.forms
    assert len(body.mentions) == 2


def test_short_mentions_follow_the_name() -> None:
    words = "Er besuchte die Stadtwerke Dornsee. Vertreter der Stadtwerke dankten."
    (body,) = found(words)
    assert [span.of(words) for span in body.mentions] == ["Stadtwerke Dornsee", "Stadtwerke"]


def test_noise_is_not_read() -> None:
    assert find_organisations(text_of("Stadtwerke Dornsee", BlockKind.NOISE)) == ()


def test_english() -> None:
    words = "The minister toured the site of Quell Turbines, part of the Moorland Energy Group and the University of Dornsee."
    assert names(words, "en") == ["Quell Turbines", "Moorland Energy Group", "University of Dornsee"]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("Landesamtes", "Landesamt"),
        ("Stadtwerken", "Stadtwerke"),
        ("Zweckverbandes", "Zweckverband"),
        ("Büros", "Büro"),
    ],
)
def test_heads_in_the_nominative(word: str, lemma: str) -> None:
    known = head_of(word)
    assert known is not None
    assert known[1] == lemma


@pytest.mark.parametrize("word", ["Handwerk", "Ehrenamt", "Datenbank", "Partei", "Bahnhof", "Autobahn", "Dorf"])
def test_nouns_that_only_end_like_a_head(word: str) -> None:
    assert head_of(word) is None


def test_adjectives_take_the_ending_of_the_gender() -> None:
    assert nominative_adjective("Sächsischen", "n") == "Sächsisches"
    assert nominative_adjective("Freiwilligen", "f") == "Freiwillige"
    assert nominative_adjective("Thüringer", "f") == "Thüringer"


@pytest.mark.parametrize("piece", ["Verein für A, ", "Verein „", "Aa-", "Industrie- und ", "Alpha Beta "])
def test_time_grows_with_length_only(piece: str) -> None:
    begun = time.perf_counter()
    found(piece * (100_000 // len(piece)))
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Die Anlage lieferte die Mindener Firma Kolbtec.", ["Kolbtec"]),
        ("Sie gründeten das Start-up Funkelgras.", ["Funkelgras"]),
        ("Er leitet die Warte der Südoststrom Netz in Ulm.", ["Südoststrom Netz"]),
        ("Gefeiert wurde bei der Quelltal Kältetechnik in Ulm.", ["Quelltal Kältetechnik"]),
        ("Er arbeitet bei der Allgäuer Funkwellen.", ["Allgäuer Funkwellen"]),
        ("Auch der Kreissportverband half.", ["Kreissportverband"]),
        ("Er führte durch die Säle des Warnautalklinikums.", ["Warnautalklinikum"]),
        ("Das Konzept kam von den Halberstadtwerken.", ["Halberstadtwerke"]),
        ("Die Schlosser Krankenkasse zahlt.", ["Schlosser Krankenkasse"]),
        ("Der Verband Freier Netzbetreiber Nordland (VFNN) tagte.", ["Verband Freier Netzbetreiber Nordland"]),
        ("Ziel war die Biologische Station Dornsee.", ["Biologische Station Dornsee"]),
        ("Bilder liehen die Städtischen Kunstsammlungen Dornsee.", ["Städtische Kunstsammlungen Dornsee"]),
        ("Gebaut haben das Elektro Quast und Metallbau Dorn.", ["Elektro Quast", "Metallbau Dorn"]),
        ("Den Strom verkauft Solarkontor Ulm.", ["Solarkontor Ulm"]),
        ("Sie sprach mit der Leitung der Wickeltechnik Göppingen.", ["Wickeltechnik Göppingen"]),
        ("Die Fragen stellte der Sender Dornwelle Eins.", ["Dornwelle Eins"]),
        ("Das Netzwerk Handwerk 4.0 half.", ["Netzwerk Handwerk 4.0"]),
    ],
)
def test_names_without_a_legal_form(words: str, expected: list[str]) -> None:
    assert names(words) == expected


def test_one_chamber_by_long_name_and_abbreviation() -> None:
    words = "Die Industrie- und Handelskammer (IHK) Dornsee lud ein. Die IHK Dornsee zahlt, und die IHK hilft."
    assert names(words) == ["Industrie- und Handelskammer Dornsee"]


@pytest.mark.parametrize(
    "words",
    [
        "Der Inhaber und seine Tochter Ines Quast zeigten den Hof.",
        "Er kam mit der Auszubildenden und den Berliner Kindern.",
        "In der Dornseer Altstadt war es still.",
        "Sie lobte die Digitalverbände und alle Hofläden.",
        "Nächste Station ist am Freitag Ulm.",
        "Er sprach von der Dornseer Grünen.",
        "Sie studiert Maschinenbau in Ulm.",
        "Der Bereich Metallbau wächst.",
    ],
)
def test_what_is_still_no_body(words: str) -> None:
    assert names(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tea was served by Ann Quast, chief executive of Moor Fibre Networks.", ["Moor Fibre Networks"]),
        ("Northern Rotor has invested 3 million euros.", ["Northern Rotor"]),
        ("Ian Dorn of the Danish energy company Vindmose spoke.", ["Vindmose"]),
        (
            "He thanked the Chamber of Commerce and Industry Dornsee (IHK).",
            ["Chamber of Commerce and Industry Dornsee"],
        ),
        ("She is director of Public Affairs and a member of the board.", []),
        ("It was opened by the Dornsee Energy Group.", ["Dornsee Energy Group"]),
        ("Moorland Wind Services opened its hall.", ["Moorland Wind Services"]),
    ],
)
def test_english_firms(words: str, expected: list[str]) -> None:
    assert names(words, "en") == expected
