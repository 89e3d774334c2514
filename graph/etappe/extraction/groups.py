"""People who are not named: of which of them a text says that they were there.

A group counts only where the clause that names it tells of it as present, with a verb in the past, or where a caption
names it. Whom something is for, or about, was not there for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etappe.extraction.attendance_cues import AGO, DISTANT, NEGATION, NO_PRESENCE, PLUPERFECT, PRESENT_ACT, UNREAL, YEAR
from etappe.extraction.clauses import clauses
from etappe.extraction.model import BlockKind, Group, GroupKind, Organisation, Photo, Span, Status, Text
from etappe.extraction.sentences import word_set
from etappe.extraction.status import tense

_PEOPLE = (
    ("Pressevertreter", GroupKind.PRESS, r"Presse-?vertreter(?:innen(?: und Pressevertretern?)?|n)?"),
    ("Medienvertreter", GroupKind.PRESS, r"Medien-?vertreter(?:innen(?: und Medienvertretern?)?|n)?"),
    ("Journalistinnen und Journalisten", GroupKind.PRESS, r"Journalistinnen und Journalisten"),
    ("Passanten", GroupKind.PUBLIC, r"Passant(?:innen und Passant)?en"),
    ("Fachbesucher", GroupKind.TRADE_VISITORS, r"Fachbesucher(?:innen und Fachbesucher)?n?"),
    ("Interessierte", GroupKind.PUBLIC, r"Interessierten?"),
    ("Bürgerinnen und Bürger", GroupKind.PUBLIC, r"Bürgerinnen und Bürgern?"),
    ("Besucherinnen und Besucher", GroupKind.PUBLIC, r"Besucherinnen und Besuchern?"),
    ("Schülerinnen und Schüler", GroupKind.CHILDREN, r"Schülerinnen und Schülern?"),
    ("Kinder", GroupKind.CHILDREN, r"Kindern?"),
    ("Auszubildende", GroupKind.STAFF, r"Auszubildenden?"),
)
_KIND_OF = tuple(f"g{number}" for number in range(len(_PEOPLE)))
_NOUN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<g{number}>{pattern})" for number, (_, _, pattern) in enumerate(_PEOPLE))
    + r"|(?P<campaign>Kampagnen-?[Tt]eam)"
    r"|(?P<team>Team)(?= (?:der|des|von|vom) )"
    r"|(?P<envoys>Vertreterinnen und Vertretern?|Vertretern?)(?= (?:der|des|von|vom|aus) ))(?![\w-])"
)
_QUICK = re.compile(
    r"vertreter|Vertreter|Journalist|Passant|Fachbesucher|Interessierte|Bürger|Besucher|Schüler|Kinder|Auszubildende|[Tt]eam"
)
_OF = re.compile(r" (?P<word>der|des|von|vom|aus)(?: (?P<article>der|dem|den))? ")
_CAMPAIGN = re.compile(r"(?:[A-ZÄÖÜ][\w-]{0,30})?[Kk]ampagne\b")
_MORE_CUES = re.compile(
    r"\b(?:hatten\b[^;]{0,100}\b(?:Möglichkeit|Gelegenheit)|nutzten\b[^;]{0,80}\b(?:Möglichkeit|Gelegenheit|Angebot)"
    r"|zeigten\b[^;]{0,40}\bInteresse|beschäftigten sich|verfolgten|lauschten|durften|strömten|drängten|fragten"
    r"|informierten sich|konnten\b[^;]{0,160}\b(?:ausprobieren|testen|erleben|besichtigen|ansehen|erkunden|informieren)"
    r"|machten?\b[^;]{0,120}\b(?:Station|Halt)|Anfang\b[^;]{0,120}\bmachten?|spielten|bastelten|programmierten|hörten\b[^;]{0,60}\bzu)(?![\w-])"
)
_TALK = re.compile(
    r"\b(?:tausch(?:te|ten)\b[^;]{0,240}\baus|sprach(?:en)?|diskutier(?:te|ten)|unterhielt(?:en)?|kam(?:en)?\b[^;]{0,160}"
    r"\bins Gespräch|plauder(?:te|ten)|traf(?:en)? sich)(?![\w-])"
)
_TOKEN = re.compile(r"[\w@&.-]+|[^\w\s]")
_SKIPPED = re.compile(
    r"[a-zäöüß]{3,}(?:e|en|er)|die|das|dem|den|rund|etwa|\d[\d.]*|[Dd]ie|[Dd]as|[Vv]iele|[Ee]inige|[Mm]ehrere"
)
_AND = frozenset(("und", "sowie", ",", "&"))
_NOT_AFTER = word_set(
    "für ohne statt anstatt an über laut nach gegenüber dank wegen zu aus gegen um unter wie als ob bei zum vom beim",
    "zur von durch in im ins auf vor hinter neben zwischen der des einem einer eines kein keine keiner keinen seinem",
    "seinen ihrem ihren seit bis trotz je pro ein einen",
)


@dataclass
class _Found:
    name: str
    kind: GroupKind
    organisation: str | None = None
    of_campaign: bool = False
    mentions: list[Span] = field(default_factory=list)
    present: list[Span] = field(default_factory=list)
    talking: list[Span] = field(default_factory=list)
    depicted: list[Span] = field(default_factory=list)


def find_groups(
    source: Text, organisations: tuple[Organisation, ...], photos: tuple[Photo, ...] = ()
) -> tuple[Group, ...]:
    """The groups that were there, in the order of the text."""
    bodies = {mention.start: (body.name, mention.end) for body in organisations for mention in body.mentions}
    found: dict[str, _Found] = {}
    for photo in photos:
        if _QUICK.search(source.text, photo.caption.start, photo.caption.end):
            _captioned(source.text, photo.caption, bodies, found)
    others = iter([block.span for block in source.blocks if block.kind is not BlockKind.PARAGRAPH])
    other = next(others, None)
    for sentence in source.sentences:
        while other is not None and other.end <= sentence.start:
            other = next(others, None)
        if other is not None and other.start < sentence.end:
            continue
        if _QUICK.search(source.text, sentence.start, sentence.end):
            _told(source.text, sentence, bodies, found)
    groups = [
        Group(
            one.name,
            one.kind,
            tuple(sorted(one.mentions)),
            one.organisation,
            one.of_campaign,
            one.kind is GroupKind.CHILDREN,
            tuple(sorted(one.present)),
            tuple(sorted(one.talking)),
            tuple(sorted(one.depicted)),
        )
        for one in found.values()
    ]
    return tuple(sorted(groups, key=lambda group: group.mentions[0]))


def _captioned(text: str, caption: Span, bodies: dict[int, tuple[str, int]], found: dict[str, _Found]) -> None:
    for span, one in _named(text, caption, bodies):
        if _governor(text[caption.start : span.start]) not in _NOT_AFTER:
            group = found.setdefault(one.name, one)
            group.mentions.append(span)
            group.depicted.append(caption)


def _told(text: str, sentence: Span, bodies: dict[int, tuple[str, int]], found: dict[str, _Found]) -> None:
    named = list(_named(text, sentence, bodies))
    if not named or sentence.end - sentence.start > 1500:
        return
    words = sentence.of(text)
    if AGO.search(words) or DISTANT.search(words) or elsewhen(words) or tense(words) is not Status.HELD:
        return
    for clause in clauses(text, sentence):
        if not clause.verb or clause.relative or UNREAL.search(clause.words) or NEGATION.search(clause.words):
            continue
        if NO_PRESENCE.search(clause.words) or PLUPERFECT.search(_without_chance(clause.words)):
            continue
        talk = _TALK.search(clause.words) is not None
        acts = talk or _MORE_CUES.search(clause.words) or PRESENT_ACT.search(clause.words)
        for span, one in named if acts else ():
            before = _governor(text[sentence.start : span.start])
            if not span.within(clause.span) or before in _NOT_AFTER or (before == "mit" and not talk):
                continue  # whom something is for, or about
            group = found.setdefault(one.name, one)
            group.mentions.append(span)
            group.present.append(clause.span)
            if talk and before == "mit":
                group.talking.append(clause.span)


def elsewhen(words: str) -> bool:
    """Whether the sentence names a year that is not part of a day."""
    return any(
        not re.search(r"(?:\d\.|[a-zäöü]) ?$", words[max(0, at.start() - 4) : at.start()])
        for at in YEAR.finditer(words)
    )


def _without_chance(words: str) -> str:
    """Without a “hatten” that means that people had the opportunity."""
    return re.sub(r"\bhatten\b(?=[^;]{0,100}\b(?:Möglichkeit|Gelegenheit))", "      ", words)


def _named(text: str, part: Span, bodies: dict[int, tuple[str, int]]) -> Iterator[tuple[Span, _Found]]:
    for match in _NOUN.finditer(text, part.start, part.end):
        span = Span(*match.span())
        if match["campaign"]:
            yield span, _Found("Kampagnenteam", GroupKind.STAFF, of_campaign=True)
        elif match["team"] or match["envoys"]:
            whose = _whose(text, span, bodies)
            if whose is not None:
                yield whose
        else:
            name, kind, _ = _PEOPLE[_KIND_OF.index(next(key for key in _KIND_OF if match[key]))]
            yield span, _Found(name, kind)


def _whose(text: str, noun: Span, bodies: dict[int, tuple[str, int]]) -> tuple[Span, _Found] | None:
    """Team or representatives, with those whose they are: a known organisation, or the campaign."""
    of = _OF.match(text, noun.end)
    if of is None:
        return None
    team = noun.of(text) == "Team"
    campaign = _CAMPAIGN.match(text, of.end())
    if campaign is not None:
        return (
            (Span(noun.start, campaign.end()), _Found("Kampagnenteam", GroupKind.STAFF, of_campaign=True))
            if team
            else None
        )
    body = bodies.get(of.end())
    if body is None:
        return None
    name, end = body
    words = " ".join(text[of.start() : of.end()].split())
    kind = GroupKind.STAFF if team else GroupKind.REPRESENTATIVES
    head = "Team" if team else "Vertreter"
    return Span(noun.start, end), _Found(f"{head} {words} {name}", kind, name)


def _governor(before: str) -> str:
    """The word that a noun depends on: before its adjectives, and before the things it is listed with."""
    words = [str(word) for word in _TOKEN.findall(before[-200:])]
    listed = False
    while words:
        word = words.pop()
        if word in _AND:
            listed = True
        elif word == "der" and words and words[-1] in ("mit", "Mit"):
            return "mit"
        elif _SKIPPED.fullmatch(word) and word not in _NOT_AFTER:
            continue
        elif not words or not (listed and (word[0].isupper() or word in ("der", "des"))):
            return word.casefold()
    return ""
