"""The file of keys: what stands in it, and that nobody loses what another wrote."""

from __future__ import annotations

import json
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etappe.errors import NotFound, UsageError
from etappe_api.keys import Keys, Role, Unauthorized


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys.json"


def test_a_key_is_known_again_and_its_secret_is_kept_nowhere(path):
    secret = Keys(path).create("press office", Role.SUBMIT, timeout=60.0)
    client = Keys(path).client(secret)
    assert (client.name, client.role, client.timeout, client.id) == (
        "press office",
        Role.SUBMIT,
        60.0,
        secret.split("_")[1],
    )
    for file in path.parent.iterdir():
        assert secret.split("_", 2)[2] not in file.read_text()


def test_only_its_owner_may_read_the_file(path):
    Keys(path).create("one", Role.READ)
    path.chmod(0o644)
    Keys(path).create("two", Role.READ)
    assert [file.stat().st_mode & 0o777 for file in path.parent.iterdir()] == [0o600, 0o600]


def test_a_wrong_secret_is_refused_whatever_of_it_is_right(path):
    keys = Keys(path)
    secret = keys.create("one", Role.READ)
    for wrong in (
        "",
        "etk",
        "etk__",
        secret[:-1],
        secret + "x",
        secret.upper(),
        secret.replace("etk_", "", 1),
        "ä",
        "\0",
    ):
        with pytest.raises(Unauthorized, match="not known"):
            keys.client(wrong)


def test_an_expired_and_a_revoked_key_are_told_apart_only_by_who_holds_them(path):
    keys = Keys(path)
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    future = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    expired, valid, revoked = (keys.create("x", Role.READ, expires=end) for end in (past, future, None))
    keys.revoke(revoked.split("_")[1])
    assert keys.client(valid).role is Role.READ
    with pytest.raises(Unauthorized, match="has expired"):
        keys.client(expired)
    with pytest.raises(Unauthorized, match="was revoked"):
        keys.client(revoked)
    for held in (expired, revoked):
        with pytest.raises(Unauthorized, match="not known"):
            keys.client(held[:-1] + "?")


def test_to_revoke_twice_keeps_the_first_time(path):
    keys = Keys(path)
    identifier = keys.create("x", Role.READ).split("_")[1]
    first = keys.revoke(identifier)
    rows = json.loads(path.read_text())
    rows[0]["revoked"] = "2026-01-01T00:00:00+00:00"
    path.write_text(json.dumps(rows))
    assert first.revoked is not None
    assert keys.revoke(identifier).revoked == "2026-01-01T00:00:00+00:00"
    with pytest.raises(NotFound, match="etappe keys list"):
        keys.revoke("00000000")


def test_what_another_process_changed_is_seen(path):
    here, there = Keys(path), Keys(path)
    secret = here.create("x", Role.READ)
    assert there.client(secret).name == "x"
    here.revoke(secret.split("_")[1])
    with pytest.raises(Unauthorized):
        there.client(secret)
    path.unlink()
    with pytest.raises(Unauthorized, match="not known"):
        there.client(secret)


def make(path: Path, begin: object, count: int) -> None:
    begin.wait()  # type: ignore[attr-defined]
    keys = Keys(path)
    for number in range(count):
        keys.create(f"key {number}", Role.READ)


def test_two_processes_at_once_lose_no_key(path):
    spawn = multiprocessing.get_context("spawn")
    begin = spawn.Barrier(3)
    makers = [spawn.Process(target=make, args=(path, begin, 25)) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join(60)
    assert [maker.exitcode for maker in makers] == [0, 0, 0]
    assert len(Keys(path).all()) == 75


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '[{"id": "a"}]', '{"id": "a"}', "\0", '[{"id": "a", "role": "king"}]']
)
def test_a_damaged_file_lets_nobody_in(path, text):
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(UsageError, match="no file of keys"):
        Keys(path).client("etk_a_b")
    with pytest.raises(UsageError, match="no file of keys"):
        Keys(path).create("x", Role.READ)
    assert path.read_text() == text


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--keys"):
        Keys(tmp_path / "file" / "keys.json").create("x", Role.READ)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "x" * 101, "a\u202eb"])
def test_a_name_is_one_line_of_text(path, name):
    with pytest.raises(UsageError, match="one line"):
        Keys(path).create(name, Role.READ)


def test_each_role_includes_those_before_it():
    order = [Role.READ, Role.SUBMIT, Role.REVIEW, Role.ADMIN]
    assert [[a.includes(b) for b in order] for a in order] == [[j <= i for j in range(4)] for i in range(4)]
