"""The description of the API is complete, true, and shown without any other host."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from api.running import running

FOLDER = files("etappe_api") / "pages" / "static" / "swagger-ui"


def operations(client):
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_every_operation_says_what_it_does_and_how_it_fails(client):
    found = dict(operations(client))
    assert {"GET /health", "GET /ready", "GET /metrics"} <= set(found)
    for name, operation in found.items():
        assert operation.get("summary"), name
        assert operation.get("tags"), name
        responses = operation["responses"]
        assert responses["default"] == {"$ref": "#/components/responses/Problem"}, name
        assert "HTTPValidationError" not in json.dumps(operation), name
        if operation.get("security"):
            assert {"401", "403"} <= set(responses), name
    names = [operation["operationId"] for operation in found.values()]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere(client):
    document = client.get("/openapi.json").json()
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        place = document
        for part in reference.split("/"):
            place = place[part.replace("~1", "/")]


def test_what_needs_a_key_says_which_role(client):
    document = client.get("/openapi.json").json()
    assert document["paths"]["/metrics"]["get"]["security"] == [{"admin key": []}]
    scheme = document["components"]["securitySchemes"]["admin key"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert "`admin`" in scheme["description"]


def test_problems_are_as_described(client, key_for):
    document = client.get("/openapi.json").json()
    schema = document["components"]["schemas"]["Problem"]
    for response in document["components"]["responses"].values():
        jsonschema.validate(response["content"]["application/problem+json"]["example"], schema)
    for answer in (
        client.get("/nothing"),
        client.get("/metrics"),
        client.get("/metrics", headers=key_for(client, "read")),
        client.post("/health"),
        client.get("/a%00"),
        client.post("/health", content=b"x", headers={"Content-Encoding": "br"}),
    ):
        jsonschema.validate(answer.json(), schema)
        assert answer.json()["status"] == answer.status_code
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_the_bundled_files_are_those_of_the_package():
    table = dict(re.findall(r"\| `([^`]+)` \| ([0-9a-f]{64}) \|", (FOLDER / "README.md").read_text()))
    assert {"swagger-ui-bundle.js", "swagger-ui.css", "LICENSE"} <= set(table)
    for name, digest in table.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name
    others = {file.name for file in FOLDER.iterdir()} - set(table)
    assert others == {"README.md", "start.js"}


@pytest.mark.parametrize(
    "name", ["README.md", "NOTICE", "../rendering.py", "..%2frendering.py", "start.js/", "START.JS"]
)
def test_nothing_else_of_the_folder_is_served(client, name):
    assert client.get(f"/docs/{name}", follow_redirects=False).status_code in (404, 307)
    assert client.get(f"/docs/{name}", follow_redirects=False).content.find(b"SwaggerUIBundle({") == -1


def test_the_page_loads_nothing_from_elsewhere(client):
    answer = client.get("/docs")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', answer.text)
    for address in loaded:
        assert address.startswith("/") or address == "data:,"
        if address.startswith("/"):
            assert client.get(address).status_code == 200, address


def test_a_browser_shows_every_operation(tmp_path: Path):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with running(tmp_path / "data", tmp_path / "log", "--workers", "1") as service:
        found = json.loads(service.get("/openapi.json").body)
        log = tmp_path / "net.json"
        command = [
            browser,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
        ]
        command += ["--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        command += ["--virtual-time-budget=20000", "--enable-logging=stderr", f"--log-net-log={log}", "--dump-dom"]
        done = subprocess.run([*command, f"{service.address}/docs"], capture_output=True, text=True, timeout=120)
    assert "Etappe" in done.stdout
    for path in found["paths"]:
        assert f'data-path="{path}"' in done.stdout, path
    assert "Content Security Policy" not in done.stderr
    asked = asked_by(service.address, json.loads(log.read_text()))  # Chromium asks for things of its own, too
    assert {f"{service.address}{path}" for path in ("/docs/swagger-ui-bundle.js", "/openapi.json")} <= asked
    assert [address for address in asked if not address.startswith((service.address, "data:"))] == []


def asked_by(origin: str, log: dict[str, Any]) -> set[str]:
    """What pages of that origin asked for."""
    params = [event.get("params", {}) for event in log["events"]]
    return {param["url"] for param in params if "url" in param and param.get("initiator", "").startswith(origin)}
