"""The JSON-LD context, made from the table of keys, so that a JSON-LD report can use the same short words.

A word that means the same for every kind of thing stands at the top. A word that means different things (``name``,
``date``, ``in``) stands in the context of the classes it belongs to, so a node must carry its ``type`` for it.
Closed lists take the local names of the concepts: ``"role": "minister"``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from etappe.namespaces import ETV, PREFIXES, expand
from etappe.reading.keys import (
    BASIS,
    KINDS,
    NOT_AFTER,
    NOT_BEFORE,
    REGISTRY,
    REGISTRY_SECTIONS,
    REPORT,
    REPORT_SECTIONS,
    Form,
    Key,
    Kind,
    Section,
)

#: What the short form computes or says by other means and plain JSON-LD has to write.
EXTRA_KEYS = (
    NOT_BEFORE,
    NOT_AFTER,
    BASIS,
    Key("end date", "schema:endDate", Form.DATE, "letzter Tag"),
    Key("presence", "et:presence", Form.CONCEPT, "Anwesenheit", scheme="presence"),
)
#: Keys whose word JSON-LD needs itself: ``type`` is the class of a node.
RENAMED = {"type": "event type"}
_DATATYPES = {
    Form.DATE: "xsd:date",
    Form.DATES: "xsd:date",
    Form.YES: "xsd:boolean",
    Form.NUMBER: "xsd:integer",
}
_IRIS = frozenset({Form.LINK, Form.REFERENCE, Form.NODE, Form.QUOTE})

Definition = dict[str, Any]


def word_of(key: Key) -> str:
    """The word of a key in JSON-LD."""
    return RENAMED.get(key.name, key.name)


def definition(key: Key) -> Definition:
    """The term definition of one key."""
    found: Definition = {"@reverse" if key.inverse else "@id": key.property}
    if key.form is Form.TEXT:
        found["@container"] = "@language"
    elif key.form is Form.STRING:
        found["@language"] = None
    elif key.form is Form.CODE:
        found["@type"] = key.datatype
    elif key.form in _DATATYPES:
        found["@type"] = _DATATYPES[key.form]
    elif key.form in _IRIS:
        found["@type"] = "@id"
    elif key.form is Form.CONCEPT:
        found["@type"] = "@vocab"
        found["@context"] = _words(key)
    return found


def _words(key: Key) -> list[Any]:
    """A context in which only the words of one list are known: keys and types must not be mistaken for concepts."""
    inner: Definition = {"etv": str(ETV), "@vocab": str(ETV)}
    if key.choices:
        inner = {word: expand(name).value for word, name in sorted(key.choices.items())}
    # A value is coerced by the definition in force after this context, so the key is defined again.
    inner[word_of(key)] = {"@id": expand(key.property).value, "@type": "@vocab"}
    return [None, inner]


def _section(section: Section) -> Definition | str:
    if section.property is None:
        return "@included"
    return {"@reverse" if section.inverse else "@id": section.property, "@type": "@id"}


def type_words(kind: Kind) -> dict[str, str]:
    """The words for the classes of a kind, which are the local names of the classes, with the classes."""
    classes = dict.fromkeys((*kind.types, *(name for types in kind.variants.values() for name in types)))
    return {name.partition(":")[2]: name for name in classes}


def _meanings(kind: Kind) -> dict[str, Definition | str]:
    """Each word of a kind with its definition; for a report and a registry the sections as well."""
    found: dict[str, Definition | str] = {word_of(key): definition(key) for key in kind.keys}
    if kind is REPORT or kind is REGISTRY:
        sections = REPORT_SECTIONS if kind is REPORT else REGISTRY_SECTIONS
        found |= {section.name: _section(section) for section in sections}
    return found


def context() -> Definition:
    """The content of ``ontology/context.jsonld`` below ``@context``."""
    kinds = (REPORT, REGISTRY, *KINDS.values())
    by_word: dict[str, list[Definition | str]] = defaultdict(list)
    extra: dict[str, Definition | str] = {word_of(key): definition(key) for key in EXTRA_KEYS}
    for words in (extra, *map(_meanings, kinds)):
        for word, meaning in words.items():
            if meaning not in by_word[word]:
                by_word[word].append(meaning)
    top = {word: meanings[0] for word, meanings in by_word.items() if len(meanings) == 1}
    scoped: dict[str, Definition] = defaultdict(dict)
    classes: dict[str, str] = {}
    for kind in kinds:
        special = {word: meaning for word, meaning in _meanings(kind).items() if word not in top}
        for class_word, name in type_words(kind).items():
            if classes.setdefault(class_word, name) != name:
                raise ValueError(f"two classes are called {class_word}")
            for word, meaning in special.items():
                if scoped[class_word].setdefault(word, meaning) != meaning:
                    raise ValueError(f"{word!r} means two things for {class_word}")
    types: Definition = {
        word: {"@id": name, "@context": dict(sorted(scoped[word].items()))} if scoped[word] else name
        for word, name in classes.items()
    }
    return {
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        **{prefix: str(namespace) for prefix, namespace in sorted(PREFIXES.items())},
        **dict(sorted(top.items())),
        **dict(sorted(types.items())),
    }
