"""SPARQL over HTTP: queries, updates, the graph store, and what the service says of itself."""

from __future__ import annotations

from fastapi import APIRouter

from etappe_api.sparql.graphs import router as graphs_router
from etappe_api.sparql.queries import router as queries_router
from etappe_api.sparql.updates import router as updates_router

__all__ = ["router"]

router = APIRouter(routes=[*queries_router.routes, *updates_router.routes, *graphs_router.routes])
