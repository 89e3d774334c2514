"""Things that were shown, vehicles that were there, and what people talked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etappe.extraction.model import BlockKind, Exhibit, Photo, Span, Status, Text, Topic
from etappe.extraction.status import tense

_VEHICLE = (
    r"(?P<vehicle>(?!Auto|Wohn|Immo|Elektro|Schnee|Oldti)[A-ZÄÖÜ][a-zäöüß]{2,24}mobil|Info-?(?:[Mm]obil|[Bb]us|[Tt]ruck)"
    r"|[A-ZÄÖÜ][a-zäöüß]{2,24}-(?:Mobil|Truck|Bus)|Informations(?:bus|truck)|Showtruck|Roadshow-Truck)"
)
_THING = (
    r"(?P<thing>(?:[A-ZÄÖÜ][\wäöüß]{2,24}(?:roboter|drucker|simulator|prototyp|ausstellung)|3-?D-?Drucker|3D-Drucker"
    r"|VR-Brille|Roboter|Simulator|Prototyp|Ausstellung|Exponat|Drohne))"
)
_NOUN = re.compile(rf"(?<![\w-])(?:{_VEHICLE}|{_THING})(?:s|es|en|e|n)?(?![\w-])")
_MADE = re.compile(
    rf"\b(?:mit|an) (?P<what>[A-ZÄÖÜ][a-zäöüß]{{2,24}}en) aus (?P<article>dem|der|den) (?:{_VEHICLE}|{_THING})(?![\w-])"
)
_SHOWN = re.compile(
    r"\b(?:Ausstattung|zeigten?(?! (?:sich|\w{0,20} ?Interesse))|präsentierten?"
    r"|führten?\b[^;]{0,100}\bvor|vorgeführt|vorgestellt"
    r"|zu sehen|beschäftigten? sich|ausprobieren|ausprobiert|testeten?|probierten?|begutachteten?|bestaunten?"
    r"|besichtigten?|in Augenschein|showed|presented|demonstrated)(?![\w-])"
)
_THERE = re.compile(
    r"\b(?:[Aa]m und im|[Ii]m und am|[Vv]or dem|[Aa]m|[Ii]m|[Aa]n Bord des)[ ]$"
    r"|\b(?:machte|hielt|stand|stoppte|war|rollte)\b"
)
_TOPIC = re.compile(
    r"\b(?:tausch(?:te|ten)[ ]|sprach(?:en)?[ ]|diskutier(?:te|ten)[ ])(?:[^\n.;:!?]{0,200}?[ ])?"
    r"(?:zum|zur|über[ ]de[nr]|über[ ]die|über[ ]das)[ ]"
    r"(?P<topic>[A-ZÄÖÜ][\w-]{2,40}(?:[ ](?:der|des|von)(?:[ ][a-zäöüß]{3,25}e[nrs]?)?[ ][A-ZÄÖÜ][\w-]{2,40})?)"
)
_THEMES = re.compile(
    r"(?:^|(?<=[.:] ))(?P<first>(?:[A-ZÄÖÜ][\w-]+|[A-ZÄÖÜ]?[a-zäöüß]+e [A-ZÄÖÜ][\w-]+))"
    r"(?: und (?P<second>(?:[a-zäöüß]+e )?[A-ZÄÖÜ][\w-]+))? (?:erwies(?:en)?|zeigten?) sich (?:[\wäöüß]+ ){0,6}als "
    r"(?:[\wäöüß-]+e[ns]? )?Them(?:a|en)\b"
)
_ON_THEME = re.compile(
    r"\b(?:zum Thema|zu den Themen|Fragen zu[mr]|drehte sich alles um|rund um (?:das Thema|den|die|das)) "
    r"(?P<topic>(?:[a-zäöüß]+e[ns]? )?[A-ZÄÖÜ][\w-]{3,40})(?![\w-]| [A-ZÄÖÜ])"
)
_NO_TOPIC = re.compile(r"(?:Eröffnung|Auftakt|Abschluss|Beginn|Begrüßung|Schluss|Thema|Publikum|Presse|Bühne)\b")


@dataclass
class _Found:
    vehicle: bool
    mentions: list[Span] = field(default_factory=list)
    shown: list[Span] = field(default_factory=list)
    depicted: list[Span] = field(default_factory=list)


def find_exhibits(source: Text, photos: tuple[Photo, ...] = ()) -> tuple[Exhibit, ...]:
    """What was shown, in the order of the text: things with words that say so, and vehicles that were there."""
    text, found = source.text, dict[str, _Found]()
    if _NOUN.search(text) is None:
        return ()
    for sentence in _sentences(source):
        nouns = list(_NOUN.finditer(text, sentence.start, sentence.end))
        words = sentence.of(text) if nouns and sentence.end - sentence.start < 1500 else ""
        if not words or tense(words) is not Status.HELD:
            continue
        shown = _SHOWN.search(words) is not None
        for noun in nouns:
            there = noun["vehicle"] and _THERE.search(text, max(sentence.start, noun.start() - 80), noun.start())
            if shown or there:
                one = found.setdefault(_name(noun), _Found(noun["vehicle"] is not None))
                one.mentions.append(Span(*noun.span()))
                one.shown.append(sentence)
    for photo in photos:
        for noun in _NOUN.finditer(text, photo.caption.start, photo.caption.end):
            before = text[max(photo.caption.start, noun.start() - 8) : noun.start()]
            known = found.get(_name(noun))
            if re.search(r"(?:^|, |\bdas |\bdie |\bder |\bund )$", before) and (noun["vehicle"] or known):
                one = found.setdefault(_name(noun), _Found(noun["vehicle"] is not None))
                one.mentions.append(Span(*noun.span()))
                one.depicted.append(photo.caption)
        for made in _MADE.finditer(text, photo.caption.start, photo.caption.end):
            name = f"{made['what'][:-1]} aus {made['article']} {_name(made)}"
            one = found.setdefault(name, _Found(False))
            one.mentions.append(Span(made.start("what"), made.end()))
            one.depicted.append(photo.caption)
    return tuple(
        Exhibit(name, tuple(one.mentions), tuple(one.shown), one.vehicle, tuple(one.depicted))
        for name, one in found.items()
    )


def find_topics(source: Text) -> tuple[Topic, ...]:
    """What people talked about with each other, where a sentence in the past says it."""
    found: dict[str, Topic] = {}
    for sentence in _sentences(source):
        end = min(sentence.end, sentence.start + 1500)
        for name, span in _themes(source.text, Span(sentence.start, end)):
            found.setdefault(name, Topic(name, span))
        match = _TOPIC.search(source.text, sentence.start, end)
        if match is None or _NO_TOPIC.match(match["topic"]) or tense(sentence.of(source.text)) is not Status.HELD:
            continue
        name = " ".join(match["topic"].split())
        found.setdefault(name, Topic(name, Span(match.start("topic"), match.end("topic"))))
    return tuple(found.values())


def _themes(text: str, words: Span) -> Iterator[tuple[str, Span]]:
    """What a sentence calls a theme."""
    proved = _THEMES.match(text, words.start, words.end)
    held = proved is None and tense(words.of(text)) is Status.HELD
    on = _ON_THEME.search(text, words.start, words.end) if held else None
    for match, groups in ((proved, ("first", "second")), (on, ("topic",))):
        for group in groups if match is not None else ():
            if match is not None and match[group] and not _NO_TOPIC.match(match[group]):
                yield match[group], Span(*match.span(group))


def _sentences(source: Text) -> Iterator[Span]:
    """The sentences of the running text."""
    others = iter([block.span for block in source.blocks if block.kind is not BlockKind.PARAGRAPH])
    other = next(others, None)
    for sentence in source.sentences:
        while other is not None and other.end <= sentence.start:
            other = next(others, None)
        if other is None or other.start >= sentence.end:
            yield sentence


def _name(noun: re.Match[str]) -> str:
    return noun["vehicle"] or noun["thing"]
