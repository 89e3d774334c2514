"""Linked data: things and their documents, lists, and what the service says of its vocabulary and of itself."""

from __future__ import annotations

from fastapi import APIRouter

from etappe_api.linked_data.dataset import router as dataset
from etappe_api.linked_data.documents import router as documents
from etappe_api.linked_data.lists import router as listings
from etappe_api.linked_data.vocabulary import router as words
from etappe_api.pages.assets import router as assets

router = APIRouter(routes=[route for part in (documents, listings, words, dataset, assets) for route in part.routes])

__all__ = ["router"]
