"""What the service says of its data as a whole: VoID (section 7.2 for the address) and DCAT."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response

from etappe.model import Term
from etappe.namespaces import DCAT, DCTERMS, FOAF, RDF, RDFS, VOID, XSD, Namespace
from etappe.ontology import ONTOLOGY, VERSION
from etappe.store import Bindings, Store
from etappe_api.caching import cacheable
from etappe_api.linked_data import forms, queries
from etappe_api.service import service_of

router = APIRouter(tags=["linked data"])

#: Licence of the vocabulary. The data has none of its own: a registry names one, a report is its publisher's.
VOCABULARY_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")

_MEDIA = Namespace("https://www.iana.org/assignments/media-types/")
_LANGUAGES = Namespace("http://publications.europa.eu/resource/authority/language/")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_TITLES = (
    ("de", "Etappe: Berichte von Touren als verknüpfte Daten"),
    ("en", "Etappe: reports of tours as linked data"),
)
_DESCRIPTIONS = (
    ("de", "Wer in welchem Amt woran teilnahm, mit dem Bericht und den Worten, die es belegen."),
    ("en", "Who took part in what and in which office, with the report and the words that say so."),
)


def description(store: Store, base: str, since: datetime) -> list[Triple]:
    """The description of the data set.

    Args:
        since: when the data last changed.
    """
    document = NamedNode(f"{base}/.well-known/void")
    data, vocabulary, dump, endpoint = (
        NamedNode(f"{document.value}#{part}") for part in ("dataset", "vocabulary", "dump", "sparql")
    )
    triples: list[Triple] = []

    def say(subject: NamedNode, predicate: NamedNode, *values: Term) -> None:
        triples.extend(Triple(subject, predicate, value) for value in values)

    def both(subject: NamedNode, predicate: NamedNode, texts: tuple[tuple[str, str], ...]) -> None:
        say(subject, predicate, *(Literal(text, language=tag) for tag, text in texts))

    say(document, RDF.type, VOID.DatasetDescription)
    say(document, FOAF.primaryTopic, data)
    say(data, RDF.type, VOID.Dataset, DCAT.Dataset)
    both(data, DCTERMS.term("title"), _TITLES)
    both(data, DCTERMS.description, _DESCRIPTIONS)
    say(data, DCTERMS.modified, Literal(since.isoformat(), datatype=XSD.dateTime))
    say(data, DCTERMS.language, _LANGUAGES.DEU, _LANGUAGES.ENG)
    say(data, DCTERMS.conformsTo, ONTOLOGY)
    say(data, FOAF.homepage, NamedNode(f"{base}/"))
    say(data, VOID.uriSpace, Literal(f"{base}/id/"))
    say(data, VOID.vocabulary, ONTOLOGY)
    say(data, VOID.sparqlEndpoint, NamedNode(f"{base}/sparql"))
    say(data, VOID.dataDump, NamedNode(f"{base}/dump.nq.gz"))
    say(data, VOID.feature, *(_FORMATS[name] for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")))
    say(data, VOID.subset, vocabulary)
    say(data, DCAT.distribution, dump)
    for name, number in _sizes(store):
        say(data, VOID[name], number)
    for index, (class_, number) in enumerate(_partitions(store)):
        part = NamedNode(f"{document.value}#class-{index}")
        say(data, VOID.classPartition, part)
        say(part, VOID["class"], class_)
        say(part, VOID.entities, number)

    say(vocabulary, RDF.type, VOID.Dataset, DCAT.Dataset)
    both(vocabulary, DCTERMS.term("title"), (("de", "Wörter von Etappe"), ("en", "Vocabulary of Etappe")))
    say(vocabulary, DCTERMS.license, VOCABULARY_LICENCE)
    say(vocabulary, DCAT.version, Literal(VERSION))
    say(vocabulary, DCAT.landingPage, NamedNode(f"{base}/ontology"))
    say(vocabulary, VOID.dataDump, NamedNode(f"{base}/ontology.ttl"), NamedNode(f"{base}/vocab.ttl"))

    say(dump, RDF.type, DCAT.Distribution)
    both(dump, DCTERMS.term("title"), (("de", "Alle Daten, N-Quads"), ("en", "All data, N-Quads")))
    say(dump, DCAT.downloadURL, NamedNode(f"{base}/dump.nq.gz"))
    say(dump, DCAT.mediaType, _MEDIA["application/n-quads"])
    say(dump, DCAT.compressFormat, _MEDIA["application/gzip"])

    say(endpoint, RDF.type, DCAT.DataService)
    both(endpoint, DCTERMS.term("title"), (("de", "SPARQL-Endpunkt"), ("en", "SPARQL endpoint")))
    say(endpoint, DCAT.endpointURL, NamedNode(f"{base}/sparql"))
    say(endpoint, DCAT.servesDataset, data)
    say(endpoint, RDFS.seeAlso, NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    return triples


def _sizes(store: Store) -> list[tuple[str, Term]]:
    found = store.query(queries.text("dataset"))
    assert isinstance(found, Bindings)
    return [(name, value) for row in found for name, value in row.items() if value is not None]


def _partitions(store: Store) -> list[tuple[Term, Term]]:
    found = store.query(queries.text("partitions"))
    assert isinstance(found, Bindings)
    return [(row["class"], row["entities"]) for row in found if row["class"] and row["entities"]]


@router.get("/.well-known/void", response_class=Response, responses={406: {}})
async def void(request: Request) -> Response:
    """VoID and DCAT: size, classes, dump, SPARQL endpoint, languages, licence of the vocabulary."""
    form = forms.negotiated(request, forms.GRAPH)
    service = service_of(request)
    base, since = service.settings.base, service.state.since
    triples = await service.read(lambda store: description(store, base, since))
    cacheable(request)
    return forms.answer(forms.written(triples, form), form, {"Vary": "Accept"})
