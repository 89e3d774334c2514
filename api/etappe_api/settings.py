"""How the service is set up: environment variables ``ETAPPE_…``, or options of ``etappe serve``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from etappe.errors import UsageError
from etappe.model import DEFAULT_BASE


class Writes(StrEnum):
    """What SPARQL Update and the Graph Store Protocol may write."""

    OFF = "off"
    GATED = "gated"
    OPEN = "open"


def _base(value: str) -> str:
    base = value.rstrip("/")
    if not base.startswith(("http://", "https://")) or any(sign in base for sign in ' <>"{}|^`\\'):
        raise UsageError(f"{value!r} cannot be a base; it must be an address such as https://data.example")
    return base


def _list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


#: In the environment, what stands between commas.
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_list)]


class Settings(BaseSettings):
    """Settings of one service. Sizes are bytes, times are seconds."""

    model_config = SettingsConfigDict(env_prefix="ETAPPE_", extra="ignore")

    data: Path = Path("etappe-data")
    store: str | None = None
    base: Annotated[str, AfterValidator(_base)] = DEFAULT_BASE
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)

    writes: Writes = Writes.OFF
    keys: Path | None = Field(default=None, description="File of hashed keys; by default keys.json in the data folder.")
    read_open: bool = Field(default=True, description="Whether reading needs no key.")
    allow_service: Words = Field(default=(), description="Addresses that SERVICE and LOAD may call.")

    workers: int = Field(default=4, ge=1, description="Queries that run at once, each in a process of its own.")
    timeout: float = Field(default=30.0, gt=0, description="Deadline of a query.")
    max_memory: int = Field(default=2 * 1024**3, ge=64 * 1024**2, description="Memory of one query.")
    max_held: int = Field(
        default=512 * 1024**2, ge=0, description="Memory in which readers share the data; 0: they read them from disk."
    )
    max_answer: int = Field(default=64 * 1024**2, ge=1, description="Bytes of one answer.")
    max_rows: int = Field(default=1_000_000, ge=1, description="Rows of one answer.")
    max_query: int = Field(default=1024**2, ge=1, description="Bytes of a query or an update.")
    max_body: int = Field(default=32 * 1024**2, ge=1, description="Bytes of any other body, after decompression.")
    cache: int = Field(default=128 * 1024**2, ge=0, description="Bytes of answers that are kept in memory.")

    rate: int = Field(default=6000, ge=0, description="Requests that one client may send in a minute; 0: any number.")
    rate_writes: int = Field(
        default=120, ge=0, description="Submissions and checks that one client may send in a minute; 0: any number."
    )
    queries_per_client: int = Field(
        default=2, ge=1, description="Queries that one client may have at work at once, if others wait."
    )
    requests: int = Field(default=256, ge=1, description="Requests that may be at work at once.")
    connections: int = Field(default=512, ge=1, description="Connections that are served at once.")
    max_address: int = Field(default=64 * 1024, ge=256, description="Bytes of an address, its query string included.")
    max_head: int = Field(default=96 * 1024, ge=1024, description="Bytes of the head of a request.")
    head_time: float = Field(default=10.0, gt=0, description="Time in which the head of a request must arrive.")
    body_time: float = Field(default=60.0, gt=0, description="Time in which the body of a request must arrive.")
    grace: float = Field(default=10.0, ge=0, description="Time that requests have to finish when the service ends.")

    proxies: Words = Field(default=(), description="Addresses of proxies whose X-Forwarded-For is believed.")
    log_network: bool = Field(default=False, description="Whether the log names the network (/24, /48) of clients.")
    metrics_open: bool = Field(default=False, description="Whether /metrics needs no key.")

    @property
    def keys_file(self) -> Path:
        """Where the keys are."""
        return self.keys or self.data / "keys.json"
