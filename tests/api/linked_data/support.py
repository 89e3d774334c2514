"""Parsers of every form, and one thing of each kind in the example campaign."""

from __future__ import annotations

import csv
import io
import json

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from etappe_api.linked_data.json_ld import to_n_quads

BASE = "https://etappe.example"
RDF_FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
#: One thing of each kind that the example campaign holds.
THINGS = (
    "person/christian-pegel",
    "organization/breitbandbuero-des-bundes",
    "post/minister-energie-infrastruktur-digitalisierung-mv",
    "tenure/pegel-digitalisierung",
    "place/mecklenburg-vorpommern",
    "campaign/breitband-mittelstand",
    "tour/kueste-mv-2017",
    "stop/stralsund-2017",
    "item/stralsund-2017.digitack",
    "participation/stralsund-2017.austausch.christian-pegel.guest",
    "group/stralsund-2017.kinder",
    "exhibit/informationsmobil",
    "product/myfoodhero",
    "programme/bundesfoerderprogramm",
    "topic/breitbandausbau",
    "agent/etappe-editors",
    "photo/stralsund-2017.p1",
    "photo/rostock-2018-netzbuero.leuchttuerme",
    "claim/stralsund-2017.nutzen-der-app",
    "address/stralsund-2017.breitbandbuero-des-bundes.1",
    "extraction/stralsund-2017.stralsund-2017.1",
    "evidence/stralsund-2017.1451-1611",
    "report/stralsund-2017",
    "registry/invented-cabinet-sachsen-anhalt",
    "change/umbenennung-netzbuero-nord",
    "affiliation/cuxhaven-2018-netzbuero.enno-groden.leuchtfeuer-netzbau",
    "consent/bremen-2018-netzbuero.senatorin.gesche-vollandt",
)


def triples(text: bytes, form: str) -> set[Triple]:
    """The triples of a document in one of its RDF forms."""
    if form == "jsonld":
        return {quad.triple for quad in parse(to_n_quads(json.loads(text)).encode(), RdfFormat.N_QUADS)}
    return {quad.triple for quad in parse(text, RDF_FORMS[form], base_iri=BASE)}


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV document."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def thing(name: str) -> NamedNode:
    """The IRI of a thing of the example campaign."""
    return NamedNode(f"{BASE}/id/{name}")
