"""Which of the two languages a text is in: counted stop words, enough to tell them apart and to notice another one."""

from __future__ import annotations

import re

from etappe.errors import ReadingError

_STOP_WORDS = {
    "de": "der die das und den dem des ein eine einen einem einer im am zum zur mit von vom für auf bei nicht ist sind "
    "war wird wurde werden sich auch aus nach über als wie unter durch sowie uhr beim hat haben es sie ihr ich wir",
    "en": "the and of to in a is was were for with on at by from that this as are be has have had will it its their "
    "they he she his her we our you your not an or who which",
    "fr": "le la les des du et une est dans pour que qui sur avec au aux ce cette ont été il elle sont par ne pas plus",
    "nl": "de het een en van is op te dat voor met zijn niet aan er om ook als bij naar door wordt werd deze uit maar",
    "pl": "w i na z do się nie że jest to o jak od po przez dla oraz za był została także ich jego",
    "es": "el la los las de y en que un una por con para se su del al es como más fue han sus",
    "it": "il di e la che un una per in del della con si da sono è nel alla dei le i gli non anche stato",
    "da": "og i at det er en til af på for med den der som de ikke har et fra var blev ved om han",
    "sv": "och i att det är en som på för med den av till inte har om ett från var de vid",
    "cs": "a v na se že je do s z pro od by jako jsou bylo byl který která také ale po při",
    "pt": "o a os as de e do da em um uma que para com não por no na dos se foi mais ao",
    "ro": "și de la în a cu pe din care pentru este un o să nu au fost mai sunt",
    "hu": "a az és hogy nem is egy volt meg ez van azt de mint csak el még",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar en ne var",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _STOP_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]+")
#: Words that are looked at, spread over the text.
_SAMPLE = 3000
#: Fewer words say nothing about a language that is neither.
_ENOUGH = 25
#: Of words of running German or English text at least every third is a stop word, in a table every twentieth.
_LEAST_SHARE = 0.03


def language_of(text: str, name: str) -> str:
    """``de`` or ``en``; short texts without any clue count as German.

    Raises:
        ReadingError: it is in neither.
    """
    words = [word.lower() for word in _WORD.findall(text[: 40 * _SAMPLE])[:_SAMPLE]]
    counts = dict.fromkeys(_STOP_WORDS, 0)
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    language = "en" if counts["en"] > counts["de"] else "de"
    if len(words) >= _ENOUGH:
        other = max(count for key, count in counts.items() if key not in ("de", "en"))
        latin = sum(word[0] < "\u0250" for word in words)
        if other > counts[language] * 1.2 or counts[language] < len(words) * _LEAST_SHARE or latin < len(words) / 2:
            raise ReadingError("is neither German nor English; only these two are read", file=name)
    return language
