"""Schemas of the specification, a table of people of one name, and a service that listens on a port of its own."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from jsonschema import Draft202012Validator

from etappe_api.app import create_app
from etappe_api.settings import Settings

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture(scope="session")
def fits() -> Callable[[object, str], None]:
    """``fits(document, "manifest")``: fails where the document is not as the schema says."""

    def check(document: object, name: str) -> None:
        schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        faults = [f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(schema).iter_errors(document)]
        assert not faults, faults

    return check


@pytest.fixture
def address(campaign: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a service over the campaign that really listens."""
    folder = tmp_path / "served"
    shutil.copytree(campaign, folder)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(create_app(Settings(data=folder, workers=2)), log_config=None))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            assert running.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        running.join()
