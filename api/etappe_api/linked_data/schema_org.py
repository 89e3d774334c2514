"""The same for search engines: schema.org JSON-LD (https), safe to stand within a page of HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from etappe.namespaces import CV, DCTERMS, ET, FOAF, ORG, SCHEMA, SKOS
from etappe_api.linked_data.facts import Facts
from etappe_api.linked_data.showing import Names

Block = dict[str, Any]

#: What would end the element, or be no JavaScript; written as escapes, JSON stays what it was (HTML, section 4.12.1.3).
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def embedded(block: Block) -> Markup:
    """JSON-LD as the text of a ``script`` element of the type ``application/ld+json``."""
    text = json.dumps(block, ensure_ascii=False)
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 - nothing in it can end the element


def block(facts: Facts, iri: str, kind: str, names: Names, *, cleared: bool) -> Block | None:
    """A thing in the words of schema.org; nothing for kinds that search engines have no use for.

    Args:
        cleared: for a photo, whether its picture may be shown.
    """
    describe = _DESCRIBED.get(kind)
    if describe is None:
        return None
    found = describe(facts, iri, names)
    if kind == "photo" and cleared and (file := _web(facts.texts(iri, SCHEMA.contentUrl))):
        found["associatedMedia"] = {"@type": "ImageObject", "contentUrl": file[0]}
    return {
        "@context": "https://schema.org",
        "@id": iri,
        **{key: value for key, value in found.items() if value not in ("", [], None)},
    }


def _web(iris: list[str]) -> list[str]:
    return [iri for iri in iris if iri.startswith(("http://", "https://"))]


def _named(type_: str, iris: list[str], names: Names) -> list[Block]:
    return [{"@type": type_, "@id": iri, "name": names.label(iri)[0]} for iri in iris]


def _person(facts: Facts, iri: str, names: Names) -> Block:
    offices = []
    for tenure in facts.subjects(ET.Tenure):
        where = facts.texts(tenure, ET.post, ORG.organization)
        office = {
            "@type": "OrganizationRole",
            "roleName": ", ".join(names.label(post)[0] for post in where[:1]),
            "startDate": facts.text(tenure, SCHEMA.startDate),
            "endDate": facts.text(tenure, SCHEMA.endDate),
            "affiliation": _named("Organization", facts.texts(tenure, ORG.organization), names),
        }
        offices.append({key: value for key, value in office.items() if value})
    return {
        "@type": "Person",
        "name": facts.text(iri, FOAF.name),
        "givenName": facts.text(iri, FOAF.givenName),
        "familyName": facts.text(iri, FOAF.familyName),
        "alternateName": facts.texts(iri, SKOS.altLabel),
        "sameAs": _web(facts.texts(iri, SCHEMA.sameAs)),
        "affiliation": offices,
    }


def _organization(facts: Facts, iri: str, names: Names) -> Block:
    addresses = []
    for address in facts.texts(iri, SCHEMA.address):
        parts = ("postOfficeBoxNumber", "streetAddress", "postalCode", "addressLocality")
        found = {part: facts.text(address, SCHEMA[part]) for part in parts}
        addresses.append({"@type": "PostalAddress", **{part: value for part, value in found.items() if value}})
    is_public = facts.types(iri) & {ET.Ministry.value, CV.PublicOrganisation.value}
    return {
        "@type": "GovernmentOrganization" if is_public else "Organization",
        "name": names.label(iri)[0],
        "alternateName": [*facts.texts(iri, SKOS.altLabel), *facts.texts(iri, ET.abbreviation)],
        "telephone": facts.text(iri, SCHEMA.telephone),
        "faxNumber": facts.text(iri, SCHEMA.faxNumber),
        "email": facts.text(iri, SCHEMA.email),
        "leiCode": facts.text(iri, SCHEMA.leiCode),
        "address": addresses,
        "location": _named("Place", facts.texts(iri, SCHEMA.location), names),
        "parentOrganization": _named("Organization", facts.texts(iri, ORG.subOrganizationOf), names),
        "sameAs": _web(facts.texts(iri, SCHEMA.sameAs)),
    }


def _event(facts: Facts, iri: str, names: Names) -> Block:
    below = [s.subject for s in facts.statements if s.property == SCHEMA.superEvent.value and s.value.value == iri]
    return {
        "@type": "Event",
        "name": names.label(iri)[0],
        "startDate": facts.text(iri, SCHEMA.startDate),
        "endDate": facts.text(iri, SCHEMA.endDate) or facts.text(iri, SCHEMA.startDate),
        "eventStatus": facts.text(iri, SCHEMA.eventStatus),
        "location": _named("Place", facts.texts(iri, SCHEMA.location), names),
        "organizer": _named("Organization", facts.texts(iri, SCHEMA.organizer), names),
        "superEvent": _named("Event", facts.texts(iri, SCHEMA.superEvent), names),
        "subEvent": _named("Event", list(dict.fromkeys(below)), names),
    }


def _photo(facts: Facts, iri: str, names: Names) -> Block:
    holders = facts.texts(iri, SCHEMA.copyrightHolder)
    return {
        "@type": "Photograph",
        "description": names.label(iri)[0],
        "creditText": facts.text(iri, SCHEMA.creditText),
        "creator": _named("Person", facts.texts(iri, SCHEMA.creator), names),
        "copyrightHolder": [_holder(holder, names) for holder in holders],
        "license": _web(facts.texts(iri, SCHEMA.license)),
        "dateCreated": facts.text(iri, SCHEMA.dateCreated),
        "contentLocation": _named("Place", facts.texts(iri, SCHEMA.contentLocation), names),
    }


def _holder(iri: str, names: Names) -> Block:
    type_ = "Person" if iri.startswith(f"{names.base}/id/person/") else "Organization"
    return {"@type": type_, "@id": iri, "name": names.label(iri)[0]}


def _report(facts: Facts, iri: str, names: Names) -> Block:
    return {
        "@type": "Report",
        "headline": names.label(iri)[0],
        "inLanguage": facts.text(iri, DCTERMS.language),
        "datePublished": facts.text(iri, DCTERMS.issued),
        "publisher": _named("Organization", facts.texts(iri, DCTERMS.publisher), names),
    }


def _place(facts: Facts, iri: str, names: Names) -> Block:
    return {
        "@type": "Place",
        "name": names.label(iri)[0],
        "containedInPlace": _named("Place", facts.texts(iri, SCHEMA.containedInPlace), names),
        "sameAs": _web(facts.texts(iri, SCHEMA.sameAs)),
    }


_DESCRIBED: dict[str, Callable[[Facts, str, Names], Block]] = {
    "person": _person,
    "organization": _organization,
    "stop": _event,
    "tour": _event,
    "campaign": _event,
    "item": _event,
    "photo": _photo,
    "report": _report,
    "place": _place,
}
