"""The short form (YAML-LD) to RDF: keys by the table in ``keys``, local ids to IRIs, quotes to evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import NoReturn, ParamSpec, TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from etappe.errors import Position, ReadingError
from etappe.model import Document, Report, Source, digest
from etappe.namespaces import ET, ETV, RDF, expand
from etappe.reading import keys, values
from etappe.reading.evidence import evidence
from etappe.reading.files import text_beside
from etappe.reading.keys import Form, Key, Kind
from etappe.reading.ownership import check_ownership
from etappe.reading.tree import Mapping, Node, Scalar, Sequence
from etappe.reading.values import WrongValue, is_document_id, is_id, slug
from etappe.registry import Registry

P = ParamSpec("P")
T = TypeVar("T")

_TELLING = ("who", "of", "post", "role")  # keys whose values make the id of a thing that has none


def is_short(tree: Mapping) -> bool:
    """Whether a YAML document is in the short form: it begins with ``report`` or ``registry``."""
    return tree.get("report") is not None or tree.get("registry") is not None


def read_short(tree: Mapping, source: Source, registry: Registry, base: str, text: str | None = None) -> Report:
    """The report or registry document that a tree describes.

    Raises:
        ReadingError: an unknown key, word, id or form of value, with line and column and the nearest right one.
    """
    return _Expansion(tree, source, registry, base, text).report()


class _Expansion:
    """One document on its way to triples."""

    def __init__(self, tree: Mapping, source: Source, registry: Registry, base: str, text: str | None) -> None:
        self._tree = tree
        self._source = source
        self._registry = registry
        self._base = base
        self._document = Document.REPORT if tree.get("report") is not None else Document.REGISTRY
        is_report = self._document is Document.REPORT
        self._kind = keys.REPORT if is_report else keys.REGISTRY
        self._sections = keys.REPORT_SECTIONS if is_report else keys.REGISTRY_SECTIONS
        self._slug = self._scalar(tree.get(self._document.value))
        if not is_document_id(self._slug.value):
            self._bad_id(self._slug)
        self._iri = NamedNode(f"{base}/id/{self._document.value}/{self._slug.value}")
        self._language = self._language_of(tree)
        self._text = self._source_text(text)
        self._triples: set[Triple] = set()
        self._positions: dict[tuple[str, str | None], Position] = {}
        self._declared: dict[tuple[str, str], NamedNode] = {}
        self._nodes: dict[int, NamedNode] = {}  # identity of a tree node -> IRI, fixed by the first pass

    def report(self) -> Report:
        self._declare_all()
        self._node(self._tree, self._kind, self._iri, skip={self._document.value, "text", *self._section_names()})
        if self._text is not None and self._tree.get("digest") is None:
            self._add(self._iri, ET.sourceDigest, Literal(digest(self._text)), self._tree.position)
        for section, identifier, node in self._section_entries():
            iri = self._nodes[id(node)]
            self._node(node, keys.KINDS[section.kind], iri)
            self._link_section(section.kind, iri, node.position)
            if identifier is not None:
                self._positions.setdefault((iri.value, None), identifier.position)
        report = Report(
            self._iri, self._document, frozenset(self._triples), self._text, self._source, self._positions, self._base
        )
        check_ownership(report)
        return report

    # --- the frame: id, language, text, sections

    def _language_of(self, tree: Mapping) -> str:
        node = tree.get("language")
        language = self._scalar(node).value if node is not None else "de"
        return self._taken(node or tree, values.language, language)

    def _source_text(self, given: str | None) -> str | None:
        node = self._tree.get("text")
        if node is None:
            return given
        scalar = self._scalar(node)
        if scalar.plain and "\n" not in scalar.value and re.fullmatch(r"\S+\.(txt|md)", scalar.value):
            return given if given is not None else text_beside(self._source, scalar.value)
        return scalar.value

    def _section_names(self) -> set[str]:
        return {section.name for section in self._sections}

    def _section_entries(self) -> Iterator[tuple[keys.Section, Scalar | None, Mapping]]:
        for section in self._sections:
            node = self._tree.get(section.name)
            if isinstance(node, Mapping):
                for key, value in node.entries:
                    yield section, key, self._mapping(value)
            elif isinstance(node, Sequence):
                for item in node.items:
                    yield section, None, self._mapping(item)
            elif node is not None:
                self._fail(f"{section.name!r} holds a list of things by id, one mapping each", node)

    def _link_section(self, kind: str, iri: NamedNode, at: Position) -> None:
        """Link the document to a thing it describes, where the section of such things says how."""
        for section in self._sections:
            if section.kind == kind and section.property:
                self._link(self._iri, expand(section.property), iri, at, inverse=section.inverse)

    # --- first pass: every id that the document declares

    def _declare_all(self) -> None:
        for number, (section, key, node) in enumerate(self._section_entries(), 1):
            if key is not None and node.get("id") is not None:
                self._fail("the id stands before the thing already; leave this one out", node.get("id") or node)
            identifier = key or self._id_key(node)
            if identifier is None and not keys.KINDS[section.kind].local:
                self._fail(f"a {section.kind} needs an 'id': other reports may speak of it too", node)
            identifier = identifier or Scalar(f"{section.kind}-{number}", node.position)
            self._declare(section.kind, identifier, node)
            self._declare_items(node, identifier.value)

    def _declare_items(self, parent: Mapping, parent_id: str) -> None:
        programme = parent.get("programme")
        for node in self._listed(programme) if programme is not None else ():
            item = self._mapping(node)
            identifier = self._id_key(item) or self._free("item", self._item_id(item, parent_id), item.position)
            self._declare("item", identifier, item)
            self._declare_items(item, identifier.value)

    def _item_id(self, item: Mapping, parent_id: str) -> str:
        visited, name = item.get("visited"), item.get("name")
        if isinstance(name, Mapping) and name.entries:
            name = name.entries[0][1]
        chosen = visited if isinstance(visited, Scalar) else name
        return slug(chosen.value) if isinstance(chosen, Scalar) else f"{parent_id}-item"

    def _declare(self, kind: str, identifier: Scalar, node: Mapping) -> None:
        iri = self._own_iri(kind, identifier)
        if iri in self._declared.values():
            self._given_twice(identifier)
        self._declared[kind, identifier.value] = iri
        self._nodes[id(node)] = iri

    def _own_iri(self, kind: str, identifier: Scalar) -> NamedNode:
        if identifier.value.startswith(self._base + "/id/"):
            return self._taken(identifier, values.iri, identifier.value)
        self._check_id(identifier)
        local = f"{self._slug.value}." if kind in keys.KINDS and keys.KINDS[kind].local else ""
        return NamedNode(f"{self._base}/id/{kind}/{local}{identifier.value}")

    # --- second pass: triples

    def _node(self, node: Mapping, kind: Kind, iri: NamedNode, skip: set[str] | None = None) -> None:
        """Everything that a mapping says of one thing."""
        left_out = (skip or set()) | {"id"}
        self._positions.setdefault((iri.value, None), node.position)
        for type_ in self._types(node, kind):
            self._add(iri, RDF.type, expand(type_), node.position)
        for name, value in node.entries:
            if name.value in left_out or (name.value == "kind" and kind.variants):
                continue
            key = kind.key(name.value)
            if key is None:
                self._unknown_key(name, kind, left_out)
            else:
                self._value(iri, key, value)

    def _types(self, node: Mapping, kind: Kind) -> tuple[str, ...]:
        chosen = node.get("kind") if kind.variants else None
        if chosen is None:
            return kind.types
        word = self._scalar(chosen)
        if word.value not in kind.variants:
            self._fail(f"{word.value!r} is no kind of {kind.name}; known are {', '.join(kind.variants)}", word)
        return kind.variants[word.value]

    def _unknown_key(self, name: Scalar, kind: Kind, others: set[str]) -> None:
        known = sorted({key.name for key in kind.keys} | (others - {"id"}) | ({"kind"} if kind.variants else set()))
        near = get_close_matches(name.value, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
        self._fail(f"a {kind.name} has no key {name.value!r}; {hint}", name)

    def _value(self, subject: NamedNode, key: Key, value: Node) -> None:
        if isinstance(value, Scalar) and value.plain and value.value in ("", "~", "null"):
            self._fail(f"{key.name!r} has no value; leave the key out where nothing is known", value)
        if key.form is Form.NODE:
            for number, child in enumerate(self._listed(value), 1):
                self._child(subject, key, self._mapping(child), number)
            return
        if key.form is Form.TEXT and isinstance(value, Mapping):
            for language, words in value.entries:
                for word in self._listed(words) if key.many else (words,):
                    literal = Literal(
                        self._words(word), language=self._taken(language, values.language, language.value)
                    )
                    self._add(subject, expand(key.property), literal, language.position)
            return
        if isinstance(value, Sequence) and not key.many:
            self._fail(f"{key.name!r} takes one value, not a list", value)
        for single in self._listed(value):
            self._single(subject, key, single)

    def _single(self, subject: NamedNode, key: Key, value: Node) -> None:
        predicate = expand(key.property)
        if key.form in (Form.DATE, Form.DATES):
            self._date(subject, key, value)
        elif key.form is Form.QUOTE:
            self._quote(subject, predicate, value)
        elif key.form is Form.REFERENCE:
            self._link(subject, predicate, self._reference(key, value), value.position, inverse=key.inverse)
        elif key.form is Form.CONCEPT:
            concept = self._taken(value, values.concept, key, self._scalar(value).value)
            self._add(subject, predicate, concept, value.position)
        elif key.form is Form.LINK:
            self._add(subject, predicate, self._taken(value, values.web_link, self._words(value)), value.position)
        else:
            literal = self._taken(value, values.literal, key, self._words(value), self._language)
            self._add(subject, predicate, literal, value.position)

    def _words(self, value: Node) -> str:
        scalar = self._scalar(value)
        text = scalar.value.strip()
        if not text or (scalar.plain and text in ("~", "null")):
            self._fail("an empty text says nothing; leave the key out", value)
        return text

    # --- dates

    def _date(self, subject: NamedNode, key: Key, value: Node) -> None:
        predicate = expand(key.property)
        if isinstance(value, Scalar):
            start, slash, end = value.value.partition("/")
            if slash and key.end is None:
                self._fail(f"{key.name!r} takes one day, not a range", value)
            self._add(subject, predicate, self._taken(value, values.day, start), value.position)
            if slash:
                self._add(subject, expand(key.end or ""), self._taken(value, values.day, end), value.position)
            return
        for name, inner in self._mapping(value).entries:
            if name.value == "on":
                self._date(subject, key, self._scalar(inner))
            elif name.value in ("not before", "not after"):
                bound = keys.NOT_BEFORE if name.value == "not before" else keys.NOT_AFTER
                self._date(subject, bound, self._scalar(inner))
            elif name.value == "basis":
                self._single(subject, keys.BASIS, inner)
            else:
                self._fail(f"a date has no key {name.value!r}; known are on, not before, not after, basis", name)

    # --- quotes, references, children

    def _quote(self, subject: NamedNode, predicate: NamedNode, value: Node) -> None:
        prefix = ""
        words = value
        if isinstance(value, Mapping):
            parts = {name.value: part for name, part in value.entries}
            if "words" not in parts or not parts.keys() <= {"words", "prefix"}:
                self._fail("a quote is a text, or a mapping with 'words' and 'prefix'", value)
            words = parts["words"]
            prefix = self._scalar(parts["prefix"]).value if "prefix" in parts else ""
        node, triples = evidence(self._base, self._iri, self._text, self._words(words), prefix)
        self._triples.update(triples)
        self._positions.setdefault((node.value, None), value.position)
        self._add(subject, predicate, node, value.position)

    def _reference(self, key: Key, value: Node) -> NamedNode:
        if isinstance(value, Mapping):
            kind = key.kinds[0]
            identifier = self._id_key(value)
            if identifier is None:
                self._fail(f"a {kind} that is described here needs an 'id'", value)
            iri = self._own_iri(kind, identifier)
            self._declared.setdefault((kind, identifier.value), iri)
            self._node(value, keys.KINDS[kind], iri)
            self._link_section(kind, iri, value.position)
            return iri
        scalar = self._scalar(value)
        return self._resolve(key, scalar)

    def _resolve(self, key: Key, value: Scalar) -> NamedNode:
        word = value.value
        if word.startswith(self._base + "/id/"):
            return self._taken(value, values.iri, word)
        kinds = key.kinds
        head, _, tail = word.partition("/")
        if tail and head in key.kinds:
            kinds, word = (head,), tail
        declared = {self._declared[kind, word] for kind in kinds if (kind, word) in self._declared}
        known = {iri for kind in kinds if (iri := NamedNode(f"{self._base}/id/{kind}/{slug(word)}")) in self._registry}
        named = {iri for iri in self._registry.named(word) if iri.value.startswith(self._prefixes(kinds))}
        found = declared or (known if is_id(word) else set()) or named
        if len(found) > 1:
            choices = ", ".join(sorted("/".join(iri.value.split("/")[-2:]) for iri in found))
            self._fail(f"{value.value!r} may be {choices}; write which one", value)
        if found:
            return found.pop()
        if len(kinds) == 1 and is_id(word):  # not known here: the gate will say so (C08, C17, C21, C33)
            return self._own_iri(kinds[0], Scalar(word, value.position))
        here = [name for kind, name in self._declared if kind in kinds]
        near = get_close_matches(word.casefold(), [*here, *self._registry.names()], 3)
        hint = f"nearest are: {', '.join(near)}" if near else f"declare it in this file ({' or '.join(kinds)})"
        self._fail(f"nothing is known here as {value.value!r}; {hint}", value)

    def _prefixes(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{self._base}/id/{kind}/" for kind in kinds)

    def _child(self, subject: NamedNode, key: Key, node: Mapping, number: int) -> None:
        kind = keys.KINDS[key.kinds[0]]
        iri = self._nodes.get(id(node)) or self._child_iri(subject, kind, node, number)
        self._link(subject, expand(key.property), iri, node.position, inverse=key.inverse)
        if kind.name == "participation":
            self._add(iri, ET.presence, ETV[keys.PRESENCE_KEYS[key.name]], node.position)
        self._node(node, kind, iri)

    def _child_iri(self, subject: NamedNode, kind: Kind, node: Mapping, number: int) -> NamedNode:
        identifier = self._id_key(node)
        if identifier is None:
            own = subject.value.rsplit("/", 1)[1].removeprefix(self._slug.value + ".")
            said = [slug(part.value) for name in _TELLING if isinstance(part := node.get(name), Scalar)]
            identifier = self._free(kind.name, ".".join([own, *(said or [str(number)])]), node.position)
        elif (kind.name, identifier.value) in self._declared:
            self._given_twice(identifier)
        iri = self._own_iri(kind.name, identifier)
        self._declared[kind.name, identifier.value] = iri
        return iri

    def _free(self, kind: str, name: str, position: Position) -> Scalar:
        """An id that nothing of that kind has yet: the name, or the name with a number."""
        count, free = 1, name
        while (kind, free) in self._declared:
            count += 1
            free = f"{name}-{count}"
        return Scalar(free, position)

    # --- small tools

    def _link(
        self, subject: NamedNode, predicate: NamedNode, target: NamedNode, at: Position, *, inverse: bool
    ) -> None:
        if inverse:
            self._add(target, predicate, subject, at)
        else:
            self._add(subject, predicate, target, at)

    def _add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, position: Position) -> None:
        self._triples.add(Triple(subject, predicate, value))
        self._positions.setdefault((subject.value, predicate.value), position)

    def _id_key(self, node: Mapping) -> Scalar | None:
        value = node.get("id")
        return self._scalar(value) if value is not None else None

    def _given_twice(self, identifier: Scalar) -> NoReturn:
        self._fail(f"the id {identifier.value!r} is given to two things; give one of them another 'id'", identifier)

    def _check_id(self, identifier: Scalar) -> None:
        if not is_id(identifier.value):
            self._bad_id(identifier)

    def _bad_id(self, identifier: Scalar) -> NoReturn:
        self._fail(
            f"{identifier.value!r} cannot be an id; use small letters, digits and hyphens, such as "
            f"{slug(identifier.value)!r}",
            identifier,
        )

    def _listed(self, value: Node) -> tuple[Node, ...]:
        return value.items if isinstance(value, Sequence) else (value,)

    def _mapping(self, value: Node) -> Mapping:
        if not isinstance(value, Mapping):
            self._fail("here stands a thing with keys of its own, not a single word or list", value)
        return value

    def _scalar(self, value: Node | None) -> Scalar:
        if not isinstance(value, Scalar):
            self._fail("here stands a single word or text", value or self._tree)
        return value

    def _taken(self, at: Node, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What the function makes of a value; a wrong value is told with its place."""
        try:
            return function(*arguments, **named)
        except WrongValue as error:
            self._fail(str(error), at)

    def _fail(self, message: str, node: Node) -> NoReturn:
        raise ReadingError(message, file=self._source.name, position=node.position)
