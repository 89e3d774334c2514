"""What OpenRefine does, step by step, against a service that really listens: only the manifest says where things are."""

from __future__ import annotations

import csv
import io
import json
import urllib.error
import urllib.parse
import urllib.request

TABLE = """who,where from,day
Dr. Christian Pegel,,2017-07-27
"Flore, Christina",Breitbandbüro des Bundes,2017-07-27
C. Flore (BBB),,2017-07-28
Oskar Schröder,Digitack,2017-07-27
Somebody Else,,
"""


class Client:
    """A client of the reconciliation API 0.2 that knows nothing but the address of the endpoint."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.manifest = self.get(endpoint)

    def get(self, address, **parameters):
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        return json.loads(self.page(address + query))

    def page(self, address):
        with urllib.request.urlopen(address) as answer:
            return answer.read().decode()

    def post(self, **form):
        data = urllib.parse.urlencode({name: json.dumps(value) for name, value in form.items()}).encode()
        with urllib.request.urlopen(self.endpoint, data) as answer:
            return json.load(answer)

    def reconcile(self, queries):
        return {key: value["result"] for key, value in self.post(queries=queries).items()}

    def address(self, template, id_):
        return template.replace("{{id}}", urllib.parse.quote(id_, safe=""))

    def service(self, described):
        return described["service_url"] + described["service_path"]


def test_a_table_is_reconciled_and_extended(address, fits):
    client = Client(f"{address}/reconcile")
    fits(client.manifest, "manifest")
    rows = list(csv.DictReader(io.StringIO(TABLE)))

    # OpenRefine asks for some rows first and counts the types of the best candidates.
    guessed = client.reconcile({str(i): {"query": row["who"], "limit": 3} for i, row in enumerate(rows)})
    fits({key: {"result": value} for key, value in guessed.items()}, "result-batch")
    types = [kind["id"] for found in guessed.values() for kind in (found[0]["type"] if found else [])]
    kind = max(set(types), key=types.count)
    assert kind == "person"

    # The user confirms the type and picks a property for the column beside.
    suggested = client.get(client.service(client.manifest["suggest"]["property"]), prefix="organi")["result"]
    queries = {
        str(i): {
            "query": row["who"],
            "type": kind,
            "type_strict": "should",
            "properties": [{"pid": suggested[0]["id"], "v": row["where from"]}] if row["where from"] else [],
        }
        for i, row in enumerate(rows)
    }
    found = client.reconcile(queries)
    matched = {rows[int(key)]["who"]: one["id"] for key, some in found.items() for one in some if one["match"]}
    assert matched == {
        "Dr. Christian Pegel": "person/christian-pegel",
        "Flore, Christina": "person/christina-flore",
        "C. Flore (BBB)": "person/christina-flore",
    }
    # The misspelt name waits for the user, who looks at the preview of the first candidate and takes it.
    candidate = found["3"][0]
    assert (candidate["id"], candidate["match"]) == ("person/oscar-schroeder", False)
    assert "Digitack" in client.page(client.address(client.manifest["preview"]["url"], candidate["id"]))
    assert found["4"] == []

    # Somebody is looked for by hand.
    by_hand = client.get(client.service(client.manifest["suggest"]["entity"]), prefix="jelto")["result"]
    assert [one["id"] for one in by_hand] == ["person/jelto-warfsmann"]

    # Columns are added from what the service proposes for the type.
    proposed = client.get(client.service(client.manifest["extend"]["propose_properties"]), type=kind)["properties"]
    wanted = [{"id": one["id"]} for one in proposed if one["id"] in ("post", "stop", "date")]
    extended = client.post(extend={"ids": sorted({*matched.values(), candidate["id"]}), "properties": wanted})
    fits(extended, "extension-response")
    assert [one["id"] for one in extended["meta"]] == ["post", "stop", "date"]
    stops = {id_: [value["id"] for value in row["stop"]] for id_, row in extended["rows"].items()}
    assert stops["person/christian-pegel"] == ["stop/stralsund-2017"]

    # Matched cells lead to the things themselves.
    view = client.address(client.manifest["view"]["url"], "person/christian-pegel")
    assert urllib.parse.unquote(view) == f"{address}/id/person/christian-pegel"


def test_errors_are_problem_documents(address):
    client = Client(f"{address}/reconcile")
    try:
        client.get(client.endpoint, queries="{")
    except urllib.error.HTTPError as error:
        assert error.code == 400
        assert error.headers["Content-Type"] == "application/problem+json"
        error.close()
    else:
        raise AssertionError("what is no batch was answered")
