"""What the service says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from etappe.namespaces import RDF, VOID, XSD, Namespace
from etappe.store import Bindings, Store
from etappe_api.settings import Settings, Writes

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_ENTAILMENT = Namespace("http://www.w3.org/ns/entailment/")

_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_INPUTS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
#: Graphs that are described one by one; graphs of reports beyond that are counted in the default graph alone.
MOST_GRAPHS = 1000
_SIZES = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def description(store: Store, settings: Settings) -> list[Triple]:
    """The description. Everything in it has an IRI below the address of the endpoint."""
    service = NamedNode(f"{settings.base}/sparql")
    dataset, union = (NamedNode(f"{service.value}#{part}") for part in ("dataset", "default-graph"))
    triples = [
        Triple(service, RDF.type, SD.Service),
        Triple(service, SD.endpoint, service),
        Triple(service, SD.supportedLanguage, SD.SPARQL11Query),
        Triple(service, SD.supportedLanguage, SD.SPARQL10Query),
        Triple(service, SD.feature, SD.UnionDefaultGraph),
        Triple(service, SD.defaultEntailmentRegime, _ENTAILMENT.Simple),
        *(Triple(service, SD.resultFormat, _FORMATS[name]) for name in _RESULTS),
        Triple(service, SD.defaultDataset, dataset),
        Triple(dataset, RDF.type, SD.Dataset),
        Triple(dataset, SD.defaultGraph, union),
        Triple(union, RDF.type, SD.Graph),
    ]
    if settings.allow_service:
        triples.append(Triple(service, SD.feature, SD.BasicFederatedQuery))
    if settings.writes is not Writes.OFF:
        triples += _writing(settings)
    for number, (name, size) in enumerate(_sizes(store), 1):
        entry, graph = (NamedNode(f"{service.value}#{part}-{number}") for part in ("named-graph", "graph"))
        triples += [
            Triple(dataset, SD.namedGraph, entry),
            Triple(entry, RDF.type, SD.NamedGraph),
            Triple(entry, SD.name, name),
            Triple(entry, SD.graph, graph),
            Triple(graph, RDF.type, SD.Graph),
            Triple(graph, VOID.triples, Literal(str(size), datatype=XSD.integer)),
        ]
    return triples


def _writing(settings: Settings) -> list[Triple]:
    """The endpoint for updates is a service of its own, for it has another address (section 3.2.1)."""
    update = NamedNode(f"{settings.base}/update")
    return [
        Triple(update, RDF.type, SD.Service),
        Triple(update, SD.endpoint, update),
        Triple(update, SD.supportedLanguage, SD.SPARQL11Update),
        *(Triple(update, SD.inputFormat, _FORMATS[name]) for name in _INPUTS),
    ]


def _sizes(store: Store) -> list[tuple[NamedNode, int]]:
    """Graphs and how many triples they hold; those of reports last, for there may be many."""
    found = store.query(_SIZES)
    assert isinstance(found, Bindings)
    sizes = [(g, int(n.value)) for g, n in found.rows if isinstance(g, NamedNode) and isinstance(n, Literal)]
    return sorted(sizes, key=lambda pair: ("/graph/report/" in pair[0].value, pair[0].value))[:MOST_GRAPHS]
