"""The figures: who may see them, and that they count what happens."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from api.running import running


def figures(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(found, name: str, **labels: str) -> float:
    return found[name, frozenset(labels.items())]


def test_requests_are_counted_by_route_and_status(serving, key_for):
    client = serving(empty=True)
    key = key_for(client, "admin")
    for path in ("/docs", "/docs", "/docs/start.js", "/docs/nix", "/nothing/here", "/other"):
        client.get(path)
    client.request("MADE-UP", "/docs")
    client.request("MADE-UP-TOO", "/docs")
    answer = client.get("/metrics", headers=key)
    assert answer.headers["content-type"].startswith("text/plain")
    found = figures(answer.text)
    assert value(found, "etappe_requests_total", method="GET", route="/docs", status="200") == 2
    assert value(found, "etappe_requests_total", method="GET", route="/docs/{name}", status="200") == 1
    assert value(found, "etappe_requests_total", method="GET", route="/docs/{name}", status="404") == 1
    assert value(found, "etappe_requests_total", method="GET", route="-", status="404") == 2
    assert value(found, "etappe_requests_total", method="other", route="/docs", status="405") == 2
    assert value(found, "etappe_request_seconds_count", route="/docs/{name}") == 2
    assert value(found, "etappe_readers") == 2
    assert value(found, "etappe_generation") == 1
    assert value(found, "etappe_reports_waiting") == 0


def test_a_state_that_is_answered_from_memory_is_seen(serving):
    client = serving(empty=True, metrics_open=True)
    until = time.monotonic() + 60
    while not value(figures(client.get("/metrics").text), "etappe_generation_held"):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_where_nothing_may_be_held_the_disk_is_read(serving):
    client = serving(empty=True, metrics_open=True, max_held=0)
    assert value(figures(client.get("/metrics").text), "etappe_generation_held") == 0


def test_figures_are_for_administrators(serving, key_for):
    client = serving(empty=True)
    assert client.get("/metrics").status_code == 401  # though it comes from the same machine
    assert client.get("/metrics", headers=key_for(client, "review")).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401


def test_unless_they_are_open(serving):
    assert serving(empty=True, metrics_open=True).get("/metrics").status_code == 200


def test_queries_that_run_wait_and_fail_are_counted(campaign, tmp_path):
    data = Path(shutil.copytree(campaign, tmp_path / "data"))
    settings = {"metrics_open": "true", "queries_per_client": 1}
    runaway = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with running(data, tmp_path / "log", "--workers", "1", probes=True, **settings) as service:

        def now(name: str) -> float:
            return value(figures(service.get("/metrics").body.decode()), name)

        head = b"POST /probe/query?timeout=%d HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
        with service.connect() as first, service.connect() as second:
            first.sendall(head % (3, len(runaway)) + runaway)
            while now("etappe_queries_running") < 1:
                pass
            second.sendall(head % (1, len(runaway)) + runaway)
            while now("etappe_queries_waiting") < 1:
                pass
            assert second.recv(65536).startswith(b"HTTP/1.1 503 ")
            assert first.recv(65536).startswith(b"HTTP/1.1 504 ")
        assert now("etappe_queries_refused_total") == 1
        assert now("etappe_queries_timed_out_total") == 1
        assert now("etappe_queries_running") == now("etappe_queries_waiting") == 0
        for _ in range(3):
            service.get("/probe/kept/x")
        assert now("etappe_cache_hits_total") == 2
        assert service.get("/probe/query?q=ASK%7B%7D").status == 200


def test_reports_that_wait_are_counted(serving, tmp_path, probe):
    from etappe.admission import State, admit_all
    from etappe.reading.archives import inputs
    from etappe.workspace import open_workspace

    bad = probe("bad.yaml", ("certainty: stated, ", ""), ("published: 2018-05-20\n", ""))
    with open_workspace(tmp_path / "data", write=True) as workspace:
        ((_, admission),) = admit_all(workspace, inputs([str(bad)]), by="test")
        assert admission.state is State.WAITING
    found = figures(serving(empty=True, metrics_open=True).get("/metrics").text)
    assert value(found, "etappe_reports_waiting") == 1
