from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from conftest import yaml_files
from etappe import resources
from etappe.model import DEFAULT_BASE, Report
from etappe.namespaces import PROV
from etappe.ontology import ontology_triples
from etappe.reading import read
from etappe.registry import Registry
from etappe.store.oxigraph import OxigraphStore


def filled(registry: Registry, registry_triples: set[Triple], reports: list[Report]) -> OxigraphStore:
    graphs: dict[NamedNode, list[Triple]] = {
        NamedNode(f"{DEFAULT_BASE}/graph/registry"): list(registry_triples),
        NamedNode(f"{DEFAULT_BASE}/graph/ontology"): list(ontology_triples()),
    }
    for report in reports:
        graph = NamedNode(f"{DEFAULT_BASE}/graph/report/{report.slug}/1")
        graphs[graph] = [*report.triples, Triple(graph, PROV.wasDerivedFrom, report.iri)]
    store = OxigraphStore()
    store.apply(graphs)
    return store


@pytest.fixture(scope="session")
def registry_triples() -> set[Triple]:
    folder = resources.folder("examples") / "registry"
    return {triple for path in yaml_files(folder) for triple in read(path).triples}


@pytest.fixture(scope="session")
def stralsund(registry_triples: set[Triple]) -> OxigraphStore:
    """The Stralsund report alone, with the registry."""
    registry = Registry(registry_triples)
    path = resources.folder("examples") / "stralsund" / "stralsund.yaml"
    return filled(registry, registry_triples, [read(path, registry=registry)])


@pytest.fixture(scope="session")
def campaign(registry_triples: set[Triple]) -> OxigraphStore:
    """The whole example campaign."""
    registry = Registry(registry_triples)
    examples = resources.folder("examples")
    paths = [*yaml_files(examples / "stralsund"), *yaml_files(examples / "tours")]
    return filled(registry, registry_triples, [read(path, registry=registry) for path in paths])
