import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest


def asked(client, queries, **more):
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)}, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_manifest_is_as_the_specification_says(client, fits):
    answer = client.get("/reconcile")
    fits(answer.json(), "manifest")
    assert answer.json()["versions"] == ["0.1", "0.2"]
    assert answer.json()["view"]["url"] == "http://testserver/id/{{id}}"


def test_the_addresses_of_the_manifest_are_those_that_the_client_called(client):
    for host in ("one.example", "two.example:8080"):
        manifest = client.get("/reconcile", headers={"Host": host}).json()
        assert manifest["suggest"]["entity"]["service_url"] == f"http://{host}"


def test_every_origin_may_ask(client):
    answer = client.get("/reconcile", headers={"Origin": "https://openrefine.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_there_is_no_jsonp(client):
    answer = client.get("/reconcile", params={"callback": "alert"})
    assert answer.headers["content-type"] == "application/json"
    assert "alert" not in answer.text


def test_get_and_post_answer_alike_and_as_the_specification_says(client, fits):
    queries = {"q0": {"query": "Christian Pegel"}, "q1": {"query": "Stralsund", "type": "place", "limit": 2}}
    posted = asked(client, queries)
    fits(posted, "result-batch")
    got = client.get("/reconcile", params={"queries": json.dumps(queries)})
    assert got.json() == posted
    assert got.headers["etag"]
    assert client.get(str(got.url), headers={"If-None-Match": got.headers["etag"]}).status_code == 304
    best = posted["q0"]["result"][0]
    assert (best["id"], best["match"], best["score"]) == ("person/christian-pegel", True, 100)
    assert posted["q1"]["result"][0]["id"] == "place/stralsund"
    assert len(posted["q1"]["result"]) == 2


def test_a_place_and_a_stop_of_one_name_are_told_apart_by_type_only(client):
    found = asked(client, {"any": {"query": "Cuxhaven"}, "stop": {"query": "Cuxhaven", "type": ["stop"]}})
    assert [one["match"] for one in found["any"]["result"][:2]] == [False, False]
    assert [(one["id"], one["match"]) for one in found["stop"]["result"]] == [("stop/cuxhaven-2018", True)]


def test_days_and_places_score(client):
    stop = {"query": "Husum", "type": "stop"}
    day = {"pid": "date", "v": "2018-05-15"}
    other = {"pid": "date", "v": "2017-05-15"}
    land = {"pid": "within", "v": "Schleswig-Holstein"}
    found = asked(client, {"a": {**stop, "properties": [day, land]}, "b": {**stop, "properties": [other]}})
    right, wrong = found["a"]["result"][0], found["b"]["result"][0]
    assert right["match"] and not wrong["match"]
    assert right["score"] > wrong["score"]
    assert {feature["id"]: feature["value"] for feature in right["features"]}["within"] == 100


def test_a_key_alone_finds_a_place(client):
    found = asked(client, {"q": {"properties": [{"pid": "ags", "v": "13073088"}]}})
    assert [one["id"] for one in found["q"]["result"]] == ["place/stralsund"]


def test_names_come_in_the_language_of_the_client(client):
    query = {"q": {"query": "place/deutschland"}}
    names = {
        tag: asked(client, query, headers={"Accept-Language": tag})["q"]["result"][0]["name"] for tag in ("de", "en")
    }
    assert names == {"de": "Deutschland", "en": "Germany"}


@pytest.mark.parametrize(
    "queries",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"q": 1}',
        '{"q": {}}',
        '{"q": {"query": 5}}',
        '{"q": {"query": ""}}',
        '{"q": {"query": "x", "limit": 0}}',
        '{"q": {"query": "x", "limit": "many"}}',
        '{"q": {"query": "x", "limit": 1.5}}',
        '{"q": {"query": "x", "limit": 1e999}}',
        '{"q": {"query": "x", "type": [1]}}',
        '{"q": {"query": "x", "type_strict": "perhaps"}}',
        '{"q": {"query": "x", "properties": [{"pid": "shoe size", "v": 1}]}}',
        '{"q": {"query": "x", "properties": [{"pid": "ags"}]}}',
        '{"q": {"query": "x", "properties": [{"pid": "ags", "v": {"x": 1}}]}}',
    ],
)
def test_what_is_no_batch_is_a_problem(client, queries):
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_batches_are_limited(client):
    size = client.get("/reconcile").json()["batchSize"]
    queries = {str(number): {"query": "x"} for number in range(size + 1)}
    assert client.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 413
    queries.popitem()
    assert len(asked(client, queries)) == size


def test_a_form_without_either_is_a_problem(client):
    assert client.post("/reconcile", data={"other": "x"}).status_code == 400
    assert client.post("/reconcile", files={"queries": ("q.json", b"{}")}).status_code == 400
    assert client.get("/reconcile", params={"queries": "{}", "extend": "{}"}).status_code == 400


def test_unknown_types_find_nothing(client):
    assert asked(client, {"q": {"query": "Stralsund", "type": "Q5"}}) == {"q": {"result": []}}


def test_suggestions(client, fits):
    entities = client.get("/reconcile/suggest/entity", params={"prefix": "Chris"}).json()
    fits(entities, "suggest-entities")
    assert {"person/christian-pegel", "person/christina-flore"} <= {one["id"] for one in entities["result"]}
    types = client.get("/reconcile/suggest/type", params={"prefix": "minis"}).json()
    fits(types, "suggest-types")
    assert [one["id"] for one in types["result"]] == ["ministry"]
    properties = client.get("/reconcile/suggest/property", params={"prefix": "org"}).json()
    fits(properties, "suggest-properties")
    assert [one["id"] for one in properties["result"]] == ["organization"]


def test_an_id_suggests_itself(client):
    for kind, id_ in (("entity", "person/christian-pegel"), ("type", "stop"), ("property", "ags")):
        found = client.get(f"/reconcile/suggest/{kind}", params={"prefix": id_}).json()["result"]
        assert id_ in [one["id"] for one in found]


def test_the_cursor_skips_suggestions(client):
    def page(cursor):
        found = client.get("/reconcile/suggest/entity", params={"prefix": "m", "cursor": cursor}).json()["result"]
        return [one["id"] for one in found]

    assert page(0)[5:] == page(5)[: len(page(0)) - 5]
    assert page(0)
    assert page(2000) == []
    assert client.get("/reconcile/suggest/entity?prefix=m&cursor=-1").status_code == 422


def test_suggesting_for_nothing_suggests_no_thing_but_all_types(client):
    assert client.get("/reconcile/suggest/entity?prefix=").json() == {"result": []}
    assert len(client.get("/reconcile/suggest/type?prefix=").json()["result"]) == 15


def test_properties_of_a_type(client, fits):
    answer = client.get("/reconcile/properties", params={"type": "ministry"})
    fits(answer.json(), "property-proposal")
    ids = [one["id"] for one in answer.json()["properties"]]
    assert {"abbreviation", "jurisdiction", "also-called"} <= set(ids)
    assert "ags" not in ids
    limited = client.get("/reconcile/properties", params={"type": "ministry", "limit": 2}).json()
    assert [one["id"] for one in limited["properties"]] == ids[:2]
    assert client.get("/reconcile/properties", params={"type": "Q5"}).status_code == 404


def test_data_extension(client, fits):
    extend = {
        "ids": ["stop/stralsund-2017", "person/christian-pegel", "nobody/x"],
        "properties": [{"id": "organization"}, {"id": "date"}, {"id": "within", "settings": {"limit": 1}}],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(extend)}).json()
    fits(answer, "extension-response")
    assert [one["id"] for one in answer["meta"]] == ["organization", "date", "within"]
    stop = answer["rows"]["stop/stralsund-2017"]
    assert {value["id"] for value in stop["organization"]} == {
        "organization/boreus",
        "organization/digitack",
        "organization/stadtwerke-stralsund",
    }
    assert stop["date"] == [{"date": "2017-07-27T00:00:00Z"}, {"date": "2017-07-28T00:00:00Z"}]
    assert len(stop["within"]) == 1
    assert answer["rows"]["nobody/x"] == {"organization": [], "date": [], "within": []}
    for address in ("/reconcile", "/reconcile/extend"):
        assert client.get(address, params={"extend": json.dumps(extend)}).json() == answer


def test_every_property_can_be_fetched_for_everything(client, fits):
    ids = [
        one["id"]
        for prefix in "abcdefghijklmnopqrstuvwxyz"
        for one in client.get("/reconcile/suggest/entity", params={"prefix": prefix}).json()["result"]
    ]
    properties = client.get("/reconcile/suggest/property?prefix=").json()["result"]
    assert len(properties) == 20
    extend = {"ids": ids, "properties": [{"id": one["id"]} for one in properties]}
    answer = client.post("/reconcile", data={"extend": json.dumps(extend)}).json()
    fits(answer, "extension-response")
    filled = {name for row in answer["rows"].values() for name, values in row.items() if values}
    # The campaign has no links to other databases.
    assert {one["id"] for one in properties} - filled == {"same-as"}


@pytest.mark.parametrize(
    "extend",
    [
        "{}",
        '{"ids": "x", "properties": []}',
        '{"ids": [1], "properties": []}',
        '{"ids": [], "properties": ["ags"]}',
        '{"ids": [], "properties": [{"id": "shoe size"}]}',
        '{"ids": [], "properties": [{"id": "ags", "settings": {"limit": -1}}]}',
        '{"ids": [], "properties": [{"id": "ags", "settings": 5}]}',
    ],
)
def test_what_is_no_extension_is_a_problem(client, extend):
    assert client.post("/reconcile", data={"extend": extend}).status_code == 400


def test_ids_are_looked_up_and_never_pasted(client):
    hostile = "person/x> { ?s ?p ?o } #"
    extend = {"ids": [hostile], "properties": [{"id": "date"}]}
    answer = client.post("/reconcile", data={"extend": json.dumps(extend)})
    assert answer.json()["rows"] == {hostile: {"date": []}}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_a_preview_can_be_framed_anywhere_and_loads_nothing(client):
    answer = client.get("/reconcile/preview", params={"id": "person/christian-pegel"})
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy
    assert "x-frame-options" not in answer.headers
    page = Page(answer.text)
    assert not {"img", "script", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert "Christian Pegel" in page.texts
    (link,) = [attributes for tag, attributes in page.tags if tag == "a"]
    assert link == {"href": "/id/person/christian-pegel", "target": "_blank", "rel": "noopener"}


def test_the_style_of_a_preview_is_the_one_that_its_policy_allows(client):
    answer = client.get("/reconcile/preview", params={"id": "place/stralsund"})
    style = re.search("<style>(.*)</style>", answer.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_previews_of_people_say_their_offices_and_no_more(client):
    answer = client.get("/reconcile/preview", params={"id": "person/oscar-schroeder"})
    texts = [text for text in Page(answer.text).texts if text]
    assert texts[texts.index("person") :] == ["person", "organisation", "Digitack GmbH"]


def test_previews_of_nothing(client):
    assert client.get("/reconcile/preview", params={"id": "nobody/<script>"}).status_code == 404
    assert client.get("/reconcile/preview").status_code == 422
