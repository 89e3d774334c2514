"""Sentences of German and English press language."""

from __future__ import annotations

import re

from etappe.extraction.model import Span


def word_set(*lines: str) -> frozenset[str]:
    """The words of some lines."""
    return frozenset(word for line in lines for word in line.split())


_END = re.compile(r"(?P<stop>\.{1,3}|…|[!?]+)(?P<close>[\"“”»«’‘')\]*_]*)(?=\s)")
_LAST_WORD = re.compile(r"[\w.&/-]*\Z")
_ABBREVIATIONS = word_set(
    "dr prof st ca nr bzw ggf evtl inkl exkl vgl bspw sog insb max min mind tel str hl ing dipl mag med phil jur",
    "rer nat hon habil lic theol ltd stv stellv bgm kgl gebr co inc corp vs geb ehem abs art bd bsp ebd etc-pp",
    "u.a z.b d.h u.u i.d.r o.ä v.l v.r z.t z.zt u.v.m m.e p.a i.v a.d a.m p.m e.g i.e mr mrs ms messrs jr sr gov",
    "sen rep hon rev gen col lt capt jan feb febr mrz apr jun jul aug sep sept okt nov dez oct dec mo di mi do fr",
    "sa so mio mrd tsd landr präs vors gf fam frl kath ev evang bayer sächs thür niedersächs dt engl franz tsch",
    "univ inst hrsg red anm telef kap abt ref min.-dir dir oec pol publ sc agr vet dent ökon hc lag labg kommr",
    "parl reg staatsmin hptm kap schwst fraktionsvors",
)
_STARTERS = word_set(
    "der die das den dem des ein eine einen einem einer am im in es er sie wir ich ihr man auf bei mit nach von",
    "vor zu zum zur für aus auch so da dann dort doch denn und aber als wenn weil während seit bis an",
    "anschließend danach später beim vom unter über um alle viele einige dieser diese dieses dazu dabei damit",
    "hier heute gestern morgen nun jetzt schon noch nur mehr neben zwischen gegen ohne durch wer was wie wo warum",
    "insgesamt außerdem zudem the a an it he she they we this that these those in on at from for after before",
    "with and but then there here",
)
_MONTHS = re.compile(
    r"\s+(?:Jan|Jän|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|bis\b|und\b|sowie\b|oder\b|Jahrhundert|Klasse)"
)
_NEXT = re.compile(r"\s+[\"„“»«‚‘'(\[*_–-]*(?P<word>\w+)")


def sentences_of(text: str, span: Span) -> list[Span]:
    """The sentences of a part of a text, without the blanks between them."""
    found: list[Span] = []
    begin = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends(text, begin, match, span.end):
            found.append(stripped(text, Span(begin, match.end())))
            begin = match.end()
    rest = stripped(text, Span(begin, span.end))
    return [sentence for sentence in [*found, rest] if sentence.start < sentence.end]


def stripped(text: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends(text: str, begin: int, match: re.Match[str], limit: int) -> bool:
    following = _NEXT.match(text, match.end(), limit)
    word = following["word"] if following else ""
    if word[:1].islower():
        return False
    if match["stop"] != "." or match["close"]:
        return True
    before = _LAST_WORD.search(text, max(begin, match.start() - 24), match.start())
    return before is None or _period_ends(before.group(), text, match.end(), word)


def _period_ends(before: str, text: str, after: int, word: str) -> bool:
    """Whether a single full stop after a word ends a sentence; the next word is written with a capital or a digit."""
    starts = word.casefold() in _STARTERS
    if before.isdigit():
        return len(before) > 2 or (starts and not _MONTHS.match(text, after))
    last = before.rpartition("-")[2].rpartition("/")[2]
    if len(last.rpartition(".")[2]) == 1 and last.rpartition(".")[2].isalpha():
        return starts and last[-1] in "VDGKO"  # "e. V. Der ..."; initials otherwise
    if last.casefold() == "st":
        return False
    return last.casefold().strip(".") not in _ABBREVIATIONS or (starts and last.casefold() in ("co", "mio", "mrd"))
