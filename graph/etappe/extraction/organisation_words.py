"""The words that name bodies in German and English press texts, and words that do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etappe import gazetteer


def word_set(words: str) -> frozenset[str]:
    """The words of a text, parted by blanks."""
    return frozenset(words.split())


@dataclass(frozen=True)
class Head:
    """A noun that a body is called by, alone or as the last part of a compound.

    Attributes:
        lemma: nominative, lower case.
        gender: ``m``, ``f``, ``n`` or ``p`` (plural only).
        takes: ``f`` where ``für …`` belongs to the name, ``g`` where a genitive does.
        whole: whether the word must be the entire noun, not the end of a compound.
    """

    lemma: str
    gender: str
    takes: str = ""
    whole: bool = False


def _heads(gender: str, takes: str, words: str, whole: bool = False) -> list[Head]:
    return [Head(word, gender, takes, whole) for word in words.split()]


_ALL = [
    *_heads(
        "n",
        "fg",
        "ministerium amt institut zentrum büro netzwerk museum bündnis kompetenzzentrum hilfswerk bildungswerk "
        "studierendenwerk jugendwerk",
    ),
    *_heads(
        "n",
        "",
        "klinikum gymnasium hospital krankenhaus autohaus möbelhaus modehaus kaufhaus weingut hofgut theater "
        "seniorenheim "
        "pflegeheim altenheim internat kolleg jobcenter rechenzentrum präsidium konsortium planungsbüro "
        "architekturbüro ingenieurbüro start-up startup kombinat geschwader bataillon regiment archiv gericht "
        "polizeirevier landgestüt gestüt tierheim hospiz labor kontor",
    ),
    *_heads("n", "", "werk unternehmen kino gut", whole=False),
    *_heads(
        "f",
        "fg",
        "agentur stiftung gesellschaft kammer akademie universität hochschule vereinigung genossenschaft zentrale "
        "anstalt verwaltung gewerkschaft kommission allianz union arbeitsgemeinschaft interessengemeinschaft schule "
        "behörde initiative",
    ),
    *_heads(
        "f",
        "",
        "sparkasse volksbank raiffeisenbank bank klinik feuerwehr wehr wasserwacht bergwacht innung gilde zunft "
        "kreishandwerkerschaft handwerkerschaft landgesellschaft apotheke spedition kanzlei staatskanzlei manufaktur "
        "fabrik werft polizei direktion inspektion diakonie caritas lebenshilfe tafel kirchengemeinde pfarrei kita "
        "kindertagesstätte bibliothek bücherei werkstatt mühle kelterei firma gruppe holding brennerei käserei "
        "praxis "
        "druckerei zimmerei rösterei kasse krankenkasse wohnungsbau bahn gärtnerei baumschule zeitung post "
        "energiegenossenschaft schulstiftung entwicklungsgesellschaft werbegemeinschaft bruderschaft schäferei "
        "waldbesitzervereinigung telekom arbeiterwohlfahrt hütte glashütte rentenversicherung "
        "forstbetriebsgemeinschaft erzeugergemeinschaft gemeinschaft landjugend landfrauen wirtschaftsförderung",
    ),
    *_heads(
        "m",
        "fg",
        "verband verein bund verbund rat förderverein landesverband bundesverband landesbetrieb eigenbetrieb",
    ),
    *_heads(
        "m",
        "",
        "landkreistag städtetag gemeindetag wetterdienst zweckverband förderkreis arbeitskreis maschinenring "
        "hegering betrieb konzern verlag kindergarten hof "
        "pflegedienst rettungsdienst ortsverband kreisverband ortsverein dorfladen "
        "laden ring club klub flughafen",
    ),
    *_heads(
        "p",
        "",
        "stadtwerke gemeindewerke kreiswerke werke kliniken verkehrsbetriebe betriebe landfrauen werkstätten "
        "kunstsammlungen museen",
    ),
]
HEADS = {head.lemma: head for head in _ALL}

# Endings that are heads only of certain compounds, and compounds that are no bodies although they end like one.
_ONLY = {
    "hof": "hof bauernhof biohof milchhof obsthof reiterhof ferienhof spargelhof pferdehof ziegenhof schafhof "
    "ökohof erlebnishof geflügelhof winzerhof kartoffelhof wirtschaftshof",
    "rat": "landesrat zentralrat landesjugendrat landesseniorenrat wissenschaftsrat seniorenrat",
    "gut": "landgut stadtgut klostergut mustergut versuchsgut lehrgut staatsgut",
    "bahn": "bäderbahn bergbahn hafenbahn landesbahn regiobahn kleinbahn museumsbahn",
    "ring": "maschinenring hegering kulturring jugendring ringring handelsring einkaufsring stadtjugendring "
    "kreisjugendring landesjugendring betonring gewerbering",
    "post": "",
    "wehr": "feuerwehr jugendfeuerwehr werkfeuerwehr ortswehr bundeswehr ortsfeuerwehr berufsfeuerwehr "
    "stützpunktfeuerwehr kreisfeuerwehr",
    "feuerwehr": "feuerwehr werkfeuerwehr ortsfeuerwehr berufsfeuerwehr stützpunktfeuerwehr kreisfeuerwehr "
    "jugendfeuerwehr betriebsfeuerwehr",
    "gemeinschaft": "werbegemeinschaft dorfgemeinschaft erzeugergemeinschaft wirtschaftsgemeinschaft "
    "betreibergemeinschaft bürgergemeinschaft händlergemeinschaft standortgemeinschaft vermarktungsgemeinschaft",
    "bank": "bank volksbank förderbank landesbank investitionsbank genossenschaftsbank raiffeisenbank "
    "bürgschaftsbank "
    "kreditbank privatbank handelsbank spardabank aufbaubank hausbank vr-bank energiebank notenbank bundesbank",
    "union": "bauunion jugendunion wirtschaftsunion fußballunion sportunion",
    "tafel": "tafel",
    "hütte": "glashütte eisenhütte saigerhütte messinghütte zinkhütte kristallhütte",
    "gruppe": "",
    "gilde": "gilde schützengilde fischergilde kaufmannsgilde",
    "laden": "dorfladen hofladen bioladen regionalladen weltladen buchladen unverpacktladen bauernladen",
    "labor": "labor prüflabor forschungslabor fertigungslabor",
    "rechenzentrum": "rechenzentrum",
    "kasse": "krankenkasse ortskrankenkasse betriebskrankenkasse ersatzkasse zusatzversorgungskasse kreissparkasse "
    "sparkasse stadtsparkasse ostseesparkasse",
    "praxis": "praxis arztpraxis hausarztpraxis landarztpraxis gemeinschaftspraxis tierarztpraxis zahnarztpraxis",
    "gericht": "amtsgericht landgericht oberlandesgericht verwaltungsgericht sozialgericht arbeitsgericht",
    "initiative": "bürgerinitiative elterninitiative dorfinitiative wirtschaftsinitiative landesinitiative "
    "bundesinitiative standortinitiative",
    "verwaltung": "amtsverwaltung stadtverwaltung kreisverwaltung gemeindeverwaltung verbandsgemeindeverwaltung "
    "straßenverwaltung schlösserverwaltung nationalparkverwaltung hafenverwaltung schifffahrtsverwaltung",
    "zeitung": "ostseezeitung",
    "kommission": "",
    "archiv": "stadtarchiv landesarchiv kreisarchiv staatsarchiv",
    "flughafen": "",
}
_ONLY_SETS = {ending: frozenset(words.split()) for ending, words in _ONLY.items()}
_NO_BODIES = word_set(
    "handwerk bauwerk fachwerk feuerwerk stockwerk triebwerk stellwerk laufwerk meisterwerk regelwerk "
    "kunstwerk uhrwerk umspannwerk blockheizkraftwerk tagewerk backwerk schuhwerk mauerwerk lebenswerk "
    "standardwerk kunsthandwerk ehrenamt hauptamt samt gesamt vorstandsamt ministeramt bürgermeisteramt "
    "schulamtes nebenamt datenbank sitzbank parkbank werkbank drehbank stadtzentrum ortszentrum schulzentrum "
    "einkaufszentrum kongresszentrum zentrum nahversorgungszentrum wahlkreisbüro heimbüro homeoffice "
    "abgeordnetenbüro bürgerbüro großraumbüro pressebüro wahlkampfbüro partei kartei datei freihandbücherei "
    "landtagsverwaltung bundesverwaltung jahresmuseum gesellschaft stadtgesellschaft zivilgesellschaft "
    "bürgergesellschaft informationsgesellschaft leistungsgesellschaft dunkelkammer schatzkammer speisekammer "
    "hochschulmedizin verwaltung selbstverwaltung behörde anstalt gut saatgut strandgut frachtgut stückgut "
    "kulturgut konsortium europaschule ganztagsschule fahrschule tanzschule musikbetrieb busbetrieb "
    "regelbetrieb probebetrieb nachbarbetrieb ausbildungsbetrieb schulbetrieb vollbetrieb testbetrieb "
    "handwerksbetrieb familienbetrieb landwirtschaftsbetrieb dauerbetrieb flugbetrieb winterbetrieb "
    "wirkbetrieb echtbetrieb familienunternehmen großunternehmen partnerunternehmen mitgliedsunternehmen "
    "subunternehmen nachbarverein hosenbund schlüsselbund ehebund strohbund staatenbund notpraxis ladenkasse "
    "abendkasse theaterkasse rat bund kammer schule union post bahn gruppe gut ring staatsbahn autobahn "
    "seilbahn straßenbahn eisenbahn kegelbahn laufbahn startbahn rennbahn fahrbahn kommission wahlkommission "
    "verbund werke wehr verwaltung"
)
# Words of these are bodies even with nothing before or after them: there is one of each in the area told of.
SOLE = re.compile(
    r"(?:(?:Bundes|Landes|Staats|Reichs)(?:netz)agentur|Bundesnetzagentur|Staatskanzlei|Senatskanzlei"
    r"|Bundeskanzleramt"
    r"|Kanzleramt|Landratsamt|Kreishandwerkerschaft|Bundeswehr|Bundespolizei|Bundesbank|Landesbauernverband"
    r"|Kreisbauernverband|Bauernverband|Landessportbund|Gemeindetag|Städtetag|Landkreistag|Städtebund"
    r"|Verbraucherzentrale|Telekom|Arbeiterwohlfahrt|Landesanstalt|Wasserwacht|Industrie- und Handelskammer"
    r"|Handwerkskammer|Landwirtschaftskammer"
    r"|(?:Kreis|Landes|Stadt|Bundes|Regional|Bezirks)[a-zäöüß]{4,}(?:verband|bund|verein|innung|ring|wacht|hochschule)"
    r"|[A-ZÄÖÜ][a-zäöüß]+(?:wald|gebirgs|heide|eifel|rhön)(?:verein|klub)|Landes[a-zäöüß]{4,}(?:amt|anstalt|behörde)|Kreissparkasse|Stadtsparkasse|Ärztekammer|Architektenkammer|Ingenieurkammer|[A-ZÄÖÜ][a-zäöüß]{3,30}(?<!Fach)ministerium)(?:s|es|n)?"
)
INITIALISMS = word_set("IHK HWK THW DRK AWO DLRG ADAC DGB BUND NABU VDI VDE VDMA BDI BDA DIHK ZDH AOK KfW TÜV DEHOGA")
_ALSO_HEADS = {
    "IHK": "f",
    "HWK": "f",
    "THW": "n",
    "DRK": "n",
    "AWO": "f",
    "DLRG": "f",
    "FF": "f",
    "HTL": "f",
    "HAK": "f",
    "FH": "f",
    "TU": "f",
    "TH": "f",
    "VHS": "f",
    "AOK": "f",
    "KSK": "f",
    "DGB": "m",
    "NABU": "m",
    **dict.fromkeys(word_set("TSV SV FC TV VfL VfB SC TuS SG SpVgg MTV FSV VfR TSG"), "m"),
}

LEGAL = re.compile(
    r"(?:gGmbH|G?mbH|GesmbH|Ges\.m\.b\.H\.|GmbH|AG|SE|KG|OHG|GbR|eG|eGen|UG|KGaA|KdöR|AöR|AdöR|PartGmbB|OG"
    r"|Inc\.?|Ltd\.?"
    r"|LLC|plc|PLC|Corp\.|S\.A\.|B\.V\.|N\.V\.|ApS|A/S|Oy|AB|e\.\s?V\.?|eV|e\.\s?G\.|e\.\s?K\."
    r"|s\.\s?r\.\s?o\.|a\.\s?s\."
    r"|S\.r\.l\.|Sp\.\sz\so\.\s?o\.)(?:\s?(?:&|und)\s(?:Co\.?|Cie\.?)(?:\s?(?:KGaA|KG"
    r"|OHG))?)?(?:\s\(haftungsbeschränkt\))?(?![\w-])"
)
LOOSE_LEGAL = word_set("SE AB OG AG Oy")  # also words of other kinds; need a name of some length before them

PARTIES = word_set(
    "CDU CSU SPD FDP AfD Grüne Grünen Linke Linken BSW SSW ÖVP SPÖ FPÖ NEOS SVP FREIE Freie Wähler MdL MdB "
    "MdEP LAbg NPD PDS FW ÖDP Volt Union Volkspartei CDU/CSU GRÜNE SP GLP EVP"
)
GEOGRAPHY = word_set("EU USA UN NATO DDR BRD NRW MV UK")

# What a capitalised noun before a name may be without making it a body: areas, sites, events, works, times, groups.
_OTHER_ENDINGS = (
    "landkreis|kreis|stadt|gemeinde|ort|dorf|teil|region|insel|kanton|land|freistaat|bezirk|hafen|bucht|see"
    "|fluss|berg|wald|tal"
    "|gebiet|bahnhof|bahnhofs|autobahn|raum|standort|stelle|halle|saal|platz|straße|weg|allee|gasse|brücke"
    "|tunnel|park|garten"
    "|schloss|burg|kirche|dom|kloster|turm|denkmal|markt|tag|tages|tour|reise|fest|festes|messe|forum"
    "|kongress|kampagne|aktion|projekt"
    "|projekts|projektes|programm|programms|mobil|mobils|bus|busses|station|anlage|wache|depot|schleuse|deich|trasse"
    "|strecke|linie|abschnitt|netzes|termin|gipfel|dialog|gespräch|preis|pokal|cup|liga|wettbewerb|woche"
    "|monat|jahr|jahres"
    "|zeit|anfang|ende|mitte|frühjahr|sommer|herbst|winter|morgen|abend|nachmittag|vormittag|nacht|uhr|euro|prozent"
    "|thema|themas|titel|motto|begriff|wort|frage|app|software|marke|typ|modell|serie|buch|film|zug|schiff"
    "|fähre|klasse|fach|beruf"
    "|sprache|partei|fraktion|familie|familien|team|teams|paar|ehepaar|herr|herrn|frau|kollege|kollegin"
    "|bruder|schwester|onkel|tante"
    "|lied|stück|roman|zeitschrift|sendung|kanal|portal|plattform|radweg|tor|kreuz|kreuzung|hotel|restaurant"
    "|gasthof|gaststätte"
    "|café|wirtshaus|gesetz|verordnung|paket|plan|strategie|offensive|pakt|richtlinie|fonds|datum|bild|foto"
    "|seite|kapitel|artikel"
    "|paragraf|nummer|satz|zone|siedlung|viertel|quartier|kiez|areal|gelände|campus|mündung|küste|ufer"
    "|strand|promenade|alm|alpen"
    "|meer|ostsee|nordsee|windpark|solarpark|kraftwerk|talsperre|etappe|auftakt|start|ziel|halt|stopp|besuch"
    "|besuchs|ausstellung"
    "|workshop|seminar|tagung|konferenz|treffen|runde|sitzung|wahl|krieg|pandemie|krise|karte|bericht"
    "|magazin|meldung|bereich|abteilung|referat|dezernat|sparte|filiale|niederlassung|werkhalle"
    "|mitteilung|anhänger|wagen|caravan|lkw|truck|fahrzeug|roboter|drucker|gerät|messestand|stand|infostand"
    "|kirchspiel|pfarramt"
    "|herzog|könig|kaiser|graf|fürst|papst|sankt|opa|oma|duo|trio|band|chor|kapelle|million|millionen"
    "|milliarde|milliarden|tonne|tonnen"
    "|meter|kilometer|hektar|megawatt|grad|wahlkreis|hauptstadt|kreisstadt|stadtteil|ortsteil|stammtisch"
    "|abends|liste|listen|staat|republik"
    "|königreich|bistum|erzbistum|pfad|landschaft|strom|sommerreise|sommertour|radtour|wanderung|premiere"
    "|gala|bühne|reservat|sender|arbeitsgruppe|projektgruppe|reisegruppe|wandergruppe|besuchergruppe"
    "|tanzgruppe|schülergruppe|schaft|mittelstand|kunft|politik|publikum|süden|norden|osten|westen|kap|stoff"
    "|technologie|sportart|schau|pandemie|corona|herz|herzen|quelle|stufe|höhe"
    "|länge|grube|bergbau|revier|tagebau|halde|feld|anger|höfe|höfen|passage|center|arena|stadion|bad|becken"
    "|kino|zelt|pavillon|galerie"
)
_HOUSES = (
    "rat|bürger|gemeinde|gemeinschafts|kreis|kultur|jugend|gast|wohn|schul|land|vereins|geräte|feuerwehr"
    "|pfarr|herren|schützen"
    "|familien|park|hoch|guts|tor|ärzte|generationen|forst|jagd|kur|dorf|heimat|back|treppen|gewächs|bauern"
    "|stadt|turn|wirts|vorder"
    "|hinter|eltern|geburts|mutter|stamm|funk|parlaments|abgeordneten|zeug|zoll|kongress"
)
OTHER_HEAD = re.compile(
    rf"(?:(?:{_OTHER_ENDINGS})(?:s|es|n|en)?|(?:^|{_HOUSES})haus(?:es)?|^(?:natur|welt|kraft|industrie"
    rf"|handwerk|jugend|umwelt|heimat|landwirtschaft|stand))$"
)
_ROLE_ENDINGS = (
    "minister|ministerin|ministern|ministers|präsident|präsidenten|präsidentin|rätin|meisters"
    "|meisterin|meistern|sekretär|sekretärin|führer|führers|führerin|führern"
    "|leitung|chef|chefin|chefs|direktor|direktors|direktorin|direktoren|vorstand|vorstands|vorständin"
    "|vorsitzende|vorsitzender|vorsitzenden|vorsitzendem|sprecher|sprecherin|sprechers|inhaber|inhaberin"
    "|inhabers|gründer|gründerin|gesellschafter|gesellschafterin|prokurist|prokuristin|prokuristen|manager"
    "|managerin|managers|beauftragte|beauftragter|beauftragten|abgeordnete|abgeordneter|abgeordneten"
    "|ingenieur|ingenieurin|referent|referentin|referenten|koordinator|koordinatorin|vertreter|vertreterin"
    "|vertretern|mitarbeiter|mitarbeiterin|mitarbeitern|kollegen|kolleginnen|bürgermeister|landrat|landrätin"
    "|dekan|dekanin|rektor|rektorin|kanzler|kanzlerin|professor|professorin|doktor|lehrer|lehrerin|schüler"
    "|schülerin|schülern|schülerinnen|student|studentin|studenten|azubi|azubine|azubis|auszubildende"
    "|auszubildenden|mitglied|mitglieder|mitgliedern|eigentümer|eigentümerin|betreiber|betreiberin"
    "|unternehmer|unternehmerin|experte|expertin|experten|berater|beraterin|beratern|obmann|obfrau|obmännin"
    "|landwirtin|landwirte|pfarrerin|bischöfin|pastor|pastorin|botschafter|botschafterin|botschaftern|konsul"
    "|konsulin|konsuls|kommissar|kommissarin|stellvertreter|stellvertreterin|nachfolger|nachfolgerin"
    "|vorgänger|vorgängerin|assistent|assistentin|redakteur|redakteurin|journalist|journalistin|fotograf"
    "|fotografin|moderator|moderatorin|gäste|gästen|kapitän|kommandant|kommandantin|techniker|technikerin"
    "|planer|planerin|entwickler|entwicklerin|forscher|forscherin|wissenschaftler|wissenschaftlerin|ärztin"
    "|arzt|ärzte|oberin|kandidat|kandidatin|kandidaten|beigeordnete|beigeordneter|dezernent|dezernentin"
    "|kämmerer|kämmerin|geschäftsführung|delegation|ceo|cto|cfo|amtsträger|bewohner|bürger|bürgerin|anwohner"
    "|besucher|fahrer|fahrerin|trainer|trainerin|künstler|künstlerin|autor|autorin|kinder|senior"
    "|juniorchef|juniorchefin|staatsanwalt|staatsanwältin|anwältin|wartin|intendant|intendantin|verwalter"
    "|verwalterin|spezialist|spezialistin|betriebsrat|personalrat|pate|patin|lotse|lotsin|lotsen|aufsichtsrat"
    "|aufsichtsrätin|inspektor|inspektorin|agentin"
)
# Words for people that are as often family names: Bäckerei Richter.
_PEOPLE_ENDINGS = (
    "mann|frau|leute|bauer|bäuerin|wirt|wirtin|richter|richterin|förster|försterin|winzer|winzerin|bäcker"
    "|bäckerin|general|major|oberst|anwalt|hauptmann|pfarrer|bischof|landwirt|rat|rats|rates|meister|vogt"
    "|agent|gast|wart|kaiser|mönch|schäfer|müller|fischer|jäger"
)
ROLE = re.compile(
    rf"(?:{_ROLE_ENDINGS}|(?:^|groß|neu|stamm)kunden?|^(?:franzose|französin|däne|dänin|pole|polin|este|estin"
    rf"|schwede|schwedin|finne|finnin|brite|britin"
    r"|türke|türkin|russe|russin|chinese|chinesin|lette|tscheche|slowake|ungar|portugiese|italiener|spanier"
    r"|schweizer|mutter|vater|enkel)$"
    r"|patient(?:in)?|teilnehmer(?:in)?|nachbar(?:in)?|freund(?:in)?|(?<!ge)räten?|(?<!halb)leiter(?:s|in|n)?"
    r"|.{3}(?:rat|rats|rates|meister|landwirt))$"
)
PEOPLE = re.compile(rf"(?:{_PEOPLE_ENDINGS})$")
ROLE_ABBREVIATIONS = word_set(
    "Dr. Prof. Dipl.-Ing. Ing. Mag. Bgm. LH LR LAbg. PStS StS Hr. Fr. Herr Herrn Frau KommR DI MinR MdL MdB OB"
)
# Nouns that often stand after a subject as its object and are no names.
OBJECTS = word_set(
    "Glasfaser Glasfasern Internet Tablets Laptops Computer Fördermittel Fördergeld Geld Gelder Strom Wasser "
    "Wärme Kinder Menschen Schüler Schülerinnen Besucher Gäste Kunden Mitarbeiter Mitarbeiterinnen "
    "Beschäftigte Auszubildende Fachkräfte Bescheide Bescheid Anfang Ende Mitte Millionen Milliarden Euro "
    "Prozent Jahre Jahren Tage Tagen Wochen Monate Uhr Platz Zeit Teil Teile Projekte Produkte Bauteile "
    "Maschinen Roboter Drohnen Daten Informationen Hilfe Unterstützung Zuschüsse Zukunft Vertreter Lehrkräfte "
    "Eltern Firmen Unternehmen Betriebe Einblicke Fragen Antworten Ideen Lösungen Kaffee Kuchen Bratwurst "
    "Station Halt Januar Februar März April Mai Juni Juli August September Oktober November Dezember Montag "
    "Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Mehr Foto Fotos Bild Bilder Text Quelle "
    "Telefon Tel. Tel Fax E-Mail Kontakt Frühjahr Sommer Herbst Winter Ostern Weihnachten Pfingsten Breitband "
    "Leitungen Kabel Anschlüsse Verträge Aufträge Arbeit Spaß Post Programm Pressestelle Anmeldung Straße "
    "Vormittag Nachmittag Abend Morgen Mittag Dank Kilometer Meter Hektar Minister Ministerin Personal "
    "Lehrlinge Azubis Interesse Ort Vorstand Mitglieder Impressionen Grund Anlass Stand Ausbau Förderung Neues "
    "Gutes Partner Pressekontakt Verantwortlich Herausgeber Redaktion Adresse Anschrift Postanschrift Postfach "
    "Regen Schnee Sonne Sonnenschein Wind Bedarf Nacht Web Website Homepage Start Presse Termine Aktuelles "
    "Datenschutz Impressum Suche"
)
# Determiners that make a noun one of many, so no name.
INDEFINITE = word_set(
    "ein eine einen einem einer eines kein keine keinen keinem keiner ihr ihre ihren ihrem ihrer ihres sein "
    "seine seinen seinem seiner seines unser unsere unseren unserem unserer unseres mein meine jede jeder "
    "jedes jedem viele vieler vielen mehrere mehrerer einige einiger alle aller allen welche welches welcher "
    "diese dieser dieses diesem diesen manche mancher zwei drei vier fünf sechs sieben acht neun zehn elf "
    "zwölf beide beiden weitere weiteren andere anderen anderer solche a an every each several many some two "
    "three four five our their his her its my your this these"
)
DEFINITE = {
    "der": "der",
    "die": "die",
    "das": "das",
    "dem": "dem",
    "den": "den",
    "des": "des",
    "im": "dem",
    "am": "dem",
    "vom": "dem",
    "beim": "dem",
    "zum": "dem",
    "ins": "das",
    "ans": "das",
    "zur": "der",
    "the": "the",
}
# Neuter nouns that firms put into their names; after a feminine article they can only be the name of a firm.
NEUTER_ENDINGS = re.compile(
    r".{2,}(?:netz|werk|glas|haus|holz|terminal|metall|land|gas|licht|licht|brot|bier|blatt|wasser|papier)"
)
GENERIC_FIRST = re.compile(
    r"(?:IT|EDV|Online|Start-up|Startup|Bio|Hightech|High-Tech|Mittelstands|Software|Internet|Kommunal"
    r"|Digital|Grund|Musik|Regional"
    r"|Tech|PR|Web|Call|Telekommunikations|Telekom|Familien|Breitband|Glasfaser|Tourismus|Nachbar|Partner"
    r"|Projekt|Arbeits"
    r"|Bundes|Landes|Land|EU|Grundschul|Kreis|Traditions|Vorzeige|Muster|Print|Handwerks|Industrie"
    r"|Landwirtschafts|Schüler|Video|Test|Kita"
    r"|CDU|SPD|FDP|CSU|AfD)"
)
ADJECTIVE = re.compile(
    r"(?:(?:Klein|Groß|Alt|Neu|Hoh|Blau|Gelb|Weiß|Schwarz|Gold|Golden|Ober|Unter|Link|Recht|Erst|Zweit|Dritt"
    r"|Viert|Letzt|Nächst|Heilig"
    r"|Best|Lang|Kurz|Schnell|Schön|Gut)e[nrsm]?|[A-ZÄÖÜ][\wäöüß-]*(?:isch|lich|technisch)e[nrsm]?"
    r"|[A-ZÄÖÜ][\wäöüß-]{2,}(?<!ministe)(?<!meiste)(?<!leite)(?<!sprech)er"
    r"|(?:Freiwillig|Deutsch|Integriert|Vereinigt|Berufsbildend|Allgemein|Kassenärztlich|Rot|Grün|Neu|Alt"
    r"|Jung|Groß|Frei"
    r"|Evangelisch|Katholisch|Norddeutsch|Süddeutsch|Ostdeutsch|Mitteldeutsch|Westdeutsch|Kommunal"
    r"|International|National|Regional|Zentral"
    r"|Sozial|Medizinisch|Oberst|Höher|Öffentlich|Hanseatisch|Dual|Digital)e[nrsm]?)"
)

# English
EN_HEAD = re.compile(
    r"(?:University|Institute|Chamber|Agency|Office|Ministry|Department|Association|Foundation|Museum"
    r"|Hospital|School|College|Works|Utilities"
    r"|Systems|Technologies|Bank|Company|Brewery|Shipyard|Authority|Federation|Network|Centre|Center|Group"
    r"|Academy|Society|Laboratory|Networks|Logistics|Robotics|Turbines|Services|Energy|Engineering|Solutions"
    r"|Holding|Industries|Partners|Cooperative|Clinic|Council|Union|Board)"
)
EN_SITE = word_set(
    "site plant factory headquarters premises subsidiary offices workshop employees staff part owner shipyard customers"
    " ceo CEO executive director founder co-founder chairman chairwoman chair spokesperson spokeswoman spokesman"
    " engineer"
)
EN_NO_NAME = word_set(
    "Minister President Federal State Prime Mayor Secretary Member Dr Mr Mrs Ms Prof King Queen Lord Deputy "
    "Chief Ambassador About"
)


@lru_cache(maxsize=20_000)
def head_of(word: str) -> tuple[Head, str] | None:
    """The head that a noun is or ends with, and the noun in the nominative; nothing if it is no body.

    >>> head_of("Landesamtes")[1]
    'Landesamt'
    """
    if word in _ALSO_HEADS:
        return Head(word, _ALSO_HEADS[word]), word
    if word.isupper() or len(word) < 3 or len(word) > 60:
        return None
    for lemma in _lemmas(word):
        found = _head_of_lemma(lemma.lower())
        if found:
            return found, lemma
    return None


def _lemmas(word: str) -> list[str]:
    """The noun as it is, and without the endings of its cases."""
    lemmas = [word]
    for ending in ("es", "s", "n", "en"):
        if word.endswith(ending):
            lemmas.append(word[: -len(ending)])
    return lemmas


def _head_of_lemma(lemma: str) -> Head | None:
    if lemma in _NO_BODIES:
        return HEADS[lemma] if lemma in HEADS and lemma in _NAMED_ONLY else None
    last = lemma.rsplit("-", 1)[-1]
    if last in HEADS and "-" in lemma:
        return HEADS[last]
    for start in range(max(0, len(lemma) - 28), len(lemma) - 2):
        ending = lemma[start:]
        head = HEADS.get(ending)
        if head is None:
            continue
        only = _ONLY_SETS.get(ending)
        if only is not None and lemma not in only and not (lemma == ending and ending in _NAMED_ONLY):
            return None
        return None if head.whole and lemma != ending else head
    if len(lemma) > 6 and lemma.endswith("erei"):
        return Head("erei", "f")
    return None


_NAMED_ONLY = word_set("zentrum schule kammer behörde anstalt verbund gesellschaft rat gruppe bund")


FUNCTION = word_set(
    "der die das dem den des ein eine einen einem einer eines und oder aber denn doch sondern in im an am auf "
    "aus bei beim mit nach von vom zu zum zur für über unter vor hinter neben zwischen durch gegen ohne um bis "
    "seit während wegen trotz statt ich du er sie es wir ihr uns euch ihm ihn ihnen mich mir dich dir sich man "
    "wer was wo wie wann warum weshalb wieso nicht kein keine auch nur noch schon so dann danach davor dort "
    "hier da dabei dazu damit dafür daran darauf daraus darüber heute gestern morgen vorgestern übermorgen "
    "anschließend zuvor zunächst zuletzt zudem außerdem später früher bereits inzwischen mittags abends "
    "morgens nachmittags vormittags weil dass wenn ob als obwohl nachdem bevor sobald solange falls sofern ist "
    "sind war waren hat haben hatte hatten wird werden wurde wurden kann können soll sollen muss müssen darf "
    "dürfen will mein dein sein unser euer dieser diese dieses diesem diesen jener jene jeder jede jedes alle "
    "viele einige mehrere beide gleich ganz sehr mehr rund etwa knapp fast gegenüber entlang innerhalb "
    "außerhalb laut gemäß dank sowie samt nebst einer zwei drei vier fünf sechs sieben acht neun zehn elf "
    "zwölf weiter weitere wieder zurück voll kalt gemeinsam begleitet deren dessen unsere ihre seine meine "
    "letzter letzten letzte nächste nächster nächsten erste erster ersten gute guten the a an of and or but in "
    "on at to for from with by as is was were has have had it he she they we you this that these those last "
    "next first here there when where what who how its their our"
)
SUBORDINATING = word_set(
    "dass weil wenn ob damit obwohl während nachdem bevor sobald solange falls sofern als wie wo da sodass "
    "indem seit bis die der das den dem deren dessen was wer welche welcher welches warum weshalb wofür womit "
    "wodurch"
)
COMPANY_NOUN = re.compile(
    r"(?:hersteller|herstellers|tochter|anbieter|anbieters|versorger|versorgers|netzbetreiber|netzbetreibers"
    r"|dienstleister|dienstleisters|zulieferer"
    r"|zulieferers|anlagenbauer|maschinenbauer|ausrüster|mittelständler|marktführer|tochterfirma"
    r"|muttergesellschaft|tochterunternehmen|tochtergesellschaft|start-up|startup"
    r"|sender|softwarehaus|systemhaus|technologieunternehmen|unternehmens|anlagenbauers|maschinenbauers|logistiker"
    r"|ausbauer|telekommunikationsunternehmen)$",
    re.IGNORECASE,
)
COMPANY_PREDICATE = re.compile(
    r"(?:beschäftigt|produziert|fertigt|(?:ist|sind|zählt|gehört|entwickelt|is)\b[^.\n]{0,70}?(?:unternehmen"
    r"|hersteller|anbieter|betrieb|dienstleister"
    r"|tochter|verein|verband|genossenschaft|konzern|company|manufacturer|provider|supplier|subsidiary|part of)\b)"
)

EN_COMPANY = word_set(
    "company firm start-up startup manufacturer provider operator supplier utility shipyard brewery group cooperative"
)
EN_DUTIES = word_set(
    "Affairs Operations Relations Development Research Sales Marketing Communications Communication Finance "
    "Engineering Technology Education Studies Energy Services Production Quality Innovation Programmes Projects"
    " Resources"
)
# What only a firm does, after a name that begins a sentence.
EN_FIRM_DOES = re.compile(
    r"(?:has invested|has opened its|opened its|employs|manufactures|produces|builds|operates|supplies"
    r"|(?:is|was) founded|exports)\b"
)
# Nouns of areas and works that are never feminine: after a feminine article they can only be the name of a firm.
NOT_FEMININE = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:strom|tal|land|park|wald|berg|werk|netz|hafen|glas|kontor|haus|holz)"
)
# Trades that firms put before the name of their owner or town: Metallbau Muster.
TRADE = re.compile(
    r"(?:Elektro|Sanitär|(?:Metall|Holz|Stahl|Hoch|Tief|Fahrzeug|Maschinen|Anlagen|Ofen|Garten|Landschafts|Boots|Orgel"
    r"|Werkzeug|Formen|Zelt|Treppen|Fenster|Messe|Laden|Möbel)bau|[A-ZÄÖÜ][a-zäöü]{2,}technik)"
)
# Houses that are called by the area or town they are for: Elbtalklinikum.
_HOUSES_OF_AREAS = (
    "klinikum", "kliniken", "klinik", "krankenhaus", "museum", "gymnasium", "stadtwerke", "werke", "sparkasse",
    "theater", "verband",
)  # fmt: skip
_AREA = re.compile(
    r"(?!(?:Spi|Hospi|Kapi|Digi|To|Quar|Por|Men|Kris|Vi)tal)"
    r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:tal|gebirgs?|heide|eifel|rhön|gau|marsch|börde|harz)"
)
_SHORTEST_TOWN = 6  # of a compound: Hofladen, Bergwerk and Essensgutschein are of no town


@lru_cache(maxsize=20_000)
def of_an_area(lemma: str) -> bool:
    """Whether a noun is a house and the area or town that it is for."""
    for house in _HOUSES_OF_AREAS:
        if lemma.endswith(house):
            front = lemma[: -len(house)]
            if _AREA.fullmatch(front) or (len(front) >= _SHORTEST_TOWN and gazetteer.named(front)):
                return True
    return False


LONG_FORMS = {
    "ihk": "industrie handelskammer",
    "hwk": "handwerkskammer",
    "thw": "technisches hilfswerk",
    "drk": "deutsches rotes kreuz",
    "awo": "arbeiterwohlfahrt",
    "ff": "freiwillige feuerwehr",
    "th": "technische hochschule",
    "tu": "technische universität",
    "fh": "fachhochschule",
    "vhs": "volkshochschule",
    "ksk": "kreissparkasse",
}

# First words of foreign terms that are no names: zum Best Practice.
TERMS = word_set(
    "Best Big Smart Open Social Hot Public Green Fact Know Home Human Cloud Virtual Augmented Artificial "
    "Internet Machine Deep Last Corporate New Live Science Digital Public-Private Private Design Venture Work "
    "Social-Media Fast Call Blended Remote Early World Global Silver Girls Boys Black Cyber Non Low High Top "
    "Soft Hard Full Key Think Community Street Business Fiber Fibre Mixed"
)

# Branches of trade that firms carry after their own name.
BRANCH = re.compile(
    r"(?:[A-ZÄÖÜ][a-zäöü]*(?:technik|bau|optik|elektronik|logistik|technologie|waren)|Antriebe|Elektronik"
    r"|Logistik|Systeme|Systems|Optik|Pharma"
    r"|Kunststoffe|Textil|Textilien|Solutions|Energy|Solar|Medien|Touristik|Technologies|Technologien"
    r"|Automation|Robotics|Analytics|Biotech|Möbel"
    r"|Landmaschinen|Immobilien|Transporte|Keramik|Stahl|Recycling|Feinkost|Consulting|Werkzeuge|Armaturen"
    r"|Pumpen|Turbinen|Chemie"
    r"|Verpackungen|Instruments|Batterien|Sensorik|Mobility|Aerospace|Maritime|Offshore|Windkraft|Wind"
    r"|Naturstein|Haustechnik|Yachten|Bootsbau)"
)
SUBJECTS = word_set(
    "Studium Fach Fächer Bereich Bereiche Bereichen Branche Branchen Beruf Berufe Schwerpunkt Schwerpunkte "
    "Thema Themen Sparte Studiengang Studiengänge Lehrstuhl Professur Gewerke Gewerken Stichwort Stichworte "
    "Handwerk Industrie Technik Master Bachelor Leistungskurs"
)
NATIONAL = re.compile(r"Deutsche[rsnm]?|Rote[ns]?")
NATIONAL_NOUN = word_set(
    "Telekom Glasfaser Bahn Post Bank Rentenversicherung Wetterdienst Umwelthilfe Lufthansa Kreuz Kreuzes"
)
