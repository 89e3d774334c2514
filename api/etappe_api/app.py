"""The application: routes of all rooms, and the layers that every request passes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from etappe import __version__
from etappe.errors import EtappeError
from etappe_api import problems
from etappe_api.access import Identify
from etappe_api.caching import AnswerCache
from etappe_api.service import Service
from etappe_api.settings import Settings

_EXPOSED = ("ETag", "Last-Modified", "Link", "Location", "Retry-After", "X-Request-ID")


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service as an ASGI application. Its lifespan opens the data folder and closes it."""
    settings = settings or Settings()
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await service.start()
        yield
        await service.close()

    app = FastAPI(
        title="Etappe",
        version=__version__,
        description="Field reports become linked data that can be trusted.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["*"],
                allow_headers=["*"],
                expose_headers=_EXPOSED,
                max_age=86400,
            ),
            Middleware(Identify, keys=service.keys, read_open=settings.read_open),
            Middleware(AnswerCache, service=service, size=settings.cache),
        ],
        exception_handlers={
            EtappeError: problems.on_error,
            HTTPException: problems.on_http,
            RequestValidationError: problems.on_parameters,
            Exception: problems.on_fault,
        },
    )
    app.state.service = service
    return app
