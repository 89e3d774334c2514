"""Words of a text and what a personal name is made of: titles, given names, particles, surnames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path


def word_set(words: str) -> frozenset[str]:
    """The words between blanks."""
    return frozenset(words.split())


_LATIN = [chr(code) for code in range(0x41, 0x250) if chr(code).isalpha()]
UPPER = "".join(letter for letter in _LATIN if letter.isupper())

_FACULTY = r"(?:\s?(?:med|rer|phil|jur|iur|nat|agr|oec|theol|pol|vet|dent|techn|h\.\s?c|e\.\s?h)\.)*"
_TOKEN = re.compile(
    rf"(?P<office>a\.\s?D\.)"
    rf"|(?P<title>(?<!\w)(?:Prof(?:essor(?:in)?)?\.?(?![\w-])|Priv\.-Doz\.|PD(?=\sDr)|Dres\."
    rf"|Dr\.(?:-Ing\.)?{_FACULTY}"
    rf"|Dr(?=\s[{UPPER}])|Dipl\.-?\s?\w+\.?(?:\s\(FH\))?|Ing\.(?!-)|Mag\.(?:\s?\(FH\))?|MMag\."
    rf"|DI(?=\s[{UPPER}][a-zäöü])|KommR"
    rf"|[SI]\.\s?E\.|H\.\s?E\.|B\.\s?(?:A|Sc)\.|M\.\s?(?:A|Sc)\.))"
    rf"|(?P<prefix>Ltd\.)"
    rf"|(?P<abbreviation>(?<!\w)(?:Bgm|Bgmin|LAbg|NAbg|Abg|LT-Präs|LH-Stv|LHStv|Vizebgm|GF|Vors|stv|Stv)\.)"
    rf"|(?P<initial>(?<!\w)[{UPPER}]\.(?:-[{UPPER}]\.)?(?!\w))"
    rf"|(?P<number>\d+\.?)"
    rf"|(?P<word>(?<!\w)(?:[Cc]hief [Ee]xecutive|[Hh]arbou?r [Mm]aster|[Ss]tation [Mm]aster)(?!\w)"
    rf"|[^\W\d_](?:[\w’']|-(?=\w))*-?)"
    rf"|(?P<line>\n+)"
    rf"|(?P<sign>[^\w\s*])"
)

PARTICLES = word_set(
    "von vom van vander vanden de den der del della di da dal dos du des la le lo zu zum zur ten ter te "
    "op opden aan af av"
    " al el bin ibn ben"
)
_STARTING = word_set("von vom van de del della di da dal dos du la le zu zum zur ten ter te op af av al el bin ibn")
_ARABIC = re.compile(r"(?:al|el|as|an|ad|ben)-\w")

HONORIFICS = word_set("Herr Herrn Frau Mr Mrs Ms Fräulein")

_NO_SURNAME = word_set(
    "GmbH AG KG SE OHG GbR eG UG eV mbH Co Inc Ltd Uhr Euro Montag Dienstag Mittwoch Donnerstag Freitag "
    "Samstag Sonnabend"
    " Sonntag Januar Februar März April Mai Juni Juli August September Oktober November Dezember "
    "Herr Frau Herrn Dr Prof"
    " Foto Fotos Bild Bilder Text MdB MdL MdEP CDU CSU SPD FDP Grüne Linke AfD Der Die Das Ein Eine "
    "Und Im In Am Vom Zum Zur Bei Beim Mit Auf An"
    " Brandenburg The Of"
)
_INSTITUTION = re.compile(
    r"(?:schule|gymnasium|stiftung|straße|strasse|allee|platz|halle|haus|kirche|preis|firma|familie"
    r"|gasthof|gasthaus|hotel|weingut|hof"
    r"|bäckerei|metzgerei|fleischerei|brauerei|käserei|tischlerei|schreinerei|schlosserei|gärtnerei"
    r"|manufaktur|akademie|institut|universität|kolleg|verlag"
    r"|klinik|klinikum|krankenhaus|hospital|museum|theater|zentrum|büro|werke?|werk|bau|werft|reederei"
    r"|spedition|apotheke"
    r"|buchhandlung|gesellschaft|verein|gruppe|kaserne|brücke|(?<![a-zäöüß])ring"
    r"|(?:maschinen|jugend|kultur|hege|sport|gewerbe|handels|stadt|bau)ring|weg|gasse|ufer|park|stadion|arena"
    r"|schiff|medaille|orden"
    r"|saal|pokal|turnier|ehrung|street|school|foundation|university|company|group|orchester|chor|band"
    r"|bücherei|bibliothek|kita|heim)$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:g?GmbH|AG|KG|KGaA|SE|OHG|GbR|eG|UG|eK|mbH|Inc|Ltd|LLC|Söhne|Sohn|Partner|Group|Straße|Strasse|Platz|Allee)$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, title or sign of the text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def tokens(text: str) -> list[Token]:
    """The words and signs of a text in order; asterisks of Markdown are left out."""
    return [
        Token(match.lastgroup or "sign", match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)
    ]


@cache
def _given_names() -> dict[str, str]:
    """Given name to ``f``, ``m`` or ``x``."""
    sexes: dict[str, str] = {}
    section = ""
    for line in (Path(__file__).parent / "data" / "given-names.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            for name in line.split():
                sex = section[0] if section != "either" else "x"
                sexes[name] = sex if sexes.get(name, sex) == sex else "x"
    return sexes


def sex_of(given: str) -> str:
    """``f``, ``m``, or ``x`` where the given name does not tell."""
    known = _given_names()
    first = given.split(" ")[0]
    return known.get(first) or known.get(first.split("-")[0]) or ("f" if first.endswith("a") else "x")


@lru_cache(maxsize=65_536)
def known_given(word: str) -> bool:
    """Whether a word is a given name, or a double one that begins with one."""
    known = _given_names()
    return word in known or (
        "-" in word and word.split("-")[0] in known and word.split("-")[1][:1].isupper() and _short(word)
    )


def _short(word: str) -> bool:
    """``Lea-Sophie``, not ``Anna-Seghers-Schule``."""
    parts = word.split("-")
    return len(parts) == 2 and not _INSTITUTION.search(word) and (parts[1] in _given_names() or len(parts[1]) <= 8)


def may_be_surname(token: Token) -> bool:
    """Whether a word can stand for a family name by its shape."""
    word = token.text
    if not token.capital or len(word) < 2 or word in _NO_SURNAME or word.endswith("-"):
        return False
    return not (word.isupper() and len(word) < 5) and not _LEGAL.match(word)


@lru_cache(maxsize=65_536)
def names_institution(word: str) -> bool:
    """Whether a word before or after a name makes it the name of a house, a firm, a street."""
    return bool(_INSTITUTION.search(word) or _LEGAL.match(word))


def is_institution_compound(word: str) -> bool:
    """``Käthe-Kollwitz-Schule``."""
    return "-" in word and bool(_INSTITUTION.search(word.rsplit("-", 1)[1]))


def particles_from(words: list[Token], at: int) -> int:
    """Index after the particles of a name that begin at ``at``; ``at`` itself where there are none."""
    end = at
    while end < len(words) and end - at < 3 and words[end].kind == "word":
        word = words[end].text
        if word not in (_STARTING if end == at else PARTICLES):
            break
        end += 1
    return end


_FARMERS = re.compile(r"(?:M[ae][iy]er|Schul[tz]e|Gro(?:ß|ss)e|Kleine|Lütke|Hof|Hofmann|Niemann)$")


def _with_farm(words: list[Token], end: int) -> int:
    """Index after the farm that belongs to a Westphalian surname (``Meyer zu Nordhof``, ``Schulte im Walde``)."""
    farm = end + 1 < len(words) and words[end].text in ("zu", "zur", "zum", "im") and may_be_surname(words[end + 1])
    if farm and _FARMERS.fullmatch(words[end - 1].text):
        return end + 2
    return end


def surname_from(words: list[Token], at: int) -> int:
    """Index after a surname with its particles that begins at ``at``; ``at`` where there is none."""
    core = particles_from(words, at)
    if core < len(words) and words[core].kind == "word":
        if may_be_surname(words[core]) or (core == at and _ARABIC.match(words[core].text)):
            return _with_farm(words, core + 1)
        return at
    return at
