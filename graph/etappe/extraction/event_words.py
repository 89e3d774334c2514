"""Words that make a sentence tell of an event, and words that speak against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from etappe.extraction.word_lists import words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_ENDS = ("", "s", "es", "e", "en", "n", "er")
_OCCASION_STEMS = (
    *("besuch", "besichtigung", "rundgang", "rundgäng", "gespräch", "austausch", "dialog", "stopp", "tour", "rundreis"),
    *("erreis", "streis", "eröffnung", "einweihung", "messe", "forum", "stammtisch", "empfang", "empfäng", "festakt"),
    *("fest", "feier", "feierstund", "festred", "jubiläum", "übergab", "verleihung", "veranstaltung", "konferenz"),
    *("kongress", "tagung", "sitzung", "workshop", "vortrag", "vorträg", "diskussion", "diskussionsrund", "treffen"),
    *("versammlung", "konzert", "begehung", "ausstellung", "termin", "sprechstund", "frühstück", "spatenstich"),
    *("grundsteinlegung", "richtfest", "siegerehrung", "messestand", "infostand", "lesung", "turnier", "seminar"),
    *("werksführung", "betriebsführung", "stadtführung", "baustellenführung", "auftaktveranstaltung", "exkursion"),
    *("leistungsschau", "tierschau", "gartenschau", "gewerbeschau", "bauschau", "weihnachtsmarkt", "wochenmarkt"),
    *("herbstmarkt", "jahrmarkt", "bauernmarkt", "hafentag", "hoftag", "netztag", "digitaltag", "bürgertag"),
    *("wirtschaftstag", "unternehmertag", "gründertag", "familientag", "aktionstag", "thementag", "fachtag"),
    *("projekttag", "informationstag", "infotag", "kirchentag", "wandertag", "schnuppertag", "rettertag"),
    *("ehrenamtsabend", "themenabend", "infoabend", "informationsabend", "bürgerabend", "unternehmerabend"),
    *("kaminabend", "diskussionsabend", "festabend", "filmabend", "leseabend", "vortragsabend", "vernissag"),
)
_OCCASION_ENDINGS = tuple(stem + end for stem in _OCCASION_STEMS for end in _ENDS)
_OCCASIONS = words(
    """
    Station Stationen Halt Halte Zwischenstopp Reise Reisen Auftakt Abschluss Abschlussveranstaltung
    Abschlussgespräch Start Startschuss Schlusspunkt Schlussspurt Inbetriebnahme Baubeginn Ehrung
    Preisverleihung Premiere Ortstermin Einladung Visite Stippvisite Fahrt Etappe Grußwort Kundgebung
    Gottesdienst Umzug Parade Knopfdruck Dienstreise Bürgersprechstunde Plenum
    """
)
_DOING = words(
    """
    besuchen macht machen stand standen steht stehen hält halten unterwegs eröffnet eröffnen eingeweiht übergibt
    übergeben verliehen traf trafen trifft treffen getroffen kam kamen kommt kommen gekommen fuhr fuhren fährt
    fahren ging gingen geht gehen führt zog zogen starten eingetroffen eintreffen empfangen empfängt begrüßen
    sah sahen angesehen umgesehen umgeschaut hineingeschaut vorbeigeschaut ausgetauscht nahm nahmen genommen
    nehmen nimmt freigegeben gab gaben gibt findet finden fand fanden stattgefunden lädt laden lud luden
    eingeladen geladen angesteuert angekündigt beginnt beginnen sprach sprachen spricht sprechen las liest
    öffnen setzen vorgestellt saß saßen sitzt nachholen half halfen mitgefahren teilgenommen losgeht angeboten
    bot boten gesprochen gegangen durften konnten ließ ließen liess liessen schilderte gewesen  opening met meet meets
    meeting hosted welcomed received conference workshop forum fair ceremony exhibition joined held reception
    roadshow event talk talks delegation stop stops stopped
    """
)
_DOING_STEMS = (
    *("besucht", "besichtig", "machte", "hielt", "gastier", "präsent", "eröffnete", "weiht", "einweih", "übergab"),
    *("überreicht", "überbrachte", "verlieh", "versammel", "rollt", "radelt", "führte", "reist", "startet", "eintraf"),
    *("empfing", "begrüßt", "begrüsst", "informier", "schaut", "tauscht", "stattfind", "erwartet", "begann", "endet"),
    *("tagt", "diskutier", "probiert", "feiert", "pflanzt", "redet", "öffnet", "gehört", "bildet", "setzte", "zeigt"),
    *("beteiligt", "präsentier", "stellt", "drückte", "zerschnitt", "enthüllt", "unterzeichnet", "arbeitet"),
    *("verbring", "verbracht", "teilnehm", "ausprobier", "warb", "erlebt", "kehrt", "weilt", "überzeugt"),
    *("visit", "opened", "tour", "inaugurat", "launch", "attend"),
)
_TELLING = words(
    """
    besuchen unterwegs eröffnet eingeweiht traf trafen trifft eingetroffen empfangen angesteuert angesehen
    umgesehen umgeschaut schaute schauten hineingeschaut findet fand fanden eingeladen lädt lud luden geladen
    erwartet kommt gekommen kam kamen gestritten sprach sprachen stritt stritten übergeben gestartet starten met
    opened hosted welcomed attended joined
    """
)
_TELLING_STEMS = (
    *("besucht", "besichtig", "gastier", "eröffnete", "weihte", "übergab", "überreichte", "eintraf", "empfing"),
    *("begrüßt", "begrüsst", "diskutiert", "tagt", "stattfind", "radelte", "öffnete", "informierte", "tauschte"),
    *("startete", "visit", "toured", "inaugurat"),
)
_OF_A_VISIT = ("besuch", "besuchs", "besuches", "besuche", "besichtigung", "rundgang", "werksführung")
_PHRASES = (
    r"zu Gast|Gast war|war(?:en)? Gast|auf Tour|vor Ort|sah(?:en)? sich|Gang durch|Führung(?:en)? durch|"
    r"Tag de[rs] \w+|"
    r"[Rr]unde[rn]? Tisch\w*|legten?\b[^.;]{0,60}\b(?:Kr[aä]nze?|Blumen|Grundstein)|"
    r"took place|takes place|ground-breaking"
)
_BEGINS = ("", ".", ":", "!", "?", "–", "|", "-", "•", ")")


@dataclass(frozen=True, eq=False)
class Cue:
    """Words and phrases that tell of something.

    Attributes:
        verbs, stems: verbs, in small letters; ``occasions``: whether nouns for occasions count, of any compound.
        endings: of nouns that count besides.
    """

    verbs: frozenset[str]
    stems: tuple[str, ...]
    phrases: re.Pattern[str]
    occasions: bool
    endings: tuple[str, ...] = ()

    def all(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Where they are, in order."""
        end = len(text) if end is None else end
        phrases = [found.span() for found in self.phrases.finditer(text, start, end)]
        found_words = (found for found in _WORD.finditer(text, start, end))
        hits = [found.span() for found in found_words if self._tells(text, found)]
        yield from sorted(hits + phrases)

    def first(self, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The first of them."""
        return next(self.all(text, start, end), None)

    def _tells(self, text: str, found: re.Match[str]) -> bool:
        word = found[0]
        if word[0].islower():
            return _doing(self, word)
        if self.occasions and is_occasion(word):
            return True
        if self.endings and word.casefold().endswith(self.endings):
            return True
        before = text[max(0, found.start() - 3) : found.start()].rstrip(' *_„»"')
        return before[-1:] in _BEGINS and _doing(self, word.casefold())


@lru_cache(maxsize=20_000)
def is_occasion(word: str) -> bool:
    """Whether a noun names an occasion: ``Spatenstich``, ``Bürgerdialog``."""
    last = word.rpartition("-")[2]
    return word[:1].isupper() and (last in _OCCASIONS or last.casefold().endswith(_OCCASION_ENDINGS))


@lru_cache(maxsize=20_000)
def _doing(cue: Cue, word: str) -> bool:
    return word in cue.verbs or word.startswith(cue.stems)


def _phrases(more: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w\-])(?:{_PHRASES}{more})(?![\w\-])")


CUE = Cue(
    _DOING,
    _DOING_STEMS,
    _phrases("|[Ll]os (?:ging|geht)|auf dem (?:Programm|Plan)|will be|Möglichkeit|Gelegenheit"),
    occasions=True,
)
"""Any word that can tell of an event; enough where a day or a place stands beside it."""

STRONG_CUE = Cue(_TELLING, _TELLING_STEMS, _phrases(), occasions=True)
"""Words that tell of an event by themselves."""

VISIT_CUE = Cue(
    words("besuchen angesehen umgesehen visited toured visit met"),
    ("besucht", "besichtig"),
    re.compile(r"(?<![\w\-])(?:sah(?:en)? sich|zu Gast|weiter zu[rm]?|Blick in)(?![\w\-])"),
    occasions=False,
    endings=_OF_A_VISIT,
)
"""Words of a visit to somebody; with the body visited they tell of a stop of its own."""

TRAVEL = re.compile(
    r"(?<![\w\-])(?:[Ww]eiter|ging|geht|kommt|kam(?:en)?|kommen|Schlussspurt|führt\w*|zog(?:en)?|reist\w*|"
    r"fährt|fuhr(?:en)?|"
    r"rollt\w*|Station|Etappe|eingeladen|lädt|lud(?:en)?|setzt\w*|wechsel\w*|visit|trip|Besuch|Reise|Fahrt|"
    r"pays)(?![\w\-])"
)
RETURN = re.compile(
    r"(?<![\w\-])(?:zurück\w*|muss\w*|heim\w*|kehrt\w*|weitermusst\w*|[Rr]ückkehr|[Rr]ückweg|abgereist|pendel\w*|"
    r"Verbindung(?:en)?|Abfahrt|Züge?|Wegweiser|nicht|returned|back|fliegt|flog)(?![\w\-])"
)

LISTING = re.compile(
    r"(?<![\w\-])(?:Station(?:en)?|folgt\w*|Halte?|Stopps?|erreicht\w*|[Aa]ngesteuert|besucht\w*|besuchen|"
    r"Ziele?|Schlusspunkt|Auftakt|Abschluss|Start|"
    r"auf dem (?:Programm|Plan)|Etappe(?:n)?|macht\w* Halt|Dann|dann|Tour|Route|Orte|stops?|visits?|visited)(?![\w\-])"
)
"""Words that make a bare name of a town a stop."""

BACKGROUND = re.compile(
    r"(?<![\w\-])(?:seit|stamm\w*|gegründet|geboren|wohn\w*|lebt\w*|beschäftigt|betreib\w*|mit Sitz|ansässig|"
    r"Standort(?:en|e)?|"
    r"gehör\w* zu|liegt|liegen|lag|geliefert|hergestellt|im Vergleich|damals|zuvor|einst|früher|bis zuletzt|"
    r"founded|"
    r"based|since|born|ursprünglich|vorgesehen war|gebaut wurde|gebaut wird|Verbindung|gaben auf|zugeschaltet|"
    r"weilte)(?![\w\-])"
)

CONTINUES = re.compile(
    r"[\s*_•\-]*(?:Anschließend|Im Anschluss|Danach|Dann|Daraufhin|Später|Zuvor|Zunächst|Zuerst|"
    r"Zum (?:Abschluss|Auftakt|Schluss)|"
    r"Den (?:Abschluss|Auftakt|Anfang)|Am (?:Morgen|Vormittag|Mittag|Nachmittag|frühen \w+|späten \w+|Abend)|"
    r"(?:Schon|Noch|Bereits) am \w+|Beim abschließenden|Morgens|Vormittags|Mittags|Nachmittags|Abends|Dort|"
    r"Weiter|Ebenfalls|"
    r"Der anschließende|Die anschließende|Um \w+ Uhr|Auch|In the (?:morning|afternoon|evening)|Later|"
    r"Afterwards|Then)(?!\w)"
)
"""Beginnings of a sentence that goes on with the day told of."""

OPENS = re.compile(r"[\s*_•\-]*(?:Zum|Den) (?:\w*[Aa]uftakt|Anfang|Start)(?!\w)")
"""Of these, those that tell of the first of several stops, whichever was told of last."""

COMMENT = re.compile(
    r"(?<![\w\-])(?:nannten?|bezeichneten?|kritisierten?|tadelten?|rügten?|monierten?|bemängelten?|"
    r"kommentierten?|criticised|criticized|called) (?:den|die|das|diesen|diese|dieses|the) (?:[a-zäöüß]+ )?"
    r"(?P<what>[A-ZÄÖÜ][\w\-]*)"
)
"""A judgement on something, passed elsewhere."""

SUBORDINATE = re.compile(
    r"(?:(?:ausgerechnet|nur|auch|vor allem|gerade|erst|selbst|unter anderem|aber|und) )?"
    r"(?:(?:deren|dessen|denen|wo|wohin|woher|während|obwohl|obgleich|weil|da|dass|damit|bevor|nachdem|sodass|"
    r"wenn|falls|ob|welche[rsmn]?|sofern|indem|which|who|whom|whose|where|while|that|because|although|"
    r"(?:um|wie|seit|bis)(?! (?:\d|zum|zur|zu|gegen|etwa|kurz|ein|halb|immer|gewohnt|geplant))|"
    r"(?:in|an|auf|bei|mit|von|zu|aus|für|durch|unter) (?:denen|deren|dessen))(?= )"
    r"|(?:in |an |auf |bei |mit |von |zu |aus |für |durch |unter )?(?:der|die|das|den|dem) "
    r"(?:(?=[a-zäöüß])|(?=[^,;]{0,160}?(?:[a-zäöüß]te|[a-zäöüß]ten|hat|haben|hatten?|war|waren|ist|sind|wird|"
    r"wurden?|"
    r"[a-zäöüß]{2,}[^eu\W]t)[.,;]?\s*$)))"
)
"""Beginnings of a clause that tells of something on the side."""

DAY_WORD = re.compile(
    r"^Morgen(?= [a-zäöüß])|(?<![\w\-])(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"
    r"(?:vormittag|nachmittag|mittag|abend|morgen|früh)?|[Vv]orgestern|[Gg]estern|[Hh]eute|[Üü]bermorgen|"
    r"(?<!am )(?<!Guten )morgen|"
    r"(?:(?:Anfang|Mitte|Ende|[Ii]m) )?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|"
    r"November|Dezember)"
    r"(?: \d{4})?|[Ii]m (?:\w+ )?(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Frühsommer|Spätsommer)|"
    r"(?:[Bb]is|[Nn]ach) (?:zum|dem) (?:Frühjahr|Sommer|Herbst|Winter|Jahresende)|"
    r"(?:vergangene|letzte|kommende|nächste)[nrs]? (?:Woche|Monat|Jahr|Wochenende|Frühjahr|Sommer|Herbst|"
    r"Winter)|am Wochenende|"
    r"(?:Last |last |next |this )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|"
    r"[Tt]omorrow)(?![\w\-])"
)
"""Words for a day or a time that is not today's; where nobody knows which, the date stays open."""

QUOTED = re.compile(r"„[^“”\"„\n]{1,600}[“”\"]|»[^«\n]{1,600}«|«[^»\n]{1,600}»|“[^”\n]{1,600}”|\"[^\"\n]{1,600}\"")
"""Speech and titles; what is in it is not told by the text itself."""

PART_OF_DAY = re.compile(
    r"(?<![\w\-])(?:[Aa]m (?:frühen |späten )?(?:Morgen|Vormittag|Mittag|Nachmittag|Abend)|[Mm]orgens|"
    r"[Vv]ormittags|[Mm]ittags|"
    r"[Nn]achmittags|[Aa]bends|[Zz]unächst|[Dd]anach|[Aa]nschließend|[Ii]m Anschluss|[Dd]ann|in the (?:morning|"
    r"afternoon|evening)|"
    r"[Ll]ater|[Zz]um Abschluss|[Zz]um Schluss)(?![\w\-])"
)
"""Words for a part of the day told of; with a place they are enough."""

EXACT_DAY = re.compile(
    r"(?i)(?:(?:mon|diens|donners|frei|sams|sonn)(?:tag|abend)|mittwoch|\w*gestern|heute|\w*morgen|\w+day|"
    r"today|yesterday|tomorrow)"
)
"""Of the words for a day, those that mean one day."""

TOUR_OF_DAYS = re.compile(r"(?<![\w\-])(?:\w*[Tt]our|unterwegs|\w*[Rr]eise|[Rr]undfahrt|on tour|roadshow)(?![\w\-])")

PARTICIPLE_LAST = re.compile(r"(?:[a-zäöüß]*ge|be|ver|er|ent|über|unter)[a-zäöüß]{2,}(?:t|en)[.,;]?\s*$|iert[.,;]?\s*$")
"""A piece of a sentence that ends in a participle."""

AUXILIARY = re.compile(
    r"(?<![\w\-])(?:hat|haben|habe|ist|sind|hatte|hatten|wird|werden|wurde|wurden|war|waren)(?![\w\-])"
)
"""A verb that waits for its participle."""

AGAIN = re.compile(r"(?<![\w\-])(?:[Nn]ächste[rsnm]?|next)(?![\w\-])")
"""Words for another one of its kind, which may be elsewhere."""
