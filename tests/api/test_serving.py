"""``etappe serve`` and ``etappe keys`` as users run them: beginnings that fail, and ends that lose nothing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api.running import alive, received, running
from etappe.workspace import open_workspace

HOST = b"Host: x\r\n"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def etappe(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etappe", *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120)


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    sentences = [line for line in done.stderr.splitlines() if line]
    assert len(sentences) == 1, done.stderr
    return sentences[0]


@pytest.fixture
def data(campaign: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(campaign, tmp_path / "data"))


def test_it_says_where_it_answers_and_answers_there(data, tmp_path):
    with running(data, tmp_path / "log", "--workers", "1") as service:
        assert service.get("/ready").status == 200
        assert service.get("/docs").status == 200
        readers = service.readers()
        assert len(readers) == 1
        assert service.stop() == 0
    assert not any(alive(pid) for pid in readers)
    assert not list((data / "generations").iterdir())


def test_a_port_in_use_is_said_in_a_sentence(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = refused(etappe("serve", "--data", str(data), "--port", port), 2)
    assert f"port {port} of 127.0.0.1 is in use" in sentence


def test_a_folder_in_use_is_said_in_a_sentence(data):
    with open_workspace(data, write=True):
        sentence = refused(etappe("serve", "--data", str(data), "--port", "0"), 3)
    assert "is in use by another process" in sentence


def test_a_folder_that_cannot_be_one_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    refused(etappe("serve", "--data", str(tmp_path / "file"), "--port", "0"), 3)


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("ETAPPE_RATE", "many", "ETAPPE_RATE cannot be 'many'"),
        ("ETAPPE_TIMEOUT", "-1", "ETAPPE_TIMEOUT cannot be '-1'"),
        ("ETAPPE_MAX_BODY", "0", "ETAPPE_MAX_BODY cannot be '0'"),
        ("ETAPPE_BASE", "no address", "cannot be a base"),
    ],
)
def test_a_bad_setting_is_said_in_a_sentence(data, setting, value, named):
    assert named in refused(etappe("serve", "--data", str(data), "--port", "0", **{setting: value}), 2)


def test_an_address_of_another_machine_is_said_in_a_sentence(data):
    assert "--host" in refused(etappe("serve", "--data", str(data), "--port", "0", "--host", "203.0.113.7"), 2)
    assert "--host" in refused(etappe("serve", "--data", str(data), "--port", "0", "--host", "no.such.host.invalid"), 2)


@pytest.mark.parametrize("writes", ["gated", "open"])
def test_writing_is_not_offered_to_a_network_without_keys(data, writes):
    command = ("serve", "--data", str(data), "--port", "0", "--host", "0.0.0.0", "--writes", writes)
    assert "etappe keys create" in refused(etappe(*command), 2)
    made = etappe("keys", "create", "press office", "--role", "submit", "--data", str(data))
    identifier = made.stdout.split("_")[1]
    assert etappe("keys", "revoke", identifier, "--data", str(data)).returncode == 0
    refused(etappe(*command), 2)  # a key that is revoked is none


def test_without_the_extra_it_says_what_to_install(data, tmp_path):
    (tmp_path / "hidden" / "pydantic_settings").mkdir(parents=True)
    (tmp_path / "hidden" / "pydantic_settings" / "__init__.py").write_text(
        "raise ModuleNotFoundError(name='pydantic_settings')"
    )
    path = os.pathsep.join([str(tmp_path / "hidden"), os.environ.get("PYTHONPATH", "")])
    sentence = refused(etappe("serve", "--data", str(data), PYTHONPATH=path), 2)
    assert sentence.endswith("pip install 'etappe[service]'")


def test_what_was_begun_is_finished_and_new_writes_are_refused(data, tmp_path):
    with running(data, tmp_path / "log", "--workers", "1", probes=True, grace=30) as service:
        readers = service.readers()
        query = "/probe/query?timeout=3&q=" + RUNAWAY.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D")
        with service.connect() as reading, service.connect() as writing:
            reading.sendall(f"GET {query} HTTP/1.1\r\n".encode() + HOST + b"\r\n")
            writing.sendall(
                b"POST /probe/write HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nExpect: 100-continue\r\n\r\n"
            )
            assert writing.recv(65536).startswith(b"HTTP/1.1 100 ")  # it waits for the body now
            service.process.send_signal(signal.SIGTERM)
            while listening(service.port):
                pass
            writing.sendall(b"body")
            answer = received(writing)
            assert answer.startswith(b"HTTP/1.1 503 ")
            assert b"takes no more writes" in answer
            assert b"retry-after" in answer.lower()
            assert received(reading).startswith(b"HTTP/1.1 504 ")  # its own deadline, not ours
        assert service.process.wait(60) == 0
        assert not any(alive(pid) for pid in readers)


def listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=60).close()
    except ConnectionRefusedError:
        return False
    except ConnectionResetError:  # it was closed in this moment
        return True
    return True


def test_after_its_grace_what_still_runs_is_ended_with_an_answer(data, tmp_path):
    with running(data, tmp_path / "log", "--workers", "1", probes=True, grace=1) as service:
        readers = service.readers()
        with service.connect() as reading:
            reading.sendall(b"POST /probe/query HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(RUNAWAY))
            reading.sendall(RUNAWAY.encode())
            while b"R" not in states(readers):
                pass
            service.process.send_signal(signal.SIGTERM)
            assert received(reading).startswith(b"HTTP/1.1 503 ")
        assert service.process.wait(60) == 0
        assert not any(alive(pid) for pid in readers)
        assert [line["outcome"] for line in service.lines() if line.get("outcome")] == []


def states(pids: list[int]) -> bytes:
    return b"".join(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] for pid in pids if alive(pid))


@pytest.mark.parametrize(("first", "second"), [(signal.SIGTERM, signal.SIGTERM), (signal.SIGINT, signal.SIGINT)])
def test_a_second_signal_ends_at_once(data, tmp_path, first, second):
    with running(data, tmp_path / "log", "--workers", "1", probes=True, grace=1000) as service:
        readers = service.readers()
        with service.connect() as reading:
            reading.sendall(b"POST /probe/query HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(RUNAWAY))
            reading.sendall(RUNAWAY.encode())
            while b"R" not in states(readers):
                pass
            service.process.send_signal(first)
            while listening(service.port):
                pass
            assert service.stop(second) == 128 + second
            while any(alive(pid) for pid in readers):  # the kernel ends them with their parent
                pass


def test_readers_do_not_outlive_a_service_that_is_killed(data, tmp_path):
    with running(data, tmp_path / "log", "--workers", "2", probes=True) as service:
        readers = service.readers()
        with service.connect() as reading:
            reading.sendall(b"POST /probe/query HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(RUNAWAY))
            reading.sendall(RUNAWAY.encode())
            while b"R" not in states(readers):
                pass
            service.stop(signal.SIGKILL)
            while any(alive(pid) for pid in readers):
                pass


def test_control_c_of_a_terminal_does_not_hurt_what_was_begun(data, tmp_path):
    """It reaches the readers too."""
    with running(data, tmp_path / "log", "--workers", "1", probes=True, grace=30) as service:
        readers = service.readers()
        query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
        with service.connect() as reading:
            reading.sendall(b"POST /probe/query HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(query))
            reading.sendall(query.encode())
            while b"R" not in states(readers):
                pass
            os.killpg(service.process.pid, signal.SIGINT)
            assert received(reading).startswith(b"HTTP/1.1 200 ")
        assert service.process.wait(60) == 0


def test_keys_are_made_shown_once_listed_and_revoked(data, tmp_path):
    folder = ("--data", str(data), "--lang", "en")
    made = etappe("keys", "create", "press office", "--role", "submit", "--timeout", "60", *folder)
    assert made.returncode == 0, made.stderr
    secret = made.stdout.strip()
    assert secret.startswith("etk_")
    assert "one time only" in made.stderr
    assert secret.split("_", 2)[2] not in (data / "keys.json").read_text()
    with running(data, tmp_path / "log", "--workers", "1", read_open="false") as service:
        assert service.get("/docs").status == 401
        assert service.get("/docs", Authorization=f"Bearer {secret}").status == 200
        listed = etappe("keys", "list", *folder)
        assert "press office" in listed.stdout
        assert "valid" in listed.stdout
        identifier = secret.split("_")[1]
        assert etappe("keys", "revoke", identifier, *folder).returncode == 0
        answer = service.get("/docs", Authorization=f"Bearer {secret}")  # at once, without a new start
        assert answer.status == 401
        assert "was revoked" in answer.json()["detail"]
    assert "revoked" in etappe("keys", "list", *folder).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("create", "x", "--role", "read", "--expires", "yesterday"),
        ("create", "x", "--role", "read", "--expires", "2001-01-01"),
        ("create", "x", "--role", "read", "--expires", "9999-12-31"),
        ("create", "a\nb", "--role", "read"),
        ("create", "", "--role", "read"),
        ("revoke", "nosuchkey"),
    ],
)
def test_wrong_use_of_keys_is_said_in_a_sentence(tmp_path, words):
    refused(etappe("keys", *words, "--data", str(tmp_path)), 2)
    assert not (tmp_path / "keys.json").exists()


def test_a_damaged_file_of_keys_is_said_in_a_sentence(tmp_path):
    (tmp_path / "keys.json").write_text("{")
    assert "no file of keys" in refused(etappe("keys", "list", "--data", str(tmp_path)), 2)


def test_the_list_of_no_keys_is_empty(tmp_path):
    done = etappe("keys", "list", "--data", str(tmp_path), "--lang", "de")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (0, "", "Es gibt keine Schlüssel.")
