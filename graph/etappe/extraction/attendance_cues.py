"""The words that say that somebody was there, will be, should have been, or was not."""

from __future__ import annotations

import re

from etappe.extraction.names import word_set

_VISITING = (
    r"besuch(?:te|ten)|besichtig(?:te|ten)|eröffne(?:te|ten)|überreich(?:te|ten)|übergab(?:en)?"
    r"|empfing(?:en)?|begutachte(?:te|ten)|zerschnitt(?:en)?|durchschnitt(?:en)?"
    r"|enthüll(?:te|ten)|pflanz(?:te|ten)|diskutier(?:te|ten)|plauder(?:te|ten)|radel(?:te|ten)"
    r"|stritt(?:en)?|teste(?:te|ten)|probier(?:te|ten)|erkunde(?:te|ten)|bestaun(?:te|ten)"
    r"|staun(?:te|ten)|aß(?:en)?|tauf(?:te|ten)|weih(?:te|ten)\b[^;]{0,90}\bein|moderier(?:te|ten)"
    r"|verlas(?:en)?|leite(?:te|ten)\b[^,;]{0,60}\b(?:Sitzung|Runde|Diskussion|Gespräch|Veranstaltung"
    r"|Versammlung)"
    r"|visited|toured|opened|joined|met with|attended|handed over|presented|inaugurated"
    r"|nahm(?:en)?\b[^;]{0,120}\b(?:teil|in Betrieb|in Augenschein|entgegen|Platz)"
    r"|(?:war|waren)\b[^;]{0,400}\b(?:zu Gast|Gast|Gäste|dabei|vor Ort|zu Besuch|mit von der Partie"
    r"|anwesend|zugegen|unterwegs|gekommen|angereist|erschienen|mit an Bord)"
    r"|(?:[Zz]u Gast|dabei|[Vv]or Ort|[Zz]u Besuch|[Mm]it von der Partie"
    r"|[Gg]ekommen|[Ee]rschienen|[Aa]ngereist|[Aa]nwesend|zugegen|gekommen|angereist"
    r"|erschienen|mit an Bord)\s(?:war|waren)"
    r"|(?:Stargast|Ehrengast|Ehrengäste|Gast|Gastrednerin|Gastredner|Festrednerin|Festredner"
    r"|[Uu]nter (?:ihnen|den Gästen|den Gratulanten|den Teilnehmern)|[Mm]it dabei|Dabei)\s(?:war"
    r"|waren)"
    r"|[Zz]u den (?:Gästen|Ehrengästen|Teilnehmern|Teilnehmenden|Gratulanten|Rednern) (?:zählten?|gehörten?)"
    r"|tausch(?:te|ten)\b[^;]{0,160}\baus|informier(?:te|ten) (?:er |sie )?sich|mach(?:te"
    r"|ten)\b[^;]{0,120}\bBild|verschaff(?:te|ten)\b[^;]{0,80}\b(?:Bild|Eindruck|Überblick)"
    r"|sah(?:en)?\b[^;]{0,30}\bsich\b[^;]{0,80}\b(?:um|an)|schau(?:te|ten)\b[^,;]{0,60}\b(?:vorbei|herein|rein|zu)"
    r"|ließ(?:en)?\b[^;]{0,20}\bsich\b[^;]{0,120}\b(?:zeigen|erklären|erläutern|vorführen|führen"
    r"|einweisen|demonstrieren|schildern|ablichten|fotografieren)"
    r"|liess(?:en)? sich\b[^;]{0,120}\b(?:zeigen|erklären|erläutern|vorführen|führen)"
    r"|hielt(?:en)?\b[^,;]{0,60}\b(?:Rede|Ansprache|Festrede|Laudatio|Grußwort|Vortrag|Festvortrag"
    r"|Keynote)|leg(?:te|ten)\b[^,;]{0,60}\bGrundstein|setz(?:te|ten)\b[^,;]{0,60}\bSpatenstich"
    r"|zu[mr] (?:Auftakt|Eröffnung|Begrüßung|Einweihung|Einstieg|Abschluss) sprach(?:en)?"
    r"|Zu[mr] (?:Auftakt|Eröffnung|Begrüßung|Einweihung|Einstieg|Abschluss) sprach(?:en)?"
    r"|gab(?:en)?\b[^,;]{0,60}\b(?:Startschuss|das Startsignal|das Signal)"
    r"|gab(?:en)?\b[^,;]{0,60}\b(?:Strecke|Straße|Radweg|Brücke|Verkehr|Tunnel"
    r"|Umgehung\w*)\b[^,;]{0,20}\bfrei"
    r"|zeichne(?:te|ten)\b[^;]{0,80}\baus|stell(?:te|ten) sich\b[^,;]{0,40}\bFragen"
    r"|trug(?:en)? sich\b[^,;]{0,60}\bGoldene|brachte(?:n)?\b[^,;]{0,60}\bmit"
    r"|sprach(?:en)?\b[^,;]{0,60}\bmit|sprach(?:en)? (?:auch|zur Eröffnung|bei|beim|vor|ein Grußwort"
    r"|zu den|zum Auftakt)|unterhielt(?:en)? sich|führ(?:te|ten)\b[^,;]{0,60}\b(?:durch|über"
    r"|Gespräch\w*)"
    r"|griff(?:en)?\b[^,;]{0,30}\bzu|griff(?:en)?\b[^,;]{0,90}\b(?:zum|zur) (?!Telefon|Hörer|Feder|Waffe|Flasche)"
    r"(?:\w*[Ss]paten|\w*[Ss]chaufel|\w*[Rr]uder|Steuer|\w*[Ss]chere|Mikrofon|\w*[Pp]insel|\w*[Kk]elle|\w*[Hh]ammer)"
    r"|(?:schnitt|schnitten)\b[^;]{0,160}\b(?:Band|Bändchen|Schnur)\b|cut the (?:ribbon|tape)"
    r"|(?:konnte|konnten|durfte|durften)\b[^;]{0,250}\b(?:begrüßen|willkommen heißen|empfangen)"
    r"|drück(?:te|ten)\b[^,;]{0,40}\b(?:\w*Knopf|Startknopf|Buzzer)"
    r"|saß(?:en)?\b[^,;]{0,60}\b(?:Tisch|Podium|Bühne)|[Aa]m Tisch saß(?:en)?"
    r"|[Aa]uf (?:dem Podium|der Bühne) saß(?:en)?"
    r"|in (?:ihrer|seiner) (?:Rede|Ansprache|Festrede|Eröffnungsrede|Begrüßung|Laudatio)|(?:fuhr"
    r"|fuhren|reiste|reisten|wanderte|wanderten|lief|liefen)\b[^,;]{0,50}\b(?:mit|an)"
    r"|kam(?:en)?|traf(?:en)?\b[^,;]{0,90}\b(?:ein|sich|mit)|traf(?:en)?(?= (?:sich|auf|dort|in|bei|am"
    r"|er|sie|[A-ZÄÖÜ]))"
)
PRESENT_ACT = re.compile(rf"(?<![\w-])(?:{_VISITING})(?![\w-])")
NO_PRESENCE = re.compile(
    r"\b(?:kam(?:en)?\b[^;]{0,60}\b(?:Schluss|Ergebnis|Idee|zugute|infrage|Sprache|Einsatz|Kritik|Lob"
    r"|Zusage|Vorschlag|Anregung)|traf(?:en)?\b[^;]{0,60}\b(?:Entscheidung\w*|Vorkehrung\w*|Aussage\w*"
    r"|Wahl|Vereinbarung\w*|Regelung\w*)"
    r"|(?:im|vor dem|in der|in einer|in einem) (?:Landtag|Bundestag|Parlament|Bundesrat"
    r"|Regierungserklärung|Interview|Talkshow|Fernsehen|Radio)\b)"
)
GREETED = re.compile(
    r"(?<![\w-])(?:begrüß(?:te|ten)|begrüss(?:te|ten)|welcomed|hieß(?:en)?\b(?=[^;]{0,160}\bwillkommen))(?![\w-])"
)
GUESTS = re.compile(
    r"\b(?:\w*[Gg]äste\w*|Teilnehm\w+|Anwesende\w*|Besucher\w*|Delegation|Publikum|Kinder|Schüler\w*"
    r"|Zuhörer\w*|Mitglieder\w*|guests)\b"
)
ACTING = re.compile(
    rf"(?<![\w-])(?:{_VISITING}|begrüß(?:te|ten)|begrüss(?:te|ten)|gratulier(?:te|ten)|verhandel(?:te"
    rf"|ten)|begleite(?:te|ten)|unterzeichne(?:te|ten)|verlieh(?:en)?|saß(?:en)?|sprach(?:en)?"
    rf"|drück(?:te|ten)|leite(?:te|ten)|met)(?![\w-])"
)
PERFECT_ACT = re.compile(
    r"(?<![\w-])(?:hat|haben|ist|sind)\b[^;]{0,260}?(?<![\w-])(?:besucht|besichtigt|eröffnet"
    r"|überreicht|übergeben|empfangen|enthüllt|gepflanzt|eingeweiht|teilgenommen|ausgetauscht|getauft"
    r"|in Betrieb genommen|ausgezeichnet|verliehen|gekommen"
    r"|angereist|umgesehen|angesehen|angeschaut|diskutiert|ins Bild setzen lassen|zeigen lassen"
    r"|erklären lassen|erläutern lassen|vorbeigeschaut|(?:zu Gast|vor Ort|dabei|zu Besuch) gewesen"
    r"|Grundstein gelegt|Spatenstich gesetzt)(?![\w-])"
    r"|(?<![\w-])(?:hat|haben)\b[^;]{0,60}\bsich\b[^;]{0,200}?\b(?:informiert"
    r"|Bild\b[^;]{0,80}\bgemacht|Bild\b[^;]{0,60}\bverschafft|Eindruck\b[^;]{0,60}\bverschafft"
    r"|überzeugt)(?![\w-])"
)
PASSIVE_PARTICIPLE = re.compile(
    r"\b(?:[Bb]egleitet|[Ee]mpfangen|[Bb]egrüßt|[Ee]röffnet|[Üü]berreicht|[Üü]bergeben|[Ee]ingeweiht"
    r"|[Ee]nthüllt|[Mm]oderiert|[Vv]erliehen|[Aa]usgezeichnet|[Gg]etauft|[Ff]reigegeben"
    r"|[Dd]urchschnitten|received|opened|accompanied|welcomed)\b"
)
PRESENCE_OF = re.compile(
    r"(?:[Ii]m Beisein|[Ii]n Anwesenheit|[Ii]n Gegenwart|[Ii]n Begleitung|Beisein|Anwesenheit"
    r"|Gegenwart|Begleitung)\s*(?:von|des|der)?\s*$"
)
FROM_AFAR = re.compile(
    r"\bauf (?:\w+ )?(?:Nachfrage|Anfrage)\b|\b(?:on|upon) (?:request|enquiry)\b"
    r"|\b(?:Kritik|Widerspruch|Protest|Unmut|Zustimmung) (?:kam|kommt|gab es)\b"
)
"""Words of somebody who was asked or who spoke up elsewhere."""
AMONG = re.compile(r"\b(?:among|amongst) (?:them|those|the guests|the visitors)\b")
GUESTS_CAME = re.compile(r"\b(?:attended|came|gathered|joined|guests|visitors|audience|welcomed)\b")
WENT_ALONG = re.compile(
    r"^\s*(?:der|die)\s.*\b(?:mit(?:fuhr|lief|wanderte|radelte|ging|kam|reiste|flog|machte)(?:e?n)?"
    r"|dabei war(?:en)?)[\s.,]*$"
)
"""The end of a relative clause that says that somebody was there."""
KIN = re.compile(r"\b(?:\w*[Vv]ater|\w*[Mm]utter|Eltern|Sohn|Tochter|Bruder|Witwe|Witwer|Enkel\w*|Familie) von\s*$")
GATHERED = re.compile(
    r"\b[Mm]it (?:dabei|am Tisch|an Bord|im Boot)\b|\bso\s"
    r"|\b(?:[Nn]eben (?:ihm|ihr|ihnen)|[Aa]uf (?:dem Podium|der Bühne))\s?:"
)
"""What stands before names that have no verb."""
_THERE = r"(?:dabei|anwesend|zugegen|gekommen|erschienen|zu Gast|vor Ort|Gäste|\w*[Tt]isch|Podium)"
LIST_OF_GUESTS = re.compile(
    rf"(?i)\b{_THERE}\s(?:war|waren|saß|saßen)(?:\s(?:unter anderem|auch|außerdem))?\s*:?\s*$"
    rf"|\b(?:war|waren|saß|saßen)\s(?:(?:unter anderem|auch|außerdem|am|auf dem)\s)?{_THERE}\s*:?\s*$"
)
"""The end of a line that a list of those who were there follows."""
_SAID = (
    r"(?:sagten?|betonten?|erklärten?|lobten?|würdigten?|mahnten?|meinten?|freuten? sich|zeigten? sich"
    r"|unterstrich(?:en)?|hob|said)"
)
_AT_EVENT = (
    r"(?:[Bb]eim (?:Rundgang|Besuch|Festakt|Spatenstich|Richtfest|Ortstermin|Durchschneiden)"
    r"|[Bb]ei (?:der|seinem|ihrem|einem) (?:Eröffnung|Übergabe|Einweihung|Besuch|Rundgang|Besichtigung|Feierstunde"
    r"|Scheckübergabe|Grundsteinlegung)|vor Ort|[Ww]ährend (?:des|der|ihres|seines) (?:Rundgangs|Besuchs|Besichtigung)"
    r"|[Zz]um Abschied|[Zz]ur Begrüßung|am Rande der (?:Veranstaltung|Eröffnung))"
)
SPOKEN_THERE = re.compile(rf"\b{_SAID}\b[^;]{{0,140}}\b{_AT_EVENT}\b|\b{_AT_EVENT}\b[^;]{{0,140}}\b{_SAID}\b")

_TIME_AGO = (
    r"damals|seinerzeit|einst(?:mals)?|vor (?:einem|zwei|drei|vier|fünf|\w+) (?:Jahr|Monat)(?:en)?"
    r"|vor (?:einem|zwei|drei) Wochen|im vergangenen Jahr|im (?:letzten|vorigen) Jahr|letztes Jahr"
    r"|voriges Jahr|im Vorjahr"
    r"|im (?:Frühjahr|Sommer|Herbst|Winter|Januar|Februar|März|April|Mai|Juni|Juli|August|September"
    r"|Oktober|November|Dezember) hatte|hatte im|schon (?:früher|Ende|Anfang)|bereits im|zuvor"
    r"|year ago|last year"
)
AGO = re.compile(rf"\b(?:{_TIME_AGO})\b", re.IGNORECASE)
YEAR = re.compile(r"(?<![\w.-])(?:19|20)\d\d(?!\w)")
DISTANT = re.compile(
    r"\b(?:per Video\w*|[Vv]ideobotschaft|Videogruß\w*|[Vv]ideo-?[Gg]rußwort|zugeschaltet"
    r"|digital zugeschaltet|schriftlich|telefonisch|am Telefon|per Telefon|per Brief|in einem (?:Brief"
    r"|Schreiben)|online|virtuell|ausrichten|Grußbotschaft|Grüße|via video|by video|ließ(?:en)? grüßen"
    r"|grüßen ließ(?:en)?|Videoschalte|aus der Ferne)\b"
)
UNREAL = re.compile(
    r"\b(?:habe|sei|seien|werde|würde[n]?|hätte[n]?|wäre[n]?|könnte[n]?|möchte[n]?|sollte[n]?"
    r"|wollte[n]?|dürfte[n]?|müsste[n]?|käme[n]?|wird|werden|soll|sollen|will|wollen|hofft|hofften"
    r"|plant|planen|kündigte|laut|would|will|should)\b"
)
PLUPERFECT = re.compile(r"\b(?:hatte|hatten|had)\b")
NEGATION = re.compile(
    r"\b(?:nicht|kein|keine[rnms]?|ohne|niemand|weder|not|without|never|nie|kaum|beinahe|fast"
    r"|eigentlich|ursprünglich|angeblich|vergeblich|vergebens)\b"
)

ABSENCE = re.compile(
    r"(?i)\b(?:verhindert|erkrankt\w*|krank|krankheitsbedingt|fehlten?|abgesagt|abgemeldet|absagen|entschuldig(?:en|t"
    r"|te|ten)|im Stau|Fieber|Grippe|abwesend|passen musste|musste passen|fernblieb"
    r"|blieb\b[^;]{0,30}\bfern|ausgefallen"
    r"|sagten?\b[^;]{0,60}\bab\b|nicht\b[^;]{0,40}\b(?:dabei|zugegen|anwesend|kommen|teilnehmen"
    r"|gekommen|erscheinen|erschienen|mitkommen|da|durch|anreisen|selbst|persönlich)"
    r"|(?:kam|kamen|erschien|nahm|nahmen|war|waren)\b[^;]{0,60}\bnicht\b|vermisst"
    r"|ließ(?:en)? sich\b[^;]{0,40}\bentschuldigen|liess(?:en)? sich\b[^;]{0,40}\bentschuldigen"
    r"|verzichtet\w*|unable to attend|could not attend|was absent|cancelled)\b"
)
HINDERED = re.compile(
    r"\b(?:[Ee]r|[Ss]ie|She|He)\s(?:selbst\s)?(?:musste|konnte\b[^;]{0,40}\bnicht"
    r"|war\b[^;]{0,40}\b(?:verhindert|krank|erkrankt)|lag|liegt|sagte\b[^;]{0,40}\bab\b|fehlte|weilte"
    r"|ließ sich|could not|was ill|was unable)"
)
REPRESENTED = re.compile(
    r"\bvertreten\b|\bin Vertretung\b|\bvertrat\b|\bstellvertretend für\b|\bschickten?\b"
    r"|\bentsandten?\b|\bentsendeten?\b|\bin place of\b|\brepresented\b|\bon behalf of\b"
    r"|\bübernahm\b[^;]{0,40}\bfür\b"
)
STAND_IN = re.compile(
    r"(?i)(?:\bfür|\banstelle|\banstatt|\bstatt|\bin Vertretung(?= von| des| der| für)"
    r"|\bstellvertretend für|\bin place of|\bon behalf of|\bvertrat)\s*(?:von|des|der|den|die|the"
    r"|für)?\s*(?:\w*(?:erkrankten?|verhinderten?|abwesenden?)\s*)?(?:erkrankten?\s|verhinderten?\s)?$"
)
LACKING = re.compile(r"\b(?:[Oo]hne|without)\s(?:die\s|den\s|the\s)?$")
SUBSTITUTE = re.compile(
    r"(?:\bdurch|\bschickten?|\bin Vertretung(?:\s\w+)?|\bentsandten?|\brepresented by|\bby)\s*(?:den"
    r"|die|der|seine[nr]?|ihre[nr]?|ihren|the|his|her)?\s*$"
)

FUTURE = re.compile(
    r"\b(?:wird|werden|will|wollen|soll|sollen)\b[^;]{0,160}\b(?:erwartet|besuchen|kommen|eröffnen"
    r"|überreichen|übergeben|teilnehmen|sprechen|begleiten|vorstellen|informieren|nachholen"
    r"|anwesend sein|dabei sein|zu Gast sein|einweihen|besichtigen|reisen|begrüßen|diskutieren|halten"
    r"|visit|open|attend|be led)\b"
    r"|\bwird\b[^;]{0,100}\berwartet\b|\berwartet\s(?:wird|werden)\b|\b(?:hat"
    r"|haben) sich\b[^;]{0,100}\b(?:angekündigt|angesagt|angemeldet)\b|[Aa]ngekündigt haben sich"
    r"|\bkommt\b|\breist\b|\bbesucht\b|\beröffnet die\b|\bist am\b[^;]{0,60}\bzu Gast\b"
    r"|\bbegleitet ihn\b|\bbegleitet sie\b|\bin Aussicht\b"
    r"|\b(?:wird|werden) auch\b|übernimmt\b|\bwill be\b|\bis expected\b|\bwird\b"
    r"|\bsteht auf dem Programm\b|\bunterwegs ist\b"
)
INVITED = re.compile(
    r"\b(?:[Ee]ingeladen (?:sind|ist|war|waren)|(?:ist|sind|war|waren) [^,;]{0,60}eingeladen"
    r"|hat [^,;]{0,60}eingeladen|lädt|laden [^,;]{0,30}ein|invited)\b"
)
CONTACT = re.compile(
    r"\b(?:Ansprechpartner(?:in)?|Pressekontakt|Kontakt|Rückfragen|Redaktion|Verantwortlich"
    r"|V\.\s?i\.\s?S\.\s?d\.\s?P|Herausgeber|Pressestelle|Anmeldung(?:en)?|Telefon|Tel\.|E-Mail"
    r"|press contact|Contact)\b"
)
MEMORY = re.compile(
    r"\b(?:erinner\w+\b[^.;]{0,60}\ban|remembered|verstorben\w*|verstarb|gestorben|starb|Schweigeminute|Gedenken|Nachruf|Vorgänger(?:in|s)?"
    r"|Namensgeber\w*|Namenspatron|erinnerte\w* an|predecessor)\b"
)
ANAPHOR = re.compile(
    r"\b(?P<article>[Dd]er|[Dd]ie|[Dd]em|[Dd]en|[Tt]he)\s(?P<word>(?:[A-ZÄÖÜ][\wäöüß-]*m"
    r"|M)inister(?:präsident)?(?P<female>in)?|minister)(?=[\s,.;:])(?!\s(?:für|of|for|[A-ZÄÖÜ]))"
)
BAD_LEAD = word_set(
    "für ohne statt anstatt anstelle an über laut nach gegenüber dank wegen zu aus gegen um unter wie "
    "als ob bei zum vom beim zur gegenüber seit about for without to of from under like by zwischen "
    "hinter neben"
)
HANDING = re.compile(
    r"\b(?:überreichten?|übergab(?:en)?|überreicht|übergeben|verlieh(?:en)?|handed|presented|Dank(?:e)?|dankten?)\b"
)

ROLE_PHRASE = re.compile(
    r"(?:(?!(?:Dank|Für|Ohne|Nach|Mit|Laut|Von|Vom|Bei|Beim|Neben|Über|Statt|Anstatt|Anstelle|Gegen|An|Zu|Zur|Zum|Unter|Durch|Trotz"
    r"|Wegen|Seit|Vor|Um|Aus|Auf|In|Im|Wie|Als|Gegenüber|Without|With|For|From|By)\b)"
    r"(?:\d\.\s)?(?:[A-ZÄÖÜ][\w’'-]*\.?|Dr\.|a\.\s?D\.|h\.\s?c\.|med\.|und"
    r"|[a-zäöüß-]+(?:ische|ischen|ischer|lichen?|tige[nr]?|neue[nr]?))\s+){0,9}$"
)
"""Somebody's office before the name."""
