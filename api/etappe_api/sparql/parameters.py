"""What a request of the SPARQL protocols says: parameters, read strictly, and the body with its media type."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote

from pyoxigraph import NamedNode
from starlette.requests import Request

from etappe.errors import EtappeError, UsageError

FORM = "application/x-www-form-urlencoded"
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s";]*)', re.IGNORECASE)
_FIELDS = 1000
#: Bytes of a query string whose parameters are kept.
_SHORT = 10_000
#: Signs that an address may hold (RFC 3986, section 2.2); everything else of an IRI is percent-encoded in a header.
_ADDRESS = "%:/?#[]@!$&'()*+,;=~"


class UnsupportedMediaType(EtappeError):
    """A body in a form that this address does not take."""

    http_status = 415


class TooLong(EtappeError):
    """A query or update with more bytes than it may have."""

    http_status = 413


@dataclass(frozen=True)
class Parameters:
    """Names and values in their order, of the address and of a form taken together."""

    pairs: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """All values of that name."""
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str) -> str | None:
        """The value of that name; nothing where there is none.

        Raises:
            UsageError: there is more than one.
        """
        values = self.all(name)
        if len(values) > 1:
            raise UsageError(f"the parameter {name!r} is given {len(values)} times; give it once")
        return values[0] if values else None

    def iris(self, name: str) -> list[NamedNode]:
        """The values of that name as IRIs.

        Raises:
            UsageError: one of them is no absolute IRI.
        """
        return [iri_of(value, name) for value in self.all(name)]

    def seconds(self, limit: float) -> float:
        """How long the query may take: what ``timeout`` says in seconds, but no longer than the limit.

        Raises:
            UsageError: it is no number above zero.
        """
        given = self.one("timeout")
        if given is None:
            return limit
        try:
            seconds = float(given)
        except ValueError:
            seconds = 0.0
        if not (math.isfinite(seconds) and seconds > 0):
            raise UsageError(f"timeout={given!r} is no number of seconds, such as 5 or 0.5")
        return min(seconds, limit)


def iri_of(value: str, name: str) -> NamedNode:
    """An absolute IRI.

    Raises:
        UsageError: it is none; ``name`` is the parameter it came in.
    """
    try:
        return NamedNode(value)
    except ValueError as error:
        raise UsageError(f"{name}={value[:200]!r} is no absolute IRI: {error}") from error


def of_address(request: Request) -> Parameters:
    """The parameters of the address.

    Raises:
        UsageError: they are not UTF-8.
    """
    raw = request.scope["query_string"]
    return _read_before(raw) if len(raw) <= _SHORT else _read(raw)


async def of_form(request: Request) -> Parameters:
    """The parameters of address and form together."""
    return Parameters(of_address(request).pairs + _read(await request.body()).pairs)


async def text_of(request: Request, most: int) -> str:
    """The body as text.

    Raises:
        UnsupportedMediaType: it is said to be in another encoding than UTF-8.
        TooLong: it has more bytes than it may.
        UsageError: it is not UTF-8.
    """
    charset = _CHARSET.search(request.headers.get("content-type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(f"the encoding {charset[1][:40]!r} is not read here; send UTF-8")
    body = await request.body()
    refuse_long(len(body), most)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"the body is not UTF-8: byte {error.start + 1} cannot be read") from error


def refuse_long(size: int, most: int) -> None:
    """See that a query or update is not too long.

    Raises:
        TooLong: it is.
    """
    if size > most:
        raise TooLong(f"a query or update may have {most:,} bytes here; this one has {size:,}")


def media_type(request: Request) -> str:
    """The media type of the body, without its parameters; empty where the request names none."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _read(raw: bytes) -> Parameters:
    try:
        return Parameters(
            tuple(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS))
        )
    except UnicodeDecodeError as error:
        raise UsageError("the parameters are not UTF-8") from error
    except ValueError as error:
        raise UsageError(f"the parameters cannot be read: more than {_FIELDS} of them") from error


#: Queries of programs come again and again.
_read_before = lru_cache(maxsize=256)(_read)


def values(graphs: Sequence[NamedNode]) -> tuple[str, ...]:
    """IRIs as text."""
    return tuple(graph.value for graph in graphs)


def address(iri: str) -> str:
    """An IRI as an address that can stand in a header (RFC 3987, section 3.1)."""
    return quote(iri, safe=_ADDRESS)
