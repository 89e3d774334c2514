"""Who asks, and whether they may. The key is looked at once, before anything else is done with a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from etappe_api.keys import Client, Forbidden, Keys, Role, Unauthorized
from etappe_api.problems import problem_of

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
            client = self._keys.client(secret) if secret else _ANYBODY
            if client.role is None and not self._read_open and scope["path"] not in _ALWAYS_OPEN:
                raise Unauthorized("reading needs a key here; send it as 'Authorization: Bearer …'")
        except Unauthorized as error:
            response = problem_of(error)
            response.headers["WWW-Authenticate"] = "Bearer"
            await response(scope, receive, send)
            return
        scope.setdefault("state", {})["client"] = client
        await self._app(scope, receive, send)


def _secret(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-api-key":
            return str(value.decode("latin-1").strip())
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            return str(value[7:].decode("latin-1").strip())
    return ""


def client_of(request: Request) -> Client:
    """Who sent the request."""
    client = request.scope["state"]["client"]
    assert isinstance(client, Client)
    return client


def needs(role: Role) -> Callable[[Request], Awaitable[Client]]:
    """A dependency for routes that need a role: ``client: Annotated[Client, Depends(needs(Role.SUBMIT))]``."""

    async def check(request: Request) -> Client:
        client = client_of(request)
        if client.role is None:
            raise Unauthorized(f"this needs a key with the role {role.value!r}; send it as 'Authorization: Bearer …'")
        if not client.role.includes(role):
            raise Forbidden(f"the key of {client.name!r} has the role {client.role.value!r}; this needs {role.value!r}")
        return client

    return check


Submitter = Annotated[Client, Depends(needs(Role.SUBMIT))]
Reviewer = Annotated[Client, Depends(needs(Role.REVIEW))]
Administrator = Annotated[Client, Depends(needs(Role.ADMIN))]
