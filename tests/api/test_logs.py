"""A line for each request, which says all that is needed and nothing of people."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from api.running import Running, running
from etappe_api.logs import network

SECRET = "Erika-Mustermann"


@pytest.fixture(scope="module")
def told(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What a service logged of some requests that all speak of a person."""
    folder = tmp_path_factory.mktemp("logs")
    data = Path(shutil.copytree(campaign, folder / "data"))
    with running(data, folder / "log", "--workers", "1", probes=True) as service:
        service.get(f"/probe/kept/{SECRET}?name={SECRET}", X_Request_ID="first")
        service.get(f"/probe/kept/{SECRET}?name={SECRET}", X_Request_ID="kept")
        service.request("HEAD", f"/probe/kept/{SECRET}?name={SECRET}", headers={"X-Request-ID": "head"})
        service.get(f"/nothing/{SECRET}", X_Request_ID="nothing", User_Agent=SECRET, Referer=f"http://x/{SECRET}")
        service.get(f"/probe/{SECRET}%00", X_Request_ID="control")
        service.request("POST", "/probe/query", f'SELECT * {{ ?s ?p "{SECRET}" }}'.encode(), {"X-Request-ID": "query"})
        service.request("POST", "/probe/query", f"SELECT {SECRET}".encode(), {"X-Request-ID": "broken"})
        service.get(f"/docs?{SECRET}", X_API_Key=f"etk_{SECRET}_x", X_Request_ID="key")
        service.request(SECRET.upper() * 10, "/docs", headers={"X-Request-ID": "method"})
        answer = service.get(f"/probe/fault?{SECRET}", X_Request_ID="fault")
        assert answer.status == 500
        assert answer.headers["x-request-id"] == "fault"
        assert "nobody expected" not in answer.body.decode()
        service.raw(f"GET /{SECRET} HTTP/9.9\r\nX: {SECRET}\r\n\r\n".encode())
        service.get("/health")
        service.stop()
    text = (folder / "log").read_text()
    assert SECRET.lower() not in text.lower()
    assert "127.0.0.1" not in text
    return [json.loads(line) for line in text.splitlines()]


def of(lines: list[dict[str, object]], identifier: str, event: str = "request") -> dict[str, object]:
    (line,) = [line for line in lines if line.get("id") == identifier and line["event"] == event]
    return line


def test_a_line_says_what_was_asked_and_what_came_of_it(told):
    line = of(told, "first")
    assert line["method"] == "GET"
    assert line["route"] == "/probe/kept/{name}"
    assert line["status"] == 200
    assert line["bytes"] == len(f"kept for {SECRET}")
    assert isinstance(line["ms"], float)
    assert str(line["timestamp"]).endswith("Z")


def test_kept_answers_know_their_route(told):
    assert of(told, "kept")["route"] == "/probe/kept/{name}"
    assert of(told, "head")["route"] == "/probe/kept/{name}"
    assert of(told, "head")["bytes"] == 0


@pytest.mark.parametrize(
    ("identifier", "route", "status"),
    [
        ("nothing", "-", 404),
        ("control", "-", 400),
        ("query", "/probe/query", 200),
        ("broken", "/probe/query", 400),
        ("key", "-", 401),
        ("fault", "/probe/fault", 500),
    ],
)
def test_refusals_have_lines_too(told, identifier, route, status):
    line = of(told, identifier)
    assert (line["route"], line["status"]) == (route, status)


def test_a_fault_leaves_its_traceback_under_the_id_of_the_request(told):
    line = of(told, "fault", "fault")
    assert line["level"] == "error"
    assert "RuntimeError: what nobody expected" in str(line["exception"])
    assert [entry for entry in told if "exception" in entry] == [line]


def test_the_pulse_is_not_worth_a_line(told):
    assert not [line for line in told if line.get("route") == "/health"]


def test_the_key_is_named_by_its_id(serving, key_for, capsys):
    client = serving(empty=True)
    secret = key_for(client, "admin")["Authorization"].split()[1]
    client.get("/docs", headers={"X-API-Key": secret})
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["key"] == secret.split("_")[1]
    assert "network" not in line


def test_networks_are_logged_only_where_it_is_wanted(tmp_path):
    with running(tmp_path / "data", tmp_path / "log", "--workers", "1", log_network="true") as service:
        service.get("/docs")
        service.stop()
        assert [line["network"] for line in service.lines()] == ["127.0.0.0/24"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("testclient", "-"),
        ("fe80::1%eth0", "fe80::/48"),
    ],
)
def test_a_network_names_nobody(address, expected):
    assert network(address) == expected


def test_a_log_that_nobody_takes_ends_no_request(campaign, tmp_path):
    """Standard error is a pipe whose other end is closed."""
    import os
    import subprocess
    import sys

    reading, writing = os.pipe()
    command = [
        sys.executable,
        "-m",
        "etappe",
        "serve",
        "--data",
        str(tmp_path / "data"),
        "--port",
        "0",
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=writing, start_new_session=True)
    os.close(writing)
    os.close(reading)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().decode().rpartition(":")[2].split("/")[0])
        service = Running(process, port, "", tmp_path)
        assert [service.get("/docs").status for _ in range(3)] == [200, 200, 200]
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()
