import json
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from pyoxigraph import Literal, NamedNode, Triple

from etappe.gazetteer import by_key
from etappe.namespaces import ET, RDF, SCHEMA, SKOS, XSD
from etappe.store import Bindings
from etappe.store.oxigraph import OxigraphStore
from etappe_api.feeds.stops import Position, read_stops


def calendar_of(client, **parameters):
    answer = client.get("/stops.ics", params=parameters)
    assert answer.status_code == 200, answer.text
    return {str(event["UID"]).rsplit("/", 1)[1]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def features_of(client, **parameters):
    answer = client.get("/stops.geojson", params=parameters)
    assert answer.status_code == 200, answer.text
    return {feature["id"].rsplit("/", 1)[1]: feature for feature in answer.json()["features"]}


def asked(client, sparql):
    answer = client.app.state.service

    def work(store):
        found = store.query(sparql)
        assert isinstance(found, Bindings)
        return [tuple(term.value for term in row.values()) for row in found]

    return client.portal.call(answer.read, work)


def test_calendar_and_map_have_every_stop_of_the_data(client):
    known = asked(client, "SELECT DISTINCT ?s { ?s a <https://w3id.org/etappe/ns#Stop> }")
    slugs = {iri.rsplit("/", 1)[1] for (iri,) in known}
    assert len(slugs) == 13
    assert set(calendar_of(client)) == slugs
    assert set(features_of(client)) == slugs


def test_days_are_whole_and_the_end_is_the_day_after_the_last(client):
    stralsund = calendar_of(client)["stralsund-2017"]
    assert stralsund.decoded("DTSTART") == date(2017, 7, 27)
    assert stralsund.decoded("DTEND") == date(2017, 7, 29)
    weimar = calendar_of(client)["weimar-2019"]
    assert weimar.decoded("DTEND") - weimar.decoded("DTSTART") == timedelta(days=1)


def test_every_event_has_what_rfc_5545_asks_for(client):
    answer = client.get("/stops.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    for event in calendar_of(client).values():
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "URL"):
            assert len([key for key, _ in event.property_items(recursive=False) if key == name]) == 1


def test_the_stamp_is_the_admission_and_not_the_moment_of_asking(client):
    times = asked(
        client,
        "SELECT ?at { GRAPH ?g { <https://etappe.example/id/stop/stralsund-2017> a ?class ."
        " ?g <http://www.w3.org/ns/prov#generatedAtTime> ?at } }",
    )
    stamp = calendar_of(client)["stralsund-2017"].decoded("DTSTAMP").strftime("%Y-%m-%dT%H:%M:%SZ")
    assert times == [(stamp,)]


def test_a_stop_that_took_place_is_confirmed_even_if_it_was_announced_before(client):
    status = {slug: str(event["STATUS"]) for slug, event in calendar_of(client).items()}
    assert status["heide-2018"] == "CONFIRMED"
    assert status["bremerhaven-2018"] == "TENTATIVE"  # announced, and no report tells of it


def test_reports_of_what_took_place_add_up_and_outweigh_announcements(serving, submit):
    client = serving(empty=True)
    stop = "  halt: {{name: {}, date: {}, tour: probe, place: stralsund{}}}"
    submit(client, stop.format("Geplanter Halt", "2020-01-30/2020-02-05", ", status: scheduled"), id="vorher")
    assert calendar_of(client)["halt"].decoded("DTEND") == date(2020, 2, 6)
    submit(client, stop.format("Geplanter Halt", "2020-01-30", ""), id="erster")
    assert calendar_of(client)["halt"].decoded("DTEND") == date(2020, 1, 31)
    submit(client, stop.format("Geplanter Halt", "2020-01-30/2020-01-31", ""), id="zweiter")
    assert calendar_of(client)["halt"].decoded("DTEND") == date(2020, 2, 1)


def test_points_come_from_the_municipality_key(client):
    place = by_key("13073088")
    feature = features_of(client)["stralsund-2017"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    assert feature["properties"]["ags"] == "13073088"
    assert feature["properties"]["land"] == "DE-MV"
    assert feature["properties"]["positionFrom"] == "gazetteer"
    assert calendar_of(client)["stralsund-2017"].decoded("GEO") == (place.latitude, place.longitude)


def test_keys_are_those_of_the_question_where_a_stop_lay(client):
    from etappe.questions import ask, question

    def work(store):
        return ask(store, "https://etappe.example", question("place-of-stop"), {})

    rows = client.portal.call(client.app.state.service.read, work).rows
    keys = {(row.cells[0].terms[0].value, row.cells[2].text) for row in rows}
    for feature in features_of(client).values():
        assert (feature["id"], feature["properties"]["ags"]) in keys


def test_the_map_is_geojson(client):
    answer = client.get("/stops.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    document = json.loads(answer.content)
    assert document["type"] == "FeatureCollection"
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 5 < longitude < 16 and 47 < latitude < 56


@pytest.mark.parametrize(
    ("parameters", "slugs"),
    [
        ({"tour": "kueste-mv-2017"}, {"stralsund-2017"}),
        ({"tour": "https://etappe.example/id/tour/kueste-mv-2017"}, {"stralsund-2017"}),
        ({"from": "2019-04-09", "to": "2019-04-11"}, {"magdeburg-2019", "cottbus-2019"}),
        ({"land": "DE-MV"}, {"stralsund-2017", "rostock-2018"}),
        ({"land": "Mecklenburg-Vorpommern", "from": "2018-01-01"}, {"rostock-2018"}),
        ({"land": "DE-BY"}, set()),
    ],
)
def test_stops_are_chosen_by_tour_days_and_land(client, parameters, slugs):
    assert set(calendar_of(client, **parameters)) == slugs
    assert set(features_of(client, **parameters)) == slugs


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"tour": "nowhere"}, 404),
        ({"tour": "stralsund-2017"}, 400),
        ({"land": "Atlantis"}, 400),
        ({"from": "yesterday"}, 422),
        ({"tour": '"} DROP ALL #'}, 404),
    ],
)
def test_what_is_wrongly_asked_is_a_problem(client, parameters, status):
    for address in ("/stops.ics", "/stops.geojson", "/network.graphml"):
        answer = client.get(address, params=parameters)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"


def test_answers_are_kept_until_the_data_change(client):
    for address in ("/stops.ics", "/stops.geojson", "/network.graphml"):
        answer = client.get(address)
        again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")


def test_names_with_line_breaks_add_no_line(serving, submit):
    client = serving(empty=True)
    name = '"Ort; mit, \\\\ allem\\r\\nSTATUS:CANCELLED\\nEND:VEVENT\\u2028X:Y"'
    stops = f"  boese: {{name: {name}, date: 2020-01-30, tour: probe, place: stralsund}}"
    assert submit(client, stops) == "ACCEPTED"
    (event,) = calendar_of(client).values()
    assert str(event["SUMMARY"]) == "Ort; mit, \\ allem STATUS:CANCELLED END:VEVENT X:Y"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert "X" not in event


def test_places_without_a_key_have_no_geometry_whatever_they_are_called(serving, submit):
    client = serving(empty=True)
    assert (
        submit(client, "  stralsund: {name: Stralsund, date: 2020-01-30, tour: probe, place: stralsund}") == "ACCEPTED"
    )
    feature = features_of(client)["stralsund"]
    assert feature["geometry"] is None
    assert feature["properties"]["ags"] is None
    assert "GEO" not in calendar_of(client)["stralsund"]
    assert features_of(client, land="DE-MV") == {}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("scheduled", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
        ("rescheduled", "CONFIRMED"),
    ],
)
def test_the_status_of_an_event_is_told(serving, submit, status, said):
    client = serving(empty=True)
    stops = f"  halt: {{name: Halt, date: 2020-01-30, tour: probe, place: stralsund, status: {status}}}"
    assert submit(client, stops) == "ACCEPTED"
    assert str(calendar_of(client)["halt"]["STATUS"]) == said
    assert features_of(client)["halt"]["properties"]["status"] == said.lower()


def test_called_off_outweighs_announced(serving, submit):
    client = serving(empty=True)
    submit(
        client, "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund, status: cancelled}", id="absage"
    )
    submit(
        client,
        "  halt: {name: Halt, date: 2020-01-30, tour: probe, place: stralsund, status: scheduled}",
        id="ankuendigung",
    )
    assert str(calendar_of(client)["halt"]["STATUS"]) == "CANCELLED"


def positions(*points):
    """Where a stop is of whose place the data tell these points, and a municipality key."""
    base = "https://etappe.example"
    stop, place = NamedNode(f"{base}/id/stop/halt"), NamedNode(f"{base}/id/place/ort")
    triples = [
        Triple(stop, RDF.type, ET.Stop),
        Triple(stop, SCHEMA.location, place),
        Triple(place, SKOS.notation, Literal("13073088", datatype=ET.AGS)),
    ]
    for number, (latitude, longitude) in enumerate(points):
        point = NamedNode(f"{base}/id/node/{number}")
        triples += [
            Triple(place, SCHEMA.geo, point),
            Triple(point, SCHEMA.latitude, Literal(latitude, datatype=XSD.decimal)),
            Triple(point, SCHEMA.longitude, Literal(longitude, datatype=XSD.decimal)),
        ]
    with OxigraphStore() as store:
        store.apply({NamedNode(f"{base}/graph/registry"): triples})
        (found,) = read_stops(store, base, "de")
    return found.position


def test_points_of_the_data_come_before_the_gazetteer():
    assert positions(("54.3", "13.1")) == Position(54.3, 13.1, "report")
    assert positions().source == "gazetteer"
    # Two points are none, and neither is one outside the world.
    assert positions(("54.3", "13.1"), ("50.0", "10.0")).source == "gazetteer"
    assert positions(("954.3", "13.1")).source == "gazetteer"
