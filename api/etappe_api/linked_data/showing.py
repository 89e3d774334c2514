"""Terms as people read them: a name with its language, and where a link leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from etappe.model import Term
from etappe.namespaces import XSD, compact
from etappe.questions.words import word
from etappe.store import Store
from etappe.things import labels
from etappe_api.linked_data.addresses import link_of

_MONTHS = (
    "January,February,March,April,May,June,July,August,September,October,November,December",
    "Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember",
)


@dataclass(frozen=True)
class Shown:
    """A text. ``lang`` where it is not that of the page; ``href`` where it leads somewhere; ``day`` for a date."""

    text: str
    lang: str = ""
    href: str | None = None
    day: str = ""


def day_text(day: str, language: str) -> str:
    """A date as people write it; what is no date stays as it is.

    >>> day_text("2017-07-28", "de"), day_text("2017-07-28", "en")
    ('28. Juli 2017', '28 July 2017')
    """
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    month = _MONTHS[language == "de"].split(",")[found.month - 1]
    return f"{found.day}{'.' if language == 'de' else ''} {month} {found.year}"


class Names:
    """Labels of things, in the language of a page where there are such.

    Args:
        iris: everything that will be shown.
    """

    def __init__(self, store: Store, base: str, language: str, iris: Iterable[str]) -> None:
        self.base, self.language = base, language
        self._labels: Mapping[str, Mapping[str, str]] = labels(store, {NamedNode(iri) for iri in iris})

    def label(self, iri: str) -> tuple[str, str]:
        """The best label and its language ("" for none); the end of the IRI where there is no label."""
        known = self._labels.get(iri, {})
        for tag in (self.language, "", "de", "en", *sorted(known)):
            if tag in known:
                return known[tag], tag
        short = compact(iri)
        return (short if short != iri else "/".join(iri.rsplit("/", 2)[-2:])), ""

    def iri(self, iri: str) -> Shown:
        """A thing, a term or an address."""
        text, tag = self.label(iri)
        href = link_of(self.base, iri)
        if iri == f"{self.base}/graph/registry":
            text = word("registry", self.language)
        if iri not in self._labels and not iri.startswith(self.base):
            text = iri
        return Shown(text, self._foreign(tag), href)

    def term(self, term: Term) -> Shown:
        """Any value."""
        if not isinstance(term, Literal):
            return self.iri(term.value)
        if term.datatype == XSD.date:
            return self.day(term.value)
        if term.datatype == XSD.boolean:
            yes = term.value in ("true", "1")
            return Shown(("ja" if yes else "nein") if self.language == "de" else ("yes" if yes else "no"))
        return Shown(term.value, self._foreign(term.language or ""))

    def word(self, term: Term) -> Shown:
        """A value of a question's answer, where words of the catalogue stand for what no concept says."""
        if isinstance(term, Literal) and not term.language and term.datatype == XSD.string:
            return Shown(word(term.value, self.language))
        return self.term(term)

    def day(self, day: str) -> Shown:
        """A date."""
        return Shown(day_text(day, self.language), day=day)

    def _foreign(self, tag: str) -> str:
        return "" if tag == self.language else tag
