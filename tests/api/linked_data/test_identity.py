"""Merged things: the old address leads to the new one for good."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from api.linked_data.support import BASE, thing
from etappe.namespaces import DCTERMS, FOAF, RDF
from etappe.store.oxigraph import OxigraphStore
from etappe_api.linked_data.identity import identity_graph, successor

OLD, MIDDLE, NEW = (thing(f"person/{name}") for name in ("c-pegel", "pegel", "christian-pegel"))


def _replaced(*pairs: tuple[NamedNode, NamedNode]) -> list[Triple]:
    return [Triple(old, DCTERMS.isReplacedBy, new) for old, new in pairs]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), None),
        (((OLD, NEW),), NEW),
        (((OLD, MIDDLE), (MIDDLE, NEW)), NEW),
        (((OLD, MIDDLE), (MIDDLE, OLD)), None),
        (((OLD, OLD),), None),
        (((NEW, OLD),), None),
    ],
)
def test_the_successor_is_the_end_of_the_chain(pairs, expected):
    with OxigraphStore() as store:
        store.apply({identity_graph(BASE): _replaced(*pairs)})
        assert successor(store, BASE, OLD) == expected


def test_what_a_report_says_of_identity_decides_nothing():
    with OxigraphStore() as store:
        store.apply({NamedNode(f"{BASE}/graph/report/r/1"): _replaced((OLD, NEW))})
        assert successor(store, BASE, OLD) is None


@pytest.fixture
def merged(serving):
    client = serving(empty=True, writes="open")
    graphs = {
        identity_graph(BASE): [
            *_replaced((OLD, NEW)),
            *_replaced((thing("person/lost"), NamedNode("https://elsewhere.example/id/person/x"))),
        ],
        NamedNode(f"{BASE}/graph/report/r/1"): [Triple(NEW, RDF.type, FOAF.Person)],
    }
    client.portal.call(client.app.state.service.write_scratch, lambda store: store.apply(graphs))
    return client


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/id/person/c-pegel", "/id/person/christian-pegel"),
        ("/id/person/c-pegel.ttl", "/id/person/christian-pegel.ttl"),
        ("/doc/person/c-pegel.html?lang=de", "/doc/person/christian-pegel.html?lang=de"),
    ],
)
def test_old_addresses_redirect_for_good(merged, address, location):
    answer = merged.get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, location)
    assert 'rel="successor-version"' in answer.headers["link"]
    assert merged.get(address).status_code == 200


def test_nobody_is_sent_to_other_hosts(merged):
    answer = merged.get("/id/person/lost", follow_redirects=False)
    assert "elsewhere" not in answer.headers.get("location", "")
