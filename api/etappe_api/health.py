"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

import asyncio
from time import monotonic

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from etappe.errors import EtappeError
from etappe.store.readers import Request
from etappe_api.problems import problem
from etappe_api.service import Service, service_of

router = APIRouter(tags=["operation"])

#: Seconds in which the trivial query must be answered.
_PATIENCE = 2.0
#: Seconds for which what was found out holds, so that nobody can keep the readers busy with it.
_HOLDS = 1.0


class Readiness:
    """Asks the store whether it answers, at most once at a time and once a second."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = asyncio.Lock()
        self._asked = float("-inf")
        self._fault: str | None = None

    async def fault(self) -> str | None:
        """What keeps the service from answering; nothing where it can."""
        if self._service.closing:
            return "the service is about to end"
        async with self._lock:
            if monotonic() - self._asked > _HOLDS:
                self._fault = await self._ask()
                self._asked = monotonic()
        return self._fault

    async def _ask(self) -> str | None:
        query = Request("ASK {}", "application/sparql-results+json", timeout=_PATIENCE)
        try:
            await self._service.backend.answer(query)
        except EtappeError as error:
            return error.message
        return None


@router.get("/health", summary="Whether the process lives", response_description="It does.")
async def health() -> dict[str, str]:
    """Always `ok`, whatever the store does. For whoever starts the process anew when it hangs."""
    return {"status": "ok"}


@router.get("/ready", summary="Whether queries are answered", response_description="They are.")
async def ready(request: HttpRequest) -> Response:
    """`ready` when a trivial query was answered just now, else 503. For load balancers."""
    fault = await request.app.state.readiness.fault()
    if fault is not None:
        return problem(503, fault, kind="not-ready", headers={"Retry-After": "5"})
    return JSONResponse({"status": "ready", "generation": service_of(request).state.number})
