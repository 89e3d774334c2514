"""A report as a file in the short form: the way back from RDF, by the same table of keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode, Triple

from etappe import vocabulary
from etappe.errors import NotExpressible
from etappe.model import Document, Report, Term, subject_of
from etappe.namespaces import ET, OA, RDF, compact, expand
from etappe.reading import keys
from etappe.reading.evidence import longer_prefixes, occurrences
from etappe.reading.keys import Form, Key, Kind


def write_short(report: Report) -> str:
    """The report as YAML-LD. Reading it again gives the same triples.

    Raises:
        NotExpressible: it states something for which the short form has no key; an RDF format can carry it.
    """
    return _Writer(report).document()


class _Dumper(yaml.SafeDumper):
    """Writes dates as people write them, for our reader takes every scalar as text; and no aliases."""

    def ignore_aliases(self, _: object) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


class _Words(str):
    """Text to be written as a block."""


_Dumper.add_representer(
    _Words, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style="|")
)


class _Writer:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._base = report.base + "/id/"
        self._of: dict[str, set[Triple]] = defaultdict(set)
        self._to: dict[tuple[str, str], set[NamedNode]] = defaultdict(set)
        for triple in report.triples:
            self._of[subject_of(triple)].add(triple)
            if isinstance(triple.object, NamedNode):
                self._to[triple.object.value, triple.predicate.value].add(NamedNode(subject_of(triple)))
        self._left = set(report.triples)
        language = self._values(report.iri, "dcterms:language")
        self._language = language[0].value if language else "de"

    def document(self) -> str:
        report, is_report = self._report, self._report.document is Document.REPORT
        body: dict[str, Any] = {report.document.value: report.slug}
        body |= self._node(report.iri, keys.REPORT if is_report else keys.REGISTRY)
        if report.text is not None:
            body["text"] = _Words(report.text)
            body.pop("digest", None)
        for section in keys.REPORT_SECTIONS if is_report else keys.REGISTRY_SECTIONS:
            entries = {}
            for iri in self._things(keys.KINDS[section.kind]):
                entries[self._id(iri, section.kind)] = self._node(iri, keys.KINDS[section.kind])
                self._take_link(section, iri)
            if entries:
                body[section.name] = entries
        if self._left:
            first = min(self._left, key=str)
            raise NotExpressible(
                f"the short form has no key for {compact(first.predicate.value)} of {subject_of(first)} "
                f"({len(self._left)} statements); write the report in an RDF format"
            )
        return yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)

    # --- which things stand in a section

    def _things(self, kind: Kind) -> list[NamedNode]:
        found = []
        for iri, triples in self._of.items():
            types = {
                compact(t.object.value) for t in triples if t.predicate == RDF.type and isinstance(t.object, NamedNode)
            }
            in_section = kind.name != "tenure" or not any(
                t.predicate in (ET.attestedOn, ET.reportedTitle) for t in triples
            )
            if types and types in self._type_sets(kind) and in_section:
                found.append(NamedNode(iri))
        return sorted(found, key=lambda iri: iri.value)

    def _type_sets(self, kind: Kind) -> list[set[str]]:
        return [set(types) for types in (kind.types, *kind.variants.values())]

    def _take_link(self, section: keys.Section, iri: NamedNode) -> None:
        if section.property:
            predicate, root = expand(section.property), self._report.iri
            link = Triple(iri, predicate, root) if section.inverse else Triple(root, predicate, iri)
            if link not in self._left:
                raise NotExpressible(
                    f"{iri.value} is described but not linked by {section.property}; use an RDF format"
                )
            self._left.discard(link)

    # --- one thing

    def _node(self, iri: NamedNode, kind: Kind) -> dict[str, Any]:
        body: dict[str, Any] = {}
        types = {t for t in self._of[iri.value] if t.predicate == RDF.type}
        names = {compact(t.object.value) for t in types if isinstance(t.object, NamedNode)}
        variant = next((word for word, wanted in kind.variants.items() if set(wanted) == names), None)
        if names in self._type_sets(kind):
            self._left -= types
        if variant and set(kind.types) != names:
            body["kind"] = variant
        for key in kind.keys:
            value = self._value(iri, key)
            if value not in (None, [], {}):
                body[key.name] = value
        if kind.name == "photo" or kind in (keys.REPORT,) or any(key.form is Form.DATES for key in kind.keys):
            self._window(iri, kind, body)
        return body

    def _window(self, iri: NamedNode, kind: Kind, body: dict[str, Any]) -> None:
        """Bounds and basis of a date, folded into its key."""
        date_key = next(key for key in kind.keys if key.form in (Form.DATE, Form.DATES))
        window: dict[str, Any] = {}
        for name, key in (("not before", keys.NOT_BEFORE), ("not after", keys.NOT_AFTER), ("basis", keys.BASIS)):
            value = self._value(iri, key)
            if value is not None:
                window[name] = value
        if window:
            on = {"on": body[date_key.name]} if date_key.name in body else {}
            body[date_key.name] = on | window

    def _value(self, iri: NamedNode, key: Key) -> Any:
        if key.form is Form.NODE:
            return self._children(iri, key)
        terms = [t for t in self._values(iri, key.property) if self._fits(t, key)]
        if not terms:
            return None
        if key.form is Form.TEXT:
            return self._texts(iri, key, terms)
        if key.form is Form.DATES:
            return self._range(iri, key, terms)
        if len(terms) > 1 and not key.many:
            raise NotExpressible(f"{iri.value} has {len(terms)} values of {key.property}; the short form carries one")
        for term in terms:
            self._left.discard(Triple(iri, expand(key.property), term))
        written = [self._term(term, key) for term in terms]
        return written if len(written) > 1 else written[0]

    def _values(self, iri: NamedNode, curie: str) -> list[Any]:
        predicate = expand(curie)
        return sorted((t.object for t in self._of[iri.value] if t.predicate == predicate), key=str)

    def _fits(self, term: Term, key: Key) -> bool:
        if key.form is Form.REFERENCE:
            return isinstance(term, NamedNode) and self._kind_of(term) in key.kinds
        if key.form in (Form.CONCEPT, Form.LINK, Form.QUOTE):
            return isinstance(term, NamedNode)
        wanted = {
            Form.CODE: expand(key.datatype or "xsd:string"),
            Form.DATE: expand("xsd:date"),
            Form.DATES: expand("xsd:date"),
            Form.YES: expand("xsd:boolean"),
            Form.NUMBER: expand("xsd:integer"),
            Form.STRING: expand("xsd:string"),
            Form.TEXT: expand("rdf:langString"),
        }[key.form]
        return isinstance(term, Literal) and term.datatype == wanted

    def _kind_of(self, iri: NamedNode) -> str:
        return iri.value.removeprefix(self._base).split("/")[0] if iri.value.startswith(self._base) else ""

    def _texts(self, iri: NamedNode, key: Key, terms: list[Literal]) -> Any:
        by_language: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            self._left.discard(Triple(iri, expand(key.property), term))
            by_language[term.language or self._language].append(term.value)
        if not key.many and any(len(values) > 1 for values in by_language.values()):
            raise NotExpressible(f"{iri.value} has two values of {key.property} in one language")
        single = {tag: values if len(values) > 1 else values[0] for tag, values in by_language.items()}
        return single[self._language] if list(single) == [self._language] else dict(sorted(single.items()))

    def _range(self, iri: NamedNode, key: Key, starts: list[Literal]) -> str:
        ends = self._values(iri, key.end or "")
        if len(starts) > 1 or len(ends) > 1:
            raise NotExpressible(f"{iri.value} has several dates; the short form carries one")
        for curie, terms in ((key.property, starts), (key.end or "", ends)):
            for term in terms:
                self._left.discard(Triple(iri, expand(curie), term))
        return "/".join(term.value for term in (*starts, *ends))

    def _term(self, term: Any, key: Key) -> Any:
        if key.form is Form.REFERENCE:
            return self._reference(term, key)
        if key.form is Form.CONCEPT:
            return self._word(term, key)
        if key.form is Form.QUOTE:
            return self._quote(term)
        if key.form is Form.YES:
            return "yes" if term.value == "true" else "no"
        return int(term.value) if key.form is Form.NUMBER else term.value

    def _word(self, term: NamedNode, key: Key) -> str:
        for word, curie in key.choices.items():
            if expand(curie) == term:
                return word
        local = term.value.rsplit("/", 1)[-1]
        if vocabulary.concept(key.scheme or "", local) != term:
            raise NotExpressible(f"{term.value} is not a word of the list {key.scheme!r}")
        return local

    def _reference(self, term: NamedNode, key: Key) -> str:
        kind = self._kind_of(term)
        name = self._id(term, kind)
        return name if len(key.kinds) == 1 or name.startswith(self._base) else f"{kind}/{name}"

    def _id(self, iri: NamedNode, kind: str) -> str:
        """The id that the reader turns into this IRI, or the IRI itself where no id does."""
        local = f"{self._report.slug}." if keys.KINDS[kind].local else ""
        start = f"{self._base}{kind}/{local}"
        name = iri.value.removeprefix(start)
        fits = iri.value.startswith(start) and re.fullmatch(r"[a-z0-9][a-z0-9._~-]*", name)
        return name if fits else iri.value

    def _quote(self, node: NamedNode) -> Any:
        """The words of an evidence node; its selectors are made anew by the reader."""
        said = {t for t in self._left if subject_of(t).split("#")[0] == node.value}
        exact, before = (self._said(node.value + "#quote", predicate) for predicate in (OA.exact, OA.prefix))
        if exact is None:
            raise NotExpressible(f"{node.value} is evidence of another form than a quote with offsets")
        self._left -= said
        text = self._report.text
        span = re.fullmatch(r".*\.(\d+)-(\d+)", node.value)
        if text is None or span is None:
            return {"words": exact, "prefix": before} if before else exact
        if len(occurrences(text, exact)) == 1:
            return exact
        for prefix in longer_prefixes(text, int(span[1])):
            if len(occurrences(text, exact, prefix)) == 1:
                return {"words": exact, "prefix": prefix}
        raise NotExpressible(f"the quote {exact!r} cannot be told from others like it")

    def _said(self, subject: str, predicate: NamedNode) -> str | None:
        found = (t.object for t in self._of[subject] if t.predicate == predicate)
        return next((term.value for term in found if isinstance(term, Literal)), None)

    # --- things inside a thing

    def _children(self, iri: NamedNode, key: Key) -> list[dict[str, Any]]:
        predicate, kind = expand(key.property), keys.KINDS[key.kinds[0]]
        found: Iterable[NamedNode]
        if key.inverse:
            found = self._to[iri.value, predicate.value]
        else:
            found = (
                t.object for t in self._of[iri.value] if t.predicate == predicate and isinstance(t.object, NamedNode)
            )
        written = []
        for child in sorted((c for c in found if self._is_child(c, key, kind)), key=lambda c: c.value):
            self._left.discard(Triple(child, predicate, iri) if key.inverse else Triple(iri, predicate, child))
            written.append({"id": self._id(child, kind.name)} | self._node(child, kind))
        return written

    def _is_child(self, child: NamedNode, key: Key, kind: Kind) -> bool:
        types = {
            compact(t.object.value)
            for t in self._of[child.value]
            if t.predicate == RDF.type and isinstance(t.object, NamedNode)
        }
        if types not in self._type_sets(kind):
            return False
        if kind.name != "participation":
            return True
        presence = Triple(child, ET.presence, expand("etv:" + keys.PRESENCE_KEYS[key.name]))
        if presence not in self._of[child.value]:
            return False
        self._left.discard(presence)
        return True
