"""SERVICE for addresses that the operator allows (SPARQL 1.1 Federated Query), asked by our own client.

Each ``SERVICE <address> { … }`` is sent away as ``SELECT * { … }``, and its solutions take its place as VALUES: joined
with the rest of the query, that is what the standard defines (section 4). What cannot be done so is refused. Readers,
which run the query then, can open no socket.
"""

from __future__ import annotations

import asyncio
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from time import monotonic
from typing import IO

from pyoxigraph import BlankNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from etappe import __version__
from etappe.errors import EtappeError, QueryError, QueryTimeout, QueryTooLarge
from etappe.store.text import calls_out, prologue_of, unquoted

_JSON = "application/sparql-results+json"
_SERVICE = re.compile(r"(?<=[\s{}.])SERVICE\b", re.IGNORECASE)
_OPENING = re.compile(r"\s*\{")
_BRACE = re.compile(r"[{}]")
_IRI = re.compile(r"\s*<([^<>\"{}|^`\\\s]*)>")
#: Calls in one query, bytes of one answer, and rows of it.
MOST_CALLS, MAX_BYTES, MAX_ROWS = 4, 4 * 1024**2, 10_000
_ONLY = "SERVICE is done here only as 'SERVICE <address> { … }', not nested, SILENT or variable"


class ServiceFailed(EtappeError):
    """An allowed address that did not answer as it should."""

    http_status = 502


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """An allowed address may not send us to another."""


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


async def resolved(sparql: str, allowed: Sequence[str], timeout: float) -> str:
    """The query with each allowed SERVICE replaced by its solutions.

    A query that calls nobody, or a service that allows nobody, gets it back as it is; the second is refused later on.

    Args:
        allowed: addresses, compared as they are written.
        timeout: seconds for all calls together.

    Raises:
        QueryError: it calls an address that is not allowed, or in a way that is not done here.
        QueryTimeout, QueryTooLarge: an answer takes too long, or is too large.
        ServiceFailed: an address cannot be reached, or does not answer the query.
    """
    bare = unquoted(sparql)
    if not allowed or not calls_out(bare):
        return sparql
    until = monotonic() + timeout
    parts: list[str] = []
    at = 0
    for call in _calls(sparql, bare, allowed):
        question = f"{prologue_of(sparql)} SELECT * {sparql[call.group : call.end]}"
        body = await asyncio.to_thread(_ask, call.address, question, until - monotonic())
        parts += (sparql[at : call.start], _values(body))
        at = call.end
    return "".join((*parts, sparql[at:]))


@dataclass(frozen=True)
class _Call:
    """Where a SERVICE stands in the text: its keyword, its group, and the end of that."""

    address: str
    start: int
    group: int
    end: int


def _calls(sparql: str, bare: str, allowed: Sequence[str]) -> list[_Call]:
    """All calls of a query. Nobody is asked before it is known that all of them can be done.

    Raises:
        QueryError: they cannot.
    """
    if re.search(r"\bEXISTS\b", bare, re.IGNORECASE):
        raise QueryError("SERVICE beside EXISTS is not done here, for its answer may depend on each solution")
    calls: list[_Call] = []
    rest, at = "", 0
    for keyword in _SERVICE.finditer(bare):
        address = _IRI.match(sparql, keyword.end())
        opening = _OPENING.match(bare, address.end()) if address else None
        if keyword.start() < at or address is None or opening is None:
            raise QueryError(_ONLY)
        if address[1] not in allowed or not address[1].startswith(("http://", "https://")):
            raise QueryError(f"SERVICE may not call {address[1]}; the operator allows {', '.join(allowed)}")
        call = _Call(address[1], keyword.start(), opening.end() - 1, _end(bare, opening.end() - 1))
        rest, at = rest + bare[at : call.start], call.end
        calls.append(call)
    rest += bare[at:]
    if calls_out(rest):
        raise QueryError(_ONLY)
    if rest.count("{") != rest.count("}"):
        raise QueryError("the query cannot be parsed: a brace has no partner")
    if len(calls) > MOST_CALLS:
        raise QueryError(f"a query may call other servers {MOST_CALLS} times; this one does so {len(calls)} times")
    return calls


def _end(bare: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(bare, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    raise QueryError("the query cannot be parsed: the group of SERVICE has no end")


def _ask(address: str, question: str, timeout: float) -> bytes:
    request = urllib.request.Request(  # noqa: S310 - http or https, see above
        address,
        question.encode(),
        {"Content-Type": "application/sparql-query", "Accept": _JSON, "User-Agent": f"etappe/{__version__}"},
    )
    until = monotonic() + timeout
    try:
        with _OPENER.open(request, timeout=max(timeout, 0.001)) as response:
            return _read(response, until)
    except urllib.error.HTTPError as error:
        error.close()
        raise ServiceFailed(f"{address} answered {error.code} to what SERVICE asked of it") from error
    except TimeoutError as error:
        raise QueryTimeout(f"{address} did not answer in time") from error
    except (OSError, HTTPException) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError | socket.timeout):
            raise QueryTimeout(f"{address} did not answer in time") from error
        raise ServiceFailed(f"{address} cannot be reached") from error


def _read(response: IO[bytes], until: float) -> bytes:
    parts: list[bytes] = []
    left = MAX_BYTES
    while part := response.read(65536):
        left -= len(part)
        if left < 0:
            raise QueryTooLarge(
                f"another server answered with more than {MAX_BYTES:,} bytes; narrow the group of SERVICE"
            )
        if monotonic() > until:
            raise TimeoutError
        parts.append(part)
    return b"".join(parts)


def _values(body: bytes) -> str:
    """Solutions as inline data (SPARQL 1.1 Query, section 10.2)."""
    rows: list[str] = []
    try:
        found = parse_query_results(body, format=QueryResultsFormat.JSON)
        if not isinstance(found, QuerySolutions):
            raise ServiceFailed("another server answered SERVICE with no solutions")
        for solution in found:
            terms = list(solution)
            if any(isinstance(term, BlankNode | Triple) for term in terms):
                raise QueryError("another server answered SERVICE with blank nodes, which mean nothing here")
            rows.append(f"({' '.join('UNDEF' if term is None else str(term) for term in terms)})")
            if len(rows) > MAX_ROWS:
                raise QueryTooLarge(f"another server answered with more than {MAX_ROWS:,} rows; narrow it")
    except (SyntaxError, ValueError) as error:
        raise ServiceFailed("another server answered SERVICE with what cannot be read") from error
    return f" VALUES ({' '.join(str(variable) for variable in found.variables)}) {{ {' '.join(rows)} }} "
