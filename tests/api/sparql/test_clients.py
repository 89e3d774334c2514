"""Clients that people really use, against the service as a process of its own on a free port."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.graph import Dataset
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TURTLE, XML, SPARQLWrapper

from api.running import Running, running

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/etappe/ns#Report> } ORDER BY ?s"


@pytest.fixture(scope="module")
def reading(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("reading")
    shutil.copytree(campaign, folder / "data")
    with running(folder / "data", folder / "log", workers=1) as service:
        yield service


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("writing")
    with running(folder / "data", folder / "log", workers=1, writes="open") as service:
        yield service


def curl(*arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    return subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, check=True)


def test_sparqlwrapper_asks(reading: Running) -> None:
    client = SPARQLWrapper(f"{reading.address}/sparql")
    client.setQuery(SELECT)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        rows = client.queryAndConvert()["results"]["bindings"]
        assert any(row["s"]["value"].endswith("/stralsund-2017") for row in rows)
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == len(rows)
        client.setReturnFormat(CSV)
        assert client.queryAndConvert().decode().count("\n") == len(rows) + 1
    client.setQuery("ASK {}")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("CONSTRUCT WHERE { ?s a <https://w3id.org/etappe/ns#Report> }")
    for form in (TURTLE, N3):
        client.setReturnFormat(form)
        assert b"stralsund-2017" in client.queryAndConvert()
    for form in (RDFXML, JSONLD):  # taken as they come: SPARQLWrapper makes deprecated graphs of them
        client.setReturnFormat(form)
        assert b"stralsund-2017" in client.query().response.read()


def test_sparqlwrapper_writes(writing: Running) -> None:
    client = SPARQLWrapper(f"{writing.address}/sparql", updateEndpoint=f"{writing.address}/update")
    client.setMethod(POST)
    client.setQuery("INSERT DATA { GRAPH <a:wrapper> { <a:s> <a:p> 'ü' } }")
    client.query()
    client.setQuery("SELECT ?o { GRAPH <a:wrapper> { ?s ?p ?o } }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["o"]["value"] == "ü"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks(reading: Running, method: str) -> None:
    graph = Graph(SPARQLStore(f"{reading.address}/sparql", method=method))
    rows = [str(row[0]) for row in graph.query(SELECT)]  # type: ignore[index]
    assert any(row.endswith("/stralsund-2017") for row in rows)
    report = URIRef("https://etappe.example/id/report/stralsund-2017")
    assert any(True for _ in graph.triples((report, None, None)))


def test_rdflib_writes(writing: Running) -> None:
    store = SPARQLUpdateStore(f"{writing.address}/sparql", f"{writing.address}/update")
    graph = Dataset(store).graph(URIRef("http://e.example/rdflib"))
    triple = (URIRef("http://e.example/s"), URIRef("http://e.example/p"), Literal("wörtlich"))
    graph.add(triple)
    assert list(graph) == [triple]
    graph.remove(triple)
    assert len(graph) == 0


def test_curl(reading: Running) -> None:
    done = curl("-G", "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}", f"{reading.address}/sparql")
    assert "stralsund-2017" in done.stdout
    done = curl("--data-urlencode", "query=ASK {}", f"{reading.address}/sparql/")
    assert json.loads(done.stdout)["boolean"] is True
    done = curl("-H", "Accept: text/turtle", f"{reading.address}/graph/registry")
    assert "org:Post" in done.stdout
    done = curl("-d", "update=CLEAR ALL", f"{reading.address}/update")
    assert json.loads(done.stdout)["status"] == 403


def test_curl_writes(writing: Running, tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<> <a:p> 1 .")
    address = f"{writing.address}/graphs/curl"
    put = ("-o", str(tmp_path / "out"), "-w", "%{http_code}", "-T", str(file), "-H", "Content-Type: text/turtle")
    assert curl(*put, address).stdout == "201"
    assert curl(*put, address).stdout == "204"
    done = curl("-w", "%{http_code}", "-F", f"part=@{file};type=text/turtle", f"{writing.address}/graphs?graph=a:parts")
    assert done.stdout == "201"
    assert curl("-I", address).stdout.splitlines()[0].split()[1] == "200"
    assert curl("-w", "%{http_code}", "-X", "DELETE", address).stdout == "204"
