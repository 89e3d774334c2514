"""The address of a remote store: ``sparql+http://user:password@host:port/path?option=value``. Read, never sent.

docs/stores.md says what each part means. Whatever is shown of an address goes through ``Address.shown``, which knows no
password.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from etappe.errors import UsageError

SCHEMES = {"sparql+http": "http", "sparql+https": "https"}
PROFILES = ("generic", "oxigraph", "virtuoso")
_OPTIONS = ("update", "graphs", "auth", "profile", "timeout")
_EXAMPLE = "sparql+http://user:password@host:7878"
_LONGEST_WAIT = 3600.0

T = TypeVar("T", bound=str)


class Auth(StrEnum):
    """How a server learns who asks."""

    NONE = "none"
    BASIC = "basic"
    DIGEST = "digest"
    BEARER = "bearer"


@dataclass(frozen=True)
class Address:
    """Where a server is and how it is spoken to.

    Attributes:
        root: scheme, host and port.
        path: path of the query endpoint; empty where the profile of the server knows it.
        update, graphs: paths of the update endpoint and the graph store, where the address names them.
        auth: how the server learns who asks; ``None`` leaves it to the profile.
        profile: the name of the server's profile; ``None`` lets the server say what it is.
        timeout: seconds that one answer may take.
    """

    root: str
    path: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    update: str | None = None
    graphs: str | None = None
    auth: Auth | None = None
    profile: str | None = None
    timeout: float = 60.0

    @property
    def shown(self) -> str:
        """The address as messages name it: without user and password."""
        return self.root + self.path

    @property
    def loopback(self) -> bool:
        """Whether the server is on this machine."""
        host = urlsplit(self.root).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")


def read_address(text: str) -> Address:
    """Read an address.

    Raises:
        UsageError: it is none. The sentence never repeats the text, which may hold a password.
    """
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in text):
        raise UsageError("the address of a store holds no blanks, line breaks or control characters; check --store")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UsageError(f"the address of the store cannot be read; write it as {_EXAMPLE}") from None
    if parts.scheme not in SCHEMES:
        raise UsageError(f"a store is addressed by sparql+http:// or sparql+https://, such as {_EXAMPLE}")
    if not host or parts.fragment or "\\" in text:
        raise UsageError(f"the address of the store needs a host and takes no #; write it as {_EXAMPLE}")
    options = _options(parts.query)
    named = f"[{host}]" if ":" in host else host
    address = Address(
        root=f"{SCHEMES[parts.scheme]}://{named}{f':{port}' if port is not None else ''}",
        path=parts.path.rstrip("/"),
        user=_plain(parts.username),
        password=_plain(parts.password),
        update=_path(options, "update"),
        graphs=_path(options, "graphs"),
        auth=_choice(options, "auth", tuple(Auth)),
        profile=_choice(options, "profile", PROFILES),
        timeout=_seconds(options.get("timeout", "60")),
    )
    if address.auth is Auth.BEARER and not address.password:
        raise UsageError("auth=bearer needs the token in the place of the password: sparql+https://:TOKEN@host")
    if address.auth in (Auth.BASIC, Auth.DIGEST) and not address.user:
        raise UsageError(f"auth={address.auth} needs a user and a password, such as {_EXAMPLE}")
    return address


def _options(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in _OPTIONS or name in found:
            raise UsageError(f"the address of a store takes each of these options once: {', '.join(_OPTIONS)}")
        found[name] = value
    return found


def _plain(text: str | None) -> str:
    plain = unquote(text or "")
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in plain):
        raise UsageError("user and password of a store hold no line breaks or control characters; check --store")
    return plain


def _path(options: dict[str, str], name: str) -> str | None:
    path = options.get(name)
    if path is not None and (
        not path.startswith("/") or path.startswith("//") or any(ord(sign) <= 32 or ord(sign) > 126 for sign in path)
    ):
        raise UsageError(f"{name}= in the address of a store is a path on the same server, such as /update")
    return path


def _choice(options: dict[str, str], name: str, choices: tuple[T, ...]) -> T | None:
    value = options.get(name)
    if value is None:
        return None
    for choice in choices:
        if choice == value:
            return choice
    raise UsageError(f"{name}= in the address of a store is one of: {', '.join(choices)}")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= _LONGEST_WAIT:
        raise UsageError("timeout= in the address of a store is a number of seconds, at most 3600")
    return seconds
