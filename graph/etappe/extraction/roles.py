"""Offices and functions: which words name them, their nominative, and which of them is that of a minister."""

from __future__ import annotations

import re
from functools import lru_cache

from etappe.extraction.names import word_set

_HEADS = (
    "minister|ministerpräsident|präsident|präses|kanzler|sekretär|meister|rat|direktor|direktorat"
    "|leiter|leitung|führer|sprecher|kandidat"
    "|chef|inspektor|dezernent|referent|manager|vorstand|obmann|dekan|prodekan|rektor|prorektor"
    "|professor|lehrer|trainer|pfarrer|pastor"
    "|bischof|propst|superintendent|kommandant|kommandeur|wehrführer|kämmerer|intendant|kurator|prokurist|inhaber"
    "|eigentümer|gründer|unternehmer|landwirt|winzer|wirt|gastwirt|bäcker|ingenieur|architekt"
    "|techniker|planer|berater"
    "|fahrer|koordinator|mitarbeiter|stellvertreter|nachfolger|vorgänger|konsul|botschafter|attaché|general|oberst"
    "|kapitän|offizier|polizist|richter|notar|apotheker|wissenschaftler|forscher|informatiker|historiker"
    "|student|azubi|moderator|journalist|redakteur|autor|künstler|dichter|schriftsteller|sänger"
    "|musiker|wart|wärter|förster"
    "|jäger|züchter|syndikus|gesellschafter|teilhaber|verwalter|vorsteher|assistent|volontär|praktikant|doktorand"
    "|ombudsmann|hauptmann|kaufmann|amtmann|schatzmeister|kassierer|pate|experte|spezialist"
    "|entwickler|designer|betreiber|initiator|kollege|betreuer|pfleger|therapeut|psychologe|biologe"
    "|geologe|meteorologe|dozent|schirmherr|bibliothekar|referendar|archivar|volontär"
    "|ratsherr|schöffe|delegierter|kommissar|legat|senator|staatsrat|bundesrat|stadtrat|politiker|funktionär"
    "|moderatorin|aufseher|schulze|schultheiß|amtsträger|gouverneur|prior|abt|dirigent|verleger|pilot"
    "|lotse|ranger|guide|bürge|ökonom|physiker"
    "|chemiker|handwerker|gärtner|tischler|schreiner|schlosser|zimmermann|müller|schmied|elektriker"
    "|monteur|imker|fischer|schäfer|woiwode|wojewode|starost|besitzer"
)
_FEMALE_HEADS = (
    "rätin|ärztin|anwältin|obfrau|bäuerin|patin|beamtin|vorständin|bischöfin|äbtissin|oberin|azubine"
    "|ratsfrau|ombudsfrau|kauffrau"
    "|expertin|kollegin|hauptfrau|amtfrau|schirmherrin|köchin|gräfin|psychologin|biologin|soziologin"
)
_MALE_HEADS = "arzt|anwalt|bauer|beamte|beamter|koch|soziologe|graf"
_ADJECTIVAL = (
    "vorsitzend|abgeordnet|beauftragt|auszubildend|beigeordnet|vorstandsvorsitzend|angestellt"
    "|verantwortlich|delegiert"
    "|geschäftsführend|gesandt|studierend|verordnet|bevollmächtigt|vorständig|abgesandt|bedienstet"
)
_PLAIN = (
    "vorstandsmitglied|mitglied|aufsichtsratsmitglied|ob|bm|mdb|mdl|mdep|psts|st|lr|lh|lh-stv\\.|gf"
    "|ceo|cto|cfo|coo|cio|harbou?r master|station master"
    "|bgm\\.|bgmin\\.|labg\\.|nabg\\.|abg\\.|lt-präs\\.|lhstv\\.|vizebgm\\.|vors\\.|chief executive"
    "|head|mayor|ambassador|chair|chairman"
    "|chairwoman|chairperson|president|director|secretary|manager|rector|vice-rector|vice-chancellor"
    "|commissioner|governor|councillor|senator"
    "|spokesperson|spokesman|spokeswoman|founder|co-founder|owner|engineer|consul|professor|dean"
    "|member|minister|chancellor"
    "|premier|coordinator|leader|deputy|officer|envoy|head teacher|headmaster|principal|partner"
    "|administrator|lead|apprentice|trainee"
    "|ehefrau|ehemann|schwester|team-lead|teamlead"
)
_ROLE = re.compile(
    rf"(?:(?:{_HEADS})(?:in|innen|s|es|n|en|e)?|(?:{_FEMALE_HEADS})(?:nen)?|(?:{_MALE_HEADS})(?:s|es|n|en|e)?"
    rf"|räte|räten|(?:{_ADJECTIVAL})e[rnms]?|landräte|landräten|anwälte|anwälten|ärzte|ärzten|bischöfe"
    rf"|vorstände|frau|männer|männern)$",
    re.IGNORECASE,
)
_PLAIN_ROLE = re.compile(rf"(?:[\w-]+-)?(?:{_PLAIN})$", re.IGNORECASE)
_NO_ROLE = word_set(
    "Frau Vorrat Hausrat Zierrat Apparat Format Monat Senat Karat Zitat Internat Referat Dekanat "
    "Rektorat Sekretariat Direktorat"
    " Beirat Elternbeirat Heirat Verrat Vorwirt Antwort Gegenwart Wart Gesamtleitung Leitung "
    "Stadtrat-Sitzung Direktorat"
    " Müller Schmied Fischer Schäfer Koch Bauer Richter Förster Jäger Schneider Meister Winzer Wirt "
    "Graf Lehrer Kaufmann Hauptmann"
    " Zimmermann Gärtner Bürge General St Lead Head Abt Prior Guide Partner Schulze Schultheiß Pilot "
    "Lotse Rat Rats Räte Räten"
    " Muster Kloster Fenster Theater Bergmeister Deputy Member Amt Bischof Propst Tischler Schreiner "
    "Schlosser Bäcker Imker"
)
_WITH_NAME_ONLY = word_set(
    "Müller Schmied Fischer Schäfer Koch Bauer Richter Förster Jäger Winzer Wirt Graf Lehrer Kaufmann "
    "Hauptmann Zimmermann Gärtner"
    " General Head Partner Schulze Pilot Lotse Bischof Propst Tischler Schreiner Schlosser Bäcker "
    "Imker Member Deputy Prior Abt"
    " Schneider Meister Lead Guide Beirat"
)
_AGENT = re.compile(
    r"[A-ZÄÖÜ][\w-]*[a-zäöüß](?:er|erin|ern|ker|or|orin|ist|isten|istin|ent|enten|entin|ant|anten"
    r"|antin|eur|eurin|är|ärin|ar|arin|loge|login|ling"
    r"|bube|frau|mann|dame|kraft|gast|kind|junge|talent|mutter|vater|star|sieger|bub|chefin|graf|helfer|ige)$"
)
_NO_AGENT_END = re.compile(
    r"(?:ment|ments|kammer|cent(?:er|re)|theater|steuer|mauer|dauer|feuer|lager|keller|koffer|drucker|server|tower|ufer|zimmer|messer"
    r"|wetter|opfer|wasser|fenster|kloster|muster|register|poster|filter|meter|nummer|häuser|länder|dörfer|güter|kinder|bilder"
    r"|felder|wälder|bäder|räder|schilder|speicher|container|computer|router|weiher|acker|eimer|schauer|sommer|winter|motor"
    r"|sektor|faktor|reaktor|labor|korridor|tor|moor|chor|rotor|generator|ling|prozent|patent|talent|advent|land|band|wand)$",
    re.IGNORECASE,
)
_NO_AGENT = word_set(
    "Sommer Winter Oktober November Dezember September Januar Februar Wasser Muster Fenster Theater "
    "Vater Mutter Kinder Häuser"
    " Länder Dörfer Bilder Felder Wälder Güter Alter Dauer Feuer Steuer Mauer Kammer Nummer Ufer "
    "Zimmer Messer Opfer Wetter"
    " Bruder Schwester Tochter Lager Keller Teller Koffer Computer Drucker Server Router Container "
    "Bagger Hammer Leiter"
    " Tower Center Weser Oder Eder Neckar Motor Sektor Faktor Traktor Reaktor Korridor Moor Tor "
    "Humor Labor Chor Moment Dokument"
    " Element Argument Patent Talent Advent Orient Parlament Regiment Fundament Instrument Pigment "
    "Zement Prozent Konzern Stern"
    " Bayern Pommern Vorpommern Ungarn Eltern Ostern Reporter Poster Filter Meter Kilometer Liter "
    "Hektar Nachbar Gewerke Partner Hinter Unter Über"
    " Neuer Alter Großer Kleiner Guter Ihrer Seiner Unser Dieser Jeder Aller Aber Weiter Später "
    "Immer Wieder Hier Der Er Wer Daher Bisher Vorher Nachher"
    " Band Land Rand Hand Wand Wegen Abend Jugend Tugend Gegend Kirmesplatz Raum Stadt Freier "
    "Heiliger Sankt Kaiser König Fürst Gast Kind Junge Star"
)
_PLURAL = re.compile(
    r"(?:innen|räte|räten|leute|ten|präsidenten|minister|ministern|meister|meistern|botschafter"
    r"|botschaftern|führer|führern|leiter|leitern"
    r"|sprecher|sprechern|direktoren|abgeordneten|vorsitzenden|chefs|anwälte|ärzte|kandidaten"
    r"|vertreter|vertretern|referenten)$",
    re.IGNORECASE,
)
PARTIES = (
    "CDU|CSU|SPD|FDP|AfD|BSW|FWG|ÖDP|SSW|ÖVP|SPÖ|FPÖ|NEOS|SVP|GLP|EVP|Volt|Grüne[n]?|GRÜNE[N]?"
    "|B(?:ündnis|ÜNDNIS) ?90/(?:Die |DIE )?(?:Grüne|GRÜNE)n?|B90/Grüne"
    "|(?:Die |DIE )?(?:Linke|LINKE)|Freie Wähler|FREIE WÄHLER|FW|parteilos|Piraten|BVB/FW|Die Mitte|BürgerForum"
)
PARTY = re.compile(rf"(?:{PARTIES})$")
_PARTY_PREFIX = re.compile(
    r"(?P<party>CDU|CSU|SPD|FDP|AfD|BSW|Grünen|Linken|Linke|SVP|ÖVP|SPÖ|FPÖ|NEOS)-?(?=[A-ZÄÖÜa-zäöü]{5})"
)

_FORMER = re.compile(
    r"\b(?:ehemalig\w*|frühere[rnms]?|früherer|einstige[rnms]?|vormalige[rnms]?|damalige[rnms]?|damals"
    r"|seinerzeitige\w*|Alt(?:bürger|landrat|oberbürger|präsi|bundes|kanzler|bischof)\w*|[Ee]x-\w+"
    r"|former|ex-\w+"
    r"|verstorbene[rnms]?|abgewählte[rnms]?|ausgeschiedene[rnms]?|bis\s(?:Ende\s|Anfang\s|zum\s"
    r"|\w+\s)?\d{4}|von\s\d{4}\sbis\s\d{4}|late)\b|a\.\s?D\.|\bAlt-?[Mm]inister\w*|\b[Ee]xm\w+|\b[Ff]ormer\b|\bEhrenbürger\b",
)
_NOT_YET = re.compile(
    r"\b(?:designierte[rnms]?|künftige[rnms]?|angehende[rnms]?|zukünftige[rnms]?|gewählte[rnms]?"
    r"|designate|incoming|Schatten\w*|Kandidat\w*)\b"
)
_MINISTER = re.compile(
    r"(?<![\w])(?:[\wäöüß-]*[a-zäöüß-])?(?:minister|ministerpräsident|Minister|Ministerpräsident)(?:in|s)?(?![\w-])"
)
_MINISTER_EN = re.compile(r"\b(?:Prime )?Minister\b(?!-)|\bMinister-President\b")
_NO_MINISTER = re.compile(
    r"staatssekretär|ministerial|vorgänger|nachfolger|stellvertret|sprecher|referent|berater|kandidat"
    r"|büro|gesandt|counsellor|secretary|beim|advisor|premierminister-",
    re.IGNORECASE,
)
_ABBREVIATED_MINISTERS = frozenset({"StM", "StMin"})

_ADJECTIVE = re.compile(r"[A-ZÄÖÜa-zäöü][\w-]*[a-zäöüß](?:e|er|en|em|es)$")


@lru_cache(maxsize=65_536)
def is_role(word: str) -> bool:
    """Whether a word names an office or function, by its last part."""
    bare = without_party(word)[0]
    if bare in _NO_ROLE:
        return False
    if len(bare) <= 4 and bare.isupper():
        return bool(_PLAIN_ROLE.match(bare))
    return bool((_ROLE.search(bare) and bare[0].isupper()) or (_PLAIN_ROLE.match(bare)))


@lru_cache(maxsize=65_536)
def is_role_before_name(word: str) -> bool:
    """Whether a word names a function if a full name follows: also words that are family names, and any agent noun."""
    return (
        is_role(word)
        or word in _WITH_NAME_ONLY
        or (bool(_AGENT.match(word)) and word not in _NO_AGENT and not _NO_AGENT_END.search(word))
    )


_OFFICIAL = re.compile(
    r"(?:minister|ministerpräsident|präsident|kanzler|sekretär|bürgermeister|landrat|landrätin|rat"
    r"|rätin|abgeordnet\w*|konsul|botschafter|senator"
    r"|direktor|dezernent|kapitän|professor|pfarrer|bischof|obmann|obfrau|kommissar|inspektor|meister"
    r"|vorsitzende[rnm]?|chef|geschäftsführer|sprecher"
    r"|ambassador|mayor|president|director|leiter|dekan|rektor|kämmerer|beigeordnete[rn]?|prokurist"
    r"|koordinator|manager|beauftragte[rn]?|bgm\.|lr|lh)(?:in|s|es|en)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def is_office(word: str) -> bool:
    """Whether a bare family name may follow the word (``Minister Kern``)."""
    return is_role(word) and bool(_OFFICIAL.search(without_party(word)[0]))


def is_plural(word: str) -> bool:
    """Whether the word may be a plural, so that it holds for all names of a list."""
    return bool(_PLURAL.search(word))


def without_party(word: str) -> tuple[str, str | None]:
    """``CDU-Landtagsabgeordnete`` to ``Landtagsabgeordnete`` and the party."""
    match = _PARTY_PREFIX.match(word)
    if not match:
        return word, None
    rest = word[match.end() :]
    return rest[0].upper() + rest[1:], {"Grünen": "Grüne", "Linken": "Linke"}.get(match["party"], match["party"])


def female_word(word: str) -> bool | None:
    """Whether the form of an office is that of a woman, or of a man; nothing where it may be either."""
    lower = word.lower()
    if re.search(r"(?:in|innen|frau|dame|ine)$", lower):
        return True
    if re.search(r"(?:e|en)$", lower):
        return None
    return False if _ROLE.search(word) or _AGENT.match(word) else None


_TO_SINGULAR = (
    (re.compile(r"innen$"), "in"),
    (re.compile(r"([Ll]and|[a-zäöü]|^)räten?$"), r"\1rat"),
    (re.compile(r"anwälten?$"), "anwalt"),
    (re.compile(r"ärzten?$"), "arzt"),
    (re.compile(r"vorstände[ns]?$"), "vorstand"),
    (re.compile(r"((?:ent|ant|ist|at|urg|oph|nom|rat|pilot))en$"), r"\1"),
    (re.compile(r"(rat|wart|vorstand|anwalt|arzt|konsul|wirt)e?s$"), r"\1"),
    (re.compile(r"(or)en$"), r"\1"),
    (re.compile(r"(leg|log|pat|lots|expert)en$"), r"\1e"),
    (re.compile(r"(er|or|är|eur|ist|ent)s$"), r"\1"),
    (re.compile(r"(er|eur)n$"), r"\1"),
    (re.compile(r"([Cc]hef|[Aa]zubi)s$"), r"\1"),
    (re.compile(r"(sekretär|ingenieur|redakteur|kapitän|konsul|offizier|funktionär)en?$"), r"\1"),
    (re.compile(r"männern?$"), "mann"),
)
_ADJECTIVAL_FORM = re.compile(rf"((?:{_ADJECTIVAL}))e[rnms]?$", re.IGNORECASE)


def is_adjectival(word: str) -> bool:
    """Whether an office has the endings of an adjective, so that only its bearer shows the nominative."""
    return _ADJECTIVAL_FORM.search(word) is not None


@lru_cache(maxsize=65_536)
def nominative(word: str, sex: str = "x") -> str:
    """The singular of an office in the nominative, in the form of a woman where one bears it."""
    adjectival = _ADJECTIVAL_FORM.search(word)
    if adjectival:
        stem = word[: adjectival.end(1)]
        if sex == "x":
            return word if word.endswith(("e", "er")) else stem + "er"
        return stem + ("e" if sex == "f" else "er")
    single = word
    for pattern, form in _TO_SINGULAR:
        changed = pattern.sub(form, single)
        if changed != single:
            single = changed
            break
    if sex == "f" and single != word and not single.endswith(("in", "frau", "ine")):
        single = _feminine(single)
    return single


def _feminine(word: str) -> str:
    for masculine, feminine in (
        ("rat", "rätin"),
        ("arzt", "ärztin"),
        ("anwalt", "anwältin"),
        ("mann", "frau"),
        ("vorstand", "vorständin"),
    ):
        if word.endswith(masculine):
            return word[: -len(masculine)] + feminine
    if word.endswith("e"):
        return word[:-1] + "in"
    return word + "in" if _ROLE.search(word) else word


def plural_for(word: str, sex: str) -> str:
    """A plural office in the singular of one bearer: ``Bürgermeister`` of a woman is ``Bürgermeisterin``."""
    single = nominative(word, sex)
    if sex == "f" and not single.endswith(("in", "e", "frau", "ine")):
        single = _feminine(single)
    return single


def adjective(word: str, head: str) -> str:
    """An adjective before an office in the nominative: ``Ärztlichen Direktor`` to ``Ärztlicher Direktor``."""
    if not _ADJECTIVE.match(word):
        return word
    stem = re.sub(r"(?:er|en|em|es|e)$", "", word)
    female = head.endswith(("in", "frau", "ine")) or (
        head.endswith("e") and not re.search(r"(?:leg|log|pat|lots|expert)e$", head)
    )
    if head.endswith("glied"):
        return stem + "es"
    return stem + ("e" if female else "er")


@lru_cache(maxsize=65_536)
def is_adjective(word: str) -> bool:
    """Whether a word before an office may be an adjective."""
    return bool(_ADJECTIVE.match(word))


@lru_cache(maxsize=65_536)
def is_former(words: str) -> bool:
    """Whether the words around an office say that it is no longer held, or not yet."""
    return bool(_FORMER.search(words) or _NOT_YET.search(words))


@lru_cache(maxsize=65_536)
def is_minister(role: str) -> bool:
    """Whether an office, by its title, is that of a minister or head of a state government; no state secretary."""
    head = re.split(r"\s(?:für|der|des|beim|im|in|of|for)\s", role)[0]
    if _NO_MINISTER.search(head) or is_former(role):
        return False
    return bool(_MINISTER.search(head) or _MINISTER_EN.search(head) or head in _ABBREVIATED_MINISTERS)
