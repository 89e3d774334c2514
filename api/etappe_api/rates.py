"""How many requests a client may send in a minute. Buckets of tokens in memory, for a bounded number of clients."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from etappe.errors import EtappeError
from etappe_api.problems import problem_of
from etappe_api.turns import ASKING

#: Clients whose buckets are kept; who was not seen for longest is forgotten, and begins with a full bucket.
CLIENTS = 10_000
#: Answered always, so that whoever watches the service sees it under load.
_FREE = ("/health", "/ready", "/metrics")
#: Asked by POST, though they change and check nothing.
_READS = ("/sparql", "/sparql/", "/reconcile", "/reconcile/extend")


class TooManyRequests(EtappeError):
    """A client that sends more than it may."""

    http_status = 429


class Bucket:
    """Tokens that come back with time. ``now`` is in seconds and never goes backwards.

    Args:
        size: how many tokens there are at most; as many come back in a minute.
    """

    __slots__ = ("_size", "_stamp", "_tokens")

    def __init__(self, size: int, now: float) -> None:
        self._size, self._tokens, self._stamp = size, float(size), now

    def take(self, now: float) -> float:
        """Take a token. Returns how many are left, or less than nothing where there was none to take."""
        self._tokens = min(self._size, self._tokens + (now - self._stamp) * self._size / 60)
        self._stamp = now
        if self._tokens < 1:
            return self._tokens - 1
        self._tokens -= 1
        return self._tokens

    def wait(self) -> float:
        """Seconds until there is a token."""
        return max(0.0, (1 - self._tokens) * 60 / self._size)


class Rates:
    """ASGI layer: sends clients away that ask too often, and tells all of them what is left.

    A client is its key, else its address. Headers as in draft-ietf-httpapi-ratelimit-headers-09.

    Args:
        rate: requests a minute; 0 for no limit.
        rate_writes: requests a minute that change or check something; 0 for no limit.
    """

    def __init__(self, app: ASGIApp, *, rate: int, rate_writes: int) -> None:
        self._app = app
        self._sizes = {"requests": rate, "writes": rate_writes}
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["path"] in _FREE:
            await self._app(scope, receive, send)
            return
        reads = scope["method"] in ("GET", "HEAD", "OPTIONS") or scope["path"] in _READS
        kind = "requests" if reads else "writes"
        size = self._sizes[kind]
        if not size:
            await self._app(scope, receive, send)
            return
        bucket = self._bucket(kind, size)
        left = bucket.take(monotonic())
        wait = ceil(bucket.wait())
        scope["state"]["headers"] += (
            (b"ratelimit-policy", b'"%s";q=%d;w=60' % (kind.encode(), size)),
            (b"ratelimit", b'"%s";r=%d;t=%d' % (kind.encode(), max(0, left), wait)),
        )
        if left >= 0:
            await self._app(scope, receive, send)
            return
        error = TooManyRequests(f"more than {size} {kind} a minute; send the next one in {wait} seconds")
        response = problem_of(error)
        response.headers["Retry-After"] = str(wait)
        await response(scope, receive, send)

    def _bucket(self, kind: str, size: int) -> Bucket:
        name = (ASKING.get(), kind)
        bucket = self._buckets.get(name)
        if bucket is None:
            bucket = self._buckets[name] = Bucket(size, monotonic())
            if len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(name)
        return bucket
