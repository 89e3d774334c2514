"""``etappe serve`` with routes that do what tests ask for: run a query, write, answer at length, fail."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import etappe_api.server
from etappe.cli import main
from etappe.store.readers import Request as Query
from etappe_api.app import create_app
from etappe_api.caching import cacheable
from etappe_api.service import service_of

router = APIRouter(prefix="/probe", include_in_schema=False)


@router.api_route("/query", methods=["GET", "POST"])
async def query(request: Request) -> Response:
    sparql = (await request.body()).decode() or request.query_params["q"]
    timeout = float(request.query_params.get("timeout", 30))
    reply = await service_of(request).answer(Query(sparql, "application/sparql-results+json", timeout=timeout))
    return Response(reply.body, media_type=reply.media_type)


@router.get("/kept/{name}")
async def kept(name: str, request: Request) -> Response:
    cacheable(request)
    return Response(f"kept for {name}")


@router.get("/read")
async def read(request: Request) -> Response:
    graphs = await service_of(request).read(lambda store: len(store.graphs()))
    return JSONResponse(graphs)


@router.post("/write")
async def write(request: Request) -> Response:
    await service_of(request).write(lambda workspace: None)
    return Response(status_code=204)


@router.post("/echo")
async def echo(request: Request) -> Response:
    body = await request.body()
    length = request.headers.get("content-length")
    return JSONResponse({"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest(), "length": length})


@router.get("/big")
async def big(size: int) -> Response:
    return Response(b"x" * size, media_type="text/plain")


@router.get("/fault")
async def fault() -> Response:
    raise RuntimeError("what nobody expected")


def with_probes(settings):
    app = create_app(settings)
    app.include_router(router)
    return app


if __name__ == "__main__":
    etappe_api.server.create_app = with_probes
    main()
