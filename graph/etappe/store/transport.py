"""HTTP to a remote store: who asks, how long, how much, how often. Knows nothing of SPARQL.

Every exchange ends with its socket closed. Redirects are never followed, for they would carry credentials elsewhere.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from etappe.errors import QueryTimeout, QueryTooLarge, StoreUnavailable
from etappe.store.address import Address, Auth

#: Seconds between the attempts of a request that may be repeated.
PAUSES = (0.2, 0.8)
#: Bytes of an error's text that are read.
_SAID = 4096
_CHUNK = 65536


@dataclass(frozen=True)
class Response:
    """What a server answered, error or not."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def said(self) -> str:
        """The first paragraph of an error's text, fit for a sentence."""
        text = self.body[:_SAID].decode("utf-8", "replace").partition("\n\n")[0]
        text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
        return "" if text.startswith("<") else text[:199] + "…" if len(text) > 200 else text


class Passing(StoreUnavailable):
    """The server cannot be reached now; the next attempt may find it."""


class Transport:
    """Requests to one server, each over a connection of its own.

    Args:
        auth: how the server learns who asks.
        pauses: seconds between the attempts of a request that may be repeated.
    """

    def __init__(self, address: Address, auth: Auth, *, pauses: tuple[float, ...] = PAUSES) -> None:
        self._address = address
        self._auth = auth
        self._pauses = pauses

    def send(
        self, request: urllib.request.Request, *, timeout: float, max_bytes: int, repeat: bool = False
    ) -> Response:
        """Send a request and read the whole answer.

        Args:
            timeout: seconds for all attempts together.
            repeat: whether it may be sent again when the connection fails; only what changes nothing may.

        Raises:
            QueryTimeout: the answer took longer.
            QueryTooLarge: the answer is larger.
            StoreUnavailable: the server cannot be reached, or redirects, or broke off.
        """
        until = time.monotonic() + timeout
        for pause in self._pauses if repeat else ():
            try:
                return self._once(request, until, timeout, max_bytes)
            except Passing:
                if time.monotonic() + pause >= until:
                    raise
                time.sleep(pause)
        return self._once(request, until, timeout, max_bytes)

    def _once(self, request: urllib.request.Request, until: float, timeout: float, max_bytes: int) -> Response:
        """One attempt."""
        self._sign(request)
        # An opener for each request: its digest handler counts attempts and is no matter for several threads.
        with self._failures(timeout):
            try:
                with self._opener().open(request, timeout=max(0.001, until - time.monotonic())) as answer:
                    return Response(answer.status, _headers(answer), self._body(answer, until, max_bytes))
            except urllib.error.HTTPError as error:
                response = Response(error.code, _headers(error), error.read(_SAID) if error.fp else b"")
                error.close()
        if response.status in (301, 302, 303, 307, 308):
            target = urlsplit(response.headers.get("location", ""))
            raise StoreUnavailable(
                f"{self._address.shown} redirects to {target.hostname or 'another path'}, which is not followed; "
                "name the final address with --store"
            )
        if response.status in (429, 502, 503, 504):
            raise Passing(f"{self._address.shown} is busy ({response.status}); try again later")
        return response

    def _opener(self) -> urllib.request.OpenerDirector:
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler({} if self._address.loopback else None),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            opener.add_handler(handler)
        if self._auth is Auth.DIGEST:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, self._address.root + "/", self._address.user, self._address.password)
            opener.add_handler(urllib.request.HTTPDigestAuthHandler(known))
        return opener

    def _sign(self, request: urllib.request.Request) -> None:
        if self._auth is Auth.BASIC:
            pair = f"{self._address.user}:{self._address.password}".encode()
            request.add_unredirected_header("Authorization", f"Basic {b64encode(pair).decode()}")
        elif self._auth is Auth.BEARER:
            request.add_unredirected_header("Authorization", f"Bearer {self._address.password}")

    def _body(self, answer: http.client.HTTPResponse, until: float, max_bytes: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := answer.read1(_CHUNK):  # what is there: read() would wait for a whole chunk
            size += len(part)
            if size > max_bytes:
                raise QueryTooLarge(
                    f"the answer has more than {max_bytes:,} bytes; narrow the query, or page with LIMIT and OFFSET"
                )
            if time.monotonic() > until:
                raise TimeoutError
            parts.append(part)
        length = answer.headers.get("Content-Length")
        # Without either, an answer that was cut short looks whole.
        if length is None and not answer.chunked and answer.status != 204:
            raise StoreUnavailable(f"{self._address.shown} does not say where its answer ends; it needs HTTP/1.1")
        if length is not None and size < int(length):
            raise http.client.IncompleteRead(b"", int(length) - size)
        return b"".join(parts)

    @contextmanager
    def _failures(self, timeout: float) -> Iterator[None]:
        """Turn the failures of connections into our errors."""
        shown = self._address.shown
        try:
            yield
        except TimeoutError as error:
            raise QueryTimeout(
                f"{shown} took longer than {timeout:g} seconds to answer; narrow the query, or allow more with timeout="
            ) from error
        except urllib.error.URLError as error:
            reason = error.reason
            words = reason.strerror or str(reason) if isinstance(reason, OSError) else str(reason)
            raise Passing(f"{shown} cannot be reached ({words.lower()}); is the server running?") from error
        except (http.client.HTTPException, OSError) as error:
            raise Passing(
                f"{shown} broke off the connection ({type(error).__name__}); is the server running?"
            ) from error
        except ValueError as error:  # urllib's word for a way of authentication that it does not know
            raise StoreUnavailable(f"{shown} wants another kind of authentication; name it with auth=") from error


def _headers(answer: http.client.HTTPResponse | urllib.error.HTTPError) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}
