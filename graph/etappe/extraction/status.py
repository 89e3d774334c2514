"""Whether an event took place: by its date, by words that cancel it, by the tense of its verb."""

from __future__ import annotations

import re

from etappe.extraction.event_words import QUOTED
from etappe.extraction.model import BlockKind, Status, Text

_CANCELLED = re.compile(
    r"(?<![\w\-])(?:fällt (?:\w+ ){0,3}aus|fiel(?:en)? (?:\w+ ){0,5}aus|ausgefallen|ausfallen|entfällt|"
    r"entfallen|entfiel|"
    r"abgesagt|abgeblasen|verschoben|findet nicht statt|fand nicht statt|gestrichen|cancelled|canceled|"
    r"postponed|called off|"
    r"(?:fuhr|fährt|kam|kommt|reiste) (?:[\w]+ ){0,6}nicht mehr|wird nicht stattfinden)(?!\w)"
)
_FUTURE_WORD = re.compile(
    r"(?<![\w\-])(?:kommende[nrsm]?|nächste[nrsm]?|übermorgen|demnächst|voraussichtlich|geplant|vorgesehen|"
    r"Anmeldung|"
    r"Einladung zu[rm]?|[Ww]ir laden|lädt|laden|herzlich eingeladen|will be|is planned|are planned|tomorrow|"
    r"next|invites?|angekündigt)(?!\w)"
)
_PAST_WORD = re.compile(
    r"(?<![\w\-])(?:[Gg]estern|gestrigen|[Vv]orgestern|"
    r"(?:[Vv]ergangene|[Ll]etzte)[nrsm]? (?:Woche|Wochenende|Monat|Jahr|\w+tag\w*|Mittwoch\w*|Sonnabend\w*)|"
    r"yesterday|[Ll]ast \w+)(?!\w)"
)
_SINCE = re.compile(
    r"(?<![\w\-])[Ss]eit (?:dem )?(?:gestern|gestrigen|vorgestern|heute|(?:\w+tag|Mittwoch|Sonnabend)\w*)(?!\w)"
)
_KNOWN_SINCE = re.compile(r"\b(?:steht fest|bekannt|klar|[Vv]orverkauf|anmelden|bewerben|erwartet|kommt|kommen)\b")
"""What goes on since a day began on it; what is known since then may be still to come."""
_PAST_VERB = (
    r"war|waren|wurde|wurden|hatte|hatten|kam|kamen|fand|fanden|stand|standen|ging|gingen|nahm|nahmen|gab|"
    r"gaben|traf|"
    r"trafen|sah|sahen|lud|luden|sprach|sprachen|fuhr|fuhren|hielt|hielten|ließ|ließen|liess|saß|saßen|las|"
    r"lasen|empfing|"
    r"empfingen|zog|zogen|begann|begannen|übergab|übergaben|verlieh|half|halfen|schlug|zerschnitten|"
    r"bot|boten|schnitt|schnitten|griff|griffen|trat|traten|schloss|schlossen|rief|unterschrieb|bat"
    r"|baten|fiel|fielen|schrieb|"
    r"schrieben|trug|trugen|sang|sangen|lief|liefen|aß|brachte|brachten|schien|durfte|durften|mussten?"
    r"|konnten?|wollten?|ging's|hieß|eintrafen|eintraf|blieb|blieben|"
    r"(?!(?:\w*(?:chst|tst|igst|enst|est|erst|ößt|ärkst|eut|itt|ett|weit|recht|unt|echt|spät|breit|alt|gut|rot|"
    r"leicht|licht)en?"
    r"|beste|meiste\w?|ge(?!hört|lang|nehm|nüg|währ|stalt)\w+|bekannte\w?|beliebte\w?|könnte\w?|sollte\w?|"
    r"möchte\w?|dritte\w?|vierte\w?|"
    r"fünfte\w?|sechste\w?|siebte\w?|achte\w?|neunte\w?|zehnte\w?|hätte\w?|konkrete\w?|private\w?|heute|"
    r"(?:\w*(?:start|biet|arbeit|wart|leit|halt|tret|reit|rat|bericht|richt|leist|test|acht|deut|streit|gelt|"
    r"breit|hint|seit|"
    r"begleit|gestalt|schalt|miet|tast|red|bild|bitt))en) )[a-zäöüß]{3,}te(?:n)?(?= )|"
    r"visited|toured|met|opened|joined|was|were|had|took|received|welcomed|attended"
)
_NOW_VERB = (
    r"wird|werden|soll|sollen|will|wollen|kann|können|ist|sind|hat|haben|habe|kommt|kommen|findet|finden|lädt|"
    r"laden|steht|"
    r"stehen|startet|starten|beginnt|beginnen|macht|machen|gastiert|gastieren|besucht|besuchen|geht|gehen|"
    r"öffnet|öffnen|"
    r"eröffnet|eröffnen|bildet|bilden|wechseln|setzen|setzt|fährt|fahren|führt|führen|hält|halten|trifft|"
    r"treffen|spricht|"
    r"diskutiert|diskutieren|informiert|informieren|zeigt|zeigen|tourt|folgt|folgen|erwartet|erwarten|tagt|tagen|"
    r"stellt|feiert|feiern|präsentiert|will|legt|gibt|reist|reisen|übergibt|weiht|rollt|weihen|bleibt|will|is|"
    r"are|has|have"
)
_FINITE = re.compile(rf"(?<![\w\-])(?:(?P<past>{_PAST_VERB})|(?P<now>{_NOW_VERB}))(?![\w\-])")
_PERFECT = frozenset(("ist", "sind", "hat", "haben", "habe", "has", "have"))
_PARTICIPLE = re.compile(
    r"(?<![\w\-])(?:(?:[a-zäöü]+)?ge[a-zäöüß]{2,}(?:t|en)|(?:be|ver|er|ent|über|unter|emp|"
    r"zer)[a-zäöüß]{3,}(?:t|en)|"
    r"[a-zäöü]+iert|lassen|stattgefunden|worden|gewesen|been|visited|opened)(?![\w\-])"
)
_EXPECTED = re.compile(
    r"^(?:angekündigt|angemeldet|angesagt|eingeladen|zugesagt) (?:haben|hat|sind|ist)(?!\w)|"
    r"(?<![\w\-])(?:ist|sind|hat sich|haben sich|is|are) (?:[^.;]{0,120} )?(?:eingeladen|geplant|vorgesehen|"
    r"angekündigt|"
    r"angemeldet|angesagt|terminiert|planned|invited|scheduled)(?!\w)"
)
_PROGRAMME = re.compile(
    r"(?<![\w\-])(?:Anmeldung|Einladung|[Pp]rogramm|\w*[Tt]ermine|\w*[Vv]orschau|[Ff]ahrplan|eingeladen sind|"
    r"[Ää]nderungen|"
    r"Anmeldeschluss|Medienvertreter|lädt ein|laden ein|Redaktionen|akkreditier\w+|Akkreditierung|"
    r"registration)(?![\w\-])"
)


def is_cancelled(statement: str) -> bool:
    """Whether a statement says that something does not take place."""
    return _CANCELLED.search(statement) is not None


_EITHER = frozenset(("besucht", "eröffnet", "erwartet", "informiert", "präsentiert", "gefeiert", "geladen", "geführt"))


def _finite_verb(statement: str) -> re.Match[str] | None:
    """The first finite verb; a form that may as well be a participle only where there is no other."""
    spare = None
    for found in _FINITE.finditer(statement):
        if found[0].casefold() not in _EITHER:
            return found
        spare = spare or found
    return spare


def tense(statement: str) -> Status | None:
    """What the words of a statement say: held or announced; nothing where it has no verb."""
    statement = QUOTED.sub(" ", statement).strip() + " "
    statement = statement[0].lower() + statement[1:]
    since = _SINCE.search(statement) and not _KNOWN_SINCE.search(statement)
    if since or _PAST_WORD.search(statement):
        return Status.HELD
    verb = _finite_verb(statement)
    if verb is not None and verb["past"]:
        return Status.HELD
    if _FUTURE_WORD.search(statement) or _EXPECTED.search(statement):
        return Status.ANNOUNCED
    if verb is None:
        return None
    if verb["now"].casefold() in _PERFECT:
        if _PARTICIPLE.search(statement):
            return Status.HELD
        other = next((each for each in _FINITE.finditer(statement) if each[0].casefold() not in _PERFECT), None)
        return None if other is None else Status.HELD if other["past"] else Status.ANNOUNCED
    return Status.ANNOUNCED


def tendency(source: Text) -> Status:
    """What a text as a whole is: a report of what was, or a notice of what will be."""
    past = now = 0
    for sentence in source.sentences:
        block = source.block_of(sentence) if len(source.blocks) < 50 else None
        if block is not None and block.kind in (BlockKind.NOISE, BlockKind.IMPRINT, BlockKind.HEADING):
            continue
        told = tense(sentence.of(source.text)[:600])
        past += told is Status.HELD
        now += told is Status.ANNOUNCED
    if _PROGRAMME.search(source.text):
        now += 3
    if not past and any(
        block.kind in (BlockKind.SCHEDULE, BlockKind.ROW, BlockKind.DATE_HEADING) for block in source.blocks
    ):
        now += 1
    return Status.ANNOUNCED if now > past else Status.HELD


def status_of(statement: str, date: str | None, published: str | None, otherwise: Status) -> Status:
    """Whether what a statement tells of took place.

    Args:
        date: its day; ``published``: the day on which the text appeared.
        otherwise: what the text as a whole is.
    """
    if is_cancelled(statement):
        return Status.CANCELLED
    if date and published and not date.startswith("--") and date != published:
        return Status.ANNOUNCED if date > published else Status.HELD
    return tense(statement) or otherwise


def status_of_line(
    line: str, date: str | None, published: str | None, otherwise: Status, held_until: str | None
) -> Status:
    """Whether what a line of a programme or a table tells of took place.

    Args:
        held_until: the last day of which the text has told that something took place; what is listed after it has
            not yet.
    """
    if is_cancelled(line):
        return Status.CANCELLED
    if date and published and not date.startswith("--") and date != published:
        return Status.ANNOUNCED if date > published else Status.HELD
    if otherwise is Status.HELD and held_until and date and date > held_until:
        return Status.ANNOUNCED
    return otherwise
