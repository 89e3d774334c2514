"""``Idempotency-Key``: a request that is sent again gets the answer that it got before.

The header is that of draft-ietf-httpapi-idempotency-key-header.

Kept in memory for the requests of late. After that, and after a restart, the digest of a report tells that it is known.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from etappe.errors import UsageError
from etappe_api.gate.errors import KeyReused

#: Answers that are kept, and the bytes of all of them.
MOST, MOST_BYTES = 1000, 32 * 1024**2
#: Characters of a key.
LONGEST = 255


@dataclass(frozen=True)
class _Entry:
    fingerprint: str
    answer: asyncio.Future[Response]


class Answers:
    """The answers of late, by client and key."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], _Entry] = OrderedDict()
        self._sizes: dict[tuple[str, str], int] = {}

    async def once(
        self, client: str, key: str, fingerprint: str, work: Callable[[], Awaitable[tuple[Response, bool]]]
    ) -> Response:
        """The answer of the first request with that key; two at the same time wait for the same answer.

        Args:
            work: answers the request, and says whether anything came of it. Else, and after an error, the answer is
                not kept: what failed may be mended and tried again.

        Raises:
            UsageError: no key, as keys go; ``KeyReused``: the key came with something else before.
        """
        if not key or len(key) > LONGEST or not key.isprintable():
            raise UsageError(f"an Idempotency-Key is a text of at most {LONGEST} characters, such as a UUID")
        name = (client, key)
        entry = self._kept.get(name)
        if entry is not None:
            if entry.fingerprint != fingerprint:
                raise KeyReused("this Idempotency-Key came with another request before; choose a new one")
            return _copy(await asyncio.shield(entry.answer))
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._kept[name] = _Entry(fingerprint, answer)
        try:
            response, lasting = await work()
        except BaseException as error:
            del self._kept[name]
            if isinstance(error, Exception):
                answer.set_exception(error)
                answer.exception()  # nobody else may have waited for it
            else:
                answer.cancel()
            raise
        if lasting:
            self._keep(name, response)
        else:
            del self._kept[name]
        answer.set_result(_copy(response))
        return response

    def _keep(self, name: tuple[str, str], response: Response) -> None:
        self._sizes[name] = len(response.body)
        done = [key for key, entry in self._kept.items() if key in self._sizes]
        while len(done) > MOST or sum(self._sizes.values()) > MOST_BYTES:
            oldest = done.pop(0)
            del self._kept[oldest], self._sizes[oldest]


def _copy(response: Response) -> Response:
    """Another one like it, for layers write headers into the one that they send."""
    again = Response(bytes(response.body), response.status_code)
    again.raw_headers = list(response.raw_headers)
    return again
