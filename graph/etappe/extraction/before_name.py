"""The words before a name that say what somebody is, and what an office consists of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from etappe.extraction import roles
from etappe.extraction.model import Organisation, Span
from etappe.extraction.names import Token, word_set

ARTICLES = word_set(
    "der die das den dem des ein eine einen einem einer mein meine unser unsere unserem unseren sein "
    "seine seinem ihr ihre ihrem the its their our whose dessen deren"
)
LINKS = word_set(
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
_TOWN_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][\w-]{2,}er$")
_GERMAN_ADJECTIVE_STEM = re.compile(r"(?:isch|lich|end|ig|iert|t|st|los|sam|bar|haft)er$")
_NO_TOWN = word_set("Unser Ihrer Dieser Jeder Unter Über Hinter Aber Oder Immer Weiter")
_ENGLISH_FRONT = word_set(
    "State Federal Deputy Vice Prime Foreign Parliamentary First Chief Managing Executive Acting Honorary Former former"
    " Assistant Senior Lord Research Economics Finance Environment Interior Transport Health Education Science Digital"
    " Agriculture Labour Justice Defence Family Culture Energy Europe District"
)
_NATIONAL_ENGLISH = re.compile(r"[A-Z][a-z]+(?:ish|ian|ese|ench|utch|wiss|reek|erman)")
_FIRST_OF_TWO = word_set("Lower Upper North South East West New Bad Sankt Groß Klein")
_DEREN = word_set("deren dessen Deren Dessen whose Whose its Its")
_RANKS = word_set("Schwester Pater Frater Privatdozent Privatdozentin Freiherr Freifrau")
_OF_A_BODY = re.compile(
    r"(?:director|owner|founder|chairman|chairwoman|chairperson|ceo|chief executive|partner)$", re.IGNORECASE
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

    def at(self, start: int) -> tuple[str, int] | None:
        """The organisation named at a place, with its end."""
        at = bisect_left(self.starts, start)
        return (self.named[at], self.ends[at]) if at < len(self.starts) and self.starts[at] == start else None

    def last(self, before: int) -> str | None:
        """The organisation named last, not far before a place."""
        at = bisect_left(self.starts, before) - 1
        return self.named[at] if at >= 0 and before - self.ends[at] < 250 else None

    def called(self, abbreviation: str) -> str | None:
        """The one organisation whose name begins with an abbreviation: ``IHK Ostküste``."""
        found = {name for name in self.named if name.startswith(abbreviation + " ")}
        return found.pop() if len(found) == 1 else None

    def within(self, start: int, end: int) -> str | None:
        """The first organisation named between two places."""
        at = bisect_left(self.starts, start)
        return self.named[at] if at < len(self.starts) and self.starts[at] < end else None


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
        office = _over_rank(text, words, at, fence, bodies) or office_of(text, words, at, fence, former)
        return _of_body(words, at, office, bodies)
    if token.text == ",":
        apposed = _apposed(text, words, at, fence, bodies, comma=True)
        return _of_body(words, at, apposed, bodies) if apposed is not None else None
    if not full:
        return None
    if (
        token.text in ("ist", "war", "is")
        and at - 1 >= fence
        and roles.is_role(words[at - 1].text)
        and words[at - 1].capital
    ):
        return office_of(text, words, at - 1, fence, former)
    return _apposed(text, words, at, fence, bodies, comma=False)


def _over_rank(text: str, words: list[Token], at: int, fence: int, bodies: Bodies) -> Office | None:
    """The office before a rank or a way of address: ``Pflegedirektorin Schwester``, ``Der Direktor, Privatdozent``."""
    if words[at].text not in _RANKS or at - 1 < fence:
        return None
    if words[at - 1].kind == "word" and roles.is_role(words[at - 1].text):
        return office_of(text, words, at - 1, fence, False)
    return _apposed(text, words, at - 1, fence, bodies, comma=True) if words[at - 1].text == "," else None


def _of_body(words: list[Token], at: int, office: Office, bodies: Bodies) -> Office:
    """The office with the body that ``deren`` before it means, or that its abbreviation stands for."""
    if office.organisation is not None and "-" in office.head:
        return replace(office, organisation=bodies.called(office.organisation) or office.organisation)
    while at > 0 and words[at].start >= office.span.start:
        at -= 1
    if office.organisation is None and words[at].text in _DEREN:
        return replace(office, organisation=bodies.last(words[at].start))
    return office


def office_of(text: str, words: list[Token], head: int, fence: int, former: bool) -> Office:
    """The office whose noun stands at ``head``, with what stands before it down to ``fence``."""
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
            word in LINKS
            or word in ARTICLES
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
            and word not in LINKS
            and word not in ARTICLES
            and _is_plain_adjective(words, start - 1, fence)
        ):
            former = former or roles.is_former(word)
        elif _is_town_adjective(word, token):
            organisation = organisation or word[:-2]
        elif _is_possessor(words, start - 1, fence):
            front = start - 2 if start - 2 >= fence and words[start - 2].text in _FIRST_OF_TWO else start - 1
            name = " ".join([*(words[k].text for k in range(front, start - 1)), _possessor(word)])
            return kept, organisation or name, front, former
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
    if words[at].text.endswith(("te", "ten")) and front not in ARTICLES:
        return False
    return (
        front in ARTICLES
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
    if article == "der" and noun.endswith("te"):
        return False
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
    if not comma and (not complement or complement[-1].text in LINKS):
        return None
    if not comma and complement[0].capital and (len(complement) > 4 or roles.is_role(complement[0].text)):
        return None
    start = words[head].start
    office = office_of(text, words, head, fence, False)
    behind, organisation = parted(text, complement, bodies, words[head].text)
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
        if word.lower() in ARTICLES:
            return word.lower()
        if word in ("vom", "zum", "beim", "zur", "’") or word.endswith(("'s", "’s")):
            return word
        known = roles.is_adjective(word) or _NATIONAL_ENGLISH.fullmatch(word)
        if not known and words[index].kind != "number" and not word.endswith("s"):
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
                and word not in LINKS
                and _opens(words, index, at)
            ):
                best = index
                if not _is_inner(words, index, fence):
                    return best
            elif not (token.capital or word in LINKS or word.endswith("-") or _small_adjective(words, index)):
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
    while front >= fence and (roles.is_adjective(words[front].text) and words[front].text not in ARTICLES):
        front -= 1
    if front < fence:
        return False
    if words[front].text in ("beim", "des"):
        return True
    return words[front].text in ("der", "dem") and front - 1 >= fence and words[front - 1].text in ("von", "bei")


def _small_adjective(words: list[Token], at: int) -> bool:
    return roles.is_adjective(words[at].text) and at > 0 and words[at - 1].text in LINKS


def parted(text: str, complement: list[Token], bodies: Bodies, head: str = "") -> tuple[str, str | None]:
    """The part of a complement that belongs to the office, and the organisation that it is of."""
    if not complement:
        return "", None
    if complement[0].text == "of" and _OF_A_BODY.search(head) and sum(token.capital for token in complement) > 1:
        return "", bodies.within(complement[0].start, complement[-1].end) or body_text(text, complement)
    cut = 0
    if len(complement) > 2 and complement[0].capital and complement[1].text in ("bei", "beim"):
        cut = 1  # Leiterin Netzbau bei den Stadtwerken
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
    while index < len(part) and (part[index].text in LINKS or part[index].text in _LANDS):
        index += 1
    if index >= len(part) or not part[index].capital:
        return None
    site = next((k for k in range(index + 1, len(part) - 1) if part[k].text == "in" and part[k + 1].capital), len(part))
    return re.sub(r"\s+", " ", text[part[index].start : part[site - 1].end])


def shared(offices: tuple[Office, ...]) -> Office | None:
    """The office in the plural that a list shares."""
    return next((office for office in offices if office.plural), None)
