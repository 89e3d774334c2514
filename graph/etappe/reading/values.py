"""Single values of the short form: words in the file to RDF terms. Where a value stands is known elsewhere."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from pyoxigraph import Literal, NamedNode

from etappe import vocabulary
from etappe.namespaces import XSD, expand
from etappe.reading.keys import Form, Key

_ID = re.compile(r"[a-z0-9][a-z0-9._~-]*")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_YES = {"yes": "true", "ja": "true", "true": "true", "no": "false", "nein": "false", "false": "false"}


class WrongValue(ValueError):
    """A value that cannot be taken; its text says what to write instead."""


def slug(name: str) -> str:
    """An id made of a name: ``slug("Besuch in Köln")`` is ``besuch-in-koeln``."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "x"


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.fullmatch(text) is not None


def is_document_id(text: str) -> bool:
    """Whether a text can be the id of a report: no dot, for what belongs to the report is called ``{report}.{id}``."""
    return is_id(text) and "." not in text


def language(text: str) -> str:
    """A language code (BCP 47)."""
    if not _LANGUAGE.fullmatch(text):
        raise WrongValue(f"{text!r} is not a language code; write 'de' or 'en'")
    return text


def iri(text: str) -> NamedNode:
    """An absolute IRI."""
    try:
        return NamedNode(text)
    except ValueError as error:
        raise WrongValue(f"{text!r} is not an IRI") from error


def web_link(text: str) -> NamedNode:
    """A web address; never one that could run code."""
    if not re.match(r"https?://[^\s/]", text):
        raise WrongValue(f"{text!r} is not a web address; it must begin with https:// or http://")
    return iri(text)


def day(text: str) -> Literal:
    """A day of the calendar, ISO 8601."""
    german = _GERMAN_DATE.fullmatch(text)
    if german:
        number, month, year = german.groups()
        raise WrongValue(f"write {text!r} as {year}-{int(month):02}-{int(number):02}")
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError as error:
        raise WrongValue(f"{text!r} is not a day of the calendar; write a date as 2017-07-28") from error
    return Literal(text, datatype=XSD.date)


def concept(key: Key, word: str) -> NamedNode:
    """A word of the closed list of a key, by its German or English label."""
    if key.choices:
        if word not in key.choices:
            raise WrongValue(f"{word!r} is no {key.name}; known are {', '.join(key.choices)}")
        return expand(key.choices[word])
    scheme = key.scheme or ""
    found = vocabulary.concept(scheme, word)
    if found is None:
        near = ", ".join(vocabulary.suggestions(scheme, word))
        raise WrongValue(f"{word!r} is not a word of the list {scheme!r}; nearest are: {near}")
    return found


def literal(key: Key, text: str, tag: str) -> Literal:
    """The literal of a key; ``tag`` is the language of texts."""
    if key.form is Form.TEXT:
        return Literal(text, language=tag)
    if key.form is Form.CODE:
        return Literal(text, datatype=expand(key.datatype or "xsd:string"))
    if key.form is Form.YES:
        if text.lower() not in _YES:
            raise WrongValue(f"{key.name!r} takes yes or no, not {text!r}")
        return Literal(_YES[text.lower()], datatype=XSD.boolean)
    if key.form is Form.NUMBER:
        if not re.fullmatch(r"0|[1-9]\d{0,8}", text):
            raise WrongValue(f"{key.name!r} takes a whole number, not {text!r}")
        return Literal(text, datatype=XSD.integer)
    return Literal(text)
