"""The W3C's own tests of protocol, graph store and service description; see ``manifests`` for where they come from."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from starlette.testclient import TestClient

from api.sparql.conftest import same
from api.sparql.manifests import FOLDER, MISSING, Entry, entries
from etappe.namespaces import RDF, Namespace

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=MISSING)

PROTOCOL, SUITES = "protocol/manifest.ttl", "graph-store-protocol/manifest-{}.ttl"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

_TABULAR = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
_FORMS = {
    "boolean": _TABULAR[:2],
    "tabular": _TABULAR,
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


def _params(path: str) -> list[object]:
    return [pytest.param(entry, id=entry.id) for entry in entries(path)]


#: What Virtuoso cannot do and ``RemoteStore`` refuses by name: blank nodes in updates that must be repeatable, several
#: default graphs without counting twice, FROM beside a dataset of the request.
VIRTUOSO_REFUSES = {
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_multiple_dataset",
    "put_get_repeat_indirect",
    "put_get_default",
    "put_delete_get_delete_indirect",
    "post_get_post_get_indirect",
    "post_get_new_graph",
    "head_existing_indirect",
    "put_get_uri_pct_encoded_indirect",
    "put_get_uri_pct_encoded_twice",
    "put_get_repeat_direct",
    "put_delete_get_delete_direct",
    "post_get_post_get_direct",
    "head_existing_direct",
}


@pytest.mark.parametrize("entry", _params(PROTOCOL))
def test_protocol(entry: Entry, anywhere: TestClient) -> None:
    _run(entry, anywhere, "/sparql/", "/sparql/")


@pytest.mark.parametrize("entry", _params(SUITES.format("indirect")))
def test_graph_store_indirect(entry: Entry, anywhere: TestClient) -> None:
    _run(entry, anywhere, "/gsp", "/graphs")


@pytest.mark.parametrize("entry", _params(SUITES.format("direct")))
def test_graph_store_direct(entry: Entry, anywhere: TestClient) -> None:
    _run(entry, anywhere, "/gsp", "/graphs")


def _run(entry: Entry, client: TestClient, theirs: str, ours: str) -> None:
    store = client.app.state.service.settings.store  # type: ignore[attr-defined]
    if store is not None and "dba" in store and entry.id in VIRTUOSO_REFUSES:
        with pytest.raises(AssertionError, match=r"Virtuoso (takes no|counts|mixes)"):
            _steps(entry, client, theirs, ours)
        return
    _steps(entry, client, theirs, ours)


def _steps(entry: Entry, client: TestClient, theirs: str, ours: str) -> None:
    for name, file in entry.data:
        answer = client.put(
            "/graphs", params={"graph": name}, content=file.read_bytes(), headers={"Content-Type": "text/turtle"}
        )
        assert answer.status_code == 201, answer.text
    location = "$LOCATION$"
    for step in entry.steps:
        path = step.path.replace("$LOCATION$", location)
        assert path.startswith(theirs)
        answer = client.request(
            step.method, ours + path.removeprefix(theirs), content=step.body or None, headers=step.headers
        )
        assert step.meets(answer.status_code), (step.method, path, answer.status_code, answer.text)
        kind = answer.headers.get("content-type", "")
        if step.form is not None:
            assert kind.partition(";")[0] in _FORMS[step.form]
        if step.boolean is not None:
            assert _boolean(kind, answer.content) is step.boolean
        if step.location is not None:
            location = answer.headers["location"]
        if step.content_type is not None:
            assert kind == step.content_type
        if step.graph is not None:
            assert same(answer.content, step.graph), answer.text


def _boolean(kind: str, body: bytes) -> bool:
    if kind.startswith("application/sparql-results+json"):
        value = json.loads(body)["boolean"]
        assert isinstance(value, bool)
        return value
    found = ElementTree.fromstring(body).find("{http://www.w3.org/2005/sparql-results#}boolean")
    assert found is not None
    return found.text == "true"


@pytest.mark.parametrize("kind", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"])
def test_service_description(kind: str, anywhere: TestClient) -> None:
    assert {entry.id for entry in entries("service-description/manifest.ttl")} == {
        "returns-rdf",
        "has-endpoint-triple",
        "conforms-to-schema",
    }
    anywhere.put("/graphs/a", content="<> a <b> .", headers={"Content-Type": "text/turtle"})
    answer = anywhere.get("/sparql", headers={"Accept": kind})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind)
    form = RdfFormat.from_media_type(kind)
    assert form is not None
    found = list(parse(answer.content, form))
    assert NamedNode("http://testserver/sparql") in [q.object for q in found if q.predicate == SD.endpoint]
    assert _faults(found) == []
    assert [q.object.value for q in found if q.predicate == SD.name] == ["http://testserver/graphs/a"]


#: Domain and range of the properties (SPARQL 1.1 Service Description, section 3.4); no range: any resource.
_SCHEMA: dict[str, tuple[str, str | None]] = {
    "endpoint": ("Service", None),
    "feature": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "supportedLanguage": ("Service", None),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
_INSTANCES = {
    "feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}


def _faults(quads: list[Quad]) -> list[str]:
    types = {(quad.subject, quad.object) for quad in quads if quad.predicate == RDF.type}
    faults = []
    for quad in quads:
        name = quad.predicate.value.removeprefix(SD)
        if name == quad.predicate.value:
            continue
        if name not in _SCHEMA:
            faults.append(f"no such property: {name}")
            continue
        domain, range_ = _SCHEMA[name]
        if (quad.subject, SD[domain]) not in types:
            faults.append(f"{quad.subject} with sd:{name} is no sd:{domain}")
        if not isinstance(quad.object, NamedNode) or (range_ and (quad.object, SD[range_]) not in types):
            faults.append(f"{quad.object} of sd:{name} is not what it should be")
        if name in _INSTANCES and quad.object.value.removeprefix(SD) not in _INSTANCES[name]:
            faults.append(f"sd:{name} {quad.object} is not defined")
    return faults


def test_the_check_of_descriptions_finds_faults(scratch: TestClient) -> None:
    answer = scratch.get("/sparql", headers={"Accept": "application/n-triples"})
    broken = answer.text.replace("UnionDefaultGraph", "Union").replace("#defaultGraph>", "#theGraph>")
    assert len(_faults(list(parse(broken, RdfFormat.N_TRIPLES)))) == 2


def test_the_suites_are_complete() -> None:
    assert len(entries(PROTOCOL)) == 34
    assert [len(entries(SUITES.format(kind))) for kind in ("indirect", "direct")] == [9, 5]
