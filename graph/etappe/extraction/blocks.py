"""The lines of a press text, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etappe.extraction.date_grammar import written_dates
from etappe.extraction.model import Block, BlockKind, Span
from etappe.extraction.sentences import sentences_of, stripped

_HEADING_LENGTH = 120
_BULLET = re.compile(r"[-•*–·▪■»>]\s+")
_TERMINAL = re.compile(r"[.;,][\"“”»«’)*_]*\Z")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s")
_RULE = re.compile(r"[|\s:=_*–—-]+\Z")
_CELLS = re.compile(r"\s\|\s|\t")

_PICTURE = r"(?:Foto(?:s|grafie)?|Bild(?:er)?|Photos?|Pictures?|(?:Titel|Gruppen)bild|(?:Gruppen|Presse)foto|Aufnahme)"
_POSITION_WORD = (
    r"(?:oben|unten|links|rechts|Mitte|mittig|vorne?|hinten|above|below|left|right|center|centre|top|bottom)"
)
_CAPTION = re.compile(
    rf"[*_(\[\"„]*(?:"
    rf"{_PICTURE}(?:\s+{_POSITION_WORD}(?:\s+{_POSITION_WORD})?|\s*\d{{1,2}})?\s*(?:\([^)\n]{{1,40}}\)\s*)?:|"
    r"Bild(?:unterschrift|text|unterzeile|legende|zeile|beschreibung)(?:en)?\b|BU\s*:|Fotounterschrift|Caption\b|"
    r"(?:Das|Unser|Dieses|Auf\s+dem|Auf\s+unserem|Im|Zum)\s+(?:Bild|Foto|Gruppenbild|Gruppenfoto|Pressefoto)\b|"
    r"(?:Auf|Unsere|Die)\s+(?:den\s+)?(?:Bilder|Bildern|Fotos)\s+(?:zeigen|sind)\b|"
    r"v\.?\s?l\.?\s?(?:n\.?\s?r\.?)?\s?[:,(]|[Vv]on\s+(?:links|rechts|"
    r"vorne?)(?:\s+nach\s+\w+)?\s*(?:\([^)\n]{1,30}\)\s*)?:|"
    r"(?:Pictured|Pictured here|From left|Left to right|L to R)\b|!\[)",
)
_ABBREVIATED_POSITION = re.compile(
    r"\((?:\d\.?\s?)?(?:v\.\s?)?[lrM]\.?\s?\)|\(\d\.?\s?v\.?\s?[lr]\.?\)|\bv\.\s?[lr]\.|"
    r"\bv\.?\s?l\.?\s?n\.?\s?r\b|\(M\.\)|\(v\.?\s?l"
)
_WORDED_POSITION = re.compile(
    r"\((?:ganz\s|vorne\s|hinten\s)?(?:links|rechts|Mitte|vorne?|hinten|left|right|centre|center)\)|"
    r"\([^()\n]{0,30}von\s(?:links|rechts)[^()\n]{0,20}\)|\((?:from\s)?left(?:\sto\sright)?\)"
)
_CREDIT = re.compile(
    r"[*_(\[]*(?:(?:Foto|Bild|Photo|Picture)\s?(?:-|\s)?(?:credits?|nachweise?|rechte|quellen?|verweis)\b|"
    r"(?:Fotograf(?:in)?|"
    r"Photographer|Copyright|Urheber|Bildautor(?:in)?|Credits?|Quelle)\s*:|©|\(c\)\s|"
    r"(?:Text|Foto|Fotos|Bild|Bilder)\s?(?:/|und|&|,)\s?(?:Foto|Fotos|Bild|Bilder|Text)\s*:|Text\s*:)",
    re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(rf"[*_(\[]*{_PICTURE}(?:\s+der\s+\w+)?\s*:\s*")
_CREDIT_NAMES = re.compile(
    r"(?:©\s*)?(?:(?:[A-ZÄÖÜ@][\w.&’'+-]*|\d{4}|[a-zäöü]{1,3}\.\w+|von|van|de|der|des|und|für|dpa|epd|privat|private|"
    r"zVg|z\.?V\.?g\.?|archiv|pixabay|[a-z]{2,5})(?:\s?[/,|–-]\s?|\s|\Z|(?=[.)*_]))){1,9}[.)*_]*\s*\Z"
)
_TRAILING_CREDIT = re.compile(
    r"(?<=[.!?“”»)\w])\s+(?P<credit>\(?(?:(?:Text|Foto|Fotos|Bild|Bilder)\s?(?:/|und|&)\s?)?(?:Fotos?|Bild|"
    r"Bilder|Photos?)"
    r"\s?:\s?(?P<names>[^:\n]{2,80})|©\s?[^:\n]{2,80})\Z"
)

_CONTACT_VALUE = re.compile(
    r"^(?:[TFEM]|Tel|Telefon|Telefax|Fax|Mobil|Phone|E-?Mail|Mail|Internet|Web|Website)\b\.?\s*:?\s*(?:[+(\d]|"
    r"\S+\s?(?:@|\(at\)|\[at\])|www)|"
    r"^(?:D-|A-|CH-)?\d{4,5}\s+[A-ZÄÖÜ][\wäöüß-]+(?:[\s(/-][\w()-]+){0,4}$|^Postfach\b|^Postanschrift\b|^Anschrift\b|"
    r"^\S+\s?(?:@|\(at\)|\[at\])\s?\S+$|^(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"[*_]*(?:Presse(?:kontakt|stelle|ansprechpartner(?:in)?|referat|sprecher(?:in)?)|Medienkontakt|"
    r"Kontakt(?:daten|adresse)?|"
    r"Ansprechpartner(?:in)?|(?:Ihre?|Ihr)\s+Ansprechpartner(?:in)?|Rückfragen|Für\s+(?:weitere\s+|"
    r"Ihre\s+)?(?:Rückfragen|Fragen)|"
    r"Herausgeber(?:in)?|Impressum|Verantwortlich|V\.\s?i\.\s?S\.\s?d\.\s?P|Redaktion|Postanschrift|Anschrift|"
    r"Hausanschrift|"
    r"Bankverbindung|Press\s+contact|Media\s+contact|Contact|Publisher|Weitere\s+Informationen|Mehr\s+Informationen|"
    r"Further\s+information)\b(?=\s*(?::|\Z|ist\b|und\b|unter\b|zu[rm]?\b|finden\b|für\b|bei\b|steht\b|wenden\b|"
    r"erhalten\b|of\b|at\b|im\b|\())"
)
_ABOUT = re.compile(r"[*_#\s]*(?:Über|Zur?|Zum|About)\s+(?!\d)(?:die\s|den\s|das\s|der\s|dem\s|the\s)?[A-ZÄÖÜa-zu]")
_CONTACT_ANYWHERE = re.compile(r"\b(?:Tel(?:efon)?\b\.?|Fax\b)\s*:?\s*[+(\d]|\S(?:@|\(at\)|\s?\[at\]\s?)\w")

_NOISE = re.compile(
    r"[<>«»‹›←→•*\s|_#-]*(?:Startseite|Start|Home|Hauptmenü|Menü|Navigation|Zum Inhalt(?: springen)?|Suche|Suchen|"
    r"Zurück(?: zur .{1,30})?|Alle Beiträge|Zur Übersicht|Nach oben|Seitenanfang|Drucken|(?:Artikel|"
    r"Seite) (?:drucken|teilen|"
    r"empfehlen|merken)|Teilen|Tweet|Twittern|Weiterempfehlen|Facebook|Twitter|Instagram|LinkedIn|WhatsApp|XING|"
    r"RSS|PDF|"
    r"Kommentare?(?: \(\d+\))?|Anzeige|Werbung|Newsletter(?: abonnieren)?|Kontakt|Impressum|"
    r"Datenschutz(?:erklärung)?|"
    r"Barrierefreiheit|Sitemap|Leichte Sprache|Gebärdensprache|Login|Anmelden|Schlagwörter|Tags|Weiterlesen|"
    r"mehr|Mehr lesen|"
    r"Share|Print|Back|Back to top|Read more|Comments?|Search|Menu|Privacy(?: policy)?|Skip to content|"
    r"Nächster Beitrag|"
    r"Vorheriger Beitrag|Älter(?:e Beiträge)?|Neuer(?:e Beiträge)?|Previous|Next)[<>«»‹›→•*\s|:_.…-]*\Z",
    re.IGNORECASE,
)
_PAGER = re.compile(r"(?:Älter|Neuer|Zurück|Weiter|Seite|Previous|Next|«|»|<|>|\d{1,3}|\s|[|…])+\Z")
_OTHERS = re.compile(
    r"[>*_#\s•-]*(?:Lesen Sie (?:auch|dazu|mehr|hierzu)|Mehr zum Thema|Zum Thema|"
    r"Das könnte Sie (?:auch )?interessieren|"
    r"Weitere (?:Meldungen|Artikel|Beiträge|Nachrichten|Pressemitteilungen|Themen)|Ähnliche (?:Beiträge|Artikel|"
    r"Meldungen)|"
    r"Auch interessant|Aktuelle (?:Meldungen|Beiträge|Nachrichten)|Neueste (?:Beiträge|Meldungen)|Meistgelesen|"
    r"Bereits erschienen|Related (?:articles|stories|posts)|Read also|More (?:news|stories)|You may also like)\b",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\bCookies?\b.{0,200}(?:verwende|nutz|akzeptier|zustimm|einverstanden|use|accept|consent|agree)", re.DOTALL
)
_FOOTER_CELL = re.compile(r"\|\s(?:Impressum|Datenschutz|Barrierefreiheit|Kontakt|Sitemap|Imprint|Privacy)\b")
_NOTE = re.compile(
    r"[*_(\s]*(?:(?:Veröffentlicht|Erschienen|Publiziert|Erstellt|Aktualisiert|Geändert|Eingestellt|Posted|"
    r"Published)\b"
    r"(?=.{0,20}\d)|Letzte (?:Änderung|Aktualisierung)|Stand\s*:)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\S\s[>»›/]\s\S[^\n]*\S\s[>»›/]\s")

_TIME_FIRST = re.compile(
    r"(?:[-•*–]\s*)?[(*_]*(?:(?:ca\.|gegen|ab|von|circa)\s*)?"
    r"(?:\d{1,2}[.:]\d\d(?!\d|\.\d)(?:\s?(?:Uhr|h\b))?(?:\s?(?:–|-|bis)\s?\d{1,2}(?:[.:]\d\d)?)?(?:\s?(?:Uhr|h\b))?|"
    r"\d{1,2}(?:\s?(?:–|-|bis)\s?\d{1,2})?\s?(?:Uhr|h)\b|"
    r"\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?)[)*_]*\s*(?P<after>[:,;|–-]?)\s*(?P<next>\S?)"
)
_TIME_IN_BRACKETS = re.compile(
    r"\(\s?(?:ca\.\s?|ab\s|um\s)?\d{1,2}(?:[.:]\d\d)?\s?(?:Uhr|h)?\s?(?:[^()\n]{0,12})\)|"
    r"\b\d{1,2}(?:[.:]\d\d)?\s?Uhr\b"
)
_SURROUNDINGS = re.compile(
    r"(?:Tag\s\d{1,2}|\d{1,2}\.\sTag|Day\s\d{1,2}|Datum|Termin|Am|On|Vom|den|[\W_])*", re.IGNORECASE
)
_FIELD = re.compile(r"[*_]*(?:Termin|Wann|Zeit|Datum und Uhrzeit|When|Date)[*_]*\s*:", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatten?|kam|kamen|ging|gingen|is|are|was|were|has|"
    r"have|had|will)\b"
)
_NAME_LIST = re.compile(
    r"(?:[A-ZÄÖÜ][\w.’'/()-]*\s)+[A-ZÄÖÜ][\w’'-]+(?:,\s(?:[A-ZÄÖÜ(][\w.’'/()-]*\s)+[A-ZÄÖÜ][\w’'-]+){1,8}\s(?:und|and|sowie)\s"
    r"(?:[A-ZÄÖÜ(][\w.’'/()-]*\s)+[A-ZÄÖÜ][\w’'-]+\Z"
)


@dataclass(frozen=True)
class _Line:
    """A line, or several that are one paragraph wrapped."""

    span: Span
    chunk: int  # lines of one chunk have no empty line between them


def blocks_of(text: str, language: str) -> tuple[Block, ...]:
    """The blocks of a text in order; empty lines lie in none."""
    lines = list(_lines(text))
    return tuple(_Kinds(text, lines, language).blocks())


def _lines(text: str) -> Iterator[_Line]:
    chunk: list[Span] = []
    number = position = 0
    for raw in [*text.split("\n"), ""]:
        span = stripped(text, Span(position, min(position + len(raw), len(text))))
        position += len(raw) + 1
        if span.start < span.end:
            chunk.append(span)
        elif chunk:
            yield from (_Line(one, number) for one in _unwrapped(text, chunk))
            number, chunk = number + 1, []


def _unwrapped(text: str, chunk: list[Span]) -> list[Span]:
    """The lines of a chunk; one span if it is a paragraph wrapped at a column."""
    lengths = [span.end - span.start for span in chunk]
    if len(chunk) < 2 or not 50 <= max(lengths) <= 110 or min(lengths[:-1]) < max(lengths) - 25:
        return chunk
    broken = sum(text[span.end - 1] not in '.!?:;“”"»)' for span in chunk[:-1])
    begun = sum(_begins_anew(span.of(text)) for span in chunk[1:])
    return chunk if begun or broken * 2 < len(chunk) - 1 else [Span(chunk[0].start, chunk[-1].end)]


def _begins_anew(line: str) -> bool:
    return bool(
        _BULLET.match(line)
        or _TIME_FIRST.match(line)
        or line.startswith("|")
        or _CAPTION.match(line)
        or _CREDIT.match(line)
        or _CONTACT_VALUE.match(line)
    )


class _Kinds:
    """What each line is for, by itself, by its neighbours, and by what stands above it."""

    def __init__(self, text: str, lines: Sequence[_Line], language: str) -> None:
        self._text, self._lines, self._language = text, lines, language
        self._words = [line.span.of(text) for line in lines]
        self._kinds: list[BlockKind | None] = [None] * len(lines)

    def blocks(self) -> Iterator[Block]:
        """The blocks, credits at the end of a line as blocks of their own."""
        self._mark_imprint()
        self._mark_noise()
        for number in range(len(self._lines)):
            if self._kinds[number] is None:
                self._kinds[number] = self._kind(number)
        self._mark_dates()
        for line, words, kind in zip(self._lines, self._words, self._kinds, strict=True):
            yield from self._parted(line.span, words, kind or BlockKind.PARAGRAPH)

    def _mark_imprint(self) -> None:
        for numbers in self._chunks():
            lines = [self._words[number] for number in numbers]
            contact = sum(bool(_CONTACT_VALUE.search(line)) for line in lines)
            if contact and all(len(line) <= 90 for line in lines) and (contact > 1 or contact * 2 >= len(lines)):
                for number in numbers:
                    if not _CREDIT.match(self._words[number]):
                        self._kinds[number] = BlockKind.IMPRINT
        self._mark_about()

    def _mark_about(self) -> None:
        """A heading such as "Über die Kampagne" in the second half, and what follows it up to the next heading."""
        about = False
        for number, words in enumerate(self._words):
            short = len(words) <= 70 and not _TERMINAL.search(words)
            if (
                number * 2 >= len(self._lines) - 1
                and 1 < number + 1 < len(self._lines)
                and short
                and _ABOUT.match(words)
            ):
                about = not _VERB.search(words)
            elif short and _MARKDOWN_HEADING.match(words):
                about = False
            elif _CAPTION.match(words) or _CREDIT.match(words) or self._kinds[number]:
                continue
            if about:
                self._kinds[number] = BlockKind.IMPRINT

    def _mark_noise(self) -> None:
        others = False
        menu = -1
        for number, (line, words) in enumerate(zip(self._lines, self._words, strict=True)):
            short = len(words) <= 140 and not _TERMINAL.search(words)
            if _OTHERS.match(words):
                others, short = True, True
            elif others and (not short or _MARKDOWN_HEADING.match(words) or self._starts_other(words)):
                others = False
            if _NOISE.match(words) and re.match(r"[\s•*-]*(?:Start|Startseite|Home)\b", words):
                menu = line.chunk
            bullet = line.chunk == menu and (_BULLET.match(words) is not None or (short and len(words) <= 30))
            if others or bullet or self._is_noise(words):
                self._kinds[number] = BlockKind.NOISE

    def _starts_other(self, words: str) -> bool:
        return bool(
            _CAPTION.match(words) or _CREDIT.match(words) or _CONTACT_VALUE.search(words) or _IMPRINT.match(words)
        )

    def _is_noise(self, words: str) -> bool:
        short = len(words) <= 160
        return bool(
            (_RULE.match(words) and len(words) > 1)
            or (
                short
                and (_NOISE.match(words) or _PAGER.match(words) or (_CRUMBS.search(words) and not _VERB.search(words)))
            )
            or ("ookie" in words and _COOKIES.search(words))
        )

    def _chunks(self) -> Iterator[list[int]]:
        numbers: list[int] = []
        for number, line in enumerate(self._lines):
            if numbers and self._lines[numbers[-1]].chunk != line.chunk:
                yield numbers
                numbers = []
            numbers.append(number)
        if numbers:
            yield numbers

    def _kind(self, number: int) -> BlockKind:
        words = self._words[number]
        if _NOTE.match(words) and len(words) <= 120:
            return BlockKind.IMPRINT
        if _is_schedule(words):
            after_row = number > 0 and self._kinds[number - 1] is BlockKind.ROW and len(_CELLS.findall(words)) >= 1
            return BlockKind.ROW if after_row else BlockKind.SCHEDULE
        if words.startswith("|") or len(_CELLS.findall(words)) >= 2:
            return self._row(number)
        if _is_credit(words):
            return BlockKind.CREDIT
        if _is_caption(words):
            return BlockKind.CAPTION
        if self._is_imprint(words):
            return BlockKind.IMPRINT
        return BlockKind.HEADING if self._is_heading(number) else BlockKind.PARAGRAPH

    def _row(self, number: int) -> BlockKind:
        """A row of a table; a line of links with bars between them is none."""
        words = self._words[number]
        following = self._words[number + 1] if number + 1 < len(self._words) else ""
        nearby = words + (following if len(_CELLS.findall(following)) >= 2 else "")
        if not words.startswith("|") and (words.startswith("©") or _FOOTER_CELL.search(words)):
            return BlockKind.NOISE
        if words.startswith("|") or any(character.isdigit() for character in nearby):
            contact = _CONTACT_ANYWHERE.search(words) and not words.startswith("|")
            return BlockKind.IMPRINT if contact else BlockKind.ROW
        return BlockKind.NOISE

    def _is_imprint(self, words: str) -> bool:
        if _IMPRINT.match(words):
            return len(words) <= 60 or _CONTACT_ANYWHERE.search(words) is not None or words.count(".") < 2
        parted = len(re.findall(r"\s[·•|]\s", words)) >= 2
        contact = _CONTACT_ANYWHERE.search(words) is not None
        return (parted and contact) or (contact and len(words) <= 90 and _CONTACT_VALUE.search(words) is not None)

    def _is_heading(self, number: int) -> bool:
        words = self._words[number]
        if _MARKDOWN_HEADING.match(words):
            return True
        if len(words) > _HEADING_LENGTH or _TERMINAL.search(words) or _BULLET.match(words):
            return False
        if number + 1 == len(self._words) or re.match(r"(?:von|by)\s", words):
            return False
        if (
            words.startswith(("—", "– "))
            or words.endswith((".“", ".”", "!“", "?“"))
            or (words.startswith("(") and words.endswith(")"))
        ):
            return False
        alone = number == 0 or self._lines[number - 1].chunk != self._lines[number].chunk
        following = self._kinds[number + 1] is None or self._kinds[number + 1] is not BlockKind.NOISE
        previous = self._kinds[number - 1] if number else None
        longer = len(self._words[number + 1]) > len(words) or self._lines[number + 1].chunk != self._lines[number].chunk
        return following and (alone or longer or previous is BlockKind.HEADING)

    def _mark_dates(self) -> None:
        """Lines that hold a date and little else: of a day, or of one stop in a list of stops."""
        short = {
            number: rest
            for number, kind in enumerate(self._kinds)
            if kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and (rest := self._beside_date(number)) is not None
        }
        for number, rest in short.items():
            listed = bool(rest) and (self._dated(number - 1, short) or self._dated(number + 1, short))
            bullet = bool(rest) and _BULLET.match(self._words[number]) is not None
            if listed or bullet:
                self._kinds[number] = BlockKind.SCHEDULE
            elif len(rest) <= 45 and not _TERMINAL.search(rest) and number + 1 < len(self._lines):
                self._kinds[number] = self._day(number, rest)
        self._mark_items()

    def _beside_date(self, number: int) -> str | None:
        """What a line that begins or ends with a date says besides; nothing if it does not, or is a sentence."""
        words = self._words[number]
        if len(words) > 160 or not any(character.isdigit() for character in words) or "  " in words[:4]:
            return None
        dates = written_dates(words, Span(0, len(words)), self._language)
        if len(dates) != 1 or _VERB.search(words):
            return None
        span = dates[0].span
        before = words[: span.start]
        lead = _SURROUNDINGS.match(before)
        if (lead is None or lead.end() < len(before)) and words[span.end :].strip(" .:,;)*_") != "":
            return None
        if before and before.rstrip()[-1:].isalpha() and lead is not None and lead.end() < len(before):
            return None  # "Pressetermine vom 15. bis 19. April"
        rest = f"{before[lead.end() if lead else 0 :]} {words[span.end :]}"
        return re.sub(r"^[\W_]+|[\s:,;)*_–-]+$", "", rest)

    def _dated(self, number: int, short: dict[int, str]) -> bool:
        """Whether a neighbouring line is a date with something beside it."""
        return bool(short.get(number)) and self._kinds[number] is not None

    def _day(self, number: int, rest: str) -> BlockKind:
        timed = _TIME_IN_BRACKETS.search(rest) is not None
        if not rest or _FIELD.match(self._words[number]) or (timed and len(rest) <= 25):
            return BlockKind.DATE_HEADING
        following = self._kinds[number + 1]
        begins = self._words[number][:40].strip("*_# ")
        starts = bool(re.match(r"(?:Tag\s|\d|Day\s|Mo|Di|Mi|Do|Fr|Sa|So)", begins))
        if not timed and starts and following in (BlockKind.SCHEDULE, BlockKind.PARAGRAPH, BlockKind.HEADING):
            return BlockKind.DATE_HEADING
        return self._kinds[number] or BlockKind.PARAGRAPH

    def _mark_items(self) -> None:
        """List items under a date heading are lines of its programme."""
        under = False
        for number, kind in enumerate(self._kinds):
            if kind is BlockKind.DATE_HEADING:
                under = True
            elif under and kind is BlockKind.PARAGRAPH and _BULLET.match(self._words[number]):
                self._kinds[number] = BlockKind.SCHEDULE
            elif kind is not BlockKind.SCHEDULE:
                under = False

    def _parted(self, span: Span, words: str, kind: BlockKind) -> Iterator[Block]:
        trailing = _TRAILING_CREDIT.search(words) if kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) else None
        if trailing is None or not _names_only(trailing):
            yield Block(kind, span)
            return
        cut = span.start + trailing.start()
        rest = words[: trailing.start()]
        if kind is BlockKind.PARAGRAPH and len(rest) <= 300 and len(_one_line_sentences(rest)) == 1 and not _past(rest):
            kind = BlockKind.CAPTION
        yield Block(kind, stripped(self._text, Span(span.start, cut)))
        yield Block(BlockKind.CREDIT, stripped(self._text, Span(cut, span.end)))


def _names_only(trailing: re.Match[str]) -> bool:
    names = trailing["names"]
    return names is None or (_CREDIT_NAMES.match(names) is not None and not _has_position(names))


def _has_position(words: str) -> bool:
    return bool(_ABBREVIATED_POSITION.search(words) or _WORDED_POSITION.search(words))


def _past(words: str) -> bool:
    return bool(re.search(r"\b(?:hatte|hatten|war|waren|wurde|wurden|kam|kamen|was|were|had)\b", words))


def _one_line_sentences(words: str) -> list[Span]:
    return sentences_of(words, Span(0, len(words)))


def _is_schedule(words: str) -> bool:
    first = _TIME_FIRST.match(words)
    if first is not None and first["next"]:
        return bool(first["after"]) or first["next"].isupper() or not first["next"].isalpha() or words[0] in "-•*–"
    return words[0] in "-•*–" and len(words) <= 250 and _TIME_IN_BRACKETS.search(words, 0, 90) is not None


def _is_credit(words: str) -> bool:
    if _CREDIT.match(words):
        return len(words) <= 200
    label = _CREDIT_LABEL.match(words)
    if label is None or _has_position(words):
        return False
    names = words[label.end() :]
    first = names.split(". ")[0]
    return bool(_CREDIT_NAMES.match(names)) or (first.casefold() in ("privat", "zvg") and len(words) <= 200)


def _is_caption(words: str) -> bool:
    if _CAPTION.match(words):
        return len(words) <= 2500
    if len(words) <= 600 and _ABBREVIATED_POSITION.search(words):
        return len(_one_line_sentences(words)) <= 3
    if len(words) <= 300 and _WORDED_POSITION.search(words):
        return len(_one_line_sentences(words)) == 1
    return len(words) <= 300 and _NAME_LIST.match(words) is not None
