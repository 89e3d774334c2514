"""The words around a name that say what somebody is: before it, in apposition, in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from etappe.extraction import names, roles
from etappe.extraction.model import Organisation, Span
from etappe.extraction.names import Token, word_set

_ARTICLES = word_set(
    "der die das den dem des ein eine einen einem einer mein meine unser unsere unserem unseren sein "
    "seine seinem ihr ihre ihrem the its their our whose dessen deren"
)
_LINKS = word_set(
    "der die das des dem den von vom im in am an beim bei für zu zur zum und & of the for and at auf to aus ob bis"
)
_OPENING = word_set("der des von vom im in am an beim bei für zur zum of for at to aus den dem")
_STOP = frozenset('.!?:;„“”»«"()–—|/…<>[]')
_KEPT = re.compile(
    r"(?:stellvertretend|kommissarisch|\w+politisch|parlamentarisch|ehemalig|früher|einstig|damalig"
    r"|ärztlich|kaufmännisch|technisch|wissenschaftlich"
    r"|geschäftsführend|leitend|künstlerisch|pädagogisch|designiert|amtierend|beamtet|erst|zweit|dritt"
    r"|hauptamtlich|kulturell|medizinisch|künftig|angehend|gewählt|zukünftig|verstorben)(?:e|er|en|em|es)$",
    re.IGNORECASE,
)
_STATES = {
    "niedersächsisch": "Niedersachsen", "sächsisch": "Sachsen", "thüringisch": "Thüringen", "bayerisch": "Bayern",
    "bayrisch": "Bayern", "hessisch": "Hessen", "brandenburgisch": "Brandenburg", "saarländisch": "Saarland",
    "rheinland-pfälzisch": "Rheinland-Pfalz", "baden-württembergisch": "Baden-Württemberg",
    "schleswig-holsteinisch": "Schleswig-Holstein", "nordrhein-westfälisch": "Nordrhein-Westfalen",
    "sachsen-anhaltisch": "Sachsen-Anhalt", "mecklenburg-vorpommerisch": "Mecklenburg-Vorpommern",
    "mecklenburg-vorpommersch": "Mecklenburg-Vorpommern", "sachsen-anhaltinisch": "Sachsen-Anhalt",
    "steirisch": "Steiermark", "kärntnerisch": "Kärnten", "oberösterreichisch": "Oberösterreich",
    "niederösterreichisch": "Niederösterreich", "estnisch": "Estland", "lettisch": "Lettland", "polnisch": "Polen",
    "französisch": "Frankreich", "hamburgisch": "Hamburg", "bremisch": "Bremen",
}  # fmt: skip
_INNER = re.compile(
    r"(?:Vorstand|Vorstands|Vorstandes|Geschäftsführung|Geschäftsleitung|Abteilung|Aufsichtsrat\w*"
    r"|Fraktion|Kreistag\w*|Landtag\w*|Gemeinderat\w*"
    r"|Stadtrat\w*|Bereich\w*|Referat\w*|Stabsstelle|Ausschuss\w*|Geschäftsstelle|Verwaltungsrat\w*"
    r"|Stadtvertretung|Bundestag\w*|Bundestages|Parlament\w*|Bundesrat\w*|Ortsgruppe|Bezirk\w*|Team\w*"
    r"|Management)$"
)
_LANDS = word_set("Landes Freistaats Freistaates Bundeslandes Freistaat Land Hansestadt Kantons")
_POSITION = re.compile(
    r"(?:ganz |obere |untere |vordere |hintere |[0-9]\. ?)*(?:Reihe )?(?:von )?(?:l|r|li|re|m|links"
    r"|rechts|mitte|vorn\w*|hinten|stehend|sitzend|knieend|left|right|cent(?:er|re)|v|oben|unten"
    r"|\d)\b[\s\d.,vlnr]*"
    r"(?:links|rechts|von|v\.|l\.|r\.|left|right|from|the|\s)*",
    re.IGNORECASE,
)
_FORMER_AHEAD = re.compile(
    r"(?:bis\s(?:\w+\s)?\d{4}|ehemals|früher|damals|einst|von\s\d{4}\sbis\s\d{4}|zuvor|vormals"
    r"|formerly|former|until\s\d{4})\b"
)
_FORMER_BEHIND = re.compile(
    r"\s(?:von\s\d{4}\s)?bis\s(?:\w+\s)?\d{4}|\s\(?\d{4}\s?[–-]\s?\d{4}|\s(?:from|until)\s\d{4}"
)
_SEAT = {"MdB": "MdB", "MdL": "MdL", "MdEP": "MdEP"}
_TOWN_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][\w-]{2,}er$")
_GERMAN_ADJECTIVE_STEM = re.compile(r"(?:isch|lich|end|ig|iert|t|st|los|sam|bar|haft)er$")
_NO_TOWN = word_set("Unser Ihrer Dieser Jeder Unter Über Hinter Aber Oder Immer Weiter")
_BEFORE_OFFICE = word_set("und selbst heute seit zugleich auch managing executive")
_NOW = word_set("heute jetzt nun derzeit inzwischen seither")
_ENGLISH_FRONT = word_set(
    "State Federal Deputy Vice Prime Foreign Parliamentary First Chief Managing Executive Acting Honorary Former former"
    " Assistant Senior"
)
_SENTENCE_WORDS = word_set(
    "Als Auch Für Mit Unter Neben Zu Im In Am Den Dem Das Die Der Des Von Vom Bei Beim Nach Dank Dies "
    "Dieses Eines Alles Es Was Bereits Stets Abends Morgens Mittags Nachmittags Vormittags Stargast "
    "Anschließend"
)


@dataclass(frozen=True)
class Office:
    """What somebody is.

    Attributes:
        head: its noun as written; ``words``: the nominative with what belongs to it, if ``sex`` is not given.
        plural: whether it stands for all names of a list.
        former: whether the words say that it is no longer held.
    """

    head: str
    before: str
    behind: str
    span: Span
    organisation: str | None = None
    party: str | None = None
    plural: bool = False
    former: bool = False
    sex: str = "x"
    retired: bool = False  # the text says ``a. D.``

    @property
    def german(self) -> bool:
        """Whether it is a German word: those begin with a capital and have no ``of`` behind them."""
        return self.head.split(" ")[-1][0].isupper() and not re.match(r"(?:of|for|at)\b", self.behind)

    @property
    def words(self) -> str:
        """In the nominative."""
        head = (
            roles.plural_for(self.head, self.sex)
            if self.plural and self.sex != "x"
            else roles.nominative(self.head, self.sex)
        )
        kept = " ".join(roles.adjective(word, head) for word in self.before.split())
        whole = " ".join(part for part in (kept, head, self.behind) if part)
        if self.retired:
            return f"{whole} a. D."
        if self.former and not roles.is_former(whole):
            return f"{roles.adjective('ehemaliger', head)} {whole}" if self.german else f"former {whole}"
        return whole

    @property
    def minister(self) -> bool:
        """Whether it is that of a minister in office."""
        return not self.former and roles.is_minister(self.words)


@dataclass(frozen=True)
class Described:
    """What follows a name."""

    offices: tuple[Office, ...] = ()
    organisation: str | None = None
    party: str | None = None
    former: bool = False
    end: int = 0


@dataclass(frozen=True)
class Bodies:
    """Where organisations are named."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    named: tuple[str, ...]

    @classmethod
    def of(cls, organisations: tuple[Organisation, ...]) -> Bodies:
        """The mentions of organisations in the order of the text."""
        rows = sorted((span.start, span.end, body.name) for body in organisations for span in body.mentions)
        return cls(tuple(row[0] for row in rows), tuple(row[1] for row in rows), tuple(row[2] for row in rows))

    def within(self, start: int, end: int) -> str | None:
        """The first organisation named between two places."""
        at = bisect_left(self.starts, start)
        return self.named[at] if at < len(self.starts) and self.starts[at] < end else None


# -- before a name


def office_before(text: str, words: list[Token], first: int, fence: int, full: bool, bodies: Bodies) -> Office | None:
    """The office that stands before a name, or in front of it with a comma; nothing before ``fence`` is looked at."""
    at = first - 1
    former = False
    if at >= fence and words[at].kind == "office":
        former, at = True, at - 1
    if at < fence:
        return None
    token = words[at]
    if token.kind == "abbreviation" or (
        token.kind == "word"
        and (roles.is_role_before_name(token.text) if full and token.capital else roles.is_role(token.text))
    ):
        return _direct(text, words, at, fence, former)
    if not full:
        return _apposed(text, words, at, fence, bodies, comma=True) if token.text == "," else None
    if token.text == ",":
        return _apposed(text, words, at, fence, bodies, comma=True)
    if (
        token.text in ("ist", "war", "is")
        and at - 1 >= fence
        and roles.is_role(words[at - 1].text)
        and words[at - 1].capital
    ):
        return _direct(text, words, at - 1, fence, former)
    return _apposed(text, words, at, fence, bodies, comma=False)


def _direct(text: str, words: list[Token], head: int, fence: int, former: bool) -> Office:
    start = head
    prefix = ""
    retired = former
    if head - 2 >= fence and words[head - 1].text in ("und", "and") and words[head - 2].text.endswith("-"):
        start = head - 2
        prefix = f"{words[start].text} {words[head - 1].text} "
    elif (
        head - 1 >= fence
        and words[head].text[0].islower()
        and words[head - 1].kind == "word"
        and roles.is_role(words[head].text)
    ):
        start, prefix = _english(words, head, fence)
    while start - 1 >= fence and words[start - 1].text in _ENGLISH_FRONT:
        start -= 1
        prefix = f"{words[start].text} {prefix}"
    kept, organisation, start, former_words = _qualified(words, start, fence)
    noun, party = roles.without_party(words[head].text)
    organisation = organisation or _hyphenated(noun)
    article = words[start - 1].text.lower() if start - 1 >= fence else ""
    plural = _is_plural(noun, article)
    span = Span(words[start].start, words[head].end)
    former = former or former_words or roles.is_former(span.of(text))
    return Office(prefix + noun, " ".join(kept), "", span, organisation, party, plural, former, retired=retired)


def _english(words: list[Token], head: int, fence: int) -> tuple[int, str]:
    """``managing director``, ``Plant manager``, ``works council chair``."""
    start = head
    while start - 1 >= fence and head - start < 2 and words[start - 1].kind == "word":
        word = words[start - 1].text
        if (
            word in _LINKS
            or word in _ARTICLES
            or word.endswith(("’s", "'s"))
            or word in ("as", "by", "with", "said", "met")
        ):
            break
        start -= 1
    return start, " ".join(token.text for token in words[start:head]) + (" " if start < head else "")


def _hyphenated(noun: str) -> str | None:
    """``IHK-Präsidentin``."""
    front = noun.split("-")[0]
    return (
        front
        if "-" in noun and front.isupper() and len(front) > 1 and front not in ("LH", "LT", "PSTS", "EX")
        else None
    )


def _qualified(words: list[Token], start: int, fence: int) -> tuple[list[str], str | None, int, bool]:
    """Adjectives, numbers and the genitive of a place before an office."""
    kept: list[str] = []
    organisation: str | None = None
    former = False
    while start - 1 >= fence and len(kept) < 4:
        token = words[start - 1]
        word = token.text
        if (token.kind == "number" and word.endswith(".") and len(word) <= 3) or (
            token.kind in ("prefix", "abbreviation") and word in ("Ltd.", "stv.", "Stv.")
        ):
            kept.insert(0, word)
        elif token.kind == "word" and (state := _state_of(word)):
            organisation = organisation or state
        elif token.kind == "word" and _KEPT.match(word):
            former = former or roles.is_former(word)
            kept.insert(0, word)
        elif (
            token.kind == "word"
            and word[0].islower()
            and word not in _LINKS
            and word not in _ARTICLES
            and _is_plain_adjective(words, start - 1, fence)
        ):
            former = former or roles.is_former(word)
        elif _is_town_adjective(word, token):
            organisation = organisation or word[:-2]
        elif _is_possessor(words, start - 1, fence):
            return kept, organisation or _possessor(word), start - 1, former
        elif token.text in ("’", "'") and start - 2 >= fence and words[start - 2].capital:
            return kept, organisation or words[start - 2].text, start - 2, former
        else:
            break
        start -= 1
    return kept, organisation, start, former


def _state_of(word: str) -> str | None:
    stem = re.sub(r"(?:er|en|em|es|e)$", "", word.lower())
    return _STATES.get(stem)


def _is_plain_adjective(words: list[Token], at: int, fence: int) -> bool:
    """A small adjective that an article or possessive stands before (``der neue``, ``Sponholz’ ehrenamtlicher``)."""
    if not roles.is_adjective(words[at].text) or at - 1 < fence:
        return False
    front = words[at - 1].text
    if words[at].text.endswith(("te", "ten")) and front not in _ARTICLES:
        return False
    return (
        front in _ARTICLES
        or front in ("vom", "zum", "zur", "beim", "’", "'", "mit", "von")
        or front.endswith(("s", "’"))
    )


def _is_town_adjective(word: str, token: Token) -> bool:
    if not token.capital or word in _NO_TOWN or roles.is_role(word):
        return False
    return bool(_TOWN_ADJECTIVE.match(word)) and not _GERMAN_ADJECTIVE_STEM.search(word)


def _is_possessor(words: list[Token], at: int, fence: int) -> bool:
    token = words[at]
    if (
        not token.capital
        or not re.search(r"(?:[^s]s|’s|'s|’)$", token.text)
        or len(token.text) < 4
        or token.text in _SENTENCE_WORDS
    ):
        return False
    if at - 1 >= fence and words[at - 1].text in ("des", "eines", "dieses", "das"):
        return False
    return not roles.is_role(token.text)


def _possessor(word: str) -> str:
    return re.sub(r"(?:’s|'s|s|’)$", "", word)


def _is_plural(noun: str, article: str) -> bool:
    if re.search(r"(?:räten?|innen|anwälten?|ärzten?|chefs|männern?|vorstände)$", noun, re.IGNORECASE):
        return True
    if article in ("die", "beiden", "den", "unsere", "unseren", "der") and re.search(r"(?:en|ern|re|te)$", noun):
        return article != "die" or not re.search(r"(?:abgeordnete|beauftragte|beigeordnete)$", noun)
    return article in ("die", "beiden", "unsere") and bool(re.search(r"(?:er|eure|are)$", noun))


def _apposed(text: str, words: list[Token], at: int, fence: int, bodies: Bodies, comma: bool) -> Office | None:
    """``der Leiter der Bauaufsicht, Max Muster`` and ``Geschäftsführer der Stadtwerke Max Muster``."""
    end = at if comma else at + 1
    head = _outer_head(words, end - 1, fence)
    if head is None:
        return None
    complement = words[head + 1 : end]
    article = _article_before(words, head, fence)
    if comma and not complement and not article:
        return None
    if not comma and (not complement or complement[-1].text in _LINKS):
        return None
    if not comma and complement[0].capital and (len(complement) > 4 or roles.is_role(complement[0].text)):
        return None
    start = words[head].start
    office = _direct(text, words, head, fence, False)
    behind, organisation = _split(text, complement, bodies)
    noun = office.head
    plural = office.plural or (_is_plural(noun, article))
    stop = complement[-1].end if complement else words[head].end
    return Office(
        noun,
        office.before,
        behind,
        Span(min(start, office.span.start), stop),
        organisation or office.organisation,
        office.party,
        plural,
        office.former,
    )


def apposed_office(words: list[Token], first: int, fence: int) -> bool:
    """Whether an office with article and complement stands before the comma in front of a name."""
    head = _outer_head(words, first - 2, fence) if first - 2 >= fence else None
    return head is not None and head < first - 2 and words[head].capital and bool(_article_before(words, head, fence))


def _article_before(words: list[Token], head: int, fence: int) -> str:
    for index in range(head - 1, max(fence, head - 4) - 1, -1):
        word = words[index].text
        if word.lower() in _ARTICLES:
            return word.lower()
        if word in ("vom", "zum", "beim", "zur", "’") or word.endswith(("'s", "’s")):
            return word
        if not roles.is_adjective(word) and words[index].kind != "number" and not word.endswith("s"):
            return ""
    return ""


def _outer_head(words: list[Token], at: int, fence: int) -> int | None:
    """Index of the office whose complement reaches to ``at``; one in another's complement is passed over."""
    best: int | None = None
    commas = 0
    lowest = max(fence, at - 16)
    index = at
    while index >= lowest:
        token = words[index]
        if token.text == ")" and index - 2 >= lowest and words[index - 2].text == "(":
            index -= 3
            continue
        if token.kind == "line" or (
            token.text in _STOP and not (token.text == "." and words[index - 1].text in ("Co", "e", "V", "St"))
        ):
            break
        if token.text == ",":
            commas += 1
            if commas > 3 or not _within_list(words, index, lowest):
                break
        elif token.kind == "word":
            word = token.text
            if (
                roles.is_role(word)
                and (token.capital or word.islower())
                and word not in _LINKS
                and _opens(words, index, at)
            ):
                best = index
                if not _is_inner(words, index, fence):
                    return best
            elif not (token.capital or word in _LINKS or word.endswith("-") or _small_adjective(words, index)):
                break
        index -= 1
    return best


def _opens(words: list[Token], head: int, at: int) -> bool:
    """Whether what stands after an office can be its complement."""
    if head == at:
        return True
    following = words[head + 1]
    return following.text in _OPENING or following.capital


def _within_list(words: list[Token], comma: int, lowest: int) -> bool:
    """Whether a comma stands in ``für A, B und C``."""
    for index in range(comma - 1, max(lowest, comma - 8) - 1, -1):
        word = words[index].text
        if word in ("für", "for"):
            return True
        if not (words[index].capital or word in (",", "und", "and")):
            return False
    return False


def _is_inner(words: list[Token], head: int, fence: int) -> bool:
    """Whether an office stands in the complement of another (``Staatssekretärin beim Bundesminister``)."""
    front = head - 1
    while front >= fence and (roles.is_adjective(words[front].text) and words[front].text not in _ARTICLES):
        front -= 1
    if front < fence:
        return False
    if words[front].text in ("beim", "des"):
        return True
    return words[front].text in ("der", "dem") and front - 1 >= fence and words[front - 1].text in ("von", "bei")


def _small_adjective(words: list[Token], at: int) -> bool:
    return roles.is_adjective(words[at].text) and at > 0 and words[at - 1].text in _LINKS


# -- complements


def complement_end(words: list[Token], at: int) -> int:
    """Index after the complement of an office that begins at ``at`` (``für Verkehr und Bau des Landes Hessen``)."""
    index = at
    portfolio = False
    limit = min(len(words), at + 24)
    while index < limit:
        token = words[index]
        word = token.text
        following = words[index + 1] if index + 1 < len(words) else None
        if token.capital or token.kind == "abbreviation":
            if _begins_person(words, index):
                break
        elif token.kind == "title":
            break
        elif word in ("für", "for", "of") and following is not None:
            portfolio = True
        elif word in ("und", "&", "and"):
            if (
                following is None
                or not (following.capital or following.text.endswith("-") or following.text in _LINKS)
                or _begins_person(words, index + 1)
                or roles.is_role(following.text)
            ):
                break
            if following.text in ("der", "die", "das") and not _leads_to_capital(words, index + 1):
                break
        elif word == ",":
            if not (portfolio and following is not None and following.capital and _list_goes_on(words, index)):
                break
        elif token.kind == "word" and word in _LINKS:
            if not _leads_to_capital(words, index):
                break
        elif token.kind == "word" and roles.is_adjective(word):
            if following is None or not following.capital or index == at or words[index - 1].text not in _LINKS:
                break
        elif word == "." and index > at and words[index - 1].text in ("Co", "e", "V", "St"):
            pass
        else:
            break
        index += 1
    while index > at and words[index - 1].text in _LINKS:
        index -= 1
    return index


def _leads_to_capital(words: list[Token], at: int) -> bool:
    for index in range(at + 1, min(at + 4, len(words))):
        if words[index].capital:
            return True
        if words[index].kind != "word" or not (words[index].text in _LINKS or roles.is_adjective(words[index].text)):
            return False
    return False


def _begins_person(words: list[Token], at: int) -> bool:
    token = words[at]
    return names.known_given(token.text) and at + 1 < len(words) and names.surname_from(words, at + 1) > at + 1


def _list_goes_on(words: list[Token], comma: int) -> bool:
    for index in range(comma + 1, min(comma + 9, len(words))):
        token = words[index]
        if token.text in ("und", "and"):
            return index + 1 < len(words) and words[index + 1].capital and not roles.is_role(words[comma + 1].text)
        if (
            not (token.capital or token.text == "," or token.text.endswith("-"))
            or roles.is_role(token.text)
            or names.known_given(token.text)
        ):
            return False
    return False


def _split(text: str, complement: list[Token], bodies: Bodies) -> tuple[str, str | None]:
    """The part of a complement that belongs to the office, and the organisation that it is of."""
    if not complement:
        return "", None
    cut = 0
    while cut < len(complement):
        word = complement[cut].text
        if word in ("für", "for") or (word == "of" and cut + 1 < len(complement) and complement[cut + 1].text != "the"):
            cut = _portfolio_end(complement, cut)
            continue
        noun = next((index for index in range(cut, min(cut + 3, len(complement))) if complement[index].capital), None)
        if noun is not None and _INNER.match(complement[noun].text) and (word in _OPENING or noun == cut):
            cut = noun + 1
            while (
                complement[noun].text in ("Abteilung", "Bereich", "Referat", "Stabsstelle")
                and cut < len(complement)
                and complement[cut].capital
            ):
                cut += 1
            continue
        break
    behind = text[complement[0].start : complement[cut - 1].end] if cut else ""
    rest = complement[cut:]
    if not rest:
        return re.sub(r"\s+", " ", behind), None
    organisation = bodies.within(rest[0].start, rest[-1].end) or body_text(text, rest)
    if organisation is None and not behind:
        behind = text[rest[0].start : rest[-1].end]
    return re.sub(r"\s+", " ", behind), organisation


def _portfolio_end(complement: list[Token], cut: int) -> int:
    index = cut + 1
    while index < len(complement):
        token = complement[index]
        if token.text in ("des", "im", "in", "beim", "am", "vom", "von", "bei", "at", "of") or (
            token.text == "der" and complement[index - 1].capital
        ):
            break
        index += 1
    return index


def body_text(text: str, part: list[Token]) -> str | None:
    """The name of a body that no one has recognised before: the words without article and preposition."""
    index = 0
    while index < len(part) and (part[index].text in _LINKS or part[index].text in _LANDS):
        index += 1
    if index >= len(part) or not part[index].capital:
        return None
    return re.sub(r"\s+", " ", text[part[index].start : part[-1].end])


# -- after a name


def described_after(text: str, words: list[Token], at: int, has_office: bool, bodies: Bodies) -> Described:
    """What brackets, appositions and ``von der …`` after a name say of somebody."""
    offices: list[Office] = []
    organisation: str | None = None
    party: str | None = None
    former = False
    for _ in range(6):
        if at >= len(words):
            break
        token = words[at]
        if token.kind == "office":
            former, at = True, at + 1
        elif token.text in _SEAT or (token.text == "," and at + 1 < len(words) and words[at + 1].text in _SEAT):
            index = at if token.text in _SEAT else at + 1
            offices.append(Office(words[index].text, "", "", Span(words[index].start, words[index].end)))
            at = index + 1
        elif token.text == "(":
            close = next((index for index in range(at + 1, min(at + 40, len(words))) if words[index].text == ")"), None)
            if close is None:
                break
            inside = _bracket(text, words[at + 1 : close], bodies)
            offices.extend(inside.offices)
            organisation = organisation or inside.organisation
            party = party or inside.party
            former = former or inside.former
            at = close + 1
        elif token.text in (",", "–", "als") or (token.text == "und" and offices and offices[-1].former):
            apposition = _apposition(text, words, at, has_office or bool(offices), bodies)
            if apposition is None:
                break
            office, at = apposition
            offices.append(office)
            if office.former and at + 1 < len(words) and words[at].text == "und" and words[at + 1].text in _NOW:
                continue
        elif token.text in ("von", "vom", "aus", "from", "of") or (token.text == "für" and not has_office):
            organisation, at = _belonging(text, words, at, organisation, bodies)
            break
        else:
            break
    return Described(tuple(offices), organisation, party, former, at)


def _bracket(text: str, part: list[Token], bodies: Bodies) -> Described:
    if not part:
        return Described()
    inner = text[part[0].start : part[-1].end].strip()
    if roles.PARTY.match(inner):
        return Described(party=inner)
    if _POSITION.fullmatch(inner) or inner.isdigit() or part[0].kind == "number":
        return Described()
    if "/" in inner and not any(token.kind == "word" and roles.is_role(token.text) for token in part):
        return Described()
    if re.search(r"archiv|foto|bild\b|symbol", inner.lower()):
        return Described()
    pieces = inner.rsplit(",", 1)
    party = pieces[1].strip() if len(pieces) == 2 and roles.PARTY.match(pieces[1].strip()) else None
    if party:
        part = [token for token in part if token.end <= part[0].start + len(pieces[0])]
    head = next(
        (
            index
            for index, token in enumerate(part[:5])
            if token.kind in ("word", "abbreviation") and (token.kind == "abbreviation" or roles.is_role(token.text))
        ),
        None,
    )
    if head is not None and all(token.kind != "line" for token in part):
        office = _direct(text, part, head, 0, False)
        if head + 1 < len(part) and part[head + 1].text == ",":
            behind, organisation = "", body_text(text, part[head + 2 :]) if head + 2 < len(part) else None
        else:
            behind, organisation = _split(text, part[head + 1 :], bodies)
        span = Span(part[0].start, part[-1].end)
        former = office.former or roles.is_former(inner)
        return Described(
            (
                Office(
                    office.head,
                    office.before,
                    behind,
                    span,
                    organisation or office.organisation,
                    office.party,
                    False,
                    former,
                ),
            ),
            organisation,
            party,
        )
    if (
        len(part) > 9
        or not part[0].capital
        or any(token.kind == "number" for token in part)
        or part[0].text in ("Foto", "Bild", "Mitte", "Archiv", "Name")
    ):
        return Described(party=party)
    return Described(organisation=bodies.within(part[0].start, part[-1].end) or body_text(text, part), party=party)


def _apposition(text: str, words: list[Token], at: int, has_office: bool, bodies: Bodies) -> tuple[Office, int] | None:
    """``, Leiterin der Stadtwerke`` with the index after it."""
    index = at + 1
    former = False
    if index < len(words):
        ahead = _FORMER_AHEAD.match(text, words[index].start)
        if ahead:
            former = True
            while index < len(words) and words[index].start < ahead.end():
                index += 1
    article = index < len(words) and words[index].text.lower() in _ARTICLES
    if article:
        index += 1
    begin = index
    while index < len(words) and index - begin < 3 and _leads_to_office(words[index]):
        index += 1
    if index >= len(words) or words[index].kind != "word" or not roles.is_role(words[index].text):
        return None
    if words[at].text == "als" and not words[index].capital:
        return None
    if words[index + 1 : index + 2] and words[index + 1].capital and not _is_body(words, index + 1, bodies):
        return None
    end = complement_end(words, index + 1)
    if _names_next(words, end, article or has_office, article):
        return None
    office = _direct(text, words, index, begin, False)
    behind, organisation = _split(text, words[index + 1 : end], bodies)
    span = Span(words[begin].start, words[end - 1].end)
    former = former or office.former or roles.is_former(text[words[at].start : span.end])
    retired = end < len(words) and words[end].kind == "office"
    former = former or retired or bool(_FORMER_BEHIND.match(text, span.end))
    body = organisation or office.organisation
    held = Office(office.head, office.before, behind, span, body, office.party, False, former, retired=retired)
    return held, end + 1 if retired else end


def _leads_to_office(token: Token) -> bool:
    """An adjective or the like between the comma and an office (``Erster``, ``managing``, ``heute``)."""
    if token.kind not in ("word", "number", "title") or roles.is_role(token.text):
        return False
    word = token.text
    return roles.is_adjective(word) or word in _BEFORE_OFFICE or word.endswith((".", "-", "'s", "’s"))


def _is_body(words: list[Token], at: int, bodies: Bodies) -> bool:
    """Whether the capital words at a place name an organisation (``Prokuristin Muster Metallbau GmbH``)."""
    for index in range(at, min(at + 6, len(words))):
        if not (words[index].capital or words[index].text == "&"):
            break
        if names.names_institution(words[index].text):
            return True
    return bodies.within(words[at].start, words[at].end) is not None


def _names_next(words: list[Token], end: int, marked: bool, article: bool) -> bool:
    """Whether an office belongs to the name after it."""
    if end >= len(words):
        return False
    token = words[end]
    if token.kind == "office":
        return _names_next(words, end + 1, False, False)
    if token.kind in ("title", "initial") or _begins_person(words, end) or token.text in names.HONORIFICS:
        return True
    if token.capital and end + 1 < len(words):
        return True
    if token.text == "," and marked and end + 1 < len(words):
        following = words[end + 1]
        if article and following.capital and end + 2 < len(words) and words[end + 2].capital:
            return True
        return (
            following.kind == "title"
            or _begins_person(words, end + 1)
            or (following.capital and roles.is_role(following.text))
        )
    return False


def _belonging(
    text: str, words: list[Token], at: int, organisation: str | None, bodies: Bodies
) -> tuple[str | None, int]:
    """``von der Jade-Akademie``."""
    end = complement_end(words, at)
    part = words[at:end]
    if len(part) < 2 or organisation is not None:
        return organisation, at
    if (
        part[0].text in ("aus", "von", "für", "of", "from")
        and part[1].text not in _ARTICLES
        and bodies.within(part[0].start, part[-1].end) is None
    ):
        return organisation, end  # a town
    return bodies.within(part[0].start, part[-1].end) or body_text(text, part), end


def shared(offices: tuple[Office, ...]) -> Office | None:
    """The office in the plural that a list shares."""
    return next((office for office in offices if office.plural), None)
