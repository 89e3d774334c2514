"""A sentence cut into clauses, so that a verb is read only with those it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etappe.extraction.model import Span
from etappe.extraction.names import word_set

_QUOTE = re.compile(r"„[^“”„]{0,900}[“”]|»[^«»]{0,900}«|«[^«»]{0,900}»|“[^“”]{0,900}”|\"[^\"\n]{1,900}\"")
_BRACKET = re.compile(r"\([^()\n]{0,200}\)")
_CUT = re.compile(r"[,;:–]\s|\s[–-]\s")
_JOIN = re.compile(r"(?<!\d\.)\s(?:und|sowie|aber|doch|and|but)\s|(?<=\d\.)\s(?:und|sowie|and)\s(?!\d)")
_STRONG = (
    "bewies|bewiesen|verwies|verwiesen|entschied|griff|griffen|beschrieb|unterstrich|bought|brought|held|saw|stood|told|cut"
    "|war|waren|kam|kamen|nahm|nahmen|sprach|sprachen|traf|trafen|gab|gaben|ging|gingen|sah|sahen|ließ"
    "|ließen|liess|hielt|hielten|fuhr|fuhren|stand|standen"
    "|saß|saßen|fand|fanden|trug|trugen|schnitt|schnitten|zerschnitt|zerschnitten|hob|hoben|lud|luden"
    "|las|lasen|aß|aßen|schlug|schlugen|half|halfen"
    "|blieb|blieben|warb|warben|riet|wies|wiesen|bot|boten|schrieb|schrieben|rief|riefen|trat|traten"
    "|stritt|stritten|übergab|übergaben|empfing|empfingen"
    "|verlieh|verliehen|unterschrieb|begann|zog|zogen|lief|liefen|griff|schloss|schlossen|verlas"
    "|bekam|erhielt|gewann|wurde|wurden|hat|haben|hatte|hatten|ist|sind|wird|werden"
    "|soll|sollen|will|wollen|kann|können|muss|müssen|darf|sei|seien|habe|werde|lag|lagen|gilt|steht"
    "|stehen|kommt|kommen|liegt|geht|sagt|zeigt|besucht|schien|verstarb|starb|besprach|vertrat"
    "|erschien|erschienen|informiert|eröffnet|überreicht|übergibt"
    "|nimmt|reist|spricht|trifft|hält|findet|lädt|begleitet|brachte|brachten|dachte|wusste|kannte"
    "|wandte|sendete|sandte|überbrachte|was|were|has|had|is|are|will|met|came|took|gave|said|spoke"
    "|led|joined|visited|opened|toured"
)
_PREFIXED = ("fuhr", "lief", "ging", "kam", "nahm", "stand", "flog", "zog", "rief")  # mitfuhr, entgegennahm
_FINITE = re.compile(rf"(?<![\w-])(?:{_STRONG}|[a-zäöüß]{{2,}}(?:te|ten)|[a-z]{{3,}}ed)(?![\w-])")
_NO_VERB = word_set(
    "heute bitte gute guten letzte letzten erste ersten zweite zweiten dritte dritten rote roten bunte "
    "bunten alte alten breite breiten weite weiten harte"
    " zehnten achten fünften sechsten siebten vierten neunten späte späten gesamte gesamten geplante "
    "geplanten bekannte bekannten unter mitten besten beste sogenannten sogenannte beiden seiten "
    "zeiten united interested"
    " nächste nächsten größte größten kleinsten neueste neuesten älteste jüngste jüngsten meisten "
    "meiste höchste erkrankte erkrankten beliebte beliebten vereinte vereinigten mittelständischen"
    " benannte zweitgrößten fortgeschrittene erleichterte"
)
_INFINITIVE = re.compile(r"^\s*(?:und\s)?um\s|\s(?:zu\s[a-zäöüß]+n|[a-zäöüß]+zu[a-zäöüß]+n)[\s.!?]*$")
_OPEN_AUXILIARY = re.compile(r"(?<![\w-])(?:hat|haben|ist|sind|wurde|wurden)(?![\w-])[^A-ZÄÖÜ]{0,30}$")
_AUXILIARY = re.compile(r"(?<![\w-])(?:hat|haben|ist|sind|wurde|wurden|wird|werden)(?![\w-])")
_RELATIVE = re.compile(
    r"\s*(?:(?:mit|von|für|in|an|auf|bei|zu|durch|über|unter|nach|aus|um)\s)?(?:der|die|das|dem|den"
    r"|deren|dessen|denen|wo|was|welche[rsnm]?|who|which|whose|where)\s"
)
_SUBORDINATE = re.compile(
    r"\s*(?:weil|dass|da|als|wenn|ob|obwohl|nachdem|bevor|während|damit|sodass|weshalb|wie|warum|wann"
    r"|because|that|while|after|before|when)\s"
)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence; offsets are those of the text.

    Attributes:
        words: with quotations and brackets blanked out.
        verb: whether it has a finite verb.
        relative: whether it is a relative or subordinate clause.
        joined: whether it goes on from the clause before by ``und``, without a subject of its own.
        breaks: whether a semicolon or colon stands before it.
    """

    span: Span
    words: str
    verb: bool
    relative: bool
    joined: bool = False
    breaks: bool = False


def blanked(words: str) -> str:
    """The same length, quotations and brackets as blanks."""
    words = _QUOTE.sub(lambda match: " " * len(match.group()), words)
    return _BRACKET.sub(lambda match: " " * len(match.group()), words)


def quoted(words: str) -> list[Span]:
    """Quotations."""
    return [Span(*match.span()) for match in _QUOTE.finditer(words)]


def has_verb(words: str) -> bool:
    """Whether a finite verb stands in the words."""
    return any(match.group() not in _NO_VERB and not _attributive(words, match) for match in _FINITE.finditer(words))


def _attributive(words: str, match: re.Match[str]) -> bool:
    """``die geplante Halle``: a form in -te between article and noun."""
    if words.startswith(" von ", match.end()) and match.group().endswith("t"):
        return match.group() not in ("hat", "ist", "bat", "hielt", "galt")  # begleitet von …
    if not match.group().endswith(("te", "ten")):
        return False
    before = words[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
    after = words[match.end() : match.end() + 2].strip()
    return (
        before
        in (
            "der",
            "die",
            "das",
            "den",
            "dem",
            "des",
            "ein",
            "eine",
            "einen",
            "einem",
            "einer",
            "im",
            "am",
            "vom",
            "zum",
            "zur",
            "beim",
        )
        and after[:1].isupper()
    )


def clauses(text: str, sentence: Span) -> list[Clause]:
    """The clauses of a sentence in order."""
    words = blanked(sentence.of(text))
    found: list[Clause] = []
    start = 0
    breaks = False
    for cut in [*_CUT.finditer(words), None]:
        end = cut.start() if cut else len(words)
        found.extend(_parts(words, start, end, sentence.start, breaks))
        if cut:
            breaks = cut.group().strip() in (";", ":")
            start = cut.end()
    return found


def _parts(words: str, start: int, end: int, offset: int, breaks: bool) -> list[Clause]:
    """Cuts at ``und`` where both sides have a verb."""
    piece = words[start:end]
    relative = _is_relative(piece)
    parts: list[Clause] = []
    begin = 0
    for join in _JOIN.finditer(piece):
        left, right = piece[begin : join.start()], piece[join.end() :]
        if has_verb(left) and has_verb(right):
            parts.append(
                Clause(
                    Span(offset + start + begin, offset + start + join.start()),
                    left,
                    True,
                    relative,
                    bool(parts),
                    breaks and not parts,
                )
            )
            begin = join.end()
    rest = piece[begin:]
    parts.append(
        Clause(
            Span(offset + start + begin, offset + end),
            rest,
            has_verb(rest),
            relative,
            bool(parts),
            breaks and not parts,
        )
    )
    return parts


def _is_relative(piece: str) -> bool:
    if _SUBORDINATE.match(piece):
        return True
    if not _RELATIVE.match(piece):
        return False
    last = piece.rstrip(" .!?").rsplit(" ", 1)[-1]
    return last[:1].islower() and (has_verb(last) or last.endswith(("t", "te", "en", *_PREFIXED)))


def around(parts: list[Clause], at: Span) -> list[Clause]:
    """The clauses whose verb may speak of somebody named at ``at``: the own one, else the ones a list leads to."""
    own = next((index for index, part in enumerate(parts) if part.span.start <= at.start < part.span.end), None)
    if own is None:
        return []
    told = parts[own].relative and not parts[own].words.rstrip(" .!?").endswith("en")
    if told or _INFINITIVE.search(parts[own].words):
        return [parts[own]]
    if parts[own].verb:
        return [_with_tail(parts, own), *_carried(parts, own, at)]
    return [parts[own], *_backward(parts, own), *_forward(parts, own)]


def _with_tail(parts: list[Clause], own: int) -> Clause:
    """The clause with what follows behind lists and has no verb of its own (``waren A, B und C dabei``)."""
    words = parts[own].words
    end = parts[own].span.end
    waits = bool(_OPEN_AUXILIARY.search(words.rstrip()))
    for part in parts[own + 1 : own + 9]:
        if part.breaks or (
            part.verb and not part.relative and not (_AUXILIARY.search(words) and _only_closing(part.words))
        ):
            break
        words += " " * (part.span.start - end) + (
            " " * len(part.words) if part.relative and not (waits and _only_closing(part.words)) else part.words
        )
        end = part.span.end
    return Clause(
        Span(parts[own].span.start, end), words, True, parts[own].relative, parts[own].joined, parts[own].breaks
    )


def _only_closing(words: str) -> bool:
    """Whether the one verb of the words is a participle at their end."""
    verbs = [match for match in _FINITE.finditer(words) if match.group() not in _NO_VERB]
    return len(verbs) == 1 and not words[verbs[0].end() :].strip(" .!")


def _carried(parts: list[Clause], own: int, at: Span) -> list[Clause]:
    """What the subject does further on (``X lobte das Werk und überreichte …``)."""
    match = _FINITE.search(parts[own].words)
    first = match is not None and parts[own].span.start + match.start() > at.start
    after: list[Clause] = []
    index = own + 1
    while first and index < len(parts) and parts[index].joined and parts[index].words.lstrip()[:1].islower():
        after.append(parts[index])
        index += 1
    return after


def _backward(parts: list[Clause], own: int) -> list[Clause]:
    for index in range(own - 1, -1, -1):
        if parts[index + 1].breaks and not parts[index].verb and index + 1 != own:
            return []
        if parts[index].relative:
            continue
        if parts[index].verb:
            return [parts[index]]
    return []


def _forward(parts: list[Clause], own: int) -> list[Clause]:
    for index in range(own + 1, len(parts)):
        if parts[index].breaks:
            return []
        if parts[index].relative:
            continue
        if parts[index].verb:
            return [parts[index]]
    return []


def relative_after(parts: list[Clause], at: Span) -> Clause | None:
    """The relative clause that directly follows somebody (``X, der verhindert war``)."""
    own = next((index for index, part in enumerate(parts) if part.span.start <= at.start < part.span.end), None)
    if own is None or own + 1 >= len(parts) or not parts[own + 1].relative or not _RELATIVE.match(parts[own + 1].words):
        return None
    rest = parts[own].words[at.end - parts[own].span.start :].strip()
    return parts[own + 1] if not rest else None
