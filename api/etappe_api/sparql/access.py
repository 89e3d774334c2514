"""Who may write by SPARQL, and in which way the service takes it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from etappe_api.access import client_of
from etappe_api.keys import Client, Forbidden, Role, Unauthorized
from etappe_api.service import Service, service_of
from etappe_api.settings import Writes

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ROLES = {Writes.GATED: Role.SUBMIT, Writes.OPEN: Role.ADMIN}


class WritesOff(Forbidden):
    """The service takes no updates."""


def writer_of(request: Request) -> Client:
    """Who writes.

    Behind the gate, whoever may submit reports may write, for what is written must pass it. A scratch store takes
    anything, so that needs the role ``admin``; on this machine alone, and as long as no keys were ever made, it needs
    none, unless a page of another site sends it.

    Raises:
        WritesOff: nobody may.
        Unauthorized, Forbidden: not this client.
    """
    service, client = service_of(request), client_of(request)
    role = _ROLES.get(service.settings.writes)
    if role is None:
        raise WritesOff(
            "this service takes no SPARQL updates; its operator can turn them on with ETAPPE_WRITES=gated (what is "
            "written must pass the gate) or ETAPPE_WRITES=open (a scratch store)"
        )
    if client.role is not None and client.role.includes(role):
        return client
    if client.role is not None:
        raise Forbidden(f"the key of {client.name!r} has the role {client.role.value!r}; this needs {role.value!r}")
    if role is Role.ADMIN and _alone(service):
        if not _own(request):
            raise Forbidden("a page of another site sent this; a scratch store without keys takes nothing from there")
        return client
    raise Unauthorized(f"this needs a key with the role {role.value!r}; send it as 'Authorization: Bearer …'")


def _alone(service: Service) -> bool:
    """Whether only this machine reaches the service, and nobody has made keys for it."""
    return service.settings.host in _LOOPBACK and not service.settings.keys_file.exists()


def _own(request: Request) -> bool:
    """Whether no browser sent it, or a page of this service did. A form of any page may post to this machine."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        where = urlsplit(origin)
    except ValueError:
        return False
    return where.hostname in _LOOPBACK and where.netloc == request.headers.get("host")
