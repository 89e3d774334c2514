"""Photo files joined to the captions of the text beside them. Only what is certain is joined; the rest stays an album.

A file is joined to a caption if its own caption, or its name, is that caption word for word, or if the line of the
caption names the file; and if no other file and no other caption could be meant. What the files say is added below the
text, a line each, so that every fact taken from a file has its words there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Block, BlockKind, Extraction, Photo, Span
from etappe.reading.values import slug
from etappe.sources.mending import cleaned
from etappe.sources.model import PhotoFile

_LABEL = re.compile(
    r"^(?:bildunterschrift|bildzeile|fotos?|bild(?:er)?|photos?|pictures?)(?: [\w.]{1,10})?: ", re.IGNORECASE
)
_CREDIT = re.compile(r"[ .(\[|](?:(?:fotos?|bild|photos?)(?:credits?|nachweis)?:|©) ?[^:]{2,80}$")
_SAME = str.maketrans(
    {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "—": "-"}
)
_FEWEST_WORDS = 3  # of a file name that is a caption: “1.jpg” and “rathaus.jpg” are nobody's words
_HEADINGS = {"de": "Angaben der Fotodateien", "en": "Statements of the photo files"}
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Attached:
    """The file of a photo.

    Attributes:
        how: what it was joined by; ``said``: its statements by field, as they stand below the text.
        quotes: those of them that can be quoted.
    """

    file: PhotoFile
    how: str
    said: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the file on one line."""
        return name_of(self.file)


@dataclass(frozen=True)
class Joined:
    """What came of text and files.

    Attributes:
        extraction: with the statements of the files below the text.
        files: by number of the photo in the extraction; ``doubts``: files of which one could be meant, but not which.
        left: files that are joined to nothing.
    """

    extraction: Extraction
    files: Mapping[int, Attached] = field(default_factory=dict)
    doubts: Mapping[int, Sequence[str]] = field(default_factory=dict)
    left: tuple[PhotoFile, ...] = ()


def name_of(file: PhotoFile) -> str:
    """The name of a file on one line."""
    return cleaned(PurePath(file.name).name, _LONGEST_NAME)


def joined(extraction: Extraction, files: Sequence[PhotoFile]) -> Joined:
    """Join files to captions where there is no doubt."""
    found: dict[int, list[tuple[PhotoFile, str]]] = defaultdict(list)
    index = _Captions(extraction)
    left = []
    for file in files:
        meant = index.of(file)
        if len(meant) != 1:
            left.append(file)
        for number, how in meant.items():
            found[number].append((file, how))
    sure: dict[int, Attached] = {}
    doubts: dict[int, list[str]] = {}
    for number, candidates in found.items():
        file, how = candidates[0]
        if len(candidates) == 1 and file not in left:
            sure[number] = Attached(file, how)
        else:
            doubts[number] = [name_of(one) for one, _ in candidates]
            left += [one for one, _ in candidates if one not in left]
    return _stated(extraction, sure, doubts, tuple(file for file in files if file in left))


class _Captions:
    """The captions of a text, by their words and by the files that their lines name."""

    def __init__(self, extraction: Extraction) -> None:
        self._by_words: dict[str, list[int]] = defaultdict(list)
        self._by_slug: dict[str, list[int]] = defaultdict(list)
        self._lines: dict[int, str] = {}
        blocks: dict[Span, list[int]] = defaultdict(list)
        text = extraction.text
        for number, photo in enumerate(extraction.photos):
            words = photo.caption.of(text.text)
            self._by_words[plain(words)].append(number)
            self._by_slug[_hyphened(words)].append(number)
            if (block := text.block_of(photo.caption)) is not None:
                blocks[block.span].append(number)
        for span, numbers in blocks.items():
            if len(numbers) == 1:  # of several pictures in one line nobody can tell whose file it names
                self._lines[numbers[0]] = span.of(text.text).casefold()

    def of(self, file: PhotoFile) -> dict[int, str]:
        """The captions that may be meant, each with what tells so."""
        path = PurePath(file.name)
        found: dict[int, str] = {}
        if words := plain(file.caption or file.headline or ""):
            found |= dict.fromkeys(self._by_words.get(words, ()), "its own caption")
        named = re.compile(rf"(?<![\w.-]){re.escape(path.name.casefold())}(?![\w-])")
        stem = _hyphened(path.stem)
        same = self._by_slug.get(stem, ()) if stem.count("-") >= _FEWEST_WORDS - 1 else ()
        found |= {number: "its name" for number in same if number not in found}
        found |= {n: "its name in the text" for n, line in self._lines.items() if n not in found and named.search(line)}
        return found


def plain(words: str) -> str:
    """A caption as it is compared: without label, credit, quotation marks of one kind or another, and full stop."""
    text = " ".join(unicodedata.normalize("NFKC", words).translate(_SAME).casefold().split())
    return _CREDIT.sub("", _LABEL.sub("", text)).strip(" .;,")


def _hyphened(words: str) -> str:
    """All words as a file name may have them."""
    return "-".join(slug(word) for word in re.split(r"[\W_]+", plain(words)) if word)


# --- what the files say


def _statements(file: PhotoFile, caption: str) -> Iterator[tuple[str, str]]:
    own = file.caption or file.headline
    told = {
        "caption": own if own and plain(own) != plain(caption) else None,
        "credit": file.credit,
        "creators": "; ".join(file.creators),
        "rights": file.rights,
        "usage_terms": file.usage_terms,
        "taken": file.taken,
        "people": "; ".join(file.people),
        "place": ", ".join(filter(None, (file.venue, file.place, file.country))),
    }
    for key, value in told.items():
        if value and value.strip():
            yield key, " ".join(value.split())


def _stated(
    extraction: Extraction,
    sure: Mapping[int, Attached],
    doubts: Mapping[int, Sequence[str]],
    left: tuple[PhotoFile, ...],
) -> Joined:
    """With the statements of the joined files below the text."""
    text = extraction.text
    lines: list[str] = []
    labels: dict[tuple[int, str], str] = {}
    said: dict[int, dict[str, str]] = {}
    for number, one in sorted(sure.items()):
        said[number] = dict(_statements(one.file, extraction.photos[number].caption.of(text.text)))
        for key, words in said[number].items():
            origin = one.file.origins.get(key) or one.file.origins.get("headline" if key == "caption" else "venue")
            label = f"p{number + 1} {key.replace('_', ' ')} ({', '.join(filter(None, (origin, one.name)))}):"
            labels[number, key] = label
            lines.append(f"{label} {words}")
    whole = " ".join([*text.text.split(), *" ".join(lines).split()])
    files = {}
    for number, one in sure.items():
        quotes: dict[str, Value] = {}
        for key, words in said[number].items():
            label = labels[number, key]
            if whole.count(f"{label} {words}") == 1:  # a file may say what looks like a line of another
                quotes[key] = Keys().put("words", words).put("prefix", label)
        files[number] = replace(one, said=said[number], quotes=quotes)
    if not lines:
        return Joined(extraction, files, doubts, left)
    start = len(text.text.rstrip("\n")) + 2
    added = "\n".join((_HEADINGS.get(text.language, _HEADINGS["de"]), *lines))
    source = f"{text.text.rstrip(chr(10))}\n\n{added}\n"
    block = Block(BlockKind.NOISE, Span(start, start + len(added)))
    return Joined(
        replace(extraction, text=replace(text, text=source, blocks=(*text.blocks, block))), files, doubts, left
    )


@dataclass(frozen=True)
class Said:
    """What the text says of a photo beside its caption: the credit, whom that names, first and last day of its stop."""

    credit: str | None = None
    photographers: Sequence[str] = ()
    days: tuple[str, str] | None = None


def add_file(keys: Keys, photo: Photo, one: Attached, said: Said) -> list[Value]:
    """Put what a file says into its photo, and return the quotes of that; where it contradicts the text, only ask."""
    file, told = one.file, one.said
    keys.note(f"{one.name}, joined by {one.how}: {file.width} × {file.height} pixels, {file.digest}")
    borne_out: list[str] = []

    def differs(key: str, what: str) -> None:
        keys.note(f"? doubtful: {key}: the text says {what}, the file {_told(one, key)}")

    if "caption" in told:
        keys.note(f"? doubtful: its own caption is another one: {_told(one, 'caption')}")
    if "credit" in told and said.credit and plain(told["credit"]) != plain(said.credit):
        differs("credit", f"“{said.credit}”")
    elif "credit" in told:
        keys.put("credit", None if said.credit else told["credit"])
        borne_out.append("credit")
    if {plain(name) for name in file.creators} & {plain(name) for name in said.photographers}:
        borne_out.append("creators")
    elif "creators" in told and said.photographers:
        differs("creators", ", ".join(said.photographers))
    elif "creators" in told:
        keys.note(f"? photographer: {_told(one, 'creators')}")
    if "usage_terms" in told:
        keys.put("usage terms", told["usage_terms"])
        borne_out.append("usage_terms")
    if "rights" in told:
        keys.note(f"? rights holder: {_told(one, 'rights')}")
    borne_out += _taken(keys, photo, one, said, differs)
    others = [name for name in file.people if plain(name) not in {plain(shown) for shown in photo.people}]
    if others:
        keys.note(f"? shows: the file names {', '.join(others)}, the caption does not")
    if file.place and photo.place and plain(file.place) != plain(photo.place):
        differs("place", photo.place)
    elif "place" in told and not photo.place:
        keys.note(f"? place: {_told(one, 'place')}")
    for note in file.notes:
        keys.note(note)
    return [one.quotes[key] for key in borne_out if key in one.quotes]


def _taken(keys: Keys, photo: Photo, one: Attached, said: Said, differs: Callable[[str, str], None]) -> list[str]:
    """The day, which cameras know only as well as their clock was set."""
    day = one.said.get("taken", "")[:10]
    if not day or (photo.date is not None and len(photo.date) < len(day)):
        return []
    if photo.date is not None and photo.date != day:
        differs("taken", photo.date)
        return []
    if photo.date is None and said.days is not None and not said.days[0] <= day <= said.days[1]:
        differs("taken", f"the stop was on {' to '.join(dict.fromkeys(said.days))}")
        return []
    keys.put("date", None if photo.date else day, "" if photo.date else "the day on which the camera says it was taken")
    return ["taken"]


def _told(one: Attached, key: str) -> str:
    words = one.said[key]
    origin = one.file.origins.get(key, "")
    return f"“{words}” ({origin})" if origin else f"“{words}”"


def doubtful(names: Iterable[str]) -> str:
    """The question about files of which one could be meant."""
    return f"? its file: not joined, for it could be one of several: {', '.join(names)}"
