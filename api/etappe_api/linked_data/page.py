"""Everything that the page of a thing shows, gathered in one thread over one state of the store."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from etappe.namespaces import CV, DCTERMS, ET, FOAF, ORG, PROV, RDF, SCHEMA, SKOS
from etappe.store import Store
from etappe_api.linked_data import schema_org
from etappe_api.linked_data.entities import Entity, Statement
from etappe_api.linked_data.facts import Facts
from etappe_api.linked_data.photos import is_cleared, rights
from etappe_api.linked_data.programme import Item, Participant, Programme
from etappe_api.linked_data.sections import (
    Attendance,
    Row,
    Section,
    answered,
    asked,
    attendance,
    holders,
    offered,
    offices,
    sources_shown,
)
from etappe_api.linked_data.showing import Names, Shown

#: Said in a place of its own on the page, so it is no row of the table of statements.
_ELSEWHERE = frozenset({ET.evidence.value, RDF.type.value})

_NAMING = frozenset(
    name.value for name in (SKOS.prefLabel, FOAF.name, DCTERMS.term("title"), SCHEMA.caption, SKOS.altLabel)
)


@dataclass(frozen=True)
class ThingPage:
    """One page about a thing.

    Attributes:
        title, kinds, others: its name, its classes, other names.
        rights, file: for a photo; the address of the picture only where it may be shown.
        programme, at_large: for a stop.
        sections: tables, some of them answers of the catalogue.
        questions: links to what else can be asked about it.
        statements: what is said of it (property, value), in groups that rest on the same words.
        pointers: what points to it (thing, property).
        graphs: named graphs that speak of it, with their reports.
        block: schema.org JSON-LD.
    """

    iri: str
    title: Shown
    kinds: tuple[Shown, ...]
    others: tuple[Shown, ...]
    rights: Section | None
    file: Shown | None
    programme: tuple[Item, ...]
    at_large: tuple[Participant, ...]
    sections: tuple[Section, ...]
    questions: tuple[Shown, ...]
    statements: tuple[tuple[Row, ...], ...]
    pointers: tuple[Row, ...]
    graphs: tuple[tuple[Shown, Shown, Shown], ...]
    page: int
    more: bool
    block: schema_org.Block | None


def thing_page(store: Store, base: str, entity: Entity, kind: str, language: str) -> ThingPage:
    """Gather a page.

    Args:
        kind: the kind in the thing's IRI, such as ``person``.
        language: ``de`` or ``en``.
    """
    iri = entity.iri.value
    facts = Facts(entity.statements(store))
    first = entity.page == 1
    cleared = kind == "photo" and is_cleared(store, base, entity.iri, facts)
    programme = Programme(store, base, entity.iri, language) if kind == "stop" and first else None
    tables, iris = asked(store, base, iri, kind, language) if first else ([], set())
    held = holders(store, entity.iri) if kind == "organization" and first else Facts(())
    been = attendance(store, entity.iri) if kind == "person" and first else Attendance((), Facts(()))
    every = (*facts.statements, *held.statements, *been.facts.statements)
    iris |= {iri for _, item, stop, _ in been.rows for iri in (item, stop)}
    iris |= {iri, *_iris(every), *(programme.iris if programme else ())}
    names = Names(store, base, language, iris)

    tenures = Facts((*facts.statements, *held.statements))
    own = [offices(tenures, names, whose=iri), been.section(names)] if first else []
    answers = [answered(name, parameter, table, iri, names) for name, parameter, table in tables]
    sections = [section for section in (*own, *answers) if section is not None and section.rows]
    return ThingPage(
        iri,
        names.iri(iri),
        tuple(_term(names, class_) for class_ in sorted(facts.types(iri))),
        tuple(
            names.term(term) for term in facts.values(iri, SKOS.prefLabel, FOAF.name, SKOS.altLabel, ET.abbreviation)
        ),
        rights(facts, iri, names) if kind == "photo" else None,
        next((Shown(url, href=url) for url in facts.texts(iri, SCHEMA.contentUrl) if cleared), None),
        programme.items(names) if programme else (),
        programme.at_large(names) if programme else (),
        tuple(sections),
        offered(iri, kind, language),
        tuple(_said(facts, iri, names, cleared=cleared)),
        tuple(_pointing(facts, entity, names)),
        tuple(_graphs(facts, entity, names)),
        entity.page,
        entity.more,
        schema_org.block(facts, iri, kind, names, cleared=cleared),
    )


def _iris(statements: tuple[Statement, ...]) -> set[str]:
    found = {statement.property for statement in statements}
    for statement in statements:
        found |= {statement.subject, statement.graph}
        if isinstance(statement.value, NamedNode):
            found.add(statement.value.value)
    return found


def _term(names: Names, iri: str) -> Shown:
    """A class or property by its label, with a link only to our own vocabulary: others say nothing to most readers."""
    found = names.iri(iri)
    return found if (found.href or "").startswith("/") else Shown(found.text, found.lang)


def _said(facts: Facts, iri: str, names: Names, *, cleared: bool) -> list[tuple[Row, ...]]:
    """What is said of a thing: a row for each value. Rows that rest on the same graphs and words stand together."""
    grouped: dict[tuple[str, object], list[Statement]] = {}
    for statement in sorted(facts.of(iri), key=lambda statement: statement.property not in _NAMING):
        if statement.property not in _ELSEWHERE:
            grouped.setdefault((statement.property, statement.value), []).append(statement)
    rows = []
    for said in grouped.values():
        statement = said[0]
        value = names.term(statement.value)
        if statement.property == SCHEMA.contentUrl.value and not cleared:
            value = Shown(value.text)
        sources = sources_shown((facts.source(iri, one.graph) for one in said), names)
        rows.append(Row(((_term(names, statement.property),), (value,)), sources))
    together: dict[object, list[Row]] = {}
    for row in rows:
        together.setdefault(row.sources, []).append(row)
    return [tuple(group) for group in together.values()]


def _pointing(facts: Facts, entity: Entity, names: Names) -> list[Row]:
    rows = []
    for node, name in entity.pointers:
        graphs = [s.graph for s in facts.of(node.value) if s.property == name.value and s.value == entity.iri]
        sources = sources_shown((facts.source(node.value, graph) for graph in dict.fromkeys(graphs)), names)
        rows.append(Row(((_told(facts, node.value, entity.iri.value, names),), (_term(names, name.value),)), sources))
    return rows


def _told(facts: Facts, node: str, iri: str, names: Names) -> Shown:
    """A pointing node. One without a name is told by what it is, and whom and what it joins with the thing."""
    label = names.iri(node)
    if facts.values(node, SKOS.prefLabel, FOAF.name, DCTERMS.term("title"), SCHEMA.caption):
        return label
    if quoted := facts.text(node, SCHEMA.text):
        return Shown(quoted, href=label.href)
    joined = [other for other in facts.texts(node, *_JOINED) if other != iri]
    joined += [s.subject for s in facts.statements if s.property == CV.hasParticipation.value and s.value.value == node]
    what = ", ".join(names.iri(class_).text for class_ in sorted(facts.types(node)))
    whom = ", ".join(names.iri(other).text for other in dict.fromkeys(joined))
    return Shown(": ".join(part for part in (what, whom) if part) or label.text, href=label.href)


_JOINED = (CV.hasParticipant, ORG.member, ET.depicted, ET.inCapacityOf, ET.post, ORG.organization)


def _graphs(facts: Facts, entity: Entity, names: Names) -> list[tuple[Shown, Shown, Shown]]:
    """Graph, report (or the registry), and when it was admitted."""
    graphs = dict.fromkeys(graph for start in entity.starts for graph in facts.graphs(start.value))
    found = []
    for graph in graphs:
        report = facts.text(graph, PROV.wasDerivedFrom)
        at = facts.text(graph, PROV.generatedAtTime)
        found.append((names.iri(graph), names.iri(report or graph), names.day(at[:10]) if at else Shown("")))
    return found
