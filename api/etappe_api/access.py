"""Who asks, and whether they may. The key is looked at once, before anything else is done with a request."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from fastapi import Depends
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from etappe.errors import StoreUnavailable, UsageError
from etappe_api.keys import Client, Forbidden, Keys, Role, Unauthorized
from etappe_api.problems import problem_of
from etappe_api.turns import ASKING

_ANYBODY = Client("anybody", None)
#: What can be read without a key even where reading needs one.
_ALWAYS_OPEN = ("/health", "/ready")


class Identify:
    """ASGI layer: finds the client of a request and puts it into ``scope["state"]["client"]``.

    A key comes as ``Authorization: Bearer …`` or ``X-API-Key: …``. A wrong key is refused even where none is needed.
    """

    def __init__(self, app: ASGIApp, keys: Keys, *, read_open: bool) -> None:
        self._app, self._keys, self._read_open = app, keys, read_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secret = _secret(scope)
        try:
            client = _ANYBODY if secret is None else self._keys.client(secret)
            if client.role is None and not self._read_open and scope["path"] not in _ALWAYS_OPEN:
                raise Unauthorized("reading needs a key here; send it as 'Authorization: Bearer …'")
        except Unauthorized as error:
            response = problem_of(error)
            if secret is not None:
                response.headers["WWW-Authenticate"] += ', error="invalid_token"'  # RFC 6750, section 3
            await response(scope, receive, send)
            return
        except UsageError as error:
            raise StoreUnavailable("the keys of this service cannot be read; its operator must mend them") from error
        scope.setdefault("state", {})["client"] = client
        ASKING.set(f"key {client.id}" if client.id else _peer(scope))
        await self._app(scope, receive, send)


def _secret(scope: Scope) -> str | None:
    """The key that came with a request, which may be empty; nothing where none came."""
    for name, value in scope["headers"]:
        if name == b"x-api-key":
            return str(value.decode("latin-1").strip())
        if name == b"authorization":
            scheme, _, secret = value.partition(b" ")
            if scheme.lower() == b"bearer":
                return str(secret.decode("latin-1").strip())
    return None


def _peer(scope: Scope) -> str:
    """Whom an address stands for; of IPv6 its network, for one client has as many addresses there as it likes."""
    address = scope["client"][0] if scope.get("client") else "-"
    if ":" not in address:
        return str(address)
    try:
        return str(ipaddress.IPv6Network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return str(address)


def client_of(request: Request) -> Client:
    """Who sent the request."""
    client = request.scope["state"]["client"]
    assert isinstance(client, Client)
    return client


class needs(SecurityBase):  # noqa: N801 - read as ``Depends(needs(Role.SUBMIT))``
    """A dependency for routes that need a role: ``client: Annotated[Client, Depends(needs(Role.SUBMIT))]``.

    FastAPI sees by its class that a key is needed and says so in the OpenAPI description.

    Args:
        role: the least role that is let in.
    """

    def __init__(self, role: Role) -> None:
        self.role = role
        self.scheme_name = f"{role.value} key"
        self.model = HTTPBearer(description=f"A key with the role `{role.value}` or a higher one; also as `X-API-Key`.")

    async def __call__(self, request: Request) -> Client:
        """Who sent the request.

        Raises:
            Unauthorized: somebody without a key.
            Forbidden: somebody whose key does not have the role.
        """
        client, role = client_of(request), self.role
        if client.role is None:
            raise Unauthorized(f"this needs a key with the role {role.value!r}; send it as 'Authorization: Bearer …'")
        if not client.role.includes(role):
            raise Forbidden(f"the key of {client.name!r} has the role {client.role.value!r}; this needs {role.value!r}")
        return client


Submitter = Annotated[Client, Depends(needs(Role.SUBMIT))]
Reviewer = Annotated[Client, Depends(needs(Role.REVIEW))]
Administrator = Annotated[Client, Depends(needs(Role.ADMIN))]
