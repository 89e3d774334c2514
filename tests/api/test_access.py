"""Who is let in, and what those hear who are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etappe_api.keys import Keys, Role

WRONG = ("etk_00000000_wrong", "", "Bearer", "x" * 10_000)


@pytest.mark.parametrize("secret", WRONG)
@pytest.mark.parametrize("how", ["Authorization", "X-API-Key"])
def test_a_wrong_key_is_refused_even_where_none_is_needed(client, secret, how):
    value = f"Bearer {secret}" if how == "Authorization" else secret
    answer = client.get("/docs", headers={how: value})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="etappe", error="invalid_token"'
    assert answer.json()["type"].endswith("#unauthorized")


def test_other_schemes_are_nobodys_key(client):
    assert client.get("/docs", headers={"Authorization": "Basic YTpi"}).status_code == 200


def test_without_a_key_what_needs_one_says_so(client):
    answer = client.get("/metrics")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="etappe"'
    assert "role 'admin'" in answer.json()["detail"]


def test_a_key_of_too_low_a_role_is_forbidden(client, key_for):
    answer = client.get("/metrics", headers=key_for(client, "review"))
    assert answer.status_code == 403
    assert "'review'" in answer.json()["detail"]
    assert "'admin'" in answer.json()["detail"]
    assert "www-authenticate" not in answer.headers


def test_the_scheme_is_read_in_any_case(client, key_for):
    secret = key_for(client, "admin")["Authorization"].split()[1]
    assert client.get("/metrics", headers={"Authorization": f"bEARER  {secret} "}).status_code == 200
    assert client.get("/metrics", headers={"X-API-Key": secret}).status_code == 200


def test_a_key_that_ends_is_refused_from_then_on(client):
    keys: Keys = client.app.state.service.keys
    secret = keys.create("short", Role.ADMIN, expires=(datetime.now(UTC) - timedelta(hours=1)).isoformat())
    answer = client.get("/metrics", headers={"X-API-Key": secret})
    assert answer.status_code == 401
    assert "has expired" in answer.json()["detail"]


def test_where_reading_needs_a_key_only_the_pulse_is_open(serving, key_for):
    client = serving(empty=True, read_open=False)
    for path in ("/docs", "/openapi.json", "/nothing/here"):
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get("/health").status_code == 200
    assert client.get("/ready").status_code == 200
    assert client.get("/docs", headers=key_for(client, "read")).status_code == 200


def test_what_was_kept_for_one_is_not_shown_to_another_without_a_key(serving, key_for):
    client = serving(empty=True, read_open=False)
    key = key_for(client, "read")
    assert client.get("/docs", headers=key).status_code == 200
    assert client.get("/docs").status_code == 401


def test_browsers_of_other_hosts_may_ask_and_read_why_not(client):
    origin = {"Origin": "https://partner.example"}
    asked = client.options(
        "/metrics",
        headers={**origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"},
    )
    assert asked.status_code == 200
    assert "authorization" in asked.headers["access-control-allow-headers"].lower()
    refused = client.get("/metrics", headers=origin)
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "*"
    exposed = refused.headers["access-control-expose-headers"].lower()
    assert "etag" in exposed and "retry-after" in exposed and "x-request-id" in exposed


def test_a_damaged_file_of_keys_lets_nobody_in_and_is_not_the_clients_fault(serving, tmp_path, key_for):
    client = serving(empty=True)
    key = key_for(client, "admin")
    (tmp_path / "data" / "keys.json").write_text("{}}")
    answer = client.get("/metrics", headers=key)
    assert answer.status_code == 503
    assert "operator" in answer.json()["detail"]
    assert client.get("/health").status_code == 200
