"""The application: routes of all rooms, and the layers that every request passes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from etappe import __version__
from etappe.errors import EtappeError
from etappe_api import feeds, gate, health, linked_data, metrics, problems, questions, reconciliation, reference, sparql
from etappe_api.access import Identify
from etappe_api.bodies import Bodies
from etappe_api.caching import AnswerCache
from etappe_api.limits import Limits
from etappe_api.logs import Faults, RequestLog
from etappe_api.origins import Origins
from etappe_api.rates import Rates
from etappe_api.service import Service
from etappe_api.settings import Settings

#: What is asked most comes first, for routes are tried in turn. An included router would try each of its routes twice.
_ROOMS = (sparql, linked_data, questions, reconciliation, feeds, gate, health, metrics, reference)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service as an ASGI application. Its lifespan opens the data folder and closes it."""
    settings = settings or Settings()
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await service.start()
            async with gate.lifespan(app):
                yield
        finally:
            await service.close()

    figures = metrics.Metrics(service)
    app = _Application(
        title="Etappe",
        version=__version__,
        description="Field reports become linked data that can be trusted.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        layers=_layers(settings, service, figures),
        middleware=[Middleware(Faults)],  # before Starlette's own layer sees them
        exception_handlers={
            EtappeError: problems.on_error,
            HTTPException: problems.on_http,
            RequestValidationError: problems.on_parameters,
        },
    )
    app.state.service = service
    app.state.metrics = figures
    app.state.readiness = health.Readiness(service)
    for room in _ROOMS:
        app.router.routes += room.router.routes
    reference.describe(app)
    return app


class _Application(FastAPI):
    """An application with layers outside of those that FastAPI has itself: an answer that is kept passes ours alone."""

    def __init__(self, *, layers: Sequence[Middleware], **options: Any) -> None:
        super().__init__(**options)
        self._whole: ASGIApp = super().__call__
        for layer in reversed(layers):
            self._whole = layer.cls(self._whole, *layer.args, **layer.kwargs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        await self._whole(scope, receive, send)


def _layers(settings: Settings, service: Service, figures: metrics.Metrics) -> list[Middleware]:
    """What a request passes on its way in, in this order.

    What is cheap comes before what is dear: nobody's body is read before it is known who sends it and how often, and
    no answer is looked up for somebody who may not have it. Faults lie inside CORS, so that browsers may read them.
    """
    return [
        Middleware(RequestLog, observe=figures.observe, addresses=settings.log_network),
        Middleware(Origins),
        Middleware(Faults),
        Middleware(Limits, max_address=settings.max_address, requests=settings.requests),
        Middleware(Identify, keys=service.keys, read_open=settings.read_open),
        Middleware(Rates, rate=settings.rate, rate_writes=settings.rate_writes),
        Middleware(Bodies, max_query=settings.max_query, max_body=settings.max_body, timeout=settings.body_time),
        Middleware(AnswerCache, service=service, size=settings.cache),
    ]
