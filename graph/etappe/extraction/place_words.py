"""Words that tell municipalities from what looks like them."""

from __future__ import annotations

from etappe.extraction.word_lists import words

# municipalities that are first of all words or first names; alone they are no places
COMMON = words(
    """
    Achim Acht Ahorn Alf Alpen Anger Appel Au Aue Auen Bach Bann Bark Bell Benz Berg Berge Binnen Blender Boden
    Bogen Born Brand Brecht Breit Bremm Bruch Brunnen Brücken Buch Buchen Bunde Burg Burgen Castell Drage Egg
    Ehr Eich Eichen Einhaus Einig Elbe Elben Enger Erden Ernst Esche Essen Fahren Fell Filz Fisch Fischen Floß
    Forst Frücht Graben Gräben Grande Grube Grub Haar Hage Hagen Hahn Halbe Halle Hammer Hasel Hausen
    Häusern Hecken Heide Heiden Herold Hof Hohn Holle Horn Horst Hude Hütten Höchst Höfen Igel Isen Jade Kahl
    Kalt Kappel Karl Kirchen Kissing Klausen Klink Kogel Kommen Korb Kuchen Küsten Laar Lachen Lage Lam Lauben
    Lauf Laufen Lauter Leer Lehmen Lehre Lich Lichte Lind Linden List Loose Lotte Mandel Mantel March
    Mark Mauer Mauern Meine Meißner Moos Motten Much Mücke Mühlen Müssen Nagel Nahe Nebel Norden Ohne Osten
    Otter Perl Platten Pohl Pommern Pracht Rain Rech Regen Rehe Reich Reit Riegel Ringe Rohr Rom Rosa Rot Roth
    Rust Salz Sand Sande Sachsen Sassen Scheer Schmitt Schuld Schutz Schwall Schwarz Seelen Senden Singen Sonnen
    Spall Spalt Speicher Springe Stegen Stein Steinen Stelle Stemmen Stubben Sulz Süßen Tann Train Treuen Thür
    Twist Ulmen Valley Vogt Vogtei Vorwerk Wald Wallen Wangen Waren Weiden Weil Weiler Welle Wellen Welt Wenden
    Werben Werder Wetter Wiesen Winden Winkel Wissen Wolken Worth Zell Zimmern Übersee Neuhof Neuhaus
    Damm Steinberg Wagner Seeland Jung Kaisers Kaiser Altmark
    """
)

# of these, the ones that follow a bare "in" as nouns: in Schutz nehmen, in Wiesen und Wäldern
NOT_AFTER_IN = words(
    """
    Acht Alpen Auen Bann Boden Brand Brücken Brunnen Burgen Ehr Eichen Fahren Gräben Häusern Hecken Heiden
    Hütten Kirchen Kuchen Küsten Lauben Linden Mauern Mühlen Platten Pommern Pracht Reich Ringe Rot Sachsen Salz
    Schuld Schutz Schwarz Seelen Sonnen Stein Steinen Stelle Train Übersee Welle Wellen Wiesen Winkel Wolken
    Zimmern
    """
)

# nouns that follow a bare "in" and name no place
IN_NOUNS = words(
    """
    Absprache Abstimmung Abständen Abwesenheit Aktion Alltag Angriff Anlehnung Anspruch Anwesenheit Arbeit
    Aussicht Augenschein Auftrag Begleitung Berufsschulen Betrieb Betrieben Betracht Bewegung Bezug Bildern Bund
    Büros Echtzeit Eigenregie Einklang Einrichtungen Elternzeit Empfang Empfängen Erfüllung Ergänzung Erinnerung
    Erscheinung Europa Fachkreisen Familien Farbe Farben Firmen Flammen Form Frage Frieden Führung Gang Gedanken
    Gefahr Gegenwart Gemeinden Gesprächen Gestalt Gruppen Haft Handarbeit Heimarbeit Höhe Industrie Kauf
    Kenntnis Kindergärten Kitas Klassen Kliniken Konkurrenz Kooperation Kraft Krankenhäusern Kürze Kurzarbeit
    Landkreisen Läden Medien Metern Millionen Minuten Mode Monaten Museen Nachbarschaft Not Ordnung Ortsteilen
    Partnerschaft Pension Person Planung Politik Praxis Privatbesitz Präsenz Quarantäne Rechnung Regionen Reihe
    Rente Richtung Ruhe Räumen Sachen Schach Schichten Schulen Schwung Sekunden Sicherheit Sicht Sitzungen Sorge
    Stellung Stimmung Städten Stunden Szene Tagen Technik Teilen Teilzeit Teams Tracht Trauer Treue Umlauf
    Unternehmen Unterricht Urlaub Verbindung Verein Vereinen Verantwortung Verhandlungen Verkehr Verruf
    Vertretung Verzug Vorbereitung Vollzeit Vorträgen Wahrheit Wahrung Werkstätten Wirklichkeit Wirtschaft
    Wissenschaft Wohnungen Workshops Zahlen Zeiten Zeitung Zukunft Zusammenarbeit Zweifel Übereinstimmung
    Öffentlichkeit Ämtern Januar Februar März April Mai Juni Juli August September Oktober November Dezember
    Frühjahr Sommer Herbst Winter Ost West Nord Süd Afrika Amerika Asien Australien Belgien China Dänemark
    Deutschland England Estland Finnland Frankreich Griechenland Großbritannien Indien Irland Island Israel
    Italien Japan Kanada Kroatien Lettland Litauen Luxemburg Norwegen Österreich Polen Portugal Rumänien
    Russland Schweden Slowenien Spanien Tschechien Ungarn Ukraine Vietnam Tirol Kärnten Salzburg Steiermark
    Vorarlberg Burgenland Franken Schwaben Westfalen Vorpommern Mecklenburg Holstein Ostfriesland Nordfriesland
    Mitteldeutschland Ostdeutschland Norddeutschland Süddeutschland Westdeutschland Mittelfranken Oberfranken
    Unterfranken Oberbayern Niederbayern Mittelsachsen Nordsachsen Südwestfalen Ostwestfalen Ostwestfalen-Lippe
    Südtirol Thurgau Graubünden Südbaden Nordhessen Mittelhessen Südhessen Osthessen Rheinhessen
    """
)

ABSTRACT_ENDINGS = (
    *("ung", "heit", "keit", "schaft", "tion", "sion", "ment", "tät", "nis", "tum", "ismus", "ität", "anz", "enz"),
    *("ungen", "heiten", "keiten", "schaften", "tionen", "werken", "stätten", "räumen", "schulen", "betrieben"),
    *(
        "gebieten",
        "kreisen",
        "ländern",
        "zentren",
        "prozenten",
        "jahren",
        "tagen",
        "stunden",
        "zeiten",
        "weise",
        "zeit",
    ),
    *("gruppen", "klassen", "firmen", "vierteln", "lagen", "form", "formen", "besitz", "hand", "höhe"),
)

TOWN_ENDINGS = (
    *("dorf", "burg", "berg", "stadt", "stedt", "städt", "heim", "hausen", "ingen", "bach", "feld", "felde", "kirchen"),
    *("thal", "münde", "haven", "rode", "roda", "walde", "leben", "itz", "ow", "wil", "ikon", "brück", "brücken"),
    *("furt", "hafen", "kirch", "reuth", "ried", "rieth", "zell", "büttel", "hagen", "siel", "wede", "wege", "hude"),
    *("hörne", "koog", "husum", "büll", "loh", "fehn", "becken", "beck", "brunn", "bronn", "au", "ach", "eck", "stein"),
    *(
        "weiler",
        "scheid",
        "scheidt",
        "hoven",
        "hofen",
        "kofen",
        "büren",
        "horst",
        "lar",
        "ford",
        "förde",
        "sand",
        "mar",
    ),
)

# before a town's name they say that it is one
TOWN_HEADS = words(
    """
    Stadt Hansestadt Universitätsstadt Kreisstadt Landeshauptstadt Hauptstadt Gemeinde Marktgemeinde Ort Kurort
    Standort Samtgemeinde Einheitsgemeinde Verbandsgemeinde Lutherstadt Hafenstadt Nachbarstadt Nachbargemeinde
    Barlachstadt Bergstadt Residenzstadt Messestadt Domstadt Welterbestadt Reuterstadt Inselstadt Klosterstadt
    Fontanestadt Großstadt Kleinstadt Ostseebad Nordseebad Seebad Heilbad Station Etappenort Zielort Startort
    Tourstopp
    """
)

# before a name they make it that of an area or a part of a town
AREA_HEADS = words(
    """
    Landkreis Kreis Landkreise Landkreises Landkreisen Kreises Kreisen Altkreis Wahlkreis Wahlkreises
    Kirchenkreis Bezirk Regierungsbezirk Region Großraum Raum Amt Amtes Amts Ortsteil Stadtteil Stadtteils
    Ortsteils Ortsteile Gemeindeteil Direktion Metropolregion Bistum Erzbistum Dekanat Bezirksregierung Sprengel
    Kanton Autobahndreieck
    """
)

VENUE_ENDINGS = (
    *("platz", "haus", "halle", "saal", "hof", "bahnhof", "park", "hafen", "museum", "kirche", "schloss", "theater"),
    *("promenade", "altstadt", "innenstadt", "aula", "rathaus", "forum", "markt", "werft", "werk", "zentrum", "schule"),
    *("gymnasium", "campus", "arena", "stadion", "bad", "burg", "garten", "klinik", "klinikum", "kaserne", "gelände"),
    *(
        "gewerbegebiet",
        "straße",
        "ufer",
        "bühne",
        "bibliothek",
        "bücherei",
        "mühle",
        "kloster",
        "dom",
        "tor",
        "werkstatt",
    ),
    *(
        "feuerwache",
        "wache",
        "depot",
        "gasthof",
        "hotel",
        "brauerei",
        "molkerei",
        "universität",
        "hochschule",
        "strand",
    ),
    *(
        "seebrücke",
        "festwiese",
        "messe",
        "scheune",
        "tafel",
        "amt",
        "stadthalle",
        "ortsteil",
        "stadtteil",
        "kurpark",
        "kurhaus",
        "center",
    ),
)

LOCAL_BODIES = (
    # before a town's name they make up the name of a body or a building that is in it
    *("werke", "werken", "wehr", "thw", "ff", "tafel", "sparkasse", "volksbank", "ortsverband"),
    *("ortsverein", "halle", "klinik", "klinikum", "klinikums", "hochschule", "universität", "gymnasium", "museum"),
    *("theater", "bahnhof", "hafen", "forum", "zentrum", "werk", "stadtwärme", "feuerwehr", "krankenhaus", "depot"),
    *("straßenbahndepot", "kreishaus", "rathaus", "feuerwache", "schloss", "messe", "campus", "wache", "justizzentrum"),
    *(
        "amtsgericht",
        "haus",
        "hauses",
        "saal",
        "schule",
        "kurpark",
        "marktplatz",
        "station",
        "landgericht",
        "finanzamt",
        "jobcenter",
        "agentur",
        "hospital",
        "landratsamt",
        "amtsblatt",
        "gemeindeblatt",
        "mitteilungsblatt",
        "stadtanzeiger",
        "stadtverwaltung",
        "gemeindeverwaltung",
        "kolleg",
    ),
)

PERSON_HEADS = words(
    """
    Herr Herrn Frau Familie Dr Prof Professor Professorin Doktor Bundesminister Minister Ministerin
    Bürgermeister Bürgermeisterin Landrat Landrätin Kollege Kollegin Genosse Schwester Pfarrer Pfarrerin
    Architekt Mr Ms Mrs Sir
    """
)

PERSON_ENDINGS = (
    *("minister", "ministerin", "meister", "meisterin", "rat", "rätin", "präsident", "präsidentin", "sekretär"),
    *("sekretärin", "direktor", "direktorin", "leiter", "leiterin", "chef", "chefin", "führer", "führerin"),
    *("sprecher", "sprecherin", "abgeordnete", "abgeordneter", "abgeordneten", "vorsitzende", "vorsitzender", "gast"),
    *("kanzler", "kanzlerin", "beauftragte", "beauftragter", "experte", "expertin", "inhaber", "inhaberin", "wart"),
)

AREA_BODIES = (
    # before a town's name they make up the name of a body that is of a larger area, or that has only its seat there
    *("kammer", "ihk", "hwk", "verband", "verbandes", "verbands", "bezirk", "direktion", "ministerium", "landesamt"),
    *(
        "bezirksregierung",
        "genossenschaft",
        "agentur",
        "institut",
        "zweckverband",
        "netzagentur",
        "caritas",
        "diakonie",
    ),
)

CAPITALS = words(
    """
    Berlin Bonn Bremen Dresden Düsseldorf Erfurt Hamburg Hannover Kiel Magdeburg Mainz München Potsdam Saarbrücken
    Schwerin Stuttgart Wiesbaden
    """
)
