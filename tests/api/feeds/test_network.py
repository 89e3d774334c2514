import io
from collections import defaultdict

import networkx
import pytest

from etappe.questions import ask, question
from etappe.workspace import open_workspace

BASE = "https://etappe.example"


def network_of(client, **parameters):
    answer = client.get("/network.graphml", params=parameters)
    assert answer.status_code == 200, answer.text
    return networkx.read_graphml(io.BytesIO(answer.content))


@pytest.fixture(scope="module")
def met(campaign):
    """What the question who-met-whom says of a stop: pairs at the same item, with the number of items."""
    with open_workspace(campaign) as workspace:

        def say(stop):
            table = ask(workspace.store, BASE, question("who-met-whom"), {"stop": stop})
            pairs = {}
            for level, person, other, shared in (row.cells for row in table.rows):
                if level.terms[0].value == "same item":
                    pairs[person.terms[0].value, other.terms[0].value] = int(shared.terms[0].value)
            return pairs

        yield say


@pytest.mark.parametrize(
    ("stop", "day"), [("stralsund-2017", "2017-07-27"), ("husum-2018", "2018-05-14"), ("magdeburg-2019", "2019-04-08")]
)
def test_the_network_is_what_the_question_says(client, met, stop, day):
    graph = network_of(client, **{"from": day, "to": day})
    expected = met(stop)
    assert expected
    edges = {tuple(sorted(edge)): graph.edges[edge] for edge in graph.edges}
    assert {pair: edge["shared"] for pair, edge in edges.items()} == expected
    for edge in edges.values():
        assert len(edge["items"].split()) == edge["shared"]
        assert edge["stops"] == f"{BASE}/id/stop/{stop}"


def test_edges_weigh_distinct_stops(client):
    graph = network_of(client)
    for _, _, edge in graph.edges(data=True):
        stops = edge["stops"].split()
        assert edge["weight"] == len(stops) == len(set(stops))
        assert all("/id/stop/" in stop for stop in stops)
        assert edge["weight"] <= edge["shared"]


def test_nodes_are_people_with_their_names(client):
    graph = network_of(client)
    assert graph.nodes["https://etappe.example/id/person/christina-flore"] == {
        "label": "Christina Flore",
        "kind": "person",
    }
    assert all("/id/person/" in node for node in graph.nodes)
    assert all(degree for _, degree in graph.degree)


def test_the_network_of_a_part_is_a_part_of_the_network(client):
    whole = network_of(client)
    by_tour = defaultdict(set)
    for tour in ("kueste-mv-2017", "netzfahrt-nord-2018", "funkloch-tour-mitte-2019"):
        by_tour[tour] = {frozenset(edge) for edge in network_of(client, tour=tour).edges}
        assert by_tour[tour]
    assert {frozenset(edge) for edge in whole.edges} == set.union(*by_tour.values())
    assert not network_of(client, to="2000-01-01").edges


def test_the_same_data_are_the_same_bytes(client):
    assert client.get("/network.graphml").content == client.get("/network.graphml?lang=en").content
