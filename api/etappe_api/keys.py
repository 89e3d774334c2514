"""Keys: who may do what. Kept as digests; a key itself is shown once, when it is made."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from etappe.errors import EtappeError, NotFound, UsageError


class Role(StrEnum):
    """What a key allows. Each role includes those before it."""

    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Unauthorized(EtappeError):
    """No key, or one that is not valid (any more)."""

    http_status = 401


class Forbidden(EtappeError):
    """A valid key that does not allow this."""

    http_status = 403


@dataclass(frozen=True)
class Key:
    """A key without its secret. ``id`` is public; times are ISO 8601 in UTC; ``timeout``: seconds a query may take."""

    id: str
    name: str
    role: Role
    digest: str
    created: str
    expires: str | None = None
    revoked: str | None = None
    timeout: float | None = None

    def valid(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or datetime.fromisoformat(self.expires) > now)


@dataclass(frozen=True)
class Client:
    """Who asks: a key's name and role, or anybody. ``id`` is that of the key."""

    name: str
    role: Role | None
    timeout: float | None = None
    id: str | None = None


class Keys:
    """The keys of a service, in a file that only its owner may read. Read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._keys: dict[str, Key] = {}

    def all(self) -> list[Key]:
        """All keys, revoked ones included."""
        self._read()
        return list(self._keys.values())

    def create(self, name: str, role: Role, *, expires: str | None = None, timeout: float | None = None) -> str:
        """Make a key and return its secret, which is kept nowhere.

        Args:
            expires: when it ends, ISO 8601 with a time zone.
            timeout: seconds that its queries may take, where that differs from others'.

        Raises:
            UsageError: the name is not one line of text.
        """
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise UsageError("the name of a key is one line of at most 100 characters, such as 'press office'")
        with self._changing():
            identifier = secrets.token_hex(4)
            secret = f"etk_{identifier}_{secrets.token_urlsafe(24)}"
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._keys[identifier] = Key(identifier, name, role, _digest(secret), now, expires, None, timeout)
        return secret

    def revoke(self, identifier: str) -> Key:
        """Make a key invalid from now on.

        Raises:
            NotFound: there is none of that id.
        """
        with self._changing():
            key = self._keys.get(identifier)
            if key is None:
                raise NotFound(f"there is no key {identifier!r}; 'etappe keys list' shows them")
            if key.revoked is None:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                key = self._keys[identifier] = replace(key, revoked=now)
        return key

    def client(self, secret: str) -> Client:
        """Who holds that key. Takes the same time whether the id, the secret or nothing of it is right.

        Raises:
            Unauthorized: nobody (any more).
            UsageError: the file of keys is damaged.
        """
        self._read()
        parts = secret.split("_", 2)
        key = self._keys.get(parts[1]) if len(parts) == 3 else None
        right = secrets.compare_digest(key.digest if key else _NOBODY, _digest(secret))
        if key is None or not right:
            raise Unauthorized("the key is not known; check it, or ask the office for another")
        if key.revoked is not None:
            raise Unauthorized(f"the key {key.id} was revoked; ask the office for another")
        if not key.valid(datetime.now(UTC)):
            raise Unauthorized(f"the key {key.id} has expired; ask the office for another")
        return Client(key.name, key.role, key.timeout, key.id)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change the keys as they are now, while no other process does."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _unwritable(self._path, error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._stamp = None
            self._read()
            yield
            self._write()
        except OSError as error:
            raise _unwritable(self._path, error) from error
        finally:
            os.close(lock)

    def _read(self) -> None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._keys, self._stamp = {}, None
            return
        except OSError as error:
            raise _unwritable(self._path, error) from error
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        try:
            rows = json.loads(self._path.read_bytes())
            self._keys = {row["id"]: Key(**{**row, "role": Role(row["role"])}) for row in rows}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UsageError("is no file of keys; make keys with 'etappe keys create'", file=self._path) from error
        self._stamp = stamp

    def _write(self) -> None:
        temporary = self._path.with_name(f"{self._path.name}.tmp")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            os.fchmod(file.fileno(), 0o600)
            json.dump([asdict(key) for key in self._keys.values()], file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)
        self._stamp = None


def _unwritable(path: Path, error: OSError) -> UsageError:
    reason = (error.strerror or str(error)).lower()
    return UsageError(f"cannot be used as the file of keys ({reason}); name another with --keys", file=path)


def _digest(secret: str) -> str:
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()


#: What a wrong key is compared with where no key has its id.
_NOBODY = _digest(secrets.token_hex())
