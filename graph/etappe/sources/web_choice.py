"""Which parts of a web page are the report: what trafilatura takes for the main text, and what belongs to it.

Trafilatura leaves out captions, datelines and imprints; they are taken in again from where they stand. Lists of other
articles, navigation and side columns stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etappe.sources.imprint import is_dateline, tells_contact
from etappe.sources.model import Part, PartKind
from etappe.sources.web_page import Element, Place

_SIDE_TAGS = frozenset(("nav", "aside", "footer", "header", "form", "menu"))
_SIDE_ROLES = frozenset(("navigation", "complementary", "banner", "contentinfo", "search", "menu", "dialog"))
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|menue?|sidebar|teasers?|related|shar(?:e|ing)|social|breadcrumbs?|crumbs?|"
    r"newsletter|comments?|kommentare?|footer|header|widgets?|pagination|pager|tags|tagcloud|toolbar|skip|skiplinks?|ads?|"
    r"advert\w*|werbung|promo|recommend\w*|marginal\w*|mehr|weitere\w*|imprint|impressum|kontakt|contact)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:(?:\w*-)?captions?(?:-text)?|bildunterschrift|bildtext|bildzeile|legende|credits?|copyright|"
    r"bildnachweis|fotograf|photo-?info)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|datum|dateline|pubdate|published|posted|byline|meta|zeit)(?:$|[\s_-])", re.IGNORECASE
)
_SQUEEZED = re.compile(r"[\W_]+")
_FEW_WORDS = 3
#: How many parts before and after the main text are looked at for a dateline.
_NEAR = 12
_MOST_LINKED = 0.5


def squeezed(text: str) -> str:
    """Letters and digits only, to compare what two programs made of one line."""
    return _SQUEEZED.sub("", text).casefold()


def chosen(parts: list[Part], main_text: str, site: str | None) -> list[Part]:
    """The parts that are the report, in order; the imprint last.

    Args:
        main_text: what trafilatura found.
        site: name of the site, which is no heading of a report.
    """
    return _Choice(parts, main_text).parts(site)


class _Choice:
    def __init__(self, parts: list[Part], main_text: str) -> None:
        lines = {key for line in main_text.split("\n") if (key := squeezed(line))}
        self._parts = parts
        self._exempt: set[Element] = set()
        self._sides: dict[Element, bool] = {}
        self._main = [_is_main(part, lines) for part in parts]
        self._container, self._exempt = self._common(index for index, main in enumerate(self._main) if main)

    def parts(self, site: str | None) -> list[Part]:
        indexes = [index for index, main in enumerate(self._main) if main and not self._aside(self._parts[index])]
        if not indexes:
            return []
        first, last = indexes[0], indexes[-1]
        keep = {index for index in range(len(self._parts)) if self._belongs(index, first, last)}
        keep |= self._headline(first, site) | self._datelines(first, last)
        imprint = [
            index
            for index, part in enumerate(self._parts)
            if index not in keep
            and self._side(part.origin.element)
            and _linked(part) < _MOST_LINKED
            and tells_contact(part.text)
        ]
        return [self._parts[index] for index in (*sorted(keep), *imprint)]

    def _belongs(self, index: int, first: int, last: int) -> bool:
        part = self._parts[index]
        if self._main[index]:
            return not self._aside(part)
        if self._side(part.origin.element) or _linked(part) >= _MOST_LINKED or not self._contained(part):
            return False
        if part.kind is PartKind.ROW or _marked(part.origin.element, _CAPTION, "figcaption"):
            return True
        few = len(part.text.split()) <= _FEW_WORDS and part.text[-1] not in ".!?:"
        return not few and (first < index < last or self._container.tag not in ("body", "html"))

    def _aside(self, part: Part) -> bool:
        """Whether what trafilatura took is a side matter all the same: a list of links."""
        return _linked(part) > _MOST_LINKED and (part.kind is PartKind.ITEM or self._side(part.origin.element))

    def _headline(self, first: int, site: str | None) -> set[int]:
        """The heading above the main text, where trafilatura left it out."""
        if any(
            part.kind is PartKind.HEADING and main
            for part, main in zip(self._parts[: first + 1], self._main, strict=False)
        ):
            return set()
        names = {squeezed(site or "")}
        for index in range(first - 1, -1, -1):
            part = self._parts[index]
            if part.origin.element.tag == "h1" and squeezed(part.text) not in names:
                return {index}
        return set()

    def _datelines(self, first: int, last: int) -> set[int]:
        near = [
            *range(first - 1, max(-1, first - 1 - _NEAR), -1),
            *range(last + 1, min(len(self._parts), last + 1 + _NEAR)),
        ]
        for index in near:
            part = self._parts[index]
            if _linked(part) >= _MOST_LINKED or self._side(part.origin.element):
                continue
            if is_dateline(part.text, _marked(part.origin.element, _DATE, "time")):
                return {index}
        return set()

    def _contained(self, part: Part) -> bool:
        return any(element is self._container for element in _upwards(part.origin.element))

    def _side(self, element: Element) -> bool:
        """Whether an element stands in a side matter: navigation, a column, a foot."""
        path: list[Element] = []
        found = False
        for above in _upwards(element):
            if above in self._exempt:
                break
            if above in self._sides:
                found = self._sides[above]
                break
            path.append(above)
            if _is_side(above):
                found = True
                break
        for above in path:
            self._sides[above] = found
        return found

    def _common(self, indexes: Iterable[int]) -> tuple[Element, set[Element]]:
        """The smallest element that holds the main text, and all that hold it."""
        common: list[Element] | None = None
        for index in indexes:
            element = self._parts[index].origin.element
            if self._side(element) or _linked(self._parts[index]) >= _MOST_LINKED:
                continue
            path = list(_upwards(element))
            if common is None:
                common = path[1:] or path
            elif not any(above is common[0] for above in path):
                known = {id(above) for above in path}
                common = [above for above in common if id(above) in known]
        return (common[0], set(common)) if common else (None, set())


def _is_main(part: Part, lines: set[str]) -> bool:
    place: Place = part.origin
    return any((key := squeezed(line)) and key in lines for line in place.own.split("\n"))


def _linked(part: Part) -> float:
    place: Place = part.origin
    return place.linked


def _is_side(element: Element) -> bool:
    if element.tag in _SIDE_TAGS or element.get("role") in _SIDE_ROLES:
        return True
    return any(_SIDE.search(value) for key in ("id", "class") if (value := element.get(key)))


def _marked(element: Element, words: re.Pattern[str], tag: str) -> bool:
    """Whether an element, or one of the two around it, is of that tag or class."""
    for above, _ in zip(_upwards(element), range(2), strict=False):
        if above.tag == tag or words.search(f"{above.get('class', '')} {above.get('id', '')}"):
            return True
    return next(element.iterdescendants(tag), None) is not None


def _upwards(element: Element) -> Iterable[Element]:
    while element is not None:
        yield element
        element = element.getparent()
